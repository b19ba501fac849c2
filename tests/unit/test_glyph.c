/* The table of glyphs that stands in for HarfBuzz where a font leaves text alone: what text_shape gives is what
 * HarfBuzz itself gives, glyph for glyph, in fonts where the table may be used and in fonts where it may not. Real fonts
 * of build/fonts are asked when they are there. */
#include "text_fixture.h"

#include <hb.h>
#include <hb-ot.h>

enum { CHUNK = 300 /* characters of a paragraph */ };

struct judge {
	hb_face_t *face;
	hb_font_t *font;
	int upem;
};

static bool judge_open(struct judge *j, const char *path, int index)
{
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
	if (!blob)
		return false;
	j->face = hb_face_create(blob, (unsigned)index);
	hb_blob_destroy(blob);
	j->font = hb_font_create(j->face);
	j->upem = (int)hb_face_get_upem(j->face);
	return true;
}

static void judge_close(struct judge *j)
{
	hb_font_destroy(j->font);
	hb_face_destroy(j->face);
}

/* The paragraph of the fixture, all of it one run of that script, against HarfBuzz. */
static void compare(struct text_fixture *f, const struct judge *j, struct str text, hb_script_t script)
{
	static const hb_feature_t no_kerning = {HB_TAG('k', 'e', 'r', 'n'), 0, 0, (unsigned)-1};
	hb_buffer_t *b = hb_buffer_create();
	unsigned n;
	emu size = 16 * EMU_PT;
	hb_buffer_set_direction(b, HB_DIRECTION_LTR);
	hb_buffer_set_script(b, script);
	hb_buffer_set_language(b, hb_language_from_string("zh-Hans", -1));
	hb_buffer_set_flags(b, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_buffer_add_utf8(b, text.p, (int)text.n, 0, (int)text.n);
	hb_shape(j->font, b, &no_kerning, script == HB_SCRIPT_HAN);
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
	const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(b, NULL);
	assert_int_equal(f->s.n_glyphs, n);
	for (unsigned i = 0; i < n; i++) {
		const struct glyph *g = &f->s.glyphs[i];
		assert_int_equal(g->id, info[i].codepoint);
		assert_int_equal(g->advance, unit_muldiv(pos[i].x_advance, size, j->upem));
		assert_int_equal(g->dx, unit_muldiv(pos[i].x_offset, size, j->upem));
		assert_int_equal(g->dy, -unit_muldiv(pos[i].y_offset, size, j->upem));
	}
	hb_buffer_destroy(b);
}

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

/* A paragraph of characters that the font has, out of these ranges, in no order. */
static struct str random_text(struct text_fixture *f, const struct judge *j, const uint32_t (*ranges)[2], size_t n,
			      uint32_t *state)
{
	char *p = arena_alloc(f->a, 4 * CHUNK + 1);
	struct str out = {p, 0};
	for (int tries = 0, got = 0; got < CHUNK && tries < 20 * CHUNK; tries++) {
		const uint32_t *r = ranges[next_random(state) % n];
		uint32_t cp = r[0] + next_random(state) % (r[1] - r[0] + 1);
		hb_codepoint_t glyph;
		if (!hb_font_get_nominal_glyph(j->font, cp, &glyph) || glyph == 0)
			continue;
		out.n += (size_t)utf8_put(cp, p + out.n);
		got++;
	}
	return out;
}

/* 20 paragraphs of Chinese, 20 of Latin. */
static void try_font(const char *folder, const char *file, int index)
{
	static const uint32_t han[][2] = {
		{0x4e00, 0x9fff}, {0x3001, 0x3011}, {0xff01, 0xff5e}, {0x4e00, 0x9fff}, {0x3400, 0x4dbf}, {0x20000, 0x2a6df},
		{0xf900, 0xfad9},
	};
	static const uint32_t latin[][2] = {{'!', '~'}, {'A', 'Z'}, {'a', 'z'}, {'0', '9'}};
	struct text_fixture f;
	struct judge j;
	uint32_t state = 1;
	text_open(&f);
	const char *path = text_path(&f, folder, file);
	if (!judge_open(&j, path, index)) {
		print_message("no %s\n", path);
		text_close(&f);
		return;
	}
	struct face *face = ARENA_NEW(f.a, struct face);
	face->role = STR("fangsong");
	text_add_family(&f, &face->han, text_family(&f, path, index));
	const struct style *style = text_style(&f, face);
	for (int i = 0; i < 40; i++) {
		bool chinese = i % 2;
		struct str text = chinese ? random_text(&f, &j, han, 7, &state) : random_text(&f, &j, latin, 4, &state);
		if (text.n == 0)
			continue;
		text_of(&f, style, text.p);
		compare(&f, &j, text, chinese ? HB_SCRIPT_HAN : HB_SCRIPT_LATIN);
	}
	judge_close(&j);
	text_close(&f);
}

static void test_tiny(void **state)
{
	(void)state;
	try_font("testfonts", "tiny-a.otf", 0);
	try_font("testfonts", "tiny-b.ttf", 0); /* a ligature */
	try_font("testfonts", "tiny-c.otf", 0); /* kerning */
}

static void test_real(void **state)
{
	(void)state;
	try_font("fonts", "FandolFang-Regular.otf", 0);
	try_font("fonts", "FandolSong-Bold.otf", 0);
	try_font("fonts", "gbsn00lp.ttf", 0); /* mort for vertical lines */
	try_font("fonts", "cwfs.ttf", 0);
	try_font("fonts", "HanaMinA.ttf", 0);
	try_font("fonts", "LiberationSerif-Regular.ttf", 0); /* kern, GPOS */
	try_font("fonts", "NotoSerifCJK-Regular.ttc", 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tiny),
		cmocka_unit_test(test_real),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
