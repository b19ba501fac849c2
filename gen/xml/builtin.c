/* builtin: the rules for text that no template matches, stated so that their text can be told.
 * Takes: all files of a stylesheet, loaded. Gives: one template per mode in the sheet that everything
 * else overrides, with the lowest priority: what libxslt would do by itself, but marked. */
#include "xml/sheet.h"

#include "base/map.h"
#include "base/mem.h"

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

static void add_rule(struct xml_sheet *s, xmlNodePtr root, const char *uri, const char *mode)
{
	xmlNodePtr template = sheet_new(root, "template"), value = sheet_new(root, "value-of"),
		   t = sheet_wrapper(s, root, (struct wrapper){.kind = MARK_BUILTIN, .select = ".", .whole = true});

	template->_private = value->_private = t->_private = NULL;
	sheet_set(template, NULL, "match", "text()|@*");
	sheet_set(template, NULL, "priority", "-9");
	if (*uri && !xmlNewNs(template, BAD_CAST uri, BAD_CAST "g.mode"))
		mem_die(0);
	if (*mode)
		sheet_set(template, NULL, "mode", arena_printf(s->arena, "%s%s", *uri ? "g.mode:" : "", mode));
	sheet_set(value, NULL, "select", ".");
	sheet_add(template, t);
	sheet_add(t, value);
	sheet_add(root, template);
}

/* Note the mode of a template or apply-templates: its namespace and name. */
static void add_mode(struct xml_sheet *s, struct map *seen, xmlNodePtr root, xmlNodePtr n)
{
	struct arena *a = s->arena;
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
	add_rule(s, root, uri, arena_copy(a, mode.p, mode.n));
}

void sheet_builtin(struct xml_sheet *s)
{
	bool imports = false;
	struct sheet_file *low = lowest(s, s->files[0], &imports);
	xmlNodePtr root = xmlDocGetRootElement(low->doc->doc), top, n;
	struct map seen;

	map_open(&seen, s->arena);
	map_set(&seen, STR(" "), root);
	add_rule(s, root, "", "");
	for (size_t i = 0; i < s->n; i++) {
		top = xmlDocGetRootElement(s->files[i]->doc->doc);
		for (n = top; n; n = tree_next(top, n, false))
			if ((is_xsl(n, "template") || is_xsl(n, "apply-templates")) && n->_private &&
			    xml_attr(n->_private, "mode"))
				add_mode(s, &seen, root, n);
	}
}
