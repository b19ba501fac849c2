/* pdf_font: the codes of glyphs, and the font objects that explain them (ISO 32000-1 9.7).
 * Codes count up with first use, so pages are written before any font is cut. In a CFF program the code is CID and glyph number
 * in one; for TrueType a CIDToGIDMap leads from codes to glyphs. A gap in the text is the advance of the glyph before it: a code of
 * its own, with the same outline in the program. So no reader guesses a space there. */
#include "out/pdf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>


enum {
	LAST_GLYPH = 0xffff,
	LAST_CODE = 0xfffe,
	KEPT_CODES = 0x2000,       /* for glyphs with their own advance */
	CMAP_BLOCK = 100,          /* most lines of a bfchar block */
	FS_NO_SUBSETTING = 0x0100, /* OS/2 fsType */
};

/* ---- codes ---- */

static struct pdf_code *code_add(struct pdf *p, struct pdf_font *f)
{
	ARENA_GROW(p->out.arena, f->codes, f->n, f->cap, 64);
	f->codes[f->n].code = (uint32_t)f->n;
	return &f->codes[f->n++];
}

static void fill_code(struct pdf *p, struct pdf_font *f, struct pdf_code *c, uint32_t glyph, int advance, struct str text)
{
	int own = font_advance(f->font, glyph);

	c->glyph = glyph;
	c->natural = advance < 0 || advance == own;
	c->advance = c->natural ? own : advance;
	c->width = unit_muldiv(c->advance, 1000000, f->info->upem);
	c->text = arena_str(p->out.arena, text);
}

struct pdf_font *pdf_font_get(struct pdf *p, struct font *font)
{
	for (struct pdf_font *f = p->fonts; f; f = f->next)
		if (f->font == font)
			return f;
	struct pdf_font *f = ARENA_NEW(p->out.arena, struct pdf_font);
	f->font = font;
	f->info = font_info(font);
	fill_code(p, f, code_add(p, f), 0, -1, STR(""));
	*(p->last_font ? &p->last_font->next : &p->fonts) = f;
	p->last_font = f;
	return f;
}

static uint32_t *first_of(struct pdf *p, struct pdf_font *f, uint32_t glyph)
{
	assert(glyph <= LAST_GLYPH);
	uint32_t **part = &f->first[glyph >> 8];
	if (!*part)
		*part = ARENA_ARRAY(p->out.arena, 256, uint32_t);
	return &(*part)[glyph & 0xff];
}

/* Nearly always one Chinese character, and the same. */
static bool same_text(struct str a, struct str b)
{
	return a.n == 3 && b.n == 3 ? a.p[0] == b.p[0] && a.p[1] == b.p[1] && a.p[2] == b.p[2] : str_eq(a, b);
}

const struct pdf_code *pdf_font_code(struct pdf *p, struct pdf_font *f, uint32_t glyph, int advance, struct str text)
{
	uint32_t *first = first_of(p, f, glyph), last = 0;
	bool full = f->n > (advance < 0 ? LAST_CODE : LAST_CODE - KEPT_CODES);

	if (advance < 0 || full)
		advance = font_advance(f->font, glyph);
	for (uint32_t i = *first; i; i = f->codes[i].next) {
		last = i;
		if (f->codes[i].advance == advance && same_text(f->codes[i].text, text))
			return &f->codes[i];
	}
	if (f->n > LAST_CODE) /* nothing is left: the outline is right, its text may be another's */
		return &f->codes[*first];
	struct pdf_code *c = code_add(p, f);
	fill_code(p, f, c, glyph, advance, text);
	*(last ? &f->codes[last].next : first) = c->code;
	return c;
}

void pdf_font_name(struct buf *b, const struct pdf_font *f)
{
	buf_puts(b, "/F");
	pdf_number(b, font_number(f->font), 1);
}

/* ---- what is written at the end ---- */

/* Everything of one font while its objects are written. */
struct cut {
	struct pdf *pdf;
	struct pdf_font *font;
	struct font_program program;
	struct buf name;               /* /ABCDEF+Name */
	struct buf body;
};

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
	struct pdf_font *f = c->font;
	struct font_slot *slots = ARENA_ARRAY(p->out.arena, f->n, struct font_slot);

	for (size_t i = 0; i < f->n; i++)
		slots[i] = (struct font_slot){f->codes[i].glyph, f->codes[i].advance, f->codes[i].natural};
	if (!font_subset(p->out.diag, p->out.arena, f->font, slots, f->n, &c->program))
		return false;
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

/* The width of most codes. */
static int64_t usual_width(const struct cut *c, size_t n)
{
	int64_t *widths = ARENA_ARRAY(c->pdf->out.arena, n, int64_t);
	for (size_t i = 0; i < n; i++)
		widths[i] = c->font->codes[i].width;
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
	return c->font->codes[i].width;
}

