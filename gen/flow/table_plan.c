/* table_plan: where a part of a table ends. See table.h.
 * A part ends behind a whole row, or inside one between lines (rows of split="lines", and any row higher than a page). Each piece
 * of a merged cell that is cut must be as high as the cell's content, which stands on each of them: the end moves up until that
 * holds, and a little further when it would leave one row alone. Order of giving way where nothing else helps: enum plan_level. */
#include "flow/table.h"

#include <limits.h>

/* ---- what the cells of a cut row show ---- */

/* Lines from `from` to `to`; counts no further than `most`. */
static size_t count_boxes(const struct content *k, size_t from, size_t to, size_t most)
{
	size_t n = 0;

	for (size_t i = from; i < to && n < most; i++)
		n += vitem_is_box(&k->items[i]);
	return n;
}

/* Items from `from` on that fit. */
static size_t items_in(const struct tcell *c, emu room)
{
	const struct content *k = &c->content;
	emu h = c->cell ? 2 * c->cell->pad_y : 0;
	size_t to = c->from;

	while (to < k->n && h + k->items[to].height - k->items[to].tail <= room)
		h += k->items[to++].height;
	return to;
}

static bool may_cut_at(const struct content *k, size_t at)
{
	return !vitem_is_box(&k->items[at]) || k->items[at].before != BREAK_NO;
}

/* Show what fits into `room`, at least `least` lines here and there; false when that cannot be. */
static bool cut_cell(struct tcell *c, emu room, size_t least, bool force)
{
	const struct content *k = &c->content;
	size_t to = items_in(c, room), left = count_boxes(k, to, k->n, least);

	c->to = to;
	if (to == k->n)
		return true;
	while (to > c->from && (left < least || (!force && !may_cut_at(k, to))))
		left += vitem_is_box(&k->items[--to]);
	while (to > c->from && !vitem_is_box(&k->items[to - 1]))
		to--;
	c->to = to;
	return count_boxes(k, c->from, to, least) >= least;
}

static int block_at(const struct content *k, size_t item)
{
	int b = 0;

	while (b < k->n_ends && k->ends[b] <= item)
		b++;
	return b;
}

/* Cells in step are cut behind the same block: the last that leaves enough lines on both sides. */
static bool cut_behind(struct trow *r, int block, emu room, size_t least)
{
	size_t here = 0, there = 0;

	for (int i = 0; i < r->n_starts; i++) {
		struct tcell *c = r->starts[i];
		if (!tcell_in_step(c))
			continue;
		c->to = c->content.ends[block];
		if (content_height(c, &c->content, c->from, c->to) > room)
			return false;
		size_t a = count_boxes(&c->content, c->from, c->to, least), b = count_boxes(&c->content, c->to, c->content.n, least + 1);
		here = a > here ? a : here;
		there = b > there ? b : there;
	}
	return here >= least && (!there || there >= least);
}

/* The first block that some cell in step has not shown to its end; one behind the last: all have. */
static int block_of_step(const struct trow *r)
{
	int first = INT_MAX;

	for (int i = 0; i < r->n_starts; i++) {
		const struct tcell *c = r->starts[i];
		int block = tcell_in_step(c) ? block_at(&c->content, c->from) : INT_MAX;
		first = block < first ? block : first;
	}
	return first;
}

/* One block alone is higher than the room: each cell shows of it what fits, a line at least somewhere. Who has shown his part of it
 * waits. */
static bool cut_inside(struct trow *r, emu room)
{
	int block = block_of_step(r);
	size_t shown = 0;

	for (int i = 0; i < r->n_starts; i++) {
		struct tcell *c = r->starts[i];
		const struct content *k = &c->content;
		if (!tcell_in_step(c))
			continue;
		size_t end = block < k->n_ends ? k->ends[block] : k->n;
		c->to = items_in(c, room);
		c->to = c->to < end ? c->to : end;
		shown += count_boxes(k, c->from, c->to, 1);
	}
	return shown > 0;
}

/* All their blocks stand on earlier parts: the row goes on without them. */
static bool show_rest(struct trow *r)
{
	for (int i = 0; i < r->n_starts; i++)
		if (tcell_in_step(r->starts[i]))
			r->starts[i]->to = r->starts[i]->content.n;
	return true;
}

static bool cut_step(struct trow *r, emu room, size_t least, bool force)
{
	const struct tcell *one = NULL;

	for (int i = 0; i < r->n_starts && !one; i++)
		if (tcell_in_step(r->starts[i]) && r->starts[i]->content.n_ends > 1)
			one = r->starts[i];
	if (!one)
		return false;
	int first = block_of_step(r);
	if (first >= one->content.n_ends)
		return show_rest(r);
	for (int b = one->content.n_ends; b-- > first;)
		if (cut_behind(r, b, room, least))
			return true;
	return force && cut_inside(r, room);
}

