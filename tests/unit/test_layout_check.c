/* Checks of a layout that need no record: names that records may hold, kinds, declarations nobody uses. */
#include "unit/layout_fixture.h"

#include "layout/literal.h"

#define GRAMMAR(inside) \
	"<grammar xmlns='http://relaxng.org/ns/structure/1.0'>" inside "</grammar>"
#define DECLARED(kind, more) \
	"<layout xmlns='urn:genpdf:layout' kind='" kind "'><page name='body'/><face name='f' role='song'/><wrap name='w'/>" \
	"<style name='s'/>\n" more "<templates href='t.xsl'/></layout>"

/* plan: record/@kind, title, part; core, which it includes: p, @n. notice: head. */
static void write_schemas(struct home *h)
{
	home_write(h, "records/schema/core.rng", GRAMMAR("<define name='p'><element name='p'><attribute name='n'/></element></define>"));
	home_write(h, "records/schema/plan.rng",
		   GRAMMAR("<include href='core.rng'/><start><element name='record'><attribute name='kind'/><attribute name='xml:lang'/>"
			   "<element><choice><name>title</name><name>part</name></choice></element></element></start>"));
	home_write(h, "records/schema/notice.rng", GRAMMAR("<start><element name='head'/></start>"));
}

static bool open_with(struct home *h, const char *layout, const char *templates)
{
	home_again(h);
	home_write(h, "layouts/t/t.xsl", templates);
	return home_declare(h, layout) != NULL;
}

#define TEMPLATES(inside) XSL_HEAD inside "\n</xsl:stylesheet>"
#define USES(style) TEMPLATES("<xsl:template match='/'><document><section><p style='" style "'/></section></document></xsl:template>")

static void test_names_of_the_record(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *inside, *where, *says;
	} bad[] = {
		{"<xsl:template match='record/titel'/>", "t/t.xsl:2:29", "records of kind \"plan\" have no <titel>, did you mean <title>?"},
		{"<xsl:template match='p[@m]'/>", "t/t.xsl:2:25", "records of kind \"plan\" have no @m"},
		{"<xsl:template match='p'><xsl:if test='../@knid'/></xsl:template>", "t/t.xsl:2:43", "did you mean @kind?"},
		{"<xsl:template match='p'><document title='x{head}'/></xsl:template>", "t/t.xsl:2:44", "have no <head>"},
		{"<xsl:template match='@title'/>", "t/t.xsl:2:23", "have no @title"},
		{"<xsl:template match='f:p'/>", "t/t.xsl:2:22", "have no <f:p>"},
		{"<xsl:key name='k' match='p' use='nn'/>", "t/t.xsl:2:34", "have no <nn>"},
	};

	write_schemas(h);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *text = arena_printf(h->x.a, TEMPLATES("%s"), bad[i].inside);
		assert_false(open_with(h, DECLARED("plan", ""), text));
		expect_one(h, "layout-record", bad[i].where);
		expect_says(h, 0, bad[i].says);
	}
	assert_true(open_with(h, DECLARED("plan", ""), TEMPLATES("<xsl:template match='record[@kind]/part/p/@n | title[@xml:lang]'/>")));
	expect_clean(&h->x);
	/* Expressions may be about trees of the templates' own. */
	assert_true(open_with(h, DECLARED("plan", ""),
			      TEMPLATES("<xsl:template match='p'><xsl:value-of xmlns:e='http://exslt.org/common' select='e:node-set(.)/row'/></xsl:template>")));
	expect_clean(&h->x);
}

/* Templates that layouts of several kinds share name what records of any kind have. */
static void test_names_in_imports(void **state)
{
	struct home *h = *state;

	write_schemas(h);
	home_write(h, "layouts/base/layout.xml", LAYOUT_HEAD "</layout>");
	home_write(h, "layouts/base/b.xsl", TEMPLATES("<xsl:template match='head'/>"));
	assert_false(open_with(h, "<layout xmlns='urn:genpdf:layout' kind='plan'><use href='../base/layout.xml'/><page name='body'/>"
			       "<style name='s'/><templates href='t.xsl'/></layout>",
			       TEMPLATES("<xsl:import href='../base/b.xsl'/>\n<xsl:template match='head'/>")));
	expect_one(h, "layout-record", "t/t.xsl:3:22");
	home_again(h);
	home_write(h, "layouts/base/b.xsl", TEMPLATES("<xsl:template match='haed'/>"));
	home_write(h, "layouts/t/t.xsl", TEMPLATES("<xsl:import href='../base/b.xsl'/>"));
	assert_null(home_layout(h, "t"));
	expect_one(h, "layout-record", "base/b.xsl:2:22");
	expect_says(h, 0, "records of any kind have no <haed>, did you mean <head>?");
	/* A layout of no kind may be for any. */
	assert_true(open_with(h, "<layout xmlns='urn:genpdf:layout'><page name='body'/><style name='s'/><templates href='t.xsl'/></layout>",
			      TEMPLATES("<xsl:template match='head | title'/>")));
	expect_clean(&h->x);
}

