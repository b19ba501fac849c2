/* schema: RELAX NG, the contract of a record.
 * Takes: a grammar file with its includes (from its own folder and below only). Gives: libxml2's yes or no for a
 * record; on no the walker's messages, or libxml2's first complaint where it finds nothing; the walker's yes or no for a
 * record whose elements hold too many. libxml2 opens no file: each is read, checked and handed to it here. */
#include "xml/wall.h"

#include <libxml/relaxng.h>
#include <libxml/uri.h>
#include <libxml/xmlIO.h>

#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"
#include "xml/rng.h"
#include "xml/walker.h"

/* libxml2 asks the file system for every URL before it asks us: one below a device is never there. */
#define URL_HEAD "/dev/null/"

struct xml_schema {
	struct arena *arena;
	const char *folder, *real; /* of the main file: as written, canonical */
	xmlRelaxNGPtr rng;
	struct map files; /* URL -> struct xml_doc */
	const char *url;  /* of the main file */
	struct grammar *grammar; /* for the walker, when read; NULL: it cannot */
	bool read;
	size_t parts; /* elements of all files */
	struct source_table sources;     /* the grammar's files */
	struct diag_list faults;
};

/* libxml2's entity loader has no user data: the schema being read on this thread. */
static _Thread_local struct xml_schema *loading;

/* ---- loading ---- */

/* The path behind URL_HEAD, or NULL when it leads out of the schema's folder. */
static const char *path_of(struct xml_schema *s, const char *url)
{
	char *name;
	const char *path, *real;
	size_t n = strlen(s->real);

	if (strncmp(url, URL_HEAD, strlen(URL_HEAD)) != 0)
		return NULL;
	name = xmlURIUnescapeString(url + strlen(URL_HEAD), 0, NULL);
	if (!name)
		mem_die(0);
	path = file_join(s->arena, s->folder, name);
	xmlFree(name);
	real = file_real(s->arena, path);
	return real && strncmp(real, s->real, n) == 0 && real[n] == '/' ? path : NULL;
}

static xmlParserInputPtr input_of(xmlParserCtxtPtr ctxt, const char *url, struct str bytes)
{
	xmlParserInputBufferPtr buf;
	xmlParserInputPtr in;

	buf = xmlParserInputBufferCreateMem(bytes.p, (int)bytes.n, XML_CHAR_ENCODING_NONE);
	in = buf ? xmlNewIOInputStream(ctxt, buf, XML_CHAR_ENCODING_NONE) : NULL;
	if (!in)
		mem_die(0);
	in->filename = (char *)xmlStrdup(BAD_CAST url);
	return in;
}

static xmlParserInputPtr hand_out(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
	struct xml_schema *s = loading;
	const char *path = s && url ? path_of(s, url) : NULL;
	struct xml_doc *doc;
	struct str bytes;
	uint32_t src;

	(void)id;
	if (!path) {
		if (s)
			diag_add(&s->faults, DIAG_LAYOUT_PATH, (struct loc){0, 0}, url ? url : "", NULL);
		return NULL;
	}
	if (!file_read(&s->faults, s->arena, path, xml_default_limits.bytes, &bytes))
		return NULL;
	src = source_add(&s->sources, str_of(path), bytes);
	doc = xml_parse(&s->faults, s->arena, src, NULL);
	if (!doc || !rng_form(&s->faults, xml_root(doc), &s->parts))
		return NULL;
	map_set(&s->files, str_of(url), doc);
	return input_of(ctxt, url, rng_without_loss(s->arena, xml_root(doc), bytes));
}

static const char *base_name(const char *path)
{
	return strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
}

static void on_fault(void *user, xmlErrorPtr e)
{
	struct xml_schema *s = user;
	struct str text = str_trim(str_of(e->message));

	if (e->level >= XML_ERR_ERROR && text.n)
		diag_add(&s->faults, DIAG_XML_SCHEMA, (struct loc){0, 0},
			 arena_printf(s->arena, "%s:%d: %.*s", base_name(e->file ? e->file : "?"), e->line,
				      STR_ARG(text)), NULL);
}

