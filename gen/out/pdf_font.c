/* pdf_font: the codes of glyphs, and the font objects that explain them (ISO 32000-1 9.7).
 * CFF: the code is the CID that the subset keeps (CID-keyed), or the glyph's original number, which the subset keeps too
 * (name-keyed: CID is GID). TrueType: codes count up with first use and a CIDToGIDMap leads to the
 * subset's glyphs. So pages can be written before any font is cut down. */
#include "out/pdf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>


enum {
	LAST_GLYPH = 0xffff,
	CMAP_BLOCK = 100,          /* most lines of a bfchar block */
	FS_NO_SUBSETTING = 0x0100, /* OS/2 fsType */
};

struct pdf_font *pdf_font_get(struct pdf *p, struct font *font)
{
	for (struct pdf_font *f = p->fonts; f; f = f->next)
		if (f->font == font)
			return f;
	struct pdf_font *f = ARENA_NEW(p->out.arena, struct pdf_font);
	f->font = font;
	f->info = font_info(font);
	*(p->last_font ? &p->last_font->next : &p->fonts) = f;
	p->last_font = f;
	return f;
}

/* ---- codes ---- */

static uint32_t *first_of(struct pdf *p, struct pdf_font *f, uint32_t glyph)
{
	assert(glyph <= LAST_GLYPH);
	uint32_t **part = &f->first[glyph >> 8];
	if (!*part)
		*part = ARENA_ARRAY(p->out.arena, 256, uint32_t);
	return &(*part)[glyph & 0xff];
}

static struct pdf_code *code_add(struct pdf *p, struct pdf_font *f)
{
	if (f->n == f->cap) {
		size_t cap = f->cap ? f->cap * 2 : 64;
		struct pdf_code *codes = ARENA_ARRAY(p->out.arena, cap, struct pdf_code);
		if (f->n)
			memcpy(codes, f->codes, f->n * sizeof *codes);
		f->codes = codes;
		f->cap = cap;
	}
	return &f->codes[f->n++];
}

/* Code 0 stays .notdef. */
static uint32_t new_code(struct pdf_font *f, uint32_t glyph)
{
	if (f->info->format != FONT_GLYF)
		return font_cid(f->font, glyph);
	return glyph ? ++f->last_code : 0;
}

const struct pdf_code *pdf_font_code(struct pdf *p, struct pdf_font *f, uint32_t glyph, struct str text)
{
	uint32_t *link = first_of(p, f, glyph);
	const struct pdf_code *twin = NULL;
	for (; *link; link = &f->codes[*link - 1].next) {
		twin = &f->codes[*link - 1];
		if (str_eq(twin->text, text))
			return twin;
	}
	struct pdf_code c = {.glyph = glyph, .advance = font_advance(f->font, glyph)};
	c.width = unit_muldiv(c.advance, 1000000, f->info->upem);
	c.text = arena_str(p->out.arena, text);
	c.code = twin ? twin->code : new_code(f, glyph);
	c.layer = twin ? twin->layer + 1 : 0;
	if (c.layer >= f->n_layers)
		f->n_layers = c.layer + 1;
	*link = (uint32_t)f->n + 1;
	struct pdf_code *out = code_add(p, f);
	*out = c;
	return out;
}

void pdf_font_name(struct buf *b, const struct pdf_font *f, uint32_t layer)
{
	buf_puts(b, "/F");
	pdf_number(b, font_number(f->font), 1);
	if (layer) {
		buf_char(b, '.');
		pdf_number(b, layer, 1);
	}
}

/* ---- what is written at the end ---- */

/* Everything of one font while its objects are written. */
struct cut {
	struct pdf *pdf;
	struct pdf_font *font;
	const struct pdf_code **codes; /* by layer, then by code */
	uint32_t *glyphs;              /* ascending, from 0 */
	size_t n_glyphs;
	struct font_program program;
	struct buf name;               /* /ABCDEF+Name */
	struct buf body;
};

static int by_layer(const void *a, const void *b)
{
	const struct pdf_code *x = *(const struct pdf_code *const *)a, *y = *(const struct pdf_code *const *)b;
	if (x->layer != y->layer)
		return x->layer < y->layer ? -1 : 1;
	return x->code < y->code ? -1 : x->code > y->code;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return x < y ? -1 : x > y;
}

static void sort_codes(struct cut *c)
{
	struct pdf_font *f = c->font;
	c->codes = ARENA_ARRAY(c->pdf->out.arena, f->n, const struct pdf_code *);
	for (size_t i = 0; i < f->n; i++)
		c->codes[i] = &f->codes[i];
	qsort(c->codes, f->n, sizeof *c->codes, by_layer);
}

/* Layer 0 has each glyph once. */
static void sort_glyphs(struct cut *c)
{
	struct pdf_font *f = c->font;
	c->glyphs = ARENA_ARRAY(c->pdf->out.arena, f->n + 1, uint32_t);
	c->n_glyphs = 1;
	for (size_t i = 0; i < f->n; i++)
		if (f->codes[i].layer == 0 && f->codes[i].glyph != 0)
			c->glyphs[c->n_glyphs++] = f->codes[i].glyph;
	qsort(c->glyphs, c->n_glyphs, sizeof *c->glyphs, by_number);
}

