/* block: the document as blocks. What the layout's templates made of the record, checked, with every style
 * resolved: after this nobody needs record or layout any more.
 * All memory belongs to the document's arena; everything is const once bind has returned. */
#ifndef GEN_BLOCK_BLOCK_H
#define GEN_BLOCK_BLOCK_H

#include "base/diag.h"
#include "base/map.h"
#include "base/unit.h"

/* ---- faces: what fonts.xml and the layout say, nothing opened yet ---- */

struct family {
	struct str id, name;
	struct str file;     /* path, or empty when no folder holds the file */
	struct str file_name; /* as declared, without folder */
	struct str licence;
	struct str sha256;   /* as declared, may be empty */
	struct str lacks;    /* characters that it draws wrongly: other families are asked for them */
	int index;           /* face of a collection */
	bool licensed;       /* an office's own face: its absence is no news */
	int64_t scale;       /* 1e-6: size on the page = scale * style size; 1000000 = as designed */
	struct loc loc;
};

struct family_list {
	const struct family **list;
	int n;
};

/* A line for people: mark, name, path (or file name and that it is absent), licence. */
void family_tell(const struct family *f, char mark, enum diag_lang lang, struct buf *out);

/* A face of the layout: role for ideographs and Chinese marks, another for Latin, then fallbacks. */
struct face {
	struct str name;         /* as the layout calls it */
	struct str role;         /* fangsong, kaiti, … */
	struct family_list han;  /* in order of wish; never empty after checking */
	struct family_list latin; /* empty: Latin comes from han */
	struct family_list fallback; /* asked last, one cluster at a time */
	struct loc loc;
};

struct colour {
	struct str name;
	uint32_t rgb; /* 0xRRGGBB */
	struct loc loc;
};

/* ---- line breaking rules of a style (monthly-plan-geometry.md; CLREQ) ---- */

enum prohibition { PROHIBIT_NONE, PROHIBIT_BASIC, PROHIBIT_GB, PROHIBIT_STRICT };
enum squeeze { SQUEEZE_NEVER, SQUEEZE_NEAREST, SQUEEZE_ALWAYS }; /* nearest: squeeze when it needs less than
                                                                     pushing out would leave (s < t) */

/* Amounts are millionths of an em of the text's size. */
struct wrap_rules {
	struct str name;
	enum prohibition prohibition;
	enum squeeze squeeze;
	int64_t autospace;    /* gap between ideograph and Latin or digit */
	int64_t gap_shrink;   /* what one such gap may give */
	int64_t mark_shrink;  /* what one full-width mark may give */
	int64_t line_end;     /* free blank half of a closing mark at a line's end */
	int last_line;        /* least characters of a last line; fewer are squeezed in or get company; 0 = any */
	int64_t stretch_warn; /* a gap stretched by more than this is reported; 0 = never */
	bool number_unit_keep; /* number and Chinese unit or 年 stay together */
	bool pairs;           /* adjacent marks give half an em (CLREQ) */
	bool line_start;      /* opening mark at line start loses its blank half */
	struct loc loc;
};

/* ---- styles ---- */

/* Words that a balanced title keeps whole. */
struct phrases {
	struct str *list;
	int n;
};

enum align { ALIGN_JUSTIFY, ALIGN_START, ALIGN_CENTRE, ALIGN_END, ALIGN_DISTRIBUTE };

/* Structure role, for tags and the outline: what a style can ask for, then what the engine makes of it. */
enum role {
	ROLE_P, ROLE_H, ROLE_TITLE, ROLE_ITEM, ROLE_NONE, ROLE_TOC /* a line of the contents */,
	ROLE_TABLE, ROLE_TR, ROLE_TH, ROLE_TD, ROLE_THEAD, ROLE_TBODY,
	ROLE_SECT, ROLE_L, ROLE_LI, ROLE_LBL, ROLE_LBODY, ROLE_TOCI, ROLE_REFERENCE, ROLE_LINK, ROLE_NOTE, ROLE_COUNT
};

