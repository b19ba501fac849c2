/* The PDF back-end over a display list made by hand: what the file says, read back by independent programs.
 * `test_out_pdf --write DIR` writes hand.pdf and hand.list for tests/cases/outline.py and picture.py. */
#include "unit/list_fixture.h"

#include <unistd.h>

#include "out/hpdf_door.h"

static const struct out_options plain = {.creator = "genpdf 0.0"};

static void save(const char *path, struct str bytes)
{
	FILE *to = fopen(path, "wb");
	assert_non_null(to);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, to), bytes.n);
	assert_int_equal(fclose(to), 0);
}

/* What a command prints about the file: %s stands for its name. */
static struct str ask(struct list_fixture *f, struct str pdf, const char *command)
{
	const char *dir = getenv("TMPDIR");
	char *path = arena_printf(f->text.a, "%s/test_out_pdf.%ld.pdf", dir ? dir : "/tmp", (long)getpid());
	save(path, pdf);
	char *at = strstr(command, "%s");
	char *line = arena_printf(f->text.a, "%.*s%s%s 2>&1", (int)(at - command), command, path, at + 2);
	FILE *from = popen(line, "r");
	assert_non_null(from);
	struct buf out = {0};
	char part[4096];
	for (size_t n; (n = fread(part, 1, sizeof part, from)) > 0;)
		buf_put(&out, part, n);
	int status = pclose(from);
	unlink(path);
	struct str answer = arena_str(f->text.a, buf_view(&out));
	buf_free(&out);
	if (status)
		print_message("%s: status %d: %.*s\n", line, status, STR_ARG(answer));
	assert_int_equal(status, 0);
	return answer;
}

static void assert_text(struct str got, const char *want)
{
	if (!str_is(got, want))
		print_message("got:  %.*s\nwant: %s\n", STR_ARG(got), want);
	assert_true(str_is(got, want));
}

static void assert_holds(struct str text, const char *part)
{
	if (str_find(text, str_of(part)) == SIZE_MAX)
		print_message("not found: %s\nin: %.*s\n", part, STR_ARG(text));
	assert_true(str_find(text, str_of(part)) != SIZE_MAX);
}

/* Every kind of font, colours, rules, an own pitch, a glyph off the baseline. */
static void fill(struct list_fixture *f)
{
	static const struct colour red = {STR("red"), 0xff0000, {0}}, grey = {STR("grey"), 0x808080, {0}};
	list_put(f, f->chinese, 28, 40, "示例市工作计划（2031年5月）")->colour = &red;
	struct list_item *rule = list_item_add(f->page, ITEM_RULE);
	rule->x = 28 * EMU_MM;
	rule->y = 45 * EMU_MM;
	rule->width = 156 * EMU_MM;
	rule->height = EMU_MM / 2;
	rule->colour = &red;
	list_put(f, f->chinese, 28, 60, "一、推进AV示范区(建设)，查找\\路径，约30%完成。");
	list_put(f, f->truetype, 28, 70, "二、𠮷与𠀋，office的fi连写。");
	struct list_item *spread = list_put(f, f->chinese, 28, 80, "均匀撑开的一行文字共有十六个字也");
	for (size_t i = 0; i < spread->u.glyphs.n; i++)
		spread->u.glyphs.glyphs[i].x += (emu)i * 1234;
	spread->colour = &grey;
	struct list_item *raised = list_put(f, f->truetype, 28, 90, "平方米m2止");
	raised->u.glyphs.glyphs[raised->u.glyphs.n - 2].y -= 5 * EMU_PT;
	list_add_page(f);
	list_put(f, f->chinese, 28, 40, "第二页");
	list_outline_add(f->list, 1, STR("一、推进"), 1, 54 * EMU_MM);
	list_outline_add(f->list, 3, STR("深处"), 1, 64 * EMU_MM);
	list_outline_add(f->list, 2, STR("中间"), 1, 70 * EMU_MM);
	list_outline_add(f->list, 1, STR("Last (2)"), 2, 40 * EMU_MM);
}

