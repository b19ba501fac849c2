/* Classes, breaks, gaps and blanks of Chinese text (gen/text/han.c, han_break.c, uax14.c).
 * Breaks are shown in the text itself: | where a line may begin, / where it must. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "wrap/shaped.h"

static struct shaped prepare(struct arena *a, struct shaped_style *s, const char *text)
{
	struct shaped out;
	shaped_style_open(s);
	shaped_make(a, s, str_of(text), &out);
	han_prepare(&out);
	return out;
}

/* Want: the text with its breaks. What is under test is want without them. */
static void breaks_with(struct shaped_style *style, const char *want)
{
	struct arena *a = arena_new();
	char *text = arena_copy(a, want, strlen(want));
	size_t n = 0;
	for (const char *p = want; *p; p++)
		if (*p != '|')
			text[n++] = *p;
	text[n] = '\0';
	struct shaped s = prepare(a, style, text);
	struct buf got = {0};
	for (size_t i = 0; i < s.n; i++) {
		if (i && s.clusters[i].before == BREAK_MAY)
			buf_char(&got, '|');
		buf_str(&got, str_sub(s.text, s.clusters[i].text, s.clusters[i].text + s.clusters[i].length));
	}
	buf_char(&got, '\0');
	assert_string_equal(got.p, want);
	assert_int_equal(s.n ? s.clusters[0].before : BREAK_NO, BREAK_NO);
	buf_free(&got);
	arena_close(a);
}

static void breaks_at(enum prohibition level, const char *want)
{
	struct shaped_style style = {.rules.prohibition = level};
	breaks_with(&style, want);
}

static void breaks(const char *want)
{
	breaks_at(PROHIBIT_GB, want);
}

static void classes(void **state)
{
	(void)state;
	static const struct { uint32_t cp; enum han_class cls; } want[] = {
		{0x4E00, HAN_IDEOGRAPH}, {0x9FA5, HAN_IDEOGRAPH}, {0x3400, HAN_IDEOGRAPH}, {0x3007, HAN_IDEOGRAPH},
		{0x20000, HAN_IDEOGRAPH}, {0x2B740, HAN_IDEOGRAPH}, {0x31350, HAN_IDEOGRAPH}, {0xF900, HAN_IDEOGRAPH},
		{0x2F800, HAN_IDEOGRAPH}, {0x3042, HAN_IDEOGRAPH}, {0xAC00, HAN_IDEOGRAPH}, {0xFF21, HAN_IDEOGRAPH},
		{0x201C, HAN_OPEN}, {0x2018, HAN_OPEN}, {0xFF08, HAN_OPEN}, {0x300A, HAN_OPEN}, {0x3014, HAN_OPEN},
		{0x3010, HAN_OPEN}, {0x300C, HAN_OPEN}, {0x201D, HAN_CLOSE}, {0x2019, HAN_CLOSE}, {0xFF09, HAN_CLOSE},
		{0x300B, HAN_CLOSE}, {0x3015, HAN_CLOSE}, {0x3011, HAN_CLOSE}, {0x300D, HAN_CLOSE},
		{0xFF0C, HAN_PAUSE}, {0x3001, HAN_PAUSE}, {0xFF1A, HAN_PAUSE}, {0xFF1B, HAN_PAUSE},
		{0x3002, HAN_STOP}, {0xFF01, HAN_STOP}, {0xFF1F, HAN_STOP}, {0x2014, HAN_DASH}, {0x2E3A, HAN_DASH},
		{0x2026, HAN_ELLIPSIS}, {0x22EF, HAN_ELLIPSIS}, {0xFF5E, HAN_CONNECTOR}, {'-', HAN_CONNECTOR},
		{0x2013, HAN_CONNECTOR}, {0x00B7, HAN_INTERPUNCT}, {'/', HAN_SLASH}, {'A', HAN_LATIN}, {0xE9, HAN_LATIN},
		{0x3B1, HAN_LATIN}, {'7', HAN_DIGIT}, {'(', HAN_LATIN_MARK}, {',', HAN_LATIN_MARK}, {'+', HAN_LATIN_MARK},
		{' ', HAN_SPACE}, {0xA0, HAN_SPACE}, {0x3000, HAN_WIDE_SPACE}, {'$', HAN_PREFIX}, {0xFFE5, HAN_PREFIX},
		{0x2116, HAN_PREFIX}, {'%', HAN_POSTFIX}, {0x2030, HAN_POSTFIX}, {0x2103, HAN_POSTFIX},
		{0xB0, HAN_POSTFIX}, {0x33A1, HAN_POSTFIX}, {0x2460, HAN_OTHER}, {0x2265, HAN_OTHER},
	};
	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++)
		if (han_class_of(want[i].cp) != want[i].cls)
			fail_msg("U+%04X is %d, not %d", want[i].cp, han_class_of(want[i].cp), want[i].cls);
	assert_true(han_is_wide(0x4E00) && han_is_wide(0xFF0C) && han_is_wide(0x3000) && han_is_wide(0x323AF));
	assert_true(!han_is_wide('A') && !han_is_wide(0x201C) && !han_is_wide(0xB7) && !han_is_wide(0x10FFFF));
}

