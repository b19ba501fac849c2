/* table: the table engine: fetches rows, lets table_plan decide where pages cut the table, pushes its parts; tables inside cells.
 * See table.h. A cell that a cut runs through is closed and shown again on the next part. */
#include "base/mem.h"
#include "flow/table.h"

/* ---- header, 续表 line, notes ---- */

static emu rows_height(const struct table_rows *rows)
{
	emu h = 0;

	for (size_t r = 0; r < rows->n; r++)
		h += rows->list[r].height;
	return h;
}

static emu continued_height(const struct tabling *t)
{
	return t->continued.content.n ? content_height(&t->continued, &t->continued.content, 0, t->continued.content.n) : 0;
}

/* What stands above the rows of a part, and the frame around them. */
static emu head_height(const struct tabling *t, bool first)
{
	emu h = edge_extent(&t->table->frame);

	if (first || t->table->repeat_header)
		h += rows_height(&t->header);
	return h + (first ? 0 : continued_height(t));
}

/* The first n lines as they stand outside a cell: with the room that their pitch leaves below. */
static emu lines_height(const struct content *k, size_t n)
{
	emu h = 0;

	for (size_t i = 0; i < n && i < k->n; i++)
		h += k->items[i].height;
	return h;
}

/* Height of the notes below the table that must stand with its last row: all of them when they are short, else the first
 * lines. */
static emu notes_height(const struct tabling *t, bool *whole)
{
	const struct block *b = t->table->notes;
	emu all = 0, begin = 0;

	*whole = true;
	for (; b; b = b->next) {
		struct cell cell = {.first = ARENA_NEW(t->scratch, struct block)};
		struct tcell c = {.cell = &cell, .store = t->store, .colspan = t->table->n_columns};
		struct content k;
		*cell.first = *b;
		cell.first->next = NULL;
		if (!table_set_content((struct tabling *)t, &c, &k))
			continue;
		all += b->style->space_before + lines_height(&k, k.n) + (b->next ? b->style->space_after : 0);
		if (!begin)
			begin = b->style->space_before + lines_height(&k, 2);
	}
	*whole = all <= t->page / 3;
	return *whole ? all : begin;
}

static bool flow_notes(struct tabling *t, struct measure m, emu body_width, uint32_t parent, bool whole)
{
	struct measure inside = {m.start + t->left, body_width - m.start - t->left - t->width};

	if (t->table->notes)
		builder_keep(t->b);
	if (whole)
		builder_hold(t->b);
	bool good = true;
	for (const struct block *b = t->table->notes; b && good; b = b->next) {
		uint32_t node = b->style->role == ROLE_NONE ? 0 : list_node_add(t->list, parent, ROLE_NOTE, 0, b->loc);
		if (node)
			list_node_lang(t->list, node, b->style->lang);
		good = para_flow(t->d, t->fonts, t->b, b, node, &(struct label){0}, inside, body_width);
	}
	if (whole)
		builder_release(t->b);
	return good;
}

/* ---- where a part ends ---- */

static emu naturals(const struct tabling *t)
{
	emu h = 0;

	for (size_t r = 0; r < t->rows.n; r++)
		h += t->rows.list[r].natural;
	return h;
}

/* The highest content of a merged cell that goes on below the rows fetched, or -1. */
static emu open_label(const struct tabling *t, emu most)
{
	emu h = -1;

	for (size_t i = 0; i < t->n_spans; i++) {
		const struct tcell *c = t->spans[i];
		emu own = content_height(c, &c->content, 0, c->content.n);
		if (c->last_row >= t->rows.first + t->rows.n && own > h)
			h = own;
	}
	return h < most ? h : most;
}

/* Rows until they are higher than the room; and where merged cells go on, until the rest of them is known to be high enough for
 * their content. */
static bool look_ahead(struct tabling *t, emu room, emu page)
{
	while (!t->done && naturals(t) <= room)
		if (!table_fetch(t))
			return false;
	for (emu label; !t->done && (label = open_label(t, page)) >= 0 && naturals(t) <= room + 2 * label;)
		if (!table_fetch(t))
			return false;
	return true;
}

/* Heights for rows: here, on the next page, on an empty page. */
struct rooms {
	emu here, next, page, behind;
};

static struct rooms find_rooms(const struct tabling *t, emu behind)
{
	emu head = head_height(t, t->first);

	return (struct rooms){builder_room(t->b) - head, builder_room_next(t->b) - head, t->page - head_height(t, false), behind};
}

