/* clause: see clause.h. */
#include "import/clause.h"

#include "import/chars.h"
#include "import/words.h"

enum { NESTING = 8, MOST = 20, HEADING_CHARS = 40 };

/* The numeral that begins at byte `at`, followed by 是: bytes of both, 0 when there is none. */
static size_t read_marker(struct str s, size_t at, int *value)
{
	int total = 0, digit = 0, n = 0;
	size_t from = at;
	while (at < s.n && n < 4) {
		size_t next = at;
		int v = char_numeral(utf8_next(s, &next));
		if (v < 0 || v > 10)
			break;
		total += v == 10 ? 10 * (digit ? digit : 1) : 0;
		digit = v == 10 ? 0 : v;
		at = next;
		n++;
	}
	*value = total + digit;
	if (!n || !str_starts(str_sub(s, at, s.n), STR("是")))
		return 0;
	at += strlen("是");
	/* 一是一, 二是二 */
	return at < s.n && char_numeral(utf8_next(s, &(size_t){at})) >= 0 ? 0 : at - from;
}

static bool may_precede(uint32_t c)
{
	return char_is_stop(c) || char_is_blank(c) || char_closes(c) || c == 0xFF0C || c == ',' || c == 0x3001 || c == 0x2014;
}

bool clause_find(struct str s, size_t at, int value, struct clause *out)
{
	uint32_t open[NESTING], last = 0;
	int depth = 0;
	for (size_t i = 0, before; i < s.n;) {
		int v;
		size_t n = !depth && i >= at ? read_marker(s, i, &v) : 0;
		if (n && v == value) {
			*out = (struct clause){.from = i, .text = i + n, .value = v, .glued = last && !may_precede(last)};
			if (!out->glued || value > 1)
				return true;
		}
		before = i;
		uint32_t c = utf8_next(s, &i), close = char_partner(c);
		if (close && depth < NESTING)
			open[depth++] = close;
		else if (depth && c == open[depth - 1])
			depth--;
		/* a numeral is taken whole: 十一是 is not 一是 */
		if (char_numeral(c) >= 0)
			while (i < s.n && char_numeral(utf8_next(s, &(size_t){i})) >= 0)
				utf8_next(s, &i);
		last = c;
		(void)before;
	}
	return false;
}

/* 一是 in quotes is a phrase, not a clause. */
static void note_quoted(struct work *k, size_t para, struct str s)
{
	size_t at = str_find(s, STR("“"));
	int v;
	while (at != SIZE_MAX) {
		size_t end = str_find(str_sub(s, at, s.n), STR("”"));
		end = end == SIZE_MAX ? s.n : at + end;
		for (size_t i = at; i < end;) {
			size_t n = read_marker(s, i, &v);
			if (n && i + n <= end)
				work_note(k, DIAG_IMPORT_CLAUSE_QUOTED, para, i, str_sub(s, at, end));
			if (n)
				i = end;
			else
				utf8_next(s, &i);
		}
		size_t next = str_find(str_sub(s, end, s.n), STR("“"));
		at = next == SIZE_MAX ? next : end + next;
	}
}

/* Does a series begin or go on here? One clause alone is one only when it goes on from the paragraph before, or the next one
 * follows somewhere. */
static bool opens_series(struct work *k, size_t para, size_t from, int last, struct clause *c)
{
	struct str s = work_str(k, para);
	struct clause next;
	if (last > 0 && last < MOST && clause_find(s, from, last + 1, c) && c->from == from)
		return true;
	if (!clause_find(s, from, 1, c))
		return false;
	if (clause_find(s, c->text, 2, &next))
		return true;
	for (size_t i = para + 1; i < k->ps->n && i < para + 4; i++)
		if (clause_find(work_str(k, i), 0, 2, &next) && next.from == 0)
			return true;
	return false;
}

/* What a clause leads in; its first sentence is its heading when that is short and more follows, and the kind has such headings. */
static void write_led(struct work *k, size_t para, size_t from, size_t to)
{
	struct str s = str_sub(work_str(k, para), 0, to);
	size_t stop = k->clause_headings ? str_find(str_sub(s, from, to), STR("。")) : SIZE_MAX, end = from + stop + 3;
	if (stop != SIZE_MAX && utf8_count(str_sub(s, from, end)) <= HEADING_CHARS && chars_trim(str_sub(s, end, to)).n) {
		write_inline(k->w, "heading");
		words_write(k, para, from, end);
		write_close(k->w);
		from = end;
	}
	words_write(k, para, from, to);
}

/* 一是…三是 */
static struct str series_sample(struct work *k, struct str s, struct clause c)
{
	struct str first = str_sub(s, c.from, c.text);
	struct clause end = c, next;
	while (end.value < MOST && clause_find(s, end.text, end.value + 1, &next))
		end = next;
	if (end.from == c.from)
		return first;
	return str_of(arena_printf(k->arena, "%.*s…%.*s", STR_ARG(first), STR_ARG(str_sub(s, end.from, end.text))));
}

void clause_content(struct work *k, size_t para, size_t from, size_t to, int *last)
{
	struct str s = str_sub(work_str(k, para), 0, to);
	struct clause c, next;
	note_quoted(k, para, s);
	if (!opens_series(k, para, from, *last, &c) || c.from >= to) {
		*last = 0;
		words_write(k, para, from, to);
		return;
	}
	if (work_choose(k, DIAG_IMPORT_CLAUSES, para, c.from, series_sample(k, s, c), 0) == 1) {
		*last = 0;
		words_write(k, para, from, to);
		return;
	}
	words_write(k, para, from, c.from);
	for (bool more = true; more; c = next) {
		*last = c.value;
		more = c.value < MOST && clause_find(s, c.text, c.value + 1, &next);
		if (c.glued)
			work_note(k, DIAG_IMPORT_GLUED, para, c.from, words_around(s, c.from, 4, 4));
		write_inline(k->w, "clause");
		write_mark(k->w, "marker", str_sub(s, c.from, c.text));
		write_led(k, para, c.text, more ? next.from : to);
		write_close(k->w);
	}
}

void clause_paragraph(struct work *k, size_t para, size_t from, size_t to, int *last)
{
	write_open(k->w, "p");
	clause_content(k, para, from, to, last);
	write_close(k->w);
}
