/* clause: 一是 … 二是 … inside paragraphs. A series begins at one and steps by one; a marker stands where a sentence or a part of one
 * begins, or — a fault of the text — behind none of its marks once the series is under way. What stands in quotes is never split. */
#ifndef GEN_IMPORT_CLAUSE_H
#define GEN_IMPORT_CLAUSE_H

#include "import/kinds.h"

struct clause {
	size_t from, text; /* bytes of the paragraph: the marker, and what it leads in */
	int value;
	bool glued;        /* no mark before it */
};

/* The clause `value` of s from byte `at` on. */
bool clause_find(struct str s, size_t at, int value, struct clause *out);
/* <p> for a paragraph's bytes from … to, with <clause>s where it holds a series; *last is the number of the series so far (0 = none),
 * which may go on from one paragraph to the next. */
void clause_paragraph(struct work *k, size_t para, size_t from, size_t to, int *last);
/* Its content alone, into the element that is open. */
void clause_content(struct work *k, size_t para, size_t from, size_t to, int *last);

#endif
