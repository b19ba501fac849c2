/* Names of files put together: nothing of where they stand on this machine, what refers to what by a relative path still does.
 * MD5 by the examples of RFC 1321, A.5. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/bundle.h"
#include "base/folder.h"
#include "base/md5.h"

struct fixture {
	struct arena *a;
	struct source_table t;
	struct diag_list d;
	struct file_inputs inputs;
	const char *dir;
};

static void open_fixture(struct fixture *f)
{
	*f = (struct fixture){.a = arena_new()};
	source_open(&f->t, f->a);
	diag_open(&f->d, f->a, &f->t);
	f->dir = folder_for_a_while(&f->d, f->a);
	assert_non_null(f->dir);
	f->inputs.arena = f->a;
	f->t.inputs = &f->inputs;
}

/* Write a file below the folder, and read it by this path. */
static void read_in(struct fixture *f, const char *path)
{
	const char *full = file_join(f->a, f->dir, path);
	struct str bytes;
	assert_true(folder_make(&f->d, file_dir(f->a, full)));
	struct file_out *out = file_create(&f->d, full);
	assert_true(file_write(out, path, strlen(path)) && file_commit(out));
	assert_true(file_read(&f->d, f->a, full, FILE_LIMIT, &bytes));
}

static void expect(struct fixture *f, const char *want)
{
	struct bundle b = bundle_of(f->a, &f->inputs, file_join(f->a, f->dir, "home"), file_join(f->a, f->dir, "lists/fonts.xml"), NULL);
	struct buf got = {0};
	for (size_t i = 0; i < b.n; i++)
		buf_printf(&got, "%.*s=%.*s\n", STR_ARG(b.files[i].name), STR_ARG(b.files[i].bytes));
	buf_char(&got, '\0');
	assert_string_equal(got.p, want);
	buf_free(&got);
}

static void test_names(void **state)
{
	struct fixture f;
	(void)state;
	open_fixture(&f);
	read_in(&f, "mine/.plan: 1.xml");
	read_in(&f, "mine/other.xml");
	read_in(&f, "home/records/schema/x.rng");
	read_in(&f, "office/red/layout.xml");
	read_in(&f, "office/red/parts/a.xsl");
	read_in(&f, "office/blue/layout.xml");
	read_in(&f, "home/layouts/base/layout.xml");
	read_in(&f, "home/layouts/base/layout.xml");
	read_in(&f, "lists/fonts.xml");
	expect(&f, "fonts/fonts.xml=lists/fonts.xml\n"
		   "layouts/base/layout.xml=home/layouts/base/layout.xml\n"
		   "layouts/blue/layout.xml=office/blue/layout.xml\n"
		   "layouts/red/layout.xml=office/red/layout.xml\n"
		   "layouts/red/parts/a.xsl=office/red/parts/a.xsl\n"
		   "record/_plan: 1.xml=mine/.plan: 1.xml\n"
		   "record/other.xml=mine/other.xml\n"
		   "records/schema/x.rng=home/records/schema/x.rng\n");
	arena_close(f.a);
}

/* A layout of the office's own that has the name of one it uses. */
static void test_same_name(void **state)
{
	struct fixture f;
	(void)state;
	open_fixture(&f);
	read_in(&f, "home/layouts/plan.xml");
	read_in(&f, "red/layout.xml");
	read_in(&f, "home/layouts/red/layout.xml");
	expect(&f, "layouts/red/layout.xml=home/layouts/red/layout.xml\n"
		   "own/red/layout.xml=red/layout.xml\n"
		   "record/plan.xml=home/layouts/plan.xml\n");
	arena_close(f.a);
}

/* The folder goes with its arena, whatever is in it. */
static void test_folder_goes(void **state)
{
	struct fixture f;
	char dir[4096];
	(void)state;
	open_fixture(&f);
	snprintf(dir, sizeof dir, "%s", f.dir);
	read_in(&f, "a/b/c/d.txt");
	assert_int_equal(symlink("/", file_join(f.a, dir, "a/top")), 0);
	assert_true(file_is_dir(dir));
	arena_close(f.a);
	assert_false(file_exists(dir));
	assert_true(file_is_dir("/tmp"));
}

static void expect_md5(struct str bytes, const char *want)
{
	uint8_t hash[16];
	char hex[33];
	md5(bytes, hash);
	for (int i = 0; i < 16; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	assert_string_equal(hex, want);
}

static void test_md5(void **state)
{
	(void)state;
	expect_md5(STR(""), "d41d8cd98f00b204e9800998ecf8427e");
	expect_md5(STR("abc"), "900150983cd24fb0d6963f7d28e17f72");
	expect_md5(STR("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"), "d174ab98d277d9f5a5611c2c9f419d9f");
	expect_md5(STR("12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
		   "57edf4a22be3c955ac49da2e2107b67a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names), cmocka_unit_test(test_same_name), cmocka_unit_test(test_folder_goes), cmocka_unit_test(test_md5),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
