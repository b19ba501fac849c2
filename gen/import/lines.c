/* lines: see lines.h. */
#include "import/lines.h"

#include <stdlib.h>

#include "base/mem.h"
#include "import/chars.h"
#include "import/date.h"
#include "import/entry.h"
#include "import/label.h"

enum { SLACK = 6, FIRST_INDENT = 8, NARROWEST = 48, SIGNER_CHARS = 30 }; /* quarter-ems: 1.5, 2, 12 em; characters */

struct str lines_str(const struct lines *ls, size_t i)
{
	return plain_str(ls->plain, &ls->list[i].l);
}

/* ---- looks of one line ---- */

/* A full stop (strongly), a semicolon or colon (weakly), also inside closing marks: 。” ！） */
static enum line_end end_of(struct str s)
{
	size_t at = s.n;
	uint32_t c = 0;
	while (at > 0) {
		c = utf8_prev(s, &at);
		if (!char_closes(c))
			break;
	}
	if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?')
		return END_SENTENCE;
	return c == 0xFF1B || c == 0xFF1A || c == ';' || c == 0x2026 ? END_CLAUSE : END_NONE;
}

static bool is_short(struct str s, size_t chars)
{
	return utf8_count(str_sub(s, 0, s.n < 4 * chars + 4 ? s.n : 4 * chars + 4)) <= chars;
}

size_t lines_signer_date(struct str s)
{
	struct date date;
	if (!is_short(s, SIGNER_CHARS + 12))
		return 0;
	for (size_t at = 0, before; at < s.n;) {
		before = at;
		uint32_t c = utf8_next(s, &at);
		if (char_is_digit(c) || char_numeral(c) >= 0)
			if (before > 0 && date_only(str_sub(s, before, s.n), &date) && label_is_authority(str_sub(s, 0, before)))
				return before;
	}
	return 0;
}

static uint8_t shape_of(struct str s, struct marker *m)
{
	struct label label;
	struct date date;
	if (marker_read(s, m))
		return OPEN_MARKER;
	if (label_read(s, 0, &label))
		return label.kind == LABEL_RESPONSIBLE ? OPEN_RESPONSIBLE : label.kind == LABEL_TO ? OPEN_TO : OPEN_ATTACHMENT;
	if (date_only(s, &date))
		return OPEN_DATE;
	return lines_signer_date(s) ? OPEN_SIGNER : OPEN_NONE;
}

static uint32_t quarter_ems(struct str s)
{
	uint32_t w = 0, last = 0;
	bool blank = false;
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (char_is_blank(c)) {
			blank = true;
			continue;
		}
		bool word = char_is_word(c), was_word = char_is_word(last);
		if (blank && word && was_word)
			w += 2;
		if ((word && char_is_ideograph(last)) || (was_word && char_is_ideograph(c)))
			w += 1;
		w += 2 * (uint32_t)char_width(c);
		last = c;
		blank = false;
	}
	return w;
}

/* May not open a line. */
static bool clings(uint32_t c)
{
	return char_closes(c) || (char_is_stop(c) && c != 0x2026) || c == 0xFF0C || c == 0x3001 || c == ',' ||
	       c == '%' || c == 0x2030 || c == 0x2103;
}

static void look(const struct plain *p, const struct plain_line *l, struct line *out)
{
	struct str s = plain_str(p, l);
	struct label label;
	*out = (struct line){.l = *l, .page = l->page};
	out->width = quarter_ems(s);
	out->chars = 4 * (uint32_t)utf8_count(s);
	out->shape = shape_of(s, &out->marker);
	out->end = (uint8_t)end_of(s);
	out->clings = clings(chars_first(s));
	struct entry_key key;
	int year, month;
	out->dated = entry_read(s, 0, 0, &key) && key.mark && !key.same;
	out->span = entry_is_span(s, &year, &month);
	out->awaits = chars_last(s) == 0x3001 || char_opens(chars_last(s));
	for (size_t at = 0; label_find(s, at, &label); at = label.to) {
		out->tagged = true;
		out->awaits |= label.to == s.n;
	}
}

static bool is_signer(struct str s)
{
	return is_short(s, SIGNER_CHARS) && label_is_authority(s);
}

/* The signature: a date, and up to three authorities above it. */
static void find_signers(struct lines *ls)
{
	for (size_t i = 0; i < ls->n; i++) {
		if (ls->list[i].shape != OPEN_DATE)
			continue;
		for (size_t k = i; k > 0 && i - k < 3 && ls->list[k - 1].shape == OPEN_NONE && is_signer(lines_str(ls, k - 1)); k--)
			ls->list[k - 1].shape = OPEN_SIGNER;
	}
}

/* ---- page numbers ---- */

static bool is_dash(uint32_t c)
{
	return c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2015 || c == 0xFF0D || c == 0x2500 || c == 0xB7 || c == 0x2022;
}

enum number_line { NOT_A_NUMBER, BARE_NUMBER, PAGE_NUMBER };

