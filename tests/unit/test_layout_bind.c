/* bind: blocks and inlines from what templates make; every text of the record placed, omitted or reported; both places. */
#include "unit/layout_fixture.h"

#define DECLARED \
	LAYOUT("<templates href='t.xsl'/><colour name='red' rgb='#ff0000'/><face name='g' role='song' latin='latin'/>" \
	       "<wrap name='v' squeeze='never'/>" \
	       "<style name='s' size='10pt' leading='20pt'/><style name='big' size='20pt' leading='30pt' keep='next'/>" \
	       "<style name='small' size='0.5em' shift='0.2em'/><style name='smaller' based-on='small' face='g' wrap='v'/>" \
	       "<style name='red' colour='red' lang='en' align='end' indent='5em'/>" \
	       "<omit match='note'/><omit match='head/x'/><omit match='head/*/y'/>")

static struct doc *bind(struct home *h, const char *templates, const char *record)
{
	home_again(h);
	return home_bind(h, DECLARED, templates, record);
}

/* The section's blocks of a good document. */
static const struct block *blocks(struct home *h, const char *content, const char *record)
{
	struct doc *doc = bind(h, arena_printf(h->x.a, "%s%s%s", XSL_HEAD "<xsl:template match='/record'><document><section>\n",
					       content, "\n</section></document></xsl:template></xsl:stylesheet>"), record);

	if (!doc)
		fixture_show(&h->x);
	assert_non_null(doc);
	expect_clean(&h->x);
	assert_int_equal(doc->root->first->kind, BLOCK_SECTION);
	return doc->root->first->first;
}

static void faulty(struct home *h, const char *content, const char *record)
{
	assert_null(bind(h, arena_printf(h->x.a, "%s%s%s", XSL_HEAD "<xsl:template match='/record'><document><section>\n", content,
					 "\n</section></document></xsl:template></xsl:stylesheet>"), record));
	assert_true(h->x.d.n > 0);
}

static void expect_text(const struct inline_item *i, const char *text, enum text_origin origin)
{
	assert_non_null(i);
	assert_int_equal(i->kind, INLINE_TEXT);
	expect_str(i->text, text);
	assert_int_equal(i->origin, origin);
}

/* ---- blocks ---- */

static void test_blocks(void **state)
{
	struct home *h = *state;
	const struct block *k = blocks(h,
		"<p style='big'>x</p><p>y</p><group style='s' at='bottom'><rule height='0.35mm' width='2em' colour='red'/><group><p/></group>"
		"</group><space height='1行' style='big'/><space height='2em'/><break/><rule/>", "<record/>");

	assert_int_equal(k->kind, BLOCK_P);
	assert_true(str_is(k->style->name, "big"));
	k = k->next;
	assert_true(str_is(k->style->name, "s")); /* the first style when none is named */
	k = k->next;
	assert_int_equal(k->kind, BLOCK_GROUP);
	assert_true(k->at_bottom);
	assert_true(str_is(k->style->name, "s"));
	assert_int_equal(k->first->kind, BLOCK_RULE);
	assert_int_equal(k->first->height, 12600);
	assert_int_equal(k->first->width, 20 * EMU_PT);
	assert_int_equal(k->first->colour->rgb, 0xFF0000);
	assert_int_equal(k->first->next->kind, BLOCK_GROUP);
	assert_null(k->first->next->style);
	assert_false(k->first->next->at_bottom);
	assert_null(k->first->next->first->inlines);
	k = k->next;
	assert_int_equal(k->kind, BLOCK_SPACE);
	assert_int_equal(k->height, 30 * EMU_PT); /* a line of the style named */
	k = k->next;
	assert_int_equal(k->height, 20 * EMU_PT); /* em of the first style */
	k = k->next;
	assert_int_equal(k->kind, BLOCK_BREAK);
	k = k->next;
	assert_int_equal(k->height, EMU_PT / 2);
	assert_int_equal(k->width, 0);
	assert_null(k->next);
}

static void test_metadata(void **state)
{
	struct home *h = *state;
	struct doc *doc = bind(h, XSL_HEAD
		"<xsl:template match='/record'><document title='{note/t}' author=' {note/a} ' date=' 2031-05 '><section page='body'/>"
		"</document></xsl:template></xsl:stylesheet>",
		"<record kind='k'><note><t>\n示例市\n 水务局2031\n 年</t><a>甲局 乙</a></note></record>");
	assert_non_null(doc);
	expect_str(doc->metadata.title, "示例市水务局2031 年");
	expect_str(doc->metadata.author, "甲局 乙");
	expect_str(doc->metadata.date, "2031-05");
	assert_int_equal(doc->metadata.subject.n, 0);
	expect_str(doc->metadata.lang, "zh-Hans");
	expect_str(doc->metadata.kind, "k");
	expect_str(doc->metadata.layout, "t");
}

/* ---- inlines ---- */

