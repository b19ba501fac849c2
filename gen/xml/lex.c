/* lex: tells the names in XPath 1.0 expressions.
 * Takes: expressions that compile and that grammar.c has nothing against. Gives: name tests, variables, calls with their
 * arguments counted, each with its offset; whether an expression is a pattern. See lex.h. */
#include "xml/lex.h"

#include "xml/token.h"

enum { DEPTH_MAX = 64 };

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

	for (struct token t = lex_token(&n.x); t.kind != TOKEN_END; t = lex_token(&n.x)) {
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

	for (struct token t = lex_token(&x); t.kind != TOKEN_END; before = t.kind, t = lex_token(&x)) {
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