enum decision { PART_HERE, PART_NEXT_PAGE };

/* Here as long as a rule holds; where the next page would let it hold, there. */
static enum decision decide(struct tabling *t, const struct rooms *m, struct plan *p)
{
	struct plan elsewhere;

	for (int level = PLAN_GOOD; level < PLAN_LEVELS; level++) {
		if (table_plan(t, m->here, m->page, m->behind, (enum plan_level)level, p))
			return PART_HERE;
		if (m->next > m->here && table_plan(t, m->next, m->page, m->behind, (enum plan_level)level, &elsewhere))
			return PART_NEXT_PAGE;
	}
	*p = (struct plan){.n = t->rows.n ? 1 : 0}; /* too high for any page: the page builder says so */
	return t->rows.n && m->next > m->here ? PART_NEXT_PAGE : PART_HERE;
}

/* A group around is to stay together: the whole table goes to the next page when it fits there and not here. */
static bool fits_next_only(struct tabling *t, const struct rooms *m)
{
	struct plan p;

	if (!builder_holds(t->b) || m->next <= m->here || !t->done)
		return false;
	bool here = table_plan(t, m->here, m->page, m->behind, PLAN_KEEPS, &p) && p.n == t->rows.n && !p.is_cut;
	return !here && table_plan(t, m->next, m->page, m->behind, PLAN_KEEPS, &p) && p.n == t->rows.n && !p.is_cut;
}

/* ---- parts ---- */

/* For the dump: the least that could have begun this part, and its rows. */
static void note_part(struct tabling *t, const struct plan *p, const struct rooms *m, struct buf *out)
{
	emu head = head_height(t, t->first);
	char pt[40];

	unit_format(pt, head + table_least(t, m->page, m->behind), EMU_PT, 3);
	buf_printf(out, "\n  least %s", pt);
	table_apply(t, p);
	for (size_t r = 0; r < p->n; r++) {
		const struct trow *row = &t->rows.list[r];
		unit_format(pt, row->height, EMU_PT, 3);
		buf_printf(out, "\n  row %zu %s%s%s", t->rows.first + r + 1, pt, row->begun ? " goes-on" : "",
			   p->is_cut && r + 1 == p->n ? " cut" : "");
	}
}

static bool emit_part(struct tabling *t, const struct plan *p, const struct rooms *m, emu x)
{
	struct vitem v = {.kind = V_BOX, .before = BREAK_MAY, .x = x, .loc = t->rows.n ? t->rows.list[0].row->loc : t->loc};
	struct buf note = {0};

	table_apply(t, p);
	if (builder_dumps(t->b) && t->rows.n)
		note_part(t, p, m, &note);
	v.box = table_part(t, p, t->first || t->table->repeat_header, &v.height);
	table_part_note(v.box, buf_view(&note));
	buf_free(&note);
	t->first = false;
	table_advance(t, p);
	return builder_push(t->b, &v);
}

/* One part, or the end of a page. */
static bool next_part(struct tabling *t, emu x, emu behind)
{
	struct rooms m = find_rooms(t, behind);
	struct plan p = {0};

	if (!look_ahead(t, m.here > m.next ? m.here : m.next, m.page))
		return false;
	if (!t->rows.n && !t->header.n)
		return true;
	if (fits_next_only(t, &m) || decide(t, &m, &p) == PART_NEXT_PAGE)
		return builder_make_room(t->b, builder_height(t->b) + 1);
	if (!emit_part(t, &p, &m, x))
		return false;
	if (t->done && !t->rows.n)
		return true;
	builder_break(t->b);
	return builder_make_room(t->b, builder_height(t->b) + 1);
}

/* ---- opening, closing ---- */

static bool add_header(struct tabling *t)
{
	for (const struct row *r = t->table->header; r; r = r->next)
		if (!table_add_row(t, r, store_new(t->pool), true))
			return false;
	table_close_spans(t);
	return true;
}

/* A header that would leave less than a third of the page is no header: its rows are set once, as the others. */
static bool is_too_high(struct tabling *t)
{
	if (!t->page || rows_height(&t->rows) <= t->page * 2 / 3)
		return false;
	char mm[40];
	unit_format(mm, rows_height(&t->rows), EMU_MM, 1);
	diag_add(t->d, DIAG_TABLE_HEADER_HIGH, t->rows.list[0].row->loc, mm, NULL)->other = t->rows.list[0].row->layout;
	return true;
}

