/* faults: renders in child processes whose memory or disk gives out, each time at another place.
 * usage: faults memory|calls|disk STEP INPUT FOLDER [OPTION=VALUE]…   options: stop report layout profile verb (import, verify, extract)
 *   memory: the allocation fails at every place that asks for memory: every different way of calls to one. While the run goes on, a
 *           copy of the process goes the way of the failure. STEP: the places passed over, 1 = none.
 *   calls:  every system call by which a file is written fails once, alone and with all after it. STEP is not used.
 *   disk:   it is full after 0, STEP, 2 STEP … bytes of a file.
 * FOLDER holds old files, the output FOLDER/out may be one of them. After every failure: status 3, the message, and FOLDER byte for byte
 * as it was, but for the report and for files of an extract, which may be there whole. A call that fails may also be done without: then
 * all is as without failures. The run without failures makes a new output, or none, of an input with mistakes (status 2) or for verify.
 * Prints what was tried, or what went wrong. */
#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"
#include "genpdf.h"

enum { ENTRIES = 256, WAYS = 1 << 18, FRAMES = 120, FAULT_IN_CHILD = 77 };

struct entry {
	char *name;
	struct str bytes;
};
struct folder {
	struct arena *arena;
	struct diag_list d;
	struct entry entries[ENTRIES]; /* by name; what is in a folder comes after it */
	size_t n;
};

struct setup {
	const char *what, *input, *folder, *verb;
	char output[4096];
	struct genpdf_options o;
	struct folder *before, *good; /* as it was, and after a run without failures */
	int errors;          /* a file in memory that takes the child's messages */
	int status;          /* of the run without failures */
	long step;
	/* memory */
	uint64_t *ways;      /* hashes of those seen; 0 = free */
	long n_ways, tried, asked;
	bool inside;
	/* calls; shared with the child */
	struct { long made, at; bool all; char name[32]; } *call;
};

static void say(void *user, const char *bytes, size_t n)
{
	const struct setup *s = user;

	if (write(s->errors, bytes, n) < 0)
		_exit(9);
}

/* ---- a folder and all below it ---- */

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static void add_entries(struct folder *f, const char *path)
{
	DIR *d = opendir(path);

	for (struct dirent *e; d && (e = readdir(d));) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		if (f->n == ENTRIES)
			exit(9);
		struct entry *x = &f->entries[f->n++];
		x->name = file_join(f->arena, path, e->d_name);
		x->bytes = STR("a folder");
		if (file_is_dir(x->name))
			add_entries(f, x->name);
		else if (!file_read(&f->d, f->arena, x->name, FILE_LIMIT, &x->bytes))
			exit(9);
	}
	if (d)
		closedir(d);
}

static struct folder *folder_read(const char *path)
{
	struct arena *a = arena_new();
	struct folder *f = ARENA_NEW(a, struct folder);

	f->arena = a;
	diag_open(&f->d, a, NULL);
	add_entries(f, path);
	qsort(f->entries, f->n, sizeof *f->entries, compare);
	return f;
}

static void folder_close(struct folder *f)
{
	if (f)
		arena_close(f->arena);
}

static bool has(const struct folder *f, const struct entry *e)
{
	for (size_t i = 0; i < f->n; i++)
		if (!strcmp(f->entries[i].name, e->name))
			return str_eq(f->entries[i].bytes, e->bytes);
	return false;
}

/* What may be there whole though the run failed: the report, which is said first as messages are; files that were unpacked. */
static bool may_be_new(const struct setup *s, const char *name)
{
	return (s->o.report && !strcmp(name, s->o.report)) || (!strcmp(s->verb, "extract") && !strncmp(name, s->output, strlen(s->output)));
}

/* FOLDER is as it was, but for such. */
static bool as_before(const struct setup *s)
{
	struct folder *now = folder_read(s->folder);
	bool good = true;

	for (size_t i = 0; i < now->n && good; i++)
		good = has(s->before, &now->entries[i]) || (may_be_new(s, now->entries[i].name) && has(s->good, &now->entries[i]));
	for (size_t i = 0; i < s->before->n && good; i++)
		good = has(now, &s->before->entries[i]);
	folder_close(now);
	return good;
}

static bool same(const struct folder *a, const struct folder *b)
{
	bool good = a->n == b->n;

	for (size_t i = 0; i < a->n && good; i++)
		good = has(b, &a->entries[i]);
	return good;
}

static bool is_good(const struct setup *s)
{
	struct folder *now = folder_read(s->folder);
	bool good = same(now, s->good);

	folder_close(now);
	return good;
}

