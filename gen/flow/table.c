/* table: the table engine: fetches rows, decides where pages cut the table, pushes its parts. See table.h.
 * A part ends behind a whole row, or inside one between lines (rows of split="lines", and any row higher than a page). A cell that a
 * cut runs through is closed and shown again on the next part. Order of giving way at the top of an empty page:
 * keep-with-next, then growing rows for a cut cell's content (reported), then cutting a row that should stay whole. */
#include "base/mem.h"
#include "flow/table.h"

/* ---- heights ---- */

static emu empty_height(const struct tabling *t, const struct tcell *c)
{
	return (t->table->style ? t->table->style->pitch : 0) + (c->cell ? 2 * c->cell->pad_y : 0);
}

static emu content_height(const struct tabling *t, const struct tcell *c, size_t to)
{
	return c->n ? tcell_height(c, c->from, to) : empty_height(t, c);
}

static emu row_height(const struct tabling *t, const struct trow *r, const struct cut *cut)
{
	emu h = cut ? 0 : r->row->min_height;

	for (int i = 0; i < r->n_starts; i++) {
		const struct tcell *c = r->starts[i];
		if (c->is_span)
			continue;
		emu own = content_height(t, c, cut ? cut->to[i] : c->n);
		if (own > h)
			h = own;
	}
	return h;
}

/* A span's content must fit its rows of this part: else the last of them grows. */
static void fit_span(struct tabling *t, const struct tcell *c, size_t n, emu *lacking)
{
	emu have = 0;
	size_t last = c->last_row < n ? c->last_row : n - 1;

	if (c->first_row >= n)
		return;
	for (size_t r = c->first_row; r <= last; r++)
		have += t->rows.list[r].height;
	emu lack = content_height(t, c, c->n) - have;
	if (lack <= 0)
		return;
	t->rows.list[last].height += lack;
	bool goes_on = c->last_row >= n || c->shown;
	if (goes_on && lack > *lacking)
		*lacking = lack;
}

emu table_heights(struct tabling *t, size_t n, const struct cut *cut, emu *lacking)
{
	emu sum = 0;

	*lacking = 0;
	for (size_t r = 0; r < n; r++)
		t->rows.list[r].height = row_height(t, &t->rows.list[r], r + 1 == n ? cut : NULL);
	for (size_t r = 0; r < n; r++) /* those that end higher up first: they may help the others */
		for (size_t i = 0; i < t->n_spans; i++)
			if ((t->spans[i]->last_row < n ? t->spans[i]->last_row : n - 1) == r)
				fit_span(t, t->spans[i], n, lacking);
	for (size_t r = 0; r < n; r++)
		sum += t->rows.list[r].height;
	return sum;
}

static emu header_height(const struct tabling *t)
{
	emu h = t->table->frame.weight;

	if (t->first || t->table->repeat_header)
		for (size_t r = 0; r < t->header.n; r++)
			h += t->header.list[r].height;
	if (!t->first && t->continued.n)
		h += tcell_height(&t->continued, 0, t->continued.n);
	return h;
}

/* ---- fetching ---- */

static const struct row *take_row(struct tabling *t)
{
	const struct row *r = t->next;

	t->next = t->fetch ? t->fetch(t->user) : r ? r->next : NULL;
	return r;
}

static bool fetch_row(struct tabling *t)
{
	const struct row *r = take_row(t);

	if (r)
		return table_add_row(t, &t->rows, r);
	table_close_spans(t, &t->rows);
	t->done = true;
	return true;
}

/* Rows until they are higher than the room, and one more, which shows whether merged cells go on. */
static bool fetch_rows(struct tabling *t, emu room)
{
	emu lacking;

	while (!t->done && (t->rows.n < 2 || table_heights(t, t->rows.n - 1, NULL, &lacking) <= room))
		if (!fetch_row(t))
			return false;
	return true;
}

/* ---- cutting a row between lines ---- */

