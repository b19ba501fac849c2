/* The display list: its check, its dump, and the text back-ends. */
#include "unit/list_fixture.h"

static const struct out_options plain = {.creator = "genpdf 0.0"};

static void assert_bytes(struct buf *got, const char *want)
{
	if (!str_is(buf_view(got), want))
		print_message("got:\n%.*s\nwant:\n%s\n", (int)got->n, got->p ? got->p : "", want);
	assert_true(str_is(buf_view(got), want));
	got->n = 0;
}

/* A line of two fonts with a raised digit, a number as generated text, a rule, a second page. */
static void fill(struct list_fixture *f)
{
	static const struct colour red = {STR("red"), 0xff0000, {0}};
	uint32_t source = source_add(&f->text.t, STR("some/where/plan.xml"), STR("<r>\n<p>甲</p></r>"));
	struct loc loc = loc_at(source, 7);
	uint32_t chapter = list_node_add(f->list, 0, ROLE_H, 2, loc);
	uint32_t text = list_node_add(f->list, chapter, ROLE_P, 0, loc);
	struct list_item *item = list_put(f, f->truetype, 28, 40, "甲fi2");
	item->node = text;
	item->loc = loc;
	item->colour = &red;
	item->u.glyphs.glyphs[2].y = -EMU_MM;
	list_put(f, f->chinese, 100, 40, "\\乙")->origin = TEXT_GENERATED;
	f->page->last->line_start = false;
	struct list_item *rule = list_item_add(f->page, ITEM_RULE);
	rule->x = 28 * EMU_MM;
	rule->y = 270 * EMU_MM;
	rule->width = 156 * EMU_MM;
	rule->height = EMU_MM / 4;
	list_add_page(f);
	f->page->label = STR("二");
	list_put(f, f->chinese, 28, 40, "丙")->origin = TEXT_FURNITURE;
	f->metadata.title = STR("计划");
	list_outline_add(f->list, 1, STR("甲"), 1, 36 * EMU_MM);
}

static void dump(void **state)
{
	(void)state;
	struct list_fixture f;
	struct buf out = {0};
	list_open(&f);
	fill(&f);
	const struct list_glyph *g = f.pages[0]->first->u.glyphs.glyphs;
	const struct list_glyph *b = f.pages[0]->first->next->u.glyphs.glyphs, *c = f.pages[0]->first->next->next->u.glyphs.glyphs;
	const struct list_glyph *d = f.pages[1]->first->u.glyphs.glyphs;
	struct out_options o = plain;
	o.sources = &f.text.t;
	assert_true(list_make(&f, "list", &o, &out));
	/* 16 pt = 5.644 mm: ideographs and the ligature one em, Latin half an em. */
	const char *want = arena_printf(
		f.text.a,
		"page 1 210x297\n"
		"font 1 GenpdfTinyB tiny-b.ttf\n"
		"font 2 GenpdfTinyC tiny-c.otf\n"
		"font 3 GenpdfTinyA tiny-a.otf\n"
		"text 28,40 font 1 16pt red=#FF0000 node 2 R line para plan.xml:2:4 \"甲fi2\"\n"
		" %u@0 %u@5.644/2 %u@11.289,-1\n"
		"text 100,40 font 2 16pt black node 0 R line para \"\\\\\"\n"
		" %u@0\n"
		"text 102.822,40 font 3 16pt black node 0 G \"乙\"\n"
		" %u@0\n"
		"rule 28,270 156x0.25 black node 0 R\n"
		"page 2 210x297 \"二\"\n"
		"font 3 GenpdfTinyA tiny-a.otf\n"
		"text 28,40 font 3 16pt black node 0 F line para \"丙\"\n"
		" %u@0\n"
		"meta title \"计划\"\n"
		"meta lang \"zh-CN\"\n"
		"tree\n"
		"0 Document\n"
		"  1 H2 plan.xml:2:4\n"
		"    2 P plan.xml:2:4\n"
		"outline 1 \"甲\" page 1 at 36\n",
		g[0].id, g[1].id, g[2].id, b[0].id, c[0].id, d[0].id);
	assert_bytes(&out, want);
	buf_free(&out);
	list_close(&f);
}

