/* table: the cells of a table in plain text, whatever it is about.
 * Takes plain text in one of three forms: cells between TABs, a row a line (quoted cells as in CSV); CSV (RFC 4180) with commas or
 * semicolons; the form of web pages, where a TAB opens a cell and lines without one go on with it. Gives rows of cells, each
 * with its lines. Text before and behind the table comes as rows of one cell. Delimiters stay in the text, quotes do not. */
#ifndef GEN_IMPORT_TABLE_H
#define GEN_IMPORT_TABLE_H

#include "import/plain.h"

enum table_form { TABLE_TABS, TABLE_CSV, TABLE_WEB };

struct table_cell {
	uint32_t from, to;      /* bytes of the plain text, blanks and line ends included */
	uint32_t line, n_lines; /* its lines that hold something */
};

struct table_row {
	uint32_t cell, n;
	bool opened; /* web form: a TAB opened it */
};

struct table {
	enum table_form form;
	char delimiter;
	const struct plain *plain; /* without the quotes of quoted cells */
	struct plain_line *lines;
	struct table_cell *cells;
	struct table_row *rows;
	size_t n_lines, n_cells, n_rows;
	uint32_t *quotes; /* bytes of the source: quotes that were left out */
	size_t n_quotes;
	size_t begin, end; /* bytes of the plain text that the table's text is */
};

/* delimiter: of TABS '\t', of CSV ',' or ';'; of WEB nothing. */
void table_read(struct arena *a, const struct plain *plain, enum table_form form, char delimiter, struct table *out);
/* The cell's text on its first line, trimmed; empty when it has none. */
struct str table_cell_str(const struct table *t, const struct table_cell *c);
bool table_cell_is_empty(const struct table_cell *c);
/* Cells of a row that hold something. */
size_t table_row_filled(const struct table *t, const struct table_row *r);
/* Two cells that follow each other become one, the first line of the second going on with the last of the first when `glue`:
 * its delimiter is text again. Cell `at` stays, those behind move up. */
void table_join(struct table *t, size_t row, size_t at, bool glue);
/* The table's text is from now on part of a longer one, `by` bytes behind its beginning. */
void table_move(struct table *t, const struct plain *whole, size_t by);
/* What stands in no line of a cell is syntax: delimiters and quotes are reported as dropped. */
void table_drop_syntax(const struct table *t, struct report *r);

#endif
