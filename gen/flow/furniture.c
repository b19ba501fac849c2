/* furniture: page numbers, running heads and rules in frames of fixed place, filled after the page is built. See vlist.h. */
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

/* ---- running heads ---- */

static struct running *running_find(struct running *r, struct str name)
{
	while (r && !str_eq(r->name, name))
		r = r->next;
	return r;
}

static struct running *running_add(struct arena *a, struct running ***tail, struct running r)
{
	struct running *k = ARENA_NEW(a, struct running);

	*k = r;
	k->next = NULL;
	**tail = k;
	*tail = &k->next;
	return k;
}

struct running *furniture_running(const struct list_page *p, const struct running *before)
{
	struct running *all = NULL, **tail = &all;
	bool first_line = true;

	for (; before; before = before->next)
		running_add(p->arena, &tail, (struct running){NULL, before->name, before->last, (struct str){0}});
	for (const struct list_item *item = p->first; item; item = item->next) {
		first_line &= item->kind != ITEM_GLYPHS;
		if (item->kind != ITEM_MARK)
			continue;
		struct running *r = running_find(all, item->u.mark.name);
		if (!r)
			r = running_add(p->arena, &tail, (struct running){.name = item->u.mark.name});
		if (!r->first.n || (first_line && !r->last.n))
			r->first = item->u.mark.text;
		r->last = item->u.mark.text;
	}
	for (struct running *r = all; r; r = r->next)
		if (!r->last.n)
			r->last = r->first;
	return all;
}

static struct str running_text(struct arena *a, const struct inline_item *i, const struct running *all)
{
	const struct running *r = running_find((struct running *)all, i->name);

	if (!r)
		return (struct str){0};
	if (i->show == RUNNING_FIRST || str_eq(r->first, r->last))
		return r->first;
	if (i->show == RUNNING_LAST)
		return r->last;
	return str_of(arena_printf(a, "%.*s%.*s%.*s", STR_ARG(r->first), STR_ARG(i->text), STR_ARG(r->last)));
}

/* ---- frames ---- */

/* A page's facts that furniture may show. */
struct facts {
	int number, count;
	const struct running *running;
};

/* Copy of the inlines with numbers and running heads filled in. */
static struct inline_item *fill(struct arena *a, const struct inline_item *i, const struct facts *facts)
{
	struct inline_item *first = NULL, **tail = &first;

	for (; i; i = i->next) {
		struct inline_item *k = ARENA_NEW(a, struct inline_item);
		*k = *i;
		k->next = NULL;
		if (i->kind == INLINE_PAGE_NUMBER || i->kind == INLINE_PAGE_COUNT) {
			k->kind = INLINE_TEXT;
			k->text = str_of(arena_printf(a, "%d", i->kind == INLINE_PAGE_NUMBER ? facts->number : facts->count));
		} else if (i->kind == INLINE_RUNNING) {
			k->kind = INLINE_TEXT;
			k->text = running_text(a, i, facts->running);
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

/* A mark at the type area's left edge keeps to it on even pages. */
static emu left_of(const struct furniture *f, const struct page_master *m, const struct list_page *p)
{
	return f->drawn && m->mirrored && p->number % 2 == 0 && f->x == m->left ? m->right : f->x;
}

static bool place_text(struct diag_list *d, struct font_set *fonts, const struct furniture *f, const struct page_master *m,
		       struct list_page *p, const struct facts *facts)
{
	struct shaped *shaped = ARENA_NEW(p->arena, struct shaped);
	struct lines *lines = ARENA_NEW(p->arena, struct lines);
	struct wrap_options o = {f->style->wrap, f->width, 0, f->style->size, f->style->align};
	struct para para = {.arena = p->arena, .style = f->style};

	if (!text_shape(d, p->arena, fonts, fill(p->arena, f->inlines, facts), shaped) ||
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
		place_line(p, &v, left_of(f, m, p), y);
		y += f->style->pitch;
	}
	return true;
}

/* ---- drawn text ---- */

/* The glyphs of an item as their shapes. */
static void draw_item(struct list_page *p, struct list_item *item)
{
	struct list_glyphs g = item->u.glyphs;
	size_t n = 0, done = 0;

	for (size_t i = 0; i < g.n; i++)
		n += font_outline(g.font, g.glyphs[i].id, g.size, NULL);
	struct outline_point *points = ARENA_ARRAY(p->arena, n + 1, struct outline_point);
	for (size_t i = 0; i < g.n; i++) {
		size_t from = done;
		done += font_outline(g.font, g.glyphs[i].id, g.size, points + done);
		for (; from < done; from++) {
			points[from].x += g.glyphs[i].x;
			points[from].y += g.glyphs[i].y;
		}
	}
	item->kind = ITEM_PATH;
	item->u.path = (struct list_path){points, n};
}

static void draw_items(struct list_page *p, struct list_item *item)
{
	for (; item; item = item->next)
		if (item->kind == ITEM_GLYPHS)
			draw_item(p, item);
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

/* Frames that begin above the body, or the others. */
static bool place_frames(struct diag_list *d, struct font_set *fonts, const struct page_master *m, struct list_page *p,
			 const struct facts *facts, bool last, bool above)
{
	for (const struct furniture *f = m->furniture; f; f = f->next) {
		struct list_item *before = p->last;
		bool head = f->y < m->top;
		/* What is drawn may stand behind the text, never before it. */
		if ((head || f->drawn) != above || !stands_on(m, f, p->number, last))
			continue;
		if (!f->inlines)
			place_rule(f, p);
		else if (!place_text(d, fonts, f, m, p, facts))
			return false;
		if (f->drawn)
			draw_items(p, before ? before->next : p->first);
		for (struct list_item *i = before ? before->next : p->first; i; i = i->next)
			i->artifact = head ? ARTIFACT_HEADER : f->drawn ? ARTIFACT_LAYOUT : ARTIFACT_FOOTER;
	}
	return true;
}

bool furniture_place(struct diag_list *d, struct font_set *fonts, const struct page_master *m, struct list_page *p, int count,
		     bool last, const struct running *running)
{
	struct facts facts = {p->number, count, running};
	struct list_item *first = p->first, *end = p->last;

	p->first = p->last = NULL;
	bool good = place_frames(d, fonts, m, p, &facts, last, true);
	if (!p->last)
		p->first = first;
	else
		p->last->next = first;
	p->last = end ? end : p->last;
	return good && place_frames(d, fonts, m, p, &facts, last, false);
}
