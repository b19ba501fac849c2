/* sense: values of a record that contradict each other. See sense.h.
 * Takes: a record. Gives: messages for pairs of values that no document can mean, which a grammar
 * cannot compare. A date counts as far as it is written: 2031-05 neither comes before 2031-05-20 nor after it. */
#include "record/sense.h"

#include "base/map.h"

struct sense {
	struct diag_list *d;
	struct arena *a;
	bool good;
};

/* 2031-05-20, 2031-05, 2031, --05-20, --05; 0: not said. */
struct day {
	int year, month, day;
};

static int number(struct str s, size_t from, size_t to)
{
	int n = 0;

	for (size_t i = from; i < to && i < s.n; i++)
		n = n * 10 + (s.p[i] - '0');
	return n;
}

static struct day day_of(struct str value)
{
	struct str s = str_trim(value);

	if (str_starts(s, STR("--")))
		return (struct day){0, number(s, 2, 4), number(s, 5, 7)};
	return (struct day){number(s, 0, 4), number(s, 5, 7), number(s, 8, 10)};
}

/* x is surely before y. Days without a year compare within their month only: a range may pass the end of the year. */
static bool is_before(struct day x, struct day y)
{
	if (!x.year != !y.year)
		return false;
	if (x.year != y.year)
		return x.year < y.year;
	if (x.month && y.month && x.month != y.month)
		return x.year && x.month < y.month;
	return x.day && y.day && x.day < y.day;
}

static struct diag *say(struct sense *s, enum diag_code code, const struct xml_attr *at, const char *words, struct loc other)
{
	struct diag *m = diag_add(s->d, code, at->value_loc, words, NULL);

	m->length = (uint32_t)at->value.n;
	m->other = other;
	if (diag_severity_of(code) >= SEVERITY_ERROR)
		s->good = false;
	return m;
}

/* ---- one element ---- */

static void check_range(struct sense *s, const struct xml_node *n)
{
	const struct xml_attr *from = xml_attr(n, "from"), *to = xml_attr(n, "to");

	if (!from || !to || !is_before(day_of(to->value), day_of(from->value)))
		return;
	say(s, DIAG_RECORD_ORDER, to,
	    arena_printf(s->a, DIAG_TWO("止于 to=“%.*s”，却起于 from=“%.*s”", "it ends with to=\"%.*s\" and begins with from=\"%.*s\""),
			 STR_ARG(to->value), STR_ARG(from->value), STR_ARG(to->value), STR_ARG(from->value)),
	    from->value_loc);
}

/* 12 is noon and midnight, and small hours are called evening as well. */
static bool part_has_hour(struct str part, int hour)
{
	if (str_is(part, "am"))
		return hour <= 12;
	if (str_is(part, "pm"))
		return hour >= 12;
	return hour < 6 || hour == 12 || hour >= 16;
}

static void check_hour(struct sense *s, const struct xml_node *n)
{
	const struct xml_attr *part = xml_attr(n, "part"), *hour = xml_attr(n, "hour");

	if (!part || !hour || part_has_hour(str_trim(part->value), number(str_trim(hour->value), 0, 2)))
		return;
	say(s, DIAG_RECORD_ORDER, hour,
	    arena_printf(s->a, DIAG_TWO("part=“%.*s”里没有 hour=“%.*s”这个时刻", "part=\"%.*s\" has no hour=\"%.*s\""), STR_ARG(part->value),
			 STR_ARG(hour->value), STR_ARG(part->value), STR_ARG(hour->value)),
	    part->value_loc);
}

/* ---- elements whose words the page cannot do without ---- */

/* Not those that layouts fill in (date, document-number), cells and headings of tables, facts. A grammar cannot ask for words
 * among which marks may stand. */
static const char worded[] = " title line heading p person unit place document-ref quote em clause issuing-authority red-head recipients "
			     "attachment-ref annotation to print-office kicker subtitle byline dateline link name issue lead-unit "
			     "cooperating-unit leader as-of credit handling attachment-label ";

static bool needs_words(struct sense *s, const struct xml_node *n)
{
	if (str_is(xml_value(n, "source"), "derived") || (n->parent && xml_is(n->parent, "columns")))
		return false;
	for (const struct xml_node *m = n->parent; m; m = m->parent)
		if (xml_is(m, "metadata"))
			return false;
	if (xml_is(n, "note"))
		return n->parent && xml_is(n->parent, "notes");
	return strstr(worded, arena_printf(s->a, " %.*s ", STR_ARG(n->name))) != NULL;
}

/* Nothing in it but white space of XML, breaks, and corrections of nothing. Other blanks (U+3000) are characters that are set. */
static bool is_empty(const struct xml_node *n)
{
	for (const struct xml_node *m = n->first; m; m = m->next)
		if (m->kind == XML_TEXT ? str_trim(m->text).n > 0 : !xml_is(m, "br") && !(xml_is(m, "sic") && is_empty(m)))
			return false;
	return true;
}

static void check_words(struct sense *s, const struct xml_node *n)
{
	const char *name;

	if (!is_empty(n) || !needs_words(s, n))
		return;
	name = arena_copy(s->a, n->name.p, n->name.n);
	diag_once_per(s->d, arena_printf(s->a, "empty %s", name), DIAG_RECORD_EMPTY, n->loc, name, NULL)->length = (uint32_t)n->name.n + 1;
}

