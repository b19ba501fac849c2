/* func: what templates may call, prefix bound to urn:genpdf:functions: Chinese numerals, dates, document numbers. */
#include "layout/decl.h"

static const char *const lower[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
static const char *const upper[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

static bool read_number(struct str s, unsigned *out)
{
	unsigned long v = 0;

	s = str_trim(s);
	if (!s.n || s.n > 8)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (unsigned)(s.p[i] - '0');
	}
	*out = (unsigned)v;
	return true;
}

static bool want(struct buf *out, const char *what)
{
	out->n = 0;
	buf_puts(out, what);
	return false;
}

/* One group of four digits. one_ten: 十 for 10-19 at the start instead of 一十. */
static void put_group(struct buf *out, unsigned n, const char *const *digits, const char *const *units, bool inner, bool one_ten)
{
	static const unsigned powers[] = {1000, 100, 10, 1};
	bool zero = false, any = false;

	for (int i = 0; i < 4; i++) {
		unsigned d = n / powers[i] % 10;
		if (!d) {
			zero = any || inner;
			continue;
		}
		if (zero)
			buf_puts(out, digits == lower ? "零" : digits[0]);
		zero = false;
		if (!(one_ten && i == 2 && d == 1 && !any && !inner))
			buf_puts(out, digits[d]);
		buf_puts(out, units[i]);
		any = true;
	}
}

static void put_numeral(struct buf *out, unsigned n, bool formal)
{
	static const char *const plain[] = {"千", "百", "十", ""}, *const official[] = {"仟", "佰", "拾", ""};
	const char *const *digits = formal ? upper : lower, *const *units = formal ? official : plain;

	if (!n) {
		buf_puts(out, formal ? "零" : "〇");
		return;
	}
	if (n >= 10000) {
		put_group(out, n / 10000, digits, units, false, !formal);
		buf_puts(out, "万");
		n %= 10000;
		put_group(out, n, digits, units, n && n < 1000, false);
		return;
	}
	put_group(out, n, digits, units, false, !formal);
}

static bool call_han(void *user, const struct str *args, int n, struct buf *out)
{
	unsigned v;

	(void)user, (void)n;
	if (!read_number(args[0], &v))
		return want(out, "0 … 99999999");
	put_numeral(out, v, false);
	return true;
}

static bool call_formal(void *user, const struct str *args, int n, struct buf *out)
{
	unsigned v;

	(void)user, (void)n;
	if (!read_number(args[0], &v))
		return want(out, "0 … 99999999");
	put_numeral(out, v, true);
	return true;
}

/* ① … ⑳ ㉑ … ㊿ (Unicode: U+2460, U+3251, U+32B1). */
static bool call_circled(void *user, const struct str *args, int n, struct buf *out)
{
	unsigned v;

	(void)user, (void)n;
	if (!read_number(args[0], &v) || v < 1 || v > 50)
		return want(out, "1 … 50");
	buf_utf8(out, v <= 20 ? 0x2460 + v - 1 : v <= 35 ? 0x3251 + v - 21 : 0x32B1 + v - 36);
	return true;
}

/* ---- dates ---- */

struct iso {
	unsigned year, month, day; /* month, day: 0 when not said */
};

static unsigned digits_at(struct str s, size_t at, size_t n)
{
	unsigned v = 0;

	for (size_t i = 0; i < n; i++) {
		if (at + i >= s.n || s.p[at + i] < '0' || s.p[at + i] > '9')
			return 0;
		v = v * 10 + (unsigned)(s.p[at + i] - '0');
	}
	return v;
}

static unsigned days_in(unsigned year, unsigned month)
{
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static bool read_iso(struct str s, struct iso *out)
{
	s = str_trim(s);
	bool shape = s.n == 4 || (s.n == 7 && s.p[4] == '-') || (s.n == 10 && s.p[4] == '-' && s.p[7] == '-');
	if (!shape)
		return false;
	out->year = digits_at(s, 0, 4);
	out->month = s.n >= 7 ? digits_at(s, 5, 2) : 0;
	out->day = s.n >= 10 ? digits_at(s, 8, 2) : 0;
	bool month_good = s.n < 7 || (out->month >= 1 && out->month <= 12);
	bool day_good = s.n < 10 || (month_good && out->day >= 1 && out->day <= days_in(out->year, out->month));
	return out->year && month_good && day_good;
}

static void put_year_han(struct buf *out, unsigned year)
{
	for (unsigned p = 1000; p; p /= 10)
		buf_puts(out, lower[year / p % 10]);
}

static void put_date_han(struct buf *out, const struct iso *t)
{
	put_year_han(out, t->year);
	buf_puts(out, "年");
	if (t->month) {
		put_numeral(out, t->month, false);
		buf_puts(out, "月");
	}
	if (t->day) {
		put_numeral(out, t->day, false);
		buf_puts(out, "日");
	}
}

/* year, month and day with what stands behind each; what is not said is left out. */
static void put_date(struct buf *out, const struct iso *t, const char *year, const char *month, const char *day)
{
	buf_printf(out, "%u%s", t->year, year);
	if (t->month)
		buf_printf(out, "%s%u%s", *year ? "" : ".", t->month, month);
	if (t->day)
		buf_printf(out, "%s%u%s", *month ? "" : ".", t->day, day);
}

/* One part of a date as a number; a part that is not said cannot be asked for. */
static bool put_part(struct buf *out, unsigned part)
{
	if (!part)
		return want(out, "2031-05-29");
	buf_printf(out, "%u", part);
	return true;
}

/* date('2031-05-29') = 2031年5月29日 (GB/T 9704-2012, 7.3.5.4: full year, no padding); 'han' = 二〇三一年五月二十九日;
 * 'dots' = 2031.5.29; 'year' 'month' 'day' = the number. */
static bool call_date(void *user, const struct str *args, int n, struct buf *out)
{
	struct iso t;
	struct str form = n > 1 ? args[1] : STR("arabic");

	(void)user;
	if (!read_iso(args[0], &t))
		return want(out, "2031-05-29, 2031-05, 2031");
	if (str_is(form, "year"))
		return put_part(out, t.year);
	if (str_is(form, "month"))
		return put_part(out, t.month);
	if (str_is(form, "day"))
		return put_part(out, t.day);
	if (str_is(form, "han"))
		put_date_han(out, &t);
	else if (str_is(form, "arabic"))
		put_date(out, &t, "年", "月", "日");
	else if (str_is(form, "dots"))
		put_date(out, &t, "", "", "");
	else
		return want(out, "arabic han dots year month day");
	return true;
}

/* document-number('示政发', '2031', '5') = 示政发〔2031〕5号: year in full in U+3014 U+3015, serial without padding
 * (GB/T 9704-2012, 7.2.5). */
static bool call_document_number(void *user, const struct str *args, int n, struct buf *out)
{
	struct str code = str_trim(args[0]), year = str_trim(args[1]);
	unsigned serial;

	(void)user, (void)n;
	if (!code.n || year.n != 4 || !digits_at(year, 0, 4) || !read_number(args[2], &serial) || !serial)
		return want(out, "'示政发', '2031', '5'");
	buf_printf(out, "%.*s〔%.*s〕%u号", STR_ARG(code), STR_ARG(year), serial);
	return true;
}

/* included('news-2031-05.xml', 'title') = what the properties of the included record's document say: title, author, date,
 * kind, lang. */
static bool call_included(void *user, const struct str *args, int n, struct buf *out)
{
	const struct layout *l = user;
	const struct included *k = l->included;
	struct str what = n > 1 ? args[1] : STR("title"), value;

	while (k && !str_eq(k->href, args[0]))
		k = k->next;
	if (!k)
		return want(out, "<include href=\"…\"/>");
	const struct doc_metadata *m = &k->doc->metadata;
	if (str_is(what, "title"))
		value = m->title;
	else if (str_is(what, "author"))
		value = m->author;
	else if (str_is(what, "date"))
		value = m->date;
	else if (str_is(what, "kind"))
		value = m->kind;
	else if (str_is(what, "lang"))
		value = m->lang;
	else
		return want(out, "title author date kind lang");
	buf_str(out, value);
	return true;
}

const struct xml_function layout_functions[] = {
	{"han", 1, 1, call_han},
	{"formal", 1, 1, call_formal},
	{"circled", 1, 1, call_circled},
	{"date", 1, 2, call_date},
	{"document-number", 3, 3, call_document_number},
	{"included", 1, 2, call_included},
};
const int n_layout_functions = sizeof layout_functions / sizeof *layout_functions;
