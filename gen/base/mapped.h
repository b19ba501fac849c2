/* mapped: the bytes of a large file without a copy of them (font files of 5 to 30 MB). For files that
 * stand still while we run; what a user may be writing to is read with file_read. */
#ifndef GEN_BASE_MAPPED_H
#define GEN_BASE_MAPPED_H

#include "base/arena.h"

/* Map a regular file of at most limit bytes, until the arena is closed. NULL, or the
 * reason why not, fit for an argument of a message. */
const char *mapped_open(struct arena *a, const char *path, size_t limit, struct str *out);

#endif
