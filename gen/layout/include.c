/* include: puts the blocks of included records where templates say <include>. See bind.h.
 * Takes: documents that were bound by layouts of their own kind, styles and all. Gives: their blocks in a group of the including
 * document, headings and bookmarks as many levels down; what is placed nowhere or twice is reported. */
#include "layout/bind.h"

struct included *bind_included(struct binding *b, const struct xml_node *n)
{
	struct str href = xml_value(n, "href");
	struct included *k = b->included;

	while (k && !str_eq(k->href, href))
		k = k->next;
	if (!k && href.n) {
		struct diag *m = diag_add(b->d, DIAG_LAYOUT_INCLUDE, element_loc(n), cs(b->a, href),
					  DIAG_TWO("记录里没有这样的 <include>", "the record has no such <include>"), NULL);
		m->length = (uint32_t)n->name.n + 1;
		m->other = element_other(n);
	}
	return k;
}

void bind_not_included(struct binding *b)
{
	for (const struct included *k = b->included; k; k = k->next)
		if (!k->placed)
			diag_add(b->d, DIAG_LAYOUT_INCLUDE, k->loc, cs(b->a, k->href),
				 DIAG_TWO("版式没有把它排在任何地方", "the layout places it nowhere"), NULL)->length = (uint32_t)k->href.n;
}

/* ---- levels ---- */

/* What goes down with an included document. */
struct grafting {
	struct binding *b;
	int deeper;
	struct map styles; /* name and level -> the style one or more levels down */
};

static const struct style *deeper_style(struct grafting *g, const struct style *s)
{
	if (!s || !s->outline || !g->deeper)
		return s;
	/* The map only looks up; addresses never decide an order. */
	struct str key = str_of(arena_printf(g->b->a, "%p", (const void *)s));
	struct style *copy = map_get(&g->styles, key);
	if (copy)
		return copy;
	copy = ARENA_NEW(g->b->a, struct style);
	*copy = *s;
	copy->outline += g->deeper;
	map_set(&g->styles, key, copy);
	return copy;
}

static void graft_inlines(struct grafting *g, struct inline_item *i)
{
	for (; i; i = i->next) {
		if (i->kind == INLINE_MARK && i->level > 0)
			i->level += g->deeper;
		if (i->kind == INLINE_MARK)
			map_set(&g->b->marks, i->name, i);
		graft_inlines(g, i->first);
	}
}

static void graft_blocks(struct grafting *g, struct block *k);

static void graft_rows(struct grafting *g, struct row *r)
{
	for (; r; r = r->next)
		for (struct cell *c = r->cells; c; c = c->next)
			graft_blocks(g, c->first);
}

/* k and what follows it. */
static void graft_blocks(struct grafting *g, struct block *k)
{
	for (; k; k = k->next) {
		k->style = deeper_style(g, k->style);
		if (k->anchor && k->anchor->level > 0)
			k->anchor->level += g->deeper;
		graft_inlines(g, k->inlines);
		if (k->table) {
			graft_rows(g, k->table->header);
			graft_rows(g, k->table->rows);
		}
		graft_blocks(g, k->first);
	}
}

/* ---- what a document owns ---- */

static const void **joined(struct arena *a, const void *const *one, int n, const void *const *two, int m)
{
	const void **all = ARENA_ARRAY(a, (size_t)(n + m) + 1, const void *);

	memcpy(all, one, sizeof *all * (size_t)n);
	memcpy(all + n, two, sizeof *all * (size_t)m);
	return all;
}

#define JOIN(list, count) \
	(to->list = (void *)joined(a, (const void *const *)to->list, to->count, (const void *const *)from->list, from->count), \
	 to->count += from->count)

static void join_docs(struct arena *a, struct doc *to, const struct doc *from)
{
	JOIN(styles, n_styles);
	JOIN(faces, n_faces);
	JOIN(pages, n_pages);
	JOIN(colours, n_colours);
	JOIN(wraps, n_wraps);
	struct page_ref **end = &to->refs;
	while (*end)
		end = &(*end)->next;
	*end = from->refs;
}

/* ---- placing ---- */

/* The master of the pages around a block. */
static const struct page_master *page_around(const struct block *k)
{
	while (k && k->kind != BLOCK_SECTION)
		k = k->parent;
	return k ? k->page : NULL;
}

static bool same_sheet(const struct page_master *a, const struct page_master *b)
{
	return a->width == b->width && a->height == b->height && a->turned == b->turned;
}

static void take_children(struct block *to, struct block *from)
{
	for (struct block *k = from->first, *next; k; k = next) {
		next = k->next;
		block_append(to, k);
	}
	from->first = from->last = NULL;
}

/* Sections begin pages, on the sheets around or on their own. */
static void place_sections(struct block *group, struct doc *doc, bool own)
{
	const struct page_master *around = page_around(group);
	bool first = true;

	for (struct block *s = doc->root->first, *next; s; s = next, first = false) {
		next = s->next;
		if (own || !around || !same_sheet(around, s->page)) {
			block_append(group, s);
			continue;
		}
		if (!first) {
			struct block *page = ARENA_NEW(doc->arena, struct block);
			*page = (struct block){.kind = BLOCK_BREAK, .loc = s->loc, .layout = s->layout};
			block_append(group, page);
		}
		take_children(group, s);
	}
}

static bool is_second(struct binding *b, const struct xml_node *n, const struct included *k)
{
	if (k->placed)
		diag_add(b->d, DIAG_LAYOUT_INCLUDE, element_loc(n), cs(b->a, k->href),
			 DIAG_TWO("版式把它排了两次", "the layout places it twice"), NULL)->length = (uint32_t)n->name.n + 1;
	return k->placed;
}

void bind_include(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct included *k = bind_included(b, n);
	struct grafting g = {.b = b};

	bind_nothing_inside(b, n, EL_INCLUDE);
	if (!k || is_second(b, n, k))
		return;
	k->placed = true;
	struct block *group = bind_new(b, parent, BLOCK_GROUP, n);
	int_parse(xml_value(n, "outline"), &g.deeper);
	g.deeper = g.deeper > 0 ? g.deeper : 0;
	map_open(&g.styles, b->a);
	k->anchor.mark = xml_value(n, "mark");
	k->anchor.title = space_settle_text(b->a, xml_value(n, "title"));
	if (!k->anchor.title.n)
		k->anchor.title = k->doc->metadata.title;
	k->anchor.level = g.deeper;
	k->anchor.loc = k->doc->root->loc;
	if (k->anchor.mark.n)
		map_set(&b->marks, k->anchor.mark, &k->anchor);
	group->style = bind_style(b, n);
	group->section = true;
	group->anchor = &k->anchor;
	group->deeper = g.deeper;
	graft_blocks(&g, k->doc->root->first);
	join_docs(b->a, b->r.doc, k->doc);
	place_sections(group, k->doc, str_is(xml_value(n, "pages"), "own"));
}
