/* table: see table.h. */
#include "import/table.h"

#include <stdlib.h>

#include "base/mem.h"
#include "import/chars.h"

/* A copy of the plain text under way, and what was found in it. */
struct scan {
	struct arena *a;
	const struct plain *in;
	char delimiter;
	struct buf text, cuts, cells, rows, quotes;
	size_t row_cell; /* first cell of the row under way */
};

/* ---- copying ---- */

/* The text goes on with byte `at` of the plain text that is read. */
static void cut(struct scan *s, size_t at)
{
	struct plain_cut c = {(uint32_t)s->text.n, (uint32_t)(plain_source_off(s->in, at) - s->text.n)};
	struct plain_cut *last = s->cuts.n ? (struct plain_cut *)(void *)(s->cuts.p + s->cuts.n) - 1 : NULL;
	if (!last || last->ahead != c.ahead)
		buf_put(&s->cuts, &c, sizeof c);
}

static void copy(struct scan *s, size_t from, size_t to)
{
	for (size_t at = from; at < to;) {
		size_t begin = at;
		cut(s, at);
		/* up to where the source went on elsewhere: what the plain text has cut out itself */
		while (at < to && plain_source_off(s->in, at) - plain_source_off(s->in, begin) == at - begin)
			at++;
		buf_put(&s->text, s->in->text.p + begin, at - begin);
	}
}

static void leave_quote(struct scan *s, size_t at)
{
	uint32_t off = (uint32_t)plain_source_off(s->in, at);
	buf_put(&s->quotes, &off, sizeof off);
}

static void end_cell(struct scan *s, size_t from)
{
	struct table_cell c = {.from = (uint32_t)from, .to = (uint32_t)s->text.n};
	buf_put(&s->cells, &c, sizeof c);
}

static void end_row(struct scan *s, bool opened)
{
	size_t n = s->cells.n / sizeof(struct table_cell);
	struct table_row r = {(uint32_t)s->row_cell, (uint32_t)(n - s->row_cell), opened};
	buf_put(&s->rows, &r, sizeof r);
	s->row_cell = n;
}

/* ---- delimited text ---- */

static bool is_break_at(const struct scan *s, size_t at, size_t *next)
{
	*next = at;
	return char_is_break(utf8_next(s->in->text, next));
}

/* Is the byte behind a closing quote the end of a cell? */
static bool ends_cell(const struct scan *s, size_t at)
{
	struct str t = s->in->text;
	size_t next;
	while (at < t.n && t.p[at] == ' ')
		at++;
	return at >= t.n || t.p[at] == s->delimiter || is_break_at(s, at, &next);
}

/* The quote that closes the cell opened by the quote at `at`; `at` itself when there is none. */
static size_t closing_quote(const struct scan *s, size_t at)
{
	struct str t = s->in->text;
	for (size_t i = at + 1; i < t.n; i++) {
		if (t.p[i] != '"')
			continue;
		if (i + 1 < t.n && t.p[i + 1] == '"')
			i++;
		else if (ends_cell(s, i + 1))
			return i;
		else
			return at;
	}
	return at;
}

static size_t scan_quoted(struct scan *s, size_t at, size_t close)
{
	leave_quote(s, at);
	for (size_t from = at + 1; from < close;) {
		const char *q = memchr(s->in->text.p + from, '"', close - from);
		size_t to = q ? (size_t)(q - s->in->text.p) + 1 : close;
		copy(s, from, to);
		from = to;
		if (q)
			leave_quote(s, from++);
	}
	leave_quote(s, close);
	return close + 1;
}

/* One cell from `at` on; gives the byte of what ends it. */
static size_t scan_cell(struct scan *s, size_t at)
{
	struct str t = s->in->text;
	size_t begin = s->text.n, next;
	while (at < t.n && t.p[at] == ' ')
		at++;
	size_t close = at < t.n && t.p[at] == '"' ? closing_quote(s, at) : at;
	if (close > at)
		at = scan_quoted(s, at, close);
	size_t from = at;
	while (at < t.n && t.p[at] != s->delimiter && !is_break_at(s, at, &next))
		utf8_next(t, &at);
	copy(s, from, at);
	end_cell(s, begin);
	return at;
}

