/* rng: reads a RELAX NG grammar with its includes into patterns. See rng.h.
 * Takes: trees that libxml2 has accepted as a grammar, so that form and restrictions need no second check.
 * Gives: patterns, every element and attribute declaration as a leaf with its documentation. */
#include "xml/rngread.h"

#include <libxml/uri.h>

#include "xml/datatype.h"
#include "xml/wall.h"

enum { DEPTH_MAX = 1000 };

static struct pattern *read_pattern(struct reader *r, const struct scope *s, const struct xml_node *n);

static struct pattern *give_up(struct reader *r)
{
	r->bad = true;
	return r->g->none;
}

/* ---- patterns ---- */

/* From n on, one after the other. */
static struct pattern *read_group(struct reader *r, const struct scope *s, const struct xml_node *n,
				  enum pattern_kind kind)
{
	struct pattern *all = r->g->empty;

	for (n = rng_from(n); n && !r->bad; n = rng_from(n->next))
		all = pattern_pair(r->g, kind, all, read_pattern(r, s, n));
	return all;
}

static struct pattern *read_choice(struct reader *r, const struct scope *s, const struct xml_node *n)
{
	struct buf list = {NULL, 0, 0};
	struct pattern *all;

	for (n = rng_from(n); n && !r->bad; n = rng_from(n->next)) {
		struct pattern *p = read_pattern(r, s, n);
		buf_put(&list, &p, sizeof p);
	}
	all = pattern_choice(r->g, (struct pattern *const *)(void *)list.p, list.n / sizeof all);
	buf_free(&list);
	return all;
}

static struct pattern *read_leaf(struct reader *r, const struct scope *s, const struct xml_node *n)
{
	bool attribute = is_rng(n, "attribute");
	struct leaf *leaf = grammar_add_leaf(r->g, attribute);
	struct job job = {leaf, NULL, s};

	leaf->names = rng_name(r, s, n, &job.node);
	rng_document(r, n, leaf);
	if (attribute)
		leaf->content = job.node ? read_group(r, s, job.node, PATTERN_GROUP) : r->g->text;
	else
		buf_put(&r->jobs, &job, sizeof job);
	return pattern_leaf(r->g, leaf);
}

static struct datatype *read_type(struct reader *r, const struct xml_node *n)
{
	struct str name = str_trim(xml_value(n, "type"));
	struct datatype *t;

	t = name.n ? datatype_new(r->g->arena, str_trim(rng_inherited(n, "datatypeLibrary", STR(""))), name)
		   : datatype_new(r->g->arena, STR(""), STR("token"));
	if (!t)
		r->bad = true;
	return t;
}

static struct pattern *read_data(struct reader *r, const struct scope *s, const struct xml_node *n)
{
	struct datatype *t = read_type(r, n);
	struct pattern *except = NULL;

	for (n = rng_from(n->first); n && t; n = rng_from(n->next)) {
		if (is_rng(n, "except"))
			except = read_choice(r, s, n->first);
		else if (!datatype_add_param(t, str_trim(xml_value(n, "name")), xml_string(r->g->arena, n)))
			r->bad = true;
	}
	return pattern_data(r->g, t, except);
}

/* All that was defined under a name, combined. */
static struct pattern *read_define(struct reader *r, struct define *d)
{
	bool first = true;

	if (!d || d->reading)
		return give_up(r);
	if (d->pattern)
		return d->pattern;
	d->reading = true;
	struct pattern *all = r->g->none;
	for (const struct component *c = d->first; c; c = c->next, first = false) {
		struct pattern *p = read_group(r, c->scope, c->node->first, PATTERN_GROUP);

		all = first ? p : d->interleave ? pattern_pair(r->g, PATTERN_INTERLEAVE, all, p) : pattern_or(r->g, all, p);
	}
	d->reading = false;
	d->pattern = all;
	return all;
}

static struct pattern *read_inner(struct reader *r, const struct scope *s, const struct xml_node *n)
{
	struct grammar *g = r->g;

	if (is_rng(n, "choice"))
		return read_choice(r, s, n->first);
	if (is_rng(n, "group"))
		return read_group(r, s, n->first, PATTERN_GROUP);
	if (is_rng(n, "interleave"))
		return read_group(r, s, n->first, PATTERN_INTERLEAVE);
	struct pattern *p = read_group(r, s, n->first, PATTERN_GROUP);
	if (is_rng(n, "optional"))
		return pattern_or(g, p, g->empty);
	if (is_rng(n, "oneOrMore"))
		return pattern_of(g, PATTERN_MORE, p);
	if (is_rng(n, "zeroOrMore"))
		return pattern_or(g, pattern_of(g, PATTERN_MORE, p), g->empty);
	if (is_rng(n, "mixed"))
		return pattern_pair(g, PATTERN_INTERLEAVE, p, g->text);
	return is_rng(n, "list") ? pattern_of(g, PATTERN_LIST, p) : give_up(r);
}

