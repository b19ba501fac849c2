/* table_grid: rows -> cells on the grid of columns; merged cells; what does not fit the grid is reported with the record's place.
 * See table.h. */
#include "base/mem.h"
#include "flow/table.h"

#include <stdlib.h>

static bool is_merge(const struct tcell *c)
{
	return c->cell && c->cell->merge_same;
}

/* ---- spans ---- */

static void add_span(struct tabling *t, struct tcell *c)
{
	if (t->n_spans == t->cap_spans) {
		t->cap_spans = t->cap_spans ? t->cap_spans * 2 : 16;
		t->spans = mem_grow(t->spans, t->cap_spans * sizeof *t->spans);
	}
	t->spans[t->n_spans++] = c;
	c->is_span = true;
	store_keep(c->store);
}

static void remove_span(struct tabling *t, struct tcell *c)
{
	size_t k = 0;

	for (size_t i = 0; i < t->n_spans; i++)
		if (t->spans[i] != c)
			t->spans[k++] = t->spans[i];
	t->n_spans = k;
	c->is_span = false;
	store_drop(c->store);
}

/* By their last row: a part grows for those that end first. Nearly sorted always. */
static void sort_spans(struct tabling *t)
{
	for (size_t i = 1; i < t->n_spans; i++)
		for (size_t k = i; k > 0 && t->spans[k - 1]->last_row > t->spans[k]->last_row; k--) {
			struct tcell *c = t->spans[k];
			t->spans[k] = t->spans[k - 1];
			t->spans[k - 1] = c;
		}
}

static void release_columns(struct tabling *t, const struct tcell *c)
{
	for (int k = c->col; k < c->col + c->colspan; k++)
		if (t->open[k] == c)
			t->open[k] = NULL;
}

/* A merged cell of one row is a plain one. */
static void settle_last(struct tabling *t, struct tcell *c, size_t last_row)
{
	c->last_row = last_row;
	if (c->first_row != last_row || c->shown)
		return;
	remove_span(t, c);
	table_measure_row(t, &t->rows.list[last_row - t->rows.first]);
}

static void end_merge(struct tabling *t, struct tcell *c, size_t last_row)
{
	release_columns(t, c);
	settle_last(t, c, last_row);
}

/* Spans by count end above this row or cover it too. */
static void count_row(struct tabling *t, size_t row)
{
	for (int k = 0; k < t->table->n_columns; k++) {
		struct tcell *c = t->open[k];
		if (!c || is_merge(c))
			continue;
		if (c->last_row < row)
			release_columns(t, c);
		else if (c->col == k)
			t->list->nodes[c->node].rows++;
	}
}

static bool is_taken(const struct tabling *t, int col)
{
	return t->open[col] && !is_merge(t->open[col]);
}

/* ---- the cells of a row ---- */

static const char *number(struct tabling *t, int n)
{
	return arena_printf(t->d->arena, "%d", n);
}

/* The same fault in many rows of one table has one cause; n tells one fault from another. */
static const char *whose(struct tabling *t, int n)
{
	return arena_printf(t->d->arena, "%u %u %d", (unsigned)t->loc.source, (unsigned)t->loc.off, n);
}

/* Columns from col on that a cell may cover; what it asks for and does not get is reported. */
static int clip_columns(struct tabling *t, const struct cell *cell, int col)
{
	int n = 1;

	while (n < cell->colspan && col + n < t->table->n_columns && !is_taken(t, col + n))
		n++;
	if (n == cell->colspan)
		return n;
	if (col + n >= t->table->n_columns)
		diag_once_per(t->d, whose(t, 0), DIAG_TABLE_BEYOND, cell->loc, number(t, t->table->n_columns), NULL)->other = cell->layout;
	else
		diag_once_per(t->d, whose(t, col + n), DIAG_TABLE_OVERLAP, cell->loc, number(t, col + n + 1), NULL)->other = cell->layout;
	return n;
}

static struct trow *last_row(struct tabling *t)
{
	return &t->rows.list[t->rows.n - 1];
}

static struct tcell *start_cell(struct tabling *t, const struct cell *cell, int col, int colspan)
{
	struct trow *r = last_row(t);
	struct tcell *c = ARENA_NEW(r->store->arena, struct tcell);
	enum role role = r->is_header || (cell && cell->heading) ? ROLE_TH : ROLE_TD;

	*c = (struct tcell){.cell = cell, .store = r->store, .col = col, .colspan = colspan};
	c->first_row = c->last_row = t->rows.first + t->rows.n - 1;
	c->node = list_node_add(t->list, r->node, role, 0, cell ? cell->loc : r->row->loc);
	t->list->nodes[c->node].columns = (uint32_t)colspan;
	t->list->nodes[c->node].rows = 1;
	r->starts[r->n_starts++] = c;
	return c;
}

/* A merging cell goes on downwards when text and columns are the same and no merging cell left of it began anew. */
static bool goes_on(const struct tabling *t, const struct cell *cell, int col, int colspan, bool anew)
{
	const struct tcell *above = t->open[col];

	return !anew && cell->merge_same && above && is_merge(above) && above->col == col && above->colspan == colspan &&
	       str_eq(above->cell->text, cell->text) && cell->text.n;
}

static bool begin_cell(struct tabling *t, const struct cell *cell, int col, int colspan)
{
	size_t row = t->rows.first + t->rows.n - 1;

	for (int k = col; k < col + colspan; k++)
		if (t->open[k] && is_merge(t->open[k]))
			end_merge(t, t->open[k], row - 1);
	struct tcell *c = start_cell(t, cell, col, colspan);
	if (cell && (cell->rowspan > 1 || cell->merge_same)) {
		add_span(t, c);
		c->last_row = cell->merge_same ? TABLE_OPEN : row + (size_t)cell->rowspan - 1;
		for (int k = col; k < col + colspan; k++)
			t->open[k] = c;
	}
	return table_set_content(t, c, &c->content);
}

