/* rngname: names and documentation of a RELAX NG grammar. See rngread.h.
 * Takes: element and attribute patterns as XML. Gives: name classes with their namespaces; what a:documentation says. */
#include "xml/rngread.h"

#include "xml/wall.h"

#define RNG_NS "http://relaxng.org/ns/structure/1.0"
#define NOTES_NS "http://relaxng.org/ns/compatibility/annotations/1.0"

enum { DOC_DEPTH = 8 };

bool is_rng(const struct xml_node *n, const char *name)
{
	return n && n->kind == XML_ELEMENT && str_is(n->ns, RNG_NS) && (!name || str_is(n->name, name));
}

/* The next RELAX NG element from n on. */
const struct xml_node *rng_from(const struct xml_node *n)
{
	while (n && !is_rng(n, NULL))
		n = n->next;
	return n;
}

/* An attribute that holds for all inside: of n or the nearest around it. */
struct str rng_inherited(const struct xml_node *n, const char *name, struct str outside)
{
	for (; n; n = n->parent)
		if (xml_attr(n, name))
			return xml_value(n, name);
	return outside;
}

/* ---- names ---- */

static struct name_class *name_new(struct reader *r, enum name_kind kind)
{
	struct name_class *c = ARENA_NEW(r->g->arena, struct name_class);

	c->kind = kind;
	return c;
}

/* libxml2's node behind ours: it knows the prefixes. */
static xmlNodePtr node_of(const struct scope *s, const struct xml_node *n)
{
	xmlNodePtr m = xmlDocGetRootElement(s->doc->doc);

	while (m && m->_private != n) {
		if (m->type == XML_ELEMENT_NODE && m->children) {
			m = m->children;
			continue;
		}
		while (m && !m->next)
			m = m->parent && m->parent->type == XML_ELEMENT_NODE ? m->parent : NULL;
		m = m ? m->next : NULL;
	}
	return m;
}

static struct str prefix_ns(struct reader *r, const struct scope *s, const struct xml_node *n, struct str prefix)
{
	xmlNodePtr node;
	xmlNsPtr ns;

	if (str_is(prefix, "xml"))
		return STR(XML_NS);
	node = node_of(s, n);
	ns = node ? xmlSearchNs(node->doc, node, BAD_CAST arena_copy(r->g->arena, prefix.p, prefix.n)) : NULL;
	if (!ns)
		r->bad = true;
	return ns ? wall_str(ns->href) : STR("");
}

static struct name_class *name_one(struct reader *r, const struct scope *s, const struct xml_node *n, struct str name,
				   struct str ns)
{
	struct name_class *c = name_new(r, NAME_ONE);
	size_t colon;

	name = str_trim(name);
	colon = str_find(name, STR(":"));
	c->ns = colon == SIZE_MAX ? ns : prefix_ns(r, s, n, str_sub(name, 0, colon));
	c->name = colon == SIZE_MAX ? name : str_sub(name, colon + 1, name.n);
	return c;
}

static struct name_class *read_name(struct reader *r, const struct scope *s, const struct xml_node *n);

static struct name_class *read_names(struct reader *r, const struct scope *s, const struct xml_node *n)
{
	struct name_class *c = name_new(r, NAME_CHOICE);
	const struct name_class **tail = &c->first;

	for (n = rng_from(n->first); n; n = rng_from(n->next)) {
		struct name_class *one = read_name(r, s, n);

		*tail = one;
		tail = &one->next;
	}
	return c;
}

static struct name_class *read_name(struct reader *r, const struct scope *s, const struct xml_node *n)
{
	struct str ns = rng_inherited(n, "ns", s->ns);
	struct name_class *c;

	if (is_rng(n, "name"))
		return name_one(r, s, n, xml_string(r->g->arena, n), ns);
	if (is_rng(n, "choice"))
		return read_names(r, s, n);
	c = name_new(r, is_rng(n, "nsName") ? NAME_NS : NAME_ANY);
	c->ns = ns;
	if (is_rng(rng_from(n->first), "except"))
		c->except = read_names(r, s, rng_from(n->first));
	return c;
}

/* The name of an element or attribute pattern; *rest is what follows in it. */
struct name_class *rng_name(struct reader *r, const struct scope *s, const struct xml_node *n,
			    const struct xml_node **rest)
{
	const struct xml_attr *ns = xml_attr(n, "ns");

	*rest = rng_from(n->first);
	if (xml_attr(n, "name")) {
		struct str uri = is_rng(n, "element") ? rng_inherited(n, "ns", s->ns) : ns ? ns->value : STR("");
		return name_one(r, s, n, xml_value(n, "name"), uri);
	}
	if (!*rest)
		return name_new(r, NAME_CHOICE);
	struct name_class *c = read_name(r, s, *rest);
	*rest = rng_from((*rest)->next);
	return c;
}

/* ---- documentation ---- */

static bool find_doc(struct reader *r, const struct xml_node *n, struct str doc[2], int depth)
{
	bool found = false;

	for (const struct xml_node *m = n->first; m; m = m->next) {
		struct str lang = xml_value(m, "xml:lang");

		if (!xml_is(m, "documentation") || !str_is(m->ns, NOTES_NS))
			continue;
		doc[str_starts(lang, STR("zh")) ? LANG_ZH : LANG_EN] = str_trim(xml_string(r->g->arena, m));
		found = true;
	}
	for (const struct xml_node *m = n->first; m && !found && depth < DOC_DEPTH; m = m->next) {
		struct define *d = is_rng(m, "ref") ? map_get(&r->defines, str_trim(xml_value(m, "name"))) : NULL;

		if (is_rng(m, "ref"))
			found = d && find_doc(r, d->first->node, doc, depth + 1);
		else if (is_rng(m, NULL) && !is_rng(m, "element") && !is_rng(m, "attribute"))
			found = find_doc(r, m, doc, depth + 1);
	}
	return found;
}

/* An element explains itself; an attribute is also explained by the type of its value. */
void rng_document(struct reader *r, const struct xml_node *n, struct leaf *leaf)
{
	find_doc(r, n, leaf->doc, leaf->attribute ? 0 : DOC_DEPTH);
	for (int i = 0; i < 2; i++)
		if (!leaf->doc[i].n)
			leaf->doc[i] = leaf->doc[!i];
}