static void compile(struct xml_schema *s, const char *url)
{
	xmlExternalEntityLoader before = xmlGetExternalEntityLoader();
	xmlRelaxNGParserCtxtPtr ctxt;
	struct wall_state saved;

	wall_enter(&saved, NULL);
	xmlSetExternalEntityLoader(hand_out);
	loading = s;
	ctxt = xmlRelaxNGNewParserCtxt(url);
	if (!ctxt)
		mem_die(0);
	xmlRelaxNGSetParserStructuredErrors(ctxt, on_fault, s);
	s->rng = xmlRelaxNGParse(ctxt);
	xmlRelaxNGFreeParserCtxt(ctxt);
	loading = NULL;
	xmlSetExternalEntityLoader(before);
	wall_leave(&saved);
}

static void free_rng(void *rng)
{
	xmlRelaxNGFree(rng);
}

/* "file:line:column: words" of the first fault, for both languages. */
static const char *first_fault(struct xml_schema *s)
{
	struct buf out = {NULL, 0, 0};
	struct place at;
	const char *text;

	if (!s->faults.n)
		return "?";
	if (s->faults.list[0].code == DIAG_XML_SCHEMA) /* libxml2's words: on_fault */
		return s->faults.list[0].args[0];
	for (int lang = 0; lang < 2; lang++) {
		buf_char(&out, '\x1f');
		if (source_place(&s->sources, s->faults.list[0].loc, &at))
			buf_printf(&out, "%.*s:%zu:%zu: ", STR_ARG(at.name), at.line, at.column);
		diag_sentence(&s->faults.list[0], lang ? LANG_EN : LANG_ZH, &out);
	}
	text = arena_copy(s->arena, out.p, out.n);
	buf_free(&out);
	return text;
}

struct xml_schema *xml_schema_open(struct diag_list *d, struct arena *a, const char *path)
{
	struct xml_schema *s = ARENA_NEW(a, struct xml_schema);
	const char *name = base_name(path);
	xmlChar *escaped;

	s->arena = a;
	s->folder = file_dir(a, path);
	s->real = file_real(a, s->folder);
	map_open(&s->files, a);
	source_open(&s->sources, a);
	s->sources.inputs = d->sources->inputs;
	diag_open(&s->faults, a, &s->sources);
	if (!file_exists(path) || !s->real) {
		diag_add(d, DIAG_XML_SCHEMA, (struct loc){0, 0}, path,
			 DIAG_TWO("没有这个文件", "there is no such file"), NULL);
		return NULL;
	}
	escaped = xmlURIEscapeStr(BAD_CAST name, BAD_CAST "");
	if (!escaped)
		mem_die(0);
	s->url = arena_printf(a, URL_HEAD "%s", (char *)escaped);
	compile(s, s->url);
	xmlFree(escaped);
	if (s->rng)
		arena_defer(a, free_rng, s->rng);
	if (s->rng && !s->faults.n)
		return s;
	diag_add(d, DIAG_XML_SCHEMA, (struct loc){0, 0}, path, first_fault(s), NULL);
	return NULL;
}

/* ---- validating ---- */

struct first {
	struct diag_list *d;
	const char *kind;
	const struct xml_doc *doc;
	bool seen;
};

