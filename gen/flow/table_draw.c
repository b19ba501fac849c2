/* table_draw: a part of a table -> one box: tints, content, rules. See table.h.
 * Every part is closed by its frame. Rules collapse: of two edges that meet the heavier is drawn; an edge that states nothing
 * leaves the place to the table's frame, header rule or grid. */
#include "base/mem.h"
#include "flow/table.h"

enum draw_kind { DRAW_TINT, DRAW_LINE, DRAW_RULE };

struct draw {
	enum draw_kind kind;
	emu x, y, width, height;
	const struct colour *colour;
	struct vitem line;
	struct loc loc;
};

struct part {
	struct box box;
	struct arena *arena;
	struct draw *draws;
	size_t n, cap;
	struct store **stores;
	size_t n_stores;
	struct str name;
};

/* A part under way. */
struct drawing {
	struct tabling *t;
	struct part *part;
	struct arena *a;
	const struct trow **rows;
	size_t n_rows, n_header;
	const struct cut *cut;
	struct tcell **owner;   /* n_rows × n_columns */
	emu *y;                 /* n_rows + 1 borders */
	int n_columns;
};

static struct draw *add_draw(struct part *p, enum draw_kind kind)
{
	if (p->n == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 64;
		struct draw *more = ARENA_ARRAY(p->arena, cap, struct draw);
		if (p->n)
			memcpy(more, p->draws, p->n * sizeof *more);
		p->draws = more;
		p->cap = cap;
	}
	p->draws[p->n].kind = kind;
	return &p->draws[p->n++];
}

/* ---- as a box ---- */

/* A table inside a cell that is shown again. */
static void make_repeat(struct list_item *i)
{
	for (; i; i = i->next) {
		i->node = 0;
		i->artifact = i->kind == ITEM_RULE ? ARTIFACT_LAYOUT : ARTIFACT_REPEAT;
		i->origin = TEXT_FURNITURE;
	}
}

static void place_draw(const struct draw *w, struct list_page *p, emu x, emu y)
{
	if (w->kind == DRAW_LINE && w->line.kind == V_LINE) {
		place_line(p, &w->line, x + w->x, y + w->y + w->line.baseline);
		return;
	}
	if (w->kind == DRAW_LINE) {
		struct list_item *before = p->last;
		w->line.box->place(w->line.box, p, x + w->x, y + w->y);
		if (w->line.repeat)
			make_repeat(before ? before->next : p->first);
		return;
	}
	struct list_item *item = list_item_add(p, ITEM_RULE);
	item->x = x + w->x;
	item->y = y + w->y;
	item->width = w->width;
	item->height = w->height;
	item->colour = w->colour;
	item->loc = w->loc;
	item->origin = TEXT_FURNITURE;
}

static void part_place(struct box *b, struct list_page *page, emu x, emu y)
{
	const struct part *p = (const struct part *)b;

	for (size_t i = 0; i < p->n; i++)
		place_draw(&p->draws[i], page, x, y);
}

static void part_drop(struct box *b)
{
	struct part *p = (struct part *)b;

	for (size_t i = 0; i < p->n_stores; i++)
		store_drop(p->stores[i]);
	arena_close(p->arena);
}

static struct str part_name(struct box *b)
{
	return ((struct part *)b)->name;
}

/* ---- who covers what ---- */

static struct tcell **owner_at(const struct drawing *w, size_t row, int col)
{
	return &w->owner[row * (size_t)w->n_columns + (size_t)col];
}

static void own(struct drawing *w, struct tcell *c, size_t from, size_t to)
{
	for (size_t r = from; r < to && r < w->n_rows; r++)
		for (int k = c->col; k < c->col + c->colspan; k++)
			*owner_at(w, r, k) = c;
}

static size_t end_row(const struct drawing *w, const struct tcell *c, size_t base, size_t end)
{
	size_t last = c->last_row == TABLE_OPEN ? SIZE_MAX : base + c->last_row + 1;

	(void)w;
	return last < end ? last : end;
}

static void own_rows(struct drawing *w, const struct table_rows *rows, size_t n, size_t base)
{
	for (size_t r = 0; r < n; r++)
		for (int i = 0; i < rows->list[r].n_starts; i++) {
			struct tcell *c = rows->list[r].starts[i];
			own(w, c, base + r, c->is_span ? end_row(w, c, base, base + n) : base + r + 1);
		}
}

/* Cells that came over from earlier parts. */
static void own_spans(struct drawing *w)
{
	for (size_t i = 0; i < w->t->n_spans; i++) {
		struct tcell *c = w->t->spans[i];
		if (c->shown)
			own(w, c, w->n_header, end_row(w, c, w->n_header, w->n_rows));
	}
}

/* ---- content ---- */

static void use_store(struct part *p, struct store *s)
{
	store_keep(s);
	p->stores[p->n_stores++] = s;
}

static size_t items_to(const struct drawing *w, const struct tcell *c, size_t row)
{
	if (!w->cut || row + 1 != w->n_rows || c->is_span)
		return c->n;
	const struct trow *r = w->rows[row];
	for (int i = 0; i < r->n_starts; i++)
		if (r->starts[i] == c)
			return w->cut->to[i];
	return c->n;
}

