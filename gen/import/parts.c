/* parts: see kinds.h. Departments, signature, distribution: parts that several kinds of documents share. */
#include "import/chars.h"
#include "import/date.h"
#include "import/inset.h"
#include "import/kinds.h"
#include "import/lines.h"

enum { NAME_CHARS = 40 };

struct str work_str(const struct work *k, size_t para)
{
	return para_str(k->ps, para_get(k->ps, para));
}

void work_note(struct work *k, enum diag_code code, size_t para, size_t at, struct str sample)
{
	report_note(k->report, code, para_source_off(k->ps, para_get(k->ps, para), at), sample);
}

int work_choose(struct work *k, enum diag_code code, size_t para, size_t at, struct str sample, int usual)
{
	return report_choose(k->report, code, para_source_off(k->ps, para_get(k->ps, para), at), sample, usual);
}

/* from … to without the blanks at both ends */
static void trim(struct str s, size_t *from, size_t *to)
{
	struct str t = chars_trim(str_sub(s, *from, *to));
	*from = (size_t)(t.p - s.p);
	*to = *from + t.n;
}

static void write_piece(void *w, struct str text)
{
	write_text(w, text);
}

void work_text(struct work *k, size_t para, size_t from, size_t to)
{
	struct str s = work_str(k, para);
	trim(s, &from, &to);
	para_pieces(k->ps, para_get(k->ps, para), from, to, write_piece, k->w);
}

void work_element(struct work *k, const char *name, size_t para, size_t from, size_t to)
{
	write_open(k->w, name);
	work_text(k, para, from, to);
	write_close(k->w);
}

size_t work_number(struct work *k, size_t para)
{
	struct str s = work_str(k, para);
	const struct marker *m = &para_get(k->ps, para)->marker;
	struct str number = str_sub(s, 0, m->length);
	if (m->text > m->length) {
		bool wide = chars_first(str_sub(s, m->length, s.n)) == 0x3000;
		size_t to = m->text;
		for (int n = 0; n < 2 && to < s.n; n++)
			utf8_next(s, &to);
		if (work_choose(k, DIAG_IMPORT_NUMBER_SPACE, para, m->length, str_sub(s, 0, to), 0) == 0)
			number = str_of(arena_printf(k->arena, "%.*s%s", STR_ARG(number), wide ? "　" : " "));
	}
	write_mark(k->w, "number", number);
	return m->text;
}

/* ---- departments ---- */

static bool is_separator(uint32_t c)
{
	return c == 0x3001 || c == 0xFF0C || c == ',' || c == 0xFF1B || c == ';' || c == '/' || c == 0xFF0F ||
	       c == 0x3002 || char_is_blank(c);
}

/* One name of a list: from … to; next: where to go on. False at the end. Brackets stay inside a name. */
struct name {
	size_t from, to, next;
};

static bool next_name(struct str s, size_t at, size_t end, struct name *out)
{
	int depth = 0;
	out->from = at;
	while (at < end) {
		size_t before = at;
		uint32_t c = utf8_next(s, &at);
		bool opens = c == 0xFF08 || c == '(', closes = c == 0xFF09 || c == ')';
		bool parts = depth == 0 && (is_separator(c) || closes);
		/* a blank inside a name is no separator: names end as authorities do */
		if (parts && char_is_blank(c) && !label_is_authority(str_sub(s, out->from, before)))
			parts = out->from == before;
		if (parts && out->from < before) {
			out->to = out->next = before;
			return true;
		}
		if (parts)
			out->from = at;
		depth += opens - (closes && depth > 0);
	}
	out->to = out->next = end;
	return out->from < end;
}

/* Names only, and at least one: no sentence. */
static bool are_names(struct str s, size_t from, size_t to)
{
	struct name n;
	int count = 0;
	struct label label;
	while (next_name(s, from, to, &n)) {
		size_t chars = utf8_count(str_sub(s, n.from, n.to));
		for (size_t at = n.from; at < n.to;) {
			uint32_t c = utf8_next(s, &at);
			if (char_is_stop(c) && c != '.' && c != 0xFF1A && c != ':')
				return false;
		}
		if (chars > NAME_CHARS && !label_find(str_sub(s, 0, n.to), n.from, &label))
			return false;
		count++;
		from = n.next;
	}
	return count > 0;
}