static void texts(void **state)
{
	(void)state;
	struct list_fixture f;
	struct buf out = {0};
	list_open(&f);
	fill(&f);
	assert_true(list_make(&f, "text", &plain, &out));
	assert_bytes(&out, "甲fi2\n\\乙\n\f丙\n\f");
	assert_true(list_make(&f, "runs", &plain, &out));
	assert_bytes(&out, "1\tR\t甲fi2\n1\tR\t\\\\\n1\tG\t乙\n2\tF\t丙\n");
	buf_free(&out);
	list_close(&f);
}

static void no_fault(void **state)
{
	(void)state;
	struct list_fixture f;
	list_open(&f);
	fill(&f);
	assert_null(list_page_check(f.pages[0], f.list));
	assert_null(list_page_check(f.pages[1], f.list));
	list_close(&f);
}

/* One fault after the other; each has its own reason. */
static void faults(void **state)
{
	(void)state;
	static const char *const reasons[] = {
		"a page without number or size", "a node that the structure tree does not have",
		"text without font or size", "a glyph that the font does not have", "ink outside of the sheet",
		"the first glyph belongs to no cluster", "text offsets out of order", "text offsets out of order",
		"pens out of order", "ink outside of the sheet", "a box of negative size", "ink outside of the sheet",
	};
	for (int fault = 0; fault < (int)(sizeof reasons / sizeof *reasons); fault++) {
		struct list_fixture f;
		list_open(&f);
		fill(&f);
		struct list_item *text = f.pages[0]->first, *rule = f.pages[0]->last;
		struct list_glyph *g = text->u.glyphs.glyphs;
		switch (fault) {
		case 0: f.pages[0]->number = 0; break;
		case 1: text->node = 3; break;
		case 2: text->u.glyphs.size = 0; break;
		case 3: g[1].id = 60000; break;
		case 4: text->x = -EMU_MM; break;
		case 5: g[0].length = 0; break;
		case 6: g[1].text = 2; break;
		case 7: g[2].length = 2; break;
		case 8: g[1].x = -1; break;
		case 9: text->y = 297 * EMU_MM + 14 * EMU_PT; break;
		case 10: rule->height = -1; break;
		case 11: rule->x = 54 * EMU_MM + 1; break;
		}
		const char *reason = list_page_check(f.pages[0], f.list);
		assert_non_null(reason);
		assert_string_equal(reason, reasons[fault]);
		list_close(&f);
	}
}

/* Only ink counts: a blank may hang over the edge, and a letter may touch it. */
static void ink_at_the_edge(void **state)
{
	(void)state;
	struct list_fixture f;
	list_open(&f);
	struct list_item *item = list_put(&f, f.chinese, 28, 40, "甲 ");
	item->x = 210 * EMU_MM - 16 * EMU_PT;
	assert_null(list_page_check(f.page, f.list));
	item = list_put(&f, f.chinese, 28, 60, "，");
	/* Closing marks stand in the left half of their em. */
	item->x = 210 * EMU_MM - 8 * EMU_PT;
	assert_null(list_page_check(f.page, f.list));
	item->x = 210 * EMU_MM - EMU_PT;
	assert_non_null(list_page_check(f.page, f.list));
	list_close(&f);
}

/* Written upwards: what was on the right is above, what was below is on the right. */
static void turned_ink(void **state)
{
	(void)state;
	struct list_fixture f;
	list_open(&f);
	struct list_item *item = list_put(&f, f.chinese, 100, 33, "甲乙");
	item->turned = true;
	assert_null(list_page_check(f.page, f.list));
	item->y = 31 * EMU_PT; /* two characters of 16 pt do not fit above, the second begins at 15 */
	assert_non_null(list_page_check(f.page, f.list));
	item->y = 32 * EMU_PT;
	assert_null(list_page_check(f.page, f.list));
	item->x = 13 * EMU_PT; /* the ink reaches 0.84 em up, which is to the left */
	assert_non_null(list_page_check(f.page, f.list));
	item->x = 14 * EMU_PT;
	assert_null(list_page_check(f.page, f.list));
	struct buf out = {NULL, 0, 0};
	list_page_dump(f.page, NULL, &out);
	buf_char(&out, 0);
	assert_non_null(strstr(out.p, " R line para turned "));
	buf_free(&out);
	list_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dump), cmocka_unit_test(texts), cmocka_unit_test(no_fault), cmocka_unit_test(faults),
		cmocka_unit_test(ink_at_the_edge), cmocka_unit_test(turned_ink),
	};
	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
