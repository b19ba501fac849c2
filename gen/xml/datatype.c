/* datatype: values against their types. See datatype.h.
 * Takes: the type of a data or value pattern and a string. Gives: yes or no, and the type in words.
 * XML Schema's types and facets are libxml2's, as in its RELAX NG; white space goes first, as XML Schema has it. */
#include "xml/datatype.h"

#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

#include "base/mem.h"
#include "xml/wall.h"

#define XSD_LIBRARY "http://www.w3.org/2001/XMLSchema-datatypes"
#define XSD_NS "http://www.w3.org/2001/XMLSchema"

enum white { WHITE_KEEP, WHITE_REPLACE, WHITE_COLLAPSE };

struct facet {
	struct facet *next;
	const char *name, *value;
	xmlSchemaFacetPtr facet;
};

struct datatype {
	struct arena *arena;
	xmlSchemaTypePtr type; /* NULL: RELAX NG's own */
	const char *name;
	enum white white;
	struct facet *facets;
};

static const struct {
	const char *name;
	int type;
} facet_types[] = {
	{"pattern", XML_SCHEMA_FACET_PATTERN},           {"length", XML_SCHEMA_FACET_LENGTH},
	{"minLength", XML_SCHEMA_FACET_MINLENGTH},       {"maxLength", XML_SCHEMA_FACET_MAXLENGTH},
	{"minInclusive", XML_SCHEMA_FACET_MININCLUSIVE}, {"maxInclusive", XML_SCHEMA_FACET_MAXINCLUSIVE},
	{"minExclusive", XML_SCHEMA_FACET_MINEXCLUSIVE}, {"maxExclusive", XML_SCHEMA_FACET_MAXEXCLUSIVE},
	{"totalDigits", XML_SCHEMA_FACET_TOTALDIGITS},   {"fractionDigits", XML_SCHEMA_FACET_FRACTIONDIGITS},
};

struct datatype *datatype_new(struct arena *a, struct str library, struct str name)
{
	struct datatype *t = ARENA_NEW(a, struct datatype);

	t->arena = a;
	t->name = arena_copy(a, name.p, name.n);
	t->white = str_is(name, "string") ? WHITE_KEEP : str_is(name, "normalizedString") ? WHITE_REPLACE : WHITE_COLLAPSE;
	if (!library.n)
		return str_is(name, "string") || str_is(name, "token") ? t : NULL;
	if (!str_is(library, XSD_LIBRARY))
		return NULL;
	t->type = xmlSchemaGetPredefinedType(BAD_CAST t->name, BAD_CAST XSD_NS);
	return t->type ? t : NULL;
}

static void free_facet(void *facet)
{
	xmlSchemaFreeFacet(facet);
}

