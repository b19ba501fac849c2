/* literal: the layout vocabulary inside templates, before they run. Private to layout. */
#ifndef GEN_LAYOUT_LITERAL_H
#define GEN_LAYOUT_LITERAL_H

#include "layout/decl.h"

/* For xml_sheet_options.check, with a struct layout as user: elements, attributes and values that templates write out,
 * and the names they use of declarations; those go into layout->used. False after messages. */
bool literal_check(void *user, struct diag_list *d, const struct xml_node *const *roots, size_t n);

/* A name that templates give, in which each HOLE (made.h) stands for what an expression will make. */
bool literal_matches(struct str pattern, struct str name);

#endif
