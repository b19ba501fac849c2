/* cff_parts: what reading and writing CFF share. Private to cff.c and cff_write.c. */
#ifndef GEN_TEXT_CFF_PARTS_H
#define GEN_TEXT_CFF_PARTS_H

#include "text/cff.h"

enum { CFF_OPERANDS = 48 };

/* Operators of the top, font and private dictionaries; 0x0c.. are the escaped ones. */
enum cff_op {
	CFF_FONT_BBOX = 5, CFF_CHARSET = 15, CFF_ENCODING = 16, CFF_CHAR_STRINGS = 17, CFF_PRIVATE = 18, CFF_SUBRS = 19,
	CFF_DEFAULT_WIDTH = 20, CFF_NOMINAL_WIDTH = 21, CFF_CHARSTRING_TYPE = 0x0c06, CFF_FONT_MATRIX = 0x0c07,
	CFF_ROS = 0x0c1e, CFF_CID_COUNT = 0x0c22, CFF_FD_ARRAY = 0x0c24, CFF_FD_SELECT = 0x0c25
};

struct cff_index {
	uint32_t n;
	int off_size;
	const uint8_t *offsets, *data; /* data[1] is the first byte */
	size_t room, end;              /* bytes from data on; offset of what follows */
};

struct cff_entry {
	unsigned op;
	int n;
	int32_t v[CFF_OPERANDS];
	struct str raw;                /* operands and operator as they stand */
};

struct cff_private {
	struct str dict;               /* the font dictionary that leads to it */
	struct str bytes;
	int32_t default_width, nominal_width;
};

struct cff {
	struct str bytes, top;
	struct cff_index outlines;
	struct cff_private *fds;
	uint32_t n_fds;
	uint8_t *select;               /* font dictionary of each glyph */
	bool is_cid, has_subrs;
};

bool cff_entry(const struct cff_index *x, uint32_t i, struct str *out);
bool cff_next(struct str dict, size_t *at, struct cff_entry *out, bool *good);
/* Bytes of the width operand at the charstring's start, 0 when it has none. False when it cannot be told. */
bool cff_split(struct str charstring, size_t *width);

#endif
