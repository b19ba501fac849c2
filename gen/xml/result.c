/* result: libxslt's tree -> our tree of the result.
 * Takes: the result with wrappers in it and the notes of the run. Gives: elements and texts with
 * both their places; wrappers dissolved, each text cut where its origin changes. */
#include "xml/run.h"

#include "base/map.h"

#define BARE_SHOWN 20 /* characters of a bare text in its message */

struct reader {
	struct run *r;
	struct map names;        /* strings already in the arena */
	struct xml_node *root;
	struct xml_node *parent; /* innermost open element of ours */
	struct xml_node *last;   /* its last child so far */
	uint32_t count, depth;
	bool failed;
};

static struct str intern(struct reader *rd, const xmlChar *text)
{
	struct str s = wall_str(text), *found;

	if (!s.n)
		return (struct str){"", 0};
	found = map_get(&rd->names, s);
	if (!found) {
		found = ARENA_NEW(rd->r->a, struct str);
		*found = arena_str(rd->r->a, s);
		map_set(&rd->names, *found, found);
	}
	return *found;
}

static struct loc layout_of(const struct made *made)
{
	return made && made->inst ? made->inst->loc : (struct loc){0, 0};
}

static void link_node(struct reader *rd, struct xml_node *n)
{
	n->number = rd->count++;
	n->parent = rd->parent;
	if (!n->layout.source && n->parent)
		n->layout = n->parent->layout;
	if (!n->loc.source && n->parent)
		n->loc = n->parent->loc;
	if (rd->last)
		rd->last->next = n;
	else if (rd->parent)
		rd->parent->first = n;
	rd->last = n;
}

/* ---- attributes ---- */

static struct str attr_value(struct reader *rd, const xmlAttr *attr)
{
	struct buf all = {NULL, 0, 0};
	struct str value;

	for (const xmlNode *t = attr->children; t; t = t->next)
		buf_str(&all, wall_str(t->content));
	value = arena_str(rd->r->a, buf_view(&all));
	buf_free(&all);
	return value;
}

/* Where the stylesheet sets it: xsl:attribute or copy-of, else in the literal's tag. */
static struct loc attr_layout(const struct xml_attr *attr, const xmlAttr *from, const struct xml_node *inst,
			      struct loc fallback)
{
	const struct made *made = from->_private;

	if (made && made->inst && made->inst != inst && made->inst->kind == XML_ELEMENT)
		return made->inst->loc;
	for (const struct xml_attr *a = inst ? inst->attrs : NULL; a; a = a->next)
		if (str_eq(a->name, attr->name) && str_eq(a->ns, attr->ns))
			return a->loc;
	return made && made->inst ? made->inst->loc : fallback;
}

static void take_attr(struct reader *rd, struct xml_node *n, const xmlAttr *from, const struct xml_node *inst)
{
	struct xml_attr *attr = ARENA_NEW(rd->r->a, struct xml_attr), **at = &n->attrs;

	attr->name = intern(rd, from->name);
	attr->ns = from->ns ? intern(rd, from->ns->href) : (struct str){"", 0};
	attr->value = attr_value(rd, from);
	attr->loc = attr_layout(attr, from, inst, n->layout);
	attr->value_loc = n->loc;
	for (; *at; at = &(*at)->next) {
		if (str_eq((*at)->name, attr->name) && str_eq((*at)->ns, attr->ns)) {
			attr->next = (*at)->next;
			break;
		}
	}
	*at = attr;
}

/* ---- nodes ---- */

static void take_element(struct reader *rd, xmlNodePtr from)
{
	const struct made *made = from->_private;
	struct xml_node *n = ARENA_NEW(rd->r->a, struct xml_node);

	n->kind = XML_ELEMENT;
	n->name = intern(rd, from->name);
	n->ns = from->ns ? intern(rd, from->ns->href) : (struct str){"", 0};
	n->loc = made ? made->loc : (struct loc){0, 0};
	n->layout = layout_of(made);
	link_node(rd, n);
	for (const xmlAttr *a = from->properties; a; a = a->next)
		take_attr(rd, n, a, made ? made->inst : NULL);
}

