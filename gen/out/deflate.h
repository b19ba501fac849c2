/* deflate: the one compressor of a PDF, used again for each stream. */
#ifndef GEN_OUT_DEFLATE_H
#define GEN_OUT_DEFLATE_H

#include "base/arena.h"
#include "base/buf.h"

struct deflate;

/* level: libdeflate's, 1 … 12. Closed with the arena. */
struct deflate *deflate_open(struct arena *a, int level);
/* The bytes as a zlib stream; valid until the next call. */
struct str deflate_pack(struct deflate *z, struct str bytes);
/* "1.14" */
const char *deflate_version(void);

#endif
