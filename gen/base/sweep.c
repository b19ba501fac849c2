/* sweep: see sweep.h. No allocation, no stdio, no locks: system calls only, and atomics without a lock. */
#include "base/sweep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct slot {
	_Atomic(const char *) path; /* NULL: free */
	_Atomic(pid_t) owner;
} slots[SWEEP_MOST];

static const char taken[] = ""; /* in a slot whose owner is not written yet */

void sweep_hold(const char *path)
{
	for (int i = 0; i < SWEEP_MOST; i++) {
		const char *nothing = NULL;
		if (!atomic_compare_exchange_strong(&slots[i].path, &nothing, taken))
			continue;
		atomic_store(&slots[i].owner, getpid());
		atomic_store(&slots[i].path, path);
		return;
	}
}

void sweep_drop(const char *path)
{
	for (int i = 0; path && i < SWEEP_MOST; i++) {
		const char *held = path;
		if (atomic_compare_exchange_strong(&slots[i].path, &held, NULL))
			return;
	}
}

void sweep_pause(sigset_t *before)
{
	sigset_t all;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, before);
}

void sweep_go_on(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

/* ---- removing ---- */

/* readdir allocates; this is what it calls. */
struct entry {
	uint64_t inode;
	int64_t next;
	uint16_t length;
	uint8_t type;
	char name[];
};

enum { DEEPEST = 40, PASSES = 3, ROOM = 2048 };

static bool is_dots(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

static void remove_from(int dir, const char *name, int depth);

static void empty(int dir, int depth)
{
	_Alignas(struct entry) char room[ROOM];
	long n;

	while ((n = syscall(SYS_getdents64, dir, room, sizeof room)) > 0)
		for (long at = 0; at < n;) {
			const struct entry *e = (const struct entry *)(room + at);
			if (!is_dots(e->name))
				remove_from(dir, e->name, depth);
			at += e->length;
		}
}

static void remove_from(int dir, const char *name, int depth)
{
	if (unlinkat(dir, name, 0) == 0 || (errno != EISDIR && errno != EPERM) || depth > DEEPEST)
		return;
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return;
	for (int pass = 0; pass < PASSES; pass++) { /* entries may be passed over while others go */
		lseek(fd, 0, SEEK_SET);
		empty(fd, depth + 1);
		if (unlinkat(dir, name, AT_REMOVEDIR) == 0)
			break;
	}
	close(fd);
}

void sweep_away(const char *path)
{
	remove_from(AT_FDCWD, path, 0);
}

void sweep_all(void)
{
	int error = errno;
	for (int i = 0; i < SWEEP_MOST; i++) {
		const char *path = atomic_load(&slots[i].path);
		if (path && path != taken && atomic_load(&slots[i].owner) == getpid())
			sweep_away(path);
	}
	errno = error;
}
