/* marker: the numbers that open headings and items.
 * Takes the start of a line. Gives the kind, value and extent of its marker, and says whether it fits the series so
 * far: a marker counts only where a series starts at one and steps by one. Forms: GB/T 9704-2012 7.3.3
 * (一、 （一） 1. （1）); ① and 1) by custom. */
#ifndef GEN_IMPORT_MARKER_H
#define GEN_IMPORT_MARKER_H

#include "base/str.h"

enum marker_kind {
	MARKER_NONE,
	MARKER_HAN,         /* 一、 一. */
	MARKER_HAN_PAREN,   /* （一） ㈠ */
	MARKER_DIGIT,       /* 1. 1． 1、 １． ⒈ */
	MARKER_DIGIT_PAREN, /* （1） ⑴ */
	MARKER_CIRCLED,     /* ① */
	MARKER_DIGIT_CLOSE, /* 1) 1） */
	MARKER_KINDS
};

struct marker {
	enum marker_kind kind;
	int value;
	size_t length; /* bytes of the mark itself */
	size_t text;   /* where the text begins: behind the blanks that follow */
	bool digit_follows; /* 5.29 or 3.2031年…: a mark only if the series needs it */
	bool year_follows;  /* four digits and 年 */
};

/* False when s does not open with a marker. */
bool marker_read(struct str s, struct marker *out);

enum marker_fit {
	MARKER_UNFIT,
	MARKER_NEXT,    /* one more than the last, or the first of a fresh series */
	MARKER_RESTART, /* one again, after a heading above it */
	MARKER_AGAIN,   /* one again, without a heading between */
	MARKER_REPEAT,  /* the last number once more */
	MARKER_GAP      /* numbers are missing */
};

/* Where every kind of series stands. All zero: nothing seen. */
struct marker_series {
	int last[MARKER_KINDS];
	bool fresh[MARKER_KINDS]; /* a marker of a higher kind stood since the last of this kind */
};

enum marker_fit marker_fits(const struct marker_series *s, const struct marker *m);
void marker_accept(struct marker_series *s, const struct marker *m);

#endif
