/* token: see token.h. */
#include "pdfin/token.h"

static bool is_space(int c)
{
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static bool is_regular(int c)
{
	return !is_space(c) && !strchr("()<>[]{}/%", c);
}

static int peek(const struct tokens *t, size_t ahead)
{
	return t->at + ahead < t->s.n ? (unsigned char)t->s.p[t->at + ahead] : -1;
}

static void skip_space(struct tokens *t)
{
	for (; t->at < t->s.n; t->at++) {
		if (peek(t, 0) == '%')
			while (t->at < t->s.n && peek(t, 0) != '\n' && peek(t, 0) != '\r')
				t->at++;
		if (t->at >= t->s.n || !is_space(peek(t, 0)))
			return;
	}
}

static void take_regular(struct tokens *t)
{
	size_t from = t->at;

	while (t->at < t->s.n && is_regular(peek(t, 0)))
		t->at++;
	t->text = str_sub(t->s, from, t->at);
}

/* Behind a backslash. */
static void take_escape(struct tokens *t)
{
	static const char names[] = "nrtbf", meanings[] = "\n\r\t\b\f";
	int c = peek(t, 0), value = 0, digits = 0;
	const char *name = c > 0 ? strchr(names, c) : NULL;

	for (; digits < 3 && peek(t, 0) >= '0' && peek(t, 0) <= '7'; digits++, t->at++)
		value = value * 8 + peek(t, 0) - '0';
	if (digits) {
		buf_char(&t->bytes, (char)value);
		return;
	}
	t->at++;
	if (c == '\r' && peek(t, 0) == '\n')
		t->at++;
	if (name)
		buf_char(&t->bytes, meanings[name - names]);
	else if (c >= 0 && c != '\r' && c != '\n')
		buf_char(&t->bytes, (char)c);
}

static enum token_kind take_string(struct tokens *t)
{
	int depth = 1;

	t->bytes.n = 0;
	for (t->at++; t->at < t->s.n;) {
		int c = peek(t, 0);
		t->at++;
		if (c == '\\') {
			take_escape(t);
			continue;
		}
		depth += c == '(' ? 1 : c == ')' ? -1 : 0;
		if (!depth)
			break;
		buf_char(&t->bytes, (char)c);
	}
	if (t->at > t->s.n)
		t->at = t->s.n;
	return TOKEN_STRING;
}

static int hex_digit(int c)
{
	int letter = (c | 32) - 'a';

	return c >= '0' && c <= '9' ? c - '0' : letter >= 0 && letter < 6 ? letter + 10 : -1;
}

static enum token_kind take_hex(struct tokens *t)
{
	int digits = 0, byte = 0;

	t->bytes.n = 0;
	for (t->at++; t->at < t->s.n && peek(t, 0) != '>'; t->at++) {
		int digit = hex_digit(peek(t, 0));
		if (digit < 0)
			continue;
		byte = byte * 16 + digit;
		if (++digits % 2 == 0) {
			buf_char(&t->bytes, (char)byte);
			byte = 0;
		}
	}
	if (digits % 2)
		buf_char(&t->bytes, (char)(byte * 16));
	t->at += t->at < t->s.n;
	return TOKEN_HEX;
}

/* "-12.5"; whatever cannot be one is a word. */
static bool take_number(struct tokens *t)
{
	double value = 0, unit = 1;
	bool minus = false, dot = false;

	for (size_t i = 0; i < t->text.n; i++) {
		char c = t->text.p[i];
		if ((c == '-' || c == '+') && i == 0)
			minus = c == '-';
		else if (c == '.' && !dot)
			dot = true;
		else if (c < '0' || c > '9')
			return false;
		else if (dot)
			value += (c - '0') * (unit /= 10);
		else
			value = value * 10 + (c - '0');
	}
	t->number = minus ? -value : value;
	return t->text.n > 0 && strchr("+-.0123456789", t->text.p[0]);
}

/* An image inside the content: from ID to an EI that stands alone. */
static void skip_image(struct tokens *t)
{
	while (t->at < t->s.n) {
		bool end = peek(t, 0) == 'E' && peek(t, 1) == 'I' && is_space((unsigned char)t->s.p[t->at - 1]) &&
			   (peek(t, 2) < 0 || is_space(peek(t, 2)));
		t->at += end ? 2 : 1;
		if (end)
			return;
	}
}

enum token_kind token_next(struct tokens *t)
{
	skip_space(t);
	int c = peek(t, 0);
	if (c < 0)
		return TOKEN_END;
	if (c == '(')
		return take_string(t);
	if (c == '<' && peek(t, 1) != '<')
		return take_hex(t);
	if (c == '/') {
		t->at++;
		take_regular(t);
		return TOKEN_NAME;
	}
	if (!is_regular(c)) {
		size_t n = (c == '<' || c == '>') && peek(t, 1) == c ? 2 : 1;
		t->text = str_sub(t->s, t->at, t->at + n);
		t->at += n;
		return TOKEN_MARK;
	}
	take_regular(t);
	if (take_number(t))
		return TOKEN_NUMBER;
	if (str_is(t->text, "ID"))
		skip_image(t);
	return TOKEN_WORD;
}