static void test_inlines(void **state)
{
	struct home *h = *state;
	const struct inline_item *i = blocks(h,
		"<p>a<br/>b<space width='2em'/>c<hang/>d<spread width='3em'>甲乙</spread><trailer style='big'>t<space width='1em'/></trailer>"
		"<trailer>u</trailer></p>", "<record/>")->inlines;

	expect_text(i, "a", TEXT_GENERATED);
	i = i->next;
	assert_int_equal(i->kind, INLINE_BR);
	i = i->next->next;
	assert_int_equal(i->kind, INLINE_SPACE);
	assert_int_equal(i->width, 20 * EMU_PT);
	i = i->next->next;
	assert_int_equal(i->kind, INLINE_HANG);
	i = i->next->next;
	assert_int_equal(i->kind, INLINE_SPREAD);
	assert_int_equal(i->width, 30 * EMU_PT);
	expect_text(i->first, "甲乙", TEXT_GENERATED);
	i = i->next;
	assert_int_equal(i->kind, INLINE_TRAILER);
	/* A style named inside text lies over the style around; a block's keep and pitch stay the block's. */
	assert_int_equal(i->first->style->size, 20 * EMU_PT);
	assert_int_equal(i->first->style->pitch, 20 * EMU_PT);
	assert_int_equal(i->first->next->width, 20 * EMU_PT);
	i = i->next;
	assert_int_equal(i->kind, INLINE_TRAILER);
	assert_int_equal(i->first->style->size, 10 * EMU_PT);
	assert_null(i->next);
}

static void test_overlay(void **state)
{
	struct home *h = *state;
	const struct block *k = blocks(h,
		"<p style='big'>a<span style='small'>b<span style='small'>c</span></span><span style='smaller'>d</span>"
		"<span style='red'>e</span><span>f</span></p><p style='s'><span style='small'>g</span></p>", "<record/>");
	const struct style *big = k->style, *b = k->inlines->next->style, *c = k->inlines->next->next->style;
	const struct inline_item *d = k->inlines->next->next->next, *e = d->next, *f = e->next;

	assert_int_equal(b->size, 10 * EMU_PT);       /* 0.5 of the size around it */
	assert_int_equal(b->shift, 4 * EMU_PT);       /* 0.2 of the size around it */
	assert_int_equal(c->size, 5 * EMU_PT);
	assert_int_equal(c->shift, 6 * EMU_PT);       /* on top of the shift around it */
	assert_ptr_equal(b->face, big->face);
	assert_int_equal(d->style->size, 10 * EMU_PT);
	assert_true(str_is(d->style->face->name, "g"));
	assert_true(str_is(d->style->wrap->name, "v"));
	/* What a style says of paragraphs does nothing inside one. */
	assert_int_equal(e->style->colour->rgb, 0xFF0000);
	assert_true(str_is(e->style->lang, "en"));
	assert_int_equal(e->style->size, 20 * EMU_PT);
	assert_int_equal(e->style->align, big->align);
	assert_int_equal(e->style->indent_first, big->indent_first);
	assert_ptr_equal(f->style, big);
	/* The same inline style in other text is another style. */
	assert_int_equal(k->next->inlines->style->size, 5 * EMU_PT);
}

/* ---- text of the record ---- */

static void test_origins(void **state)
{
	struct home *h = *state;
	const struct inline_item *i = blocks(h,
		"<p><xsl:value-of select='p/@n'/><xsl:apply-templates select='p'/><xsl:text>。</xsl:text>"
		"<xsl:value-of select='concat(p, 1)'/></p>", "<record><p n='一、'>甲</p></record>")->inlines;

	expect_text(i, "一、", TEXT_GENERATED); /* an attribute */
	expect_text(i->next, "甲", TEXT_RECORD);
	expect_text(i->next->next, "。", TEXT_GENERATED);
	expect_text(i->next->next->next, "甲1", TEXT_GENERATED); /* not the text itself */
	assert_null(i->next->next->next->next);
}

static void test_places(void **state)
{
	struct home *h = *state;
	const struct block *k = blocks(h, "<p>。<xsl:value-of select='p'/></p>", "<record>\n<p>\n\n   甲<!-- -->乙\n</p></record>");
	const struct inline_item *i = k->inlines;

	expect_loc(&h->x, i->loc, 3, 4); /* literal: in the templates */
	expect_loc(&h->x, i->next->loc, 4, 4); /* record: the first character that is left */
	expect_loc(&h->x, i->next->layout, 3, 5);
	expect_text(i->next, "甲乙", TEXT_RECORD);
	expect_loc(&h->x, k->loc, 1, 1);
	expect_loc(&h->x, k->layout, 3, 1);
}

