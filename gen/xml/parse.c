/* parse: bytes of a source -> libxml2's tree (kept for validation and transform) and our own.
 * Takes: UTF-8 bytes of the source table. Gives: exact places, one message for the first fault.
 * libxml2's own size limits are switched off (XML_PARSE_HUGE), so ours are kept in the hooks. */
#include "xml/parse.h"

#include "base/encoding.h"

#include "base/mem.h"

const struct xml_limits xml_default_limits = {
	.depth = 256,
	.bytes = (size_t)64 << 20,
	.nodes = 4000000,
	.attribute = (size_t)1 << 20,
};

enum { ATTRIBUTES_MAX = 1000 };

static void stop(struct parse *p)
{
	p->failed = true;
	xmlStopParser(p->ctxt);
}

/* text: DIAG_TWO with one %zu in each half. */
static void limit(struct parse *p, const char *text, size_t max, size_t off)
{
	if (!p->failed)
		wall_limit(p->d, loc_at(p->src, off), text, max);
	stop(p);
}

/* ---- the checks before libxml2 sees a byte ---- */

static bool refuse_encoding(struct diag_list *d, uint32_t src, struct str bytes)
{
	size_t bad;
	char text[16];

	if (bytes.n >= 2 && (memcmp(bytes.p, "\xff\xfe", 2) == 0 || memcmp(bytes.p, "\xfe\xff", 2) == 0)) {
		diag_add(d, DIAG_XML_DECLARED, loc_at(src, 0), bytes.n >= 4 && !bytes.p[2] && !bytes.p[3] ? "UTF-32" : "UTF-16", NULL);
		return true;
	}
	if (memchr(bytes.p, 0, bytes.n)) {
		const char *nul = memchr(bytes.p, 0, bytes.n), *guess = encoding_guess_wide(d->arena, bytes);
		struct loc at = loc_at(src, guess ? 0 : (size_t)(nul - bytes.p));
		guess ? diag_add(d, DIAG_XML_ENCODING, at, "0x00", guess, NULL) : diag_add(d, DIAG_XML_NUL, at, NULL);
		return true;
	}
	bad = utf8_bad(bytes);
	if (bad == SIZE_MAX)
		return false;
	snprintf(text, sizeof text, "0x%02X", (unsigned char)bytes.p[bad]);
	diag_add(d, DIAG_XML_ENCODING, loc_at(src, bad), text, encoding_guess(d->arena, bytes, bad), NULL);
	return true;
}

/* The encoding of an XML declaration, if it has one. */
static bool declared(struct str bytes, struct raw_attr *out, struct str *value)
{
	size_t at = str_starts(bytes, STR("\xef\xbb\xbf")) ? 3 : 0;

	if (!str_starts(str_sub(bytes, at, bytes.n), STR("<?xml ")) &&
	    !str_starts(str_sub(bytes, at, bytes.n), STR("<?xml\n")))
		return false;
	at += 5;
	while (raw_attr_next(bytes, &at, out)) {
		if (!str_is(out->name, "encoding"))
			continue;
		*value = str_sub(bytes, out->value, at - 1);
		return true;
	}
	return false;
}

static bool is_utf8_name(struct str s)
{
	return (s.n == 5 && strncasecmp(s.p, "utf-8", 5) == 0) ||
	       (s.n == 4 && strncasecmp(s.p, "utf8", 4) == 0);
}

static bool refuse_declared(struct diag_list *d, struct arena *a, uint32_t src, struct str bytes)
{
	struct raw_attr attr;
	struct str value;

	if (!declared(bytes, &attr, &value) || is_utf8_name(value))
		return false;
	diag_add(d, DIAG_XML_DECLARED, loc_at(src, attr.value), arena_copy(a, value.p, value.n), NULL)
		->length = (uint32_t)value.n;
	return true;
}

static size_t skip_behind(struct str bytes, size_t at, struct str end)
{
	size_t found = str_find(str_sub(bytes, at, bytes.n), end);

	return found != SIZE_MAX ? at + found + end.n : bytes.n;
}

/* Step over the tag at *at. Where its attribute number max + 1 has its value, or SIZE_MAX. */
static size_t tag_over(struct str bytes, size_t *at, size_t max)
{
	char quote = 0;
	size_t n = 0, i = *at + 1;

	for (; i < bytes.n; i++) {
		char c = bytes.p[i];
		if (quote) {
			quote = c == quote ? 0 : quote;
		} else if (c == '"' || c == '\'') {
			quote = c;
			if (++n > max)
				return i;
		} else if (c == '<' || c == '>') {
			break;
		}
	}
	*at = i;
	return SIZE_MAX;
}