/* Items of the cell that fit into `room`, at least `least` lines here and there; false when that cannot be. */
static bool cut_cell(const struct tcell *c, emu room, size_t least, size_t *to)
{
	size_t k = c->from, lines = 0, left = 0;

	while (k < c->n && tcell_height(c, c->from, k + 1) <= room)
		k++;
	if (k == c->n) {
		*to = k;
		return true;
	}
	for (size_t i = k; i < c->n; i++)
		left += vitem_is_box(&c->items[i]);
	while (k > c->from && left < least)
		left += vitem_is_box(&c->items[--k]);
	for (size_t i = c->from; i < k; i++)
		lines += vitem_is_box(&c->items[i]);
	*to = k;
	return lines >= least;
}

static bool cut_row(struct tabling *t, const struct trow *r, emu room, size_t least, struct cut *cut)
{
	bool any = false;

	for (int i = 0; i < r->n_starts; i++) {
		const struct tcell *c = r->starts[i];
		cut->to[i] = c->n;
		if (c->is_span)
			continue;
		if (!cut_cell(c, room, least, &cut->to[i]))
			return false;
		any |= cut->to[i] > c->from && cut->to[i] < c->n;
	}
	(void)t;
	return any;
}

/* ---- where a part ends ---- */

struct plan {
	size_t n;        /* rows */
	bool is_cut;     /* the last of them between lines */
	struct cut cut;
	emu lacking;
};

static bool may_end_behind(const struct tabling *t, size_t n)
{
	return n == t->rows.n ? t->done : !t->rows.list[n - 1].row->keep_next;
}

/* The most whole rows that fit; 0 = none. strict: keeps are kept and no cut cell makes its rows grow. */
static size_t whole_rows(struct tabling *t, emu room, bool strict, bool grow, struct plan *p)
{
	for (size_t n = t->rows.n; n > 0; n--) {
		if (n == t->rows.n && !t->done)
			continue;
		emu h = table_heights(t, n, NULL, &p->lacking);
		bool good = (!strict || may_end_behind(t, n)) && (grow || !p->lacking);
		if (h <= room && good)
			return n;
	}
	return 0;
}

/* The first row that does not fit is cut when it may be, or when it would not fit any page. */
static bool try_cut(struct tabling *t, emu room, emu page, bool force, struct plan *p)
{
	size_t m = 0;
	emu lacking, above = 0;

	for (size_t n = 1; n <= t->rows.n; n++) {
		emu h = table_heights(t, n, NULL, &lacking);
		if (h > room)
			break;
		m = n;
		above = h;
	}
	if (m >= t->rows.n)
		return false;
	const struct trow *r = &t->rows.list[m];
	bool high = row_height(t, r, NULL) > page;
	if (r->row->split != SPLIT_LINES && !high && !force)
		return false;
	size_t least = force ? 1 : (size_t)(t->table->min_lines > 0 ? t->table->min_lines : 1);
	if (!cut_row(t, r, room - above, least, &p->cut))
		return false;
	p->n = m + 1;
	p->is_cut = true;
	emu h = table_heights(t, p->n, &p->cut, &p->lacking);
	return h <= room && (!p->lacking || force);
}

static void report_growth(const struct tabling *t, emu lacking)
{
	char mm[40];

	unit_format(mm, lacking, EMU_MM, 1);
	diag_add(t->d, DIAG_TABLE_SPAN_GREW, t->rows.list[0].row->loc, mm, NULL);
}

/* Nothing fits even an empty page: the first row stands there, too high. */
static void report_high(const struct tabling *t)
{
	const char *text = "";
	const struct trow *r = &t->rows.list[0];

	for (int i = 0; i < r->n_starts && !*text; i++)
		if (r->starts[i]->cell)
			text = arena_copy(t->d->arena, r->starts[i]->cell->text.p, r->starts[i]->cell->text.n);
	diag_add(t->d, DIAG_PAGE_OVERFLOW, r->row->loc, text, NULL);
}

