/* mem: see mem.h. Owns: the counter of the fault injection used by tests.
 * The message is fixed bytes and goes out by write(2), since stdio may itself want memory. */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/sweep.h"

/* The only writable globals of base/ are the two fault injections (here and in file.c), which are
 * off unless a test turns them on, and the table of sweep.c. */
static long fail_countdown;
static bool (*ask)(void *);
static void *ask_user;

void mem_fail_after(long n)
{
	fail_countdown = n;
}

void mem_ask(bool (*fails)(void *), void *user)
{
	ask = fails;
	ask_user = user;
}

bool mem_is_asked(void)
{
	return ask;
}

static bool injected_failure(void)
{
	if (ask && ask(ask_user))
		return true;
	return fail_countdown > 0 && --fail_countdown == 0;
}

_Noreturn void mem_die(size_t wanted)
{
	static const char text[] = "genpdf: out of memory（内存不足）\n";
	(void)wanted;
	sweep_all();
	if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
		_exit(3);
	_exit(3);
}

void *mem_alloc(size_t n)
{
	void *p = injected_failure() ? NULL : malloc(n ? n : 1);
	if (!p)
		mem_die(n);
	return p;
}

void *mem_zero(size_t n, size_t size)
{
	if (n == 0 || size == 0)
		n = size = 1;
	void *p = injected_failure() ? NULL : calloc(n, size);
	if (!p)
		mem_die(size);
	return p;
}

void *mem_grow(void *p, size_t n)
{
	void *q = injected_failure() ? NULL : realloc(p, n ? n : 1);
	if (!q)
		mem_die(n);
	return q;
}

void mem_free(void *p)
{
	free(p);
}
