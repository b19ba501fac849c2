/* table_draw: a part of a table -> one box: tints, content, rules (table_rule.c). See table.h. */
#include "base/mem.h"
#include "flow/table.h"

enum draw_kind { DRAW_TINT, DRAW_LINE, DRAW_RULE };

struct draw {
	enum draw_kind kind;
	emu x, y, width, height;
	const struct colour *colour;
	struct loc loc;
	const struct vitem *item; /* lines and boxes: in the memory of their row */
	bool repeat;
};

struct part {
	struct box box;
	struct arena *arena;
	struct draw *draws;
	size_t n, cap;
	struct store **stores;
	size_t n_stores;
	struct str name, note;
};

static struct draw *add_draw(struct part *p, enum draw_kind kind)
{
	ARENA_GROW(p->arena, p->draws, p->n, p->cap, 64);
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
	if (w->kind == DRAW_LINE && w->item->kind == V_LINE) {
		struct vitem line = *w->item;
		line.repeat = w->repeat;
		place_line(p, &line, x + w->x, y + w->y + line.baseline);
		return;
	}
	if (w->kind == DRAW_LINE) {
		struct list_item *before = p->last;
		w->item->box->place(w->item->box, p, x + w->x, y + w->y);
		if (w->repeat)
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

static void part_dump(struct box *b, struct buf *out)
{
	buf_str(out, ((struct part *)b)->note);
}

void table_part_note(struct box *b, struct str text)
{
	struct part *p = (struct part *)b;

	p->note = arena_str(p->arena, text);
}

/* ---- who covers what ---- */

static void own(struct drawing *w, struct tcell *c, size_t from, size_t to)
{
	for (size_t r = from; r < to && r < w->n_rows; r++)
		for (int k = c->col; k < c->col + c->colspan; k++)
			w->owner[r * (size_t)w->n_columns + (size_t)k] = c;
}

static void own_header(struct drawing *w)
{
	for (size_t r = 0; r < w->n_header; r++)
		for (int i = 0; i < w->rows[r]->n_starts; i++)
			own(w, w->rows[r]->starts[i], r, w->rows[r]->starts[i]->last_row + 1);
}

static void own_rows(struct drawing *w)
{
	size_t first = w->t->rows.first, n = w->n_rows - w->n_header;

	for (size_t r = 0; r < n; r++)
		for (int i = 0; i < w->t->rows.list[r].n_starts; i++)
			if (!w->t->rows.list[r].starts[i]->is_span)
				own(w, w->t->rows.list[r].starts[i], w->n_header + r, w->n_header + r + 1);
	for (size_t i = 0; i < w->t->n_spans; i++) {
		struct tcell *c = w->t->spans[i];
		size_t from = c->first_row > first ? c->first_row - first : 0;
		size_t to = c->last_row < first + n ? c->last_row - first + 1 : n;
		if (from < n)
			own(w, c, w->n_header + from, w->n_header + to);
	}
}

/* ---- content ---- */

static void use_store(struct part *p, struct store *s)
{
	if (p->n_stores && p->stores[p->n_stores - 1] == s)
		return;
	store_keep(s);
	p->stores[p->n_stores++] = s;
}

static void draw_items(struct drawing *w, const struct tcell *c, size_t to, emu x, emu y, bool repeat)
{
	for (size_t i = c->from; i < to; i++) {
		const struct vitem *v = &c->content.items[i];
		if (vitem_is_box(v)) {
			struct draw *d = add_draw(w->part, DRAW_LINE);
			d->x = x;
			d->y = y;
			d->item = v;
			d->repeat = repeat;
		}
		y += v->height;
	}
}

static void draw_box(struct drawing *w, enum draw_kind kind, const struct colour *colour, struct loc loc, emu x, emu y, emu width,
		     emu height)
{
	struct draw *d = add_draw(w->part, kind);

	d->x = x;
	d->y = y;
	d->width = width;
	d->height = height;
	d->colour = colour;
	d->loc = loc;
}

void part_add_rule(struct drawing *w, const struct edge *e, emu x, emu y, emu width, emu height)
{
	draw_box(w, DRAW_RULE, e->colour, w->t->loc, x, y, width, height);
}

static void draw_cell(struct drawing *w, const struct tcell *c, size_t row, size_t end)
{
	const struct cell *cell = c->cell;
	emu x = w->t->x[c->col], y = w->y[row], height = w->y[end] - y;
	bool header = row < w->n_header, repeat = header ? !w->t->first : c->shown && !c->flows;

	if (!cell)
		return;
	use_store(w->part, c->store);
	if (cell->tint)
		draw_box(w, DRAW_TINT, cell->tint, cell->loc, x, y, w->t->x[c->col + c->colspan] - x, height);
	size_t to = header ? c->content.n : c->to;
	emu spare = height - content_height(c, &c->content, c->from, to);
	emu shift = spare <= 0 || cell->valign == VALIGN_TOP ? 0 : cell->valign == VALIGN_MIDDLE ? spare / 2 : spare;
	draw_items(w, c, to, x + cell->pad_x, y + cell->pad_y + shift, repeat);
}

static void draw_cells(struct drawing *w)
{
	for (size_t r = 0; r < w->n_rows; r++)
		for (int k = 0; k < w->n_columns; k++) {
			struct tcell *c = owner_at(w, r, k);
			if (!c || c->col != k || (r > 0 && owner_at(w, r - 1, k) == c))
				continue;
			size_t end = r + 1;
			while (end < w->n_rows && owner_at(w, end, k) == c)
				end++;
			draw_cell(w, c, r, end);
		}
}

/* ---- a part ---- */

static struct part *new_part(const struct tabling *t, size_t n_rows)
{
	struct arena *a = arena_new();
	struct part *p = ARENA_NEW(a, struct part);

	p->box = (struct box){part_place, part_drop, part_name, part_dump};
	p->arena = a;
	p->stores = ARENA_ARRAY(a, n_rows * (size_t)t->table->n_columns + 1, struct store *);
	return p;
}

/* The table's edge that closes the part, and where rows begin below it. */
static emu top_of(const struct tabling *t)
{
	return t->b ? edge_extent(&t->table->frame) / 2 : 0;
}

static void gather_rows(struct drawing *w, size_t n, bool header, emu top)
{
	struct tabling *t = w->t;
	struct arena *a = t->scratch;

	w->n_header = header ? t->header.n : 0;
	w->n_rows = w->n_header + n;
	w->rows = ARENA_ARRAY(a, w->n_rows + 1, struct trow *);
	w->y = ARENA_ARRAY(a, w->n_rows + 1, emu);
	w->y[0] = top;
	for (size_t r = 0; r < w->n_rows; r++) {
		w->rows[r] = r < w->n_header ? &t->header.list[r] : &t->rows.list[r - w->n_header];
		w->y[r + 1] = w->y[r] + w->rows[r]->height;
	}
	w->owner = ARENA_ARRAY(a, w->n_rows * (size_t)w->n_columns + 1, struct tcell *);
	own_header(w);
	own_rows(w);
}

/* First characters of what the part begins with. */
static void name_part(struct part *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct draw *d = &p->draws[i];
		if (d->kind != DRAW_LINE || d->repeat || d->item->kind != V_LINE || !d->item->n_pieces)
			continue;
		const struct piece *line = &d->item->pieces[0];
		const struct cluster *from = &line->shaped->clusters[line->line->from];
		if (line->line->to > line->line->from)
			p->name = str_sub(line->shaped->text, from->text, line->shaped->text.n);
		return;
	}
}

struct box *table_part(struct tabling *t, const struct plan *plan, bool header, emu *height)
{
	size_t most = plan->n + t->header.n + 1; /* the 续表 line counts as one */
	struct part *p = new_part(t, most);
	struct drawing w = {.t = t, .part = p, .is_cut = plan->is_cut, .n_columns = t->table->n_columns};
	emu top = 0;

	if (!t->first && t->continued.content.n) {
		use_store(p, t->continued.store);
		draw_items(&w, &t->continued, t->continued.content.n, 0, 0, true);
		top = content_height(&t->continued, &t->continued.content, 0, t->continued.content.n);
	}
	gather_rows(&w, plan->n, header, top + top_of(t));
	draw_cells(&w);
	name_part(p);
	table_rules(&w);
	*height = w.y[w.n_rows] + top_of(t);
	arena_reset(t->scratch);
	return &p->box;
}
