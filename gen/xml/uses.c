/* uses: names in a stylesheet at the places that use them. See check.h.
 * Takes: expressions that compile, attributes that are names. Gives: messages for functions, variables, templates,
 * modes, parameters, keys, attribute sets, decimal formats and prefixes nobody declares, and for names of
 * elements and attributes that no record can have. libxslt finds most of these only when it comes by, the rest never. */
#include "xml/check.h"

struct using {
	struct uses *u;
	xmlNodePtr node;
	const struct xml_attr *attr;
	size_t from; /* of the expression in the attribute's value */
};

static const char *copied(const struct using *g, struct str s)
{
	return arena_copy(g->u->d->arena, s.p, s.n);
}

static struct loc place(const struct using *g, size_t at)
{
	return attr_value_loc(g->u->d->sources, g->attr, g->from + at);
}

/* ---- prefixes ---- */

static void no_prefix(const struct using *g, struct str prefix, size_t at)
{
	struct near_name near;

	near_open(&near, prefix);
	for (xmlNodePtr n = g->node; n && n->type == XML_ELEMENT_NODE; n = n->parent)
		for (xmlNsPtr ns = n->nsDef; ns; ns = ns->next)
			if (ns->prefix)
				near_try(&near, wall_str(ns->prefix));
	g->u->ok = false;
	diag_add(g->u->d, DIAG_LAYOUT_PREFIX, place(g, at), copied(g, prefix), near_words(&near, g->u->d->arena, "", ""), NULL)
		->length = (uint32_t)prefix.n;
}

/* The name expanded, or NULL after a message. */
static const char *expanded(const struct using *g, struct str prefix, struct str name, size_t at)
{
	const char *whole = scope_expand(g->u->scope, g->node, prefix, name);

	if (!whole)
		no_prefix(g, prefix, at);
	return whole;
}

static const char *expanded_qname(const struct using *g, struct str qname, size_t at)
{
	size_t colon = str_find(qname, STR(":"));

	if (colon == SIZE_MAX)
		return expanded(g, (struct str){NULL, 0}, qname, at);
	return expanded(g, str_sub(qname, 0, colon), str_sub(qname, colon + 1, qname.n), at);
}

/* ---- declared names ---- */

/* Whether none of the names of this kind is this one; near: the most like it. */
static bool is_unknown(const struct using *g, enum scope_kind kind, struct str name, size_t at, struct near_name *near)
{
	const struct map *names = &g->u->scope->names[kind];
	const char *whole = expanded_qname(g, name, at);

	if (whole)
		map_set(&g->u->used[kind], str_of(whole), g->u);
	if (!whole || !g->u->scope->whole || map_get(names, str_of(whole)))
		return false;
	near_open(near, name);
	for (size_t i = 0; i < names->n; i++)
		near_try(near, names->entries[i].key);
	g->u->ok = false;
	return true;
}

/* A template, key, attribute set or decimal format of this name has to be there. */
static void want_named(const struct using *g, enum scope_kind kind, const char *element, struct str name, size_t at)
{
	struct near_name near;

	if (is_unknown(g, kind, name, at, &near))
		diag_add(g->u->d, DIAG_LAYOUT_NAME, place(g, at), element, copied(g, name), near_words(&near, g->u->d->arena, "", ""),
			 NULL)->length = (uint32_t)name.n;
}

static void want_mode(const struct using *g, struct str name)
{
	struct near_name near;

	if (is_unknown(g, SCOPE_MODE, name, 0, &near))
		diag_add(g->u->d, DIAG_LAYOUT_MODE, place(g, 0), copied(g, name), near_words(&near, g->u->d->arena, "", ""), NULL)
			->length = (uint32_t)name.n;
}

