/* start: a record to begin with: records/new/KIND.xml with comments made from the documentation of the kind's schema, so that they say
 * what the schema says. See record.h.
 * Takes: the schema and what it includes, the uncommented record. Gives: the record with a comment before each line that
 * brings something new: the element, its attributes, the marks inside its text. */
#include "record/record.h"

#include "base/file.h"

/* What the grammars say of names, in Chinese: the kind's own first. */
struct words {
	struct diag_list *d;
	struct arena *a;
	struct source_table *sources;
	struct map said;    /* "e name", "a name", "a element/name" -> struct str */
	int files;
};

enum { FILES_MAX = 16 };

static const struct xml_node *read_xml(struct words *w, const char *path)
{
	struct str bytes;

	if (!file_read(w->d, w->a, path, FILE_LIMIT, &bytes))
		return NULL;
	struct xml_doc *doc = xml_parse(w->d, w->a, source_borrow(w->sources, str_of(path), bytes), &xml_default_limits);
	if (!doc)
		return NULL;
	xml_release(doc);
	return xml_root(doc);
}

static const struct str *documentation(struct words *w, const struct xml_node *n)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (!xml_is(c, "documentation") || !str_is(xml_value(c, "xml:lang"), "zh"))
			continue;
		struct str *text = ARENA_NEW(w->a, struct str);
		*text = str_trim(xml_string(w->a, c));
		return text;
	}
	return NULL;
}

static void keep(struct words *w, const char *key, const struct str *text)
{
	if (text && !map_get(&w->said, str_of(key)))
		map_set(&w->said, str_of(key), (void *)text);
}

static void read_grammar(struct words *w, const char *path)
{
	const struct xml_node *root = ++w->files <= FILES_MAX ? read_xml(w, path) : NULL;

	for (const struct xml_node *n = root; n; n = xml_walk(root, n)) {
		struct str name = xml_value(n, "name");
		const struct xml_node *in = n->parent;
		while (in && !xml_is(in, "element"))
			in = in->parent;
		if (xml_is(n, "element"))
			keep(w, arena_printf(w->a, "e %.*s", STR_ARG(name)), documentation(w, n));
		if (xml_is(n, "attribute") && in)
			keep(w, arena_printf(w->a, "a %.*s/%.*s", STR_ARG(xml_value(in, "name")), STR_ARG(name)), documentation(w, n));
		else if (xml_is(n, "attribute"))
			keep(w, arena_printf(w->a, "a %.*s", STR_ARG(name)), documentation(w, n));
	}
	for (const struct xml_node *n = root; n; n = xml_walk(root, n))
		if (xml_is(n, "include")) {
			struct str href = xml_value(n, "href");
			read_grammar(w, file_join(w->a, file_dir(w->a, path), arena_copy(w->a, href.p, href.n)));
		}
}

/* ---- comments ---- */

struct commenting {
	struct words *w;
	struct str bytes;   /* of the record without comments */
	struct map done;    /* keys that were explained */
	struct buf parts;   /* of the comment under way */
	struct buf *out;
};

/* In a comment two hyphens may not stand together. */
static void put_safe(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		buf_char(out, text.p[i]);
		if (text.p[i] == '-' && (i + 1 == text.n || text.p[i + 1] == '-'))
			buf_char(out, ' ');
	}
}

static void explain(struct commenting *c, const char *key, struct str name, size_t indent)
{
	const struct str *text = map_get(&c->w->said, str_of(key));

	if (!text || map_get(&c->done, str_of(key)))
		return;
	map_set(&c->done, str_of(key), (void *)text);
	if (c->parts.n)
		buf_printf(&c->parts, "\n%*s", (int)indent + 5, "");
	buf_printf(&c->parts, "%.*s：", STR_ARG(name));
	put_safe(&c->parts, *text);
}

static void explain_element(struct commenting *c, const struct xml_node *n, size_t indent)
{
	struct arena *a = c->w->a;

	explain(c, arena_printf(a, "e %.*s", STR_ARG(n->name)), n->name, indent);
	for (const struct xml_attr *at = n->attrs; at; at = at->next) {
		const char *xml = at->ns.n ? "xml:" : "";
		const char *own = arena_printf(a, "a %.*s/%s%.*s", STR_ARG(n->name), xml, STR_ARG(at->name));
		bool has = map_get(&c->w->said, str_of(own));
		struct str name = str_of(arena_printf(a, "%s%.*s", xml, STR_ARG(at->name)));
		explain(c, has ? own : arena_printf(a, "a %.*s", STR_ARG(name)), name, indent);
	}
}

