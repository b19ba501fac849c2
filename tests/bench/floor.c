/* floor: the least that must be done to make a PDF of Chinese text: shape each paragraph, fill lines of 26 em, cut
 * the fonts down with hb-subset, deflate pages and fonts, write. No XML, no rules of layout: what genpdf costs is measured
 * against this (README.md).
 * Takes: the text of text.py (a paragraph a line, runs of one face parted by tabs) and the fonts. Gives: a PDF of the same
 * text in the same faces. Not a part of genpdf: it trusts its input. Codes are CIDs for CFF, glyph numbers
 * of the original file for TrueType, with a CIDToGIDMap. */
#include <hb-ot.h>
#include <hb-subset.h>
#include <libdeflate.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EM = 1000, MEASURE = 26 * EM, LINES = 24, PITCH = 28, SIZE = 16, LAST = 0x10000, FACES = 16, OBJECTS = 65536 };

struct face {
	char letter;
	const char *file;
	struct face *same;     /* the earlier one with this file, or itself */
	hb_face_t *face;
	hb_font_t *font;
	int upem, number;
	char select[24];       /* what sets it in a page */
	bool cff, used;
	uint16_t *cid;         /* by glyph: its code */
	uint32_t *text;        /* by glyph: the first character it stood for */
	uint16_t *width;
	uint8_t *seen;
};

struct bytes {
	char *p;
	size_t n, cap;
};

static struct face faces[FACES];
static int n_faces;
static FILE *out;
static long offsets[OBJECTS];
static uint32_t n_objects = 3; /* 1 catalog, 2 page tree, 3 resources */
static uint32_t pages[OBJECTS];
static size_t n_pages;
static struct libdeflate_compressor *deflater;
static hb_buffer_t *buffer;
static struct bytes page, scratch, packed;
static int line, pen;
static const struct face *set; /* in the page's content */

static void die(const char *what)
{
	fprintf(stderr, "floor: %s\n", what);
	exit(3);
}

/* ---- bytes ---- */

static void need(struct bytes *b, size_t n)
{
	if (b->n + n <= b->cap)
		return;
	b->cap = (b->n + n) * 2;
	b->p = realloc(b->p, b->cap);
	if (!b->p)
		die("no memory");
}

__attribute__((format(printf, 2, 3))) static void say(struct bytes *b, const char *format, ...)
{
	va_list list;
	need(b, 256);
	va_start(list, format);
	b->n += (size_t)vsnprintf(b->p + b->n, 256, format, list);
	va_end(list);
}

static void add(struct bytes *b, const char *text)
{
	size_t n = strlen(text);
	need(b, n);
	memcpy(b->p + b->n, text, n);
	b->n += n;
}

static struct bytes read_file(const char *path)
{
	struct bytes b = {0};
	FILE *f = fopen(path, "rb");
	size_t n;
	if (!f)
		die(path);
	do {
		need(&b, 1 << 16);
		n = fread(b.p + b.n, 1, 1 << 16, f);
		b.n += n;
	} while (n > 0);
	fclose(f);
	return b;
}

/* ---- objects ---- */

static void put_dict(uint32_t number, const struct bytes *b)
{
	offsets[number] = ftell(out);
	fprintf(out, "%u 0 obj\n<<%.*s>>\nendobj\n", number, (int)b->n, b->p);
}

static uint32_t put_stream(const char *dict, const char *p, size_t n)
{
	uint32_t number = ++n_objects;
	packed.n = 0;
	need(&packed, libdeflate_zlib_compress_bound(deflater, n));
	packed.n = libdeflate_zlib_compress(deflater, p, n, packed.p, packed.cap);
	offsets[number] = ftell(out);
	fprintf(out, "%u 0 obj\n<<%s/Filter/FlateDecode/Length %zu>>\nstream\n", number, dict, packed.n);
	fwrite(packed.p, 1, packed.n, out);
	fputs("\nendstream\nendobj\n", out);
	return number;
}

/* ---- faces ---- */

static unsigned number_at(const uint8_t *p, int size)
{
	unsigned n = 0;
	while (size-- > 0)
		n = n << 8 | *p++;
	return n;
}

/* Behind an INDEX of CFF (Adobe Technical Note 5176, 5). */
static const uint8_t *skip_index(const uint8_t *p)
{
	unsigned n = number_at(p, 2), size = p[2];
	return n ? p + 3 + (n + 1) * size - 1 + number_at(p + 3 + n * size, (int)size) : p + 2;
}