/* A parameter goes to whatever templates are reached; one of them has to take it. */
static void want_param(const struct using *g, struct str name)
{
	xmlNodePtr call = g->node->parent;
	const struct map *params = scope_params(g->u->scope, call);
	const char *whole = expanded_qname(g, name, 0);
	bool named = is_xsl(call, "call-template");
	struct arena *a = g->u->d->arena;
	const char *all = "";
	struct near_name near;

	if (!whole || !g->u->scope->whole || (params && map_get(params, str_of(whole))))
		return;
	if (named && !map_get(&g->u->scope->names[SCOPE_TEMPLATE], xml_value(call->_private, "name")))
		return; /* that is said at the call */
	near_open(&near, name);
	for (size_t i = 0; params && i < params->n; i++) {
		near_try(&near, params->entries[i].key);
		all = arena_printf(a, "%s %.*s", all, STR_ARG(params->entries[i].key));
	}
	g->u->ok = false;
	diag_add(g->u->d, DIAG_LAYOUT_PARAM, place(g, 0), copied(g, name), near.best.n ? near_words(&near, a, "", "") :
		 *all ? arena_printf(a, DIAG_TWO("；可用：%s", "; there are:%s"), all + 1, all) : "", NULL)
		->length = (uint32_t)name.n;
}

void uses_attr(struct uses *u, xmlNodePtr n, const struct xml_attr *attr)
{
	struct using g = {u, n, attr, 0};
	struct str v = str_trim(attr->value);

	if (is_xsl(n, "call-template") && str_is(attr->name, "name"))
		want_named(&g, SCOPE_TEMPLATE, "xsl:template", v, 0);
	else if (is_xsl(n, "apply-templates") && str_is(attr->name, "mode"))
		want_mode(&g, v);
	else if (is_xsl(n, "with-param") && str_is(attr->name, "name") &&
		 (is_xsl(n->parent, "call-template") || is_xsl(n->parent, "apply-templates")))
		want_param(&g, v);
	if (!str_is(attr->name, "use-attribute-sets"))
		return;
	v = attr->value;
	for (size_t from = 0, to; from < v.n; from = to + 1) {
		to = from;
		while (to < v.n && !strchr(" \t\r\n", v.p[to]))
			to++;
		if (to > from)
			want_named(&g, SCOPE_SET, "xsl:attribute-set", str_sub(v, from, to), from);
	}
}

/* ---- variables ---- */

static void want_variable(const struct using *g, const struct lex_name *name)
{
	const char *whole = expanded(g, name->prefix, name->name, name->at + 1);
	const struct xml_node *elsewhere;
	struct near_name near;
	struct diag *m;

	if (whole)
		map_set(&g->u->used[SCOPE_GLOBAL], str_of(whole), g->u);
	if (!whole || !g->u->scope->whole || scope_variable(g->u->scope, g->node, whole))
		return;
	near_open(&near, name->name);
	elsewhere = scope_near_variable(g->u->scope, g->node, whole, &near);
	g->u->ok = false;
	m = diag_add(g->u->d, DIAG_LAYOUT_VARIABLE, place(g, name->at), copied(g, name->name),
		     elsewhere ? DIAG_TWO("；同名的变量只在别处有效", "; one of this name is in scope elsewhere only")
		     : near.best.n ? near_words(&near, g->u->d->arena, "$", "")
				   : scope_variables(g->u->scope, g->node), NULL);
	m->length = (uint32_t)name->n;
	if (elsewhere)
		m->other = elsewhere->loc;
}

/* ---- functions ---- */

struct function {
	const char *name;
	int min, max;
};

enum { MANY = 1000 };

/* XPath 1.0, 4; XSLT 1.0, 12 (document() is none here). */
static const struct function functions[] = {
	{"boolean", 1, 1}, {"ceiling", 1, 1}, {"concat", 2, MANY}, {"contains", 2, 2}, {"count", 1, 1}, {"current", 0, 0},
	{"element-available", 1, 1}, {"false", 0, 0}, {"floor", 1, 1}, {"format-number", 2, 3},
	{"function-available", 1, 1}, {"generate-id", 0, 1}, {"id", 1, 1}, {"key", 2, 2}, {"lang", 1, 1}, {"last", 0, 0},
	{"local-name", 0, 1}, {"name", 0, 1}, {"namespace-uri", 0, 1}, {"normalize-space", 0, 1}, {"not", 1, 1},
	{"number", 0, 1}, {"position", 0, 0}, {"round", 1, 1}, {"starts-with", 2, 2}, {"string", 0, 1},
	{"string-length", 0, 1}, {"substring", 2, 3}, {"substring-after", 2, 2}, {"substring-before", 2, 2}, {"sum", 1, 1},
	{"system-property", 1, 1}, {"translate", 3, 3}, {"true", 0, 0}, {"unparsed-entity-uri", 1, 1},
};

