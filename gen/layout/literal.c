/* literal: what templates write out of the layout vocabulary, checked before they run. See literal.h.
 * Takes: the trees of a stylesheet, a layout's declarations. Gives: messages for elements, attributes, values, places and
 * names that can only be wrong, whatever the record says; names that are used go into layout->used. What expressions
 * make is left to binding. */
#include "layout/literal.h"

#include "layout/made.h"
#include "layout/resolve.h"
#include "layout/value.h"

#define XSL_NS "http://www.w3.org/1999/XSL/Transform"

struct checking {
	struct layout *l;
	struct diag_list *d;
	struct arena *a;
	const struct xml_node *const *roots; /* of all stylesheets */
	size_t n_roots;
	bool builds;      /* node-set() is called: elements of other vocabularies may be for the templates themselves */
	bool no_ns_told;  /* of this file */
};

static bool is_xsl(const struct xml_node *n, const char *names)
{
	return n->kind == XML_ELEMENT && str_is(n->ns, XSL_NS) && word_in(n->name, names);
}

/* ---- values with expressions in them ---- */

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

/* A value that its attribute may have. */
struct naming {
	struct checking *c;
	enum element_id element;
};

static void take_name(void *user, struct str pattern, const struct xml_node *text)
{
	const struct naming *n = user;

	(void)text;
	note_used(n->c, n->element, pattern);
}

static struct made made_open(struct checking *c, void (*take)(void *, struct str, const struct xml_node *), void *user)
{
	return (struct made){.a = c->a, .roots = c->roots, .n_roots = c->n_roots, .take = take, .user = user};
}

static void use_name(struct checking *c, const struct attr_def *def, const struct xml_attr *at, struct str pattern)
{
	int element = element_find(str_of(def->values), VOCABULARY_D);
	struct naming n = {c, (enum element_id)element};
	struct made m = made_open(c, take_name, &n);

	if (element < 0)
		return;
	if (!made_of_value(&m, at->value))
		note_used(c, n.element, pattern);
	if (!is_declared(c, n.element, pattern))
		decl_say_unknown(c->d, c->a, c->l, n.element, at->value, at->value_loc);
}

static bool is_marked(const struct checking *c, struct str name)
{
	for (size_t i = 0; i < c->n_roots; i++)
		for (const struct xml_node *n = c->roots[i]; n; n = xml_walk(c->roots[i], n))
			if (xml_is(n, "mark") && str_is(n->ns, LAYOUT_NS) && str_eq(xml_value(n, "name"), name))
				return true;
	return false;
}

/* A mark that no running head shows, though one of nearly the same name that other templates make. Others may be for the
 * outline; a running head of marks that nobody makes is an error when binding. */
static void check_mark(struct checking *c, const struct xml_attr *at)
{
	struct nearest near;

	nearest_open(&near, at->value);
	for (const struct decl *page = c->l->decls; page; page = page->next)
		for (const struct decl *f = page->element == EL_PAGE ? page->frames : NULL; f; f = f->next)
			for (const struct xml_node *n = f->content ? f->content->first : NULL; n; n = n->next) {
				if (!xml_is(n, "running"))
					continue;
				if (str_eq(xml_value(n, "mark"), at->value))
					return;
				if (is_marked(c, xml_value(n, "mark")))
					nearest_try(&near, xml_value(n, "mark"));
			}
	const char *words = nearest_text(&near, c->a);
	if (*words)
		diag_add(c->d, DIAG_LAYOUT_UNUSED, at->value_loc, "mark", cs(c->a, at->value), words, NULL)->length =
			(uint32_t)at->value.n;
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
	if (def->element == EL_MARK && str_is(at->name, "name") && !has_hole(pattern))
		check_mark(c, at);
}

static void check_attr(struct checking *c, enum element_id id, const struct xml_node *n, const struct xml_attr *at)
{
	const struct attr_def *def = at->ns.n ? NULL : attr_find(id, at->name);

	if (str_is(at->ns, XSL_NS))
		return;
	if (def)
		check_value(c, n, def, at, made_pattern(c->a, at->value));
	else
		element_say_attr(c->d, c->a, id, n, element_attr_name(c->d, at), at->loc);
}

/* An xsl:attribute inside of element id (or of ANY_PARENT), and one of the values it may have. */
struct attribute {
	struct checking *c;
	const struct xml_node *n;
	int id;
	struct xml_attr at;
};

static void take_attribute(void *user, struct str pattern, const struct xml_node *text)
{
	struct attribute *x = user;

	x->at.value = pattern;
	x->at.value_loc = text ? text_loc(x->c->d, text) : x->n->loc;
	for (int i = 0; i < n_attr_defs; i++) {
		const struct attr_def *def = &attr_defs[i];
		bool names = (def->type & ~AT_REQUIRED) == AT_NAME, known = (int)def->element == x->id;
		if (element_defs[def->element].vocabulary != VOCABULARY_R || !str_is(x->at.name, def->name) || !(known || x->id < 0))
			continue;
		if (known && text)
			check_value(x->c, x->n, def, &x->at, pattern);
		else if (names && text)
			use_name(x->c, def, &x->at, pattern);
		else if (names && element_find(str_of(def->values), VOCABULARY_D) >= 0)
			note_used(x->c, (enum element_id)element_find(str_of(def->values), VOCABULARY_D), pattern);
	}
}

static void check_attribute(struct checking *c, const struct xml_node *n, int id)
{
	const struct xml_attr *name = xml_attr(n, "name");
	struct attribute x = {.c = c, .n = n, .id = id};
	struct made m = made_open(c, take_attribute, &x);

	if (!name || memchr(name->value.p, '{', name->value.n) || memchr(name->value.p, ':', name->value.n))
		return;
	x.at = (struct xml_attr){.name = name->value, .loc = name->value_loc, .value_loc = n->loc};
	if (id >= 0 && !attr_find((enum element_id)id, name->value))
		element_say_attr(c->d, c->a, (enum element_id)id, n, name->value, name->value_loc);
	made_of_content(&m, n);
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

/* What is copied out of the record may name anything. */
static void check_copy(struct checking *c, const struct xml_node *n)
{
	const struct xml_attr *select = xml_attr(n, "select");
	char anything[] = {HOLE};

	if (!select || c->builds || (select->value.n && select->value.p[0] == '$'))
		return;
	for (int i = 0; i < n_attr_defs; i++) {
		int element = (attr_defs[i].type & ~AT_REQUIRED) == AT_NAME ? element_find(str_of(attr_defs[i].values), VOCABULARY_D) : -1;
		if (element >= 0)
			note_used(c, (enum element_id)element, (struct str){anything, 1});
	}
}

static void check_xsl(struct checking *c, const struct xml_node *n, int around)
{
	if (is_xsl(n, "copy-of"))
		check_copy(c, n);
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

bool literal_check(void *user, struct diag_list *d, const struct xml_node *const *roots, size_t n)
{
	struct checking c = {.l = user, .d = d, .a = d->arena, .roots = roots, .n_roots = n};
	size_t errors = diag_count(d, SEVERITY_ERROR);

	for (size_t i = 0; i < n; i++)
		c.builds = c.builds || xml_calls_node_set(roots[i]);
	for (size_t i = 0; i < n; i++) {
		c.no_ns_told = false;
		for (const struct xml_node *top = roots[i]->first; top; top = top->next)
			if (is_xsl(top, "template attribute-set variable param"))
				check_children(&c, top, ANY_PARENT);
	}
	return diag_count(d, SEVERITY_ERROR) == errors;
}