static bool has_step(const struct trow *r)
{
	for (int i = 0; i < r->n_starts; i++)
		if (tcell_in_step(r->starts[i]) && r->starts[i]->content.n_ends > 1)
			return true;
	return false;
}

/* Its first item on the next part: blanks do not begin one, but cells in step need theirs. */
static size_t next_from(const struct tcell *c)
{
	size_t i = c->to;

	while (i < c->content.n && !tcell_in_step(c) && !vitem_is_box(&c->content.items[i]))
		i++;
	return i;
}

/* ---- heights ---- */

static size_t row_end(const struct tabling *t, size_t n)
{
	return t->rows.first + n;
}

/* The span ends with row n - 1 or above, and that row is not cut. */
static bool ends_in(const struct tabling *t, const struct tcell *c, size_t n, bool is_cut)
{
	return c->last_row + (c->last_row != TABLE_OPEN) < row_end(t, n) + !is_cut;
}

/* Rows of the part that the span covers: indexes into rows.list. */
static size_t part_from(const struct tabling *t, const struct tcell *c)
{
	return c->first_row > t->rows.first ? c->first_row - t->rows.first : 0;
}

static size_t part_to(const struct tabling *t, const struct tcell *c, size_t n)
{
	return c->last_row < row_end(t, n) ? c->last_row - t->rows.first : n - 1;
}

static emu heights_sum(const struct tabling *t, size_t from, size_t to)
{
	emu sum = 0;

	for (size_t r = from; r < to; r++)
		sum += t->rows.list[r].height;
	return sum;
}

static emu label_height(const struct tcell *c)
{
	return content_height(c, &c->content, 0, c->content.n);
}

static emu span_need(const struct tabling *t, const struct tcell *c, bool ends)
{
	if (!c->content.n)
		return t->table->style->pitch + 2 * c->cell->pad_y;
	if (!c->flows)
		return label_height(c);
	size_t to = ends ? c->content.n : c->to;
	return to > c->from ? content_height(c, &c->content, c->from, to) : 0;
}

static emu cut_height(const struct trow *r)
{
	emu h = 0;

	for (int i = 0; i < r->n_starts; i++) {
		const struct tcell *c = r->starts[i];
		emu own = c->is_span ? 0 : content_height(c, &c->content, c->from, c->to);
		h = own > h ? own : h;
	}
	return h;
}

static void report(const struct tabling *t, const struct tcell *c, emu lack)
{
	char mm[40];

	unit_format(mm, lack, EMU_MM, 1);
	diag_add(t->d, DIAG_TABLE_SPAN_GREW, c->cell->loc, mm, NULL)->other = c->cell->layout;
}

enum lay_spans { LAY_ALL, LAY_ENDED };

/* Heights of rows 0..n-1. Returns their sum; *lack: what pieces of merged cells that the part's end cuts are too low by, for which
 * the last row grew. */
static emu lay(struct tabling *t, size_t n, bool is_cut, enum lay_spans which, emu *lack, bool say)
{
	*lack = 0;
	for (size_t r = 0; r < n; r++)
		t->rows.list[r].height = is_cut && r + 1 == n ? cut_height(&t->rows.list[r]) : t->rows.list[r].natural;
	for (size_t i = 0; i < t->n_spans; i++) {
		const struct tcell *c = t->spans[i];
		bool ends = ends_in(t, c, n, is_cut);
		if (c->first_row >= row_end(t, n) || (which == LAY_ENDED && !ends))
			continue;
		size_t from = part_from(t, c), to = part_to(t, c, n);
		emu less = span_need(t, c, ends) - heights_sum(t, from, to + 1);
		if (less <= 0)
			continue;
		t->rows.list[to].height += less;
		if (!ends && !c->flows && less > *lack)
			*lack = less;
		if (say && !c->flows && (!ends || c->shown))
			report(t, c, less);
	}
	return heights_sum(t, 0, n);
}

/* The content with its suffix, as it will stand on the next part. */
static const struct content *again(struct tabling *t, struct tcell *c)
{
	size_t nodes = t->list->n_nodes;

	if (!c->has_again && (c->shown || !t->table->cut_suffix.n || !table_set_again(t, c, t->table->cut_suffix, &c->again)))
		c->again = c->content;
	c->has_again = true;
	t->list->n_nodes = nodes; /* what is shown again is no content */
	return &c->again;
}

static emu rest_height(const struct trow *r)
{
	emu h = 0;

	for (int i = 0; i < r->n_starts; i++) {
		const struct tcell *c = r->starts[i];
		emu own = c->is_span ? 0 : content_height(c, &c->content, next_from(c), c->content.n);
		h = own > h ? own : h;
	}
	return h;
}

