/* pattern: making patterns and sets of leaves, each kind of pattern in one normal form. See pattern.h.
 * Takes: parts. Gives: the one pattern or set that is equal to what was asked for. */
#include "xml/pattern.h"

#include <stdlib.h>

enum { PATTERNS_MAX = 200000, DEPTH_MAX = 1500, STEP_LEAVES = 16 };
static const uint64_t steps_at_first = 2000000;

/* ---- sets of leaves ---- */

const struct leaf_set *leaf_set_of(struct grammar *g, const struct leaf *const *list, size_t n)
{
	struct buf key = {NULL, 0, 0};
	struct leaf_set *s;

	for (size_t i = 0; i < n; i++)
		buf_put(&key, &list[i]->number, sizeof list[i]->number);
	s = n ? map_get(&g->sets, buf_view(&key)) : (void *)g->nobody;
	if (!s) {
		s = ARENA_NEW(g->arena, struct leaf_set);
		s->id = g->n_sets++;
		s->n = (uint32_t)n;
		s->list = ARENA_ARRAY(g->arena, n, const struct leaf *);
		if (n) {
			memcpy(s->list, list, n * sizeof *list);
			map_set(&g->sets, buf_view(&key), s);
		}
	}
	buf_free(&key);
	return s;
}

static void put_leaf(struct buf *b, const struct leaf *leaf)
{
	buf_put(b, &leaf, sizeof leaf);
}

static const struct leaf_set *from_buf(struct grammar *g, struct buf *b)
{
	const struct leaf_set *s = leaf_set_of(g, (const struct leaf *const *)(void *)b->p, b->n / sizeof(void *));

	buf_free(b);
	return s;
}

const struct leaf_set *leaf_set_or(struct grammar *g, const struct leaf_set *a, const struct leaf_set *b)
{
	struct buf all = {NULL, 0, 0};
	size_t i = 0, j = 0;

	if (!a->n || a == b)
		return b;
	if (!b->n)
		return a;
	g->steps += (a->n + b->n) / STEP_LEAVES;
	while (i < a->n || j < b->n) {
		if (j >= b->n || (i < a->n && a->list[i]->number <= b->list[j]->number)) {
			j += j < b->n && a->list[i] == b->list[j];
			put_leaf(&all, a->list[i++]);
		} else {
			put_leaf(&all, b->list[j++]);
		}
	}
	return from_buf(g, &all);
}

bool leaf_set_has(const struct leaf_set *s, const struct leaf *leaf)
{
	size_t from = 0, to = s->n;

	while (from < to) {
		size_t middle = (from + to) / 2;

		if (s->list[middle]->number < leaf->number)
			from = middle + 1;
		else
			to = middle;
	}
	return from < s->n && s->list[from] == leaf;
}

const struct leaf_set *leaf_set_and(struct grammar *g, const struct leaf_set *a, const struct leaf_set *b)
{
	struct buf all = {NULL, 0, 0};

	for (size_t i = 0; i < a->n; i++)
		if (leaf_set_has(b, a->list[i]))
			put_leaf(&all, a->list[i]);
	return from_buf(g, &all);
}

bool name_class_has(const struct name_class *c, struct str ns, struct str name)
{
	switch (c->kind) {
	case NAME_ONE:
		return str_eq(c->ns, ns) && str_eq(c->name, name);
	case NAME_CHOICE:
		for (c = c->first; c; c = c->next)
			if (name_class_has(c, ns, name))
				return true;
		return false;
	default:
		if (c->kind == NAME_NS && !str_eq(c->ns, ns))
			return false;
		return !c->except || !name_class_has(c->except, ns, name);
	}
}

const struct leaf_set *leaf_set_named(struct grammar *g, const struct leaf_set *s, struct str ns, struct str name)
{
	struct buf all = {NULL, 0, 0};

	for (size_t i = 0; i < s->n; i++)
		if (name_class_has(s->list[i]->names, ns, name))
			put_leaf(&all, s->list[i]);
	return from_buf(g, &all);
}

struct leaf *grammar_add_leaf(struct grammar *g, bool attribute)
{
	struct leaf *leaf = ARENA_NEW(g->arena, struct leaf);

