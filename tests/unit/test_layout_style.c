/* Declarations resolved: based-on, overriding along use, relative lengths, the grid of GB/T 9704, faces by language, pages
 * and their furniture. */
#include "unit/layout_fixture.h"

#define MM(x) ((emu)((x) * 36000.0 + 0.5))
#define PT(x) ((emu)((x) * 12700.0 + 0.5))

static const char base_xml[] =
	LAYOUT_HEAD
	"<page name='body' top='37mm' bottom='35mm' left='28mm' right='26mm' columns='28' lines='22'>"
	"<frame name='odd' side='odd' x='28mm' y='269mm' style='number'>— <page-number/> —</frame>"
	"<frame name='line' y='20mm' height='0.5mm' colour='red'/></page>\n"
	"<colour name='red' rgb='#FF3333'/>"
	"<face name='f' role='song'/><face name='g' role='song' latin='latin'/>"
	"<wrap name='w'/><wrap name='v' squeeze='never' prohibition='strict' autospace='0.3em' pairs='yes' number-unit='keep'/>\n"
	"<style name='body' face='f' wrap='w' size='cell' leading='cell' gap='below'/>"
	"<style name='number' based-on='body' size='四号'/></layout>";

/* ---- based-on ---- */

static void test_based_on(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_true(home_resolve(h, LAYOUT(
		"<style name='c' based-on='b' keep='both'/>" /* before what it is based on */
		"<style name='b' based-on='a' indent='2em' align='end'/>"
		"<style name='a' size='10pt' leading='20pt' face='f' align='centre' role='h' outline='2' widows='2'/>"),
		"zh-Hans", &r));
	const struct style *a = style_of(&r, "a"), *b = style_of(&r, "b"), *c = style_of(&r, "c");
	assert_int_equal(a->indent_first, 0);
	assert_int_equal(b->indent_first, PT(20));
	assert_int_equal(c->indent_first, PT(20));
	assert_int_equal(c->size, PT(10));
	assert_int_equal(c->pitch, PT(20));
	assert_int_equal(a->align, ALIGN_CENTRE);
	assert_int_equal(c->align, ALIGN_END);
	assert_int_equal(c->role, ROLE_H);
	assert_int_equal(c->outline, 2);
	assert_int_equal(c->widows, 2);
	assert_int_equal(c->orphans, 1);
	assert_true(c->keep_together && c->keep_with_next);
	assert_false(b->keep_together || b->keep_with_next);
	/* The default is the first that stands there, not the first that was needed. */
	assert_ptr_equal(r.first_style, c);
	assert_int_equal(r.doc->n_styles, 3);
}

static void test_keep(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_true(home_resolve(h, LAYOUT("<style name='n' keep='next'/><style name='t' keep='together'/>"
					   "<style name='o' based-on='n' keep='none'/>"), "zh-Hans", &r));
	assert_true(style_of(&r, "n")->keep_with_next && !style_of(&r, "n")->keep_together);
	assert_true(!style_of(&r, "t")->keep_with_next && style_of(&r, "t")->keep_together);
	assert_true(!style_of(&r, "o")->keep_with_next && !style_of(&r, "o")->keep_together);
}

static void test_cycles(void **state)
{
	struct home *h = *state;
	struct resolved r;

	/* One message for the cycle, at its first style; the one that only leads there is not named. */
	assert_false(home_resolve(h, LAYOUT("<style name='x' based-on='a'/>\n<style name='a' based-on='b'/>\n"
					    "<style name='b' based-on='a'/>\n<style name='good'/>"), "zh-Hans", &r));
	expect_one(h, "layout-cycle", "t/layout.xml:4:27");
	expect_says(h, 0, "itself: a → b → a");
	home_again(h);
	assert_false(home_resolve(h, LAYOUT("<style name='a' based-on='a'/>"), "zh-Hans", &r));
	expect_one(h, "layout-cycle", "t/layout.xml:3:27");
}