/* Blanks before an element that begins its line; SIZE_MAX when it does not. */
static size_t indent_of(const struct commenting *c, const struct xml_node *n)
{
	size_t at = n->loc.off, from = at;

	while (from > 0 && c->bytes.p[from - 1] == ' ')
		from--;
	return from == 0 || c->bytes.p[from - 1] == '\n' ? at - from : SIZE_MAX;
}

/* n, and what stands on its line inside it. */
static void comment_on(struct commenting *c, const struct xml_node *root, const struct xml_node *n, size_t indent)
{
	c->parts.n = 0;
	explain_element(c, n, indent);
	for (const struct xml_node *k = xml_walk(root, n); k; k = xml_walk(root, k)) {
		if (k->kind != XML_ELEMENT)
			continue;
		if (indent_of(c, k) != SIZE_MAX)
			break;
		explain_element(c, k, indent);
	}
	if (c->parts.n)
		buf_printf(c->out, "<!-- %.*s -->\n%*s", (int)c->parts.n, c->parts.p, (int)indent, "");
}

static void put_record(struct commenting *c, const struct xml_node *root)
{
	size_t done = 0;

	for (const struct xml_node *n = root; n; n = xml_walk(root, n)) {
		size_t indent = n->kind == XML_ELEMENT ? indent_of(c, n) : SIZE_MAX;
		if (indent == SIZE_MAX)
			continue;
		buf_str(c->out, str_sub(c->bytes, done, n->loc.off));
		done = n->loc.off;
		comment_on(c, root, n, indent);
	}
	buf_str(c->out, str_sub(c->bytes, done, c->bytes.n));
}

/* ---- doors ---- */

static const char *start_path(struct arena *a, struct str kind, const char *schema_dir)
{
	return arena_printf(a, "%s/new/%.*s.xml", file_dir(a, schema_dir), STR_ARG(kind));
}

bool record_start(struct diag_list *d, struct arena *a, struct source_table *sources, struct str kind, const char *schema_dir,
		  struct buf *out)
{
	const char *problem = record_kind_problem(a, kind, schema_dir), *path = start_path(a, kind, schema_dir);
	struct words w = {.d = d, .a = a, .sources = sources};
	struct commenting c = {.w = &w, .out = out};

	if (problem || !file_exists(path)) {
		diag_add(d, DIAG_RECORD_KIND, (struct loc){0}, arena_copy(a, kind.p, kind.n), problem ? problem : "", NULL);
		return false;
	}
	map_open(&w.said, a);
	map_open(&c.done, a);
	read_grammar(&w, arena_printf(a, "%s/%.*s.rng", schema_dir, STR_ARG(kind)));
	const struct xml_node *root = read_xml(&w, path);
	if (!root)
		return false;
	c.bytes = source_get(sources, root->loc.source)->bytes;
	put_record(&c, root);
	buf_free(&c.parts);
	return true;
}

/* What the kind's schema says of <record>, up to the first full stop. */
static struct str summary(struct diag_list *d, struct arena *a, struct source_table *sources, const char *path)
{
	struct words w = {.d = d, .a = a, .sources = sources, .files = FILES_MAX - 1};

	map_open(&w.said, a);
	read_grammar(&w, path);
	const struct str *text = map_get(&w.said, STR("e record"));
	size_t end = text ? str_find(*text, STR("。")) : 0;
	return text ? str_sub(*text, 0, end == SIZE_MAX ? text->n : end) : STR("");
}

void record_kinds(struct diag_list *d, struct arena *a, struct source_table *sources, const char *schema_dir, struct buf *out)
{
	size_t n;
	const char **names = file_names(a, schema_dir, &n);

	for (size_t i = 0; i < n; i++) {
		struct str kind = str_of(names[i]);
		if (!str_ends(kind, STR(".rng")))
			continue;
		kind.n -= STR(".rng").n;
		if (!file_exists(start_path(a, kind, schema_dir)))
			continue;
		struct str text = summary(d, a, sources, file_join(a, schema_dir, names[i]));
		buf_printf(out, "%-22.*s %.*s\n", STR_ARG(kind), STR_ARG(text));
	}
}