/* A text placed a second time is a repeat that the layout makes. */
static void test_repeats(void **state)
{
	struct home *h = *state;
	const struct block *k = blocks(h, "<p><xsl:value-of select='p'/></p><p><xsl:value-of select='p'/></p>"
				       "<p><xsl:apply-templates select='p/text()'/></p>", "<record><p>甲</p></record>");

	expect_text(k->inlines, "甲", TEXT_RECORD);
	expect_text(k->next->inlines, "甲", TEXT_GENERATED);
	expect_text(k->next->next->inlines, "甲", TEXT_GENERATED);
}

static void test_unplaced(void **state)
{
	struct home *h = *state;
	static const char record[] = "<record>\n<p>甲</p>\n<q>\n  乙<r>丙</r>\n</q><s>  </s>\n</record>";

	faulty(h, "<p><xsl:value-of select='p'/></p>", record);
	assert_int_equal(h->x.d.n, 2);
	expect_at(h, 0, "record-unplaced", "r.xml:4:3");
	expect_says(h, 0, "\"乙\"");
	expect_at(h, 1, "record-unplaced", "r.xml:4:7");
	/* Only as a part, or as an attribute of the document: still unplaced. */
	faulty(h, "<p><xsl:value-of select='substring(p, 1, 1)'/></p>", "<record><p>甲乙</p></record>");
	expect_one(h, "record-unplaced", "r.xml:1:12");
	assert_int_equal(h->x.d.list[0].length, strlen("甲乙"));
	faulty(h, "<p/>", "<record>散</record>");
	expect_one(h, "record-unplaced", "r.xml:1:9");
	/* --draft renders all the same. */
	h->x.d.draft = true;
	assert_non_null(bind(h, XSL_SECTION("<p/>"), "<record>散</record>"));
	expect_one(h, "record-unplaced", "r.xml:1:9");
	h->x.d.draft = false;
}

static void test_omit(void **state)
{
	struct home *h = *state;

	blocks(h, "<p/>", "<record><note>甲<b>乙</b></note><head><x>丙</x><z><y>丁</y></z></head></record>");
	faulty(h, "<p/>", "<record><x>甲</x><head><y>乙</y><z>丙</z></head><b><note>丁</note></b></record>");
	assert_int_equal(h->x.d.n, 3); /* x not below head; y not two below; z */
	expect_says(h, 0, "甲");
	expect_says(h, 1, "乙");
	expect_says(h, 2, "丙");
	/* Texts of elements alike are one cause. */
	faulty(h, "<p/>", "<record><a><x>甲</x><x>乙</x></a><b><x>丙</x></b></record>");
	assert_int_equal(h->x.d.n, 2);
	expect_says(h, 0, "the layout placed this text of <x> nowhere: \"甲\"");
	expect_says(h, 1, "丙");
	assert_int_equal(h->x.d.list[0].repeats, 1);
	/* What is omitted may be printed all the same. */
	expect_text(blocks(h, "<p><xsl:value-of select='note'/></p>", "<record><note>甲</note></record>")->inlines, "甲", TEXT_RECORD);
}

static void test_bare_text(void **state)
{
	struct home *h = *state;

	/* No template for q: a built-in rule lets its text through. */
	faulty(h, "<p><xsl:value-of select='p'/></p><xsl:apply-templates select='q'/>", "<record><p>甲</p>\n<q>\n乙</q></record>");
	expect_one(h, "layout-bare-text", "r.xml:3:1");
	expect_says(h, 0, "\"乙\"");
	faulty(h, "<group>\n<xsl:value-of select='p'/></group>", "<record><p>甲</p></record>");
	expect_one(h, "layout-bare-text", "r.xml:1:12");
	expect_other(h, 0, "t/t.xsl:4:1");
	faulty(h, "<xsl:text>words</xsl:text>", "<record/>");
	expect_one(h, "layout-bare-text", "t/t.xsl:3:11");
	assert_null(bind(h, XSL_HEAD "<xsl:template match='/record'><document>\n<xsl:value-of select='p'/><section/></document>"
			 "</xsl:template></xsl:stylesheet>", "<record><p>甲</p></record>"));
	expect_one(h, "layout-bare-text", "r.xml:1:12");
	/* What one instruction lets through is one cause. */
	faulty(h, "<group><xsl:value-of select='p[1]'/>\n<xsl:apply-templates select='p'/></group>", "<record><p>甲</p><p>乙<b>丙</b></p></record>");
	assert_int_equal(h->x.d.n, 2);
	expect_at(h, 0, "layout-bare-text", "r.xml:1:12");
	expect_says(h, 0, "text outside of any paragraph, directly in <group>: \"甲\"");
	expect_at(h, 1, "layout-bare-text", "r.xml:1:12");
	assert_int_equal(h->x.d.list[0].repeats, 0);
	assert_int_equal(h->x.d.list[1].repeats, 2);
	/* White space of the record between blocks is nothing. */
	blocks(h, "<xsl:apply-templates/>", "<record>\n\n</record>");
}

/* ---- faults of the templates ---- */

