/* furniture: page numbers and rules in frames of fixed place, filled after the page is built. See vlist.h. */
#include "flow/vlist.h"

static bool needs_count(const struct inline_item *i)
{
	for (; i; i = i->next)
		if (i->kind == INLINE_PAGE_COUNT || needs_count(i->first))
			return true;
	return false;
}

bool furniture_needs_count(const struct page_master *m)
{
	for (const struct furniture *f = m->furniture; f; f = f->next)
		if (f->side == PAGE_LAST || needs_count(f->inlines))
			return true;
	return false;
}

static bool has_side(const struct page_master *m, enum page_side side)
{
	for (const struct furniture *f = m->furniture; f; f = f->next)
		if (f->side == side)
			return true;
	return false;
}

/* Frames for the first page take the place of odd ones there; those for the last page of odd and even ones. */
static bool stands_on(const struct page_master *m, const struct furniture *f, int number, bool last)
{
	bool special = (number == 1 && has_side(m, PAGE_FIRST)) || (last && has_side(m, PAGE_LAST));

	switch (f->side) {
	case PAGE_ANY:
		return true;
	case PAGE_FIRST:
		return number == 1;
	case PAGE_LAST:
		return last;
	case PAGE_ODD:
		return number % 2 == 1 && !special;
	case PAGE_EVEN:
		return number % 2 == 0 && !special;
	case PAGE_BLANK:
		return false;
	}
	return false;
}

/* Copy of the inlines with numbers filled in. */
static struct inline_item *fill(struct arena *a, const struct inline_item *i, int number, int count)
{
	struct inline_item *first = NULL, **tail = &first;

	for (; i; i = i->next) {
		struct inline_item *k = ARENA_NEW(a, struct inline_item);
		*k = *i;
		k->next = NULL;
		if (i->kind == INLINE_PAGE_NUMBER || i->kind == INLINE_PAGE_COUNT) {
			k->kind = INLINE_TEXT;
			k->text = str_of(arena_printf(a, "%d", i->kind == INLINE_PAGE_NUMBER ? number : count));
		}
		*tail = k;
		tail = &k->next;
	}
	return first;
}

/* Upper edge of the first glyph with ink, from the baseline (negative = above). */
static emu ink_top(const struct shaped *s)
{
	struct ink ink;

	for (size_t i = 0; i < s->n; i++)
		for (unsigned j = 0; j < s->clusters[i].n_glyphs; j++)
			if (font_ink(s->clusters[i].font, s->glyphs[s->clusters[i].glyph + j].id, s->clusters[i].size, &ink))
				return ink.y0;
	return 0;
}

static bool place_text(struct diag_list *d, struct font_set *fonts, const struct furniture *f, struct list_page *p, int count)
{
	struct shaped *shaped = ARENA_NEW(p->arena, struct shaped);
	struct lines *lines = ARENA_NEW(p->arena, struct lines);
	struct wrap_options o = {f->style->wrap, f->width, 0, f->style->size, f->style->align};
	struct para para = {.arena = p->arena, .style = f->style};

	if (!text_shape(d, p->arena, fonts, fill(p->arena, f->inlines, p->number, count), shaped) ||
	    !text_wrap(d, p->arena, shaped, &o, lines))
		return false;
	emu half = (f->style->pitch - f->style->size) / 2;
	emu y = f->ink ? f->y - ink_top(shaped) : f->y + half + unit_muldiv(f->style->size, 88, 100);
	for (size_t i = 0; i < lines->n; i++) {
		const struct line *l = &lines->list[i];
		emu room = f->width - f->style->indent_start - f->style->indent_end - l->width;
		emu x = f->style->indent_start +
			(f->style->align == ALIGN_END ? room : f->style->align == ALIGN_CENTRE ? room / 2 : 0);
		struct vitem v = {.kind = V_LINE, .para = &para, .n_pieces = 1, .pieces = {{shaped, l, x}}};
		place_line(p, &v, f->x, y);
		y += f->style->pitch;
	}
	return true;
}

static void place_rule(const struct furniture *f, struct list_page *p)
{
	struct list_item *item = list_item_add(p, ITEM_RULE);

	item->x = f->x;
	item->y = f->y;
	item->width = f->width;
	item->height = f->height;
	item->colour = f->colour;
	item->loc = f->loc;
	item->origin = TEXT_FURNITURE;
}

bool furniture_place(struct diag_list *d, struct font_set *fonts, const struct page_master *m, struct list_page *p, int count,
		     bool last)
{
	for (const struct furniture *f = m->furniture; f; f = f->next) {
		if (!stands_on(m, f, p->number, last))
			continue;
		if (!f->inlines)
			place_rule(f, p);
		else if (!place_text(d, fonts, f, p, count))
			return false;
	}
	return true;
}
