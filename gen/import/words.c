/* words: see words.h. */
#include "import/words.h"

#include "import/chars.h"
#include "import/docnumber.h"

enum { NESTING = 8 };

static void trim(struct str s, size_t *from, size_t *to)
{
	struct str t = chars_trim(str_sub(s, *from, *to));
	*from = (size_t)(t.p - s.p);
	*to = *from + t.n;
}

struct str words_around(struct str s, size_t at, int before, int behind)
{
	size_t from = at, to = at;
	while (before-- > 0 && from > 0)
		utf8_prev(s, &from);
	while (behind-- > 0 && to < s.n)
		utf8_next(s, &to);
	return str_sub(s, from, to);
}

bool words_has_any(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find(s, str_of(words[i])) != SIZE_MAX)
			return true;
	return false;
}

/* ---- slogans ---- */

/* Titles and quotes, which may stand in each other. */
struct quotes {
	uint32_t open[NESTING];
	int depth;
};

static void follow(struct quotes *q, uint32_t c)
{
	uint32_t close = char_partner(c);
	bool quote = c == 0x300A || c == 0x201C || c == 0x2018 || c == 0x300C || c == 0x300E || c == 0x3010;
	if (quote && q->depth < NESTING)
		q->open[q->depth++] = close;
	else if (q->depth && c == q->open[q->depth - 1])
		q->depth--;
}

static struct quotes quotes_at(struct str s, size_t to)
{
	struct quotes q = {.depth = 0};
	for (size_t at = 0; at < to;)
		follow(&q, utf8_next(s, &at));
	return q;
}

/* A blank between two ideographs inside quotes, from byte `at` on: *at its first byte, *end behind its last. */
static bool find_slogan(struct str s, struct quotes *q, size_t *at, size_t *end)
{
	uint32_t last = 0;
	for (size_t i = *at; i < s.n;) {
		size_t before = i;
		uint32_t c = utf8_next(s, &i);
		if (!char_is_blank(c)) {
			follow(q, c);
			last = c;
			continue;
		}
		while (i < s.n && char_is_blank(utf8_next(s, &(size_t){i})))
			utf8_next(s, &i);
		if (q->depth && char_is_ideograph(last) && i < s.n && char_is_ideograph(utf8_next(s, &(size_t){i}))) {
			*at = before;
			*end = i;
			return true;
		}
	}
	return false;
}

/* As in choices.def. */
enum slogan { SLOGAN_PAUSE, SLOGAN_KEEP, SLOGAN_DROP };

static void write_piece(void *w, struct str text)
{
	write_text(w, text);
}

static void write_part(struct work *k, size_t para, size_t from, size_t to)
{
	para_pieces(k->ps, para_get(k->ps, para), from, to, write_piece, k->w);
}

/* Blanks at both ends stay: other words may stand there. q: how it stands at byte `from`, then at `to`. */
static void write_words(struct work *k, size_t para, size_t from, size_t to, struct quotes *q)
{
	struct str s = str_sub(work_str(k, para), 0, to);
	for (size_t at = from, end; find_slogan(s, q, &at, &end); at = end) {
		write_part(k, para, from, at);
		enum slogan choice = (enum slogan)work_choose(k, DIAG_IMPORT_SLOGAN, para, at, words_around(s, at, 4, 5), SLOGAN_PAUSE);
		if (choice == SLOGAN_PAUSE) {
			write_inline(k->w, "br");
			write_fact(k->w, "role", STR("slogan"));
			write_close(k->w);
		} else if (choice == SLOGAN_KEEP) {
			write_text(k->w, str_sub(s, at, end));
		}
		from = end;
	}
	write_part(k, para, from, to);
}

void words_write(struct work *k, size_t para, size_t from, size_t to)
{
	trim(work_str(k, para), &from, &to);
	struct quotes q = quotes_at(work_str(k, para), from);
	write_words(k, para, from, to, &q);
}

/* ---- document numbers ---- */

static void write_number(struct work *k, const struct docnumber *n, struct str text)
{
	write_inline(k->w, "document-number");
	write_fact(k->w, "authority-code", n->code);
	write_fact(k->w, "year", str_of(arena_printf(k->arena, "%d", n->year)));
	write_fact(k->w, "serial", str_of(arena_printf(k->arena, "%d", n->serial)));
	write_text(k->w, text);
	write_close(k->w);
}

void words_write_numbers(struct work *k, size_t para, size_t from, size_t to)
{
	struct docnumber n;
	trim(work_str(k, para), &from, &to);
	struct str s = str_sub(work_str(k, para), 0, to);
	struct quotes q = quotes_at(s, from);
	while (docnumber_find(s, from, &n)) {
		write_words(k, para, from, n.from, &q);
		write_number(k, &n, str_sub(s, n.from, n.to));
		from = n.to;
	}
	write_words(k, para, from, to, &q);
}

/* ---- elements ---- */

void words_element(struct work *k, const char *name, size_t para, size_t from, size_t to)
{
	write_open(k->w, name);
	words_write(k, para, from, to);
	write_close(k->w);
}

/* Without the blanks between single characters; s itself when there are other words. */
static struct str solid_line(struct work *k, size_t para)
{
	struct str s = work_str(k, para);
	struct buf out = {0};
	size_t blanks = 0, run = 0;
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		bool blank = char_is_blank(c);
		if ((!blank && (run > 0 || !char_is_ideograph(c))) || s.n > 60) {
			buf_free(&out);
			return s;
		}
		blanks += blank;
		run = blank ? 0 : run + 1;
		if (!blank)
			buf_utf8(&out, c);
	}
	struct str solid = arena_str(k->arena, buf_view(&out));
	buf_free(&out);
	if (blanks)
		work_note(k, DIAG_IMPORT_SPACE, para, 0, s);
	return solid;
}

/* 通    知 is a word pulled apart, not two. */
static void write_title_line(struct work *k, size_t para)
{
	struct str s = work_str(k, para), solid = solid_line(k, para);
	if (solid.n < s.n)
		write_text(k->w, solid);
	else
		words_write(k, para, 0, s.n);
}

void words_title(struct work *k, size_t from, size_t to)
{
	bool lines = to - from > 1 && work_choose(k, DIAG_IMPORT_TITLE_LINES, from + 1, 0, work_str(k, from + 1), 0) == 1;
	uint32_t last = 0;
	for (size_t i = from; i < to; i++) {
		struct str s = work_str(k, i);
		if (lines) {
			write_open(k->w, "line");
			write_title_line(k, i);
			write_close(k->w);
			continue;
		}
		if (last && para_line_end_is_blank(last, chars_first(s)))
			write_text(k->w, STR(" "));
		write_title_line(k, i);
		last = chars_last(s);
	}
}

bool words_drop(struct work *k, size_t para, enum diag_code code)
{
	const struct para *p = para_get(k->ps, para);
	struct str s = work_str(k, para);
	if (work_choose(k, code, para, 0, s, 0) == 1)
		return false;
	for (size_t at = 0, before; at < s.n;) {
		before = at;
		if (!char_is_blank(utf8_next(s, &at)))
			report_drop(k->report, code, para_source_off(k->ps, p, before), at - before);
	}
	return true;
}
