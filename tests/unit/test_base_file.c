/* Reading, and writing that makes a whole file or leaves everything as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

struct fixture {
	char dir[64];
	struct arena *arena;
	struct source_table sources;
	struct diag_list d;
};

static struct fixture f;

/* Each test works in an empty folder of its own, which is the working directory too. */
static int set_up(void **state)
{
	(void)state;
	f = (struct fixture){.dir = "/tmp/genpdf-test-XXXXXX", .arena = arena_new()};
	source_open(&f.sources, f.arena);
	diag_open(&f.d, f.arena, &f.sources);
	return !mkdtemp(f.dir) || chdir(f.dir) != 0;
}

/* Names in a folder (without . and ..), each removed when asked. */
static int entries(const char *path, bool remove_them)
{
	DIR *dir = opendir(path);
	assert_non_null(dir);
	int n = 0;
	for (struct dirent *e; (e = readdir(dir));) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		n++;
		if (remove_them)
			remove(file_join(f.arena, path, e->d_name));
	}
	closedir(dir);
	return n;
}

static int tear_down(void **state)
{
	(void)state;
	file_fail_after(-1);
	if (file_is_dir("sub"))
		entries("sub", true);
	entries(".", true);
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(f.dir), 0);
	arena_close(f.arena);
	return 0;
}

static void put(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static bool holds(const char *path, const char *text)
{
	struct str all;
	return file_read(&f.d, f.arena, path, FILE_LIMIT, &all) && str_is(all, text);
}

/* The last message's sentence. */
static const char *said(void)
{
	if (f.d.n == 0)
		return "";
	struct buf b = {0};
	diag_sentence(&f.d.list[f.d.n - 1], LANG_EN, &b);
	char *copy = arena_copy(f.arena, b.p, b.n);
	buf_free(&b);
	return copy;
}

static bool write_file(const char *path, const char *text)
{
	struct file_out *o = file_create(&f.d, path);
	if (!o)
		return false;
	file_write(o, text, strlen(text));
	return file_commit(o);
}

static void reading(void **state)
{
	(void)state;
	struct str got;
	put("a", "甲乙");
	assert_true(file_read(&f.d, f.arena, "a", 6, &got));
	assert_true(str_is(got, "甲乙") && got.p[6] == '\0');
	assert_false(file_read(&f.d, f.arena, "a", 5, &got));
	assert_string_equal(said(), "a is larger than the limit of 5 bytes");
	assert_int_equal(f.d.list[0].severity, SEVERITY_ERROR);
	put("empty", "");
	assert_true(file_read(&f.d, f.arena, "empty", 0, &got));
	assert_true(got.n == 0 && got.p && *got.p == '\0');

	assert_false(file_read(&f.d, f.arena, "none", 9, &got));
	assert_string_equal(said(), "cannot read none: No such file or directory");
	assert_int_equal(f.d.list[1].severity, SEVERITY_WORLD);
	assert_false(file_read(&f.d, f.arena, ".", 9, &got));
	assert_string_equal(said(), "cannot read .: Is a directory");
	/* No size is known beforehand, and none would ever be reached. */
	assert_false(file_read(&f.d, f.arena, "/dev/zero", 1000000, &got));
	assert_string_equal(said(), "/dev/zero is larger than the limit of 1000000 bytes");
	assert_true(file_read(&f.d, f.arena, "/proc/self/status", 1000000, &got));
	assert_true(got.n > 100 && str_find(got, STR("Pid:")) != SIZE_MAX);
}

/* Standard input arrives in pieces; a megabyte crosses several chunks. */
static void reading_standard_input(void **state)
{
	(void)state;
	int ends[2], saved = dup(STDIN_FILENO);
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		for (int i = 0; i < 1000; i++) {
			char line[1001];
			snprintf(line, sizeof line, "%1000d", i);
			if (write(ends[1], line, 1000) != 1000)
				_exit(1);
		}
		_exit(0);
	}
	close(ends[1]);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	struct str got;
	bool ok = file_read(&f.d, f.arena, "-", FILE_LIMIT, &got);
	struct str again;
	bool at_end = file_read(&f.d, f.arena, "-", FILE_LIMIT, &again);
	close(STDIN_FILENO);
	bool closed = !file_read(&f.d, f.arena, "-", FILE_LIMIT, &again);
	dup2(saved, STDIN_FILENO);
	close(saved);
	waitpid(child, NULL, 0);
	assert_true(ok && got.n == 1000000 && memcmp(got.p + 999990, "       999", 10) == 0);
	assert_true(at_end);
	assert_true(closed);
	assert_string_equal(said(), "cannot read <stdin>: Bad file descriptor");
}

