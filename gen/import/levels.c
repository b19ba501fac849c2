/* levels: see levels.h. */
#include "import/levels.h"

#include "import/chars.h"
#include "import/clause.h"
#include "import/words.h"

enum { HEADING_CHARS = 60, RUN_IN_CHARS = 45, ITEM_HEADING_CHARS = 40, LONG_CHARS = 30 };

/* What is known while a body is written. */
struct levels {
	struct work *k;
	int last_clause;                   /* number of the series of 一是 under way */
	bool item_headings[MARKER_KINDS];  /* items of this kind have run-in headings as a rule */
};

static bool is_marked(const struct work *k, size_t i)
{
	return para_get(k->ps, i)->open == OPEN_MARKER;
}

static enum marker_kind kind_of(const struct work *k, size_t i)
{
	return is_marked(k, i) ? para_get(k->ps, i)->marker.kind : MARKER_NONE;
}

/* ---- headings ---- */

/* The first sentence of s from byte `at` on: behind its 。; 0 when there is none, or nothing follows it. */
static size_t first_sentence(struct str s, size_t at)
{
	size_t stop = str_find(str_sub(s, at, s.n), STR("。")), end = at + stop + 3;
	if (stop == SIZE_MAX)
		return 0;
	while (end < s.n && char_closes(utf8_next(s, &(size_t){end})))
		utf8_next(s, &end);
	return chars_trim(str_sub(s, end, s.n)).n ? end : 0;
}

static size_t short_sentence(struct str s, size_t at, size_t chars)
{
	size_t end = first_sentence(s, at);
	return end && utf8_count(str_sub(s, at, end)) <= chars ? end : 0;
}

/* Alone on its paragraph: short, and no full stop inside. */
static bool is_heading(struct str s, size_t chars)
{
	size_t stop = str_find(s, STR("。"));
	uint32_t last = chars_last(s);
	return utf8_count(s) <= chars && (stop == SIZE_MAX || stop + 3 == s.n) && last != 0xFF1B && last != ';';
}

/* More of the same paragraph's level does not follow at once: it heads something. */
static bool heads(const struct work *k, size_t i, size_t to)
{
	return i + 1 < to && (!is_marked(k, i + 1) || kind_of(k, i + 1) > kind_of(k, i));
}

enum shape { SHAPE_ITEM, SHAPE_SECTION, SHAPE_RUN_IN };

static enum shape shape_of(const struct work *k, size_t i, size_t to)
{
	const struct para *p = para_get(k->ps, i);
	struct str s = work_str(k, i);
	bool high = p->marker.kind <= MARKER_HAN_PAREN, dot = chars_last(s) == 0x3002;
	if (part_responsible_at(s) < s.n)
		return SHAPE_ITEM;
	if (high && is_heading(s, HEADING_CHARS) && (!dot || heads(k, i, to)))
		return SHAPE_SECTION;
	if (high && short_sentence(s, p->marker.text, RUN_IN_CHARS))
		return SHAPE_RUN_IN;
	if (!high && !dot && is_heading(s, ITEM_HEADING_CHARS) && heads(k, i, to))
		return SHAPE_SECTION;
	return SHAPE_ITEM;
}

/* Items of a kind have headings when most of those whose text goes on have a short first sentence. */
static void find_item_headings(struct levels *l, size_t from, size_t to)
{
	size_t with[MARKER_KINDS] = {0}, all[MARKER_KINDS] = {0};
	for (size_t i = from; i < to; i++) {
		const struct para *p = para_get(l->k->ps, i);
		struct str s = work_str(l->k, i);
		if (!is_marked(l->k, i) || !first_sentence(s, p->marker.text))
			continue;
		all[p->marker.kind]++;
		with[p->marker.kind] += short_sentence(s, p->marker.text, ITEM_HEADING_CHARS) > 0;
	}
	for (int kind = 0; kind < MARKER_KINDS; kind++)
		l->item_headings[kind] = all[kind] > 0 && with[kind] * 3 >= all[kind] * 2;
}

/* ---- paragraphs ---- */

/* A long paragraph that ends without a mark: something is missing. */
static void note_end(struct work *k, size_t i, size_t to)
{
	struct str s = chars_trim(str_sub(work_str(k, i), 0, to));
	uint32_t c = chars_last(s);
	if (utf8_count(s) < LONG_CHARS || !char_is_ideograph(c))
		return;
	size_t from = s.n;
	for (int n = 0; n < 8 && from > 0; n++)
		utf8_prev(s, &from);
	work_note(k, DIAG_IMPORT_NO_STOP, i, from, str_sub(s, from, s.n));
}

static void write_p(struct levels *l, size_t i, size_t from, size_t to)
{
	if (!chars_trim(str_sub(work_str(l->k, i), from, to)).n)
		return;
	note_end(l->k, i, to);
	clause_paragraph(l->k, i, from, to, &l->last_clause);
}

