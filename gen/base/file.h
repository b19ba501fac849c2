/* file: the only doors to the file system.
 * Reading takes a whole file up to a limit. Writing makes a whole file or leaves everything as it
 * was: a regular or new file is written beside its place, flushed to disk and renamed over; a
 * symbolic link is followed and its target replaced; "-", devices and pipes are written directly. */
#ifndef GEN_BASE_FILE_H
#define GEN_BASE_FILE_H

#include "base/diag.h"

#define FILE_LIMIT ((size_t)256 << 20) /* bytes of one input */

/* The files that were read, in order, each time they were: for those who ask where a result comes from. Font files are mapped
 * by mapped.h and not among them. */
struct file_input {
	struct file_input *next;
	const char *path; /* as it was asked for; "-" */
	struct str bytes; /* as they were read, before anybody decoded them */
};
struct file_inputs {
	struct arena *arena;
	struct file_input *first, *last;
};

/* Read path ("-" = standard input) into the arena; noted in d->sources->inputs. False after a message (world error). */
bool file_read(struct diag_list *d, struct arena *a, const char *path, size_t limit, struct str *out);
bool file_exists(const char *path);
/* Both are there and are one file, by whatever names. */
bool file_same(const char *a, const char *b);
bool file_is_dir(const char *path);
bool file_is_regular(const char *path);
/* Absolute path without symbolic links, or NULL when it does not exist. In the arena. */
char *file_real(struct arena *a, const char *path);
/* dir/name in the arena; name alone when dir is empty. */
char *file_join(struct arena *a, const char *dir, const char *name);
/* Directory part of a path ("." when it has none). */
char *file_dir(struct arena *a, const char *path);
/* "a/b/../c" -> "a/c" when both lead to the same place (of a file that is not there: its folder), "./a" -> "a", else the path
 * as it is. For messages. */
const char *file_short(struct arena *a, const char *path);
/* Names in a directory without those that begin with a dot, in order of their bytes. *n = 0 when it cannot be read. */
const char **file_names(struct arena *a, const char *dir, size_t *n);

/* "，是否应为 x？": the name in the folder of a missing file that is nearest to its own, as an argument of a message; or "". */
const char *file_near(struct arena *a, const char *path);
/* The system's words for an errno, as an argument of a message. */
const char *file_error(int error);

struct file_out;
/* Start writing. Everything is allocated here: after this, nothing is. NULL after a message. */
struct file_out *file_create(struct diag_list *d, const char *path);
/* Sticky: after a failure later calls do nothing. False on failure. */
bool file_write(struct file_out *f, const void *p, size_t n);
/* Flush, sync, rename. False after a message; then the old file is as it was. Frees f. */
bool file_commit(struct file_out *f);
/* Give up: remove what was written. Frees f. */
void file_abandon(struct file_out *f);
/* For tests: asked before every system call by which a file is written ("open", "write", "sync", "link" …); an errno: it fails
 * with that, 0: it is made. NULL = off. */
void file_ask(int (*fails)(void *user, const char *call), void *user);
/* For tests: a disk that is full after so many bytes of a file; -1 = off. */
void file_fail_after(long bytes);

#endif
