/* Text to clusters and glyphs: which font, which size, which cluster, and what is said when no font has it. */
#include "text_fixture.h"

#define EM (16 * EMU_PT)

/* Name of the font of cluster i: "a", "b", "c". */
static char font_of(const struct text_fixture *f, size_t i)
{
	assert_true(i < f->s.n);
	struct str file = font_info(f->s.clusters[i].font)->file;
	return file.p[file.n - 5];
}

/* The fonts of all clusters as one word, "." for those without. */
static void expect_fonts(const struct text_fixture *f, const char *want)
{
	char got[100] = "";
	for (size_t i = 0; i < f->s.n && i < sizeof(got) - 1; i++)
		got[i] = f->s.clusters[i].font ? font_of(f, i) : '.';
	assert_string_equal(got, want);
}

/* Clusters follow each other in the text, and their glyphs in the glyphs. */
static void expect_whole(const struct text_fixture *f)
{
	size_t text = 0, glyph = 0;
	for (size_t i = 0; i < f->s.n; i++) {
		const struct cluster *c = &f->s.clusters[i];
		emu width = 0;
		assert_int_equal(c->text, text);
		assert_int_equal(c->glyph, glyph);
		text += c->length;
		glyph += c->n_glyphs;
		for (size_t k = c->glyph; k < glyph; k++)
			width += f->s.glyphs[k].advance;
		if (c->font)
			assert_int_equal(c->width, width);
	}
	assert_int_equal(text, f->s.text.n);
	assert_int_equal(glyph, f->s.n_glyphs);
}

static void test_one_font(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	text_of(&f, text_style(&f, text_face(&f, "a", "", "")), "召开2次会议。");
	assert_int_equal(f.s.n, 7);
	expect_fonts(&f, "aaaaaaa");
	expect_whole(&f);
	assert_int_equal(f.s.clusters[0].width, EM);
	assert_int_equal(f.s.clusters[2].width, EM / 2);
	assert_int_equal(f.s.clusters[2].cp, '2');
	assert_int_equal(f.s.clusters[6].width, EM);
	assert_int_equal(font_number(f.s.clusters[0].font), 1);
	assert_true(f.s.glyphs[0].id != f.s.glyphs[1].id);
	text_close(&f);
}

static void test_latin_from_its_own_list(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	text_of(&f, text_style(&f, text_face(&f, "a", "c", "")), "见 GB/T 9704（2012）。");
	/*                                                        见 ␣GB/T␣9704 （ 2012 ）。 */
	expect_fonts(&f, "a" "cccccccccc" "a" "cccc" "aa");
	expect_whole(&f);
	/* What the Latin list lacks comes from the Chinese one, and the other way about. */
	text_of(&f, text_style(&f, text_face(&f, "c", "a", "")), "A召");
	expect_fonts(&f, "aa");
	text_close(&f);
}

static void test_fallback_by_cluster(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	text_of(&f, text_style(&f, text_face(&f, "a", "c", "b")), "𠮷召𠀋A");
	expect_fonts(&f, "babc");
	assert_int_equal(f.s.clusters[0].length, 4);
	assert_int_equal(f.s.clusters[0].cp, 0x20bb7);
	/* Numbers are given in order of first use. */
	assert_int_equal(font_number(f.s.clusters[0].font), 1);
	assert_int_equal(font_number(f.s.clusters[1].font), 2);
	assert_int_equal(font_number(f.s.clusters[3].font), 3);
	text_close(&f);
}

static void test_absent_families_are_no_news(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	text_of(&f, text_style(&f, text_face(&f, "-a", "-c", "")), "召A");
	expect_fonts(&f, "ac");
	text_close(&f);
}

/* “ ” ’ — · are Chinese in Chinese text; Latin between letters; the other way about in English. */
static void test_shared_marks(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	struct face *face = text_face(&f, "a", "b", "");
	struct style *style = text_style(&f, face);
	static const struct { const char *lang, *text, *fonts; } cases[] = {
		{"zh-Hans", "“召”", "aaa"},
		{"", "“召”", "aaa"},
		{"zh-Hans", "用“A”召", "aabaa"},
		{"zh-Hans", "“A”", "aba"},
		{"zh-Hans", "召——A", "aaab"},
		{"zh-Hans", "A——B", "bbbb"},
		{"zh-Hans", "A·B", "bbb"},
		{"zh-Hans", "1—2", "bab"},            /* a digit is no letter */
		{"zh-Hans", "A’s", "bbb"},
		{"zh-Hans", "A “B” C召", "bbbbbbba"},
		{"zh-Hans", "A “B”召", "bbabaa"},   /* one of the pair is Chinese: both are */
		{"zh-Hans", "……", "aa"},
		{"en", "“A” B", "bbbbb"},
		{"en", "“召” B", "babbb"},
		{"en", "召“召", "aaa"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		style->lang = str_of(cases[i].lang);
		text_of(&f, style, cases[i].text);
		expect_fonts(&f, cases[i].fonts);
	}
	text_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_font),
		cmocka_unit_test(test_latin_from_its_own_list),
		cmocka_unit_test(test_fallback_by_cluster),
		cmocka_unit_test(test_absent_families_are_no_news),
		cmocka_unit_test(test_shared_marks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
