/* table_rule: the rules of a part. See table.h.
 * Rules collapse: of two cells that state an edge for one border the wider line is drawn, of two equally wide ones the double, then
 * the solid, then the dashed; none gives way to any line. A border that no cell speaks of has the table's frame, header rule or
 * grid. Where a page cuts the table its frame closes it, whatever cells say of edges that are not there. */
#include "flow/table.h"

struct ruling {
	struct drawing *w;
	struct edge *across;     /* (n_rows + 1) × n_columns: above row r */
	struct edge *down;       /* n_rows × (n_columns + 1): left of column k */
};

static const struct edge no_edge = {.set = true, .line = EDGE_NONE};

static int rank(const struct edge *e)
{
	static const int ranks[] = {[EDGE_NONE] = 0, [EDGE_DASHED] = 1, [EDGE_SOLID] = 2, [EDGE_DOUBLE] = 3};

	return ranks[e->line];
}

static struct edge collapse(struct edge a, struct edge b, struct edge otherwise)
{
	if (!a.set && !b.set)
		return otherwise;
	if (!a.set || !b.set)
		return a.set ? a : b;
	emu wide_a = edge_extent(&a), wide_b = edge_extent(&b);
	if (wide_a != wide_b)
		return wide_a > wide_b ? a : b;
	return rank(&b) > rank(&a) ? b : a;
}

static struct edge edge_of(const struct tcell *c, int side)
{
	return c && c->cell ? c->cell->edges[side] : (struct edge){0};
}

/* ---- which rule stands where ---- */

/* The part's upper end is the table's own, and so are the edges of its cells there. */
static bool is_begin(const struct drawing *w)
{
	return w->t->first || w->n_header > 0;
}

static bool is_end(const struct drawing *w)
{
	return w->t->done && !w->is_cut && w->t->rows.n == w->n_rows - w->n_header;
}

/* The cell that begins in the row below the part, in column k. */
static const struct tcell *cell_below(const struct drawing *w, int k)
{
	const struct trow *r = &w->t->rows.list[w->n_rows - w->n_header];

	for (int i = 0; i < r->n_starts; i++)
		if (r->starts[i]->col <= k && k < r->starts[i]->col + r->starts[i]->colspan)
			return r->starts[i];
	return NULL;
}

/* Between two groups of rows of a table in a cell: both draw the same rule, for a page may part them. */
static struct edge between_groups(const struct drawing *w, size_t r, int k)
{
	struct edge upper = r ? edge_of(owner_at(w, r - 1, k), SIDE_BOTTOM) : w->t->above[k];
	struct edge lower = edge_of(r ? cell_below(w, k) : owner_at(w, 0, k), SIDE_TOP);

	return collapse(upper, lower, w->t->table->grid);
}

/* The cell below border r began on an earlier part. */
static bool comes_over(const struct drawing *w, size_t r, const struct tcell *c)
{
	return c && r == w->n_header && (c->shown || c->from > 0);
}

static struct edge default_across(const struct drawing *w, size_t r)
{
	const struct table *t = w->t->table;

	if (r == 0 || r == w->n_rows)
		return t->frame;
	bool below_header = w->rows[r - 1]->is_header && !w->rows[r]->is_header;
	return below_header && t->header_rule.set ? t->header_rule : t->grid;
}

static struct edge find_across(const struct drawing *w, size_t r, int k)
{
	const struct tcell *above = r ? owner_at(w, r - 1, k) : NULL, *below = r < w->n_rows ? owner_at(w, r, k) : NULL;

	if (above && above == below)
		return no_edge;
	if ((r == 0 && !is_begin(w)) || (r == w->n_rows && !is_end(w)))
		return w->t->b ? w->t->table->frame : between_groups(w, r, k);
	struct edge upper = edge_of(above, SIDE_BOTTOM), lower = edge_of(below, SIDE_TOP);
	return collapse(upper, comes_over(w, r, below) ? (struct edge){0} : lower, default_across(w, r));
}

static struct edge find_down(const struct drawing *w, size_t r, int k)
{
	const struct tcell *left = k ? owner_at(w, r, k - 1) : NULL, *right = k < w->n_columns ? owner_at(w, r, k) : NULL;
	const struct table *t = w->t->table;

	if (left && left == right)
		return no_edge;
	return collapse(edge_of(left, SIDE_END), edge_of(right, SIDE_START), k == 0 || k == w->n_columns ? t->frame_x : t->grid_x);
}

static struct edge *across_at(const struct ruling *g, size_t r, int k)
{
	return &g->across[r * (size_t)g->w->n_columns + (size_t)k];
}

static struct edge *down_at(const struct ruling *g, size_t r, int k)
{
	return &g->down[r * (size_t)(g->w->n_columns + 1) + (size_t)k];
}

static void find_edges(struct ruling *g)
{
	const struct drawing *w = g->w;
	struct arena *a = w->t->scratch;

	g->across = ARENA_ARRAY(a, (w->n_rows + 1) * (size_t)w->n_columns, struct edge);
	g->down = ARENA_ARRAY(a, w->n_rows * (size_t)(w->n_columns + 1) + 1, struct edge);
	for (size_t r = 0; r <= w->n_rows; r++)
		for (int k = 0; k < w->n_columns; k++)
			*across_at(g, r, k) = find_across(w, r, k);
	for (size_t r = 0; r < w->n_rows; r++)
		for (int k = 0; k <= w->n_columns; k++)
			*down_at(g, r, k) = find_down(w, r, k);
}

