/* file: see file.h. Owns: descriptors and temporary files while they are open.
 * A new file is written without a name (or under a hidden one) beside its place, and gets its name when it is whole and on
 * the disk. A failure removes the hidden file first and only then says so, since saying so asks for
 * memory and may end the process. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/choice.h"
#include "base/mem.h"
#include "base/sweep.h"

enum { OUT_BUFFER = 64 << 10, READ_CHUNK = 256 << 10, NAME_TRIES = 100, LINK_DEPTH = 40, PIPE_TRIES = 100, PIPE_PAUSE = 100 };
/* Nobody is at the pipe's other end: an errno of our own. */
#define ENOBODY (-1)

static const struct loc nowhere;
static long fail_after = -1; /* fault injection, see mem.c */
static int (*ask)(void *, const char *);
static void *ask_user;

void file_ask(int (*fails)(void *user, const char *call), void *user)
{
	ask = fails;
	ask_user = user;
}

static bool refused(const char *call)
{
	int error = ask ? ask(ask_user, call) : 0;
	if (error)
		errno = error;
	return error;
}

void file_fail_after(long bytes)
{
	fail_after = bytes;
}

static bool say(struct diag_list *d, enum diag_code code, const char *name, int error)
{
	diag_add(d, code, nowhere, name, file_error(error), (char *)NULL);
	return false;
}

const char *file_error(int error)
{
	switch (error) {
	case ENOENT: return DIAG_TWO("没有这个文件或目录", "No such file or directory");
	case ENOTDIR: return DIAG_TWO("路径中有一段不是目录", "Not a directory");
	case EISDIR: return DIAG_TWO("是目录，不是文件", "Is a directory");
	case EACCES:
	case EPERM: return DIAG_TWO("没有权限", "Permission denied");
	case EROFS: return DIAG_TWO("所在磁盘只读", "Read-only file system");
	case ENOSPC: return DIAG_TWO("磁盘已满", "No space left on device");
	case EDQUOT: return DIAG_TWO("超过磁盘配额", "Disk quota exceeded");
	case EFBIG: return DIAG_TWO("超过文件大小的限制", "File too large");
	case ENAMETOOLONG: return DIAG_TWO("文件名过长", "File name too long");
	case ELOOP: return DIAG_TWO("符号链接过多", "Too many levels of symbolic links");
	case EMFILE:
	case ENFILE: return DIAG_TWO("打开的文件过多", "Too many open files");
	case ENOMEM: return DIAG_TWO("内存不足", "Cannot allocate memory");
	case EIO: return DIAG_TWO("读写出错", "Input/output error");
	case EPIPE: return DIAG_TWO("接收一端已经关闭", "Broken pipe");
	case ENOBODY: return DIAG_TWO("是管道，等了 10 秒，另一端没有程序", "a pipe, and for 10 seconds no program at its other end");
	case EBADF: return DIAG_TWO("没有打开", "Bad file descriptor");
	case ETXTBSY:
	case EBUSY: return DIAG_TWO("正在使用", "Device or resource busy");
	case ENXIO:
	case ENODEV: return DIAG_TWO("没有这个设备", "No such device");
	case EOVERFLOW: return DIAG_TWO("文件过大", "File too large");
	default: return strerror(error);
	}
}

/* ---- reading ---- */

static void let_wait(int fd)
{
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
}

/* A named pipe opened without waiting, until somebody writes to it; *first: what he wrote. A writer may then take his time. */
static int await_writer(int fd, struct buf *first)
{
	for (int i = 0; i < PIPE_TRIES; i++) {
		ssize_t got = read(fd, first->p, first->cap - 2);
		if (got > 0)
			first->n = (size_t)got;
		if (got > 0 || (got < 0 && errno == EAGAIN))
			return 0;
		if (got < 0 && errno != EINTR)
			return errno;
		poll(NULL, 0, PIPE_PAUSE);
	}
	return ENOBODY;
}

