/* table: the table engine's own structs. Private to flow's table_*.c.
 * A table is set in parts: each part is what one page holds of it, one box of the vertical list. Rows are fetched one by one from
 * a source; only those of the part under way and the cells that reach over its end are in memory.
 * x from the table's left edge, y from a row's or part's top. */
#ifndef GEN_FLOW_TABLE_H
#define GEN_FLOW_TABLE_H

#include "flow/vlist.h"

/* Memory of a row's cells; kept by the row, by cells that reach further, by parts not yet on a page. */
struct store {
	struct arena *arena;
	int users;
};

struct store *store_new(void);
void store_keep(struct store *s);
void store_drop(struct store *s);

#define TABLE_OPEN SIZE_MAX

/* A cell on the grid. */
struct tcell {
	const struct cell *cell; /* NULL: a place that no cell fills */
	struct store *store;
	int col, colspan;
	size_t first_row, last_row; /* in table.rows; last_row = TABLE_OPEN: not yet known */
	int rows_to_come;        /* of a rowspan, below the last row fetched */
	bool is_span;            /* covers more than one row, or may */
	bool shown;              /* its content stands on an earlier part */
	struct vitem *items;     /* content */
	size_t n, cap, from;     /* from: first item not yet shown (a row cut between lines) */
	size_t *ends;            /* item index behind each of its blocks */
	int n_ends;
	uint32_t node;
};

struct trow {
	const struct row *row;
	struct store *store;
	struct tcell **starts;   /* cells that begin here, from the left */
	int n_starts;
	uint32_t node;
	emu height;              /* as of the last table_heights */
};

struct table_rows {
	struct trow *list;
	size_t n, cap;
};

struct tabling {
	struct diag_list *d;
	struct font_set *fonts;
	struct builder *b;       /* NULL for a table inside a cell */
	struct list *list;
	const struct table *table;
	struct loc loc;
	emu *x;                  /* n_columns + 1 borders of columns */
	emu left, width;         /* of the table in the body */
	uint32_t node, body;     /* of the table; of its rows */
	struct table_rows header, rows;
	struct tcell **open;     /* cell that covers column c of the next row, or NULL */
	struct tcell **spans;    /* all that cover more than one row of rows, or may */
	size_t n_spans, cap_spans;
	struct tcell continued;  /* 续表 line */
	struct store *store;     /* for the table's own life */
	const struct row *next;  /* to be fetched */
	const struct row *(*fetch)(void *user); /* further rows; NULL: follow row.next */
	void *user;
	bool first;              /* no part yet */
	bool done;               /* no row to fetch any more */
};

/* ---- table_cols.c ---- */
/* Widths of the columns -> t->x. Reports what does not fit. False after messages that stop. */
bool table_columns(struct tabling *t, struct arena *a, emu measure);

/* ---- table_set.c ---- */
/* Put the cells of a row into the grid and set their content; t->rows or t->header grows. */
bool table_add_row(struct tabling *t, struct table_rows *rows, const struct row *row);
/* Content of a cell between its columns, with a suffix behind its last paragraph when not empty. */
bool table_set_cell(struct tabling *t, struct tcell *c, struct str suffix);
/* The first n rows stand on a part: forget them, and spans that end in them. */
void table_drop_rows(struct tabling *t, size_t n);
/* No row follows: spans that are still open end with the last one. */
void table_close_spans(struct tabling *t, struct table_rows *rows);
/* Height of items from..to of a cell with its padding. */
emu tcell_height(const struct tcell *c, size_t from, size_t to);

/* ---- table_draw.c ---- */
/* What a part shows of its last row when that is cut between lines: number of items by start cell; NULL: all. */
struct cut {
	size_t *to;              /* by index into starts; items up to here */
};
/* Box of the header (if wanted), rows 0 .. n-1, of which the last is cut when cut is given. */
struct box *table_part(struct tabling *t, size_t n, const struct cut *cut, bool header, emu *height);

/* ---- table.c ---- */
/* Heights of rows 0..n-1 when a part ends behind them. Returns their sum; *lacking: what spans cut there lack for their
 * content (the last row has grown by it). */
emu table_heights(struct tabling *t, size_t n, const struct cut *cut, emu *lacking);
/* A whole table as one box: inside a cell. */
struct box *table_nested(struct diag_list *d, struct font_set *fonts, struct list *l, const struct block *block, uint32_t node,
			 emu measure, emu *height);

#endif
