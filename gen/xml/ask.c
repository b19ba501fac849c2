/* ask: questions to patterns: what may come, what must come, how far it is to an element. See pattern.h.
 * Takes: a pattern. Gives: sets of the grammar's leaves; every answer is worked out once and kept. */
#include "xml/pattern.h"

static bool is_pair(const struct pattern *p)
{
	return p->kind == PATTERN_GROUP || p->kind == PATTERN_INTERLEAVE;
}

static const struct leaf_set *nexts_of(struct grammar *g, struct pattern *p)
{
	const struct leaf_set *all = g->nobody;

	if (p->kind == PATTERN_ELEMENT)
		return leaf_set_of(g, &p->leaf, 1);
	if (p->kind == PATTERN_LIST || p->kind == PATTERN_DATA)
		return all;
	for (uint32_t i = 0; i < p->n; i++) {
		all = leaf_set_or(g, all, pattern_nexts(g, p->of[i]));
		if (p->kind == PATTERN_GROUP && !p->of[i]->nullable)
			break;
	}
	return all;
}

const struct leaf_set *pattern_nexts(struct grammar *g, struct pattern *p)
{
	if (!p->nexts && grammar_step(g))
		p->nexts = nexts_of(g, p);
	return p->nexts ? p->nexts : g->nobody;
}

const struct leaf_set *pattern_all(struct grammar *g, struct pattern *p, enum leaf_kind kind)
{
	const struct leaf_set *all = g->nobody;

	if (p->all[kind] || !grammar_step(g))
		return p->all[kind] ? p->all[kind] : g->nobody;
	if (p->kind == (kind == LEAF_ELEMENT ? PATTERN_ELEMENT : PATTERN_ATTRIBUTE))
		all = leaf_set_of(g, &p->leaf, 1);
	for (uint32_t i = 0; i < p->n; i++)
		all = leaf_set_or(g, all, pattern_all(g, p->of[i], kind));
	p->all[kind] = all;
	return all;
}

/* Of a choice: what any of its cheapest branches wants first. */
static const struct leaf_set *need_of(struct grammar *g, struct pattern *p, enum leaf_kind kind)
{
	const struct leaf_set *all = g->nobody;

	if (p->leaf)
		return leaf_set_of(g, &p->leaf, 1);
	if (is_pair(p))
		return pattern_need(g, p->of[p->of[0]->cost[kind] == 0], kind);
	for (uint32_t i = 0; i < p->n; i++)
		if (p->of[i]->cost[kind] == p->cost[kind])
			all = leaf_set_or(g, all, pattern_need(g, p->of[i], kind));
	return all;
}

const struct leaf_set *pattern_need(struct grammar *g, struct pattern *p, enum leaf_kind kind)
{
	const struct leaf_set *s;

	if (p->cost[kind] == 0 || p->cost[kind] >= PATTERN_FAR)
		return NULL;
	s = answer_get(g, ASK_NEED, p, kind);
	if (s || !grammar_step(g))
		return s;
	s = need_of(g, p, kind);
	answer_set(g, ASK_NEED, p, kind, (void *)s);
	return s;
}

/* Through the first part of a group into the second. */
static struct toward toward_behind(struct grammar *g, struct pattern *p, const struct leaf_set *s)
{
	struct toward t = pattern_toward(g, p->of[1], s);
	const struct leaf_set *need = pattern_need(g, p->of[0], LEAF_ELEMENT);

	if (need)
		t.first = need;
	t.cost += p->of[0]->cost[LEAF_ELEMENT];
	return t;
}

static struct toward toward_of(struct grammar *g, struct pattern *p, const struct leaf_set *s)
{
	struct toward best = {PATTERN_FAR, NULL};

	if (p->kind == PATTERN_ELEMENT)
		return leaf_set_has(s, p->leaf) ? (struct toward){0, NULL} : best;
	if (p->kind == PATTERN_LIST || p->kind == PATTERN_DATA)
		return best;
	for (uint32_t i = 0; i < p->n; i++) {
		bool behind = p->kind == PATTERN_GROUP && i == 1;
		struct toward t = behind ? toward_behind(g, p, s) : pattern_toward(g, p->of[i], s);

		if (t.cost < best.cost)
			best = t;
		else if (t.cost == best.cost && t.first && best.first)
			best.first = leaf_set_or(g, best.first, t.first);
	}
	return best;
}

struct toward pattern_toward(struct grammar *g, struct pattern *p, const struct leaf_set *s)
{
	struct toward *kept = answer_get(g, ASK_TOWARD, p, s->id);

	if (kept)
		return *kept;
	if (!grammar_step(g))
		return (struct toward){PATTERN_FAR, NULL};
	kept = ARENA_NEW(g->arena, struct toward);
	*kept = toward_of(g, p, s);
	answer_set(g, ASK_TOWARD, p, s->id, kept);
	return *kept;
}

const struct leaf_set *grammar_named(struct grammar *g, struct str ns, struct str name)
{
	struct buf key = {NULL, 0, 0};
	const struct leaf_set *s;

	buf_str(&key, ns);
	buf_char(&key, 0);
	buf_str(&key, name);
	s = map_get(&g->by_name, buf_view(&key));
	if (!s) {
		s = g->nobody;
		for (size_t i = 0; i < g->n_leaves; i++) {
			const struct leaf *leaf = g->leaves[i];

			if (!leaf->attribute && name_class_has(leaf->names, ns, name))
				s = leaf_set_or(g, s, leaf_set_of(g, &leaf, 1));
		}
		map_set(&g->by_name, buf_view(&key), (void *)s);
	}
	buf_free(&key);
	return s;
}
