/* kind_responsibility_table: 责任分解表 standing alone.
 * Takes: tab-separated text, CSV, the form of web pages (table.h). Gives: a record of records/schema/responsibility-table.rng:
 * head, title, the table (tasks.h), notes, tail. */
#include "import/chars.h"
#include "import/date.h"
#include "import/lines.h"
#include "import/tasks.h"

enum { TITLE_CHARS = 60, TITLE_LINES = 3 };

/* What opens a paragraph below the table. */
static void open_paragraphs(struct paras *ps, size_t from)
{
	struct label label;
	struct date date;
	for (size_t i = ps->n; i > from; i--) {
		struct para *p = para_get(ps, i - 1);
		struct str s = para_str(ps, p);
		bool above = i < ps->n && (para_get(ps, i)->open == OPEN_DATE || para_get(ps, i)->open == OPEN_SIGNER);
		if (date_only(s, &date))
			p->open = OPEN_DATE;
		else if (lines_signer_date(s) || (above && label_is_authority(s)))
			p->open = OPEN_SIGNER;
		else if (label_read(s, 0, &label) && label.kind == LABEL_TO)
			p->open = OPEN_TO;
	}
}

static void *read_table(struct arena *a, const struct plain *plain, struct report *r, struct paras *ps)
{
	struct tasks *o = ARENA_NEW(a, struct tasks);
	if (!tasks_read(a, plain, r, ps, o))
		return NULL;
	open_paragraphs(ps, o->below);
	return o;
}

/* ---- above the table ---- */

static bool is_bracketed(struct str s)
{
	uint32_t close = char_partner(chars_first(s));
	return (close == 0xFF09 || close == ')') && chars_last(s) == close;
}

static bool is_attachment_label(struct str s)
{
	return (str_starts(s, STR("附件")) || str_starts(s, STR("附表"))) && utf8_count(s) <= 6;
}

static bool is_title_line(struct str s)
{
	uint32_t c = chars_last(s);
	return utf8_count(s) <= TITLE_CHARS && !is_bracketed(s) && c != 0x3002 && c != 0xFF1A && c != ':' &&
	       str_find(s, STR("：")) == SIZE_MAX;
}

static bool is_complete_title(struct str s)
{
	static const char *const ends[] = {"表", "清单", "台账", "方案", "计划", "分工", "安排", "要点", "分解", "）", ")"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (str_ends(s, str_of(ends[i])))
			return true;
	return false;
}

/* Gives the paragraph behind the head. */
static size_t write_head(struct work *k, const struct tasks *o)
{
	size_t i = 0;
	bool attached = o->n_above > 0 && is_attachment_label(work_str(k, 0)), signs;
	signs = o->n_above > (size_t)attached + 1 && label_is_authority(work_str(k, attached));
	if (!attached && !signs)
		return 0;
	write_open(k->w, "head");
	if (attached)
		tasks_write_paras(k, "attachment-label", i++, 1);
	while (signs && i + 1 < o->n_above && label_is_authority(work_str(k, i))) {
		tasks_write_paras(k, "issuing-authority", i, i + 1);
		i++;
	}
	write_close(k->w);
	return i;
}

/* Gives the paragraph behind the title. */
static size_t write_title(struct work *k, const struct tasks *o, size_t from)
{
	size_t to = from;
	while (to < o->n_above && to - from < TITLE_LINES && is_title_line(work_str(k, to)) &&
	       (to == from || !is_complete_title(work_str(k, to - 1))))
		to++;
	write_open(k->w, "title");
	if (from == to) {
		write_fact(k->w, "source", STR("derived"));
		work_note(k, DIAG_IMPORT_NO_TITLE, 0, 0, work_str(k, 0));
	}
	bool lines = to - from > 1 && work_choose(k, DIAG_IMPORT_TITLE_LINES, from + 1, 0, work_str(k, from + 1), 0) == 1;
	for (size_t i = from; i < to; i++) {
		if (lines)
			work_element(k, "line", i, 0, work_str(k, i).n);
		else
			work_text(k, i, 0, work_str(k, i).n);
	}
	write_close(k->w);
	return to;
}

static void write_preface(struct work *k, const struct tasks *o, size_t from)
{
	if (from < o->n_above && is_bracketed(work_str(k, from)) &&
	    (str_find(work_str(k, from), STR("日")) != SIZE_MAX || str_find(work_str(k, from), STR("月")) != SIZE_MAX)) {
		tasks_write_paras(k, "as-of", from, from + 1);
		from++;
	}
	tasks_write_paras(k, "p", from, o->n_above);
}

static void build(struct work *k)
{
	struct tasks *o = k->own;
	struct tail t = part_tail(k->ps, o->below);
	int year = 0;
	for (size_t i = 0; i < o->n_above && !year; i++)
		year = date_find_year(work_str(k, i));
	if (!year)
		year = part_tail_year(k->ps, &t);
	write_open(k->w, "record");
	write_fact(k->w, "kind", STR("responsibility-table"));
	write_fact(k->w, "version", STR("1"));
	write_fact(k->w, "xml:lang", str_of(part_language(buf_view(&k->ps->text))));
	if (year)
		write_fact(k->w, "year", str_of(arena_printf(k->arena, "%04d", year)));
	size_t at = write_head(k, o);
	at = write_title(k, o, at);
	write_open(k->w, "body");
	write_preface(k, o, at);
	tasks_write(k, o);
	tasks_write_notes(k, o->below, t.signature);
	write_close(k->w);
	part_write_tail(k, &t);
	write_close(k->w);
	if (o->s.table.form == TABLE_CSV || o->s.table.n_quotes)
		report_note(k->report, DIAG_IMPORT_CSV, 0, o->s.table.form == TABLE_CSV ? (struct str){&o->s.table.delimiter, 1} : STR("\""));
}

const struct import_kind kind_responsibility_table = {
	.name = "responsibility-table", .score_plain = sheet_score, .read = read_table, .build = build};
