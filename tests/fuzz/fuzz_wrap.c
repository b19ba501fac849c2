/* fuzz_wrap: random clusters, rules and measures, without fonts. Promises (text.h): lines take all clusters in order, each at least
 * one; pens ascend but for marks that are trimmed; a line that is squeezed or flush is exactly as wide as the measure; a line is
 * wider than the measure only when it was one unit that could not be cut or shrunk further. */
#include "fuzz/fuzz.h"
#include "text/han.h"

enum { CLUSTERS_MOST = 2000 };

static const uint32_t characters[] = {
	'a', 'B', 'z', '0', '1', '9', ' ', '-', '.', ',', '%', '/', '(', ')', '"', 0xA0, 0xB7, 0xE9, 0x301, 0x2014, 0x2026, 0x201C,
	0x201D, 0x2018, 0x2019, 0x2060, 0x200B, 0x2E3A, 0x3000, 0x3001, 0x3002, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF01, 0xFF1F, 0x300A, 0x300B,
	0xFF08, 0xFF09, 0x3010, 0x3011, 0x3014, 0x3015, 0x4E00, 0x5E74, 0x6708, 0x65E5, 0x53F7, 0x4E2A, 0x2103, 0x2030, 0xFFE5, 0x20AC,
	0x20BB7, 0xAC00, 0x5D0, 0x1F1E8, 0x1F600, 0x200D, 0xFE0F, 0x3099, 0x30A1, 0x2160, 0x2460,
};
static const enum inline_kind objects[] = {INLINE_BR, INLINE_SPACE, INLINE_SPREAD, INLINE_LEADER, INLINE_HANG};

struct input {
	struct choices c;
	struct arena *a;
	struct wrap_rules rules[2];
	struct style styles[2];
	struct shaped s;
};

static void choose_rules(struct input *in, struct wrap_rules *r)
{
	r->prohibition = choose_below(&in->c, 4);
	r->squeeze = choose_below(&in->c, 3);
	r->autospace = choose_amount(&in->c, 4000000);
	r->gap_shrink = choose_amount(&in->c, 4000000);
	r->mark_shrink = choose_amount(&in->c, 4000000);
	r->line_end = choose_amount(&in->c, 4000000);
	r->stretch_warn = choose_amount(&in->c, 4000000);
	uint32_t flags = choose_byte(&in->c);
	r->number_unit_keep = flags & 1;
	r->pairs = flags & 2;
	r->line_start = flags & 4;
}

static struct inline_item *choose_item(struct input *in, struct inline_item *last, enum inline_kind kind)
{
	struct inline_item *i = ARENA_NEW(in->a, struct inline_item);

	i->kind = kind;
	i->style = &in->styles[choose_below(&in->c, 2)];
	if (kind != INLINE_BR && kind != INLINE_TEXT)
		i->width = choose_amount(&in->c, 100 * EMU_MM);
	if (last)
		last->next = i;
	return i;
}

static size_t put_utf8(char *p, uint32_t cp)
{
	if (cp < 0x80)
		return (size_t)(p[0] = (char)cp, 1);
	if (cp < 0x800)
		return (size_t)(p[0] = (char)(0xC0 | cp >> 6), p[1] = (char)(0x80 | (cp & 63)), 2);
	if (cp < 0x10000)
		return (size_t)(p[0] = (char)(0xE0 | cp >> 12), p[1] = (char)(0x80 | (cp >> 6 & 63)), p[2] = (char)(0x80 | (cp & 63)), 3);
	p[0] = (char)(0xF0 | cp >> 18);
	p[1] = (char)(0x80 | (cp >> 12 & 63));
	p[2] = (char)(0x80 | (cp >> 6 & 63));
	p[3] = (char)(0x80 | (cp & 63));
	return 4;
}

