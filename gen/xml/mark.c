/* mark: makes the borders and origins of text survive libxslt, and counts what a stylesheet makes.
 * libxslt joins neighbouring texts of a result and does not say where they come from. So each
 * instruction that makes text is put into an instruction of our own, which notes what is being
 * selected (wrapper.c). The wrappers are dissolved when
 * the result is read; where only a string is wanted (attributes, messages) none are set, the
 * bytes are counted all the same. */
#include "xml/sheet.h"

#include "base/mem.h"

#define LITERAL_MIN 64 /* bytes; shorter literals are held by the limit on instructions */

xmlNodePtr sheet_new(xmlNodePtr like, const char *name)
{
	xmlNodePtr n = xmlNewDocNode(like->doc, like->ns, BAD_CAST name, NULL);

	if (!n)
		mem_die(0);
	n->_private = like->_private;
	n->line = like->line;
	return n;
}

void sheet_set(xmlNodePtr n, xmlNsPtr ns, const char *name, const char *value)
{
	if (!xmlSetNsProp(n, ns, BAD_CAST name, BAD_CAST value))
		mem_die(0);
}

void sheet_add(xmlNodePtr parent, xmlNodePtr child)
{
	if (!xmlAddChild(parent, child))
		mem_die(0);
}

/* The prefix g.at, declared on the root as one of extension elements. */
static xmlNsPtr at_ns(xmlDocPtr doc)
{
	xmlNodePtr root = xmlDocGetRootElement(doc);
	xmlNsPtr ns = root->nsDef;

	while (ns && !xmlStrEqual(ns->href, BAD_CAST AT_URI))
		ns = ns->next;
	if (ns)
		return ns;
	ns = xmlNewNs(root, BAD_CAST AT_URI, BAD_CAST AT_PREFIX);
	if (!ns)
		mem_die(0);
	sheet_set(root, NULL, "extension-element-prefixes", AT_PREFIX);
	return ns;
}

static size_t add_wrapper(struct xml_sheet *s, struct wrapper w)
{
	ARENA_GROW(s->arena, s->wrappers, s->n_wrappers, s->cap_wrappers, 64);
	s->wrappers[s->n_wrappers] = w;
	return s->n_wrappers++;
}

/* <t n="number of the wrapper"/> */
xmlNodePtr sheet_wrapper(struct xml_sheet *s, xmlNodePtr like, struct wrapper w)
{
	xmlNodePtr t = xmlNewDocNode(like->doc, at_ns(like->doc), BAD_CAST WRAPPER, NULL);

	if (!t)
		mem_die(0);
	t->_private = like->_private;
	t->line = like->line;
	sheet_set(t, NULL, "n", arena_printf(s->arena, "%zu", add_wrapper(s, w)));
	return t;
}

/* ---- what is selected ---- */

/* "f( x )" -> "x" when the bracket closed at the end is the one opened first. */
static bool unwrap(struct str *select, const char *function)
{
	size_t depth = 0, n = strlen(function), i = n;
	struct str s = str_trim(*select);

	if (!str_starts(s, str_of(function)))
		return false;
	while (i < s.n && s.p[i] == ' ')
		i++;
	if (i >= s.n || s.p[i] != '(')
		return false;
	for (size_t at = i; at < s.n; at++) {
		if (s.p[at] == '\'' || s.p[at] == '"') {
			const char *quote = memchr(s.p + at + 1, s.p[at], s.n - at - 1);

			if (!quote)
				return false;
			at = (size_t)(quote - s.p);
		} else if (s.p[at] == '(') {
			depth++;
		} else if (s.p[at] == ',' && depth == 1) {
			return false;
		} else if (s.p[at] == ')' && --depth == 0) {
			*select = str_trim(str_sub(s, i + 1, at));
			return at + 1 == s.n && select->n > 0;
		}
	}
	return false;
}

/* The nodes whose text an expression shows: through string() and normalize-space(). */
static const char *text_source(struct arena *a, struct str select)
{
	struct str inner = select;

	while (unwrap(&inner, "normalize-space") || unwrap(&inner, "string"))
		select = inner;
	return arena_copy(a, select.p, select.n);
}

