/* literal: what templates write out of the layout vocabulary, checked before they run. See literal.h.
 * Takes: the trees of a stylesheet, a layout's declarations. Gives: messages for elements, attributes, values, places and
 * names that can only be wrong, whatever the record says; names that are used go into layout->used. What expressions
 * make is left to binding. */
#include "layout/literal.h"

#include "layout/resolve.h"
#include "layout/value.h"

#define XSL_NS "http://www.w3.org/1999/XSL/Transform"

struct checking {
	struct layout *l;
	struct diag_list *d;
	struct arena *a;
	bool builds;      /* node-set() is called: elements of other vocabularies may be for the templates themselves */
	bool no_ns_told;  /* of this file */
};

static bool is_xsl(const struct xml_node *n, const char *names)
{
	return n->kind == XML_ELEMENT && str_is(n->ns, XSL_NS) && word_in(n->name, names);
}

/* ---- values with expressions in them ---- */

/* Offset behind the "}" of the expression that begins at at. */
static size_t behind_brace(struct str v, size_t at)
{
	while (at < v.n && v.p[at] != '}') {
		const char *quote = v.p[at] == '\'' || v.p[at] == '"' ? memchr(v.p + at + 1, v.p[at], v.n - at - 1) : NULL;

		at = quote ? (size_t)(quote - v.p) + 1 : at + 1;
	}
	return at < v.n ? at + 1 : at;
}

/* The value with a HOLE for every expression. */
static struct str pattern_of(struct arena *a, struct str v)
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

static bool has_hole(struct str pattern)
{
	return pattern.n && memchr(pattern.p, HOLE, pattern.n);
}

bool literal_matches(struct str pattern, struct str name)
{
	size_t at = 0, i = 0, hole = SIZE_MAX, tried = 0;

	while (i < name.n) {
		if (at < pattern.n && pattern.p[at] == HOLE) {
			hole = at++;
			tried = i;
		} else if (at < pattern.n && pattern.p[at] == name.p[i]) {
			at++;
			i++;
		} else if (hole != SIZE_MAX) {
			at = hole + 1;
			i = ++tried;
		} else {
			return false;
		}
	}
	while (at < pattern.n && pattern.p[at] == HOLE)
		at++;
	return at == pattern.n;
}

static struct str filled(struct arena *a, struct str pattern, const char *with)
{
	struct buf b = {0};

	for (size_t i = 0; i < pattern.n; i++) {
		if (pattern.p[i] == HOLE)
			buf_puts(&b, with);
		else
			buf_char(&b, pattern.p[i]);
	}
	struct str s = arena_str(a, buf_view(&b));
	buf_free(&b);
	return s;
}

/* NULL when some result of the expressions makes the value a good one, else what is expected. */
static const char *pattern_problem(struct arena *a, const struct attr_def *def, struct str pattern)
{
	static const char *const made[] = {"1", "", "0.5pt", "none", "double", "2031", "yes", "a"};
	const char *expected = NULL;

	for (const char *p = def->values; *p && def->type == AT_ENUM;) {
		const char *end = strchrnul(p, ' ');
		if (literal_matches(pattern, (struct str){p, (size_t)(end - p)}))
			return NULL;
		p = *end ? end + 1 : end;
	}
	for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
		const char *problem = value_problem(a, def, filled(a, pattern, made[i]));
		if (!problem)
			return NULL;
		expected = i ? expected : problem;
	}
	return expected;
}

/* ---- names of declarations ---- */

static void note_used(struct checking *c, enum element_id element, struct str pattern)
{
	struct str key = str_of(arena_printf(c->a, "%d %.*s", (int)element, STR_ARG(pattern)));

	map_set(&c->l->used, key, c->l);
}

static bool is_declared(const struct checking *c, enum element_id element, struct str pattern)
{
	for (const struct decl *k = c->l->decls; k; k = k->next)
		if (k->element == element && literal_matches(pattern, k->name))
			return true;
	return false;
}

