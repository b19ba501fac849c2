/* table_cols: widths of columns. See table.h.
 * Fixed columns have their width; automatic ones what their content wants, between the widest piece that may not be
 * broken and the widest paragraph: where not all can have it, narrow wishes come first (share_autos); ratio columns share what is
 * left, but never less than two em each. min and max hold first.
 * When it does not fit, automatic columns give way first: the widest of them are cut to one width, narrow ones keep what they need.
 * What still does not fit is shrunk in proportion. Both are reported. */
#include "flow/table.h"

struct wish {
	emu least, most; /* content of an automatic column, with padding */
	emu width;
};

struct wishes {
	struct tabling *t;
	const struct table *table;
	struct arena *a;
	struct wish *list;
	int n;
	emu measure;
};

/* ---- content ---- */

/* Width of the widest piece that is left when lines end at every break of this kind and stronger ones. half_end: as text_width. */
static emu widest_piece(const struct shaped *s, enum break_kind kind, bool half_end)
{
	emu widest = 0;

	for (size_t from = 0; from < s->n;) {
		size_t to = from + 1;
		while (to < s->n && s->clusters[to].before < kind)
			to++;
		emu w = text_width(s, from, to, half_end);
		if (w > widest)
			widest = w;
		from = to;
	}
	return widest;
}

static emu least_width(const struct shaped *s)
{
	return widest_piece(s, BREAK_MAY, true);
}

/* When nothing but <br/> breaks lines. */
static emu most_width(const struct shaped *s)
{
	return widest_piece(s, BREAK_MUST, false);
}

static void add_wish(struct wish *out, emu least, emu most)
{
	out->least = least > out->least ? least : out->least;
	out->most = most > out->most ? most : out->most;
}

/* What stands at the end of the last line, and the last line itself, may share it. */
static void measure_items(struct wishes *w, struct arena *a, const struct block *b, struct wish *out)
{
	emu sides = b->style->indent_start + b->style->indent_end;
	emu first = b->style->indent_first > 0 ? b->style->indent_first : 0, behind = 0;
	struct shaped s;

	for (const struct inline_item *i = b->inlines; i; i = i->next) {
		if (i->kind != INLINE_TRAILER || !i->first || !text_shape(w->t->d, a, w->t->fonts, i->first, &s))
			continue;
		behind += b->style->trailer_gap + most_width(&s);
		add_wish(out, least_width(&s) + sides, 0);
	}
	if (text_shape(w->t->d, a, w->t->fonts, b->inlines, &s))
		add_wish(out, least_width(&s) + sides + first, most_width(&s) + behind + sides + first);
}

static void measure_block(struct wishes *w, const struct block *b, struct wish *out)
{
	if (b->kind == BLOCK_TABLE) {
		emu least = 0, most = 0;
		table_wish(w->t, b->table, &least, &most);
		add_wish(out, least, most);
	} else if (b->kind == BLOCK_P) {
		struct arena *a = arena_new();
		measure_items(w, a, b, out);
		arena_close(a);
	}
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
	return w->table->columns[k].kind == COLUMN_AUTO;
}

static emu clamp(const struct column *c, emu width)
{
	if (c->max && width > c->max)
		width = c->max;
	return width < c->min ? c->min : width;
}

/* What a cell over several columns wants beyond theirs is shared by the automatic ones. */
static void spread_wish(struct wishes *w, struct wish x, int col, int span)
{
	emu least = 0, most = 0;
	int autos = 0;

	for (int k = col; k < col + span; k++) {
		autos += is_auto(w, k);
		least += is_auto(w, k) ? w->list[k].least : w->table->columns[k].width;
		most += is_auto(w, k) ? w->list[k].most : w->table->columns[k].width;
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

/* Columns are counted as the grid will: rows that reach down from above take their places. Cells of one column (or: of several)
 * only, so that those over several find the others' wishes. */
static void measure_rows(struct wishes *w, const struct row *row, bool single)
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
			if ((span == 1) == single && (span > 1 || is_auto(w, col)))
				spread_wish(w, measure_cell(w, c), col, span);
			for (int k = col; k < col + span; k++)
				taken[k] = c->merge_same ? 1 : c->rowspan;
			col += span;
		}
		for (int k = 0; k < n; k++)
			taken[k] -= taken[k] > 0;
	}
}

