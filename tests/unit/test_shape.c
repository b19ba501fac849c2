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

static void test_ligature_is_one_cluster(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	text_of(&f, text_style(&f, text_face(&f, "b", "", "")), "afib");
	assert_int_equal(f.s.n, 3);
	assert_int_equal(f.s.clusters[1].length, 2);
	assert_int_equal(f.s.clusters[1].n_glyphs, 1);
	assert_int_equal(f.s.clusters[1].width, EM);
	expect_whole(&f);
	/* Not across a change of style. */
	struct style *style = text_style(&f, text_face(&f, "b", "", ""));
	f.items = f.last = NULL;
	text_add(&f, INLINE_TEXT, style, "f");
	text_add(&f, INLINE_TEXT, style, "i");
	text_run(&f, true);
	assert_int_equal(f.s.n, 2);
	text_close(&f);
}

static void test_kerning(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	text_of(&f, text_style(&f, text_face(&f, "c", "", "")), "AVA");
	assert_int_equal(f.s.clusters[0].width, unit_muldiv(400, EM, 1000)); /* 500 - 100 */
	assert_int_equal(f.s.clusters[1].width, EM / 2);
	text_close(&f);
}

/* Noto sets —— as one glyph of two em: still a dash, still the text of two. */
static void test_long_dash(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	char *path = text_path(&f, "fonts", "NotoSerifCJK-Regular.ttc");
	assert_true(file_exists(path)); /* make fonts */
	struct face *face = ARENA_NEW(f.a, struct face);
	text_add_family(&f, &face->han, text_family(&f, path, 2));
	text_of(&f, text_style(&f, face), "甲——乙—丙");
	assert_int_equal(f.s.n, 5);
	assert_int_equal(f.s.clusters[1].length, 6);
	assert_int_equal(f.s.clusters[1].width, 2 * EM);
	assert_int_equal(f.s.clusters[1].cls, HAN_DASH);
	assert_int_equal(f.s.clusters[3].cls, HAN_CONNECTOR);
	text_close(&f);
}

static void test_marks_stay_with_their_base(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	struct style *style = text_style(&f, text_face(&f, "c", "", "b"));
	text_of(&f, style, "ae\u0301b"); /* only b has the composed letter */
	assert_int_equal(f.s.n, 3);
	expect_fonts(&f, "cbc");
	assert_int_equal(f.s.clusters[1].length, 3);
	assert_int_equal(f.s.clusters[1].n_glyphs, 1);
	/* A variant the font does not have is set as the base. */
	text_of(&f, text_style(&f, text_face(&f, "a", "", "")), "葛\U000E0100县");
	assert_int_equal(f.s.n, 2);
	assert_int_equal(f.s.clusters[0].length, 7);
	assert_int_equal(f.s.clusters[0].n_glyphs, 1);
	assert_int_equal(f.s.clusters[0].width, EM);
	assert_true(f.s.glyphs[0].id != 0);
	expect_whole(&f);
	text_close(&f);
}

/* Characters that a font may lack without missing them. */
static void test_stand_ins(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	struct style *style = text_style(&f, text_face(&f, "c", "", ""));
	text_of(&f, style, "a\u00a0b\u2011c-");
	assert_int_equal(f.s.n, 6);
	assert_int_equal(f.s.clusters[1].width, EM / 2);
	assert_int_equal(f.s.glyphs[f.s.clusters[3].glyph].id, f.s.glyphs[f.s.clusters[5].glyph].id);
	text_of(&f, style, "a\u3000b\tc");
	assert_int_equal(f.s.clusters[1].width, EM);
	assert_int_equal(f.s.clusters[3].width, EM / 2);
	expect_whole(&f);
	text_close(&f);
}

static void test_format_characters(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	text_of(&f, text_style(&f, text_face(&f, "a", "", "")), "\ufeff召\u200b开\u2060会\u200d\u202a");
	/*                                                        0     1 2     3 4     5       6 */
	assert_int_equal(f.s.n, 7);
	static const uint8_t glyphs[] = {0, 1, 0, 1, 0, 1, 0};
	for (size_t i = 0; i < f.s.n; i++) {
		assert_int_equal(f.s.clusters[i].n_glyphs, glyphs[i]);
		assert_int_equal(f.s.clusters[i].width, glyphs[i] ? EM : 0);
	}
	assert_int_equal(f.s.clusters[5].length, 6);
	expect_whole(&f);
	text_close(&f);
}

static void test_family_scale(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	struct face *face = text_face(&f, "a", "", "");
	struct family *c = text_family(&f, text_path(&f, "testfonts", "tiny-c.otf"), 0);
	c->scale = 1500000;
	text_add_family(&f, &face->latin, c);
	text_of(&f, text_style(&f, face), "召A");
	assert_int_equal(f.s.clusters[0].size, EM);
	assert_int_equal(f.s.clusters[1].size, EM * 3 / 2);
	assert_int_equal(f.s.clusters[1].width, EM * 3 / 4);
	text_close(&f);
}