/* From a label on to the end: nothing but names, labels, and one full stop at the end. */
static bool is_chain(struct str s, const struct label *first)
{
	struct label label = *first, next;
	size_t stop = str_find(str_sub(s, label.to, s.n), STR("。"));
	if (stop != SIZE_MAX) {
		struct str rest = str_sub(s, label.to + stop + 3, s.n);
		for (size_t at = 0; at < rest.n;)
			if (!char_closes(utf8_next(rest, &at)))
				return false;
	}
	for (;;) {
		bool more = label_find(s, label.to, &next) && next.from > label.to;
		if (!are_names(s, label.to, more ? next.from : s.n))
			return false;
		if (!more)
			return true;
		label = next;
	}
}

size_t part_responsible_at(struct str s)
{
	struct label label;
	int tries = 0;
	for (size_t at = 0; tries < 8 && label_find(s, at, &label); at = label.to, tries++)
		if (is_chain(s, &label))
			return label.from;
	return s.n;
}

static void note_name(struct work *k, size_t para, size_t at, struct str name)
{
	if (str_find(name, STR("（")) != SIZE_MAX || str_find(name, STR("(")) != SIZE_MAX)
		work_note(k, DIAG_IMPORT_UNIT_BRACKET, para, at, name);
	if (str_starts(name, STR("各")) || str_starts(name, STR("相关")) || str_starts(name, STR("有关")))
		work_note(k, DIAG_IMPORT_UNIT_GENERAL, para, at, name);
}

/* A name of two characters spread over three (张  三) is stored whole: spreading is a look. */
static bool is_spread(struct str name)
{
	size_t at = 0, ideographs = 0;
	bool blank = false;
	while (at < name.n) {
		uint32_t c = utf8_next(name, &at);
		if (char_is_blank(c))
			blank = ideographs == 1;
		else if (char_is_ideograph(c))
			ideographs++;
		else
			return false;
	}
	return blank && ideographs == 2;
}

static void write_name(struct work *k, size_t para, size_t off, struct str name, const char *element)
{
	write_inline(k->w, element);
	if (is_spread(name) && work_choose(k, DIAG_IMPORT_NAME, para, off, name, 0) == 0) {
		size_t first = 0, last = name.n;
		utf8_next(name, &first);
		utf8_prev(name, &last);
		write_text(k->w, str_sub(name, 0, first));
		name = str_sub(name, last, name.n);
	}
	write_text(k->w, name);
	write_close(k->w);
}

static bool is_several(struct str s, size_t from, size_t to)
{
	struct name n;
	return next_name(s, from, to, &n) && next_name(s, n.next, to, &n);
}

void part_names(struct work *k, size_t para, size_t from, size_t to, const char *element, bool cell)
{
	struct str s = work_str(k, para);
	trim(s, &from, &to);
	struct name n;
	int count = 0;
	if (!is_spread(str_sub(s, from, to)))
		para_note_spaces(k->ps, para_get(k->ps, para), from, to);
	bool whole = is_several(s, from, to) &&
	             work_choose(k, DIAG_IMPORT_UNITS, para, from, str_sub(s, from, to), 0) == 1;
	for (size_t at = from; !whole && next_name(s, at, to, &n); at = n.next) {
		if (cell && !count)
			n.from = at;
		struct str name = str_sub(s, n.from, n.to);
		write_text(k->w, str_sub(s, at, n.from));
		note_name(k, para, n.from, name);
		count++;
		write_name(k, para, n.from, name, element);
		from = n.next;
	}
	if (count)
		write_text(k->w, str_sub(s, from, to));
	else if (from < to)
		write_name(k, para, from, str_sub(s, from, to), element);
}

void part_responsible(struct work *k, size_t para, size_t from)
{
	struct str s = work_str(k, para);
	struct label label, next;
	if (!label_find(s, from, &label))
		return;
	if (para_get(k->ps, para)->page && from == 0)
		work_note(k, DIAG_IMPORT_UNIT_PAGE, para, 0, s);
	for (bool more = true; more; label = next) {
		more = label_find(s, label.to, &next) && next.from > label.to;
		size_t lead = label.from, lead_end = label.to;
		trim(s, &lead, &lead_end);
		write_open(k->w, "responsible");
		write_fact(k->w, "role", str_of(label.role));
		write_mark(k->w, "label", str_sub(s, lead, lead_end));
		part_names(k, para, label.to, more ? next.from : s.n, label.person ? "person" : "unit", false);
		write_close(k->w);
	}
}

