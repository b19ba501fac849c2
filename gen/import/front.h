/* front: what stands before the body of a document: metadata of a web page, authorities, the title (which a page may show twice),
 * subtitle, authorities and dates below it. Takes paragraphs. Gives a part for each, then their elements in the order of the text. */
#ifndef GEN_IMPORT_FRONT_H
#define GEN_IMPORT_FRONT_H

#include "import/kinds.h"

enum front_role {
	FRONT_FACTS,      /* metadata */
	FRONT_VALUE,      /* the value of the key that ended the paragraph before */
	FRONT_PAGE_TITLE, /* a title of the page that the document has not */
	FRONT_REPEAT,     /* the title once more */
	FRONT_AUTHORITY, FRONT_RED_HEAD, FRONT_DATE, FRONT_NUMBER, FRONT_PERSON,
	FRONT_TITLE, FRONT_SUBTITLE,
};
enum { FRONT_PARAS = 24 };


struct front {
	size_t n;                /* paragraphs; the body begins here */
	size_t title, title_end; /* paragraphs of the title; equal: there is none */
	uint8_t role[FRONT_PARAS];
};

/* words: what a title of the kind ends with or holds (总结 计划 …). */
struct front front_read(const struct paras *ps, const char *const *words, size_t n_words);
/* <metadata> <head> <title> and what stands below it. number: the kind has document numbers in its head. */
void front_write(struct work *k, const struct front *f);
/* An authority, a date, a document number or a person: a line of an open <imprint>. */
void front_write_line(struct work *k, size_t para);
/* Is paragraph i a list of recipients: names of units and people, and a colon? */
bool front_is_recipients(const struct paras *ps, size_t i);
/* <recipients> */
void front_write_recipients(struct work *k, size_t i);
/* The year that the title says, else a line near it; 0 when none does. */
int front_year(const struct work *k, const struct front *f);
/* Metadata at the end of the text, from paragraph `from` on; its first paragraph. */
size_t front_tail(const struct paras *ps, size_t from);
void front_write_tail(struct work *k, size_t from, size_t to);

#endif
