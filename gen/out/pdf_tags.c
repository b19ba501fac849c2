/* pdf_tags: the structure tree (ISO 32000-1 14.7, 14.8): pages' marked content on one side, the list's nodes on the other.
 * While pages are written each stretch of a node's content gets the next number of its page; at the end the nodes become structure
 * elements that hold these numbers, and the parent tree leads back from page and number to element. What is empty and
 * needs no place (a blank paragraph) becomes no element. */
#include "out/pdf.h"

enum {
	PAGES_A_LEAF = 64,
	/* Where there are many, elements of one kind have equal forms: numbers stand in columns, blanks fill them up to a multiple of
	 * this. Told by differences (rows.h) the tags of a table of 5,000 rows take a quarter of what they take otherwise. */
	MANY = 1000, WIDTH = 50, WIDE_MARK = 4
};

/* ---- names ---- */

void pdf_role(struct buf *b, const struct list *l, uint32_t node)
{
	static const char *const names[ROLE_COUNT] = {
		[ROLE_P] = "P", [ROLE_ITEM] = "P", [ROLE_NONE] = "NonStruct", [ROLE_TABLE] = "Table", [ROLE_TR] = "TR",
		[ROLE_TH] = "TD", [ROLE_TD] = "TD", /* which cells are headings is known at the end */
		[ROLE_THEAD] = "THead", [ROLE_TBODY] = "TBody", [ROLE_SECT] = "Sect",
		[ROLE_L] = "L", [ROLE_LI] = "LI", [ROLE_LBL] = "Lbl", [ROLE_LBODY] = "LBody", [ROLE_TOC] = "TOC", [ROLE_TOCI] = "TOCI",
		[ROLE_REFERENCE] = "Reference", [ROLE_LINK] = "Link", [ROLE_NOTE] = "Note",
	};
	const struct list_node *n = l && node < l->n_nodes ? &l->nodes[node] : NULL;

	if (node == 0 || !n)
		buf_puts(b, node ? "/P" : "/Document");
	else if (n->role == ROLE_H || n->role == ROLE_TITLE)
		buf_printf(b, "/H%d", n->level < 1 ? 1 : n->level > 6 ? 6 : n->level);
	else {
		buf_char(b, '/');
		buf_puts(b, names[n->role]);
	}
}

/* ---- pages ---- */

uint32_t pdf_tags_mark(struct pdf *p, uint32_t node)
{
	struct pdf_tags *t = &p->tags;

	buf_put(&t->marks, &node, sizeof node);
	return t->n_marks++ - t->page_start;
}

void pdf_tags_page(struct pdf *p)
{
	buf_put(&p->tags.starts, &p->tags.n_marks, sizeof p->tags.n_marks);
	p->tags.page_start = p->tags.n_marks;
}

void pdf_tags_free(struct pdf *p)
{
	buf_free(&p->tags.marks);
	buf_free(&p->tags.starts);
}

/* ---- the tree ---- */

#define NO_MARK UINT32_MAX

struct tree {
	struct pdf *pdf;
	const struct list *list;
	size_t n;               /* nodes */
	const uint32_t *marks;  /* node of each stretch of content, in order of the pages */
	uint32_t *page_of;      /* page of each */
	uint32_t n_marks;
	uint32_t *own;          /* marks in order of their nodes; node i has own[own_from[i]] … own[own_from[i + 1] - 1] */
	uint32_t *own_from;
	uint32_t *kids, *kids_from; /* the same for children */
	uint32_t *first;        /* first mark in or below a node, or NO_MARK */
	uint32_t *number;       /* object, 0 = none */
	uint32_t *owners;       /* by page: object that leads from its marks to their elements */
	struct tag_nodes nodes;
	struct tag_cells cells;
	int wide;               /* digits of a number that is aligned; 0: none is */
	struct buf body;
};