static void names(void **state)
{
	(void)state;
	struct arena *a = f.arena;
	assert_string_equal(file_join(a, "d", "x"), "d/x");
	assert_string_equal(file_join(a, "d/", "x"), "d/x");
	assert_string_equal(file_join(a, "", "x"), "x");
	static const char *const dirs[][2] = {{"x", "."},    {"", "."},      {"/", "/"},     {"/x", "/"},
	                                      {"a/b", "a"},  {"a//b", "a"},  {"a/b/", "a"},  {"./x", "."},
	                                      {"/a/b", "/a"}, {"a/", "."}, {"//x", "/"}};
	for (size_t i = 0; i < sizeof dirs / sizeof *dirs; i++)
		assert_string_equal(file_dir(a, dirs[i][0]), dirs[i][1]);
	put("a", "");
	assert_int_equal(symlink("a", "link"), 0);
	assert_string_equal(file_real(a, "./link"), file_join(a, file_real(a, f.dir), "a"));
	assert_null(file_real(a, "none"));
	assert_true(file_exists("link") && !file_exists("none"));
	assert_true(file_is_dir(".") && !file_is_dir("a") && !file_is_dir("none"));
}

static mode_t mode_of(const char *path)
{
	struct stat st;
	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode & 07777;
}

static void writing_new_and_over(void **state)
{
	(void)state;
	mode_t old_mask = umask(027);
	assert_true(write_file("new.pdf", "one"));
	umask(old_mask);
	assert_true(holds("new.pdf", "one"));
	assert_int_equal(mode_of("new.pdf"), 0640);
	assert_int_equal(chmod("new.pdf", 0604), 0);
	assert_true(write_file("new.pdf", "two"));
	assert_true(holds("new.pdf", "two"));
	assert_int_equal(mode_of("new.pdf"), 0604);
	assert_int_equal(entries(".", false), 1); /* nothing is left over */

	/* The old file stays whole until the commit, and an abandoned one leaves no trace. */
	struct file_out *o = file_create(&f.d, "new.pdf");
	assert_true(file_write(o, "three", 5));
	assert_true(holds("new.pdf", "two"));
	file_abandon(o);
	assert_true(holds("new.pdf", "two"));
	assert_int_equal(entries(".", false), 1);

	/* Two at once; each whole, the last one stands. The working directory may change meanwhile. */
	struct file_out *p = file_create(&f.d, "./new.pdf");
	o = file_create(&f.d, "new.pdf");
	assert_true(p && o && file_write(p, "pp", 2) && file_write(o, "o", 1));
	assert_int_equal(mkdir("sub", 0777), 0);
	assert_int_equal(chdir("sub"), 0);
	assert_true(file_commit(o) && file_commit(p));
	assert_int_equal(chdir(".."), 0);
	assert_true(holds("new.pdf", "pp"));
	assert_int_equal(entries(".", false), 2);
	assert_int_equal(f.d.n, 0);
}

/* Pieces of every size around the buffer's arrive in order. */
static void writing_in_pieces(void **state)
{
	(void)state;
	static const size_t sizes[] = {1, 65535, 65536, 65537, 0, 7, 200000, 65529, 1};
	char *bytes = malloc(600000);
	for (size_t i = 0; i < 600000; i++)
		bytes[i] = (char)(i * 2654435761u >> 13);
	struct file_out *o = file_create(&f.d, "big");
	size_t n = 0;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; n += sizes[i++])
		assert_true(file_write(o, bytes + n, sizes[i]));
	assert_true(file_commit(o));
	struct str got;
	assert_true(file_read(&f.d, f.arena, "big", FILE_LIMIT, &got));
	assert_true(str_eq(got, (struct str){bytes, n}));
	free(bytes);
}

