/* fuzz: see fuzz.h. Linked to every target. */
#include "fuzz/fuzz.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* mem_die ends the process in silence; a fuzzer has to see who asked for so much. */
_Noreturn void __wrap__exit(int status);
_Noreturn void __wrap__exit(int status)
{
	fprintf(stderr, "broken promise: _exit(%d)\n", status);
	abort();
}

static char folder[128];

static void remove_folder(void)
{
	char command[160];

	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	if (system(command) != 0)
		fprintf(stderr, "%s is left\n", folder);
}

const char *fuzz_folder(void)
{
	if (!*folder) {
		const char *tmp = getenv("TMPDIR");
		struct stat st;
		const char *base = stat("/dev/shm", &st) == 0 && access("/dev/shm", W_OK) == 0 ? "/dev/shm" : tmp ? tmp : "/tmp";
		snprintf(folder, sizeof folder, "%.80s/genpdf-fuzz-%ld", base, (long)getpid());
		FUZZ_CHECK(mkdir(folder, 0700) == 0, "cannot make %s", folder);
		atexit(remove_folder);
	}
	return folder;
}

const char *fuzz_write(struct fuzz *f, const char *name, struct str bytes)
{
	const char *path = file_join(f->a, fuzz_folder(), name);
	FILE *out = fopen(path, "wb");

	FUZZ_CHECK(out && fwrite(bytes.p ? bytes.p : "", 1, bytes.n, out) == bytes.n && fclose(out) == 0, "cannot write %s", path);
	return path;
}

const char *fuzz_home(void)
{
	const char *home = getenv("GENPDF_HOME");

	return home && *home ? home : ".";
}

const char *fuzz_fonts(void)
{
	if (!getenv("GENPDF_FONTS"))
		setenv("GENPDF_FONTS", "build/testfonts", 1);
	return getenv("GENPDF_FONTS");
}

void fuzz_open(struct fuzz *f)
{
	memset(f, 0, sizeof *f);
	f->a = arena_new();
	source_open(&f->t, f->a);
	diag_open(&f->d, f->a, &f->t);
}

enum { MESSAGES_SHOWN = 20 };

static void print_messages(const struct fuzz *f, enum diag_lang lang)
{
	struct buf b = {0};
	size_t first = f->d.n > MESSAGES_SHOWN ? f->d.n - MESSAGES_SHOWN : 0;

	diag_text(&f->d, first, lang, &b);
	diag_json(&f->d, first, lang, &b);
	FUZZ_CHECK(b.n == 0 || utf8_bad(buf_view(&b)) == SIZE_MAX, "a message that is not UTF-8");
	buf_free(&b);
}

void fuzz_close(struct fuzz *f)
{
	print_messages(f, LANG_ZH);
	print_messages(f, LANG_EN);
	arena_close(f->a);
}

uint32_t fuzz_source(struct fuzz *f, const char *name, struct str bytes)
{
	return source_add(&f->t, str_of(name), bytes);
}

struct str fuzz_part(struct str *rest)
{
	const char *mark = rest->n ? memmem(rest->p, rest->n, FUZZ_MARKER, strlen(FUZZ_MARKER)) : NULL;
	size_t n = mark ? (size_t)(mark - rest->p) : rest->n;
	struct str part = str_sub(*rest, 0, n);

	*rest = mark ? str_sub(*rest, n + strlen(FUZZ_MARKER), rest->n) : (struct str){0};
	return part;
}

/* ---- choices ---- */

uint32_t choose_byte(struct choices *c)
{
	return c->at < c->bytes.n ? (unsigned char)c->bytes.p[c->at++] : 0;
}

uint32_t choose_below(struct choices *c, uint32_t n)
{
	uint32_t v = choose_byte(c);

	if (n > 256)
		v = v << 8 | choose_byte(c);
	if (n > 65536)
		v = v << 16 | choose_byte(c) << 8 | choose_byte(c);
	return v % n;
}

int64_t choose_amount(struct choices *c, int64_t most)
{
	switch (choose_below(c, 8)) {
	case 0: return 0;
	case 1: return 1;
	case 2: return most;
	case 3: return most / 2;
	case 4: return most / 256 * (int64_t)choose_byte(c);
	case 5: return choose_byte(c) < most ? (int64_t)choose_byte(c) : most;
	default: return (int64_t)((__int128)most * choose_below(c, 65537) / 65536);
	}
}
