/* walkattr: the attributes of an element that fulfils nothing. See walker.h.
 * Takes: an element and the pattern it should fulfil. Gives: a complaint for each attribute that does not belong here,
 * has a wrong value or is missing, and the pattern of the content, as if all of that were mended. */
#include "xml/walker.h"

/* The attribute before at that leaves no room for it. */
static const struct xml_attr *rival(struct walker *w, const struct xml_node *n, struct pattern *p,
				    const struct xml_attr *at)
{
	for (const struct xml_attr *b = n->attrs; b && b != at; b = b->next) {
		const struct leaf_set *s = leaf_set_named(w->g, pattern_all(w->g, p, LEAF_ATTRIBUTE), b->ns, b->name);

		if (s->n)
			p = pattern_attribute(w->g, p, s);
		if (!leaf_set_named(w->g, pattern_all(w->g, p, LEAF_ATTRIBUTE), at->ns, at->name)->n)
			return b;
	}
	return NULL;
}

/* An attribute that no leaf of p bears: what it may have meant, or nobody. */
static const struct leaf_set *stray_attr(struct walker *w, const struct xml_node *n, const struct xml_attr *at,
					 struct pattern *p, struct pattern *whole)
{
	const struct leaf_set *free = pattern_all(w->g, p, LEAF_ATTRIBUTE), *all = pattern_all(w->g, whole, LEAF_ATTRIBUTE);
	const struct xml_attr *other;
	struct str near;

	if (leaf_set_named(w->g, all, at->ns, at->name)->n) {
		other = rival(w, n, whole, at);
		complain_attributes_beside(w, n, at, other ? other : n->attrs);
		return w->g->nobody;
	}
	near = complain_nearest_attribute(w, free, at->name);
	complain_attribute(w, n, at, near, all);
	return near.n ? leaf_set_named(w->g, free, STR(""), near) : w->g->nobody;
}

static const struct leaf *fitting_leaf(struct walker *w, const struct xml_attr *at, const struct leaf_set *s,
				       const struct leaf_set **good)
{
	*good = w->g->nobody;
	for (uint32_t i = 0; i < s->n; i++)
		if (pattern_allows(w->g, s->list[i]->content, at->value))
			*good = leaf_set_or(w->g, *good, leaf_set_of(w->g, &s->list[i], 1));
	return s->list[0];
}

struct pattern *walk_attrs(struct walker *w, const struct xml_node *n, struct pattern *whole)
{
	struct pattern *p = whole;

	for (const struct xml_attr *at = n->attrs; at; at = at->next) {
		const struct leaf_set *s, *good;

		s = leaf_set_named(w->g, pattern_all(w->g, p, LEAF_ATTRIBUTE), at->ns, at->name);
		if (!s->n)
			good = stray_attr(w, n, at, p, whole);
		else {
			const struct leaf *first = fitting_leaf(w, at, s, &good);

			if (!good->n) {
				complain_value(w, n, at, first);
				good = s;
			}
		}
		if (good->n)
			p = pattern_attribute(w->g, p, good);
	}
	while (pattern_close(w->g, p) == w->g->none) {
		const struct leaf_set *need = pattern_need(w->g, p, LEAF_ATTRIBUTE);

		if (!need)
			break;
		complain_no_attribute(w, n, need);
		p = pattern_attribute(w->g, p, need);
	}
	return pattern_close(w->g, p);
}
