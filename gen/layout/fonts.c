/* fonts: reads fonts.xml: which font files stand for which role. See decl.h; the format is in fonts/README.md. */
#include "base/file.h"
#include "layout/decl.h"

#include <stdlib.h>

struct reading {
	struct diag_list *d;
	struct arena *a;
	struct font_catalogue *f;
	const char **folders; /* that are searched, in order */
	int n_folders;
	struct font_role **tail, *role;
};

/* GENPDF_FONTS (folders with ":" between) comes first, then the <path>s. */
static void read_folders(struct reading *r, const struct xml_node *root, const char *base)
{
	const char *env = getenv("GENPDF_FONTS");
	size_t n = 1;

	for (const struct xml_node *c = root->first; c; c = c->next)
		n++;
	for (const char *p = env ? env : ""; *p; p++)
		n += *p == ':';
	r->folders = ARENA_ARRAY(r->a, n, const char *);
	for (const char *p = env ? env : ""; *p;) {
		const char *end = strchrnul(p, ':');
		if (end > p)
			r->folders[r->n_folders++] = arena_copy(r->a, p, (size_t)(end - p));
		p = *end ? end + 1 : end;
	}
	for (const struct xml_node *c = root->first; c; c = c->next) {
		if (!xml_is(c, "path") || !xml_value(c, "dir").n)
			continue;
		const char *dir = cs(r->a, xml_value(c, "dir"));
		r->folders[r->n_folders++] = *dir == '/' ? dir : file_short(r->a, file_join(r->a, base, dir));
	}
}

/* Path of the file in the first folder that has it, or empty. */
static struct str find_file(const struct reading *r, struct str file)
{
	const char *name = cs(r->a, file);

	for (int i = 0; *name && i < r->n_folders; i++) {
		char *path = file_join(r->a, r->folders[i], name);
		if (file_exists(path) && !file_is_dir(path))
			return str_of(path);
	}
	return (struct str){0};
}

static void read_family(struct reading *r, const struct xml_node *n)
{
	struct family *m = ARENA_NEW(r->a, struct family);
	const struct xml_attr *file = xml_attr(n, "file");

	*m = (struct family){
		.id = xml_value(n, "id"), .name = xml_value(n, "name"), .licence = xml_value(n, "licence"),
		.sha256 = xml_value(n, "sha256"), .licensed = str_is(xml_value(n, "licensed"), "yes"),
		.file_name = xml_value(n, "file"), .scale = 1000000, .loc = n->loc,
	};
	int_parse(xml_value(n, "index"), &m->index);
	m->lacks = xml_value(n, "lacks");
	factor_parse(xml_value(n, "scale"), &m->scale);
	if (file && file->value.n && memchr(file->value.p, '/', file->value.n))
		diag_add(r->d, DIAG_LAYOUT_VALUE, file->value_loc, "file", cs(r->a, file->value),
			 DIAG_TWO("不含目录的文件名", "a file name without folder"), NULL)->length = (uint32_t)file->value.n;
	else if (file)
		m->file = find_file(r, file->value);
	const struct family *before = map_set(&r->f->families, m->id, m);
	if (before)
		diag_add(r->d, DIAG_LAYOUT_TWICE, n->loc, "family", cs(r->a, m->id), NULL)->other = before->loc;
}

static void unknown_family(struct reading *r, const struct xml_attr *at)
{
	struct nearest near;

	nearest_open(&near, at->value);
	for (size_t i = 0; i < r->f->families.n; i++)
		nearest_try(&near, r->f->families.entries[i].key);
	diag_add(r->d, DIAG_LAYOUT_NAME, at->value_loc, "family", cs(r->a, at->value), nearest_text(&near, r->a), NULL)->length =
		(uint32_t)at->value.n;
}

static void read_role_use(void *user, const struct xml_node *n, enum element_id id)
{
	struct reading *r = user;
	const struct xml_attr *at = xml_attr(n, "family");
	const struct family *m = at ? map_get(&r->f->families, at->value) : NULL;

	element_children(r->d, r->a, n, id, NULL, NULL);
	if (m)
		r->role->families.list[r->role->families.n++] = m;
	else if (at)
		unknown_family(r, at);
}

/* The first word of a list with blanks between; *rest: those behind it. */
static struct str first_word(struct str words, struct str *rest)
{
	const char *blank = memchr(words.p, ' ', words.n);
	size_t n = blank ? (size_t)(blank - words.p) : words.n;

	*rest = str_sub(words, n + (blank != NULL), words.n);
	return str_sub(words, 0, n);
}

/* Is a role of these languages one of this language? No language: of every one. */
static bool serves(struct str langs, struct str lang)
{
	if (!lang.n || !langs.n)
		return !lang.n && !langs.n;
	while (langs.n)
		if (str_eq(first_word(langs, &langs), lang))
			return true;
	return false;
}

