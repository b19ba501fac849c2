/* pdf_outline: how readers get about: the outline (bookmarks) from the list's headings, nested by level (ISO 32000-1 12.3.3), the same
 * places by name (12.3.2.3), and the pages' printed labels (12.4.2).
 * A heading whose level leaps (1, then 3) is a child of the nearest higher one. */
#include "out/pdf.h"

#include <stdlib.h>

/* Places in an array; 0 is the outline's root, and no relative of any node but their parent. */
struct node {
	const struct list_outline *entry;
	uint32_t object;
	size_t parent, first, last, previous, next;
	size_t below;   /* entries under it, all levels */
	size_t kids;    /* its own */
	const char *name; /* "s2.1": by its place, so that another heading's words change nothing */
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

const struct pdf_page *pdf_find_page(const struct pdf *p, int number)
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

void pdf_destination(struct buf *b, const struct pdf_page *page, emu y)
{
	buf_printf(b, "[%lu 0 R/XYZ null ", (unsigned long)page->object);
	pdf_number(b, pdf_place(page->height - y), 1000);
	buf_puts(b, " null]");
}

static void put_entry(struct pdf *p, struct buf *b, const struct node *n)
{
	const struct pdf_page *page = pdf_find_page(p, n->entry->page);
	buf_puts(b, "/Title");
	pdf_rules_string(p, n->entry->title);
	pdf_string(b, n->entry->title);
	if (!page)
		return;
	buf_puts(b, "/Dest");
	pdf_destination(b, page, n->entry->y);
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

/* Entries by level; nodes[0] stands above all. Returns how many there are with it. */
static size_t make_nodes(struct pdf *p, const struct list *l, struct node **nodes)
{
	size_t n = 1, i = 0;

	for (const struct list_outline *e = l->outline; e; e = e->next)
		n++;
	struct node *all = *nodes = ARENA_ARRAY(p->out.arena, n, struct node);
	for (const struct list_outline *e = l->outline; e; e = e->next) {
		size_t parent = i++;
		while (parent && all[parent].entry->level >= e->level)
			parent = all[parent].parent;
		all[i].entry = e;
		all[i].name = arena_printf(p->out.arena, parent ? "%s.%zu" : "%ss%zu", parent ? all[parent].name : "", ++all[parent].kids);
		adopt(all, i, parent);
	}
	return n;
}

uint32_t pdf_outline(struct pdf *p, const struct list *l)
{
	struct node *nodes;
	struct buf b = {0};
	size_t n = make_nodes(p, l, &nodes);

	if (n == 1)
		return 0;
	for (size_t i = 0; i < n; i++)
		nodes[i].object = door_number(p->door);
	for (size_t i = 0; i < n; i++)
		put_node(p, &b, nodes, i);
	buf_free(&b);
	return nodes[0].object;
}

/* ---- names ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const struct node *const *)a)->name, (*(const struct node *const *)b)->name);
}

/* A name tree in one node: its keys ascend by their bytes (7.9.6). */
uint32_t pdf_destinations(struct pdf *p, const struct list *l)
{
	struct node *nodes;
	size_t n = make_nodes(p, l, &nodes);
	if (n == 1)
		return 0;
	const struct node **sorted = ARENA_ARRAY(p->out.arena, n, const struct node *);
	struct buf b = {0};

	for (size_t i = 1; i < n; i++)
		sorted[i - 1] = &nodes[i];
	qsort(sorted, n - 1, sizeof *sorted, by_name);
	buf_puts(&b, "/Names[");
	for (size_t i = 0; i + 1 < n; i++) {
		const struct pdf_page *page = pdf_find_page(p, sorted[i]->entry->page);
		if (!page)
			continue;
		buf_printf(&b, "(%s)", sorted[i]->name);
		pdf_destination(&b, page, sorted[i]->entry->y);
	}
	buf_puts(&b, "]");
	uint32_t number = door_number(p->door);
	door_dict(p->door, number, buf_view(&b));
	buf_free(&b);
	return number;
}

/* ---- page labels ---- */

/* A label in figures; 0: it is none. */
static unsigned figures(struct str label)
{
	unsigned v = 0;

	if (label.n == 0 || label.n > 8 || label.p[0] == '0')
		return 0;
	for (size_t i = 0; i < label.n; i++) {
		if (label.p[i] < '0' || label.p[i] > '9')
			return 0;
		v = v * 10 + (unsigned)(label.p[i] - '0');
	}
	return v;
}

static unsigned label_of(const struct pdf_page *page)
{
	return page->label.n ? figures(page->label) : (unsigned)page->number;
}

/* Pages whose figures count up are one range. */
void pdf_labels(struct pdf *p, struct buf *b)
{
	if (!p->n_pages)
		return;
	unsigned next = 0;

	buf_puts(b, "/PageLabels<</Nums[");
	for (size_t i = 0; i < p->n_pages; i++) {
		unsigned label = label_of(&p->pages[i]);
		if (label && label == next) {
			next++;
			continue;
		}
		buf_printf(b, i ? " %zu<<" : "%zu<<", i);
		if (label) {
			buf_puts(b, "/S/D");
			if (label != 1)
				buf_printf(b, "/St %u", label);
		} else {
			buf_puts(b, "/P");
			pdf_string(b, p->pages[i].label);
		}
		buf_puts(b, ">>");
		next = label ? label + 1 : 0;
	}
	buf_puts(b, "]>>");
}