static uint32_t new_glyph(const struct cut *c, uint32_t glyph)
{
	const uint32_t *at = bsearch(&glyph, c->glyphs, c->n_glyphs, sizeof *c->glyphs, by_number);
	return at ? c->program.new_glyph[at - c->glyphs] : 0;
}

/* The tag of a subset: six letters, here from its bytes (9.6.4). A font whose maker allows no subset is whole. */
static void name_subset(struct cut *c)
{
	bool whole = c->font->info->fs_type & FS_NO_SUBSETTING;
	uint64_t hash = str_digest(c->program.bytes);
	struct buf name = {0};
	for (int i = 0; i < 6 && !whole; i++, hash /= 26)
		buf_char(&name, (char)('A' + hash % 26));
	buf_puts(&name, whole ? "" : "+");
	buf_str(&name, c->font->info->ps_name);
	pdf_name(&c->name, buf_view(&name));
	buf_free(&name);
}

static bool cut_font(struct cut *c)
{
	struct pdf *p = c->pdf;
	sort_codes(c);
	sort_glyphs(c);
	if (!font_subset(p->out.diag, p->out.arena, c->font->font, c->glyphs, c->n_glyphs, &c->program))
		return false;
	/* The pages hold original numbers: a subset that counts anew would show other glyphs. */
	for (size_t i = 0; c->program.format == FONT_CFF_NAMED && i < c->n_glyphs; i++)
		assert(c->program.new_glyph[i] == c->glyphs[i]);
	name_subset(c);
	return true;
}

/* ---- objects ---- */

static uint32_t put_dict(struct cut *c)
{
	uint32_t number = door_number(c->pdf->door);
	door_dict(c->pdf->door, number, buf_view(&c->body));
	c->body.n = 0;
	return number;
}

static uint32_t put_stream(struct cut *c, struct str dict)
{
	uint32_t number = door_number(c->pdf->door);
	pdf_stream(c->pdf, number, dict, buf_view(&c->body));
	c->body.n = 0;
	return number;
}

static uint32_t write_program(struct cut *c)
{
	char dict[64] = "/Subtype/CIDFontType0C";
	if (c->program.format == FONT_GLYF)
		snprintf(dict, sizeof dict, "/Length1 %zu", c->program.bytes.n);
	buf_str(&c->body, c->program.bytes);
	return put_stream(c, str_of(dict));
}

static uint32_t write_descriptor(struct cut *c)
{
	const struct font_info *i = c->font->info;
	uint32_t program = write_program(c);
	struct buf *b = &c->body;
	buf_puts(b, "/Type/FontDescriptor/FontName");
	buf_str(b, buf_view(&c->name));
	/* Flag 4, symbolic: the codes are no Latin encoding. */
	buf_printf(b, "/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle %d", i->bbox[0], i->bbox[1], i->bbox[2],
		   i->bbox[3], i->italic_angle);
	buf_printf(b, "/Ascent %d/Descent %d/CapHeight %d/StemV %d/%s %lu 0 R", i->ascent, i->descent, i->cap_height,
		   i->stem_v, c->program.format == FONT_GLYF ? "FontFile2" : "FontFile3", (unsigned long)program);
	return put_dict(c);
}

static int by_width(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* The width of most codes of layer 0. */
static int64_t usual_width(const struct cut *c, size_t n)
{
	int64_t *widths = ARENA_ARRAY(c->pdf->out.arena, n, int64_t);
	for (size_t i = 0; i < n; i++)
		widths[i] = c->codes[i]->width;
	qsort(widths, n, sizeof *widths, by_width);
	int64_t best = 0;
	size_t most = 0;
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i; j < n && widths[j] == widths[i];)
			j++;
		if (j - i > most) {
			most = j - i;
			best = widths[i];
		}
	}
	return best;
}

static int64_t width_at(const struct cut *c, size_t i)
{
	return c->codes[i]->width;
}

/* How many codes from i on count up by one and are equally wide. */
static size_t same_width(const struct cut *c, size_t i, size_t n)
{
	size_t run = 1;
	while (i + run < n && c->codes[i + run]->code == c->codes[i]->code + run && width_at(c, i + run) == width_at(c, i))
		run++;
	return run;
}

/* `first [width …]`: neighbours from i on that are neither usual nor a range of their own. */
static size_t put_widths(struct cut *c, size_t i, size_t n, int64_t usual)
{
	struct buf *b = &c->body;
	size_t done = 0;
	buf_printf(b, "%lu[", (unsigned long)c->codes[i]->code);
	do {
		buf_puts(b, done ? " " : "");
		pdf_number(b, width_at(c, i + done), 1000);
		done++;
	} while (i + done < n && c->codes[i + done]->code == c->codes[i]->code + done &&
		 width_at(c, i + done) != usual && same_width(c, i + done, n) < 3);
	buf_puts(b, "]");
	return done;
}