static void links_are_followed(void **state)
{
	(void)state;
	assert_int_equal(mkdir("sub", 0777), 0);
	put("sub/real.pdf", "old");
	assert_int_equal(symlink("sub/real.pdf", "link"), 0);
	assert_int_equal(symlink("link", "sub/../link2"), 0);
	assert_true(write_file("link2", "new"));
	assert_true(holds("sub/real.pdf", "new"));
	char to[32] = "";
	assert_int_equal(readlink("link", to, sizeof to), 12);

	assert_int_equal(symlink("made.pdf", "sub/dangling"), 0); /* relative to sub */
	assert_true(write_file("sub/dangling", "made"));
	assert_true(holds("sub/made.pdf", "made"));
	assert_true(holds("sub/dangling", "made"));

	assert_int_equal(symlink("no/such/dir", "lost"), 0);
	assert_false(write_file("lost", "x"));
	assert_string_equal(said(), "cannot write lost: No such file or directory");
	assert_int_equal(symlink("loop", "loop"), 0);
	assert_false(write_file("loop", "x"));
	assert_string_equal(said(), "cannot write loop: Too many levels of symbolic links");
	assert_int_equal(entries("sub", false), 3);
}

static void places_where_nothing_can_be_written(void **state)
{
	(void)state;
	put("a", "");
	static const char *const cases[][2] = {
		{".", "cannot write .: Is a directory"},
		{"none/x", "cannot write none/x: No such file or directory"},
		{"none/", "cannot write none/: Is a directory"},
		{"a/x", "cannot write a/x: Not a directory"},
		{"", "cannot write : No such file or directory"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_null(file_create(&f.d, cases[i][0]));
		assert_string_equal(said(), cases[i][1]);
	}
	assert_int_equal(diag_status(&f.d, false), 3);
	assert_int_equal(entries(".", false), 1);
}

/* In a child without privileges: 0 when the file could not be written for want of permission. */
static int write_as_nobody(const char *path)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(8);
		struct file_out *o = file_create(&f.d, path);
		if (o)
			file_abandon(o);
		_exit(o ? 9 : strstr(said(), ": Permission denied") ? 0 : 7);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* A rename would pass over a file's own protection; genpdf does not. */
static void write_protection_holds(void **state)
{
	(void)state;
	assert_int_equal(chmod(".", 0777), 0);
	put("guarded", "old");
	assert_int_equal(chmod("guarded", 0444), 0);
	put("open", "old");
	assert_int_equal(chmod("open", 0666), 0);
	assert_int_equal(write_as_nobody("guarded"), 0);
	assert_int_equal(write_as_nobody("open"), 9);
	assert_int_equal(mkdir("sub", 0555), 0);
	assert_int_equal(chmod("sub", 0555), 0);
	assert_int_equal(write_as_nobody("sub/x"), 0);
	assert_int_equal(entries(".", false), 3);
}

/* A full disk at any moment: the old file is as it was, no other file is left, one message. */
static void full_disk(void **state)
{
	(void)state;
	static const long full_at[] = {0, 1, 65535, 65536, 100000, 299999};
	char *bytes = calloc(1, 300000);
	put("x.pdf", "old");
	for (size_t i = 0; i < sizeof full_at / sizeof *full_at; i++) {
		file_fail_after(full_at[i]);
		struct file_out *o = file_create(&f.d, "x.pdf");
		bool ok = true;
		for (int k = 0; k < 300; k++) {
			bool now = file_write(o, bytes + 1000 * k, 1000);
			assert_true(ok || !now); /* the failure is sticky */
			ok = now;
		}
		assert_false(file_commit(o));
		assert_int_equal(f.d.n, 1);
		assert_int_equal(f.d.list[0].repeats, i);
		assert_string_equal(said(), "cannot write x.pdf: No space left on device");
		assert_true(holds("x.pdf", "old"));
		assert_int_equal(entries(".", false), 1);
	}
	file_fail_after(300000); /* just room enough */
	struct file_out *o = file_create(&f.d, "x.pdf");
	assert_true(file_write(o, bytes, 300000) && file_commit(o));
	free(bytes);
}

/* Where the target is taken by a folder in the meantime, rename fails and is told. */
static void rename_that_fails(void **state)
{
	(void)state;
	struct file_out *o = file_create(&f.d, "x");
	assert_true(file_write(o, "x", 1));
	assert_int_equal(mkdir("x", 0777), 0);
	assert_false(file_commit(o));
	assert_string_equal(said(), "cannot write x: Is a directory");
	assert_int_equal(entries(".", false), 1);
}

static void long_names(void **state)
{
	(void)state;
	char name[300] = "";
	while (strlen(name) + 3 <= 250)
		strcat(name, "文");
	strcat(name, ".pdf"); /* 253 bytes: no room for the hidden name's tail */
	assert_true(write_file(name, "x"));
	assert_true(holds(name, "x"));
	assert_int_equal(entries(".", false), 1);
	strcat(name, "long");
	assert_false(write_file(name, "x"));
	assert_non_null(strstr(said(), ": File name too long"));
}

static void devices_are_written_directly(void **state)
{
	(void)state;
	assert_true(write_file("/dev/null", "x"));
	struct stat st;
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
	assert_false(write_file("/dev/full", "x"));
	assert_string_equal(said(), "cannot write /dev/full: No space left on device");

	assert_int_equal(mkfifo("fifo", 0600), 0);
	int reader = open("fifo", O_RDONLY | O_NONBLOCK);
	assert_true(reader >= 0);
	assert_true(write_file("fifo", "piped"));
	char got[9] = "";
	assert_int_equal(read(reader, got, sizeof got), 5);
	assert_string_equal(got, "piped");
	close(reader);
	assert_int_equal(lstat("fifo", &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
}

/* Standard output into a pipe that is slow and non-blocking, then into one nobody reads. */
static void standard_output(void **state)
{
	(void)state;
	enum { N = 300000 };
	int ends[2], saved = dup(STDOUT_FILENO);
	fflush(stdout);
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	pid_t child = fork();
	if (child == 0) { /* counts what arrives */
		close(ends[1]);
		fcntl(ends[0], F_SETFL, 0);
		char bytes[1000];
		long sum = 0;
		for (ssize_t n; (n = read(ends[0], bytes, sizeof bytes)) > 0; sum += n)
			usleep(100);
		_exit(sum == N ? 0 : 1);
	}
	close(ends[0]);
	dup2(ends[1], STDOUT_FILENO);
	close(ends[1]);
	char *bytes = calloc(1, N);
	struct file_out *o = file_create(&f.d, "-");
	bool ok = o && file_write(o, bytes, N) && file_commit(o);
	dup2(saved, STDOUT_FILENO); /* the last writer's end is closed: the reader ends */
	int status = -1;
	waitpid(child, &status, 0);
	free(bytes);
	assert_true(ok);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);

	void (*before)(int) = signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	dup2(ends[1], STDOUT_FILENO);
	close(ends[1]);
	o = file_create(&f.d, "-");
	ok = o && file_write(o, "x", 1) && file_commit(o);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	signal(SIGPIPE, before);
	assert_false(ok);
	assert_string_equal(said(), "cannot write <stdout>: Broken pipe");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reading),
		TEST(reading_standard_input),
		TEST(names),
		TEST(writing_new_and_over),
		TEST(writing_in_pieces),
		TEST(links_are_followed),
		TEST(places_where_nothing_can_be_written),
		TEST(write_protection_holds),
		TEST(full_disk),
		TEST(rename_that_fails),
		TEST(long_names),
		TEST(devices_are_written_directly),
		TEST(standard_output),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
