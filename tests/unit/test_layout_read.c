/* Reading layout.xml and fonts.xml: what is wrong is said at its exact place; files stay inside their street. */
#include "unit/layout_fixture.h"

#define STYLE "<style name='s'/>"

static void declare(struct home *h, const char *xml)
{
	home_again(h);
	home_declare(h, xml);
}

/* ---- elements, attributes, values ---- */

static void test_unknown_element(void **state)
{
	struct home *h = *state;

	declare(h, LAYOUT(STYLE "\n  <stile name='x'/>"));
	expect_one(h, "layout-element", "t/layout.xml:4:3");
	expect_says(h, 0, "unknown element <stile>, did you mean <style>?");
	declare(h, LAYOUT(STYLE "\n<paragraph/>"));
	expect_one(h, "layout-element", "t/layout.xml:4:1");
	/* Elements of the templates and of fonts.xml are no declarations. */
	declare(h, LAYOUT("<trailer/>\n<family id='a' file='b'/>"));
	assert_int_equal(h->x.d.n, 2);
	expect_at(h, 0, "layout-element", "t/layout.xml:3:1");
	expect_at(h, 1, "layout-element", "t/layout.xml:4:1");
}

static void test_namespace(void **state)
{
	struct home *h = *state;

	declare(h, "<layout><page name='body'/></layout>");
	expect_one(h, "layout-element", "t/layout.xml:1:1");
	expect_says(h, 0, "it needs xmlns=\"urn:genpdf:layout\"");
	declare(h, LAYOUT("<x:style xmlns:x='urn:x' name='a'/>"));
	expect_one(h, "layout-element", "t/layout.xml:3:1");
	declare(h, LAYOUT("<style name='a' xmlns:x='urn:x' x:size='3pt'/>"));
	expect_one(h, "layout-attribute", "t/layout.xml:3:33");
}

static void test_wrong_root(void **state)
{
	struct home *h = *state;

	declare(h, "<page xmlns='urn:genpdf:layout' name='x'/>");
	expect_one(h, "layout-place", "t/layout.xml:1:1");
	declare(h, "<layout xmlns='urn:genpdf:layout'");
	assert_int_equal(h->x.d.n, 1);
	assert_string_equal(diag_word(h->x.d.list[0].code), "xml-syntax");
}

static void test_place(void **state)
{
	struct home *h = *state;

	declare(h, LAYOUT("<style name='a'>\n<colour name='c' rgb='#000000'/></style>"));
	expect_one(h, "layout-place", "t/layout.xml:4:1");
	expect_says(h, 0, "<colour> may not stand inside <style>");
	declare(h, LAYOUT("<page-number/>"));
	expect_one(h, "layout-place", "t/layout.xml:3:1");
	declare(h, LAYOUT("<page name='q'><frame name='x'>1<page-number><page-count/></page-number></frame></page>"));
	expect_one(h, "layout-place", "t/layout.xml:3:46");
}

static void test_text(void **state)
{
	struct home *h = *state;

	declare(h, LAYOUT("some words"));
	expect_one(h, "layout-bare-text", "t/layout.xml:3:1");
	declare(h, LAYOUT("<page name='q'>words<frame name='x'>12</frame></page>\n<style name='s'>more</style>"));
	assert_int_equal(h->x.d.n, 2);
	expect_at(h, 0, "layout-bare-text", "t/layout.xml:3:16");
	expect_at(h, 1, "layout-bare-text", "t/layout.xml:4:17");
}

static void test_attributes(void **state)
{
	struct home *h = *state;

	declare(h, LAYOUT("<style name='a' sise='3pt' indnet='2em'/>"));
	assert_int_equal(h->x.d.n, 2);
	expect_at(h, 0, "layout-attribute", "t/layout.xml:3:17");
	expect_says(h, 0, "<style> has no attribute sise, did you mean size?");
	expect_at(h, 1, "layout-attribute", "t/layout.xml:3:28");
	expect_says(h, 1, "did you mean indent?");
	declare(h, LAYOUT("<style/>\n<colour name='c'/>\n<omit/>\n<use/>\n<page name=''/>"));
	assert_int_equal(h->x.d.n, 5);
	expect_at(h, 0, "layout-required", "t/layout.xml:3:1");
	expect_says(h, 0, "<style> lacks name=");
	expect_says(h, 1, "<colour> lacks rgb=");
	expect_says(h, 2, "<omit> lacks match=");
	expect_says(h, 3, "<use> lacks href=");
	expect_at(h, 4, "layout-value", "t/layout.xml:7:13");
}

