/* pdf_text: numbers, strings, names and dates as ISO 32000-1 7.3 and 7.9 want them. */
#include "out/pdf.h"

void pdf_number(struct buf *b, int64_t value, int64_t scale)
{
	char text[40];

	if (scale == 1 && value >= 0) {
		buf_number(b, (uint64_t)value);
		return;
	}
	int n = unit_format(text, value, scale, 3);
	buf_put(b, text, (size_t)n);
}

int64_t pdf_place(emu e)
{
	return unit_muldiv(e, 1000, EMU_PT);
}

void pdf_utf16(struct buf *b, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t cp = utf8_next(s, &at);
		if (cp < 0x10000)
			buf_printf(b, "%04X", (unsigned)cp);
		else
			buf_printf(b, "%04X%04X", (unsigned)(0xd800 + ((cp - 0x10000) >> 10)),
				   (unsigned)(0xdc00 + (cp & 0x3ff)));
	}
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

void pdf_string(struct buf *b, struct str s)
{
	if (!is_plain(s)) {
		buf_puts(b, "<FEFF");
		pdf_utf16(b, s);
		buf_char(b, '>');
		return;
	}
	buf_char(b, '(');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '(' || s.p[i] == ')' || s.p[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, s.p[i]);
	}
	buf_char(b, ')');
}

void pdf_name(struct buf *b, struct str s)
{
	buf_char(b, '/');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= ' ' || c > '~' || strchr("#()<>[]{}/%", c))
			buf_printf(b, "#%02X", c);
		else
			buf_char(b, (char)c);
	}
}

/* n digits at *at of s, copied. */
static bool digits(struct buf *b, struct str s, size_t *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*at + i >= s.n || s.p[*at + i] < '0' || s.p[*at + i] > '9')
			return false;
	buf_str(b, str_sub(s, *at, *at + n));
	*at += n;
	return true;
}

static bool skip(struct str s, size_t *at, char c)
{
	if (*at >= s.n || s.p[*at] != c)
		return false;
	++*at;
	return true;
}

static bool zone(struct buf *b, struct str s, size_t *at)
{
	if (*at == s.n)
		return true;
	char sign = s.p[*at];
	if (sign == 'Z') {
		++*at;
		buf_char(b, 'Z');
		return *at == s.n;
	}
	if (sign != '+' && sign != '-')
		return false;
	++*at;
	buf_char(b, sign);
	if (!digits(b, s, at, 2) || !skip(s, at, ':'))
		return false;
	buf_char(b, '\'');
	bool good = digits(b, s, at, 2) && *at == s.n;
	buf_char(b, '\'');
	return good;
}

bool pdf_date(struct buf *b, struct str iso)
{
	size_t at = 0, start = b->n;
	buf_puts(b, "D:");
	bool good = digits(b, iso, &at, 4);
	int parts = 1; /* a date may end with its year or its month */
	for (; good && parts < 3 && skip(iso, &at, '-'); parts++)
		good = digits(b, iso, &at, 2);
	if (good && parts == 3 && skip(iso, &at, 'T'))
		good = digits(b, iso, &at, 2) && skip(iso, &at, ':') && digits(b, iso, &at, 2) &&
		       skip(iso, &at, ':') && digits(b, iso, &at, 2) && zone(b, iso, &at);
	if (!good || at != iso.n)
		b->n = start;
	return good && at == iso.n;
}