static void readers_agree(void **state)
{
	(void)state;
	struct list_fixture f;
	struct buf pdf = {0}, text = {0};
	list_open(&f);
	fill(&f);
	assert_true(list_make(&f, "pdf", &plain, &pdf));
	assert_true(list_make(&f, "text", &plain, &text));
	ask(&f, buf_view(&pdf), "qpdf --check %s");
	buf_char(&text, '\0');
	assert_text(ask(&f, buf_view(&pdf), "pdftotext -raw %s -"), text.p);
	assert_holds(buf_view(&text), "𠮷与𠀋，office的fi");
	struct str fonts = ask(&f, buf_view(&pdf), "pdffonts %s | awk 'NR > 2 { print $NF, $(NF-2), $(NF-3), $(NF-4) }'");
	assert_int_equal(str_find(fonts, STR("no")), SIZE_MAX); /* embedded, subset, with Unicode */
	struct str info = ask(&f, buf_view(&pdf), "pdfinfo %s");
	assert_holds(info, "595.276 x 841.89 pts");
	assert_holds(info, "PDF version:     1.7");
	buf_free(&pdf);
	buf_free(&text);
	list_close(&f);
}

static void equal_bytes(void **state)
{
	(void)state;
	struct buf runs[2] = {{0}, {0}};
	for (int i = 0; i < 2; i++) {
		struct list_fixture f;
		list_open(&f);
		fill(&f);
		assert_true(list_make(&f, "pdf", &plain, &runs[i]));
		list_close(&f);
	}
	assert_int_equal(runs[0].n, runs[1].n);
	assert_memory_equal(runs[0].p, runs[1].p, runs[0].n);
	buf_free(&runs[0]);
	buf_free(&runs[1]);
}

static struct str find_id(struct buf *pdf)
{
	struct str s = buf_view(pdf);
	size_t at = str_find(s, STR("/ID[<"));
	assert_true(at != SIZE_MAX);
	return str_sub(s, at + 5, at + 5 + 32);
}

/* /ID follows the content and the seed, nothing else. */
static void identity(void **state)
{
	(void)state;
	struct list_fixture f;
	struct buf a = {0}, b = {0}, c = {0};
	list_open(&f);
	list_put(&f, f.chinese, 28, 40, "甲");
	struct out_options seeded = plain;
	seeded.id_seed = STR("seed");
	assert_true(list_make(&f, "pdf", &plain, &a));
	assert_true(list_make(&f, "pdf", &seeded, &b));
	assert_int_equal(a.n, b.n);
	assert_false(str_eq(find_id(&a), find_id(&b)));
	list_put(&f, f.chinese, 28, 60, "乙");
	assert_true(list_make(&f, "pdf", &plain, &c));
	assert_false(str_eq(find_id(&a), find_id(&c)));
	buf_free(&a);
	buf_free(&b);
	buf_free(&c);
	list_close(&f);
}

static void information(void **state)
{
	(void)state;
	struct list_fixture f;
	struct buf pdf = {0};
	list_open(&f);
	f.metadata = (struct doc_metadata){.title = STR("示例 (一)\\"), .author = STR("Plain (x) \\ y"), .subject = STR("𠮷"),
					   .lang = STR("zh-CN")};
	struct out_options o = plain;
	o.source_date = STR("2031-02-03T04:05:06+08:00");
	assert_true(list_make(&f, "pdf", &o, &pdf));
	struct str info = ask(&f, buf_view(&pdf), "pdfinfo -isodates %s");
	assert_holds(info, "Title:           示例 (一)\\\n");
	assert_holds(info, "Author:          Plain (x) \\ y\n");
	assert_holds(info, "Subject:         𠮷\n");
	assert_holds(info, "Creator:         genpdf 0.0\n");
	assert_holds(info, "CreationDate:    2031-02-03T04:05:06+08\n");
	assert_int_equal(str_find(info, STR("Keywords")), SIZE_MAX);
	struct str trailer = ask(&f, buf_view(&pdf), "mutool show %s trailer/Root");
	assert_holds(trailer, "/Lang (zh-CN)");
	assert_holds(trailer, "/DisplayDocTitle true");
	/* What is no date is not written. */
	o.source_date = STR("2031-02-03 04:05");
	pdf.n = 0;
	assert_true(list_make(&f, "pdf", &o, &pdf));
	assert_int_equal(str_find(ask(&f, buf_view(&pdf), "pdfinfo %s"), STR("Date")), SIZE_MAX);
	buf_free(&pdf);
	list_close(&f);
}