static bool share_lang(struct str a, struct str b)
{
	if (!b.n)
		return serves(a, b);
	while (b.n)
		if (serves(a, first_word(b, &b)))
			return true;
	return false;
}

static void read_role(struct reading *r, const struct xml_node *n)
{
	struct str name = xml_value(n, "name"), lang = xml_value(n, "lang");
	size_t count = 0;

	for (const struct xml_node *c = n->first; c; c = c->next)
		count += c->kind == XML_ELEMENT;
	for (const struct font_role *o = r->f->roles; o; o = o->next)
		if (str_eq(o->name, name) && share_lang(o->lang, lang))
			diag_add(r->d, DIAG_LAYOUT_TWICE, n->loc, "role", cs(r->a, name), NULL)->other = o->loc;
	struct font_role *role = ARENA_NEW(r->a, struct font_role);
	*role = (struct font_role){.name = name, .lang = lang, .label = xml_value(n, "label"), .loc = n->loc};
	*r->tail = r->role = role;
	r->tail = &role->next;
	role->families.list = ARENA_ARRAY(r->a, count + 1, const struct family *);
	element_children(r->d, r->a, n, EL_ROLE, read_role_use, r);
	if (!count)
		diag_add(r->d, DIAG_LAYOUT_REQUIRED, n->loc, "role", "<use>", NULL);
}

/* Families first: a role may stand before them. */
static void read_families(void *user, const struct xml_node *n, enum element_id id)
{
	struct reading *r = user;

	if (id != EL_ROLE)
		element_children(r->d, r->a, n, id, NULL, NULL);
	if (id == EL_FAMILY)
		read_family(r, n);
}

struct font_catalogue *fonts_open(struct diag_list *d, struct arena *a, struct source_table *sources, const struct layout_options *o)
{
	const char *path = o->fonts ? o->fonts : file_join(a, o->home, "fonts/fonts.xml");
	struct str bytes;

	if (!file_read(d, a, path, FILE_LIMIT, &bytes))
		return NULL;
	struct xml_doc *doc = xml_parse(d, a, source_borrow(sources, str_of(path), bytes), &xml_default_limits);
	const struct xml_node *root = doc ? xml_root(doc) : NULL;
	if (!root || element_check(d, a, root, -1, VOCABULARY_F) != EL_FONTS)
		return NULL;
	struct font_catalogue *f = ARENA_NEW(a, struct font_catalogue);
	struct reading r = {.d = d, .a = a, .f = f, .tail = &f->roles};
	map_open(&f->families, a);
	read_folders(&r, root, o->fonts_base ? o->fonts_base : file_dir(a, path));
	element_children(d, a, root, EL_FONTS, read_families, &r);
	for (const struct xml_node *c = root->first; c; c = c->next)
		if (xml_is(c, "role"))
			read_role(&r, c);
	return f;
}

/* zh-Hant-HK asks for zh-Hant-HK, zh-Hant, zh, and then for a role of every language. */
const struct font_role *fonts_role(const struct font_catalogue *f, struct str name, struct str lang)
{
	for (;;) {
		for (const struct font_role *r = f->roles; r; r = r->next)
			if (str_eq(r->name, name) && serves(r->lang, lang))
				return r;
		if (!lang.n)
			return NULL;
		const char *dash = memrchr(lang.p, '-', lang.n);
		lang.n = dash ? (size_t)(dash - lang.p) : 0;
	}
}

/* The first family that is there is the one that is taken. */
static void tell_role(const struct font_role *r, enum diag_lang lang, struct buf *out)
{
	bool taken = false;

	buf_printf(out, "%s %.*s", lang == LANG_ZH ? "角色" : "role", STR_ARG(r->name));
	if (r->label.n)
		buf_printf(out, " %.*s", STR_ARG(r->label));
	if (r->lang.n)
		buf_printf(out, " %.*s", STR_ARG(r->lang));
	buf_char(out, '\n');
	for (int i = 0; i < r->families.n; i++) {
		family_tell(r->families.list[i], taken ? ' ' : '*', lang, out);
		taken = taken || r->families.list[i]->file.n;
	}
	if (!taken)
		buf_puts(out, lang == LANG_ZH ? "  所列字体一个也没有\n" : "  none of them is present\n");
}

bool layout_list_fonts(struct diag_list *d, struct arena *a, struct source_table *sources, const struct layout_options *options,
		       enum diag_lang lang, struct buf *out)
{
	struct font_catalogue *f = fonts_open(d, a, sources, options);

	for (const struct font_role *r = f ? f->roles : NULL; r; r = r->next)
		tell_role(r, lang, out);
	return f != NULL;
}
