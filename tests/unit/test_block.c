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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_append),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_dump),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
