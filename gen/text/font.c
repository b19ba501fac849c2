/* font: faces of font files. Takes families (a path, a face number), gives struct font: a HarfBuzz font in font
 * units and a FreeType face over the same mapped bytes, and what the file says of itself.
 * A file is refused before any library sees it when its table directory does not hold together, and after that when
 * the two libraries do not agree on it. OpenType 1.9: otff, head, OS/2. */
#include "text/font.h"

#include FT_CID_H
#include FT_BBOX_H
#include FT_OUTLINE_H
#include <assert.h>
#include <hb-ot.h>
#include <limits.h>

#include "base/file.h"
#include "base/mapped.h"
#include "base/sha256.h"
#include "base/mem.h"
#include "text/sfnt.h"

enum {
	FS_USAGE = 0x000e, FS_RESTRICTED = 0x0002, FS_BITMAP_ONLY = 0x0200, /* OS/2 fsType */
	UPEM_LEAST = 16, UPEM_MOST = 16384, /* head */
};

static struct str table(const struct font *f, uint32_t tag)
{
	return sfnt_table(f->bytes, f->index, tag);
}

/* A table of Unicode code points is there: platform 0, or Windows' BMP and full ones. FreeType would make one up
 * from glyph names. */
static bool has_unicode_cmap(const struct font *f)
{
	struct str cmap = table(f, HB_TAG('c', 'm', 'a', 'p'));
	for (uint32_t i = 0; i < sfnt_u16(cmap, 2); i++) {
		uint32_t platform = sfnt_u16(cmap, 4 + 8 * i), encoding = sfnt_u16(cmap, 6 + 8 * i);
		if (platform == 0 || (platform == 3 && (encoding == 1 || encoding == 10)))
			return true;
	}
	return false;
}

/* ---- opening ---- */

static void font_close(void *ptr)
{
	struct font *f = ptr;
	hb_font_destroy(f->hb);
	hb_face_destroy(f->face);
	if (f->ft)
		FT_Done_Face(f->ft);
}