/* How many codes from i on are equally wide. */
static size_t same_width(const struct cut *c, size_t i, size_t n)
{
	size_t run = 1;
	while (i + run < n && width_at(c, i + run) == width_at(c, i))
		run++;
	return run;
}

/* `first [width …]`: neighbours from i on that are neither usual nor a range of their own. */
static size_t put_widths(struct cut *c, size_t i, size_t n, int64_t usual)
{
	struct buf *b = &c->body;
	size_t done = 0;
	buf_printf(b, "%zu[", i);
	do {
		buf_puts(b, done ? " " : "");
		pdf_number(b, width_at(c, i + done), 1000);
		done++;
	} while (i + done < n && width_at(c, i + done) != usual && same_width(c, i + done, n) < 3);
	buf_puts(b, "]");
	return done;
}

static void write_widths(struct cut *c)
{
	size_t n = c->font->n;
	int64_t usual = usual_width(c, n);
	struct buf *b = &c->body;
	buf_puts(b, "/DW ");
	pdf_number(b, usual, 1000);
	buf_puts(b, "/W[");
	for (size_t i = 0; i < n;) {
		size_t run = same_width(c, i, n);
		if (width_at(c, i) == usual) {
			i += run;
		} else if (run < 3) {
			i += put_widths(c, i, n, usual);
		} else {
			buf_printf(b, "%zu %zu ", i, i + run - 1);
			pdf_number(b, width_at(c, i), 1000);
			buf_char(b, ' ');
			i += run;
		}
	}
	buf_puts(b, "]");
}

/* TrueType: code -> glyph of the program, two bytes each. */
static uint32_t write_cid_map(struct cut *c)
{
	for (size_t i = 0; i < c->font->n; i++) {
		buf_char(&c->body, (char)(c->program.new_glyph[i] >> 8));
		buf_char(&c->body, (char)c->program.new_glyph[i]);
	}
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

/* U+FEFF may not stand there (ISO 19005-2, 6.2.11.7.2); U+2060 is what it means inside a text. */
static void put_text(struct buf *b, struct str text)
{
	size_t at;

	while ((at = str_find(text, STR("\ufeff"))) != SIZE_MAX) {
		pdf_utf16(b, str_sub(text, 0, at));
		buf_puts(b, "2060");
		text = str_sub(text, at + 3, text.n);
	}
	pdf_utf16(b, text);
}

/* The text of every code but .notdef's first. */
static uint32_t write_unicode(struct cut *c)
{
	struct buf *b = &c->body;
	size_t n = c->font->n;
	buf_puts(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
		    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
		    "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
		    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	for (size_t i = 1; i < n; i++) {
		size_t at = (i - 1) % CMAP_BLOCK, left = n - i;
		if (at == 0)
			buf_printf(b, "%zu beginbfchar\n", left < CMAP_BLOCK ? left : (size_t)CMAP_BLOCK);
		buf_printf(b, "<%04X><", (unsigned)i);
		put_text(b, c->font->codes[i].text);
		buf_puts(b, at == CMAP_BLOCK - 1 || left == 1 ? ">\nendbfchar\n" : ">\n");
	}
	buf_puts(b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
	return put_stream(c, STR(""));
}

static void write_font(struct cut *c, uint32_t descendant, struct buf *resources)
{
	uint32_t unicode = write_unicode(c);
	struct buf *b = &c->body;
	buf_puts(b, "/Type/Font/Subtype/Type0/BaseFont");
	buf_str(b, buf_view(&c->name));
	/* 9.7.6.1: the name of the CMap follows when the descendant is a CIDFontType0. */
	buf_puts(b, c->program.format == FONT_GLYF ? "" : "-Identity-H");
	buf_printf(b, "/Encoding/Identity-H/DescendantFonts[%lu 0 R]/ToUnicode %lu 0 R", (unsigned long)descendant,
		   (unsigned long)unicode);
	pdf_font_name(resources, c->font);
	buf_printf(resources, " %lu 0 R", (unsigned long)put_dict(c));
}

bool pdf_font_close(struct pdf *p)
{
	struct buf resources = {0};
	bool good = true;
	buf_puts(&resources, "/Font<<");
	for (struct pdf_font *f = p->fonts; f; f = f->next) {
		struct cut c = {.pdf = p, .font = f};
		if (f->n == 1)
			continue;
		door_part(p->door, pdf_size_font(p, f));
		if (cut_font(&c))
			write_font(&c, write_descendant(&c), &resources);
		else
			good = false;
		buf_free(&c.name);
		buf_free(&c.body);
	}
	buf_puts(&resources, ">>");
	door_part(p->door, "other");
	door_dict(p->door, p->resources, buf_view(&resources));
	buf_free(&resources);
	return good;
}
