/* Paragraphs of gen/import: bytes to lines, lines to paragraphs, and which spaces stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "import/write.h"
#include "import/wrap.h"

struct joined {
	struct arena *a;
	struct source_table sources;
	struct diag_list d;
	struct report report;
	struct plain plain;
	struct paras paras;
	bool read, wrapped;
};

static void join(struct joined *j, const char *text)
{
	*j = (struct joined){.a = arena_new()};
	source_open(&j->sources, j->a);
	diag_open(&j->d, j->a, &j->sources);
	report_open(&j->report);
	uint32_t src = source_add(&j->sources, STR("t"), str_of(text));
	j->read = plain_read(&j->d, j->a, &j->sources, src, &j->report, &j->plain);
	paras_open(&j->paras, &j->plain, &j->report);
	if (j->read)
		j->wrapped = wrap_join(j->a, &j->plain, &j->report, &j->paras);
}

static void leave(struct joined *j)
{
	paras_close(&j->paras);
	report_close(&j->report);
	arena_close(j->a);
}

/* The paragraphs of a text, with | between. */
static void assert_paragraphs(const char *text, const char *want)
{
	struct joined j;
	struct buf got = {0};
	join(&j, text);
	for (size_t i = 0; i < j.paras.n; i++) {
		if (i)
			buf_char(&got, '|');
		buf_str(&got, para_str(&j.paras, para_get(&j.paras, i)));
	}
	buf_char(&got, '\0');
	assert_string_equal(got.p, want);
	buf_free(&got);
	leave(&j);
}

static void spaces_between_latin_and_han_go(void **state)
{
	(void)state;
	assert_paragraphs("接诊 535 人次，HIV 初筛 145 份", "接诊535人次，HIV初筛145份");
	assert_paragraphs("达 35% 以上，气温 37℃ 左右，Ⅲ 类水", "达35%以上，气温37℃左右，Ⅲ类水");
	assert_paragraphs("2031\xC2\xA0年", "2031年");
	assert_paragraphs("2031　年", "2031　年"); /* U+3000 is no gap: it was typed */
}

static void typed_spaces_stay(void **state)
{
	(void)state;
	assert_paragraphs("设计 “筑梦” 活动", "设计 “筑梦” 活动");
	assert_paragraphs("为群 众办事", "为群 众办事");
	assert_paragraphs("1.甲（A 级） 。", "1.甲（A级） 。");
	assert_paragraphs("甲  乙　丙", "甲  乙　丙");
	assert_paragraphs("甲      乙\t丙", "甲 乙 丙"); /* alignment */
	assert_paragraphs("New   York and ISO 9001", "New York and ISO 9001");
	assert_paragraphs("甲\xC2\xA0（乙", "甲 （乙");
}

static void a_stretched_line_loses_its_spaces(void **state)
{
	(void)state;
	assert_paragraphs("关于印 发示例 区关 于推进 示例 行动的通知", "关于印发示例区关于推进示例行动的通知");
	assert_paragraphs("按要 求， 由各 单位 负责", "按要求，由各单位负责"); /* beside marks too */
	assert_paragraphs("甲 “按要 求由各 单位 负责” 执行", "甲 “按要求由各单位负责” 执行"); /* not before an opening quote */
	assert_paragraphs("按要 求由各 单位负责", "按要 求由各 单位负责"); /* two are no stretched line */
	assert_paragraphs("按要 求办理有关的一切工作事项由各 单位于本月末前向上级主管部 门报告",
	                  "按要 求办理有关的一切工作事项由各 单位于本月末前向上级主管部 门报告"); /* nor are three far apart */
}

/* A text of lines of 14 em that runs on; what joins two of them is tried at the first line end. */
static void assert_line_end(const char *left, const char *right, const char *want)
{
	char text[600], whole[600];
	snprintf(text, sizeof text, "一、概况\n1.这是一段写满了一行的文字%s\n%s后面还有很长的一句话并且还会\n换行。\n2.完。", left, right);
	snprintf(whole, sizeof whole, "一、概况|1.这是一段写满了一行的文字%s后面还有很长的一句话并且还会换行。|2.完。", want);
	assert_paragraphs(text, whole);
}

static void line_ends(void **state)
{
	(void)state;
	assert_line_end("甲", "乙", "甲乙");
	assert_line_end("医", "7)", "医7)");
	assert_line_end("第12", "家", "第12家");
	assert_line_end("第12", "345件", "第12345件");
	assert_line_end("按ISO", "9001", "按ISO 9001");
	assert_line_end("New", "York", "New York");
	assert_line_end("2031-", "2033", "2031-2033");
	assert_line_end("12,", "345", "12,345");
	assert_line_end("3.", "14", "3.14");
	assert_line_end("OK,", "fine", "OK, fine");
	assert_line_end("甲，", "AED", "甲，AED");
	assert_line_end("（甲", "）乙", "（甲）乙");
}

