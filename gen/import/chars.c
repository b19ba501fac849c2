/* chars: see chars.h. Ranges are those of the Unicode blocks. */
#include "import/chars.h"

struct range {
	uint32_t first, last;
};

static bool in(const struct range *list, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (c >= list[i].first && c <= list[i].last)
			return true;
	return false;
}

#define IN(list, c) in((list), sizeof(list) / sizeof *(list), (c))

bool char_is_blank(uint32_t c)
{
	static const struct range list[] = {
		{0x20, 0x20}, {0x09, 0x09}, {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A},
		{0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
	};
	return c == ' ' || ((c < 0x20 || c >= 0xA0) && IN(list, c));
}

bool char_is_break(uint32_t c)
{
	return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool char_is_control(uint32_t c)
{
	static const struct range list[] = {
		{0x00, 0x08}, {0x0E, 0x1F}, {0x7F, 0x84}, {0x86, 0x9F}, {0xAD, 0xAD}, {0x200B, 0x200B},
		{0x200E, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0xFDD0, 0xFDEF}, {0xFEFF, 0xFEFF},
		{0xFFF9, 0xFFFB},
	};
	if (c >= 0x20 && c < 0x7F)
		return false;
	return IN(list, c) || (c & 0xFFFE) == 0xFFFE;
}

bool char_is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

bool char_is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x52F) || c == 0xB5;
}

bool char_is_word(uint32_t c)
{
	return char_is_digit(c) || char_is_letter(c);
}

bool char_is_ideograph(uint32_t c)
{
	static const struct range list[] = {
		{0x2E80, 0x2FDF}, {0x3005, 0x3007}, {0x3021, 0x3029}, {0x3040, 0x312F}, {0x31A0, 0x31FF},
		{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}, {0xE000, 0xFAFF}, {0x20000, 0x3FFFD},
		{0xF0000, 0x10FFFD},
	};
	return c >= 0x2E80 && IN(list, c);
}

bool char_is_wide(uint32_t c)
{
	static const struct range marks[] = {
		{0xB7, 0xB7}, {0x2014, 0x2015}, {0x2018, 0x2019}, {0x201C, 0x201D}, {0x2025, 0x2026}, {0x203B, 0x203B},
		{0x2103, 0x2103}, {0x2160, 0x217F}, {0x2236, 0x2237}, {0x2460, 0x24FF}, {0x2500, 0x26FF},
		{0x3001, 0x303F}, {0x3200, 0x33FF}, {0xFE10, 0xFE19}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6},
	};
	return c >= 0xB7 && (char_is_ideograph(c) || IN(marks, c));
}

bool char_is_stop(uint32_t c)
{
	switch (c) {
	case 0x3002: case 0xFF01: case 0xFF1F: case 0xFF1B: case 0xFF1A: case 0x2026: case 0xFF0E:
	case '!': case '?': case ';': case ':': case '.':
		return true;
	}
	return false;
}

static const uint32_t pairs[][2] = {
	{0x201C, 0x201D}, {0x2018, 0x2019}, {0xFF08, 0xFF09}, {'(', ')'}, {0x300A, 0x300B}, {0x3008, 0x3009},
	{0x300C, 0x300D}, {0x300E, 0x300F}, {0x3010, 0x3011}, {0x3014, 0x3015}, {0x3016, 0x3017}, {'[', ']'},
	{'{', '}'}, {0xFF3B, 0xFF3D}, {0xFF5B, 0xFF5D},
};
enum { PAIRS = sizeof pairs / sizeof *pairs };

uint32_t char_partner(uint32_t c)
{
	for (int i = 0; i < PAIRS; i++)
		if (pairs[i][0] == c)
			return pairs[i][1];
	return 0;
}

bool char_opens(uint32_t c)
{
	return char_partner(c) != 0;
}

bool char_closes(uint32_t c)
{
	for (int i = 0; i < PAIRS; i++)
		if (pairs[i][1] == c)
			return true;
	return false;
}

int char_width(uint32_t c)
{
	if (c < 0x300)
		return c == 0xB7 ? 2 : 1;
	return char_is_wide(c) || c == 0x3000 || c >= 0x10000 ? 2 : 1;
}

int char_numeral(uint32_t c)
{
	static const uint32_t digits[][4] = {
		{0x3007, 0x96F6, 0x25CB, 0xFF2F}, {0x4E00, 0x58F9}, {0x4E8C, 0x8D30}, {0x4E09, 0x53C1}, {0x56DB, 0x8086},
		{0x4E94, 0x4F0D}, {0x516D, 0x9646}, {0x4E03, 0x67D2}, {0x516B, 0x634C}, {0x4E5D, 0x7396},
	};
	if (c < 0x25CB)
		return -1;
	if (c == 0x5341 || c == 0x62FE) /* 十 拾 */
		return 10;
	if (c == 0x767E || c == 0x4F70) /* 百 佰 */
		return 100;
	for (int d = 0; d < 10; d++)
		for (int i = 0; i < 4; i++)
			if (digits[d][i] == c)
				return d;
	return -1;
}

uint32_t chars_first(struct str s)
{
	size_t at = 0;
	return s.n ? utf8_next(s, &at) : 0;
}

uint32_t chars_last(struct str s)
{
	size_t at = s.n;
	return s.n ? utf8_prev(s, &at) : 0;
}

struct str chars_trim(struct str s)
{
	size_t from = 0, to = s.n, at;
	while (from < to) {
		at = from;
		uint32_t c = utf8_next(s, &at);
		if (!char_is_blank(c) && !char_is_break(c))
			break;
		from = at;
	}
	while (to > from) {
		at = to;
		uint32_t c = utf8_prev(s, &at);
		if (!char_is_blank(c) && !char_is_break(c))
			break;
		to = at;
	}
	return str_sub(s, from, to);
}