/* False: nothing may end here, take another page. */
static bool plan_part(struct tabling *t, emu room, emu page, bool last_chance, struct plan *p)
{
	struct plan whole = *p;

	p->is_cut = false;
	whole.n = whole_rows(t, room, true, false, &whole);
	if (whole.n == t->rows.n && t->done) {
		p->n = whole.n;
		return true;
	}
	if (try_cut(t, room, page, false, p))
		return true;
	p->is_cut = false;
	p->n = whole.n;
	if (p->n || !last_chance)
		return p->n > 0;
	if ((p->n = whole_rows(t, room, false, false, p)))
		return true;
	if ((p->n = whole_rows(t, room, false, true, p))) {
		report_growth(t, p->lacking);
		return true;
	}
	if (try_cut(t, room, page, true, p)) {
		if (p->lacking)
			report_growth(t, p->lacking);
		return true;
	}
	p->is_cut = false;
	p->n = 1;
	report_high(t);
	return true;
}

/* ---- parts ---- */

/* The row that was cut goes on with what it has not shown. */
static void go_on(struct tabling *t, const struct plan *p)
{
	struct trow *r = &t->rows.list[p->n - 1];

	for (int i = 0; i < r->n_starts; i++)
		if (!r->starts[i]->is_span)
			r->starts[i]->from = p->cut.to[i];
}

static bool reset_spans(struct tabling *t, size_t n)
{
	for (size_t i = 0; i < t->n_spans; i++) {
		struct tcell *c = t->spans[i];
		bool again = c->first_row < n && (c->last_row == TABLE_OPEN || c->last_row >= n) && !c->shown;
		size_t nodes = t->list->n_nodes;
		if (again && t->table->cut_suffix.n && !table_set_cell(t, c, t->table->cut_suffix))
			return false;
		t->list->n_nodes = nodes; /* what is shown again is no content */
	}
	return true;
}

/* A span that begins in a cut row has shown its content there. */
static void mark_cut_spans(struct tabling *t, size_t row)
{
	for (size_t i = 0; i < t->n_spans; i++)
		if (t->spans[i]->first_row <= row && t->spans[i]->last_row >= row)
			t->spans[i]->shown = true;
}

static bool emit_part(struct tabling *t, struct plan *p, struct measure m)
{
	emu lacking;
	bool header = t->first || t->table->repeat_header;
	struct vitem v = {.kind = V_BOX, .before = BREAK_MAY, .x = m.start + t->left, .loc = t->rows.n ? t->rows.list[0].row->loc : t->loc};

	table_heights(t, p->n, p->is_cut ? &p->cut : NULL, &lacking);
	v.box = table_part(t, p->n, p->is_cut ? &p->cut : NULL, header, &v.height);
	t->first = false;
	if (!builder_push(t->b, &v))
		return false;
	size_t whole = p->is_cut ? p->n - 1 : p->n;
	if (p->is_cut)
		go_on(t, p);
	bool good = reset_spans(t, p->n);
	if (p->is_cut)
		mark_cut_spans(t, p->n - 1);
	table_drop_rows(t, whole);
	return good;
}

/* Set and push parts until no row is left. */
static bool flow_parts(struct tabling *t, struct measure m, struct arena *a)
{
	bool last_chance = false;

	for (;;) {
		emu page = builder_height(t->b) - header_height(t), room = builder_room(t->b) - header_height(t);
		struct plan p = {.cut = {ARENA_ARRAY(a, (size_t)t->table->n_columns + 1, size_t)}};
		if (!fetch_rows(t, room))
			return false;
		if (!t->rows.n && (!t->first || !t->header.n))
			return true;
		if (t->rows.n && !plan_part(t, room, page, last_chance || room >= page, &p)) {
			if (!builder_make_room(t->b, builder_height(t->b) + 1))
				return false;
			last_chance = true;
			continue;
		}
		last_chance = false;
		if (!emit_part(t, &p, m))
			return false;
		if (t->done && !t->rows.n)
			return true;
		if (!t->rows.n && !fetch_row(t))
			return false;
		if (t->rows.n)
			builder_break(t->b);
	}
}

