/* sha256: see sha256.h. Blocks of 64 bytes go through one function; on x86 processors that have the SHA
 * instructions a second one does the same work several times faster, which matters because
 * font files of 5 to 30 MB are hashed on every run. Source: FIPS 180-4. */
#include "base/sha256.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static const uint32_t K[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

typedef void (*block_fn)(uint32_t h[8], const uint8_t *p, size_t blocks);

static uint32_t turn(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

static uint32_t big_endian(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void block(uint32_t h[8], const uint8_t *p)
{
	uint32_t w[64], s[8];
	for (int i = 0; i < 16; i++)
		w[i] = big_endian(p + 4 * i);
	for (int i = 16; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3) +
		       (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10);
	memcpy(s, h, sizeof(s));
	/* The eight letters stand still and their names go round: letter j of round i is s[(j - i) & 7]. */
	for (unsigned i = 0; i < 64; i++) {
		uint32_t a = s[-i & 7], e = s[(4 - i) & 7], *d = s + ((3 - i) & 7), *h1 = s + ((7 - i) & 7);
		uint32_t t1 = *h1 + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) +
			      (s[(6 - i) & 7] ^ (e & (s[(5 - i) & 7] ^ s[(6 - i) & 7]))) + K[i] + w[i];
		uint32_t b = s[(1 - i) & 7], c = s[(2 - i) & 7];
		*d += t1;
		*h1 = t1 + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) | (c & (a | b)));
	}
	for (int i = 0; i < 8; i++)
		h[i] += s[i];
}

static void blocks_plain(uint32_t h[8], const uint8_t *p, size_t blocks)
{
	for (; blocks > 0; blocks--, p += 64)
		block(h, p);
}

#if defined(__x86_64__)
/* The instructions keep the state as (a b e f) and (c d g h); four rounds at a time, the message words in a
 * ring of four vectors. */
__attribute__((target("sha,sse4.1,ssse3")))
static void blocks_sha_ni(uint32_t h[8], const uint8_t *p, size_t blocks)
{
	const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
	__m128i abef = _mm_set_epi32((int)h[0], (int)h[1], (int)h[4], (int)h[5]);
	__m128i cdgh = _mm_set_epi32((int)h[2], (int)h[3], (int)h[6], (int)h[7]);
	for (; blocks > 0; blocks--, p += 64) {
		__m128i m[4], abef0 = abef, cdgh0 = cdgh;
		for (int i = 0; i < 4; i++)
			m[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(p + 16 * i)), swap);
		for (int i = 0; i < 16; i++) {
			__m128i w = m[i & 3];
			__m128i k = _mm_add_epi32(w, _mm_loadu_si128((const __m128i *)(K + 4 * i)));
			cdgh = _mm_sha256rnds2_epu32(cdgh, abef, k);
			abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(k, 0x0e));
			__m128i next = _mm_sha256msg1_epu32(w, m[(i + 1) & 3]);
			next = _mm_add_epi32(next, _mm_alignr_epi8(m[(i + 3) & 3], m[(i + 2) & 3], 4));
			m[i & 3] = _mm_sha256msg2_epu32(next, m[(i + 3) & 3]);
		}
		abef = _mm_add_epi32(abef, abef0);
		cdgh = _mm_add_epi32(cdgh, cdgh0);
	}
	h[0] = (uint32_t)_mm_extract_epi32(abef, 3);
	h[1] = (uint32_t)_mm_extract_epi32(abef, 2);
	h[4] = (uint32_t)_mm_extract_epi32(abef, 1);
	h[5] = (uint32_t)_mm_extract_epi32(abef, 0);
	h[2] = (uint32_t)_mm_extract_epi32(cdgh, 3);
	h[3] = (uint32_t)_mm_extract_epi32(cdgh, 2);
	h[6] = (uint32_t)_mm_extract_epi32(cdgh, 1);
	h[7] = (uint32_t)_mm_extract_epi32(cdgh, 0);
}

/* CPUID leaf 7, EBX bit 29. __builtin_cpu_supports of Debian 12's gcc does not know the name. */
static block_fn pick(void)
{
	uint32_t a = 7, b, c = 0, d;
	if (!__builtin_cpu_supports("sse4.1"))
		return blocks_plain;
	__asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
	return b >> 29 & 1 ? blocks_sha_ni : blocks_plain;
}
#else
static block_fn pick(void)
{
	return blocks_plain;
}
#endif

static void hash_with(block_fn blocks, struct str s, uint8_t out[32])
{
	uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	                 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
	uint8_t end[128] = {0};
	size_t whole = s.n / 64, rest = s.n % 64, last = rest < 56 ? 64 : 128;
	if (whole > 0)
		blocks(h, (const uint8_t *)s.p, whole);
	if (rest > 0)
		memcpy(end, s.p + 64 * whole, rest);
	end[rest] = 0x80;
	for (int i = 0; i < 8; i++)
		end[last - 1 - (size_t)i] = (uint8_t)((uint64_t)s.n * 8 >> 8 * i);
	blocks(h, end, last / 64);
	for (int i = 0; i < 32; i++)
		out[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256(struct str bytes, uint8_t out[32])
{
	hash_with(pick(), bytes, out);
}

void sha256_plain(struct str bytes, uint8_t out[32])
{
	hash_with(blocks_plain, bytes, out);
}

void sha256_hex(const uint8_t hash[32], char out[65])
{
	for (int i = 0; i < 32; i++) {
		out[2 * i] = "0123456789abcdef"[hash[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
	}
	out[64] = '\0';
}
