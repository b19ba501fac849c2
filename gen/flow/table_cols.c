/* table_cols: widths of columns. See table.h.
 * Fixed columns have their width; automatic ones what their content wants, between the widest piece that may not be
 * broken and the widest paragraph; ratio columns share what is left. When the sum does not fit, automatic columns give way first,
 * down to their least; then all shrink in proportion, and that is reported. */
#include "flow/table.h"

struct wish {
	emu least, most; /* content of an automatic column, with padding */
	emu width;
};

struct wishes {
	struct tabling *t;
	struct arena *a;
	struct wish *list;
	int n;
	emu measure;
};

/* ---- content ---- */

/* Width of the widest piece without a break. */
static emu least_width(const struct shaped *s)
{
	emu widest = 0;

	for (size_t from = 0; from < s->n;) {
		size_t to = from + 1;
		while (to < s->n && s->clusters[to].before == BREAK_NO)
			to++;
		emu w = text_width(s, from, to, true);
		if (w > widest)
			widest = w;
		from = to;
	}
	return widest;
}

static void measure_block(struct wishes *w, const struct block *b, struct wish *out)
{
	struct arena *a = arena_new();
	struct shaped s;

	if (b->kind == BLOCK_P && text_shape(w->t->d, a, w->t->fonts, b->inlines, &s)) {
		emu indent = b->style->indent_start + b->style->indent_end;
		emu first = b->style->indent_first > 0 ? b->style->indent_first : 0;
		emu most = text_width(&s, 0, s.n, false) + indent + first, least = least_width(&s) + indent + first;
		out->most = most > out->most ? most : out->most;
		out->least = least > out->least ? least : out->least;
	}
	arena_close(a);
}

static struct wish measure_cell(struct wishes *w, const struct cell *c)
{
	struct wish x = {0};

	for (const struct block *b = c->first; b; b = b->next)
		measure_block(w, b, &x);
	x.least += 2 * c->pad_x;
	x.most += 2 * c->pad_x;
	return x;
}

static bool is_auto(const struct wishes *w, int k)
{
	return w->t->table->columns[k].kind == COLUMN_AUTO;
}

/* What a cell over several columns wants beyond theirs is shared by the automatic ones. */
static void spread_wish(struct wishes *w, struct wish x, int col, int span)
{
	emu least = 0, most = 0;
	int autos = 0;

	for (int k = col; k < col + span; k++) {
		autos += is_auto(w, k);
		least += w->list[k].least;
		most += w->list[k].most;
	}
	if (!autos)
		return;
	for (int k = col; k < col + span; k++) {
		if (!is_auto(w, k))
			continue;
		if (x.least > least)
			w->list[k].least += (x.least - least) / autos;
		if (x.most > most)
			w->list[k].most += (x.most - most) / autos;
	}
}

/* Columns are counted as the grid will: rows that reach down from above take their places. */
static void measure_rows(struct wishes *w, const struct row *row)
{
	int n = w->n, *taken = ARENA_ARRAY(w->a, (size_t)n, int);

	for (; row; row = row->next) {
		int col = 0;
		for (const struct cell *c = row->cells; c; c = c->next) {
			while (col < n && taken[col] > 0)
				col++;
			if (col >= n)
				break;
			int span = c->colspan < n - col ? c->colspan : n - col;
			spread_wish(w, measure_cell(w, c), col, span);
			for (int k = col; k < col + span; k++)
				taken[k] = c->rowspan;
			col += span;
		}
		for (int k = 0; k < n; k++)
			taken[k] -= taken[k] > 0;
	}
}

/* ---- sharing ---- */

static emu clamp(const struct column *c, emu width)
{
	if (c->max && width > c->max)
		width = c->max;
	return width < c->min ? c->min : width;
}

static emu sum(const struct wishes *w)
{
	emu s = 0;

	for (int k = 0; k < w->n; k++)
		s += w->list[k].width;
	return s;
}

/* `room` for the automatic columns: all they want, or between least and most in one proportion. */
static void share_autos(struct wishes *w, emu room)
{
	emu least = 0, most = 0;

	for (int k = 0; k < w->n; k++)
		if (is_auto(w, k)) {
			least += w->list[k].least;
			most += w->list[k].most;
		}
	for (int k = 0; k < w->n; k++) {
		struct wish *x = &w->list[k];
		if (!is_auto(w, k))
			continue;
		x->width = most <= room	   ? x->most
			   : room <= least ? x->least
					   : x->least + unit_muldiv(x->most - x->least, room - least, most - least);
		x->width = clamp(&w->t->table->columns[k], x->width);
	}
}

