/* Faces of font files: what they say of themselves, what is refused, and that a subset draws what the original
 * draws. Real fonts of build/fonts are looked at when they are there. */
#include "text_fixture.h"

#include <unistd.h>

#include <ft2build.h>
#include FT_FREETYPE_H

#include "base/sha256.h"

static struct font *open_one(struct text_fixture *f, const struct family *family)
{
	struct face *face = ARENA_NEW(f->a, struct face);
	face->role = STR("fangsong");
	text_add_family(f, &face->han, family);
	f->items = f->last = NULL;
	text_add(f, INLINE_TEXT, text_style(f, face), "1");
	return text_shape(&f->d, f->a, f->set, f->items, &f->s) ? f->s.clusters[0].font : NULL;
}

static struct font *open_tiny(struct text_fixture *f, const char *file)
{
	struct font *font = open_one(f, text_family(f, text_path(f, "testfonts", file), 0));
	assert_non_null(font);
	return font;
}

/* ---- what a font says ---- */

static void test_info(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	const struct font_info *a = font_info(open_tiny(&f, "tiny-a.otf"));
	assert_int_equal(a->format, FONT_CFF_CID);
	assert_int_equal(a->upem, 1000);
	assert_true(str_is(a->ps_name, "GenpdfTinyA"));
	assert_true(str_is(a->family, "Genpdf Tiny A"));
	assert_true(str_is(a->version, "Version 1.000"));
	assert_true(str_is(a->licence, "MIT"));
	assert_int_equal(a->ascent, 880);
	assert_int_equal(a->descent, -120);
	assert_int_equal(a->bbox[0], 40);
	assert_int_equal(a->bbox[1], -80);
	assert_int_equal(a->bbox[2], 960);
	assert_int_equal(a->bbox[3], 840);
	assert_int_equal(a->cap_height, 840);
	assert_int_equal(a->italic_angle, 0);
	assert_int_equal(a->fs_type, 0);
	assert_true(a->n_glyphs > 6763); /* all of GB 2312 */
	assert_int_equal(font_info(open_tiny(&f, "tiny-b.ttf"))->format, FONT_GLYF);
	assert_int_equal(font_info(open_tiny(&f, "tiny-c.otf"))->format, FONT_CFF_NAMED);
	text_close(&f);
}

static void test_glyphs(void **state)
{
	struct text_fixture f;
	struct ink ink;
	(void)state;
	text_open(&f);
	struct font *a = open_tiny(&f, "tiny-a.otf");
	text_of(&f, f.items->style, "召A ");
	uint32_t han = f.s.glyphs[0].id, latin = f.s.glyphs[1].id, space = f.s.glyphs[2].id;
	assert_int_equal(font_advance(a, han), 1000);
	assert_int_equal(font_advance(a, latin), 500);
	/* make.py: CID = 2 x glyph + 7 */
	assert_int_equal(font_cid(a, han), 2 * han + 7);
	struct font *c = open_tiny(&f, "tiny-c.otf");
	assert_int_equal(font_cid(c, 5), 5);
	/* The frame of an ideograph is 40 … 960, -80 … 840; y goes down here. */
	assert_true(font_ink(a, han, 10 * EMU_PT, &ink));
	assert_int_equal(ink.x0, 5080);
	assert_int_equal(ink.x1, 121920);
	assert_int_equal(ink.y0, -106680);
	assert_int_equal(ink.y1, 10160);
	assert_false(font_ink(a, space, 10 * EMU_PT, &ink));
	text_close(&f);
}

/* ---- subsets ---- */

static void expect_same_outline(FT_Face one, FT_UInt i, FT_Face two, FT_UInt k, int advance)
{
	assert_int_equal(FT_Load_Glyph(one, i, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING), 0);
	assert_int_equal(FT_Load_Glyph(two, k, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING), 0);
	const FT_Outline *a = &one->glyph->outline, *b = &two->glyph->outline;
	assert_int_equal(advance, two->glyph->advance.x);
	assert_int_equal(a->n_points, b->n_points);
	assert_int_equal(a->n_contours, b->n_contours);
	if (a->n_points == 0)
		return;
	assert_memory_equal(a->points, b->points, (size_t)a->n_points * sizeof(*a->points));
	assert_memory_equal(a->contours, b->contours, (size_t)a->n_contours * sizeof(*a->contours));
	for (int p = 0; p < a->n_points; p++) /* the upper bits are hints of the rasteriser */
		assert_int_equal(a->tags[p] & 3, b->tags[p] & 3);
}

