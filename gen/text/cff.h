/* cff: a CFF font program rebuilt from the outlines of another (Adobe TN 5176, 5177). Private to text.
 * Slots name what goes in: glyph i of the result is the outline of slots[i].glyph, with its own or another advance. Charstrings are
 * copied as they are but for their width operand; outlines that several slots use become global subroutines. */
#ifndef GEN_TEXT_CFF_H
#define GEN_TEXT_CFF_H

#include "text/text.h"

struct cff; /* a font program being read; lives in its arena, points into the bytes */

/* NULL when the bytes are no CFF font that can be rebuilt: damaged, of another version. */
struct cff *cff_open(struct arena *a, struct str bytes);
/* Some outlines stand in subroutines: then only cff_rebuild of a desubroutinised copy is possible. */
bool cff_has_subrs(const struct cff *c);
/* False when an outline cannot be copied. name: of the font; the result is in a. */
bool cff_rebuild(struct arena *a, const struct cff *c, struct str name, const struct font_slot *slots, size_t n, struct str *out);

#endif
