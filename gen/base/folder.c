/* folder: see folder.h. Owns: temporary folders until their arena is closed. */
#include "base/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sweep.h"

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

static void remove_all(void *path)
{
	sweep_away(path);
	sweep_drop(path);
}

const char *folder_for_a_while(struct diag_list *d, struct arena *a)
{
	const char *env = getenv("TMPDIR");
	char *path = arena_printf(a, "%s/genpdf-XXXXXX", env && *env ? env : "/tmp");
	sigset_t before;

	sweep_pause(&before);
	bool made = mkdtemp(path);
	int error = errno;
	if (made)
		sweep_hold(path);
	sweep_go_on(&before);
	if (!made) {
		say(d, path, error);
		return NULL;
	}
	arena_defer(a, remove_all, path);
	char *real = file_real(a, path);
	return real ? real : path;
}
