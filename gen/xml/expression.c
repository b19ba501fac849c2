/* expression: compiles the expressions of a stylesheet, for their faults and their columns. See check.h.
 * Takes: attributes that hold an expression, a pattern or a value template. Gives: messages at the character at fault;
 * what compiles goes to uses.c. */
#include "xml/check.h"

#include <libxml/xpathInternals.h>

#include "xml/grammar.h"

const char *check_text(const struct check *c, struct str s)
{
	return arena_copy(c->d->arena, s.p, s.n);
}

struct diag *check_fault(struct check *c, struct loc loc, const char *words)
{
	c->ok = false;
	return diag_add(c->d, DIAG_LAYOUT_XSLT, loc, words, NULL);
}

/* The expression ends too early. */
static const char *missing_words(struct check *c)
{
	struct str before = {NULL, 0};

	grammar_misfit(str_sub(c->attr->value, c->at, c->to), &before);
	return before.n ? arena_printf(c->d->arena,
				       DIAG_TWO("表达式不完整：“%.*s”之后还缺内容",
						"the expression is not complete: something is missing behind \"%.*s\""),
				       STR_ARG(before), STR_ARG(before))
			: DIAG_TWO("表达式不完整", "the expression is not complete");
}

/* libxml2 has one code for whatever does not fit: say what it was. */
static const char *misfit_words(struct check *c, struct str rest)
{
	size_t n = 0;

	rest = str_trim(rest);
	if (!rest.n)
		return missing_words(c);
	utf8_next(rest, &n);
	return arena_printf(c->d->arena, DIAG_TWO("表达式写法不对：“%.*s”不能出现在这里", "bad expression: \"%.*s\" does not fit here"),
			    (int)n, rest.p, (int)n, rest.p);
}

void expression_fault(void *user, xmlErrorPtr e)
{
	struct check *c = user;
	size_t at = c->at + (e->int1 > 0 ? (size_t)e->int1 : 0);

	if (c->reported)
		return;
	c->reported = true;
	check_fault(c, attr_value_loc(c->d->sources, c->attr, at),
	      e->code - XML_XPATH_EXPRESSION_OK == XPATH_EXPR_ERROR ? misfit_words(c, str_sub(c->attr->value, at, c->to))
								     : xpath_words(e->code));
}

/* What libxml2 lets pass. */
static void check_grammar(struct check *c, struct str text)
{
	struct str before;
	size_t misfit = grammar_misfit(text, &before);

	if (misfit == SIZE_MAX)
		return;
	c->reported = true;
	check_fault(c, attr_value_loc(c->d->sources, c->attr, c->at + misfit), misfit_words(c, str_sub(text, misfit, text.n)));
}

void check_expression(struct check *c, const struct xml_attr *attr, size_t from, size_t to)
{
	struct str text = str_sub(attr->value, from, to);
	xmlXPathCompExprPtr compiled;

	c->attr = attr;
	c->at = from;
	c->to = to;
	c->reported = !str_trim(text).n;
	if (c->reported) {
		check_fault(c, attr_value_loc(c->d->sources, attr, from), DIAG_TWO("表达式为空", "the expression is empty"));
		return;
	}
	compiled = xmlXPathCtxtCompile(c->xpath, BAD_CAST check_text(c, text));
	if (compiled && !c->reported)
		check_grammar(c, text);
	if (compiled && !c->reported)
		uses_expression(&c->uses, c->node, attr, from, text);
	else if (!c->reported)
		check_fault(c, attr->value_loc, xpath_words(0));
	xmlXPathFreeCompExpr(compiled);
}

void check_pattern(struct check *c, const struct xml_attr *attr)
{
	size_t at;

	check_expression(c, attr, 0, attr->value.n);
	at = c->reported ? SIZE_MAX : lex_no_pattern(attr->value);
	if (at != SIZE_MAX)
		check_fault(c, attr_value_loc(c->d->sources, attr, at),
		      DIAG_TWO("match 里只能写元素名、属性名、/、//、|、@、*、text()、node()、key()；条件写在 [ ] 里",
			       "a pattern holds names, /, //, |, @, *, text(), node() and key() only; conditions stand in [ ]"));
}

size_t brace_end(struct str value, size_t at)
{
	for (; at < value.n && value.p[at] != '}'; at++) {
		const char *quote;

		if (value.p[at] != '\'' && value.p[at] != '"')
			continue;
		quote = memchr(value.p + at + 1, value.p[at], value.n - at - 1);
		if (!quote)
			return SIZE_MAX;
		at = (size_t)(quote - value.p);
	}
	return at < value.n ? at : SIZE_MAX;
}

void check_value_template(struct check *c, const struct xml_attr *attr)
{
	struct str v = attr->value;

	for (size_t i = 0; i < v.n; i++) {
		size_t end;

		if (i + 1 < v.n && v.p[i] == v.p[i + 1] && (v.p[i] == '{' || v.p[i] == '}')) {
			i++;
		} else if (v.p[i] == '}') {
			check_fault(c, attr_value_loc(c->d->sources, attr, i),
			      DIAG_TWO("单独的 } 应写作 }}", "a bare } must be written }}"));
		} else if (v.p[i] == '{') {
			end = brace_end(v, i + 1);
			if (end == SIZE_MAX) {
				check_fault(c, attr_value_loc(c->d->sources, attr, i),
				      DIAG_TWO("{ 没有闭合", "{ is not closed"));
				return;
			}
			check_expression(c, attr, i + 1, end);
			i = end;
		}
	}
}