/* Each value is wrong, and said at its first character. */
static void test_values(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *element, *attr, *value;
	} bad[] = {
		{"style", "size", "12"},        {"style", "size", "12px"},     {"style", "size", "big"},      {"style", "size", "-3pt"},
		{"style", "size", ""},          {"style", "indent", "two"},    {"style", "before", "-1行"},   {"style", "align", "middle"},
		{"style", "align", "start end"}, {"style", "align", ""},       {"style", "orphans", "-1"},    {"style", "orphans", "1.5"},
		{"style", "orphans", "1000000"}, {"style", "lang", "zh_CN"},   {"style", "lang", ""},         {"style", "lang", "-"},
		{"style", "lang", "zh-"},       {"style", "face", ""},         {"style", "indent", "cell"},   {"page", "width", "20em"},
		{"page", "left", "1行"},        {"page", "top", "-1mm"},       {"page", "mirrored", "true"},  {"page", "columns", "28.0"},
		{"wrap", "autospace", "3pt"},   {"wrap", "autospace", "5em"},  {"wrap", "autospace", "-0.1em"}, {"wrap", "pairs", "1"},
		{"colour", "rgb", "red"},       {"colour", "rgb", "#12345"},   {"colour", "rgb", "#12345g"},  {"omit", "match", "p[1]"},
		{"omit", "match", "head/"},     {"omit", "match", "/head"},    {"omit", "match", "a//b"},     {"omit", "match", "@x"},
		{"omit", "match", "a*"},        {"omit", "match", "a b"},      {"style", "size", "2e3pt"},    {"style", "size", "1 000pt"},
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *name = strcmp(bad[i].element, "omit") ? "name='x'" : "";
		const char *rgb = strcmp(bad[i].element, "colour") || !strcmp(bad[i].attr, "rgb") ? "" : "rgb='#000000'";
		declare(h, arena_printf(h->x.a, LAYOUT("\n<%s %s %s\n  %s='%s'/>"), bad[i].element, name, rgb, bad[i].attr,
					bad[i].value));
		if (h->x.d.n != 1)
			print_message("%s=%s\n", bad[i].attr, bad[i].value);
		expect_one(h, "layout-value", arena_printf(h->x.a, "t/layout.xml:5:%zu", strlen(bad[i].attr) + 5));
		assert_int_equal(h->x.d.list[0].length, strlen(bad[i].value));
	}
}

static void test_good_values(void **state)
{
	struct home *h = *state;

	declare(h, LAYOUT("<style name='a' size='小四号' indent='-2 em' start='0' leading='1.5em' before=' .5行' lang='zh-Hant-HK'"
			  " end='2.54cm' after='0.5in' orphans='0' size-x='1'/>"));
	expect_one(h, "layout-attribute", "t/layout.xml:3:140"); /* the last one only */
	declare(h, LAYOUT(STYLE "<omit match='head/note'/><omit match='*/x-y.z'/><omit match='附注'/>"));
	expect_clean(&h->x);
	assert_non_null(h->layout);
}

static void test_twice(void **state)
{
	struct home *h = *state;

	declare(h, LAYOUT("<style name='a' size='9pt'/>\n<style name='a' size='8pt'/>\n"
			  "<page name='q'><frame name='x' height='1pt'/>\n<frame name='x' height='2pt'/></page>"));
	assert_int_equal(h->x.d.n, 2);
	expect_at(h, 0, "layout-twice", "t/layout.xml:4:1");
	expect_other(h, 0, "t/layout.xml:3:1");
	expect_says(h, 0, "<style> \"a\" stands twice");
	expect_at(h, 1, "layout-twice", "t/layout.xml:6:1");
	/* One name may be a style and a face. */
	declare(h, LAYOUT("<style name='f'/>"));
	expect_clean(&h->x);
}

/* ---- files ---- */

