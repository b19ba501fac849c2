/* frame: inlines of furniture, written in layout.xml itself: text, page-number, page-count. See decl.h. */
#include "layout/decl.h"

static struct inline_item *frame_item(struct diag_list *d, struct arena *a, const struct xml_node *n, const struct style *style)
{
	struct inline_item *i = ARENA_NEW(a, struct inline_item);

	*i = (struct inline_item){.style = style, .origin = TEXT_FURNITURE, .loc = n->loc, .layout = n->loc};
	if (n->kind == XML_TEXT) {
		i->kind = INLINE_TEXT;
		i->text = n->text;
		return n->text.n ? i : NULL;
	}
	int id = element_check(d, a, n, EL_FRAME, VOCABULARY_D);
	i->kind = id == EL_PAGE_COUNT ? INLINE_PAGE_COUNT : INLINE_PAGE_NUMBER;
	return id == EL_PAGE_NUMBER || id == EL_PAGE_COUNT ? i : NULL;
}

struct inline_item *frame_inlines(struct diag_list *d, struct arena *a, const struct decl *frame,
				  const struct style *style)
{
	struct inline_item *first = NULL, **tail = &first;

	for (const struct xml_node *n = frame->content ? frame->content->first : NULL; n; n = n->next) {
		struct inline_item *i = frame_item(d, a, n, style);
		if (!i)
			continue;
		*tail = i;
		tail = &i->next;
	}
	space_settle(a, &first);
	return first;
}
