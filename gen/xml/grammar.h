/* grammar: whether an expression is XPath 1.0 to its last character. Private to xml. */
#ifndef GEN_XML_GRAMMAR_H
#define GEN_XML_GRAMMAR_H

#include "base/str.h"

/* Where the first token stands that does not fit; the expression's end when something is missing there; SIZE_MAX when all
 * is well. *before = the token before it, without quotes; empty when there is none. */
size_t grammar_misfit(struct str expression, struct str *before);

#endif