static void marks_by_level(void **state)
{
	(void)state;
	for (int level = PROHIBIT_BASIC; level <= PROHIBIT_STRICT; level++) {
		breaks_at(level, "中|文，|中、|文；|中：|文。|中！|文？|中");
		breaks_at(level, "中|“文”|中|‘文’|中|（文）|中|《文》|中|〔文〕|中|「文」|中|【文】|中");
		breaks_at(level, "中|《“文”》，|“《文》|（文）”。|中");
		breaks_at(level, "中·|文|中～|文|中—|文");
	}
	breaks_at(PROHIBIT_NONE, "中|，|文|”|中|“|文|（|中|）|·|文|～|中");
	breaks_at(PROHIBIT_BASIC, "中|或/|文");
	breaks_at(PROHIBIT_GB, "中|或/文");
	breaks_at(PROHIBIT_GB, "中|——|文|……|中。|——|文”|……");
	breaks_at(PROHIBIT_STRICT, "中——|文……|中。——|文”……");
	/* The start of a paragraph is exempt at every level. */
	breaks_at(PROHIBIT_STRICT, "——|中");
	breaks_at(PROHIBIT_STRICT, "，|中");
	/* Small kana and the iteration mark do not begin a line either. */
	breaks("人々|中");
	breaks("カー|ド");
	breaks_at(PROHIBIT_NONE, "人|々|中");
}

static void units(void **state)
{
	(void)state;
	for (int level = PROHIBIT_NONE; level <= PROHIBIT_GB; level++) {
		breaks_at(level, "中|——|文|……|文|⋯⋯|文|⸺|中");
		breaks_at(level, "共|1,234|人|12.5|万|2021|年|3|月");
		breaks_at(level, "增|12.5%|和|3‰|在-5℃|到|−5℃|到|+36.5°|约|¥300|或|300€");
		breaks_at(level, "在|2020-2022|年|1-2|月|全-专|科");
		breaks_at(level, "中|COVID-19|和|H7N9|与|e-mail|或|PM2.5|及|B.1");
	}
	breaks("￥500|元");
	breaks("1.|中");
	breaks("12.5|中");
	breaks("（1）|中");
	breaks("7)|中|人|(中|医|7)，|1-2|月");
	breaks("〔2021〕|7|号");
	breaks("中\xC2\xA0文|字"); /* NBSP */
	breaks("中\xE2\x81\xA0文|字"); /* WJ */
	breaks("5㎡|的");
}

static void number_and_unit(void **state)
{
	(void)state;
	struct shaped_style keep = {.rules = {.prohibition = PROHIBIT_GB, .number_unit_keep = true}};
	breaks("2021|年|3|万|元|中");
	breaks_with(&keep, "2021年|3万元|中|26人|次|7项，|9|中");
}

static void latin(void **state)
{
	(void)state;
	breaks("the |old |man(s) |said: |yes");
	breaks("he |said |“yes, |sir” |and |‘no’ |don’t");
	breaks("A/B |www.example.org/a/b-c|中");
	breaks("中|A(b)|文");
	breaks("wait… |what|中");
	breaks("中 |“文”");
	breaks("中|APP |文");
	/* Half-width marks that do the work of Chinese ones. */
	breaks("中|文,|APP|上|线:|0580-123|号|(文)|AED");
	breaks("人|物 |a,b |1:2");
}

static void shared_characters(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct shaped_style style = {.rules.prohibition = PROHIBIT_GB};
	struct shaped s = prepare(a, &style, "don’t 5·12中·文2020—2021中——文");
	assert_int_equal(s.clusters[3].cls, HAN_LATIN_MARK);
	assert_int_equal(s.clusters[7].cls, HAN_LATIN_MARK);
	assert_int_equal(s.clusters[11].cls, HAN_INTERPUNCT);
	assert_int_equal(s.clusters[17].cls, HAN_CONNECTOR);
	assert_int_equal(s.clusters[23].cls, HAN_DASH);
	assert_int_equal(s.clusters[24].cls, HAN_DASH);
	/* A quotation mark of a Latin face among letters is Latin, beside a Chinese character it is not. */
	shaped_make(a, &style, STR("a“b中“c”"), &s);
	for (size_t i = 0; i < s.n; i++)
		if (s.clusters[i].cp > 0x2000 && s.clusters[i].cp < 0x2100)
			s.clusters[i].width = SHAPED_EM / 2;
	han_prepare(&s);
	assert_int_equal(s.clusters[1].cls, HAN_LATIN_MARK);
	assert_int_equal(s.clusters[4].cls, HAN_OPEN);
	assert_int_equal(s.clusters[4].before, BREAK_MAY);
	assert_int_equal(s.clusters[4].blank_start, 0); /* it is narrow */
	arena_close(a);
}