static void take_bare(struct reader *rd, const struct piece *p)
{
	struct str text = str_trim(p->text);
	struct diag *m;
	size_t end = 0;

	if (!text.n)
		return;
	for (int i = 0; i < BARE_SHOWN && end < text.n; i++)
		utf8_next(text, &end);
	rd->failed = true;
	m = diag_add(rd->r->d, DIAG_LAYOUT_BARE_TEXT, p->loc,
		     arena_printf(rd->r->a, "%.*s%s", (int)end, text.p, end < text.n ? "…" : ""), "", "", NULL);
	m->other = p->layout;
}

static void take_text(struct reader *rd, const xmlNode *from)
{
	for (const struct piece *p = note_pieces(rd->r, from); p; p = p->next) {
		struct xml_node *n;

		if (!rd->parent) {
			take_bare(rd, p);
			continue;
		}
		if (!p->text.n)
			continue;
		n = ARENA_NEW(rd->r->a, struct xml_node);
		n->kind = XML_TEXT;
		n->text = p->text;
		n->loc = p->loc;
		n->layout = p->layout;
		n->origin = p->origin;
		n->from = p->from;
		link_node(rd, n);
	}
}

/* Attributes that copy-of set on a wrapper belong to the element round it. */
static void take_wrapper(struct reader *rd, const xmlNode *from)
{
	for (const xmlAttr *a = from->properties; a; a = a->next)
		if (rd->parent && !rd->parent->first)
			take_attr(rd, rd->parent, a, NULL);
}

static bool opens(struct reader *rd, xmlNodePtr n)
{
	if (rd->root && !rd->parent) {
		struct diag *m = diag_add(rd->r->d, DIAG_LAYOUT_XSLT, layout_of(n->_private),
					  DIAG_TWO("结果只能有一个根元素", "the result may have one root element only"),
					  NULL);
		m->other = ((struct made *)n->_private)->loc;
		rd->failed = true;
		return false;
	}
	take_element(rd, n);
	if (!rd->root)
		rd->root = rd->last;
	return true;
}

/* Enter a node; true when its children follow. */
static bool enter(struct reader *rd, xmlNodePtr n)
{
	if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
		take_text(rd, n);
		return false;
	}
	if (n->type != XML_ELEMENT_NODE)
		return false;
	if (is_wrapper(n)) {
		note_settle(rd->r, n);
		take_wrapper(rd, n);
		return n->children != NULL;
	}
	if (!opens(rd, n) || !n->children)
		return false;
	if (++rd->depth > RESULT_DEPTH) {
		wall_limit(rd->r->d, rd->last->layout, DIAG_TWO("结果嵌套 %zu 层", "a result nested %zu deep"),
			   RESULT_DEPTH)->other = rd->last->loc;
		rd->failed = true;
		return false;
	}
	rd->parent = rd->last;
	rd->last = NULL;
	return true;
}

static void leave(struct reader *rd, const xmlNode *n)
{
	if (is_wrapper(n))
		return;
	rd->depth--;
	rd->last = rd->parent;
	rd->parent = rd->parent->parent;
}

static void read_all(struct reader *rd, xmlNodePtr top)
{
	xmlNodePtr n = top;

	while (n && !rd->failed) {
		if (enter(rd, n)) {
			n = n->children;
			continue;
		}
		while (!n->next && n->parent && n->parent->type == XML_ELEMENT_NODE) {
			n = n->parent;
			leave(rd, n);
		}
		n = n->next;
	}
}

const struct xml_node *run_result(struct run *r, xmlDocPtr result)
{
	struct reader rd = {.r = r};

	map_open(&rd.names, r->a);
	read_all(&rd, result->children);
	if (!rd.failed && !rd.root) {
		rd.failed = true;
		run_fail(r, DIAG_TWO("模板没有生成任何元素", "the templates made no element"));
	}
	return rd.failed ? NULL : rd.root;
}
