/* layout: opens a layout folder: the chain of layout.xml files, the templates, fonts.xml. See layout.h. */
#include "base/choice.h"
#include "base/file.h"
#include "layout/literal.h"

#define FILES_MAX 64

struct reading {
	struct diag_list *d;
	struct layout *l;
	struct layout_file *file;
	int n_files;
	bool broken;   /* a file of the chain is missing or no XML: what it would declare is not known */
};

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

/* ---- href ---- */

static bool is_inside(const char *real, const char *folder)
{
	size_t n = strcmp(folder, "/") ? strlen(folder) : 0;

	return !strncmp(real, folder, n) && real[n] == '/';
}

/* "../X" that is not beside a layout of somebody's own is looked for among home's. */
static const char *find_in_home(struct reading *r, const char *wanted, const char **shown)
{
	struct arena *a = r->l->arena;
	const char *path = strncmp(wanted, "../", 3) ? NULL : file_join(a, r->l->home, wanted + 3);
	const char *real = path ? file_real(a, path) : NULL;

	if (!real || !is_inside(real, file_real(a, r->l->home)))
		return NULL;
	*shown = path;
	return real;
}

/* The nearest name in the folder of a missing file, when that folder may be read: beside this one's, or in home. */
static const char *near_file(struct reading *r, const char *wanted, const char *shown)
{
	struct arena *a = r->l->arena;
	const char *folder = file_real(a, file_dir(a, shown)), *near = "";

	if (folder && is_inside(folder, file_dir(a, file_dir(a, r->file->real))))
		near = file_near(a, shown);
	if (*near || strncmp(wanted, "../", 3))
		return near;
	folder = file_real(a, file_dir(a, file_join(a, r->l->home, wanted + 3)));
	return folder && is_inside(folder, file_real(a, r->l->home)) ? file_near(a, file_join(a, r->l->home, wanted + 3)) : "";
}

/* The file an href leads to, canonical; NULL after a message. It must stand in a folder beside this one's, or below. */
static const char *follow_href(struct reading *r, const struct xml_attr *href, const char **shown)
{
	struct arena *a = r->l->arena;
	const char *wanted = cs(a, href->value), *real = NULL;

	*shown = file_short(a, *wanted == '/' ? wanted : file_join(a, file_dir(a, r->file->shown), wanted));
	if (*wanted != '/')
		real = file_real(a, *shown);
	if (real && is_inside(real, file_dir(a, file_dir(a, r->file->real))))
		return real;
	const char *elsewhere = real ? NULL : find_in_home(r, wanted, shown);
	if (elsewhere)
		return elsewhere;
	/* Say nothing about what exists elsewhere. */
	bool outside = real || *wanted == '/' || strstr(wanted, "://");
	diag_add(r->d, outside ? DIAG_LAYOUT_PATH : DIAG_LAYOUT_FILE, href->value_loc, outside ? wanted : *shown,
		 outside ? "" : near_file(r, wanted, *shown), NULL)->length = (uint32_t)href->value.n;
	return NULL;
}

static void read_file(struct reading *r, const char *shown, const char *real, struct loc at, uint32_t length);

static void read_use(struct reading *r, const struct xml_node *n)
{
	const struct xml_attr *href = xml_attr(n, "href");
	const char *shown, *real = href ? follow_href(r, href, &shown) : NULL;

	if (real)
		read_file(r, shown, real, href->value_loc, (uint32_t)href->value.n);
	else
		r->broken = true;
}

static void read_templates(struct reading *r, const struct xml_node *n)
{
	const struct xml_attr *href = xml_attr(n, "href");
	const char *shown = "", *real = href ? follow_href(r, href, &shown) : NULL;

	if (r->l->templates_loc.source == n->loc.source)
		diag_add(r->d, DIAG_LAYOUT_TWICE, n->loc, "templates", cs(r->l->arena, xml_value(n, "href")), NULL)->other =
			r->l->templates_loc;
	r->l->templates = real ? shown : NULL;
	r->l->templates_loc = n->loc;
	if (real)
		add_folder(r->l, file_dir(r->l->arena, real));
}

/* ---- one file ---- */

static void read_child(void *user, const struct xml_node *n, enum element_id id)
{
	struct reading *r = user;

	if (id != EL_USE && id != EL_TEMPLATES) {
		decl_element(r->l, r->d, n, id);
		return;
	}
	element_children(r->d, r->l->arena, n, id, NULL, NULL);
	if (id == EL_USE)
		read_use(r, n);
	else
		read_templates(r, n);
}

/* "a.xml → b.xml → a.xml": the files that are being read, from this one on. */
static const char *cycle_words(const struct reading *r, const struct layout_file *first)
{
	const char *words = first->shown;

	for (const struct layout_file *f = r->l->files; f != first; f = f->next)
		if (f->open)
			words = arena_printf(r->l->arena, "%s → %s", f->shown, words);
	return arena_printf(r->l->arena, "%s → %s", first->shown, words);
}

