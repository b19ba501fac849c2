/* Slices, UTF-8, buffers, maps and lengths of gen/base. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/unit.h"

static struct str s(const char *text)
{
	return str_of(text);
}

static void slices(void **state)
{
	(void)state;
	assert_true(str_eq(STR(""), (struct str){NULL, 0}));
	assert_false(str_eq(STR("a"), STR("ab")));
	assert_true(str_cmp(STR("a"), STR("ab")) < 0 && str_cmp(STR("\xE4"), STR("z")) > 0);
	assert_int_equal(str_cmp(STR("ab"), STR("ab")), 0);
	assert_true(str_starts(STR("附件1"), STR("附件")) && !str_starts(STR("附"), STR("附件")));
	assert_true(str_ends(STR("a.xml"), STR(".xml")) && !str_ends(STR("xml"), STR(".xml")));
	assert_int_equal(str_find(STR("aab"), STR("ab")), 1);
	assert_true(str_find(STR("aab"), STR("abc")) == SIZE_MAX);
	assert_int_equal(str_find(STR("x"), STR("")), 0);
	assert_true(str_is(str_sub(STR("abcd"), 1, 99), "bcd"));
	assert_int_equal(str_sub(STR("abcd"), 3, 1).n, 0);
	assert_true(str_is(str_trim(STR("\t 第一 条\r\n")), "第一 条"));
	assert_true(str_is(str_trim(STR("\xE3\x80\x80x")), "\xE3\x80\x80x")); /* U+3000 is content */
	assert_int_equal(str_trim(STR(" \n ")).n, 0);
	/* The published FNV-1a 64 value of "foobar". */
	assert_true(str_hash(STR("foobar")) == 0x85944171f73967e8u);
	char bytes[40] = {0};
	uint64_t zero = str_digest((struct str){bytes, 20});
	assert_true(zero != str_digest((struct str){bytes, 21}));
	for (size_t i = 0; i < 20; i++) {
		bytes[i] = 1;
		assert_true(str_digest((struct str){bytes, 20}) != zero);
		assert_true(str_digest((struct str){bytes + 20, 20}) == zero);
		bytes[i] = 0;
	}
}