#define N_FUNCTIONS (sizeof functions / sizeof *functions)

/* Ours, in their namespace. */
static bool own_function(const struct using *g, struct str name, struct function *out, struct near_name *near)
{
	const struct xml_sheet_options *o = &g->u->scope->sheet->options;

	for (int i = 0; i < o->n_functions; i++) {
		near_try(near, str_of(o->functions[i].name));
		*out = (struct function){o->functions[i].name, o->functions[i].min_args, o->functions[i].max_args};
		if (str_is(name, out->name))
			return true;
	}
	return false;
}

static bool find_function(struct str uri, const struct using *g, struct str name, struct function *out,
			  struct near_name *near)
{
	if (str_is(uri, XML_FUNCTION_NS))
		return own_function(g, name, out, near);
	*out = (struct function){"node-set", 1, 1};
	if (uri.n) {
		near_try(near, STR("node-set"));
		return function_is_node_set(uri) && str_is(name, "node-set");
	}
	for (size_t i = 0; i < N_FUNCTIONS; i++) {
		near_try(near, str_of(functions[i].name));
		*out = functions[i];
		if (str_is(name, out->name))
			return true;
	}
	return false;
}

/* "2", "1–3", "2–" for a message. */
static const char *range(struct arena *a, const struct function *f)
{
	if (f->max == f->min)
		return arena_printf(a, "%d", f->min);
	return f->max == MANY ? arena_printf(a, "%d…", f->min) : arena_printf(a, "%d…%d", f->min, f->max);
}

/* The functions there are beside those of XPath. */
static const char *extensions(const struct using *g)
{
	const struct xml_sheet_options *o = &g->u->scope->sheet->options;
	struct arena *a = g->u->d->arena;
	const char *all = "";

	for (int i = 0; i < o->n_functions; i++)
		all = arena_printf(a, "%s %s()", all, o->functions[i].name);
	return arena_printf(a, DIAG_TWO("；扩展函数有 exsl:node-set() 和%s", "; there are exsl:node-set() and%s"), all, all);
}

static void no_function(const struct using *g, const struct lex_name *call, const struct near_name *near)
{
	struct arena *a = g->u->d->arena;
	struct str written = call->prefix.n ? (struct str){call->prefix.p, call->n} : call->name;
	const char *prefix = call->prefix.n ? arena_printf(a, "%.*s:", STR_ARG(call->prefix)) : "";
	const char *words = near_words(near, a, prefix, "()");

	if (!call->prefix.n && rule_later(call->name))
		words = rule_later(call->name);
	/* Ours without their prefix: the commonest slip. */
	if (!call->prefix.n && !*words) {
		struct near_name ours;
		struct function f;

		near_open(&ours, call->name);
		own_function(g, call->name, &f, &ours);
		words = near_words(&ours, a, "f:", "()");
	}
	if (call->prefix.n && !*words)
		words = extensions(g);
	if (!*words)
		words = DIAG_TWO("；可用 XPath 1.0、XSLT 1.0 的函数和版式语言的 f: 函数", "; there are those of XPath 1.0, XSLT 1.0 and the f: functions of layouts");
	g->u->ok = false;
	diag_add(g->u->d, DIAG_LAYOUT_FUNCTION, place(g, call->at), copied(g, written), words, NULL)->length = (uint32_t)call->n;
}

