/* arena: memory that lives and dies together.
 * Owns: blocks of bytes, and foreign handles handed over by arena_defer.
 * Gives: zeroed, 16-byte aligned memory; never NULL (see mem.h for what happens when
 * the machine has none left). */
#ifndef GEN_BASE_ARENA_H
#define GEN_BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

struct arena;

struct arena *arena_new(void);
/* Run the deferred calls in reverse order, then free everything. NULL is allowed. */
void arena_close(struct arena *a);
/* The same, but keep the first block for use again. */
void arena_reset(struct arena *a);

/* n zeroed bytes. */
void *arena_alloc(struct arena *a, size_t n);
/* Array of n zeroed elements of size bytes; refuses a product that overflows. */
void *arena_array(struct arena *a, size_t n, size_t size);
/* The same with anything in it, for a caller who writes all that he reads. */
void *arena_room(struct arena *a, size_t n, size_t size);
/* A list of n elements with room for more: a copy twice as long as *cap, at first `least`. ARENA_GROW asks when there is none. */
void *arena_grow(struct arena *a, const void *list, size_t n, size_t *cap, size_t size, size_t least);
/* Copy of n bytes with a NUL behind them. */
char *arena_copy(struct arena *a, const char *p, size_t n);
struct str arena_str(struct arena *a, struct str s);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Call fn(ptr) when the arena is closed or reset. */
void arena_defer(struct arena *a, void (*fn)(void *), void *ptr);
/* Bytes handed out so far. */
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))
/* Make room for one more element behind the n of a list, which may move; cap: a size_t of the caller's, 0 at first. */
#define ARENA_GROW(a, list, n, cap, least) \
	((n) < (cap) ? (void)0 : (void)((list) = arena_grow((a), (list), (n), &(cap), sizeof *(list), (least))))
#define ARENA_ROOM(a, n, type) ((type *)arena_room((a), (n), sizeof(type)))

#endif
