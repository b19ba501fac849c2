/* fonts: reads fonts.xml: which font files stand for which role. See decl.h; the format is in fonts/README.md. */
#include "base/file.h"
#include "layout/decl.h"

#include <stdlib.h>

#define FONTS_NS "urn:genpdf:fonts"

struct folders {
	const char **list;
	int n;
};

/* GENPDF_FONTS (folders with ":" between) comes first, then the <path>s. */
static struct folders read_folders(struct arena *a, const struct xml_node *root, const char *base)
{
	const char *env = getenv("GENPDF_FONTS");
	int n = 1;

	for (const struct xml_node *c = root->first; c; c = c->next)
		n++;
	for (const char *p = env ? env : ""; *p; p++)
		n += *p == ':';
	struct folders f = {ARENA_ARRAY(a, (size_t)n + 1, const char *), 0};
	for (const char *p = env ? env : ""; *p;) {
		const char *end = strchrnul(p, ':');
		if (end > p)
			f.list[f.n++] = arena_copy(a, p, (size_t)(end - p));
		p = *end ? end + 1 : end;
	}
	for (const struct xml_node *c = root->first; c; c = c->next)
		if (xml_is(c, "path") && xml_value(c, "dir").n) {
			const char *dir = cs(a, xml_value(c, "dir"));
			f.list[f.n++] = *dir == '/' ? dir : file_join(a, base, dir);
		}
	return f;
}

/* Path of the file in the first folder that has it, or empty. */
static struct str find_file(struct arena *a, const struct folders *f, struct str file)
{
	const char *name = cs(a, file);

	if (memchr(file.p, '/', file.n))
		return file_exists(name) ? file : (struct str){0};
	for (int i = 0; i < f->n; i++) {
		char *path = file_join(a, f->list[i], name);
		if (file_exists(path))
			return str_of(path);
	}
	return (struct str){0};
}

/* "1.086957" in millionths. */
static int64_t read_scale(struct str s)
{
	int64_t v;
	char em[32];

	if (!s.n || s.n > 12)
		return 1000000;
	memcpy(em, s.p, s.n);
	memcpy(em + s.n, "em", 2);
	return em_parse((struct str){em, s.n + 2}, &v) && v > 0 ? v : 1000000;
}

static void read_family(struct arena *a, struct font_catalogue *f, const struct folders *folders, const struct xml_node *n)
{
	struct family *m = ARENA_NEW(a, struct family);

	m->id = xml_value(n, "id");
	m->name = xml_value(n, "name");
	m->file = find_file(a, folders, xml_value(n, "file"));
	m->licence = xml_value(n, "licence");
	m->sha256 = xml_value(n, "sha256");
	int_parse(xml_value(n, "index"), &m->index);
	m->licensed = str_is(xml_value(n, "licensed"), "yes");
	m->scale = read_scale(xml_value(n, "scale"));
	m->loc = n->loc;
	map_set(&f->families, m->id, m);
}

static void read_role(struct diag_list *d, struct arena *a, struct font_catalogue *f, struct font_role **tail,
		      const struct xml_node *n)
{
	int count = 0;

	for (const struct xml_node *c = n->first; c; c = c->next)
		count += xml_is(c, "use");
	struct font_role *r = ARENA_NEW(a, struct font_role);
	r->name = xml_value(n, "name");
	r->lang = xml_value(n, "lang");
	r->families.list = ARENA_ARRAY(a, (size_t)count + 1, const struct family *);
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (!xml_is(c, "use"))
			continue;
		const struct family *m = map_get(&f->families, xml_value(c, "family"));
		if (m)
			r->families.list[r->families.n++] = m;
		else
			diag_add(d, DIAG_LAYOUT_NAME, c->loc, "family", cs(a, xml_value(c, "family")), "", NULL);
	}
	*tail = r;
}

struct font_catalogue *fonts_open(struct diag_list *d, struct arena *a, struct source_table *sources, const char *path)
{
	struct str bytes;

	if (!file_read(d, a, path, FILE_LIMIT, &bytes))
		return NULL;
	struct xml_doc *doc = xml_parse(d, a, source_add(sources, str_of(path), bytes), &xml_default_limits);
	if (!doc)
		return NULL;
	const struct xml_node *root = xml_root(doc);
	if (!xml_is(root, "fonts") || !str_is(root->ns, FONTS_NS)) {
		diag_add(d, DIAG_LAYOUT_ELEMENT, root->loc, cs(a, root->name), " (→ fonts ?)", NULL);
		return NULL;
	}
	struct font_catalogue *f = ARENA_NEW(a, struct font_catalogue);
	f->file = str_of(path);
	map_open(&f->families, a);
	struct folders folders = read_folders(a, root, file_dir(a, path));
	for (const struct xml_node *c = root->first; c; c = c->next)
		if (xml_is(c, "family"))
			read_family(a, f, &folders, c);
	struct font_role **tail = &f->roles;
	for (const struct xml_node *c = root->first; c; c = c->next)
		if (xml_is(c, "role")) {
			read_role(d, a, f, tail, c);
			tail = &(*tail)->next;
		}
	return f;
}

/* zh-Hant-HK asks for zh-Hant-HK, zh-Hant, zh, and then for a role of every language. */
const struct font_role *fonts_role(const struct font_catalogue *f, struct str name, struct str lang)
{
	for (;;) {
		for (const struct font_role *r = f->roles; r; r = r->next)
			if (str_eq(r->name, name) && str_eq(r->lang, lang))
				return r;
		if (!lang.n)
			return NULL;
		const char *dash = memrchr(lang.p, '-', lang.n);
		lang.n = dash ? (size_t)(dash - lang.p) : 0;
	}
}
