/* md5: the hash of RFC 1321, which PDF asks for in embedded files (ISO 32000-1, 7.11.4). It guards against accidents only. */
#ifndef GEN_BASE_MD5_H
#define GEN_BASE_MD5_H

#include "base/str.h"

void md5(struct str bytes, uint8_t out[16]);

#endif
