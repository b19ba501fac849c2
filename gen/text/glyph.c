/* glyph: code points -> glyphs of a font, each asked of HarfBuzz once and then found in a table; and whether a font
 * leaves text alone: when no lookup and no kerning that is on by itself exists in it, a character that is no mark gives
 * its glyph with its advance, whatever stands beside it. Chinese faces are made so, and then the table does all that shaping would.
 * OpenType 1.9: GSUB, GPOS, kern; Apple's TrueType Reference Manual: mort. */
#include "text/font.h"

#include <hb-ot.h>

#include "text/sfnt.h"

/* ---- one character ---- */

/* Does not join its neighbours by itself: no mark, nothing invisible, no fraction slash, for which HarfBuzz turns
 * features on. */
static bool stands_alone(uint32_t cp)
{
	switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), cp)) {
	case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
	case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
	case HB_UNICODE_GENERAL_CATEGORY_UNASSIGNED:
	case HB_UNICODE_GENERAL_CATEGORY_PRIVATE_USE:
	case HB_UNICODE_GENERAL_CATEGORY_SURROGATE:
	case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
	case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
	case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
		return false;
	default:
		return cp != 0x2044;
	}
}

static bool is_lacking(const struct font *f, uint32_t cp)
{
	for (size_t at = 0; at < f->lacks.n;)
		if (utf8_next(f->lacks, &at) == cp)
			return true;
	return false;
}

static void ask(struct font *f, struct font_glyph *g, uint32_t cp)
{
	hb_codepoint_t id;
	g->asked = true;
	if (!hb_font_get_nominal_glyph(f->hb, cp, &id) || id == 0 || id >= (unsigned)f->info.n_glyphs || is_lacking(f, cp))
		return;
	g->id = id;
	g->advance = hb_font_get_glyph_h_advance(f->hb, id);
	g->alone = stands_alone(cp);
}

const struct font_glyph *font_glyph(struct font *f, uint32_t cp)
{
	struct font_glyph **part = &f->glyphs[cp >> 8];
	if (!*part)
		*part = ARENA_ARRAY(f->set->arena, 256, struct font_glyph);
	struct font_glyph *g = &(*part)[cp & 0xff];
	if (!g->asked)
		ask(f, g, cp);
	return g;
}

bool font_has(struct font *f, uint32_t cp)
{
	return font_glyph(f, cp)->id != 0;
}

/* ---- all together ---- */

static struct str table(const struct font *f, uint32_t tag)
{
	return sfnt_table(f->bytes, f->index, tag);
}

/* All that mort, the old substitution table of some Chinese TrueType faces, does is for vertical lines. */
static bool is_for_vertical(struct str mort)
{
	enum { CHAINS = 8, CHAIN_HEAD = 12, FEATURE = 12, VERTICAL = 0x8000, BOTH = 0x2000 };
	size_t at = CHAINS;
	for (uint32_t chain = 0; chain < sfnt_u32(mort, 4); chain++) {
		uint32_t length = sfnt_u32(mort, at + 4), n = sfnt_u16(mort, at + 10);
		size_t part = at + CHAIN_HEAD + FEATURE * (size_t)sfnt_u16(mort, at + 8);
		for (uint32_t i = 0; i < n; i++) {
			uint32_t size = sfnt_u16(mort, part), coverage = sfnt_u16(mort, part + 2);
			if (size < 8 || part + size > mort.n || !(coverage & VERTICAL) || coverage & BOTH)
				return false;
			part += size;
		}
		if (length < CHAIN_HEAD || length > mort.n - at)
			return false;
		at += length;
	}
	return true;
}

static bool has_lookups(hb_shape_plan_t *plan)
{
	hb_set_t *lookups = hb_set_create();
	hb_ot_shape_plan_collect_lookups(plan, HB_OT_TAG_GSUB, lookups);
	hb_ot_shape_plan_collect_lookups(plan, HB_OT_TAG_GPOS, lookups);
	bool some = !hb_set_is_empty(lookups);
	hb_set_destroy(lookups);
	return some;
}

static bool leaves_alone(const struct font *f, const hb_segment_properties_t *props)
{
	static const uint32_t joining[] = {
		HB_TAG('k', 'e', 'r', 'n'), HB_TAG('k', 'e', 'r', 'x'), HB_TAG('m', 'o', 'r', 'x'), HB_TAG('t', 'r', 'a', 'k'),
	};
	for (size_t i = 0; i < sizeof(joining) / sizeof(*joining); i++)
		if (table(f, joining[i]).n > 0)
			return false;
	if (!is_for_vertical(table(f, HB_TAG('m', 'o', 'r', 't'))))
		return false;
	hb_shape_plan_t *plan = hb_shape_plan_create_cached(f->face, props, NULL, 0, NULL);
	bool some = has_lookups(plan);
	hb_shape_plan_destroy(plan);
	return !some;
}

bool font_leaves_alone(struct font *f, hb_script_t script, hb_language_t lang)
{
	for (const struct font_text *t = f->texts; t; t = t->next)
		if (t->script == script && t->lang == lang)
			return t->left_alone;
	hb_segment_properties_t props = {.direction = HB_DIRECTION_LTR, .script = script, .language = lang};
	struct font_text *t = ARENA_NEW(f->set->arena, struct font_text);
	*t = (struct font_text){f->texts, script, lang, leaves_alone(f, &props)};
	f->texts = t;
	return t->left_alone;
}