/* ---- cells without a column (tasks.rng: cells are read column by column) ---- */

static size_t count(const struct xml_node *parent, struct str name)
{
	size_t n = 0;

	for (const struct xml_node *m = parent->first; m; m = m->next)
		n += m->kind == XML_ELEMENT && str_eq(m->name, name);
	return n;
}

static void want_column(struct sense *s, const struct xml_node *columns, const struct xml_node *cell, size_t nth)
{
	const char *name = arena_copy(s->a, cell->name.p, cell->name.n);
	struct diag *m;

	if (count(columns, cell->name) >= nth)
		return;
	m = diag_once_per(s->d, arena_printf(s->a, "%u:%zu %s", columns->loc.source, (size_t)columns->loc.off, name), DIAG_RECORD_COLUMN,
			  cell->loc, name, NULL);
	m->length = (uint32_t)cell->name.n + 1;
	m->other = columns->loc;
	s->good = false;
}

static void check_cells(struct sense *s, const struct xml_node *columns, const struct xml_node *task)
{
	static const char *const cells[] = {"goal", "measure", "due", "progress", "note", NULL};
	size_t extras = 0;

	for (const struct xml_node *n = task->first; n; n = n->next) {
		if (xml_is(n, "assignment") || xml_is(n, "for-all"))
			for (const struct xml_node *who = n->first; who; who = who->next)
				if (who->kind == XML_ELEMENT)
					want_column(s, columns, who, 1);
		for (int i = 0; cells[i]; i++)
			if (xml_is(n, cells[i]))
				want_column(s, columns, n, 1);
		if (xml_is(n, "extra"))
			want_column(s, columns, n, ++extras);
	}
}

static void check_table(struct sense *s, const struct xml_node *tasks)
{
	const struct xml_node *columns = xml_child(tasks, "columns");

	for (const struct xml_node *n = tasks->first; columns && n; n = xml_walk(tasks, n))
		if (xml_is(n, "task") && n->parent != columns)
			check_cells(s, columns, n);
}

/* ---- the document's own date ---- */

/* Of the signature that stands in n itself. */
static const struct xml_attr *signed_on(const struct xml_node *n)
{
	const struct xml_node *signature = xml_child(n, "signature"), *date = signature ? xml_child(signature, "date") : NULL;

	return date ? xml_attr(date, "when") : NULL;
}

/* Of the text that n stands in: the record, or an issued or attached one that is signed itself. alone: of no text around it. */
static const struct xml_attr *document_date(const struct xml_node *n, bool alone)
{
	const struct xml_attr *when = NULL;

	for (; n && !when; n = n->parent) {
		when = signed_on(n);
		if (alone && (xml_is(n, "issued") || xml_is(n, "attachment")))
			return when;
	}
	return when;
}

/* Printed before it was dated. */
static void check_print_date(struct sense *s, const struct xml_node *n)
{
	const struct xml_attr *when = xml_attr(n, "when"), *own = document_date(n, true);

	if (when && own && is_before(day_of(when->value), day_of(own->value)))
		say(s, DIAG_RECORD_DATES, when,
		    arena_printf(s->a, DIAG_TWO("印发日期 %.*s 早于成文日期 %.*s", "it was printed on %.*s and is dated %.*s"),
				 STR_ARG(when->value), STR_ARG(own->value), STR_ARG(when->value), STR_ARG(own->value)), own->value_loc);
}

/* What has happened by the day of the document. */
static void check_report(struct sense *s, const struct xml_attr *at, const struct xml_node *n)
{
	const struct xml_attr *own = document_date(n, false);

	if (at && own && is_before(day_of(own->value), day_of(at->value)))
		say(s, DIAG_RECORD_DATES, at,
		    arena_printf(s->a, DIAG_TWO("所记的 %.*s 晚于成文日期 %.*s", "it reports of %.*s and is dated %.*s"),
				 STR_ARG(at->value), STR_ARG(own->value), STR_ARG(at->value), STR_ARG(own->value)), own->value_loc);
}

static void check_dates(struct sense *s, const struct xml_node *n)
{
	if (xml_is(n, "print-date"))
		check_print_date(s, n);
	else if (xml_is(n, "entry"))
		check_report(s, xml_attr(n, "from"), n);
	else if (xml_is(n, "date") && n->parent && xml_is(n->parent, "as-of"))
		check_report(s, xml_attr(n, "when"), n);
}

bool record_sense(struct diag_list *d, struct arena *a, const struct record *r, bool valid)
{
	struct sense s = {.d = d, .a = a, .good = true};

	for (const struct xml_node *n = r->root; n; n = xml_walk(r->root, n)) {
		if (n->kind != XML_ELEMENT)
			continue;
		check_words(&s, n);
		if (!valid) /* values may be anything */
			continue;
		check_range(&s, n);
		check_hour(&s, n);
		check_dates(&s, n);
		if (xml_is(n, "tasks"))
			check_table(&s, n);
	}
	return s.good;
}
