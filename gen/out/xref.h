/* xref: the numbers of a file's objects and where these are: an offset, or a place in an object stream.
 * Takes objects that are no streams as PDF text and packs them, OBJECTS of them a stream (ISO 32000-1 7.5.7); gives the
 * cross-reference stream (7.5.8). Knows no library. */
#ifndef GEN_OUT_XREF_H
#define GEN_OUT_XREF_H

#include "base/arena.h"
#include "base/buf.h"

/* stream 0: at = offset; else the index in that object stream. Both 0: nothing came yet. */
struct xref_entry {
	uint32_t stream, at;
};

struct xref {
	struct xref_entry *entries; /* by object number; 0 is none */
	size_t n, cap;
	uint32_t stream;       /* number of the object stream under way, 0 = none */
	size_t packed;         /* objects in it */
	struct buf body, places; /* places: number and offset of each object, uint32_t */
	struct buf head, told; /* of the last one taken */
};

void xref_open(struct xref *x, struct arena *a);
/* The first of n new numbers in a row, 0 when there is no room for them. */
uint32_t xref_number(struct xref *x, size_t n);
bool xref_has(const struct xref *x, uint32_t number);
/* So many objects that their size counts more than time. */
bool xref_many(const struct xref *x);
/* Put an object into the stream under way. True: it is full and must be taken. */
bool xref_pack(struct xref *x, uint32_t number, struct str body);
/* The object stream under way: its number, its dictionary but for /Filter and /Length, its bytes; the next one begins. False when there is
 * none. The bytes are valid until the next xref_pack. */
bool xref_take(struct xref *x, uint32_t *number, struct buf *dict, struct str *bytes);
/* The object begins at an offset of the file. */
void xref_at(struct xref *x, uint32_t number, size_t offset);
/* The cross-reference stream's bytes, each row told by its difference to the one above (PNG predictor "up"), and what its dictionary
 * says of them. Every number must have its place. */
void xref_table(const struct xref *x, struct buf *dict, struct buf *bytes);

#endif