/* The operand of `charset` (15) in a Top DICT: the number before it. */
static unsigned charset_offset(const uint8_t *p, const uint8_t *end)
{
	unsigned value = 0;
	while (p < end) {
		unsigned b = *p++;
		if (b == 15)
			return value;
		if (b == 28)
			value = number_at(p, 2), p += 2;
		else if (b == 29)
			value = number_at(p, 4), p += 4;
		else if (b == 30)
			while ((*p++ & 15) != 15)
				;
		else if (b >= 247 && b <= 254)
			value = (b - 247) * 256 + *p++ + 108;
		else if (b >= 32)
			value = b - 139;
		else if (b == 12)
			p++;
	}
	return 0;
}

/* Glyph numbers -> CIDs (5176, 13). */
static void read_cids(struct face *f, unsigned n_glyphs)
{
	hb_blob_t *blob = hb_face_reference_table(f->face, HB_TAG('C', 'F', 'F', ' '));
	const uint8_t *cff = (const uint8_t *)hb_blob_get_data(blob, NULL);
	const uint8_t *top = skip_index(cff + cff[2]), *end = skip_index(top);
	unsigned size = top[2];
	const uint8_t *p = cff + charset_offset(top + 3 + 2 * size, end);
	unsigned format = *p++;
	for (unsigned glyph = 1; glyph < n_glyphs;) {
		unsigned first = number_at(p, 2), left = format ? number_at(p + 2, (int)format) : 0;
		p += 2 + format;
		for (unsigned i = 0; i <= left && glyph < n_glyphs; i++)
			f->cid[glyph++] = (uint16_t)(first + i);
	}
	hb_blob_destroy(blob);
}

/* LETTER=FILE#INDEX */
static void open_face(char *argument)
{
	struct face *f = &faces[n_faces++];
	char *index = strrchr(argument, '#');
	*f = (struct face){.letter = argument[0], .file = argument + 2, .same = f, .number = n_faces};
	for (struct face *g = faces; g < f; g++)
		if (!strcmp(g->file, f->file)) {
			f->same = g;
			return;
		}
	*index = 0;
	hb_blob_t *blob = hb_blob_create_from_file(f->file);
	f->face = hb_face_create(blob, (unsigned)atoi(index + 1));
	*index = '#';
	hb_blob_destroy(blob);
	f->font = hb_font_create(f->face);
	hb_face_make_immutable(f->face);
	f->upem = (int)hb_face_get_upem(f->face);
	snprintf(f->select, sizeof f->select, "/F%d %d Tf(", f->number, SIZE);
	f->cid = calloc(LAST, sizeof *f->cid);
	f->text = calloc(LAST, sizeof *f->text);
	f->width = calloc(LAST, sizeof *f->width);
	f->seen = calloc(LAST, 1);
	blob = hb_face_reference_table(f->face, HB_TAG('C', 'F', 'F', ' '));
	f->cff = hb_blob_get_length(blob) > 0;
	hb_blob_destroy(blob);
	for (unsigned i = 0; i < LAST; i++)
		f->cid[i] = (uint16_t)i;
	if (f->cff)
		read_cids(f, hb_face_get_glyph_count(f->face));
}

static struct face *find_face(char letter)
{
	for (int i = 0; i < n_faces; i++)
		if (faces[i].letter == letter)
			return faces[i].same;
	die("no such face");
	return NULL;
}

/* ---- pages ---- */

static void end_page(void)
{
	if (page.n == 0)
		return;
	uint32_t content;
	add(&page, ")Tj ET");
	content = put_stream("", page.p, page.n);
	scratch.n = 0;
	say(&scratch, "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 3 0 R/Contents %u 0 R", content);
	pages[n_pages++] = ++n_objects;
	put_dict(n_objects, &scratch);
	page.n = 0;
	line = 0;
	set = NULL;
}

static void new_line(void)
{
	pen = 0;
	if (++line > LINES)
		end_page(), line = 1;
	if (page.n == 0)
		say(&page, "BT %d TL 90 770 Td", PITCH);
	else
		add(&page, ")Tj T*(");
}

static void set_face(const struct face *f)
{
	if (f == set)
		return;
	add(&page, set ? ")Tj" : "");
	add(&page, f->select);
	set = f;
}

static void put_byte(unsigned c)
{
	if (c == '(' || c == ')' || c == '\\')
		page.p[page.n++] = '\\';
	page.p[page.n++] = (char)(c == '\r' ? 'r' : c);
}

