/* deflate: see deflate.h. libdeflate is included here only. */
#include "out/deflate.h"

#include <libdeflate.h>

#include "base/mem.h"

struct deflate {
	struct libdeflate_compressor *compressor;
	struct buf packed;
};

static void deflate_close(void *p)
{
	struct deflate *z = p;

	libdeflate_free_compressor(z->compressor);
	buf_free(&z->packed);
}

struct deflate *deflate_open(struct arena *a, int level)
{
	struct deflate *z = ARENA_NEW(a, struct deflate);

	z->compressor = libdeflate_alloc_compressor(level);
	if (!z->compressor)
		mem_die(0);
	arena_defer(a, deflate_close, z);
	return z;
}

struct str deflate_pack(struct deflate *z, struct str bytes)
{
	z->packed.n = 0;
	buf_reserve(&z->packed, libdeflate_zlib_compress_bound(z->compressor, bytes.n));
	z->packed.n = libdeflate_zlib_compress(z->compressor, bytes.p, bytes.n, z->packed.p, z->packed.cap);
	return buf_view(&z->packed);
}

const char *deflate_version(void)
{
	return LIBDEFLATE_VERSION_STRING;
}