static void test_unknown_elements(void **state)
{
	struct home *h = *state;

	faulty(h, "<par>x</par>", "<record/>");
	expect_one(h, "layout-element", "t/t.xsl:3:1");
	faulty(h, "<p>\n<spam style='s'>x</spam></p>", "<record/>");
	expect_one(h, "layout-element", "t/t.xsl:4:1");
	expect_says(h, 0, "did you mean <span>?");
	faulty(h, "<page-number/>", "<record/>"); /* only in furniture */
	expect_one(h, "layout-element", "t/t.xsl:3:1");
	expect_says(h, 0, "unknown element <page-number>; allowed here: <p> <group>");
	/* What only running shows has the record's place too. */
	faulty(h, "<p>\n<xsl:element name='{name()}'>x</xsl:element></p>", "<record/>");
	expect_one(h, "layout-element", "t/t.xsl:4:1");
	expect_says(h, 0, "unknown element <record>; allowed here: <");
	expect_other(h, 0, "r.xml:1:1");
}

/* One message, though the text inside is lost as well. */
static void test_foreign(void **state)
{
	struct home *h = *state;

	faulty(h, "<p><xsl:copy-of select='p'/></p>", "<record>\n<p>甲<em>乙</em></p></record>");
	expect_one(h, "layout-foreign", "t/t.xsl:3:4");
	expect_other(h, 0, "r.xml:2:1");
	faulty(h, "<b xmlns='http://www.w3.org/1999/xhtml'><xsl:value-of select='p'/></b>", "<record><p>甲</p></record>");
	expect_one(h, "layout-foreign", "t/t.xsl:3:1");
}

static void test_places_of_elements(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *content, *where, *says;
	} bad[] = {
		{"<p><p>x</p></p>", "t/t.xsl:3:4", "<p> may not stand inside <p>"},
		{"<section/>", "t/t.xsl:3:1", "<section> may not stand inside <section>"},
		{"<document/>", "t/t.xsl:3:1", "<document> may not stand inside <section>"},
		{"<span>x</span>", "t/t.xsl:3:1", "<span> may not stand inside <section>; it stands in <p> <span>"},
		{"<xsl:for-each select='*'><br/></xsl:for-each>", "t/t.xsl:3:26", "<br> may not stand inside <section>"},
		{"<xsl:if test='0'><xsl:element name='row'/></xsl:if>", "t/t.xsl:3:18", "<row> may not stand inside <section>"},
		{"<br/>", "t/t.xsl:3:1", "<br> may not stand inside <section>"},
		{"<p><rule/></p>", "t/t.xsl:3:4", "<rule> may not stand inside <p>"},
		{"<p><trailer>x<br/></trailer></p>", "t/t.xsl:3:14", "<br> may not stand inside <trailer>"},
		{"<p><trailer><trailer>x</trailer></trailer></p>", "t/t.xsl:3:13", "<trailer> may not stand inside <trailer>"},
		/* a span is no way round */
		{"<p><trailer><span><br/></span></trailer></p>", "t/t.xsl:3:19", "<br> may not stand inside <trailer>"},
		{"<p><trailer><span><trailer>x</trailer></span></trailer></p>", "t/t.xsl:3:19", "<trailer> may not stand inside"},
		{"<p><spread width='3em'><spread width='2em'>x</spread></spread></p>", "t/t.xsl:3:24", "<spread> may not stand inside"},
		{"<p><spread width='3em'><hang/></spread></p>", "t/t.xsl:3:24", "<hang> may not stand inside <spread>"},
		{"<p>x<br><span>y</span></br></p>", "t/t.xsl:3:9", "<span> may not stand inside <br>"},
		{"<rule><p/></rule>", "t/t.xsl:3:7", "<p> may not stand inside <rule>"},
		{"<mark name='m'>x</mark>", "t/t.xsl:3:1", "<mark> may not stand inside <section>"},
		{"<p><trailer><mark name='m'>x</mark></trailer></p>", "t/t.xsl:3:13", "<mark> may not stand inside <trailer>"},
		{"<p><mark name='m'><span>x</span></mark></p>", "t/t.xsl:3:19", "<span> may not stand inside <mark>"},
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		faulty(h, bad[i].content, "<record/>");
		expect_one(h, "layout-place", bad[i].where);
		expect_says(h, 0, bad[i].says);
	}
	/* Spans in spans and in trailers are fine. */
	blocks(h, "<p><span><span>x<br/>y</span><trailer><span>z</span></trailer></span></p>", "<record/>");
}

static void test_text_in_empty_elements(void **state)
{
	struct home *h = *state;

	faulty(h, "<p>x<br>y</br></p>", "<record/>");
	expect_one(h, "layout-bare-text", "t/t.xsl:3:9");
	faulty(h, "<space height='1pt'><xsl:value-of select='p'/></space>", "<record><p>甲</p></record>");
	expect_one(h, "layout-bare-text", "r.xml:1:12");
	faulty(h, "<p><hang/>x<hang/></p>", "<record/>");
	expect_one(h, "layout-one", "t/t.xsl:3:12");
}

