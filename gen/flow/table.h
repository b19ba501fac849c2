/* table: the table engine's own structs. Private to flow's table_*.c.
 * A table is set in parts: each part is what one page holds of it, one box of the vertical list. Rows are fetched one by one from
 * a source; only those of the part under way, those looked ahead for merged cells, and the cells that reach over its end are in
 * memory. x from the table's left edge, y from a row's or part's top; rules have their middle on the borders of cells. */
#ifndef GEN_FLOW_TABLE_H
#define GEN_FLOW_TABLE_H

#include "flow/vlist.h"

/* Memory of a row's cells; kept by the row, by cells that reach further, by parts not yet on a page. */
struct store_pool;
struct store {
	struct arena *arena;
	int users;
	struct store_pool *pool;
	struct store *next;      /* in the pool */
};

struct store_pool *store_pool_new(void);
void store_pool_drop(struct store_pool *p);
struct store *store_new(struct store_pool *p);
void store_keep(struct store *s);
void store_drop(struct store *s);

#define TABLE_OPEN SIZE_MAX

/* Lines, boxes and blanks of a cell. */
struct content {
	struct vitem *items;
	emu *above;              /* heights of all items before each, and of all (n + 1 of them; NULL when n is 0) */
	size_t n, cap;
	size_t *ends;            /* item index behind each of the cell's blocks */
	int n_ends;
};

/* A cell on the grid. Rows are numbered from the first below the header. */
struct tcell {
	const struct cell *cell; /* NULL: a place that no cell fills */
	struct store *store;
	int col, colspan;
	size_t first_row, last_row; /* last_row = TABLE_OPEN: not yet known */
	bool is_span;            /* covers more than one row, or may: in tabling.spans */
	bool flows;              /* too high for a page: its content goes on over the parts and is not shown again */
	bool shown;              /* it stands on an earlier part */
	struct content content;
	struct content again;    /* content with the suffix of a cut cell, once asked for (has_again) */
	bool has_again;
	size_t from, to;         /* items not shown by earlier parts; end of those of the part under way */
	uint32_t node;
};

struct trow {
	const struct row *row;
	struct store *store;
	struct tcell **starts;   /* cells that begin here, from the left */
	int n_starts;
	bool is_header;
	bool begun;              /* a part of it stands on an earlier page */
	uint32_t node;
	emu natural;             /* height that its own cells want, spans apart, of what is not yet shown */
	emu height;              /* in the part under way */
};

struct table_rows {
	struct trow *list;
	size_t n, cap;
	size_t first;            /* number of list[0] */
};

/* Rows beyond those of struct table: the next one, in memory of `a`, which lives as long as the row is needed; NULL: no more. */
struct table_feed {
	const struct row *(*next)(void *user, struct arena *a);
	void *user;
};

struct tabling {
	struct diag_list *d;
	struct font_set *fonts;
	struct builder *b;       /* NULL for a table inside a cell */
	struct list *list;
	const struct table *table;
	const struct table_feed *feed; /* may be NULL */
	struct loc loc;
	emu *x;                  /* n_columns + 1 borders of columns */
	emu left, width;         /* of the table in the body */
	emu page;                /* height of a page's body; 0 in a cell */
	uint32_t node, body;     /* of the table; of its rows */
	struct table_rows header, rows;
	struct tcell **open;     /* cell that covers column c of the next row, or NULL */
	struct tcell **spans;    /* all that cover more than one row of rows, or may, by last_row */
	size_t n_spans, cap_spans;
	struct tcell continued;  /* 续表 line */
	struct store_pool *pool;
	struct store *store;     /* for the table's own life */
	struct arena *scratch;   /* for one part */
	const struct row *next;  /* of struct table, to be fetched */
	struct edge *above;      /* a table in a cell: lower edges of the group of rows before */
	bool shrunk;             /* said: what is too wide in its cells is of that */
	bool first;              /* no part yet */
	bool done;               /* no row to fetch any more */
};

static inline emu edge_extent(const struct edge *e)
{
	return e->line == EDGE_NONE ? 0 : e->line == EDGE_DOUBLE ? 3 * e->weight : e->weight;
}

/* ---- table_cols.c ---- */
/* Widths of the columns -> t->x. Reports what does not fit. */
void table_columns(struct tabling *t, struct arena *a, emu measure);