static void test_chain(void **state)
{
	struct home *h = *state;
	struct resolved r;

	home_write(h, "layouts/a/layout.xml", LAYOUT_HEAD "<page name='body'/><face name='f' role='song'/><wrap name='w'/>"
		   "<style name='s' size='10pt' align='end'/></layout>");
	home_write(h, "layouts/b/layout.xml", LAYOUT_HEAD "<use href='../a/layout.xml'/><style name='s' size='11pt'/></layout>");
	home_write(h, "layouts/c/layout.xml", LAYOUT_HEAD "<use href='../a/layout.xml'/></layout>");
	/* a is met again below c: it must not undo what b says. */
	assert_true(home_resolve(h, LAYOUT_HEAD "<use href='../b/layout.xml'/><use href='../c/layout.xml'/></layout>", "zh-Hans", &r));
	assert_int_equal(style_of(&r, "s")->size, 11 * EMU_PT);
	assert_int_equal(style_of(&r, "s")->align, ALIGN_END);
}

static void test_use_cycle(void **state)
{
	struct home *h = *state;

	home_write(h, "layouts/a/layout.xml", LAYOUT_HEAD "<use href='../t/layout.xml'/></layout>");
	declare(h, LAYOUT_HEAD "<use href='../a/layout.xml'/></layout>");
	expect_one(h, "layout-cycle", "a/layout.xml:2:12");
	declare(h, LAYOUT_HEAD "<use href='layout.xml'/></layout>");
	expect_one(h, "layout-cycle", "t/layout.xml:2:12");
}

static void test_use_missing(void **state)
{
	struct home *h = *state;

	declare(h, LAYOUT(STYLE "\n<use href='../none/layout.xml'/>\n<templates href='t.xslt'/>"));
	assert_int_equal(h->x.d.n, 2);
	expect_at(h, 0, "layout-file", "t/layout.xml:4:12");
	expect_at(h, 1, "layout-file", "t/layout.xml:5:18");
	assert_int_equal(h->x.d.list[1].length, strlen("t.xslt"));
	/* A file is no folder. */
	declare(h, LAYOUT(STYLE "<use href='..'/>"));
	assert_int_equal(h->x.d.n, 1);
	assert_null(h->layout);
}

/* Nothing outside of the folder that holds the layouts, whether it exists or not. */
static void test_outside(void **state)
{
	struct home *h = *state;
	static const char *const bad[] = {"/etc/passwd", "/nowhere/layout.xml", "../../secret.xml", 
		/* However deep the folder is. */
		"../../../../../../../../../../../../../../../../../../../../../../../../etc/passwd"};

	home_write(h, "secret.xml", LAYOUT_HEAD "</layout>");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		declare(h, arena_printf(h->x.a, LAYOUT(STYLE "\n<use href='%s'/>"), bad[i]));
		expect_one(h, "layout-path", "t/layout.xml:4:12");
		declare(h, arena_printf(h->x.a, LAYOUT(STYLE "\n<templates href='%s'/>"), bad[i]));
		expect_one(h, "layout-path", "t/layout.xml:4:18");
	}
	assert_int_equal(symlink("../../secret.xml", home_path(h, "layouts/t/link.xml")), 0);
	declare(h, LAYOUT(STYLE "\n<use href='link.xml'/>"));
	expect_one(h, "layout-path", "t/layout.xml:4:12");
	/* The layouts folder's name is no prefix of another's. */
	home_write(h, "layouts-2/x.xml", LAYOUT_HEAD "</layout>");
	declare(h, LAYOUT(STYLE "\n<use href='../../layouts-2/x.xml'/>"));
	expect_one(h, "layout-path", "t/layout.xml:4:12");
}

static void test_many_files(void **state)
{
	struct home *h = *state;

	for (int i = 0; i < 70; i++)
		home_write(h, arena_printf(h->x.a, "layouts/n%d/layout.xml", i),
			   arena_printf(h->x.a, LAYOUT_HEAD "<use href='../n%d/layout.xml'/></layout>", i + 1));
	home_write(h, "layouts/n70/layout.xml", LAYOUT_HEAD "</layout>");
	declare(h, LAYOUT_HEAD "<use href='../n0/layout.xml'/></layout>");
	assert_int_equal(h->x.d.n, 1);
	assert_string_equal(diag_word(h->x.d.list[0].code), "xml-limit");
}

static void test_templates(void **state)
{
	struct home *h = *state;

	home_write(h, "layouts/t/t.xsl", XSL_SECTION("<p/>"));
	home_write(h, "layouts/t/u.xsl", "<xsl:stylesheet");
	declare(h, LAYOUT(STYLE "<templates href='t.xsl'/>"));
	expect_clean(&h->x);
	declare(h, LAYOUT(STYLE "\n<templates href='t.xsl'/>\n<templates href='t.xsl'/>"));
	expect_one(h, "layout-twice", "t/layout.xml:5:1");
	expect_other(h, 0, "t/layout.xml:4:1");
	declare(h, LAYOUT(STYLE "<templates href='u.xsl'/>"));
	assert_int_equal(h->x.d.n, 1);
	assert_string_equal(diag_word(h->x.d.list[0].code), "xml-syntax");
}

