/* wrapper: the instruction of ours that stands round every instruction that makes text.
 * Takes: what its select gives in the stylesheet. Gives: an element of the result in which the text
 * comes to stand, named by the number of the mark that tells the text's origin; copies keep their name.
 * A literal element with a template for an attribute would do the same at five times the cost. */
#include "xml/run.h"

#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/xsltutils.h>

#include "base/mem.h"

#define FIRST_OF_NAME 't'

bool is_wrapper(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE && n->ns && xmlStrEqual(n->ns->href, BAD_CAST AT_URI);
}

const struct mark *note_of(const struct run *r, const xmlNode *wrapper)
{
	size_t n = 0;

	for (const xmlChar *p = wrapper->name + 1; *p >= '0' && *p <= '9'; p++)
		n = n * 10 + (size_t)(*p - '0');
	return n < r->n_marks ? r->marks[n] : NULL;
}

static struct wrapper *wrapper_of(struct run *r, const xmlNode *inst)
{
	size_t n = 0;

	for (const xmlChar *p = inst->properties->children->content; *p; p++)
		n = n * 10 + (size_t)(*p - '0');
	return &r->sheet->wrappers[n];
}

/* NULL when the expression is faulty, which the instruction inside will say. */
static xmlXPathObjectPtr evaluate(struct run *r, struct wrapper *w, xmlNodePtr inst)
{
	xmlXPathContextPtr x = r->ctxt->xpathCtxt;
	xmlNsPtr *namespaces = x->namespaces;
	int n = x->nsNr, size = x->contextSize, position = x->proximityPosition;
	xmlXPathObjectPtr value;

	if (!w->compiled) {
		w->compiled = xsltXPathCompile(r->sheet->style, BAD_CAST w->select);
		w->namespaces = xmlGetNsList(inst->doc, inst);
		for (w->n_namespaces = 0; w->namespaces && w->namespaces[w->n_namespaces];)
			w->n_namespaces++;
	}
	if (!w->compiled)
		return NULL;
	x->node = r->ctxt->node;
	x->namespaces = w->namespaces;
	x->nsNr = w->n_namespaces;
	value = xmlXPathCompiledEval(w->compiled, x);
	x->namespaces = namespaces;
	x->nsNr = n;
	x->contextSize = size;
	x->proximityPosition = position;
	return value;
}

/* The text of the current node, perhaps gone through a function. */
static struct mark *mark_current(struct run *r, enum mark_kind kind)
{
	xmlNodePtr node = r->ctxt->node;
	xmlNodeSet one = {.nodeNr = node ? 1 : 0, .nodeMax = 1, .nodeTab = &node};

	return note_text(r, &one, kind);
}

static struct mark *make_mark(struct run *r, const struct wrapper *w, xmlXPathObjectPtr value)
{
	xmlNodeSetPtr set;

	if (w->kind == MARK_COMPUTED)
		return note_computed(r);
	if (w->kind == MARK_BUILTIN)
		return mark_current(r, MARK_BUILTIN);
	set = run_node_set(value);
	if (!set)
		return mark_current(r, MARK_TEXT);
	return w->kind == MARK_NODES ? note_nodes(r, set) : note_text(r, set, MARK_TEXT);
}

/* <t17/>. The namespace is the stylesheet's own: it lives longer than any result. The name stays out of the dictionary, whose
 * table stops growing: with a name for each text every lookup would become slower than the one before. */
static xmlNodePtr make_element(struct run *r, const xmlNode *inst, size_t mark)
{
	char name[24], *at = name + sizeof name - 1;
	xmlNodePtr t;

	for (*at = 0; mark || !*at; mark /= 10)
		*--at = (char)('0' + mark % 10);
	*--at = FIRST_OF_NAME;
	t = xmlNewDocNodeEatName(r->ctxt->output, inst->ns, xmlStrdup(BAD_CAST at), NULL);
	if (!t || !xmlAddChild(r->ctxt->insert, t))
		mem_die(0);
	return t;
}

/* What value-of would do with this value. */
static void add_string(struct run *r, xmlNodePtr t, xmlXPathObjectPtr value)
{
	xmlChar *text = xmlXPathCastToString(value);
	xmlNodePtr n = text && *text ? xmlNewDocText(r->ctxt->output, NULL) : NULL;

	if (!text || (*text && !n))
		mem_die(0);
	if (!n) {
		xmlFree(text);
		return;
	}
	n->content = text;
	xmlAddChild(t, n);
}

static void on_wrapper(xsltTransformContextPtr ctxt, xmlNodePtr node, xmlNodePtr inst, xsltElemPreCompPtr comp)
{
	struct run *r = ctxt->_private;
	struct wrapper *w = wrapper_of(r, inst);
	xmlXPathObjectPtr value = w->select ? evaluate(r, w, inst) : NULL;
	size_t mark = note_add(r, make_mark(r, w, value));
	xmlNodePtr insert = ctxt->insert, t = make_element(r, inst, mark);

	(void)comp;
	if (w->whole && value) {
		add_string(r, t, value);
	} else {
		ctxt->insert = t;
		xsltApplyOneTemplate(ctxt, node, inst->children, NULL, NULL);
		ctxt->insert = insert;
	}
	xmlXPathFreeObject(value);
}

void run_wrappers(struct run *r)
{
	if (xsltRegisterExtElement(r->ctxt, BAD_CAST WRAPPER, BAD_CAST AT_URI, on_wrapper) != 0)
		mem_die(0);
}
