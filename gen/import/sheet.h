/* sheet: a table of tasks: what its columns mean, which rows are tasks, which cell stands in which column.
 * Takes the cells of a table. The header is found by its words (序号, 任务, 责任…), without one columns are guessed from what they
 * hold. A row with too few or too many cells is laid on the columns by what its cells look like. */
#ifndef GEN_IMPORT_SHEET_H
#define GEN_IMPORT_SHEET_H

#include "base/map.h"
#include "import/table.h"

enum sheet_role {
	COL_NUMBER, COL_THEME, COL_TASK, COL_GOAL, COL_MEASURE, COL_LEAD, COL_UNIT, COL_COOPERATING, COL_PERSON, COL_LEADER,
	COL_DUE, COL_PROGRESS, COL_NOTE, COL_EXTRA, COL_ROLES
};

enum { SHEET_COLUMNS = 32 };

struct sheet_column {
	enum sheet_role role;
	const struct table_cell *label; /* NULL: without a header of its own */
};

enum sheet_row_kind { ROW_ABOVE, ROW_HEADER, ROW_TASK, ROW_THEME, ROW_AGAIN, ROW_TOTAL, ROW_BELOW };

struct sheet_row {
	enum sheet_row_kind kind;
	bool odd;                 /* fewer or more cells than columns */
	const struct table_cell *cells[SHEET_COLUMNS]; /* TASK: by column; NULL: none */
};

struct sheet {
	struct table table;
	struct sheet_column columns[SHEET_COLUMNS];
	size_t n_columns;
	bool headed;              /* it has a header */
	struct sheet_row *rows;   /* one for each row of the table */
	struct map *known;        /* sheet_fit.c: texts of full rows */
};

/* The element of the record that a role stands for; the child of <columns> has the same name. */
const char *sheet_role_name(enum sheet_role role);
bool sheet_role_is_names(enum sheet_role role);
/* What a column with this header means. */
enum sheet_role sheet_role_of(struct str label);
/* 注：, 说明：…: bytes of the label with its colon; 0 when s has none. */
size_t sheet_note_label(struct str s);

/* How much the text looks like a table of tasks, 0 … 10; only its beginning is read. */
int sheet_score(struct arena *a, const struct plain *plain);
/* False when there is no table. */
bool sheet_read(struct arena *a, const struct plain *plain, struct sheet *out);

#endif
