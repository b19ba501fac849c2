/* vlist: the vertical list: lines, rules and glue in the order they stand under each other; and the page builder
 * that takes them one by one. Private to flow. Lengths EMU; x from the left edge of the page's body. */
#ifndef GEN_FLOW_VLIST_H
#define GEN_FLOW_VLIST_H

#include "flow/flow.h"

/* The number of an item, which has a node of its own. */
struct label {
	uint32_t node;             /* 0 = none */
	const char *text;          /* of its inline */
	bool hangs;                /* it is all that stands before <hang> */
	uint32_t links;            /* nodes of the paragraph's links: a Reference and its Link for each place, 0 = none */
};

/* A paragraph set in lines. Its memory goes when its last line has been put on a page. */
struct para {
	struct arena *arena;
	int users;                 /* vitems that still need it */
	const struct style *style;
	const struct block *block; /* NULL for furniture */
	uint32_t node;
	struct label label;
	struct str title;          /* for the outline */
	struct leader *leaders;
};

/* What a leader is filled with, shaped once. */
struct leader {
	struct leader *next;
	const char *text;          /* of its inline */
	struct shaped shaped;
};

/* A line, or a line's trailer, at its place. */
struct piece {
	const struct shaped *shaped;
	const struct line *line;
	emu x;
	bool lead;               /* what the others hang from */
};

enum vitem_kind { V_LINE, V_RULE, V_BOX, V_GLUE, V_FILL };

/* Something set in one piece that knows how to put itself on a page: a part of a table. */
struct box {
	void (*place)(struct box *b, struct list_page *p, emu x, emu y); /* its top left corner */
	void (*drop)(struct box *b);
	struct str (*name)(struct box *b);                               /* what it begins with */
	void (*dump)(struct box *b, struct buf *out);                    /* lines below its own in the dump */
};

struct vitem {
	enum vitem_kind kind;
	enum break_kind before;  /* may a page begin with it (boxes only) */
	emu height;              /* from top to top of the next */
	emu tail;                /* part of height at its foot that may hang below the page's body */
	emu baseline;            /* line: from its top */
	struct para *para;       /* line */
	struct piece pieces[3]; /* what the others hang from, the text, its trailer */
	int n_pieces;
	bool first_line;         /* of its paragraph */
	bool repeat;             /* shown before on another page: furniture, not content */
	struct box *box;
	struct anchor *anchor;   /* places that are this box's, the first last; or NULL */
	emu x, width;            /* rule */
	const struct colour *colour;
	struct loc loc;
};

static inline bool vitem_is_box(const struct vitem *v)
{
	return v->kind == V_LINE || v->kind == V_RULE || v->kind == V_BOX;
}

/* ---- pages.c ---- */

struct builder;

struct builder *builder_new(struct diag_list *d, const struct doc *doc, struct list *l, const struct flow_options *o);
void builder_close(struct builder *b);
/* Pages from here on are of this master; ends the page under way. False when the page callback stopped. */
bool builder_master(struct builder *b, const struct page_master *m);
const struct page_master *builder_page(const struct builder *b);
bool builder_push(struct builder *b, const struct vitem *v);
/* What is pushed until builder_bottom_end stands at the foot of the page. */
void builder_bottom(struct builder *b);
bool builder_bottom_end(struct builder *b);
/* The next box may not begin a page (keep with next). */
void builder_keep(struct builder *b);
/* Boxes after the next one may not begin a page, until the matching release. */
void builder_hold(struct builder *b);
void builder_release(struct builder *b);
/* The next box stands at this place. */
void builder_anchor(struct builder *b, struct anchor *anchor);
/* The next box must begin a page, unless it does already. */
void builder_break(struct builder *b);
bool builder_finish(struct builder *b);
/* Height left for a box that follows what is pushed so far; that on the next page, below what would go along with the box; that of
 * an empty page. Next and here are equal when the page cannot end before the box. */
