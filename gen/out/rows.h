/* rows: bytes as rows that are told by their difference to the row above (PNG's predictor "up"; ISO 32000-1 7.4.4.4): numbers that count up
 * in columns deflate to nearly nothing. */
#ifndef GEN_OUT_ROWS_H
#define GEN_OUT_ROWS_H

#include "base/buf.h"

/* How long the rows are that the bytes consist of, most of them like the ones above; 0: they are no rows. */
size_t rows_find(struct str bytes);
/* Bytes by rows of `columns`, the last one filled up with blanks; and what the stream's dictionary says of it. */
void rows_tell(struct buf *out, struct buf *dict, struct str bytes, size_t columns);

#endif
