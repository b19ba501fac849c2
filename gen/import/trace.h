/* trace: which place of the text each place of the record came from, so that messages about the record name the text.
 * Takes: the pieces that were written, and pairs of equal characters (said, source) in the order of what was said.
 * Gives: spans for source_derive. */
#ifndef GEN_IMPORT_TRACE_H
#define GEN_IMPORT_TRACE_H

#include "base/source.h"
#include "import/write.h"

struct trace {
	struct arena *arena;
	const struct write *w;
	size_t piece;         /* the piece under way … */
	size_t done, off;     /* … bytes of it behind us, and where the next one stands in the record */
	struct source_span *spans;
	size_t n, cap;
};

/* The pieces are put in the order of what was said. The spans go into the arena. */
void trace_open(struct trace *t, struct arena *a, struct write *w);
/* The character of n bytes at `said` stands at `source`. `said` must not go down. */
void trace_char(struct trace *t, size_t said, size_t source, size_t n);
/* Sorts the spans by their place in the record. */
void trace_close(struct trace *t);

#endif