static void test_attributes(void **state)
{
	struct home *h = *state;

	faulty(h, "<p sytle='s'>x</p>", "<record/>");
	expect_one(h, "layout-attribute", "t/t.xsl:3:4");
	expect_says(h, 0, "did you mean style?");
	faulty(h, "<p colour='red'>x</p>", "<record/>");
	expect_says(h, 0, "element <p> has no attribute colour; it has: style");
	faulty(h, "<p><xsl:attribute name='{name()}'>x</xsl:attribute>x</p>", "<record/>");
	expect_one(h, "layout-attribute", "t/t.xsl:3:4");
	expect_other(h, 0, "r.xml:1:1");
	faulty(h, "<p><xsl:attribute name='stile'>s</xsl:attribute>x</p>", "<record/>");
	expect_one(h, "layout-attribute", "t/t.xsl:3:25");
	faulty(h, "<p>x</p>\n<space\n height='2 miles'/>", "<record/>");
	expect_one(h, "layout-value", "t/t.xsl:5:10");
	expect_says(h, 0, "bad value of height, \"2 miles\": such as 37mm");
	faulty(h, "<space height='2.5'/>", "<record/>");
	expect_says(h, 0, "its unit is missing, as in 2.5mm 2.5pt");
	/* What is written out round an expression. */
	faulty(h, "<space height='{1 + 1}miles'/>", "<record/>");
	expect_one(h, "layout-value", "t/t.xsl:3:16");
	faulty(h, "<group at='{1}x'/>", "<record/>");
	expect_one(h, "layout-value", "t/t.xsl:3:12");
	blocks(h, "<space height='{1 + 1}mm'/><group at='bot{\"tom\"}'/>", "<record/>");
	faulty(h, "<xsl:for-each select='p'><space height='{@h}'/></xsl:for-each>", "<record><p h='1mm'/>\n <p h='x'/></record>");
	expect_one(h, "layout-value", "t/t.xsl:3:33");
	expect_other(h, 0, "r.xml:2:2");
	faulty(h, "<group at='top'/>", "<record/>");
	expect_one(h, "layout-value", "t/t.xsl:3:12");
	assert_null(bind(h, XSL_HEAD "<xsl:template match='/record'><document date='29.5.2031'><section/></document></xsl:template>"
			 "</xsl:stylesheet>", "<record/>"));
	expect_one(h, "layout-value", "t/t.xsl:2:47");
}

static void test_unknown_names(void **state)
{
	struct home *h = *state;

	faulty(h, "<p style='bigg'>x<span style='smal'>y</span></p>\n<rule colour='rad'/>", "<record/>");
	assert_int_equal(h->x.d.n, 3);
	expect_at(h, 0, "layout-name", "t/t.xsl:3:11");
	expect_says(h, 0, "no <style> named \"bigg\", did you mean big?");
	expect_at(h, 1, "layout-name", "t/t.xsl:3:31");
	expect_says(h, 1, "did you mean small?");
	expect_at(h, 2, "layout-name", "t/t.xsl:4:15");
	expect_says(h, 2, "no <colour> named \"rad\", did you mean red?");
	assert_null(bind(h, XSL_HEAD "<xsl:template match='/record'><document><section page='bodi'/></document></xsl:template>"
			 "</xsl:stylesheet>", "<record/>"));
	expect_one(h, "layout-name", "t/t.xsl:2:56");
	expect_says(h, 0, "no <page> named \"bodi\", did you mean body?");
	faulty(h, "<p><xsl:attribute name='style'>\nbigg</xsl:attribute></p>", "<record/>");
	expect_one(h, "layout-name", "t/t.xsl:4:1");
	/* Part of a name: some style has to fit. */
	faulty(h, "<p style='heading-{1}'/>", "<record/>");
	expect_one(h, "layout-name", "t/t.xsl:3:11");
	blocks(h, "<p style='sm{\"all\"}'/><p style='{\"b\"}i{\"g\"}'/>", "<record/>");
	/* What the expressions make is seen when they run. */
	faulty(h, "<p style='sm{@n}'/>", "<record n='ell'/>");
	expect_one(h, "layout-name", "t/t.xsl:3:4");
	expect_says(h, 0, "no <style> named \"smell\", did you mean small?");
	expect_other(h, 0, "r.xml:1:1");
	/* Said once however often it is made, with the number of further places. */
	faulty(h, "<xsl:for-each select='p'><p style='sm{@n}'/></xsl:for-each>", "<record><p n='ell'/><p n='ell'/><p n='ell'/></record>");
	expect_one(h, "layout-name", "t/t.xsl:3:29");
	assert_int_equal(h->x.d.list[0].repeats, 2);
}