/* ---- tail ---- */

static bool is_bracketed(struct str s)
{
	uint32_t close = char_partner(chars_first(s));
	return (close == 0xFF09 || close == ')') && chars_last(s) == close;
}

static enum open_kind open_of(const struct paras *ps, size_t i)
{
	return (enum open_kind)para_get(ps, i)->open;
}

/* The date of paragraph i: bytes. */
static bool find_date(const struct paras *ps, size_t i, struct date *out)
{
	struct str s = para_str(ps, para_get(ps, i));
	size_t at = lines_signer_date(s);
	if ((open_of(ps, i) != OPEN_DATE && !at) || !date_only(str_sub(s, at, s.n), out)) {
		*out = (struct date){.from = s.n, .to = s.n};
		return false;
	}
	out->from = at;
	out->to = s.n;
	return true;
}

static bool signs(const struct paras *ps, size_t i)
{
	struct date d;
	return (open_of(ps, i) == OPEN_DATE || open_of(ps, i) == OPEN_SIGNER) &&
	       (find_date(ps, i, &d) || label_is_authority(para_str(ps, para_get(ps, i))));
}

/* An authority alone at the very end signs without a date. */
static bool signs_undated(const struct paras *ps, size_t i)
{
	struct str s = para_str(ps, para_get(ps, i));
	static const char *const parts[] = {"科", "室", "处", "股", "组"}; /* departments sign nothing */
	for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
		if (str_ends(s, str_of(parts[p])))
			return false;
	return open_of(ps, i) == OPEN_NONE && s.n < 120 && label_is_authority(s);
}

static size_t find_attachments(const struct paras *ps, size_t from, size_t end)
{
	for (size_t i = end; i > from; i--) {
		if (open_of(ps, i - 1) == OPEN_ATTACHMENT)
			return i - 1;
		if (open_of(ps, i - 1) != OPEN_MARKER && open_of(ps, i - 1) != OPEN_NOTE)
			break;
	}
	return end;
}

struct tail part_tail(const struct paras *ps, size_t from)
{
	struct tail t = {.end = ps->n};
	size_t at = ps->n, last_to = ps->n;
	for (size_t i = ps->n; i > from; i--)
		if (open_of(ps, i - 1) == OPEN_TO) {
			last_to = i - 1;
			break;
		}
	if (last_to < ps->n)
		for (at = last_to; at > from && open_of(ps, at - 1) == OPEN_TO; at--)
			;
	t.distribution = at;
	while (at > from && open_of(ps, at - 1) == OPEN_NONE && is_bracketed(para_str(ps, para_get(ps, at - 1))) &&
	       (at - 1 == from || signs(ps, at - 2)))
		at--;
	t.annotation = at;
	while (at > from && signs(ps, at - 1))
		at--;
	if (at == t.annotation && at > from && signs_undated(ps, at - 1))
		at--;
	t.signature = at;
	t.attachments = find_attachments(ps, from, at);
	return t;
}

int part_tail_year(const struct paras *ps, const struct tail *t)
{
	struct date d;
	for (size_t i = t->signature; i < t->annotation; i++)
		if (find_date(ps, i, &d))
			return d.year;
	return 0;
}

/* Authorities of bytes [0, to) of a paragraph: several may stand side by side, blanks between. */
static void write_authorities(struct work *k, size_t para, size_t to)
{
	struct str s = work_str(k, para);
	size_t from = 0;
	for (size_t at = 0, before; at < to;) {
		before = at;
		if (!char_is_blank(utf8_next(s, &at)) || !label_is_authority(str_sub(s, from, before)) ||
		    !label_is_authority(str_sub(s, at, to)))
			continue;
		work_element(k, "issuing-authority", para, from, before);
		from = at;
	}
	work_element(k, "issuing-authority", para, from, to);
}

