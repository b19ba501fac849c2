/* token: cuts XPath 1.0 expressions into tokens (XPath 1.0, 3.7). See token.h.
 * Takes: an expression. Gives: token after token, each with its offset; names, operators and "*" told apart by what
 * stands before them. Looks for no faults: grammar.c does. */
#include "xml/token.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name_start(char c)
{
	return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_name_char(char c)
{
	return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static char at(const struct lexer *x, size_t i)
{
	return i < x->s.n ? x->s.p[i] : 0;
}

static size_t skip_blanks(const struct lexer *x, size_t i)
{
	while (is_blank(at(x, i)))
		i++;
	return i;
}

/* Behind a name that starts at i, with its prefix: "a", "p:a", "p:*". */
static size_t name_end(const struct lexer *x, size_t i)
{
	while (is_name_char(at(x, i)))
		i++;
	if (at(x, i) != ':' || at(x, i + 1) == ':')
		return i;
	if (at(x, i + 1) == '*')
		return i + 2;
	if (!is_name_start(at(x, i + 1)))
		return i;
	for (i++; is_name_char(at(x, i));)
		i++;
	return i;
}

/* A name or "*" here stands between two operands. */
static bool wants_operator(const struct lexer *x)
{
	switch (x->before) {
	case TOKEN_END:
	case TOKEN_OPERATOR:
	case TOKEN_SLASH:
	case TOKEN_BAR:
	case TOKEN_AT:
	case TOKEN_AXIS:
	case TOKEN_OPEN:
	case TOKEN_BRACKET:
	case TOKEN_COMMA:
	case TOKEN_CALL:
	case TOKEN_TYPE:
		return false;
	default:
		return true;
	}
}

static struct token token(struct lexer *x, enum token_kind kind, size_t n)
{
	struct token t = {kind, x->at, str_sub(x->s, x->at, x->at + n)};

	x->at += n;
	return t;
}

static bool is_type(struct str name)
{
	return str_is(name, "text") || str_is(name, "node") || str_is(name, "comment") ||
	       str_is(name, "processing-instruction");
}

static struct token name_token(struct lexer *x)
{
	size_t end = name_end(x, x->at), next = skip_blanks(x, end);
	struct str name = str_sub(x->s, x->at, end);

	if (wants_operator(x))
		return token(x, TOKEN_OPERATOR, end - x->at);
	if (at(x, next) == ':' && at(x, next + 1) == ':') {
		struct token t = token(x, TOKEN_AXIS, end - x->at);

		x->at = next + 2;
		return t;
	}
	if (at(x, next) == '(')
		return token(x, is_type(name) ? TOKEN_TYPE : TOKEN_CALL, end - x->at);
	return token(x, TOKEN_NAME, end - x->at);
}

static struct token literal_token(struct lexer *x)
{
	size_t end = x->at + 1;
	struct token t = {TOKEN_LITERAL, x->at, {NULL, 0}};

	while (end < x->s.n && x->s.p[end] != x->s.p[x->at])
		end++;
	t.text = str_sub(x->s, x->at + 1, end);
	x->at = end < x->s.n ? end + 1 : end;
	return t;
}

static struct token number_token(struct lexer *x)
{
	size_t end = x->at;

	while ((at(x, end) >= '0' && at(x, end) <= '9') || at(x, end) == '.')
		end++;
	return token(x, TOKEN_NUMBER, end - x->at);
}

static struct token variable_token(struct lexer *x)
{
	size_t start = skip_blanks(x, x->at + 1), end = name_end(x, start);
	struct token t = {TOKEN_VARIABLE, x->at, str_sub(x->s, start, end)};

	x->at = end > x->at ? end : x->at + 1;
	return t;
}

static struct token sign_token(struct lexer *x)
{
	char c = at(x, x->at), next = at(x, x->at + 1);

	switch (c) {
	case '(': return token(x, TOKEN_OPEN, 1);
	case ')': return token(x, TOKEN_CLOSE, 1);
	case '[': return token(x, TOKEN_BRACKET, 1);
	case ']': return token(x, TOKEN_BRACKET_CLOSE, 1);
	case ',': return token(x, TOKEN_COMMA, 1);
	case '@': return token(x, TOKEN_AT, 1);
	case '|': return token(x, TOKEN_BAR, 1);
	case '/': return token(x, TOKEN_SLASH, next == '/' ? 2 : 1);
	case '.': return next == '.' ? token(x, TOKEN_DOTS, 2) : token(x, TOKEN_DOT, 1);
	case '*': return token(x, wants_operator(x) ? TOKEN_OPERATOR : TOKEN_NAME, 1);
	default: return token(x, TOKEN_OPERATOR, next == '=' ? 2 : 1);
	}
}

struct token lex_token(struct lexer *x)
{
	struct token t = {TOKEN_END, x->s.n, {NULL, 0}};
	char c, after;

	x->at = skip_blanks(x, x->at);
	c = at(x, x->at);
	after = at(x, x->at + 1);
	if (x->at >= x->s.n)
		return t;
	if (is_name_start(c))
		t = name_token(x);
	else if (c == '\'' || c == '"')
		t = literal_token(x);
	else if ((c >= '0' && c <= '9') || (c == '.' && after >= '0' && after <= '9'))
		t = number_token(x);
	else if (c == '$')
		t = variable_token(x);
	else
		t = sign_token(x);
	x->before = t.kind;
	return t;
}