/* Each glyph with its own advance, then every other one again, once wider and once narrower. */
static size_t slots_of(struct text_fixture *f, struct font *font, const uint32_t *glyphs, size_t n, struct font_slot **out)
{
	struct font_slot *slots = ARENA_ARRAY(f->a, 3 * n, struct font_slot);
	size_t all = 0;
	for (size_t i = 0; i < n; i++)
		slots[all++] = (struct font_slot){glyphs[i], font_advance(font, glyphs[i]), true};
	for (size_t i = 1; i < n; i += 2) {
		slots[all++] = (struct font_slot){glyphs[i], font_advance(font, glyphs[i]) + 250 + (int)i, false};
		slots[all++] = (struct font_slot){glyphs[i], font_advance(font, glyphs[i]) / 2, false};
	}
	*out = slots;
	return all;
}

/* Cut the font down to glyphs; every slot must have the outline of its glyph and the advance asked for, under the number the
 * program says. */
static void expect_good_subset(struct text_fixture *f, struct font *font, const uint32_t *glyphs, size_t n)
{
	FT_Library library;
	FT_Face whole, part;
	struct font_program program;
	struct font_slot *slots;
	const struct font_info *info = font_info(font);
	int index = strstr(info->file.p, ".ttc") ? 2 : 0;
	size_t all = slots_of(f, font, glyphs, n, &slots);
	assert_true(font_subset(&f->d, f->a, font, slots, all, &program));
	assert_int_equal(f->d.n, 0);
	assert_int_equal(program.format, info->format);
	assert_int_equal(FT_Init_FreeType(&library), 0);
	assert_int_equal(FT_New_Face(library, info->file.p, index, &whole), 0);
	assert_int_equal(FT_New_Memory_Face(library, (const FT_Byte *)program.bytes.p, (FT_Long)program.bytes.n, 0,
	                                    &part), 0);
	assert_true(program.bytes.n < whole->stream->size);
	/* CFF: slot, glyph and CID are one; nothing but the slots is there. */
	if (program.format != FONT_GLYF)
		assert_int_equal(part->num_glyphs, all);
	for (size_t i = 0; i < all; i++)
		expect_same_outline(whole, slots[i].glyph, part, program.format == FONT_GLYF ? program.new_glyph[i] : (FT_UInt)i,
		                    slots[i].advance);
	FT_Done_Face(part);
	FT_Done_Face(whole);
	FT_Done_FreeType(library);
}

/* .notdef and the glyphs of a text, ascending, each once. */
static size_t glyphs_of(struct text_fixture *f, struct font *font, const char *text, uint32_t *out, size_t room)
{
	size_t n = 1;
	out[0] = 0;
	text_of(f, f->items->style, text);
	for (size_t i = 0; i < f->s.n_glyphs; i++) {
		uint32_t id = f->s.glyphs[i].id;
		size_t at = 0;
		assert_ptr_equal(f->s.clusters[0].font, font);
		while (at < n && out[at] < id)
			at++;
		if (at < n && out[at] == id)
			continue;
		assert_true(n < room);
		memmove(out + at + 1, out + at, (n - at) * sizeof(*out));
		out[at] = id;
		n++;
	}
	return n;
}

static const char sample[] = "0123456789 ABCXYZabcfixyz.,()%-/各镇、街道办事处，县直有关单位：为做好二月份重点工作，"
                             "“责任到人”（含分管领导）；召开！吗？《办法》——……全面推进乡村振兴";

static void test_subsets(void **state)
{
	static const char *const files[] = {"tiny-a.otf", "tiny-b.ttf"};
	struct text_fixture f;
	uint32_t glyphs[200];
	(void)state;
	text_open(&f);
	for (size_t i = 0; i < 2; i++) {
		struct font *font = open_tiny(&f, files[i]);
		expect_good_subset(&f, font, glyphs, glyphs_of(&f, font, sample, glyphs, 200));
	}
	struct font *font = open_tiny(&f, "tiny-c.otf");
	expect_good_subset(&f, font, glyphs, glyphs_of(&f, font, "fiAVmw .", glyphs, 200));
	/* Composites bring their parts along. */
	font = open_tiny(&f, "tiny-b.ttf");
	expect_good_subset(&f, font, glyphs, glyphs_of(&f, font, "é", glyphs, 200));
	/* .notdef alone is a font too. */
	expect_good_subset(&f, font, glyphs, 1);
	text_close(&f);
}

