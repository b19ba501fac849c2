/* schema: RELAX NG, the contract of a record.
 * Takes: a grammar file with its includes (from its own folder and below only). Gives: yes or no for a
 * record, and on no a message: names the grammar does not know at all with the nearest known one,
 * else libxml2's first complaint. libxml2 opens no file: each is read, checked and handed to it here. */
#include "xml/wall.h"

#include <libxml/relaxng.h>
#include <libxml/uri.h>
#include <libxml/xmlIO.h>

#include "base/file.h"
#include "base/map.h"
#include "base/mem.h"

#define URL_HEAD "genpdf:///"
#define NAME_MAX_BYTES 60
#define UNKNOWN_MAX 50 /* messages about unknown names in one record */

struct xml_schema {
	struct arena *arena;
	const char *folder, *real; /* of the main file: as written, canonical */
	xmlRelaxNGPtr rng;
	struct map elements, attributes; /* names declared anywhere */
	struct source_table sources;     /* the grammar's files */
	struct diag_list faults;
};

/* libxml2's entity loader has no user data: the schema being read on this thread. */
static _Thread_local struct xml_schema *loading;

/* ---- names ---- */

static void add_name(struct xml_schema *s, const struct xml_node *owner, struct str name)
{
	size_t colon;

	name = str_trim(name);
	colon = str_find(name, STR(":"));
	if (colon != SIZE_MAX)
		name = str_sub(name, colon + 1, name.n);
	if (name.n)
		map_set(xml_is(owner, "element") ? &s->elements : &s->attributes, name, s);
}

static bool declares(const struct xml_node *n)
{
	return xml_is(n, "element") || xml_is(n, "attribute");
}

static void collect_names(struct xml_schema *s, const struct xml_node *root)
{
	for (const struct xml_node *n = root; n; n = xml_walk(root, n)) {
		const struct xml_node *owner = n->parent;

		if (declares(n) && xml_attr(n, "name"))
			add_name(s, n, xml_value(n, "name"));
		if (!xml_is(n, "name"))
			continue;
		while (owner && !declares(owner))
			owner = owner->parent;
		if (owner)
			add_name(s, owner, xml_string(s->arena, n));
	}
}

/* ---- loading ---- */

/* The path behind "genpdf:///…", or NULL when it leads out of the schema's folder. */
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
	if (!doc)
		return NULL;
	collect_names(s, xml_root(doc));
	return input_of(ctxt, url, bytes);
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
	map_open(&s->elements, a);
	map_open(&s->attributes, a);
	source_open(&s->sources, a);
	diag_open(&s->faults, a, &s->sources);
	if (!file_exists(path) || !s->real) {
		diag_add(d, DIAG_XML_SCHEMA, (struct loc){0, 0}, path,
			 DIAG_TWO("没有这个文件", "there is no such file"), NULL);
		return NULL;
	}
	escaped = xmlURIEscapeStr(BAD_CAST name, BAD_CAST "");
	if (!escaped)
		mem_die(0);
	compile(s, arena_printf(a, URL_HEAD "%s", (char *)escaped));
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

static struct str nearest(const struct map *names, struct str want)
{
	struct str best = {"", 0};
	int least = 3;

	for (size_t i = 0; i < names->n; i++) {
		int distance = str_distance(want, names->entries[i].key, least - 1);

		if (distance < least && is_near(want, distance)) {
			least = distance;
			best = names->entries[i].key;
		}
	}
	return best;
}

static const char *name_arg(struct arena *a, struct str name)
{
	return arena_copy(a, name.p, name.n > NAME_MAX_BYTES ? NAME_MAX_BYTES : name.n);
}

static void unknown_element(struct diag_list *d, const struct xml_schema *s, const struct xml_node *n)
{
	struct str near = nearest(&s->elements, n->name);
	const char *proposal = "";

	if (near.n)
		proposal = arena_printf(d->arena, DIAG_TWO("，是否应为 <%.*s>？", ", did you mean <%.*s>?"),
					STR_ARG(near), STR_ARG(near));
	diag_once(d, DIAG_RECORD_ELEMENT, n->loc, name_arg(d->arena, n->name), proposal, NULL)->length =
		(uint32_t)n->name.n + 1;
}

static void unknown_attr(struct diag_list *d, const struct xml_schema *s, const struct xml_node *n,
			 const struct xml_attr *attr)
{
	struct str near = nearest(&s->attributes, attr->name);
	const char *proposal = "";

	if (near.n)
		proposal = arena_printf(d->arena, DIAG_TWO("，是否应为 %.*s？", ", did you mean %.*s?"),
					STR_ARG(near), STR_ARG(near));
	diag_add(d, DIAG_RECORD_ATTRIBUTE, attr->loc, name_arg(d->arena, n->name),
		 name_arg(d->arena, attr->name), proposal, NULL)->length = (uint32_t)attr->name.n;
}

/* Names no rule knows. True when there was one. */
static bool unknown_names(struct diag_list *d, const struct xml_schema *s, const struct xml_node *root)
{
	int found = 0;

	for (const struct xml_node *n = root; n && found < UNKNOWN_MAX; n = xml_walk(root, n)) {
		if (n->kind != XML_ELEMENT)
			continue;
		if (!map_get(&s->elements, n->name)) {
			unknown_element(d, s, n);
			found++;
			continue;
		}
		for (const struct xml_attr *attr = n->attrs; attr && found < UNKNOWN_MAX; attr = attr->next) {
			if (map_get(&s->attributes, attr->name))
				continue;
			unknown_attr(d, s, n, attr);
			found++;
		}
	}
	return found > 0;
}

bool xml_validate(struct diag_list *d, struct xml_schema *s, struct xml_doc *doc, const char *kind)
{
	struct diag_list quiet;
	struct first f = {.d = &quiet, .kind = kind, .doc = doc};
	xmlRelaxNGValidCtxtPtr ctxt;
	struct wall_state saved;
	int result;

	diag_open(&quiet, d->arena, d->sources);
	wall_enter(&saved, NULL);
	ctxt = xmlRelaxNGNewValidCtxt(s->rng);
	if (!ctxt)
		mem_die(0);
	xmlRelaxNGSetValidStructuredErrors(ctxt, on_invalid, &f);
	result = xmlRelaxNGValidateDoc(ctxt, doc->doc);
	xmlRelaxNGFreeValidCtxt(ctxt);
	wall_leave(&saved);
	if (result == 0)
		return true;
	if (unknown_names(d, s, doc->root))
		return false;
	if (quiet.n)
		diag_add(d, DIAG_RECORD_INVALID, quiet.list[0].loc, quiet.list[0].args[0], quiet.list[0].args[1],
			 NULL);
	else
		diag_add(d, DIAG_RECORD_INVALID, doc->root->loc, kind, "?", NULL);
	return false;
}