static const char *open_libraries(struct font *f)
{
	struct arena *a = f->set->arena;
	hb_blob_t *blob = hb_blob_create(f->bytes.p, (unsigned)f->bytes.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
	f->face = hb_face_create(blob, (unsigned)f->index);
	hb_blob_destroy(blob);
	f->hb = hb_font_create(f->face);
	/* Without memory HarfBuzz gives what is empty, and goes on. */
	if (f->bytes.n && (f->face == hb_face_get_empty() || f->hb == hb_font_get_empty()))
		mem_die(0);
	hb_face_make_immutable(f->face);
	arena_defer(a, font_close, f);
	FT_Error e = FT_New_Memory_Face(f->set->ft, (const FT_Byte *)f->bytes.p, (FT_Long)f->bytes.n, f->index,
	                                &f->ft);
	if (e)
		return arena_printf(a, DIAG_TWO("FreeType 打不开（错误 0x%02x）", "FreeType cannot open it (error 0x%02x)"),
		                    (unsigned)e, (unsigned)e);
	if (!(f->ft->face_flags & FT_FACE_FLAG_SCALABLE) || f->ft->num_glyphs <= 0)
		return DIAG_TWO("没有轮廓", "no outlines");
	if ((unsigned)f->ft->num_glyphs != hb_face_get_glyph_count(f->face))
		return DIAG_TWO("各表的字形数目不一致", "its tables disagree on the number of glyphs");
	if (!has_unicode_cmap(f))
		return DIAG_TWO("没有 Unicode 编码表", "no Unicode cmap");
	return NULL;
}

static enum font_format format_of(struct font *f)
{
	FT_Bool cid = 0;
	if (table(f, HB_TAG('C', 'F', 'F', ' ')).n == 0)
		return FONT_GLYF;
	return FT_Get_CID_Is_Internally_CID_Keyed(f->ft, &cid) == 0 && cid ? FONT_CFF_CID : FONT_CFF_NAMED;
}

/* NULL when all is well, else the reason with f->why set. */
static const char *open_checked(struct font *f)
{
	struct arena *a = f->set->arena;
	f->why = DIAG_FONT_FILE;
	const char *fault = mapped_open(a, f->path, FILE_LIMIT, &f->bytes);
	if (!fault)
		fault = sfnt_fault(a, f->bytes, f->index);
	if (fault)
		return fault;
	f->info.upem = (int)sfnt_u16(table(f, HB_TAG('h', 'e', 'a', 'd')), 18);
	if (f->info.upem < UPEM_LEAST || f->info.upem > UPEM_MOST)
		return arena_printf(a, DIAG_TWO("每 em %d 单位", "%d units per em"), f->info.upem, f->info.upem);
	fault = open_libraries(f);
	if (fault)
		return fault;
	f->hmtx = table(f, HB_TAG('h', 'm', 't', 'x'));
	f->n_advances = sfnt_u16(table(f, HB_TAG('h', 'h', 'e', 'a')), 34);
	f->info.n_glyphs = (int)f->ft->num_glyphs;
	f->info.format = format_of(f);
	f->info.fs_type = (int)sfnt_u16(table(f, HB_TAG('O', 'S', '/', '2')), 8);
	if ((f->info.fs_type & FS_USAGE) == FS_RESTRICTED || f->info.fs_type & FS_BITMAP_ONLY) {
		f->why = DIAG_FONT_RIGHTS;
		return "";
	}
	return NULL;
}

static void say_fault(struct diag_list *d, const struct font *f, const struct family *family)
{
	if (f->why == DIAG_FONT_RIGHTS)
		diag_add(d, f->why, family->loc, f->path, (char *)NULL);
	else
		diag_add(d, f->why, family->loc, f->path, f->reason, (char *)NULL);
}

static struct font *font_new(struct diag_list *d, struct font_set *s, const struct family *family)
{
	struct font *f = ARENA_NEW(s->arena, struct font);
	f->set = s;
	f->path = arena_copy(s->arena, family->file.p, family->file.n);
	f->index = family->index;
	f->reason = open_checked(f);
	f->usable = f->reason == NULL;
	if (!f->usable) {
		say_fault(d, f, family);
		return f;
	}
	f->info.file = str_of(f->path);
	f->info.licence = arena_str(s->arena, family->licence);
	f->declared = arena_str(s->arena, family->sha256);
	f->loc = family->loc;
	f->lacks = arena_str(s->arena, family->lacks);
	return f;
}

/* Families may share a file, and yet lack different characters. */
static const char *key_of(struct arena *a, const struct family *family)
{
	return arena_printf(a, "%.*s#%d %.*s", STR_ARG(family->file), family->index, STR_ARG(family->lacks));
}

static struct font *font_find(struct font_set *s, const struct family *family)
{
	struct str file = family->file, lacks = family->lacks;
	char *key = arena_alloc(s->scratch, file.n + lacks.n + 16), *at = key;

	/* As key_of: asked for with every text. */
	memcpy(at, file.p, file.n);
	at += file.n;
	at += sprintf(at, "#%d ", family->index);
	if (lacks.n)
		memcpy(at, lacks.p, lacks.n);
	return map_get(&s->fonts, (struct str){key, (size_t)(at - key) + lacks.n});
}

struct font *font_open(struct diag_list *d, struct font_set *s, const struct family *family)
{
	if (family->file.n == 0 || family->file.n > PATH_MAX) /* longer: no file can be there */
		return NULL;
	struct font *f = font_find(s, family);
	if (!f) {
		f = font_new(d, s, family);
		map_set(&s->fonts, str_of(key_of(s->arena, family)), f);
	}
	return f->usable ? f : NULL;
}

/* ---- the set ---- */

struct font_set *font_set_new(void)
{
	struct arena *a = arena_new();
	struct font_set *s = ARENA_NEW(a, struct font_set);
	s->arena = a;
	s->scratch = arena_new();
	map_open(&s->fonts, a);
	FT_Error e = FT_Init_FreeType(&s->ft);
	assert(e == 0);
	(void)e;
	s->buffer = hb_buffer_create();
	return s;
}

void font_set_close(struct font_set *s)
{
	if (!s)
		return;
	FT_Library ft = s->ft;
	hb_buffer_destroy(s->buffer);
	arena_close(s->scratch);
	arena_close(s->arena); /* closes the faces, then unmaps their files */
	FT_Done_FreeType(ft);
}

static struct font *first_present(struct diag_list *d, struct font_set *s, const struct family_list *families)
{
	for (int i = 0; i < families->n; i++) {
		const struct family *family = families->list[i];
		size_t said = d->n;
		struct font *f = font_open(d, s, family);
		if (f)
			return f;
		/* The set may have told an earlier document; this one has to know too. */
		if (said == d->n && family->file.n > 0 && (f = font_find(s, family)) != NULL)
			say_fault(d, f, family);
	}
	return NULL;
}

static const char *list_names(struct arena *a, const struct family_list *families)
{
	const char *names = "";
	for (int i = 0; i < families->n; i++)
		names = arena_printf(a, "%s%s%.*s", names, i ? ", " : "", STR_ARG(families->list[i]->name));
	return names;
}

bool font_set_check(struct diag_list *d, struct font_set *s, const struct doc *doc)
{
	size_t errors = diag_count(d, SEVERITY_ERROR);
	for (int i = 0; i < doc->n_faces; i++) {
		const struct face *face = doc->faces[i];
		if (first_present(d, s, &face->han) || first_present(d, s, &face->latin) || first_present(d, s, &face->fallback))
			continue;
		const char *role = arena_copy(s->arena, face->role.p, face->role.n);
		diag_add(d, DIAG_FONT_NONE, face->loc, role, list_names(s->arena, &face->han), (char *)NULL);
	}
	return diag_count(d, SEVERITY_ERROR) == errors;
}

/* ---- what a font says of itself ---- */

static int milli(const struct font *f, int units)
{
	return (int)unit_muldiv(units, 1000, f->info.upem);
}

static struct str name(const struct font *f, hb_ot_name_id_t id)
{
	unsigned size = 0;
	unsigned n = hb_ot_name_get_utf8(f->face, id, HB_LANGUAGE_INVALID, &size, NULL);
	char *p = arena_alloc(f->set->arena, n + 1);
	size = n + 1;
	hb_ot_name_get_utf8(f->face, id, HB_LANGUAGE_INVALID, &size, p);
	return (struct str){p, n};
}

static void describe_names(struct font *f)
{
	const char *ps = FT_Get_Postscript_Name(f->ft);
	f->info.ps_name = ps ? arena_str(f->set->arena, str_of(ps)) : name(f, HB_OT_NAME_ID_POSTSCRIPT_NAME);
	f->info.family = name(f, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY);
	if (f->info.family.n == 0)
		f->info.family = name(f, HB_OT_NAME_ID_FONT_FAMILY);
	f->info.version = name(f, HB_OT_NAME_ID_VERSION_STRING);
	if (f->info.licence.n == 0)
		f->info.licence = name(f, HB_OT_NAME_ID_LICENSE);
}

/* Height of a capital: OS/2 may not know (0 in several Chinese fonts); then it is measured. */
static int cap_height(struct font *f, struct str os2)
{
	struct ink ink;
	hb_codepoint_t h;
	int said = sfnt_u16(os2, 0) >= 2 ? sfnt_i16(os2, 88) : 0;
	if (said > 0)
		return milli(f, said);
	if (hb_font_get_nominal_glyph(f->hb, 'H', &h) && font_ink(f, h, 1000000, &ink) && ink.y0 < 0)
		return (int)unit_muldiv(-ink.y0, 1, 1000);
	return f->info.ascent;
}

/* No table tells the width of stems; readers use it only to make up a face in place of a missing
 * one. An estimate from the weight: 88 for 400, 166 for 700. */
static int stem_v(struct str os2)
{
	int weight = os2.n >= 6 ? (int)sfnt_u16(os2, 4) : 400;
	if (weight < 1 || weight > 1000)
		weight = 400;
	return 50 + weight * weight / (65 * 65);
}

static void describe_metrics(struct font *f)
{
	struct str head = table(f, HB_TAG('h', 'e', 'a', 'd')), hhea = table(f, HB_TAG('h', 'h', 'e', 'a'));
	struct str os2 = table(f, HB_TAG('O', 'S', '/', '2')), post = table(f, HB_TAG('p', 'o', 's', 't'));
	bool typo = os2.n >= 72 && sfnt_i16(os2, 68) > 0;
	f->info.ascent = milli(f, typo ? sfnt_i16(os2, 68) : sfnt_i16(hhea, 4));
	f->info.descent = milli(f, typo ? sfnt_i16(os2, 70) : sfnt_i16(hhea, 6));
	for (size_t i = 0; i < 4; i++)
		f->info.bbox[i] = milli(f, sfnt_i16(head, 36 + 2 * i));
	f->info.cap_height = cap_height(f, os2);
	f->info.stem_v = stem_v(os2);
	f->info.italic_angle = (int)unit_muldiv((int32_t)sfnt_u32(post, 4), 1, 65536);
}

const struct font_info *font_info(struct font *f)
{
	if (!f->described) {
		f->described = true;
		describe_names(f);
		describe_metrics(f);
	}
	return &f->info;
}

struct str font_sha256(struct font *f)
{
	uint8_t hash[32];
	if (f->sha256.n == 0) {
		char *hex = arena_alloc(f->set->arena, 65);
		sha256(f->bytes, hash);
		sha256_hex(hash, hex);
		f->sha256 = (struct str){hex, 64};
	}
	return f->sha256;
}

struct str font_directory_sha256(struct font *f)
{
	uint8_t hash[32];
	char *hex = arena_alloc(f->set->arena, 65);

	sha256(sfnt_directory(f->bytes, f->index), hash);
	sha256_hex(hash, hex);
	return (struct str){hex, 64};
}

const char *text_libraries(struct arena *a)
{
	FT_Library ft;
	FT_Int major = 0, minor = 0, patch = 0;

	if (FT_Init_FreeType(&ft) == 0) {
		FT_Library_Version(ft, &major, &minor, &patch);
		FT_Done_FreeType(ft);
	}
	return arena_printf(a, "HarfBuzz %s, FreeType %d.%d.%d", hb_version_string(), major, minor, patch);
}

void font_set_verify(struct diag_list *d, struct font_set *s)
{
	for (size_t i = 0; i < s->fonts.n; i++) {
		struct font *f = s->fonts.entries[i].value;
		if (f->usable && f->declared.n > 0 && !str_eq(font_sha256(f), f->declared))
			diag_add(d, DIAG_FONT_CHANGED, f->loc, f->path, (char *)NULL);
	}
}

int font_number(const struct font *f)
{
	return f->number;
}

void font_use(struct font *f)
{
	if (f->number == 0)
		f->number = ++f->set->n_used;
}

/* ---- glyphs ---- */

int font_advance(struct font *f, uint32_t glyph)
{
	/* OpenType 1.9, hmtx: the last advance is that of all glyphs behind it. */
	if (f->n_advances == 0 || f->hmtx.n < 4 * (size_t)f->n_advances)
		return hb_font_get_glyph_h_advance(f->hb, glyph);
	return (int)sfnt_u16(f->hmtx, 4 * (size_t)(glyph < f->n_advances ? glyph : f->n_advances - 1));
}

bool font_ink(struct font *f, uint32_t glyph, emu size, struct ink *out)
{
	FT_BBox box;
	if (FT_Load_Glyph(f->ft, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0 ||
	    f->ft->glyph->format != FT_GLYPH_FORMAT_OUTLINE || f->ft->glyph->outline.n_points == 0 ||
	    FT_Outline_Get_BBox(&f->ft->glyph->outline, &box) != 0)
		return false;
	*out = (struct ink){
		.x0 = unit_muldiv(box.xMin, size, f->info.upem), .x1 = unit_muldiv(box.xMax, size, f->info.upem),
		.y0 = unit_muldiv(-box.yMax, size, f->info.upem), .y1 = unit_muldiv(-box.yMin, size, f->info.upem),
	};
	return true;
}

static enum ink_half half_of(int start, int end)
{
	int off = start - end; /* twice the distance of the ink's middle from the advance's */
	return off > 250 ? INK_END : off < -250 ? INK_START : INK_MIDDLE;
}

const struct ink_blanks *font_blanks(struct font *f, uint32_t glyph)
{
	struct ink_blanks *b = &f->blanks[glyph % (sizeof f->blanks / sizeof *f->blanks)];
	int advance = font_advance(f, glyph);
	struct ink ink;
	if (b->glyph == glyph + 1)
		return b;
	if (advance <= 0 || !font_ink(f, glyph, f->info.upem, &ink))
		return NULL;
	*b = (struct ink_blanks){.glyph = glyph + 1, .start = (int16_t)unit_muldiv(ink.x0, 1000, advance),
	                         .end = (int16_t)unit_muldiv(advance - ink.x1, 1000, advance)};
	b->half = (uint8_t)half_of(b->start, b->end);
	return b;
}

uint32_t font_cid(struct font *f, uint32_t glyph)
{
	FT_UInt cid;
	if (f->info.format != FONT_CFF_CID || FT_Get_CID_From_Glyph_Index(f->ft, glyph, &cid) != 0)
		return glyph;
	return cid;
}