static void test_real_fonts(void **state)
{
	static const char *const files[] = {"FandolFang-Regular.otf", "FandolKai-Regular.otf", "gbsn00lp.ttf",
	                                    "NotoSerifCJK-Regular.ttc", "LiberationSerif-Regular.ttf"};
	struct text_fixture f;
	uint32_t glyphs[200];
	(void)state;
	text_open(&f);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		char *path = text_path(&f, "fonts", files[i]);
		assert_true(file_exists(path)); /* make fonts */
		struct font *font = open_one(&f, text_family(&f, path, strstr(path, ".ttc") ? 2 : 0));
		assert_non_null(font);
		const char *text = strstr(path, "Liberation") ? "Office fi AVAST 0123 éü" : sample;
		expect_good_subset(&f, font, glyphs, glyphs_of(&f, font, text, glyphs, 200));
	}
	text_close(&f);
}

/* The faces of the published monthly plan: every character of ASCII is half an em. */
static void test_half_width_face(void **state)
{
	struct text_fixture f;
	char ascii[96] = "";
	(void)state;
	text_open(&f);
	char *path = text_path(&f, "fonts", "gbsn00lp.ttf");
	assert_true(file_exists(path)); /* make fonts */
	open_one(&f, text_family(&f, path, 0));
	for (int i = 0; i < 95; i++)
		ascii[i] = (char)(32 + i);
	text_of(&f, f.items->style, ascii);
	assert_int_equal(f.s.n, 95);
	for (size_t i = 0; i < f.s.n; i++)
		assert_int_equal(f.s.clusters[i].width, 8 * EMU_PT);
	text_close(&f);
}

/* ---- what is refused ---- */

static struct str read_tiny(struct text_fixture *f, const char *file)
{
	struct str bytes;
	assert_true(file_read(&f->d, f->a, text_path(f, "testfonts", file), FILE_LIMIT, &bytes));
	bytes.p = arena_copy(f->a, bytes.p, bytes.n);
	return bytes;
}

/* A family over a file with these bytes, in a folder of its own that goes away with scratch_remove. */
static char scratch[200];

static struct family *write_font(struct text_fixture *f, struct str bytes)
{
	const char *tmp = getenv("TMPDIR");
	snprintf(scratch, sizeof(scratch), "%s/genpdf-font-XXXXXX", tmp ? tmp : "/tmp");
	int fd = mkstemp(scratch);
	assert_true(fd >= 0);
	FILE *out = fdopen(fd, "wb");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, out), bytes.n);
	fclose(out);
	return text_family(f, arena_printf(f->a, "%s", scratch), 0);
}

/* Offset of a table in an sfnt. */
static size_t table_at(struct str file, const char *tag)
{
	const uint8_t *p = (const uint8_t *)file.p;
	for (size_t r = 12; r < 12 + 16 * (size_t)(p[4] << 8 | p[5]); r += 16)
		if (memcmp(p + r, tag, 4) == 0)
			return (size_t)p[r + 8] << 24 | (size_t)p[r + 9] << 16 | (size_t)p[r + 10] << 8 | p[r + 11];
	fail_msg("no table %s", tag);
	return 0;
}

static void put_u16(struct str file, size_t at, unsigned value)
{
	((char *)file.p)[at] = (char)(value >> 8);
	((char *)file.p)[at + 1] = (char)value;
}

/* The first message is this one and its text holds the word; then the fixture starts anew. */
static void expect_refused(struct text_fixture *f, struct str bytes, enum diag_code code, const char *word)
{
	struct buf out = {NULL, 0, 0};
	struct font *font = open_one(f, write_font(f, bytes));
	unlink(scratch);
	if (font || f->d.n == 0)
		fail_msg("not refused: %s", word);
	assert_string_equal(diag_word(f->d.list[0].code), diag_word(code));
	diag_sentence(&f->d.list[0], LANG_EN, &out);
	if (str_find(buf_view(&out), str_of(word)) == SIZE_MAX)
		fail_msg("%.*s: without %s", (int)out.n, out.p, word);
	buf_free(&out);
	text_close(f);
	text_open(f);
}