static void write_heading(struct levels *l, size_t i, size_t at, size_t end, bool run_in)
{
	write_open(l->k->w, "heading");
	if (run_in)
		write_fact(l->k->w, "run-in", STR("yes"));
	words_write(l->k, i, at, end);
	write_close(l->k->w);
}

/* Does the paragraph behind an item belong to it? Not when it opens something of its own. */
static size_t item_end(const struct work *k, size_t i, size_t to)
{
	enum marker_kind kind = kind_of(k, i);
	for (i++; i < to; i++)
		if (is_marked(k, i) ? kind_of(k, i) <= kind : false)
			break;
	return i;
}

static void write_marked(struct levels *l, size_t from, size_t to);

/* Departments stand at the end of an item; those before more of it stay text. */
static size_t last_text(const struct work *k, size_t from, size_t to)
{
	for (size_t i = to; i > from; i--)
		if (part_responsible_at(work_str(k, i - 1)) > 0)
			return i - 1;
	return from;
}

static void write_item_text(struct levels *l, size_t i, size_t at, bool last, bool *tagged)
{
	struct str s = work_str(l->k, i);
	size_t tag = part_responsible_at(s);
	if (!last && tag < s.n) {
		work_note(l->k, DIAG_IMPORT_UNIT_TEXT, i, tag, str_sub(s, tag, s.n));
		tag = s.n;
	}
	tag = tag < at ? at : tag;
	write_p(l, i, at, tag);
	if (tag >= s.n)
		return;
	part_responsible(l->k, i, tag);
	*tagged = true;
}

/* Paragraphs [from, to): an item, with the items below it. */
static void write_item(struct levels *l, size_t from, size_t to)
{
	struct work *k = l->k;
	struct str s = work_str(k, from);
	size_t last = last_text(k, from, to), next = to;
	bool tagged = false;
	write_open(k->w, "item");
	size_t at = work_number(k, from), end = 0;
	if (l->item_headings[kind_of(k, from)])
		end = short_sentence(s, at, ITEM_HEADING_CHARS);
	if (end) {
		write_open(k->w, "heading");
		words_write(k, from, at, end);
		write_close(k->w);
		at = end;
	}
	for (size_t i = from; i < to; i = next, at = 0) {
		next = i + 1;
		if (i > from && is_marked(k, i)) {
			next = item_end(k, i, to);
			write_item(l, i, next);
		} else {
			write_item_text(l, i, at, i >= last, &tagged);
		}
	}
	write_close(k->w);
}

static void write_section(struct levels *l, size_t from, size_t to, bool run_in)
{
	struct work *k = l->k;
	struct str s = work_str(k, from);
	write_open(k->w, "section");
	size_t at = work_number(k, from), end = run_in ? short_sentence(s, at, RUN_IN_CHARS) : s.n;
	if (run_in)
		work_note(k, DIAG_IMPORT_RUN_IN_KEPT, from, 0, str_sub(s, 0, end));
	write_heading(l, from, at, end, run_in);
	if (run_in)
		write_p(l, from, end, s.n);
	l->last_clause = 0;
	write_marked(l, from + 1, to);
	write_close(k->w);
	l->last_clause = 0;
}

/* Behind an item of the lowest kind a paragraph that has no number may begin something else: it stays in the item. */
static void write_marked(struct levels *l, size_t from, size_t to)
{
	struct work *k = l->k;
	for (size_t i = from, end; i < to; i = end) {
		end = i + 1;
		if (!is_marked(k, i)) {
			write_p(l, i, 0, work_str(k, i).n);
			continue;
		}
		end = item_end(k, i, to);
		enum shape shape = shape_of(k, i, to);
		if (shape == SHAPE_ITEM) {
			l->last_clause = 0;
			write_item(l, i, end);
		} else {
			write_section(l, i, end, shape == SHAPE_RUN_IN);
		}
	}
}

/* 特此通知。 and its like close the whole text, not the last item. */
static bool is_closing(struct str s)
{
	static const char *const words[] = {"特此", "专此", "以上报告", "以上意见", "以上请示", "以上汇报", "妥否", "当否"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_starts(s, str_of(words[i])))
			return utf8_count(s) <= LONG_CHARS;
	return false;
}

void levels_write(struct work *k, size_t from, size_t to)
{
	size_t end = to;
	while (end > from && !is_marked(k, end - 1) && is_closing(work_str(k, end - 1)))
		end--;
	struct levels l = {.k = k};
	find_item_headings(&l, from, to);
	k->clause_headings = true;
	write_marked(&l, from, end);
	l.last_clause = 0;
	write_marked(&l, end, to);
	k->clause_headings = false;
}
