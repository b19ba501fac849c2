/* write: record XML, indented, escaped, the same bytes for the same calls.
 * Takes: elements, attributes, text in document order. Gives: the XML and, beside it, everything that counts in the text
 * equation (element text and as-written @number @marker @label) in that order, and where each piece of it stands. */
#ifndef GEN_IMPORT_WRITE_H
#define GEN_IMPORT_WRITE_H

#include "base/buf.h"

enum { WRITE_DEPTH = 16, WRITE_COLUMNS = 32 };

/* n bytes of `said` from said on, written from byte off of the record on, escaped. */
struct write_piece {
	uint32_t said, n, off;
	int column;      /* while its row is under way: said counts in that column */
	bool attribute;
};

struct write {
	struct buf out, said;
	struct write_piece *pieces;
	size_t n_pieces, pieces_cap, row; /* row: first piece of the row under way */
	struct buf columns[WRITE_COLUMNS]; /* of the row under way */
	int column;                        /* 1 …: what is written is said there; 0: at once */
	int depth;
	struct {
		const char *name;
		bool mixed, filled; /* holds text; holds anything */
	} level[WRITE_DEPTH];
};

void write_start(struct write *w);
/* A child on a line of its own, or inside running text when its parent holds text already. */
void write_open(struct write *w, const char *name);
/* A child inside running text. */
void write_inline(struct write *w, const char *name);
/* A fact: not part of the text. Only before text and children. */
void write_fact(struct write *w, const char *name, struct str value);
/* @number, @marker, @label: as written, part of the text. */
void write_mark(struct write *w, const char *name, struct str value);
void write_text(struct write *w, struct str text);
void write_close(struct write *w);
/* A table is read by columns, whatever the order of its elements: from here on the text is of column 0 …, -1: of none. */
void write_column(struct write *w, int column);
/* The row ends: the text of its columns is said in their order. */
void write_row(struct write *w);
/* Bytes that a byte of text becomes in the record. */
size_t write_escaped(char c, bool attribute);
void write_free(struct write *w);

#endif
