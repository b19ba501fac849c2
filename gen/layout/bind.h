/* bind: what binding and the search for unplaced text share. Private to layout. */
#ifndef GEN_LAYOUT_BIND_H
#define GEN_LAYOUT_BIND_H

#include "layout/decl.h"

struct binding {
	struct diag_list *d;
	struct arena *a;
	const struct layout *layout;
	const struct record *record;
	struct resolved r;
	uint8_t *placed; /* by number of the record's node */
};

/* Report every text of the record that is neither placed nor omitted on purpose. */
void bind_unplaced(const struct binding *b);

#endif
