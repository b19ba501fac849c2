/* lex: cuts XPath 1.0 expressions into tokens (XPath 1.0, 3.7) and tells the names in them.
 * Takes: expressions that libxml2 has compiled, so nothing here looks for faults of form.
 * Gives: name tests, variables, calls with their arguments counted, each with its offset. See lex.h. */
#include "xml/lex.h"

enum token_kind {
	TOKEN_END, TOKEN_NAME /* also "*", "p:*" */, TOKEN_OPERATOR, TOKEN_SLASH, TOKEN_BAR, TOKEN_AT, TOKEN_AXIS, TOKEN_DOT,
	TOKEN_DOTS, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_BRACKET, TOKEN_BRACKET_CLOSE, TOKEN_COMMA, TOKEN_LITERAL, TOKEN_NUMBER,
	TOKEN_VARIABLE, TOKEN_CALL, TOKEN_TYPE /* text, node … before "(" */
};

struct token {
	enum token_kind kind;
	size_t at;
	struct str text; /* names as written, a literal without quotes, an axis without "::" */
};

struct lexer {
	struct str s;
	size_t at;
	enum token_kind before;
};

enum { DEPTH_MAX = 64 };

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

static struct token next(struct lexer *x)
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

/* ---- names ---- */

/* A bracket that is open: of a call, or of a part of the expression. */
struct open {
	bool call;
	int tokens; /* of the argument so far */
	struct lex_name name;
};

struct naming {
	struct lexer x;
	struct open open[DEPTH_MAX];
	int depth;
	bool attribute, nothing; /* the axis before a name test */
	void (*take)(void *user, const struct lex_name *name);
	void *user;
};

static struct lex_name named(enum lex_kind kind, const struct token *t)
{
	struct lex_name name = {.kind = kind, .name = t->text, .at = t->at};
	size_t colon = str_find(t->text, STR(":"));

	name.n = t->text.n + (kind == LEX_VARIABLE);
	if (colon != SIZE_MAX) {
		name.prefix = str_sub(t->text, 0, colon);
		name.name = str_sub(t->text, colon + 1, t->text.n);
	}
	return name;
}

static void tell(struct naming *n, enum lex_kind kind, const struct token *t)
{
	struct lex_name name = named(kind, t);

	n->take(n->user, &name);
}

static void note_literal(struct open *o, const struct token *t)
{
	struct lex_name *name = &o->name;

	if (name->n_args < LEX_ARGS && o->tokens == 1 && t->kind == TOKEN_LITERAL)
		name->args[name->n_args] = (struct lex_literal){t->text, t->at + 1};
	else if (name->n_args < LEX_ARGS)
		name->args[name->n_args] = (struct lex_literal){{NULL, 0}, 0};
}

static void close_argument(struct open *o)
{
	if (o->tokens || o->name.n_args)
		o->name.n_args++;
	o->tokens = 0;
}

static void close_bracket(struct naming *n)
{
	struct open *o = &n->open[--n->depth];

	if (!o->call)
		return;
	close_argument(o);
	n->take(n->user, &o->name);
}

/* What a token is for the names; false when brackets stand too deep to go on. */
static bool take_token(struct naming *n, const struct token *t, struct token *call)
{
	bool of_axis = n->attribute || n->nothing;

	switch (t->kind) {
	case TOKEN_OPEN:
		if (n->depth == DEPTH_MAX)
			return false;
		n->open[n->depth] = (struct open){.call = call->kind == TOKEN_CALL};
		if (call->kind == TOKEN_CALL)
			n->open[n->depth].name = named(LEX_CALL, call);
		n->depth++;
		break;
	case TOKEN_CLOSE:
		if (n->depth)
			close_bracket(n);
		break;
	case TOKEN_COMMA:
		if (n->depth && n->open[n->depth - 1].call)
			close_argument(&n->open[n->depth - 1]);
		break;
	case TOKEN_VARIABLE:
		tell(n, LEX_VARIABLE, t);
		break;
	case TOKEN_NAME:
		if (!n->nothing && !str_is(t->text, "*"))
			tell(n, n->attribute ? LEX_ATTRIBUTE : LEX_ELEMENT, t);
		break;
	default:
		break;
	}
	if (of_axis)
		n->attribute = n->nothing = false;
	if (t->kind == TOKEN_AT || t->kind == TOKEN_AXIS) {
		n->attribute = t->kind == TOKEN_AT || str_is(t->text, "attribute");
		n->nothing = str_is(t->text, "namespace");
	}
	return true;
}

void lex_names(struct str expression, void (*take)(void *user, const struct lex_name *name), void *user)
{
	struct naming n = {.x = {.s = expression}, .take = take, .user = user};
	struct token call = {.kind = TOKEN_END};

	for (struct token t = next(&n.x); t.kind != TOKEN_END; t = next(&n.x)) {
		struct open *o = n.depth ? &n.open[n.depth - 1] : NULL;

		if (o && t.kind != TOKEN_CLOSE && t.kind != TOKEN_COMMA) {
			o->tokens++;
			note_literal(o, &t);
		}
		if (!take_token(&n, &t, &call))
			return;
		call = t;
	}
}

/* ---- patterns ---- */

static bool may_stand_in_pattern(const struct token *t)
{
	switch (t->kind) {
	case TOKEN_NAME:
	case TOKEN_SLASH:
	case TOKEN_BAR:
	case TOKEN_AT:
	case TOKEN_TYPE:
		return true;
	case TOKEN_AXIS:
		return str_is(t->text, "child") || str_is(t->text, "attribute");
	case TOKEN_CALL:
		return str_is(t->text, "key") || str_is(t->text, "id");
	default:
		return false;
	}
}

size_t lex_no_pattern(struct str expression)
{
	struct lexer x = {.s = expression};
	enum token_kind before = TOKEN_END;
	int depth = 0;

	for (struct token t = next(&x); t.kind != TOKEN_END; before = t.kind, t = next(&x)) {
		bool opens = t.kind == TOKEN_OPEN || t.kind == TOKEN_BRACKET;
		bool closes = t.kind == TOKEN_CLOSE || t.kind == TOKEN_BRACKET_CLOSE;

		/* A bracket of its own, not that of key() or text(), is no pattern either. */
		if (depth == 0 && t.kind == TOKEN_OPEN && before != TOKEN_CALL && before != TOKEN_TYPE)
			return t.at;
		if (depth == 0 && !opens && !closes && !may_stand_in_pattern(&t))
			return t.at;
		depth += opens - closes;
	}
	return SIZE_MAX;
}
