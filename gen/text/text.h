/* text: the FreeType + HarfBuzz wall. Faces, shaping, line breaking, font programs.
 * Takes inlines of block. Gives clusters with glyphs, and lines of them. x grows to the end side, y
 * downwards; a line's origin is its baseline. All lengths EMU. */
#ifndef GEN_TEXT_TEXT_H
#define GEN_TEXT_TEXT_H

#include "block/block.h"

/* ---- fonts ---- */

struct font_set;  /* opened font files, shared by all documents of a run */
struct font;      /* one face of one file */

struct font_set *font_set_new(void);
void font_set_close(struct font_set *s);
/* Open what the faces of doc need first; families are opened when first asked for. False after messages: FONT_NONE
 * for a face of which no family is present. A later listed family that is present is no news; that text is set in one of
 * another role because its own has none is said when it happens (FONT_SUBSTITUTED). */
bool font_set_check(struct diag_list *d, struct font_set *s, const struct doc *doc);
/* FONT_CHANGED for every opened file that is not the one fonts.xml was written for. It reads all bytes of all of them, so a
 * run that makes a document does not ask. */
void font_set_verify(struct diag_list *d, struct font_set *s);

/* For people, which fonts a document takes: to be turned on before any text is shaped. */
void font_set_note(struct font_set *s);
/* These characters stand on a page in this font (a glyph 0 stands for none). */
void font_count(struct font *f, size_t characters);
/* Each face that was used with its families: taken, there, absent; faces that were not; characters by font; what is
 * missing, with all places. */
void font_set_list(const struct font_set *s, const struct doc *doc, const struct source_table *t, enum diag_lang lang,
		   struct buf *out);

enum font_format { FONT_CFF_CID, FONT_CFF_NAMED, FONT_GLYF };

/* What a font file says of itself. Metrics in 1/1000 em. */
struct font_info {
	struct str ps_name, family, version, file, licence;
	enum font_format format;
	int upem;
	int ascent, descent;      /* OS/2 typo, descent negative */
	int bbox[4], cap_height, stem_v, italic_angle;
	int fs_type;
	int n_glyphs;
};
const struct font_info *font_info(struct font *f);
/* Of the whole file, in hexadecimal digits; taken when first asked for. */
struct str font_sha256(struct font *f);
/* Of its face's table directory alone, where the sums of all tables stand: a quick name for the file. */
struct str font_directory_sha256(struct font *f);
/* "HarfBuzz 6.0.0, FreeType 2.12.1" */
const char *text_libraries(struct arena *a);
/* Number of the font in order of first use in this set: a stable name for dumps and outputs. */
int font_number(const struct font *f);
/* Natural advance of a glyph in font units of upem. */
int font_advance(struct font *f, uint32_t glyph);
/* Exact ink box of a glyph at size, y down, origin on the baseline; false when it has no ink. */
struct ink { emu x0, y0, x1, y1; };
bool font_ink(struct font *f, uint32_t glyph, emu size, struct ink *out);
/* The shape of a glyph at size, as ink; its number of points, which are written when out is not NULL. */
enum outline_op { OUTLINE_MOVE, OUTLINE_LINE, OUTLINE_CURVE /* and two more points */ };
struct outline_point {
	enum outline_op op;
	emu x, y;
};
size_t font_outline(struct font *f, uint32_t glyph, emu size, struct outline_point *out);
/* Original CID of a glyph of a CID-keyed CFF font; the glyph number itself for others. */
uint32_t font_cid(struct font *f, uint32_t glyph);

/* What a font program shall hold: a glyph with its own advance or, natural = false, with another (font units, 0 … 32767). */
struct font_slot {
	uint32_t glyph;
	int advance;
	bool natural;
};

/* A font program made of slots; slots[0] is glyph 0. bytes: a raw CFF table, or a TrueType file. Slot i of CFF is glyph and CID i
 * of the program; slot i of TrueType is its glyph new_glyph[i]. So codes can be given in order of first use, before
 * anything is cut. */
struct font_program {
	enum font_format format;
	struct str bytes;
	uint32_t *new_glyph;
};
bool font_subset(struct diag_list *d, struct arena *a, struct font *f, const struct font_slot *slots, size_t n,
		 struct font_program *out);

