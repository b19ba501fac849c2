/* kind_monthly_plan: 月度工作小结和工作计划 from paragraphs.
 * Takes: paragraphs. Gives: a record of records/schema/monthly-plan.rng: head, title, parts (一、), groups (（一）), items
 * (1.) with their departments, tail. What the schema has no place for is kept as text where it stood, and reported. */
#include "import/chars.h"
#include "import/date.h"
#include "import/kinds.h"

enum { TITLE_CHARS = 60, HEAD_LINES = 12, HEADING_CHARS = 40 };

/* ---- recognising ---- */

static const char *const plan_words[] = {"小结", "总结", "计划", "安排", "要点", "打算", "思路", "重点工作", "工作情况", "工作任务"};

static bool has_any(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find(s, str_of(words[i])) != SIZE_MAX)
			return true;
	return false;
}

static bool has_plan_word(struct str s)
{
	return has_any(s, plan_words, sizeof plan_words / sizeof *plan_words);
}

/* 5月, 五月, 5月份 */
static bool has_month(struct str s)
{
	struct str before;
	size_t at = str_find(s, STR("月"));
	if (at == SIZE_MAX)
		return false;
	before = str_sub(s, 0, at);
	uint32_t c = chars_last(before);
	return char_is_digit(c) || char_numeral(c) > 0 || c == ' ' || c == 0x672C || c == 0x4E0B || c == 0x4E0A; /* 本 下 上 */
}

static bool is_short(struct str s, size_t chars)
{
	return s.n <= 4 * chars && utf8_count(s) <= chars;
}

static bool ends_sentence(struct str s)
{
	uint32_t c = chars_last(s);
	return c == 0x3002 || c == 0xFF1B || c == 0xFF1A || c == 0xFF0C || c == ':' || c == ',';
}

static bool is_title(struct str s)
{
	return is_short(s, TITLE_CHARS) && !ends_sentence(s) && has_plan_word(s);
}

/* Paragraphs before the first heading or item. */
static size_t head_end(const struct paras *ps)
{
	size_t i = 0;
	while (i < ps->n && para_get(ps, i)->open == OPEN_NONE)
		i++;
	return i;
}

/* The month may stand on the line before, or be cut in two: …三 ⏎ 月份… */
static bool month_nearby(const struct paras *ps, size_t i)
{
	struct buf both = {0};
	if (i > 0)
		buf_str(&both, para_str(ps, para_get(ps, i - 1)));
	buf_str(&both, para_str(ps, para_get(ps, i)));
	bool has = has_month(buf_view(&both));
	buf_free(&both);
	return has;
}

static int score(const struct paras *ps)
{
	size_t head = head_end(ps), items = 0, headings = 0, departments = 0;
	bool titled = false;
	for (size_t i = 0; i < head && i < HEAD_LINES; i++) {
		titled |= is_title(para_str(ps, para_get(ps, i))) && month_nearby(ps, i);
	}
	for (size_t i = head; i < ps->n; i++) {
		const struct para *p = para_get(ps, i);
		struct str s = para_str(ps, p);
		bool marked = p->open == OPEN_MARKER;
		headings += marked && p->marker.kind == MARKER_HAN && is_short(s, HEADING_CHARS) && has_month(s) && has_plan_word(s);
		items += marked && p->marker.kind == MARKER_DIGIT;
		departments += part_responsible_at(s) < s.n;
	}
	return 3 * titled + (headings ? 2 : 0) + (items >= 3) + (departments >= 3 ? 3 : departments ? 2 : 0);
}

/* ---- head and title ---- */

struct head {
	size_t issuers, title, body; /* paragraphs: [0, issuers) authorities, [.., title) unknown, title lines up to body */
};

/* A title is complete when it ends with what it announces. */
static bool is_complete(struct str title)
{
	static const char *const ends[] = {"小结", "总结", "计划", "安排", "要点", "打算", "思路", "任务", "情况", "重点", "汇报",
	                                   "报告", "通报", "）", ")"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_ends(title, str_of(ends[i])))
			return true;
	return false;
}

/* A further line of a title: what is still missing of it, what is joined to it, or a bracket. */
static bool continues_title(struct str title, struct str s)
{
	static const char *const joints[] = {"和", "及", "与", "暨", "、", "（", "("};
	if (!is_short(s, HEADING_CHARS) || ends_sentence(s) || str_find(s, STR("，")) != SIZE_MAX)
		return false;
	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
		if (str_starts(s, str_of(joints[i])))
			return true;
	return !is_complete(title);
}