static void want_function(const struct using *g, const struct lex_name *call)
{
	const char *whole = expanded(g, call->prefix, call->name, call->at);
	struct str uri = {NULL, 0};
	struct near_name near;
	struct function f;

	if (!whole)
		return;
	if (call->prefix.n)
		uri = str_sub(str_of(whole), 1, strlen(whole) - call->name.n - 1);
	near_open(&near, call->name);
	if (!uri.n && str_is(call->name, "document")) {
		g->u->ok = false;
		diag_add(g->u->d, DIAG_LAYOUT_XSLT, place(g, call->at),
			 DIAG_TWO("不允许使用 document()", "document() is not allowed"), NULL)->length = (uint32_t)call->n;
	} else if (!find_function(uri, g, call->name, &f, &near)) {
		no_function(g, call, &near);
	} else if (call->n_args < f.min || call->n_args > f.max) {
		struct arena *a = g->u->d->arena;

		g->u->ok = false;
		diag_add(g->u->d, DIAG_LAYOUT_ARGUMENTS, place(g, call->at), copied(g, call->name), range(a, &f),
			 arena_printf(a, "%d", call->n_args), NULL)->length = (uint32_t)call->n;
	} else if (!uri.n && str_is(call->name, "key") && call->args[0].text.n) {
		want_named(g, SCOPE_KEY, "xsl:key", call->args[0].text, call->args[0].at);
	} else if (!uri.n && str_is(call->name, "format-number") && call->n_args == 3 && call->args[2].text.n) {
		want_named(g, SCOPE_FORMAT, "xsl:decimal-format", call->args[2].text, call->args[2].at);
	}
}

/* ---- names of the record ---- */

static void want_record_name(const struct using *g, const struct lex_name *name)
{
	bool attribute = name->kind == LEX_ATTRIBUTE;
	struct uses *u = g->u;
	const char *whole = expanded(g, name->prefix, name->name, name->at);
	struct near_name near;

	/* Expressions over trees made by templates may ask for anything. */
	if (!whole || !u->vocabulary || u->scope->builds || str_is(name->prefix, "xml"))
		return;
	near_open(&near, name->name);
	if (!name->prefix.n && xml_vocabulary_has(u->vocabulary, !u->own, attribute, name->name, &near.best))
		return;
	u->ok = false;
	diag_add(u->d, DIAG_LAYOUT_RECORD, place(g, name->at), xml_vocabulary_words(u->vocabulary, !u->own),
		 arena_printf(u->d->arena, attribute ? "@%.*s" : "<%.*s>", (int)name->n, name->prefix.n ? name->prefix.p : name->name.p),
		 attribute ? near_words(&near, u->d->arena, "@", "") : near_words(&near, u->d->arena, "<", ">"), NULL)
		->length = (uint32_t)name->n;
}

static void take_name(void *user, const struct lex_name *name)
{
	const struct using *g = user;

	switch (name->kind) {
	case LEX_VARIABLE:
		want_variable(g, name);
		break;
	case LEX_CALL:
		want_function(g, name);
		break;
	default:
		want_record_name(g, name);
	}
}

void uses_expression(struct uses *u, xmlNodePtr n, const struct xml_attr *attr, size_t from, struct str expression)
{
	struct using g = {u, n, attr, from};

	lex_names(expression, take_name, &g);
}

/* ---- declared, and asked for under another name ---- */

static void want_used(struct uses *u, xmlNodePtr n, enum scope_kind kind, const char *attr, const char *shown)
{
	const struct map *used = &u->used[kind], *names = &u->scope->names[kind];
	const struct xml_attr *at = xml_attr(n->_private, attr);
	const char *whole = at ? scope_expand_qname(u->scope, n, str_trim(at->value)) : NULL;
	struct near_name near;

	if (!whole || map_get(used, str_of(whole)))
		return;
	near_open(&near, str_of(whole));
	for (size_t i = 0; i < used->n; i++)
		if (map_get(names, used->entries[i].key))
			near_try(&near, used->entries[i].key);
	if (near.best.n)
		diag_add(u->d, DIAG_LAYOUT_UNUSED, at->value_loc, shown, arena_copy(u->d->arena, at->value.p, at->value.n),
			 near_words(&near, u->d->arena, "", ""), NULL)->length = (uint32_t)at->value.n;
}

void uses_misspelt(struct uses *u, xmlNodePtr root)
{
	for (xmlNodePtr n = root->children; n; n = n->next) {
		if (is_xsl(n, "variable") || is_xsl(n, "param"))
			want_used(u, n, SCOPE_GLOBAL, "name", is_xsl(n, "param") ? "xsl:param" : "xsl:variable");
		if (!is_xsl(n, "template"))
			continue;
		if (!xml_attr(n->_private, "match"))
			want_used(u, n, SCOPE_TEMPLATE, "name", "xsl:template");
		want_used(u, n, SCOPE_MODE, "mode", "xsl:template mode");
	}
}