/* libxml2 compares each attribute of a tag with each: a hundred thousand would take a minute. */
static bool refuse_attributes(struct diag_list *d, uint32_t src, struct str bytes, size_t max)
{
	const char *open;
	size_t over;

	for (size_t at = 0; (open = memchr(bytes.p + at, '<', bytes.n - at));) {
		at = (size_t)(open - bytes.p);
		struct str rest = str_sub(bytes, at, bytes.n);
		if (str_starts(rest, STR("<!--"))) {
			at = skip_behind(bytes, at + 4, STR("-->"));
		} else if (str_starts(rest, STR("<![CDATA["))) {
			at = skip_behind(bytes, at, STR("]]>"));
		} else if (str_starts(rest, STR("<?"))) {
			at = skip_behind(bytes, at, STR("?>"));
		} else if ((over = tag_over(bytes, &at, max)) != SIZE_MAX) {
			wall_limit(d, loc_at(src, over), DIAG_TWO("一个元素的属性 %zu 个", "%zu attributes of one element"), max);
			return true;
		}
	}
	return false;
}

static bool refuse(struct diag_list *d, struct arena *a, uint32_t src, struct str bytes,
		   const struct xml_limits *limits)
{
	if (bytes.n > limits->bytes || bytes.n > INT32_MAX) {
		wall_limit(d, loc_at(src, 0), DIAG_TWO("文件 %zu 字节", "size of %zu bytes"), limits->bytes);
		return true;
	}
	return refuse_declared(d, a, src, bytes) || refuse_encoding(d, src, bytes) ||
	       refuse_attributes(d, src, bytes, ATTRIBUTES_MAX);
}

/* ---- hooks ---- */

size_t parse_off(const struct parse *p)
{
	const xmlParserInput *in = p->ctxt->input;
	size_t off;

	if (!in)
		return p->bytes.n;
	off = (size_t)in->consumed + (size_t)(in->cur - in->base);
	return off < p->bytes.n ? off : p->bytes.n;
}

size_t parse_back(const struct parse *p, size_t at, char c)
{
	while (at > 0 && p->bytes.p[at - 1] != c)
		at--;
	return at > 0 ? at - 1 : 0;
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
		     int n_ns, const xmlChar **ns, int n_attrs, int n_default, const xmlChar **attrs)
{
	xmlParserCtxtPtr ctxt = user;
	struct parse *p = ctxt->_private;
	size_t off;

	if (p->failed) { /* a namespace fault, which does not stop libxml2 */
		xmlStopParser(ctxt);
		return;
	}
	p->start(ctxt, name, prefix, uri, n_ns, ns, n_attrs, n_default, attrs);
	p->mark = parse_off(p) + 1;
	off = parse_back(p, p->mark, '<');
	if (ctxt->node)
		ctxt->node->_private = off_ptr(off);
	for (int i = 0; i < n_attrs; i++)
		if ((size_t)(attrs[i * 5 + 4] - attrs[i * 5 + 3]) > p->limits->attribute)
			limit(p, DIAG_TWO("属性值 %zu 字节", "attribute value of %zu bytes"),
			      p->limits->attribute, off);
	if (++p->depth > p->limits->depth)
		limit(p, DIAG_TWO("元素嵌套 %zu 层", "elements nested %zu deep"), p->limits->depth, off);
	if (++p->nodes > p->limits->nodes)
		limit(p, DIAG_TWO("%zu 个节点", "%zu nodes"), p->limits->nodes, off);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	xmlParserCtxtPtr ctxt = user;
	struct parse *p = ctxt->_private;

	p->end(ctxt, name, prefix, uri);
	p->mark = parse_off(p);
	p->depth--;
}

static void on_text(void *user, const xmlChar *text, int n)
{
	xmlParserCtxtPtr ctxt = user;
	struct parse *p = ctxt->_private;
	xmlNodePtr before;

	if (n <= 0 || p->failed || !ctxt->node)
		return;
	before = ctxt->node->last;
	p->text(ctxt, text, n);
	if (ctxt->node->last == before)
		return;
	ctxt->node->last->_private = off_ptr(raw_text_start(p->bytes, p->mark));
	p->nodes++;
}