static const char *words_of(struct arena *a, const xmlError *e)
{
	const char *one = e->str1 ? e->str1 : "?", *two = e->str2 ? e->str2 : "?";
	struct str text;

	switch (e->code) {
	case XML_RELAXNG_ERR_ELEMNAME:
		return arena_printf(a, DIAG_TWO("这里应有 <%s>，实为 <%s>", "<%s> is expected here, found <%s>"), one,
				    two, one, two);
	case XML_RELAXNG_ERR_NOELEM:
		return arena_printf(a, DIAG_TWO("缺少 <%s>", "<%s> is missing"), one, one);
	case XML_RELAXNG_ERR_ELEMWRONG:
		return arena_printf(a, DIAG_TWO("<%s> 不能放在这里", "<%s> may not stand here"), one, one);
	case XML_RELAXNG_ERR_INTEREXTRA:
		return arena_printf(a, DIAG_TWO("多余的 <%s>", "<%s> is one too many"), one, one);
	case XML_RELAXNG_ERR_EXTRACONTENT:
		return arena_printf(a, DIAG_TWO("<%s> 中有多余的内容 <%s>", "<%s> has extra content: <%s>"), one, two,
				    one, two);
	case XML_RELAXNG_ERR_TEXTWRONG:
		return arena_printf(a, DIAG_TWO("<%s> 中不能直接写文字", "<%s> may not hold text"), one, one);
	case XML_RELAXNG_ERR_NOTELEM:
		return DIAG_TWO("这里应为元素，不能直接写文字", "text where an element is expected");
	case XML_RELAXNG_ERR_ATTRVALID:
		return arena_printf(a, DIAG_TWO("<%s> 缺少属性或属性的值不对",
						"an attribute of <%s> is missing or has a wrong value"), one, one);
	case XML_RELAXNG_ERR_INVALIDATTR:
		return arena_printf(a, DIAG_TWO("属性 %s 不属于 <%s> 或值不对",
						"the attribute %s does not belong to <%s> or has a wrong value"),
				    one, two, one, two);
	case XML_RELAXNG_ERR_CONTENTVALID:
		return arena_printf(a, DIAG_TWO("<%s> 的内容不对", "the content of <%s> is wrong"), one, one);
	case XML_RELAXNG_ERR_TYPEVAL:
		return arena_printf(a, DIAG_TWO("“%s”不是有效的值（类型 %s）", "\"%s\" is no valid value of type %s"), two,
				    one, two, one);
	default:
		text = str_trim(str_of(e->message));
		return text.n ? arena_copy(a, text.p, text.n) : "?";
	}
}

/* Where the first words stand that n holds itself. */
static struct loc words_loc(const struct source_table *t, const struct xml_node *n)
{
	for (const struct xml_node *m = n->first; m; m = m->next) {
		size_t at = 0;

		while (m->kind == XML_TEXT && at < m->text.n && strchr(" \t\r\n", m->text.p[at]))
			at++;
		if (m->kind == XML_TEXT && at < m->text.n)
			return xml_text_loc(t, m, at);
	}
	return n->loc;
}

/* The attribute that holds this value, or NULL. */
static const struct xml_attr *attr_of_value(const struct xml_node *n, const char *value)
{
	for (const struct xml_attr *at = n->attrs; at; at = at->next)
		if (value && str_eq(at->value, str_of(value)))
			return at;
	return NULL;
}

static struct loc place_of(const struct first *f, const xmlError *e)
{
	const xmlNode *n = e->node;
	const struct xml_attr *attr;
	bool climb = e->code == XML_RELAXNG_ERR_ATTRVALID && e->str1; /* reported at a child */

	while (n && (!n->_private || (climb && n->parent && !xmlStrEqual(n->name, BAD_CAST e->str1))))
		n = n->parent;
	if (!n || n->type == XML_DOCUMENT_NODE)
		return f->doc->root->loc;
	if (n->type == XML_ATTRIBUTE_NODE)
		return ((const struct xml_attr *)n->_private)->loc;
	if (e->code == XML_RELAXNG_ERR_INVALIDATTR && e->str1 && n->type == XML_ELEMENT_NODE) {
		attr = xml_attr(n->_private, e->str1);
		if (attr)
			return attr->loc;
	}
	if (e->code == XML_RELAXNG_ERR_TYPEVAL && n->type == XML_ELEMENT_NODE) {
		attr = attr_of_value(n->_private, e->str2);
		if (attr)
			return attr->value_loc;
	}
	if ((e->code == XML_RELAXNG_ERR_NOTELEM || e->code == XML_RELAXNG_ERR_TEXTWRONG) &&
	    n->type == XML_ELEMENT_NODE)
		return words_loc(f->d->sources, n->_private);
	return ((const struct xml_node *)n->_private)->loc;
}

