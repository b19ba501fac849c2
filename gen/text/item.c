/* item: text -> slots. Cuts the text of a paragraph into clusters (a base with its marks) and picks the font of
 * each by coverage. Takes inlines, gives struct slots for shape.c.
 *
 * Sides. A face has a list of families for Chinese and one for Latin; a cluster asks one of them first, then the
 * other, then the fallbacks. Letters of alphabets, digits and all of ASCII ask the Latin list; Han, kana,
 * Chinese marks and full-width forms the Chinese one. What both share (“ ” ‘ ’ — … · ° × ① and the like,
 * CLREQ "S") is Chinese in Chinese text, unless the nearest letter, digit or ideograph on both sides is a
 * letter: then it is Latin. In text of another language it is the other way about: Latin, unless an
 * ideograph stands on both sides. Two quotation marks that belong together are Chinese when one of them is. */
#include "text/font.h"

#include <assert.h>

#include "base/buf.h"

enum side { SIDE_HAN, SIDE_LATIN, SIDE_SHARED };
enum strong { STRONG_NOT, STRONG_LETTER, STRONG_DIGIT, STRONG_HAN };

enum { OBJECT_REPLACEMENT = 0xfffc, MOST_OPEN = 8 /* quotation marks within each other */ };

/* ---- characters ---- */

