/* token: the tokens of an XPath 1.0 expression. Private to xml. */
#ifndef GEN_XML_TOKEN_H
#define GEN_XML_TOKEN_H

#include "base/str.h"

enum token_kind {
	TOKEN_END, TOKEN_NAME /* also "*", "p:*" */, TOKEN_OPERATOR, TOKEN_SLASH, TOKEN_BAR, TOKEN_AT, TOKEN_AXIS, TOKEN_DOT,
	TOKEN_DOTS, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_BRACKET, TOKEN_BRACKET_CLOSE, TOKEN_COMMA, TOKEN_LITERAL, TOKEN_NUMBER,
	TOKEN_VARIABLE, TOKEN_CALL, TOKEN_TYPE /* text, node … before "(" */
};

struct token {
	enum token_kind kind;
	size_t at;
	struct str text; /* names as written, a literal without quotes, an axis without "::" */
};

/* Set s; the rest begins as zero. */
struct lexer {
	struct str s;
	size_t at;
	enum token_kind before;
};

/* The next token; TOKEN_END at the end, again and again. Whatever is no token is an operator. */
struct token lex_token(struct lexer *x);

#endif