static void outline(void **state)
{
	(void)state;
	struct list_fixture f;
	struct buf pdf = {0};
	list_open(&f);
	fill(&f);
	assert_true(list_make(&f, "pdf", &plain, &pdf));
	/* Level 3 right below 1 is its child, and so is the 2 after it. Places are points from the top: 54 mm = 153.07. */
	struct str shown = ask(&f, buf_view(&pdf), "mutool show %s outline | sed 's/&zoom=nan,nan,\\([0-9]*\\).*/ \\1/'");
	assert_text(shown, "-\t\"一、推进\"\t#page=1 153\n"
			   "|\t\t\"深处\"\t#page=1 181\n"
			   "|\t\t\"中间\"\t#page=1 198\n"
			   "|\t\"Last (2)\"\t#page=2 113\n");
	buf_free(&pdf);
	list_close(&f);
}

/* One glyph that stands for two characters in two places: each is read back. */
static void one_glyph_two_texts(void **state)
{
	(void)state;
	struct list_fixture f;
	list_open(&f);
	for (int kind = 0; kind < 2; kind++) {
		struct list_item *item = list_put(&f, kind ? f.truetype : f.chinese, 28, 40 + 20 * kind, "一二一");
		item->u.glyphs.text = STR("一二㆒");
	}
	struct buf pdf = {0};
	assert_true(list_make(&f, "pdf", &plain, &pdf));
	ask(&f, buf_view(&pdf), "qpdf --check %s");
	assert_text(ask(&f, buf_view(&pdf), "pdftotext -raw %s -"), "一二㆒\n一二㆒\n\f");
	assert_text(ask(&f, buf_view(&pdf), "mutool draw -q -F txt %s 2>/dev/null | tr -d '\\n\\f'"), "一二㆒一二㆒");
	buf_free(&pdf);
	list_close(&f);
}

/* Clusters of two glyphs: for two characters each has one; for one character the text is told apart from the glyphs. */
static void clusters_of_glyphs(void **state)
{
	(void)state;
	struct list_fixture f;
	list_open(&f);
	struct list_item *item = list_put(&f, f.chinese, 28, 40, "甲乙丙丁戊");
	struct list_glyph *g = item->u.glyphs.glyphs;
	/* 甲乙 is one cluster of two glyphs; 丙 and the glyph of 丁 stand for 丙 alone. */
	item->u.glyphs.text = STR("甲乙丙戊");
	g[0].length = 6;
	g[1].length = 0;
	g[3].length = 0;
	g[4].text = 9;
	struct buf pdf = {0};
	assert_true(list_make(&f, "pdf", &plain, &pdf));
	ask(&f, buf_view(&pdf), "qpdf --check %s");
	assert_text(ask(&f, buf_view(&pdf), "pdftotext -raw %s -"), "甲乙丙戊\n\f");
	/* A reader that knows no ActualText gets a zero width space more, no control character. */
	assert_text(ask(&f, buf_view(&pdf), "mutool draw -q -F txt %s 2>/dev/null | tr -d '\\n\\f'"), "甲乙丙\u200b戊");
	buf_free(&pdf);
	list_close(&f);
}

