/* made: what templates can make of an attribute's value, read without running them. Private to layout. */
#ifndef GEN_LAYOUT_MADE_H
#define GEN_LAYOUT_MADE_H

#include "layout/decl.h"

/* In a pattern: stands for whatever an expression makes. */
#define HOLE '\x01'

struct made {
	struct arena *a;
	const struct xml_node *const *roots; /* of all stylesheets: where variables are looked for */
	size_t n_roots;
	/* One value: written out in text (its place), or, text NULL, what a variable may hold, or a pattern with HOLEs. */
	void (*take)(void *user, struct str pattern, const struct xml_node *text);
	void *user;
	int depth; /* begins as zero */
};

/* An attribute's value with a HOLE for every {expression}. */
struct str made_pattern(struct arena *a, struct str value);
/* The values of an attribute that is one {expression} and nothing else. False, and nothing is told, when it is not. */
bool made_of_value(struct made *m, struct str value);
/* Of what stands in an xsl:attribute: text, choices between texts, variables. */
void made_of_content(struct made *m, const struct xml_node *n);

#endif
