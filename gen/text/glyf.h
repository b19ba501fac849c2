/* glyf: copies of TrueType glyphs with other advances. Private to text. */
#ifndef GEN_TEXT_GLYF_H
#define GEN_TEXT_GLYF_H

#include "text/text.h"

struct glyf_copy {
	uint32_t source;  /* glyph of the file */
	int advance;      /* font units */
};

/* The file with n more glyphs behind its own, in this order: composites of one part, so that the outline stands there once.
 * False when the tables do not allow it. */
bool glyf_append(struct arena *a, struct str file, const struct glyf_copy *copies, size_t n, struct str *out);

#endif