static void test_long_chain(void **state)
{
	struct home *h = *state;
	struct resolved r;
	struct buf b = {0};

	buf_puts(&b, LAYOUT_HEAD "<page name='body'/><face name='f' role='song'/><wrap name='w'/><style name='s0' size='9pt'/>\n");
	for (int i = 1; i <= 64; i++)
		buf_printf(&b, "<style name='s%d' based-on='s%d'/>\n", i, i - 1);
	size_t n = b.n;
	buf_puts(&b, "</layout>");
	buf_char(&b, 0);
	assert_true(home_resolve(h, b.p, "zh-Hans", &r));
	assert_int_equal(style_of(&r, "s64")->size, PT(9));
	b.n = n;
	buf_puts(&b, "<style name='s65' based-on='s64'/></layout>");
	buf_char(&b, 0);
	assert_false(home_resolve(h, b.p, "zh-Hans", &r));
	expect_one(h, "xml-limit", "t/layout.xml:67:29");
	buf_free(&b);
}

static void test_unknown_names(void **state)
{
	struct home *h = *state;
	struct resolved r;

	/* Said once, where the name stands, not again at the styles based on it. */
	assert_false(home_resolve(h, LAYOUT("<style name='body' face='ff'/>\n<style name='p' based-on='body'/>\n"
					    "<style name='q' based-on='bodi'/>\n<style name='s' based-on='q'/>"), "zh-Hans", &r));
	assert_int_equal(h->x.d.n, 2);
	expect_at(h, 0, "layout-name", "t/layout.xml:3:26");
	expect_says(h, 0, "no <face> named \"ff\"");
	expect_at(h, 1, "layout-name", "t/layout.xml:5:27");
	expect_says(h, 1, "no <style> named \"bodi\", did you mean body?");
	home_again(h);
	assert_false(home_resolve(h, LAYOUT("<style name='b' wrap='z' colour='blue' grid='boby'/>"), "zh-Hans", &r));
	assert_int_equal(h->x.d.n, 3);
	expect_says(h, 0, "no <wrap> named \"z\"");
	expect_says(h, 1, "no <colour> named \"blue\"");
	expect_says(h, 2, "no <page> named \"boby\", did you mean body?");
	home_again(h);
	assert_false(home_resolve(h, LAYOUT("<face name='k' role='sonk'/>\n<face name='l' role='song' latin='latim' fallback='x'/>"
					    "<style name='b'/>"), "zh-Hans", &r));
	assert_int_equal(h->x.d.n, 3);
	expect_at(h, 0, "layout-name", "t/layout.xml:3:22");
	expect_says(h, 0, "no <role> named \"sonk\", did you mean song?");
	expect_says(h, 1, "no <role> named \"latim\", did you mean latin?");
	expect_at(h, 2, "layout-name", "t/layout.xml:4:52");
}

/* A short Chinese name is not near every other. */
static void test_nearest(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_false(home_resolve(h, LAYOUT("<style name='正文'/><style name='标题一'/><style name='甲' based-on='抬头'/>"
					    "<style name='乙' based-on='标题'/>"), "zh-Hans", &r));
	assert_int_equal(h->x.d.n, 2);
	struct buf b = {0};
	diag_sentence(&h->x.d.list[0], LANG_ZH, &b);
	buf_char(&b, 0);
	assert_string_equal(b.p, "没有名为“抬头”的 <style>；可用：正文 标题一 甲 乙");
	b.n = 0;
	diag_sentence(&h->x.d.list[1], LANG_ZH, &b);
	buf_char(&b, 0);
	assert_string_equal(b.p, "没有名为“标题”的 <style>，是否应为 标题一？");
	buf_free(&b);
}

