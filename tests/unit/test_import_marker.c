/* The marker grammar of gen/import: what opens an item, and which markers belong to a series. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "import/label.h"
#include "import/marker.h"

static const struct {
	const char *text;
	enum marker_kind kind;
	int value;
	const char *mark;  /* as written */
	const char *rest;  /* the text behind it */
} forms[] = {
	{"一、概况", MARKER_HAN, 1, "一、", "概况"},
	{"十二、概况", MARKER_HAN, 12, "十二、", "概况"},
	{"二十、 概况", MARKER_HAN, 20, "二十、", "概况"},
	{"三十五、概况", MARKER_HAN, 35, "三十五、", "概况"},
	{"一百二十、概况", MARKER_HAN, 120, "一百二十、", "概况"},
	{"壹、概况", MARKER_HAN, 1, "壹、", "概况"},
	{"（三）概况", MARKER_HAN_PAREN, 3, "（三）", "概况"},
	{"(三) 概况", MARKER_HAN_PAREN, 3, "(三)", "概况"},
	{"（三)概况", MARKER_HAN_PAREN, 3, "（三)", "概况"},
	{"（十一）、概况", MARKER_HAN_PAREN, 11, "（十一）、", "概况"},
	{"1.概况", MARKER_DIGIT, 1, "1.", "概况"},
	{"18. 做好", MARKER_DIGIT, 18, "18.", "做好"},
	{"18.　做好", MARKER_DIGIT, 18, "18.", "做好"},
	{"3．概况", MARKER_DIGIT, 3, "3．", "概况"},
	{"3、概况", MARKER_DIGIT, 3, "3、", "概况"},
	{"999.概况", MARKER_DIGIT, 999, "999.", "概况"},
	{"（1）概况", MARKER_DIGIT_PAREN, 1, "（1）", "概况"},
	{"( 12 )概况", MARKER_DIGIT_PAREN, 12, "( 12 )", "概况"},
	{"⑳概况", MARKER_CIRCLED, 20, "⑳", "概况"},
	{"7)，其余", MARKER_DIGIT_CLOSE, 7, "7)", "，其余"},
	{"7）其余", MARKER_DIGIT_CLOSE, 7, "7）", "其余"},
	{"1.", MARKER_DIGIT, 1, "1.", ""},
	{"一.概况", MARKER_HAN, 1, "一.", "概况"},
	{"１２．概况", MARKER_DIGIT, 12, "１２．", "概况"},
	{"㈢概况", MARKER_HAN_PAREN, 3, "㈢", "概况"},
	{"⒊概况", MARKER_DIGIT, 3, "⒊", "概况"},
	{"⑿概况", MARKER_DIGIT_PAREN, 12, "⑿", "概况"},
};

static void forms_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct str s = str_of(forms[i].text);
		struct marker m;
		assert_true(marker_read(s, &m));
		assert_int_equal(m.kind, forms[i].kind);
		assert_int_equal(m.value, forms[i].value);
		assert_true(str_is(str_sub(s, 0, m.length), forms[i].mark));
		assert_true(str_is(str_sub(s, m.text, s.n), forms[i].rest));
	}
}

static void other_openings_are_text(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"", "概况", "1-2月", "2031-2033年", "2031年度", "5月29日", "一是概况", "第一、第二", "一季度", "十", "（一", "（概况）",
		"（2031年）", "0.5万元", "007.概况", "1234.概况", "12345678901234567890.概况", "（）", "( )", "1", "一一一一一一一、",
		"1:2", "3%", "，、",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct marker m;
		assert_false(marker_read(str_of(texts[i]), &m));
		assert_int_equal(m.kind, MARKER_NONE);
	}
}

static void digits_behind_a_point_make_it_doubtful(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool digit, year;
	} cases[] = {
		{"5.29会员日", true, false}, {"3.2031年度", true, true}, {"3.2031 年度", true, true}, {"3. 2031年度", false, true},
		{"8.1-5月", true, false},    {"3.概况", false, false},   {"一、5月小结", false, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct marker m;
		assert_true(marker_read(str_of(cases[i].text), &m));
		assert_int_equal(m.digit_follows, cases[i].digit);
		assert_int_equal(m.year_follows, cases[i].year);
	}
}

