/* cff_write: a CFF font program from slots. See cff.h.
 * Numbering: glyph i, CID i and slot i are one, so the charset is the identity. A font keyed by names stays one (its CIDs are then
 * its glyph numbers in a PDF). Private dictionaries are copied: their widths are what charstrings count from. */
#include "base/mem.h"
#include "text/cff_parts.h"

enum { CALL_GLOBAL = 29, SHORT_INT = 28, LONG_INT = 29 };

struct writing {
	struct arena *a;
	const struct cff *cff;
	const struct font_slot *slots;
	size_t n;
	uint32_t *subr;       /* by glyph: index + 1 of its global subroutine */
	uint32_t *shared;     /* glyphs of the subroutines */
	size_t n_shared;
	uint8_t *fd_new;      /* by font dictionary: its number in the result + 1 */
	uint32_t fds[256], n_fds;
	struct buf out;
};

/* ---- numbers ---- */

static void put_byte(struct buf *b, unsigned v)
{
	buf_char(b, (char)v);
}

static void put_be(struct buf *b, uint32_t v, int n)
{
	while (n--)
		put_byte(b, v >> (8 * n) & 0xff);
}

/* Five bytes whatever the value: offsets are filled in later. */
static void put_long(struct buf *b, int32_t v)
{
	put_byte(b, LONG_INT);
	put_be(b, (uint32_t)v, 4);
}

/* The shortest form; the same in dictionaries and charstrings. */
static void put_short(struct buf *b, int32_t v)
{
	if (v >= -107 && v <= 107) {
		put_byte(b, (unsigned)(v + 139));
	} else if (v >= 108 && v <= 1131) {
		put_byte(b, (unsigned)((v - 108) / 256 + 247));
		put_byte(b, (unsigned)((v - 108) % 256));
	} else if (v >= -1131 && v <= -108) {
		put_byte(b, (unsigned)((-v - 108) / 256 + 251));
		put_byte(b, (unsigned)((-v - 108) % 256));
	} else {
		put_byte(b, SHORT_INT);
		put_be(b, (uint32_t)v & 0xffff, 2);
	}
}

static void put_op(struct buf *b, unsigned op)
{
	if (op > 0xff)
		put_byte(b, op >> 8);
	put_byte(b, op & 0xff);
}

/* INDEX of n entries, of which entry i ends at ends[i] of data. */
static void put_index(struct buf *b, const struct buf *data, const size_t *ends, size_t n)
{
	int size = data->n + 1 < 0x100 ? 1 : data->n + 1 < 0x10000 ? 2 : data->n + 1 < 0x1000000 ? 3 : 4;

	put_be(b, (uint32_t)n, 2);
	if (n == 0)
		return;
	put_byte(b, (unsigned)size);
	put_be(b, 1, size);
	for (size_t i = 0; i < n; i++)
		put_be(b, (uint32_t)ends[i] + 1, size);
	buf_put(b, data->p, data->n);
}

static void put_one(struct buf *b, struct str entry)
{
	struct buf data = {(char *)entry.p, entry.n, entry.n};

	put_index(b, &data, &entry.n, 1);
}

/* ---- outlines ---- */

static bool outline_of(const struct writing *w, uint32_t glyph, struct str *body, size_t *width)
{
	struct str s;

	if (!cff_entry(&w->cff->outlines, glyph, &s) || !cff_split(s, width))
		return false;
	*body = str_sub(s, *width, s.n);
	return true;
}

/* Glyphs that more than one slot uses. */
static void find_shared(struct writing *w)
{
	uint8_t *uses = ARENA_ARRAY(w->a, w->cff->outlines.n + 1, uint8_t);

	w->subr = ARENA_ARRAY(w->a, w->cff->outlines.n + 1, uint32_t);
	w->shared = ARENA_ARRAY(w->a, w->n + 1, uint32_t);
	for (size_t i = 0; i < w->n; i++) {
		uint32_t g = w->slots[i].glyph;
		if (g < w->cff->outlines.n && uses[g] < 2 && ++uses[g] == 2) {
			w->shared[w->n_shared++] = g;
			w->subr[g] = (uint32_t)w->n_shared;
		}
	}
}

static int32_t bias(size_t n)
{
	return n < 1240 ? 107 : n < 33900 ? 1131 : 32768;
}

