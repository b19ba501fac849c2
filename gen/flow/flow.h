/* flow: blocks -> lines -> vertical list -> pages. Hands each finished page to a callback. */
#ifndef GEN_FLOW_FLOW_H
#define GEN_FLOW_FLOW_H

#include "list/list.h"

struct flow_options {
	struct font_set *fonts;
	/* A finished page; its memory is gone after the call. False stops the flow. */
	bool (*page)(void *user, const struct list_page *p);
	void *user;
	struct buf *vlist; /* when not NULL: the vertical list is dumped here, no pages are made */
};

/* Where text says on which page something stands (doc->refs), pages are made for their numbers first, so many times at most. */
enum { FLOW_REHEARSALS = 8 };

/* False after messages or when page() stopped it. l receives structure and outline. */
bool flow_run(struct diag_list *d, const struct doc *doc, struct list *l, const struct flow_options *o);

#endif