/* Sort items 0 … n-1 by keys: those of key k stand at out[from[k]] …; order is kept. */
static void sort_by(const uint32_t *keys, size_t n, size_t n_keys, uint32_t *from, uint32_t *out)
{
	for (size_t i = 0; i < n; i++)
		from[keys[i] + 1]++;
	for (size_t k = 0; k < n_keys; k++)
		from[k + 1] += from[k];
	for (size_t i = 0; i < n; i++)
		out[from[keys[i]]++] = (uint32_t)i;
	for (size_t k = n_keys; k > 0; k--)
		from[k] = from[k - 1];
	from[0] = 0;
}

static void gather_marks(struct tree *t, struct arena *a)
{
	const uint32_t *starts = (const uint32_t *)t->pdf->tags.starts.p;
	size_t n_pages = t->pdf->tags.starts.n / sizeof *starts;

	t->page_of = ARENA_ARRAY(a, t->n_marks + 1, uint32_t);
	for (size_t p = 0; p < n_pages; p++)
		for (uint32_t m = starts[p]; m < (p + 1 < n_pages ? starts[p + 1] : t->n_marks); m++)
			t->page_of[m] = (uint32_t)p;
	t->own = ARENA_ARRAY(a, t->n_marks + 1, uint32_t);
	t->own_from = ARENA_ARRAY(a, t->n + 2, uint32_t);
	sort_by(t->marks, t->n_marks, t->n, t->own_from, t->own);
}

static void gather_kids(struct tree *t, struct arena *a)
{
	uint32_t *parents = ARENA_ARRAY(a, t->n + 1, uint32_t);

	for (size_t i = 1; i < t->n; i++)
		parents[i] = t->list->nodes[i].parent;
	parents[0] = (uint32_t)t->n; /* the document is nobody's child */
	t->kids = ARENA_ARRAY(a, t->n + 1, uint32_t);
	t->kids_from = ARENA_ARRAY(a, t->n + 3, uint32_t);
	sort_by(parents, t->n, t->n + 1, t->kids_from, t->kids);
}

static void find_first(struct tree *t, struct arena *a)
{
	t->first = ARENA_ARRAY(a, t->n, uint32_t);
	for (size_t i = 0; i < t->n; i++)
		t->first[i] = t->own_from[i] < t->own_from[i + 1] ? t->own[t->own_from[i]] : NO_MARK;
	for (size_t i = t->n; i-- > 1;) {
		uint32_t up = t->list->nodes[i].parent;
		if (t->first[i] < t->first[up])
			t->first[up] = t->first[i];
	}
}

/* Cells and rows keep their places in the table. */
static bool is_needed(const struct tree *t, size_t i)
{
	enum role r = t->list->nodes[i].role;
	bool place = r == ROLE_TABLE || r == ROLE_TR || r == ROLE_TH || r == ROLE_TD || r == ROLE_THEAD || r == ROLE_TBODY;

	return i == 0 || t->first[i] != NO_MARK || (place && t->number[t->list->nodes[i].parent]);
}

/* Elements of one kind stand together in the file: rows, heading cells, cells, all others before them. */
enum kind { KIND_OTHER, KIND_ROW, KIND_HEADING, KIND_CELL, KINDS };

static enum kind kind_of(const struct tree *t, size_t i)
{
	enum role r = t->list->nodes[i].role;

	if (r == ROLE_TH || r == ROLE_TD)
		return tag_is_heading(&t->cells, i) ? KIND_HEADING : KIND_CELL;
	return r == ROLE_TR ? KIND_ROW : KIND_OTHER;
}

static void give_numbers(struct tree *t, struct arena *a)
{
	uint32_t next[KINDS + 1] = {0};

	t->number = ARENA_ARRAY(a, t->n, uint32_t);
	for (size_t i = 0; i < t->n; i++) {
		t->number[i] = is_needed(t, i);
		next[kind_of(t, i) + 1] += t->number[i];
	}
	for (int k = 1; k < KINDS; k++)
		next[k + 1] += next[k];
	next[0] = door_numbers(t->pdf->door, next[KINDS]);
	/* With " 0 R" and a blank ten bytes each, or fifteen: rows_find counts in fives. */
	t->wide = next[KINDS] < MANY ? 0 : next[0] + next[KINDS] < 100000 ? 5 : 10;
	for (int k = 1; k < KINDS; k++)
		next[k] += next[0];
	for (size_t i = 0; i < t->n; i++)
		if (t->number[i])
			t->number[i] = next[kind_of(t, i)]++;
}

