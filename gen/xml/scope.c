/* scope: the names that a stylesheet and its imports declare. See check.h.
 * Takes: all files of a sheet, parsed. Gives: templates, modes, global variables, keys, attribute sets, decimal formats
 * and parameters by expanded name; which variables an instruction sees. */
#include "xml/check.h"

/* ---- names ---- */

const char *scope_expand(const struct scope *s, xmlNodePtr n, struct str prefix, struct str name)
{
	xmlNsPtr ns;

	if (!prefix.n)
		return arena_copy(s->arena, name.p, name.n);
	ns = xmlSearchNs(n->doc, n, BAD_CAST arena_copy(s->arena, prefix.p, prefix.n));
	return ns ? arena_printf(s->arena, "{%s}%.*s", (const char *)ns->href, STR_ARG(name)) : NULL;
}

const char *scope_expand_qname(const struct scope *s, xmlNodePtr n, struct str qname)
{
	size_t colon;

	qname = str_trim(qname);
	colon = str_find(qname, STR(":"));
	if (colon == SIZE_MAX)
		return scope_expand(s, n, (struct str){NULL, 0}, qname);
	return scope_expand(s, n, str_sub(qname, 0, colon), str_sub(qname, colon + 1, qname.n));
}

/* The expanded value of an attribute that is a name; NULL when it is absent or has an undeclared prefix. */
static const char *attr_name(const struct scope *s, xmlNodePtr n, const char *attr)
{
	const struct xml_attr *at = xml_attr(n->_private, attr);

	return at ? scope_expand_qname(s, n, at->value) : NULL;
}

/* ---- collecting ---- */

struct collecting {
	struct scope *s;
	struct diag_list *d;
	bool ok;
};

static void say_twice(struct collecting *c, xmlNodePtr n, const struct xml_node *first)
{
	const struct xml_attr *at = xml_attr(n->_private, "name");

	c->ok = false;
	diag_add(c->d, DIAG_LAYOUT_TWICE, at->value_loc, arena_printf(c->s->arena, "xsl:%s", (const char *)n->name),
		 arena_copy(c->s->arena, at->value.p, at->value.n), NULL)->other = first->loc;
}

/* Another file may override, the same one may not say it twice. */
static void declare(struct collecting *c, enum scope_kind kind, xmlNodePtr n, const char *name, bool once)
{
	struct map *names = &c->s->names[kind];
	struct xml_node *own = n->_private;
	const struct xml_node *first = name ? map_get(names, str_of(name)) : NULL;

	if (!name)
		return;
	if (!first)
		map_set(names, str_of(name), own);
	else if (once && first->loc.source == own->loc.source)
		say_twice(c, n, first);
}

static struct map *params_of(struct scope *s, const char *key)
{
	struct map *m = map_get(&s->params, str_of(key));

	if (m)
		return m;
	m = ARENA_NEW(s->arena, struct map);
	map_open(m, s->arena);
	map_set(&s->params, str_of(key), m);
	return m;
}

static const char *mode_key(const struct scope *s, const char *mode)
{
	return arena_printf(s->arena, "mode %s", mode ? mode : "");
}

static void declare_params(struct collecting *c, xmlNodePtr template, struct map *into)
{
	struct map own;

	map_open(&own, c->s->arena);
	for (xmlNodePtr n = template->children; n; n = n->next) {
		const char *name = is_xsl(n, "param") ? attr_name(c->s, n, "name") : NULL;
		const struct xml_node *first;

		if (!name)
			continue;
		map_set(into, str_of(name), n->_private);
		first = map_set(&own, str_of(name), n->_private);
		if (first)
			say_twice(c, n, first);
	}
}

static void declare_template(struct collecting *c, xmlNodePtr n)
{
	const char *name = attr_name(c->s, n, "name"), *mode = attr_name(c->s, n, "mode");

	declare(c, SCOPE_TEMPLATE, n, name, true);
	declare(c, SCOPE_MODE, n, mode, false);
	if (name)
		declare_params(c, n, params_of(c->s, arena_printf(c->s->arena, "template %s", name)));
	if (xml_attr(n->_private, "match"))
		declare_params(c, n, params_of(c->s, mode_key(c->s, mode)));
}

