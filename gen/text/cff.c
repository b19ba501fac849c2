/* cff: reading: indexes, dictionaries, charstrings. See cff.h; writing is in cff_write.c. */
#include "text/cff_parts.h"

static uint32_t read_uint(const uint8_t *p, int n)
{
	uint32_t v = 0;

	while (n--)
		v = v << 8 | *p++;
	return v;
}

/* INDEX (5): count, offset size, offsets from 1, data. False when it reaches over the end. */
static bool read_index(struct str bytes, size_t at, struct cff_index *out)
{
	const uint8_t *p = (const uint8_t *)bytes.p;

	*out = (struct cff_index){0};
	if (at + 2 > bytes.n)
		return false;
	out->n = read_uint(p + at, 2);
	out->end = at + 2;
	if (out->n == 0)
		return true;
	if (at + 3 > bytes.n)
		return false;
	out->off_size = p[at + 2];
	if (out->off_size < 1 || out->off_size > 4)
		return false;
	size_t offsets = at + 3, data = offsets + ((size_t)out->n + 1) * out->off_size - 1;
	if (data + 1 > bytes.n)
		return false;
	out->offsets = p + offsets;
	out->data = p + data;
	out->room = bytes.n - data;
	size_t end = read_uint(p + offsets + (size_t)out->n * out->off_size, out->off_size);
	out->end = data + end;
	return end >= 1 && end <= out->room;
}

bool cff_entry(const struct cff_index *x, uint32_t i, struct str *out)
{
	if (i >= x->n)
		return false;
	const uint8_t *at = x->offsets + (size_t)i * x->off_size;
	size_t from = read_uint(at, x->off_size), to = read_uint(at + x->off_size, x->off_size);
	if (from < 1 || to < from || to > x->room)
		return false;
	*out = (struct str){(const char *)x->data + from, to - from};
	return true;
}

/* ---- dictionaries (4) ---- */

/* One operand; false at an operator. Reals are stepped over and give 0. */
static bool read_operand(struct str d, size_t *at, int32_t *v)
{
	const uint8_t *p = (const uint8_t *)d.p;
	uint8_t b = p[*at];
	size_t left = d.n - *at;

	*v = 0;
	if (b >= 32 && b <= 246) {
		*v = b - 139;
		*at += 1;
	} else if (b >= 247 && b <= 254 && left >= 2) {
		*v = b <= 250 ? (b - 247) * 256 + p[*at + 1] + 108 : -(b - 251) * 256 - p[*at + 1] - 108;
		*at += 2;
	} else if (b == 28 && left >= 3) {
		*v = (int16_t)read_uint(p + *at + 1, 2);
		*at += 3;
	} else if (b == 29 && left >= 5) {
		*v = (int32_t)read_uint(p + *at + 1, 4);
		*at += 5;
	} else if (b == 30) {
		for (++*at; *at < d.n && (p[*at] & 15) != 15 && p[*at] >> 4 != 15; ++*at)
			;
		*at += *at < d.n;
	} else {
		return false;
	}
	return true;
}

/* Entries of a DICT one after the other. False at the end or at damage (*good false). */
bool cff_next(struct str d, size_t *at, struct cff_entry *out, bool *good)
{
	size_t from = *at;

	*out = (struct cff_entry){0};
	while (*at < d.n) {
		int32_t v;
		if (read_operand(d, at, &v)) {
			if (out->n < CFF_OPERANDS)
				out->v[out->n++] = v;
			continue;
		}
		unsigned op = (uint8_t)d.p[(*at)++];
		if (op == 12 && *at < d.n)
			op = 0x0c00u | (uint8_t)d.p[(*at)++];
		else if (op > 21)
			break;
		out->op = op;
		out->raw = str_sub(d, from, *at);
		return true;
	}
	*good = *good && *at >= d.n && from >= d.n;
	return false;
}

/* Value k of an operator, or otherwise. */
static int32_t dict_value(struct str d, unsigned op, int k, int32_t otherwise)
{
	struct cff_entry e;
	bool good = true;

	for (size_t at = 0; cff_next(d, &at, &e, &good);)
		if (e.op == op && k < e.n)
			return e.v[k];
	return otherwise;
}

static bool dict_good(struct str d)
{
	struct cff_entry e;
	bool good = true;

	for (size_t at = 0; cff_next(d, &at, &e, &good);)
		;
	return good;
}

/* ---- the font ---- */

static bool read_private(struct cff *c, struct str dict, struct cff_private *out)
{
	int32_t size = dict_value(dict, CFF_PRIVATE, 0, 0), at = dict_value(dict, CFF_PRIVATE, 1, 0);

	*out = (struct cff_private){.dict = dict};
	if (size < 0 || at < 0 || (size_t)at > c->bytes.n || (size_t)size > c->bytes.n - (size_t)at)
		return false;
	out->bytes = str_sub(c->bytes, (size_t)at, (size_t)at + (size_t)size);
	out->default_width = dict_value(out->bytes, CFF_DEFAULT_WIDTH, 0, 0);
	out->nominal_width = dict_value(out->bytes, CFF_NOMINAL_WIDTH, 0, 0);
	c->has_subrs |= dict_value(out->bytes, CFF_SUBRS, 0, 0) != 0;
	return dict_good(out->bytes);
}