static void test_required(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_false(home_resolve(h, LAYOUT_HEAD "<page name='p'/><style name='s'/></layout>", "zh-Hans", &r));
	assert_int_equal(h->x.d.n, 2);
	expect_at(h, 0, "layout-required", "t/layout.xml:2:17");
	expect_says(h, 0, "<style> lacks face=");
	expect_says(h, 1, "<style> lacks wrap=");
	home_again(h);
	assert_false(home_resolve(h, LAYOUT_HEAD "</layout>", "zh-Hans", &r));
	assert_int_equal(h->x.d.n, 2);
	expect_says(h, 0, "<layout> lacks <style>");
	expect_says(h, 1, "<layout> lacks <page>");
	home_again(h);
	assert_false(home_resolve(h, LAYOUT("<face name='k'/><style name='s'/>"), "zh-Hans", &r));
	expect_one(h, "layout-required", "t/layout.xml:3:1");
	expect_says(h, 0, "<face> lacks role=");
}

/* ---- lengths ---- */

static void test_relative_lengths(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_true(home_resolve(h, LAYOUT(
		"<style name='a' size='三号' leading='28pt' indent='2字' start='1em' end='-0.5em' before='1行' after='0.5行'"
		" trailer-gap='0.25em' shift='-0.1em'/>"
		"<style name='half' based-on='a' size='0.5em'/>"
		"<style name='quarter' based-on='half' size='0.5em'/>"
		"<style name='same' based-on='half' align='end'/>"
		"<style name='free' size='20pt'/>"
		"<style name='loose' based-on='free' leading='1.5em'/>"
		"<style name='looser' based-on='loose' size='10pt'/>"
		"<style name='alone' size='2em'/>"), "zh-Hans", &r));
	const struct style *a = style_of(&r, "a"), *half = style_of(&r, "half");
	assert_int_equal(a->size, PT(16));
	assert_int_equal(a->pitch, PT(28));
	assert_int_equal(a->indent_first, PT(32));
	assert_int_equal(a->indent_start, PT(16));
	assert_int_equal(a->indent_end, -PT(8));
	assert_int_equal(a->space_before, PT(28));
	assert_int_equal(a->space_after, PT(14));
	assert_int_equal(a->trailer_gap, PT(4));
	assert_int_equal(a->shift, -(emu)20320);
	/* em in a size is the size it is based on, and an inherited one is not taken twice. */
	assert_int_equal(half->size, PT(8));
	assert_int_equal(style_of(&r, "quarter")->size, PT(4));
	assert_int_equal(style_of(&r, "same")->size, PT(8));
	/* Other inherited lengths are of the style's own size. */
	assert_int_equal(half->indent_first, PT(16));
	assert_int_equal(half->pitch, PT(28));
	assert_int_equal(style_of(&r, "free")->pitch, PT(35)); /* 1.75 em when nothing is said */
	assert_int_equal(style_of(&r, "loose")->pitch, PT(30));
	assert_int_equal(style_of(&r, "looser")->pitch, PT(15));
	assert_int_equal(style_of(&r, "alone")->size, PT(32)); /* of 三号 */
}

static void test_bad_metrics(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_false(home_resolve(h, LAYOUT("<style name='a' size='1行'/>\n<style name='b' leading='2行'/>\n"
					    "<style name='c' size='cell'/>\n<style name='d' based-on='c'/>\n"
					    "<style name='e' size='0.5pt'/>\n<style name='g' leading='3000pt'/>\n"
					    "<style name='i' size='0'/>"), "zh-Hans", &r));
	assert_int_equal(h->x.d.n, 6);
	expect_at(h, 0, "layout-value", "t/layout.xml:3:23");
	expect_at(h, 1, "layout-value", "t/layout.xml:4:26");
	expect_at(h, 2, "layout-value", "t/layout.xml:5:23");
	expect_says(h, 2, "<page columns=");
	expect_at(h, 3, "layout-value", "t/layout.xml:7:23");
	expect_at(h, 4, "layout-value", "t/layout.xml:8:26");
	expect_at(h, 5, "layout-value", "t/layout.xml:9:23");
}

/* The grid: type area 156 × 225 mm, 28 characters a line, 22 lines a page (GB/T 9704-2012, 5.2); the cell is 156/28 mm =
 * 15.793 pt, the pitch lets the 22nd line's em box end at 225 mm (within 0.06 mm of the 224.95 mm that 一行 gives). */