struct style {
	struct str name;
	const struct face *face;
	const struct wrap_rules *wrap;
	const struct colour *colour;
	struct str lang;         /* BCP 47, empty: the document's */
	emu size;                /* em */
	emu pitch;               /* from baseline to baseline */
	emu indent_first;        /* added to indent_start on the first line; may be negative */
	emu indent_start, indent_end;
	emu space_before, space_after;
	enum align align;
	enum role role;
	int outline;             /* level in the outline from 1, 0 = not there */
	bool keep_together, keep_with_next, keep_with_previous;
	int orphans, widows;     /* least lines at a page's foot and head; 1 = no control */
	bool trailer_keep;       /* no page break between the text and its trailer */
	const struct phrases *balance; /* lines are balanced as those of a title, these words whole; NULL: not */
	emu trailer_gap;         /* least room between the text and its trailer on one line */
	emu shift;               /* inline: baseline raised by this (superscript) */
	bool gap_below;          /* pitch - size stands all below the em box (and may hang below the page's last line);
	                            else half of it on each side */
	struct loc loc;
};

/* ---- inlines ---- */

enum inline_kind {
	INLINE_TEXT,
	INLINE_BR,          /* a line ends here */
	INLINE_SPACE,       /* blank of a width */
	INLINE_TRAILER,     /* inlines below it go flush end on the last line, or on a line of their own */
	INLINE_HANG,        /* further lines of the paragraph begin below this place */
	INLINE_SPREAD,      /* text below is spread to a width */
	INLINE_LEADER,      /* fills the line, with text as pattern (empty: blank) */
	INLINE_PAGE_NUMBER, /* furniture: this page's number */
	INLINE_PAGE_COUNT,  /* number of pages */
	INLINE_MARK,        /* no width: what running heads may show of the page where the text behind it stands */
	INLINE_RUNNING      /* furniture: what a page's marks of a name say */
};

/* The mark in force at the page's first line, its last one, or both where they differ. */
enum running_show { RUNNING_RANGE, RUNNING_FIRST, RUNNING_LAST };

enum text_origin { TEXT_RECORD, TEXT_GENERATED, TEXT_FURNITURE };

struct inline_item {
	enum inline_kind kind;
	struct inline_item *next, *first; /* first: children of a trailer or spread */
	const struct style *style;        /* face, size, colour, wrap, shift of the text */
	struct str text;                  /* white space already settled; U+3000 is content; of a mark: what it says; running:
	                                   * stands between first and last */
	struct str name;                  /* mark, running */
	int level;                        /* mark: in the outline; 0 = not there */
	enum running_show show;           /* running */
	enum text_origin origin;
	emu width;                        /* space, spread */
	const struct anchor *link;        /* text: where a click on it leads, or NULL */
	struct loc loc;                   /* of the text's first byte in the record, else of the layout */
	struct loc layout;
};

/* ---- places that others point to ---- */

/* Where a record that another one includes begins. */
struct anchor {
	struct anchor *next;      /* of the same place; flow's */
	struct str mark, title;   /* what running heads and the outline say of it */
	int level;                /* in the outline; 0 = not there */
	int page;                 /* where it stood when the pages were last made, 0 = nowhere yet; flow's */
	emu y;                    /* from that sheet's upper edge */
	struct loc loc;
};

/* An INLINE_TEXT that says on which page an anchor stands: flow writes it before pages are made. */
struct page_ref {
	struct page_ref *next;
	struct inline_item *item;
	const struct anchor *to;
};

/* ---- blocks ---- */

enum block_kind {
	BLOCK_DOCUMENT, BLOCK_SECTION, BLOCK_GROUP, BLOCK_P, BLOCK_RULE, BLOCK_SPACE, BLOCK_BREAK, BLOCK_TABLE
};

struct block {
	enum block_kind kind;
	struct block *parent, *first, *last, *next;
	const struct style *style;   /* P; GROUP may have one (spacing, keeps, indents) */
	const struct page_master *page; /* SECTION */
	struct inline_item *inlines; /* P */
	emu height;                  /* SPACE, RULE: its thickness */
	emu width;                   /* RULE: 0 = the measure */
	bool at_bottom;              /* GROUP: stands at the foot of the last page it reaches */
	bool section;                /* GROUP: a section of the document: heading and what belongs to it */
	struct anchor *anchor;       /* GROUP: the place of what stands first in it */
	int deeper;                  /* GROUP: by so many levels headings in it stand below those around it */
	const struct colour *colour; /* RULE */
	const struct table *table;   /* TABLE */
	struct loc loc, layout;
};

/* ---- tables ---- */

enum column_kind { COLUMN_AUTO, COLUMN_FIXED, COLUMN_RATIO };

