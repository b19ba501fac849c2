/* sheet: a stylesheet with its imports and includes, compiled.
 * Takes: a path and the folders that may be read. Gives: a stylesheet libxslt can run, all of
 * whose nodes lead to our nodes. libxslt itself never opens a file: every href is rewritten to
 * "genpdf:N" and its loader only hands out what was loaded, checked and marked here. */
#include "xml/sheet.h"

#include <stdio.h>
#include <libxslt/documents.h>
#include <libxslt/imports.h>
#include <libxslt/xsltutils.h>

#include "base/file.h"
#include "base/mem.h"

#define FILES_MAX 200
#define CHAIN_MAX 32

static const struct xml_limits sheet_limits = {
	.depth = 200,
	.bytes = (size_t)4 << 20,
	.nodes = 65000, /* a node's number goes through libxml2's 16-bit line */
	.attribute = (size_t)64 << 10,
};

xmlNodePtr tree_next(const xmlNode *root, xmlNodePtr n, bool skip)
{
	if (n->children && !skip && n->type == XML_ELEMENT_NODE)
		return n->children;
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}

struct sheet_file *sheet_imported(const struct xml_sheet *sheet, xmlNodePtr import)
{
	xmlChar *href = xmlGetNoNsProp(import, BAD_CAST "href");
	unsigned n = 0;
	bool ok = href && sscanf((const char *)href, "genpdf:%u", &n) == 1 && n < sheet->n;

	xmlFree(href);
	return ok ? sheet->files[n] : NULL;
}

/* ---- paths ---- */

static bool is_inside(const char *real, const char *folder)
{
	size_t n = strlen(folder);

	while (n > 0 && folder[n - 1] == '/')
		n--;
	return strncmp(real, folder, n) == 0 && real[n] == '/';
}

static bool may_read(const struct xml_sheet *s, const char *real)
{
	for (int i = 0; i < s->options.n_folders; i++)
		if (is_inside(real, s->options.folders[i]))
			return true;
	return false;
}

/* ---- loading ---- */

static struct sheet_file *add_file(struct xml_sheet *s)
{
	ARENA_GROW(s->arena, s->files, s->n, s->cap, 8);
	return s->files[s->n++] = ARENA_NEW(s->arena, struct sheet_file);
}

/* A file imported twice stands in the source table once. */
static uint32_t source_of(struct xml_sheet *s, const char *real, const char *name)
{
	struct str bytes;

	for (size_t i = 0; i < s->n; i++)
		if (s->files[i]->doc && strcmp(s->files[i]->real, real) == 0)
			return s->files[i]->doc->src;
	if (!file_read(s->d, s->arena, real, FILE_LIMIT, &bytes))
		return 0;
	return source_add(s->sources, str_of(name), bytes);
}

/* libxslt tells places as file and line: let them say which file and which node. */
static void number_lines(struct sheet_file *f, size_t index)
{
	xmlNodePtr root = xmlDocGetRootElement(f->doc->doc);
	char url[32];

	snprintf(url, sizeof url, "genpdf:%zu", index);
	xmlFree((xmlChar *)f->doc->doc->URL);
	f->doc->doc->URL = xmlStrdup(BAD_CAST url);
	for (xmlNodePtr n = root; n; n = tree_next(root, n, false))
		if (n->_private)
			n->line = (unsigned short)(((struct xml_node *)n->_private)->number + 1);
}

static bool is_stylesheet(struct xml_sheet *s, const struct sheet_file *f)
{
	xmlNodePtr root = xmlDocGetRootElement(f->doc->doc);

	if (is_xsl(root, "stylesheet") || is_xsl(root, "transform"))
		return true;
	diag_add(s->d, DIAG_LAYOUT_XSLT, f->doc->root->loc,
		 DIAG_TWO("根元素应为 <xsl:stylesheet version=\"1.0\">",
			  "the root element must be <xsl:stylesheet version=\"1.0\">"), NULL);
	return false;
}

