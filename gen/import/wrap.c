/* wrap: see wrap.h. */
#include "import/wrap.h"

#include "import/chars.h"
#include "import/facts.h"
#include "import/inset.h"
#include "import/label.h"
#include "import/lines.h"

enum { LOOK_AHEAD = 64, LABEL_CHARS = 40 };

/* ---- which lines open something ---- */

/* What comes behind line i in the series of its marker: the same number where it stands better, the next number. */
struct outlook {
	bool again, goes_on, any;
};

static struct outlook look_ahead(const struct lines *ls, size_t i)
{
	const struct marker *m = &ls->list[i].marker;
	struct outlook o = {0};
	size_t seen = 0;
	for (size_t k = i + 1; k < ls->n && seen < LOOK_AHEAD && !o.goes_on; k++) {
		const struct line *l = &ls->list[k];
		if (l->shape != OPEN_MARKER)
			continue;
		seen++;
		if (l->marker.kind < m->kind)
			break;
		if (l->marker.kind != m->kind)
			continue;
		o.any = true;
		o.goes_on = l->marker.value == m->value + 1;
		o.again |= l->marker.value == m->value && !l->marker.digit_follows && !lines_broken(ls, k - 1);
	}
	return o;
}

static bool is_heading(const struct line *l)
{
	return l->open == OPEN_MARKER && l->marker.kind <= MARKER_HAN_PAREN;
}

/* A line that only looks like an item: broken off from the one before, or a number such as 5.29. It is one only if the
 * series needs it: the same number does not come again where it stands better. */
static bool is_needed(const struct lines *ls, size_t i, enum marker_fit fit)
{
	const struct marker *m = &ls->list[i].marker;
	bool broken = i > 0 && lines_broken(ls, i - 1) && !is_heading(&ls->list[i - 1]);
	if (!broken && (!m->digit_follows || m->year_follows))
		return true;
	if (fit != MARKER_NEXT && fit != MARKER_RESTART)
		return false;
	struct outlook o = look_ahead(ls, i);
	if (m->digit_follows)
		return !broken && !o.again && (o.goes_on || !o.any);
	return !o.again;
}

/* Marks that a title hardly has and a sentence as long as a line has nearly always. */
static bool has_clause(struct str s)
{
	return str_find(s, STR("，")) != SIZE_MAX || str_find(s, STR("。")) != SIZE_MAX || str_find(s, STR("；")) != SIZE_MAX ||
	       str_find(s, STR("：")) != SIZE_MAX || str_find(s, STR(",")) != SIZE_MAX;
}

static bool accept_marker(const struct lines *ls, size_t i, const struct marker_series *series, struct line *l)
{
	enum marker_fit fit = marker_fits(series, &l->marker);
	l->fit = (uint8_t)fit;
	if (fit == MARKER_UNFIT || !is_needed(ls, i, fit))
		return false;
	/* the first of its kind, in the middle of a sentence: 一是⏎一、二是二 */
	bool inside = i > 0 && lines_broken(ls, i - 1) && has_clause(lines_str(ls, i - 1));
	if (inside && l->marker.kind == MARKER_HAN && l->marker.value == 1 && !look_ahead(ls, i).any)
		return false;
	return fit != MARKER_AGAIN || look_ahead(ls, i).goes_on; /* a list inside an item, if it goes on */
}

static size_t last_marker(const struct lines *ls)
{
	for (size_t i = ls->n; i > 0; i--)
		if (ls->list[i - 1].open == OPEN_MARKER)
			return i - 1;
	return 0;
}

/* The number that follows 附件： opens a series of its own. */
static void open_attachments(struct marker_series *series, struct str s)
{
	struct label label;
	struct marker m;
	*series = (struct marker_series){0};
	if (!label_read(s, 0, &label))
		return;
	struct str rest = chars_trim(str_sub(s, label.to, s.n));
	if (marker_read(rest, &m))
		marker_accept(series, &m);
}

/* Its mark and some characters behind it. */
static struct str marker_sample(const struct lines *ls, size_t i)
{
	struct str s = lines_str(ls, i);
	size_t to = ls->list[i].marker.text;
	for (int n = 0; n < 4 && to < s.n; n++)
		utf8_next(s, &to);
	return str_sub(s, 0, to);
}