/* Files as they were before the run without failures. */
static void restore(const struct setup *s)
{
	struct folder *now = folder_read(s->folder);

	for (size_t i = now->n; i-- > 0;)
		if (!has(s->before, &now->entries[i]) && remove(now->entries[i].name) != 0)
			exit(9);
	for (size_t i = 0; i < s->before->n; i++) {
		const struct entry *e = &s->before->entries[i];
		FILE *f = has(now, e) ? NULL : fopen(e->name, "wb");
		if (f && (fwrite(e->bytes.p, 1, e->bytes.n, f) != e->bytes.n || fclose(f) != 0))
			exit(9);
	}
	folder_close(now);
	if (!as_before(s))
		exit(9);
}

/* ---- runs ---- */

/* The messages since the last time; they are gone then. */
static const char *said(struct setup *s)
{
	static char text[256 << 10];
	ssize_t n = pread(s->errors, text, sizeof text - 1, 0);

	text[n > 0 ? n : 0] = 0;
	if (ftruncate(s->errors, 0) != 0 || lseek(s->errors, 0, SEEK_SET) != 0)
		exit(9);
	return text;
}

static int complain(const struct setup *s, const char *where, int status, const char *what, const char *text)
{
	printf("%s %s: status %d, %s\n%s\n", s->what, where, status, what, text);
	fflush(stdout);
	return 1;
}