static void scan_delimited(struct scan *s)
{
	struct str t = s->in->text;
	for (size_t at = 0, next; at < t.n;) {
		at = scan_cell(s, at);
		if (at < t.n && t.p[at] == s->delimiter) {
			copy(s, at, at + 1);
			at++;
			if (at < t.n)
				continue;
			end_cell(s, s->text.n); /* nothing behind the last delimiter */
		}
		if (at < t.n && is_break_at(s, at, &next)) {
			copy(s, at, next);
			at = next;
		}
		end_row(s, false);
	}
}

/* ---- the form of web pages ---- */

static void scan_web(struct scan *s)
{
	struct str t = s->in->text;
	size_t begin = 0;
	bool opened = false;
	for (size_t at = 0, next; at < t.n; at = next) {
		size_t line = at, end = at;
		for (next = at; next < t.n && !is_break_at(s, next, &end); next = end)
			;
		next = end;
		bool opens = t.p[line] == '\t';
		if (line > begin && (opens || !opened)) {
			end_cell(s, begin);
			end_row(s, opened);
			begin = s->text.n;
		}
		opened |= opens;
		copy(s, line, next);
	}
	if (s->text.n > begin) {
		end_cell(s, begin);
		end_row(s, opened);
	}
}

/* ---- lines of cells ---- */

static void add_lines(struct buf *lines, struct str text, struct table_cell *c)
{
	c->line = (uint32_t)(lines->n / sizeof(struct plain_line));
	c->n_lines = 0;
	for (size_t at = c->from, begin = c->from; at <= c->to;) {
		size_t end = at;
		bool last = at == c->to;
		if (!last && !char_is_break(utf8_next(text, &at)))
			continue;
		struct str s = chars_trim(str_sub(text, begin, end));
		struct plain_line l = {.from = (uint32_t)(s.p - text.p), .to = (uint32_t)(s.p - text.p + (ptrdiff_t)s.n)};
		if (s.n) {
			buf_put(lines, &l, sizeof l);
			c->n_lines++;
		}
		begin = at;
		if (last)
			break;
	}
}

static void *handed(struct arena *a, struct buf *b)
{
	void *p = b->n ? arena_copy(a, b->p, b->n) : arena_alloc(a, 1);
	buf_free(b);
	return p;
}

static const struct plain *new_plain(struct scan *s)
{
	struct plain *p = ARENA_NEW(s->a, struct plain);
	*p = (struct plain){.src = s->in->src, .source = s->in->source};
	p->n_cuts = s->cuts.n / sizeof *p->cuts;
	p->text = (struct str){NULL, s->text.n};
	p->text.p = handed(s->a, &s->text);
	p->cuts = handed(s->a, &s->cuts);
	return p;
}

void table_read(struct arena *a, const struct plain *plain, enum table_form form, char delimiter, struct table *out)
{
	struct scan s = {.a = a, .in = plain, .delimiter = delimiter};
	struct buf lines = {0};
	cut(&s, 0);
	if (form == TABLE_WEB)
		scan_web(&s);
	else
		scan_delimited(&s);
	*out = (struct table){.form = form, .delimiter = delimiter};
	out->plain = new_plain(&s);
	out->end = out->plain->text.n;
	out->n_cells = s.cells.n / sizeof *out->cells;
	out->n_rows = s.rows.n / sizeof *out->rows;
	out->n_quotes = s.quotes.n / sizeof *out->quotes;
	out->cells = handed(a, &s.cells);
	out->rows = handed(a, &s.rows);
	out->quotes = handed(a, &s.quotes);
	for (size_t i = 0; i < out->n_cells; i++)
		add_lines(&lines, out->plain->text, &out->cells[i]);
	out->n_lines = lines.n / sizeof *out->lines;
	out->lines = handed(a, &lines);
}