static void test_grid(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_true(home_resolve(h, base_xml, "zh-Hans", &r));
	const struct style *s = style_of(&r, "body");
	assert_int_equal(28 * s->size / 28, s->size);
	assert_true(28 * s->size <= MM(156) && 28 * s->size > MM(156) - 28);
	assert_true(s->size + 21 * s->pitch <= MM(225) && s->size + 21 * s->pitch > MM(225) - 22);
	assert_in_range(s->size, PT(15.792), PT(15.794));
	/* 一行 = a character + 7/8 of a 三号 character (3.2): 1.875 cells */
	assert_in_range(s->pitch, s->size * 1875 / 1000, s->size * 1875 / 1000 + MM(0.003));
	assert_true(s->gap_below);
	/* 四号 on the same grid keeps the pitch. */
	assert_int_equal(style_of(&r, "number")->size, PT(14));
	assert_int_equal(style_of(&r, "number")->pitch, s->pitch);
}

static void test_other_grid(void **state)
{
	struct home *h = *state;
	struct resolved r;

	/* Every count of columns and lines must fit its page. */
	for (int n = 2; n < 60; n++) {
		home_again(h);
		assert_true(home_resolve(h, arena_printf(h->x.a, LAYOUT_HEAD
			"<page name='big'/><page name='body' left='20mm' right='20mm' top='20mm' bottom='20mm' columns='%d' lines='%d'/>"
			"<face name='f' role='song'/><wrap name='w'/>"
			"<style name='s' grid='body' size='cell' leading='cell'/></layout>", n, n), "zh-Hans", &r));
		const struct style *s = style_of(&r, "s");
		assert_true(n * s->size <= MM(170) && n * s->size > MM(170) - n);
		assert_true(s->size + (n - 1) * s->pitch <= MM(257) && s->size + (n - 1) * s->pitch > MM(257) - n);
	}
}

/* ---- overriding ---- */

static void test_override(void **state)
{
	struct home *h = *state;
	struct resolved r;

	home_write(h, "layouts/base/layout.xml", base_xml);
	assert_true(home_resolve(h, LAYOUT_HEAD "<use href='../base/layout.xml'/>\n"
		"<page name='body' left='30mm'><frame name='odd' x='30mm'/><frame name='new' side='even' height='1pt'/></page>"
		"<face name='f' latin='latin'/><colour name='red' rgb='#aa0000'/>"
		"<wrap name='w' squeeze='always'/><style name='body' align='start'/></layout>", "zh-Hans", &r));
	const struct page_master *p = map_get(&r.pages, STR("body"));
	const struct style *body = style_of(&r, "body");
	assert_int_equal(p->left, MM(30));
	assert_int_equal(p->top, MM(37)); /* as it was */
	assert_int_equal(p->grid_columns, 28);
	assert_int_equal(body->size, MM(154) / 28); /* the grid follows the page that is used */
	assert_int_equal(body->align, ALIGN_START);
	assert_true(body->gap_below);
	assert_int_equal(body->wrap->squeeze, SQUEEZE_ALWAYS);
	assert_int_equal(body->face->latin.n, 1);
	assert_int_equal(((const struct colour *)map_get(&r.colours, STR("red")))->rgb, 0xAA0000);
	/* A frame keeps what is not stated again, its content too; frames stay in order. */
	const struct furniture *f = p->furniture;
	assert_int_equal(f->side, PAGE_ODD);
	assert_int_equal(f->x, MM(30));
	assert_int_equal(f->y, MM(269));
	assert_non_null(f->inlines);
	assert_int_equal(f->next->side, PAGE_ANY);
	assert_int_equal(f->next->next->side, PAGE_EVEN);
	assert_null(f->next->next->next);
}