bool datatype_add_param(struct datatype *t, struct str name, struct str value)
{
	struct facet *f, **tail = &t->facets;
	size_t i = 0, n = sizeof facet_types / sizeof *facet_types;
	struct wall_state saved;
	bool good;

	while (i < n && !str_is(name, facet_types[i].name))
		i++;
	if (i == n || !t->type)
		return false;
	f = ARENA_NEW(t->arena, struct facet);
	f->name = facet_types[i].name;
	f->value = arena_copy(t->arena, value.p, value.n);
	f->facet = xmlSchemaNewFacet();
	if (!f->facet)
		mem_die(0);
	arena_defer(t->arena, free_facet, f->facet);
	f->facet->type = facet_types[i].type;
	f->facet->value = BAD_CAST f->value;
	wall_enter(&saved, NULL);
	good = xmlSchemaCheckFacet(f->facet, t->type, NULL, BAD_CAST t->name) == 0;
	wall_leave(&saved);
	while (*tail)
		tail = &(*tail)->next;
	*tail = f;
	return good;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The value with its white space as the type wants it, NUL-ended. */
static void normalize(enum white white, struct str value, struct buf *out)
{
	bool gap = false;

	for (size_t i = 0; i < value.n; i++) {
		bool blank = white != WHITE_KEEP && is_blank(value.p[i]);

		if (white == WHITE_COLLAPSE && blank) {
			gap = out->n > 0;
			continue;
		}
		if (gap)
			buf_char(out, ' ');
		gap = false;
		buf_char(out, blank ? ' ' : value.p[i]);
	}
	buf_char(out, '\0');
}

/* Against type and facets; val: the parsed value, which the caller frees. */
static bool judge(const struct datatype *t, const xmlChar *text, xmlSchemaValPtr *val)
{
	if (xmlSchemaValidatePredefinedType(t->type, text, val) != 0)
		return false;
	for (const struct facet *f = t->facets; f; f = f->next)
		if (xmlSchemaValidateFacet(t->type, f->facet, text, *val) != 0)
			return false;
	return true;
}

bool datatype_allows(const struct datatype *t, struct str value)
{
	struct buf text = {NULL, 0, 0};
	xmlSchemaValPtr val = NULL;
	struct wall_state saved;
	bool good;

	if (!t->type)
		return true;
	normalize(t->white, value, &text);
	wall_enter(&saved, NULL);
	good = judge(t, BAD_CAST text.p, &val);
	wall_leave(&saved);
	if (val)
		xmlSchemaFreeValue(val);
	buf_free(&text);
	return good;
}

/* Both are valid and mean the same: 01 and 1. */
static bool same_value(const struct datatype *t, const char *a, const char *b)
{
	xmlSchemaValPtr x = NULL, y = NULL;
	struct wall_state saved;
	bool same;

	wall_enter(&saved, NULL);
	same = judge(t, BAD_CAST a, &x) && judge(t, BAD_CAST b, &y) && x && y && xmlSchemaCompareValues(x, y) == 0;
	wall_leave(&saved);
	if (x)
		xmlSchemaFreeValue(x);
	if (y)
		xmlSchemaFreeValue(y);
	return same;
}

bool datatype_equal(const struct datatype *t, struct str a, struct str b)
{
	struct buf x = {NULL, 0, 0}, y = {NULL, 0, 0};
	bool same;

	normalize(t->white, a, &x);
	normalize(t->white, b, &y);
	same = str_eq(buf_view(&x), buf_view(&y)) || (t->type && t->white == WHITE_COLLAPSE && same_value(t, x.p, y.p));
	buf_free(&x);
	buf_free(&y);
	return same;
}

/* ---- words ---- */

static const struct {
	const char *name, *words[2]; /* by enum diag_lang */
} type_words[] = {
	{"date", {"a date such as 2031-05-27", "日期，如 2031-05-27"}},
	{"gYearMonth", {"a year and month such as 2031-05", "年和月，如 2031-05"}},
	{"gYear", {"a year such as 2031", "年份，如 2031"}},
	{"time", {"a time such as 09:30:00", "时刻，如 09:30:00"}},
	{"dateTime", {"a date and time such as 2031-05-27T09:30:00", "日期和时刻，如 2031-05-27T09:30:00"}},
	{"positiveInteger", {"a whole number from 1 on", "从 1 起的整数"}},
	{"nonNegativeInteger", {"a whole number from 0 on", "从 0 起的整数"}},
	{"integer", {"a whole number", "整数"}},
	{"decimal", {"a number such as 12.5", "数，如 12.5"}},
	{"boolean", {"true or false", "true 或 false"}},
	{"NCName", {"one name: a letter first, then letters, digits, . - _", "一个名称：以字母开头，其后是字母、数字或 . - _"}},
	{"ID", {"one name: a letter first, then letters, digits, . - _", "一个名称：以字母开头，其后是字母、数字或 . - _"}},
	{"anyURI", {"an address (URI)", "网址（URI）"}},
	{"language", {"a language such as zh-Hans", "语言代码，如 zh-Hans"}},
};

/* Patterns that records use; others are shown as they are. */
static const struct {
	const char *pattern, *words[2];
} pattern_words[] = {
	{"\\S(.*\\S)?", {"text that is not empty, without a blank at either end, on one line",
			 "不空的文字，首尾没有空格，不换行"}},
	{"\\S(.*\\S)?[ \xE3\x80\x80]?", {"text that is not empty, without a blank before it and with at most one behind it",
					 "不空的文字，开头没有空格，末尾至多一个空格"}},
};

/* The n of [0-9]{n}, or 0. */
static int digits_of(const char *pattern)
{
	char tail[2];
	int n;

	return sscanf(pattern, "[0-9]{%4d%1[}]%1s", &n, tail, tail) == 2 && n > 0 ? n : 0;
}

static void put_pattern(const char *pattern, enum diag_lang lang, struct buf *out)
{
	int digits = digits_of(pattern);

	for (size_t i = 0; i < sizeof pattern_words / sizeof *pattern_words; i++)
		if (strcmp(pattern, pattern_words[i].pattern) == 0) {
			buf_puts(out, pattern_words[i].words[lang]);
			return;
		}
	if (digits && digits <= 9 && lang == LANG_ZH)
		buf_printf(out, "%.3s位数字", "一两三四五六七八九" + 3 * (digits - 1));
	else if (digits)
		buf_printf(out, lang == LANG_ZH ? " %d 位数字" : "%d digits", digits);
	else
		buf_printf(out, lang == LANG_ZH ? "合于格式 %s 的文字" : "text of the form %s", pattern);
}

static void put_facet(const struct facet *f, enum diag_lang lang, struct buf *out)
{
	static const char *const words[][3] = {
		{"length", "%s characters long", "正好 %s 个字符"},
		{"minLength", "at least %s characters long", "至少 %s 个字符"},
		{"maxLength", "at most %s characters long", "至多 %s 个字符"},
		{"minInclusive", "not below %s", "不小于 %s"},
		{"maxInclusive", "not above %s", "不大于 %s"},
		{"minExclusive", "above %s", "大于 %s"},
		{"maxExclusive", "below %s", "小于 %s"},
		{"totalDigits", "at most %s digits", "至多 %s 位数字"},
		{"fractionDigits", "at most %s decimals", "至多 %s 位小数"},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *text = words[i][lang == LANG_ZH ? 2 : 1], *hole = strstr(text, "%s");

		if (strcmp(f->name, words[i][0]) == 0)
			buf_printf(out, "%.*s%s%s", (int)(hole - text), text, f->value, hole + 2);
	}
}

static bool is_text(const struct datatype *t)
{
	return !strcmp(t->name, "string") || !strcmp(t->name, "token") || !strcmp(t->name, "normalizedString");
}

void datatype_words(const struct datatype *t, enum diag_lang lang, struct buf *out)
{
	const char *words = is_text(t) ? "" : NULL;
	bool first = true;

	for (size_t i = 0; i < sizeof type_words / sizeof *type_words && !words; i++)
		if (strcmp(t->name, type_words[i].name) == 0)
			words = type_words[i].words[lang];
	if (!words)
		buf_printf(out, lang == LANG_ZH ? "%s 类型的值" : "a value of type %s", t->name);
	else if (*words)
		buf_puts(out, words);
	else if (!t->facets)
		buf_puts(out, lang == LANG_ZH ? "文字" : "text");
	else
		first = false;
	for (const struct facet *f = t->facets; f; f = f->next) {
		bool pattern = strcmp(f->name, "pattern") == 0;

		if (pattern && !is_text(t))
			continue; /* a date's pattern only keeps its rarer forms away */
		if (first || f != t->facets)
			buf_puts(out, lang == LANG_ZH ? "，" : ", ");
		if (pattern)
			put_pattern(f->value, lang, out);
		else
			put_facet(f, lang, out);
	}
}

static bool is_form(struct str value, const char *form)
{
	if (value.n != strlen(form))
		return false;
	for (size_t i = 0; i < value.n; i++)
		if (form[i] == '0' ? value.p[i] < '0' || value.p[i] > '9' : value.p[i] != form[i])
			return false;
	return true;
}

const char *datatype_hint(const struct datatype *t, struct str value)
{
	value = str_trim(value);
	if (strcmp(t->name, "date") == 0 && is_form(value, "0000-00-00"))
		return DIAG_TWO("日历上没有这一天", "the calendar has no such day");
	if (strcmp(t->name, "gYearMonth") == 0 && is_form(value, "0000-00"))
		return DIAG_TWO("没有这个月", "there is no such month");
	return NULL;
}
