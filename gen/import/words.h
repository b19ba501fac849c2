/* words: running text of a paragraph into the element that is open: a typed blank between the two halves of a title or slogan
 * (inside 《 》 or quotes) becomes <br role="slogan"/>, other blanks are decided as everywhere, document numbers are marked where the
 * kind has them. */
#ifndef GEN_IMPORT_WORDS_H
#define GEN_IMPORT_WORDS_H

#include "import/kinds.h"

void words_write(struct work *k, size_t para, size_t from, size_t to);
/* The same with <document-number>s. */
void words_write_numbers(struct work *k, size_t para, size_t from, size_t to);
/* <name>words</name>, on a line of its own. */
void words_element(struct work *k, const char *name, size_t para, size_t from, size_t to);
/* Some characters before and behind byte `at`. */
struct str words_around(struct str s, size_t at, int before, int behind);
/* The lines from … to of a title, joined to one or, by an answer, an element <line> each. */
void words_title(struct work *k, size_t from, size_t to);
/* Leave a paragraph out: its characters are dropped entries of this code (whose choices are drop and keep). False: keep it. */
bool words_drop(struct work *k, size_t para, enum diag_code code);
bool words_has_any(struct str s, const char *const *words, size_t n);

#endif
