/* pick: slots -> fonts. Asks the families of a face in the order of the slot's side, opens them when first asked, and
 * takes the first that covers the whole cluster. What none covers is reported with its place in the
 * source and left to the .notdef of the first Chinese font. */
#include "text/font.h"

struct picker {
	struct diag_list *d;
	struct font_set *set;
	struct slots *slots;
	struct face_fonts *faces;
	const struct inline_item *item; /* whose text the reader goes through, from byte item_text of the slots' on */
	size_t item_text;
	struct source_text reader;
	const struct font *first;       /* the first that is there for the slot picked last; NULL when it has another */
};

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

static struct face_fonts *face_fonts_find(struct picker *p, const struct face *face)
{
	for (struct face_fonts *f = p->faces; f; f = f->next)
		if (f->face == face)
			return f;
	struct face_fonts *f = ARENA_NEW(p->set->scratch, struct face_fonts);
	*f = (struct face_fonts){.face = face, .n_han = face->han.n, .n_latin = face->latin.n, .next = p->faces};
	f->n = face->han.n + face->latin.n + face->fallback.n;
	f->list = ARENA_ARRAY(p->set->scratch, (size_t)f->n + 1, struct wanted);
	add_wanted(add_wanted(add_wanted(f->list, &face->han), &face->latin), &face->fallback);
	return p->faces = f;
}

/* k-th family to ask for a side. */
static struct wanted *ask(struct picker *p, struct face_fonts *f, enum side side, int k)
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

/* ---- coverage ---- */

uint32_t pick_stand_in(struct font *f, uint32_t cp)
{
	if (cp == '\t' || cp == '\n' || cp == '\r')
		return ' ';
	if (cp == 0x2011 && !font_has(f, cp))
		return font_has(f, 0x2010) ? 0x2010 : '-';
	return cp;
}

