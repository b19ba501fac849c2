/* buf: growing bytes. Owns its memory until buf_free; b.p may be NULL while n is 0. */
#ifndef GEN_BASE_BUF_H
#define GEN_BASE_BUF_H

#include <stdarg.h>

#include "base/str.h"

struct buf {
	char *p;
	size_t n, cap; /* bytes */
};

void buf_free(struct buf *b);
void buf_reserve(struct buf *b, size_t more);
void buf_put(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *c_string);
static inline void buf_char(struct buf *b, char c)
{
	if (b->n == b->cap)
		buf_reserve(b, 1);
	b->p[b->n++] = c;
}
void buf_utf8(struct buf *b, uint32_t cp);
/* A number in decimal. */
void buf_number(struct buf *b, uint64_t n);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap);
/* A JSON string with its quotes. */
void buf_json(struct buf *b, struct str s);
struct str buf_view(const struct buf *b);

#endif
