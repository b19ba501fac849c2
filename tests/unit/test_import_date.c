/* Dates of gen/import: forms, blanks, the calendar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "import/date.h"

static void whole_dates(void **state)
{
	(void)state;
	static const struct {
		const char *text, *iso;
	} cases[] = {
		{"2031年5月29日", "2031-05-29"},         {"2031 年 5 月 29 日", "2031-05-29"}, {"（2031年5月29日）", "2031-05-29"},
		{"　2031年12月1号 ", "2031-12-01"},      {"二〇三一年五月二十九日", "2031-05-29"}, {"二○三一年十月十日", "2031-10-10"},
		{"二〇三一年十一月三十日", "2031-11-30"}, {"2031-5-29", "2031-05-29"},         {"2031.05.29", "2031-05-29"},
		{"2031/5/9", "2031-05-09"},               {"2031年5月", "2031-05"},             {"2032年2月29日", "2032-02-29"},
		{"2000年2月29日", "2000-02-29"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct date d;
		char iso[16];
		assert_true(date_only(str_of(cases[i].text), &d));
		assert_true(d.possible);
		date_iso(&d, iso);
		assert_string_equal(iso, cases[i].iso);
	}
}

static void no_dates(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"", "2031年", "2031", "31年5月29日", "5月29日", "2031年5月29日起", "截至2031年5月29日", "（2031年5月29日", "2031年5月29日。",
		"12031年5月29日", "2031-5", "2031.13.1", "2031年度", "2031年5月份",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct date d;
		assert_false(date_only(str_of(texts[i]), &d));
	}
}

static void days_the_calendar_lacks(void **state)
{
	(void)state;
	static const struct {
		const char *text, *iso;
	} cases[] = {
		{"2031年2月29日", "2031-02"}, {"2100年2月29日", "2100-02"}, {"2031年4月31日", "2031-04"}, {"2031年13月1日", "2031"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct date d;
		char iso[16];
		assert_true(date_only(str_of(cases[i].text), &d));
		assert_false(d.possible);
		date_iso(&d, iso); /* as far as it can be said */
		assert_string_equal(iso, cases[i].iso);
	}
}

static void years_of_titles(void **state)
{
	(void)state;
	assert_int_equal(date_find_year(STR("示例局2031年5月小结")), 2031);
	assert_int_equal(date_find_year(STR("示例局二〇三一年五月小结")), 2031);
	assert_int_equal(date_find_year(STR("示例局2031 年5月小结")), 2031);
	assert_int_equal(date_find_year(STR("第十二届5月小结")), 0);
	assert_int_equal(date_find_year(STR("12031年")), 0);
	assert_int_equal(date_find_year(STR("")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_dates),
		cmocka_unit_test(no_dates),
		cmocka_unit_test(days_the_calendar_lacks),
		cmocka_unit_test(years_of_titles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
