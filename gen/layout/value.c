/* value: the value of an attribute against its type in the table. See value.h. */
#include "layout/value.h"

#include "base/choice.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

bool int_parse(struct str s, int *out)
{
	long v = 0;

	if (!s.n || s.n > 6)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*out = (int)v;
	return true;
}

bool colour_parse(struct str s, uint32_t *rgb)
{
	uint32_t v = 0;

	if (s.n != 7 || s.p[0] != '#')
		return false;
	for (size_t i = 1; i < 7; i++) {
		char c = s.p[i];
		int digit = is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
		if (digit < 0)
			return false;
		v = v << 4 | (uint32_t)digit;
	}
	*rgb = v;
	return true;
}

bool em_parse(struct str s, int64_t *out)
{
	struct length l;

	if (!unit_parse(s, &l) || (l.kind != UNIT_EM && l.value != 0))
		return false;
	*out = l.value;
	return true;
}

bool factor_parse(struct str s, int64_t *out)
{
	char em[32];

	if (!s.n || s.n > 12 || !is_digit(s.p[s.n - 1]))
		return false;
	memcpy(em, s.p, s.n);
	memcpy(em + s.n, "em", 2);
	return em_parse((struct str){em, s.n + 2}, out) && *out >= 100000 && *out <= 10000000;
}

/* "zh-Hant-HK": letters and digits with single hyphens between (the shape of BCP 47 only). */
static bool is_lang(struct str v)
{
	bool after_hyphen = true;

	for (size_t i = 0; i < v.n; i++) {
		bool hyphen = v.p[i] == '-';
		if (hyphen ? after_hyphen : !is_letter(v.p[i]) && !is_digit(v.p[i]))
			return false;
		after_hyphen = hyphen;
	}
	return v.n && v.n <= 35 && !after_hyphen && is_letter(v.p[0]);
}

static bool are_langs(struct str v)
{
	size_t at = 0;

	for (; at <= v.n; at++) {
		size_t end = at;
		while (end < v.n && v.p[end] != ' ')
			end++;
		if (!is_lang(str_sub(v, at, end)))
			return false;
		at = end;
	}
	return true;
}

/* Names of elements, or *, with "/" between; no predicates, no attributes: <omit> compares names only. */
static bool is_path(struct str v)
{
	size_t step = 0;

	for (size_t i = 0; i < v.n; i++) {
		char c = v.p[i];
		if (c == '/') {
			if (!step)
				return false;
			step = 0;
			continue;
		}
		bool name = is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || (unsigned char)c >= 0x80;
		bool star = c == '*' && !step && (i + 1 == v.n || v.p[i + 1] == '/');
		if (!name && !star)
			return false;
		step++;
	}
	return step > 0;
}

bool edge_parse(struct str s, struct edge *out)
{
	struct length l;

	*out = (struct edge){.set = true, .line = EDGE_SOLID};
	if (str_is(s, "none")) {
		out->line = EDGE_NONE;
		return true;
	}
	if (str_starts(s, STR("double ")) || str_starts(s, STR("dashed "))) {
		out->line = s.p[1] == 'o' ? EDGE_DOUBLE : EDGE_DASHED;
		s = str_sub(s, 7, s.n);
	}
	if (!unit_parse(s, &l) || l.kind != UNIT_ABSOLUTE || l.value < 0 || l.value > 20 * EMU_PT)
		return false;
	out->weight = l.value;
	return true;
}

bool column_parse(struct str s, emu em, emu line, struct column *out)
{
	struct length l;
	char ems[32];

	if (!s.n || str_is(s, "auto"))
		return true;
	if (s.p[s.n - 1] == '*' && s.n < 12) {
		memcpy(ems, s.p, s.n - 1);
		memcpy(ems + s.n - 1, "em", 2);
		out->kind = COLUMN_RATIO;
		return em_parse((struct str){ems, s.n + 1}, &out->ratio) && out->ratio > 0 && out->ratio <= 1000000000;
	}
	out->kind = COLUMN_FIXED;
	if (!unit_parse(s, &l) || l.value < 0)
		return false;
	out->width = unit_resolve(l, em, line);
	return true;
}

/* Empty, 2031, 2031-05 or 2031-05-29. */
static bool is_date(struct str v)
{
	for (size_t i = 0; i < v.n; i++)
		if (i == 4 || i == 7 ? v.p[i] != '-' : !is_digit(v.p[i]))
			return false;
	return v.n == 0 || v.n == 4 || v.n == 7 || v.n == 10;
}

/* Digits and a point, nothing else: the unit is forgotten. */
static bool is_bare_number(struct str v)
{
	bool digits = false;

	for (size_t i = 0; i < v.n; i++) {
		digits = digits || is_digit(v.p[i]);
		if (!is_digit(v.p[i]) && v.p[i] != '.' && !(i == 0 && v.p[i] == '-'))
			return false;
	}
	return digits;
}

/* A number, then letters that are no unit. */
static struct str unknown_unit(struct str v)
{
	size_t digits = 0;

	while (digits < v.n && (is_digit(v.p[digits]) || v.p[digits] == '.'))
		digits++;
	for (size_t i = digits; i < v.n; i++)
		if (!is_letter(v.p[i]))
			return (struct str){0};
	return digits ? str_sub(v, digits, v.n) : (struct str){0};
}

