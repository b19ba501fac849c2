/* para: see para.h. */
#include "import/para.h"

#include "import/chars.h"
#include "import/label.h"

/* White space, or a line end, between two characters of a paragraph. */
struct gap {
	uint32_t left, right;   /* the characters */
	uint32_t from, to;      /* bytes of the plain text */
	uint32_t before;        /* characters of the paragraph before it, blanks not counted */
	uint16_t blanks;
	bool wide_blank, tab;   /* U+3000, TAB among them */
	bool line_end;
	uint8_t verdict;
};

enum { STRETCH_REACH = 6, STRETCH_LEAST = 3, ALIGNED = 4 };

void paras_open(struct paras *ps, const struct plain *plain, struct report *r)
{
	*ps = (struct paras){.plain = plain, .report = r};
}

void paras_close(struct paras *ps)
{
	buf_free(&ps->text);
	buf_free(&ps->marks);
	buf_free(&ps->spaces);
	buf_free(&ps->list);
	buf_free(&ps->gaps);
}

struct para *para_get(const struct paras *ps, size_t i)
{
	return (struct para *)(void *)ps->list.p + i;
}

struct str para_str(const struct paras *ps, const struct para *p)
{
	return (struct str){ps->text.p + p->from, p->to - p->from};
}

/* ---- what stands between two characters ---- */

static bool is_word(uint32_t c)
{
	return char_is_word(c) || c == '%' || c == 0x2030 || c == 0x2103 || (c >= 0x2160 && c <= 0x217F);
}

/* Between Han and Latin a page leaves a gap that extraction shows as one blank. */
static bool is_auto_place(uint32_t left, uint32_t right)
{
	return (is_word(left) && char_is_ideograph(right)) || (char_is_ideograph(left) && char_is_word(right));
}

static bool lacks_gap(uint32_t left, uint32_t right)
{
	return (char_is_word(left) && char_is_ideograph(right)) || (char_is_ideograph(left) && char_is_word(right));
}

static enum space_verdict judge_blank(const struct plain *p, const struct gap *g)
{
	struct label label;
	if (is_auto_place(g->left, g->right) && !g->wide_blank && g->blanks < ALIGNED)
		return SPACE_AUTO;
	if (!char_is_wide(g->left) && !char_is_wide(g->right))
		return SPACE_LATIN;
	if (label_read(p->text, g->to, &label) && label.kind == LABEL_RESPONSIBLE)
		return SPACE_FIELD;
	return SPACE_TYPED;
}

/* Between Latin words, and behind their marks. */
bool para_line_end_is_blank(uint32_t left, uint32_t right)
{
	if (char_is_wide(left) || char_is_wide(right))
		return false;
	if (char_is_digit(left) && char_is_digit(right))
		return false;
	if (char_is_word(right))
		return char_is_word(left) || ((char_is_stop(left) || left == ',' || left == ')') && char_is_letter(right));
	return right == '(' && char_is_letter(left);
}

static bool both_ideographs(const struct gap *g)
{
	return char_is_ideograph(g->left) && char_is_ideograph(g->right);
}

static bool may_be_stretched(const struct gap *g)
{
	return !g->line_end && g->verdict == SPACE_TYPED && g->blanks == 1 && !g->wide_blank &&
	       char_is_wide(g->left) && char_is_wide(g->right);
}

/* One more gap of a stretched line lies within reach: behind (step 1) or before (step -1) gap i. A blank outside of a
 * quote is as likely typed, so it never begins or ends one. */
static bool reaches(const struct gap *gaps, size_t n, size_t i, int step)
{
	size_t k = i + (size_t)step; /* wraps to SIZE_MAX before the first */
	if (k >= n || !may_be_stretched(&gaps[k]) || char_opens(gaps[k].right) || char_closes(gaps[k].left))
		return false;
	uint32_t a = gaps[i].before, b = gaps[k].before;
	return (a > b ? a - b : b - a) <= STRETCH_REACH;
}

