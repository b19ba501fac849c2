/* lines: physical lines with what can be seen of each alone: shape, size, how it ends.
 * Shared by wrap.c (joining) and series.c (markers); page numbers are taken out here. */
#ifndef GEN_IMPORT_LINES_H
#define GEN_IMPORT_LINES_H

#include "import/para.h"

/* How line lengths are compared: in quarter-ems or in characters, and whether the part that did not fit was one
 * typographic unit or everything up to a blank. */
enum measure { MEASURE_WIDTH, MEASURE_CHARS, MEASURE_WIDTH_CHUNK, MEASURE_CHARS_CHUNK, MEASURES };

enum line_end { END_NONE, END_CLAUSE, END_SENTENCE };

struct line {
	struct plain_line l;
	uint32_t width, chars; /* quarter-ems; characters × 4 */
	struct marker marker;  /* what it looks like, accepted or not */
	uint8_t shape;         /* enum open_kind by looks */
	uint8_t open, fit;     /* as decided */
	uint8_t end;           /* enum line_end */
	bool tagged;           /* holds a department behind its text */
	bool awaits;           /* ends with a lead-in, a 、 or an opening mark: more must follow */
	bool clings;           /* opens with a mark that can only follow something */
	bool page;             /* opens a page */
	bool dated;            /* opens with a date and a mark, as the entries of a chronicle do */
	bool span;             /* is a heading of months: 五月 */
};

struct lines {
	const struct plain *plain;
	struct line *list;
	size_t n;
	bool wrapped;
	enum measure measure;
	uint32_t full; /* size of a full line by that measure */
};

/* Page numbers are left out and reported. */
void lines_read(struct arena *a, const struct plain *plain, struct report *r, struct lines *out);
/* Sets wrapped, measure, full. */
void lines_measure(struct lines *ls);
/* Line i is continued by line i + 1 as far as its length goes: the next word would not have fitted. first: it opens a
 * paragraph and may have been indented. */
bool lines_full(const struct lines *ls, size_t i, bool first);
/* The line breaks off: full, and no sentence ends there. Always false in a text with a paragraph a line. */
bool lines_broken(const struct lines *ls, size_t i);
/* 某某局 2031年5月29日: byte where the date begins; 0 when s is not an authority with a date. */
size_t lines_signer_date(struct str s);
struct str lines_str(const struct lines *ls, size_t i);

#endif
