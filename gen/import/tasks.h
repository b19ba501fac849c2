/* tasks: a table of tasks (records/schema/tasks.rng) from its cells: <tasks> and the notes below it.
 * Takes: a sheet. Gives: paragraphs for every cell, then the elements. The text of a row is said by columns. Kinds that hold such
 * a table share it. */
#ifndef GEN_IMPORT_TASKS_H
#define GEN_IMPORT_TASKS_H

#include "import/kinds.h"
#include "import/sheet.h"

/* Paragraphs of a cell. */
struct piece {
	uint32_t first, n;
};

struct tasks {
	struct sheet s;
	struct piece *pieces;  /* by cell of the table */
	size_t n_above, below; /* paragraphs above the table; first one below it */
	struct str theme;      /* name of the open theme, as its cell says it; empty: none is open */
	bool open;
};

/* Every cell becomes paragraphs of ps, whose plain text is the sheet's from now on. False when there is no table. */
bool tasks_read(struct arena *a, const struct plain *plain, struct report *r, struct paras *ps, struct tasks *out);
/* The same for a sheet that was read already (out->s) and whose plain text is that of ps. */
void tasks_add(struct arena *a, struct report *r, struct paras *ps, struct tasks *out);
/* <tasks> */
void tasks_write(struct work *k, struct tasks *o);
/* <notes> of paragraphs [from, to); nothing when there are none. */
void tasks_write_notes(struct work *k, size_t from, size_t to);
/* Paragraphs [from, to), an element each. */
void tasks_write_paras(struct work *k, const char *name, size_t from, size_t to);

#endif