static void a_paragraph_a_line_is_left_alone(void **state)
{
	(void)state;
	assert_paragraphs("一、概况\n1.做好各项工作。\n本月完成。\n2.抓落实\n三项任务。\n",
	                  "一、概况|1.做好各项工作。|本月完成。|2.抓落实|三项任务。");
	assert_paragraphs("甲\r\n\r\n乙\r丙\x0b丁\xE2\x80\xA8戊\xC2\x85己\f庚", "甲|乙|丙|丁|戊|己|庚");
}

static void lines_and_places(void **state)
{
	(void)state;
	struct joined j;
	join(&j, "\xEF\xBB\xBF \t甲乙 　\n\n\n\f丙\xE2\x80\x8B丁\r\n");
	assert_true(j.read);
	assert_int_equal(j.plain.n_lines, 2);
	const struct plain_line *l = j.plain.lines;
	assert_true(str_is(plain_str(&j.plain, &l[0]), "甲乙") && l[0].indent == 5 && l[0].blanks == 0 && !l[0].page);
	assert_true(str_is(plain_str(&j.plain, &l[1]), "丙丁") && l[1].blanks == 2 && l[1].page);
	/* back over the BOM and over what was cut out */
	assert_int_equal(plain_source_off(&j.plain, l[0].from), 5);
	assert_int_equal(plain_source_off(&j.plain, l[1].from + 3), plain_source_off(&j.plain, l[1].from) + 6);
	assert_int_equal(j.report.n_drops, 1);
	assert_true(j.report.drops[0].off == 22 && j.report.drops[0].n == 3);
	leave(&j);
}

static void bad_bytes_are_refused_with_their_place(void **state)
{
	(void)state;
	static const struct {
		struct str bytes;
		enum diag_code code;
		uint32_t off;
	} cases[] = {
		{STR("甲\xFF乙"), DIAG_XML_ENCODING, 3}, {STR("甲\0乙\xFF"), DIAG_XML_NUL, 3},
		{STR("甲\xFF\0"), DIAG_XML_ENCODING, 3}, {STR(" \n\xE3\x80\x80"), DIAG_IMPORT_EMPTY, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct joined j;
		join(&j, "");
		uint32_t src = source_add(&j.sources, STR("x"), cases[i].bytes);
		j.d.n = 0;
		assert_false(plain_read(&j.d, j.a, &j.sources, src, &j.report, &j.plain));
		assert_int_equal(j.d.n, 1);
		assert_int_equal(j.d.list[0].code, cases[i].code);
		assert_int_equal(j.d.list[0].loc.off, cases[i].off);
		leave(&j);
	}
}

static void xml_is_escaped_and_indented(void **state)
{
	(void)state;
	struct write w;
	write_start(&w);
	write_open(&w, "a");
	write_fact(&w, "k", STR("\"<&>'"));
	write_open(&w, "b");
	write_mark(&w, "number", STR("1."));
	write_text(&w, STR("x<y]]>&\""));
	write_inline(&w, "u");
	write_close(&w);
	write_close(&w);
	write_open(&w, "c");
	write_close(&w);
	write_open(&w, "d");
	write_inline(&w, "u");
	write_text(&w, STR("甲"));
	write_close(&w);
	write_text(&w, STR("、"));
	write_close(&w);
	write_close(&w);
	buf_char(&w.out, '\0');
	buf_char(&w.said, '\0');
	assert_string_equal(w.out.p, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	                             "<a k=\"&quot;&lt;&amp;&gt;'\">\n"
	                             "  <b number=\"1.\">x&lt;y]]&gt;&amp;\"<u/></b>\n"
	                             "  <c/>\n"
	                             "  <d><u>甲</u>、</d>\n"
	                             "</a>\n");
	assert_string_equal(w.said.p, "1.x<y]]>&\"甲、");
	write_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spaces_between_latin_and_han_go),
		cmocka_unit_test(typed_spaces_stay),
		cmocka_unit_test(a_stretched_line_loses_its_spaces),
		cmocka_unit_test(line_ends),
		cmocka_unit_test(a_paragraph_a_line_is_left_alone),
		cmocka_unit_test(lines_and_places),
		cmocka_unit_test(bad_bytes_are_refused_with_their_place),
		cmocka_unit_test(xml_is_escaped_and_indented),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