static void utf8_is_decoded_strictly(void **state)
{
	(void)state;
	static const struct {
		struct str bytes;
		size_t bad;
	} cases[] = {
		{STR("a中\xF0\xA0\x80\x80"), SIZE_MAX},
		{STR("\xF4\x8F\xBF\xBF\x00"), SIZE_MAX}, /* U+10FFFF, and NUL is a character */
		{STR("ok\xC0\x80"), 2},                  /* overlong */
		{STR("\xE0\x9F\xBF"), 0},                /* overlong */
		{STR("\xF0\x8F\xBF\xBF"), 0},            /* overlong */
		{STR("中\xED\xA0\x80"), 3},              /* surrogate */
		{STR("\xF4\x90\x80\x80"), 0},            /* beyond U+10FFFF */
		{STR("a\xE4\xB8"), 1},                   /* cut off */
		{STR("\x80"), 0},
		{STR("\xE4\xB8z"), 0},
		{STR("\xFF"), 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_true(utf8_bad(cases[i].bytes) == cases[i].bad);

	/* A bad byte is one U+FFFD and does not swallow what follows. */
	size_t at = 0;
	struct str broken = STR("\xE4\xB8z");
	assert_int_equal(utf8_next(broken, &at), 0xFFFD);
	assert_int_equal(at, 1);
	assert_int_equal(utf8_count(broken), 3);
	at = 2;
	assert_int_equal(utf8_prev(broken, &at), 0xFFFD);
	assert_int_equal(at, 1);
}

/* Every code point goes to bytes and back, in both directions. */
static void utf8_round_trip(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp += cp < 0x1000 ? 1 : 0x3F) {
		char bytes[6] = {'x'};
		bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
		int n = utf8_put(cp, bytes + 1);
		struct str text = {bytes, (size_t)n + 1};
		size_t at = 1;
		assert_int_equal(utf8_next(text, &at), surrogate ? 0xFFFD : cp);
		assert_int_equal(at, text.n);
		assert_int_equal(utf8_prev(text, &at), surrogate ? 0xFFFD : cp);
		assert_int_equal(at, 1);
	}
}

static void distances(void **state)
{
	(void)state;
	assert_int_equal(str_distance(s("para"), s("para"), 2), 0);
	assert_int_equal(str_distance(s("paar"), s("para"), 2), 1); /* neighbours swapped */
	assert_int_equal(str_distance(s("paar"), s("parra"), 3), 2);
	assert_int_equal(str_distance(s("标题"), s("标题栏"), 2), 1); /* characters, not bytes */
	assert_int_equal(str_distance(s("通知"), s("通告"), 2), 1);
	assert_int_equal(str_distance(s(""), s("ab"), 2), 2);
	assert_int_equal(str_distance(s("kitten"), s("sitting"), 9), 3);
	assert_int_equal(str_distance(s("kitten"), s("sitting"), 2), 3); /* limit + 1 */
	assert_int_equal(str_distance(s("abcd"), s("wxyz"), 1), 2);
	assert_int_equal(str_distance(s("a"), s("abcdefgh"), 2), 3);
	/* The swap is found although the row before it already stands at the limit. */
	assert_int_equal(str_distance(s("ba"), s("ab"), 1), 1);
	assert_int_equal(str_distance(s("xba"), s("yab"), 2), 2);
}

static void buffers(void **state)
{
	(void)state;
	struct buf b = {0};
	assert_int_equal(buf_view(&b).n, 0);
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "%04d", i);
	buf_utf8(&b, 0x4E2D);
	assert_int_equal(b.n, 4003);
	assert_memory_equal(b.p + 3996, "0999中", 7);
	buf_free(&b);
	assert_null(b.p);

	buf_json(&b, STR("甲\"\\\n\t\x1B[2J\x7F\xC2\x9B\xE2\x80\xAE\xFF\x00/"));
	assert_true(str_is(buf_view(&b), "\"甲\\\"\\\\\\n\\t\\u001b[2J\\u007f\\u009b\\u202e\xEF\xBF\xBD\\u0000/\""));
	buf_free(&b);
}

static void maps_keep_order_and_grow(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct map m;
	int values[2000];
	map_open(&m, a);
	assert_null(map_get(&m, STR("none")));
	char key[16];
	for (int i = 0; i < 2000; i++) {
		snprintf(key, sizeof key, "键%d", i * 7919 % 2000);
		assert_null(map_set(&m, s(key), &values[i]));
	}
	memset(key, 0, sizeof key); /* keys are copies */
	assert_int_equal(m.n, 2000);
	for (int i = 0; i < 2000; i++) {
		snprintf(key, sizeof key, "键%d", i * 7919 % 2000);
		assert_ptr_equal(map_get(&m, s(key)), &values[i]);
		assert_true(str_is(m.entries[i].key, key));
	}
	assert_null(map_get(&m, STR("键2000")));
	assert_ptr_equal(map_set(&m, STR("键0"), &values[5]), &values[0]);
	assert_ptr_equal(map_get(&m, STR("键0")), &values[5]);
	assert_int_equal(m.n, 2000);
	assert_null(map_set(&m, STR("a\0b"), &values[1]));
	assert_null(map_get(&m, STR("a")));
	arena_close(a);
}

