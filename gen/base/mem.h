/* mem: the one place that asks the C library for memory.
 * A process without memory cannot make a whole document: mem_* print one message and end the
 * process with status 3. This is safe because no half-made output is ever under its final name
 * and file.c opens its temporary file only when nothing is left to be allocated. */
#ifndef GEN_BASE_MEM_H
#define GEN_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

void *mem_alloc(size_t n);            /* uninitialised */
void *mem_zero(size_t n, size_t size); /* n zeroed elements */
void *mem_grow(void *p, size_t n);     /* realloc */
void mem_free(void *p);
/* For tests: the n-th allocation from now fails (and ends the process); 0 = off. */
void mem_fail_after(long n);
/* For tests: asked before every allocation; true: it fails. While somebody is asked, every piece of an arena that is made then is an
 * allocation of its own. NULL = off. */
void mem_ask(bool (*fails)(void *user), void *user);
bool mem_is_asked(void);
/* The process ends here with status 3, and its temporary files with it (sweep.h). */
_Noreturn void mem_die(size_t wanted);

#endif
