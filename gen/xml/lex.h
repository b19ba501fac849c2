/* lex: the names that an XPath expression uses. Private to xml. */
#ifndef GEN_XML_LEX_H
#define GEN_XML_LEX_H

#include "base/str.h"

enum lex_kind { LEX_ELEMENT, LEX_ATTRIBUTE, LEX_VARIABLE, LEX_CALL };

enum { LEX_ARGS = 4 };

/* A name test, a variable or a call. at: offset in the expression, of the "$" of a variable. */
struct lex_name {
	enum lex_kind kind;
	struct str prefix, name; /* name "*" only behind a prefix */
	size_t at, n;
	int n_args;
	struct lex_literal {
		struct str text; /* without its quotes; empty when the argument is anything else */
		size_t at;
	} args[LEX_ARGS];
};

/* Tell all names of an expression or pattern that compiles; a call comes behind what stands in its brackets. */
void lex_names(struct str expression, void (*take)(void *user, const struct lex_name *name), void *user);
/* Where an expression that compiles is no pattern for match; SIZE_MAX when it is one. */
size_t lex_no_pattern(struct str expression);

#endif