static void draw_items(struct drawing *w, const struct tcell *c, size_t to, emu x, emu y, bool repeat)
{
	for (size_t i = c->from; i < to; i++) {
		const struct vitem *v = &c->items[i];
		if (vitem_is_box(v)) {
			struct draw *d = add_draw(w->part, DRAW_LINE);
			d->x = x;
			d->y = y;
			d->line = *v;
			d->line.repeat = repeat;
		}
		y += v->height;
	}
}

static void draw_tint(struct drawing *w, const struct tcell *c, emu x, emu y, emu width, emu height)
{
	struct draw *d = add_draw(w->part, DRAW_TINT);

	d->x = x;
	d->y = y;
	d->width = width;
	d->height = height;
	d->colour = c->cell->tint;
	d->loc = c->cell->loc;
}

static void draw_cell(struct drawing *w, struct tcell *c, size_t row, size_t end)
{
	const struct cell *cell = c->cell;
	const emu *cx = w->t->x;
	emu x = cx[c->col], y = w->y[row], height = w->y[end] - y;

	if (!cell)
		return;
	use_store(w->part, c->store);
	if (cell->tint)
		draw_tint(w, c, x, y, cx[c->col + c->colspan] - x, height);
	size_t to = items_to(w, c, row);
	emu spare = height - tcell_height(c, c->from, to);
	emu shift = spare <= 0 || cell->valign == VALIGN_TOP ? 0 : cell->valign == VALIGN_MIDDLE ? spare / 2 : spare;
	bool header = row < w->n_header;
	draw_items(w, c, to, x + cell->pad_x, y + cell->pad_y + shift, header ? !w->t->first : c->shown);
}

static void draw_cells(struct drawing *w)
{
	for (size_t r = 0; r < w->n_rows; r++)
		for (int k = 0; k < w->n_columns; k++) {
			struct tcell *c = *owner_at(w, r, k);
			bool starts = c && c->col == k && (r == 0 || *owner_at(w, r - 1, k) != c);
			if (!starts)
				continue;
			size_t end = r + 1;
			while (end < w->n_rows && *owner_at(w, end, k) == c)
				end++;
			draw_cell(w, c, r, end);
		}
}

/* ---- rules ---- */

static struct edge heavier(struct edge a, struct edge b, struct edge otherwise)
{
	if (!a.set && !b.set)
		return otherwise;
	if (!a.set || !b.set)
		return a.set ? a : b;
	if (a.line == EDGE_NONE || b.line == EDGE_NONE)
		return a.line == EDGE_NONE ? b : a;
	return a.weight > b.weight ? a : b;
}

static struct edge edge_of(const struct tcell *c, int side)
{
	return c && c->cell ? c->cell->edges[side] : (struct edge){0};
}

static const struct edge no_edge = {.set = true, .line = EDGE_NONE};

/* The rule above row r (r = n_rows: below the last) in column k. */
static struct edge horizontal(const struct drawing *w, size_t r, int k)
{
	const struct tcell *above = r ? *owner_at(w, r - 1, k) : NULL, *below = r < w->n_rows ? *owner_at(w, r, k) : NULL;
	const struct table *t = w->t->table;

	if (r && r < w->n_rows && above == below)
		return no_edge;
	struct edge own = r == 0 || r == w->n_rows ? t->frame : r == w->n_header && t->header_rule.set ? t->header_rule : t->grid;
	bool border = r == 0 || r == w->n_rows;
	/* A cut closes the frame whatever the cells say of their own edges inside. */
	bool inner_cut = border && ((r == 0 && !w->t->first) || (r == w->n_rows && (w->cut || !w->t->done || w->t->rows.n + w->n_header > w->n_rows)));
	return inner_cut ? own : heavier(edge_of(above, SIDE_BOTTOM), edge_of(below, SIDE_TOP), own);
}

/* The rule left of column k (k = n_columns: right of the last) in row r. */
static struct edge vertical(const struct drawing *w, size_t r, int k)
{
	const struct tcell *left = k ? *owner_at(w, r, k - 1) : NULL, *right = k < w->n_columns ? *owner_at(w, r, k) : NULL;
	const struct table *t = w->t->table;

	if (k && k < w->n_columns && left == right)
		return no_edge;
	return heavier(edge_of(left, SIDE_END), edge_of(right, SIDE_START), k == 0 || k == w->n_columns ? t->frame : t->grid);
}

static bool same_edge(struct edge a, struct edge b)
{
	return a.line == b.line && a.weight == b.weight && a.colour == b.colour;
}

static void put_rule(struct drawing *w, struct edge e, emu x, emu y, emu width, emu height)
{
	struct draw *d = add_draw(w->part, DRAW_RULE);

	d->x = x;
	d->y = y;
	d->width = width;
	d->height = height;
	d->colour = e.colour;
	d->loc = w->t->loc;
}

