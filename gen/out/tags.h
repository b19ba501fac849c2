/* tags: what the files of the structure tree share. pdf_tags.c owns the tree, tag_table.c knows which heading a cell has. */
#ifndef GEN_OUT_TAGS_H
#define GEN_OUT_TAGS_H

#include "base/buf.h"
#include "list/list.h"

/* Nodes and their children: those of node i are kids[from[i]] … kids[from[i + 1] - 1]. */
struct tag_nodes {
	const struct list_node *list;
	size_t n;
	const uint32_t *kids, *from;
};

/* What all tables' cells are. */
struct tag_cells {
	uint8_t *scope;       /* by node: enum tag_scope */
	uint32_t *headers;    /* by node: where its headings begin in `named`; NULL: no table needs them */
	struct buf named;     /* uint32_t: how many, then their nodes */
	bool ids;             /* some headings are named */
};

enum tag_scope { SCOPE_NONE, SCOPE_COLUMN, SCOPE_ROW };

/* Find the headings of every table's cells. */
void tag_tables(struct tag_cells *c, struct arena *a, const struct tag_nodes *nodes);
void tag_tables_free(struct tag_cells *c);
/* A cell is a heading: marked as one, or made one because nothing else names its row. */
bool tag_is_heading(const struct tag_cells *c, size_t node);
/* Name of a heading cell: in order of the nodes. */
void tag_id(struct buf *b, uint32_t node);
/* /A and /ID of a cell. */
void tag_cell(struct buf *b, const struct tag_cells *c, const struct tag_nodes *nodes, size_t node);

#endif