static struct pattern *read_one(struct reader *r, const struct scope *s, const struct xml_node *n)
{
	if (is_rng(n, "ref"))
		return read_define(r, map_get(&r->defines, str_trim(xml_value(n, "name"))));
	if (is_rng(n, "element") || is_rng(n, "attribute"))
		return read_leaf(r, s, n);
	if (is_rng(n, "text"))
		return r->g->text;
	if (is_rng(n, "empty"))
		return r->g->empty;
	if (is_rng(n, "notAllowed"))
		return r->g->none;
	if (is_rng(n, "data"))
		return read_data(r, s, n);
	if (is_rng(n, "value"))
		return pattern_value(r->g, read_type(r, n), xml_string(r->g->arena, n));
	return read_inner(r, s, n);
}

static struct pattern *read_pattern(struct reader *r, const struct scope *s, const struct xml_node *n)
{
	struct pattern *p;

	if (r->bad || r->g->over || r->depth >= DEPTH_MAX)
		return give_up(r);
	r->depth++;
	p = read_one(r, s, n);
	r->depth--;
	return p;
}

/* ---- grammars ---- */

static bool is_skipped(const struct skip *skip, struct str name)
{
	for (; skip; skip = skip->outer)
		if (map_get(&skip->names, name))
			return true;
	return false;
}

/* start is a define without a name. */
static struct str component_name(const struct xml_node *n)
{
	return is_rng(n, "start") ? STR("") : str_trim(xml_value(n, "name"));
}

static void add_component(struct reader *r, const struct scope *s, const struct xml_node *n)
{
	struct component *c = ARENA_NEW(r->g->arena, struct component);
	struct define *d = map_get(&r->defines, component_name(n));

	if (!d) {
		d = ARENA_NEW(r->g->arena, struct define);
		d->tail = &d->first;
		map_set(&r->defines, component_name(n), d);
	}
	*c = (struct component){NULL, n, s};
	d->interleave |= str_is(str_trim(xml_value(n, "combine")), "interleave");
	*d->tail = c;
	d->tail = &c->next;
}

static void collect(struct reader *r, const struct scope *s, const struct xml_node *n, const struct skip *skip);

static void note_names(struct skip *skip, const struct xml_node *n)
{
	for (n = rng_from(n->first); n; n = rng_from(n->next)) {
		if (is_rng(n, "div"))
			note_names(skip, n);
		else
			map_set(&skip->names, component_name(n), skip);
	}
}

static void include(struct reader *r, const struct scope *s, const struct xml_node *n, const struct skip *outer)
{
	struct arena *a = r->g->arena;
	struct skip skip = {.outer = outer};
	struct scope *inner = ARENA_NEW(a, struct scope);
	struct str href = str_trim(xml_value(n, "href"));
	xmlChar *url = xmlBuildURI(BAD_CAST arena_copy(a, href.p, href.n), BAD_CAST s->url);

	if (url)
		inner->url = arena_copy(a, (const char *)url, strlen((const char *)url));
	xmlFree(url);
	inner->ns = rng_inherited(n, "ns", s->ns);
	inner->doc = inner->url ? map_get(r->files, str_of(inner->url)) : NULL;
	if (!inner->doc || r->depth >= DEPTH_MAX) {
		give_up(r);
		return;
	}
	map_open(&skip.names, a);
	note_names(&skip, n);
	r->depth++;
	collect(r, inner, inner->doc->root, &skip);
	r->depth--;
	collect(r, s, n, outer);
}

/* The components below a grammar, div or include. */
static void collect(struct reader *r, const struct scope *s, const struct xml_node *n, const struct skip *skip)
{
	for (n = rng_from(n->first); n && !r->bad; n = rng_from(n->next)) {
		if (is_rng(n, "div"))
			collect(r, s, n, skip);
		else if (is_rng(n, "include"))
			include(r, s, n, skip);
		else if (!is_rng(n, "start") && !is_rng(n, "define"))
			give_up(r);
		else if (!is_skipped(skip, component_name(n)))
			add_component(r, s, n);
	}
}

static void read_jobs(struct reader *r)
{
	for (size_t at = 0; at < r->jobs.n && !r->bad; at += sizeof(struct job)) {
		struct job job;

		memcpy(&job, r->jobs.p + at, sizeof job); /* the list grows and moves meanwhile */
		job.leaf->content = read_group(r, job.scope, job.node, PATTERN_GROUP);
	}
}

struct grammar *rng_read(struct arena *a, const struct map *files, const char *url)
{
	struct scope *s = ARENA_NEW(a, struct scope);
	struct reader r = {.g = grammar_new(a), .files = files};

	*s = (struct scope){map_get(files, str_of(url)), url, STR("")};
	map_open(&r.defines, a);
	if (!s->doc)
		return NULL;
	if (is_rng(s->doc->root, "grammar")) {
		collect(&r, s, s->doc->root, NULL);
		r.g->start = read_define(&r, map_get(&r.defines, STR("")));
	} else {
		r.g->start = read_pattern(&r, s, s->doc->root);
	}
	read_jobs(&r);
	buf_free(&r.jobs);
	return r.bad || r.g->over ? NULL : r.g;
}