static void write_signature(struct work *k, const struct tail *t)
{
	bool dated = false;
	if (t->signature == t->annotation)
		return;
	write_open(k->w, "signature");
	for (size_t i = t->signature; i < t->annotation; i++) {
		struct date d;
		bool has = find_date(k->ps, i, &d);
		if (d.from > 0)
			write_authorities(k, i, d.from);
		if (!has)
			continue;
		char iso[16];
		date_iso(&d, iso);
		if (!d.possible)
			work_note(k, DIAG_IMPORT_DATE, i, d.from, str_sub(work_str(k, i), d.from, d.to));
		write_open(k->w, "date");
		write_fact(k->w, "when", str_of(iso));
		work_text(k, i, d.from, d.to);
		write_close(k->w);
		dated = true;
	}
	write_close(k->w);
	if (!dated)
		work_note(k, DIAG_IMPORT_UNDATED, t->signature, 0, work_str(k, t->signature));
}

static void write_attachments(struct work *k, const struct tail *t)
{
	struct label label;
	struct marker m;
	if (t->attachments == t->signature)
		return;
	/* 附件 1：甲 has its first number in the label */
	if (!label_read(work_str(k, t->attachments), 0, &label))
		label.to = inset_attachment_label(work_str(k, t->attachments));
	write_open(k->w, "attachments-note");
	write_mark(k->w, "label", str_sub(work_str(k, t->attachments), 0, label.to));
	for (size_t i = t->attachments; i < t->signature; i++) {
		struct str s = work_str(k, i);
		size_t at = i == t->attachments ? label.to : 0, end = s.n;
		trim(s, &at, &end);
		write_open(k->w, "attachment-ref");
		if (marker_read(str_sub(s, at, end), &m)) {
			write_mark(k->w, "number", str_sub(s, at, at + m.length));
			at += m.text;
		}
		work_text(k, i, at, end);
		write_close(k->w);
	}
	write_close(k->w);
}

void part_distribution(struct work *k, size_t from, size_t to)
{
	struct label label;
	for (size_t i = from; i < to;) {
		struct str s = work_str(k, i);
		if (!label_read(s, 0, &label))
			break;
		write_open(k->w, "to");
		write_fact(k->w, "role", str_of(label.role));
		write_mark(k->w, "label", str_sub(s, 0, label.to));
		work_text(k, i, label.to, s.n);
		for (i++; i < to && open_of(k->ps, i) != OPEN_TO; i++) {
			work_note(k, DIAG_IMPORT_TRAILING, i, 0, work_str(k, i));
			write_text(k->w, STR(" "));
			work_text(k, i, 0, work_str(k, i).n);
		}
		write_close(k->w);
	}
}

static void write_distribution(struct work *k, const struct tail *t)
{
	if (t->distribution == t->end)
		return;
	write_open(k->w, "distribution");
	part_distribution(k, t->distribution, t->end);
	write_close(k->w);
}

void part_write_tail(struct work *k, const struct tail *t)
{
	write_attachments(k, t);
	write_signature(k, t);
	if (t->annotation < t->distribution) {
		write_open(k->w, "annotation");
		for (size_t i = t->annotation; i < t->distribution; i++)
			work_text(k, i, 0, work_str(k, i).n);
		write_close(k->w);
	}
	write_distribution(k, t);
}

/* ---- language ---- */

const char *part_language(struct str text)
{
	static const char simplified[] = "发务会国区业关进动员学习长东车与为产万个书专们后对实应开总报机构标检测现组织经规计认议设证诊调护转";
	static const char traditional[] = "發務會國區業關進動員學習長東車與為產萬個書專們後對實應開總報機構標檢測現組織經規計認議設證診調護轉";
	size_t counts[2] = {0};
	for (size_t at = 0, seen = 0; at < text.n && seen < 20000; seen++) {
		size_t before = at;
		if (utf8_next(text, &at) < 0x3400)
			continue;
		struct str c = str_sub(text, before, at);
		counts[0] += str_find(STR(simplified), c) != SIZE_MAX;
		counts[1] += str_find(STR(traditional), c) != SIZE_MAX;
	}
	return counts[1] > counts[0] ? "zh-Hant" : "zh-Hans";
}

void part_authorities(struct work *k, size_t end)
{
	write_open(k->w, "head");
	for (size_t i = 0; i < end; i++) {
		if (!label_is_authority(work_str(k, i)))
			work_note(k, DIAG_IMPORT_HEAD, i, 0, work_str(k, i));
		work_element(k, "issuing-authority", i, 0, work_str(k, i).n);
	}
	write_close(k->w);
}