static void put_width(const struct writing *w, struct buf *b, const struct font_slot *s, struct str own)
{
	const struct cff_private *p = &w->cff->fds[w->cff->select[s->glyph]];

	if (s->natural)
		buf_str(b, own);
	else if (s->advance != p->default_width)
		put_short(b, s->advance - p->nominal_width);
}

static bool put_outline(const struct writing *w, struct buf *b, const struct font_slot *s)
{
	struct str body, whole;
	size_t width;

	if (!outline_of(w, s->glyph, &body, &width) || !cff_entry(&w->cff->outlines, s->glyph, &whole))
		return false;
	put_width(w, b, s, str_sub(whole, 0, width));
	if (w->subr[s->glyph]) {
		put_short(b, (int32_t)w->subr[s->glyph] - 1 - bias(w->n_shared));
		put_byte(b, CALL_GLOBAL);
	} else {
		buf_str(b, body);
	}
	return true;
}

static bool put_outlines(struct writing *w)
{
	struct buf data = {0};
	size_t *ends = ARENA_ARRAY(w->a, w->n, size_t);
	bool good = true;

	for (size_t i = 0; i < w->n && good; i++) {
		good = put_outline(w, &data, &w->slots[i]);
		ends[i] = data.n;
	}
	if (good)
		put_index(&w->out, &data, ends, w->n);
	buf_free(&data);
	return good;
}

static bool put_subrs(struct writing *w)
{
	struct buf data = {0};
	size_t *ends = ARENA_ARRAY(w->a, w->n_shared + 1, size_t), width;
	bool good = true;
	struct str body;

	for (size_t i = 0; i < w->n_shared && good; i++) {
		good = outline_of(w, w->shared[i], &body, &width);
		if (good)
			buf_str(&data, body);
		ends[i] = data.n;
	}
	if (good)
		put_index(&w->out, &data, ends, w->n_shared);
	buf_free(&data);
	return good;
}

/* ---- font dictionaries ---- */

static void find_fds(struct writing *w)
{
	w->fd_new = ARENA_ARRAY(w->a, w->cff->n_fds + 1, uint8_t);
	for (size_t i = 0; i < w->n; i++) {
		uint8_t fd = w->cff->select[w->slots[i].glyph];
		if (!w->fd_new[fd]) {
			w->fds[w->n_fds++] = fd;
			w->fd_new[fd] = (uint8_t)w->n_fds;
		}
	}
}

/* Ranges of glyphs of one font dictionary (format 3). */
static void put_select(struct writing *w)
{
	size_t ranges = 0, count = w->out.n + 1;
	int last = -1;

	put_byte(&w->out, 3);
	put_be(&w->out, 0, 2);
	for (size_t i = 0; i < w->n; i++) {
		int fd = w->fd_new[w->cff->select[w->slots[i].glyph]] - 1;
		if (fd == last)
			continue;
		put_be(&w->out, (uint32_t)i, 2);
		put_byte(&w->out, (unsigned)fd);
		last = fd;
		ranges++;
	}
	put_be(&w->out, (uint32_t)w->n, 2);
	w->out.p[count] = (char)(ranges >> 8);
	w->out.p[count + 1] = (char)ranges;
}

/* What a copied dictionary keeps: numbers of its own; no strings, no offsets. */
static bool is_kept(unsigned op)
{
	return op == CFF_FONT_BBOX || op == CFF_FONT_MATRIX;
}

static void copy_dict(struct buf *b, struct str dict)
{
	struct cff_entry e;
	bool good = true;

	for (size_t at = 0; cff_next(dict, &at, &e, &good);)
		if (is_kept(e.op))
			buf_str(b, e.raw);
}

/* Private dictionaries without the offset of subroutines, of which there are none. */
static void put_privates(struct writing *w, size_t *at, size_t *size)
{
	struct cff_entry e;

	for (uint32_t i = 0; i < w->n_fds; i++) {
		struct str bytes = w->cff->fds[w->fds[i]].bytes;
		bool good = true;
		at[i] = w->out.n;
		for (size_t k = 0; cff_next(bytes, &k, &e, &good);)
			if (e.op != CFF_SUBRS)
				buf_str(&w->out, e.raw);
		size[i] = w->out.n - at[i];
	}
}

