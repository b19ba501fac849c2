/* item: text -> slots. Cuts the text of a paragraph into clusters (a base with its marks) and settles the side and
 * script of each; pick.c then gives it a font. Takes inlines, gives struct slots for shape.c.
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

bool item_is_blank(uint32_t cp)
{
	return cp == '\t' || cp == '\n' || cp == '\r' ||
	       category(cp) == HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR;
}

/* Nine characters of ten, known without a table. */
static bool is_han(uint32_t cp)
{
	return cp >= 0x4e00 && cp <= 0x9fff;
}

bool item_is_nothing(uint32_t cp)
{
	if (is_han(cp) || (cp >= ' ' && cp < 0x7f))
		return false;
	hb_unicode_general_category_t c = category(cp);
	return is_ignorable(cp) || c == HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR ||
	       c == HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR ||
	       (c == HB_UNICODE_GENERAL_CATEGORY_CONTROL && !item_is_blank(cp));
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
	if (item_is_blank(cp) || cp == 0x2010 || cp == 0x2011)
		return SIDE_LATIN;
	return SIDE_SHARED;
}

/* ---- cutting ---- */

struct splitter {
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

static struct slot *add_slot(struct splitter *p, const struct inline_item *item, enum slot_kind kind, uint32_t cp,
			     size_t text)
{
	assert(p->out->n < p->cap);
	struct slot *s = &p->out->list[p->out->n++];
	*s = (struct slot){.text = (uint32_t)text, .cp = cp, .item = item, .size = item->style ? item->style->size : 0,
	                   .kind = (uint8_t)kind, .forced = p->forced, .spread = p->spread};
	p->forced = false;
	p->line_has_slot = true;
	return s;
}

static void add_text(struct splitter *p, const struct inline_item *item)
{
	size_t at = 0, base = p->text.n;
	struct slot *last = NULL;
	while (at < item->text.n) {
		size_t from = at;
		uint32_t cp = utf8_next(item->text, &at);
		if (is_han(cp))
			last = add_slot(p, item, SLOT_TEXT, cp, base + from);
		else if (!last || last->kind != SLOT_TEXT || !is_extending(cp))
			last = add_slot(p, item, item_is_nothing(cp) ? SLOT_NOTHING : SLOT_TEXT, cp, base + from);
		last->length += (uint32_t)(at - from);
	}
	buf_str(&p->text, item->text);
}

/* What is no text, in its place in the text. */
static void add_object(struct splitter *p, const struct inline_item *item)
{
	add_slot(p, item, SLOT_OBJECT, OBJECT_REPLACEMENT, p->text.n);
}

/* A line without any text still is a line: an empty object stands for it. */
static void add_break(struct splitter *p, const struct inline_item *item)
{
	if (!p->line_has_slot)
		add_object(p, item);
	p->forced = true;
	p->line_has_slot = false;
}

static size_t count_marks(const struct inline_item *items)
{
	size_t n = 0;
	for (const struct inline_item *i = items; i; i = i->next)
		n += i->kind == INLINE_MARK;
	return n;
}

static void add_mark(struct splitter *p, const struct inline_item *item)
{
	p->out->marks[p->out->n_marks++] = (struct shaped_mark){item, (uint32_t)p->text.n};
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
		} else if (i->kind == INLINE_MARK) {
			add_mark(p, i);
		} else if (i->kind != INLINE_TRAILER) {
			add_object(p, i);
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
		slot->strong = (uint8_t)strong;
		slot->side = (uint8_t)side_of(slot->cp, strong);
		before[i] = (uint8_t)near;
		near = strong != STRONG_NOT ? strong : near;
	}
	near = STRONG_NOT;
	for (size_t i = s->n; i-- > 0;) {
		struct slot *slot = &s->list[i];
		if (slot->side == SIDE_SHARED)
			slot->side = (uint8_t)settle(slot->item->style->lang, (enum strong)before[i], near);
		else if (slot->strong != STRONG_NOT)
			near = (enum strong)slot->strong;
	}
	settle_quotes(s);
}

static void settle_scripts(struct slots *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct slot *slot = &s->list[i];
		hb_script_t script = is_han(slot->cp) ? HB_SCRIPT_HAN : script_of(slot->cp);
		if (is_no_script(script) || (is_alphabet(script) && slot->side == SIDE_HAN)) /* full-width letters */
			script = slot->side == SIDE_HAN ? HB_SCRIPT_HAN : HB_SCRIPT_LATIN;
		slot->script = script;
	}
}

bool item_split(struct diag_list *d, struct arena *a, struct font_set *set, const struct inline_item *items,
		struct slots *out)
{
	struct splitter p = {.out = out, .cap = count_slots(items)};
	*out = (struct slots){.list = ARENA_ROOM(set->scratch, p.cap + 1, struct slot),
	                      .marks = ARENA_ARRAY(a, count_marks(items) + 1, struct shaped_mark)};
	add_items(&p, items);
	out->text = arena_str(a, buf_view(&p.text));
	buf_free(&p.text);
	settle_sides(set, out);
	settle_scripts(out);
	return pick_fonts(d, set, out);
}