/* Gaps that follow each other closely; many between ideographs: one line pulled wide, whatever its ends were. */
static void find_stretched(struct gap *gaps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!may_be_stretched(&gaps[i]) || !both_ideographs(&gaps[i]))
			continue;
		size_t first = i, last = i, reach = gaps[i].before;
		int ideographs = 1;
		for (size_t k = i + 1; k < n && gaps[k].before - reach <= STRETCH_REACH; k++) {
			if (!may_be_stretched(&gaps[k]))
				continue;
			reach = gaps[k].before;
			if (both_ideographs(&gaps[k])) {
				ideographs++;
				last = k;
			}
		}
		i = last;
		if (ideographs < STRETCH_LEAST)
			continue;
		while (reaches(gaps, n, first, -1))
			first--;
		while (reaches(gaps, n, last, 1))
			last++;
		for (size_t k = first; k <= last; k++)
			if (may_be_stretched(&gaps[k]))
				gaps[k].verdict = SPACE_STRETCH;
	}
}

static void collect_line(struct paras *ps, const struct plain_line *l, struct gap *open, uint32_t *chars)
{
	struct str s = str_sub(ps->plain->text, 0, l->to);
	for (size_t at = l->from, before; at < s.n;) {
		before = at;
		uint32_t c = utf8_next(s, &at);
		if (char_is_blank(c)) {
			open->blanks += open->blanks < UINT16_MAX;
			open->wide_blank |= c == 0x3000;
			open->tab |= c == '\t';
			continue;
		}
		if (open->left && (open->blanks || open->line_end || lacks_gap(open->left, c))) {
			struct gap g = *open;
			g.right = c;
			g.to = (uint32_t)before;
			g.before = *chars;
			g.verdict = g.line_end ? SPACE_LATIN : g.blanks ? judge_blank(ps->plain, &g) : SPACE_NO_GAP;
			buf_put(&ps->gaps, &g, sizeof g);
		}
		*open = (struct gap){.left = c, .from = (uint32_t)at};
		++*chars;
	}
	open->line_end = true;
	open->blanks = 0;
}

/* ---- putting the text together ---- */

static void put_mark(struct paras *ps, size_t off)
{
	struct para_mark m = {(uint32_t)ps->text.n, (uint32_t)off};
	buf_put(&ps->marks, &m, sizeof m);
}

/* A typed space as it was typed; a run of many was for alignment and is one. */
static void put_blank(struct paras *ps, const struct gap *g)
{
	struct str s = str_sub(ps->plain->text, g->from, g->to);
	if (g->verdict == SPACE_LATIN || g->verdict == SPACE_FIELD || g->tab || g->blanks >= ALIGNED) {
		buf_char(&ps->text, ' ');
		return;
	}
	for (size_t at = 0; at < s.n;)
		buf_utf8(&ps->text, utf8_next(s, &at) == 0x3000 ? 0x3000 : ' ');
}

static bool is_unit_of_number(uint32_t c)
{
	static const char units[] = "年月日时分秒人名个家例份项次万亿元所处台张期批岁周天件户起条场辆平米毫克吨公里级届";
	for (size_t at = 0; at < sizeof units - 1;)
		if (utf8_next(STR(units), &at) == c)
			return true;
	return false;
}

static void note_line_end(struct paras *ps, const struct gap *g)
{
	size_t off = plain_source_off(ps->plain, g->from);
	if (char_is_digit(g->left) && char_is_digit(g->right))
		report_note(ps->report, DIAG_IMPORT_NUMBER_SPLIT, off, para_around(ps, g->from, 4, 4));
	else if (char_is_digit(g->left) && is_unit_of_number(g->right))
		report_note(ps->report, DIAG_IMPORT_UNIT_SPLIT, off, para_around(ps, g->from, 4, 4));
}

static void put_gap(struct paras *ps, const struct gap *g)
{
	if (g->line_end) {
		note_line_end(ps, g);
		if (para_line_end_is_blank(g->left, g->right))
			buf_char(&ps->text, ' ');
		return;
	}
	struct para_space space = {(uint32_t)ps->text.n, g->from, g->verdict};
	buf_put(&ps->spaces, &space, sizeof space);
	if (g->verdict == SPACE_TYPED || g->verdict == SPACE_LATIN || g->verdict == SPACE_FIELD)
		put_blank(ps, g);
}

static void put_text(struct paras *ps, size_t from, size_t to)
{
	put_mark(ps, from);
	buf_str(&ps->text, str_sub(ps->plain->text, from, to));
}

struct para *paras_add(struct paras *ps, const struct plain_line *lines, size_t n)
{
	struct gap open = {0};
	uint32_t chars = 0;
	ps->gaps.n = 0;
	for (size_t i = 0; i < n; i++)
		collect_line(ps, &lines[i], &open, &chars);
	struct gap *gaps = (struct gap *)(void *)ps->gaps.p;
	size_t n_gaps = ps->gaps.n / sizeof *gaps;
	find_stretched(gaps, n_gaps);

