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

/* Elements of one name in one place of the record have one cause: nothing places them. */
static void say_unplaced(const struct binding *b, const struct xml_node *text)
{
	const struct xml_node *in = text->parent, *around = in->parent;
	const char *cause = arena_printf(b->a, "%.*s/%.*s", around ? (int)around->name.n : 0, around ? around->name.p : "",
					 STR_ARG(in->name));

	diag_once_per(b->d, cause, DIAG_RECORD_UNPLACED, text_loc(b->d, text), excerpt(b->a, text->text), cs(b->a, in->name), NULL)
		->length = (uint32_t)str_trim(text->text).n;
}

void bind_unplaced(const struct binding *b)
{
	for (const struct xml_node *n = b->record->root; n; n = xml_walk(b->record->root, n)) {
		if (n->kind != XML_TEXT || b->placed[n->number] || !str_trim(n->text).n || is_omitted(b, n))
			continue;
		say_unplaced(b, n);
	}
}