emu builder_room(const struct builder *b);
emu builder_room_next(const struct builder *b);
emu builder_height(const struct builder *b);
/* Measure of the body. */
emu builder_width(const struct builder *b);
/* End the page if less than `wanted` is left on it (what must stay with the next box goes along). False when stopped. */
bool builder_make_room(struct builder *b, emu wanted);
/* A group that is to stay on one page is under way. */
bool builder_holds(const struct builder *b);
/* The vertical list is wanted, not pages. */
bool builder_dumps(const struct builder *b);
struct list *builder_list(const struct builder *b);

/* ---- place.c ---- */

/* Put the pieces of a line on a page: origin = left end of the body and the baseline's y. */
void place_line(struct list_page *p, const struct vitem *v, emu x, emu y);
/* Text of inlines as plain characters (outline, messages). */
struct str inlines_text(struct arena *a, const struct inline_item *i);

/* ---- structure.c ---- */

/* Where in the structure tree the document's flow stands. */
struct structure {
	struct list *list;
	uint32_t node;             /* section under way */
	int wanted[6], depth;      /* headings that what follows stands below: their levels as the layout has them */
	uint32_t title;            /* whose last paragraph came just before; 0 = none */
	uint32_t items, body;      /* list under way, 0 = none; what its last item says */
	uint32_t toc;              /* contents under way, 0 = none */
	int deeper;                /* levels that headings go down */
};

/* Node of a paragraph, and of its number; 0 for one that is no content. */
uint32_t structure_paragraph(struct structure *s, const struct block *b, struct label *label);
/* Nodes for the links of a paragraph that has this node; the first of them, 0 = none. The node of the text that leads to a place. */
uint32_t structure_links(struct list *l, uint32_t node, const struct block *b);
uint32_t structure_link(uint32_t links, const struct block *b, const struct anchor *to);
/* Parent of what is no paragraph. */
uint32_t structure_node(struct structure *s);
/* What follows stands in a section of its own, until the end is given what this returns. */
uint32_t structure_section(struct structure *s, const struct block *b);
void structure_section_end(struct structure *s, uint32_t before);

/* ---- title.c ---- */

/* Choose the lines of a title (forced breaks in its clusters) when it needs more than one of `measure`. */
void title_balance(struct arena *a, struct shaped *s, emu measure, emu em, const struct phrases *phrases);

/* ---- para.c ---- */

struct measure {
	emu start, end; /* indents of the groups around */
};

/* Where the lines of a paragraph go: the page builder, or a table's cell. */
struct sink {
	struct diag_list *d;
	struct font_set *fonts;
	bool (*push)(void *user, const struct vitem *v);
	void *user;
};

/* Set a paragraph between x and x + measure: push its lines, with no space before or after. p has arena, style, block and node;
 * its users grow by one a line. */
bool para_set(const struct sink *k, struct para *p, emu x, emu measure);
/* Set a paragraph and push its lines to the page builder. */
bool para_flow(struct diag_list *d, struct font_set *fonts, struct builder *b, const struct block *block, uint32_t node,
	       const struct label *label, struct measure m, emu body_width);

/* ---- table.c ---- */

/* Set a table and push its parts. */
bool table_flow(struct diag_list *d, struct font_set *fonts, struct builder *b, const struct block *block, uint32_t node,
		struct measure m, emu body_width);

/* ---- furniture.c ---- */

/* What the marks of a name say on a page: the one in force at its first line, and its last. */
struct running {
	struct running *next;
	struct str name, first, last;
};

/* Fill page p of number of count (0 = not yet known) with the master's furniture: what stands above the body before the
 * page's other items, the rest behind them. */
bool furniture_place(struct diag_list *d, struct font_set *fonts, const struct page_master *m, struct list_page *p, int count,
		     bool last, const struct running *running);
/* What the marks say on page p. before: what they said on the page before it; the result is for the next. */
struct running *furniture_running(const struct list_page *p, const struct running *before);
bool furniture_needs_count(const struct page_master *m);

/* ---- vlist.c ---- */

void vitem_dump(const struct vitem *v, struct buf *out);

#endif
