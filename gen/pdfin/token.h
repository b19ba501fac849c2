/* token: the words of a content stream or a CMap (ISO 32000-1, 7.2, 7.3). */
#ifndef GEN_PDFIN_TOKEN_H
#define GEN_PDFIN_TOKEN_H

#include "base/buf.h"

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_NAME, TOKEN_STRING, TOKEN_HEX, TOKEN_MARK, TOKEN_WORD };

struct tokens {
	struct str s;
	size_t at;        /* behind the token */
	struct str text;  /* name without its slash, word, mark as they stand */
	struct buf bytes; /* of a string; freed by the caller */
	double number;
};

/* The next token. Whatever the bytes are, it ends. */
enum token_kind token_next(struct tokens *t);

#endif
