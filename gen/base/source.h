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

/* n bytes from off on stand in the original from byte `from` on. */
struct source_span {
	uint32_t off, n, from;
};

struct source_mark;

struct source {
	struct str name;  /* as the user wrote it, for messages */
	struct str bytes; /* UTF-8 */
	uint32_t original;               /* the source that this one was made from, or 0 */
	const struct source_span *spans; /* by off; what lies between them has no original */
	size_t n_spans;
	struct source_mark *marks;       /* index of lines, made as far as places are asked for */
	size_t n_marks, marks_cap;
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
/* The source was made by the program from another one that the user knows: its places are shown as places of that one.
 * The spans live as long as the arena. */
void source_derive(struct source_table *t, uint32_t source, uint32_t original, const struct source_span *spans, size_t n);
const struct source *source_get(const struct source_table *t, uint32_t source);

struct place {
	struct str name;
	size_t line, column; /* from 1; the column counts characters */
	struct str text;     /* the line without its end; of a very long one SOURCE_AROUND bytes on each side of the place */
	size_t at;           /* byte offset of the place in text */
	bool derived;        /* the loc stands in a source made from this one */
};

enum { SOURCE_AROUND = 4096 };

/* False when the loc is nowhere. Takes as long in a large source as in a small one, but for the first time. */
bool source_place(const struct source_table *t, struct loc loc, struct place *out);

/* Place of byte `at` of a text that stands in the source from loc on: as text of XML (comments, CDATA and references
 * are understood), or as the value of the attribute whose name stands at loc. White space may have been changed or
 * left out since. loc itself when the text does not stand there. */
struct loc source_text_loc(const struct source_table *t, struct loc loc, struct str text, size_t at);

/* The same for many bytes of one text: places that go forward are found by going on, not from the start each time. */
struct source_text {
	struct str source, text;
	struct loc loc;
	size_t from, at, i; /* where the text is looked for; byte i of it stands at `at` */
	bool cdata;
	int tried;          /* 0 as text, 1 as an attribute's value, 2 it does not stand there */
};
void source_text_open(struct source_text *r, const struct source_table *t, struct loc loc, struct str text);
struct loc source_text_at(struct source_text *r, size_t at);

static inline struct loc loc_at(uint32_t source, size_t off)
{
	return (struct loc){source, (uint32_t)off};
}

#endif
