/* What a process holds goes when it is ended: by a signal, by want of memory; not what its child or another process holds. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/sweep.h"

static struct arena *arena;
static struct source_table table;
static struct diag_list diags;

static int open_all(void **state)
{
	(void)state;
	arena = arena_new();
	source_open(&table, arena);
	diag_open(&diags, arena, &table);
	return 0;
}

static int close_all(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static void put(const char *folder, const char *name)
{
	const char *path = file_join(arena, folder, name);
	assert_true(folder_make(&diags, file_dir(arena, path)));
	struct file_out *out = file_create(&diags, path);
	assert_true(file_write(out, name, strlen(name)) && file_commit(out));
}

/* A folder with all that a removal may trip over: many files, a deep one, links to what must stay, names that are hard to say. */
static void fill(const char *folder, const char *outside)
{
	char name[300], deep[80] = "d";
	for (int i = 0; i < 700; i++) {
		snprintf(name, sizeof name, "many/%0*d", 1 + i % 200, i);
		put(folder, name);
	}
	for (int i = 0; i < 30; i++)
		strcat(deep, "/d");
	put(folder, deep);
	put(folder, "版式/公文 \n*.xml");
	put(folder, "...");
	assert_true(folder_make(&diags, file_join(arena, folder, "empty/er")));
	assert_int_equal(symlink(outside, file_join(arena, folder, "out")), 0);
	assert_int_equal(symlink("/nowhere", file_join(arena, folder, "many/gone")), 0);
	assert_int_equal(symlink(".", file_join(arena, folder, "many/round")), 0);
}

static int status_of(pid_t child)
{
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void test_away(void **state)
{
	const char *folder = folder_for_a_while(&diags, arena), *other = folder_for_a_while(&diags, arena);
	(void)state;
	put(other, "stays");
	fill(folder, other);
	sweep_away(folder);
	assert_false(file_exists(folder) || file_is_dir(folder));
	assert_true(file_exists(file_join(arena, other, "stays")));
	sweep_away(folder);
	sweep_away(file_join(arena, other, "stays"));
	assert_false(file_exists(file_join(arena, other, "stays")));
	assert_true(file_is_dir(other));
}

static void handler(int number)
{
	sweep_all();
	signal(number, SIG_DFL);
	raise(number);
}

/* A child makes folders and an unfinished file, says their names, and ends: `how`. */
static void expect_gone(void (*how)(void), int want)
{
	int said[2];
	char line[4096];
	const char *mine = folder_for_a_while(&diags, arena);
	assert_int_equal(pipe(said), 0);
	pid_t child = fork();
	if (child == 0) {
		const char *one = folder_for_a_while(&diags, arena), *two = folder_for_a_while(&diags, arena);
		fill(one, mine);
		put(two, "a");
		signal(SIGTERM, handler);
		dprintf(said[1], "%s\n%s\n", one, two);
		close(said[1]);
		how();
		_exit(99);
	}
	close(said[1]);
	FILE *f = fdopen(said[0], "r");
	int lines = 0;
	int status = status_of(child);
	while (fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = '\0';
		assert_false(file_is_dir(line));
		lines++;
	}
	fclose(f);
	assert_int_equal(lines, 2);
	assert_int_equal(status, want);
	assert_true(file_is_dir(mine));
}

static void by_signal(void)
{
	raise(SIGTERM);
}

static void by_memory(void)
{
	mem_fail_after(1);
	mem_alloc(10);
}

static void test_ended(void **state)
{
	(void)state;
	expect_gone(by_signal, SIGTERM);
	expect_gone(by_memory, 3 << 8);
}

static void test_dropped(void **state)
{
	const char *folder = folder_for_a_while(&diags, arena), *path = file_join(arena, folder, "kept");
	(void)state;
	put(folder, "kept");
	sweep_hold(path);
	sweep_drop(path);
	sweep_drop(path);
	sweep_drop(NULL);
	sweep_drop("never held");
	/* More than the table holds: those beyond are forgotten, nothing else is. */
	for (int i = 0; i < 2 * SWEEP_MOST; i++)
		sweep_hold(file_join(arena, folder, arena_printf(arena, "no-%d", i)));
	sweep_hold(path);
	sweep_all();
	assert_false(file_is_dir(folder));
}

/* A file system where every file has a name. */
static int only_named(void *user, const char *what)
{
	(void)user;
	return strcmp(what, "open nameless") == 0 ? EOPNOTSUPP : 0;
}

/* A result that is written and renamed is nobody's to remove; one that is not finished is. */
static void test_results(void **state)
{
	const char *folder = folder_for_a_while(&diags, arena);
	(void)state;
	sweep_drop(folder);
	pid_t child = fork();
	if (child == 0) {
		file_ask(only_named, NULL);
		put(folder, "whole");
		struct file_out *half = file_create(&diags, file_join(arena, folder, "half"));
		file_write(half, "x", 1);
		sweep_all();
		_exit(0);
	}
	assert_int_equal(status_of(child), 0);
	assert_true(file_exists(file_join(arena, folder, "whole")));
	sweep_away(file_join(arena, folder, "whole"));
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_away), cmocka_unit_test(test_ended), cmocka_unit_test(test_results), cmocka_unit_test(test_dropped),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