/* ---- how far a rule reaches ---- */

static bool shows(const struct edge *e)
{
	return e->line != EDGE_NONE && e->weight > 0;
}

/* A line ends at a rule that crosses its end; before and after are the two arms of that rule, on the line's left and right when one
 * looks along it towards the end. side: -1, +1 = the line of a double rule on that side, 0 = a single line.
 * Gives how far it reaches beyond the middle of the crossing rule: over it at a corner, up to the near line of a double one. */
static emu reach(const struct edge *before, const struct edge *after, int side)
{
	const struct edge *near = side < 0 ? before : after;
	bool one = shows(before), other = shows(after);
	const struct edge *widest = edge_extent(before) > edge_extent(after) ? before : after;

	if (!one && !other)
		return 0;
	bool corner = side ? !shows(near) : !(one && other);
	const struct edge *met = side && shows(near) ? near : widest;
	if (met->line == EDGE_DOUBLE && !corner)
		return -met->weight / 2;
	return edge_extent(met) / 2;
}

static const struct edge *arm(const struct edge *e, bool there)
{
	return there ? e : &no_edge;
}

/* ---- drawing ---- */

enum { DASH_ON = 3, DASH_OFF = 2 }; /* pt, as nearly as whole dashes at both ends allow */

static void put_line(struct drawing *w, const struct edge *e, bool is_across, emu from, emu to, emu side)
{
	emu on = to - from, step = on + 1;

	if (on <= 0)
		return;
	if (e->line == EDGE_DASHED) {
		emu n = (to - from + DASH_OFF * EMU_PT) / ((DASH_ON + DASH_OFF) * EMU_PT);
		on = n > 1 ? DASH_ON * EMU_PT : on;
		step = n > 1 ? (to - from - on) / (n - 1) : step;
	}
	for (emu p = from; p + on <= to; p += step) {
		if (is_across)
			part_add_rule(w, e, p, side, on, e->weight);
		else
			part_add_rule(w, e, side, p, e->weight, on);
	}
}

/* The borders of a rule's two ends: their places, and the arms of the rules that cross there. */
struct ends {
	emu from, to, middle;
	const struct edge *from_arms[2], *to_arms[2]; /* above and below, or left and right */
};

static void put_rule(struct drawing *w, const struct edge *e, bool is_across, const struct ends *n)
{
	int lines = e->line == EDGE_DOUBLE ? 2 : 1;

	for (int i = 0; i < lines; i++) {
		int side = lines == 2 ? 2 * i - 1 : 0;
		emu at = n->middle - e->weight / 2 + side * e->weight;
		put_line(w, e, is_across, n->from - reach(n->from_arms[0], n->from_arms[1], side),
			 n->to + reach(n->to_arms[0], n->to_arms[1], side), at);
	}
}

static bool same_edge(const struct edge *a, const struct edge *b)
{
	return a->line == b->line && a->weight == b->weight && a->colour == b->colour;
}

static void draw_across(const struct ruling *g, size_t r)
{
	struct drawing *w = g->w;

	for (int from = 0, k; from < w->n_columns; from = k) {
		const struct edge *e = across_at(g, r, from);
		for (k = from + 1; k < w->n_columns && same_edge(e, across_at(g, r, k)); k++)
			;
		struct ends n = {w->t->x[from], w->t->x[k], w->y[r], {NULL}, {NULL}};
		bool above = r > 0, below = r < w->n_rows;
		n.from_arms[0] = arm(down_at(g, above ? r - 1 : 0, from), above);
		n.from_arms[1] = arm(down_at(g, below ? r : 0, from), below);
		n.to_arms[0] = arm(down_at(g, above ? r - 1 : 0, k), above);
		n.to_arms[1] = arm(down_at(g, below ? r : 0, k), below);
		if (shows(e))
			put_rule(w, e, true, &n);
	}
}

static void draw_down(const struct ruling *g, int k)
{
	struct drawing *w = g->w;

	for (size_t from = 0, r; from < w->n_rows; from = r) {
		const struct edge *e = down_at(g, from, k);
		for (r = from + 1; r < w->n_rows && same_edge(e, down_at(g, r, k)); r++)
			;
		struct ends n = {w->y[from], w->y[r], w->t->x[k], {NULL}, {NULL}};
		bool left = k > 0, right = k < w->n_columns;
		n.from_arms[0] = arm(across_at(g, from, left ? k - 1 : 0), left);
		n.from_arms[1] = arm(across_at(g, from, right ? k : 0), right);
		n.to_arms[0] = arm(across_at(g, r, left ? k - 1 : 0), left);
		n.to_arms[1] = arm(across_at(g, r, right ? k : 0), right);
		if (shows(e))
			put_rule(w, e, false, &n);
	}
}

void table_rules(struct drawing *w)
{
	struct ruling g = {.w = w};

	find_edges(&g);
	for (int k = 0; k < w->n_columns && w->t->above; k++)
		w->t->above[k] = edge_of(owner_at(w, w->n_rows - 1, k), SIDE_BOTTOM);
	for (size_t r = 0; r <= w->n_rows; r++)
		draw_across(&g, r);
	for (int k = 0; k <= w->n_columns; k++)
		draw_down(&g, k);
}
