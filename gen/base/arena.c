/* arena: see arena.h. A list of chunks, the newest in front; what is too large for a chunk gets
 * one of its own behind the front one, so that the room left in front is not wasted. Bytes are zeroed when they are
 * handed out: most arenas, one for each paragraph and page, end with their first chunk half used.
 * Under AddressSanitizer every allocation is followed by poisoned bytes. */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
enum { RED_ZONE = 16 };
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { RED_ZONE = 0 };
#endif

enum { ALIGN = 16 };
static const size_t first_chunk = 64 << 10, largest_chunk = 1 << 20; /* bytes */

struct chunk {
	struct chunk *next;
	size_t size, used; /* bytes behind the head */
	char *bytes;
};

/* Bytes of struct chunk, rounded up so that what follows stays aligned. */
enum { CHUNK_HEAD = (sizeof(struct chunk) + ALIGN - 1) / ALIGN * ALIGN };

struct deferred {
	struct deferred *next;
	void (*fn)(void *);
	void *ptr;
};

struct arena {
	struct chunk *front;
	struct chunk *first; /* kept by arena_reset */
	struct deferred *deferred;
	size_t next_size, used;
};

static struct chunk *chunk_new(size_t size)
{
	struct chunk *c = mem_alloc(CHUNK_HEAD + size);
	*c = (struct chunk){.size = size, .bytes = (char *)c + CHUNK_HEAD};
	POISON(c->bytes, size);
	return c;
}

static void chunk_free(struct chunk *c)
{
	UNPOISON(c->bytes, c->size);
	mem_free(c);
}

struct arena *arena_new(void)
{
	struct arena *a = mem_zero(1, sizeof *a);
	a->front = a->first = chunk_new(mem_is_asked() ? 0 : first_chunk);
	a->next_size = first_chunk * 2;
	return a;
}

static void run_deferred(struct arena *a)
{
	while (a->deferred) {
		struct deferred *d = a->deferred;
		a->deferred = d->next;
		d->fn(d->ptr);
	}
}

void arena_close(struct arena *a)
{
	if (!a)
		return;
	run_deferred(a);
	for (struct chunk *c = a->front, *next; c; c = next) {
		next = c->next;
		chunk_free(c);
	}
	mem_free(a);
}

void arena_reset(struct arena *a)
{
	run_deferred(a);
	for (struct chunk *c = a->front, *next; c; c = next) {
		next = c->next;
		if (c != a->first)
			chunk_free(c);
	}
	struct chunk *c = a->first;
	POISON(c->bytes, c->used);
	c->used = 0;
	c->next = NULL;
	a->front = c;
	a->next_size = first_chunk * 2;
	a->used = 0;
}

static void *chunk_take(struct chunk *c, size_t n, size_t room)
{
	char *p = c->bytes + c->used;
	c->used += room;
	UNPOISON(p, n);
	return p;
}

static void *take(struct arena *a, size_t n)
{
	if (n > SIZE_MAX / 2)
		mem_die(n);
	size_t room = ((n ? n : 1) + RED_ZONE + ALIGN - 1) / ALIGN * ALIGN;
	a->used += n;
	if (room <= a->front->size - a->front->used)
		return chunk_take(a->front, n, room);
	if (room > first_chunk / 4 || mem_is_asked()) {
		struct chunk *own = chunk_new(room);
		own->next = a->front->next;
		a->front->next = own;
		return chunk_take(own, n, room);
	}
	struct chunk *c = chunk_new(a->next_size);
	if (a->next_size < largest_chunk)
		a->next_size *= 2;
	c->next = a->front;
	a->front = c;
	return chunk_take(c, n, room);
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(take(a, n), 0, n);
}

static size_t bytes_of(size_t n, size_t size)
{
	size_t product;
	if (__builtin_mul_overflow(n, size, &product))
		mem_die(SIZE_MAX);
	return product;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	return arena_alloc(a, bytes_of(n, size));
}

void *arena_room(struct arena *a, size_t n, size_t size)
{
	return take(a, bytes_of(n, size));
}

void *arena_grow(struct arena *a, const void *list, size_t n, size_t *cap, size_t size, size_t least)
{
	*cap = *cap ? *cap * 2 : least;
	void *more = arena_array(a, *cap, size);
	if (n)
		memcpy(more, list, n * size);
	return more;
}

char *arena_copy(struct arena *a, const char *p, size_t n)
{
	if (n == SIZE_MAX)
		mem_die(n);
	char *copy = take(a, n + 1);
	if (n)
		memcpy(copy, p, n);
	copy[n] = 0;
	return copy;
}

struct str arena_str(struct arena *a, struct str s)
{
	return (struct str){arena_copy(a, s.p, s.n), s.n};
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(n >= 0);
	char *p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

void arena_defer(struct arena *a, void (*fn)(void *), void *ptr)
{
	struct deferred *d = ARENA_NEW(a, struct deferred);
	*d = (struct deferred){a->deferred, fn, ptr};
	a->deferred = d;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
