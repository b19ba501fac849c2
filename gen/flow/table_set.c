/* table_set: rows -> cells on the grid with their content set in lines. See table.h. */
#include "base/mem.h"
#include "flow/table.h"

#include <stdlib.h>

struct store *store_new(void)
{
	struct store *s = mem_zero(1, sizeof *s);

	s->arena = arena_new();
	s->users = 1;
	return s;
}

void store_keep(struct store *s) { s->users++; }

void store_drop(struct store *s)
{
	if (--s->users)
		return;
	arena_close(s->arena);
	mem_free(s);
}

/* ---- content ---- */

static void add_item(struct tcell *c, const struct vitem *v)
{
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 4;
		struct vitem *more = ARENA_ARRAY(c->store->arena, cap, struct vitem);
		if (c->n)
			memcpy(more, c->items, c->n * sizeof *more);
		c->items = more;
		c->cap = cap;
	}
	c->items[c->n++] = *v;
}

static bool push_item(void *user, const struct vitem *v)
{
	add_item(user, v);
	return true;
}

static void add_glue(struct tcell *c, emu height)
{
	struct vitem v = {.kind = V_GLUE, .height = height};

	if (height)
		add_item(c, &v);
}

/* The block's inlines with a text behind them. */
static const struct block *with_suffix(struct arena *a, const struct block *b, struct str suffix)
{
	struct block *copy = ARENA_NEW(a, struct block);
	struct inline_item **tail = &copy->inlines, *last = NULL;

	*copy = *b;
	for (const struct inline_item *i = b->inlines; i; i = i->next) {
		*tail = ARENA_NEW(a, struct inline_item);
		**tail = *i;
		last = *tail;
		tail = &last->next;
	}
	*tail = ARENA_NEW(a, struct inline_item);
	**tail = (struct inline_item){
		.kind = INLINE_TEXT, .style = last ? last->style : b->style, .text = suffix, .origin = TEXT_FURNITURE, .loc = b->loc};
	return copy;
}

/* A cell's only paragraph is the cell itself. */
static uint32_t paragraph_node(const struct tabling *t, const struct tcell *c, const struct block *b)
{
	uint32_t node = c->node;
	int n = 0;

	for (const struct block *k = c->cell->first; k; k = k->next)
		n += k->kind != BLOCK_SPACE;
	if (node && n > 1)
		node = list_node_add(t->list, node, ROLE_P, 0, b->loc);
	if (node)
		list_node_lang(t->list, node, b->style->lang);
	return node;
}

static bool set_paragraph(struct tabling *t, struct tcell *c, const struct block *b, emu measure)
{
	struct sink sink = {t->d, t->fonts, push_item, c};
	struct para *p = ARENA_NEW(c->store->arena, struct para);

	/* The store owns the memory: the count of users must never reach nothing. */
	*p = (struct para){.arena = c->store->arena, .users = 1 << 30, .style = b->style, .block = b, .node = paragraph_node(t, c, b)};
	add_glue(c, c->n ? b->style->space_before : 0);
	bool good = para_set(&sink, p, 0, measure);
	add_glue(c, b->next ? b->style->space_after : 0);
	return good;
}

static void drop_box(void *box)
{
	((struct box *)box)->drop(box);
}

static bool set_nested(struct tabling *t, struct tcell *c, const struct block *b, emu measure)
{
	struct vitem v = {.kind = V_BOX, .loc = b->loc};

	v.box = table_nested(t->d, t->fonts, t->list, b, c->node, measure, &v.height);
	if (!v.box)
		return false;
	arena_defer(c->store->arena, drop_box, v.box);
	add_item(c, &v);
	return true;
}

static bool set_block(struct tabling *t, struct tcell *c, const struct block *b, emu measure, struct str suffix)
{
	if (b->kind == BLOCK_P)
		return set_paragraph(t, c, suffix.n && !b->next ? with_suffix(c->store->arena, b, suffix) : b, measure);
	if (b->kind == BLOCK_TABLE)
		return set_nested(t, c, b, measure);
	if (b->kind == BLOCK_SPACE)
		add_glue(c, b->height);
	return true;
}

bool table_set_cell(struct tabling *t, struct tcell *c, struct str suffix)
{
	const struct cell *cell = c->cell;
	int n = 0;

	c->items = NULL;
	c->n = c->cap = c->from = 0;
	c->n_ends = 0;
	for (const struct block *b = cell ? cell->first : NULL; b; b = b->next)
		n++;
	c->ends = ARENA_ARRAY(c->store->arena, (size_t)n + 1, size_t);
	emu measure = t->x[c->col + c->colspan] - t->x[c->col] - (cell ? 2 * cell->pad_x : 0);
	for (const struct block *b = cell ? cell->first : NULL; b; b = b->next) {
		if (!set_block(t, c, b, measure, suffix))
			return false;
		c->ends[c->n_ends++] = c->n;
	}
	return true;
}