static void use_name(struct checking *c, const struct attr_def *def, const struct xml_attr *at, struct str pattern)
{
	int element = element_find(str_of(def->values), VOCABULARY_D);

	if (element < 0)
		return;
	note_used(c, (enum element_id)element, pattern);
	if (!is_declared(c, (enum element_id)element, pattern))
		decl_say_unknown(c->d, c->a, c->l, (enum element_id)element, at->value, at->value_loc);
}

/* ---- attributes ---- */

/* pattern: the value as far as it is written out. */
static void check_value(struct checking *c, const struct xml_node *n, const struct attr_def *def, const struct xml_attr *at,
			struct str pattern)
{
	struct xml_attr plain = *at;
	const char *expected;

	plain.value = pattern;
	if (!has_hole(pattern)) {
		element_check_value(c->d, c->a, def, n, &plain);
	} else if ((expected = pattern_problem(c->a, def, pattern))) {
		diag_add(c->d, DIAG_LAYOUT_VALUE, at->value_loc, def->name, cs(c->a, at->value), expected, NULL)->length =
			(uint32_t)at->value.n;
	}
	if ((def->type & ~AT_REQUIRED) == AT_NAME && pattern.n)
		use_name(c, def, at, pattern);
}

static void check_attr(struct checking *c, enum element_id id, const struct xml_node *n, const struct xml_attr *at)
{
	const struct attr_def *def = at->ns.n ? NULL : attr_find(id, at->name);

	if (str_is(at->ns, XSL_NS))
		return;
	if (def)
		check_value(c, n, def, at, pattern_of(c->a, at->value));
	else
		element_say_attr(c->d, c->a, id, n, at->name, at->loc);
}

/* The text of an xsl:attribute; a HOLE when it is made in any other way. *loc = where it stands. */
static struct str attribute_text(struct checking *c, const struct xml_node *n, struct loc *loc)
{
	const struct xml_node *only = n->first;

	if (only && is_xsl(only, "text"))
		only = only->next ? only : only->first;
	if (!only || only->kind != XML_TEXT || only->next) {
		char *hole = arena_alloc(c->a, 2);
		*hole = HOLE;
		return (struct str){hole, 1};
	}
	*loc = text_loc(c->d, only);
	return only->text;
}

/* xsl:attribute, inside of element id (or of ANY_PARENT). */
static void check_attribute(struct checking *c, const struct xml_node *n, int id)
{
	const struct xml_attr *name = xml_attr(n, "name");
	struct xml_attr at;

	if (!name || memchr(name->value.p, '{', name->value.n) || memchr(name->value.p, ':', name->value.n))
		return;
	at = (struct xml_attr){.name = name->value, .loc = name->value_loc, .value_loc = n->loc};
	at.value = attribute_text(c, n, &at.value_loc);
	if (id >= 0 && !attr_find((enum element_id)id, at.name))
		element_say_attr(c->d, c->a, (enum element_id)id, n, at.name, at.loc);
	for (int i = 0; i < n_attr_defs; i++) {
		const struct attr_def *def = &attr_defs[i];
		if (element_defs[def->element].vocabulary != VOCABULARY_R || !str_is(at.name, def->name))
			continue;
		if ((int)def->element == id)
			check_value(c, n, def, &at, at.value);
		else if (id < 0 && def->type == AT_NAME)
			use_name(c, def, &at, at.value);
	}
}

/* ---- elements ---- */

static bool may_stand(enum element_id child, int around)
{
	bool holds_words = around == EL_CELL || around == EL_CONTINUED;

	return around < 0 || element_may_stand(child, (enum element_id)around) || (holds_words && element_may_stand(child, EL_P));
}

static bool sets_attributes(const struct xml_node *n)
{
	for (const struct xml_node *m = n; m; m = xml_walk(n, m))
		if (is_xsl(m, "attribute"))
			return true;
	for (const struct xml_attr *at = n->attrs; at; at = at->next)
		if (str_is(at->name, "use-attribute-sets"))
			return true;
	return false;
}

static void check_children(struct checking *c, const struct xml_node *n, int around);