/* first: for what came out of a pipe already. */
static int open_input(const char *path, size_t *size, struct buf *first)
{
	int fd = strcmp(path, "-") == 0 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
	                                : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;
	int error = 0;
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) != 0)
		error = errno;
	else if (S_ISDIR(st.st_mode))
		error = EISDIR;
	else if (S_ISFIFO(st.st_mode) && strcmp(path, "-") != 0) {
		buf_reserve(first, READ_CHUNK);
		error = await_writer(fd, first);
	}
	if (error) {
		close(fd);
		errno = error;
		return -1;
	}
	if (strcmp(path, "-") != 0)
		let_wait(fd);
	*size = S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : 0;
	return fd;
}

/* Read to the end, or until more than limit bytes are there. 0 or an errno. */
static int read_all(int fd, size_t limit, struct buf *b)
{
	while (b->n <= limit) {
		if (b->cap - b->n < 2)
			buf_reserve(b, READ_CHUNK);
		size_t room = b->cap - b->n - 1; /* one for the NUL */
		if (room > limit + 1 - b->n)
			room = limit + 1 - b->n;
		ssize_t got = read(fd, b->p + b->n, room);
		if (got == 0)
			return 0;
		if (got > 0)
			b->n += (size_t)got;
		else if (errno != EINTR)
			return errno;
	}
	return 0;
}

static void note(const struct diag_list *d, const char *path, struct str bytes)
{
	struct file_inputs *all = d->sources ? d->sources->inputs : NULL;
	struct file_input *f = all ? ARENA_NEW(all->arena, struct file_input) : NULL;

	if (!f)
		return;
	*f = (struct file_input){NULL, arena_copy(all->arena, path, strlen(path)), bytes};
	*(all->last ? &all->last->next : &all->first) = f;
	all->last = f;
}

bool file_read(struct diag_list *d, struct arena *a, const char *path, size_t limit, struct str *out)
{
	const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
	struct buf b = {0};
	size_t size = 0;
	int fd = open_input(path, &size, &b);
	if (fd < 0) {
		int error = errno;
		buf_free(&b);
		return say(d, DIAG_WORLD_READ, name, error);
	}
	if (limit > SIZE_MAX / 4)
		limit = SIZE_MAX / 4;
	if (size <= limit)
		buf_reserve(&b, size + 2);
	int error = size > limit ? 0 : read_all(fd, limit, &b);
	close(fd);
	if (error == 0 && size <= limit && b.n <= limit) {
		buf_char(&b, '\0');
		*out = (struct str){b.p, b.n - 1};
		arena_defer(a, mem_free, b.p);
		note(d, path, *out);
		return true;
	}
	buf_free(&b);
	if (error)
		return say(d, DIAG_WORLD_READ, name, error);
	diag_add(d, DIAG_WORLD_TOO_LARGE, nowhere, name, arena_printf(a, "%zu", limit), (char *)NULL);
	return false;
}

/* ---- names ---- */

bool file_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