static void test_refused(void **state)
{
	struct text_fixture f;
	struct str b;
	(void)state;
	text_open(&f);
	expect_refused(&f, STR(""), DIAG_FONT_FILE, "empty");
	expect_refused(&f, STR("This is a text that somebody named .otf.\n"), DIAG_FONT_FILE, "not an OpenType");
	expect_refused(&f, STR("OTTO"), DIAG_FONT_FILE, "no table");
	b = read_tiny(&f, "tiny-a.otf");
	b.n /= 2;
	expect_refused(&f, b, DIAG_FONT_FILE, "cut short");
	b = read_tiny(&f, "tiny-a.otf");
	put_u16(b, table_at(b, "head") + 18, 8);
	expect_refused(&f, b, DIAG_FONT_FILE, "8 units per em");
	b = read_tiny(&f, "tiny-a.otf");
	put_u16(b, table_at(b, "head") + 18, 16385);
	expect_refused(&f, b, DIAG_FONT_FILE, "16385 units per em");
	b = read_tiny(&f, "tiny-b.ttf");
	put_u16(b, table_at(b, "cmap") + 2, 0); /* no subtable */
	expect_refused(&f, b, DIAG_FONT_FILE, "cmap");
	b = read_tiny(&f, "tiny-a.otf");
	put_u16(b, table_at(b, "maxp") + 4, 70);
	expect_refused(&f, b, DIAG_FONT_FILE, "disagree");
	text_close(&f);
}

static void test_rights(void **state)
{
	static const struct { unsigned fs_type; bool refused; } cases[] = {
		{0x0000, false}, {0x0002, true}, {0x0004, false}, {0x0008, false}, {0x0200, true}, {0x0208, true},
		{0x0006, false}, /* of several, the least restrictive counts */
	};
	struct text_fixture f;
	(void)state;
	text_open(&f);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str b = read_tiny(&f, "tiny-c.otf");
		put_u16(b, table_at(b, "OS/2") + 8, cases[i].fs_type);
		if (cases[i].refused) {
			expect_refused(&f, b, DIAG_FONT_RIGHTS, "embedding");
			continue;
		}
		struct font *font = open_one(&f, write_font(&f, b));
		unlink(scratch);
		assert_non_null(font);
		assert_int_equal(font_info(font)->fs_type, cases[i].fs_type);
	}
	text_close(&f);
}

/* fsType 0x0100: the font may be embedded, but only whole. */
static void test_no_subsetting(void **state)
{
	struct text_fixture f;
	struct font_program part, whole;
	const struct font_slot slots[] = {{0, 0, true}, {3, 0, true}};
	(void)state;
	text_open(&f);
	struct str b = read_tiny(&f, "tiny-c.otf");
	assert_true(font_subset(&f.d, f.a, open_tiny(&f, "tiny-c.otf"), slots, 2, &part));
	put_u16(b, table_at(b, "OS/2") + 8, 0x0108);
	struct font *font = open_one(&f, write_font(&f, b));
	unlink(scratch);
	assert_true(font_subset(&f.d, f.a, font, slots, 2, &whole));
	assert_true(whole.bytes.n > 2 * part.bytes.n);
	text_close(&f);
}

/* Whatever the bytes: a message or a font, never a crash (run under the sanitizers too). */
static void try_bytes(struct text_fixture *f, struct str bytes)
{
	struct font_program program;
	struct ink ink;
	struct font *font = open_one(f, write_font(f, bytes));
	if (font) {
		const struct font_slot slots[] = {{0, 0, true}, {3, 700, false}, {40, 0, true}, {3, 0, true}};
		font_info(font);
		font_ink(font, 40, EMU_PT, &ink);
		font_cid(font, 40);
		font_advance(font, 40);
		if (!font_subset(&f->d, f->a, font, slots, 4, &program))
			assert_true(f->d.n > 0);
	} else {
		assert_true(f->d.n > 0);
	}
	unlink(scratch);
	text_close(f);
	text_open(f);
}