static void measure_table(struct wishes *w)
{
	bool autos = false;

	for (int k = 0; k < w->n; k++)
		autos |= is_auto(w, k);
	for (int pass = 0; autos && pass < 2; pass++) {
		measure_rows(w, w->table->header, pass == 0);
		measure_rows(w, w->table->rows, pass == 0);
	}
	for (int k = 0; k < w->n; k++) {
		const struct column *c = &w->table->columns[k];
		struct wish *x = &w->list[k];
		if (c->kind == COLUMN_FIXED)
			x->least = x->most = c->width;
		if (c->kind == COLUMN_RATIO && !c->min)
			x->least = x->most = 2 * w->table->style->size;
		x->least = clamp(c, x->least);
		x->most = clamp(c, x->most > x->least ? x->most : x->least);
	}
}

/* ---- sharing ---- */

static emu sum(const struct wishes *w)
{
	emu s = 0;

	for (int k = 0; k < w->n; k++)
		s += w->list[k].width;
	return s;
}

/* Width of automatic columns when none is wider than `cap`. */
static emu capped(const struct wishes *w, emu cap)
{
	emu s = 0;

	for (int k = 0; k < w->n; k++)
		if (is_auto(w, k))
			s += w->list[k].least < cap ? w->list[k].least : cap;
	return s;
}

/* Not even the least widths fit: the widest columns are cut to one width, of two em at least. */
static void cut_autos(struct wishes *w, emu room)
{
	emu low = 2 * w->table->style->size, high = w->measure;

	while (high - low > 1) {
		emu middle = (low + high) / 2;
		if (capped(w, middle) <= room)
			low = middle;
		else
			high = middle;
	}
	for (int k = 0; k < w->n; k++)
		if (is_auto(w, k))
			w->list[k].width = w->list[k].least < low ? w->list[k].least : low;
}

/* What an automatic column gets before those that want much more: its wish up to half of an equal share, so that numbers and short
 * labels stand on one line beside columns of prose. Never less than its least width. */
static emu first_share(const struct wish *x, emu half)
{
	emu some = x->most < half ? x->most : half;

	return some > x->least ? some : x->least;
}

/* Between least and first share in one proportion, or between first share and all they want. */
static void share_between(struct wishes *w, emu room, emu half, bool firsts)
{
	emu low = 0, high = 0;

	for (int k = 0; k < w->n; k++) {
		const struct wish *x = &w->list[k];
		if (!is_auto(w, k))
			continue;
		low += firsts ? first_share(x, half) : x->least;
		high += firsts ? x->most : first_share(x, half);
	}
	for (int k = 0; k < w->n; k++) {
		struct wish *x = &w->list[k];
		if (!is_auto(w, k))
			continue;
		emu from = firsts ? first_share(x, half) : x->least, to = firsts ? x->most : first_share(x, half);
		x->width = high <= room ? to : from + unit_muldiv(to - from, room - low, high - low);
	}
}

/* `room` for the automatic columns: all they want; or the first shares and a part of the rest. */
static void share_autos(struct wishes *w, emu room)
{
	emu least = 0, first = 0, half;
	int n = 0;

	for (int k = 0; k < w->n; k++)
		n += is_auto(w, k);
	half = n ? room / (2 * n) : 0;
	for (int k = 0; k < w->n; k++) {
		least += is_auto(w, k) ? w->list[k].least : 0;
		first += is_auto(w, k) ? first_share(&w->list[k], half) : 0;
	}
	if (least > room)
		cut_autos(w, room);
	else
		share_between(w, room, half, first <= room);
}

/* Ratio columns share `room`; one that meets its limit leaves the others to share what remains. */
static void share_ratios(struct wishes *w, emu room)
{
	const struct column *c = w->table->columns;
	uint8_t *settled = ARENA_ARRAY(w->a, (size_t)w->n, uint8_t);
	bool met = true;

	for (int round = 0; round <= w->n && met; round++) {
		int64_t ratios = 0;
		emu left = room;
		for (int k = 0; k < w->n; k++) {
			if (c[k].kind != COLUMN_RATIO)
				continue;
			left -= settled[k] ? w->list[k].width : 0;
			ratios += settled[k] ? 0 : c[k].ratio;
		}
		met = false;
		for (int k = 0; k < w->n && ratios; k++) {
			if (c[k].kind != COLUMN_RATIO || settled[k])
				continue;
			emu width = unit_muldiv(left > 0 ? left : 0, c[k].ratio, ratios), within = clamp(&c[k], width);
			within = within < w->list[k].least ? w->list[k].least : within;
			w->list[k].width = within;
			if (within != width)
				settled[k] = met = true;
		}
	}
}