static void gaps(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct shaped_style style = {.rules = {.prohibition = PROHIBIT_GB, .autospace = 250000}};
	struct shaped s = prepare(a, &style, "中A1文，B“C”文 D(文)E%文");
	/* 中A and 1文; nothing beside marks of any width, beside a space, or behind %. */
	for (size_t i = 0; i < s.n; i++)
		if (s.clusters[i].gap != (i == 1 || i == 3 ? SHAPED_EM / 4 : 0))
			fail_msg("gap before cluster %zu", i);
	shaped_make(a, &style, STR("中A"), &s);
	style.style.wrap = NULL;
	han_prepare(&s);
	assert_int_equal(s.clusters[1].gap, 0);
	arena_close(a);
}

static void blanks(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct shaped_style style = {0};
	emu half = SHAPED_EM / 2;
	struct shaped s = prepare(a, &style, "（），。“”·？—…A");
	static const int start[] = {2, 0, 0, 0, 2, 0, 1, 0, 0, 0, 0}, end[] = {0, 2, 2, 2, 0, 2, 1, 2, 0, 0, 0};
	for (size_t i = 0; i < s.n; i++) {
		assert_int_equal(s.clusters[i].blank_start, start[i] * half / 2);
		assert_int_equal(s.clusters[i].blank_end, end[i] * half / 2);
	}
	arena_close(a);
}

static emu total(const struct shaped *s)
{
	emu sum = 0;
	for (size_t i = 0; i < s->n; i++)
		sum += s->clusters[i].width;
	return sum;
}

static void pairs(void **state)
{
	(void)state;
	/* Two marks of two em with a bracket among them take one and a half; others stay. */
	static const struct { const char *text; int halves; } want[] = {
		{"”。", 3}, {"。”", 3}, {"》（", 3}, {"，“", 3}, {"《“", 3}, {"”》", 3}, {"》、", 3}, {"？！", 4},
		{"，中", 4}, {"中“", 4}, {"”》，", 4}, {"《“中", 5}, {"——“", 6},
	};
	struct arena *a = arena_new();
	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		struct shaped_style on = {.rules.pairs = true}, off = {.rules.pairs = false};
		struct shaped s = prepare(a, &on, want[i].text), t = prepare(a, &off, want[i].text);
		if (total(&s) * 2 != want[i].halves * SHAPED_EM)
			fail_msg("%s: %lld", want[i].text, (long long)total(&s));
		assert_true(total(&t) == (emu)t.n * SHAPED_EM);
	}
	struct shaped_style on = {.rules.pairs = true};
	struct shaped s = prepare(a, &on, "《“中");
	assert_int_equal(s.glyphs[0].dx, 0);
	assert_int_equal(s.glyphs[1].dx, -SHAPED_EM / 2); /* the second one gives its blank start */
	arena_close(a);
}

static void forced(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct shaped_style style = {0};
	struct shaped s = prepare(a, &style, "中，\n文");
	assert_int_equal(s.clusters[2].before, BREAK_MUST);
	/* A <br/> that is a cluster of its own: an empty line. */
	struct inline_item br = {.kind = INLINE_BR, .style = &style.style};
	shaped_make(a, &style, STR("中文"), &s);
	s.clusters[0].item = &br;
	s.clusters[0].width = 0;
	han_prepare(&s);
	assert_int_equal(s.clusters[1].before, BREAK_MUST);
	assert_true(han_is_blank(&s.clusters[0]));
	arena_close(a);
}

static void many_characters_in_a_cluster(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct shaped_style style = {.rules.prohibition = PROHIBIT_GB};
	struct shaped s;
	/* 中 with a variation selector, a ligature of f and hyphen: the last character decides what may follow. */
	shaped_style_open(&style);
	shaped_make(a, &style, STR("中\xEF\xB8\x80x"), &s);
	s.clusters[0].length = 6;
	s.clusters[1] = s.clusters[2];
	s.n = 2;
	han_prepare(&s);
	assert_int_equal(s.clusters[1].before, BREAK_MAY);
	shaped_make(a, &style, STR("f-中"), &s);
	s.clusters[0].length = 2;
	s.clusters[1] = s.clusters[2];
	s.n = 2;
	han_prepare(&s);
	assert_int_equal(s.clusters[1].before, BREAK_NO);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classes), cmocka_unit_test(marks_by_level), cmocka_unit_test(units),
		cmocka_unit_test(number_and_unit), cmocka_unit_test(latin), cmocka_unit_test(shared_characters),
		cmocka_unit_test(gaps), cmocka_unit_test(blanks), cmocka_unit_test(pairs), cmocka_unit_test(forced),
		cmocka_unit_test(many_characters_in_a_cluster),
	};
	return cmocka_run_group_tests_name("han", tests, NULL, NULL);
}