/* Templates without xmlns make elements of no vocabulary: said once a file, before they run. */
static void test_forgotten_namespace(void **state)
{
	struct home *h = *state;

	assert_null(bind(h, "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
			 "<xsl:template match='/'>\n<document><section><p>x</p></section></document></xsl:template></xsl:stylesheet>", "<record/>"));
	expect_one(h, "layout-element", "t/t.xsl:2:1");
	expect_says(h, 0, "unknown element <document>, it needs xmlns=\"urn:genpdf:layout\"");
	/* Trees that templates make for themselves are nobody's business. */
	blocks(h, "<xsl:variable name='v'><p xmlns='' k='1'/></xsl:variable><p xmlns:x='http://exslt.org/common'>"
		  "<xsl:value-of select='x:node-set($v)/p/@k'/></p>", "<record/>");
}

/* ---- marks ---- */

static void test_marks(void **state)
{
	struct home *h = *state;
	const struct block *k = blocks(h, "<p><mark name='m' outline='2'>\n <xsl:value-of select='x'/> 9 </mark><xsl:value-of select='x'/></p>",
				       "<record><x>甲</x></record>");
	const struct inline_item *i = k->inlines;

	/* What a mark says is a repeat, though it stands before the text itself. */
	assert_int_equal(i->kind, INLINE_MARK);
	expect_str(i->name, "m");
	expect_str(i->text, "甲 9");
	assert_int_equal(i->level, 2);
	expect_text(i->next, "甲", TEXT_RECORD);
	/* It places nothing. */
	faulty(h, "<p><mark name='m'><xsl:value-of select='x'/></mark></p>", "<record><x>甲</x></record>");
	expect_one(h, "record-unplaced", "r.xml:1:12");
}

#define HEADED(running) \
	LAYOUT_HEAD "<templates href='t.xsl'/><face name='f' role='song'/><wrap name='w'/><style name='s'/>" \
	"<page name='body'><frame name='a' y='9mm'>" running "</frame></page>" \
	"<page name='other'><frame name='a'><running mark='never'/></frame></page></layout>"
#define MARKED XSL_HEAD "<xsl:template match='/record'><document><section page='body'><p><mark name='month'>5月</mark>x</p>" \
	"</section></document></xsl:template></xsl:stylesheet>"

static void test_running(void **state)
{
	struct home *h = *state;

	home_again(h);
	struct doc *doc = home_bind(h, HEADED("<running mark='month'/><running mark='month' show='last' between='至'/>"), MARKED, "<record/>");
	assert_non_null(doc);
	expect_clean(&h->x); /* a page that is not used may name what it likes */
	const struct inline_item *i = doc->pages[0]->furniture->inlines;
	assert_int_equal(i->kind, INLINE_RUNNING);
	assert_int_equal(i->show, RUNNING_RANGE);
	expect_str(i->text, "—");
	assert_int_equal(i->next->show, RUNNING_LAST);
	expect_str(i->next->text, "至");
	home_again(h);
	assert_null(home_bind(h, HEADED("<running mark='mouth'/>"), MARKED, "<record/>"));
	expect_says(h, 0, "no <mark> named \"mouth\", did you mean month?");
	home_again(h);
	assert_null(home_bind(h, HEADED("<running/>"), MARKED, "<record/>"));
	expect_says(h, 0, "<running> lacks mark");
}

static void test_no_document(void **state)
{
	struct home *h = *state;

	assert_null(bind(h, XSL_HEAD "<xsl:template match='/record'><section/></xsl:template></xsl:stylesheet>", "<record/>"));
	expect_one(h, "layout-place", "t/t.xsl:2:31");
	assert_null(bind(h, XSL_HEAD "<xsl:template match='/record'><html xmlns=''/></xsl:template></xsl:stylesheet>", "<record/>"));
	expect_one(h, "layout-foreign", "t/t.xsl:2:31");
	assert_null(bind(h, XSL_HEAD "<xsl:template match='/record'><document/></xsl:template></xsl:stylesheet>", "<record/>"));
	expect_one(h, "layout-required", "t/t.xsl:2:31");
	expect_says(h, 0, "<document> lacks <section>");
}

static void test_functions(void **state)
{
	struct home *h = *state;

	expect_text(blocks(h, "<p><xsl:value-of select=\"f:date('2031-05-29', 'han')\"/></p>", "<record/>")->inlines,
		    "二〇三一年五月二十九日", TEXT_GENERATED);
	faulty(h, "<p>\n<xsl:value-of select='f:date(@when)'/></p>", "<record when='29 May'/>");
	assert_int_equal(h->x.d.n, 1);
	expect_at(h, 0, "layout-xslt", "t/t.xsl:4:1");
}

/* ---- tables ---- */