/* ---- elements ---- */

/* Blanks before it make it at least so wide. */
static void put_uint(struct buf *b, uint32_t v, int wide)
{
	char text[16];
	int n = 0;

	do
		text[sizeof text - ++n] = (char)('0' + v % 10);
	while (v /= 10);
	while (n < wide)
		text[sizeof text - ++n] = ' ';
	buf_put(b, text + sizeof text - n, (size_t)n);
}

static void put_ref(struct tree *t, uint32_t number)
{
	put_uint(&t->body, number, t->wide);
	buf_puts(&t->body, " 0 R");
}

/* The number of a mark on its page. */
static uint32_t mcid(const struct tree *t, uint32_t mark)
{
	return mark - ((const uint32_t *)t->pdf->tags.starts.p)[t->page_of[mark]];
}

/* The boxes that a link's element stands for. */
static size_t put_boxes(struct tree *t, size_t i, size_t n)
{
	size_t n_links;
	const struct pdf_link *k = pdf_links(t->pdf, &n_links);

	for (; n_links-- > 0; k++) {
		if (k->node != i)
			continue;
		buf_puts(&t->body, n++ ? " <</Type/OBJR/Obj " : "<</Type/OBJR/Obj ");
		put_ref(t, k->object);
		buf_puts(&t->body, "/Pg ");
		put_ref(t, t->pdf->pages[k->page].object);
		buf_puts(&t->body, ">>");
	}
	return n;
}

static void put_mark(struct tree *t, uint32_t mark, uint32_t page)
{
	struct buf *b = &t->body;

	if (t->page_of[mark] == page) {
		put_uint(b, mcid(t, mark), t->wide ? WIDE_MARK : 0);
		return;
	}
	buf_puts(b, "<</Type/MCR/Pg ");
	put_ref(t, t->pdf->pages[t->page_of[mark]].object);
	buf_puts(b, "/MCID ");
	put_uint(b, mcid(t, mark), 0);
	buf_puts(b, ">>");
}

/* Own content and children in the order of the pages; children without content stay behind their elder. */
static void put_kids(struct tree *t, size_t i, uint32_t page)
{
	uint32_t m = t->own_from[i], m_end = t->own_from[i + 1], k = t->kids_from[i], k_end = t->kids_from[i + 1];
	size_t n = 0, at = t->body.n;

	buf_puts(&t->body, "/K[");
	while (m < m_end || k < k_end) {
		bool mark = m < m_end && (k == k_end || (t->first[t->kids[k]] != NO_MARK && t->own[m] < t->first[t->kids[k]]));
		if (!mark && !t->number[t->kids[k]]) {
			k++;
			continue;
		}
		if (n++)
			buf_char(&t->body, ' ');
		if (mark)
			put_mark(t, t->own[m++], page);
		else
			put_ref(t, t->number[t->kids[k++]]);
	}
	if (t->list->nodes[i].role == ROLE_LINK)
		n = put_boxes(t, i, n);
	buf_char(&t->body, ']');
	if (n == 1) { /* an array of one is its element */
		t->body.p[at + 2] = ' ';
		t->body.n--;
	}
	if (n == 0)
		t->body.n = at;
}

static void put_note_id(struct buf *b, size_t node)
{
	buf_printf(b, "(n%06zx)", node);
}