/* Said to be one after all. */
static bool insist_marker(const struct lines *ls, size_t i, struct report *r, struct line *l)
{
	if (report_choose(r, DIAG_IMPORT_NOT_ITEM, plain_source_off(ls->plain, l->l.from), marker_sample(ls, i), 0) == 0)
		return false;
	l->fit = MARKER_GAP;
	return true;
}

static void open_lines(struct lines *ls, struct report *r)
{
	struct marker_series series = {0};
	bool note = false;
	for (size_t i = 0; i < ls->n; i++) {
		struct line *l = &ls->list[i];
		bool broken = i > 0 && lines_broken(ls, i - 1);
		/* 附件：1.甲 ⏎ 2.乙: names need no full stop */
		bool listed = note && l->shape == OPEN_MARKER && marker_fits(&series, &l->marker) == MARKER_NEXT;
		if (l->shape == OPEN_MARKER && (accept_marker(ls, i, &series, l) || listed || insist_marker(ls, i, r, l))) {
			marker_accept(&series, &l->marker);
			l->open = OPEN_MARKER;
		} else if (l->shape == OPEN_RESPONSIBLE) {
			l->open = OPEN_RESPONSIBLE;
		} else if (l->shape == OPEN_ATTACHMENT && !broken) {
			l->open = OPEN_ATTACHMENT;
			open_attachments(&series, lines_str(ls, i));
		}
		note = l->open == OPEN_ATTACHMENT || (note && l->open == OPEN_MARKER);
	}
	for (size_t i = last_marker(ls) + 1; i < ls->n; i++) {
		struct line *l = &ls->list[i];
		/* right above the date stands the authority, even if a list of departments filled the line before it */
		bool above = i + 1 < ls->n && ls->list[i + 1].shape == OPEN_DATE && ls->list[i - 1].tagged;
		bool broken = ls->list[i - 1].end == END_NONE && !above && lines_full(ls, i - 1, false);
		bool signs = l->shape == OPEN_DATE || (l->shape == OPEN_SIGNER && !ls->list[i - 1].awaits);
		if (l->shape == OPEN_TO || (signs && !broken))
			l->open = l->shape;
	}
}

/* ---- what else separates paragraphs ---- */

/* Do blank lines, do indents tell paragraphs apart? Only where they do not stand inside sentences. */
struct signs {
	bool blanks, indents;
	bool dates;        /* so many lines open with a date that it begins a paragraph */
	size_t first_open; /* the head of the document ends here */
	size_t title;      /* the first line that is no authority: it may be a title, which is never full by chance */
	bool titled;       /* it reads like one */
};

enum { DATES_LEAST = 3, HEAD_LINES = 5 };

static struct signs read_signs(const struct lines *ls)
{
	size_t inside = 0, inside_blank = 0, inside_indent = 0, opens = 0, opens_indent = 0, indented = 0, dates = 0;
	struct signs s = {.first_open = ls->n};
	for (size_t i = 0; i < ls->n; i++) {
		const struct line *l = &ls->list[i];
		if (l->open && s.first_open == ls->n)
			s.first_open = i;
		opens += l->open == OPEN_MARKER;
		opens_indent += l->open == OPEN_MARKER && l->l.indent >= 2;
		indented += l->l.indent >= 2;
		dates += l->dated && (i == 0 || !lines_broken(ls, i - 1));
		if (i == 0 || l->open || l->page || !lines_broken(ls, i - 1))
			continue;
		inside++;
		inside_blank += l->l.blanks > 0;
		inside_indent += l->l.indent >= 2;
	}
	while (s.title < s.first_open && label_is_authority(lines_str(ls, s.title)))
		s.title++;
	s.titled = s.title < ls->n && !has_clause(lines_str(ls, s.title));
	s.blanks = inside_blank * 5 <= inside;
	bool all = opens ? opens_indent * 5 >= opens * 4 : indented > 1 && inside > 0;
	s.indents = all && inside_indent * 5 <= inside;
	s.dates = dates >= DATES_LEAST && dates > opens;
	return s;
}