static void on_dtd(void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	xmlParserCtxtPtr ctxt = user;
	struct parse *p = ctxt->_private;
	size_t at = parse_off(p);

	(void)name, (void)external, (void)system;
	while (at > 0 && !str_starts(str_sub(p->bytes, at, p->bytes.n), STR("<!DOCTYPE")))
		at--;
	if (!p->failed)
		diag_add(p->d, DIAG_XML_DTD, loc_at(p->src, at), NULL)->length = 9;
	stop(p);
}

static void on_error(void *user, xmlErrorPtr e)
{
	xmlParserCtxtPtr ctxt = user;
	struct parse *p = ctxt->_private;

	if (e->code == XML_ERR_NO_MEMORY)
		mem_die(0);
	if (p->failed || e->level < XML_ERR_ERROR)
		return;
	/* The parser is not stopped here: libxml2 still holds pointers into its input. */
	p->failed = true;
	parse_fault(p, e);
}

static void hook(struct parse *p)
{
	xmlSAXHandlerPtr sax = p->ctxt->sax;

	p->ctxt->_private = p;
	p->start = sax->startElementNs;
	p->end = sax->endElementNs;
	p->text = sax->characters;
	sax->startElementNs = on_start;
	sax->endElementNs = on_end;
	sax->characters = on_text;
	sax->ignorableWhitespace = on_text; /* equal pointers: libxml2 then keeps all blanks */
	sax->internalSubset = on_dtd;
	sax->comment = NULL; /* text on both sides becomes one node */
	sax->processingInstruction = NULL;
	sax->serror = on_error;
}

/* ---- door ---- */

static struct str source_bytes(const struct diag_list *d, uint32_t src)
{
	const struct source *s = source_get(d->sources, src);

	return s ? s->bytes : (struct str){"", 0};
}

static void share_dict(xmlParserCtxtPtr ctxt, xmlDictPtr dict)
{
	xmlDictFree(ctxt->dict);
	ctxt->dict = dict;
	xmlDictReference(dict);
}

static xmlDocPtr parse_bytes(struct parse *p, xmlDictPtr dict)
{
	int options = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOENT | XML_PARSE_HUGE |
		      XML_PARSE_IGNORE_ENC;
	xmlDocPtr doc;

	p->ctxt = xmlNewParserCtxt();
	if (!p->ctxt)
		mem_die(0);
	if (dict)
		share_dict(p->ctxt, dict);
	hook(p);
	doc = xmlCtxtReadMemory(p->ctxt, p->bytes.p, (int)p->bytes.n, NULL, NULL, options);
	if (!p->failed && (!doc || !p->ctxt->wellFormed)) {
		p->failed = true;
		diag_add(p->d, DIAG_XML_SYNTAX, loc_at(p->src, 0), "?", NULL);
	}
	xmlFreeParserCtxt(p->ctxt);
	return doc;
}

struct xml_doc *xml_parse_raw(struct diag_list *d, struct arena *a, uint32_t src,
			      const struct xml_limits *limits, xmlDictPtr dict)
{
	struct parse p = {.d = d, .limits = limits ? limits : &xml_default_limits, .src = src};
	struct wall_state saved;
	struct xml_doc *doc;
	xmlDocPtr tree;

	p.bytes = source_bytes(d, src);
	if (refuse(d, a, src, p.bytes, p.limits))
		return NULL;
	wall_enter(&saved, NULL);
	tree = parse_bytes(&p, dict);
	wall_leave(&saved);
	if (p.failed) {
		xmlFreeDoc(tree);
		return NULL;
	}
	doc = ARENA_NEW(a, struct xml_doc);
	*doc = (struct xml_doc){.arena = a, .doc = tree, .src = src};
	parse_build(a, doc, p.bytes);
	return doc;
}

static void release(void *doc)
{
	xml_release(doc);
}

static void release_names(void *dict)
{
	xmlDictFree(dict);
}

void xml_release(struct xml_doc *doc)
{
	xmlFreeDoc(doc->doc);
	doc->doc = NULL;
}

struct xml_doc *xml_parse(struct diag_list *d, struct arena *a, uint32_t src,
			  const struct xml_limits *limits)
{
	struct xml_doc *doc = xml_parse_raw(d, a, src, limits, NULL);

	if (!doc)
		return NULL;
	/* The names of our tree stand in the library's dictionary, and stay when its own tree goes. */
	if (doc->doc->dict && xmlDictReference(doc->doc->dict) == 0)
		arena_defer(a, release_names, doc->doc->dict);
	arena_defer(a, release, doc);
	return doc;
}

const struct xml_node *xml_root(const struct xml_doc *doc)
{
	return doc->root;
}

uint32_t xml_node_count(const struct xml_doc *doc)
{
	return doc->count;
}