static void test_omit(void **state)
{
	struct home *h = *state;
	const char *templates = TEMPLATES("<xsl:template match='/'/>");

	write_schemas(h);
	assert_false(open_with(h, DECLARED("plan", "<omit match='record/prt/*'/>\n"), templates));
	expect_one(h, "layout-record", "t/layout.xml:2:21");
	expect_says(h, 0, "have no <prt>, did you mean part?");
	assert_true(open_with(h, DECLARED("plan", "<omit match='record/*/p'/><omit match='part'/>"), templates));
	expect_clean(&h->x);
}

static void test_kind(void **state)
{
	struct home *h = *state;
	const char *templates = TEMPLATES("<xsl:template match='/'/>");

	write_schemas(h);
	assert_false(open_with(h, DECLARED("notise", ""), templates));
	expect_one(h, "record-kind", "t/layout.xml:1:41");
	expect_says(h, 0, "unknown kind \"notise\", did you mean notice?");
	assert_false(open_with(h, DECLARED("../schema/plan", ""), templates));
	expect_one(h, "record-kind", "t/layout.xml:1:41");
	/* Without any schema there is nothing to compare with. */
	assert_int_equal(unlink(home_path(h, "records/schema/core.rng")), 0);
	assert_int_equal(unlink(home_path(h, "records/schema/plan.rng")), 0);
	assert_int_equal(unlink(home_path(h, "records/schema/notice.rng")), 0);
	assert_int_equal(rmdir(home_path(h, "records/schema")), 0);
	assert_true(open_with(h, DECLARED("x", "<omit match='y'/>"), TEMPLATES("<xsl:template match='z'/>")));
	expect_clean(&h->x);
}

/* What a missing file would declare is not missed name by name. */
static void test_a_missing_use(void **state)
{
	struct home *h = *state;

	assert_false(open_with(h, LAYOUT_HEAD "<use href='../none/layout.xml'/><templates href='t.xsl'/></layout>", USES("x")));
	expect_one(h, "layout-file", "t/layout.xml:2:12");
	home_write(h, "layouts/base/layout.xml", "<layout");
	assert_false(open_with(h, LAYOUT_HEAD "<use href='../base/layout.xml'/><templates href='t.xsl'/></layout>", USES("x")));
	expect_one(h, "xml-syntax", "base/layout.xml:1:8");
	/* A name that nobody declares is one cause, however often it is used. */
	assert_false(open_with(h, DECLARED("x", ""), TEMPLATES("<xsl:template match='/'><p style='x'/><p style='y'/><p style='x'/></xsl:template>")));
	assert_int_equal(h->x.d.n, 2);
	expect_says(h, 0, "no <style> named \"x\"");
	assert_int_equal(h->x.d.list[0].repeats, 1);
	assert_int_equal(h->x.d.list[1].repeats, 0);
}

/* ---- unused ---- */

static void expect_unused(struct home *h, const char *declarations, const char *templates, const char *where, const char *says)
{
	if (!open_with(h, declarations, templates))
		fixture_show(&h->x);
	assert_non_null(h->layout);
	assert_true(layout_check(&h->x.d, h->layout));
	if (!where) {
		expect_clean(&h->x);
		return;
	}
	expect_one(h, "layout-unused", where);
	expect_says(h, 0, says);
}

