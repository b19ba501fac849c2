/* choice: what to say about a word that is none of those allowed.
 * Takes: the word and the list. Gives: an argument for a message that names the nearest and all of them. */
#ifndef GEN_BASE_CHOICE_H
#define GEN_BASE_CHOICE_H

#include "base/arena.h"

/* The word of the list (NULL at its end) that is as good as the given one but for a slip; NULL: none is near. */
const char *choice_nearest(struct str given, const char *const *words);
/* The words of a list with blanks between, NULL at their end. */
const char *const *choice_words(struct arena *a, const char *list);
/* "，是否应为 text？可用：text json" in both languages (DIAG_TWO). Of more than CHOICE_LISTED words only the nearest, or "". */
enum { CHOICE_LISTED = 20 };
const char *choice_text(struct arena *a, struct str given, const char *const *words);

#endif
