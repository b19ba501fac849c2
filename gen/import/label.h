/* label: lead-ins ended by a colon: who is responsible, to whom it is sent, what is attached.
 * Closed lists; a colon may be full or half width. Gives the lead-in as written and its role in the record's words. */
#ifndef GEN_IMPORT_LABEL_H
#define GEN_IMPORT_LABEL_H

#include "base/str.h"

enum label_kind { LABEL_RESPONSIBLE, LABEL_TO, LABEL_ATTACHMENT };

struct label {
	enum label_kind kind;
	const char *role;  /* value of @role; NULL for an attachment note */
	bool person;       /* names people, not units */
	size_t from, to;   /* bytes, the colon included, and an opening bracket before it */
};

/* The label at byte `at` of s. */
bool label_read(struct str s, size_t at, struct label *out);
/* The first label of responsibility in s from byte `at` on that stands at the start of s, behind a blank, behind a
 * sentence's end or in a bracket. */
bool label_find(struct str s, size_t at, struct label *out);
/* Does a name end as authorities and their parts do (局 委员会 办公室 科 …)? */
bool label_is_authority(struct str s);

#endif