static int choose(const struct lines *ls, struct report *r, enum diag_code code, size_t i)
{
	struct str s = lines_str(ls, i);
	size_t from = s.n;
	for (int n = 0; n < 8 && from > 0; n++)
		utf8_prev(s, &from);
	return report_choose(r, code, plain_source_off(ls->plain, ls->list[i].l.to - 1), str_sub(s, from, s.n), 0);
}

/* A bracket that one line opens and the next closes, or a number without its noun: cut in two, whatever the lengths say. */
static bool is_cut(struct str a, struct str b)
{
	uint32_t close = 0;
	for (size_t at = 0; at < a.n;) {
		uint32_t c = utf8_next(a, &at);
		if (char_partner(c))
			close = char_partner(c);
		else if (c == close)
			close = 0;
	}
	for (size_t at = 0; close && at < b.n;) {
		uint32_t c = utf8_next(b, &at);
		if (c == close)
			return true;
		if (char_partner(c))
			break;
	}
	return char_is_digit(chars_last(a)) && char_is_ideograph(chars_first(b));
}

/* The title, or a second line of it, which is hardly longer. */
static bool is_title_line(const struct lines *ls, size_t i, size_t title)
{
	if (i > title + 1 || has_clause(lines_str(ls, i)))
		return false;
	return i <= title || ls->list[i].width * 4 <= ls->list[title].width * 5;
}

/* What stands below a title has a line of its own, however full the one before. */
static bool opens_byline(struct str s)
{
	static const char *const words[] = {"来源", "來源", "记者", "記者", "作者", "通讯员", "通訊員", "发布", "發布", "發佈", "编辑", "編輯", "供稿", "——"};
	size_t colon = str_find(s, STR("："));
	if (colon == SIZE_MAX)
		colon = str_find(s, STR(":"));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_starts(s, str_of(words[i])))
			return str_is(STR("——"), words[i]) || colon <= strlen("发布单位名称");
	return false;
}

/* An unfinished sentence goes on, however short its lines are: where an indent opened its paragraph and the next line has none; where
 * paragraphs open with dates and the next line does not. */
static bool goes_on_ragged(const struct lines *ls, size_t i, size_t first, const struct signs *signs)
{
	const struct line *b = &ls->list[i];
	if (signs->indents)
		return first > signs->title && ls->list[first].l.indent >= 2 && b->l.indent < 2;
	return signs->dates && ls->list[first].dated && !b->dated && !b->span;
}

/* The metadata of a web page goes on line by line, whatever their lengths. */
static bool is_metadata(const struct lines *ls, size_t i)
{
	struct str a = lines_str(ls, i - 1), b = lines_str(ls, i);
	return facts_open_line(a) || facts_open_line(b) || facts_is_breadcrumb(a) || facts_is_breadcrumb(b);
}

/* 附件, 附件2：名单 */
static bool is_attachment(struct str s)
{
	size_t label = inset_attachment_label(s);
	return label && utf8_count(s) <= LABEL_CHARS && chars_last(s) != 0x3002 && str_find(s, STR("，")) == SIZE_MAX;
}

/* By its looks line i begins something, whatever the lengths say: a signature, what follows its date, an attachment. */
static bool stands_apart(const struct lines *ls, size_t i)
{
	const struct line *a = &ls->list[i - 1], *b = &ls->list[i];
	if (a->shape == OPEN_DATE || (b->shape == OPEN_DATE && a->shape == OPEN_SIGNER))
		return true;
	if (b->shape == OPEN_SIGNER && (a->end == END_SENTENCE || a->shape == OPEN_SIGNER))
		return true;
	struct str s = lines_str(ls, i - 1);
	uint32_t close = char_partner(chars_first(s));
	bool bracketed = close && chars_last(s) == close, begins = is_attachment(lines_str(ls, i));
	struct str t = lines_str(ls, i);
	return (is_attachment(s) && inset_attachment_label(s) == s.n) || (begins && inset_attachment_label(t) == t.n) ||
	       (begins && (a->end != END_NONE || bracketed || !lines_full(ls, i - 1, false)));
}

