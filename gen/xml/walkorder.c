/* walkorder: in which place would it be right? Questions about a child and its later siblings. See walker.h.
 * Takes: the pattern of what may come, a child, its siblings. Gives: whether the child is too early, what is missing
 * before it, what it stands for. Only the next few siblings are looked at. */
#include "xml/walker.h"

enum { AHEAD_MAX = 32 };

const struct xml_node *walk_next(const struct xml_node *n)
{
	do
		n = n->next;
	while (n && n->kind != XML_ELEMENT);
	return n;
}

const struct leaf_set *walk_known(struct walker *w, const struct xml_node *e)
{
	return grammar_named(w->g, e->ns, e->name);
}

/* What must stand where something stands that cannot: when the rest goes on behind it, or nothing comes any more. */
const struct leaf_set *walk_stands_for(struct walker *w, struct pattern *p, const struct xml_node *at)
{
	const struct leaf_set *need = pattern_need(w->g, p, LEAF_ELEMENT), *next;
	const struct xml_node *e = walk_next(at);
	struct pattern *after;

	if (!need || !e)
		return need;
	next = walk_known(w, e);
	after = pattern_take(w->g, p, need);
	if (leaf_set_and(w->g, pattern_nexts(w->g, p), next)->n || !leaf_set_and(w->g, pattern_nexts(w->g, after), next)->n)
		return NULL;
	return need;
}

/* The next sibling behind e that bears a name of s. */
const struct xml_node *walk_ahead(struct walker *w, const struct xml_node *e, const struct leaf_set *s)
{
	int n = 0;

	while ((e = walk_next(e)) && n++ < AHEAD_MAX)
		if (leaf_set_named(w->g, s, e->ns, e->name)->n)
			return e;
	return NULL;
}

/* p behind one of s, with all that must come before it; none when it never may. */
struct pattern *walk_through(struct grammar *g, struct pattern *p, const struct leaf_set *s)
{
	for (int i = 0; i <= WALK_FILL; i++) {
		const struct leaf_set *first = pattern_toward(g, p, s).first;

		p = pattern_take(g, p, first ? first : s);
		if (!first)
			return p;
	}
	return g->none;
}

bool walk_is_open(struct walker *w, struct pattern *p, const struct xml_node *e)
{
	return pattern_toward(w->g, p, walk_known(w, e)).cost < PATTERN_FAR;
}

/* Whether e may still come when all from its next sibling to the last one have. */
static bool fits_behind(struct walker *w, struct pattern *p, const struct xml_node *e, const struct leaf_set *s,
			const struct xml_node *last)
{
	do {
		e = walk_next(e);
		if (walk_is_open(w, p, e))
			p = walk_through(w->g, p, walk_known(w, e));
	} while (e != last);
	return pattern_toward(w->g, p, s).cost < PATTERN_FAR;
}

/* Whether e was put before things that it shuts out, so that moving it is less work than moving those: the last of them. */
const struct xml_node *walk_too_early(struct walker *w, struct pattern *p, const struct xml_node *e,
					     const struct leaf_set *s)
{
	struct pattern *after = walk_through(w->g, p, s);
	const struct xml_node *last = NULL, *f = walk_next(e);
	int n = 0, least = 0;

	for (int gap = 1; f && gap <= AHEAD_MAX && after != p; gap++, f = walk_next(f)) {
		if (str_eq(f->name, e->name))
			break; /* it would be too early as well */
		if (!walk_is_open(w, p, f) || walk_is_open(w, after, f))
			continue;
		least = n++ ? least : gap;
		last = f;
	}
	return n > least && fits_behind(w, p, e, s, last) ? last : NULL;
}