static void put_code(unsigned code)
{
	for (int shift = 8; shift >= 0; shift -= 8) {
		if ((code >> shift & 255) == '\r')
			page.p[page.n++] = '\\';
		put_byte(code >> shift & 255);
	}
}

static void put_glyph(struct face *f, unsigned glyph, int advance, uint32_t text)
{
	if (!f->seen[glyph]) {
		f->seen[glyph] = 1;
		f->used = true;
		f->text[glyph] = text;
		f->width[glyph] = (uint16_t)(advance * EM / f->upem);
	}
	int wide = f->width[glyph];
	if (pen + wide > MEASURE) {
		new_line();
		set_face(f);
	}
	need(&page, 16);
	put_code(f->cid[glyph]);
	pen += wide;
}

static uint32_t first_character(const char *p)
{
	const uint8_t *s = (const uint8_t *)p;
	if (s[0] < 0x80)
		return s[0];
	if (s[0] < 0xe0)
		return (s[0] & 31u) << 6 | (s[1] & 63u);
	return (s[0] & 15u) << 12 | (s[1] & 63u) << 6 | (s[2] & 63u);
}

/* One run of a paragraph: as genpdf asks HarfBuzz, Chinese without kerning. */
static void put_run(const char *p, size_t n)
{
	static const hb_feature_t solid = {HB_TAG('k', 'e', 'r', 'n'), 0, 0, (unsigned)-1};
	struct face *f = find_face(*p++);
	bool latin = (uint8_t)*p < 0x80;
	unsigned n_glyphs;
	hb_buffer_clear_contents(buffer);
	hb_buffer_add_utf8(buffer, p, (int)n - 1, 0, (int)n - 1);
	hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer, latin ? HB_SCRIPT_LATIN : HB_SCRIPT_HAN);
	hb_buffer_set_language(buffer, hb_language_from_string("zh-Hans", -1));
	hb_shape(f->font, buffer, latin ? NULL : &solid, latin ? 0 : 1);
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n_glyphs);
	const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(buffer, NULL);
	set_face(f);
	for (unsigned i = 0; i < n_glyphs; i++)
		put_glyph(f, info[i].codepoint, pos[i].x_advance, first_character(p + info[i].cluster));
}

static void put_text(const char *p, const char *end)
{
	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		stop = stop ? stop : end;
		new_line();
		while (p < stop) {
			const char *tab = memchr(p, '\t', (size_t)(stop - p));
			tab = tab ? tab : stop;
			put_run(p, (size_t)(tab - p));
			p = tab + (tab < stop);
		}
		p = stop + 1;
	}
	end_page();
}

/* ---- fonts ---- */

/* Tables, flags and glyphs as gen/text/subset.c gives them. */
static hb_subset_input_t *subset_input(const struct face *f)
{
	static const char *const kept[] = {"CFF ", "glyf", "loca", "head", "hhea", "hmtx", "maxp"};
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	hb_tag_t tags[64];
	unsigned n = 64;
	hb_face_get_table_tags(f->face, 0, &n, tags);
	for (unsigned i = 0; i < n; i++)
		hb_set_add(drop, tags[i]);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		hb_set_del(drop, hb_tag_from_string(kept[i], 4));
	hb_set_add(hb_subset_input_glyph_set(input), 0);
	for (unsigned i = 0; i < LAST; i++)
		if (f->seen[i])
			hb_set_add(hb_subset_input_glyph_set(input), i);
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
	                                 HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	return input;
}

static uint32_t put_map(const struct face *f, const hb_map_t *new_glyph)
{
	scratch.n = 0;
	need(&scratch, 2 * LAST);
	unsigned end = 0;
	for (unsigned i = 0; i < LAST; i++)
		if (f->seen[i]) {
			unsigned to = hb_map_get(new_glyph, i);
			memset(scratch.p + 2 * end, 0, 2 * (size_t)(i - end));
			scratch.p[2 * i] = (char)(to >> 8);
			scratch.p[2 * i + 1] = (char)to;
			end = i + 1;
		}
	return put_stream("", scratch.p, 2 * end);
}

/* The font program, and the map from codes to glyphs of a TrueType one. */
static uint32_t put_program(const struct face *f, uint32_t *map)
{
	hb_subset_input_t *input = subset_input(f);
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(f->face, input);
	hb_face_t *face = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
	if (!face)
		die("no subset");
	hb_blob_t *blob = f->cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
	                         : hb_face_reference_blob(face);
	unsigned n;
	const char *p = hb_blob_get_data(blob, &n);
	char dict[64] = "/Subtype/CIDFontType0C";
	if (!f->cff)
		snprintf(dict, sizeof dict, "/Length1 %u", n);
	uint32_t number = put_stream(dict, p, n);
	*map = f->cff ? 0 : put_map(f, hb_subset_plan_old_to_new_glyph_mapping(plan));
	hb_blob_destroy(blob);
	hb_face_destroy(face);
	hb_subset_plan_destroy(plan);
	hb_subset_input_destroy(input);
	return number;
}

