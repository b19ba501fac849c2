/* kind_notice: 通知 with the text it issues, attachments and tables of tasks.
 * Takes: plain text. Gives: a record of records/schema/notice.rng. The notice ends with its signature; what follows is the issued text
 * (a title of its own) or attachments (the word 附件 on a line of its own); each is read as a small document. */
#include "import/chars.h"
#include "import/date.h"
#include "import/facts.h"
#include "import/front.h"
#include "import/inset.h"
#include "import/levels.h"
#include "import/lines.h"
#include "import/words.h"

enum { TITLE_CHARS = 70, SCORED_LINES = 14, TITLE_LINES = 4, PUSHED = 8, NOTES = 8 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const title_words[] = {"通知", "通报", "通告", "公告", "决定", "意见"};
static const char *const part_words[] = {"要点", "方案", "计划", "办法", "规定", "细则", "制度", "预案", "意见", "清单", "分解表", "表", "名单", "安排",
                                         "分工", "台账", "须知", "指南", "标准", "目录", "流程", "公约", "规则", "措施", "思路", "总结", "报告"};

struct notice {
	struct insets insets;
};

static struct str text_of(const struct paras *ps, size_t i)
{
	return para_str(ps, para_get(ps, i));
}

static bool is_short(struct str s, size_t chars)
{
	return s.n <= 4 * chars && utf8_count(s) <= chars;
}

static bool is_bracketed(struct str s)
{
	uint32_t close = char_partner(chars_first(s));
	return (close == 0xFF09 || close == ')') && chars_last(s) == close;
}

/* ---- recognising ---- */

/* 2: the title of a notice; 1: of another document of its form. */
static int is_notice_title(struct str s)
{
	if (!is_short(s, TITLE_CHARS) || str_find(s, STR("。")) != SIZE_MAX || str_find(s, STR("：")) != SIZE_MAX)
		return 0;
	if (str_ends(s, STR("通知")) || (chars_last(s) == 0xFF09 && str_find(s, STR("的通知")) != SIZE_MAX))
		return 2;
	for (size_t i = 0; i < COUNT(title_words); i++)
		if (str_ends(s, str_of(title_words[i])) && str_find(s, STR("关于")) != SIZE_MAX)
			return 1;
	return 0;
}

static int score_plain(struct arena *a, const struct plain *plain)
{
	static const char *const formulas[] = {"现将", "通知如下", "特此通知", "印发给你们", "转发给你们", "请认真贯彻", "请结合实际", "请遵照执行", "请贯彻执行"};
	bool formula = false, signs = false, recipients = false;
	int titled = 0;
	struct date d;
	(void)a;
	for (size_t i = 0; i < plain->n_lines && !signs; i++) {
		struct str s = plain_str(plain, &plain->lines[i]);
		uint32_t last = chars_last(s);
		int title = i < SCORED_LINES ? is_notice_title(s) : 0;
		titled = title > titled ? title : titled;
		formula |= words_has_any(s, formulas, COUNT(formulas));
		recipients |= i < SCORED_LINES && (last == 0xFF1A || last == ':') && is_short(s, 200) && str_starts(s, STR("各"));
		signs = i > 2 && (date_only(s, &d) || lines_signer_date(s));
	}
	if (titled)
		return (titled == 2 ? 10 : 3) + formula + recipients + signs;
	return formula && recipients && signs ? 6 : 0;
}

/* ---- what opens the paragraphs behind the front ---- */

static bool is_note_line(struct str s)
{
	struct label label;
	return label_read(s, 0, &label) && label.kind == LABEL_ATTACHMENT && chars_trim(str_sub(s, label.to, s.n)).n > 0;
}

/* The label of an attachment alone on its line, or with its title behind it. */
static bool is_attachment_start(const struct paras *ps, size_t i)
{
	struct str s = text_of(ps, i);
	size_t label = inset_attachment_label(s);
	return label && para_get(ps, i)->open != OPEN_MARKER && is_short(s, TITLE_CHARS) && chars_last(s) != 0x3002;
}

/* Signatures and dates, wherever they stand: a date on a line of its own, authorities above it. */
static void open_signers(struct paras *ps, size_t from)
{
	struct label label;
	struct date d;
	for (size_t i = ps->n; i > from; i--) {
		struct para *p = para_get(ps, i - 1);
		struct str s = para_str(ps, p);
		bool above = i < ps->n && (para_get(ps, i)->open == OPEN_DATE || para_get(ps, i)->open == OPEN_SIGNER);
		if (p->open == OPEN_MARKER)
			continue;
		if (date_only(s, &d) && !is_bracketed(s))
			p->open = OPEN_DATE;
		else if (lines_signer_date(s) || (above && is_short(s, 60) && label_is_authority(s)))
			p->open = OPEN_SIGNER;
		else if (label_read(s, 0, &label) && label.kind == LABEL_TO)
			p->open = OPEN_TO;
		else if (is_note_line(s))
			p->open = OPEN_ATTACHMENT;
	}
}

static bool is_name(struct str s)
{
	uint32_t last = chars_last(s);
	return is_short(s, TITLE_CHARS) && str_find(s, STR("。")) == SIZE_MAX && last != 0xFF1A && last != ':' && last != 0xFF1B && last != 0xFF0C;
}

/* Behind the last of some short lines from paragraph i on; names of attachments, when a signature follows them. */
static size_t names_end(const struct paras *ps, size_t i)
{
	size_t end = i;
	while (end < ps->n && end < i + NOTES && para_get(ps, end)->open == OPEN_NONE && is_name(para_str(ps, para_get(ps, end))) &&
	       !inset_attachment_label(para_str(ps, para_get(ps, end))))
		end++;
	bool signs = end < ps->n && (para_get(ps, end)->open == OPEN_SIGNER || para_get(ps, end)->open == OPEN_DATE);
	return signs ? end : i;
}

/* 附件：甲 ⏎ 乙 above a signature: names without numbers; 附件 1：甲 ⏎ 2：乙: a note whose label has the first number. */
static void open_notes(struct paras *ps)
{
	for (size_t i = 0; i < ps->n; i++) {
		struct para *p = para_get(ps, i);
		struct str s = para_str(ps, p);
		size_t end = names_end(ps, i + 1), label = inset_attachment_label(s);
		bool named = label && chars_trim(str_sub(s, label, s.n)).n > 0 && is_name(s);
		bool signs = end > i + 1 || (end < ps->n && (para_get(ps, end)->open == OPEN_SIGNER || para_get(ps, end)->open == OPEN_DATE));
		if (p->open == OPEN_NONE && named && signs)
			p->open = OPEN_ATTACHMENT;
		for (size_t k = i + 1; p->open == OPEN_ATTACHMENT && k < end; k++)
			para_get(ps, k)->open = OPEN_NOTE;
		if (signs && p->open == OPEN_ATTACHMENT)
			return; /* what stands behind the first signature are attachments */
	}
}

static void *read(struct arena *a, const struct plain *plain, struct report *r, struct paras *ps)
{
	struct notice *n = ARENA_NEW(a, struct notice);
	insets_read(a, plain, r, ps, &n->insets);
	open_signers(ps, 0);
	open_notes(ps);
	return n;
}

/* ---- where parts end ---- */

static bool in_inset(const struct notice *n, size_t i, size_t *end)
{
	for (size_t t = 0; t < n->insets.n; t++)
		if (i >= n->insets.list[t].first && i < n->insets.list[t].end) {
			*end = n->insets.list[t].end;
			return true;
		}
	return false;
}

static bool is_signing(const struct paras *ps, size_t i)
{
	enum open_kind open = (enum open_kind)para_get(ps, i)->open;
	return open == OPEN_DATE || open == OPEN_SIGNER;
}

/* 示例市…办公室　2031年3月5日印发 */
static bool is_print_line(struct str s)
{
	return is_short(s, 50) && str_ends(s, STR("印发")) && str_find(s, STR("年")) != SIZE_MAX && str_find(s, STR("。")) == SIZE_MAX;
}

static bool is_distribution(const struct paras *ps, size_t i)
{
	return para_get(ps, i)->open == OPEN_TO || is_print_line(text_of(ps, i));
}

/* The label stands there: 附件, 附件2; a note (附件：甲) is one only when no note may stand there. */
static bool starts_attachment(const struct paras *ps, size_t i, size_t end)
{
	struct str s = text_of(ps, i);
	if (!is_attachment_start(ps, i))
		return false;
	size_t label = inset_attachment_label(s);
	if (para_get(ps, i)->open == OPEN_ATTACHMENT && i + 1 < end && (is_signing(ps, i + 1) || para_get(ps, i + 1)->open == OPEN_NOTE))
		return false;
	bool named = chars_trim(str_sub(s, label, s.n)).n > 0, colon = chars_last(str_sub(s, 0, label)) == 0xFF1A || chars_last(str_sub(s, 0, label)) == ':';
	if (!named || !colon)
		return true;
	/* 附件：甲 before another label, before the signature or at the end is a note */
	for (size_t k = i + 1; k < end; k++) {
		if (is_attachment_start(ps, k) || is_signing(ps, k))
			return false;
		enum open_kind open = (enum open_kind)para_get(ps, k)->open;
		if ((open != OPEN_MARKER && open != OPEN_NOTE) || !is_short(text_of(ps, k), TITLE_CHARS))
			return true;
	}
	return false;
}

static bool is_title_line(const struct notice *n, const struct paras *ps, size_t i)
{
	struct str s = text_of(ps, i);
	size_t skip;
	uint32_t last = chars_last(s);
	return !in_inset(n, i, &skip) && para_get(ps, i)->open == OPEN_NONE && is_short(s, TITLE_CHARS) && last != 0x3002 && last != 0xFF1A &&
	       last != ':' && last != 0xFF1B && last != 0xFF0C && !is_bracketed(s) && str_find(s, STR("。")) == SIZE_MAX;
}

/* A date without an authority signs only where something else begins, or nothing follows. */
static bool signs_all(const struct notice *n, const struct paras *ps, size_t i)
{
	size_t next = i + 1;
	if (!is_signing(ps, i) || para_get(ps, i)->open == OPEN_SIGNER)
		return is_signing(ps, i);
	while (next < ps->n && is_bracketed(text_of(ps, next)))
		next++;
	return next >= ps->n || is_distribution(ps, next) || is_attachment_start(ps, next) || is_title_line(n, ps, next);
}

/* The notice [from, result): up to its signature with what belongs to it, or to the first attachment. */
static size_t notice_end(const struct notice *n, const struct paras *ps, size_t from)
{
	size_t i = from, skip;
	while (i < ps->n && !signs_all(n, ps, i)) {
		if (i > from && starts_attachment(ps, i, ps->n))
			return i;
		i = in_inset(n, i, &skip) ? skip : i + 1;
	}
	while (i < ps->n && is_signing(ps, i))
		i++;
	while (i < ps->n && is_bracketed(text_of(ps, i)) && !in_inset(n, i, &skip))
		i++;
	while (i < ps->n && is_distribution(ps, i))
		i++;
	return i;
}

static size_t next_attachment(const struct notice *n, const struct paras *ps, size_t from, size_t end)
{
	size_t i = from, skip;
	while (i < end && !starts_attachment(ps, i, end))
		i = in_inset(n, i, &skip) ? skip : i + 1;
	return i < end ? i : end;
}

/* ---- titles of parts ---- */

static bool is_complete(struct str s)
{
	for (size_t i = 0; i < COUNT(part_words); i++)
		if (str_ends(s, str_of(part_words[i])))
			return true;
	return chars_last(s) == 0xFF09 || chars_last(s) == ')' || chars_last(s) == 0x300B;
}

static size_t title_end(const struct notice *n, const struct paras *ps, size_t from, size_t end)
{
	size_t i = from;
	while (i < end && i - from < TITLE_LINES && is_title_line(n, ps, i) && (i == from || !is_complete(text_of(ps, i - 1))))
		i++;
	return i;
}

static void write_title_lines(struct work *k, size_t from, size_t end)
{
	write_open(k->w, "title");
	words_title(k, from, end);
	write_close(k->w);
}

/* Lines in brackets, dates and authorities right below a title. */
static size_t write_imprint(struct work *k, size_t from, size_t end)
{
	size_t i = from, skip;
	struct date d;
	const struct notice *n = k->own;
	while (i < end && !in_inset(n, i, &skip) && (is_signing(k->ps, i) || (is_bracketed(work_str(k, i)) && date_only(work_str(k, i), &d))))
		i++;
	/* all of it is its signature */
	if (i == from || i == end)
		return from;
	write_open(k->w, "imprint");
	for (size_t p = from; p < i; p++)
		front_write_line(k, p);
	write_close(k->w);
	return i;
}

/* ---- bodies ---- */

/* 注：1.甲 ⏎ 2.乙 below a table: the paragraph behind. */
static size_t notes_end(const struct work *k, const struct notice *n, size_t from, size_t to)
{
	struct marker m;
	size_t i = from, label;
	int last = 0;
	for (; i < to && !insets_at(&n->insets, i); i++) {
		struct str s = work_str(k, i);
		label = sheet_note_label(s);
		bool marked = marker_read(chars_trim(str_sub(s, label, s.n)), &m);
		if (!label && (i == from || !marked || m.value != last + 1))
			break;
		last = marked ? m.value : 0;
	}
	return i;
}

/* Behind the rows of the last table of [from, to): no cell is a signature. */
static size_t behind_tables(const struct notice *n, size_t from, size_t to)
{
	for (size_t i = 0; i < n->insets.n; i++) {
		const struct inset *t = &n->insets.list[i];
		size_t behind = t->tasks.below < t->end ? t->tasks.below : t->end;
		if (t->first >= from && t->end <= to && behind > from)
			from = behind;
	}
	return from;
}

/* Text and tables. */
static void write_content(struct work *k, size_t from, size_t to)
{
	const struct notice *n = k->own;
	for (size_t i = from; i < to;) {
		struct inset *table = insets_at(&n->insets, i);
		size_t end = i, skip;
		if (table && table->end > i) {
			tasks_write(k, &table->tasks);
			i = notes_end(k, n, table->end, to);
			tasks_write_notes(k, table->tasks.below < table->end ? table->tasks.below : table->end, i);
			continue;
		}
		do /* what begins in the middle of a table is text */
			end++;
		while (end < to && !in_inset(n, end, &skip));
		levels_write(k, i, end);
		i = end;
	}
}

/* Office on the left, date with 印发 on the right. */
static void write_print_line(struct work *k, size_t i)
{
	struct str s = work_str(k, i);
	struct date d;
	char iso[16];
	for (size_t at = 0; at < s.n; utf8_next(s, &at)) {
		if (!date_read(s, at, &d) || !d.month)
			continue;
		date_iso(&d, iso);
		write_open(k->w, "print-office");
		write_text(k->w, chars_trim(str_sub(s, 0, at)));
		write_close(k->w);
		write_open(k->w, "print-date");
		write_fact(k->w, "when", str_of(iso));
		write_text(k->w, chars_trim(str_sub(s, at, s.n)));
		write_close(k->w);
		return;
	}
	work_element(k, "print-office", i, 0, s.n);
}

static void write_distribution(struct work *k, size_t from, size_t to)
{
	size_t lines = to;
	if (from >= to)
		return;
	while (lines > from && is_print_line(work_str(k, lines - 1)))
		lines--;
	write_open(k->w, "distribution");
	part_distribution(k, from, lines);
	for (size_t i = lines; i < to; i++)
		write_print_line(k, i);
	write_close(k->w);
}

/* Is the paragraph pushed to the right by blanks? */
static bool is_pushed(const struct work *k, size_t i)
{
	size_t off = para_source_off(k->ps, para_get(k->ps, i), 0);
	int width = 0;
	while (off > 0) {
		uint32_t c = utf8_prev(k->ps->plain->source, &off);
		if (!char_is_blank(c))
			break;
		width += c == 0x3000 ? 2 : 1;
	}
	return width >= PUSHED;
}

static void note_tail(struct work *k, const struct tail *t)
{
	struct marker m;
	struct label label;
	for (size_t i = t->signature; i < t->annotation; i++)
		if (is_pushed(k, i))
			work_note(k, DIAG_IMPORT_PUSHED, i, 0, work_str(k, i));
	if (t->attachments == t->signature || !label_read(work_str(k, t->attachments), 0, &label))
		return;
	struct str rest = chars_trim(str_sub(work_str(k, t->attachments), label.to, work_str(k, t->attachments).n));
	if (!marker_read(rest, &m))
		work_note(k, DIAG_IMPORT_NOTE_PLAIN, t->attachments, 0, rest);
}

/* Body and tail of paragraphs [from, to). */
static void write_body(struct work *k, size_t from, size_t to)
{
	struct paras text = *k->ps;
	size_t sent = to;
	while (sent > from && is_distribution(k->ps, sent - 1))
		sent--;
	text.n = sent;
	for (size_t i = from; i < text.n; i++) /* one in the middle of the text is text */
		if (para_get(k->ps, i)->open == OPEN_TO)
			para_get(k->ps, i)->open = OPEN_NONE;
	struct tail t = part_tail(&text, behind_tables(k->own, from, text.n));
	note_tail(k, &t);
	write_open(k->w, "body");
	write_content(k, from, t.attachments);
	write_close(k->w);
	part_write_tail(k, &t);
	write_distribution(k, sent, to);
}

/* ---- parts behind the notice ---- */

/* Is what the title of an attachment says one of the names that notes before it list? */
static void note_title(struct work *k, size_t label, size_t from, size_t end)
{
	bool listed = false, any = false;
	if (label == SIZE_MAX || end != from + 1)
		return;
	for (size_t i = 0; i < label; i++) {
		any |= para_get(k->ps, i)->open == OPEN_ATTACHMENT;
		listed |= any && str_find(work_str(k, i), work_str(k, from)) != SIZE_MAX;
	}
	if (any)
		work_note(k, listed ? DIAG_IMPORT_TITLE_NOTE : DIAG_IMPORT_TITLE_OTHER, from, 0, work_str(k, from));
}

/* Title, imprint, recipients and body of a part; its attachments are its own. */
static void write_part(struct work *k, const char *element, size_t label, size_t from, size_t to, bool nested)
{
	const struct notice *n = k->own;
	size_t at = from, end = to;
	write_open(k->w, element);
	if (label != SIZE_MAX) {
		struct str s = work_str(k, label);
		size_t stop = inset_attachment_label(s);
		work_element(k, "attachment-label", label, 0, stop);
		if (chars_trim(str_sub(s, stop, s.n)).n) {
			write_open(k->w, "title");
			words_write(k, label, stop, s.n);
			write_close(k->w);
		}
		if (chars_trim(str_sub(s, stop, s.n)).n)
			label = SIZE_MAX;
	}
	bool needs_title = strcmp(element, "issued") == 0 || label != SIZE_MAX;
	size_t titled = needs_title ? title_end(n, k->ps, from, to) : from;
	if (titled > from) {
		write_title_lines(k, from, titled);
		note_title(k, label, from, titled);
	} else if (label == SIZE_MAX && needs_title) {
		write_open(k->w, "title");
		write_fact(k->w, "source", STR("derived"));
		write_close(k->w);
		work_note(k, DIAG_IMPORT_NO_TITLE, from, 0, work_str(k, from));
	}
	at = write_imprint(k, titled, to);
	if (nested)
		end = next_attachment(n, k->ps, at, to);
	write_body(k, at, end);
	while (end < to) {
		size_t next = next_attachment(n, k->ps, end + 1, to);
		write_part(k, "attachment", end, end + 1, next, false);
		end = next;
	}
	write_close(k->w);
}

/* What follows the notice: the issued text, attachments, distribution at the very end. */
static void write_parts(struct work *k, size_t from, size_t to)
{
	const struct notice *n = k->own;
	size_t end = to;
	while (end > from && is_distribution(k->ps, end - 1))
		end--;
	size_t first = next_attachment(n, k->ps, from, end);
	if (first > from) {
		work_note(k, DIAG_IMPORT_ISSUED, from, 0, work_str(k, from));
		write_part(k, "issued", SIZE_MAX, from, end, true);
		first = end;
	}
	while (first < end) {
		size_t next = next_attachment(n, k->ps, first + 1, end);
		write_part(k, "attachment", first, first + 1, next, false);
		first = next;
	}
	write_distribution(k, end, to);
}

static void build(struct work *k)
{
	const struct notice *n = k->own;
	struct front f = front_read(k->ps, title_words, COUNT(title_words));
	size_t end = front_tail(k->ps, f.n), at = f.n;
	struct paras text = *k->ps;
	int year = front_year(k, &f);
	text.n = end;
	size_t close = notice_end(n, &text, f.n);
	text.n = close;
	struct tail t = part_tail(&text, behind_tables(n, f.n, text.n));
	if (!year)
		year = part_tail_year(k->ps, &t);
	for (size_t i = 0; i < n->insets.n; i++)
		if (n->insets.list[i].tasks.s.table.n_quotes)
			report_note(k->report, DIAG_IMPORT_CSV, 0, STR("\""));
	write_open(k->w, "record");
	write_fact(k->w, "kind", STR("notice"));
	write_fact(k->w, "version", STR("1"));
	write_fact(k->w, "xml:lang", str_of(part_language(buf_view(&k->ps->text))));
	if (year)
		write_fact(k->w, "year", str_of(arena_printf(k->arena, "%04d", year)));
	front_write(k, &f);
	if (at < close && front_is_recipients(k->ps, at))
		front_write_recipients(k, at++);
	write_body(k, at, close);
	write_parts(k, close, end);
	front_write_tail(k, end, k->ps->n);
	write_close(k->w);
}

const struct import_kind kind_notice = {.name = "notice", .score_plain = score_plain, .read = read, .build = build};
