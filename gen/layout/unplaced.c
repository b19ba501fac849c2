/* unplaced: the texts of a record that reached no paragraph and are not under the layout's <omit>. See bind.h. */
#include "layout/bind.h"

/* True when the element ends the path `match`: names with "/" between, "*" for any. */
static bool path_ends(const struct xml_node *n, struct str match)
{
	while (match.n) {
		const char *slash = memrchr(match.p, '/', match.n);
		size_t from = slash ? (size_t)(slash - match.p) + 1 : 0;
		struct str name = str_sub(match, from, match.n);
		if (!n || (!str_is(name, "*") && !str_eq(n->name, name)))
			return false;
		n = n->parent;
		match.n = from ? from - 1 : 0;
	}
	return true;
}

static bool is_omitted(const struct binding *b, const struct xml_node *text)
{
	for (const struct xml_node *n = text->parent; n; n = n->parent)
		for (const struct decl *c = b->layout->decls; c; c = c->next)
			if (c->element == EL_OMIT && path_ends(n, c->name))
				return true;
	return false;
}

void bind_unplaced(const struct binding *b)
{
	for (const struct xml_node *n = b->record->root; n; n = xml_walk(b->record->root, n)) {
		if (n->kind != XML_TEXT || b->placed[n->number] || !str_trim(n->text).n || is_omitted(b, n))
			continue;
		diag_add(b->d, DIAG_RECORD_UNPLACED, text_loc(b->d, n), excerpt(b->a, n->text), NULL)->length =
			(uint32_t)str_trim(n->text).n;
	}
}
