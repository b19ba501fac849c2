/* glyf: see glyf.h. Tables of the OpenType specification: glyf, loca, head, hhea, hmtx, maxp. */
#include "text/glyf.h"

#include "base/buf.h"
#include "base/mem.h"
#include "text/font.h"
#include "text/sfnt.h"

enum { COMPOSITE = 16 /* bytes of a composite of one part */ };

struct tables {
	struct str file, glyf, loca, head, hhea, hmtx, maxp;
	uint32_t n_glyphs, n_long; /* glyphs; of them with an advance of their own in hmtx */
	bool long_loca;
};

struct built {
	struct buf glyf, loca, head, hhea, hmtx, maxp;
};

static void put16(struct buf *b, uint32_t v)
{
	buf_char(b, (char)(v >> 8));
	buf_char(b, (char)v);
}

static void put32(struct buf *b, uint32_t v)
{
	put16(b, v >> 16);
	put16(b, v);
}

static void set16(struct buf *b, size_t at, uint32_t v)
{
	b->p[at] = (char)(v >> 8);
	b->p[at + 1] = (char)v;
}

static uint32_t most(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static bool read_tables(struct str file, struct tables *t)
{
	*t = (struct tables){.file = file};
	t->glyf = sfnt_table(file, 0, HB_TAG('g', 'l', 'y', 'f'));
	t->loca = sfnt_table(file, 0, HB_TAG('l', 'o', 'c', 'a'));
	t->head = sfnt_table(file, 0, HB_TAG('h', 'e', 'a', 'd'));
	t->hhea = sfnt_table(file, 0, HB_TAG('h', 'h', 'e', 'a'));
	t->hmtx = sfnt_table(file, 0, HB_TAG('h', 'm', 't', 'x'));
	t->maxp = sfnt_table(file, 0, HB_TAG('m', 'a', 'x', 'p'));
	if (t->head.n < 54 || t->hhea.n < 36 || t->maxp.n < 32)
		return false;
	t->n_glyphs = sfnt_u16(t->maxp, 4);
	t->n_long = sfnt_u16(t->hhea, 34);
	t->long_loca = sfnt_u16(t->head, 50);
	return t->n_long >= 1 && t->n_long <= t->n_glyphs && t->loca.n >= (t->n_glyphs + 1) * (t->long_loca ? 4u : 2u) &&
	       t->hmtx.n >= t->n_long * 4 + (t->n_glyphs - t->n_long) * 2;
}

static uint32_t place_of(const struct tables *t, uint32_t glyph)
{
	return t->long_loca ? sfnt_u32(t->loca, 4 * (size_t)glyph) : 2 * sfnt_u16(t->loca, 2 * (size_t)glyph);
}

static bool glyph_of(const struct tables *t, uint32_t glyph, struct str *out)
{
	if (glyph >= t->n_glyphs)
		return false;
	uint32_t from = place_of(t, glyph), to = place_of(t, glyph + 1);
	if (to < from || to > t->glyf.n || (to > from && to - from < 10))
		return false;
	*out = str_sub(t->glyf, from, to);
	return true;
}

static uint32_t bearing_of(const struct tables *t, uint32_t glyph)
{
	size_t at = glyph < t->n_long ? 4 * (size_t)glyph + 2 : 4 * (size_t)t->n_long + 2 * (size_t)(glyph - t->n_long);

	return sfnt_u16(t->hmtx, at);
}

static uint32_t advance_of(const struct tables *t, uint32_t glyph)
{
	return sfnt_u16(t->hmtx, 4 * (size_t)(glyph < t->n_long ? glyph : t->n_long - 1));
}

/* A part may lend its metrics to the whole: not here, where the advance is another. */
static void clear_metrics(struct buf *b, size_t glyph)
{
	enum { WORDS = 1, SCALE = 8, MORE = 0x20, XY_SCALE = 0x40, TWO_BY_TWO = 0x80, USE_MY_METRICS = 0x200 };

	for (size_t at = glyph + 10; at + 4 <= b->n;) {
		uint32_t flags = sfnt_u16(buf_view(b), at);
		set16(b, at, flags & ~(uint32_t)USE_MY_METRICS);
		at += 4 + (flags & WORDS ? 4 : 2);
		at += flags & SCALE ? 2 : flags & XY_SCALE ? 4 : flags & TWO_BY_TWO ? 8 : 0;
		if (!(flags & MORE))
			return;
	}
}

/* A glyph without ink, and one made of others, are copied; a composite of a composite would be one level too many. */
static void put_copy(struct buf *b, struct str source, uint32_t glyph)
{
	enum { ARGS_ARE_XY = 2, ROUND_TO_GRID = 4 };

	if (source.n == 0 || sfnt_i16(source, 0) < 0) {
		size_t at = b->n;
		buf_str(b, source);
		if (source.n)
			clear_metrics(b, at);
	} else {
		put16(b, 0xffff);
		buf_str(b, str_sub(source, 2, 10));
		put16(b, ARGS_ARE_XY | ROUND_TO_GRID);
		put16(b, glyph);
		put16(b, 0);
	}
	while (b->n % 4)
		buf_char(b, 0);
}

static bool put_glyphs(const struct tables *t, const struct glyf_copy *copies, size_t n, struct built *o)
{
	struct str source;

	buf_str(&o->glyf, t->glyf);
	while (o->glyf.n % 4)
		buf_char(&o->glyf, 0);
	for (uint32_t g = 0; g <= t->n_glyphs; g++)
		put32(&o->loca, place_of(t, g));
	/* The last glyph of the file ends where the first copy begins: padding belongs to nobody, loca may say so. */
	set16(&o->loca, 4 * (size_t)t->n_glyphs, (uint32_t)o->glyf.n >> 16);
	set16(&o->loca, 4 * (size_t)t->n_glyphs + 2, (uint32_t)o->glyf.n);
	for (size_t i = 0; i < n; i++) {
		if (!glyph_of(t, copies[i].source, &source))
			return false;
		put_copy(&o->glyf, source, copies[i].source);
		put32(&o->loca, (uint32_t)o->glyf.n);
	}
	return true;
}

static void put_metrics(const struct tables *t, const struct glyf_copy *copies, size_t n, struct built *o)
{
	uint32_t widest = sfnt_u16(t->hhea, 10), all = t->n_glyphs + (uint32_t)n;

	for (uint32_t g = 0; g < t->n_glyphs; g++) {
		put16(&o->hmtx, advance_of(t, g));
		put16(&o->hmtx, bearing_of(t, g));
	}
	for (size_t i = 0; i < n; i++) {
		put16(&o->hmtx, (uint32_t)copies[i].advance);
		put16(&o->hmtx, bearing_of(t, copies[i].source));
		widest = most(widest, (uint32_t)copies[i].advance);
	}
	buf_str(&o->hhea, t->hhea);
	set16(&o->hhea, 10, widest);
	set16(&o->hhea, 34, all);
	buf_str(&o->head, t->head);
	set16(&o->head, 50, 1);
	buf_str(&o->maxp, t->maxp);
	set16(&o->maxp, 4, all);
	set16(&o->maxp, 10, most(sfnt_u16(t->maxp, 10), sfnt_u16(t->maxp, 6)));
	set16(&o->maxp, 12, most(sfnt_u16(t->maxp, 12), sfnt_u16(t->maxp, 8)));
	set16(&o->maxp, 28, most(sfnt_u16(t->maxp, 28), 1));
	set16(&o->maxp, 30, most(sfnt_u16(t->maxp, 30), 1));
}

static void add_table(hb_face_t *builder, hb_tag_t tag, struct str bytes)
{
	hb_blob_t *blob = hb_blob_create(bytes.p, (unsigned)bytes.n, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);

	if (hb_blob_get_length(blob) != bytes.n || !hb_face_builder_add_table(builder, tag, blob))
		mem_die(0);
	hb_blob_destroy(blob);
}

/* HarfBuzz's builder writes the directory and its checksums. */
static bool build_file(struct arena *a, const struct built *o, struct str *out)
{
	const struct {
		hb_tag_t tag;
		const struct buf *table;
	} tables[] = {
		{HB_TAG('g', 'l', 'y', 'f'), &o->glyf}, {HB_TAG('h', 'e', 'a', 'd'), &o->head}, {HB_TAG('h', 'h', 'e', 'a'), &o->hhea},
		{HB_TAG('h', 'm', 't', 'x'), &o->hmtx}, {HB_TAG('l', 'o', 'c', 'a'), &o->loca}, {HB_TAG('m', 'a', 'x', 'p'), &o->maxp},
	};
	hb_face_t *builder = hb_face_builder_create();
	unsigned n;

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		add_table(builder, tables[i].tag, buf_view(tables[i].table));
	hb_blob_t *file = hb_face_reference_blob(builder);
	const char *p = hb_blob_get_data(file, &n);
	if (n)
		*out = (struct str){arena_copy(a, p, n), n};
	hb_blob_destroy(file);
	hb_face_destroy(builder);
	return n > 0;
}

bool glyf_append(struct arena *a, struct str file, const struct glyf_copy *copies, size_t n, struct str *out)
{
	struct tables t;
	struct built o = {0};
	bool good = read_tables(file, &t) && t.n_glyphs + n <= 0xffff && put_glyphs(&t, copies, n, &o);

	if (good) {
		put_metrics(&t, copies, n, &o);
		good = build_file(a, &o, out);
	}
	struct buf *all[] = {&o.glyf, &o.loca, &o.head, &o.hhea, &o.hmtx, &o.maxp};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		buf_free(all[i]);
	return good;
}