/* The line before may be the first half: 某某局二〇三二年三 ⏎ 月份工作小结… */
static bool begins_title(struct str s)
{
	return is_short(s, HEADING_CHARS) && !ends_sentence(s) && !label_is_authority(s) && (has_month(s) || date_find_year(s));
}

static struct head read_head(const struct paras *ps, size_t end)
{
	struct head h = {0};
	size_t title = end;
	for (size_t i = 0; i < end && i < HEAD_LINES && title == end; i++)
		if (is_title(para_str(ps, para_get(ps, i))))
			title = i;
	for (size_t i = 0; i < end && i < HEAD_LINES && title == end; i++) {
		struct str s = para_str(ps, para_get(ps, i));
		if (is_short(s, TITLE_CHARS) && !ends_sentence(s) && !label_is_authority(s))
			title = i;
	}
	while (h.issuers < title && h.issuers < end && label_is_authority(para_str(ps, para_get(ps, h.issuers))))
		h.issuers++;
	if (title == end) { /* no title: authorities, then the body */
		h.title = h.body = h.issuers;
		return h;
	}
	while (title > h.issuers && begins_title(para_str(ps, para_get(ps, title - 1))))
		title--;
	h.title = title;
	h.body = title + 1;
	while (h.body < end && h.body - title < 4 &&
	       continues_title(para_str(ps, para_get(ps, h.body - 1)), para_str(ps, para_get(ps, h.body))))
		h.body++;
	return h;
}

static void write_head(struct work *k, const struct head *h)
{
	if (h->title == 0)
		return;
	part_authorities(k, h->title);
}

static void write_title(struct work *k, const struct head *h)
{
	uint32_t last = 0;
	write_open(k->w, "title");
	if (h->title == h->body) {
		write_fact(k->w, "source", STR("derived"));
		work_note(k, DIAG_IMPORT_NO_TITLE, 0, 0, work_str(k, 0));
	}
	bool lines = h->body - h->title > 1 &&
	             work_choose(k, DIAG_IMPORT_TITLE_LINES, h->title + 1, 0, work_str(k, h->title + 1), 0) == 1;
	for (size_t i = h->title; i < h->body; i++) {
		struct str s = work_str(k, i);
		if (lines) {
			work_element(k, "line", i, 0, s.n);
			continue;
		}
		if (last && para_line_end_is_blank(last, chars_first(s)))
			write_text(k->w, STR(" "));
		work_text(k, i, 0, s.n);
		last = chars_last(s);
	}
	write_close(k->w);
}

/* ---- body ---- */

static bool opens_with(const struct work *k, size_t i, enum marker_kind kind)
{
	const struct para *p = para_get(k->ps, i);
	return p->open == OPEN_MARKER && p->marker.kind == kind;
}

static size_t find_kind(const struct work *k, size_t from, size_t to, enum marker_kind kind)
{
	while (from < to && !opens_with(k, from, kind))
		from++;
	return from;
}

/* Which markers number the items of [from, to): the highest below the headings; end when there are none. */
static enum marker_kind item_kind(const struct work *k, size_t from, size_t to)
{
	static const enum marker_kind order[] = {MARKER_DIGIT, MARKER_HAN_PAREN, MARKER_DIGIT_PAREN, MARKER_CIRCLED, MARKER_DIGIT_CLOSE};
	for (int i = 0; i < 5; i++)
		if (find_kind(k, from, to, order[i]) < to)
			return order[i];
	return MARKER_NONE;
}

static void write_p(struct work *k, size_t i, size_t from, size_t to)
{
	struct str s = chars_trim(str_sub(work_str(k, i), from, to));
	if (s.n)
		work_element(k, "p", i, from, to);
}

/* The last paragraph of [from, to) that holds more than departments: those before it stay text. */
static size_t last_text(const struct work *k, size_t from, size_t to)
{
	for (size_t i = to; i > from; i--)
		if (part_responsible_at(work_str(k, i - 1)) > 0)
			return i - 1;
	return from;
}

