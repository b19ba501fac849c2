/* layout: opens a layout folder: the chain of layout.xml files, the templates, fonts.xml. See layout.h. */
#include "base/file.h"
#include "layout/decl.h"

#include <stdlib.h>

#define MAX_CHAIN 16

struct reading {
	struct diag_list *d;
	struct layout *l;
	const char *chain[MAX_CHAIN]; /* files under way, for cycles */
	int depth;
};

static bool read_file(struct reading *r, const char *path, struct loc at);

static void add_folder(struct layout *l, const char *folder)
{
	for (int i = 0; i < l->n_folders; i++)
		if (!strcmp(l->folders[i], folder))
			return;
	if (l->n_folders == l->cap_folders) {
		const char **more = ARENA_ARRAY(l->arena, (size_t)l->cap_folders * 2 + 4, const char *);
		if (l->n_folders)
			memcpy(more, l->folders, sizeof *more * (size_t)l->n_folders);
		l->folders = more;
		l->cap_folders = l->cap_folders * 2 + 4;
	}
	l->folders[l->n_folders++] = folder;
}

/* The file an href means, canonical; NULL after a message. It must stand in a folder beside this one. */
static char *follow_href(struct reading *r, const struct xml_node *n, const char *from)
{
	struct arena *a = r->l->arena;
	const struct xml_attr *href = xml_attr(n, "href");

	if (!href)
		return NULL;
	const char *dir = file_dir(a, from);
	const char *wanted = cs(a, href->value);
	char *real = *wanted == '/' ? NULL : file_real(a, file_join(a, dir, wanted));
	const char *street = file_dir(a, dir); /* the folder that holds the layout folders */
	size_t n_street = strlen(street);
	if (!real) {
		diag_add(r->d, DIAG_LAYOUT_NAME, href->value_loc, "file", wanted, "", NULL);
		return NULL;
	}
	if (strncmp(real, street, n_street) || real[n_street] != '/') {
		diag_add(r->d, DIAG_LAYOUT_PATH, href->value_loc, wanted, NULL);
		return NULL;
	}
	return real;
}

static void read_templates(struct reading *r, const struct xml_node *n, const char *path)
{
	char *file = follow_href(r, n, path);

	if (!file)
		return;
	r->l->templates = str_of(file);
	r->l->templates_loc = n->loc;
}

static void read_child(struct reading *r, const struct xml_node *n, const char *path)
{
	int id = element_check(r->d, r->l->arena, n, EL_LAYOUT, VOCABULARY_D);

	if (id == EL_USE) {
		char *file = follow_href(r, n, path);
		if (file)
			read_file(r, file, n->loc);
	} else if (id == EL_TEMPLATES) {
		read_templates(r, n, path);
	} else if (id >= 0) {
		decl_element(r->l, r->d, n, (enum element_id)id);
	}
}

static bool chain_has(const struct reading *r, const char *path)
{
	for (int i = 0; i < r->depth; i++)
		if (!strcmp(r->chain[i], path))
			return true;
	return r->depth == MAX_CHAIN;
}

static bool read_file(struct reading *r, const char *path, struct loc at)
{
	struct arena *a = r->l->arena;
	struct str bytes;

	if (chain_has(r, path)) {
		diag_add(r->d, DIAG_LAYOUT_CYCLE, at, path, NULL);
		return false;
	}
	if (!file_read(r->d, a, path, FILE_LIMIT, &bytes))
		return false;
	add_folder(r->l, file_dir(a, path));
	struct xml_doc *doc = xml_parse(r->d, a, source_add(r->l->sources, str_of(path), bytes), &xml_default_limits);
	if (!doc || element_check(r->d, a, xml_root(doc), -1, VOCABULARY_D) != EL_LAYOUT)
		return false;
	r->l->loc = xml_root(doc)->loc;
	r->chain[r->depth++] = path;
	for (const struct xml_node *c = xml_root(doc)->first; c; c = c->next) {
		if (c->kind == XML_ELEMENT)
			read_child(r, c, path);
		else if (str_trim(c->text).n)
			diag_add(r->d, DIAG_LAYOUT_BARE_TEXT, c->loc, cs(a, str_trim(c->text)), NULL);
	}
	r->depth--;
	return true;
}

