/* block: the invariants doc_check keeps, and the dump. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "block/block.h"

/* A good document of one section with one paragraph; tests spoil one thing each. */
struct sample {
	struct family family;
	const struct family *families[1];
	struct face face;
	struct wrap_rules wrap;
	struct colour colour;
	struct style style;
	struct page_master page;
	struct furniture frame;
	struct inline_item number, text, nested;
	struct block root, section, p, group, rule;
	const struct style *styles[1];
	const struct face *faces[1];
	const struct page_master *pages[1];
	const struct colour *colours[1];
	const struct wrap_rules *wraps[1];
	struct doc doc;
};

static void make(struct sample *s)
{
	*s = (struct sample){
		.family = {.id = STR("fam"), .scale = 1000000},
		.face = {.name = STR("f"), .role = STR("song"), .han = {s->families, 1}},
		.wrap = {.name = STR("w"), .prohibition = PROHIBIT_GB, .squeeze = SQUEEZE_NEAREST, .autospace = 250000},
		.colour = {.name = STR("red"), .rgb = 0xFF3333},
		.style = {.name = STR("body"), .face = &s->face, .wrap = &s->wrap, .size = 16 * EMU_PT, .pitch = 28 * EMU_PT,
			  .indent_first = 32 * EMU_PT, .orphans = 1, .widows = 2, .outline = 1, .role = ROLE_H},
		.page = {.name = STR("a4"), .width = 210 * EMU_MM, .height = 297 * EMU_MM, .top = 36 * EMU_MM,
			 .bottom = 36 * EMU_MM, .left = 36 * EMU_MM, .right = 36 * EMU_MM, .furniture = &s->frame},
		.frame = {.side = PAGE_ODD, .x = EMU_PT, .y = 2 * EMU_PT, .width = 3 * EMU_PT, .style = &s->style,
			  .inlines = &s->number, .ink = true},
		.number = {.kind = INLINE_PAGE_NUMBER, .style = &s->style},
		.text = {.kind = INLINE_TEXT, .style = &s->style, .text = STR("甲\"乙")},
		.nested = {.kind = INLINE_TEXT, .style = &s->style, .text = STR("x"), .origin = TEXT_GENERATED},
		.root = {.kind = BLOCK_DOCUMENT},
		.section = {.kind = BLOCK_SECTION, .page = &s->page},
		.p = {.kind = BLOCK_P, .style = &s->style, .inlines = &s->text},
		.group = {.kind = BLOCK_GROUP, .at_bottom = true},
		.rule = {.kind = BLOCK_RULE, .height = EMU_PT / 2},
	};
	s->families[0] = &s->family;
	s->styles[0] = &s->style;
	s->faces[0] = &s->face;
	s->pages[0] = &s->page;
	s->colours[0] = &s->colour;
	s->wraps[0] = &s->wrap;
	s->doc = (struct doc){
		.metadata = {.title = STR("标题"), .lang = STR("zh-Hans")}, .root = &s->root, .styles = s->styles, .n_styles = 1,
		.faces = s->faces, .n_faces = 1, .pages = s->pages, .n_pages = 1, .colours = s->colours, .n_colours = 1,
		.wraps = s->wraps, .n_wraps = 1,
	};
	block_append(&s->root, &s->section);
	block_append(&s->section, &s->p);
	block_append(&s->section, &s->group);
	block_append(&s->group, &s->rule);
}

static void test_append(void **state)
{
	struct sample s;

	(void)state;
	make(&s);
	assert_ptr_equal(s.section.first, &s.p);
	assert_ptr_equal(s.p.next, &s.group);
	assert_ptr_equal(s.section.last, &s.group);
	assert_null(s.group.next);
	assert_ptr_equal(s.p.parent, &s.section);
	assert_null(doc_check(&s.doc));
}

#define spoilt(change, reason) \
	do { \
		struct sample s; \
		make(&s); \
		change; \
		assert_non_null(doc_check(&s.doc)); \
		assert_string_equal(doc_check(&s.doc), reason); \
	} while (0)

static void test_check(void **state)
{
	(void)state;
	spoilt(s.doc.root = NULL, "no document block");
	spoilt(s.root.kind = BLOCK_SECTION, "no document block");
	spoilt(s.style.face = NULL, "unresolved style");
	spoilt(s.style.wrap = NULL, "unresolved style");
	spoilt(s.style.size = 0, "unresolved style");
	spoilt(s.style.pitch = -1, "unresolved style");
	spoilt(s.face.han.n = 0, "face without families");
	spoilt(s.section.page = NULL, "section without page master");
	spoilt(s.p.style = NULL, "paragraph without style");
	spoilt(s.group.inlines = &s.text, "inlines outside a paragraph");
	spoilt(s.text.style = NULL, "inline without style");
	spoilt(s.text.text.n = 0, "empty text");
	spoilt(s.text.first = &s.nested, "inline with children that may have none");
	spoilt((s.text.kind = INLINE_TRAILER, s.text.first = &s.nested, s.nested.kind = INLINE_TRAILER), "trailer inside a trailer");
	spoilt((s.text.kind = INLINE_SPREAD, s.text.first = &s.nested, s.nested.style = NULL), "inline without style");
	spoilt(s.p.parent = &s.root, "block with a wrong parent");
	spoilt(s.p.kind = BLOCK_SECTION, "block where it may not stand");
	spoilt(s.section.kind = BLOCK_GROUP, "block where it may not stand");
	spoilt(s.rule.kind = BLOCK_DOCUMENT, "block where it may not stand");
	spoilt((s.group.kind = BLOCK_RULE), "block where it may not stand"); /* a rule holds nothing */
}