static struct sheet_file *load(struct xml_sheet *s, struct sheet_file *parent, const char *name,
			       const char *real)
{
	uint32_t src = source_of(s, real, name);
	struct sheet_file *f;
	size_t index = s->n;

	if (!src)
		return NULL;
	f = add_file(s);
	*f = (struct sheet_file){.parent = parent, .name = name, .real = real};
	f->doc = xml_parse_raw(s->d, s->arena, src, &sheet_limits, s->dict);
	if (!f->doc)
		return NULL;
	if (!is_stylesheet(s, f)) {
		xmlFreeDoc(f->doc->doc);
		f->doc = NULL;
		return NULL;
	}
	number_lines(f, index);
	for (size_t i = 0; i < index; i++)
		f->again = f->again || (s->files[i]->doc && strcmp(s->files[i]->real, real) == 0);
	return f;
}

/* ---- imports ---- */

/* The nearest name in the folder of a missing file, when it may be read. */
static const char *near_file(const struct xml_sheet *s, struct str href, const char *path)
{
	const char *folder = file_real(s->arena, file_dir(s->arena, path));

	if (folder && may_read(s, file_join(s->arena, folder, "x")) && *file_near(s->arena, path))
		return file_near(s->arena, path);
	if (!s->options.street || !str_starts(href, STR("../")))
		return "";
	path = arena_printf(s->arena, "%s/%.*s", s->options.street, (int)href.n - 3, href.p + 3);
	folder = file_real(s->arena, file_dir(s->arena, path));
	return folder && may_read(s, file_join(s->arena, folder, "x")) ? file_near(s->arena, path) : "";
}

static bool refuse_import(struct xml_sheet *s, const struct sheet_file *from, const struct xml_attr *href,
			  const char *path, const char *real)
{
	struct loc loc = href->value_loc;
	struct diag *m;
	size_t chain = 0;

	if ((real && !may_read(s, real)) || str_find(href->value, STR("://")) != SIZE_MAX) {
		m = diag_add(s->d, DIAG_LAYOUT_PATH, loc, arena_copy(s->arena, href->value.p, href->value.n), NULL);
	} else if (!real) {
		m = diag_add(s->d, DIAG_LAYOUT_FILE, loc, file_short(s->arena, path), near_file(s, href->value, path), NULL);
	} else {
		m = NULL;
		for (const struct sheet_file *f = from; f && !m; f = f->parent, chain++)
			if (strcmp(f->real, real) == 0)
				m = diag_add(s->d, DIAG_LAYOUT_CYCLE, loc, path, NULL);
		if (!m && (chain >= CHAIN_MAX || s->n >= FILES_MAX))
			m = wall_limit(s->d, loc, DIAG_TWO("导入 %zu 个文件", "%zu imported files"), FILES_MAX);
	}
	if (m)
		m->length = (uint32_t)href->value.n;
	return m != NULL;
}

static bool follow(struct xml_sheet *s, struct sheet_file *from, xmlNodePtr import)
{
	const struct xml_attr *href = xml_attr(import->_private, "href");
	const char *path, *real;
	char uri[32];

	if (!href)
		return true; /* the check says so */
	path = file_join(s->arena, file_dir(s->arena, from->name),
			 arena_copy(s->arena, href->value.p, href->value.n));
	if (href->value.n && href->value.p[0] == '/')
		path = arena_copy(s->arena, href->value.p, href->value.n);
	real = file_real(s->arena, path);
	if (!real && s->options.street && str_starts(href->value, STR("../"))) {
		const char *there = arena_printf(s->arena, "%s/%.*s", s->options.street, (int)href->value.n - 3, href->value.p + 3);

		if ((real = file_real(s->arena, there)))
			path = there;
	}
	if (refuse_import(s, from, href, path, real))
		return false;
	snprintf(uri, sizeof uri, "genpdf:%zu", s->n);
	if (!load(s, from, file_short(s->arena, path), real))
		return false;
	if (!xmlSetNsProp(import, NULL, BAD_CAST "href", BAD_CAST uri))
		mem_die(0);
	return true;
}

static bool follow_all(struct xml_sheet *s)
{
	bool ok = true;

	for (size_t i = 0; i < s->n; i++) { /* grows while it runs */
		struct sheet_file *f = s->files[i];
		xmlNodePtr n = f->doc ? xmlDocGetRootElement(f->doc->doc)->children : NULL;

		for (; n; n = n->next)
			if (is_xsl(n, "import") || is_xsl(n, "include"))
				ok = follow(s, f, n) && ok;
	}
	return ok;
}