static void put_fds(struct writing *w, const size_t *at, const size_t *size)
{
	struct buf data = {0};
	size_t ends[256];

	for (uint32_t i = 0; i < w->n_fds; i++) {
		copy_dict(&data, w->cff->fds[w->fds[i]].dict);
		put_long(&data, (int32_t)size[i]);
		put_long(&data, (int32_t)at[i]);
		put_op(&data, CFF_PRIVATE);
		ends[i] = data.n;
	}
	put_index(&w->out, &data, ends, w->n_fds);
	buf_free(&data);
}

/* ---- the whole ---- */

/* Offsets of the parts, known when everything behind the top dictionary is written. */
struct offsets {
	size_t charset, select, outlines, fds, private_size, private_at;
};

static void put_top(struct writing *w, struct buf *b, const struct offsets *o)
{
	enum { FIRST_OWN_STRING = 391 };

	if (w->cff->is_cid) {
		put_short(b, FIRST_OWN_STRING);
		put_short(b, FIRST_OWN_STRING + 1);
		put_short(b, 0);
		put_op(b, CFF_ROS);
	}
	copy_dict(b, w->cff->top);
	put_long(b, (int32_t)o->charset);
	put_op(b, CFF_CHARSET);
	put_long(b, (int32_t)o->outlines);
	put_op(b, CFF_CHAR_STRINGS);
	if (!w->cff->is_cid) {
		put_long(b, (int32_t)o->private_size);
		put_long(b, (int32_t)o->private_at);
		put_op(b, CFF_PRIVATE);
		return;
	}
	put_long(b, (int32_t)w->n);
	put_op(b, CFF_CID_COUNT);
	put_long(b, (int32_t)o->fds);
	put_op(b, CFF_FD_ARRAY);
	put_long(b, (int32_t)o->select);
	put_op(b, CFF_FD_SELECT);
}

/* The strings of ROS. */
static void put_strings(struct writing *w)
{
	static const char strings[] = "AdobeIdentity";
	size_t ends[] = {5, 13};
	struct buf data = {(char *)strings, 13, 13};

	put_index(&w->out, &data, ends, w->cff->is_cid ? 2 : 0);
}

static bool write_parts(struct writing *w, struct offsets *o)
{
	size_t *at = ARENA_ARRAY(w->a, w->n_fds, size_t), *size = ARENA_ARRAY(w->a, w->n_fds, size_t);

	put_strings(w);
	if (!put_subrs(w))
		return false;
	o->charset = w->out.n;
	/* Format 2, one range: CIDs (or names, which nobody asks for) from 1 on. */
	put_byte(&w->out, 2);
	if (w->n > 1) {
		put_be(&w->out, 1, 2);
		put_be(&w->out, (uint32_t)w->n - 2, 2);
	}
	o->select = w->out.n;
	if (w->cff->is_cid)
		put_select(w);
	o->outlines = w->out.n;
	if (!put_outlines(w))
		return false;
	put_privates(w, at, size);
	o->private_at = at[0];
	o->private_size = size[0];
	o->fds = w->out.n;
	if (w->cff->is_cid)
		put_fds(w, at, size);
	return true;
}

static void write_head(struct writing *w, struct str name, const struct offsets *o)
{
	struct buf top = {0};

	w->out.n = 0;
	buf_put(&w->out, "\1\0\4\4", 4);
	put_one(&w->out, name.n ? name : STR("F"));
	put_top(w, &top, o);
	put_one(&w->out, buf_view(&top));
	buf_free(&top);
}

bool cff_rebuild(struct arena *a, const struct cff *c, struct str name, const struct font_slot *slots, size_t n, struct str *out)
{
	struct writing w = {.a = a, .cff = c, .slots = slots, .n = n};
	struct offsets o = {0};

	if (c->has_subrs || n == 0 || n > 0xffff)
		return false;
	for (size_t i = 0; i < n; i++)
		if (slots[i].glyph >= c->outlines.n)
			return false;
	find_shared(&w);
	find_fds(&w);
	/* The head is as long whatever the offsets are: write it to see, then the parts behind it, then the head again. */
	write_head(&w, name, &o);
	size_t head = w.out.n;
	bool good = write_parts(&w, &o);
	if (good) {
		struct buf all = w.out;
		w.out = (struct buf){0};
		write_head(&w, name, &o);
		good = w.out.n == head;
		if (good)
			memcpy(all.p, w.out.p, head);
		*out = arena_str(a, buf_view(&all));
		buf_free(&all);
	}
	buf_free(&w.out);
	return good;
}