/* A merged cell cut here would have too little height below. */
static bool tail_is_low(struct tabling *t, size_t n, bool is_cut)
{
	size_t end = row_end(t, t->rows.n);

	for (size_t i = 0; i < t->n_spans; i++) {
		struct tcell *c = t->spans[i];
		if (c->flows || c->first_row >= row_end(t, n) || ends_in(t, c, n, is_cut))
			continue;
		size_t to = c->last_row < end ? c->last_row - t->rows.first + 1 : t->rows.n;
		emu have = is_cut ? rest_height(&t->rows.list[n - 1]) : 0;
		const struct content *next = again(t, c);
		emu need = content_height(c, next, 0, next->n);
		for (size_t r = n; r < to && have < need; r++)
			have += t->rows.list[r].natural;
		if (have < need && (t->done || c->last_row < end))
			return true;
	}
	return false;
}

/* ---- candidates ---- */

static bool is_kept(const struct tabling *t, size_t n)
{
	return n < t->rows.n && (t->rows.list[n - 1].row->keep_next || t->rows.list[n].row->keep_previous);
}

static void show_all(struct tabling *t, size_t n)
{
	for (size_t r = 0; r < n; r++)
		for (int i = 0; i < t->rows.list[r].n_starts; i++)
			t->rows.list[r].starts[i]->to = t->rows.list[r].starts[i]->content.n;
	for (size_t i = 0; i < t->n_spans; i++)
		t->spans[i]->to = t->spans[i]->flows ? t->spans[i]->from : t->spans[i]->content.n;
}

static bool plan_whole(struct tabling *t, size_t n, emu room, emu behind, enum plan_level level, struct plan *out)
{
	emu lack;
	bool last = n == t->rows.n;

	if ((last && !t->done) || (level < PLAN_KEEPS && is_kept(t, n)))
		return false;
	show_all(t, n);
	emu h = lay(t, n, false, LAY_ALL, &lack, false);
	if (h + (last ? behind : 0) > room || (level < PLAN_GROW && (lack || tail_is_low(t, n, false))))
		return false;
	*out = (struct plan){.n = n, .height = h};
	return true;
}

static bool is_cut_cell(const struct tcell *c)
{
	return c->to > c->from && c->to < c->content.n;
}

/* Row n - 1 shows what fits into p->avail; those merged cells that flow and end in it too. */
static bool cut_row(struct tabling *t, const struct plan *p, emu *tallest)
{
	struct trow *r = &t->rows.list[p->n - 1];
	size_t least = (size_t)p->least;
	bool any = false, step = has_step(r);

	show_all(t, p->n);
	if (step && !cut_step(r, p->avail, least, p->force))
		return false;
	for (int i = 0; i < r->n_starts; i++) {
		struct tcell *c = r->starts[i];
		bool own = !c->is_span && !(step && tcell_in_step(c));
		if (own && !cut_cell(c, p->avail, least, p->force))
			return false;
		any |= !c->is_span && is_cut_cell(c);
	}
	*tallest = cut_height(r);
	for (size_t i = 0; i < t->n_spans; i++) {
		struct tcell *c = t->spans[i];
		if (!c->flows || c->last_row + 1 != row_end(t, p->n))
			continue;
		emu above = heights_sum(t, part_from(t, c), p->n - 1);
		if (!cut_cell(c, above + p->avail, least, p->force))
			return false;
		any |= is_cut_cell(c);
		emu own = content_height(c, &c->content, c->from, c->to) - above;
		*tallest = own > *tallest ? own : *tallest;
	}
	return any;
}

/* Rows 0..m-1 whole and a part of row m. */
static bool plan_cut(struct tabling *t, size_t m, emu room, emu page, enum plan_level level, struct plan *out)
{
	const struct row *row = t->rows.list[m].row;
	struct plan p = {.n = m + 1, .is_cut = true, .force = level >= PLAN_CUT};
	emu lack, tallest = 0;

	show_all(t, m + 1);
	lay(t, m + 1, false, LAY_ENDED, &lack, false);
	if (row->split != SPLIT_LINES && t->rows.list[m].height <= page && !p.force)
		return false;
	p.least = p.force || t->table->min_lines < 1 ? 1 : t->table->min_lines;
	emu above = lay(t, m, false, LAY_ENDED, &lack, false);
	for (p.avail = room - above; p.avail > 0; p.avail = tallest - 1) {
		if (!cut_row(t, &p, &tallest))
			return false;
		p.height = lay(t, m + 1, true, LAY_ALL, &lack, false);
		if (p.height <= room && (level >= PLAN_GROW || (!lack && !tail_is_low(t, m + 1, true)))) {
			*out = p;
			return true;
		}
		lay(t, m, false, LAY_ENDED, &lack, false); /* cut_row wants the heights above */
	}
	return false;
}

