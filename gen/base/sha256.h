/* sha256: the hash of FIPS 180-4, for names of things that must not change unseen (font files, /ID). */
#ifndef GEN_BASE_SHA256_H
#define GEN_BASE_SHA256_H

#include "base/str.h"

void sha256(struct str bytes, uint8_t out[32]);
/* The same without special instructions of the processor: for tests. */
void sha256_plain(struct str bytes, uint8_t out[32]);
/* 64 lower-case hex digits and a NUL. */
void sha256_hex(const uint8_t hash[32], char out[65]);

#endif
