/* sheet_fit: which cell of a row stands in which column, judged by what cells look like. Private to sheet*.c. */
#ifndef GEN_IMPORT_SHEET_FIT_H
#define GEN_IMPORT_SHEET_FIT_H

#include "import/sheet.h"

/* Value of 1, 1., 1、, （1）; 0 when s is something else. */
int sheet_fit_number(struct str s);
/* A line that signs: a date, or an authority with one. */
bool sheet_fit_signs(struct str s);
/* Fill rows[row].cells. With as many cells as columns each stands in its own. With fewer, columns stay empty; with more, cells that
 * belong together are joined; both by what fits best. */
void sheet_fit_row(struct arena *a, struct sheet *s, size_t row);
/* Form and columns of a table without a header, from what the columns hold; first: its first row. False when it is no table. */
bool sheet_fit_guess(struct arena *a, const struct plain *plain, struct sheet *s, size_t *first);
/* Cells of most rows from row `from` on that hold more than one. */
size_t sheet_fit_width(const struct table *t, size_t from);

#endif
