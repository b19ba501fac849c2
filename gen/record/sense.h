/* sense: what a record may not say although its schema allows each part of it. Private to record. */
#ifndef GEN_RECORD_SENSE_H
#define GEN_RECORD_SENSE_H

#include "record/record.h"

/* Errors: an element without the words that the page needs, a time that ends before it begins (from, to; part, hour), a cell of a table of tasks without a column for it.
 * Warnings: a document that reports what is later than itself. valid: by its schema; else only words are looked for.
 * False after errors. */
bool record_sense(struct diag_list *d, struct arena *a, const struct record *r, bool valid);

#endif