/* False when the file is not to be read: read before, or a cycle, or one too many (reported). */
static bool is_new(struct reading *r, const char *real, struct loc at, uint32_t length)
{
	for (const struct layout_file *f = r->l->files; f; f = f->next) {
		if (strcmp(f->real, real))
			continue;
		if (f->open)
			diag_add(r->d, DIAG_LAYOUT_CYCLE, at, cycle_words(r, f), NULL)->length = length;
		return false;
	}
	if (r->n_files < FILES_MAX)
		return true;
	diag_add(r->d, DIAG_XML_LIMIT, at, DIAG_TWO("一个版式最多引用 64 个文件", "64 files of one layout"), NULL);
	return false;
}

static void read_root(struct reading *r, const struct xml_node *root)
{
	const struct xml_attr *kind = xml_attr(root, "kind");

	if (element_check(r->d, r->l->arena, root, -1, VOCABULARY_D) != EL_LAYOUT)
		return;
	element_children(r->d, r->l->arena, root, EL_LAYOUT, read_child, r);
	/* After its children: the outermost file has the last word. */
	r->l->loc = root->loc;
	if (kind) {
		r->l->kind = kind->value;
		r->l->kind_loc = kind->value_loc;
	}
}

static void read_file(struct reading *r, const char *shown, const char *real, struct loc at, uint32_t length)
{
	struct arena *a = r->l->arena;
	struct str bytes;

	if (!is_new(r, real, at, length) || !file_read(r->d, a, shown, FILE_LIMIT, &bytes))
		return;
	struct layout_file *file = ARENA_NEW(a, struct layout_file), *outer = r->file;
	*file = (struct layout_file){r->l->files, shown, real, true};
	r->l->files = r->file = file;
	r->n_files++;
	add_folder(r->l, file_dir(a, real));
	struct xml_doc *doc = xml_parse(r->d, a, source_borrow(r->l->sources, str_of(shown), bytes), &xml_default_limits);
	if (doc)
		read_root(r, xml_root(doc));
	else
		r->broken = true;
	file->open = false;
	r->file = outer;
}

/* ---- the layout ---- */

/* The layouts of home, and the nearest of them. */
static const char *nearest_layout(struct arena *a, const char *name, const char *layouts)
{
	size_t n, count = 0;
	const char **names = file_names(a, layouts, &n), **words = ARENA_ARRAY(a, n + 1, const char *);

	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], "base") && file_exists(file_join(a, file_join(a, layouts, names[i]), "layout.xml")))
			words[count++] = names[i];
	return choice_text(a, str_of(name), words);
}

/* Path of the layout's layout.xml, or NULL after a message. A name is one folder of home's layouts/, nothing else. */
static const char *find_layout(struct diag_list *d, struct arena *a, const char *name, struct loc at, const char *home)
{
	const char *layouts = file_join(a, home, "layouts");
	bool is_path = strchr(name, '/');
	const char *path = is_path ? name : file_join(a, layouts, name);

	if (!is_path || file_is_dir(path))
		path = file_join(a, path, "layout.xml");
	if ((is_path || (*name && *name != '.')) && file_exists(path) && !file_is_dir(path))
		return path;
	diag_add(d, DIAG_LAYOUT_MISSING, at, name, is_path ? "" : nearest_layout(a, name, layouts), NULL)->length =
		(uint32_t)strlen(name);
	return NULL;
}

/* Every step of the path; those of layouts that others share may be of any kind. */
static void check_omit(struct diag_list *d, struct layout *l, const struct decl *c)
{
	const struct decl_value *v = decl_get(c, "match");
	bool shared = c->loc.source != l->loc.source;
	struct nearest near = {0};

	for (size_t from = 0, to; v && from < v->value.n; from = to + 1) {
		const char *slash = memchr(v->value.p + from, '/', v->value.n - from);
		to = slash ? (size_t)(slash - v->value.p) : v->value.n;
		struct str name = str_sub(v->value, from, to);
		if (!name.n || str_is(name, "*") || xml_vocabulary_has(l->vocabulary, shared, false, name, &near.best))
			continue;
		diag_add(d, DIAG_LAYOUT_RECORD, loc_at(v->loc.source, v->loc.off + from),
			 xml_vocabulary_words(l->vocabulary, shared), arena_printf(l->arena, "<%.*s>", STR_ARG(name)),
			 nearest_text(&near, l->arena), NULL)->length = (uint32_t)name.n;
	}
}