/* ---- the best ---- */

static void find_flows(struct tabling *t, emu page)
{
	for (size_t i = 0; i < t->n_spans; i++)
		if (!t->spans[i]->shown && t->page && label_height(t->spans[i]) > page)
			t->spans[i]->flows = true;
}

static bool best_end(struct tabling *t, size_t n, emu room, emu page, emu behind, enum plan_level level, struct plan *out)
{
	for (;; n--) {
		if (n < t->rows.n && plan_cut(t, n, room, page, level, out))
			return true;
		if (!n)
			return false;
		if (plan_whole(t, n, room, behind, level, out))
			return true;
	}
}

/* Behind n whole rows a merged cell of three rows and more has one row on this side or on the other. */
static bool leaves_one(const struct tabling *t, size_t n)
{
	size_t end = row_end(t, n);

	for (size_t i = 0; i < t->n_spans; i++) {
		const struct tcell *c = t->spans[i];
		if (c->flows || c->first_row >= end || c->last_row < end || c->last_row - c->first_row < 2)
			continue;
		if (c->last_row == end || c->first_row + 1 == end)
			return true;
	}
	return false;
}

/* One row of a merged cell alone on its page looks lost: up to two rows more go along, where the page stays two thirds full. */
static void go_up(struct tabling *t, emu room, emu page, emu behind, struct plan *p)
{
	struct plan up = *p;

	if (p->is_cut || p->n == t->rows.n || !leaves_one(t, p->n))
		return;
	for (int i = 0; i < 2 && up.n > 1; i++) {
		if (!plan_whole(t, up.n - 1, room, behind, PLAN_GOOD, &up) || page - room + up.height < page * 2 / 3)
			return;
		if (!leaves_one(t, up.n)) {
			*p = up;
			return;
		}
	}
}

bool table_plan(struct tabling *t, emu room, emu page, emu behind, enum plan_level level, struct plan *out)
{
	size_t n = 0;
	emu least = 0;

	find_flows(t, page);
	while (n < t->rows.n && (least += t->rows.list[n].natural) <= room)
		n++;
	if (!best_end(t, n, room, page, behind, level, out))
		return false;
	if (level == PLAN_GOOD && page)
		go_up(t, room, page, behind, out);
	return true;
}

/* What a merged cell that flows shows of itself in the rows it has here. */
static void fill_flows(struct tabling *t, const struct plan *p)
{
	for (size_t i = 0; i < t->n_spans; i++) {
		struct tcell *c = t->spans[i];
		if (!c->flows || c->first_row >= row_end(t, p->n))
			continue;
		if (ends_in(t, c, p->n, p->is_cut))
			c->to = c->content.n;
		else if (!p->is_cut || c->last_row + 1 != row_end(t, p->n))
			c->to = items_in(c, heights_sum(t, part_from(t, c), part_to(t, c, p->n) + 1));
	}
}

emu table_apply(struct tabling *t, const struct plan *p)
{
	emu lack, tallest;

	if (p->is_cut) {
		lay(t, p->n - 1, false, LAY_ENDED, &lack, false);
		cut_row(t, p, &tallest);
	} else {
		show_all(t, p->n);
	}
	emu h = lay(t, p->n, p->is_cut, LAY_ALL, &lack, true);
	fill_flows(t, p);
	return h;
}

/* Cells in step whose block was cut go on level with each other. */
static void step_on(struct trow *r)
{
	if (has_step(r))
		table_restep(r);
}

void table_advance(struct tabling *t, const struct plan *p)
{
	for (size_t i = 0; i < t->n_spans; i++) {
		struct tcell *c = t->spans[i];
		if (c->first_row >= row_end(t, p->n) || ends_in(t, c, p->n, p->is_cut))
			continue;
		if (c->flows)
			c->from = next_from(c);
		else
			c->content = *again(t, c);
		c->shown = true;
	}
	if (p->is_cut) {
		struct trow *r = &t->rows.list[p->n - 1];
		for (int i = 0; i < r->n_starts; i++)
			if (!r->starts[i]->is_span)
				r->starts[i]->from = next_from(r->starts[i]);
		r->begun = true;
		step_on(r);
		table_measure_row(t, r);
	}
	table_drop_rows(t, p->is_cut ? p->n - 1 : p->n);
}

emu table_least(struct tabling *t, emu page, emu behind)
{
	emu low = 0, high = page;
	struct plan p;

	if (!table_plan(t, page, page, behind, PLAN_GOOD, &p))
		return page;
	while (high - low > EMU_PT / 100) {
		emu middle = (low + high) / 2;
		if (table_plan(t, middle, page, behind, PLAN_GOOD, &p))
			high = middle;
		else
			low = middle;
	}
	return high;
}
