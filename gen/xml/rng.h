/* rng: a RELAX NG grammar as patterns. */
#ifndef GEN_XML_RNG_H
#define GEN_XML_RNG_H

#include "xml/pattern.h"

#define XML_NS "http://www.w3.org/XML/1998/namespace"

/* files: URL -> struct xml_doc, the grammar with all it includes, which libxml2 has accepted. NULL where the
 * grammar uses what is not read here: externalRef, grammars in grammars, xml:base. */
struct grammar *rng_read(struct arena *a, const struct map *files, const char *url);

/* Whether a grammar file may be shown to libxml2; else a message in d. total: elements of all files so far. */
bool rng_form(struct diag_list *d, const struct xml_node *root, size_t *total);
/* The bytes of the file as libxml2 gets them: an interleave that says nothing or allows nothing is a group there, which means the same.
 * (libxml2 2.9 simplifies both away, and the tables it has made for the interleave are never freed.) Offsets stay. */
struct str rng_without_loss(struct arena *a, const struct xml_node *root, struct str bytes);

#endif