/* ---- what is not text ---- */

static void expect_before(const struct text_fixture *f, size_t i, enum break_kind want)
{
	assert_true(i < f->s.n);
	assert_int_equal(f->s.clusters[i].before, want);
}

static void test_breaks(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	struct style *style = text_style(&f, text_face(&f, "a", "", ""));
	text_add(&f, INLINE_TEXT, style, "召开");
	text_add(&f, INLINE_BR, style, "");
	text_add(&f, INLINE_TEXT, style, "，会"); /* no prohibition is stronger than a <br/> */
	text_add(&f, INLINE_BR, style, "");
	text_add(&f, INLINE_BR, style, "");
	text_add(&f, INLINE_TEXT, style, "议");
	text_add(&f, INLINE_BR, style, "");
	text_run(&f, true);
	/* 召开 ，会 (empty line) 议: the one at the end ends the last line and begins none. */
	assert_int_equal(f.s.n, 6);
	expect_before(&f, 2, BREAK_MUST);
	expect_before(&f, 4, BREAK_MUST);
	assert_null(f.s.clusters[4].font);
	assert_int_equal(f.s.clusters[4].width, 0);
	expect_before(&f, 5, BREAK_MUST);
	assert_true(f.s.clusters[1].before != BREAK_MUST);
	text_close(&f);
}

static void test_objects(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	struct style *style = text_style(&f, text_face(&f, "a", "", ""));
	text_add(&f, INLINE_TEXT, style, "召");
	text_add(&f, INLINE_SPACE, style, "")->width = 2 * EM;
	struct inline_item *trailer = text_add(&f, INLINE_TRAILER, style, "");
	trailer->first = text_new_item(&f, INLINE_TEXT, style, "责任科室");
	text_add(&f, INLINE_LEADER, style, "");
	text_add(&f, INLINE_TEXT, style, "开");
	text_run(&f, true);
	assert_int_equal(f.s.n, 4);
	expect_fonts(&f, "a..a");
	assert_int_equal(f.s.clusters[1].cls, HAN_OBJECT);
	assert_int_equal(f.s.clusters[1].width, 2 * EM);
	assert_int_equal(f.s.clusters[1].n_glyphs, 0);
	assert_int_equal(f.s.clusters[2].item->kind, INLINE_LEADER);
	assert_int_equal(f.s.text.n, 6);
	text_close(&f);
}

static void shape_spread(struct text_fixture *f, const char *text, emu width)
{
	struct style *style = text_style(f, text_face(f, "a", "", ""));
	f->items = f->last = NULL;
	text_add(f, INLINE_TEXT, style, "请");
	struct inline_item *spread = text_add(f, INLINE_SPREAD, style, "");
	spread->width = width;
	spread->first = text_new_item(f, INLINE_TEXT, style, text);
	text_add(f, INLINE_TEXT, style, "到");
	text_run(f, true);
}

static void test_spread(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	shape_spread(&f, "朱东", 3 * EM);
	assert_int_equal(f.s.n, 4);
	assert_int_equal(f.s.clusters[1].width, 2 * EM);
	assert_int_equal(f.s.clusters[2].width, EM);
	expect_before(&f, 2, BREAK_NO);
	/* A width that does not divide evenly still comes out exactly. */
	shape_spread(&f, "联系人员", 5 * EM + 1);
	emu sum = 0;
	for (size_t i = 1; i < 5; i++)
		sum += f.s.clusters[i].width;
	assert_int_equal(sum, 5 * EM + 1);
	assert_int_equal(f.s.clusters[4].width, EM);
	/* Too narrow: natural. */
	shape_spread(&f, "联系人员", 3 * EM);
	assert_int_equal(f.s.clusters[1].width, EM);
	/* One character has no gap: the room is behind it. */
	shape_spread(&f, "东", 2 * EM);
	assert_int_equal(f.s.clusters[1].width, 2 * EM);
	text_close(&f);
}

/* ---- what no font has ---- */