emu tcell_height(const struct tcell *c, size_t from, size_t to)
{
	emu h = 0;

	for (size_t i = from; i < to; i++)
		h += c->items[i].height;
	if (to > from)
		h -= c->items[to - 1].tail;
	return h + (c->cell ? 2 * c->cell->pad_y : 0);
}

/* ---- blocks in step ---- */

static emu block_height(const struct tcell *c, int k)
{
	size_t from = k ? c->ends[k - 1] : 0;
	emu h = 0;

	for (size_t i = from; k < c->n_ends && i < c->ends[k]; i++)
		h += c->items[i].height;
	return h;
}

static void insert_glue(struct tcell *c, size_t at, emu height)
{
	struct vitem glue = {.kind = V_GLUE, .height = height};

	if (height <= 0)
		return;
	add_item(c, &glue);
	memmove(c->items + at + 1, c->items + at, (c->n - 1 - at) * sizeof glue);
	c->items[at] = glue;
}

/* Glue around block k of the cell, so that it takes `height` and stands in it as the cell's content does in the cell. */
static void fill_block(struct tcell *c, int k, emu height)
{
	emu lack = k < c->n_ends ? height - block_height(c, k) : 0;
	emu above = c->cell->valign == VALIGN_TOP ? 0 : c->cell->valign == VALIGN_MIDDLE ? lack / 2 : lack;
	size_t before = c->n;

	if (lack <= 0)
		return;
	insert_glue(c, c->ends[k], lack - above);
	insert_glue(c, k ? c->ends[k - 1] : 0, above);
	for (int i = k; i < c->n_ends; i++)
		c->ends[i] += c->n - before;
}

static bool in_step(const struct tcell *c)
{
	return c->cell && c->cell->in_step && !c->is_span;
}

static void align_blocks(struct trow *r)
{
	int most = 0;

	for (int i = 0; i < r->n_starts; i++)
		if (in_step(r->starts[i]) && r->starts[i]->n_ends > most)
			most = r->starts[i]->n_ends;
	for (int k = 0; k < most && most > 1; k++) {
		emu height = 0;
		for (int i = 0; i < r->n_starts; i++)
			if (in_step(r->starts[i]) && block_height(r->starts[i], k) > height)
				height = block_height(r->starts[i], k);
		for (int i = 0; i < r->n_starts; i++)
			if (in_step(r->starts[i]))
				fill_block(r->starts[i], k, height);
	}
}

/* ---- the grid ---- */

static bool is_merge(const struct tcell *c)
{
	return c->cell && c->cell->merge_same;
}

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

static void release_columns(struct tabling *t, const struct tcell *c)
{
	for (int k = c->col; k < c->col + c->colspan; k++)
		if (t->open[k] == c)
			t->open[k] = NULL;
}

/* Spans by count go on through this row; those that end with it are let go when it is placed. */
static void count_down(struct tabling *t)
{
	for (int k = 0; k < t->table->n_columns; k++) {
		struct tcell *c = t->open[k];
		if (!c || is_merge(c) || c->col != k)
			continue;
		c->rows_to_come--;
		t->list->nodes[c->node].rows++;
	}
}

static void let_go(struct tabling *t)
{
	for (int k = 0; k < t->table->n_columns; k++) {
		struct tcell *c = t->open[k];
		if (c && !is_merge(c) && c->rows_to_come <= 0)
			release_columns(t, c);
	}
}

static bool is_taken(const struct tabling *t, int col)
{
	return t->open[col] && !is_merge(t->open[col]);
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
		diag_add(t->d, DIAG_TABLE_BEYOND, cell->loc, arena_printf(t->d->arena, "%d", t->table->n_columns), NULL);
	else
		diag_add(t->d, DIAG_TABLE_OVERLAP, cell->loc, arena_printf(t->d->arena, "%d", col + n + 1), NULL);
	return n;
}

static struct tcell *start_cell(struct tabling *t, struct table_rows *rows, const struct cell *cell, int col, int colspan)
{
	struct trow *r = &rows->list[rows->n - 1];
	struct tcell *c = ARENA_NEW(r->store->arena, struct tcell);
	enum role role = cell && (cell->heading || rows == &t->header) ? ROLE_TH : ROLE_TD;

