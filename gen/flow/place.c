/* place: the clusters of a line -> glyph items of a page, one item per run of equal font, size, colour and origin. */
#include "flow/vlist.h"

struct run {
	struct list_page *page;
	const struct vitem *v;
	const struct piece *piece;
	emu x, y; /* of the line's start, and its baseline */
	bool line_start;
	const struct anchor *link; /* of the text just placed, from left to right */
	emu link_left, link_right;
};

static bool is_label(const struct run *r, const struct cluster *c)
{
	const struct label *l = &r->v->para->label;

	return l->node && ((l->hangs && r->piece->lead) || c->item->text.p == l->text);
}

static bool same_run(const struct run *r, const struct cluster *a, const struct cluster *b)
{
	const struct inline_item *i = a->item, *j = b->item;

	return a->font == b->font && a->size == b->size && (i == j || (i->style->colour == j->style->colour &&
	       i->style->shift == j->style->shift && i->origin == j->origin && i->link == j->link && str_eq(i->style->lang, j->style->lang) &&
	       is_label(r, a) == is_label(r, b)));
}

static void own_run(const struct run *r, const struct cluster *c, struct list_item *item)
{
	const struct para *p = r->v->para;

	if (!str_eq(c->item->style->lang, p->style->lang))
		item->lang = c->item->style->lang;
	item->origin = c->item->origin;
	item->node = is_label(r, c) ? p->label.node : p->node;
	if (c->item->link && p->label.links)
		item->node = structure_link(p->label.links, p->block, c->item->link);
	if (item->origin == TEXT_FURNITURE)
		item->node = 0;
	if (!r->v->repeat)
		return;
	item->origin = TEXT_FURNITURE;
	item->node = 0;
	item->artifact = ARTIFACT_REPEAT;
}

/* ---- links ---- */

/* One box a line for text that leads to one place. */
static void end_link(struct run *r)
{
	const struct para *p = r->v->para;

	if (!r->link)
		return;
	struct list_item *item = list_item_add(r->page, ITEM_LINK);
	item->x = r->link_left;
	item->y = r->y - unit_muldiv(p->style->size, 95, 100);
	item->width = r->link_right - r->link_left;
	item->height = unit_muldiv(p->style->size, 115, 100);
	item->node = p->label.links ? structure_link(p->label.links, p->block, r->link) : 0;
	item->loc = p->block ? p->block->loc : (struct loc){0, 0};
	item->origin = TEXT_GENERATED;
	item->u.link = r->link;
	r->link = NULL;
}

static void grow_link(struct run *r, const struct anchor *link, emu left, emu right)
{
	if (r->link != link)
		end_link(r);
	if (!link || r->v->repeat)
		return;
	r->link_left = r->link && r->link_left < left ? r->link_left : left;
	r->link_right = right;
	r->link = link;
}

/* ---- runs ---- */

/* Clusters from..to become one item. */
static void put_run(struct run *r, size_t from, size_t to)
{
	const struct shaped *s = r->piece->shaped;
	const struct line *l = r->piece->line;
	const struct cluster *c = &s->clusters[from];
	struct arena *a = r->page->arena;
	size_t n = 0, text_from = c->text, text_to = s->clusters[to - 1].text + s->clusters[to - 1].length;

	for (size_t i = from; i < to; i++)
		n += s->clusters[i].n_glyphs;
	struct list_item *item = list_item_add(r->page, ITEM_GLYPHS);
	emu x0 = l->x[from - l->from];
	item->x = r->x + x0;
	item->y = r->y - c->item->style->shift;
	item->colour = c->item->style->colour;
	item->loc = c->item->loc;
	own_run(r, c, item);
	item->line_start = r->line_start;
	item->paragraph_start = r->line_start && r->v->first_line && r->piece == r->v->pieces;
	r->line_start = false;
	struct list_glyphs *g = &item->u.glyphs;
	*g = (struct list_glyphs){.font = c->font, .size = c->size, .n = n};
	g->text = arena_str(a, str_sub(s->text, text_from, text_to));
	g->glyphs = ARENA_ROOM(a, n, struct list_glyph);
	size_t at = 0;
	for (size_t i = from; i < to; i++) {
		const struct cluster *k = &s->clusters[i];
		emu pen = l->x[i - l->from] - x0;
		for (unsigned j = 0; j < k->n_glyphs; j++) {
			const struct glyph *gl = &s->glyphs[k->glyph + j];
			g->glyphs[at++] = (struct list_glyph){gl->id, pen + gl->dx, gl->dy, (uint32_t)(k->text - text_from),
							      j == 0 ? k->length : 0};
			pen += gl->advance;
		}
		g->width = pen;
	}
	if (item->origin != TEXT_FURNITURE)
		grow_link(r, c->item->link, item->x, item->x + g->width);
}