static void test_table(void **state)
{
	struct home *h = *state;
	const struct block *k = blocks(h,
		"<table style='big' width='100mm' align='end' repeat-header='no' split='lines' min-lines='2' frame='none' grid='double 1pt'"
		" header-rule='2pt' colour='red' pad-x='1em' valign='top' cut-suffix='（续）'>"
		"<col width='20mm'/><col width='2.5*' min='1em' max='50mm'/><col/>"
		"<header><row keep='next'><cell colspan='3' heading='yes'>甲</cell></row></header><continued style='s'>续表</continued>"
		"<row split='whole' height='1行'><cell rowspan='2' merge='same' step='yes' valign='bottom' pad-x='2pt' rule-top='dashed 0.5pt'"
		" tint='red'><p style='small'><xsl:value-of select='p'/></p><table><row><cell/><cell/></row></table></cell>"
		"<cell style='s'><span>乙</span></cell></row><row><cell/></row></table>", "<record><p>丙</p></record>");
	const struct table *t = k->table;
	const struct row *r = t->rows;
	const struct cell *c = r->cells;

	assert_int_equal(k->kind, BLOCK_TABLE);
	assert_int_equal(t->width, 100 * EMU_MM);
	assert_int_equal(t->align, ALIGN_END);
	assert_false(t->repeat_header);
	assert_int_equal(t->min_lines, 2);
	assert_true(str_is(t->cut_suffix, "（续）"));
	assert_true(t->frame.set && t->frame.line == EDGE_NONE);
	assert_int_equal(t->grid.line, EDGE_DOUBLE);
	assert_int_equal(t->grid.weight, EMU_PT);
	assert_int_equal(t->grid.colour->rgb, 0xFF0000);
	assert_int_equal(t->header_rule.weight, 2 * EMU_PT);
	assert_int_equal(t->n_columns, 3);
	assert_int_equal(t->columns[0].width, 20 * EMU_MM);
	assert_int_equal(t->columns[1].kind, COLUMN_RATIO);
	assert_int_equal(t->columns[1].ratio, 2500000);
	assert_int_equal(t->columns[1].min, 20 * EMU_PT);
	assert_int_equal(t->columns[1].max, 50 * EMU_MM);
	assert_int_equal(t->columns[2].kind, COLUMN_AUTO);
	assert_true(t->header->keep_next && t->header->cells->heading);
	assert_int_equal(t->header->cells->colspan, 3);
	assert_int_equal(t->header->split, SPLIT_LINES); /* the table's */
	assert_true(str_is(t->header->cells->first->style->name, "big"));
	assert_true(str_is(t->continued->style->name, "s"));
	expect_text(t->continued->inlines, "续表", TEXT_GENERATED);
	assert_int_equal(r->split, SPLIT_WHOLE);
	assert_int_equal(r->min_height, 30 * EMU_PT);
	assert_int_equal(c->rowspan, 2);
	assert_true(c->merge_same && c->in_step);
	assert_int_equal(c->valign, VALIGN_BOTTOM);
	assert_int_equal(c->pad_x, 2 * EMU_PT);
	assert_int_equal(c->edges[SIDE_TOP].line, EDGE_DASHED);
	assert_false(c->edges[SIDE_END].set);
	assert_int_equal(c->tint->rgb, 0xFF0000);
	assert_true(str_is(c->text, "丙"));
	expect_text(c->first->inlines, "丙", TEXT_RECORD);
	assert_int_equal(c->first->next->kind, BLOCK_TABLE);
	assert_int_equal(c->first->next->table->n_columns, 2); /* as many as the first row has */
	c = c->next;
	assert_true(str_is(c->first->style->name, "s"));
	assert_int_equal(c->valign, VALIGN_TOP); /* the table's */
	assert_int_equal(c->pad_x, 20 * EMU_PT);
	assert_null(r->next->cells->first);
}

static void test_table_faults(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *content, *word, *where;
	} bad[] = {
		{"<table><row>x<cell/></row></table>", "layout-bare-text", "t/t.xsl:3:13"},
		{"<table>x<row><cell/></row></table>", "layout-bare-text", "t/t.xsl:3:8"},
		{"<table><p/><row><cell/></row></table>", "layout-place", "t/t.xsl:3:8"},
		{"<table><row><p>x</p><cell/></row></table>", "layout-place", "t/t.xsl:3:13"},
		{"<table><cell/><col/></table>", "layout-place", "t/t.xsl:3:8"},
		{"<table/>", "layout-required", "t/t.xsl:3:1"},
		{"<table><col width='3x'/></table>", "layout-value", "t/t.xsl:3:20"},
		{"<table frame='thick'><col/></table>", "layout-value", "t/t.xsl:3:15"},
		{"<table><col>x</col></table>", "layout-bare-text", "t/t.xsl:3:13"},
		{"<table style='no'><col/></table>", "layout-name", "t/t.xsl:3:15"},
		{"<table><row><cell tint='blue'/></row></table>", "layout-name", "t/t.xsl:3:25"},
		{"<row><cell/></row>", "layout-place", "t/t.xsl:3:1"},
		{"<table><row><cell>x<p>y</p></cell></row></table>", "layout-place", "t/t.xsl:3:20"},
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		faulty(h, bad[i].content, "<record/>");
		expect_one(h, bad[i].word, bad[i].where);
	}
	/* One message, though the record's text is lost with it. */
	faulty(h, "<table><row><xsl:value-of select='p'/><cell/></row></table>", "<record><p>甲</p></record>");
	expect_one(h, "layout-bare-text", "r.xml:1:12");
}

