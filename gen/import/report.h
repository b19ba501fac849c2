/* report: what an importer had to decide, and what it left out.
 * Takes: codes of diag.def with places in the source. Gives: text for people, one line for each
 * kind of decision, and one machine-readable line for each entry left out:
 *   LINE  WORD  SENTENCE (places, when several)
 *   dropped LINE COLUMN WORD CHARACTERS
 * and one line for each decision that leaves a choice, to be edited and read again (answers.h):
 *   LINE WORD CHOICE  # others  「sample」     (LINE:COLUMN when a line has several; # answered; others, when it was an answer)
 * (delimiters and quotes of CSV count as left out, but have no such lines).
 * and, when punctuation was normalised, for each character that was changed:
 *   changed LINE COLUMN WORD FROM TO
 * LINE and COLUMN count from 1, COLUMN in characters; CHARACTERS run to the line's end, a character
 * without ink and a backslash as \u{HEX}. */
#ifndef GEN_IMPORT_REPORT_H
#define GEN_IMPORT_REPORT_H

#include "import/answers.h"

struct report_note {
	struct str sample; /* what was found; may be empty; lives as long as the report */
	uint32_t code, off;
	int choice;        /* CHOICE_NONE: there was none to make */
	bool answered;     /* not what the importer would have chosen */
	uint32_t by;       /* 1 + byte of the answers' source where the answer stands that was followed; 0: none */
};

struct report_drop {
	uint32_t code, off, n; /* bytes of the source */
};

struct report {
	struct report_note *notes;
	struct report_drop *drops; /* after report_sort: by place */
	size_t n_notes, notes_cap, n_drops, drops_cap;
	struct answers *answers; /* NULL: nobody was asked */
	struct str source;
	uint32_t *starts;        /* bytes where its lines begin */
	size_t n_starts;
	const struct normal *normal; /* changes of the punctuation; NULL: none was asked for */
};

void report_open(struct report *r);
void report_close(struct report *r);
/* What answers are about: before the first report_choose. */
void report_answers(struct report *r, struct str source, struct answers *answers);
/* The one door of decisions that leave a choice (choices.def): reports it at byte off of the source, and gives the choice: the answer
 * when there is one for this place, else `usual`. Once for each place. */
int report_choose(struct report *r, enum diag_code code, size_t off, struct str sample, int usual);
/* off: byte of the source. */
void report_note(struct report *r, enum diag_code code, size_t off, struct str sample);
void report_drop(struct report *r, enum diag_code code, size_t off, size_t n);
/* By place, drops that touch joined to one. Call before report_print and the check. */
void report_sort(struct report *r);
/* Distinct kinds of messages of a severity. */
int report_kinds(const struct report *r, enum diag_severity severity);
void report_print(const struct report *r, struct str source, struct str kind, enum diag_lang lang, struct buf *out);
/* The same as messages in JSON: every decision and remark at its own place (.other: its answer), then every entry left out.
 * idle: and every answer that had no effect. */
void report_json(const struct report *r, const struct source_table *sources, uint32_t src, enum diag_lang lang, bool idle,
                 struct buf *out);

#endif
