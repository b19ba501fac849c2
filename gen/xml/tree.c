/* tree: questions to our own trees, and their dump.
 * Takes: trees of parse.c and result.c, read only. Gives: attributes, children, texts; text for
 * --stop and tests. */
#include "xml/xml.h"

#include "base/diag.h"

static const struct str xml_ns = {"http://www.w3.org/XML/1998/namespace", 36};

const struct xml_attr *xml_attr(const struct xml_node *n, const char *name)
{
	struct str want = str_of(name), ns = {"", 0};

	if (!n || n->kind != XML_ELEMENT)
		return NULL;
	if (str_starts(want, STR("xml:"))) {
		ns = xml_ns;
		want = str_sub(want, 4, want.n);
	}
	for (const struct xml_attr *a = n->attrs; a; a = a->next)
		if (str_eq(a->name, want) && str_eq(a->ns, ns))
			return a;
	return NULL;
}

struct str xml_value(const struct xml_node *n, const char *name)
{
	const struct xml_attr *a = xml_attr(n, name);

	return a ? a->value : (struct str){"", 0};
}

bool xml_is(const struct xml_node *n, const char *name)
{
	return n && n->kind == XML_ELEMENT && str_is(n->name, name);
}

const struct xml_node *xml_child(const struct xml_node *n, const char *name)
{
	if (!n)
		return NULL;
	for (n = n->first; n; n = n->next)
		if (xml_is(n, name))
			return n;
	return NULL;
}

const struct xml_node *xml_walk(const struct xml_node *root, const struct xml_node *n)
{
	if (n->first)
		return n->first;
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}

bool xml_calls_node_set(const struct xml_node *root)
{
	for (const struct xml_node *n = root; n; n = xml_walk(root, n))
		for (const struct xml_attr *at = n->attrs; at; at = at->next)
			if (str_find(at->value, STR("node-set")) != SIZE_MAX)
				return true;
	return false;
}

struct str xml_string(struct arena *a, const struct xml_node *n)
{
	size_t length = 0;
	char *p, *q;

	if (!n)
		return (struct str){"", 0};
	for (const struct xml_node *m = n; m; m = xml_walk(n, m))
		if (m->kind == XML_TEXT)
			length += m->text.n;
	p = q = arena_alloc(a, length + 1);
	for (const struct xml_node *m = n; m; m = xml_walk(n, m)) {
		if (m->kind != XML_TEXT || !m->text.n)
			continue;
		memcpy(q, m->text.p, m->text.n);
		q += m->text.n;
	}
	return (struct str){p, length};
}

static void dump_loc(const struct source_table *t, struct loc loc, struct loc home, struct buf *out)
{
	struct place place;

	if (!source_place(t, loc, &place)) {
		buf_puts(out, " -");
		return;
	}
	buf_char(out, ' ');
	if (loc.source != home.source) {
		/* Only the last part of the name: dumps are compared between machines. */
		size_t from = place.name.n;

		while (from > 0 && place.name.p[from - 1] != '/')
			from--;
		buf_str(out, str_sub(place.name, from, place.name.n));
		buf_char(out, ':');
	}
	buf_printf(out, "%zu:%zu", place.line, place.column);
}

static void dump_name(struct str ns, struct str name, struct str outer, struct buf *out)
{
	if (!str_eq(ns, outer)) {
		buf_char(out, '{');
		buf_str(out, ns);
		buf_char(out, '}');
	}
	buf_str(out, name);
}

static void dump_text(const struct source_table *t, const struct xml_node *n, struct loc home,
		      bool result, struct buf *out)
{
	static const char *const words[] = {"literal", "record", "computed", "builtin"};

	buf_json(out, n->text);
	dump_loc(t, n->loc, home, out);
	if (!result)
		return;
	dump_loc(t, n->layout, home, out);
	buf_printf(out, " %s", words[n->origin]);
	if (n->from)
		buf_printf(out, " #%u", n->from->number);
}

static void dump_element(const struct source_table *t, const struct xml_node *n, struct loc home,
			 bool result, int depth, struct buf *out)
{
	dump_name(n->ns, n->name, n->parent ? n->parent->ns : (struct str){"", 0}, out);
	dump_loc(t, n->loc, home, out);
	if (result)
		dump_loc(t, n->layout, home, out);
	for (const struct xml_attr *a = n->attrs; a; a = a->next) {
		buf_printf(out, "\n%*s@", depth * 2 + 2, "");
		dump_name(a->ns, a->name, (struct str){"", 0}, out);
		buf_char(out, '=');
		buf_json(out, a->value);
		dump_loc(t, a->loc, home, out);
	}
}

void xml_dump(const struct source_table *t, const struct xml_node *root, struct buf *out)
{
	const struct xml_node *n = root;
	bool result = root->layout.source != 0;
	int depth = 0;

	while (n) {
		const struct xml_node *next = xml_walk(root, n);

		buf_printf(out, "%*s", depth * 2, "");
		if (n->kind == XML_TEXT)
			dump_text(t, n, root->loc, result, out);
		else
			dump_element(t, n, root->loc, result, depth, out);
		buf_char(out, '\n');
		for (const struct xml_node *p = n; next && p != next->parent; p = p->parent)
			depth--;
		depth++;
		n = next;
	}
}
