/* subset: a font program with the glyphs a document used, through hb-subset. Takes glyph numbers of the original
 * file, gives the raw CFF table or a TrueType file and the new numbers. Only the tables a PDF reader needs stay (ISO
 * 32000-1 9.9); without GSUB there is no closure over glyphs that nobody set. Hints go: Chinese outlines are drawn
 * unhinted or lightly hinted by every reader of today, and they cost 5 to 15 % of the bytes. CFF of CID-keyed fonts
 * keeps its original CIDs (HarfBuzz 6); a name-keyed one keeps its glyph numbers, which are its CIDs in a PDF. */
#include "text/font.h"

#include <hb-subset.h>

enum { FS_NO_SUBSETTING = 0x0100 }; /* OS/2 fsType: all or nothing */

static const hb_tag_t kept[] = {
	HB_TAG('C', 'F', 'F', ' '), HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'),
	HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'),
	HB_TAG('m', 'a', 'x', 'p'),
};

static bool is_kept(hb_tag_t tag)
{
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (kept[i] == tag)
			return true;
	return false;
}

static void drop_tables(hb_face_t *face, hb_set_t *drop)
{
	hb_tag_t tags[32];
	unsigned n, total = hb_face_get_table_tags(face, 0, NULL, NULL);
	for (unsigned start = 0; start < total; start += n) {
		n = sizeof(tags) / sizeof(*tags);
		hb_face_get_table_tags(face, start, &n, tags);
		if (n == 0)
			return;
		for (unsigned i = 0; i < n; i++)
			if (!is_kept(tags[i]))
				hb_set_add(drop, tags[i]);
	}
}

static hb_subset_input_t *make_input(const struct font *f, const uint32_t *glyphs, size_t n)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (!input)
		return NULL;
	hb_set_t *set = hb_subset_input_glyph_set(input);
	hb_set_add(set, 0);
	for (size_t i = 0; i < n; i++)
		hb_set_add(set, glyphs[i]);
	if (f->info.fs_type & FS_NO_SUBSETTING)
		hb_set_add_range(set, 0, (hb_codepoint_t)f->info.n_glyphs - 1);
	drop_tables(f->face, hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG));
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
	                                 HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
	                                 (f->info.format == FONT_CFF_NAMED ? HB_SUBSET_FLAGS_RETAIN_GIDS : 0));
	return input;
}

static bool take_bytes(struct arena *a, const struct font *f, hb_face_t *face, struct font_program *out)
{
	hb_blob_t *blob = f->info.format == FONT_GLYF ? hb_face_reference_blob(face)
	                                             : hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
	unsigned n;
	const char *p = hb_blob_get_data(blob, &n);
	if (n > 0)
		out->bytes = (struct str){arena_copy(a, p, n), n};
	hb_blob_destroy(blob);
	return n > 0;
}

static bool take_numbers(struct arena *a, const hb_map_t *map, const uint32_t *glyphs, size_t n,
			 struct font_program *out)
{
	out->new_glyph = ARENA_ARRAY(a, n + 1, uint32_t);
	for (size_t i = 0; i < n; i++) {
		out->new_glyph[i] = hb_map_get(map, glyphs[i]);
		if (out->new_glyph[i] == HB_MAP_VALUE_INVALID)
			return false;
	}
	return true;
}

static bool run(struct arena *a, struct font *f, hb_subset_input_t *input, const uint32_t *glyphs, size_t n,
		struct font_program *out)
{
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(f->face, input);
	if (!plan)
		return false;
	hb_face_t *face = hb_subset_plan_execute_or_fail(plan);
	bool ok = face && take_bytes(a, f, face, out) &&
	          take_numbers(a, hb_subset_plan_old_to_new_glyph_mapping(plan), glyphs, n, out);
	hb_face_destroy(face);
	hb_subset_plan_destroy(plan);
	return ok;
}

bool font_subset(struct diag_list *d, struct arena *a, struct font *f, const uint32_t *glyphs, size_t n,
		 struct font_program *out)
{
	*out = (struct font_program){.format = f->info.format};
	hb_subset_input_t *input = make_input(f, glyphs, n);
	bool ok = input && run(a, f, input, glyphs, n, out);
	hb_subset_input_destroy(input);
	if (!ok)
		diag_add(d, DIAG_FONT_FILE, (struct loc){0}, f->path,
		         DIAG_TWO("轮廓数据有误", "its outlines cannot be read"), (char *)NULL);
	return ok;
}