static int wait_for(pid_t child)
{
	int status;

	if (child < 0 || waitpid(child, &status, 0) != child)
		exit(9);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

static int do_it(const struct setup *s)
{
	if (!strcmp(s->verb, "import"))
		return genpdf_import(&s->o, s->input, s->output);
	if (!strcmp(s->verb, "verify"))
		return genpdf_verify(&s->o, s->input, NULL);
	if (!strcmp(s->verb, "extract"))
		return genpdf_extract(&s->o, s->input, s->output);
	return genpdf_render(&s->o, s->input, s->output);
}

/* A child that begins with `prepare`. */
static int run(struct setup *s, void (*prepare)(struct setup *s, long n), long n)
{
	pid_t child = fork();

	if (child == 0) {
		dup2(s->errors, STDERR_FILENO);
		if (prepare)
			prepare(s, n);
		exit(do_it(s));
	}
	return wait_for(child);
}

static const char *files(bool as_they_were)
{
	return as_they_were ? "files as before" : "other files than before";
}

/* The run that nothing stops; the folder is new then, unless the input has mistakes or nothing is written. */
static bool whole_run_fails(struct setup *s)
{
	int status = run(s, NULL, 0);
	const char *text = said(s);
	s->good = folder_read(s->folder);
	bool unchanged = same(s->before, s->good), writes = strcmp(s->verb, "verify") != 0;

	if ((status != 0 && status != 2) || unchanged != (status == 2 || !writes))
		return complain(s, "never", status, files(unchanged), text);
	s->status = status;
	restore(s);
	return false;
}

static int check_failure(struct setup *s, const char *where, int status, const char *message)
{
	const char *text = said(s);
	bool unchanged = as_before(s);

	return status == 3 && unchanged && strstr(text, message) ? 0 : complain(s, where, status, files(unchanged), text);
}

/* Without a failure after all: as without any. */
static int check_whole(struct setup *s, int status)
{
	const char *text = said(s);
	bool good = is_good(s);

	return status == s->status && good ? 0 : complain(s, "never", status, good ? "the files of a good run" : "other files than those of a good run", text);
}

/* ---- memory ---- */

/* Of the addresses calls return to, each once: a recursion is one way, however deep. */
static uint64_t way_here(void)
{
	void *frames[FRAMES], *seen[FRAMES];
	int n = backtrace(frames, FRAMES), k = 0;
	uint64_t hash = 1469598103934665603u;

	for (int i = 3, j; i < n; i++) { /* not this, the question, and mem.c */
		for (j = 0; j < k && seen[j] != frames[i]; j++)
			;
		if (j == k) {
			seen[k++] = frames[i];
			hash = (hash ^ (uintptr_t)frames[i]) * 1099511628211u;
		}
	}
	return hash ? hash : 1;
}

static bool is_new(struct setup *s, uint64_t way)
{
	size_t i = way % WAYS;

	while (s->ways[i] && s->ways[i] != way)
		i = (i + 1) % WAYS;
	if (s->ways[i] == way)
		return false;
	if (++s->n_ways > WAYS / 2)
		exit(9);
	s->ways[i] = way;
	return true;
}

static void check_child(struct setup *s, int status)
{
	void *frames[FRAMES];
	char where[40];

	s->tried++;
	snprintf(where, sizeof where, "allocation %ld", s->asked);
	if (!check_failure(s, where, status, "out of memory"))
		return;
	backtrace_symbols_fd(frames, backtrace(frames, FRAMES), STDOUT_FILENO);
	_exit(FAULT_IN_CHILD);
}

/* True in a copy of the process, at a place that was not there yet. */
static bool fails_here(void *user)
{
	struct setup *s = user;

	if (s->inside)
		return false;
	s->inside = true;
	s->asked++;
	if (is_new(s, way_here()) && s->n_ways % s->step == 0) {
		fflush(stdout);
		pid_t child = fork();
		if (child == 0)
			return true;
		check_child(s, wait_for(child));
	}
	s->inside = false;
	return false;
}

static struct setup *the_setup;
static void show_count(void)
{
	mem_ask(NULL, NULL);
	printf("%ld allocations, %ld ways, %ld failures\n", the_setup->asked, the_setup->n_ways, the_setup->tried);
	fflush(stdout);
}

static void ask_memory(struct setup *s, long n)
{
	(void)n;
	s->ways = calloc(WAYS, sizeof *s->ways);
	the_setup = s;
	atexit(show_count);
	mem_ask(fails_here, s);
}

static int all_memory(struct setup *s)
{
	int status = run(s, ask_memory, 0);

	return status == FAULT_IN_CHILD || check_whole(s, status);
}

/* ---- disk ---- */

static void limit_disk(struct setup *s, long n)
{
	(void)s;
	file_fail_after(n);
}

static int all_disk(struct setup *s)
{
	long after = 0;
	int status;
	char where[40];

	while ((status = run(s, limit_disk, after)) != 0) {
		snprintf(where, sizeof where, "byte %ld", after);
		if (check_failure(s, where, status, "world-write"))
			return 1;
		after += s->step;
	}
	printf("%ld runs\n", after / s->step);
	return after == 0 ? complain(s, "ever", status, "no run failed", "") : check_whole(s, 0);
}

/* ---- system calls ---- */

static int fails_call(void *user, const char *name)
{
	struct setup *s = user;
	long n = s->call->made++;

	if (n == s->call->at)
		snprintf(s->call->name, sizeof s->call->name, "%s", name);
	return n == s->call->at || (s->call->all && n > s->call->at) ? (n % 2 ? ENOSPC : EIO) : 0;
}

static void ask_calls(struct setup *s, long n)
{
	s->call->made = 0;
	s->call->at = n;
	file_ask(fails_call, s);
}

/* A failure that can be done without gives what the run without failures gives. */
static int all_calls(struct setup *s)
{
	long n = 0, without = 0;
	int bad = 0, status = 0;

	s->call = mmap(NULL, sizeof *s->call, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (bool more = true; more && !bad; n++)
		for (int all = 0; more && all < 2 && !bad; all++) {
			char where[80];
			s->call->all = all;
			status = run(s, ask_calls, n);
			more = s->call->made > n;
			snprintf(where, sizeof where, "call %ld (%s)%s", n, s->call->name, all ? " and all after it" : "");
			without += more && status == 0;
			bad = status == 0 ? check_whole(s, status) : check_failure(s, where, status, "world-write");
			restore(s);
		}
	printf("%ld calls, %ld failures done without\n", n - 1, without);
	return bad;
}

/* ---- the rest ---- */

static void set_option(struct setup *s, const char *arg)
{
	static const char *const names[] = {"stop=", "report=", "layout=", "profile="};
	const char **const values[] = {&s->o.stop, &s->o.report, &s->o.layout, &s->o.profile};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strncmp(arg, names[i], strlen(names[i]))) {
			*values[i] = arg + strlen(names[i]);
			return;
		}
	if (strncmp(arg, "verb=", 5))
		exit(2);
	s->verb = arg + 5;
}

int main(int argc, char **argv)
{
	struct setup s = {.errors = memfd_create("messages", 0), .verb = "render"};
	void *frame;

	if (argc < 5 || s.errors < 0)
		return 2;
	s.what = argv[1];
	s.step = atol(argv[2]);
	s.input = argv[3];
	s.folder = argv[4];
	snprintf(s.output, sizeof s.output, "%s/out", s.folder);
	s.o = (struct genpdf_options){.message = say, .user = &s};
	for (int i = 5; i < argc; i++)
		set_option(&s, argv[i]);
	if (s.step < 1 || backtrace(&frame, 1) < 1) /* the first one loads what it needs */
		return 2;
	s.before = folder_read(s.folder);
	int bad = whole_run_fails(&s) ? 1 : !strcmp(s.what, "memory") ? all_memory(&s) : !strcmp(s.what, "disk") ? all_disk(&s) : all_calls(&s);
	folder_close(s.before);
	folder_close(s.good);
	return bad;
}
