/* complain: what the files of complaints share. */
#ifndef GEN_XML_COMPLAIN_H
#define GEN_XML_COMPLAIN_H

#include "xml/walker.h"

enum { NAME_CHARS = 60, VALUE_CHARS = 30 };

/* Words in both languages, by enum diag_lang. */
struct words {
	struct walker *w;
	struct buf b[2];
};

/* Every complaint begins with it: the fault at loc is counted; false when nothing is to be said. */
bool complain_begin(struct walker *w, struct words *x, struct loc loc);
/* A message for a code and its arguments; a cause that was there is counted only.
 * key: how many of the arguments make the cause; args: up to three, ended by NULL when fewer. */
void complain_tell(struct walker *w, enum diag_code code, struct loc loc, size_t length, int key,
		   const char *const args[3]);

void words_put(struct words *x, const char *zh, const char *en);
void words_both(struct words *x, struct str s);
void words_tag(struct words *x, struct str name); /* <name> */
/* The names that leaves bear, "<a>、<b> 或 <c>"; or_zh, or_en: between the last two, NULL for a plain list. */
void words_names(struct words *x, const struct leaf_set *s, const char *or_zh, const char *or_en);
#define WORDS_OR " 或 ", " or "
/* The same, each with the first words of its documentation in brackets. */
void words_explained(struct words *x, const struct leaf_set *s, const char *or_zh, const char *or_en);
/* One of s: explained, if it is not a single leaf that words_doc_of follows for. */
void words_wanted(struct words *x, const struct leaf_set *s);
/* ": " and the first sentence of the documentation, when s is a single leaf. */
void words_doc_of(struct words *x, const struct leaf_set *s);
/* The first sentence of a leaf's documentation behind these words; nothing without one. */
void words_doc(struct words *x, const struct leaf *leaf, const char *zh, const char *en);
/* An argument for a message; frees x. */
const char *words_end(struct words *x);
struct str words_cut(struct str s, size_t chars);

const char *complain_name(struct walker *w, struct str name); /* as an argument */
const char *complain_shown(struct walker *w, struct str text); /* without blanks at its ends, cut */
/* Where the first words of a text stand. */
struct loc complain_text_loc(struct walker *w, const struct xml_node *text);
/* The name that want was meant for, or empty. */
struct str complain_near(const struct map *names, struct str want);

#endif