static uint32_t put_unicode(const struct face *f)
{
	struct bytes b = {0}, lines = {0};
	unsigned n = 0;
	say(&b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName/F def\n/CMapType 2 def\n"
	        "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
	for (unsigned i = 0; i < LAST; i++) {
		if (f->seen[i])
			say(&lines, "<%04X><%04X>\n", f->cid[i], f->text[i]), n++;
		if (n == 100 || (i == LAST - 1 && n > 0)) {
			say(&b, "%u beginbfchar\n", n);
			need(&b, lines.n);
			memcpy(b.p + b.n, lines.p, lines.n);
			b.n += lines.n;
			say(&b, "endbfchar\n");
			lines.n = n = 0;
		}
	}
	say(&b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
	uint32_t number = put_stream("", b.p, b.n);
	free(b.p);
	free(lines.p);
	return number;
}

static void put_font(const struct face *f, struct bytes *resources)
{
	struct bytes b = {0};
	uint32_t map, program = put_program(f, &map), unicode = put_unicode(f), descriptor = ++n_objects;
	say(&b, "/Type/FontDescriptor/FontName/AAAAAA+F%d/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880"
	        "/Descent -120/CapHeight 700/StemV 80/%s %u 0 R", f->number, f->cff ? "FontFile3" : "FontFile2", program);
	put_dict(descriptor, &b);
	b.n = 0;
	say(&b, "/Type/Font/Subtype/CIDFontType%d/BaseFont/AAAAAA+F%d/FontDescriptor %u 0 R", f->cff ? 0 : 2, f->number,
	    descriptor);
	if (map)
		say(&b, "/CIDToGIDMap %u 0 R", map);
	say(&b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/W[");
	for (unsigned i = 0; i < LAST; i++)
		if (f->seen[i] && f->width[i] != EM)
			say(&b, "%u[%u]", f->cid[i], f->width[i]);
	say(&b, "]");
	put_dict(++n_objects, &b);
	b.n = 0;
	say(&b, "/Type/Font/Subtype/Type0/BaseFont/AAAAAA+F%d/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R",
	    f->number, n_objects, unicode);
	put_dict(++n_objects, &b);
	say(resources, "/F%d %u 0 R", f->number, n_objects);
	free(b.p);
}

static void put_end(void)
{
	struct bytes b = {0};
	say(&b, "/Font<<");
	for (int i = 0; i < n_faces; i++)
		if (faces[i].used)
			put_font(&faces[i], &b);
	say(&b, ">>");
	put_dict(3, &b);
	b.n = 0;
	say(&b, "/Type/Pages/Count %zu/Kids[", n_pages);
	for (size_t i = 0; i < n_pages; i++)
		say(&b, "%u 0 R ", pages[i]);
	say(&b, "]");
	put_dict(2, &b);
	b.n = 0;
	say(&b, "/Type/Catalog/Pages 2 0 R");
	put_dict(1, &b);
	long start = ftell(out);
	fprintf(out, "xref\n0 %u\n0000000000 65535 f \n", n_objects + 1);
	for (uint32_t i = 1; i <= n_objects; i++)
		fprintf(out, "%010ld 00000 n \n", offsets[i]);
	fprintf(out, "trailer\n<</Root 1 0 R/Size %u>>\nstartxref\n%ld\n%%%%EOF\n", n_objects + 1, start);
	free(b.p);
}

int main(int argc, char **argv)
{
	if (argc < 5 || argc - 4 > FACES)
		die("usage: floor OUT.pdf LEVEL TEXT LETTER=FILE#INDEX…");
	for (int i = 4; i < argc; i++)
		open_face(argv[i]);
	struct bytes text = read_file(argv[3]);
	out = fopen(argv[1], "wb");
	if (!out)
		die(argv[1]);
	deflater = libdeflate_alloc_compressor(atoi(argv[2]));
	buffer = hb_buffer_create();
	fputs("%PDF-1.7\n", out);
	put_text(text.p, text.p + text.n);
	put_end();
	if (ferror(out) | fclose(out))
		die("cannot write");
	return 0;
}