/* ---- clusters: the text of one paragraph, shaped ---- */

struct glyph {
	uint32_t id;
	emu advance;   /* natural */
	emu dx, dy;    /* offset from the pen, y down */
};

/* Class of a cluster for breaking and spacing (han.h of this room has the tables; gbt9704.md 10.1). */
enum han_class {
	HAN_IDEOGRAPH, HAN_OPEN, HAN_CLOSE, HAN_PAUSE /* 、，；： */, HAN_STOP /* 。！？ */,
	HAN_DASH, HAN_ELLIPSIS, HAN_CONNECTOR, HAN_INTERPUNCT, HAN_SLASH,
	HAN_LATIN, HAN_DIGIT, HAN_LATIN_MARK, HAN_SPACE, HAN_WIDE_SPACE /* U+3000 */,
	HAN_PREFIX /* ￥$№ */, HAN_POSTFIX /* %‰℃° */, HAN_OTHER, HAN_OBJECT /* space, spread, leader */
};

enum break_kind { BREAK_NO, BREAK_MAY, BREAK_MUST };

struct cluster {
	uint32_t text, length;   /* bytes in shaped.text */
	uint32_t cp;             /* first code point */
	struct font *font;       /* NULL for objects */
	const struct inline_item *item;
	emu size;                /* on the page, after the family's scale */
	uint32_t glyph; uint16_t n_glyphs; /* in shaped.glyphs */
	uint8_t cls;             /* enum han_class */
	uint8_t before;          /* enum break_kind: may a line begin with this cluster */
	emu width;               /* natural advance, pair compression included */
	emu gap;                 /* autospace before it (0 at a line start) */
	emu blank_start, blank_end; /* blank half of a full-width mark, by side: what can be trimmed */
};

/* A <mark> between two clusters. */
struct shaped_mark {
	const struct inline_item *item;
	uint32_t text;           /* byte of shaped.text that it stands before */
};

struct shaped {
	struct str text;
	struct cluster *clusters; size_t n;
	struct glyph *glyphs;     size_t n_glyphs;
	struct shaped_mark *marks; size_t n_marks;
};

/* Shape a list of inlines (text, br, space, spread; trailers are skipped, marks change nothing). Missing glyphs are reported
 * (GLYPH_MISSING, with place) and set as .notdef of the first face. */
bool text_shape(struct diag_list *d, struct arena *a, struct font_set *s, const struct inline_item *items,
		struct shaped *out);

/* Where the record (or the layout, for text of its own) has a cluster; nowhere for text of nobody. */
struct loc text_place(const struct source_table *t, const struct shaped *s, size_t cluster);

/* ---- lines ---- */

enum line_end { LINE_LAST, LINE_NATURAL /* pushed out or fits */, LINE_SQUEEZED, LINE_FORCED /* br */,
		LINE_EMERGENCY_BREAK };

struct line {
	uint32_t from, to;   /* clusters; blanks at the end are in, with no width */
	emu natural;         /* width before adjustment, without trailing blanks; full last mark */
	emu width;           /* as set: free half of the last mark taken off if used, squeezed or stretched */
	emu *x;              /* to - from pen positions from the line's start, with gaps, squeeze, stretch */
	enum line_end why;
	emu stretch;         /* given to each gap; negative: total squeezed */
};

struct lines {
	struct line *list;
	size_t n;
};

/* Break into lines of `measure`, the first shorter by `first` (may be negative: longer). align says how lines but the last are set;
 * starts of lines are at 0: indents are the caller's. Always makes progress. */
struct wrap_options {
	const struct wrap_rules *rules;
	emu measure, first, em;
	enum align align;
};
bool text_wrap(struct diag_list *d, struct arena *a, const struct shaped *s, const struct wrap_options *o,
	       struct lines *out);
/* Natural width of clusters from..to set on one line: without trailing blanks; a closing mark at the
 * end counts without its blank half when half_end is true. */
emu text_width(const struct shaped *s, size_t from, size_t to, bool half_end);

/* Plain tables, for import's and others' tests: */
enum han_class han_class_of(uint32_t cp);
bool han_is_wide(uint32_t cp);

/* l may be NULL: the clusters alone. */
void text_dump(const struct shaped *s, const struct lines *l, struct buf *out);

#endif
