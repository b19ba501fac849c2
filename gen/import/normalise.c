/* normalise: see normalise.h. One pass over each line: what a mark becomes depends on its neighbours on that line. */
#include "import/normalise.h"

#include "base/mem.h"
#include "import/chars.h"

/* One character of a line. */
struct sign {
	uint32_t c, to;
};

static bool is_wide(uint32_t c)
{
	return char_is_ideograph(c) || (char_is_wide(c) && c != 0x2014 && c != 0xB7);
}

static uint32_t full_width(uint32_t c)
{
	switch (c) {
	case ',': return 0xFF0C;
	case ':': return 0xFF1A;
	case ';': return 0xFF1B;
	case '!': return 0xFF01;
	case '?': return 0xFF1F;
	default: return c;
	}
}

/* The next character to that side that is no blank; 0 at the line's end. */
static uint32_t beside(const struct sign *s, size_t n, size_t at, int step)
{
	for (size_t i = at + (size_t)step; i < n; i += (size_t)step)
		if (!char_is_blank(s[i].c))
			return s[i].c;
	return 0;
}

static bool is_closed_latin(uint32_t left, uint32_t right)
{
	return !is_wide(left) && !is_wide(right);
}

/* , : ; ! ? stand in Chinese text when an ideograph or a full-width mark is beside them, and not between two digits. Behind a Latin word
 * or a number the text goes on in Chinese. */
static void set_marks(struct sign *s, size_t n)
{
	bool chinese = false;
	for (size_t i = 0; i < n; i++)
		chinese |= char_is_ideograph(s[i].c);
	for (size_t i = 0; i < n; i++) {
		uint32_t c = s[i].c;
		if (c != ',' && c != ':' && c != ';' && c != '!' && c != '?')
			continue;
		uint32_t left = beside(s, n, i, -1), right = beside(s, n, i, 1);
		bool percent = chinese && left == '%'; /* 43%;7家 */
		if ((char_is_digit(left) && char_is_digit(right)) || (is_closed_latin(left, right) && !percent))
			continue;
		if (c == ':' && right == '/')
			continue;
		s[i].to = full_width(c);
	}
}

/* A full stop typed as a point: between ideographs, or behind one at the end of the line. Not behind the number of a heading. */
static void set_points(struct sign *s, size_t n)
{
	size_t number = 0;
	while (number < n && (char_is_blank(s[number].c) || char_numeral(s[number].c) >= 0))
		number++;
	for (size_t i = number + 1; i < n; i++) {
		uint32_t left = s[i - 1].to, right = s[i].c == '.' ? beside(s, n, i, 1) : 0;
		if (s[i].c == '.' && (char_is_ideograph(left) || left == 0x201D || left == 0x300B || left == 0xFF09) &&
		    right != '.' && !char_is_digit(right) && !char_closes(right))
			s[i].to = 0x3002;
	}
}

/* A pair of brackets is Chinese when something Chinese is in it or beside it. */
static void set_brackets(struct sign *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t end = i + 1;
		bool wide = is_wide(beside(s, n, i, -1));
		if (s[i].c != '(')
			continue;
		while (end < n && s[end].c != ')' && s[end].c != '(')
			wide |= is_wide(s[end++].c);
		if (end >= n || s[end].c != ')')
			continue;
		wide |= is_wide(beside(s, n, end, 1));
		if (!wide)
			continue;
		s[i].to = 0xFF08;
		s[end].to = 0xFF09;
	}
}

/* Straight quotes in pairs. */
static void set_quotes(struct sign *s, size_t n)
{
	size_t open = n, count = 0;
	for (size_t i = 0; i < n; i++)
		count += s[i].c == '"';
	if (count % 2)
		return;
	for (size_t i = 0; i < n; i++) {
		if (s[i].c != '"')
			continue;
		if (open == n) {
			open = i;
			continue;
		}
		bool wide = is_wide(beside(s, n, open, -1)) || is_wide(beside(s, n, i, 1));
		for (size_t k = open + 1; k < i; k++)
			wide |= is_wide(s[k].c);
		/* cells of a table are quoted from TAB to TAB: syntax */
		bool cell = (open == 0 || s[open - 1].c == '\t' || s[open - 1].c == ',') && (i + 1 == n || s[i + 1].c == '\t' || s[i + 1].c == ',');
		if (wide && !cell) {
			s[open].to = 0x201C;
			s[i].to = 0x201D;
		}
		open = n;
	}
}

static void set_digits(struct sign *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t c = s[i].c;
		bool word = (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
		if (word)
			s[i].to = c - 0xFEE0;
	}
}

static void put_line(struct buf *text, struct buf *changes, const struct sign *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct normal_change c = {(uint32_t)text->n, s[i].c, s[i].to};
		if (c.from != c.to)
			buf_put(changes, &c, sizeof c);
		buf_utf8(text, s[i].to);
	}
}

void normalise(struct arena *a, struct str in, struct normal *out)
{
	struct buf text = {0}, changes = {0};
	struct sign *signs = mem_alloc((in.n + 1) * sizeof *signs);
	for (size_t at = 0; at < in.n;) {
		size_t n = 0;
		uint32_t c = 0;
		while (at < in.n && !char_is_break(c = utf8_next(in, &at))) {
			signs[n++] = (struct sign){c, c};
			c = 0;
		}
		set_marks(signs, n);
		set_brackets(signs, n);
		set_quotes(signs, n);
		set_points(signs, n);
		set_digits(signs, n);
		put_line(&text, &changes, signs, n);
		if (char_is_break(c))
			buf_utf8(&text, c);
	}
	mem_free(signs);
	out->text = arena_str(a, buf_view(&text));
	out->n = changes.n / sizeof *out->changes;
	out->changes = (struct normal_change *)(void *)arena_copy(a, changes.p ? changes.p : "", changes.n);
	buf_free(&text);
	buf_free(&changes);
}
