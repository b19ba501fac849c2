/* wrap: see wrap.h. */
#include "import/wrap.h"

#include "import/chars.h"
#include "import/label.h"
#include "import/lines.h"

enum { LOOK_AHEAD = 64 };

/* ---- which lines open something ---- */

/* The next line that looks like a marker of this kind and is not broken off from the line before it. */
static const struct line *next_of_kind(const struct lines *ls, size_t i, enum marker_kind kind)
{
	size_t seen = 0;
	for (size_t k = i + 1; k < ls->n && seen < LOOK_AHEAD; k++) {
		const struct line *l = &ls->list[k];
		if (l->shape != OPEN_MARKER)
			continue;
		seen++;
		if (l->marker.kind < kind)
			return NULL;
		if (l->marker.kind == kind && !l->marker.digit_follows && !lines_broken(ls, k - 1))
			return l;
	}
	return NULL;
}

/* A line that only looks like an item: broken off from the one before, or a number such as 5.29. It is one only if the
 * series needs it: the same number does not come again where it stands better. */
static bool is_needed(const struct lines *ls, size_t i, enum marker_fit fit)
{
	const struct marker *m = &ls->list[i].marker;
	bool broken = i > 0 && lines_broken(ls, i - 1);
	if (!broken && (!m->digit_follows || m->year_follows))
		return true;
	if (fit != MARKER_NEXT && fit != MARKER_RESTART)
		return false;
	const struct line *next = next_of_kind(ls, i, m->kind);
	return next ? next->marker.value == m->value + 1 : !broken;
}

static bool accept_marker(const struct lines *ls, size_t i, const struct marker_series *series, struct line *l)
{
	enum marker_fit fit = marker_fits(series, &l->marker);
	l->fit = (uint8_t)fit;
	if (fit == MARKER_UNFIT || !is_needed(ls, i, fit))
		return false;
	if (fit == MARKER_AGAIN) { /* a list inside an item, if it goes on */
		const struct line *next = next_of_kind(ls, i, l->marker.kind);
		return next && next->marker.value == 2;
	}
	return true;
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

static void open_lines(struct lines *ls)
{
	struct marker_series series = {0};
	for (size_t i = 0; i < ls->n; i++) {
		struct line *l = &ls->list[i];
		bool broken = i > 0 && lines_broken(ls, i - 1) && !ls->list[i - 1].tagged;
		if (l->shape == OPEN_MARKER && accept_marker(ls, i, &series, l)) {
			marker_accept(&series, &l->marker);
			l->open = OPEN_MARKER;
		} else if (l->shape == OPEN_RESPONSIBLE) {
			l->open = OPEN_RESPONSIBLE;
		} else if (l->shape == OPEN_ATTACHMENT && !broken) {
			l->open = OPEN_ATTACHMENT;
			open_attachments(&series, lines_str(ls, i));
		}
	}
	for (size_t i = last_marker(ls) + 1; i < ls->n; i++) {
		struct line *l = &ls->list[i];
		bool broken = lines_broken(ls, i - 1) && !ls->list[i - 1].tagged;
		if (l->shape == OPEN_TO || ((l->shape == OPEN_DATE || l->shape == OPEN_SIGNER) && !broken))
			l->open = l->shape;
	}
}

/* ---- what else separates paragraphs ---- */

/* Do blank lines, do indents tell paragraphs apart? Only where they do not stand inside sentences. */
struct signs {
	bool blanks, indents;
	size_t first_open; /* the head of the document ends here */
};

static struct signs read_signs(const struct lines *ls)
{
	size_t inside = 0, inside_blank = 0, inside_indent = 0, opens = 0, opens_indent = 0;
	struct signs s = {.first_open = ls->n};
	for (size_t i = 0; i < ls->n; i++) {
		const struct line *l = &ls->list[i];
		if (l->open && s.first_open == ls->n)
			s.first_open = i;
		opens += l->open == OPEN_MARKER;
		opens_indent += l->open == OPEN_MARKER && l->l.indent >= 2;
		if (i == 0 || l->open || l->page || !lines_broken(ls, i - 1))
			continue;
		inside++;
		inside_blank += l->l.blanks > 0;
		inside_indent += l->l.indent >= 2;
	}
	s.blanks = inside_blank * 5 <= inside;
	s.indents = opens > 0 && opens_indent * 5 >= opens * 4 && inside_indent * 5 <= inside;
	return s;
}

static void note(const struct lines *ls, struct report *r, enum diag_code code, size_t i)
{
	struct str s = lines_str(ls, i);
	size_t from = s.n;
	for (int n = 0; n < 8 && from > 0; n++)
		utf8_prev(s, &from);
	report_note(r, code, plain_source_off(ls->plain, ls->list[i].l.to - 1), str_sub(s, from, s.n));
}

/* Does line i continue the paragraph of line i - 1? heading: that paragraph is one. */
static bool continues(const struct lines *ls, size_t i, const struct signs *signs, bool heading, struct report *r)
{
	const struct line *a = &ls->list[i - 1], *b = &ls->list[i];
	if (!ls->wrapped || b->open || a->open == OPEN_DATE || a->open == OPEN_SIGNER)
		return false;
	if (signs->indents && b->l.indent >= 2 && i > signs->first_open)
		return false;
	if (!lines_full(ls, i - 1)) {
		if (a->end == END_NONE && !a->tagged && !heading && i > signs->first_open)
			note(ls, r, DIAG_IMPORT_LINE_SHORT, i - 1);
		return false;
	}
	if (a->end == END_NONE)
		return true;
	if (signs->blanks && b->l.blanks && !b->page)
		return false;
	if (!signs->indents && a->end == END_SENTENCE)
		note(ls, r, DIAG_IMPORT_LINE_END, i - 1);
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
		[MARKER_UNFIT] = DIAG_IMPORT_NOT_ITEM, [MARKER_NEXT] = DIAG_IMPORT_NOT_ITEM,
		[MARKER_RESTART] = DIAG_IMPORT_RESTART, [MARKER_AGAIN] = DIAG_IMPORT_RESTART,
		[MARKER_REPEAT] = DIAG_IMPORT_NUMBER_GAP, [MARKER_GAP] = DIAG_IMPORT_NUMBER_GAP,
	};
	const struct line *l = &ls->list[i];
	if (l->shape != OPEN_MARKER)
		return;
	enum diag_code code = l->open == OPEN_MARKER ? codes[l->fit] : DIAG_IMPORT_NOT_ITEM;
	if (l->open == OPEN_MARKER && l->fit == MARKER_NEXT)
		return;
	struct str s = lines_str(ls, i);
	size_t to = l->marker.text;
	for (int n = 0; n < 4 && to < s.n; n++)
		utf8_next(s, &to);
	report_note(r, code, plain_source_off(ls->plain, l->l.from), str_sub(s, 0, to));
}

bool wrap_join(struct arena *a, const struct plain *plain, struct report *r, struct paras *out)
{
	struct lines ls;
	lines_read(a, plain, r, &ls);
	lines_measure(a, &ls);
	open_lines(&ls);
	struct signs signs = read_signs(&ls);
	size_t first = 0;
	for (size_t i = 0; i < ls.n; i++) {
		note_marker(&ls, r, i);
		bool heading = ls.list[first].open == OPEN_MARKER && ls.list[first].marker.kind <= MARKER_HAN_PAREN;
		if (i == 0 || continues(&ls, i, &signs, heading, r))
			continue;
		close_paragraph(&ls, first, i, a, out);
		first = i;
	}
	if (ls.n)
		close_paragraph(&ls, first, ls.n, a, out);
	return ls.wrapped;
}
