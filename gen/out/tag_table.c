/* tag_table: which headings a table's cells have (ISO 32000-1 14.8.5.7; ISO 14289-1, 7.5).
 * A heading of the header names its columns, one in the rows below names its row, one over the whole width the rows that follow.
 * In a table that has headings every cell has one: a row that would have none is named by its first cell. Where place alone does not
 * say it (several header rows, headings over the whole width), cells name their headings. */
#include "out/tags.h"

#include "base/mem.h"

enum { MOST_COLUMNS = 4096 };

/* One table while its rows are walked. */
struct grid {
	struct tag_cells *out;
	const struct tag_nodes *nodes;
	size_t columns;
	bool headings, named;
	uint32_t *until;   /* by column: first row that its cell does not reach */
	uint32_t *cell;    /* by column: that cell */
	uint32_t *above;   /* by column: its lowest heading, 0 = none */
	uint32_t *over;    /* by column: the heading over that one */
	uint32_t group;    /* heading over the whole width, 0 = none */
	uint32_t row, head_rows;
};

static enum role role_of(const struct grid *g, uint32_t i)
{
	return (enum role)g->nodes->list[i].role;
}

static bool is_cell(const struct grid *g, uint32_t i)
{
	return role_of(g, i) == ROLE_TH || role_of(g, i) == ROLE_TD;
}

static size_t width_of(const struct grid *g, uint32_t cell)
{
	uint32_t n = g->nodes->list[cell].columns;

	return n ? n : 1;
}

/* ---- rows one after the other ---- */

typedef void row_fn(struct grid *g, uint32_t row, bool head);

static void each_row(struct grid *g, uint32_t node, bool head, row_fn *fn)
{
	for (uint32_t k = g->nodes->from[node]; k < g->nodes->from[node + 1]; k++) {
		uint32_t kid = g->nodes->kids[k];
		enum role r = role_of(g, kid);
		if (r == ROLE_TR)
			fn(g, kid, head);
		else if ((r == ROLE_THEAD || r == ROLE_TBODY) && role_of(g, node) == ROLE_TABLE)
			each_row(g, kid, r == ROLE_THEAD, fn);
	}
}

static void measure_row(struct grid *g, uint32_t row, bool head)
{
	size_t n = 0;

	g->head_rows += head;
	for (uint32_t k = g->nodes->from[row]; k < g->nodes->from[row + 1]; k++) {
		uint32_t kid = g->nodes->kids[k];
		if (!is_cell(g, kid))
			continue;
		g->headings |= role_of(g, kid) == ROLE_TH;
		n += width_of(g, kid) < MOST_COLUMNS ? width_of(g, kid) : MOST_COLUMNS;
	}
	if (n > g->columns)
		g->columns = n;
}

static void find_groups(struct grid *g, uint32_t row, bool head)
{
	for (uint32_t k = g->nodes->from[row]; k < g->nodes->from[row + 1] && !head; k++) {
		uint32_t kid = g->nodes->kids[k];
		g->named |= role_of(g, kid) == ROLE_TH && width_of(g, kid) == g->columns && g->columns > 1;
	}
}

/* ---- one row ---- */

/* The cell's first column in this row. SIZE_MAX: there is no room. */
static size_t place_cell(struct grid *g, uint32_t cell, size_t col)
{
	const struct list_node *n = &g->nodes->list[cell];

	while (col < g->columns && g->until[col] > g->row)
		col++;
	if (col + width_of(g, cell) > g->columns)
		return SIZE_MAX;
	for (size_t c = col; c < col + width_of(g, cell); c++) {
		g->until[c] = g->row + (n->rows && n->rows < UINT32_MAX - g->row ? n->rows : 1);
		g->cell[c] = cell;
	}
	return col;
}

static void set_heading(struct grid *g, uint32_t cell, size_t col, bool head)
{
	bool whole = width_of(g, cell) == g->columns && !head;

	g->out->scope[cell] = head || whole ? SCOPE_COLUMN : SCOPE_ROW;
	if (whole)
		g->group = cell;
	for (size_t c = col; c < col + width_of(g, cell) && head; c++) {
		g->over[c] = g->above[c];
		g->above[c] = cell;
	}
}

static uint32_t row_heading(const struct grid *g)
{
	for (size_t c = 0; c < g->columns; c++)
		if (g->until[c] > g->row && g->out->scope[g->cell[c]] == SCOPE_ROW)
			return g->cell[c];
	return 0;
}

static void name_headings(struct grid *g, uint32_t cell, size_t col)
{
	uint32_t list[4] = {0}, n = 0;

	for (size_t c = col; c < col + width_of(g, cell) && !n; c++) {
		if (g->over[c])
			list[++n] = g->over[c];
		if (g->above[c])
			list[++n] = g->above[c];
	}
	if (g->group)
		list[++n] = g->group;
	list[0] = n;
	g->out->headers[cell] = (uint32_t)(g->out->named.n / sizeof *list) + 1;
	buf_put(&g->out->named, list, (n + 1) * sizeof *list);
	uint32_t row = row_heading(g);
	if (!row)
		return;
	((uint32_t *)g->out->named.p)[g->out->headers[cell] - 1]++;
	buf_put(&g->out->named, &row, sizeof row);
}

