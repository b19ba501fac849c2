/* source: the bytes of an input file, and places in it.
 * A loc is a source number and a byte offset; line and column are worked out only when a
 * message is printed. Owns: the bytes, for as long as the arena lives. */
#ifndef GEN_BASE_SOURCE_H
#define GEN_BASE_SOURCE_H

#include "base/arena.h"

/* A place. source 0 = nowhere; off = bytes from the start of the source. */
struct loc {
	uint32_t source;
	uint32_t off;
};

struct source {
	struct str name;  /* as the user wrote it, for messages */
	struct str bytes; /* UTF-8 */
};

struct source_table {
	struct arena *arena;
	struct source **list; /* list[0] is loc.source 1 */
	size_t n, cap;
	struct file_inputs *inputs; /* every file read on behalf of these sources is noted there (base/file.h); NULL: nobody asks */
};

void source_open(struct source_table *t, struct arena *a);
/* Add bytes (copied) and return the number for loc.source. */
uint32_t source_add(struct source_table *t, struct str name, struct str bytes);
/* The same without a copy: the bytes must live as long as the arena (as file_read's do). */
uint32_t source_borrow(struct source_table *t, struct str name, struct str bytes);
const struct source *source_get(const struct source_table *t, uint32_t source);

struct place {
	struct str name;
	size_t line, column; /* from 1; the column counts characters */
	struct str text;     /* the whole line without its end */
	size_t at;           /* byte offset of the place in text */
};

/* False when the loc is nowhere. */
bool source_place(const struct source_table *t, struct loc loc, struct place *out);

/* Place of byte `at` of a text that stands in the source from loc on: as text of XML (comments, CDATA and references
 * are understood), or as the value of the attribute whose name stands at loc. White space may have been changed or
 * left out since. loc itself when the text does not stand there. */
struct loc source_text_loc(const struct source_table *t, struct loc loc, struct str text, size_t at);

static inline struct loc loc_at(uint32_t source, size_t off)
{
	return (struct loc){source, (uint32_t)off};
}

#endif
