/* pdf_outline: the outline (bookmarks) from the list's headings, nested by level (ISO 32000-1 12.3.3).
 * A heading whose level leaps (1, then 3) is a child of the nearest higher one. */
#include "out/pdf.h"

/* Places in an array; 0 is the outline's root, and no relative of any node but their parent. */
struct node {
	const struct list_outline *entry;
	uint32_t object;
	size_t parent, first, last, previous, next;
	size_t below;   /* entries under it, all levels */
};

static void adopt(struct node *nodes, size_t i, size_t parent)
{
	nodes[i].parent = parent;
	nodes[i].previous = nodes[parent].last;
	if (nodes[parent].last)
		nodes[nodes[parent].last].next = i;
	else
		nodes[parent].first = i;
	nodes[parent].last = i;
	for (size_t up = parent;; up = nodes[up].parent) {
		nodes[up].below++;
		if (up == 0)
			break;
	}
}

static const struct pdf_page *find_page(const struct pdf *p, int number)
{
	if (number >= 1 && (size_t)number <= p->n_pages && p->pages[number - 1].number == number)
		return &p->pages[number - 1];
	for (size_t i = 0; i < p->n_pages; i++)
		if (p->pages[i].number == number)
			return &p->pages[i];
	return NULL;
}

static void put_link(struct buf *b, const char *key, const struct node *nodes, size_t to)
{
	if (to)
		buf_printf(b, "%s %lu 0 R", key, (unsigned long)nodes[to].object);
}

static void put_entry(struct pdf *p, struct buf *b, const struct node *n)
{
	const struct pdf_page *page = find_page(p, n->entry->page);
	buf_puts(b, "/Title");
	pdf_string(b, n->entry->title);
	if (!page)
		return;
	buf_printf(b, "/Dest[%lu 0 R/XYZ null ", (unsigned long)page->object);
	pdf_number(b, pdf_place(page->height - n->entry->y), 1000);
	buf_puts(b, " null]");
}

static void put_node(struct pdf *p, struct buf *b, const struct node *nodes, size_t i)
{
	const struct node *n = &nodes[i];
	b->n = 0;
	if (i) {
		put_entry(p, b, n);
		buf_printf(b, "/Parent %lu 0 R", (unsigned long)nodes[n->parent].object);
		put_link(b, "/Prev", nodes, n->previous);
		put_link(b, "/Next", nodes, n->next);
	} else {
		buf_puts(b, "/Type/Outlines");
	}
	put_link(b, "/First", nodes, n->first);
	put_link(b, "/Last", nodes, n->last);
	/* Positive: opened, with all that is below. */
	if (n->below)
		buf_printf(b, "/Count %zu", n->below);
	door_dict(p->door, n->object, buf_view(b));
}

uint32_t pdf_outline(struct pdf *p, const struct list *l)
{
	size_t n = 1;
	for (const struct list_outline *e = l->outline; e; e = e->next)
		n++;
	if (n == 1)
		return 0;
	struct node *nodes = ARENA_ARRAY(p->out.arena, n, struct node);
	nodes[0].object = door_number(p->door);
	size_t i = 0;
	for (const struct list_outline *e = l->outline; e; e = e->next) {
		size_t parent = i++;
		while (parent && nodes[parent].entry->level >= e->level)
			parent = nodes[parent].parent;
		nodes[i].entry = e;
		nodes[i].object = door_number(p->door);
		adopt(nodes, i, parent);
	}
	struct buf b = {0};
	for (i = 0; i < n; i++)
		put_node(p, &b, nodes, i);
	buf_free(&b);
	return nodes[0].object;
}