/* Does line i continue the paragraph that began with line `first`? */
static bool continues(const struct lines *ls, size_t i, size_t first, const struct signs *signs, struct report *r)
{
	const struct line *a = &ls->list[i - 1], *b = &ls->list[i];
	bool heading = is_heading(&ls->list[first]);
	if (b->open || a->open == OPEN_DATE || a->open == OPEN_SIGNER)
		return false;
	if (b->clings || a->awaits)
		return true;
	if (!ls->wrapped)
		return false;
	if (signs->indents && b->l.indent >= 2)
		return false;
	if ((i < signs->first_open && is_metadata(ls, i)) || stands_apart(ls, i))
		return false;
	if (signs->dates && !signs->indents && (b->span || (b->dated && a->end != END_NONE)))
		return false;
	if (a->end == END_NONE && !a->tagged && !heading && goes_on_ragged(ls, i, first, signs))
		return true;
	if (signs->titled && i < signs->first_open && i <= signs->title + HEAD_LINES &&
	    (opens_byline(lines_str(ls, i)) || opens_byline(lines_str(ls, i - 1))))
		return false;
	if (signs->titled && i < signs->first_open && is_title_line(ls, i - 1, signs->title))
		return false;
	if (!lines_full(ls, i - 1, i - 1 == first) && !is_cut(lines_str(ls, i - 1), lines_str(ls, i))) {
		if (a->end == END_NONE && !a->tagged && !heading && i > signs->first_open)
			return choose(ls, r, DIAG_IMPORT_LINE_SHORT, i - 1) == 1;
		return false;
	}
	if (a->end == END_NONE)
		return true;
	if (signs->blanks && b->l.blanks && !b->page)
		return false;
	if (!signs->indents && a->end == END_SENTENCE)
		return choose(ls, r, DIAG_IMPORT_LINE_END, i - 1) == 0;
	return true;
}

static void close_paragraph(const struct lines *ls, size_t first, size_t end, struct arena *a, struct paras *out)
{
	struct plain_line *parts = ARENA_ARRAY(a, end - first, struct plain_line);
	for (size_t i = first; i < end; i++)
		parts[i - first] = ls->list[i].l;
	struct para *p = paras_add(out, parts, end - first);
	p->first_line = (uint32_t)first;
	p->open = ls->list[first].open;
	p->fit = ls->list[first].fit;
	p->page = ls->list[first].page;
	if (p->open == OPEN_MARKER)
		marker_read(para_str(out, p), &p->marker);
}

static void note_marker(const struct lines *ls, struct report *r, size_t i)
{
	static const enum diag_code codes[] = {
		[MARKER_UNFIT] = DIAG_IMPORT_NUMBER_GAP, [MARKER_NEXT] = DIAG_IMPORT_NUMBER_GAP,
		[MARKER_RESTART] = DIAG_IMPORT_RESTART, [MARKER_AGAIN] = DIAG_IMPORT_RESTART,
		[MARKER_REPEAT] = DIAG_IMPORT_NUMBER_GAP, [MARKER_GAP] = DIAG_IMPORT_NUMBER_GAP,
	};
	const struct line *l = &ls->list[i];
	if (l->open == OPEN_MARKER && l->fit != MARKER_NEXT)
		report_note(r, codes[l->fit], plain_source_off(ls->plain, l->l.from), marker_sample(ls, i));
}

bool wrap_join(struct arena *a, const struct plain *plain, struct report *r, struct paras *out)
{
	struct lines ls;
	lines_read(a, plain, r, &ls);
	lines_measure(&ls);
	open_lines(&ls, r);
	struct signs signs = read_signs(&ls);
	size_t first = 0;
	for (size_t i = 0; i < ls.n; i++) {
		note_marker(&ls, r, i);
		if (i == 0 || continues(&ls, i, first, &signs, r))
			continue;
		close_paragraph(&ls, first, i, a, out);
		first = i;
	}
	if (ls.n)
		close_paragraph(&ls, first, ls.n, a, out);
	return ls.wrapped;
}
