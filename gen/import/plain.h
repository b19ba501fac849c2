/* plain: bytes -> physical lines.
 * Takes: a source. Refuses what is not UTF-8 or holds NUL. Gives: its bytes without a BOM and without
 * characters that have no ink (each reported as dropped), cut at every kind of line end, blank lines counted,
 * blanks at both ends of a line taken off. The bytes of `text` are not those of the source: places go through plain_source_off. */
#ifndef GEN_IMPORT_PLAIN_H
#define GEN_IMPORT_PLAIN_H

#include "import/report.h"

struct plain_line {
	uint32_t from, to; /* bytes of text, trimmed; never empty */
	uint16_t blanks;   /* blank lines before it */
	uint8_t indent;    /* blanks before it, half-ems */
	bool page;         /* a form feed stands before it */
};

/* From byte `at` of text on, the source is `ahead` bytes ahead. */
struct plain_cut {
	uint32_t at, ahead;
};

struct plain {
	uint32_t src;
	struct str source, text;
	struct plain_cut *cuts;
	size_t n_cuts;
	struct plain_line *lines;
	size_t n_lines;
};

#define PLAIN_LIMIT ((size_t)16 << 20) /* bytes of one text: some 5,000 pages */

/* False after a message. */
bool plain_read(struct diag_list *d, struct arena *a, const struct source_table *sources, uint32_t src,
                struct report *r, struct plain *out);
/* Byte of the source for byte `at` of text. */
size_t plain_source_off(const struct plain *p, size_t at);
struct str plain_str(const struct plain *p, const struct plain_line *l);

#endif