/* ---- table_set.c ---- */
/* Set the cell's blocks between its columns. */
bool table_set_content(struct tabling *t, const struct tcell *c, struct content *out);
/* Again, with a suffix behind the last paragraph: on its last line, or when it has no room there on a line of its own. */
bool table_set_again(struct tabling *t, const struct tcell *c, struct str suffix, struct content *out);
/* The row's cells in step: their blocks get equal heights. */
void table_set_step(struct trow *r);
/* The same for what is left of a block that was cut. */
void table_restep(struct trow *r);
static inline bool tcell_in_step(const struct tcell *c)
{
	return c->cell && c->cell->in_step && !c->is_span;
}
/* Height of items from..to with the cell's padding, without what may hang below. */
emu content_height(const struct tcell *c, const struct content *k, size_t from, size_t to);
/* Height of what the cell has not shown yet; of a place without content, a line. */
emu tcell_left(const struct tabling *t, const struct tcell *c);

/* ---- table_grid.c ---- */
/* Put the cells of a row into the grid and set their content; t->rows grows. */
bool table_add_row(struct tabling *t, const struct row *row, struct store *store, bool header);
/* The next row, from the table or its feed; at the end t->done. False after messages that stop. */
bool table_fetch(struct tabling *t);
/* No row follows: spans that are still open end with the last one. */
void table_close_spans(struct tabling *t);
/* The first n rows stand on a part: forget them, and spans that end in them. */
void table_drop_rows(struct tabling *t, size_t n);
/* Natural height anew, after the row's cells changed. */
void table_measure_row(const struct tabling *t, struct trow *r);

/* ---- table_plan.c ---- */
/* Where a part ends: behind n rows, or in the last of them, between lines. */
struct plan {
	size_t n;
	bool is_cut;
	emu height;              /* of the rows */
	emu avail;               /* what the cut row may show */
	int least;               /* lines of each cut cell on both sides */
	bool force;
};

/* What a plan may do, each level more than the one before. */
enum plan_level {
	PLAN_GOOD,               /* all rules */
	PLAN_KEEPS,              /* break where rows are to be kept with the next */
	PLAN_GROW,               /* leave a part of a merged cell lower than its content: its rows grow */
	PLAN_CUT,                /* cut rows that are to stay whole */
	PLAN_LEVELS
};

/* The best end of a part in `room`; page: height for rows on an empty page; behind: height wanted below the table's last row.
 * False: none at this level. */
bool table_plan(struct tabling *t, emu room, emu page, emu behind, enum plan_level level, struct plan *out);
/* Settle row heights and the items shown for this plan; say which cut cells make their rows grow. Returns the rows' height. */
emu table_apply(struct tabling *t, const struct plan *p);
/* The applied plan stands on a page: go on behind it. */
void table_advance(struct tabling *t, const struct plan *p);
/* The least that could begin a part here, for the dump. */
emu table_least(struct tabling *t, emu page, emu behind);

/* ---- table_draw.c ---- */
/* Box of the header (if wanted) and of the rows of an applied plan. */
struct box *table_part(struct tabling *t, const struct plan *p, bool header, emu *height);
/* What the dump says of the box below its line. */
void table_part_note(struct box *b, struct str text);

/* A part under way, for the rules. */
struct drawing {
	struct tabling *t;
	struct part *part;
	struct trow **rows;
	size_t n_rows, n_header; /* rows of the part, and how many of them are the repeated header */
	bool is_cut;             /* the last row is cut */
	struct tcell **owner;    /* n_rows × n_columns */
	emu *y;                  /* n_rows + 1 borders */
	int n_columns;
};

static inline struct tcell *owner_at(const struct drawing *w, size_t row, int col)
{
	return w->owner[row * (size_t)w->n_columns + (size_t)col];
}

/* ---- table_rule.c ---- */
void table_rules(struct drawing *w);
/* table_draw.c: one rule, as a filled box. */
void part_add_rule(struct drawing *w, const struct edge *e, emu x, emu y, emu width, emu height);

/* ---- table.c ---- */
/* A table inside a cell: gives its groups of rows that no merged cell ties together to take(), one box each. */
bool table_nested(struct tabling *outer, const struct block *block, uint32_t node, emu measure,
		  void (*take)(void *user, struct box *box, emu height), void *user);
/* As table_flow in vlist.h, with rows from a feed behind those of the block. */
bool table_flow_feed(struct diag_list *d, struct font_set *fonts, struct builder *b, const struct block *block, uint32_t node,
		     struct measure m, emu body_width, const struct table_feed *feed);
/* Widths that a nested table wants at least and at most, for the column it stands in (table_cols.c). */
void table_wish(struct tabling *outer, const struct table *table, emu *least, emu *most);

#endif