	ARENA_GROW(g->arena, g->leaves, g->n_leaves, g->cap_leaves, 64);
	leaf->attribute = attribute;
	leaf->number = (uint32_t)g->n_leaves;
	g->leaves[g->n_leaves++] = leaf;
	return leaf;
}

/* ---- patterns ---- */

static uint32_t sum(uint32_t a, uint32_t b)
{
	return a + b < PATTERN_FAR ? a + b : PATTERN_FAR;
}

static bool is_string(enum pattern_kind kind)
{
	return kind == PATTERN_LIST || kind == PATTERN_DATA || kind == PATTERN_VALUE;
}

/* What a pattern has from its parts; an except of data is none. */
static void sum_up(struct pattern *p)
{
	bool choice = p->kind == PATTERN_CHOICE, pair = p->kind == PATTERN_GROUP || p->kind == PATTERN_INTERLEAVE;
	bool nullable = pair;

	p->strings = is_string(p->kind);
	p->cost[LEAF_ELEMENT] = p->kind == PATTERN_ELEMENT;
	p->cost[LEAF_ATTRIBUTE] = p->kind == PATTERN_ATTRIBUTE;
	if (p->kind == PATTERN_NONE || choice)
		p->cost[0] = p->cost[1] = PATTERN_FAR;
	for (uint32_t i = 0; i < p->n; i++) {
		const struct pattern *q = p->of[i];

		p->depth = q->depth >= p->depth ? q->depth + 1 : p->depth;
		p->strings |= q->strings;
		nullable = pair ? nullable && q->nullable : nullable || q->nullable;
		for (int k = 0; k < 2 && p->kind != PATTERN_LIST; k++)
			p->cost[k] = !choice ? sum(p->cost[k], q->cost[k]) : q->cost[k] < p->cost[k] ? q->cost[k] : p->cost[k];
	}
	p->nullable = is_string(p->kind) ? false : nullable || p->kind == PATTERN_EMPTY || p->kind == PATTERN_TEXT;
}

static struct pattern *add(struct grammar *g, enum pattern_kind kind, struct pattern *const *of, size_t n)
{
	struct pattern *p = ARENA_NEW(g->arena, struct pattern);

	p->kind = kind;
	p->id = g->n_patterns++;
	p->n = (uint32_t)n;
	p->of = ARENA_ARRAY(g->arena, n, struct pattern *);
	if (n)
		memcpy(p->of, of, n * sizeof *of);
	sum_up(p);
	if (p->depth > DEPTH_MAX || p->id > PATTERNS_MAX)
		g->over = true;
	return p;
}

/* The pattern with these parts. */
static struct pattern *the(struct grammar *g, enum pattern_kind kind, struct pattern *const *of, size_t n)
{
	struct buf key = {NULL, 0, 0};
	uint32_t word = kind;
	struct pattern *p;

	if (g->over)
		return g->none;
	buf_put(&key, &word, sizeof word);
	for (size_t i = 0; i < n; i++)
		buf_put(&key, &of[i]->id, sizeof of[i]->id);
	p = map_get(&g->same, buf_view(&key));
	if (!p) {
		p = add(g, kind, of, n);
		map_set(&g->same, buf_view(&key), p);
	}
	buf_free(&key);
	return p;
}

struct grammar *grammar_new(struct arena *a)
{
	struct grammar *g = ARENA_NEW(a, struct grammar);

	g->arena = a;
	g->max_steps = steps_at_first;
	map_open(&g->same, a);
	map_open(&g->sets, a);
	map_open(&g->answers, a);
	map_open(&g->by_name, a);
	g->nobody = leaf_set_of(g, NULL, 0);
	g->none = add(g, PATTERN_NONE, NULL, 0);
	g->empty = add(g, PATTERN_EMPTY, NULL, 0);
	g->text = add(g, PATTERN_TEXT, NULL, 0);
	return g;
}

struct pattern *pattern_pair(struct grammar *g, enum pattern_kind kind, struct pattern *a, struct pattern *b)
{
	struct pattern *of[2] = {a, b};

