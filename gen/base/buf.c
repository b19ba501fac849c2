/* buf: see buf.h. Capacity doubles; a NUL is never promised behind the bytes. */
#include "base/buf.h"

#include <assert.h>
#include <stdio.h>

#include "base/mem.h"

void buf_free(struct buf *b)
{
	mem_free(b->p);
	*b = (struct buf){0};
}

void buf_reserve(struct buf *b, size_t more)
{
	if (more <= b->cap - b->n)
		return;
	if (more > SIZE_MAX / 2 - b->n)
		mem_die(more);
	size_t cap = b->cap ? b->cap * 2 : 64;
	if (cap < b->n + more)
		cap = b->n + more;
	b->p = mem_grow(b->p, cap);
	b->cap = cap;
}

void buf_put(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	buf_reserve(b, n);
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void buf_str(struct buf *b, struct str s)
{
	buf_put(b, s.p, s.n);
}

void buf_puts(struct buf *b, const char *c_string)
{
	buf_str(b, str_of(c_string));
}

void buf_utf8(struct buf *b, uint32_t cp)
{
	char bytes[4];
	buf_put(b, bytes, (size_t)utf8_put(cp, bytes));
}

void buf_number(struct buf *b, uint64_t n)
{
	char digits[20], *at = digits + sizeof digits;

	do
		*--at = (char)('0' + n % 10);
	while (n /= 10);
	buf_put(b, at, (size_t)(digits + sizeof digits - at));
}

void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	buf_reserve(b, 64);
	size_t room = b->cap - b->n;
	int n = vsnprintf(b->p + b->n, room, fmt, ap);
	assert(n >= 0);
	if ((size_t)n >= room) {
		buf_reserve(b, (size_t)n + 1);
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
	}
	b->n += (size_t)n;
	va_end(again);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

/* Beside what JSON asks for, DEL, C1 controls and the bidi and line separators are escaped too:
 * the lines are read on terminals. */
static bool json_escaped(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || (cp >= 0x2028 && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

void buf_json(struct buf *b, struct str s)
{
	buf_char(b, '"');
	for (size_t at = 0; at < s.n;) {
		uint32_t cp = utf8_next(s, &at);
		if (cp == '"' || cp == '\\')
			buf_printf(b, "\\%c", (char)cp);
		else if (cp == '\n')
			buf_puts(b, "\\n");
		else if (cp == '\t')
			buf_puts(b, "\\t");
		else if (json_escaped(cp))
			buf_printf(b, "\\u%04x", (unsigned)cp);
		else
			buf_utf8(b, cp);
	}
	buf_char(b, '"');
}

struct str buf_view(const struct buf *b)
{
	return (struct str){b->p ? b->p : "", b->n};
}