/* What stands in a span stands in what is around it. */
static int around_children(int id, int around)
{
	return id == EL_SPAN ? around : id;
}

/* An element of another vocabulary goes nowhere but into trees of the templates' own. */
static void check_foreign(struct checking *c, const struct xml_node *n)
{
	if (!n->ns.n && !c->builds && !c->no_ns_told && element_find(n->name, VOCABULARY_R) >= 0) {
		c->no_ns_told = true;
		element_say_unknown(c->d, c->a, n, ANY_PARENT, VOCABULARY_R);
	}
	check_children(c, n, ANY_PARENT);
}

static void check_literal(struct checking *c, const struct xml_node *n, int around)
{
	int id = element_find(n->name, VOCABULARY_R);

	if (id < 0) {
		element_say_unknown(c->d, c->a, n, around, VOCABULARY_R);
		check_children(c, n, ANY_PARENT);
		return;
	}
	if (!may_stand((enum element_id)id, around)) {
		element_say_place(c->d, c->a, n, (enum element_id)id, around);
		around = ANY_PARENT;
	}
	for (const struct xml_attr *at = n->attrs; at; at = at->next)
		check_attr(c, (enum element_id)id, n, at);
	if (!sets_attributes(n))
		element_check_required(c->d, c->a, (enum element_id)id, n);
	check_children(c, n, around_children(id, around));
}

/* xsl:element with its name written out is as good as the element itself. */
static void check_named(struct checking *c, const struct xml_node *n, int around)
{
	const struct xml_attr *name = xml_attr(n, "name");
	bool known = name && !xml_attr(n, "namespace") && !memchr(name->value.p, '{', name->value.n);
	int id = known ? element_find(name->value, VOCABULARY_R) : -1;

	if (id >= 0 && !may_stand((enum element_id)id, around)) {
		struct xml_node named = *n;
		named.name = name->value;
		element_say_place(c->d, c->a, &named, (enum element_id)id, around);
	}
	check_children(c, n, id >= 0 ? around_children(id, around) : ANY_PARENT);
}

static void check_xsl(struct checking *c, const struct xml_node *n, int around)
{
	if (is_xsl(n, "attribute"))
		check_attribute(c, n, around);
	else if (is_xsl(n, "element"))
		check_named(c, n, around);
	else if (is_xsl(n, "if choose when otherwise for-each text fallback"))
		check_children(c, n, around);
	else if (!is_xsl(n, "comment processing-instruction message"))
		check_children(c, n, ANY_PARENT);
}

static void check_children(struct checking *c, const struct xml_node *n, int around)
{
	for (const struct xml_node *m = n->first; m; m = m->next) {
		if (m->kind == XML_TEXT && around >= 0 && !element_defs[around].text)
			element_bare_text(c->d, c->a, m);
		if (m->kind == XML_TEXT)
			continue;
		if (str_is(m->ns, XSL_NS))
			check_xsl(c, m, around);
		else if (str_is(m->ns, LAYOUT_NS))
			check_literal(c, m, around);
		else
			check_foreign(c, m);
	}
}

static bool calls_node_set(const struct xml_node *root)
{
	for (const struct xml_node *n = root; n; n = xml_walk(root, n))
		for (const struct xml_attr *at = n->attrs; at; at = at->next)
			if (str_find(at->value, STR("node-set")) != SIZE_MAX)
				return true;
	return false;
}

bool literal_check(void *user, struct diag_list *d, const struct xml_node *const *roots, size_t n)
{
	struct checking c = {.l = user, .d = d, .a = d->arena};
	size_t errors = diag_count(d, SEVERITY_ERROR);

	for (size_t i = 0; i < n; i++)
		c.builds = c.builds || calls_node_set(roots[i]);
	for (size_t i = 0; i < n; i++) {
		c.no_ns_told = false;
		for (const struct xml_node *top = roots[i]->first; top; top = top->next)
			if (is_xsl(top, "template attribute-set variable param"))
				check_children(&c, top, ANY_PARENT);
	}
	return diag_count(d, SEVERITY_ERROR) == errors;
}