static void test_damaged(void **state)
{
	static const char *const files[] = {"tiny-c.otf", "tiny-c.otf", "tiny-a.otf", "tiny-b.ttf"};
	struct text_fixture f;
	uint32_t random = 1;
	(void)state;
	text_open(&f);
	for (size_t i = 1; i < 40; i++) {
		struct str b = read_tiny(&f, "tiny-c.otf");
		b.n = b.n * i / 40;
		try_bytes(&f, b);
	}
	for (int i = 0; i < 200; i++) {
		struct str b = read_tiny(&f, files[i % 4]);
		for (int k = 0; k < 1 + i % 8; k++) {
			random = random * 1664525 + 1013904223;
			/* Half of them in the directory and the small tables in front. */
			size_t reach = i % 2 ? b.n : 1200;
			((char *)b.p)[random % reach] = (char)(random >> 24);
		}
		try_bytes(&f, b);
	}
	text_close(&f);
}

/* ---- families ---- */

static void test_changed_file(void **state)
{
	struct text_fixture f;
	uint8_t hash[32];
	char *right, *wrong;
	(void)state;
	text_open(&f);
	right = arena_alloc(f.a, 65);
	wrong = arena_alloc(f.a, 65);
	sha256(read_tiny(&f, "tiny-a.otf"), hash);
	sha256_hex(hash, right);
	memset(wrong, 'a', 64);
	struct family *family = text_family(&f, text_path(&f, "testfonts", "tiny-a.otf"), 0);
	family->sha256 = str_of(right);
	assert_true(str_is(font_sha256(open_one(&f, family)), right));
	family = text_family(&f, text_path(&f, "testfonts", "tiny-b.ttf"), 0);
	family->sha256 = str_of(wrong);
	assert_non_null(open_one(&f, family));
	assert_non_null(open_one(&f, family));
	assert_int_equal(f.d.n, 0);
	font_set_verify(&f.d, f.set);
	assert_int_equal(f.d.n, 1);
	assert_string_equal(diag_word(f.d.list[0].code), "font-changed");
	text_close(&f);
}

static void test_check(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	const struct face *faces[] = {text_face(&f, "-b", "", ""), text_face(&f, "--", "c", "b"), text_face(&f, "--", "-", "-")};
	struct doc doc = {.faces = faces, .n_faces = 1};
	assert_true(font_set_check(&f.d, f.set, &doc));
	assert_int_equal(f.d.n, 0);
	doc.n_faces = 2; /* set in a family of another role: said when it happens */
	assert_true(font_set_check(&f.d, f.set, &doc));
	assert_int_equal(f.d.n, 0);
	doc.n_faces = 3;
	assert_false(font_set_check(&f.d, f.set, &doc));
	assert_int_equal(f.d.n, 1);
	assert_string_equal(diag_word(f.d.list[0].code), "font-none");
	text_close(&f);
}

/* A broken file is named to every document that wants it, though it is opened once. */
static void test_check_again(void **state)
{
	struct text_fixture f;
	struct diag_list second;
	(void)state;
	text_open(&f);
	struct face *face = ARENA_NEW(f.a, struct face);
	const struct face *faces[] = {face};
	struct doc doc = {.faces = faces, .n_faces = 1};
	text_add_family(&f, &face->han, write_font(&f, STR("no font")));
	text_add_tiny(&f, &face->han, "a");
	diag_open(&second, f.a, &f.t);
	assert_false(font_set_check(&f.d, f.set, &doc));
	assert_false(font_set_check(&second, f.set, &doc));
	assert_int_equal(f.d.n, 1);
	assert_int_equal(second.n, 1);
	assert_string_equal(diag_word(second.list[0].code), "font-file");
	unlink(scratch);
	text_close(&f);
}

/* A number that a collection does not have. */
static void test_no_such_face(void **state)
{
	struct text_fixture f;
	(void)state;
	text_open(&f);
	assert_null(open_one(&f, text_family(&f, text_path(&f, "testfonts", "tiny-a.otf"), 1)));
	assert_string_equal(diag_word(f.d.list[0].code), "font-file");
	text_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_info),
		cmocka_unit_test(test_glyphs),
		cmocka_unit_test(test_subsets),
		cmocka_unit_test(test_real_fonts),
		cmocka_unit_test(test_half_width_face),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_rights),
		cmocka_unit_test(test_no_subsetting),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_changed_file),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_check_again),
		cmocka_unit_test(test_no_such_face),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