bool file_is_regular(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool file_same(const char *a, const char *b)
{
	struct stat one, other;
	return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool file_is_dir(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *file_real(struct arena *a, const char *path)
{
	char *real = realpath(path, NULL);
	if (!real)
		return NULL;
	char *copy = arena_copy(a, real, strlen(real));
	free(real);
	return copy;
}

char *file_join(struct arena *a, const char *dir, const char *name)
{
	if (!dir || !*dir || (!strcmp(dir, ".") && *name != '-'))
		return arena_copy(a, name, strlen(name));
	const char *slash = str_ends(str_of(dir), STR("/")) ? "" : "/";
	return arena_printf(a, "%s%s%s", dir, slash, name);
}

char *file_dir(struct arena *a, const char *path)
{
	size_t n = strlen(path);
	while (n > 1 && path[n - 1] == '/')
		n--;
	while (n > 0 && path[n - 1] != '/')
		n--;
	while (n > 1 && path[n - 1] == '/')
		n--;
	return n ? arena_copy(a, path, n) : arena_copy(a, ".", 1);
}

const char *file_short(struct arena *a, const char *path)
{
	char *out = arena_copy(a, path, strlen(path)), *up;

	while ((up = strstr(out, "/../")) && up != out) {
		char *from = up;
		while (from > out && from[-1] != '/')
			from--;
		if (from == up || strncmp(from, "..", 2) == 0 || strncmp(from, "./", 2) == 0)
			break;
		memmove(from, up + 4, strlen(up + 4) + 1);
	}
	while (!strncmp(out, "./", 2) && out[2] && out[2] != '/')
		out += 2;
	const char *real = file_real(a, path), *same = file_real(a, out);
	if (!real && !same) {
		real = file_real(a, file_dir(a, path));
		same = file_real(a, file_dir(a, out));
	}
	return real && same && strcmp(real, same) == 0 ? out : path;
}

const char *file_near(struct arena *a, const char *path)
{
	size_t n;
	const char *slash = strrchr(path, '/'), **names = file_names(a, file_dir(a, path), &n);
	const char **words = ARENA_ARRAY(a, n + 1, const char *);
	for (size_t i = 0; i < n; i++)
		words[i] = names[i];
	const char *near = choice_nearest(str_of(slash ? slash + 1 : path), words);
	return near ? arena_printf(a, DIAG_TWO("，是否应为 %s？", ", did you mean %s?"), near, near) : "";
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **file_names(struct arena *a, const char *dir, size_t *n)
{
	DIR *handle = opendir(dir);
	const char **names = NULL;
	size_t cap = 0;

	*n = 0;
	for (struct dirent *e; handle && (e = readdir(handle));) {
		if (e->d_name[0] == '.')
			continue;
		if (*n == cap) {
			const char **more = ARENA_ARRAY(a, cap * 2 + 16, const char *);
			if (cap)
				memcpy(more, names, sizeof *more * cap);
			names = more;
			cap = cap * 2 + 16;
		}
		names[(*n)++] = arena_copy(a, e->d_name, strlen(e->d_name));
	}
	if (handle)
		closedir(handle);
	if (*n)
		qsort(names, *n, sizeof *names, compare_names);
	return names;
}

/* ---- writing ---- */

struct file_out {
	struct diag_list *d;
	struct arena *names; /* the strings below */
	const char *name;    /* for messages */
	const char *target;  /* what is replaced; NULL: written directly */
	const char *dir;
	char *temp;          /* the hidden name, made with room for a number */
	bool nameless;       /* the file has no name yet; temp gets it when it is whole */
	int fd, error; /* error: the first failure, 0 = none */
	size_t n;      /* bytes waiting in buffer */
	size_t passed; /* bytes written */
	char buffer[OUT_BUFFER];
};

/* Follow a symbolic link whose end does not exist yet, as open(O_CREAT) would. NULL: errno. */
static char *follow_dangling(struct arena *a, const char *path)
{
	char *at = arena_copy(a, path, strlen(path)), to[PATH_MAX];
	for (int depth = 0; depth < LINK_DEPTH; depth++) {
		ssize_t n = readlink(at, to, sizeof to - 1);
		if (n < 0)
			return errno == EINVAL || errno == ENOENT ? at : NULL;
		to[n] = '\0';
		at = to[0] == '/' ? arena_copy(a, to, (size_t)n) : file_join(a, file_dir(a, at), to);
	}
	errno = ELOOP;
	return NULL;
}

/* Work out target and dir. 0, or an errno. */
static int find_target(struct file_out *f, const char *path, const struct stat *old)
{
	char *at = old ? file_real(f->names, path) : follow_dangling(f->names, path);
	if (!at)
		return errno;
	if (!*at)
		return ENOENT;
	if (str_ends(str_of(at), STR("/")))
		return EISDIR;
	if (old && euidaccess(at, W_OK) != 0) /* rename would pass over a write protection */
		return errno;
	f->dir = file_real(f->names, file_dir(f->names, at));
	if (!f->dir)
		return errno;
	const char *slash = strrchr(at, '/');
	f->target = file_join(f->names, f->dir, slash ? slash + 1 : at);
	return 0;
}

/* Write .NAME.genpdf-PID.tmp, cut to what a file system takes, to f->temp; a number is added when a name is taken
 * (by a second output of this process, or by the rest of one that was killed). */
static void name_temp(struct file_out *f, int number)
{
	struct str base = str_of(strrchr(f->target, '/') + 1);
	char tail[64], more[16] = "";
	if (number > 0)
		snprintf(more, sizeof more, "-%d", number);
	snprintf(tail, sizeof tail, ".genpdf-%ld%s.tmp", (long)getpid(), more);
	while (base.n > NAME_MAX - 1 - strlen(tail))
		utf8_prev(base, &base.n);
	snprintf(f->temp, strlen(f->dir) + NAME_MAX + 3, "%s/.%.*s%s", f->dir, STR_ARG(base), tail);
}

static int open_named(struct file_out *f)
{
	sigset_t before;
	int error = 0;
	for (int i = 0; i < NAME_TRIES; i++) {
		name_temp(f, i);
		sweep_pause(&before);
		int fd = refused("open") ? -1 : open(f->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
		error = errno;
		if (fd >= 0)
			sweep_hold(f->temp);
		sweep_go_on(&before);
		if (fd >= 0) {
			f->fd = fd;
			return 0;
		}
		if (error != EEXIST)
			break;
	}
	f->temp = NULL;
	return error;
}

/* A file without a name, so that a process that is killed leaves nothing; not every file system has such. */
static int open_temp(struct file_out *f)
{
	f->temp = arena_alloc(f->names, strlen(f->dir) + NAME_MAX + 3);
	bool can = access("/proc/self/fd", X_OK) == 0 && !refused("open nameless");
	f->fd = can ? open(f->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;
	f->nameless = f->fd >= 0;
	return f->nameless ? 0 : open_named(f);
}

/* A file system without owners or modes refuses these; the file is as good without. */
static void take_over_mode(const struct file_out *f, const struct stat *old)
{
	mode_t mode;
	if (old) {
		mode = old->st_mode & 0777;
		if (refused("chown") || fchown(f->fd, old->st_uid, old->st_gid) != 0) /* another group gets no more than everybody */
			mode = (mode & 0707) | (mode & (mode & 0007) << 3);
	} else {
		mode_t mask = umask(0);
		umask(mask);
		mode = 0666 & ~mask;
	}
	if (refused("chmod") || fchmod(f->fd, mode) != 0)
		errno = 0;
}

/* A named pipe that nobody reads cannot be opened without waiting. */
static int open_pipe(struct file_out *f, const char *path)
{
	for (int i = 0; i < PIPE_TRIES && f->fd < 0; i++) {
		f->fd = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
		if (f->fd < 0 && errno != ENXIO && errno != EINTR)
			return errno;
		if (f->fd < 0)
			poll(NULL, 0, PIPE_PAUSE);
	}
	if (f->fd < 0)
		return ENOBODY;
	let_wait(f->fd);
	return 0;
}

static int open_direct(struct file_out *f, const char *path, bool pipe)
{
	if (refused("open directly"))
		return errno;
	if (pipe)
		return open_pipe(f, path);
	f->fd = path ? open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY) : fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	return f->fd >= 0 ? 0 : errno;
}

static int open_output(struct file_out *f, const char *path)
{
	struct stat st;
	if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0)
		return open_direct(f, NULL, false);
	bool exists = stat(path, &st) == 0;
	if (!exists && errno != ENOENT)
		return errno;
	if (exists && S_ISDIR(st.st_mode))
		return EISDIR;
	if (exists && !S_ISREG(st.st_mode))
		return open_direct(f, path, S_ISFIFO(st.st_mode));
	int error = find_target(f, path, exists ? &st : NULL);
	if (!error)
		error = open_temp(f);
	if (!error)
		take_over_mode(f, exists ? &st : NULL);
	return error;
}

static void release(struct file_out *f)
{
	sweep_drop(f->temp);
	arena_close(f->names);
	mem_free(f);
}

struct file_out *file_create(struct diag_list *d, const char *path)
{
	struct file_out *f = mem_zero(1, sizeof *f);
	f->d = d;
	f->fd = -1;
	f->names = arena_new();
	f->name = strcmp(path, "-") == 0 ? "<stdout>" : arena_copy(f->names, path, strlen(path));
	int error = open_output(f, path);
	if (!error)
		return f;
	say(d, DIAG_WORLD_WRITE, f->name, error);
	release(f);
	return NULL;
}

static ssize_t write_some(const struct file_out *f, const char *p, size_t n)
{
	if (fail_after >= 0 && f->passed + n > (size_t)fail_after) {
		if (f->passed >= (size_t)fail_after) {
			errno = ENOSPC;
			return -1;
		}
		n = (size_t)fail_after - f->passed;
	}
	return refused("write") ? -1 : write(f->fd, p, n);
}

static void write_all(struct file_out *f, const char *p, size_t n)
{
	while (n > 0 && !f->error) {
		ssize_t put = write_some(f, p, n);
		if (put >= 0) {
			p += put;
			n -= (size_t)put;
			f->passed += (size_t)put;
		} else if (errno == EAGAIN) { /* a pipe somebody made non-blocking */
			struct pollfd wait = {.fd = f->fd, .events = POLLOUT};
			poll(&wait, 1, -1);
		} else if (errno != EINTR) {
			f->error = errno;
		}
	}
}

static void flush(struct file_out *f)
{
	write_all(f, f->buffer, f->n);
	f->n = 0;
}

bool file_write(struct file_out *f, const void *p, size_t n)
{
	if (n > OUT_BUFFER - f->n)
		flush(f);
	if (n >= OUT_BUFFER) {
		write_all(f, p, n);
	} else if (n > 0 && !f->error) {
		memcpy(f->buffer + f->n, p, n);
		f->n += n;
	}
	return !f->error;
}

/* Pipes and devices know no fsync. */
static int sync_fd(int fd)
{
	while (refused("sync") || fsync(fd) != 0) {
		if (errno == EINVAL || errno == ENOTSUP || errno == EROFS)
			return 0;
		if (errno != EINTR)
			return errno;
	}
	return 0;
}

/* Close, whatever happened; keep the first error. Linux closes even when it reports EINTR. */
static void close_out(struct file_out *f)
{
	int error = f->fd >= 0 && (close(f->fd) != 0 || refused("close")) ? errno : 0;
	if (error && error != EINTR && !f->error)
		f->error = error;
	f->fd = -1;
}

/* The nameless file cannot be linked here: into one with a name. */
static int copy_to_named(struct file_out *f)
{
	int from = f->fd, error = open_named(f);
	off_t at = 0;
	struct stat st;
	if (!error && (fstat(from, &st) != 0 || refused("chmod") || fchmod(f->fd, st.st_mode & 07777) != 0))
		error = errno;
	while (!error && at < st.st_size)
		if (refused("copy") || sendfile(f->fd, from, &at, (size_t)(st.st_size - at)) <= 0)
			error = errno ? errno : EIO;
	if (!error)
		error = sync_fd(f->fd);
	if (f->fd != from)
		close(from);
	return error;
}

/* Give the nameless file its hidden name. */
static int give_name(struct file_out *f)
{
	char self[64];
	sigset_t before;
	snprintf(self, sizeof self, "/proc/self/fd/%d", f->fd);
	f->nameless = false;
	for (int i = 0; i < NAME_TRIES; i++) {
		name_temp(f, i);
		sweep_pause(&before);
		bool linked = !refused("link") && linkat(AT_FDCWD, self, AT_FDCWD, f->temp, AT_SYMLINK_FOLLOW) == 0;
		int error = errno;
		if (linked)
			sweep_hold(f->temp);
		sweep_go_on(&before);
		if (linked)
			return 0;
		if (error != EEXIST)
			break;
	}
	return copy_to_named(f);
}

/* Makes the new name itself durable; a file system that cannot is not our failure. */
static void sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	sync_fd(fd);
	close(fd);
}

bool file_commit(struct file_out *f)
{
	flush(f);
	if (!f->error)
		f->error = sync_fd(f->fd);
	if (f->nameless && !f->error)
		f->error = give_name(f);
	if (f->nameless) /* it never got one */
		f->temp = NULL;
	close_out(f);
	if (f->temp && !f->error && (refused("rename") || rename(f->temp, f->target) != 0))
		f->error = errno;
	if (f->temp && f->error)
		unlink(f->temp);
	else if (f->temp)
		sync_dir(f->dir);
	bool done = !f->error;
	if (!done)
		say(f->d, DIAG_WORLD_WRITE, f->name, f->error);
	release(f);
	return done;
}

void file_abandon(struct file_out *f)
{
	close_out(f);
	if (f->temp && !f->nameless)
		unlink(f->temp);
	release(f);
}
