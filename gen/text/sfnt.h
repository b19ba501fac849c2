/* sfnt: the container of OpenType and TrueType fonts (OpenType 1.9, otff): directory, tables, big-endian
 * numbers. Takes the bytes of a whole file; refuses what does not hold together before a library sees it. */
#ifndef GEN_TEXT_SFNT_H
#define GEN_TEXT_SFNT_H

#include "base/arena.h"

/* Numbers at an offset; 0 beyond the end. */
uint32_t sfnt_u16(struct str s, size_t at);
int sfnt_i16(struct str s, size_t at);
uint32_t sfnt_u32(struct str s, size_t at);

/* Why face number index of this file cannot be a font for us (in two languages, for a message), or NULL: the tables we
 * need are there and inside the file. */
const char *sfnt_fault(struct arena *a, struct str file, int index);
/* A table of a face, empty when it is not there or not whole. */
struct str sfnt_table(struct str file, int index, uint32_t tag);
/* Where a face's tables are, and their sums; empty when it is not whole. */
struct str sfnt_directory(struct str file, int index);

#endif