/* "- 3 -", "—3—", "第3页 共8页", "3/8页": PAGE_NUMBER; "3": BARE_NUMBER. */
static enum number_line number_line(struct str s)
{
	int dashes = 0, digits = 0, pages = 0, marks = 0;
	uint32_t last = 0;
	if (s.n > 60)
		return NOT_A_NUMBER;
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (char_is_blank(c))
			continue;
		bool mark = c == 0x7B2C || c == 0x9875 || c == 0x5171 || c == '/' || c == 0xFF0C || c == ','; /* 第 页 共 */
		if (!mark && !is_dash(c) && !char_is_digit(c))
			return NOT_A_NUMBER;
		dashes += is_dash(c);
		digits += char_is_digit(c);
		pages += c == 0x9875;
		marks += mark;
		last = c;
	}
	if (!digits || digits > 8)
		return NOT_A_NUMBER;
	if (marks)
		return pages ? PAGE_NUMBER : NOT_A_NUMBER;
	if (dashes)
		return dashes >= 2 && is_dash(last) && is_dash(chars_first(s)) && digits <= 4 ? PAGE_NUMBER : NOT_A_NUMBER;
	return digits <= 3 ? BARE_NUMBER : NOT_A_NUMBER;
}

/* A bare number is a page number only at a page's edge. */
static bool is_page_number(const struct plain *p, size_t i)
{
	enum number_line n = number_line(plain_str(p, &p->lines[i]));
	bool edge = i + 1 == p->n_lines || p->lines[i + 1].page || (p->lines[i].page && i > 0);
	return n == PAGE_NUMBER || (n == BARE_NUMBER && edge);
}

static bool drop_page_number(const struct plain *p, struct report *r, size_t i)
{
	struct str s = plain_str(p, &p->lines[i]);
	if (report_choose(r, DIAG_IMPORT_PAGE_NUMBER, plain_source_off(p, p->lines[i].from), s, 0) == 1)
		return false;
	/* by character: what stood between them may have been dropped already */
	for (size_t at = 0, before; at < s.n;) {
		before = at;
		utf8_next(s, &at);
		report_drop(r, DIAG_IMPORT_PAGE_NUMBER, plain_source_off(p, p->lines[i].from + before), at - before);
	}
	return true;
}

/* Blank lines stand nearly everywhere: where there is none and one blank opens the line, a form feed was lost. */
static void find_page_tops(struct lines *ls, struct report *r)
{
	size_t spaced = 0;
	for (size_t i = 1; i < ls->n; i++)
		spaced += ls->list[i].l.blanks > 0;
	for (size_t i = 1; i < ls->n; i++) {
		struct line *l = &ls->list[i];
		if (spaced * 10 >= ls->n * 8 && !l->l.blanks && l->l.indent == 1)
			l->page = true;
		if (l->page)
			report_note(r, DIAG_IMPORT_PAGE, plain_source_off(ls->plain, l->l.from), (struct str){0});
	}
}

void lines_read(struct arena *a, const struct plain *plain, struct report *r, struct lines *out)
{
	*out = (struct lines){.plain = plain};
	out->list = ARENA_ARRAY(a, plain->n_lines, struct line);
	bool page = false;
	for (size_t i = 0; i < plain->n_lines; i++) {
		if (is_page_number(plain, i) && drop_page_number(plain, r, i)) {
			page = true;
			continue;
		}
		struct line *l = &out->list[out->n++];
		look(plain, &plain->lines[i], l);
		l->page |= page;
		page = false;
	}
	find_page_tops(out, r);
	find_signers(out);
}

/* ---- measures ---- */

static uint32_t size_of(const struct line *l, enum measure m)
{
	return m == MEASURE_CHARS || m == MEASURE_CHARS_CHUNK ? l->chars : l->width;
}

/* What would have had to fit on the line before: the first unit of s (with the marks that cling to it), or all up to
 * the first blank. */
static struct str head_of(struct str s, bool chunk)
{
	size_t at = 0, end = 0;
	bool core = false, word = false;
	while (at < s.n) {
		uint32_t c = utf8_next(s, &at);
		if (char_is_blank(c))
			break;
		bool goes_on = chunk || !core || (word && !char_is_wide(c)) || clings(c);
		if (!goes_on)
			break;
		bool sign = c == 0xFFE5 || c == 0xA5 || c == '$' || c == 0x20AC; /* stays with its number */
		if (!core && !char_opens(c) && !sign) {
			core = true;
			word = !char_is_wide(c);
		} else if (char_is_wide(c)) {
			word = false;
		}
		end = at;
	}
	return str_sub(s, 0, end);
}