static bool set_header(struct tabling *t)
{
	bool both = t->table->header && (t->next || t->feed);

	t->body = both ? list_node_add(t->list, t->node, ROLE_THEAD, 0, t->table->header->loc) : t->node;
	if (!t->table->header)
		return true;
	if (!add_header(t))
		return false;
	if (both)
		t->body = list_node_add(t->list, t->node, ROLE_TBODY, 0, t->next ? t->next->loc : t->loc);
	table_apply(t, &(struct plan){.n = t->rows.n});
	if (is_too_high(t))
		return true;
	t->header = t->rows;
	t->rows = (struct table_rows){0};
	for (size_t i = 0; i < t->n_spans; i++)
		store_drop(t->spans[i]->store);
	t->n_spans = 0;
	return true;
}

static bool set_continued(struct tabling *t)
{
	const struct block *p = t->table->continued;

	if (!p || !t->b)
		return true;
	struct cell *cell = ARENA_NEW(t->store->arena, struct cell);
	cell->first = ARENA_NEW(t->store->arena, struct block);
	*cell->first = *p;
	cell->first->next = NULL;
	t->continued = (struct tcell){.cell = cell, .store = t->store, .colspan = t->table->n_columns};
	return table_set_content(t, &t->continued, &t->continued.content);
}

static bool table_open(struct tabling *t, const struct block *block, emu measure)
{
	t->table = block->table;
	t->loc = block->loc;
	t->first = true;
	t->pool = store_pool_new();
	t->store = store_new(t->pool);
	t->scratch = arena_new();
	t->next = t->table->rows;
	t->open = ARENA_ARRAY(t->store->arena, (size_t)t->table->n_columns, struct tcell *);
	t->above = t->b ? NULL : ARENA_ARRAY(t->store->arena, (size_t)t->table->n_columns, struct edge);
	table_columns(t, t->store->arena, measure);
	return set_header(t) && set_continued(t);
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
	arena_close(t->scratch);
	store_drop(t->store);
	store_pool_drop(t->pool);
}

bool table_flow_feed(struct diag_list *d, struct font_set *fonts, struct builder *b, const struct block *block, uint32_t node,
		     struct measure m, emu body_width, const struct table_feed *feed)
{
	struct tabling t = {.d = d, .fonts = fonts, .b = b, .list = builder_list(b), .feed = feed, .page = builder_height(b)};
	bool whole;

	t.node = list_node_add(t.list, node, ROLE_TABLE, 0, block->loc);
	bool good = table_open(&t, block, body_width - m.start - m.end);
	emu behind = good ? notes_height(&t, &whole) : 0;
	arena_reset(t.scratch);
	do
		good = good && next_part(&t, m.start + t.left, behind);
	while (good && (!t.done || t.rows.n));
	good = good && flow_notes(&t, m, body_width, node, whole);
	table_close(&t);
	return good;
}

bool table_flow(struct diag_list *d, struct font_set *fonts, struct builder *b, const struct block *block, uint32_t node,
		struct measure m, emu body_width)
{
	return table_flow_feed(d, fonts, b, block, node, m, body_width, NULL);
}

/* ---- inside a cell ---- */

/* The first rows that no merged cell ties to the next. */
static size_t group_end(const struct tabling *t)
{
	for (size_t n = 1; n < t->rows.n; n++) {
		bool tied = t->rows.list[n - 1].row->keep_next || t->rows.list[n].row->keep_previous;
		for (size_t i = 0; i < t->n_spans && !tied; i++)
			tied = t->spans[i]->first_row < t->rows.first + n && t->spans[i]->last_row >= t->rows.first + n;
		if (!tied)
			return n;
	}
	return t->rows.n;
}

bool table_nested(struct tabling *outer, const struct block *block, uint32_t node, emu measure,
		  void (*take)(void *user, struct box *box, emu height), void *user)
{
	struct tabling t = {.d = outer->d, .fonts = outer->fonts, .list = outer->list};

	t.node = list_node_add(t.list, node, ROLE_TABLE, 0, block->loc);
	bool good = table_open(&t, block, measure);
	while (good && !t.done)
		good = table_fetch(&t);
	while (good && (t.rows.n || (t.first && t.header.n))) {
		struct plan p = {.n = t.rows.n ? group_end(&t) : 0};
		emu height;
		table_apply(&t, &p);
		struct box *box = table_part(&t, &p, t.first, &height);
		take(user, box, height);
		t.first = false;
		table_drop_rows(&t, p.n);
	}
	table_close(&t);
	return good;
}