static void test_frames(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_true(home_resolve(h, base_xml, "zh-Hans", &r));
	const struct page_master *p = map_get(&r.pages, STR("body"));
	const struct furniture *odd = p->furniture, *line = odd->next;
	const struct inline_item *i = odd->inlines;
	assert_ptr_equal(odd->style, style_of(&r, "number"));
	assert_int_equal(odd->width, MM(156)); /* the measure, when nothing is said */
	assert_int_equal(i->kind, INLINE_TEXT);
	assert_true(str_is(i->text, "— "));
	assert_int_equal(i->origin, TEXT_FURNITURE);
	assert_int_equal(i->next->kind, INLINE_PAGE_NUMBER);
	assert_true(str_is(i->next->next->text, " —"));
	assert_null(i->next->next->next);
	assert_null(line->inlines);
	assert_int_equal(line->height, MM(0.5));
	assert_int_equal(line->y, MM(20));
	assert_int_equal(line->x, MM(28));
	assert_int_equal(line->colour->rgb, 0xFF3333);
}

static void test_frame_removed(void **state)
{
	struct home *h = *state;
	struct resolved r;

	home_write(h, "layouts/base/layout.xml", base_xml);
	assert_true(home_resolve(h, LAYOUT_HEAD "<use href='../base/layout.xml'/>\n"
		"<page name='body'><frame name='odd' side='none'/></page></layout>", "zh-Hans", &r));
	const struct page_master *p = map_get(&r.pages, STR("body"));
	assert_int_equal(p->furniture->height, MM(0.5));
	assert_null(p->furniture->next);
}

static void test_frame_faults(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_false(home_resolve(h, LAYOUT("<style name='s'/><page name='q'><frame name='a'/>\n<frame name='b' style='ss'>x</frame>\n"
					    "<frame name='c' height='1pt' colour='red'/></page>"), "zh-Hans", &r));
	assert_int_equal(h->x.d.n, 3);
	expect_at(h, 0, "layout-required", "t/layout.xml:3:33");
	expect_at(h, 1, "layout-name", "t/layout.xml:4:24");
	expect_at(h, 2, "layout-name", "t/layout.xml:5:38");
}

static void test_pages(void **state)
{
	struct home *h = *state;
	struct resolved r;
	static const char *const bad[] = {"width='5mm'", "height='6m'", "left='110mm' right='100mm'", "top='297mm'", "width='9000mm'"};

	assert_true(home_resolve(h, LAYOUT("<style name='s'/>"), "zh-Hans", &r));
	const struct page_master *p = r.doc->pages[0];
	assert_int_equal(p->width, MM(210));
	assert_int_equal(p->height, MM(297));
	assert_int_equal(p->width - p->left - p->right, MM(156));
	assert_int_equal(p->height - p->top - p->bottom, MM(225));
	assert_false(p->mirrored);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		home_again(h);
		const char *xml = arena_printf(h->x.a, LAYOUT("<style name='s'/>\n<page name='x' %s/>"), bad[i]);
		assert_false(home_resolve(h, xml, "zh-Hans", &r));
		assert_int_equal(h->x.d.n, 1);
		assert_string_equal(diag_word(h->x.d.list[0].code), "layout-value");
	}
}

static void test_wrap(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_true(home_resolve(h, base_xml, "zh-Hans", &r));
	const struct wrap_rules *w = map_get(&r.wraps, STR("w")), *v = map_get(&r.wraps, STR("v"));
	/* Unstated: the recovered rule (monthly-plan-geometry.md). */
	assert_int_equal(w->prohibition, PROHIBIT_GB);
	assert_int_equal(w->squeeze, SQUEEZE_NEAREST);
	assert_int_equal(w->autospace, 250000);
	assert_int_equal(w->mark_shrink, 500000);
	assert_int_equal(w->line_end, 500000);
	assert_false(w->number_unit_keep || w->pairs || w->line_start);
	assert_int_equal(v->prohibition, PROHIBIT_STRICT);
	assert_int_equal(v->squeeze, SQUEEZE_NEVER);
	assert_int_equal(v->autospace, 300000);
	assert_true(v->number_unit_keep && v->pairs);
}

/* ---- faces ---- */

static const char *families(struct home *h, const struct family_list *l)
{
	char *all = "";

	for (int i = 0; i < l->n; i++)
		all = arena_printf(h->x.a, "%s%.*s", all, STR_ARG(l->list[i]->id));
	return all;
}

