/* icc: the colour space of our red: sRGB as an ICC profile. */
#ifndef GEN_OUT_ICC_H
#define GEN_OUT_ICC_H

#include "base/buf.h"

/* The bytes of a display profile, version 4.2: always the same. */
void icc_srgb(struct buf *out);

#endif
