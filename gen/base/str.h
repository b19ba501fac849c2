/* str: byte slices and UTF-8.
 * A str points into memory that somebody else owns and need not end in NUL. */
#ifndef GEN_BASE_STR_H
#define GEN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p;
	size_t n; /* bytes */
};

#define STR(lit) ((struct str){(lit), sizeof(lit) - 1})
/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, (s).p

struct str str_of(const char *c_string); /* NULL gives the empty slice */
static inline bool str_eq(struct str a, struct str b)
{
	/* Most comparisons end with the length or the first byte. */
	return a.n == b.n && (a.n == 0 || (a.p[0] == b.p[0] && memcmp(a.p, b.p, a.n) == 0));
}
bool str_is(struct str a, const char *c_string);
int str_cmp(struct str a, struct str b); /* by bytes */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Offset of needle in s, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle);
static inline struct str str_sub(struct str s, size_t from, size_t to)
{
	to = to < s.n ? to : s.n;
	from = from < to ? from : to;
	return (struct str){s.p ? s.p + from : "", to - from};
}
/* Without ASCII blanks at both ends. */
struct str str_trim(struct str s);
uint64_t str_hash(struct str s); /* FNV-1a, the same on every machine */
/* For many bytes: eight at a time, the same on every machine too. */
uint64_t str_digest(struct str s);
/* Edit distance in characters, for "did you mean"; gives up above limit and returns limit + 1. */
int str_distance(struct str a, struct str b, int limit);

/* Not to be called: utf8_next does, for what is neither ASCII nor one of the three-byte sequences that nearly all Chinese is. */
uint32_t utf8_next_rare(struct str s, size_t *at);
/* Next code point of s at *at, and move *at behind it. An invalid byte gives U+FFFD and
 * moves by one. Must not be called at the end. */
static inline uint32_t utf8_next(struct str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.p + *at;
	if (p[0] < 0x80) {
		*at += 1;
		return p[0];
	}
	if (p[0] < 0xE1 || p[0] > 0xEF || p[0] == 0xED || s.n - *at < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
		return utf8_next_rare(s, at);
	*at += 3;
	return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
}
/* The code point that ends at *at, and move *at before it. */
uint32_t utf8_prev(struct str s, size_t *at);
/* Bytes written to out (1-4). */
int utf8_put(uint32_t cp, char out[4]);
size_t utf8_count(struct str s); /* characters */
/* Bytes of a code point. */
static inline size_t utf8_length(uint32_t cp)
{
	return cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
}
/* Offset of the first byte that is not valid UTF-8 (overlong, surrogate, beyond U+10FFFF),
 * or SIZE_MAX when all are valid. */
size_t utf8_bad(struct str s);

#endif
