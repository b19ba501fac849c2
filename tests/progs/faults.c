/* faults: renders in a child process whose memory or disk gives out, again and again, a little later each time.
 * usage: faults memory|disk STEP FROM INPUT FOLDER [OPTION=VALUE]…   options: stop report layout import
 *   memory: allocation FROM, FROM + STEP … of the run fails; disk: it is full after so many bytes of a file.
 * FOLDER holds old files; the output is FOLDER/out. After every failure: status 3, the message, and FOLDER byte for byte as it was.
 * Ends when a run needed no more than there was: its output must be new, or, of an input with mistakes (status 2), nothing.
 * Prints the number of runs, or what went wrong. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "genpdf.h"

struct setup {
	bool disk, import;
	const char *input, *folder, *output;
	struct genpdf_options o;
	int errors; /* a file in memory that takes the child's messages */
};

static void say(void *user, const char *bytes, size_t n)
{
	const struct setup *s = user;

	if (write(s->errors, bytes, n) < 0)
		_exit(9);
}

static void add_file(struct arena *a, const char *folder, const char *name, struct buf *out)
{
	FILE *in = fopen(file_join(a, folder, name), "rb");
	int c;

	buf_printf(out, "\n%s: ", name);
	while (in && (c = getc(in)) != EOF)
		buf_char(out, (char)c);
	if (in)
		fclose(in);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names and bytes of all files, hidden ones too. */
static void read_folder(const char *folder, struct buf *out)
{
	struct arena *a = arena_new();
	char *names[64];
	size_t n = 0;
	DIR *d = opendir(folder);

	out->n = 0;
	for (struct dirent *e; d && n < 64 && (e = readdir(d));)
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
			names[n++] = arena_copy(a, e->d_name, strlen(e->d_name));
	if (d)
		closedir(d);
	qsort(names, n, sizeof *names, compare);
	for (size_t i = 0; i < n; i++)
		add_file(a, folder, names[i], out);
	arena_close(a);
}

static int run(struct setup *s, long after)
{
	int status;
	pid_t child = fork();

	if (child < 0)
		exit(9);
	if (child == 0) {
		dup2(s->errors, STDERR_FILENO);
		if (s->disk)
			file_fail_after(after);
		else
			mem_fail_after(after);
		exit(s->import ? genpdf_import(&s->o, s->input, s->output) : genpdf_render(&s->o, s->input, s->output));
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

/* The messages of the last run; they are gone then. */
static const char *said(struct setup *s)
{
	static char text[4096];
	ssize_t n = pread(s->errors, text, sizeof text - 1, 0);

	text[n > 0 ? n : 0] = 0;
	if (ftruncate(s->errors, 0) != 0 || lseek(s->errors, 0, SEEK_SET) != 0)
		exit(9);
	return text;
}

static int complain(const struct setup *s, long after, const char *what, const char *text)
{
	printf("%s %ld: %s\n%s\n", s->disk ? "byte" : "allocation", after, what, text);
	return 1;
}

static int run_all(struct setup *s, long step, long from)
{
	struct buf before = {0}, now = {0};
	const char *expected = s->disk ? "world-write" : "out of memory";
	int status = 0, bad = 0;
	long after = from, runs = 0;

	read_folder(s->folder, &before);
	for (; !bad; after += step) {
		status = run(s, after);
		const char *text = said(s);
		read_folder(s->folder, &now);
		bool same = str_eq(buf_view(&before), buf_view(&now));
		if (status == 0 || status == 2)
			break;
		runs++;
		if (status != 3 || !same || !strstr(text, expected)) {
			char what[80];
			snprintf(what, sizeof what, "status %d, %s", status, same ? "files as before" : "other files than before");
			bad = complain(s, after, what, text);
		}
	}
	if (!bad && runs == 0)
		bad = complain(s, after, "no run failed", "");
	if (!bad && str_eq(buf_view(&before), buf_view(&now)) != (status == 2))
		bad = complain(s, after, "not what the last run should make", "");
	if (!bad)
		printf("%ld runs, the last at %ld\n", runs, after);
	buf_free(&before);
	buf_free(&now);
	return bad;
}

static void set_option(struct setup *s, const char *arg)
{
	if (strncmp(arg, "stop=", 5) == 0)
		s->o.stop = arg + 5;
	else if (strncmp(arg, "report=", 7) == 0)
		s->o.report = arg + 7;
	else if (strncmp(arg, "layout=", 7) == 0)
		s->o.layout = arg + 7;
	else if (strcmp(arg, "import=yes") == 0)
		s->import = true;
	else
		exit(2);
}

int main(int argc, char **argv)
{
	struct setup s = {.errors = memfd_create("messages", 0)};
	char output[4096];

	if (argc < 6 || s.errors < 0)
		return 2;
	s.disk = strcmp(argv[1], "disk") == 0;
	s.input = argv[4];
	s.folder = argv[5];
	snprintf(output, sizeof output, "%s/out", s.folder);
	s.output = output;
	s.o = (struct genpdf_options){.message = say, .user = &s};
	for (int i = 6; i < argc; i++)
		set_option(&s, argv[i]);
	return run_all(&s, atol(argv[2]), atol(argv[3]));
}
