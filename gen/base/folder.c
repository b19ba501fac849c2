/* folder: see folder.h. Owns: temporary folders until their arena is closed. */
#include "base/folder.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { OPEN_AT_ONCE = 16 };

static bool say(struct diag_list *d, const char *path, int error)
{
	diag_add(d, DIAG_WORLD_WRITE, (struct loc){0}, path, strerror(error), NULL);
	return false;
}

static bool make_one(const char *path)
{
	return mkdir(path, 0777) == 0 || (errno == EEXIST && file_is_dir(path));
}

bool folder_make(struct diag_list *d, const char *path)
{
	char *copy = arena_copy(d->arena, path, strlen(path));

	for (char *p = copy + 1; *copy && *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		bool good = make_one(copy);
		*p = '/';
		if (!good)
			return say(d, path, errno);
	}
	return make_one(copy) || say(d, path, errno);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static void remove_all(void *path)
{
	nftw(path, remove_one, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS);
}

const char *folder_for_a_while(struct diag_list *d, struct arena *a)
{
	const char *env = getenv("TMPDIR");
	char *path = arena_printf(a, "%s/genpdf-XXXXXX", env && *env ? env : "/tmp");

	if (!mkdtemp(path)) {
		say(d, path, errno);
		return NULL;
	}
	char *real = file_real(a, path);
	path = real ? real : path;
	arena_defer(a, remove_all, path);
	return path;
}
