/* The functions that templates may call: numerals, dates, document numbers, and what they refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "layout/decl.h"

static const struct xml_function *find(const char *name)
{
	for (int i = 0; i < n_layout_functions; i++)
		if (!strcmp(layout_functions[i].name, name))
			return &layout_functions[i];
	fail_msg("no function %s", name);
	return NULL;
}

static void call(const char *name, int n, const char *const *args, bool good, const char *want)
{
	const struct xml_function *f = find(name);
	struct str list[3];
	struct buf out = {0};

	assert_true(n >= f->min_args && n <= f->max_args);
	for (int i = 0; i < n; i++)
		list[i] = str_of(args[i]);
	bool said = f->call(NULL, list, n, &out);
	buf_char(&out, 0);
	if (said != good || (want && strcmp(out.p, want)))
		print_message("%s(%s, %s): %s\n", name, args[0], n > 1 ? args[1] : "", out.p);
	assert_int_equal(said, good);
	if (want)
		assert_string_equal(out.p, want);
	else
		assert_true(out.n > 1); /* a reason */
	buf_free(&out);
}

#define gives(name, want, ...) \
	call(name, (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)), (const char *[]){__VA_ARGS__}, true, want)
#define refuses(name, ...) \
	call(name, (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)), (const char *[]){__VA_ARGS__}, false, NULL)

static void test_han(void **state)
{
	static const struct {
		const char *n, *want;
	} list[] = {
		{"0", "〇"},          {"1", "一"},            {"9", "九"},
		{"10", "十"},         {"11", "十一"},         {"12", "十二"},
		{"19", "十九"},       {"20", "二十"},         {"21", "二十一"},
		{"99", "九十九"},     {"100", "一百"},        {"101", "一百零一"},
		{"110", "一百一十"},  {"111", "一百一十一"},  {"120", "一百二十"},
		{"200", "二百"},      {"1000", "一千"},       {"1001", "一千零一"},
		{"1010", "一千零一十"}, {"1100", "一千一百"}, {"1101", "一千一百零一"},
		{"2031", "二千零三十一"}, {"10000", "一万"},  {"10001", "一万零一"},
		{"10010", "一万零一十"}, {"10100", "一万零一百"}, {"11000", "一万一千"},
		{"100000", "十万"},   {"120000", "十二万"},   {"100100", "十万零一百"},
		{"1000000", "一百万"}, {"1010000", "一百零一万"}, {"10001000", "一千万一千"},
		{"12345678", "一千二百三十四万五千六百七十八"}, {"99999999", "九千九百九十九万九千九百九十九"},
		{" 7 ", "七"},        {"007", "七"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		gives("han", list[i].want, list[i].n);
}

static void test_numbers_refused(void **state)
{
	static const char *const bad[] = {"", " ", "-1", "1.5", "NaN", "1e3", "十", "100000000", "+1", "1 2", "Infinity"};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		refuses("han", bad[i]);
		refuses("formal", bad[i]);
		refuses("circled", bad[i]);
		refuses("document-number", "示政发", "2031", bad[i]);
	}
}

static void test_formal(void **state)
{
	(void)state;
	gives("formal", "零", "0");
	gives("formal", "壹", "1");
	gives("formal", "壹拾", "10");
	gives("formal", "壹拾玖", "19");
	gives("formal", "贰拾", "20");
	gives("formal", "壹佰零贰", "102");
	gives("formal", "壹佰壹拾", "110");
	gives("formal", "叁仟零肆", "3004");
	gives("formal", "壹拾贰万", "120000");
	gives("formal", "伍万零陆佰柒拾捌", "50678");
}

static void test_circled(void **state)
{
	static const char *const want =
		"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿";

	(void)state;
	for (int i = 1; i <= 50; i++) {
		char n[8], one[4];
		snprintf(n, sizeof n, "%d", i);
		snprintf(one, sizeof one, "%.3s", want + 3 * (i - 1));
		gives("circled", one, n);
	}
	refuses("circled", "0");
	refuses("circled", "51");
}

static void test_date(void **state)
{
	(void)state;
	gives("date", "2031年5月29日", "2031-05-29");
	gives("date", "2031年12月1日", "2031-12-01", "arabic");
	gives("date", "2031年5月", "2031-05");
	gives("date", "2031年", "2031");
	gives("date", "二〇三一年五月二十九日", "2031-05-29", "han");
	gives("date", "二〇三〇年十月十日", "2030-10-10", "han");
	gives("date", "二〇三〇年十二月三十一日", "2030-12-31", "han");
	gives("date", "二〇〇〇年十一月", "2000-11", "han");
	gives("date", "一九九九年", "1999", "han");
	gives("date", "2031.5.29", "2031-05-29", "dots");
	gives("date", "2031.5", "2031-05", "dots");
	gives("date", "2031", "2031", "dots");
	gives("date", "2031", "2031-05-29", "year");
	gives("date", "5", "2031-05-29", "month");
	gives("date", "29", "2031-05-29", "day");
	gives("date", "2032年2月29日", "2032-02-29");
	gives("date", "2031年5月29日", " 2031-05-29\n");
}

static void test_date_refused(void **state)
{
	static const char *const bad[] = {"",           "2031-5-29",  "31-05-29",   "2031-13-01", "2031-00-01", "2031-02-29",
					  "2100-02-29", "2031-04-31", "2031-05-00", "2031-05-32", "2031/05/29", "2031-05-2x",
					  "2031-05-29T08:00", "0000-01-01", "2031年5月29日", "-2031-05", "2031-05-29Z"};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		refuses("date", bad[i]);
	refuses("date", "2031-05-29", "roman");
	refuses("date", "2031-05-29", "");
	/* A part that is not said cannot be asked for. */
	refuses("date", "2031-05", "day");
	refuses("date", "2031", "month");
}

static void test_document_number(void **state)
{
	(void)state;
	gives("document-number", "示政发〔2031〕5号", "示政发", "2031", "5");
	gives("document-number", "示政发〔2031〕12号", " 示政发 ", "2031", "012");
	refuses("document-number", "", "2031", "5");
	refuses("document-number", "示政发", "31", "5");
	refuses("document-number", "示政发", "203x", "5");
	refuses("document-number", "示政发", "2031", "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_han),
		cmocka_unit_test(test_numbers_refused),
		cmocka_unit_test(test_formal),
		cmocka_unit_test(test_circled),
		cmocka_unit_test(test_date),
		cmocka_unit_test(test_date_refused),
		cmocka_unit_test(test_document_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
