/* hpdf_door: the only door to libharu: numbered objects in, the bytes of a PDF file out.
 * Takes dictionaries and streams as finished PDF text. libharu owns document, catalog, information, page tree and streams; the many
 * small objects (structure, destinations, fonts' dictionaries) never become objects of its: they are packed into object streams, and
 * a cross-reference stream takes the place of its table and trailer (ISO 32000-1 7.5.7, 7.5.8).
 * Errors are sticky: the first is reported by door_close, later calls do nothing. Everything handed over is copied; it lives until
 * the door's arena is closed. */
#ifndef GEN_OUT_HPDF_DOOR_H
#define GEN_OUT_HPDF_DOOR_H

#include "base/diag.h"
#include "out/deflate.h"

struct door;

/* NULL after a message (another libharu than 2.3). */
struct door *door_open(struct diag_list *d, struct arena *a, struct deflate *z);
/* "2.3.0" */
const char *door_version(void);

/* A new object number; the first of n in a row. Their bodies must follow before door_close. */
uint32_t door_number(struct door *o);
uint32_t door_numbers(struct door *o, size_t n);
/* body: what stands between << and >>. */
void door_dict(struct door *o, uint32_t number, struct str body);
/* body: an object of any kind but a stream, as it is. */
void door_object(struct door *o, uint32_t number, struct str body);
/* What follows is packed apart from what was there: objects of one form take less room among themselves. */
void door_next_pack(struct door *o);
/* dict: the same without /Length; bytes as they stand in the file. */
void door_stream(struct door *o, uint32_t number, struct str dict, struct str bytes);
/* The next page: its dictionary without /Parent, which the tree's node gives. Returns its number. */
uint32_t door_page(struct door *o, struct str body);
/* Further entries of the catalog (beside /Type /Pages); the whole document information. */
void door_catalog(struct door *o, struct str body);
void door_info(struct door *o, struct str body);

/* What follows counts as this part of the file ("fonts"; valid as long as the door). */
void door_part(struct door *o, const char *part);

/* Write the file behind what out holds; /ID is made of hashes of seed and of all objects. False after a message: an
 * object without body, more than `limit` bytes (0: what an offset can say). */
bool door_close(struct door *o, struct str seed, size_t limit, struct buf *out);

/* Bytes of part i in the file, in order of first use; the last is what holds the others together. False behind it. */
bool door_size(const struct door *o, size_t i, const char **part, size_t *bytes);

#endif