struct column {
	enum column_kind kind;
	emu width;           /* fixed */
	int64_t ratio;       /* ratio, in millionths */
	emu min, max;        /* 0 = no limit */
	struct loc loc, layout;
};

enum edge_line { EDGE_NONE, EDGE_SOLID, EDGE_DOUBLE, EDGE_DASHED };

struct edge {
	bool set;            /* false: the table's own rule stands there */
	enum edge_line line;
	emu weight;
	const struct colour *colour;
};

enum { SIDE_TOP, SIDE_BOTTOM, SIDE_START, SIDE_END, SIDE_COUNT };
enum valign { VALIGN_TOP, VALIGN_MIDDLE, VALIGN_BOTTOM };

struct cell {
	struct cell *next;
	struct block *first; /* blocks: P, TABLE, SPACE */
	int colspan, rowspan; /* from 1 */
	bool merge_same;     /* becomes one cell with the one above when that holds the same text */
	bool in_step;        /* its k-th paragraph has the height of those of the row's other cells in step, and stands in it by valign */
	bool heading;        /* names its row (structure: TH) */
	enum valign valign;
	emu pad_x, pad_y;
	struct edge edges[SIDE_COUNT];
	const struct colour *tint;
	struct str text;     /* all its text, for merge_same */
	struct loc loc, layout;
};

enum row_split { SPLIT_WHOLE, SPLIT_LINES };

struct row {
	struct row *next;
	struct cell *cells;
	bool keep_next, keep_previous; /* no page break behind it, before it */
	enum row_split split;
	emu min_height;
	struct loc loc, layout;
};

struct table {
	struct column *columns;
	int n_columns;
	struct row *header, *rows;
	bool repeat_header;
	int min_lines;             /* least lines of a split row on each side */
	emu width;                 /* 0 = the measure */
	enum align align;          /* of the table in the measure */
	struct edge frame, grid, header_rule;
	struct edge frame_x, grid_x; /* left and right; between columns */
	struct block *notes;       /* Ps below the table, kept with its last row, or NULL */
	struct block *continued;   /* P shown above the header on further pages, or NULL */
	struct str cut_suffix;     /* shown behind the content of a span that goes on: （续）, or empty */
	const struct style *style; /* of text that the table makes itself */
	struct loc loc, layout;
};

/* ---- pages ---- */

enum page_side { PAGE_ANY, PAGE_FIRST, PAGE_ODD, PAGE_EVEN, PAGE_LAST, PAGE_BLANK };

/* A frame of fixed place on some pages: page numbers, rules. From the sheet's top left corner. */
struct furniture {
	struct furniture *next;
	enum page_side side;
	emu x, y, width, height;
	bool drawn;             /* its glyphs are shapes, not text */
	bool ink;               /* y is the upper edge of the first glyph's ink, not of the line box */
	const struct style *style;
	struct inline_item *inlines; /* may be NULL: then a rule of height */
	const struct colour *colour;
	struct loc loc;
};

struct page_master {
	struct str name;
	emu width, height;
	emu top, bottom, left, right; /* margins; left is the inner one when mirrored */
	bool mirrored;
	bool turned;            /* the body is turned a quarter counter-clockwise, furniture is not (gbt9704.md 8) */
	int grid_columns, grid_lines; /* 0 = no grid */
	struct furniture *furniture;
	struct loc loc;
};

/* ---- the document ---- */

struct doc_metadata {
	struct str title, author, subject, keywords; /* empty when unknown */
	struct str number, index; /* 发文字号, 索引号; may be empty */
	struct str date, published; /* ISO, or empty */
	struct str lang;      /* BCP 47 */
	struct str kind, layout;
};

struct doc {
	struct arena *arena;
	struct doc_metadata metadata;
	struct block *root;
	const struct style **styles;       int n_styles;
	const struct face **faces;         int n_faces;
	const struct page_master **pages;  int n_pages;
	const struct colour **colours;     int n_colours;
	const struct wrap_rules **wraps;   int n_wraps;
	struct page_ref *refs;
};

void block_append(struct block *parent, struct block *child);
/* Invariants: parents, kinds inside kinds, styles and pages present. Returns a reason or NULL. */
const char *doc_check(const struct doc *doc);
void doc_dump(const struct doc *doc, const struct source_table *t, struct buf *out);

#endif
