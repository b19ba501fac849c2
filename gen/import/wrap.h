/* wrap: which physical lines belong to one paragraph.
 * Finds out whether a text is hard-wrapped (a line is continued where its next word would not have fitted) or has a
 * paragraph a line, takes page numbers out (reported as dropped), accepts markers by their series, and joins.
 * Takes: plain lines. Gives: paragraphs with what opens them; all kinds of documents share it. */
#ifndef GEN_IMPORT_WRAP_H
#define GEN_IMPORT_WRAP_H

#include "import/para.h"

/* True when the text is taken for hard-wrapped. */
bool wrap_join(struct arena *a, const struct plain *plain, struct report *r, struct paras *out);

#endif