/* Draft: .notdef has no ink of its own, its text is kept, a box and the mark are drawn. */
static void draft(void **state)
{
	(void)state;
	struct list_fixture f;
	list_open(&f);
	struct list_item *item = list_put(&f, f.chinese, 28, 40, "甲乙丙");
	item->u.glyphs.glyphs[1].id = 0;
	struct out_options o = plain;
	struct buf pdf = {0};
	/* PDF/A refuses it, and says so once. */
	assert_false(list_make(&f, "pdf", &o, &pdf));
	assert_int_equal(f.text.d.n, 1);
	assert_int_equal(f.text.d.list[0].code, DIAG_OUT_PDFA);
	o.profile = PROFILE_PLAIN;
	assert_true(list_make(&f, "pdf", &o, &pdf));
	assert_int_equal(str_find(ask(&f, buf_view(&pdf), "mutool show -b %s pages/1/Contents"), STR("re S")), SIZE_MAX);
	o.draft = true;
	pdf.n = 0;
	assert_true(list_make(&f, "pdf", &o, &pdf));
	ask(&f, buf_view(&pdf), "qpdf --check %s");
	struct str content = ask(&f, buf_view(&pdf), "mutool show -b %s pages/1/Contents");
	/* 16 pt at 28 + 5.644 mm: the box begins at 96 + 0.8 pt, 0.8 em above the baseline. */
	assert_holds(content, "3 Tr");
	assert_holds(content, "0 Tr");
	assert_holds(content, "/Artifact BMC");
	assert_holds(content, "re S");
	assert_text(ask(&f, buf_view(&pdf), "pdftotext -raw %s -"), "甲乙丙\n\f");
	buf_free(&pdf);
	list_close(&f);
}

/* More pages than libharu's arrays and its own page list hold. */
static void many_pages(void **state)
{
	(void)state;
	enum { PAGES = 40000 };
	struct list_fixture f;
	list_open(&f);
	list_put(&f, f.chinese, 28, 40, "页");
	const struct out_format *out = out_find("pdf");
	struct arena *a = arena_new();
	struct out_options o = plain;
	o.profile = PROFILE_PLAIN; /* sheets higher than PDF/A allows */
	struct out *run = out->open(&f.text.d, a, &o);
	assert_non_null(run);
	for (int i = 1; i <= PAGES; i++) {
		f.page->number = i;
		f.page->height = (297 + i) * EMU_MM;
		assert_true(out->page(run, f.page));
	}
	list_outline_add(f.list, 1, STR("last"), PAGES, 0);
	struct buf pdf = {0};
	assert_true(out->close(run, f.list, &pdf));
	arena_close(a);
	/* Page n is 297 + n mm high: order and number of the pages through four levels of the tree. */
	assert_holds(ask(&f, buf_view(&pdf), "pdfinfo -f 39999 -l 40000 %s"), "Pages:           40000\n");
	assert_holds(ask(&f, buf_view(&pdf), "pdfinfo -f 33 -l 33 %s"), "Page   33 size:  595.276 x 935.433 pts\n");
	assert_holds(ask(&f, buf_view(&pdf), "pdfinfo -f 32769 -l 32769 %s"), "595.276 x 93730.4 pts\n");
	assert_holds(ask(&f, buf_view(&pdf), "mutool show %s outline"), "#page=40000");
	buf_free(&pdf);
	list_close(&f);
}

static void too_large(void **state)
{
	(void)state;
	struct list_fixture f;
	struct buf pdf = {0};
	list_open(&f);
	list_put(&f, f.chinese, 28, 40, "甲乙丙");
	struct out_options o = plain;
	o.limit = 1000;
	buf_puts(&pdf, "kept");
	assert_false(list_make(&f, "pdf", &o, &pdf));
	assert_text(buf_view(&pdf), "kept");
	assert_int_equal(f.text.d.n, 1);
	assert_int_equal(f.text.d.list[0].code, DIAG_WORLD_TOO_LARGE);
	buf_free(&pdf);
	list_close(&f);
}

/* A number without a body would be null to a reader: the door refuses. */
static void missing_body(void **state)
{
	(void)state;
	struct list_fixture f;
	struct buf pdf = {0};
	list_open(&f);
	struct arena *a = arena_new();
	struct door *door = door_open(&f.text.d, a, deflate_open(a, 6));
	assert_non_null(door);
	uint32_t kept = door_number(door), forgotten = door_number(door);
	assert_true(forgotten > kept);
	door_dict(door, kept, STR("/A 1"));
	assert_false(door_close(door, STR(""), 0, &pdf));
	assert_int_equal(f.text.d.n, 1);
	assert_int_equal(f.text.d.list[0].code, DIAG_OUT_PDF);
	char *want = arena_printf(f.text.a, "object %lu has no body", (unsigned long)forgotten);
	diag_sentence(&f.text.d.list[0], LANG_EN, &pdf);
	assert_holds(buf_view(&pdf), want);
	pdf.n = 0;
	diag_sentence(&f.text.d.list[0], LANG_ZH, &pdf);
	assert_holds(buf_view(&pdf), "没有内容");
	arena_close(a);
	buf_free(&pdf);
	list_close(&f);
}