/* ---- kinds, layouts without templates ---- */

static void test_kind(void **state)
{
	struct home *h = *state;
	struct record record = home_record(h, "<record\n kind='notice'/>");

	home_write(h, "layouts/t/t.xsl", XSL_SECTION("<p/>"));
	assert_non_null(home_declare(h, "<layout xmlns='urn:genpdf:layout' kind='plan'><page name='body'/><face name='f' role='song'/>"
				     "<wrap name='w'/><style name='s'/><templates href='t.xsl'/></layout>"));
	assert_null(layout_bind(&h->x.d, h->x.a, h->layout, &record, NULL));
	expect_one(h, "layout-kind", "r.xml:2:8");
	expect_says(h, 0, "the layout \"t\" is for records of kind \"plan\", this one is of kind \"notice\"");
	expect_other(h, 0, "t/layout.xml:1:41");
	/* A layout that uses another is of its kind, until it says otherwise. */
	home_write(h, "layouts/u/layout.xml", LAYOUT_HEAD "<use href='../t/layout.xml'/></layout>");
	home_again(h);
	assert_non_null(home_layout(h, "u"));
	assert_null(layout_bind(&h->x.d, h->x.a, h->layout, &record, NULL));
	expect_one(h, "layout-kind", "r.xml:2:8");
	home_write(h, "layouts/u/layout.xml", "<layout xmlns='urn:genpdf:layout' kind='notice'><use href='../t/layout.xml'/></layout>");
	home_again(h);
	assert_non_null(home_layout(h, "u"));
	assert_non_null(layout_bind(&h->x.d, h->x.a, h->layout, &record, NULL));
	expect_clean(&h->x);
}

static void test_without_templates(void **state)
{
	struct home *h = *state;
	struct record record = home_record(h, "<record/>");

	assert_non_null(home_declare(h, LAYOUT("<style name='s'/>")));
	assert_true(layout_check(&h->x.d, h->layout));
	assert_null(layout_bind(&h->x.d, h->x.a, h->layout, &record, NULL));
	expect_one(h, "layout-required", "t/layout.xml:1:1");
	expect_says(h, 0, "<layout> lacks <templates>");
}

static void test_layout_check(void **state)
{
	struct home *h = *state;

	home_write(h, "layouts/t/t.xsl", XSL_SECTION("<p/>"));
	assert_non_null(home_declare(h, LAYOUT("<style name='s' face='x'/><templates href='t.xsl'/>")));
	assert_false(layout_check(&h->x.d, h->layout));
	expect_one(h, "layout-name", "t/layout.xml:3:23");
}

/* The same layout serves several records, and what one used up the next has whole. */
static void test_again(void **state)
{
	struct home *h = *state;

	home_write(h, "layouts/t/t.xsl", XSL_SECTION("<p><xsl:apply-templates/></p>"));
	assert_non_null(home_declare(h, DECLARED));
	for (int i = 0; i < 3; i++) {
		struct record record = home_record(h, "<record><p>甲</p></record>");
		struct doc *doc = layout_bind(&h->x.d, h->x.a, h->layout, &record, NULL);
		assert_non_null(doc);
		expect_text(doc->root->first->first->inlines, "甲", TEXT_RECORD);
	}
	expect_clean(&h->x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOME_TEST(test_blocks), HOME_TEST(test_metadata), HOME_TEST(test_inlines), HOME_TEST(test_overlay),
		HOME_TEST(test_origins), HOME_TEST(test_places), HOME_TEST(test_repeats), HOME_TEST(test_unplaced),
		HOME_TEST(test_omit), HOME_TEST(test_bare_text), HOME_TEST(test_unknown_elements), HOME_TEST(test_foreign),
		HOME_TEST(test_places_of_elements), HOME_TEST(test_text_in_empty_elements), HOME_TEST(test_attributes),
		HOME_TEST(test_unknown_names), HOME_TEST(test_forgotten_namespace), HOME_TEST(test_marks), HOME_TEST(test_running), HOME_TEST(test_no_document), HOME_TEST(test_functions), HOME_TEST(test_table),
		HOME_TEST(test_table_faults), HOME_TEST(test_kind),
		HOME_TEST(test_without_templates), HOME_TEST(test_layout_check), HOME_TEST(test_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
