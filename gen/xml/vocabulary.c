/* vocabulary: the names that records of a kind, or of any kind, may hold. See check.h.
 * Takes: a folder with KIND.rng (and what those include, from that folder). Gives: whether a grammar declares an
 * element or attribute anywhere. A grammar with faults says nothing here: reading a record says them. */
#include "xml/check.h"

#include "base/file.h"

struct words {
	struct map elements, attributes;
	struct map files; /* read so far */
	bool read;
};

struct xml_vocabulary {
	struct arena *arena;
	const char *schemas, *kind;
	struct words own, all;
	struct source_table sources;
	struct diag_list faults;
};

struct xml_vocabulary *xml_vocabulary_open(const struct diag_list *d, struct arena *a, const char *schemas, const char *kind)
{
	struct xml_vocabulary *v = ARENA_NEW(a, struct xml_vocabulary);
	struct map *maps[] = {&v->own.elements, &v->own.attributes, &v->own.files,
			      &v->all.elements, &v->all.attributes, &v->all.files};

	v->arena = a;
	v->schemas = schemas;
	v->kind = kind;
	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		map_open(maps[i], a);
	source_open(&v->sources, a);
	v->sources.inputs = d->sources->inputs;
	diag_open(&v->faults, a, &v->sources);
	return v;
}

/* ---- reading grammars ---- */

static bool declares(const struct xml_node *n)
{
	return xml_is(n, "element") || xml_is(n, "attribute");
}

static void add_name(struct words *w, const struct xml_node *owner, struct str name)
{
	size_t colon;

	name = str_trim(name);
	colon = str_find(name, STR(":"));
	if (colon != SIZE_MAX)
		name = str_sub(name, colon + 1, name.n);
	if (name.n)
		map_set(xml_is(owner, "element") ? &w->elements : &w->attributes, name, w);
}

/* "name" as an attribute, or <name> somewhere inside. */
static void add_names(struct xml_vocabulary *v, struct words *w, const struct xml_node *n)
{
	const struct xml_node *owner = n->parent;

	if (declares(n) && xml_attr(n, "name"))
		add_name(w, n, xml_value(n, "name"));
	if (!xml_is(n, "name"))
		return;
	while (owner && !declares(owner))
		owner = owner->parent;
	if (owner)
		add_name(w, owner, xml_string(v->arena, n));
}

static void read_grammar(struct xml_vocabulary *v, struct words *w, struct str name)
{
	const char *path = file_join(v->arena, v->schemas, arena_copy(v->arena, name.p, name.n));
	const struct xml_node *root;
	struct xml_doc *doc;
	struct str bytes;

	if (memchr(name.p, '/', name.n) || map_set(&w->files, name, w) || !file_exists(path))
		return;
	if (!file_read(&v->faults, v->arena, path, xml_default_limits.bytes, &bytes))
		return;
	doc = xml_parse(&v->faults, v->arena, source_borrow(&v->sources, str_of(path), bytes), NULL);
	root = doc ? xml_root(doc) : NULL;
	for (const struct xml_node *n = root; n; n = xml_walk(root, n)) {
		add_names(v, w, n);
		if (xml_is(n, "include") || xml_is(n, "externalRef"))
			read_grammar(v, w, xml_value(n, "href"));
	}
}

static void read_all(struct xml_vocabulary *v)
{
	size_t n;
	const char **names = file_names(v->arena, v->schemas, &n);

	for (size_t i = 0; i < n; i++)
		if (str_ends(str_of(names[i]), STR(".rng")))
			read_grammar(v, &v->all, str_of(names[i]));
}

/* ---- asking ---- */

static bool has(const struct words *w, bool attribute, struct str name, struct near_name *near)
{
	const struct map *m = attribute ? &w->attributes : &w->elements;

	if (map_get(m, name))
		return true;
	for (size_t i = 0; i < m->n; i++)
		near_try(near, m->entries[i].key);
	return false;
}

static bool own_has(struct xml_vocabulary *v, bool attribute, struct str name, struct near_name *near)
{
	if (!v->own.read && v->kind)
		read_grammar(v, &v->own, str_of(arena_printf(v->arena, "%s.rng", v->kind)));
	v->own.read = true;
	return has(&v->own, attribute, name, near);
}

static bool all_has(struct xml_vocabulary *v, bool attribute, struct str name, struct near_name *near)
{
	if (!v->all.read)
		read_all(v);
	v->all.read = true;
	return !v->all.elements.n || has(&v->all, attribute, name, near);
}

bool xml_vocabulary_has(struct xml_vocabulary *v, bool any_kind, bool attribute, struct str name, struct str *near)
{
	struct near_name n;
	bool known;

	near_open(&n, name);
	known = own_has(v, attribute, name, &n);
	if (!known)
		known = any_kind || !v->kind ? all_has(v, attribute, name, &n) : !v->own.elements.n;
	*near = n.best;
	return known;
}

const char *xml_vocabulary_words(const struct xml_vocabulary *v, bool any_kind)
{
	if (any_kind || !v->kind)
		return DIAG_TWO("各文种的记录", "records of any kind");
	return arena_printf(v->arena, DIAG_TWO("文种“%s”的记录", "records of kind \"%s\""), v->kind, v->kind);
}