static bool read_fds(struct cff *c, struct arena *a, struct str top)
{
	struct cff_index fds;
	int32_t at = dict_value(top, CFF_FD_ARRAY, 0, 0);
	struct str dict;

	c->is_cid = dict_value(top, CFF_ROS, 0, -1) >= 0;
	if (!c->is_cid) {
		c->n_fds = 1;
		c->fds = ARENA_NEW(a, struct cff_private);
		return read_private(c, top, &c->fds[0]);
	}
	if (at <= 0 || !read_index(c->bytes, (size_t)at, &fds) || fds.n == 0 || fds.n > 255)
		return false;
	c->n_fds = fds.n;
	c->fds = ARENA_ARRAY(a, fds.n, struct cff_private);
	for (uint32_t i = 0; i < fds.n; i++)
		if (!cff_entry(&fds, i, &dict) || !dict_good(dict) || !read_private(c, dict, &c->fds[i]))
			return false;
	return true;
}

/* FDSelect (19) into one byte a glyph. */
static bool read_select(struct cff *c, struct arena *a, struct str top)
{
	int32_t at = dict_value(top, CFF_FD_SELECT, 0, 0);
	const uint8_t *p = (const uint8_t *)c->bytes.p;
	size_t n = c->outlines.n, from = (size_t)at;

	c->select = ARENA_ARRAY(a, n + 1, uint8_t);
	if (!c->is_cid)
		return true;
	if (at <= 0 || from + 1 > c->bytes.n)
		return false;
	if (p[from] == 0) {
		if (from + 1 + n > c->bytes.n)
			return false;
		memcpy(c->select, p + from + 1, n);
	} else if (p[from] == 3 && from + 5 <= c->bytes.n) {
		size_t ranges = read_uint(p + from + 1, 2);
		if (from + 3 + ranges * 3 + 2 > c->bytes.n)
			return false;
		for (size_t r = 0; r < ranges; r++) {
			const uint8_t *q = p + from + 3 + r * 3;
			for (uint32_t g = read_uint(q, 2); g < read_uint(q + 3, 2) && g < n; g++)
				c->select[g] = q[2];
		}
	} else {
		return false;
	}
	for (size_t g = 0; g < n; g++)
		if (c->select[g] >= c->n_fds)
			return false;
	return true;
}

struct cff *cff_open(struct arena *a, struct str bytes)
{
	struct cff *c = ARENA_NEW(a, struct cff);
	struct cff_index names, tops, strings, subrs;

	c->bytes = bytes;
	if (bytes.n < 4 || bytes.p[0] != 1 || !read_index(bytes, (uint8_t)bytes.p[2], &names) || names.n != 1 ||
	    !read_index(bytes, names.end, &tops) || tops.n != 1 || !cff_entry(&tops, 0, &c->top) || !dict_good(c->top) ||
	    !read_index(bytes, tops.end, &strings) || !read_index(bytes, strings.end, &subrs))
		return NULL;
	c->has_subrs = subrs.n > 0;
	int32_t outlines = dict_value(c->top, CFF_CHAR_STRINGS, 0, 0);
	if (dict_value(c->top, CFF_CHARSTRING_TYPE, 0, 2) != 2 || outlines <= 0 ||
	    !read_index(bytes, (size_t)outlines, &c->outlines) || !read_fds(c, a, c->top) || !read_select(c, a, c->top))
		return NULL;
	return c;
}

bool cff_has_subrs(const struct cff *c)
{
	return c->has_subrs;
}

/* ---- charstrings (TN 5177) ---- */

/* Bytes of the operand at p, 0 when it is an operator. */
static size_t operand_size(struct str s, size_t at)
{
	uint8_t b = (uint8_t)s.p[at];
	size_t n = b >= 32 && b <= 246 ? 1 : b >= 247 && b <= 254 ? 2 : b == 28 ? 3 : b == 255 ? 5 : 0;

	return n <= s.n - at ? n : 0;
}

/* The first operator that clears the stack tells whether a width stands before its operands: an odd number of operands before a hint,
 * one more than it takes before a move or the end. */
bool cff_split(struct str charstring, size_t *width)
{
	size_t at = 0, operands = 0, first = 0;

	while (at < charstring.n) {
		size_t n = operand_size(charstring, at);
		if (!n)
			break;
		if (!operands)
			first = n;
		operands++;
		at += n;
	}
	if (at >= charstring.n)
		return false;
	switch ((uint8_t)charstring.p[at]) {
	case 1: case 3: case 18: case 19: case 20: case 23: /* hints and masks */
		*width = operands % 2 ? first : 0;
		return true;
	case 21: /* rmoveto */
		*width = operands == 3 ? first : 0;
		return operands == 2 || operands == 3;
	case 4: case 22: /* vmoveto hmoveto */
		*width = operands == 2 ? first : 0;
		return operands == 1 || operands == 2;
	case 14: /* endchar; with 4 operands an accented character made of two others, which are not here */
		*width = operands == 1 ? first : 0;
		return operands <= 1;
	default:
		return false;
	}
}