static void put_attributes(struct tree *t, size_t i)
{
	const struct list_node *n = &t->list->nodes[i];
	struct buf *b = &t->body;

	if (n->lang) {
		buf_puts(b, "/Lang");
		pdf_string(b, t->list->langs[n->lang]);
	}
	if (n->role == ROLE_NOTE) { /* ISO 14289-1, 7.9 */
		buf_puts(b, "/ID");
		put_note_id(b, i);
	}
	if (n->role == ROLE_L)
		buf_puts(b, "/A<</O/List/ListNumbering/Decimal>>");
	if (n->role == ROLE_TH || n->role == ROLE_TD)
		tag_cell(b, &t->cells, &t->nodes, i);
}

static void put_role(struct tree *t, size_t i)
{
	enum role r = t->list->nodes[i].role;

	if (r == ROLE_TH || r == ROLE_TD)
		buf_puts(&t->body, tag_is_heading(&t->cells, i) ? "/TH" : "/TD");
	else
		pdf_role(&t->body, t->list, (uint32_t)i);
}

static void write_element(struct tree *t, size_t i, uint32_t parent)
{
	struct buf *b = &t->body;
	bool has_own = t->own_from[i] < t->own_from[i + 1];
	uint32_t page = has_own ? t->page_of[t->own[t->own_from[i]]] : UINT32_MAX;

	b->n = 0;
	buf_puts(b, "/S");
	put_role(t, i);
	put_attributes(t, i);
	buf_puts(b, "/P ");
	put_ref(t, parent);
	if (has_own) {
		buf_puts(b, "/Pg ");
		put_ref(t, t->pdf->pages[page].object);
	}
	put_kids(t, i, page);
	while (t->wide && (b->n + 5) % WIDTH)
		buf_char(b, ' ');
	door_dict(t->pdf->door, t->number[i], buf_view(b));
}

/* ---- from pages and names to elements ---- */

static uint32_t page_end(const struct tree *t, size_t page)
{
	const uint32_t *starts = (const uint32_t *)t->pdf->tags.starts.p;

	return page + 1 < t->pdf->n_pages ? starts[page + 1] : t->n_marks;
}

/* The elements of a page's marks, by their numbers. */
static uint32_t write_owners(struct tree *t, size_t page)
{
	uint32_t number = door_number(t->pdf->door);
	struct buf *b = &t->body;

	b->n = 0;
	buf_char(b, '[');
	for (uint32_t m = ((const uint32_t *)t->pdf->tags.starts.p)[page]; m < page_end(t, page); m++) {
		if (b->n > 1)
			buf_char(b, ' ');
		put_ref(t, t->number[t->marks[m]]);
	}
	buf_char(b, ']');
	door_object(t->pdf->door, number, buf_view(b));
	return number;
}

static void write_kind(struct tree *t, enum kind kind, uint32_t root)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->number[i] && kind_of(t, i) == kind)
			write_element(t, i, i ? t->number[t->list->nodes[i].parent] : root);
	if (t->wide)
		door_next_pack(t->pdf->door);
}

/* Pages from..to in one leaf of the number tree. */
static uint32_t write_leaf(struct tree *t, size_t from, size_t to)
{
	uint32_t number = door_number(t->pdf->door);
	struct buf *b = &t->body;

	b->n = 0;
	buf_printf(b, "/Limits[%zu %zu]/Nums[", from, to - 1);
	for (size_t i = from; i < to; i++)
		buf_printf(b, i > from ? " %zu %lu 0 R" : "%zu %lu 0 R", i, (unsigned long)t->owners[i]);
	buf_char(b, ']');
	door_dict(t->pdf->door, number, buf_view(b));
	return number;
}

/* The elements of the boxes, whose keys follow those of the pages. */
static uint32_t write_link_leaf(struct tree *t, const struct pdf_link *k, size_t n)
{
	uint32_t number = door_number(t->pdf->door);
	struct buf *b = &t->body;
	size_t from = t->pdf->n_pages;

	b->n = 0;
	buf_printf(b, "/Limits[%zu %zu]/Nums[", from, from + n - 1);
	for (size_t i = 0; i < n; i++)
		buf_printf(b, i ? " %zu %lu 0 R" : "%zu %lu 0 R", from + i, (unsigned long)t->number[k[i].node]);
	buf_char(b, ']');
	door_dict(t->pdf->door, number, buf_view(b));
	return number;
}