static void on_invalid(void *user, xmlErrorPtr e)
{
	struct first *f = user;

	if (f->seen)
		return;
	f->seen = true;
	diag_add(f->d, DIAG_RECORD_INVALID, place_of(f, e), f->kind, words_of(f->d->arena, e), NULL);
}

/* libxml2's first complaint, where the walker has none of its own. */
static void tell_first(struct diag_list *d, const struct diag_list *quiet, const struct xml_doc *doc, const char *kind)
{
	if (quiet->n)
		diag_add(d, DIAG_RECORD_INVALID, quiet->list[0].loc, quiet->list[0].args[0], quiet->list[0].args[1],
			 NULL);
	else
		diag_add(d, DIAG_RECORD_INVALID, doc->root->loc, kind, "?", NULL);
}

struct grammar *schema_grammar(struct xml_schema *s)
{
	if (!s->read)
		s->grammar = rng_read(s->arena, &s->files, s->url);
	s->read = true;
	return s->grammar;
}

/* libxml2 compares each state with each, one for a child: time by the square of an element's children. */
#define SQUARE_MAX ((size_t)20000000)

/* The element with the most children of all when the squares of their numbers come to more than SQUARE_MAX, else NULL. */
static const struct xml_node *too_wide(const struct xml_node *root, size_t *most)
{
	const struct xml_node *widest = NULL;
	size_t squares = 0;

	*most = 0;
	for (const struct xml_node *n = root; n; n = xml_walk(root, n)) {
		size_t children = 0;

		for (const struct xml_node *k = n->first; k; k = k->next)
			children += k->kind == XML_ELEMENT;
		squares += children * children;
		if (children <= *most)
			continue;
		widest = n;
		*most = children;
	}
	return squares > SQUARE_MAX ? widest : NULL;
}

/* The walker alone, in time by the number of elements. */
static bool validate_wide(struct diag_list *d, struct xml_schema *s, struct xml_doc *doc, const struct xml_node *widest,
			  size_t most)
{
	enum verdict said = schema_grammar(s) ? walker_report(d, s->grammar, doc) : WALK_GAVE_UP;

	if (said == WALK_GAVE_UP)
		wall_limit(d, widest->loc, DIAG_TWO("一个元素里的元素 %zu 个，这个文种的规定太繁，无法查验",
						    "%zu elements in one, more than can be checked by a schema as intricate as this"),
			   most);
	return said == WALK_VALID;
}

static bool judged_valid(struct diag_list *quiet, struct xml_schema *s, struct xml_doc *doc, const char *kind)
{
	struct first f = {.d = quiet, .kind = kind, .doc = doc};
	xmlRelaxNGValidCtxtPtr ctxt;
	struct wall_state saved;
	int result;

	wall_enter(&saved, NULL);
	ctxt = xmlRelaxNGNewValidCtxt(s->rng);
	if (!ctxt)
		mem_die(0);
	xmlRelaxNGSetValidStructuredErrors(ctxt, on_invalid, &f);
	result = xmlRelaxNGValidateDoc(ctxt, doc->doc);
	xmlRelaxNGFreeValidCtxt(ctxt);
	wall_leave(&saved);
	return result == 0;
}

bool xml_validate(struct diag_list *d, struct xml_schema *s, struct xml_doc *doc, const char *kind)
{
	struct diag_list quiet;
	size_t first = d->n, most;
	const struct xml_node *widest = too_wide(doc->root, &most);

	if (widest)
		return validate_wide(d, s, doc, widest, most);
	diag_open(&quiet, d->arena, d->sources);
	if (judged_valid(&quiet, s, doc, kind))
		return true;
	if (schema_grammar(s))
		walker_report(d, s->grammar, doc);
	if (d->n == first)
		tell_first(d, &quiet, doc, kind);
	return false;
}
