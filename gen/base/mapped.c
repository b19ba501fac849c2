/* mapped: see mapped.h. Owns: the mapping, undone by arena_defer. */
#include "base/mapped.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

struct mapping {
	void *p;
	size_t n;
};

static void unmap(void *ptr)
{
	struct mapping *m = ptr;
	munmap(m->p, m->n);
}

static const char *map_fd(struct arena *a, int fd, size_t limit, struct str *out)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return file_error(errno);
	if (!S_ISREG(st.st_mode))
		return DIAG_TWO("不是普通文件", "not a regular file");
	if (st.st_size == 0)
		return DIAG_TWO("空文件", "the file is empty");
	if ((uint64_t)st.st_size > limit)
		return DIAG_TWO("文件过大", "the file is too large");
	size_t n = (size_t)st.st_size;
	void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return file_error(errno);
	struct mapping *m = ARENA_NEW(a, struct mapping);
	*m = (struct mapping){p, n};
	arena_defer(a, unmap, m);
	*out = (struct str){p, n};
	return NULL;
}

const char *mapped_open(struct arena *a, const char *path, size_t limit, struct str *out)
{
	/* Not blocking: a pipe in a font's place must not hold us up. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return file_error(errno);
	const char *reason = map_fd(a, fd, limit, out);
	close(fd);
	return reason;
}