/* ---- names ---- */

static void test_names(void **state)
{
	struct home *h = *state;
	static const char *const bad[] = {"", ".", "..", "t\n", "T", "no-such", "t ", "*", "t%", "%s", "\x1b[31m", "layout.xml"};

	home_write(h, "layouts/t/layout.xml", LAYOUT(STYLE));
	home_write(h, "layout.xml", LAYOUT(STYLE));
	home_write(h, "layouts/layout.xml", LAYOUT(STYLE)); /* so that "." would find one */
	assert_non_null(home_layout(h, "t"));
	assert_true(str_is(layout_name(h->layout), "t"));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		home_again(h);
		assert_null(home_layout(h, bad[i]));
		assert_int_equal(h->x.d.n, 1);
		assert_string_equal(diag_word(h->x.d.list[0].code), "layout-missing");
	}
}

static void test_nearest_layout(void **state)
{
	struct home *h = *state;

	home_write(h, "layouts/monthly-plan/layout.xml", LAYOUT(STYLE));
	home_write(h, "layouts/monthly-plans/readme.txt", "");
	home_layout(h, "montly-plan");
	expect_says(h, 0, "layout \"montly-plan\" not found, did you mean monthly-plan?");
}

/* What holds a "/" is a path: a folder, with or without a "/" at its end, or the file itself. */
static void test_paths(void **state)
{
	struct home *h = *state;
	static const char *const good[] = {"away/mine/", "away/mine", "away/mine/layout.xml", "away/./mine", "away/x/../mine/"};

	home_write(h, "away/mine/layout.xml", LAYOUT(STYLE));
	home_write(h, "away/x/other.txt", "");
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		home_again(h);
		assert_non_null(home_layout(h, home_path(h, good[i])));
		assert_true(str_is(layout_name(h->layout), "mine"));
	}
	home_again(h);
	assert_null(home_layout(h, home_path(h, "away/none/")));
	assert_string_equal(diag_word(h->x.d.list[0].code), "layout-missing");
	home_again(h);
	assert_null(home_layout(h, "/"));
	assert_string_equal(diag_word(h->x.d.list[0].code), "layout-missing");
	home_again(h);
	assert_null(home_layout(h, home_path(h, "away/x")));
	assert_string_equal(diag_word(h->x.d.list[0].code), "layout-missing");
}

/* A folder elsewhere may use its neighbours. */
static void test_neighbours(void **state)
{
	struct home *h = *state;

	home_write(h, "away/base/layout.xml", LAYOUT(STYLE));
	home_write(h, "away/mine/layout.xml", LAYOUT_HEAD "<use href='../base/layout.xml'/></layout>");
	assert_non_null(home_layout(h, home_path(h, "away/mine/")));
	expect_clean(&h->x);
}

/* ---- fonts.xml ---- */

static void fonts(struct home *h, const char *xml)
{
	home_write(h, "fonts/fonts.xml", xml);
	declare(h, LAYOUT(STYLE));
}

#define FONTS(more) "<fonts xmlns='urn:genpdf:fonts'><family id='aa' file='a.otf'/>\n" more "\n</fonts>"

