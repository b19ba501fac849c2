/* docnumber: document numbers (发文字号) inside a text, whatever their brackets: 示政干〔2031〕8号, 示政干（2031）8号, 示政干[2031]第8号.
 * The standard form has 〔〕 (GB/T 9704-2012 7.2.5). Gives the authority's code, the year and the serial. */
#ifndef GEN_IMPORT_DOCNUMBER_H
#define GEN_IMPORT_DOCNUMBER_H

#include "base/str.h"

struct docnumber {
	size_t from, to;      /* bytes: code, year and serial, without brackets around the whole */
	size_t shown_from, shown_to; /* with them */
	struct str code;
	int year, serial;
	bool standard;        /* 〔2031〕8号 */
};

/* The first document number of s from byte `at` on. */
bool docnumber_find(struct str s, size_t at, struct docnumber *out);

#endif