static void test_dump(void **state)
{
	struct sample s;
	struct buf b = {0};

	(void)state;
	make(&s);
	doc_dump(&s.doc, NULL, &b);
	buf_char(&b, 0);
	assert_string_equal(b.p,
		"title 标题\n"
		"lang zh-Hans\n"
		"colour red #FF3333\n"
		"face f role=song han=fam\n"
		"wrap w prohibition=gb squeeze=nearest autospace=0.25 gap-shrink=0 mark-shrink=0 line-end=0 stretch-warn=0\n"
		"page a4 width=595.276 height=841.89 top=102.047 bottom=102.047 left=102.047 right=102.047\n"
		"  frame side=odd x=1 y=2 width=3 ink style=body\n"
		"    page-number style=body\n"
		"style body face=f wrap=w size=16 pitch=28 indent=32 align=justify role=h outline=1 widows=2\n"
		"document\n"
		"  section page=a4\n"
		"    p style=body\n"
		"      text record style=body \"甲\\\"乙\"\n"
		"    group at=bottom\n"
		"      rule height=0.5\n");
	buf_free(&b);
}

/* A table of two columns in the place of the rule. */
struct tabled {
	struct sample s;
	struct column columns[2];
	struct table table;
	struct row header, row;
	struct cell name, cell;
	struct block text;
};

static void make_table(struct tabled *t)
{
	make(&t->s);
	t->columns[0] = (struct column){.kind = COLUMN_FIXED, .width = 10 * EMU_PT};
	t->columns[1] = (struct column){.kind = COLUMN_RATIO, .ratio = 2500000, .min = EMU_PT};
	t->text = (struct block){.kind = BLOCK_P, .style = &t->s.style, .inlines = &t->s.nested};
	t->name = (struct cell){.colspan = 2, .rowspan = 1, .first = &t->text, .heading = true};
	t->cell = (struct cell){.colspan = 1, .rowspan = 1, .valign = VALIGN_BOTTOM, .merge_same = true};
	t->cell.edges[SIDE_TOP] = (struct edge){true, EDGE_DOUBLE, EMU_PT / 2, NULL};
	t->cell.edges[SIDE_END] = (struct edge){.set = true};
	t->header = (struct row){.cells = &t->name, .keep_next = true};
	t->row = (struct row){.cells = &t->cell, .split = SPLIT_LINES, .min_height = 3 * EMU_PT};
	t->table = (struct table){
		.columns = t->columns, .n_columns = 2, .header = &t->header, .rows = &t->row, .min_lines = 2, .align = ALIGN_CENTRE,
		.frame = {true, EDGE_SOLID, EMU_PT, NULL}, .style = &t->s.style, .cut_suffix = STR("（续）"),
	};
	t->s.rule.kind = BLOCK_TABLE;
	t->s.rule.table = &t->table;
}

#define spoilt_table(change, reason) \
	do { \
		struct tabled t; \
		make_table(&t); \
		change; \
		assert_non_null(doc_check(&t.s.doc)); \
		assert_string_equal(doc_check(&t.s.doc), reason); \
	} while (0)

static void test_check_table(void **state)
{
	struct tabled t;

	(void)state;
	make_table(&t);
	assert_null(doc_check(&t.s.doc));
	spoilt_table(t.s.rule.table = NULL, "table block without table");
	spoilt_table(t.s.rule.kind = BLOCK_RULE, "table block without table");
	spoilt_table(t.table.style = NULL, "table without style");
	spoilt_table(t.table.n_columns = 0, "table without columns");
	spoilt_table(t.cell.colspan = 0, "cell without extent");
	spoilt_table(t.name.rowspan = 0, "cell without extent");
	spoilt_table(t.text.kind = BLOCK_SECTION, "section in a cell");
	spoilt_table(t.s.nested.style = NULL, "inline without style");
}

static void test_dump_table(void **state)
{
	struct tabled t;
	struct buf b = {0};

	(void)state;
	make_table(&t);
	doc_dump(&t.s.doc, NULL, &b);
	buf_char(&b, 0);
	assert_string_equal(strstr(b.p, "    group"),
		"    group at=bottom\n"
		"      table style=body min-lines=2 align=centre frame=1 cut-suffix=（续）\n"
		"        col width=10\n"
		"        col ratio=2.5 min=1\n"
		"        header keep-next\n"
		"          cell colspan=2 heading\n"
		"            p style=body\n"
		"              text generated style=body \"x\"\n"
		"        row split-lines height=3\n"
		"          cell merge-same valign=bottom top=double 0.5 end=none\n");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_append),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_dump),
		cmocka_unit_test(test_check_table),
		cmocka_unit_test(test_dump_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
