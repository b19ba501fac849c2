/* mark: makes the borders and origins of text survive libxslt.
 * libxslt joins neighbouring texts of a result and does not say where they come from. So each
 * instruction that makes text is put into an element of our own, whose attribute n calls a function
 * that notes what is being selected (mark numbers, see run.h). The wrappers are dissolved when
 * the result is read; where only a string is wanted (attributes, messages) none are set. */
#include "xml/sheet.h"

#include "base/map.h"
#include "base/mem.h"

static xmlNodePtr new_xsl(xmlNodePtr like, const char *name)
{
	xmlNodePtr n = xmlNewDocNode(like->doc, like->ns, BAD_CAST name, NULL);

	if (!n)
		mem_die(0);
	n->_private = like->_private;
	n->line = like->line;
	return n;
}

static void set_attr(xmlNodePtr n, xmlNsPtr ns, const char *name, const char *value)
{
	if (!xmlNewNsProp(n, ns, BAD_CAST name, BAD_CAST value))
		mem_die(0);
}

static void add_child(xmlNodePtr parent, xmlNodePtr child)
{
	if (!xmlAddChild(parent, child))
		mem_die(0);
}

/* <t n="{function(select)}"/> */
static xmlNodePtr new_wrapper(struct arena *a, xmlNodePtr like, const char *function, const char *select)
{
	xmlNodePtr t = xmlNewDocNode(like->doc, NULL, BAD_CAST "t", NULL);
	xmlNsPtr ns = t ? xmlNewNs(t, BAD_CAST AT_URI, BAD_CAST "g.at") : NULL;

	if (!ns)
		mem_die(0);
	xmlSetNs(t, ns);
	t->_private = like->_private;
	t->line = like->line;
	set_attr(t, ns, "n", arena_printf(a, "{g.at:%s(%s)}", function, select));
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

static xmlNodePtr wrap(struct arena *a, xmlNodePtr n, const char *function, const char *select)
{
	xmlNodePtr t = new_wrapper(a, n, function, select);

	xmlReplaceNode(n, t);
	add_child(t, n);
	return t;
}

static struct str select_of(xmlNodePtr n)
{
	return xml_value(n->_private, "select");
}

/* <choose><when test="attributes(S)"><copy-of/></when><otherwise><t><copy-of/></t></otherwise></choose> */
static void wrap_copy_of(struct arena *a, xmlNodePtr n)
{
	struct str select = select_of(n);
	const char *s = arena_copy(a, select.p, select.n);
	xmlNodePtr choose, when, otherwise, copy;

	if (!may_be_attributes(select)) {
		wrap(a, n, "nodes", s);
		return;
	}
	choose = new_xsl(n, "choose");
	when = new_xsl(n, "when");
	otherwise = new_xsl(n, "otherwise");
	copy = new_xsl(n, "copy-of");
	xmlReplaceNode(n, choose);
	if (!xmlNewNs(choose, BAD_CAST AT_URI, BAD_CAST "g.at"))
		mem_die(0);
	set_attr(when, NULL, "test", arena_printf(a, "g.at:attributes(%s)", s));
	set_attr(copy, NULL, "select", s);
	add_child(choose, when);
	add_child(when, copy);
	add_child(choose, otherwise);
	add_child(otherwise, n);
	wrap(a, n, "nodes", s);
}

/* xsl:copy of a text is value-of; for all else it stays. */
static void wrap_copy(struct arena *a, xmlNodePtr n)
{
	xmlNodePtr choose = new_xsl(n, "choose"), when = new_xsl(n, "when"), value = new_xsl(n, "value-of"),
		   otherwise = new_xsl(n, "otherwise"), t = new_wrapper(a, n, "text", ".");

	xmlReplaceNode(n, choose);
	set_attr(when, NULL, "test", "self::text()");
	set_attr(value, NULL, "select", ".");
	add_child(choose, when);
	add_child(when, t);
	add_child(t, value);
	add_child(choose, otherwise);
	add_child(otherwise, n);
}

static bool wants_string(const xmlNode *n)
{
	return is_xsl(n, "attribute") || is_xsl(n, "comment") || is_xsl(n, "processing-instruction") ||
	       is_xsl(n, "message");
}

static void mark_one(struct arena *a, xmlNodePtr n)
{
	if (is_xsl(n, "value-of"))
		wrap(a, n, "text", text_source(a, select_of(n)));
	else if (is_xsl(n, "copy-of"))
		wrap_copy_of(a, n);
	else if (is_xsl(n, "number"))
		wrap(a, n, "computed", "");
	else if (is_xsl(n, "copy"))
		wrap_copy(a, n);
}

static void mark_file(struct arena *a, struct sheet_file *f)
{
	xmlNodePtr root = xmlDocGetRootElement(f->doc->doc), n = root, next;

	for (; n; n = next) {
		bool skip = wants_string(n) || (n->parent == root && !is_xsl(n, NULL));
		next = tree_next(root, n, skip); /* before n moves */
		mark_one(a, n);
	}
}

/* ---- text that no template matches ---- */

/* The sheet that everything else overrides. */
static struct sheet_file *lowest(const struct xml_sheet *s, struct sheet_file *f, bool *imports)
{
	xmlNodePtr n = xmlDocGetRootElement(f->doc->doc)->children;

	for (; n; n = n->next) {
		struct sheet_file *to = NULL, *found;
		bool below = false;

		if (is_xsl(n, "import") || is_xsl(n, "include"))
			to = sheet_imported(s, n);
		if (!to)
			continue;
		found = lowest(s, to, &below);
		if (is_xsl(n, "import") || below) {
			*imports = true;
			return found;
		}
	}
	return f;
}

static void add_rule(struct arena *a, xmlNodePtr root, const char *uri, const char *mode)
{
	xmlNodePtr template = new_xsl(root, "template"), value = new_xsl(root, "value-of"),
		   t = new_wrapper(a, root, "builtin", ".");

	template->_private = value->_private = t->_private = NULL;
	set_attr(template, NULL, "match", "text()|@*");
	set_attr(template, NULL, "priority", "-9");
	if (*uri && !xmlNewNs(template, BAD_CAST uri, BAD_CAST "g.mode"))
		mem_die(0);
	if (*mode)
		set_attr(template, NULL, "mode", arena_printf(a, "%s%s", *uri ? "g.mode:" : "", mode));
	set_attr(value, NULL, "select", ".");
	add_child(template, t);
	add_child(t, value);
	add_child(root, template);
}

/* Note the mode of a template or apply-templates: its namespace and name. */
static void add_mode(struct arena *a, struct map *seen, xmlNodePtr root, xmlNodePtr n)
{
	struct str mode = str_trim(xml_value(n->_private, "mode"));
	const char *colon = mode.n ? memchr(mode.p, ':', mode.n) : NULL, *uri = "", *key;
	xmlNsPtr ns;

	if (colon) {
		char *prefix = arena_copy(a, mode.p, (size_t)(colon - mode.p));

		ns = xmlSearchNs(n->doc, n, BAD_CAST prefix);
		if (!ns)
			return; /* libxslt reports it */
		uri = arena_copy(a, (const char *)ns->href, strlen((const char *)ns->href));
		mode = str_sub(mode, (size_t)(colon - mode.p) + 1, mode.n);
	}
	key = arena_printf(a, "%s %.*s", uri, STR_ARG(mode));
	if (map_set(seen, str_of(key), root))
		return;
	add_rule(a, root, uri, arena_copy(a, mode.p, mode.n));
}

static void state_builtin_rules(struct xml_sheet *s)
{
	bool imports = false;
	struct sheet_file *low = lowest(s, s->files[0], &imports);
	xmlNodePtr root = xmlDocGetRootElement(low->doc->doc), top, n;
	struct map seen;

	map_open(&seen, s->arena);
	map_set(&seen, STR(" "), root);
	add_rule(s->arena, root, "", "");
	for (size_t i = 0; i < s->n; i++) {
		top = xmlDocGetRootElement(s->files[i]->doc->doc);
		for (n = top; n; n = tree_next(top, n, false))
			if ((is_xsl(n, "template") || is_xsl(n, "apply-templates")) && n->_private &&
			    xml_attr(n->_private, "mode"))
				add_mode(s->arena, &seen, root, n);
	}
}

void sheet_mark(struct xml_sheet *s)
{
	for (size_t i = 0; i < s->n; i++)
		mark_file(s->arena, s->files[i]);
	state_builtin_rules(s);
}