/* Paragraphs [from, to): an item. */
static void write_item(struct work *k, size_t from, size_t to)
{
	size_t last = last_text(k, from, to);
	bool empty = true, placed = false;
	write_open(k->w, "item");
	size_t at = work_number(k, from);
	for (size_t i = from; i < to; i++, at = 0) {
		struct str s = work_str(k, i);
		size_t tag = part_responsible_at(s);
		if (i < last && tag < s.n) {
			work_note(k, DIAG_IMPORT_UNIT_TEXT, i, tag, str_sub(s, tag, s.n));
			tag = s.n;
		}
		if (tag < at)
			tag = at;
		/* an item must have a paragraph, be it empty, before its departments */
		if (empty && tag == at && tag < s.n) {
			write_open(k->w, "p");
			write_close(k->w);
		}
		write_p(k, i, at, tag);
		empty = false;
		if (tag < s.n)
			part_responsible(k, i, tag);
		placed |= tag < s.n;
	}
	if (!placed)
		work_note(k, DIAG_IMPORT_NO_UNIT, from, 0, str_sub(work_str(k, from), 0, para_get(k->ps, from)->marker.length));
	write_close(k->w);
}

/* Opening paragraphs, then items. */
static void write_items(struct work *k, size_t from, size_t to, enum marker_kind kind)
{
	size_t i = find_kind(k, from, to, kind);
	for (size_t p = from; p < i; p++)
		write_p(k, p, 0, work_str(k, p).n);
	while (i < to) {
		size_t next = find_kind(k, i + 1, to, kind);
		write_item(k, i, next);
		i = next;
	}
}

/* Heading of a section: all of its paragraph, or its first sentence when more follows. */
static void write_heading(struct work *k, size_t i)
{
	struct str s = work_str(k, i);
	size_t at = work_number(k, i), stop = str_find(str_sub(s, at, s.n), STR("。")), end = s.n;
	if (stop != SIZE_MAX && at + stop + 3 < s.n &&
	    work_choose(k, DIAG_IMPORT_RUN_IN, i, at, str_sub(s, 0, at + stop + 3), 0) == 0)
		end = at + stop + 3;
	work_element(k, "heading", i, at, end);
	write_p(k, i, end, s.n);
}

static void write_section(struct work *k, size_t from, size_t to);

/* Paragraphs before the first section, then sections, each opened by a marker of this kind. */
static void write_sections(struct work *k, size_t from, size_t first, size_t to, enum marker_kind kind)
{
	for (size_t p = from; p < first; p++)
		write_p(k, p, 0, work_str(k, p).n);
	while (first < to) {
		size_t next = find_kind(k, first + 1, to, kind);
		write_section(k, first, next);
		first = next;
	}
}

static void write_section(struct work *k, size_t from, size_t to)
{
	size_t first_digit = find_kind(k, from + 1, to, MARKER_DIGIT), group = find_kind(k, from + 1, to, MARKER_HAN_PAREN);
	bool grouped = !opens_with(k, from, MARKER_HAN_PAREN) && first_digit < to && group < first_digit;
	write_open(k->w, "section");
	write_heading(k, from);
	if (grouped)
		write_sections(k, from + 1, group, to, MARKER_HAN_PAREN);
	else
		write_items(k, from + 1, to, item_kind(k, from + 1, to));
	write_close(k->w);
}

static void write_body(struct work *k, size_t from, size_t to)
{
	enum marker_kind kind = MARKER_HAN;
	size_t i = find_kind(k, from, to, kind);
	if (i == to) {
		kind = MARKER_HAN_PAREN;
		i = find_kind(k, from, to, kind);
		work_note(k, DIAG_IMPORT_NO_PART, from < k->ps->n ? from : 0, 0, (struct str){0});
	}
	write_open(k->w, "body");
	if (i == to)
		write_items(k, from, to, item_kind(k, from, to));
	else
		write_sections(k, from, i, to, kind);
	write_close(k->w);
}

static void build(struct work *k)
{
	const struct paras *ps = k->ps;
	struct head h = read_head(ps, head_end(ps));
	struct tail t = part_tail(ps, h.body);
	int year = 0;
	for (size_t i = 0; i < h.body && !year; i++)
		year = date_find_year(work_str(k, i));
	if (!year)
		year = part_tail_year(ps, &t);
	write_open(k->w, "record");
	write_fact(k->w, "kind", STR("monthly-plan"));
	write_fact(k->w, "version", STR("1"));
	write_fact(k->w, "xml:lang", str_of(part_language(buf_view(&ps->text))));
	if (year)
		write_fact(k->w, "year", str_of(arena_printf(k->arena, "%04d", year)));
	write_head(k, &h);
	write_title(k, &h);
	write_body(k, h.body, t.attachments);
	part_write_tail(k, &t);
	write_close(k->w);
}

const struct import_kind kind_monthly_plan = {.name = "monthly-plan", .score = score, .build = build};