/* "；写定的宽度：第 2 列 80 毫米": the columns whose width is given. */
static const char *given_words(const struct wishes *w)
{
	struct arena *a = w->t->d->arena;
	const char *zh = "", *en = "";
	char mm[40];

	for (int k = 0; k < w->n; k++) {
		if (w->table->columns[k].kind != COLUMN_FIXED)
			continue;
		unit_format(mm, w->table->columns[k].width, EMU_MM, 1);
		zh = arena_printf(a, "%s%s第 %d 列 %s 毫米", zh, *zh ? "、" : "；写定的宽度：", k + 1, mm);
		en = arena_printf(a, "%s%scolumn %d %s mm", en, *en ? ", " : "; widths given: ", k + 1, mm);
	}
	return arena_printf(a, "\x1f%s\x1f%s", zh, en);
}

static void report(const struct wishes *w, emu wanted)
{
	char want[40], have[40];

	unit_format(want, wanted, EMU_MM, 1);
	unit_format(have, w->measure, EMU_MM, 1);
	w->t->shrunk = true;
	diag_add(w->t->d, DIAG_TABLE_SHRUNK, w->t->loc, want, have, given_words(w), NULL)->other = w->t->table->layout;
}

/* Room beyond what automatic columns want is theirs in proportion, when no ratio column takes it and none has a limit. */
static void grow_autos(struct wishes *w, emu spare)
{
	emu most = 0;

	for (int k = 0; k < w->n; k++)
		if (is_auto(w, k) && !w->table->columns[k].max)
			most += w->list[k].width;
	for (int k = 0; k < w->n && most > 0; k++)
		if (is_auto(w, k) && !w->table->columns[k].max)
			w->list[k].width += unit_muldiv(spare, w->list[k].width, most);
}

static void share(struct wishes *w)
{
	const struct column *c = w->table->columns;
	emu fixed = 0, floor = 0, wanted = 0;
	bool ratios = false;

	for (int k = 0; k < w->n; k++) {
		ratios |= c[k].kind == COLUMN_RATIO;
		floor += c[k].kind == COLUMN_RATIO ? w->list[k].least : 0;
		fixed += c[k].kind == COLUMN_FIXED ? w->list[k].least : 0;
		wanted += w->list[k].least;
		if (c[k].kind == COLUMN_FIXED)
			w->list[k].width = w->list[k].least;
	}
	if (wanted > w->measure)
		report(w, wanted);
	share_autos(w, w->measure - fixed - floor);
	share_ratios(w, w->measure - sum(w));
	emu all = sum(w);
	if (all < w->measure && !ratios)
		grow_autos(w, w->measure - all);
	for (int k = 0; k < w->n && all > w->measure; k++)
		w->list[k].width = unit_muldiv(w->list[k].width, w->measure, all);
}

void table_wish(struct tabling *outer, const struct table *table, emu *least, emu *most)
{
	struct wishes w = {.t = outer, .table = table, .a = arena_new(), .n = table->n_columns};

	w.list = ARENA_ARRAY(w.a, (size_t)w.n, struct wish);
	measure_table(&w);
	for (int k = 0; k < w.n; k++) {
		*least += w.list[k].least;
		*most += w.list[k].most;
	}
	arena_close(w.a);
}

void table_columns(struct tabling *t, struct arena *a, emu measure)
{
	const struct table *tb = t->table;
	struct wishes w = {.t = t, .table = tb, .a = a, .n = tb->n_columns, .measure = measure};

	w.list = ARENA_ARRAY(a, (size_t)w.n, struct wish);
	if (tb->width > measure)
		report(&w, tb->width);
	else if (tb->width)
		w.measure = tb->width;
	measure_table(&w);
	share(&w);
	t->x = ARENA_ARRAY(a, (size_t)w.n + 1, emu);
	for (int k = 0; k < w.n; k++)
		t->x[k + 1] = t->x[k] + w.list[k].width;
	t->width = t->x[w.n];
	emu spare = measure - t->width;
	t->left = tb->align == ALIGN_CENTRE ? spare / 2 : tb->align == ALIGN_END ? spare : 0;
}