static bool has_wide_digit(struct str v)
{
	for (size_t at = 0; at < v.n;) {
		uint32_t cp = utf8_next(v, &at);
		if ((cp >= 0xFF10 && cp <= 0xFF19) || cp == 0xFF0E)
			return true;
	}
	return false;
}

/* What is no length at all. */
static const char *no_length(struct arena *a, struct str v, const char *such)
{
	struct str unit = unknown_unit(v);

	if (is_bare_number(v))
		return arena_printf(a, DIAG_TWO("缺少单位，应如 %.*smm %.*spt", "its unit is missing, as in %.*smm %.*spt"), STR_ARG(v),
				    STR_ARG(v), STR_ARG(v), STR_ARG(v));
	if (has_wide_digit(v))
		return arena_printf(a, DIAG_TWO("数字要用半角，应如 %s", "its digits must be plain ones, such as %s"), such, such);
	if (unit.n)
		return arena_printf(a, DIAG_TWO("没有单位 %.*s，应如 %s", "there is no unit %.*s, such as %s"), STR_ARG(unit), such, STR_ARG(unit),
				    such);
	return arena_printf(a, DIAG_TWO("应如 %s", "such as %s"), such, such);
}

static const char *length_problem(struct arena *a, const struct attr_def *def, struct str v)
{
	struct length l;
	bool good = unit_parse(v, &l);
	const char *also = *def->values ? arena_printf(a, " %s", def->values) : "";

	if (word_in(v, def->values) || (good && def->type == AT_OFFSET))
		return NULL;
	if (good && l.value < 0)
		return DIAG_TWO("不能小于 0", "it may not be below 0");
	if (def->type == AT_ABSOLUTE && good)
		return l.kind == UNIT_ABSOLUTE ? NULL : DIAG_TWO("这里不能用 em、字、行，应如 37mm 2.5cm 28pt", "no em, 字 or 行 here: such as 37mm 2.5cm 28pt");
	if (good)
		return NULL;
	return no_length(a, v, def->type == AT_ABSOLUTE ? "37mm 2.5cm 28pt" : arena_printf(a, "37mm 28pt 三号 2em 2字 1行%s", also));
}

static const char *word_problem(struct arena *a, struct str v, const char *values)
{
	const char *const *words = choice_words(a, values);
	const char *near = choice_nearest(v, words);

	if (word_in(v, values))
		return NULL;
	if (!strcmp(values, "yes no"))
		near = word_in(v, "true on 1 y Y 是 有") ? "yes" : word_in(v, "false off 0 n N 否 无") ? "no" : near;
	return near ? arena_printf(a, DIAG_TWO("是否应为 %s？只能是 %s 之一", "did you mean %s? It is one of %s"), near, values, near, values)
		    : arena_printf(a, DIAG_TWO("只能是 %s 之一", "it is one of %s"), values, values);
}

const char *value_problem(struct arena *a, const struct attr_def *def, struct str v)
{
	struct edge edge;
	struct column column = {0};
	int64_t amount;
	int i;
	uint32_t rgb;

	switch ((int)def->type & ~(int)AT_REQUIRED) {
	case AT_LENGTH:
	case AT_OFFSET:
	case AT_ABSOLUTE:
		return length_problem(a, def, v);
	case AT_EM:
		return em_parse(v, &amount) && amount >= 0 && amount <= 4000000 ? NULL : DIAG_TWO("应为 0em 至 4em", "from 0em to 4em");
	case AT_FACTOR:
		return factor_parse(v, &amount) ? NULL : DIAG_TWO("应为 0.1 至 10 的数", "a number from 0.1 to 10");
	case AT_INT:
		return int_parse(v, &i) ? NULL : DIAG_TWO("应为 0 至 999999 的整数", "a whole number from 0 to 999999");
	case AT_BOOL:
		return word_problem(a, v, "yes no");
	case AT_ENUM:
		return word_problem(a, v, def->values);
	case AT_COLOUR:
		return colour_parse(v, &rgb) ? NULL : DIAG_TWO("应为 # 加六位十六进制数，如 #FF0000", "# and six hexadecimal digits, as #FF0000");
	case AT_DATE:
		return is_date(str_trim(v)) ? NULL : DIAG_TWO("应如 2031-05-29 2031-05 2031", "such as 2031-05-29 2031-05 2031");
	case AT_EDGE:
		return edge_parse(v, &edge) ? NULL : DIAG_TWO("应如 none 0.5pt double 0.5pt dashed 0.5pt", "such as none 0.5pt double 0.5pt dashed 0.5pt");
	case AT_COLUMN:
		return column_parse(v, EMU_PT, EMU_PT, &column) ? NULL : DIAG_TWO("应如 20mm 3* auto", "such as 20mm 3* auto");
	case AT_LANG:
		return is_lang(v) ? NULL : DIAG_TWO("应如 zh-Hans zh-Hant en", "such as zh-Hans zh-Hant en");
	case AT_LANGS:
		return are_langs(v) ? NULL : DIAG_TWO("应如 zh-Hans zh-Hant zh-Hant-HK", "such as zh-Hans zh-Hant zh-Hant-HK");
	case AT_PATH:
		return is_path(v) ? NULL : DIAG_TWO("应为元素名，可用 / 相连，如 head/note", "names of elements with / between, as head/note");
	case AT_NAME:
		return v.n ? NULL : DIAG_TWO("不能为空", "it may not be empty");
	default:
		return (def->type & AT_REQUIRED) && !v.n ? DIAG_TWO("不能为空", "it may not be empty") : NULL;
	}
}