	struct para p = {.from = (uint32_t)ps->text.n, .n_lines = (uint32_t)n};
	p.spaces = (uint32_t)(ps->spaces.n / sizeof(struct para_space));
	size_t at = lines[0].from;
	for (size_t i = 0; i < n_gaps; i++) {
		put_text(ps, at, gaps[i].from);
		put_gap(ps, &gaps[i]);
		at = gaps[i].to;
	}
	put_text(ps, at, lines[n - 1].to);
	p.to = (uint32_t)ps->text.n;
	p.n_spaces = (uint32_t)(ps->spaces.n / sizeof(struct para_space)) - p.spaces;
	buf_put(&ps->list, &p, sizeof p);
	return para_get(ps, ps->n++);
}

/* ---- the way back ---- */

static size_t plain_off(const struct paras *ps, size_t at)
{
	const struct para_mark *marks = (const struct para_mark *)(const void *)ps->marks.p;
	size_t low = 0, high = ps->marks.n / sizeof *marks;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (marks[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return at - marks[low].at + marks[low].off;
}

size_t para_source_off(const struct paras *ps, const struct para *p, size_t at)
{
	return plain_source_off(ps->plain, plain_off(ps, p->from + at));
}

struct str para_around(const struct paras *ps, size_t off, int before_n, int behind_n)
{
	struct str s = ps->plain->text;
	size_t from = off, to = off;
	for (int i = 0; i < before_n && from > 0; i++) {
		size_t before = from;
		if (char_is_break(utf8_prev(s, &before)))
			break;
		from = before;
	}
	for (int i = 0; i < behind_n && to < s.n; i++)
		utf8_next(s, &to);
	return chars_trim(str_sub(s, from, to));
}

/* Notes of neighbours are one sample: the first of a stretched line stands for all. */
static int note_space(const struct paras *ps, const struct para_space *space, bool first, bool ask)
{
	static const struct {
		enum diag_code code;
		int before, behind;
	} notes[] = {
		[SPACE_TYPED] = {DIAG_IMPORT_SPACE_KEPT, 4, 4}, [SPACE_AUTO] = {DIAG_IMPORT_AUTOSPACE, 0, 0},
		[SPACE_STRETCH] = {DIAG_IMPORT_SPACE, 3, 16},   [SPACE_NO_GAP] = {DIAG_IMPORT_NO_GAP, 1, 3},
	};
	if (space->verdict == SPACE_LATIN || space->verdict == SPACE_FIELD)
		return 0;
	int before = first ? notes[space->verdict].before : 0, behind = first ? notes[space->verdict].behind : 0;
	size_t off = plain_source_off(ps->plain, space->off);
	struct str sample = para_around(ps, space->off, before, behind);
	if (ask && space->verdict == SPACE_TYPED)
		return report_choose(ps->report, DIAG_IMPORT_SPACE_KEPT, off, sample, 0);
	report_note(ps->report, notes[space->verdict].code, off, sample);
	return 0;
}

/* piece NULL: only report. */
static void walk_spaces(const struct paras *ps, const struct para *p, size_t from, size_t to, void (*piece)(void *, struct str), void *user)
{
	const struct para_space *list = (const struct para_space *)(const void *)ps->spaces.p + p->spaces;
	struct str s = para_str(ps, p);
	uint8_t last = SPACE_LATIN;
	for (uint32_t i = 0; i < p->n_spaces; i++) {
		size_t at = list[i].at - p->from;
		if (at <= from || at >= to)
			continue;
		bool first = list[i].verdict != SPACE_STRETCH || last != SPACE_STRETCH;
		last = list[i].verdict;
		if (note_space(ps, &list[i], first, piece != NULL) == 0)
			continue;
		piece(user, str_sub(s, from, at));
		for (from = at; from < to && char_is_blank(utf8_next(s, &at)); from = at)
			;
	}
	if (piece)
		piece(user, str_sub(s, from, to));
}

void para_note_spaces(const struct paras *ps, const struct para *p, size_t from, size_t to)
{
	walk_spaces(ps, p, from, to, NULL, NULL);
}

void para_pieces(const struct paras *ps, const struct para *p, size_t from, size_t to, void (*piece)(void *, struct str), void *user)
{
	walk_spaces(ps, p, from, to, piece, user);
}