static enum marker_fit offer(struct marker_series *s, const char *text)
{
	struct marker m;
	assert_true(marker_read(str_of(text), &m));
	enum marker_fit fit = marker_fits(s, &m);
	if (fit != MARKER_UNFIT)
		marker_accept(s, &m);
	return fit;
}

static void series_start_at_one_and_step_by_one(void **state)
{
	(void)state;
	struct marker_series s = {0};
	assert_int_equal(offer(&s, "2.甲"), MARKER_UNFIT);
	assert_int_equal(offer(&s, "7)"), MARKER_UNFIT);
	assert_int_equal(offer(&s, "一、甲"), MARKER_NEXT);
	assert_int_equal(offer(&s, "1.甲"), MARKER_NEXT);
	assert_int_equal(offer(&s, "2.甲"), MARKER_NEXT);
	assert_int_equal(offer(&s, "2.甲"), MARKER_REPEAT);
	assert_int_equal(offer(&s, "4.甲"), MARKER_GAP);
	assert_int_equal(offer(&s, "14.甲"), MARKER_UNFIT);
	assert_int_equal(offer(&s, "3.甲"), MARKER_UNFIT);
	assert_int_equal(offer(&s, "1.甲"), MARKER_AGAIN);
}

static void higher_markers_begin_lower_series_afresh(void **state)
{
	(void)state;
	struct marker_series s = {0};
	offer(&s, "一、甲");
	offer(&s, "1.甲");
	assert_int_equal(offer(&s, "（1）甲"), MARKER_NEXT);
	assert_int_equal(offer(&s, "（2）甲"), MARKER_NEXT);
	assert_int_equal(offer(&s, "2.甲"), MARKER_NEXT);
	assert_int_equal(offer(&s, "（3）甲"), MARKER_UNFIT); /* below an item a series is its own */
	assert_int_equal(offer(&s, "（1）甲"), MARKER_NEXT);
	assert_int_equal(offer(&s, "二、甲"), MARKER_NEXT);
	assert_int_equal(offer(&s, "1.甲"), MARKER_RESTART);
	assert_int_equal(offer(&s, "三、甲"), MARKER_NEXT);
	assert_int_equal(offer(&s, "2.甲"), MARKER_NEXT); /* numbered through under the next heading */
}

static void lead_ins(void **state)
{
	(void)state;
	static const struct {
		const char *text, *label, *role;
		bool person;
	} cases[] = {
		{"完成。 负责科室：办公室", "负责科室：", "responsible", false},
		{"责任单位:办公室", "责任单位:", "responsible", false},
		{"完成（牵头处室：甲处）", "（牵头处室：", "lead", false},
		{"完成。配合部门 ：乙", "配合部门 ：", "cooperating", false},
		{"责任人：张三", "责任人：", "responsible", true},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str s = str_of(cases[i].text);
		struct label l;
		assert_true(label_find(s, 0, &l));
		assert_int_equal(l.kind, LABEL_RESPONSIBLE);
		assert_true(str_is(str_sub(s, l.from, l.to), cases[i].label));
		assert_string_equal(l.role, cases[i].role);
		assert_int_equal(l.person, cases[i].person);
	}
	static const char *const none[] = {"写明责任单位：甲", "负责科室办公室", "责任：甲", "单位：甲", "", "项目负责人：张三"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		struct label l;
		assert_false(label_find(str_of(none[i]), 0, &l));
	}
}

static void authorities(void **state)
{
	(void)state;
	static const char *const yes[] = {"示例市民政局", "示例市委办公室", "示例市供销合作社", "示例市中心医院", "医政科（行政审批科）", "甲乙丙 局"};
	static const char *const no[] = {"", "局", "2031年5月", "完成各项工作。", "五月工作小结", "示例市民政局，", "张三"};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_true(label_is_authority(str_of(yes[i])));
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(label_is_authority(str_of(no[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_are_read),
		cmocka_unit_test(other_openings_are_text),
		cmocka_unit_test(digits_behind_a_point_make_it_doubtful),
		cmocka_unit_test(series_start_at_one_and_step_by_one),
		cmocka_unit_test(higher_markers_begin_lower_series_afresh),
		cmocka_unit_test(lead_ins),
		cmocka_unit_test(authorities),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