static uint32_t write_parents(struct tree *t, struct arena *a)
{
	size_t n = t->pdf->n_pages, n_leaves = (n + PAGES_A_LEAF - 1) / PAGES_A_LEAF, n_links;
	const struct pdf_link *links = pdf_links(t->pdf, &n_links);
	uint32_t *leaves = ARENA_ARRAY(a, n_leaves + 2, uint32_t);
	uint32_t number = door_number(t->pdf->door);
	struct buf *b = &t->body;

	for (size_t i = 0; i < n; i++)
		t->owners[i] = write_owners(t, i);
	for (size_t i = 0; i < n_leaves; i++)
		leaves[i] = write_leaf(t, i * PAGES_A_LEAF, i + 1 < n_leaves ? (i + 1) * PAGES_A_LEAF : n);
	if (n_links)
		leaves[n_leaves++] = write_link_leaf(t, links, n_links);
	b->n = 0;
	buf_puts(b, n_leaves ? "/Kids[" : "/Nums[");
	for (size_t i = 0; i < n_leaves; i++) {
		buf_puts(b, i ? " " : "");
		put_ref(t, leaves[i]);
	}
	buf_char(b, ']');
	door_dict(t->pdf->door, number, buf_view(b));
	return number;
}

static bool has_notes(const struct tree *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->number[i] && t->list->nodes[i].role == ROLE_NOTE)
			return true;
	return false;
}

/* Headings that cells name, and behind them, as h is before n, notes. */
static void put_names(struct tree *t)
{
	struct buf *b = &t->body;

	buf_puts(b, "/IDTree<</Names[");
	for (size_t i = 0; i < t->n; i++) {
		if (!t->cells.ids || !t->number[i] || !tag_is_heading(&t->cells, i))
			continue;
		tag_id(b, (uint32_t)i);
		put_ref(t, t->number[i]);
	}
	for (size_t i = 0; i < t->n; i++) {
		if (!t->number[i] || t->list->nodes[i].role != ROLE_NOTE)
			continue;
		put_note_id(b, i);
		put_ref(t, t->number[i]);
	}
	buf_puts(b, "]>>");
}

static void write_root(struct tree *t, uint32_t root, uint32_t parents)
{
	struct buf *b = &t->body;

	b->n = 0;
	buf_puts(b, "/Type/StructTreeRoot/K ");
	put_ref(t, t->number[0]);
	buf_puts(b, "/ParentTree ");
	put_ref(t, parents);
	size_t n_links;
	pdf_links(t->pdf, &n_links);
	buf_printf(b, "/ParentTreeNextKey %zu", t->pdf->n_pages + n_links);
	if (t->cells.ids || has_notes(t))
		put_names(t);
	door_dict(t->pdf->door, root, buf_view(b));
}

uint32_t pdf_tags_close(struct pdf *p, const struct list *l)
{
	struct arena *a = arena_new();
	struct tree t = {.pdf = p, .list = l, .n = l->n_nodes, .marks = (const uint32_t *)p->tags.marks.p, .n_marks = p->tags.n_marks};
	uint32_t root = door_number(p->door);

	gather_marks(&t, a);
	gather_kids(&t, a);
	find_first(&t, a);
	t.nodes = (struct tag_nodes){l->nodes, l->n_nodes, t.kids, t.kids_from};
	tag_tables(&t.cells, a, &t.nodes);
	give_numbers(&t, a);
	t.owners = ARENA_ARRAY(a, p->n_pages + 1, uint32_t);
	for (enum kind k = 0; k < KINDS; k++)
		write_kind(&t, k, root);
	write_root(&t, root, write_parents(&t, a));
	tag_tables_free(&t.cells);
	buf_free(&t.body);
	arena_close(a);
	return root;
}
