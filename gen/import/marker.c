/* marker: see marker.h. */
#include "import/marker.h"

#include "import/chars.h"

enum { VALUE_MAX = 999, GAP_MAX = 9 };

/* Chinese numeral at *at: 一 … 九十九, 一百二十. 0 when there is none. */
static int read_han(struct str s, size_t *at)
{
	int total = 0, digit = 0, seen = 0;
	while (*at < s.n) {
		size_t next = *at;
		int v = char_numeral(utf8_next(s, &next));
		if (v < 0 || seen == 6)
			break;
		if (v >= 10) {
			total += (digit ? digit : 1) * v;
			digit = 0;
		} else {
			digit = v;
		}
		seen++;
		*at = next;
	}
	return seen < 6 ? total + digit : 0;
}

/* 0-9, also of full width; no zero first. 0 when there is none. */
static int read_digits(struct str s, size_t *at)
{
	int v = 0;
	for (size_t next = *at; next < s.n && v <= VALUE_MAX; *at = next) {
		uint32_t c = utf8_next(s, &next);
		int digit = char_is_digit(c) ? (int)c - '0' : c >= 0xFF10 && c <= 0xFF19 ? (int)c - 0xFF10 : -1;
		if (digit < 0 || (digit == 0 && v == 0))
			break;
		v = v * 10 + digit;
	}
	return v <= VALUE_MAX ? v : 0;
}

static uint32_t take(struct str s, size_t *at)
{
	return *at < s.n ? utf8_next(s, at) : 0;
}

static bool is_open(uint32_t c)
{
	return c == '(' || c == 0xFF08;
}

static bool is_close(uint32_t c)
{
	return c == ')' || c == 0xFF09;
}

static void skip_blanks(struct str s, size_t *at)
{
	size_t next = *at;
	while (next < s.n && char_is_blank(utf8_next(s, &next)))
		*at = next;
}

/* （一） or （1）; a 、 behind it belongs to the mark. */
static enum marker_kind read_bracketed(struct str s, size_t *at, int *value)
{
	skip_blanks(s, at);
	size_t start = *at;
	*value = read_digits(s, at);
	enum marker_kind kind = MARKER_DIGIT_PAREN;
	if (!*value) {
		*at = start;
		*value = read_han(s, at);
		kind = MARKER_HAN_PAREN;
	}
	skip_blanks(s, at);
	if (!*value || !is_close(take(s, at)))
		return MARKER_NONE;
	size_t next = *at;
	if (take(s, &next) == 0x3001)
		*at = next;
	return kind;
}

/* 1. 1． 1、 or 1) 1） */
static enum marker_kind read_plain_digit(struct str s, size_t *at, int *value)
{
	*value = read_digits(s, at);
	if (!*value)
		return MARKER_NONE;
	uint32_t c = take(s, at);
	if (is_close(c))
		return MARKER_DIGIT_CLOSE;
	return c == '.' || c == 0xFF0E || c == 0x3001 ? MARKER_DIGIT : MARKER_NONE;
}

/* One character that is a whole marker. */
static const struct {
	uint32_t first, last;
	enum marker_kind kind;
} single[] = {
	{0x2460, 0x2473, MARKER_CIRCLED},     /* ① */
	{0x2474, 0x2487, MARKER_DIGIT_PAREN}, /* ⑴ */
	{0x2488, 0x249B, MARKER_DIGIT},       /* ⒈ */
	{0x3220, 0x3229, MARKER_HAN_PAREN},   /* ㈠ */
};

static enum marker_kind read_kind(struct str s, size_t *at, int *value)
{
	uint32_t c = take(s, at);
	if (is_open(c))
		return read_bracketed(s, at, value);
	for (size_t i = 0; i < sizeof single / sizeof *single; i++)
		if (c >= single[i].first && c <= single[i].last) {
			*value = (int)(c - single[i].first + 1);
			return single[i].kind;
		}
	*at = 0;
	if (char_is_digit(c) || (c >= 0xFF10 && c <= 0xFF19))
		return read_plain_digit(s, at, value);
	*value = char_numeral(c) > 0 ? read_han(s, at) : 0;
	c = *value ? take(s, at) : 0;
	return c == 0x3001 || c == '.' || c == 0xFF0E ? MARKER_HAN : MARKER_NONE;
}

static void look_behind(struct str s, struct marker *m)
{
	size_t at = m->length;
	skip_blanks(s, &at);
	m->text = at;
	int digits = 0;
	for (; at < s.n && char_is_digit((unsigned char)s.p[at]); at++)
		digits++;
	m->digit_follows = m->kind == MARKER_DIGIT && digits && m->text == m->length;
	skip_blanks(s, &at);
	m->year_follows = digits == 4 && take(s, &at) == 0x5E74;
}

bool marker_read(struct str s, struct marker *out)
{
	*out = (struct marker){0};
	out->kind = read_kind(s, &out->length, &out->value);
	if (out->kind == MARKER_NONE || out->value > VALUE_MAX)
		return false;
	look_behind(s, out);
	return true;
}

enum marker_fit marker_fits(const struct marker_series *s, const struct marker *m)
{
	int last = s->last[m->kind];
	if (m->value == last + 1)
		return MARKER_NEXT;
	if (m->value == 1)
		return s->fresh[m->kind] ? MARKER_RESTART : MARKER_AGAIN;
	if (!last)
		return MARKER_UNFIT;
	if (m->value == last)
		return MARKER_REPEAT;
	return m->value > last && m->value <= last + GAP_MAX ? MARKER_GAP : MARKER_UNFIT;
}

void marker_accept(struct marker_series *s, const struct marker *m)
{
	s->last[m->kind] = m->value;
	s->fresh[m->kind] = false;
	for (int k = m->kind + 1; k < MARKER_KINDS; k++) {
		s->fresh[k] = true;
		/* 1. may be numbered through under several headings (一、 and （一）); what stands below it may not. */
		if (k != MARKER_DIGIT)
			s->last[k] = 0;
	}
}
