/* frame: inlines of furniture, written in layout.xml itself: text, page-number, page-count, running. See decl.h. */
#include "layout/decl.h"

static enum inline_kind kind_of(const struct xml_node *n)
{
	if (n->kind == XML_TEXT || xml_is(n, "draft-mark"))
		return INLINE_TEXT;
	return xml_is(n, "page-count") ? INLINE_PAGE_COUNT : xml_is(n, "running") ? INLINE_RUNNING : INLINE_PAGE_NUMBER;
}

/* — stands between the two ends of a range (custom). */
static void read_running(struct inline_item *i, const struct xml_node *n)
{
	const struct xml_attr *between = xml_attr(n, "between");
	struct str show = xml_value(n, "show");

	i->name = xml_value(n, "mark");
	i->layout = xml_attr(n, "mark") ? xml_attr(n, "mark")->value_loc : n->loc;
	i->text = between ? between->value : STR("—");
	i->show = str_is(show, "first") ? RUNNING_FIRST : str_is(show, "last") ? RUNNING_LAST : RUNNING_RANGE;
}

static struct inline_item *frame_item(struct arena *a, const struct xml_node *n, const struct style *style, struct str mark)
{
	struct inline_item *i = ARENA_NEW(a, struct inline_item);

	*i = (struct inline_item){.style = style, .origin = TEXT_FURNITURE, .loc = n->loc, .layout = n->loc};
	i->kind = kind_of(n);
	i->text = xml_is(n, "draft-mark") ? mark : n->text;
	if (i->kind == INLINE_RUNNING)
		read_running(i, n);
	return i;
}

bool frame_is_mark(const struct decl *frame)
{
	return frame->content && xml_child(frame->content, "draft-mark");
}

struct inline_item *frame_inlines(struct arena *a, const struct decl *frame, const struct style *style, struct str mark)
{
	struct inline_item *first = NULL, **tail = &first;

	for (const struct xml_node *n = frame->content ? frame->content->first : NULL; n; n = n->next) {
		*tail = frame_item(a, n, style, mark);
		tail = &(*tail)->next;
	}
	space_settle(a, &first);
	return first;
}
