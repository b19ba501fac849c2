/* build: our read-only tree from libxml2's.
 * Takes: a parsed document whose nodes hold their offset in _private. Gives: our nodes, each behind
 * the _private of its libxml2 node; attributes with the places of name and value. */
#include "xml/parse.h"

struct build {
	struct arena *a;
	struct xml_doc *doc;
	struct str bytes;
	const xmlNs *ns; /* the last one, and its URI in the arena */
	struct str uri;
};

static struct str ns_uri(struct build *b, const xmlNs *ns)
{
	if (!ns)
		return (struct str){"", 0};
	if (ns != b->ns) {
		b->ns = ns;
		b->uri = arena_str(b->a, wall_str(ns->href));
	}
	return b->uri;
}

static struct str attr_value(struct build *b, const xmlAttr *attr)
{
	const xmlNode *text = attr->children;
	struct buf all = {NULL, 0, 0};
	struct str value;

	if (!text || !text->next)
		return arena_str(b->a, wall_str(text ? text->content : NULL));
	for (; text; text = text->next)
		buf_str(&all, wall_str(text->content));
	value = arena_str(b->a, buf_view(&all));
	buf_free(&all);
	return value;
}

/* Walk the raw attributes and libxml2's side by side: both are in the order written. */
static void build_attrs(struct build *b, xmlNodePtr from, struct xml_node *n)
{
	struct xml_attr **tail = &n->attrs;
	xmlAttrPtr prop = from->properties;
	size_t at = raw_tag_name(b->bytes, n->loc.off, NULL);
	struct raw_attr raw;

	while (prop && raw_attr_next(b->bytes, &at, &raw)) {
		struct xml_attr *attr;

		if (str_is(raw.name, "xmlns") || str_starts(raw.name, STR("xmlns:")))
			continue;
		attr = ARENA_NEW(b->a, struct xml_attr);
		attr->ns = ns_uri(b, prop->ns);
		attr->name = wall_str(prop->name);
		attr->value = attr_value(b, prop);
		attr->loc = loc_at(b->doc->src, raw.at);
		attr->value_loc = loc_at(b->doc->src, raw.value);
		prop->_private = attr;
		*tail = attr;
		tail = &attr->next;
		prop = prop->next;
	}
}

static struct xml_node *build_node(struct build *b, xmlNodePtr from)
{
	struct xml_node *n = ARENA_NEW(b->a, struct xml_node);

	n->loc = loc_at(b->doc->src, ptr_off(from->_private));
	n->number = b->doc->count++;
	from->_private = n;
	if (from->type == XML_ELEMENT_NODE) {
		n->kind = XML_ELEMENT;
		n->ns = ns_uri(b, from->ns);
		n->name = wall_str(from->name); /* in the document's dictionary: lives as long as it */
		build_attrs(b, from, n);
	} else {
		n->kind = XML_TEXT;
		n->text = arena_str(b->a, wall_str(from->content));
	}
	return n;
}

static bool is_ours(const xmlNode *n)
{
	return (n->type == XML_ELEMENT_NODE || n->type == XML_TEXT_NODE) && n->_private;
}

static void build_tree(struct build *b, xmlNodePtr top)
{
	xmlNodePtr from = top;
	struct xml_node *parent = NULL, *last = NULL; /* last: the one before, at this level */

	while (from) {
		if (is_ours(from)) {
			struct xml_node *n = build_node(b, from);

			n->parent = parent;
			if (last)
				last->next = n;
			else if (parent)
				parent->first = n;
			last = n;
			if (from->children && from->type == XML_ELEMENT_NODE) {
				parent = n;
				last = NULL;
				from = from->children;
				continue;
			}
		}
		while (from != top && !from->next) {
			from = from->parent;
			last = parent;
			parent = parent ? parent->parent : NULL;
		}
		if (from == top)
			break;
		from = from->next;
	}
	b->doc->root = top->_private;
}

void parse_build(struct arena *a, struct xml_doc *doc, struct str bytes)
{
	struct build b = {.a = a, .doc = doc, .bytes = bytes};

	build_tree(&b, xmlDocGetRootElement(doc->doc));
}