static void test_unused(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *more, *where, *says;
	} all[] = {
		{"<style name='big'/>\n", NULL, NULL},
		{"<style name='big'/>\n<style name='bug'/>", "t/layout.xml:3:14", "<style> \"bug\" is used nowhere, did you mean big?"},
		{"<style name='big'/>\n<style name='other' based-on='big'/>", "t/layout.xml:3:14", "\"other\" is used nowhere ["},
		{"<style name='big' based-on='other'/>\n<style name='other' face='g' wrap='v' colour='c' grid='p'/><face name='g' role='song'/>"
		 "<wrap name='v'/><colour name='c' rgb='#000000'/><page name='p'/>", NULL, NULL},
		{"<style name='big'/><face name='g' role='song'/>", "t/layout.xml:2:32", "<face> \"g\" is used nowhere"},
		{"<style name='big'/><wrap name='g'/>", "t/layout.xml:2:32", "<wrap> \"g\" is used nowhere"},
		{"<style name='big'/><colour name='g' rgb='#000000'/>", "t/layout.xml:2:34", "<colour> \"g\" is used nowhere"},
		{"<style name='big'/><page name='g'/>", "t/layout.xml:2:32", "<page> \"g\" is used nowhere"},
		{"<style name='big'/><style name='n'/><page name='body'><frame name='f' style='n'>x</frame></page>", NULL, NULL},
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const char *text = arena_printf(h->x.a, "<layout xmlns='urn:genpdf:layout'>%s<face name='f' role='song'/>"
						"<wrap name='w'/><style name='s'/>\n%s<templates href='t.xsl'/></layout>",
						strstr(all[i].more, "name='body'") ? "" : "<page name='body'/>", all[i].more);
		if (all[i].says && strchr(all[i].says, '['))
			expect_unused(h, text, USES("big"), all[i].where, "\"other\" is used nowhere");
		else
			expect_unused(h, text, USES("big"), all[i].where, all[i].says);
	}
	/* A variable is all that its name may hold; a choice each of its branches. */
	expect_unused(h, DECLARED("x", "<style name='a'/>\n<style name='b'/>"),
		      TEMPLATES("<xsl:template match='/'><xsl:variable name='v'>a</xsl:variable><document><section><p style='{$v}'/></section></document>"
				"</xsl:template>"), "t/layout.xml:3:14", "\"b\"");
	expect_unused(h, DECLARED("x", "<style name='a'/><style name='b'/><style name='c'/><style name='e-1'/>\n<style name='d'/>"),
		      TEMPLATES("<xsl:variable name='w'><xsl:choose><xsl:when test='1'>c</xsl:when><xsl:otherwise>e-<xsl:value-of select='2'/></xsl:otherwise>"
				"</xsl:choose></xsl:variable><xsl:template match='/'><xsl:param name='v' select='\"a\"'/><document><section><p><xsl:attribute name='style'>"
				"<xsl:choose><xsl:when test='1'><xsl:value-of select='$v'/></xsl:when><xsl:when test='2'><xsl:value-of select='$w'/></xsl:when>"
				"<xsl:otherwise>b</xsl:otherwise></xsl:choose></xsl:attribute></p></section></document></xsl:template>"),
		      "t/layout.xml:3:14", "\"d\"");
	/* Part of a name uses what may fit, an expression alone everything. */
	expect_unused(h, DECLARED("x", "<style name='h-1'/><style name='h-2'/>\n<style name='i-1'/>"), USES("h-{1}"), "t/layout.xml:3:14", "\"i-1\"");
	expect_unused(h, DECLARED("x", "<style name='h-1'/><style name='i-1'/>"), USES("{concat(\"h\", 1)}"), NULL, NULL);
	expect_unused(h, DECLARED("x", "<style name='a'/><page name='p'/>"),
		      TEMPLATES("<xsl:template match='/'><document><section><xsl:copy-of select='record/*'/></section></document></xsl:template>"), NULL, NULL);
	expect_unused(h, DECLARED("x", "<style name='a'/>"),
		      TEMPLATES("<xsl:variable name='v'><p/></xsl:variable>"
				"<xsl:template match='/'><document><section><xsl:copy-of select='$v'/></section></document></xsl:template>"),
		      "t/layout.xml:2:14", "\"a\" is used nowhere");
	expect_unused(h, DECLARED("x", "<style name='a'/>\n<style name='b'/>"),
		      TEMPLATES("<xsl:attribute-set name='x'><xsl:attribute name='style'>a</xsl:attribute></xsl:attribute-set>"
				"<xsl:template match='/'><document><section><p xsl:use-attribute-sets='x'/></section></document></xsl:template>"),
		      "t/layout.xml:3:14", "\"b\"");
}