static void write_widths(struct cut *c)
{
	size_t n = 0;
	while (n < c->font->n && c->codes[n]->layer == 0)
		n++;
	int64_t usual = usual_width(c, n);
	struct buf *b = &c->body;
	buf_puts(b, "/DW ");
	pdf_number(b, usual, 1000);
	buf_puts(b, "/W[");
	for (size_t i = 0; i < n;) {
		size_t run = same_width(c, i, n);
		unsigned long first = c->codes[i]->code;
		if (width_at(c, i) == usual) {
			i += run;
		} else if (run < 3) {
			i += put_widths(c, i, n, usual);
		} else {
			buf_printf(b, "%lu %lu ", first, first + run - 1);
			pdf_number(b, width_at(c, i), 1000);
			buf_char(b, ' ');
			i += run;
		}
	}
	buf_puts(b, "]");
}

/* TrueType: code -> glyph of the subset, two bytes each. */
static uint32_t write_cid_map(struct cut *c)
{
	size_t n = (size_t)c->font->last_code + 1;
	unsigned char *map = arena_alloc(c->pdf->out.arena, 2 * n);
	for (size_t i = 0; i < c->font->n; i++) {
		uint32_t to = new_glyph(c, c->codes[i]->glyph), code = c->codes[i]->code;
		map[2 * code] = (unsigned char)(to >> 8);
		map[2 * code + 1] = (unsigned char)to;
	}
	buf_put(&c->body, map, 2 * n);
	return put_stream(c, STR(""));
}

static uint32_t write_descendant(struct cut *c)
{
	uint32_t descriptor = write_descriptor(c);
	bool glyf = c->program.format == FONT_GLYF;
	uint32_t map = glyf ? write_cid_map(c) : 0;
	struct buf *b = &c->body;
	buf_printf(b, "/Type/Font/Subtype/CIDFontType%d/BaseFont", glyf ? 2 : 0);
	buf_str(b, buf_view(&c->name));
	buf_puts(b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
	buf_printf(b, "/FontDescriptor %lu 0 R", (unsigned long)descriptor);
	if (glyf)
		buf_printf(b, "/CIDToGIDMap %lu 0 R", (unsigned long)map);
	write_widths(c);
	return put_dict(c);
}

/* Codes from..to of one layer. */
static uint32_t write_unicode(struct cut *c, size_t from, size_t to)
{
	struct buf *b = &c->body;
	buf_puts(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
		    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
		    "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
		    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	for (size_t i = from; i < to; i++) {
		size_t at = (i - from) % CMAP_BLOCK, left = to - i;
		if (at == 0)
			buf_printf(b, "%zu beginbfchar\n", left < CMAP_BLOCK ? left : (size_t)CMAP_BLOCK);
		buf_printf(b, "<%04X><", (unsigned)c->codes[i]->code);
		pdf_utf16(b, c->codes[i]->text);
		buf_puts(b, at == CMAP_BLOCK - 1 || left == 1 ? ">\nendbfchar\n" : ">\n");
	}
	buf_puts(b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
	return put_stream(c, STR(""));
}

/* One Type0 font for each layer; their names into the resources. */
static void write_layers(struct cut *c, uint32_t descendant, struct buf *resources)
{
	struct buf *b = &c->body;
	for (size_t from = 0, to; from < c->font->n; from = to) {
		uint32_t layer = c->codes[from]->layer;
		for (to = from; to < c->font->n && c->codes[to]->layer == layer;)
			to++;
		uint32_t unicode = write_unicode(c, from, to);
		buf_puts(b, "/Type/Font/Subtype/Type0/BaseFont");
		buf_str(b, buf_view(&c->name));
		/* 9.7.6.1: the name of the CMap follows when the descendant is a CIDFontType0. */
		buf_puts(b, c->program.format == FONT_GLYF ? "" : "-Identity-H");
		buf_printf(b, "/Encoding/Identity-H/DescendantFonts[%lu 0 R]/ToUnicode %lu 0 R",
			   (unsigned long)descendant, (unsigned long)unicode);
		pdf_font_name(resources, c->font, layer);
		buf_printf(resources, " %lu 0 R", (unsigned long)put_dict(c));
	}
}

bool pdf_font_close(struct pdf *p)
{
	struct buf resources = {0};
	bool good = true;
	buf_puts(&resources, "/Font<<");
	for (struct pdf_font *f = p->fonts; f; f = f->next) {
		struct cut c = {.pdf = p, .font = f};
		if (f->n == 0)
			continue;
		if (cut_font(&c))
			write_layers(&c, write_descendant(&c), &resources);
		else
			good = false;
		buf_free(&c.name);
		buf_free(&c.body);
	}
	buf_puts(&resources, ">>");
	door_dict(p->door, p->resources, buf_view(&resources));
	buf_free(&resources);
	return good;
}