/* Ratio columns share `room`; one that meets its limit leaves the others to share what remains. */
static void share_ratios(struct wishes *w, emu room)
{
	const struct column *c = w->t->table->columns;
	uint8_t *settled = ARENA_ARRAY(w->a, (size_t)w->n, uint8_t);

	for (int round = 0; round <= w->n; round++) {
		int64_t ratios = 0;
		emu left = room;
		bool met = false;
		for (int k = 0; k < w->n; k++) {
			if (c[k].kind != COLUMN_RATIO)
				continue;
			if (settled[k])
				left -= w->list[k].width;
			else
				ratios += c[k].ratio;
		}
		for (int k = 0; k < w->n && ratios; k++) {
			if (c[k].kind != COLUMN_RATIO || settled[k])
				continue;
			emu width = unit_muldiv(left > 0 ? left : 0, c[k].ratio, ratios);
			w->list[k].width = clamp(&c[k], width);
			if (w->list[k].width != width)
				settled[k] = met = true;
		}
		if (!met)
			return;
	}
}

static void shrink(struct wishes *w, emu wanted)
{
	char want[40], have[40];

	unit_format(want, wanted, EMU_MM, 1);
	unit_format(have, w->measure, EMU_MM, 1);
	diag_add(w->t->d, DIAG_TABLE_SHRUNK, w->t->loc, want, have, NULL);
	for (int k = 0; k < w->n; k++)
		w->list[k].width = unit_muldiv(w->list[k].width, w->measure, wanted);
}

/* Room beyond what automatic columns want is theirs in proportion, when no ratio column takes it and none has a limit. */
static void grow_autos(struct wishes *w, emu spare)
{
	emu most = 0;

	for (int k = 0; k < w->n; k++)
		if (is_auto(w, k) && !w->t->table->columns[k].max)
			most += w->list[k].width;
	for (int k = 0; k < w->n && most > 0; k++)
		if (is_auto(w, k) && !w->t->table->columns[k].max)
			w->list[k].width += unit_muldiv(spare, w->list[k].width, most);
}

static bool share(struct wishes *w)
{
	const struct column *c = w->t->table->columns;
	emu fixed = 0, floor = 0;
	bool ratios = false;

	for (int k = 0; k < w->n; k++) {
		ratios |= c[k].kind == COLUMN_RATIO;
		floor += c[k].kind == COLUMN_RATIO ? c[k].min : 0;
		if (c[k].kind == COLUMN_FIXED)
			fixed += w->list[k].width = clamp(&c[k], c[k].width);
	}
	share_autos(w, w->measure - fixed - floor);
	share_ratios(w, w->measure - sum(w));
	emu all = sum(w);
	if (all > w->measure)
		shrink(w, all);
	else if (!ratios)
		grow_autos(w, w->measure - all);
	return true;
}

bool table_columns(struct tabling *t, struct arena *a, emu measure)
{
	const struct table *tb = t->table;
	struct wishes w = {t, a, ARENA_ARRAY(a, (size_t)tb->n_columns, struct wish), tb->n_columns, 0};
	emu frame = tb->frame.line == EDGE_NONE ? 0 : tb->frame.weight, own = tb->width ? tb->width : measure;
	bool autos = false;

	w.measure = (own < measure ? own : measure) - frame;
	if (own > measure)
		shrink(&w, own);
	for (int k = 0; k < w.n; k++)
		autos |= is_auto(&w, k);
	if (autos) {
		measure_rows(&w, tb->header);
		measure_rows(&w, tb->rows);
	}
	share(&w);
	t->x = ARENA_ARRAY(a, (size_t)w.n + 1, emu);
	t->x[0] = frame / 2;
	for (int k = 0; k < w.n; k++)
		t->x[k + 1] = t->x[k] + w.list[k].width;
	t->width = t->x[w.n] + frame - frame / 2;
	emu spare = measure - t->width;
	t->left = tb->align == ALIGN_CENTRE ? spare / 2 : tb->align == ALIGN_END ? spare : 0;
	return t->width > 0;
}
