/* White space over the inlines of a paragraph (xslt-notes.md 6): every rule, and across inline borders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/decl.h"

/* Inlines are written as one string: texts with "|" between; a text that is one of these words stands for another inline:
 * BR GAP NUM HANG, TRAILER( … ) and SPREAD( … ). Settled ones are written back the same way. */
static struct inline_item *read_items(struct arena *a, const char **at)
{
	static const struct {
		const char *word;
		enum inline_kind kind;
	} words[] = {
		{"BR", INLINE_BR},           {"GAP", INLINE_SPACE},    {"NUM", INLINE_PAGE_NUMBER}, {"HANG", INLINE_HANG},
		{"TRAILER(", INLINE_TRAILER}, {"SPREAD(", INLINE_SPREAD},
	};
	struct inline_item *first = NULL, **tail = &first;

	while (**at && **at != ')') {
		size_t n = strcspn(*at, "|)"), open = strcspn(*at, "(");
		struct inline_item *i = *tail = ARENA_NEW(a, struct inline_item);
		tail = &i->next;
		for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
			size_t length = strlen(words[w].word);
			if (!strncmp(*at, words[w].word, length))
				i->kind = words[w].kind;
		}
		if (i->kind == INLINE_TRAILER || i->kind == INLINE_SPREAD) {
			*at += open + 1;
			i->first = read_items(a, at);
			assert_int_equal(**at, ')');
			n = 1;
		} else if (i->kind == INLINE_TEXT) {
			i->text = str_of(arena_copy(a, *at, n));
		}
		*at += n;
		if (**at == '|')
			++*at;
	}
	return first;
}

static void write_items(const struct inline_item *i, struct buf *out)
{
	static const char *const words[] = {"", "BR", "GAP", "TRAILER(", "HANG", "SPREAD(", "", "NUM"};
	bool first = true;

	for (; i; i = i->next, first = false) {
		if (!first)
			buf_char(out, '|');
		buf_puts(out, words[i->kind]);
		buf_str(out, i->text);
		if (i->kind == INLINE_TRAILER || i->kind == INLINE_SPREAD) {
			write_items(i->first, out);
			buf_char(out, ')');
		}
	}
}

static void settles(const char *from, const char *want)
{
	struct arena *a = arena_new();
	struct buf out = {0};
	const char *at = from;
	struct inline_item *items = read_items(a, &at);

	space_settle(a, &items);
	write_items(items, &out);
	buf_char(&out, 0);
	assert_string_equal(out.p, want);
	buf_free(&out);
	arena_close(a);
}

static void test_between_wide(void **state)
{
	(void)state;
	settles("甲\n乙", "甲乙");
	settles("甲\r\n      乙", "甲乙");
	settles("甲 \t \n乙", "甲乙");
	settles("甲，\n乙", "甲，乙");
	settles("“\n甲", "“甲");
	settles("甲”\n乙", "甲”乙");
	settles("甲——\n乙……\n丙", "甲——乙……丙");
	settles("甲·\n乙", "甲·乙");
	settles("Ⅲ\n类", "Ⅲ类");
	settles("①\n甲", "①甲");
	settles("𠮷\n甲", "𠮷甲");
	settles("ア\nイ", "アイ");
}

static void test_run_without_line_end(void **state)
{
	(void)state;
	settles("甲 乙", "甲 乙");
	settles("甲   乙", "甲 乙");
	settles("甲\t乙", "甲 乙");
	settles("18. 做好", "18. 做好");
}

static void test_beside_narrow(void **state)
{
	(void)state;
	settles("GB/T\n9704", "GB/T 9704");
	settles("甲\nGB", "甲 GB");
	settles("9704\n甲", "9704 甲");
	settles("ｱ\n甲", "ｱ 甲"); /* half-width katakana are narrow */
	settles("a\n\n\nb", "a b");
}

static void test_ends(void **state)
{
	(void)state;
	settles("  甲  ", "甲");
	settles("\n\t甲\n", "甲");
	settles("\n  \n", "");
	settles("", "");
	settles("  | |\n", "");
}

