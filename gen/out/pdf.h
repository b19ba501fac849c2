/* pdf: what the files of the PDF back-end share.
 * out_pdf.c owns the document, pdf_page.c writes the content of a page, pdf_font.c the fonts, pdf_outline.c the
 * outline, pdf_tags.c the structure tree, pdf_text.c strings and numbers. Places in the file are thousandths of a point. */
#ifndef GEN_OUT_PDF_H
#define GEN_OUT_PDF_H

#include "out/back.h"
#include "out/hpdf_door.h"
#include "out/tags.h"

/* A glyph as it is written: its code, its advance, and the text that a reader gets back. One table of these per font feeds page
 * strings, widths, ToUnicode, the font program and CIDToGIDMap. A glyph that stands for other texts, or has other advances, has
 * further codes: the font program holds it once for each. The code is the index in the table; code 0 is .notdef. */
struct pdf_code {
	uint32_t glyph;       /* in the original font file */
	int advance;          /* font units */
	bool natural;         /* the glyph's own */
	int64_t width;        /* the same as written into the file, millionths of an em */
	struct str text;
	uint32_t code;
	uint32_t next;        /* the next code of the same glyph, 0 = none */
};

/* One face in the file. */
struct pdf_font {
	struct pdf_font *next;
	struct font *font;
	const struct font_info *info;
	struct pdf_code *codes;
	size_t n, cap;
	uint32_t *first[256];  /* by glyph / 256, then by glyph % 256: first code, 0 = none */
};

struct pdf_page {
	uint32_t object;
	int number;
	emu height;
	struct str label;       /* as printed, or empty */
};

/* Stretches of content that belong to a node, in order of the pages. */
struct pdf_tags {
	bool on;
	struct buf marks, starts; /* uint32_t: node of each; first of each page */
	uint32_t n_marks, page_start;
};

/* A box on a page that leads to another place. */
struct pdf_link {
	const struct anchor *to;
	uint32_t object, node;
	uint32_t page;          /* index */
	emu x, y, width, height;
};

struct pdf {
	struct out out;
	struct door *door;
	struct deflate *deflate;
	struct pdf_font *fonts, *last_font;
	struct pdf_page *pages;
	size_t n_pages, cap_pages;
	uint32_t resources;
	enum out_profile profile;
	bool refused;           /* what the profile does not allow was met, and said */
	struct pdf_tags tags;
	struct buf links;       /* struct pdf_link, in order of the pages */
	struct buf content; /* used again for each page */
	struct buf gaps;            /* of a line, each an emu */
};

/* ---- pdf_text.c ---- */

/* value / scale with up to three decimals */
void pdf_number(struct buf *b, int64_t value, int64_t scale);
/* EMU to thousandths of a point. */
int64_t pdf_place(emu e);
/* A text string: as it is when it is plain ASCII, else UTF-16BE. */
void pdf_string(struct buf *b, struct str s);
/* UTF-16BE in hexadecimal digits, without brackets. */
void pdf_utf16(struct buf *b, struct str s);
/* /Name */
void pdf_name(struct buf *b, struct str s);
/* "D:20210203040506Z" of an ISO date with or without time and zone; false when it is none. */
bool pdf_date(struct buf *b, struct str iso);

/* ---- out_pdf.c ---- */

/* A stream of deflated bytes; dict: its other entries. */
void pdf_stream(struct pdf *p, uint32_t number, struct str dict, struct str bytes);

/* ---- pdf_font.c ---- */

struct pdf_font *pdf_font_get(struct pdf *p, struct font *font);
/* The code of a glyph that stands for text, allotted at first use; advance in font units, -1 = its own. When a font has no codes
 * left the glyph's own advance is given whatever was asked for. Valid until the next call. */
const struct pdf_code *pdf_font_code(struct pdf *p, struct pdf_font *f, uint32_t glyph, int advance, struct str text);
/* The name of the font in the resources, with its slash. */
void pdf_font_name(struct buf *b, const struct pdf_font *f);
/* Write all fonts and the resources that name them. False after messages. */
bool pdf_font_close(struct pdf *p);

/* ---- pdf_page.c ---- */

/* The content stream of a page into p->content. */
void pdf_page_content(struct pdf *p, const struct list_page *page);

/* ---- pdf_tags.c ---- */

/* "/TD": the structure type of a node, a heading cell's as well; l may be NULL. */
void pdf_role(struct buf *b, const struct list *l, uint32_t node);
/* A page begins. A stretch of a node's content begins: its number on the page. */
void pdf_tags_page(struct pdf *p);
uint32_t pdf_tags_mark(struct pdf *p, uint32_t node);
/* Write the tree; object number of its root. */
uint32_t pdf_tags_close(struct pdf *p, const struct list *l);
void pdf_tags_free(struct pdf *p);

/* ---- pdf_size.c ---- */

/* What a font's objects count as, see door_part. */
const char *pdf_size_font(struct pdf *p, const struct pdf_font *f);
/* Where the bytes of a file of `all` bytes went: lines into options->explain. */
void pdf_size(struct pdf *p, size_t all);

/* ---- pdf_rules.c ---- */

/* Look for what the profile does not allow; at the end false when there was something. */
void pdf_rules_page(struct pdf *p, const struct list_page *page);
/* A text of the information or of the outline. */
void pdf_rules_string(struct pdf *p, struct str text);
bool pdf_rules_close(const struct pdf *p);

/* ---- pdf_meta.c ---- */

/* The document information, and the same as XMP: object number of that. */
uint32_t pdf_metadata(struct pdf *p, const struct list *l);

/* ---- pdf_files.c ---- */

/* The tree of attached files: its number, or 0; and their entry of the catalog. */
uint32_t pdf_files(struct pdf *p, struct buf *catalog);

/* ---- pdf_links.c ---- */

/* The links of a page that is about to be added, and its /Annots into its dictionary. */
void pdf_links_page(struct pdf *p, const struct list_page *page, struct buf *b);
/* Write them, when all pages are known. */
void pdf_links_close(struct pdf *p);
const struct pdf_link *pdf_links(const struct pdf *p, size_t *n);

/* ---- pdf_outline.c ---- */

/* The page of this number, or NULL. "[7 0 R/XYZ null 700 null]". */
const struct pdf_page *pdf_find_page(const struct pdf *p, int number);
void pdf_destination(struct buf *b, const struct pdf_page *page, emu y);

/* Object number of the outline, 0 when there is none. */
uint32_t pdf_outline(struct pdf *p, const struct list *l);
/* Its entries as named destinations (s1, s1.2 …): number of their tree, or 0. The pages' printed labels: an entry of the catalog. */
uint32_t pdf_destinations(struct pdf *p, const struct list *l);
void pdf_labels(struct pdf *p, struct buf *catalog);

#endif