/* ---- compiling ---- */

static xmlDocPtr hand_out(const xmlChar *uri, xmlDictPtr dict, int options, void *user, xsltLoadType type)
{
	xsltStylesheetPtr style = user;
	const struct xml_sheet *s;
	unsigned n;

	(void)dict, (void)options;
	if (type != XSLT_LOAD_STYLESHEET || !style)
		return NULL;
	while (style->parent)
		style = style->parent;
	s = style->_private;
	if (!s || sscanf((const char *)uri, "genpdf:%u", &n) != 1 || n >= s->n || s->files[n]->taken)
		return NULL;
	s->files[n]->taken = true;
	return s->files[n]->doc->doc;
}

static const struct xml_node *node_number(const struct xml_node *root, uint32_t number)
{
	const struct xml_node *n = root;

	while (n && n->number != number)
		n = xml_walk(root, n);
	return n;
}

/* "compilation error: file genpdf:N line NUMBER element …\nwords": the first one. */
static void compile_fault(struct xml_sheet *s, struct buf *words)
{
	struct loc loc = s->files[0]->doc->root->loc;
	char *text, *at, *end;
	unsigned file, number;

	buf_char(words, 0);
	text = words->p;
	at = strstr(text, "file genpdf:");
	if (at && sscanf(at, "file genpdf:%u line %u", &file, &number) == 2 && file < s->n && number > 0) {
		const struct xml_node *n = node_number(s->files[file]->doc->root, number - 1);

		if (n)
			loc = n->loc;
		text = strchr(at, '\n') ? strchr(at, '\n') + 1 : at;
	}
	if (strncmp(text, "compilation error", 17) == 0 && strchr(text, '\n'))
		text = strchr(text, '\n') + 1;
	end = strchr(text, '\n');
	if (end)
		*end = 0;
	diag_add(s->d, DIAG_LAYOUT_XSLT, loc, *text ? xslt_words(s->arena, text) : "?", NULL);
}

static bool compile(struct xml_sheet *s)
{
	struct buf words = {NULL, 0, 0};
	struct wall_state saved;
	bool ok;

	wall_enter(&saved, &words);
	xsltSetLoaderFunc(hand_out);
	s->style = xsltNewStylesheet();
	if (!s->style)
		mem_die(0);
	s->style->_private = s;
	s->files[0]->taken = true;
	ok = xsltParseStylesheetUser(s->style, s->files[0]->doc->doc) == 0 && s->style->errors == 0;
	wall_leave(&saved);
	s->files[0]->taken = s->style->doc != NULL; /* after some errors libxslt lets go of it */
	if (!ok)
		compile_fault(s, &words);
	buf_free(&words);
	return ok;
}

static void free_sheet(void *sheet)
{
	struct xml_sheet *s = sheet;

	for (size_t i = 0; i < s->n_wrappers; i++) {
		xmlXPathFreeCompExpr(s->wrappers[i].compiled);
		xmlFree(s->wrappers[i].namespaces);
	}
	if (s->style)
		xsltFreeStylesheet(s->style);
	for (size_t i = 0; i < s->n; i++)
		if (s->files[i]->doc && !s->files[i]->taken)
			xmlFreeDoc(s->files[i]->doc->doc);
	xmlDictFree(s->dict);
}

struct xml_sheet *xml_sheet_open(struct diag_list *d, struct arena *a, struct source_table *sources,
				 const char *path, const struct xml_sheet_options *options)
{
	struct xml_sheet *s = ARENA_NEW(a, struct xml_sheet);
	const char *real = file_real(a, path);
	bool ok;

	s->arena = a;
	s->sources = sources;
	s->d = d;
	s->options = *options;
	s->dict = xmlDictCreate();
	if (!s->dict)
		mem_die(0);
	arena_defer(a, free_sheet, s);
	ok = load(s, NULL, path, real ? real : path) && follow_all(s);
	if (!sheet_check(d, s, ok) || !ok)
		return NULL;
	sheet_mark(s);
	sheet_builtin(s);
	return compile(s) ? s : NULL;
}
