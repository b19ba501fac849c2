/* nodeset: node-set(), which makes the tree of a variable selectable.
 * Takes: a variable's tree with wrappers in it. Gives: a copy without them, whose texts know the pieces
 * they are made of, so that what is selected from it still leads to the record. */
#include "xml/run.h"

#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/variables.h>

#include "base/mem.h"

struct copier {
	struct run *r;
	xmlDocPtr doc;
	xmlNodePtr into; /* document or innermost open element */
};

static struct made *made_again(struct copier *c, const struct made *made)
{
	struct made *copy = ARENA_NEW(c->r->a, struct made);

	if (made)
		*copy = *made;
	copy->serial = c->r->n_made++;
	return copy;
}

/* Pieces are shared between lists by copying: a list's end must not move under another. */
static struct piece *joined(struct run *r, const struct piece *one, const struct piece *two)
{
	struct piece *first = NULL, **tail = &first;

	for (; one || two; one = one ? one->next : NULL) {
		if (!one) {
			one = two;
			two = NULL;
		}
		*tail = ARENA_NEW(r->a, struct piece);
		**tail = *one;
		(*tail)->next = NULL;
		tail = &(*tail)->next;
	}
	return first;
}

static void copy_text(struct copier *c, const xmlNode *from)
{
	const struct piece *pieces = note_pieces(c->r, from);
	xmlNodePtr last = c->into->last;
	struct made *made;

	if (!run_bytes(c->r, (size_t)xmlStrlen(from->content)))
		return;
	if (last && last->type == XML_TEXT_NODE) {
		xmlNodeAddContent(last, from->content);
		made = last->_private;
		made->pieces = joined(c->r, made->pieces, pieces);
		return;
	}
	last = xmlNewDocText(c->doc, from->content);
	if (!last || !xmlAddChild(c->into, last))
		mem_die(0);
	made = made_again(c, from->_private);
	made->pieces = joined(c->r, pieces, NULL);
	last->_private = made;
}

/* A string as the only text of a tree; the hook has noted where it was made. */
static void add_text(struct copier *c, const xmlChar *text)
{
	xmlNodePtr n;

	if (!text || !*text || !run_bytes(c->r, (size_t)xmlStrlen(text)))
		return;
	n = xmlNewDocText(c->doc, text);
	if (!n || !xmlAddChild(c->into, n))
		mem_die(0);
}

static void copy_attrs(struct copier *c, const xmlNode *from, xmlNodePtr to)
{
	xmlAttrPtr copy = to->properties;

	for (const xmlAttr *a = from->properties; a && copy; a = a->next, copy = copy->next) {
		copy->_private = a->_private;
		run_bytes(c->r, a->children ? (size_t)xmlStrlen(a->children->content) : 0);
	}
}

static void copy_element(struct copier *c, xmlNodePtr from)
{
	xmlNodePtr to = xmlDocCopyNode(from, c->doc, 2); /* with attributes, without children */

	if (!to || !xmlAddChild(c->into, to))
		mem_die(0);
	to->_private = made_again(c, from->_private);
	copy_attrs(c, from, to);
	c->into = to;
}

/* Walk in; false when n has no children to follow. */
static bool enter(struct copier *c, xmlNodePtr n)
{
	if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
		copy_text(c, n);
	if (n->type != XML_ELEMENT_NODE)
		return false;
	if (is_wrapper(n)) {
		note_settle(c->r, n);
		return n->children != NULL;
	}
	copy_element(c, n);
	if (n->children)
		return true;
	c->into = c->into->parent;
	return false;
}

static void copy_below(struct copier *c, xmlNodePtr top)
{
	xmlNodePtr n = top->children;

	while (n && !c->r->failed) {
		if (enter(c, n)) {
			n = n->children;
			continue;
		}
		while (!n->next && n->parent != top) {
			n = n->parent;
			if (!is_wrapper(n))
				c->into = c->into->parent;
		}
		n = n->next;
	}
}

static xmlDocPtr new_tree(struct run *r)
{
	xmlDocPtr doc = xsltCreateRVT(r->ctxt);

	if (!doc || xsltRegisterLocalRVT(r->ctxt, doc) != 0)
		mem_die(0);
	return doc;
}

void call_node_set(xmlXPathParserContextPtr p, int n)
{
	struct run *r = xsltXPathGetTransformContext(p)->_private;
	xmlXPathObjectPtr value, result;
	struct copier c = {.r = r};

	if (n != 1) {
		p->error = XPATH_INVALID_ARITY;
		return;
	}
	value = valuePop(p);
	if (!value || value->type == XPATH_NODESET) {
		valuePush(p, value);
		return;
	}
	c.doc = new_tree(r);
	c.into = (xmlNodePtr)c.doc;
	if (value->type == XPATH_XSLT_TREE) {
		for (int i = 0; value->nodesetval && i < value->nodesetval->nodeNr; i++)
			copy_below(&c, value->nodesetval->nodeTab[i]);
	} else {
		value = xmlXPathConvertString(value);
		add_text(&c, value ? value->stringval : NULL);
	}
	xmlXPathFreeObject(value);
	result = xmlXPathNewNodeSet((xmlNodePtr)c.doc);
	if (!result)
		mem_die(0);
	valuePush(p, result);
}