/* Format characters that show nothing (default-ignorable code points, Unicode 15). */
static bool is_ignorable(uint32_t cp)
{
	static const uint32_t ranges[][2] = {
		{0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x061c, 0x061c}, {0x17b4, 0x17b5}, {0x180b, 0x180f},
		{0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
		{0xfff0, 0xfff8}, {0xe0000, 0xe0fff},
	};
	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (cp >= ranges[i][0] && cp <= ranges[i][1])
			return true;
	return false;
}

static hb_unicode_general_category_t category(uint32_t cp)
{
	return hb_unicode_general_category(hb_unicode_funcs_get_default(), cp);
}

static hb_script_t script_of(uint32_t cp)
{
	return hb_unicode_script(hb_unicode_funcs_get_default(), cp);
}

static bool is_blank(uint32_t cp)
{
	return cp == '\t' || cp == '\n' || cp == '\r' ||
	       category(cp) == HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR;
}

/* Nine characters of ten, known without a table. */
static bool is_han(uint32_t cp)
{
	return cp >= 0x4e00 && cp <= 0x9fff;
}

static bool is_nothing(uint32_t cp)
{
	if (is_han(cp) || (cp >= ' ' && cp < 0x7f))
		return false;
	hb_unicode_general_category_t c = category(cp);
	return is_ignorable(cp) || c == HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR ||
	       c == HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR ||
	       (c == HB_UNICODE_GENERAL_CATEGORY_CONTROL && !is_blank(cp));
}

/* Belongs to the character before it: marks, variation selectors, joiners, skin tones. */
static bool is_extending(uint32_t cp)
{
	if (is_han(cp) || cp < 0x300)
		return false;
	hb_unicode_general_category_t c = category(cp);
	return c == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
	       c == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
	       c == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK || cp == 0x200c || cp == 0x200d ||
	       (cp >= 0xfe00 && cp <= 0xfe0f) || (cp >= 0xe0100 && cp <= 0xe01ef) ||
	       (cp >= 0x1f3fb && cp <= 0x1f3ff);
}

static bool is_alphabet(hb_script_t script)
{
	return script == HB_SCRIPT_LATIN || script == HB_SCRIPT_GREEK || script == HB_SCRIPT_CYRILLIC;
}

static bool is_no_script(hb_script_t script)
{
	return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN;
}

static enum strong strong_of(uint32_t cp)
{
	if (cp >= '0' && cp <= '9')
		return STRONG_DIGIT;
	if (cp < 0x80)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' ? STRONG_LETTER : STRONG_NOT;
	if (is_han(cp) || han_is_wide(cp))
		return STRONG_HAN;
	hb_script_t script = script_of(cp);
	if (is_no_script(script))
		return STRONG_NOT;
	if (!is_alphabet(script))
		return STRONG_HAN;
	/* Roman numerals as one character are Latin by script, marks of a list by use. */
	return category(cp) == HB_UNICODE_GENERAL_CATEGORY_LETTER_NUMBER ? STRONG_NOT : STRONG_LETTER;
}

static enum side side_of(uint32_t cp, enum strong strong)
{
	if (cp < 0x80 || strong == STRONG_LETTER)
		return SIDE_LATIN;
	if (strong == STRONG_HAN)
		return SIDE_HAN;
	if (is_blank(cp) || cp == 0x2010 || cp == 0x2011)
		return SIDE_LATIN;
	return SIDE_SHARED;
}

uint32_t item_stand_in(struct font *f, uint32_t cp)
{
	if (cp == '\t' || cp == '\n' || cp == '\r')
		return ' ';
	if (cp == 0x2011 && !font_has(f, cp))
		return font_has(f, 0x2010) ? 0x2010 : '-';
	return cp;
}

/* ---- cutting ---- */

struct splitter {
	struct diag_list *d;
	struct font_set *set;
	struct slots *out;
	struct buf text;
	size_t cap;
	bool forced, line_has_slot; /* since the last <br/> */
	const struct inline_item *spread;
};

static bool has_text(const struct inline_item *item)
{
	return item->kind == INLINE_TEXT || item->kind == INLINE_PAGE_NUMBER || item->kind == INLINE_PAGE_COUNT;
}

/* No fewer slots than the inlines can need. */
static size_t count_slots(const struct inline_item *items)
{
	size_t n = 0;
	for (const struct inline_item *i = items; i; i = i->next)
		n += has_text(i) ? utf8_count(i->text) : i->kind == INLINE_SPREAD ? count_slots(i->first) : 1;
	return n;
}

static struct slot *add_slot(struct splitter *p, const struct inline_item *item, enum slot_kind kind, uint32_t cp)
{
	assert(p->out->n < p->cap);
	struct slot *s = &p->out->list[p->out->n++];
	*s = (struct slot){.text = (uint32_t)p->text.n, .cp = cp, .item = item, .size = item->style ? item->style->size : 0,
	                   .kind = (uint8_t)kind, .forced = p->forced, .spread = p->spread};
	p->forced = false;
	p->line_has_slot = true;
	return s;
}

static void add_text(struct splitter *p, const struct inline_item *item)
{
	size_t at = 0;
	struct slot *last = NULL;
	while (at < item->text.n) {
		size_t from = at;
		uint32_t cp = utf8_next(item->text, &at);
		if (!last || last->kind != SLOT_TEXT || !is_extending(cp))
			last = add_slot(p, item, is_nothing(cp) ? SLOT_NOTHING : SLOT_TEXT, cp);
		last->length += (uint32_t)(at - from);
		buf_put(&p->text, item->text.p + from, at - from);
	}
}

/* A line without any text still is a line: an empty object stands for it. */
static void add_break(struct splitter *p, const struct inline_item *item)
{
	if (!p->line_has_slot)
		add_slot(p, item, SLOT_OBJECT, OBJECT_REPLACEMENT);
	p->forced = true;
	p->line_has_slot = false;
}

static void add_items(struct splitter *p, const struct inline_item *items)
{
	for (const struct inline_item *i = items; i; i = i->next) {
		if (has_text(i)) {
			add_text(p, i);
		} else if (i->kind == INLINE_BR) {
			add_break(p, i);
		} else if (i->kind == INLINE_SPREAD) {
			p->spread = i;
			add_items(p, i->first);
			p->spread = NULL;
		} else if (i->kind != INLINE_TRAILER) {
			add_slot(p, i, SLOT_OBJECT, OBJECT_REPLACEMENT);
		}
	}
}

/* ---- sides ---- */

static bool is_chinese(struct str lang)
{
	return lang.n == 0 || str_starts(lang, STR("zh")) || str_starts(lang, STR("ja")) ||
	       str_starts(lang, STR("ko"));
}

static enum side settle(struct str lang, enum strong before, enum strong after)
{
	if (is_chinese(lang))
		return before == STRONG_LETTER && after == STRONG_LETTER ? SIDE_LATIN : SIDE_HAN;
	return before == STRONG_HAN && after == STRONG_HAN ? SIDE_HAN : SIDE_LATIN;
}

/* The apostrophe is no quotation mark. */
static bool is_apostrophe(const struct slots *s, size_t i)
{
	return s->list[i].cp == 0x2019 && i > 0 && i + 1 < s->n &&
	       strong_of(s->list[i - 1].cp) == STRONG_LETTER && strong_of(s->list[i + 1].cp) == STRONG_LETTER;
}

static void settle_quotes(struct slots *s)
{
	struct slot *open[MOST_OPEN];
	int n = 0;
	for (size_t i = 0; i < s->n; i++) {
		struct slot *q = &s->list[i];
		if ((q->cp == 0x201c || q->cp == 0x2018) && n < MOST_OPEN) {
			open[n++] = q;
		} else if ((q->cp == 0x201d || q->cp == 0x2019) && !is_apostrophe(s, i) && n > 0 &&
		           open[n - 1]->cp == q->cp - 1) {
			n--;
			if (open[n]->side != q->side)
				open[n]->side = q->side = SIDE_HAN;
		}
	}
}

static void settle_sides(struct font_set *set, struct slots *s)
{
	uint8_t *before = arena_alloc(set->scratch, s->n + 1);
	enum strong near = STRONG_NOT;
	for (size_t i = 0; i < s->n; i++) {
		struct slot *slot = &s->list[i];
		enum strong strong = slot->kind == SLOT_TEXT ? strong_of(slot->cp) : STRONG_NOT;
		slot->side = (uint8_t)side_of(slot->cp, strong);
		before[i] = (uint8_t)near;
		near = strong != STRONG_NOT ? strong : near;
	}
	near = STRONG_NOT;
	for (size_t i = s->n; i-- > 0;) {
		struct slot *slot = &s->list[i];
		if (slot->side == SIDE_SHARED)
			slot->side = (uint8_t)settle(slot->item->style->lang, (enum strong)before[i], near);
		else if (slot->kind == SLOT_TEXT && strong_of(slot->cp) != STRONG_NOT)
			near = strong_of(slot->cp);
	}
	settle_quotes(s);
}

/* ---- fonts ---- */

/* The families of a face, opened as far as they were asked for. */
struct wanted {
	const struct family *family;
	struct font *font;
	bool asked;
};

struct face_fonts {
	const struct face *face;
	struct wanted *list; /* han, latin, fallback */
	int n_han, n_latin, n;
	struct face_fonts *next;
};

static struct wanted *add_wanted(struct wanted *w, const struct family_list *families)
{
	for (int i = 0; i < families->n; i++)
		(w++)->family = families->list[i];
	return w;
}

static struct face_fonts *face_fonts_find(struct splitter *p, struct face_fonts **all, const struct face *face)
{
	for (struct face_fonts *f = *all; f; f = f->next)
		if (f->face == face)
			return f;
	struct face_fonts *f = ARENA_NEW(p->set->scratch, struct face_fonts);
	*f = (struct face_fonts){.face = face, .n_han = face->han.n, .n_latin = face->latin.n, .next = *all};
	f->n = face->han.n + face->latin.n + face->fallback.n;
	f->list = ARENA_ARRAY(p->set->scratch, (size_t)f->n + 1, struct wanted);
	add_wanted(add_wanted(add_wanted(f->list, &face->han), &face->latin), &face->fallback);
	return *all = f;
}

/* k-th family to ask for a side. */
static struct wanted *ask(struct splitter *p, struct face_fonts *f, enum side side, int k)
{
	int at = k;
	if (side == SIDE_LATIN && k < f->n_han + f->n_latin)
		at = k < f->n_latin ? f->n_han + k : k - f->n_latin;
	struct wanted *w = &f->list[at];
	if (!w->asked) {
		w->asked = true;
		w->font = font_open(p->d, p->set, w->family);
	}
	return w;
}

static bool covers_one(struct font *f, uint32_t cp)
{
	return font_has(f, item_stand_in(f, cp)) || is_nothing(cp) || (is_blank(cp) && font_has(f, ' '));
}

/* Base and marks, each by itself or composed. */
static bool covers(struct font *f, struct str cluster)
{
	size_t at = 0;
	uint32_t base = utf8_next(cluster, &at);
	bool whole = covers_one(f, base);
	while (at < cluster.n) {
		uint32_t mark = utf8_next(cluster, &at);
		hb_codepoint_t both;
		if (hb_unicode_compose(hb_unicode_funcs_get_default(), base, mark, &both) && font_has(f, both))
			whole = true;
		else if (!covers_one(f, mark))
			return false;
		else
			both = base;
		base = both;
	}
	return whole;
}

/* Where the text of a slot stands in its source: the same character as often found from the item's place on. Text
 * that is written otherwise there (as a character reference) gives the item's place. */
static struct loc place_of(const struct splitter *p, const struct slot *slot, struct str character)
{
	const struct inline_item *item = slot->item;
	const struct source *source = source_get(p->d->sources, item->loc.source);
	if (!source || item->loc.off > source->bytes.n)
		return item->loc;
	size_t item_from = slot->text;
	for (const struct slot *s = slot; s >= p->out->list && s->item == item; s--)
		item_from = s->text;
	struct str before = {p->text.p + item_from, slot->text - item_from};
	struct str from = str_sub(source->bytes, item->loc.off, source->bytes.n);
	size_t reach = item->text.n * 8 + 64, at = 0, skip;
	from.n = from.n < reach ? from.n : reach;
	while ((skip = str_find(before, character)) != SIZE_MAX) {
		size_t found = str_find(str_sub(from, at, from.n), character);
		if (found == SIZE_MAX)
			return item->loc;
		at += found + character.n;
		before = str_sub(before, skip + character.n, before.n);
	}
	size_t found = str_find(str_sub(from, at, from.n), character);
	return found == SIZE_MAX ? item->loc : loc_at(item->loc.source, item->loc.off + at + found);
}

/* The first character of the cluster that no font of the face has; its last mark when each is somewhere, but not in
 * one font. */
static struct str culprit(struct splitter *p, struct face_fonts *f, struct str cluster)
{
	size_t at = 0, from = 0;
	while (at < cluster.n) {
		from = at;
		uint32_t cp = utf8_next(cluster, &at);
		bool found = false;
		for (int k = 0; k < f->n && !found; k++) {
			struct wanted *w = ask(p, f, SIDE_HAN, k);
			found = w->font && covers_one(w->font, cp);
		}
		if (!found)
			break;
	}
	return str_sub(cluster, from, at);
}

static void say_missing(struct splitter *p, const struct slot *slot, struct face_fonts *f, struct str cluster)
{
	struct arena *a = p->set->scratch;
	struct str what = culprit(p, f, cluster);
	size_t at = 0;
	uint32_t cp = utf8_next(what, &at);
	const char *asked = "";
	for (int k = 0; k < f->n; k++) {
		struct wanted *w = ask(p, f, SIDE_HAN, k);
		if (w->font)
			asked = arena_printf(a, "%s%s%.*s", asked, *asked ? ", " : "", STR_ARG(w->family->name));
	}
	diag_once(p->d, DIAG_GLYPH_MISSING, place_of(p, slot, what), arena_copy(a, what.p, what.n),
	          arena_printf(a, "U+%04X", (unsigned)cp), asked, (char *)NULL);
}

static void take(struct slot *slot, const struct wanted *w)
{
	slot->font = w->font;
	slot->size = unit_muldiv(slot->item->style->size, w->family->scale, 1000000);
}

/* False when the face has no font at all. */
static bool pick(struct splitter *p, struct slot *slot, struct face_fonts *f)
{
	struct str cluster = {p->text.p + slot->text, slot->length};
	for (int k = 0; k < f->n; k++) {
		struct wanted *w = ask(p, f, (enum side)slot->side, k);
		if (w->font && covers(w->font, cluster)) {
			take(slot, w);
			return true;
		}
	}
	for (int k = 0; k < f->n; k++) {
		struct wanted *w = ask(p, f, SIDE_HAN, k);
		if (w->font) {
			take(slot, w);
			say_missing(p, slot, f, cluster);
			return true;
		}
	}
	const struct face *face = f->face;
	diag_once(p->d, DIAG_FONT_NONE, face->loc, arena_copy(p->set->scratch, face->role.p, face->role.n), "",
	          (char *)NULL);
	return false;
}

static bool pick_all(struct splitter *p)
{
	struct face_fonts *all = NULL;
	for (size_t i = 0; i < p->out->n; i++) {
		struct slot *slot = &p->out->list[i];
		if (slot->kind != SLOT_TEXT)
			continue;
		if (!pick(p, slot, face_fonts_find(p, &all, slot->item->style->face)))
			return false;
		hb_script_t script = is_han(slot->cp) ? HB_SCRIPT_HAN : script_of(slot->cp);
		if (is_no_script(script) || (is_alphabet(script) && slot->side == SIDE_HAN)) /* full-width letters */
			script = slot->side == SIDE_HAN ? HB_SCRIPT_HAN : HB_SCRIPT_LATIN;
		slot->script = script;
	}
	return true;
}

bool item_split(struct diag_list *d, struct arena *a, struct font_set *set, const struct inline_item *items,
		struct slots *out)
{
	struct splitter p = {.d = d, .set = set, .out = out, .cap = count_slots(items)};
	*out = (struct slots){.list = ARENA_ARRAY(set->scratch, p.cap + 1, struct slot)};
	add_items(&p, items);
	settle_sides(set, out);
	bool ok = pick_all(&p);
	out->text = arena_str(a, buf_view(&p.text));
	buf_free(&p.text);
	return ok;
}