/* ---- looking ---- */

struct str table_cell_str(const struct table *t, const struct table_cell *c)
{
	return c->n_lines ? plain_str(t->plain, &t->lines[c->line]) : (struct str){0};
}

bool table_cell_is_empty(const struct table_cell *c)
{
	return c->n_lines == 0;
}

size_t table_row_filled(const struct table *t, const struct table_row *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++)
		n += !table_cell_is_empty(&t->cells[r->cell + i]);
	return n;
}

/* ---- changing ---- */

/* Is there a line end between the cells? */
static bool has_break(const struct table *t, size_t from, size_t to)
{
	struct str s = str_sub(t->plain->text, 0, to);
	while (from < s.n)
		if (char_is_break(utf8_next(s, &from)))
			return true;
	return false;
}

void table_join(struct table *t, size_t row, size_t at, bool glue)
{
	struct table_row *r = &t->rows[row];
	struct table_cell *a = &t->cells[r->cell + at], *b = a + 1;
	if (glue && a->n_lines && b->n_lines && !has_break(t, t->lines[a->line + a->n_lines - 1].to, t->lines[b->line].from)) {
		/* the second's first line becomes part of the first's last; the lines between are gone for good */
		t->lines[b->line].from = t->lines[a->line + a->n_lines - 1].from;
		memmove(&t->lines[a->line + 1], &t->lines[a->line], (a->n_lines - 1) * sizeof *t->lines);
		a->line++;
		a->n_lines--;
	}
	if (!a->n_lines)
		a->line = b->line;
	a->n_lines += b->n_lines;
	a->to = b->to;
	memmove(b, b + 1, (r->n - at - 2) * sizeof *b);
	r->n--;
}

void table_move(struct table *t, const struct plain *whole, size_t by)
{
	for (size_t i = 0; i < t->n_lines; i++) {
		t->lines[i].from += (uint32_t)by;
		t->lines[i].to += (uint32_t)by;
	}
	for (size_t i = 0; i < t->n_rows; i++)
		for (size_t c = 0; c < t->rows[i].n; c++) {
			t->cells[t->rows[i].cell + c].from += (uint32_t)by;
			t->cells[t->rows[i].cell + c].to += (uint32_t)by;
		}
	t->begin += by;
	t->end += by;
	t->plain = whole;
}

/* ---- syntax ---- */

/* Characters of bytes from … to that have ink. */
static void drop_ink(const struct table *t, struct report *r, size_t from, size_t to)
{
	struct str s = str_sub(t->plain->text, 0, to);
	for (size_t at = from, before; at < s.n;) {
		before = at;
		uint32_t c = utf8_next(s, &at);
		if (!char_is_blank(c) && !char_is_break(c))
			report_drop(r, DIAG_IMPORT_CSV, plain_source_off(t->plain, before), at - before);
	}
}

static int by_place(const void *a, const void *b)
{
	const struct plain_line *x = a, *y = b;
	return x->from < y->from ? -1 : x->from > y->from;
}

void table_drop_syntax(const struct table *t, struct report *r)
{
	size_t n = 0, at = t->begin;
	struct plain_line *used = mem_alloc((t->n_lines + 1) * sizeof *used);
	for (size_t i = 0; i < t->n_rows; i++)
		for (size_t c = 0; c < t->rows[i].n; c++) {
			const struct table_cell *cell = &t->cells[t->rows[i].cell + c];
			memcpy(used + n, t->lines + cell->line, cell->n_lines * sizeof *used);
			n += cell->n_lines;
		}
	qsort(used, n, sizeof *used, by_place);
	for (size_t i = 0; i < n; i++) {
		drop_ink(t, r, at, used[i].from);
		at = used[i].to;
	}
	drop_ink(t, r, at, t->end);
	mem_free(used);
	for (size_t i = 0; i < t->n_quotes; i++)
		report_drop(r, DIAG_IMPORT_CSV, t->quotes[i], 1);
}