/* The marks before the text of the line, and behind it where the text ends. */
static void put_marks(const struct run *r)
{
	const struct shaped *s = r->piece->shaped;
	const struct line *l = r->piece->line;

	for (size_t i = 0; i < s->n_marks; i++) {
		const struct shaped_mark *m = &s->marks[i];
		bool before = l->from > 0 && m->text < s->clusters[l->from].text;
		bool behind = l->to < s->n && m->text >= s->clusters[l->to].text;
		if (before || behind)
			continue;
		struct list_item *item = list_item_add(r->page, ITEM_MARK);
		item->x = r->x;
		item->y = r->y - r->v->baseline;
		item->loc = m->item->loc;
		item->origin = m->item->origin;
		item->u.mark = (struct list_mark){m->item->name, m->item->text, m->item->level};
	}
}

static void put_piece(struct run *r);

/* So many copies of what fills a leader, as a line of their own. */
static void put_copies(struct run *r, const struct shaped *pattern, size_t n, emu left, emu width)
{
	struct arena *a = r->page->arena;
	struct shaped s = {.clusters = ARENA_ROOM(a, n * pattern->n, struct cluster), .n = n * pattern->n, .glyphs = pattern->glyphs};
	struct line line = {.to = (uint32_t)s.n, .x = ARENA_ROOM(a, s.n, emu)};
	struct buf text = {0};

	for (size_t i = 0; i < s.n; i++) {
		emu pen = i % pattern->n ? line.x[i - 1] + s.clusters[i - 1].width : left + (emu)(i / pattern->n) * width;
		s.clusters[i] = pattern->clusters[i % pattern->n];
		s.clusters[i].text += (uint32_t)text.n;
		line.x[i] = pen;
		if (i % pattern->n + 1 == pattern->n)
			buf_str(&text, pattern->text);
	}
	s.text = arena_str(a, buf_view(&text));
	buf_free(&text);
	struct piece piece = {&s, &line, 0, false};
	struct run copies = *r;
	copies.piece = &piece;
	copies.line_start = false;
	put_piece(&copies);
}

/* A leader reaches to the next cluster. Its copies keep a place counted from the line's end, so that those of lines below each
 * other are below each other, and a quarter of an em from the text. */
static void put_leader(struct run *r, size_t i)
{
	const struct line *l = r->piece->line;
	const struct cluster *c = &r->piece->shaped->clusters[i];
	const struct leader *k = r->v->para->leaders;
	emu room = c->item->style->size / 4, width = 0;

	while (k && k->text != c->item->text.p)
		k = k->next;
	if (!k || !k->shaped.n)
		return;
	for (size_t j = 0; j < k->shaped.n; j++)
		width += k->shaped.clusters[j].width;
	emu from = l->x[i - l->from] + room, to = (i + 1 < l->to ? l->x[i + 1 - l->from] : l->width) - room;
	emu behind = width > 0 ? (l->width - to + width - 1) / width : 0; /* places that are taken by what follows */
	emu n = width > 0 && to > from ? (l->width - from) / width - behind : 0;
	if (n > 0)
		put_copies(r, &k->shaped, (size_t)n, l->width - (behind + n) * width, width);
}

static void put_piece(struct run *r)
{
	const struct shaped *s = r->piece->shaped;
	const struct line *l = r->piece->line;

	for (size_t i = l->from; i < l->to;) {
		size_t from = i;
		if (!s->clusters[i].font) {
			if (s->clusters[i].item && s->clusters[i].item->kind == INLINE_LEADER)
				put_leader(r, i);
			i++;
			continue;
		}
		while (++i < l->to && s->clusters[i].font && same_run(r, &s->clusters[from], &s->clusters[i]))
			;
		put_run(r, from, i);
	}
}

void place_line(struct list_page *p, const struct vitem *v, emu x, emu y)
{
	struct run r = {.page = p, .v = v, .y = y, .line_start = true};

	for (int i = 0; i < v->n_pieces; i++) {
		r.piece = &v->pieces[i];
		r.x = x + r.piece->x;
		if (!v->repeat)
			put_marks(&r);
		put_piece(&r);
	}
	end_link(&r);
}