	*c = (struct tcell){.cell = cell, .store = r->store, .col = col, .colspan = colspan};
	c->first_row = c->last_row = rows->n - 1;
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

static void end_merges(struct tabling *t, int col, int colspan, size_t row)
{
	for (int k = col; k < col + colspan; k++) {
		struct tcell *c = t->open[k];
		if (!c || !is_merge(c))
			continue;
		c->last_row = row - 1;
		release_columns(t, c);
	}
}

static bool begin_cell(struct tabling *t, struct table_rows *rows, const struct cell *cell, int col, int colspan)
{
	size_t row = rows->n - 1;

	end_merges(t, col, colspan, row);
	struct tcell *c = start_cell(t, rows, cell, col, colspan);
	bool spans = cell && (cell->rowspan > 1 || cell->merge_same);
	if (spans) {
		add_span(t, c);
		c->rows_to_come = cell->merge_same ? 0 : cell->rowspan - 1;
		c->last_row = cell->merge_same ? TABLE_OPEN : row + (size_t)cell->rowspan - 1;
		for (int k = col; k < col + colspan; k++)
			t->open[k] = c;
	}
	return table_set_cell(t, c, (struct str){0});
}

/* Columns that no cell of the row fills. */
static bool fill_row(struct tabling *t, struct table_rows *rows, const uint8_t *filled)
{
	int missing = 0;

	for (int k = 0; k < t->table->n_columns; k++) {
		if (filled[k] || is_taken(t, k))
			continue;
		missing++;
		if (!begin_cell(t, rows, NULL, k, 1))
			return false;
	}
	if (missing) {
		struct arena *a = t->d->arena;
		diag_add(t->d, DIAG_TABLE_ROW_SHORT, rows->list[rows->n - 1].row->loc, arena_printf(a, "%d", missing),
			 arena_printf(a, "%d", t->table->n_columns), NULL);
	}
	return true;
}

static bool place_cells(struct tabling *t, struct table_rows *rows, const struct row *row, uint8_t *filled)
{
	int col = 0, n = t->table->n_columns;
	bool anew = false;

	for (const struct cell *cell = row->cells; cell; cell = cell->next) {
		while (col < n && is_taken(t, col))
			col++;
		if (col >= n) {
			diag_add(t->d, DIAG_TABLE_BEYOND, cell->loc, arena_printf(t->d->arena, "%d", n), NULL);
			continue;
		}
		int colspan = clip_columns(t, cell, col);
		if (goes_on(t, cell, col, colspan, anew)) {
			t->list->nodes[t->open[col]->node].rows++;
		} else {
			anew |= cell->merge_same;
			if (!begin_cell(t, rows, cell, col, colspan))
				return false;
		}
		memset(filled + col, 1, (size_t)colspan);
		col += colspan;
	}
	return true;
}

static void append_row(struct tabling *t, struct table_rows *rows, const struct row *row)
{
	if (rows->n == rows->cap) {
		rows->cap = rows->cap ? rows->cap * 2 : 32;
		rows->list = mem_grow(rows->list, rows->cap * sizeof *rows->list);
	}
	struct trow *r = &rows->list[rows->n++];
	*r = (struct trow){.row = row, .store = store_new()};
	r->starts = ARENA_ARRAY(r->store->arena, (size_t)t->table->n_columns, struct tcell *);
	r->node = list_node_add(t->list, t->body, ROLE_TR, 0, row->loc);
}

static int by_column(const void *a, const void *b)
{
	return (*(struct tcell *const *)a)->col - (*(struct tcell *const *)b)->col;
}

bool table_add_row(struct tabling *t, struct table_rows *rows, const struct row *row)
{
	append_row(t, rows, row);
	struct trow *r = &rows->list[rows->n - 1];
	uint8_t *filled = ARENA_ARRAY(r->store->arena, (size_t)t->table->n_columns, uint8_t);

	count_down(t);
	bool good = place_cells(t, rows, row, filled) && fill_row(t, rows, filled);
	let_go(t);
	r = &rows->list[rows->n - 1];
	if (r->n_starts)
		qsort(r->starts, (size_t)r->n_starts, sizeof *r->starts, by_column);
	align_blocks(r);
	return good;
}

void table_close_spans(struct tabling *t, struct table_rows *rows)
{
	size_t last = rows->n ? rows->n - 1 : 0;

	for (size_t i = 0; i < t->n_spans; i++) {
		struct tcell *c = t->spans[i];
		if (c->last_row != TABLE_OPEN && c->last_row > last)
			diag_add(t->d, DIAG_TABLE_SPAN_BEYOND, c->cell->loc, NULL);
		if (c->last_row == TABLE_OPEN || c->last_row > last)
			c->last_row = last;
	}
	memset(t->open, 0, (size_t)t->table->n_columns * sizeof *t->open);
}

void table_drop_rows(struct tabling *t, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->n_spans; i++) {
		struct tcell *c = t->spans[i];
		if (c->last_row < n) {
			store_drop(c->store);
			continue;
		}
		c->shown |= c->first_row < n;
		c->first_row = c->first_row < n ? 0 : c->first_row - n;
		if (c->last_row != TABLE_OPEN)
			c->last_row -= n;
		t->spans[kept++] = c;
	}
	t->n_spans = kept;
	for (size_t i = 0; i < n; i++)
		store_drop(t->rows.list[i].store);
	memmove(t->rows.list, t->rows.list + n, (t->rows.n - n) * sizeof *t->rows.list);
	t->rows.n -= n;
	for (size_t i = 0; i < t->rows.n; i++)
		for (int k = 0; k < t->rows.list[i].n_starts; k++) {
			struct tcell *c = t->rows.list[i].starts[k];
			if (!c->is_span)
				c->first_row = c->last_row = i;
		}
}
