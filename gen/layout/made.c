/* made: the values of an attribute that templates make. See made.h.
 * Takes: an attribute's value, or an xsl:attribute. Gives: every value it can have, as far as it can be read: texts,
 * branches of a choice, variables that hold a string; a pattern with HOLEs for the rest. A variable is every one of its
 * name, in all stylesheets: more values than there are, never fewer. */
#include "layout/made.h"

#define XSL_NS "http://www.w3.org/1999/XSL/Transform"

/* Variables of variables. */
enum { DEPTH_MAX = 8 };

static bool is_xsl(const struct xml_node *n, const char *names)
{
	return n->kind == XML_ELEMENT && str_is(n->ns, XSL_NS) && word_in(n->name, names);
}

/* Offset behind the "}" of the expression that begins at at. */
static size_t behind_brace(struct str v, size_t at)
{
	while (at < v.n && v.p[at] != '}') {
		const char *quote = v.p[at] == '\'' || v.p[at] == '"' ? memchr(v.p + at + 1, v.p[at], v.n - at - 1) : NULL;

		at = quote ? (size_t)(quote - v.p) + 1 : at + 1;
	}
	return at < v.n ? at + 1 : at;
}

struct str made_pattern(struct arena *a, struct str v)
{
	char *out = arena_alloc(a, v.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < v.n;) {
		bool twice = i + 1 < v.n && v.p[i] == v.p[i + 1] && (v.p[i] == '{' || v.p[i] == '}');

		if (v.p[i] == '{' && !twice) {
			out[n++] = HOLE;
			i = behind_brace(v, i + 1);
			continue;
		}
		out[n++] = v.p[i];
		i += 1 + (size_t)twice;
	}
	return (struct str){out, n};
}

static void tell_hole(struct made *m)
{
	char *hole = arena_alloc(m->a, 1);

	*hole = HOLE;
	m->take(m->user, (struct str){hole, 1}, NULL);
}

static void of_expression(struct made *m, struct str e);

static void of_definition(struct made *m, const struct xml_node *n)
{
	const struct xml_attr *select = xml_attr(n, "select");

	if (select)
		of_expression(m, select->value);
	else if (n->first)
		made_of_content(m, n);
}

static void of_variable(struct made *m, struct str name)
{
	bool found = false;

	m->depth++;
	for (size_t i = 0; i < m->n_roots; i++)
		for (const struct xml_node *n = m->roots[i]; n; n = xml_walk(m->roots[i], n)) {
			const struct xml_attr *at = is_xsl(n, "variable param with-param") ? xml_attr(n, "name") : NULL;
			if (!at || !str_eq(str_trim(at->value), name))
				continue;
			found = true;
			of_definition(m, n);
		}
	m->depth--;
	if (!found)
		tell_hole(m);
}

static bool is_plain_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("-._:", s.p[i]) && !((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') &&
		    (unsigned char)s.p[i] < 0x80)
			return false;
	return s.n > 0;
}

/* A string, or a variable; all else makes what it likes. */
static void of_expression(struct made *m, struct str e)
{
	bool quoted;

	e = str_trim(e);
	quoted = e.n >= 2 && (e.p[0] == '\'' || e.p[0] == '"') && memchr(e.p + 1, e.p[0], e.n - 1) == e.p + e.n - 1;
	if (quoted) {
		m->take(m->user, str_sub(e, 1, e.n - 1), NULL);
		return;
	}
	if (e.n > 1 && e.p[0] == '$' && is_plain_name(str_sub(e, 1, e.n)) && m->depth < DEPTH_MAX)
		of_variable(m, str_sub(e, 1, e.n));
	else
		tell_hole(m);
}

bool made_of_value(struct made *m, struct str value)
{
	if (value.n < 2 || value.p[0] != '{' || value.p[1] == '{' || behind_brace(value, 1) != value.n)
		return false;
	of_expression(m, str_sub(value, 1, value.n - 1));
	return true;
}

static bool says_something(const struct xml_node *n)
{
	return n->kind != XML_TEXT || str_trim(n->text).n;
}

/* *first = the first child that says something. How many do. */
static size_t count_children(const struct xml_node *n, const struct xml_node **first)
{
	size_t count = 0;

	for (const struct xml_node *m = n->first; m; m = m->next)
		if (says_something(m) && !count++)
			*first = m;
	return count;
}

/* Texts in a row with something between them. */
static void of_row(struct made *m, const struct xml_node *n)
{
	struct buf b = {0};

	for (const struct xml_node *part = n->first; part; part = part->next) {
		const struct xml_node *text = is_xsl(part, "text") ? part->first : part;
		if (!says_something(part) || !text)
			continue;
		if (text->kind == XML_TEXT)
			buf_str(&b, text->text);
		else
			buf_char(&b, HOLE);
	}
	m->take(m->user, arena_str(m->a, buf_view(&b)), NULL);
	buf_free(&b);
}

static void of_node(struct made *m, const struct xml_node *n)
{
	const struct xml_attr *select = n->kind == XML_ELEMENT ? xml_attr(n, "select") : NULL;

	if (n->kind == XML_TEXT)
		m->take(m->user, n->text, m->depth ? NULL : n);
	else if (is_xsl(n, "text if"))
		made_of_content(m, n);
	else if (is_xsl(n, "value-of") && select)
		of_expression(m, select->value);
	else if (is_xsl(n, "choose"))
		for (const struct xml_node *branch = n->first; branch; branch = branch->next)
			made_of_content(m, branch);
	else
		tell_hole(m);
}

void made_of_content(struct made *m, const struct xml_node *n)
{
	const struct xml_node *first = NULL;
	size_t count = count_children(n, &first);

	if (count == 1)
		of_node(m, first);
	else if (count)
		of_row(m, n);
}