static void choose_clusters(struct input *in)
{
	size_t most = in->c.bytes.n < CLUSTERS_MOST ? in->c.bytes.n : CLUSTERS_MOST, at = 0;
	char *text = arena_alloc(in->a, 4 * most + 4);
	struct inline_item *item = choose_item(in, NULL, INLINE_TEXT);
	struct shaped *s = &in->s;

	s->clusters = ARENA_ARRAY(in->a, most + 1, struct cluster);
	s->glyphs = ARENA_ARRAY(in->a, most + 1, struct glyph);
	while (in->c.at < in->c.bytes.n && s->n < most) {
		uint32_t what = choose_byte(&in->c), kinds = sizeof objects / sizeof *objects;
		struct cluster *c = &s->clusters[s->n++];
		bool object = what >= 240;
		if (object || what >= 230)
			item = choose_item(in, item, object ? objects[what % kinds] : INLINE_TEXT);
		uint32_t cp = object ? 0xFFFC : what >= 220 ? 0x4E00 + choose_byte(&in->c) : characters[what % (sizeof characters / sizeof *characters)];
		*c = (struct cluster){.text = (uint32_t)at, .cp = cp, .item = item, .size = item->style->size,
		                      .glyph = (uint32_t)s->n_glyphs, .cls = HAN_OTHER};
		at += object ? 0 : put_utf8(text + at, cp);
		c->length = (uint32_t)at - c->text;
		c->width = object ? item->width : cp < 0x2000 ? c->size / 2 : c->size;
		if (object)
			c->cls = HAN_OBJECT;
		else
			c->n_glyphs = 1, s->glyphs[s->n_glyphs++] = (struct glyph){.id = cp, .advance = c->width};
		if (object && item->kind == INLINE_BR)
			c->width = 0;
		if (object)
			item = choose_item(in, item, INLINE_TEXT);
	}
	s->text = (struct str){text, at};
}

static void check_line(const struct input *in, const struct wrap_options *o, const struct line *l, emu measure)
{
	bool blank = true;

	for (uint32_t i = l->from; i < l->to; i++)
		blank = blank && han_is_blank(&in->s.clusters[i]);
	FUZZ_CHECK(blank || l->natural >= 0, "a natural width of %lld", (long long)l->natural);
	if (l->why == LINE_SQUEEZED)
		FUZZ_CHECK(l->width == measure, "squeezed to %lld of %lld", (long long)l->width, (long long)measure);
	if (l->stretch > 0)
		FUZZ_CHECK(l->width == measure, "stretched to %lld of %lld", (long long)l->width, (long long)measure);
	if (o->align == ALIGN_START || o->align == ALIGN_CENTRE || o->align == ALIGN_END)
		FUZZ_CHECK(l->why != LINE_SQUEEZED, "squeezed though not flush");
	if (l->width > measure && !blank) /* nothing could be cut off it */
		for (uint32_t i = l->from + 1; i < l->to; i++)
			FUZZ_CHECK(in->s.clusters[i].before == BREAK_NO || han_is_blank(&in->s.clusters[i - 1]) ||
			           l->natural - in->s.clusters[l->to - 1].width <= measure || l->why != LINE_NATURAL || l->to == i,
			           "line %u-%u is %lld wide, measure %lld", l->from, l->to, (long long)l->width, (long long)measure);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz f;
	struct input in = {.c = {{(const char *)data, n}, 0}};
	struct lines lines;

	fuzz_open(&f);
	in.a = f.a;
	for (int i = 0; i < 2; i++) {
		choose_rules(&in, &in.rules[i]);
		in.styles[i] = (struct style){.wrap = &in.rules[i], .size = 1 + choose_amount(&in.c, 100 * EMU_PT)};
	}
	struct wrap_options o = {.rules = &in.rules[0], .measure = choose_amount(&in.c, 1000 * EMU_MM), .em = in.styles[0].size,
	                         .align = choose_below(&in.c, 5)};
	o.first = choose_amount(&in.c, 100 * EMU_MM) - 50 * EMU_MM;
	o.measure -= choose_amount(&in.c, 10 * EMU_MM);
	choose_clusters(&in);
	han_prepare(&in.s);
	text_wrap(&f.d, f.a, &in.s, &o, &lines);
	size_t at = 0;
	for (size_t i = 0; i < lines.n; i++) {
		const struct line *l = &lines.list[i];
		FUZZ_CHECK(l->from == at && l->to > l->from && l->to <= in.s.n, "line %zu takes %u-%u, not from %zu", i, l->from, l->to, at);
		check_line(&in, &o, l, i ? o.measure : o.measure - o.first);
		at = l->to;
	}
	FUZZ_CHECK(at == in.s.n, "%zu of %zu clusters", at, in.s.n);
	if (in.s.n < 100) {
		struct buf b = {0};
		text_dump(&in.s, &lines, &b);
		buf_free(&b);
	}
	fuzz_close(&f);
	return 0;
}
