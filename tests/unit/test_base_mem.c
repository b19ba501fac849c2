/* Arenas, and what happens when the machine has no memory left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/mem.h"

static bool all_zero(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

/* Blocks of all sizes are aligned, zeroed and do not overlap: each keeps its own pattern. */
static void blocks_are_apart(void **state)
{
	(void)state;
	enum { N = 3000 };
	static unsigned char *block[N];
	static size_t size[N];
	struct arena *a = arena_new();
	for (int round = 0; round < 2; round++) {
		size_t total = 0;
		for (int i = 0; i < N; i++) {
			size[i] = i % 500 == 499 ? 200000 : i % 97 == 0 ? 17000 : (size_t)(i * 31 % 300);
			total += size[i];
			block[i] = arena_alloc(a, size[i]);
			assert_int_equal((uintptr_t)block[i] % 16, 0);
			assert_true(all_zero(block[i], size[i]));
			memset(block[i], 1 + i % 255, size[i]);
		}
		assert_int_equal(arena_used(a), total);
		for (int i = 0; i < N; i++)
			for (size_t k = 0; k < size[i]; k++)
				assert_int_equal(block[i][k], 1 + i % 255);
		arena_reset(a); /* the second round must find zeros again */
		assert_int_equal(arena_used(a), 0);
	}
	arena_close(a);
	arena_close(NULL);
}

static void copies(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	char text[] = "主送机关";
	struct str copy = arena_str(a, str_of(text));
	text[0] = 'x';
	assert_true(str_is(copy, "主送机关"));
	assert_int_equal(copy.p[copy.n], '\0');
	assert_string_equal(arena_copy(a, NULL, 0), "");
	assert_string_equal(arena_printf(a, "%s-%d", "第", 3), "第-3");
	char *wide = arena_printf(a, "%70000d", 1);
	assert_int_equal(strlen(wide), 70000);
	arena_close(a);
}

static char order[8];

static void note(void *letter)
{
	strncat(order, letter, 1);
}

static void deferred_calls_run_backwards_once(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	order[0] = '\0';
	arena_defer(a, note, "a");
	arena_defer(a, note, "b");
	arena_reset(a);
	assert_string_equal(order, "ba");
	arena_defer(a, note, "c");
	arena_close(a);
	assert_string_equal(order, "bac");
}

/* Run fn in a child; its exit status, and what it said on stderr. */
static int in_child(void (*fn)(void), char said[200])
{
	int ends[2], status;
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		fn();
		_exit(0);
	}
	close(ends[1]);
	size_t got = 0;
	for (ssize_t n; (n = read(ends[0], said + got, 199 - got)) > 0;)
		got += (size_t)n;
	said[got] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void third_allocation(void)
{
	mem_fail_after(3);
	static void *volatile p; /* stays reachable: no leak */
	p = mem_alloc(1);
	p = mem_grow(p, 100);
	write(STDERR_FILENO, "two ", 4);
	mem_zero(1, 1);
	_exit(9);
}

static void product_overflows(void)
{
	static struct arena *volatile a;
	a = arena_new();
	arena_array(a, SIZE_MAX / 8, 16);
	_exit(9);
}

static void huge_block(void)
{
	static struct arena *volatile a;
	a = arena_new();
	arena_alloc(a, SIZE_MAX - 20);
	_exit(9);
}

static void switched_off(void)
{
	mem_fail_after(1);
	mem_fail_after(0);
	mem_free(mem_alloc(0));
}

static void without_memory_the_process_ends_with_3(void **state)
{
	(void)state;
	char said[200];
	assert_int_equal(in_child(third_allocation, said), 3);
	assert_string_equal(said, "two genpdf: out of memory（内存不足）\n");
	assert_int_equal(in_child(product_overflows, said), 3);
	assert_int_equal(in_child(huge_block, said), 3);
	assert_int_equal(in_child(switched_off, said), 0);
	assert_string_equal(said, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_apart),
		cmocka_unit_test(copies),
		cmocka_unit_test(deferred_calls_run_backwards_once),
		cmocka_unit_test(without_memory_the_process_ends_with_3),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
