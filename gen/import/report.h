/* report: what an importer had to decide, and what it left out.
 * Takes: codes of diag.def with places in the source. Gives: text for people, one line for each
 * kind of decision, and one machine-readable line for each entry left out:
 *   LINE  WORD  SENTENCE (places, when several)
 *   dropped LINE COLUMN WORD CHARACTERS
 * (delimiters and quotes of CSV count as left out, but have no such lines).
 * LINE and COLUMN count from 1, COLUMN in characters; CHARACTERS run to the line's end, a character
 * without ink and a backslash as \u{HEX}. */
#ifndef GEN_IMPORT_REPORT_H
#define GEN_IMPORT_REPORT_H

#include "base/diag.h"

struct report_note {
	struct str sample; /* what was found; may be empty; lives as long as the report */
	uint32_t code, off;
};

struct report_drop {
	uint32_t code, off, n; /* bytes of the source */
};

struct report {
	struct report_note *notes;
	struct report_drop *drops; /* after report_sort: by place */
	size_t n_notes, notes_cap, n_drops, drops_cap;
};

void report_open(struct report *r);
void report_close(struct report *r);
/* off: byte of the source. */
void report_note(struct report *r, enum diag_code code, size_t off, struct str sample);
void report_drop(struct report *r, enum diag_code code, size_t off, size_t n);
/* By place, drops that touch joined to one. Call before report_print and the check. */
void report_sort(struct report *r);
/* Distinct kinds of messages of a severity. */
int report_kinds(const struct report *r, enum diag_severity severity);
void report_print(const struct report *r, struct str source, struct str kind, enum diag_lang lang, struct buf *out);

#endif