/* One rule along `from`..`to`, its middle at `at`. */
static void draw_rule(struct drawing *w, struct edge e, bool across, emu from, emu to, emu at)
{
	emu half = e.weight / 2, lines = e.line == EDGE_DOUBLE ? 2 : 1;
	emu on = e.line == EDGE_DASHED ? 3 * EMU_PT : to - from, step = e.line == EDGE_DASHED ? 5 * EMU_PT : to - from + 1;

	for (emu k = 0; k < lines; k++) {
		emu side = at - half + (lines == 2 ? (2 * k - 1) * e.weight : 0);
		for (emu p = from; p < to; p += step) {
			emu length = p + on < to ? on : to - p;
			if (across)
				put_rule(w, e, p, side, length, e.weight);
			else
				put_rule(w, e, side, p, e.weight, length);
		}
	}
}

/* Ends reach over the rule that they meet, so that corners are full, and no further. */
static emu reach(const struct drawing *w, bool border, bool below_header)
{
	const struct table *t = w->t->table;
	struct edge met = border ? t->frame : below_header && t->header_rule.set ? t->header_rule : t->grid;

	return met.line != EDGE_NONE ? met.weight / 2 : 0;
}

static emu reach_row(const struct drawing *w, size_t r)
{
	return reach(w, r == 0 || r == w->n_rows, r == w->n_header);
}

static emu reach_column(const struct drawing *w, int k)
{
	return reach(w, k == 0 || k == w->n_columns, false);
}

static void draw_horizontals(struct drawing *w)
{
	for (size_t r = 0; r <= w->n_rows; r++)
		for (int k = 0; k < w->n_columns;) {
			struct edge e = horizontal(w, r, k);
			int from = k;
			while (++k < w->n_columns && same_edge(e, horizontal(w, r, k)))
				;
			if (e.line != EDGE_NONE && e.weight > 0)
				draw_rule(w, e, true, w->t->x[from] - reach_column(w, from), w->t->x[k] + reach_column(w, k), w->y[r]);
		}
}

static void draw_verticals(struct drawing *w)
{
	for (int k = 0; k <= w->n_columns; k++)
		for (size_t r = 0; r < w->n_rows;) {
			struct edge e = vertical(w, r, k);
			size_t from = r;
			while (++r < w->n_rows && same_edge(e, vertical(w, r, k)))
				;
			if (e.line != EDGE_NONE && e.weight > 0)
				draw_rule(w, e, false, w->y[from] - reach_row(w, from), w->y[r] + reach_row(w, r), w->t->x[k]);
		}
}

/* ---- a part ---- */

static struct part *new_part(struct tabling *t, size_t n_rows)
{
	struct arena *a = arena_new();
	struct part *p = ARENA_NEW(a, struct part);

	p->box = (struct box){part_place, part_drop, part_name};
	p->arena = a;
	p->stores = ARENA_ARRAY(a, (n_rows + 1) * (size_t)t->table->n_columns + t->n_spans + 2, struct store *);
	return p;
}

static void gather_rows(struct drawing *w, size_t n, bool header, emu top)
{
	struct tabling *t = w->t;

	w->n_header = header ? t->header.n : 0;
	w->n_rows = w->n_header + n;
	w->rows = ARENA_ARRAY(w->a, w->n_rows + 1, const struct trow *);
	w->y = ARENA_ARRAY(w->a, w->n_rows + 1, emu);
	w->y[0] = top;
	for (size_t r = 0; r < w->n_rows; r++) {
		w->rows[r] = r < w->n_header ? &t->header.list[r] : &t->rows.list[r - w->n_header];
		w->y[r + 1] = w->y[r] + w->rows[r]->height;
	}
	w->owner = ARENA_ARRAY(w->a, w->n_rows * (size_t)w->n_columns, struct tcell *);
	own_rows(w, &t->header, w->n_header, 0);
	own_rows(w, &t->rows, n, w->n_header);
	own_spans(w);
}

/* First characters of what the part begins with. */
static void name_part(struct drawing *w)
{
	for (size_t i = 0; i < w->part->n; i++) {
		const struct vitem *v = &w->part->draws[i].line;
		if (w->part->draws[i].kind != DRAW_LINE || v->kind != V_LINE || v->repeat || !v->n_pieces)
			continue;
		w->part->name = v->pieces[0].shaped->text;
		return;
	}
}

struct box *table_part(struct tabling *t, size_t n, const struct cut *cut, bool header, emu *height)
{
	struct part *p = new_part(t, n + t->header.n);
	struct drawing w = {.t = t, .part = p, .a = p->arena, .cut = cut, .n_columns = t->table->n_columns};
	emu top = t->table->frame.weight / 2;

	if (!t->first && t->continued.n) {
		use_store(p, t->continued.store);
		draw_items(&w, &t->continued, t->continued.n, 0, 0, true);
		top += tcell_height(&t->continued, 0, t->continued.n);
	}
	gather_rows(&w, n, header, top);
	draw_cells(&w);
	name_part(&w);
	draw_horizontals(&w);
	draw_verticals(&w);
	*height = w.y[w.n_rows] + t->table->frame.weight - t->table->frame.weight / 2;
	return &p->box;
}
