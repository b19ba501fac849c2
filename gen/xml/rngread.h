/* rngread: what the two files that read RELAX NG share. */
#ifndef GEN_XML_RNGREAD_H
#define GEN_XML_RNGREAD_H

#include "xml/rng.h"

/* One file, or one use of it. */
struct scope {
	const struct xml_doc *doc;
	const char *url;
	struct str ns; /* from the include around it */
};

/* A define or start element. */
struct component {
	struct component *next;
	const struct xml_node *node;
	const struct scope *scope;
};

struct define {
	struct component *first, **tail;
	struct pattern *pattern;
	bool interleave, reading;
};

/* Names that an include overrides, and those around it. */
struct skip {
	struct map names;
	const struct skip *outer;
};

struct job { /* an element whose inside is still to be read */
	struct leaf *leaf;
	const struct xml_node *node;
	const struct scope *scope;
};

struct reader {
	struct grammar *g;
	const struct map *files;
	struct map defines;
	struct buf jobs; /* struct job */
	int depth;
	bool bad;
};

/* An element of RELAX NG, of this name or any (NULL). */
bool is_rng(const struct xml_node *n, const char *name);
/* The next RELAX NG element from n on. */
const struct xml_node *rng_from(const struct xml_node *n);
/* An attribute that holds for all inside: of n or the nearest around it. */
struct str rng_inherited(const struct xml_node *n, const char *name, struct str outside);
/* The name of an element or attribute pattern; *rest is what follows in it. */
struct name_class *rng_name(struct reader *r, const struct scope *s, const struct xml_node *n,
			    const struct xml_node **rest);
/* The documentation of a leaf whose pattern is n. */
void rng_document(struct reader *r, const struct xml_node *n, struct leaf *leaf);

#endif