/* Path of the layout's layout.xml, or NULL after a message. */
static char *find_layout(struct diag_list *d, struct arena *a, const char *name, struct loc at, const char *home)
{
	char *path = strchr(name, '/') ? file_join(a, name, "layout.xml")
				       : arena_printf(a, "%s/layouts/%s/layout.xml", home, name);

	if (strchr(name, '/') && !file_is_dir(name) && file_exists(name))
		path = arena_copy(a, name, strlen(name));
	char *real = *name && *name != '.' ? file_real(a, path) : strchr(name, '/') ? file_real(a, path) : NULL;
	if (!real)
		diag_add(d, DIAG_LAYOUT_MISSING, at, name, "", NULL);
	return real;
}

static bool open_templates(struct diag_list *d, struct layout *l, struct source_table *sources)
{
	if (!l->templates.n) {
		diag_add(d, DIAG_LAYOUT_REQUIRED, l->loc, "layout", "<templates>", NULL);
		return false;
	}
	add_folder(l, file_dir(l->arena, l->templates.p));
	struct xml_sheet_options o = {l->folders, l->n_folders, layout_functions, n_layout_functions, l};
	l->sheet = xml_sheet_open(d, l->arena, sources, l->templates.p, &o);
	return l->sheet != NULL;
}

/* Last part of the folder's path. */
static struct str base_name(const char *folder)
{
	const char *slash = strrchr(folder, '/');

	return str_of(slash ? slash + 1 : folder);
}

struct layout *layout_open(struct diag_list *d, struct arena *a, struct source_table *sources, const char *name,
			   struct loc at, const struct layout_options *options)
{
	size_t errors = diag_count(d, SEVERITY_ERROR);
	char *path = find_layout(d, a, name, at, options->home);

	if (!path)
		return NULL;
	struct layout *l = ARENA_NEW(a, struct layout);
	*l = (struct layout){.arena = a, .sources = sources};
	l->tail = &l->decls;
	l->folder = str_of(file_dir(a, path));
	l->name = base_name(l->folder.p);
	struct reading r = {.d = d, .l = l};
	if (!read_file(&r, path, at))
		return NULL;
	const char *fonts = options->fonts ? options->fonts : file_join(a, options->home, "fonts/fonts.xml");
	l->fonts = fonts_open(d, a, sources, fonts);
	if (!l->fonts || !open_templates(d, l, sources))
		return NULL;
	return diag_count(d, SEVERITY_ERROR) == errors ? l : NULL;
}

struct str layout_name(const struct layout *l)
{
	return l->name;
}

bool layout_check(struct diag_list *d, const struct layout *l)
{
	struct arena *a = arena_new();
	struct resolved r;
	/* The declarations resolve the same for every language but for font roles. */
	bool good = style_resolve(d, a, (struct layout *)l, STR("zh-Hans"), &r);

	arena_close(a);
	return good;
}

void layout_dump(const struct layout *l, const struct source_table *t, struct buf *out)
{
	(void)t;
	buf_printf(out, "layout %.*s\n", STR_ARG(l->name));
	for (const struct decl *c = l->decls; c; c = c->next) {
		buf_printf(out, "%s %.*s\n", element_defs[c->element].name, STR_ARG(c->name));
		for (const struct decl_value *v = c->values; v; v = v->next)
			buf_printf(out, "  %s=%.*s\n", v->def->name, STR_ARG(v->value));
		for (const struct decl *f = c->frames; f; f = f->next)
			buf_printf(out, "  frame %.*s\n", STR_ARG(f->name));
	}
}