/* What a layout takes over is not its own; what it overrides by a slip is. */
/* What nothing asks for, while something of nearly the same name is asked for. */
static void test_misspelt_in_templates(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *templates, *where, *says;
	} bad[] = {
		{"<xsl:variable name='heads' select='1'/><xsl:variable name='heada' select='2'/>"
		 "<xsl:template match='/'><document><section><xsl:if test='$heads'><p/></xsl:if></section></document></xsl:template>",
		 "t/t.xsl:2:60", "<xsl:variable> \"heada\" is used nowhere, did you mean heads?"},
		{"<xsl:template match='/'><document><section><xsl:apply-templates mode='date'/></section></document></xsl:template>\n"
		 "<xsl:template match='p' mode='date'><p/></xsl:template><xsl:template match='p[@n]' mode='datte'/>",
		 "t/t.xsl:3:90", "<xsl:template mode> \"datte\" is used nowhere, did you mean date?"},
		{"<xsl:template match='/'><document><section><xsl:call-template name='begin'/></section></document></xsl:template>\n"
		 "<xsl:template name='begin'/><xsl:template name='begins'/>",
		 "t/t.xsl:3:49", "<xsl:template> \"begins\" is used nowhere, did you mean begin?"},
		{"<xsl:template match='/'><document><section><p><mark name='months'/><mark name='monts'/><mark name='other'/></p></section></document></xsl:template>",
		 "t/t.xsl:2:80", "<mark> \"monts\" is used nowhere, did you mean months?"},
	};

	write_schemas(h);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		expect_unused(h, "<layout xmlns='urn:genpdf:layout' kind='plan'><page name='body'><frame name='f'><running mark='months'/></frame></page>"
			      "<face name='f' role='song'/><wrap name='w'/><style name='s'/><templates href='t.xsl'/></layout>",
			      arena_printf(h->x.a, XSL_HEAD "%s\n</xsl:stylesheet>", bad[i].templates), bad[i].where, bad[i].says);
	expect_unused(h, DECLARED("plan", ""),
		      TEMPLATES("<xsl:variable name='heads' select='1'/><xsl:variable name='heada' select='2'/>"
				"<xsl:template match='/'><document><section><xsl:if test='$heads &gt; $heada'><p/></xsl:if></section></document></xsl:template>"
				"<xsl:template match='p' mode='far'/>"), NULL, NULL);
}

static void test_unused_and_inherited(void **state)
{
	struct home *h = *state;

	home_write(h, "layouts/base/layout.xml", LAYOUT("<style name='s'/><style name='big'/><style name='never'/>"));
	expect_unused(h, LAYOUT_HEAD "<use href='../base/layout.xml'/><templates href='t.xsl'/><style name='big' size='20pt'/></layout>", USES("big"),
		      NULL, NULL);
	expect_unused(h, LAYOUT_HEAD "<use href='../base/layout.xml'/><templates href='t.xsl'/>\n<style name='bgi' size='20pt'/></layout>",
		      USES("big"), "t/layout.xml:3:14", "<style> \"bgi\" is used nowhere, did you mean big?");
	/* A frame that takes one away has to find it. */
	home_write(h, "layouts/base/layout.xml", LAYOUT_HEAD "<page name='body'><frame name='number'>x</frame></page><face name='f' role='song'/>"
		   "<wrap name='w'/><style name='s'/></layout>");
	expect_unused(h, LAYOUT_HEAD "<use href='../base/layout.xml'/><templates href='t.xsl'/><page name='body'>"
		      "<frame name='number' side='none'/></page></layout>", USES("s"), NULL, NULL);
	expect_unused(h, LAYOUT_HEAD "<use href='../base/layout.xml'/><templates href='t.xsl'/><page name='body'>\n"
		      "<frame name='numbr' side='none'/></page></layout>", USES("s"), "t/layout.xml:3:14",
		      "<frame> \"numbr\" is used nowhere, did you mean number?");
	/* Declarations without templates are for others to use. */
	assert_true(home_layout(h, "base") && layout_check(&h->x.d, h->layout));
}

static void test_patterns(void **state)
{
	static const struct {
		const char *pattern, *name;
		bool matches;
	} all[] = {
		{"a", "a", true}, {"a", "ab", false}, {"ab", "a", false}, {"\x01", "", true}, {"\x01", "x", true}, {"a\x01", "a", true},
		{"a\x01""b", "aab", true}, {"a\x01""b", "aba", false}, {"\x01-\x01", "x-y-z", true}, {"\x01-\x01", "xy", false}, {"", "", true}, {"", "a", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_int_equal(literal_matches(str_of(all[i].pattern), str_of(all[i].name)), all[i].matches);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOME_TEST(test_names_of_the_record), HOME_TEST(test_names_in_imports), HOME_TEST(test_omit), HOME_TEST(test_kind), HOME_TEST(test_a_missing_use),
		HOME_TEST(test_unused), HOME_TEST(test_misspelt_in_templates), HOME_TEST(test_unused_and_inherited), cmocka_unit_test(test_patterns),
	};
	return cmocka_run_group_tests_name("layout check", tests, NULL, NULL);
}