/* U+3000 and U+00A0 are content. */
static void test_other_blanks(void **state)
{
	(void)state;
	settles("　甲　", "　甲　");
	settles("甲　乙", "甲　乙");
	settles("甲　\n乙", "甲　乙"); /* U+3000 is wide */
	settles("\xC2\xA0" "a" "\xC2\xA0", "\xC2\xA0" "a" "\xC2\xA0");
	settles("a\xC2\xA0\nb", "a\xC2\xA0 b");
}

static void test_over_borders(void **state)
{
	(void)state;
	settles("甲\n|乙", "甲|乙");
	settles("甲|\n乙", "甲|乙");
	settles("甲\n|\n|\n乙", "甲|乙");
	settles("GB/T|\n|9704", "GB/T| |9704");
	settles("GB/T |9704", "GB/T |9704");
	settles("GB/T| 9704", "GB/T| 9704");
	settles("GB/T | 9704", "GB/T |9704"); /* one run, one space, where it begins */
	settles("GB/T \n|甲", "GB/T |甲");
	settles("甲|\n|a", "甲| |a");
	settles("甲 |\n|乙", "甲|乙"); /* the run holds a line end somewhere */
	settles(" |甲| ", "甲");
}

static void test_line_ends(void **state)
{
	(void)state;
	settles("甲 |BR| 乙", "甲|BR|乙");
	settles("a\n|BR|\nb", "a|BR|b");
	settles(" |BR|BR| ", "BR|BR");
}

static void test_objects(void **state)
{
	(void)state;
	/* A number is narrow content: the run before it stays with the text before it. */
	settles("— |NUM| —", "— |NUM| —");
	settles("第|NUM|页", "第|NUM|页");
	settles("第\n|NUM|\n页", "第 |NUM| 页");
	settles("NUM| —", "NUM| —");
	/* A blank of the layout takes the place of a line end, not of a typed space. */
	settles("甲\n|GAP|\n乙", "甲|GAP|乙");
	settles("a\n|GAP|\nb", "a|GAP|b");
	settles("a |GAP| b", "a |GAP| b");
	settles(" |GAP|甲", "GAP|甲");
	/* The place where further lines begin is nothing. */
	settles("附件：|HANG|\n甲", "附件：|HANG|甲");
	settles("a |HANG|b", "a |HANG|b");
}

static void test_trailers(void **state)
{
	(void)state;
	settles("甲 |TRAILER( 乙 )", "甲|TRAILER(乙)");
	settles("甲|TRAILER(\n乙\n|丙\n)", "甲|TRAILER(乙|丙)");
	settles("甲|TRAILER(a| b)|TRAILER( c)", "甲|TRAILER(a| b)|TRAILER(c)");
	settles("甲|TRAILER( | )", "甲"); /* an empty one is nothing */
	settles("a |TRAILER(乙)|b", "a |TRAILER(乙)|b"); /* what stands behind a trailer belongs to the text before it */
}

static void test_spread(void **state)
{
	(void)state;
	settles("甲\n|SPREAD(乙丙)|\n丁", "甲|SPREAD(乙丙)|丁");
	settles("a |SPREAD(b c)| d", "a |SPREAD(b c)| d");
	settles("甲|SPREAD()", "甲");
}

static void test_text_alone(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	struct str s = space_settle_text(a, STR(" 示例市\n  水务局\n GB 1 "));
	assert_string_equal(arena_copy(a, s.p, s.n), "示例市水务局 GB 1");
	assert_int_equal(space_settle_text(a, STR(" \n ")).n, 0);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_between_wide), cmocka_unit_test(test_run_without_line_end),
		cmocka_unit_test(test_beside_narrow), cmocka_unit_test(test_ends),
		cmocka_unit_test(test_other_blanks), cmocka_unit_test(test_over_borders),
		cmocka_unit_test(test_line_ends), cmocka_unit_test(test_objects),
		cmocka_unit_test(test_trailers), cmocka_unit_test(test_spread),
		cmocka_unit_test(test_text_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
