/* unit: see unit.h. Integers only: floating point and the locale's decimal comma stay outside.
 * Products are taken in 128 bits. */
#include "base/unit.h"

#include <assert.h>
#include <stdlib.h>

static const int64_t value_limit = 1000000000000; /* leaves room for sums and products */

/* Sizes are points times ten; the pairing of names and points is the one of common word
 * processors (custom; the standard names sizes but gives no measures). */
static const struct {
	const char *name;
	int tenths; /* of a point */
} hao_sizes[] = {
	{"初号", 420}, {"小初", 360}, {"一号", 260}, {"小一", 240}, {"二号", 220}, {"小二", 180},
	{"三号", 160}, {"小三", 150}, {"四号", 140}, {"小四", 120}, {"五号", 105}, {"小五", 90},
	{"六号", 75},  {"小六", 65},  {"七号", 55},  {"八号", 50},
};

static const struct {
	const char *name;
	enum unit_kind kind;
	int64_t one; /* EMU, or millionths */
} units[] = {
	{"mm", UNIT_ABSOLUTE, 36000}, {"cm", UNIT_ABSOLUTE, 360000}, {"in", UNIT_ABSOLUTE, 914400},
	{"pt", UNIT_ABSOLUTE, 12700}, {"em", UNIT_EM, 1000000},      {"字", UNIT_EM, 1000000},
	{"行", UNIT_LINE, 1000000},
};

bool unit_hao(struct str name, emu *out)
{
	if (!name.n || (unsigned char)name.p[0] < 0x80)
		return false;
	/* 小四号 is said as often as 小四. */
	if (str_starts(name, STR("小")) && str_ends(name, STR("号")))
		name.n -= STR("号").n;
	for (size_t i = 0; i < sizeof hao_sizes / sizeof *hao_sizes; i++) {
		if (str_is(name, hao_sizes[i].name)) {
			*out = hao_sizes[i].tenths * EMU_PT / 10;
			return true;
		}
	}
	return false;
}

/* a / b, rounded half away from zero; b > 0. */
static __int128 divide(__int128 a, __int128 b)
{
	return a < 0 ? -((-a + b / 2) / b) : (a + b / 2) / b;
}

static bool is_digit(struct str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* Read a decimal number at the start of s as billionths; bytes used, 0 when there is none. */
static size_t parse_number(struct str s, __int128 *billionths)
{
	const __int128 limit = (__int128)value_limit * 1000000000;
	size_t i = 0;
	bool negative = i < s.n && s.p[i] == '-';
	if (negative || (i < s.n && s.p[i] == '+'))
		i++;
	size_t first = i;
	__int128 v = 0;
	for (; is_digit(s, i); i++)
		v = v < limit ? v * 10 + (s.p[i] - '0') : limit;
	bool whole = i > first;
	for (int k = 0; k < 9; k++)
		v *= 10;
	if (i < s.n && s.p[i] == '.') {
		i++;
		if (!is_digit(s, i))
			return 0;
		for (__int128 place = 100000000; is_digit(s, i); i++, place /= 10) {
			if (place == 0)
				continue;
			v += (s.p[i] - '0') * place;
			if (place == 1 && is_digit(s, i + 1) && s.p[i + 1] >= '5')
				v++;
		}
	} else if (!whole) {
		return 0;
	}
	*billionths = negative ? -v : v;
	return i;
}

bool unit_parse(struct str s, struct length *out)
{
	s = str_trim(s);
	emu size;
	if (unit_hao(s, &size)) {
		*out = (struct length){UNIT_ABSOLUTE, size};
		return true;
	}
	__int128 v = 0;
	size_t used = parse_number(s, &v);
	if (used == 0)
		return false;
	struct str unit = str_trim(str_sub(s, used, s.n));
	if (unit.n == 0 && v == 0) {
		*out = (struct length){UNIT_ABSOLUTE, 0};
		return true;
	}
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (!str_is(unit, units[i].name))
			continue;
		__int128 value = divide(v * units[i].one, 1000000000);
		if (value > value_limit || value < -value_limit)
			return false;
		*out = (struct length){units[i].kind, (int64_t)value};
		return true;
	}
	return false;
}

int64_t unit_muldiv_wide(int64_t a, int64_t b, int64_t c)
{
	assert(c > 0);
	__int128 v = divide((__int128)a * b, c);
	return v > INT64_MAX ? INT64_MAX : v < INT64_MIN ? INT64_MIN : (int64_t)v;
}

emu unit_resolve(struct length l, emu em, emu line)
{
	if (l.kind == UNIT_ABSOLUTE)
		return l.value;
	return unit_muldiv(l.value, l.kind == UNIT_EM ? em : line, 1000000);
}

/* value * power / scale without its sign. */
static unsigned __int128 magnitude(int64_t value, int64_t power, int64_t scale)
{
	int64_t small;
	if (!__builtin_mul_overflow(value, power, &small) && small != INT64_MIN)
		return (unsigned __int128)llabs(unit_muldiv(small, 1, scale));
	__int128 v = divide((__int128)value * power, scale);
	return (unsigned __int128)(v < 0 ? -v : v);
}

/* Decimal digits before end, at least `least` of them; where they begin. */
static char *put_digits(unsigned __int128 v, char *end, int least)
{
	char *p = end;
	for (; v > UINT64_MAX; v /= 10)
		*--p = (char)('0' + (int)(v % 10));
	for (uint64_t small = (uint64_t)v; small > 0 || end - p < least; small /= 10)
		*--p = (char)('0' + small % 10);
	return p;
}

int unit_format(char *out, int64_t value, int64_t scale, int digits)
{
	static const int64_t powers[] = {
		1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
		1000000000000, 10000000000000, 100000000000000, 1000000000000000,
	};
	assert(scale > 0 && digits >= 0 && digits <= 15);
	unsigned __int128 v = magnitude(value, powers[digits], scale);
	char text[40], *end = text + sizeof text, *p = put_digits(v, end, digits + 1), *point = end - digits;
	int length = 0;
	if (value < 0 && v > 0)
		out[length++] = '-';
	while (p < point)
		out[length++] = *p++;
	while (end > point && end[-1] == '0')
		end--;
	if (end > point)
		out[length++] = '.';
	while (p < end)
		out[length++] = *p++;
	out[length] = '\0';
	return length;
}