static void test_faces_by_language(void **state)
{
	struct home *h = *state;
	struct resolved r;
	static const struct {
		const char *lang, *han;
	} list[] = {{"zh-Hans", "ab"}, {"zh-Hant", "b"}, {"zh-Hant-HK", "b"}, {"zh-Hant-TW", "b"}};

	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		assert_true(home_resolve(h, base_xml, list[i].lang, &r));
		const struct face *f = map_get(&r.faces, STR("f")), *g = map_get(&r.faces, STR("g"));
		assert_string_equal(families(h, &f->han), list[i].han);
		assert_string_equal(families(h, &f->latin), "");
		assert_string_equal(families(h, &g->latin), "c");
		assert_string_equal(families(h, &f->fallback), "ca");
		assert_true(str_is(style_of(&r, "body")->lang, list[i].lang));
	}
	/* No role for any of zh, and none without language. */
	assert_false(home_resolve(h, base_xml, "zh", &r));
	assert_string_equal(diag_word(h->x.d.list[0].code), "layout-name");
}

static void test_face_own_and_fallback(void **state)
{
	struct home *h = *state;
	struct resolved r;

	home_write(h, "layouts/base/layout.xml", base_xml);
	assert_true(home_resolve(h, LAYOUT_HEAD "<use href='../base/layout.xml'/>"
		"<face name='g' latin='own' fallback='latin'/></layout>", "zh-Hans", &r));
	const struct face *g = map_get(&r.faces, STR("g"));
	assert_int_equal(g->latin.n, 0);
	assert_string_equal(families(h, &g->fallback), "c");
}

static void test_families(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_true(home_resolve(h, base_xml, "zh-Hans", &r));
	const struct face *f = map_get(&r.faces, STR("f"));
	const struct family *a = f->han.list[0], *b = f->han.list[1];
	assert_true(str_ends(a->file, STR("/fonts/./a.otf")));
	assert_int_equal(b->file.n, 0); /* not there */
	assert_int_equal(b->index, 2);
	assert_int_equal(b->scale, 1500000);
	assert_int_equal(a->scale, 1000000);
	assert_true(b->licensed && !a->licensed);
	/* Folders of GENPDF_FONTS come first. */
	home_write(h, "mine/a.otf", "");
	home_write(h, "mine/b.otf", "");
	setenv("GENPDF_FONTS", arena_printf(h->x.a, ":/nowhere:%s:", home_path(h, "mine")), 1);
	assert_true(home_resolve(h, base_xml, "zh-Hans", &r));
	unsetenv("GENPDF_FONTS");
	f = map_get(&r.faces, STR("f"));
	assert_true(str_ends(f->han.list[0]->file, STR("/mine/a.otf")));
	assert_true(str_ends(f->han.list[1]->file, STR("/mine/b.otf")));
}

static void test_style_language(void **state)
{
	struct home *h = *state;
	struct resolved r;

	assert_true(home_resolve(h, LAYOUT("<style name='a'/><style name='e' lang='en'/>"), "zh-Hant-HK", &r));
	assert_true(str_is(style_of(&r, "a")->lang, "zh-Hant-HK"));
	assert_true(str_is(style_of(&r, "e")->lang, "en"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOME_TEST(test_based_on), HOME_TEST(test_keep), HOME_TEST(test_cycles), HOME_TEST(test_long_chain),
		HOME_TEST(test_unknown_names), HOME_TEST(test_nearest), HOME_TEST(test_required),
		HOME_TEST(test_relative_lengths), HOME_TEST(test_bad_metrics), HOME_TEST(test_grid), HOME_TEST(test_other_grid),
		HOME_TEST(test_override), HOME_TEST(test_frames), HOME_TEST(test_frame_removed), HOME_TEST(test_frame_faults),
		HOME_TEST(test_pages), HOME_TEST(test_wrap), HOME_TEST(test_faces_by_language),
		HOME_TEST(test_face_own_and_fallback), HOME_TEST(test_families), HOME_TEST(test_style_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
