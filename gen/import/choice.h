/* choice: what a decision of an import may be answered with, by choices.def. A choice is a number from 0, as listed there; a year
 * stands for itself. Every choice has an English and a Chinese word; both are understood, whatever the language of the report. */
#ifndef GEN_IMPORT_CHOICE_H
#define GEN_IMPORT_CHOICE_H

#include "base/diag.h"

enum { CHOICE_NONE = -1, CHOICE_YEAR_LEAST = 1000, CHOICE_YEAR_MOST = 9999, CHOICE_MOST = 8 /* of one code */ };

/* Does this decision leave a choice? */
bool choice_offered(enum diag_code code);
/* CHOICE_NONE when the code has no such choice. */
int choice_find(enum diag_code code, struct str word);
void choice_put(enum diag_code code, int choice, enum diag_lang lang, struct buf *out);
/* All but one, with marks between; but CHOICE_NONE: all. */
void choice_put_others(enum diag_code code, int but, enum diag_lang lang, struct buf *out);
/* All but one, in English, NULL behind the last. */
void choice_list_others(enum diag_code code, int but, const char *out[CHOICE_MOST + 1]);

#endif
