/* subset: a font program with the glyphs a document used, some of them several times with advances of their own. Takes
 * slots, gives the raw CFF table or a TrueType file (text.h). Only the tables a PDF reader needs stay (ISO 32000-1 9.9).
 * CFF without subroutines (all Fandol faces) is rebuilt straight from the file by cff_write.c; other CFF and TrueType go through
 * hb-subset first, unhinted: Chinese outlines are drawn unhinted or lightly hinted by every reader of today, and hints cost 5 to
 * 15 % of the bytes. Copies are added to its result. */
#include "text/font.h"

#include "base/mem.h"
#include "text/sfnt.h"

#include <hb-subset.h>

#include "text/cff.h"
#include "text/glyf.h"

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

static hb_subset_input_t *make_input(const struct font *f, const struct font_slot *slots, size_t n)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (!input)
		mem_die(0);
	hb_set_t *set = hb_subset_input_glyph_set(input);
	hb_set_add(set, 0);
	for (size_t i = 0; i < n; i++)
		hb_set_add(set, slots[i].glyph);
	drop_tables(f->face, hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG));
	if (!hb_set_allocation_successful(set))
		mem_die(0);
	hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
	                                 HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	return input;
}

/* What hb-subset made, with the new numbers of the slots' glyphs. */
struct cutting {
	struct str bytes;
	uint32_t *new_glyph;
};

static bool take_bytes(struct arena *a, const struct font *f, hb_face_t *face, struct cutting *out)
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

static bool take_numbers(struct arena *a, const hb_map_t *map, const struct font_slot *slots, size_t n, struct cutting *out)
{
	out->new_glyph = ARENA_ARRAY(a, n + 1, uint32_t);
	for (size_t i = 0; i < n; i++) {
		out->new_glyph[i] = hb_map_get(map, slots[i].glyph);
		if (out->new_glyph[i] == HB_MAP_VALUE_INVALID)
			return false;
	}
	return true;
}

static bool run(struct arena *a, struct font *f, hb_subset_input_t *input, const struct font_slot *slots, size_t n,
		struct cutting *out)
{
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(f->face, input);
	if (!plan)
		return false;
	hb_face_t *face = hb_subset_plan_execute_or_fail(plan);
	bool ok = face && take_bytes(a, f, face, out) &&
	          take_numbers(a, hb_subset_plan_old_to_new_glyph_mapping(plan), slots, n, out);
	hb_face_destroy(face);
	hb_subset_plan_destroy(plan);
	return ok;
}

static bool cut(struct arena *a, struct font *f, const struct font_slot *slots, size_t n, struct cutting *out)
{
	hb_subset_input_t *input = make_input(f, slots, n);
	bool ok = run(a, f, input, slots, n, out);
	hb_subset_input_destroy(input);
	return ok;
}

/* ---- CFF ---- */

static bool cut_cff(struct arena *a, struct font *f, const struct font_slot *slots, size_t n, struct str *out)
{
	struct cff *whole = cff_open(a, sfnt_table(f->bytes, f->index, HB_TAG('C', 'F', 'F', ' ')));
	if (whole && !cff_has_subrs(whole) && cff_rebuild(a, whole, f->info.ps_name, slots, n, out))
		return true;
	struct cutting part;
	if (!cut(a, f, slots, n, &part))
		return false;
	struct font_slot *moved = ARENA_ARRAY(a, n, struct font_slot);
	for (size_t i = 0; i < n; i++) {
		moved[i] = slots[i];
		moved[i].glyph = part.new_glyph[i];
	}
	struct cff *c = cff_open(a, part.bytes);
	return c && cff_rebuild(a, c, f->info.ps_name, moved, n, out);
}

/* ---- TrueType ---- */

static bool cut_glyf(struct arena *a, struct font *f, const struct font_slot *slots, size_t n, struct font_program *out)
{
	struct cutting part;
	if (!cut(a, f, slots, n, &part))
		return false;
	out->bytes = part.bytes;
	out->new_glyph = part.new_glyph;
	struct glyf_copy *copies = ARENA_ARRAY(a, n + 1, struct glyf_copy);
	size_t n_copies = 0;
	uint32_t n_glyphs = sfnt_u16(sfnt_table(part.bytes, 0, HB_TAG('m', 'a', 'x', 'p')), 4);
	for (size_t i = 0; i < n; i++) {
		if (slots[i].natural)
			continue;
		copies[n_copies] = (struct glyf_copy){part.new_glyph[i], slots[i].advance};
		out->new_glyph[i] = n_glyphs + (uint32_t)n_copies++;
	}
	return n_copies == 0 || glyf_append(a, part.bytes, copies, n_copies, &out->bytes);
}

/* ---- both ---- */

/* A font whose maker allows no subset: every glyph that has no slot gets one behind the others. */
static const struct font_slot *all_slots(struct arena *a, const struct font *f, const struct font_slot *slots, size_t *n)
{
	if (!(f->info.fs_type & FS_NO_SUBSETTING))
		return slots;
	size_t glyphs = (size_t)f->info.n_glyphs, all = *n;
	uint8_t *has = ARENA_ARRAY(a, glyphs + 1, uint8_t);
	struct font_slot *more = ARENA_ARRAY(a, *n + glyphs, struct font_slot);
	for (size_t i = 0; i < *n; i++) {
		more[i] = slots[i];
		if (slots[i].natural && slots[i].glyph < glyphs)
			has[slots[i].glyph] = 1;
	}
	for (uint32_t g = 0; g < glyphs; g++)
		if (!has[g])
			more[all++] = (struct font_slot){g, 0, true};
	*n = all;
	return more;
}

bool font_subset(struct diag_list *d, struct arena *a, struct font *f, const struct font_slot *slots, size_t n,
		 struct font_program *out)
{
	*out = (struct font_program){.format = f->info.format};
	slots = all_slots(a, f, slots, &n);
	bool ok = f->info.format == FONT_GLYF ? cut_glyf(a, f, slots, n, out) : cut_cff(a, f, slots, n, &out->bytes);
	if (!ok)
		diag_add(d, DIAG_FONT_FILE, (struct loc){0}, f->path,
		         DIAG_TWO("轮廓数据有误", "its outlines cannot be read"), (char *)NULL);
	return ok;
}