static bool has_heading(const struct grid *g, uint32_t cell, size_t col)
{
	bool has = g->group || row_heading(g);

	for (size_t c = col; c < col + width_of(g, cell); c++)
		has |= g->above[c] != 0;
	return has;
}

/* The row's first cell becomes its heading. */
static void name_row(struct grid *g, uint32_t row)
{
	for (size_t c = 0; c < g->columns; c++) {
		if (g->until[c] <= g->row || g->nodes->list[g->cell[c]].parent != row)
			continue;
		set_heading(g, g->cell[c], c, false);
		return;
	}
}

static void read_cells(struct grid *g, uint32_t row, bool head, void (*fn)(struct grid *, uint32_t, size_t, bool))
{
	uint32_t last = 0;

	for (size_t c = 0; c < g->columns; c++) {
		uint32_t cell = g->until[c] > g->row ? g->cell[c] : 0;
		if (cell && cell != last && g->nodes->list[cell].parent == row)
			fn(g, cell, c, head);
		last = cell;
	}
}

static void read_heading(struct grid *g, uint32_t cell, size_t col, bool head)
{
	if (role_of(g, cell) == ROLE_TH)
		set_heading(g, cell, col, head);
}

static void read_cell(struct grid *g, uint32_t cell, size_t col, bool head)
{
	if (g->out->scope[cell])
		return;
	if (!head && !has_heading(g, cell, col))
		name_row(g, g->nodes->list[cell].parent);
	if (g->named && !g->out->scope[cell])
		name_headings(g, cell, col);
}

static void read_row(struct grid *g, uint32_t row, bool head)
{
	size_t col = 0;

	for (uint32_t k = g->nodes->from[row]; k < g->nodes->from[row + 1] && col != SIZE_MAX; k++)
		if (is_cell(g, g->nodes->kids[k]))
			col = place_cell(g, g->nodes->kids[k], col);
	read_cells(g, row, head, read_heading);
	read_cells(g, row, head, read_cell);
	g->row++;
}

/* ---- tables ---- */

static void read_table(struct tag_cells *c, struct arena *a, const struct tag_nodes *nodes, uint32_t table)
{
	struct grid g = {.out = c, .nodes = nodes};

	each_row(&g, table, false, measure_row);
	if (!g.headings || g.columns > MOST_COLUMNS)
		return;
	g.named = g.head_rows > 1;
	each_row(&g, table, false, find_groups);
	c->ids |= g.named;
	if (g.named && !c->headers)
		c->headers = ARENA_ARRAY(a, nodes->n, uint32_t);
	g.until = mem_zero(g.columns * 4, sizeof *g.until);
	g.cell = g.until + g.columns;
	g.above = g.cell + g.columns;
	g.over = g.above + g.columns;
	each_row(&g, table, false, read_row);
	mem_free(g.until);
}

void tag_tables(struct tag_cells *c, struct arena *a, const struct tag_nodes *nodes)
{
	*c = (struct tag_cells){.scope = ARENA_ARRAY(a, nodes->n, uint8_t)};
	for (uint32_t i = 1; i < nodes->n; i++)
		if (nodes->list[i].role == ROLE_TABLE)
			read_table(c, a, nodes, i);
}

void tag_tables_free(struct tag_cells *c)
{
	buf_free(&c->named);
}

/* ---- what elements say of it ---- */

bool tag_is_heading(const struct tag_cells *c, size_t node)
{
	return c->scope[node] != SCOPE_NONE;
}

void tag_id(struct buf *b, uint32_t node)
{
	buf_printf(b, "(h%06lx)", (unsigned long)node);
}

static void put_headers(struct buf *b, const struct tag_cells *c, size_t node)
{
	const uint32_t *named = (const uint32_t *)c->named.p;
	uint32_t at = c->headers[node];

	buf_puts(b, "/Headers[");
	for (uint32_t i = 0; i < named[at - 1]; i++)
		tag_id(b, named[at + i]);
	buf_char(b, ']');
}

void tag_cell(struct buf *b, const struct tag_cells *c, const struct tag_nodes *nodes, size_t node)
{
	const struct list_node *n = &nodes->list[node];
	bool named = c->headers && c->headers[node];

	if (!tag_is_heading(c, node) && !named && n->columns < 2 && n->rows < 2)
		return;
	if (tag_is_heading(c, node) && c->ids) {
		buf_puts(b, "/ID");
		tag_id(b, (uint32_t)node);
	}
	buf_puts(b, "/A<</O/Table");
	if (tag_is_heading(c, node))
		buf_puts(b, c->scope[node] == SCOPE_ROW ? "/Scope/Row" : "/Scope/Column");
	if (n->columns > 1)
		buf_printf(b, "/ColSpan %lu", (unsigned long)n->columns);
	if (n->rows > 1)
		buf_printf(b, "/RowSpan %lu", (unsigned long)n->rows);
	if (named)
		put_headers(b, c, node);
	buf_puts(b, ">>");
}