/* strict: a line without a blank is no proof that it was kept in one piece. */
static bool is_full(const struct lines *ls, size_t i, enum measure m, uint32_t full, bool first, bool strict)
{
	const struct line *a = &ls->list[i];
	bool chunk = m == MEASURE_WIDTH_CHUNK || m == MEASURE_CHARS_CHUNK, chars = m == MEASURE_CHARS || m == MEASURE_CHARS_CHUNK;
	struct str s = lines_str(ls, i + 1), head = head_of(s, chunk);
	if (chunk && strict && head.n == s.n)
		head = head_of(s, false);
	uint64_t size = size_of(a, m);
	size += chars ? 4 * utf8_count(head) : quarter_ems(head);
	if (!chars && (first || a->shape == OPEN_MARKER || a->l.indent >= 2))
		size += FIRST_INDENT;
	return size + SLACK > full;
}

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return x < y ? -1 : x > y;
}

/* The longest line, leaving out the longest fiftieth. */
static uint32_t full_size(const struct lines *ls, enum measure m)
{
	uint32_t *sizes = mem_alloc((ls->n + 1) * sizeof *sizes);
	for (size_t i = 0; i < ls->n; i++)
		sizes[i] = size_of(&ls->list[i], m);
	qsort(sizes, ls->n, sizeof *sizes, by_size);
	uint32_t full = ls->n ? sizes[(ls->n - 1) * 98 / 100] : 0;
	mem_free(sizes);
	return full;
}

/* Line i stops in the middle of a sentence and nothing new begins behind it. */
static bool breaks_off(const struct lines *ls, size_t i)
{
	const struct line *a = &ls->list[i], *b = a + 1;
	bool heading = a->shape == OPEN_MARKER && a->marker.kind <= MARKER_HAN_PAREN;
	return a->end == END_NONE && !heading && !a->tagged && b->shape == OPEN_NONE && a->shape != OPEN_SIGNER && a->shape != OPEN_DATE;
}

/* How well a measure explains the lines that break off: how many are full by it, and how much they fall short. */
struct fitness {
	uint32_t full;
	size_t lines, breaking;
	uint64_t shortfall;
};

static struct fitness try_measure(const struct lines *ls, size_t start, enum measure m)
{
	struct fitness f = {.full = full_size(ls, m)};
	for (size_t i = start; i + 1 < ls->n; i++) {
		if (!breaks_off(ls, i))
			continue;
		uint32_t size = size_of(&ls->list[i], m);
		f.breaking++;
		f.lines += is_full(ls, i, m, f.full, false, true);
		f.shortfall += size < f.full ? f.full - size : 0;
	}
	return f;
}

/* By chunks nearly every line is full: they must explain several that are not full otherwise. */
static bool is_better(const struct fitness *f, const struct fitness *best, bool chunk)
{
	size_t left = f->breaking - f->lines, was_left = best->breaking - best->lines;
	if (chunk)
		return was_left >= 3 && was_left * 20 >= f->breaking && left * 2 <= was_left;
	return left < was_left || (left == was_left && f->shortfall < best->shortfall);
}

/* Titles above the text are no lines of paragraphs: it begins with its first number, or in a text without any with its first date,
 * or with its first sentence. */
static size_t text_start(const struct lines *ls)
{
	size_t marker = 0, date = 0, sentence = 0;
	while (marker < ls->n && ls->list[marker].shape != OPEN_MARKER)
		marker++;
	if (marker < ls->n)
		return marker;
	while (date < ls->n && !ls->list[date].dated)
		date++;
	while (sentence < ls->n && ls->list[sentence].end == END_NONE && str_find(lines_str(ls, sentence), STR("，")) == SIZE_MAX)
		sentence++;
	return date < sentence ? date : sentence;
}

/* A text with line ends of its own has hardly a line that is a quarter longer than the others; titles and bylines above its first
 * full stop may be. */
static bool has_overlong(const struct lines *ls)
{
	size_t n = 0, start = 0;
	while (start < ls->n && ls->list[start].end == END_NONE)
		start++;
	for (size_t i = start; i < ls->n; i++)
		n += size_of(&ls->list[i], ls->measure) * 4 > ls->full * 5;
	return n * 50 > ls->n;
}

void lines_measure(struct lines *ls)
{
	size_t start = text_start(ls);
	struct fitness best = {0};
	for (int m = 0; m < MEASURES; m++) {
		struct fitness f = try_measure(ls, start, (enum measure)m);
		if (m > 0 && !is_better(&f, &best, m >= MEASURE_WIDTH_CHUNK))
			continue;
		best = f;
		ls->measure = (enum measure)m;
	}
	ls->full = best.full;
	ls->wrapped = best.full >= NARROWEST && best.lines > 0 && best.lines * 2 >= best.breaking && !has_overlong(ls);
}

bool lines_full(const struct lines *ls, size_t i, bool first)
{
	return ls->wrapped && i + 1 < ls->n && is_full(ls, i, ls->measure, ls->full, first, false);
}

bool lines_broken(const struct lines *ls, size_t i)
{
	const struct line *l = &ls->list[i];
	return l->end == END_NONE && !l->tagged && lines_full(ls, i, false);
}