static bool place_cells(struct tabling *t, const struct row *row, uint8_t *filled)
{
	int col = 0, n = t->table->n_columns;
	bool anew = false;

	for (const struct cell *cell = row->cells; cell; cell = cell->next) {
		while (col < n && is_taken(t, col))
			col++;
		if (col >= n) {
			diag_once_per(t->d, whose(t, 0), DIAG_TABLE_BEYOND, cell->loc, number(t, n), NULL)->other = cell->layout;
			continue;
		}
		int colspan = clip_columns(t, cell, col);
		if (goes_on(t, cell, col, colspan, anew)) {
			t->list->nodes[t->open[col]->node].rows++;
		} else {
			anew |= cell->merge_same;
			if (!begin_cell(t, cell, col, colspan))
				return false;
		}
		memset(filled + col, 1, (size_t)colspan);
		col += colspan;
	}
	return true;
}

/* Columns that no cell of the row fills. */
static bool fill_row(struct tabling *t, const uint8_t *filled)
{
	int missing = 0;

	for (int k = 0; k < t->table->n_columns; k++) {
		if (filled[k] || is_taken(t, k))
			continue;
		missing++;
		if (!begin_cell(t, NULL, k, 1))
			return false;
	}
	if (missing)
		diag_once_per(t->d, whose(t, missing), DIAG_TABLE_ROW_SHORT, last_row(t)->row->loc, number(t, missing),
			      number(t, t->table->n_columns), NULL)->other = last_row(t)->row->layout;
	return true;
}

/* ---- rows ---- */

static void append_row(struct tabling *t, const struct row *row, struct store *store, bool header)
{
	struct table_rows *rows = &t->rows;

	if (rows->n == rows->cap) {
		rows->cap = rows->cap ? rows->cap * 2 : 32;
		rows->list = mem_grow(rows->list, rows->cap * sizeof *rows->list);
	}
	struct trow *r = &rows->list[rows->n++];
	*r = (struct trow){.row = row, .store = store, .is_header = header};
	r->starts = ARENA_ARRAY(store->arena, (size_t)t->table->n_columns, struct tcell *);
	r->node = list_node_add(t->list, t->body, ROLE_TR, 0, row->loc);
}

static int by_column(const void *a, const void *b)
{
	return (*(struct tcell *const *)a)->col - (*(struct tcell *const *)b)->col;
}

void table_measure_row(const struct tabling *t, struct trow *r)
{
	emu most = t->page ? t->page * 2 / 3 : r->row->min_height; /* a stated height makes no row higher than that */

	r->natural = r->begun ? 0 : r->row->min_height < most ? r->row->min_height : most;
	for (int i = 0; i < r->n_starts; i++) {
		emu own = r->starts[i]->is_span ? 0 : tcell_left(t, r->starts[i]);
		if (own > r->natural)
			r->natural = own;
	}
}

bool table_add_row(struct tabling *t, const struct row *row, struct store *store, bool header)
{
	append_row(t, row, store, header);
	uint8_t *filled = ARENA_ARRAY(store->arena, (size_t)t->table->n_columns, uint8_t);

	count_row(t, t->rows.first + t->rows.n - 1);
	bool good = place_cells(t, row, filled) && fill_row(t, filled);
	struct trow *r = last_row(t);
	if (r->n_starts)
		qsort(r->starts, (size_t)r->n_starts, sizeof *r->starts, by_column);
	table_set_step(r);
	table_measure_row(t, r);
	sort_spans(t);
	return good;
}

bool table_fetch(struct tabling *t)
{
	struct store *store = store_new(t->pool);
	const struct row *r = t->next;

	if (r)
		t->next = r->next;
	else if (t->feed)
		r = t->feed->next(t->feed->user, store->arena);
	if (r)
		return table_add_row(t, r, store, false);
	store_drop(store);
	table_close_spans(t);
	t->done = true;
	return true;
}

void table_close_spans(struct tabling *t)
{
	size_t end = t->rows.first + t->rows.n;

	for (size_t i = 0; i < t->n_spans; i++)
		if (t->spans[i]->last_row != TABLE_OPEN && t->spans[i]->last_row >= end)
			diag_add(t->d, DIAG_TABLE_SPAN_BEYOND, t->spans[i]->cell->loc, NULL)->other = t->spans[i]->cell->layout;
	for (size_t i = t->n_spans; i-- > 0;)
		if (t->spans[i]->last_row >= end)
			settle_last(t, t->spans[i], end - 1);
	memset(t->open, 0, (size_t)t->table->n_columns * sizeof *t->open);
}

void table_drop_rows(struct tabling *t, size_t n)
{
	struct table_rows *rows = &t->rows;
	size_t kept = 0, first = rows->first + n;

	for (size_t i = 0; i < t->n_spans; i++) {
		struct tcell *c = t->spans[i];
		if (c->last_row < first) {
			store_drop(c->store);
			continue;
		}
		c->shown |= c->first_row < first;
		t->spans[kept++] = c;
	}
	t->n_spans = kept;
	for (size_t i = 0; i < n; i++)
		store_drop(rows->list[i].store);
	rows->n -= n;
	if (rows->n)
		memmove(rows->list, rows->list + n, rows->n * sizeof *rows->list);
	rows->first = first;
}