/* A face whose maker forbids subsets goes in whole, without a tag (OS/2 fsType, bit 8). */
static void whole_font(void **state)
{
	(void)state;
	struct list_fixture f;
	struct str font;
	list_open(&f);
	assert_true(file_read(&f.text.d, f.text.a, text_path(&f.text, "testfonts", "tiny-c.otf"), FILE_LIMIT, &font));
	char *bytes = arena_copy(f.text.a, font.p, font.n);
	size_t record = 12;
	while (memcmp(bytes + record, "OS/2", 4) != 0)
		record += 16;
	const uint8_t *at = (const uint8_t *)bytes + record + 8;
	size_t os2 = (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
	bytes[os2 + 8] = 1;
	const char *dir = getenv("TMPDIR");
	char *path = arena_printf(f.text.a, "%s/test_out_pdf.%ld.otf", dir ? dir : "/tmp", (long)getpid());
	save(path, (struct str){bytes, font.n});
	struct face *face = ARENA_NEW(f.text.a, struct face);
	text_add_family(&f.text, &face->han, text_family(&f.text, path, 0));
	list_put(&f, text_style(&f.text, face), 28, 40, "AB");
	struct buf pdf = {0};
	assert_true(list_make(&f, "pdf", &plain, &pdf));
	unlink(path);
	ask(&f, buf_view(&pdf), "qpdf --check %s");
	assert_text(ask(&f, buf_view(&pdf), "pdftotext -raw %s -"), "AB\n\f");
	assert_text(ask(&f, buf_view(&pdf), "pdffonts %s | awk 'NR > 2 { print $1, $(NF-4), $(NF-3) }'"),
		    "GenpdfTinyC-Identity-H yes no\n");
	/* Frame and bars: the program holds far more than two glyphs. */
	struct str size = ask(&f, buf_view(&pdf), "f=%s; mutool show -b $f $(mutool show $f grep | sed -n "
						  "'s/.*FontFile3 \\([0-9]*\\).*/\\1/p') | wc -c");
	assert_true(strtol(size.p, NULL, 10) > 4000);
	buf_free(&pdf);
	list_close(&f);
}

static void no_pages(void **state)
{
	(void)state;
	struct list_fixture f;
	struct buf pdf = {0};
	list_open(&f);
	f.n_pages = 0;
	assert_true(list_make(&f, "pdf", &plain, &pdf));
	assert_text(ask(&f, buf_view(&pdf), "qpdf --show-npages %s"), "0\n");
	assert_null(out_find("ofd"));
	buf_free(&pdf);
	list_close(&f);
}

static int write_files(const char *dir)
{
	static const char *const formats[][2] = {{"pdf", "hand.pdf"}, {"list", "hand.list"}};
	struct list_fixture f;
	list_open(&f);
	fill(&f);
	for (int i = 0; i < 2; i++) {
		struct buf bytes = {0};
		assert_true(list_make(&f, formats[i][0], &plain, &bytes));
		save(arena_printf(f.text.a, "%s/%s", dir, formats[i][1]), buf_view(&bytes));
		buf_free(&bytes);
	}
	list_close(&f);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--write") == 0)
		return write_files(argv[2]);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(readers_agree), cmocka_unit_test(equal_bytes), cmocka_unit_test(identity),
		cmocka_unit_test(information), cmocka_unit_test(outline), cmocka_unit_test(one_glyph_two_texts),
		cmocka_unit_test(clusters_of_glyphs), cmocka_unit_test(draft), cmocka_unit_test(many_pages),
		cmocka_unit_test(too_large), cmocka_unit_test(missing_body), cmocka_unit_test(no_pages),
		cmocka_unit_test(whole_font),
	};
	return cmocka_run_group_tests_name("out_pdf", tests, NULL, NULL);
}
