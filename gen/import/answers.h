/* answers: what a person chose instead, read from the report of an import with its last column edited:
 *   LINE WORD CHOICE   or   LINE:COLUMN WORD CHOICE
 * A # and what follows is a comment; in it 「…」, as the report prints it, says what the line was about: the answer holds for nothing
 * else. Other lines of a report are passed over. */
#ifndef GEN_IMPORT_ANSWERS_H
#define GEN_IMPORT_ANSWERS_H

#include "base/diag.h"

struct answer {
	uint32_t line, column; /* column 0: every such decision of the line */
	enum diag_code code;
	int choice;
	struct str sample;     /* 「…」, or empty */
	uint32_t off;          /* bytes of the answers' source */
	bool untouched;        /* as the importer chose by itself: its comment lists the others */
	bool used, changed;    /* changed: the place is there, but about something else */
};

struct answers {
	uint32_t src;
	struct answer *list; /* by line, code, column */
	size_t n;
};

/* False after messages: a line that is none, an unknown word, an unknown choice, two answers for one place. */
bool answers_read(struct diag_list *d, struct arena *a, const struct source_table *sources, uint32_t src, struct answers *out);
/* The first answer for a line and code; it stands before others for them. NULL: none. */
struct answer *answers_find(const struct answers *all, uint32_t line, enum diag_code code);
/* Whether an answer had no effect; *code: the message that says why. Those that nobody touched may become pointless by others. */
bool answer_is_idle(const struct answer *a, enum diag_code *code);
/* The message about each that is. */
void answers_check(struct diag_list *d, const struct answers *all);

#endif
