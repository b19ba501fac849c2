/* normalise: punctuation of Chinese text brought to the widths that GB/T 15834 and GB/T 15835 want, when the clerk asks for it: half-width
 * , : ; ! ? ( ) . between ideographs become full-width, straight double quotes become “ ”, full-width digits and letters half-width.
 * One character for one: lines and columns stay. Numbers (1,200  10:30  2.5), addresses and Latin text are left alone. Every change is
 * listed in the report with its place. */
#ifndef GEN_IMPORT_NORMALISE_H
#define GEN_IMPORT_NORMALISE_H

#include "base/arena.h"
#include "base/buf.h"

struct normal_change {
	uint32_t off;      /* byte of the new text */
	uint32_t from, to; /* characters */
};

struct normal {
	struct str text;
	struct normal_change *changes;
	size_t n;
};

/* text: valid UTF-8. */
void normalise(struct arena *a, struct str text, struct normal *out);

#endif