static void lengths(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum unit_kind kind;
		int64_t value;
	} good[] = {
		{"37mm", UNIT_ABSOLUTE, 37 * 36000},
		{"2.54cm", UNIT_ABSOLUTE, 914400},
		{"1in", UNIT_ABSOLUTE, 914400},
		{" 28 pt ", UNIT_ABSOLUTE, 355600},
		{"-0.5em", UNIT_EM, -500000},
		{"+2字", UNIT_EM, 2000000},
		{"1.5 行", UNIT_LINE, 1500000},
		{".25mm", UNIT_ABSOLUTE, 9000},
		{"0", UNIT_ABSOLUTE, 0},
		{"-0.00", UNIT_ABSOLUTE, 0},
		{"三号", UNIT_ABSOLUTE, 16 * 12700},
		{"小四", UNIT_ABSOLUTE, 12 * 12700},
		{"小四号", UNIT_ABSOLUTE, 12 * 12700},
		{"五号", UNIT_ABSOLUTE, 133350},
		{"小六", UNIT_ABSOLUTE, 82550},
		{"0.00001mm", UNIT_ABSOLUTE, 0},   /* 0.36 EMU */
		{"0.00002mm", UNIT_ABSOLUTE, 1},   /* 0.72 EMU */
		{"-0.00002mm", UNIT_ABSOLUTE, -1},
		{"0.3333333333333333333333333em", UNIT_EM, 333333},
		{"0.9999999999999em", UNIT_EM, 1000000},
		{"1.9999999995em", UNIT_EM, 2000000},
		{"0.0000138889mm", UNIT_ABSOLUTE, 1}, /* 0.5000004 EMU; cut instead of rounded it would be 0 */
		{"27000000mm", UNIT_ABSOLUTE, 972000000000},
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct length l = {UNIT_LINE, 77};
		if (!unit_parse(s(good[i].text), &l) || l.kind != good[i].kind || l.value != good[i].value)
			fail_msg("%s: kind %d, value %lld", good[i].text, (int)l.kind, (long long)l.value);
	}
	static const char *const bad[] = {
		"", "mm", "12", "5.mm", ".mm", "-", "--1mm", "1 2mm", "1,5mm", "1e3mm", "0x10mm", "1px", "1MM", "号",
		"三", "九号", "小七", "3号", "1mmm", "1mm;", "99999999999999999999999999999999999999mm", "1000000000000mm",
		"nan", "infmm", "１mm",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct length l;
		if (unit_parse(s(bad[i]), &l))
			fail_msg("\"%s\" was taken for a length", bad[i]);
	}
	struct length nul;
	assert_false(unit_parse(STR("1mm\0"), &nul));
}

static void arithmetic(void **state)
{
	(void)state;
	assert_int_equal(unit_resolve((struct length){UNIT_EM, 1500000}, 203200, 9), 304800);
	assert_int_equal(unit_resolve((struct length){UNIT_LINE, -500000}, 9, 3), -2); /* -1.5 away from zero */
	assert_int_equal(unit_resolve((struct length){UNIT_ABSOLUTE, 7}, 203200, 3), 7);
	assert_true(unit_muldiv(INT64_MAX, 1000, 1000) == INT64_MAX);
	assert_true(unit_muldiv(INT64_MIN, 3, 1) == INT64_MIN);
	assert_int_equal(unit_muldiv(1, 1, 2), 1);
	assert_int_equal(unit_muldiv(-1, 1, 2), -1);
	assert_int_equal(unit_muldiv(1, 1, 3), 0);

	static const struct {
		int64_t value, scale;
		int digits;
		const char *text;
	} cases[] = {
		{1, 3, 4, "0.3333"},   {2, 3, 4, "0.6667"},  {-1, 3, 0, "0"},          {-1, 2, 0, "-1"},
		{-1, 4, 1, "-0.3"},    {10, 1, 0, "10"},     {100, 10, 3, "10"},       {1, 1000, 2, "0"},
		{-1, 1000, 2, "0"},    {355600, 12700, 3, "28"}, {133350, 12700, 3, "10.5"}, {1001, 1000, 3, "1.001"},
		{INT64_MIN, 1, 15, "-9223372036854775808"}, {INT64_MAX, 1000, 3, "9223372036854775.807"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char out[40];
		int n = unit_format(out, cases[i].value, cases[i].scale, cases[i].digits);
		assert_string_equal(out, cases[i].text);
		assert_int_equal(n, strlen(out));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices),
		cmocka_unit_test(utf8_is_decoded_strictly),
		cmocka_unit_test(utf8_round_trip),
		cmocka_unit_test(distances),
		cmocka_unit_test(buffers),
		cmocka_unit_test(maps_keep_order_and_grow),
		cmocka_unit_test(lengths),
		cmocka_unit_test(arithmetic),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