static void test_missing(void **state)
{
	static const char record[] = "<p>\n甲龘乙<b>再龘</b>来龘</p>\n";
	struct text_fixture f;
	struct place place;
	(void)state;
	text_open(&f);
	uint32_t source = source_add(&f.t, STR("plan.xml"), str_of(record));
	struct style *style = text_style(&f, text_face(&f, "a", "c", "b"));
	text_add(&f, INLINE_TEXT, style, "甲乙")->loc = loc_at(source, 4);
	text_add(&f, INLINE_TEXT, style, "再龘")->loc =
		loc_at(source, (uint32_t)(strstr(record, "再") - record));
	text_add(&f, INLINE_TEXT, style, "来龘")->loc =
		loc_at(source, (uint32_t)(strstr(record, "来") - record));
	text_run(&f, false);
	assert_int_equal(f.d.n, 1);
	assert_string_equal(diag_word(f.d.list[0].code), "glyph-missing");
	assert_int_equal(f.d.list[0].repeats, 1);
	assert_string_equal(f.d.list[0].args[0], "龘");
	assert_string_equal(f.d.list[0].args[1], "U+9F98");
	assert_string_equal(f.d.list[0].args[2], "tiny-a.otf, tiny-c.otf, tiny-b.ttf");
	assert_true(source_place(&f.t, f.d.list[0].loc, &place));
	assert_int_equal(place.line, 2);
	assert_int_equal(place.column, 8); /* 甲龘乙<b>再龘 */
	expect_fonts(&f, "aaaaaa");
	assert_int_equal(f.s.glyphs[f.s.clusters[3].glyph].id, 0);
	text_close(&f);
}

/* The second of two: found by counting, not by the first one seen. */
static void test_missing_place_counts(void **state)
{
	struct text_fixture f;
	struct place place;
	(void)state;
	text_open(&f);
	uint32_t source = source_add(&f.t, STR("plan.xml"), STR("<p>e\xcc\x81x e\xcc\x82</p>"));
	struct style *style = text_style(&f, text_face(&f, "b", "", ""));
	text_add(&f, INLINE_TEXT, style, "e\u0301x e\u0302")->loc = loc_at(source, 3);
	text_run(&f, false);
	assert_int_equal(f.d.n, 1);
	/* The letter is there and the mark is not: the mark is what is missing. */
	assert_string_equal(f.d.list[0].args[1], "U+0302");
	assert_true(source_place(&f.t, f.d.list[0].loc, &place));
	assert_int_equal(place.column, 9);
	text_close(&f);
}

/* A character reference, and an attribute of the record. */
static void test_missing_place_as_written(void **state)
{
	static const char record[] = "<p n='甲龘'>乙<!-- 龘 -->甲&#x9F98;</p>";
	struct text_fixture f;
	struct place place;
	(void)state;
	for (int attribute = 0; attribute < 2; attribute++) {
		text_open(&f);
		uint32_t source = source_add(&f.t, STR("plan.xml"), str_of(record));
		struct style *style = text_style(&f, text_face(&f, "a", "", ""));
		text_add(&f, INLINE_TEXT, style, attribute ? "甲龘" : "乙甲龘")->loc = 
				loc_at(source, attribute ? 3 : (uint32_t)(strstr(record, "乙") - record));
		text_run(&f, false);
		assert_int_equal(f.d.n, 1);
		assert_true(source_place(&f.t, f.d.list[0].loc, &place));
		assert_int_equal(place.column, attribute ? 8 : 23);
		text_close(&f);
	}
}