/* Whether select may give attributes: these must reach the element outside of the wrapper. */
static bool may_be_attributes(struct str select)
{
	struct str s = str_trim(select);

	return memchr(s.p, '@', s.n) || memchr(s.p, '$', s.n) || str_find(s, STR("attribute::")) != SIZE_MAX ||
	       str_find(s, STR("current")) != SIZE_MAX || str_find(s, STR("self::")) != SIZE_MAX || str_is(s, ".");
}

/* ---- wrapping ---- */

static void wrap(struct xml_sheet *s, xmlNodePtr n, struct wrapper w)
{
	xmlNodePtr t = sheet_wrapper(s, n, w);

	xmlReplaceNode(n, t);
	sheet_add(t, n);
}

static struct str select_of(xmlNodePtr n)
{
	return xml_value(n->_private, "select");
}

static void wrap_value_of(struct xml_sheet *s, xmlNodePtr n)
{
	struct str select = select_of(n);
	const char *source = text_source(s->arena, select);

	wrap(s, n, (struct wrapper){.kind = MARK_TEXT, .select = source, .whole = str_is(select, source)});
}

/* <choose><when test="attributes(S)"><copy-of/></when><otherwise><t><copy-of/></t></otherwise></choose> */
static void wrap_copy_of(struct xml_sheet *sheet, xmlNodePtr n)
{
	struct str select = select_of(n);
	struct arena *a = sheet->arena;
	const char *s = arena_copy(a, select.p, select.n);
	xmlNodePtr choose, when, otherwise, copy;

	if (!may_be_attributes(select)) {
		wrap(sheet, n, (struct wrapper){.kind = MARK_NODES, .select = s});
		return;
	}
	choose = sheet_new(n, "choose");
	when = sheet_new(n, "when");
	otherwise = sheet_new(n, "otherwise");
	copy = sheet_new(n, "copy-of");
	xmlReplaceNode(n, choose);
	at_ns(n->doc);
	sheet_set(when, NULL, "test", arena_printf(a, AT_PREFIX ":attributes(%s)", s));
	sheet_set(copy, NULL, "select", s);
	sheet_add(choose, when);
	sheet_add(when, copy);
	sheet_add(choose, otherwise);
	sheet_add(otherwise, n);
	wrap(sheet, n, (struct wrapper){.kind = MARK_NODES, .select = s});
}

/* xsl:copy of a text is value-of; for all else it stays. */
static void wrap_copy(struct xml_sheet *s, xmlNodePtr n)
{
	xmlNodePtr choose = sheet_new(n, "choose"), when = sheet_new(n, "when"), value = sheet_new(n, "value-of"),
		   otherwise = sheet_new(n, "otherwise"), 
		   t = sheet_wrapper(s, n, (struct wrapper){.kind = MARK_TEXT, .select = ".", .whole = true});

	xmlReplaceNode(n, choose);
	sheet_set(when, NULL, "test", "self::text()");
	sheet_set(value, NULL, "select", ".");
	sheet_add(choose, when);
	sheet_add(when, t);
	sheet_add(t, value);
	sheet_add(choose, otherwise);
	sheet_add(otherwise, n);
}

/* ---- counting ---- */

/* <if test="call"/> before n: the call counts and is false. */
static void count_before(xmlNodePtr n, xmlNodePtr xsl, const char *call)
{
	xmlNodePtr test = xmlNewDocNode(n->doc, xsl->ns, BAD_CAST "if", NULL);

	if (!test)
		mem_die(0);
	at_ns(n->doc);
	test->_private = n->type == XML_ELEMENT_NODE ? n->_private : n->parent->_private;
	test->line = n->type == XML_ELEMENT_NODE ? n->line : n->parent->line;
	sheet_set(test, NULL, "test", call);
	if (!xmlAddPrevSibling(n, test))
		mem_die(0);
}

static void count_literal(struct arena *a, xmlNodePtr n, xmlNodePtr xsl)
{
	int length = xmlStrlen(n->content);

	if (length >= LITERAL_MIN)
		count_before(is_xsl(n->parent, "text") ? n->parent : n, xsl,
			     arena_printf(a, AT_PREFIX ":bytes(%d)", length));
}