static void declare_top(struct collecting *c, xmlNodePtr n)
{
	static const struct {
		const char *element;
		enum scope_kind kind;
		bool once;
	} named[] = {
		{"variable", SCOPE_GLOBAL, true}, {"param", SCOPE_GLOBAL, true}, {"key", SCOPE_KEY, false},
		{"attribute-set", SCOPE_SET, false}, {"decimal-format", SCOPE_FORMAT, false},
	};

	if (is_xsl(n, "template"))
		declare_template(c, n);
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (is_xsl(n, named[i].element))
			declare(c, named[i].kind, n, attr_name(c->s, n, "name"), named[i].once);
}

bool scope_open(struct scope *s, struct diag_list *d, const struct xml_sheet *sheet, bool whole)
{
	struct collecting c = {s, d, true};

	*s = (struct scope){.arena = d->arena, .sheet = sheet, .whole = whole};
	for (int i = 0; i < SCOPE_KINDS; i++)
		map_open(&s->names[i], s->arena);
	map_open(&s->params, s->arena);
	for (size_t i = 0; i < sheet->n; i++) {
		const struct sheet_file *f = sheet->files[i];

		if (!f->doc || f->again)
			continue;
		s->builds = s->builds || xml_calls_node_set(f->doc->root);
		for (xmlNodePtr n = xmlDocGetRootElement(f->doc->doc)->children; n; n = n->next)
			if (n->_private)
				declare_top(&c, n);
	}
	return c.ok;
}

const struct map *scope_params(const struct scope *s, xmlNodePtr call)
{
	const char *name = attr_name(s, call, is_xsl(call, "call-template") ? "name" : "mode");
	const char *key = is_xsl(call, "call-template") ? arena_printf(s->arena, "template %s", name ? name : "")
							: mode_key(s, name);

	return map_get(&s->params, str_of(key));
}

/* ---- variables ---- */

static bool is_variable(const xmlNode *n)
{
	return is_xsl(n, "variable") || is_xsl(n, "param");
}

static bool is_top(const xmlNode *n)
{
	return n->parent && n->parent->parent && n->parent->parent->type == XML_DOCUMENT_NODE;
}

/* The next variable that is in scope, going outwards from before n. */
static xmlNodePtr before(xmlNodePtr n)
{
	while (n && !is_top(n)) {
		if (!n->prev) {
			n = n->parent;
			continue;
		}
		n = n->prev;
		if (is_variable(n))
			return n;
	}
	return NULL;
}

const struct xml_node *scope_variable(const struct scope *s, xmlNodePtr n, const char *name)
{
	for (xmlNodePtr v = before(n); v; v = before(v)) {
		const char *other = attr_name(s, v, "name");

		if (other && !strcmp(other, name))
			return v->_private;
	}
	return map_get(&s->names[SCOPE_GLOBAL], str_of(name));
}

static const struct xml_node *elsewhere(const struct scope *s, xmlNodePtr n, const char *name)
{
	while (n && !is_top(n))
		n = n->parent;
	for (xmlNodePtr v = n; v; v = tree_next(n, v, false)) {
		const char *other = is_variable(v) ? attr_name(s, v, "name") : NULL;

		if (other && !strcmp(other, name))
			return v->_private;
	}
	return NULL;
}

const struct xml_node *scope_near_variable(const struct scope *s, xmlNodePtr n, const char *name, struct near_name *near)
{
	const struct map *globals = &s->names[SCOPE_GLOBAL];

	for (xmlNodePtr v = before(n); v; v = before(v))
		near_try(near, xml_value(v->_private, "name"));
	for (size_t i = 0; i < globals->n; i++)
		near_try(near, globals->entries[i].key);
	return elsewhere(s, n, name);
}

enum { MOST_SHOWN = 8 };

const char *scope_variables(const struct scope *s, xmlNodePtr n)
{
	const struct map *globals = &s->names[SCOPE_GLOBAL];
	const char *all = "";
	int shown = 0;

	for (xmlNodePtr v = before(n); v && shown < MOST_SHOWN; v = before(v), shown++)
		all = arena_printf(s->arena, "%s $%.*s", all, STR_ARG(xml_value(v->_private, "name")));
	for (size_t i = 0; i < globals->n && shown < MOST_SHOWN; i++, shown++)
		all = arena_printf(s->arena, "%s $%.*s", all, STR_ARG(globals->entries[i].key));
	return *all ? arena_printf(s->arena, DIAG_TWO("；可用：%s", "; there are:%s"), all + 1, all) : "";
}
