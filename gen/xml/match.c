/* match: which declarations of the grammar an element fulfils, its inside included. See walker.h.
 * Takes: a tree and a grammar. Gives: a set of leaves for each element. An element is judged when its children are:
 * from the last node to the first, each one once, so that no depth and no ambiguity costs more than one pass. */
#include "xml/walker.h"

bool node_has_elements(const struct xml_node *n)
{
	for (n = n->first; n; n = n->next)
		if (n->kind == XML_ELEMENT)
			return true;
	return false;
}

/* The attribute leaves of p with this name whose value pattern allows the value. */
static const struct leaf_set *fitting(struct grammar *g, struct pattern *p, const struct xml_attr *at)
{
	const struct leaf_set *named = leaf_set_named(g, pattern_all(g, p, LEAF_ATTRIBUTE), at->ns, at->name);
	const struct leaf_set *fit = g->nobody;

	for (uint32_t i = 0; i < named->n; i++)
		if (pattern_allows(g, named->list[i]->content, at->value))
			fit = leaf_set_or(g, fit, leaf_set_of(g, &named->list[i], 1));
	return fit;
}

static struct pattern *behind_attrs(struct grammar *g, struct pattern *p, const struct xml_node *n)
{
	for (const struct xml_attr *at = n->attrs; at && p != g->none; at = at->next)
		p = pattern_attribute(g, p, fitting(g, p, at));
	return pattern_close(g, p);
}

static struct pattern *behind_text(struct grammar *g, struct pattern *p, struct str text)
{
	struct pattern *q = pattern_text(g, p, text);

	return text_is_blank(text) ? pattern_or(g, p, q) : q;
}

static bool fulfils(struct grammar *g, const struct xml_node *n, const struct leaf *leaf, const struct leaf_set **sets)
{
	struct pattern *p = behind_attrs(g, leaf->content, n);
	bool elements = node_has_elements(n);

	if (!n->first)
		p = behind_text(g, p, STR(""));
	for (const struct xml_node *c = n->first; c && p != g->none; c = c->next) {
		if (c->kind == XML_ELEMENT)
			p = pattern_take(g, p, sets[c->number]);
		else if (!elements || !text_is_blank(c->text))
			p = behind_text(g, p, c->text);
	}
	return p->nullable;
}

static const struct leaf_set *match(struct grammar *g, const struct xml_node *n, const struct leaf_set **sets)
{
	const struct leaf_set *named = grammar_named(g, n->ns, n->name), *good = g->nobody;

	for (uint32_t i = 0; i < named->n; i++)
		if (fulfils(g, n, named->list[i], sets))
			good = leaf_set_or(g, good, leaf_set_of(g, &named->list[i], 1));
	return good;
}

const struct leaf_set **match_all(struct grammar *g, struct arena *a, const struct xml_node *root, uint32_t count)
{
	const struct leaf_set **sets = ARENA_ARRAY(a, count, const struct leaf_set *);
	const struct xml_node **nodes = ARENA_ARRAY(a, count, const struct xml_node *);

	for (const struct xml_node *n = root; n; n = xml_walk(root, n))
		nodes[n->number] = n;
	for (uint32_t i = count; i-- > 0 && !g->over;)
		if (nodes[i]->kind == XML_ELEMENT)
			sets[i] = match(g, nodes[i], sets);
	return sets;
}