static void open_templates(struct diag_list *d, struct layout *l)
{
	if (!l->templates)
		return;
	struct xml_sheet_options o = {l->folders, l->n_folders, layout_functions, n_layout_functions, l, l->home,
				      l->vocabulary, LAYOUT_NS, literal_check};
	l->sheet = xml_sheet_open(d, l->arena, l->sources, l->templates, &o);
}

/* The schema of its kind has to be there, and what it omits has to have names that records may hold. */
static void check_records(struct diag_list *d, struct layout *l, const char *schemas)
{
	const char *problem = l->kind.n ? record_kind_problem(l->arena, l->kind, schemas) : NULL;

	if (problem)
		diag_add(d, DIAG_RECORD_KIND, l->kind_loc, cs(l->arena, l->kind), problem, NULL)->length = (uint32_t)l->kind.n;
	l->vocabulary = xml_vocabulary_open(d, l->arena, schemas, l->kind.n && !problem ? cs(l->arena, l->kind) : NULL);
	for (const struct decl *c = l->decls; c; c = c->next)
		if (c->element == EL_OMIT)
			check_omit(d, l, c);
}

/* Name of the folder a file is in. */
static struct str folder_name(struct arena *a, const char *real)
{
	const char *folder = file_dir(a, real), *slash = strrchr(folder, '/');

	return str_of(slash ? slash + 1 : folder);
}

struct layout *layout_open(struct diag_list *d, struct arena *a, struct source_table *sources, const char *name,
			   struct loc at, const struct layout_options *options)
{
	size_t errors = diag_count(d, SEVERITY_ERROR);
	const char *path = find_layout(d, a, name, at, options->home);

	if (!path)
		return NULL;
	struct layout *l = ARENA_NEW(a, struct layout);
	const char *real = file_real(a, path), *schemas = file_join(a, options->home, "records/schema");
	*l = (struct layout){.arena = a, .sources = sources, .published = options->published,
			    .mark = options->mark ? str_trim(str_of(options->mark)) : (struct str){0}};
	l->tail = &l->decls;
	l->name = folder_name(a, real);
	l->home = file_join(a, options->home, "layouts");
	map_open(&l->by_name, a);
	map_open(&l->used, a);
	struct reading r = {.d = d, .l = l};
	read_file(&r, file_short(a, path), real, at, 0);
	if (!l->loc.source)
		return NULL;
	l->fonts = fonts_open(d, a, sources, options);
	if (file_is_dir(schemas))
		check_records(d, l, schemas);
	if (!r.broken)
		open_templates(d, l);
	return diag_count(d, SEVERITY_ERROR) == errors ? l : NULL;
}

struct str layout_part(const struct layout *l, struct str kind, struct loc *loc)
{
	const struct decl *c = decl_find(l, EL_PART, kind);
	const struct decl_value *v = c ? decl_get(c, "layout") : NULL;

	if (v)
		*loc = v->loc;
	return v ? v->value : kind;
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
	bool good = style_resolve(d, a, l, STR("zh-Hans"), &r);

	arena_close(a);
	if (good) /* what is wrong may be why something seems to be used nowhere */
		layout_unused(d, l, false);
	return good;
}

/* Folder, file, line and column: the folder alone tells one layout.xml from another. */
static void dump_place(const struct source_table *t, struct loc loc, struct buf *out)
{
	struct place p;

	if (!t || !source_place(t, loc, &p))
		return;
	size_t from = p.name.n;
	for (int slashes = 0; from > 0; from--)
		if (p.name.p[from - 1] == '/' && ++slashes == 2)
			break;
	buf_printf(out, " @%.*s:%zu:%zu", STR_ARG(str_sub(p.name, from, p.name.n)), p.line, p.column);
}

/* Values in the table's order: the order they were stated in means nothing. */
static void dump_decl(const struct decl *c, const struct source_table *t, int depth, struct buf *out)
{
	buf_printf(out, "%*s%s %.*s", depth * 2, "", element_defs[c->element].name, STR_ARG(c->name));
	for (int i = 0; i < n_attr_defs; i++) {
		bool own = attr_defs[i].element == c->element && !word_in(str_of(attr_defs[i].name), "name match");
		const struct decl_value *v = own ? decl_get(c, attr_defs[i].name) : NULL;
		if (v)
			buf_printf(out, " %s=%.*s", v->def->name, STR_ARG(v->value));
	}
	dump_place(t, c->loc, out);
	buf_char(out, '\n');
	for (const struct decl *f = c->frames; f; f = f->next)
		dump_decl(f, t, depth + 1, out);
}

void layout_dump(const struct layout *l, const struct source_table *t, struct buf *out)
{
	buf_printf(out, "layout %.*s kind=%.*s\n", STR_ARG(l->name), STR_ARG(l->kind));
	for (const struct decl *c = l->decls; c; c = c->next)
		dump_decl(c, t, 0, out);
}
