/* frame: inlines of furniture, written in layout.xml itself: text, page-number, page-count. See decl.h. */
#include "layout/decl.h"

static struct inline_item *frame_item(struct arena *a, const struct xml_node *n, const struct style *style)
{
	struct inline_item *i = ARENA_NEW(a, struct inline_item);

	*i = (struct inline_item){.style = style, .origin = TEXT_FURNITURE, .loc = n->loc, .layout = n->loc};
	i->kind = n->kind == XML_TEXT ? INLINE_TEXT : xml_is(n, "page-count") ? INLINE_PAGE_COUNT : INLINE_PAGE_NUMBER;
	i->text = n->text;
	return i;
}

struct inline_item *frame_inlines(struct arena *a, const struct decl *frame, const struct style *style)
{
	struct inline_item *first = NULL, **tail = &first;

	for (const struct xml_node *n = frame->content ? frame->content->first : NULL; n; n = n->next) {
		*tail = frame_item(a, n, style);
		tail = &(*tail)->next;
	}
	space_settle(a, &first);
	return first;
}