/* Families of one role stand for each other; that none of them is there is said once. */
static void test_substituted(void **state)
{
	static const struct {
		const char *han, *latin, *fallback, *role, *listed, *in;
	} all[] = {
		{"-a", "-c", "b", NULL, NULL, NULL},
		{"-", "c", "a", "fangsong", "tiny-c.otf", "tiny-a.otf"},
		{"a", "-", "b", "face (Latin)", "tiny-c.otf", "tiny-a.otf"},
		{"a", "", "b", NULL, NULL, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct text_fixture f;
		struct buf b = {NULL, 0, 0};
		text_open(&f);
		struct face *face = text_face(&f, all[i].han, all[i].latin, all[i].fallback);
		face->name = STR("face");
		for (int twice = 0; twice < 2; twice++) {
			f.items = f.last = NULL;
			text_add(&f, INLINE_TEXT, text_style(&f, face), "甲x乙");
			text_run(&f, !all[i].role);
		}
		if (all[i].role) {
			assert_int_equal(f.d.n, 1);
			assert_int_equal(f.d.list[0].repeats, 0);
			assert_int_equal(diag_severity_of(f.d.list[0].code), SEVERITY_WARNING);
			diag_sentence(&f.d.list[0], LANG_EN, &b);
			buf_char(&b, 0);
			assert_string_equal(b.p, arena_printf(f.a, "no family of the face role \"%s\" is present (listed: %s); set in %s",
							      all[i].role, all[i].listed, all[i].in));
			buf_free(&b);
		}
		text_close(&f);
	}
}

static void test_no_font_at_all(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	text_add(&f, INLINE_TEXT, text_style(&f, text_face(&f, "-", "-", "")), "召");
	assert_false(text_shape(&f.d, f.a, f.set, f.items, &f.s));
	assert_int_equal(f.d.n, 1);
	assert_string_equal(diag_word(f.d.list[0].code), "font-none");
	assert_int_equal(f.s.n, 0);
	text_close(&f);
}

static void test_nothing_to_shape(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	text_run(&f, true);
	assert_int_equal(f.s.n, 0);
	text_of(&f, text_style(&f, text_face(&f, "a", "", "")), "");
	assert_int_equal(f.s.n, 0);
	text_close(&f);
}

static void test_dump(void **state)
{
	struct text_fixture f;
	struct buf out = {NULL, 0, 0};
	char want[500];
	(void)state;
	text_open(&f);
	struct style *style = text_style(&f, text_face(&f, "a", "c", ""));
	text_add(&f, INLINE_TEXT, style, "召4。");
	text_add(&f, INLINE_SPACE, style, "")->width = 5 * EMU_PT / 2;
	text_run(&f, true);
	text_dump(&f.s, NULL, &out);
	const struct glyph *g = f.s.glyphs;
	snprintf(want, sizeof(want),
	         "font 1 GenpdfTinyA\nfont 2 GenpdfTinyC\n"
	         "    0   \"召\" ideograph f1/16 w16 g%u\n"
	         "    1 | \"4\" digit f2/16 w8 gap4 g%u\n"
	         "    2   \"。\" stop f1/16 w16 end8 g%u\n"
	         "    3   \"\" object w2.5\n", g[0].id, g[1].id, g[2].id);
	buf_char(&out, '\0');
	assert_string_equal(out.p, want);
	buf_free(&out);
	text_close(&f);
}

/* ---- marks in the middle of their em ---- */

/* In thousandths of an em, a letter a cluster: start and end. */
static void expect_blanks(const struct text_fixture *f, const int *want)
{
	for (size_t i = 0; i < f->s.n; i++) {
		const struct cluster *c = &f->s.clusters[i];
		if (c->blank_start * 1000 != want[2 * i] * EM || c->blank_end * 1000 != want[2 * i + 1] * EM)
			fail_msg("cluster %zu: %d %d", i, (int)(c->blank_start * 1000 / EM), (int)(c->blank_end * 1000 / EM));
	}
}

static void test_marks_by_ink(void **state)
{
	static const int corner[] = {0, 0, 0, 500, 0, 500, 500, 0, 0, 500, 500, 0, 0, 500};
	/* A quarter em at most, and no more than is blank: ？ of D has 0.2 on each side. Brackets with their ink in a half keep
	 * the other; those in the middle give on both sides. */
	static const int middle[] = {0, 0, 250, 250, 200, 200, 250, 250, 250, 250, 500, 0, 0, 500};
	struct text_fixture f;
	(void)state;
	text_open(&f);
	text_of(&f, text_style(&f, text_face(&f, "a", "", "")), "中，？（）「」");
	expect_blanks(&f, corner);
	text_of(&f, text_style(&f, text_face(&f, "da", "", "")), "中，？（）「」");
	expect_fonts(&f, "adddddd");
	expect_blanks(&f, middle);
	text_close(&f);
}

static void test_pairs_by_ink(void **state)
{
	struct text_fixture f;
	struct style *style;
	(void)state;
	text_open(&f);
	f.rules.pairs = true;
	style = text_style(&f, text_face(&f, "da", "", ""));
	/* A mark in the middle gives its end alone: 0.25, and not the half em that its ink reaches into. */
	text_of(&f, style, "。」中");
	assert_int_equal(f.s.clusters[0].width * 4, EM * 3);
	assert_int_equal(f.s.clusters[0].blank_start * 4, EM);
	assert_int_equal(f.s.clusters[1].width, EM);
	text_of(&f, style, "」。中");
	assert_int_equal(f.s.clusters[0].width * 2, EM);
	assert_int_equal(f.s.clusters[1].width, EM);
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
		cmocka_unit_test(test_ligature_is_one_cluster),
		cmocka_unit_test(test_kerning),
		cmocka_unit_test(test_long_dash),
		cmocka_unit_test(test_marks_stay_with_their_base),
		cmocka_unit_test(test_stand_ins),
		cmocka_unit_test(test_format_characters),
		cmocka_unit_test(test_family_scale),
		cmocka_unit_test(test_breaks),
		cmocka_unit_test(test_objects),
		cmocka_unit_test(test_spread),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_missing_place_counts),
		cmocka_unit_test(test_missing_place_as_written),
		cmocka_unit_test(test_substituted),
		cmocka_unit_test(test_no_font_at_all),
		cmocka_unit_test(test_nothing_to_shape),
		cmocka_unit_test(test_dump),
		cmocka_unit_test(test_marks_by_ink),
		cmocka_unit_test(test_pairs_by_ink),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