	if (a == g->none || b == g->none)
		return g->none;
	if (a == g->empty)
		return b;
	if (b == g->empty)
		return a;
	if (kind == PATTERN_GROUP && a->kind == PATTERN_GROUP)
		return pattern_pair(g, kind, a->of[0], pattern_pair(g, kind, a->of[1], b));
	if (kind == PATTERN_INTERLEAVE && b->id < a->id) {
		of[0] = b;
		of[1] = a;
	}
	return the(g, kind, of, 2);
}

static int by_id(const void *a, const void *b)
{
	const struct pattern *p = *(struct pattern *const *)a, *q = *(struct pattern *const *)b;

	return p->id < q->id ? -1 : p->id > q->id;
}

/* Sort, drop doubles, and the empty one when another lets nothing pass as well. */
static size_t tidy(const struct grammar *g, struct pattern **list, size_t n)
{
	bool nullable = false;
	size_t kept = 0;

	qsort(list, n, sizeof *list, by_id);
	for (size_t i = 0; i < n; i++)
		nullable |= list[i] != g->empty && list[i]->nullable;
	for (size_t i = 0; i < n; i++)
		if (!(kept && list[kept - 1] == list[i]) && !(nullable && list[i] == g->empty))
			list[kept++] = list[i];
	return kept;
}

struct pattern *pattern_choice(struct grammar *g, struct pattern *const *list, size_t n)
{
	struct buf all = {NULL, 0, 0};
	struct pattern **flat, *p;
	size_t m;

	for (size_t i = 0; i < n; i++) {
		if (list[i]->kind == PATTERN_CHOICE)
			buf_put(&all, list[i]->of, list[i]->n * sizeof *list);
		else if (list[i] != g->none)
			buf_put(&all, &list[i], sizeof *list);
	}
	flat = (struct pattern **)(void *)all.p;
	m = all.n ? tidy(g, flat, all.n / sizeof *flat) : 0;
	p = m == 0 ? g->none : m == 1 ? flat[0] : the(g, PATTERN_CHOICE, flat, m);
	buf_free(&all);
	return p;
}

struct pattern *pattern_or(struct grammar *g, struct pattern *a, struct pattern *b)
{
	struct pattern *of[2] = {a, b};

	return a == b || b == g->none ? a : a == g->none ? b : pattern_choice(g, of, 2);
}

struct pattern *pattern_of(struct grammar *g, enum pattern_kind kind, struct pattern *inner)
{
	if (kind == PATTERN_MORE && (inner->kind == PATTERN_MORE || inner->kind <= PATTERN_TEXT))
		return inner;
	return the(g, kind, &inner, 1);
}

struct pattern *pattern_leaf(struct grammar *g, const struct leaf *leaf)
{
	struct pattern *p = add(g, leaf->attribute ? PATTERN_ATTRIBUTE : PATTERN_ELEMENT, NULL, 0);

	p->leaf = leaf;
	return p;
}

struct pattern *pattern_data(struct grammar *g, const struct datatype *type, struct pattern *except)
{
	struct pattern *p = add(g, PATTERN_DATA, &except, except ? 1 : 0);

	p->type = type;
	return p;
}

struct pattern *pattern_value(struct grammar *g, const struct datatype *type, struct str value)
{
	struct pattern *p = add(g, PATTERN_VALUE, NULL, 0);

	p->type = type;
	p->value = value;
	return p;
}

/* ---- answers ---- */

struct asked {
	uint32_t question, pattern, about;
};

void *answer_get(const struct grammar *g, enum question q, const struct pattern *p, uint32_t about)
{
	struct asked key = {q, p->id, about};

	return map_get(&g->answers, (struct str){(const char *)&key, sizeof key});
}

void answer_set(struct grammar *g, enum question q, const struct pattern *p, uint32_t about, void *answer)
{
	struct asked key = {q, p->id, about};

	map_set(&g->answers, (struct str){(const char *)&key, sizeof key}, answer);
}

bool grammar_step(struct grammar *g)
{
	if (++g->steps > g->max_steps)
		g->over = true;
	return !g->over;
}