/* ---- opening, closing ---- */

static bool set_header(struct tabling *t)
{
	bool both = t->table->header && t->next;

	t->body = both ? list_node_add(t->list, t->node, ROLE_THEAD, 0, t->table->header->loc) : t->node;
	for (const struct row *r = t->table->header; r; r = r->next)
		if (!table_add_row(t, &t->header, r))
			return false;
	table_close_spans(t, &t->header);
	/* The header's rows are measured as a part of their own. */
	struct table_rows body = t->rows;
	emu lacking;
	t->rows = t->header;
	table_heights(t, t->rows.n, NULL, &lacking);
	t->header = t->rows;
	t->rows = body;
	for (size_t i = 0; i < t->n_spans; i++)
		store_drop(t->spans[i]->store);
	t->n_spans = 0;
	if (both)
		t->body = list_node_add(t->list, t->node, ROLE_TBODY, 0, t->next->loc);
	return true;
}

static bool set_continued(struct tabling *t)
{
	const struct block *p = t->table->continued;

	if (!p)
		return true;
	struct cell *cell = ARENA_NEW(t->store->arena, struct cell);
	struct block *copy = ARENA_NEW(t->store->arena, struct block);
	*copy = *p;
	copy->next = NULL;
	cell->first = copy;
	t->continued = (struct tcell){.cell = cell, .store = t->store, .colspan = t->table->n_columns};
	return table_set_cell(t, &t->continued, (struct str){0});
}

static bool table_open(struct tabling *t, const struct block *block, emu measure)
{
	t->table = block->table;
	t->loc = block->loc;
	t->first = true;
	t->store = store_new();
	t->next = t->table->rows;
	t->open = ARENA_ARRAY(t->store->arena, (size_t)t->table->n_columns, struct tcell *);
	return table_columns(t, t->store->arena, measure) && set_header(t) && set_continued(t);
}

static void table_close(struct tabling *t)
{
	for (size_t i = 0; i < t->n_spans; i++)
		store_drop(t->spans[i]->store);
	for (size_t i = 0; i < t->rows.n; i++)
		store_drop(t->rows.list[i].store);
	for (size_t i = 0; i < t->header.n; i++)
		store_drop(t->header.list[i].store);
	mem_free(t->spans);
	mem_free(t->rows.list);
	mem_free(t->header.list);
	store_drop(t->store);
}

bool table_flow(struct diag_list *d, struct font_set *fonts, struct builder *b, const struct block *block, uint32_t node,
		struct measure m, emu body_width)
{
	struct tabling t = {.d = d, .fonts = fonts, .b = b, .list = builder_list(b)};

	t.node = list_node_add(t.list, node, ROLE_TABLE, 0, block->loc);
	bool good = table_open(&t, block, body_width - m.start - m.end) && flow_parts(&t, m, t.store->arena);
	table_close(&t);
	return good;
}

struct box *table_nested(struct diag_list *d, struct font_set *fonts, struct list *l, const struct block *block, uint32_t node,
			 emu measure, emu *height)
{
	struct tabling t = {.d = d, .fonts = fonts, .list = l};
	struct box *box = NULL;
	emu lacking;

	t.node = list_node_add(l, node, ROLE_TABLE, 0, block->loc);
	if (table_open(&t, block, measure)) {
		bool good = true;
		while (good && !t.done)
			good = fetch_row(&t);
		table_heights(&t, t.rows.n, NULL, &lacking);
		if (good)
			box = table_part(&t, t.rows.n, NULL, true, height);
	}
	table_close(&t);
	return box;
}