static bool covers_one(struct font *f, uint32_t cp)
{
	return font_has(f, pick_stand_in(f, cp)) || item_is_nothing(cp) || (item_is_blank(cp) && font_has(f, ' '));
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

/* ---- what no font has ---- */

/* Where a character of a slot stands in its source. */
static struct loc place_of(struct picker *p, const struct slot *slot, struct str character)
{
	if (p->item != slot->item) {
		p->item = slot->item;
		p->item_text = slot->text;
		for (const struct slot *s = slot; s >= p->slots->list && s->item == slot->item; s--)
			p->item_text = s->text;
		source_text_open(&p->reader, p->d->sources, slot->item->loc, slot->item->text);
	}
	return source_text_at(&p->reader, (size_t)(character.p - p->slots->text.p) - p->item_text);
}

/* The first character of the cluster that no font of the face has; its last mark when each is somewhere, but not in
 * one font. */
static struct str culprit(struct picker *p, struct face_fonts *f, struct str cluster)
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

/* A family may stand in two lists of a face. */
static bool is_first(const struct face_fonts *f, int k)
{
	for (int i = 0; i < k; i++)
		if (f->list[i].family == f->list[k].family)
			return false;
	return true;
}

/* Names of the families from..to of a face, or only of those that are there. */
static const char *names(struct picker *p, struct face_fonts *f, int from, int to, bool present)
{
	const char *all = "";
	for (int k = from; k < to; k++) {
		struct wanted *w = ask(p, f, SIDE_HAN, k);
		if ((w->font || !present) && is_first(f, k))
			all = arena_printf(p->set->scratch, "%s%s%.*s", all, *all ? ", " : "",
			                   STR_ARG(w->family->name));
	}
	return all;
}

static const char *private_words(uint32_t cp)
{
	bool private = (cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000;

	return private ? DIAG_TWO("；这是私用区的造字，只有原来的字库认得，请换成正式的字", "; a private character, which only the font it was made for knows: write the real one")
		       : "";
}

static void say_missing(struct picker *p, const struct slot *slot, struct face_fonts *f, struct str cluster)
{
	struct arena *a = p->set->scratch;
	struct str what = culprit(p, f, cluster);
	size_t at = 0;
	uint32_t cp = utf8_next(what, &at);
	struct loc loc = place_of(p, slot, what);
	if (p->set->notes)
		use_missing(p->set, f->face, cp, loc);
	const char *character = arena_copy(a, what.p, what.n);
	bool said = diag_has_said(p->d, character, DIAG_GLYPH_MISSING);
	diag_once_per(p->d, character, DIAG_GLYPH_MISSING, loc, character, arena_printf(a, "U+%04X", (unsigned)cp),
	              said ? "" : names(p, f, 0, f->n, true), private_words(cp), (char *)NULL);
}

/* ---- picking ---- */

/* None of the families from..to is there. All have been asked for. */
static bool all_absent(const struct face_fonts *f, int from, int to)
{
	for (int k = from; k < to; k++)
		if (f->list[k].font)
			return false;
	return true;
}

/* A family of the face's own role is as good as another; one of a role beside it is news. */
static void check_substitute(struct picker *p, const struct slot *slot, struct face_fonts *f, const struct wanted *w)
{
	bool latin = slot->side == SIDE_LATIN && f->n_latin > 0;
	int from = latin ? f->n_han : 0, to = latin ? f->n_han + f->n_latin : f->n_han, at = (int)(w - f->list);
	if ((at >= from && at < to) || !all_absent(f, from, to))
		return;
	struct arena *a = p->set->scratch;
	const char *role = latin ? arena_printf(a, DIAG_TWO("%.*s 的西文", "%.*s (Latin)"), STR_ARG(f->face->name), STR_ARG(f->face->name))
				 : arena_copy(a, f->face->role.p, f->face->role.n);
	const char *cause = arena_printf(a, "%.*s %d", STR_ARG(f->face->name), latin);
	if (!diag_has_said(p->d, cause, DIAG_FONT_SUBSTITUTED))
		diag_once_per(p->d, cause, DIAG_FONT_SUBSTITUTED, f->face->loc, role, names(p, f, from, to, false),
		              arena_copy(a, w->family->name.p, w->family->name.n), (char *)NULL);
}

static void take(struct picker *p, struct slot *slot, struct face_fonts *f, const struct wanted *w)
{
	slot->font = w->font;
	slot->size = unit_muldiv(slot->item->style->size, w->family->scale, 1000000);
	if (p->set->notes)
		use_taken(p->set, f->face, w->font);
	if (w >= f->list + f->n_han || (slot->side == SIDE_LATIN && f->n_latin > 0))
		check_substitute(p, slot, f, w);
}

/* A cluster of one code point, as nearly all are, is found in the font's table. */
static bool has(struct font *f, struct slot *slot, struct str cluster)
{
	if (cluster.n == utf8_length(slot->cp))
		slot->glyph = font_glyph(f, pick_stand_in(f, slot->cp));
	return (slot->glyph && slot->glyph->id) || covers(f, cluster);
}

/* False when the face has no font at all. */
static bool pick(struct picker *p, struct slot *slot, struct face_fonts *f)
{
	struct str cluster = {p->slots->text.p + slot->text, slot->length};
	const struct font *first = NULL;
	p->first = NULL;
	for (int k = 0; k < f->n; k++) {
		struct wanted *w = ask(p, f, (enum side)slot->side, k);
		first = first ? first : w->font;
		if (w->font && has(w->font, slot, cluster)) {
			take(p, slot, f, w);
			p->first = w->font == first ? first : NULL;
			return true;
		}
	}
	for (int k = 0; k < f->n; k++) {
		struct wanted *w = ask(p, f, SIDE_HAN, k);
		if (w->font) {
			slot->glyph = NULL;
			take(p, slot, f, w);
			say_missing(p, slot, f, cluster);
			return true;
		}
	}
	const struct face *face = f->face;
	diag_once(p->d, DIAG_FONT_NONE, face->loc, arena_copy(p->set->scratch, face->role.p, face->role.n),
	          names(p, f, 0, f->n, false), (char *)NULL);
	return false;
}

/* As the slot before it, when that is of the same text and side and its font was the first to ask: most are. */
static bool pick_again(struct picker *p, struct slot *slot, const struct slot *before)
{
	if (!before || before->item != slot->item || before->side != slot->side || before->font != p->first ||
	    slot->length != utf8_length(slot->cp))
		return false;
	slot->glyph = font_glyph(before->font, pick_stand_in(before->font, slot->cp));
	if (!slot->glyph->id)
		return false;
	slot->font = before->font;
	slot->size = before->size;
	if (p->set->notes)
		use_taken(p->set, slot->item->style->face, slot->font);
	return true;
}

bool pick_fonts(struct diag_list *d, struct font_set *set, struct slots *slots)
{
	struct picker p = {.d = d, .set = set, .slots = slots};
	const struct slot *before = NULL;
	for (size_t i = 0; i < slots->n; i++) {
		struct slot *slot = &slots->list[i];
		if (slot->kind != SLOT_TEXT)
			continue;
		if (!pick_again(&p, slot, before) && !pick(&p, slot, face_fonts_find(&p, slot->item->style->face)))
			return false;
		before = slot;
	}
	return true;
}