/* xsl:number looks at all nodes before, out of sight of every other limit. */
static void count_number(xmlNodePtr n)
{
	if (xml_attr(n->_private, "value"))
		return;
	count_before(n, n, str_is(xml_value(n->_private, "level"), "any") ? AT_PREFIX ":number(1)" :
									     AT_PREFIX ":number(0)");
}

/* "{expr}" -> "{string(expr)}", which counts. */
static void count_template(struct arena *a, xmlNodePtr n, const struct xml_attr *attr, xmlNsPtr ns)
{
	struct str v = attr->value;
	struct buf out = {NULL, 0, 0};
	size_t end;

	for (size_t i = 0; i < v.n; i++) {
		buf_char(&out, v.p[i]);
		if ((v.p[i] == '{' || v.p[i] == '}') && i + 1 < v.n && v.p[i + 1] == v.p[i]) {
			buf_char(&out, v.p[i++]);
		} else if (v.p[i] == '{' && (end = brace_end(v, i + 1)) != SIZE_MAX) {
			buf_puts(&out, AT_PREFIX ":string(");
			buf_str(&out, str_sub(v, i + 1, end));
			buf_char(&out, ')');
			i = end - 1;
		}
	}
	at_ns(n->doc);
	buf_char(&out, 0);
	sheet_set(n, ns, arena_copy(a, attr->name.p, attr->name.n), out.p);
	buf_free(&out);
}

static void count_literal_element(struct arena *a, xmlNodePtr n, xmlNodePtr xsl)
{
	size_t length = 0;

	for (xmlAttrPtr at = n->properties; at; at = at->next) {
		const struct xml_attr *attr = at->_private;

		if (!attr)
			continue;
		length += attr->value.n;
		if (memchr(attr->value.p, '{', attr->value.n) && !str_is(attr->ns, XSL_URI))
			count_template(a, n, attr, at->ns);
	}
	if (length >= LITERAL_MIN)
		count_before(n, xsl, arena_printf(a, AT_PREFIX ":bytes(%zu)", length));
}

/* ---- a whole file ---- */

/* Only the string of what stands in these is taken. */
static bool in_string(const xmlNode *n)
{
	for (; n && n->type == XML_ELEMENT_NODE; n = n->parent)
		if (is_xsl(n, "attribute") || is_xsl(n, "comment") || is_xsl(n, "processing-instruction") ||
		    is_xsl(n, "message"))
			return true;
	return false;
}

static void mark_string(struct arena *a, xmlNodePtr n)
{
	struct str select = select_of(n);

	if (is_xsl(n, "value-of") && select.n) {
		at_ns(n->doc);
		sheet_set(n, NULL, "select", arena_printf(a, AT_PREFIX ":string(%.*s)", STR_ARG(select)));
	}
}

static void mark_one(struct xml_sheet *s, xmlNodePtr n, xmlNodePtr root)
{
	struct arena *a = s->arena;

	if (n->type == XML_TEXT_NODE) {
		count_literal(a, n, root);
		return;
	}
	if (!is_xsl(n, NULL)) {
		count_literal_element(a, n, root);
		return;
	}
	if (is_xsl(n, "number"))
		count_number(n);
	if (in_string(n))
		mark_string(a, n);
	else if (is_xsl(n, "value-of"))
		wrap_value_of(s, n);
	else if (is_xsl(n, "copy-of"))
		wrap_copy_of(s, n);
	else if (is_xsl(n, "number"))
		wrap(s, n, (struct wrapper){.kind = MARK_COMPUTED});
	else if (is_xsl(n, "copy"))
		wrap_copy(s, n);
}

static bool is_content(const xmlNode *n, const xmlNode *root)
{
	return n != root && n->parent != root && n->_private &&
	       (n->type == XML_ELEMENT_NODE || n->type == XML_TEXT_NODE);
}

static void mark_file(struct xml_sheet *s, struct sheet_file *f)
{
	xmlNodePtr root = xmlDocGetRootElement(f->doc->doc), n = root, next;

	for (; n; n = next) {
		next = tree_next(root, n, n->parent == root && !is_xsl(n, NULL)); /* before n moves */
		if (is_content(n, root))
			mark_one(s, n, root);
	}
}

void sheet_mark(struct xml_sheet *s)
{
	for (size_t i = 0; i < s->n; i++)
		mark_file(s, s->files[i]);
}
