/* resolve: what resolving the declarations of a layout shares. Private to layout. */
#ifndef GEN_LAYOUT_RESOLVE_H
#define GEN_LAYOUT_RESOLVE_H

#include "layout/decl.h"

struct resolving {
	struct diag_list *d;
	struct arena *a;
	struct resolved *out;
};

/* Say that no declaration of this element has this name, with the nearest one that has. */
struct diag *decl_say_unknown(struct diag_list *d, struct arena *a, const struct layout *l, enum element_id element,
			      struct str name, struct loc loc);
void resolving_unknown(struct resolving *r, enum element_id element, struct str name, struct loc loc);
/* Resolve a style and those it is based on into out->styles; a faulty one is reported and left out. */
void style_declare(struct resolving *r, const struct decl *c);

#endif
