/* para: paragraphs: physical lines joined, spaces decided.
 * A line end inside a paragraph is nothing between two wide characters and a blank between Latin words. A space is
 * dropped where text extraction made it (between Latin and Han: A02; in a stretched line: A01), else it was typed and
 * stays. The rules see only the joined text, never where its lines ended: wrapping does not change them.
 * Owns: the text of all paragraphs. Gives: each with the way back to its bytes in the plain text. */
#ifndef GEN_IMPORT_PARA_H
#define GEN_IMPORT_PARA_H

#include "import/marker.h"
#include "import/plain.h"

/* What opens a paragraph. */
enum open_kind {
	OPEN_NONE, OPEN_MARKER, OPEN_RESPONSIBLE, OPEN_TO, OPEN_ATTACHMENT, OPEN_DATE, OPEN_SIGNER,
	OPEN_NOTE, /* one more name of an attachment note, without a number */
};

struct para_mark {
	uint32_t at, off; /* from byte `at` of the whole text on: byte `off` of the plain text */
};

enum space_verdict { SPACE_LATIN, SPACE_TYPED, SPACE_FIELD, SPACE_AUTO, SPACE_STRETCH, SPACE_NO_GAP };

/* A place in a paragraph where a space was, or where one is missing that others have. */
struct para_space {
	uint32_t at, off; /* bytes of the whole text (behind what was kept) and of the plain text */
	uint8_t verdict;
};

struct para {
	uint32_t from, to; /* bytes of the whole text */
	uint32_t spaces, n_spaces;
	uint32_t first_line, n_lines;
	uint8_t open;      /* enum open_kind */
	uint8_t fit;       /* enum marker_fit of an OPEN_MARKER */
	bool page;         /* opens a page */
	struct marker marker;
};

struct paras {
	const struct plain *plain;
	struct report *report;
	struct buf text, marks, spaces, list, gaps; /* arrays of char, para_mark, para_space, para */
	size_t n;
};

void paras_open(struct paras *ps, const struct plain *plain, struct report *r);
void paras_close(struct paras *ps);
/* Join lines[0 … n-1] to one more paragraph. The pointer holds until the next call. */
struct para *paras_add(struct paras *ps, const struct plain_line *lines, size_t n);

/* Does a line end between these characters stand for a blank? */
bool para_line_end_is_blank(uint32_t left, uint32_t right);

struct para *para_get(const struct paras *ps, size_t i);
struct str para_str(const struct paras *ps, const struct para *p);
/* Byte of the source for byte `at` of p's text. */
size_t para_source_off(const struct paras *ps, const struct para *p, size_t at);
/* Report what was decided about the spaces strictly inside bytes from … to of p's text. */
void para_note_spaces(const struct paras *ps, const struct para *p, size_t from, size_t to);
/* The same, where a typed space may be left out by an answer: gives the text of bytes from … to in pieces. */
void para_pieces(const struct paras *ps, const struct para *p, size_t from, size_t to, void (*piece)(void *user, struct str text), void *user);
/* Some characters before and behind a byte of the plain text, on one line. */
struct str para_around(const struct paras *ps, size_t plain_off, int before, int behind);

#endif