static void test_fonts(void **state)
{
	struct home *h = *state;

	fonts(h, FONTS("<role name='r'><use family='aa'/></role>"));
	expect_clean(&h->x);
	fonts(h, FONTS("<role name='r'>\n<use family='ab'/></role>"));
	expect_one(h, "layout-name", "fonts/fonts.xml:3:14");
	expect_says(h, 0, "no <family> named \"ab\", did you mean aa?");
	fonts(h, FONTS("<role name='r'/>"));
	expect_one(h, "layout-required", "fonts/fonts.xml:2:1");
	fonts(h, FONTS("<famly id='x' file='y'/>"));
	expect_one(h, "layout-element", "fonts/fonts.xml:2:1");
	fonts(h, FONTS("<family id='x' file='y' indx='1'/>"));
	expect_one(h, "layout-attribute", "fonts/fonts.xml:2:25");
	fonts(h, FONTS("<family id='x' file='y' scale='20'/>"));
	expect_one(h, "layout-value", "fonts/fonts.xml:2:32");
	fonts(h, FONTS("<family id='x' file='y' index='-1'/>"));
	expect_one(h, "layout-value", "fonts/fonts.xml:2:32");
	fonts(h, FONTS("<family id='x'/>"));
	expect_one(h, "layout-required", "fonts/fonts.xml:2:1");
	fonts(h, FONTS("<family id='x' file='../y.otf'/>"));
	expect_one(h, "layout-value", "fonts/fonts.xml:2:22");
	fonts(h, FONTS("<family id='aa' file='y.otf'/>"));
	expect_one(h, "layout-twice", "fonts/fonts.xml:2:1");
	fonts(h, FONTS("<role name='r'><use family='aa'/></role>\n<role name='r'><use family='aa'/></role>"));
	expect_one(h, "layout-twice", "fonts/fonts.xml:3:1");
	expect_other(h, 0, "fonts/fonts.xml:2:1");
	fonts(h, FONTS("<role name='r' lang='zh-Hans'><use family='aa'/></role><role name='r'><use family='aa'/></role>"));
	expect_clean(&h->x);
	/* Languages of a role: several, each once. */
	fonts(h, FONTS("<role name='r' lang='zh-Hans zh-Hant-TW'><use family='aa'/></role>\n<role name='r' lang='en zh-Hant-TW'>"
		       "<use family='aa'/></role>"));
	expect_one(h, "layout-twice", "fonts/fonts.xml:3:1");
	fonts(h, FONTS("<role name='r' lang='zh-Hans zh-Hant'><use family='aa'/></role><role name='r' lang='zh-Hant-HK'>"
		       "<use family='aa'/></role>"));
	expect_clean(&h->x);
	fonts(h, FONTS("<role name='r' lang='zh-Hans '><use family='aa'/></role>"));
	expect_one(h, "layout-value", "fonts/fonts.xml:2:22");
	fonts(h, "<fonts/>");
	expect_one(h, "layout-element", "fonts/fonts.xml:1:1");
	expect_says(h, 0, "xmlns=\"urn:genpdf:fonts\"");
	fonts(h, FONTS("words"));
	expect_one(h, "layout-bare-text", "fonts/fonts.xml:2:1");
}

static void test_fonts_missing(void **state)
{
	struct home *h = *state;

	home_write(h, "layouts/t/layout.xml", LAYOUT(STYLE));
	h->options.fonts = home_path(h, "fonts/none.xml");
	assert_null(home_layout(h, "t"));
	assert_string_equal(diag_word(h->x.d.list[0].code), "world-read");
}

/* ---- dump ---- */

static void test_dump(void **state)
{
	struct home *h = *state;
	struct buf b = {0};

	home_write(h, "layouts/a/layout.xml", LAYOUT_HEAD "<style name='s' size='9pt' align='end'/></layout>");
	assert_non_null(home_declare(h, "<layout xmlns='urn:genpdf:layout' kind='k'><use href='../a/layout.xml'/>\n"
				     "<style name='s' size='8pt'/>\n"
				     "<page name='p' top='1mm'><frame name='f' height='1pt'/></page><omit match='a/b'/></layout>"));
	layout_dump(h->layout, &h->x.t, &b);
	buf_char(&b, 0);
	assert_string_equal(b.p, "layout t kind=k\n"
				 "style s size=8pt align=end @t/layout.xml:2:1\n"
				 "page p top=1mm @t/layout.xml:3:1\n"
				 "  frame f height=1pt @t/layout.xml:3:26\n"
				 "omit a/b @t/layout.xml:3:63\n");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOME_TEST(test_unknown_element), HOME_TEST(test_namespace), HOME_TEST(test_wrong_root), HOME_TEST(test_place),
		HOME_TEST(test_text), HOME_TEST(test_attributes), HOME_TEST(test_values), HOME_TEST(test_good_values),
		HOME_TEST(test_twice), HOME_TEST(test_chain), HOME_TEST(test_use_cycle), HOME_TEST(test_use_missing),
		HOME_TEST(test_outside), HOME_TEST(test_many_files), HOME_TEST(test_templates), HOME_TEST(test_names),
		HOME_TEST(test_nearest_layout), HOME_TEST(test_paths), HOME_TEST(test_neighbours), HOME_TEST(test_fonts),
		HOME_TEST(test_fonts_missing), HOME_TEST(test_dump),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
