/* date: see date.h. */
#include "import/date.h"

#include <stdio.h>

#include "import/chars.h"

static void skip_blanks(struct str s, size_t *at)
{
	size_t next = *at;
	while (next < s.n && char_is_blank(utf8_next(s, &next)))
		*at = next;
}

int date_number(struct str s, size_t *at, int *n)
{
	int total = 0, digit = 0, v = 0;
	bool tens = false;
	*n = 0;
	skip_blanks(s, at);
	for (size_t next = *at; next < s.n && *n < 5; *at = next, ++*n) {
		uint32_t c = utf8_next(s, &next);
		v = char_is_digit(c) ? (int)c - '0' : c >= 0xFF10 && c <= 0xFF19 ? (int)c - 0xFF10 : char_numeral(c);
		if (v < 0 || v > 10)
			break;
		if (v == 10) {
			total += (digit ? digit : 1) * 10;
			digit = 0;
			tens = true;
		} else {
			digit = tens ? v : digit * 10 + v;
		}
	}
	return *n ? total + digit : -1;
}

static bool take(struct str s, size_t *at, const char *any_of)
{
	size_t next = *at;
	skip_blanks(s, &next);
	if (next >= s.n)
		return false;
	uint32_t c = utf8_next(s, &next);
	struct str list = str_of(any_of);
	for (size_t i = 0; i < list.n;)
		if (utf8_next(list, &i) == c) {
			*at = next;
			return true;
		}
	return false;
}

bool date_exists(const struct date *d)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = d->year % 4 == 0 && (d->year % 100 != 0 || d->year % 400 == 0);
	if (d->month < 1 || d->month > 12)
		return false;
	return d->day <= days[d->month - 1] + (leap && d->month == 2);
}

/* One number of 1 or 2 characters (三 for 十一, 二十九) and its sign. */
static int read_part(struct str s, size_t *at, const char *sign)
{
	int n;
	size_t next = *at;
	int v = date_number(s, &next, &n);
	if (v < 0 || n > 3 || !take(s, &next, sign))
		return 0;
	*at = next;
	return v;
}

/* 2031-05-29: the same sign twice, the last part without one. */
static bool read_signs(struct str s, size_t at, struct date *out)
{
	const char *signs[] = {"-－", ".．", "/／"};
	int n;
	for (int i = 0; i < 3; i++) {
		size_t next = at;
		if (!take(s, &next, signs[i]))
			continue;
		out->month = read_part(s, &next, signs[i]);
		out->day = out->month ? date_number(s, &next, &n) : -1;
		out->to = next;
		out->possible = out->day > 0 && n <= 2 && date_exists(out);
		return out->possible;
	}
	return false;
}

/* What may follow a month at byte `at`. */
static bool read_day(struct str s, size_t at, struct date *out)
{
	out->to = at;
	out->day = read_part(s, &at, "日号號");
	if (out->day)
		out->to = at;
	out->possible = date_exists(out);
	return true;
}

bool date_read(struct str s, size_t at, struct date *out)
{
	int n;
	*out = (struct date){.from = at};
	int year = date_number(s, &at, &n);
	if (n != 4 || year < 1000 || year > 9999)
		return false;
	out->year = year;
	if (!take(s, &at, "年"))
		return read_signs(s, at, out);
	out->to = at;
	out->possible = true;
	out->month = read_part(s, &at, "月");
	if (!out->month)
		return true;
	return read_day(s, at, out);
}

bool date_read_short(struct str s, size_t at, struct date *out)
{
	struct date d;
	if (date_read(s, at, &d) && d.month) {
		*out = d;
		return true;
	}
	*out = (struct date){.from = at};
	out->month = read_part(s, &at, "月");
	if (out->month < 1 || out->month > 12)
		return false;
	return read_day(s, at, out);
}

bool date_only(struct str s, struct date *out)
{
	size_t from = 0, to = s.n;
	struct str t = chars_trim(s);
	from = (size_t)(t.p - s.p);
	to = from + t.n;
	uint32_t close = char_partner(chars_first(t));
	if (close) {
		size_t next = to;
		if (utf8_prev(s, &next) != close)
			return false;
		to = next;
		utf8_next(s, &from);
	}
	skip_blanks(s, &from);
	struct str inner = str_sub(s, 0, to);
	if (!date_read(inner, from, out) || !out->month)
		return false;
	size_t end = out->to;
	skip_blanks(inner, &end);
	return end == to;
}

int date_find_year(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		struct date d;
		uint32_t c;
		size_t next = at;
		c = utf8_next(s, &next);
		if ((char_is_digit(c) || char_numeral(c) >= 0) && date_read(s, at, &d))
			return d.year;
		/* step over a whole number, so that 12031年 is no year */
		while (next < s.n && char_is_digit(c)) {
			size_t after = next;
			c = utf8_next(s, &after);
			if (char_is_digit(c))
				next = after;
		}
		at = next;
	}
	return 0;
}

void date_iso(const struct date *d, char *out)
{
	if (d->month && d->day && d->possible)
		snprintf(out, 16, "%04d-%02d-%02d", d->year % 10000, d->month % 100, d->day % 100);
	else if (d->month >= 1 && d->month <= 12)
		snprintf(out, 16, "%04d-%02d", d->year % 10000, d->month);
	else
		snprintf(out, 16, "%04d", d->year % 10000);
}
