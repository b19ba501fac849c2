/* sense: what a record may not say although its schema allows each part of it. Private to record. */
#ifndef GEN_RECORD_SENSE_H
#define GEN_RECORD_SENSE_H

#include "record/record.h"

/* Errors: an element with breaks and without words, a time that ends before it begins (from, to; part, hour), a cell of a table of tasks without a column for it.
 * Warnings: a document that reports what is later than itself. False after errors. */
bool record_sense(struct diag_list *d, struct arena *a, const struct record *r);

#endif
