/* grammar: XPath 1.0, sections 2 and 3, as a recogniser. See grammar.h.
 * Takes: an expression. Gives: where it stops being one. libxml2's compiler lets some pass: "a |" and "f(a" with nothing
 * behind, "a//" and "/" in a row. What it makes of them is not what their author meant. */
#include "xml/grammar.h"

#include "xml/token.h"

/* Far deeper than libxml2's own limit lets expressions nest within the size of an attribute that a person writes. */
enum { DEPTH_MAX = 1000 };

struct reader {
	struct lexer x;
	struct token t; /* not yet taken */
	struct str before; /* taken last */
	int depth;
	bool deep; /* too deep to go on: no fault is found */
};

static void take(struct reader *r)
{
	r->before = r->t.text;
	r->t = lex_token(&r->x);
}

static bool takes(struct reader *r, enum token_kind kind)
{
	if (r->t.kind != kind)
		return false;
	take(r);
	return true;
}

static bool is_one_of(struct str s, const char *const *words)
{
	while (*words && !str_is(s, *words))
		words++;
	return *words;
}

static bool expression(struct reader *r);

static bool predicates(struct reader *r)
{
	while (takes(r, TOKEN_BRACKET))
		if (!expression(r) || !takes(r, TOKEN_BRACKET_CLOSE))
			return false;
	return true;
}

static bool axis(struct reader *r)
{
	static const char *const axes[] = {"ancestor", "ancestor-or-self", "attribute", "child", "descendant",
					   "descendant-or-self", "following", "following-sibling", "namespace", "parent",
					   "preceding", "preceding-sibling", "self", NULL};
	if (takes(r, TOKEN_AT))
		return true;
	return r->t.kind != TOKEN_AXIS || (is_one_of(r->t.text, axes) && takes(r, TOKEN_AXIS));
}

static bool step(struct reader *r)
{
	if (takes(r, TOKEN_DOT) || takes(r, TOKEN_DOTS))
		return true;
	if (!axis(r))
		return false;
	if (r->t.kind == TOKEN_TYPE) {
		bool named = str_is(r->t.text, "processing-instruction");
		take(r);
		if (!takes(r, TOKEN_OPEN) || (!(named && takes(r, TOKEN_LITERAL)) && r->t.kind != TOKEN_CLOSE) || !takes(r, TOKEN_CLOSE))
			return false;
	} else if (!takes(r, TOKEN_NAME)) {
		return false;
	}
	return predicates(r);
}

static bool steps(struct reader *r)
{
	do {
		if (!step(r))
			return false;
	} while (takes(r, TOKEN_SLASH));
	return true;
}

static bool arguments(struct reader *r)
{
	if (!takes(r, TOKEN_OPEN))
		return false;
	if (takes(r, TOKEN_CLOSE))
		return true;
	do {
		if (!expression(r))
			return false;
	} while (takes(r, TOKEN_COMMA));
	return takes(r, TOKEN_CLOSE);
}

static bool begins_step(const struct reader *r)
{
	switch (r->t.kind) {
	case TOKEN_NAME:
	case TOKEN_AXIS:
	case TOKEN_AT:
	case TOKEN_DOT:
	case TOKEN_DOTS:
	case TOKEN_TYPE:
		return true;
	default:
		return false;
	}
}

/* One operand: a path from the root or from here, or one that begins with a value. */
static bool path(struct reader *r)
{
	struct token first = r->t;
	bool good;

	switch (first.kind) {
	case TOKEN_SLASH:
		take(r);
		return (first.text.n == 1 && !begins_step(r)) || steps(r);
	case TOKEN_OPEN:
		take(r);
		good = expression(r) && takes(r, TOKEN_CLOSE);
		break;
	case TOKEN_CALL:
		take(r);
		good = arguments(r);
		break;
	case TOKEN_LITERAL:
	case TOKEN_NUMBER:
	case TOKEN_VARIABLE:
		take(r);
		good = true;
		break;
	default:
		return steps(r);
	}
	return good && predicates(r) && (!takes(r, TOKEN_SLASH) || steps(r));
}

static bool is_operator(const struct reader *r)
{
	static const char *const words[] = {"or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", NULL};

	return r->t.kind == TOKEN_OPERATOR && is_one_of(r->t.text, words);
}

/* Operands with operators between them: which binds closer is no matter for what may stand where, but for "|", whose
 * operands take no sign. */
static bool operands(struct reader *r)
{
	for (bool of_bar = false;;) {
		while (!of_bar && r->t.kind == TOKEN_OPERATOR && str_is(r->t.text, "-"))
			take(r);
		if (!path(r))
			return false;
		of_bar = r->t.kind == TOKEN_BAR;
		if (!of_bar && !is_operator(r))
			return true;
		take(r);
	}
}

static bool expression(struct reader *r)
{
	bool good;

	if (r->depth == DEPTH_MAX) {
		r->deep = true;
		return false;
	}
	r->depth++;
	good = operands(r);
	r->depth--;
	return good;
}

size_t grammar_misfit(struct str text, struct str *before)
{
	struct reader r = {.x = {.s = text}};

	take(&r);
	if ((expression(&r) && r.t.kind == TOKEN_END) || r.deep)
		return SIZE_MAX;
	*before = r.before;
	return r.t.at;
}
