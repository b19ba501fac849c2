/* list: the display list: pages of placed items, and the structure tree they belong to.
 * Takes nothing apart; gives to every output the same finished data. Origin top left of the sheet, y down, EMU.
 * A page's items are in reading order. */
#ifndef GEN_LIST_LIST_H
#define GEN_LIST_LIST_H

#include "text/text.h"

enum list_item_kind { ITEM_GLYPHS, ITEM_RULE, ITEM_PATH, ITEM_IMAGE, ITEM_LINK, ITEM_MARK };

struct list_glyph {
	uint32_t id;         /* in the original font file */
	emu x, y;            /* pen from the item's origin */
	uint32_t text, length; /* bytes of item.text that this glyph's cluster stands for; length 0: a further glyph of the
	                        same cluster */
};

/* One line's piece of one font, size and colour. */
struct list_glyphs {
	struct font *font;
	emu size;
	struct list_glyph *glyphs;
	size_t n;
	struct str text;
	emu width;           /* pen after the last glyph, from the origin */
};

/* Filled shapes, from the item's origin: closed before each move and at the end. A curve has two control points and its end. */
struct list_path {
	const struct outline_point *points;
	size_t n;
};

/* Prints nothing; says what stands in the line behind it. */
struct list_mark {
	struct str name, text;
	int level;           /* in the outline; 0 = not there */
};

/* What stands on a page beside the content. */
enum artifact {
	ARTIFACT_LAYOUT,     /* rules, tints */
	ARTIFACT_REPEAT,     /* what an earlier page shows as content: a table's header, a cut cell, 续表 */
	ARTIFACT_HEADER, ARTIFACT_FOOTER /* running heads, page numbers */
};

struct list_item {
	struct list_item *next;
	enum list_item_kind kind;
	emu x, y;            /* glyphs: baseline start; others: top left corner */
	emu width, height;   /* rule, image, link: box; 0 for glyphs */
	const struct colour *colour; /* NULL = black */
	struct loc loc;
	uint32_t node;       /* structure tree node; 0 = artifact */
	enum artifact artifact; /* where node is 0 */
	struct str lang;     /* glyphs: BCP 47, where it is not their node's */
	enum text_origin origin;
	bool turned;         /* glyphs: written upwards, a quarter turn counter-clockwise about x, y: their pens go up the
	                      * sheet, what is below them in the line is on its right */
	bool line_start;     /* glyphs: first piece of a line */
	bool paragraph_start; /* glyphs: first piece of a paragraph */
	union {
		struct list_glyphs glyphs;
		const struct anchor *link; /* where it leads */
		struct list_mark mark;
		struct list_path path;
	} u;
};

struct list;

struct list_page {
	struct arena *arena;
	const struct list *list; /* whose nodes the items name */
	int number;          /* from 1 */
	struct str label;    /* as printed, or empty */
	emu width, height;
	struct list_item *first, *last;
};

/* Structure tree: nodes[0] is the document; node numbers are indexes; children come behind their parent, in reading order.
 * Small, since a table of 5,000 rows has 40,000. */
struct list_node {
	uint8_t role;        /* enum role */
	uint8_t level;       /* of a heading: 1 … 6, one more than the heading around it */
	uint8_t lang;        /* index into langs; 0 = the document's */
	uint32_t columns, rows; /* a cell covers; 0 = 1 */
	uint32_t parent;
	struct loc loc;
};

enum { LIST_LANGS = 64 };

struct list_outline {
	struct list_outline *next;
	int level;           /* from 1 */
	struct str title;
	int page;            /* from 1 */
	emu y;
};

struct list {
	struct arena *arena;
	const struct doc_metadata *metadata;
	struct list_node *nodes; size_t n_nodes, cap_nodes;
	struct str langs[LIST_LANGS]; int n_langs; /* langs[0]: the document's */
	struct list_outline *outline, *last_outline;
};

struct list *list_new(struct arena *a, const struct doc_metadata *m);
uint32_t list_node_add(struct list *l, uint32_t parent, enum role role, int level, struct loc loc);
/* Of a paragraph or cell whose text is not in its document's language. */
void list_node_lang(struct list *l, uint32_t node, struct str lang);
void list_outline_add(struct list *l, int level, struct str title, int page, emu y);
struct list_item *list_item_add(struct list_page *p, enum list_item_kind kind);
/* Invariants: clusters' pens ascend, text offsets follow each other inside the text, glyphs and nodes exist, ink is inside the
 * sheet. Returns a reason or NULL. */
const char *list_page_check(const struct list_page *p, const struct list *l);
/* For people, golden files and the programs that draw a page from its dump (tests/): one line per item, places
 * in mm from the sheet's top left corner, sizes in pt.
 *   page 1 210x297 "1"                      number, sheet, printed label
 *   font 1 Name-Of-Face file.otf            fonts of the page, by font_number
 *   text 28,37.5 font 1 16pt black node 3 R line para plan.xml:3:9 "…"
 *    41@0 42@5.644 43@11.289,-1/2           glyph@pen[,down][/characters it stands for, when not one]
 *   mark 28,37 0x0 black node 0 G plan.xml:4:9 "months" "5月"
 *   rule 28,270 156x0.25 red=#FF0000 node 0 G
 * A turned text has the word "turned" behind line and para. */
void list_page_dump(const struct list_page *p, const struct source_table *t, struct buf *out);
/* Metadata, structure tree and outline. */
void list_tree_dump(const struct list *l, const struct source_table *t, struct buf *out);

#endif
