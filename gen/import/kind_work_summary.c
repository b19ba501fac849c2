/* kind_work_summary: 工作总结和工作思路 from paragraphs, as written or as a web page discloses it.
 * Takes: paragraphs. Gives: a record of records/schema/work-summary.rng: metadata of the page, title, authorities and date, levels 一、
 * （一）, clauses 一是, tail. */
#include "import/chars.h"
#include "import/clause.h"
#include "import/front.h"
#include "import/levels.h"
#include "import/words.h"

enum { HEADING_CHARS = 40 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const title_words[] = {"总结", "小结", "思路", "打算", "工作计划", "工作安排", "工作报告", "工作情况", "情况汇报", "情况报告",
                                          "述职报告", "工作要点", "工作汇报", "汇报", "计划", "报告"};
/* words that make it a summary, not a plan or a notice alone */
static const char *const summary_words[] = {"总结", "小结", "工作情况", "工作报告", "情况汇报", "情况报告", "工作汇报", "工作思路", "工作打算"};

static const char *const heading_words[] = {"总结", "回顾", "工作情况", "主要做法", "主要成效", "存在问题", "存在的问题", "打算", "思路", "工作安排",
                                            "下步", "下一步"};

/* 5月, 三月份: one month, not 1—6月 and not a date. A plan of a month is a kind of its own. */
static bool is_of_month(struct str s)
{
	size_t month = str_find(s, STR("月")), at = month;
	uint32_t c = 0;
	if (month == SIZE_MAX || str_starts(str_sub(s, month + 3, s.n), STR("底")))
		return false;
	while (at > 0) {
		c = utf8_prev(s, &at);
		if (!char_is_digit(c) && char_numeral(c) <= 0 && !char_is_blank(c))
			break;
	}
	return c != '-' && c != 0x2014 && c != 0x2013 && c != 0xFF5E && c != '~' && c != 0x81F3; /* 至 */
}

static int score(const struct paras *ps)
{
	struct front f = front_read(ps, title_words, COUNT(title_words));
	size_t parts = 0, headed = 0, groups = 0, tags = 0, clauses = 0;
	struct clause c;
	bool facts = false, titled = false, month = false;
	for (size_t i = f.title; i < f.title_end; i++) {
		titled |= words_has_any(para_str(ps, para_get(ps, i)), summary_words, COUNT(summary_words));
		month |= is_of_month(para_str(ps, para_get(ps, i)));
	}
	for (size_t i = 0; i < f.n; i++)
		facts |= f.role[i] == FRONT_FACTS;
	for (size_t i = f.n; i < ps->n; i++) {
		const struct para *p = para_get(ps, i);
		struct str s = para_str(ps, p);
		parts += p->open == OPEN_MARKER && p->marker.kind == MARKER_HAN;
		headed += p->open == OPEN_MARKER && p->marker.kind <= MARKER_HAN_PAREN && utf8_count(s) <= HEADING_CHARS &&
		          words_has_any(s, heading_words, COUNT(heading_words));
		groups += p->open == OPEN_MARKER && p->marker.kind == MARKER_HAN_PAREN;
		tags += part_responsible_at(s) < s.n;
		clauses += clause_find(s, 0, 1, &c);
	}
	if (tags > parts)
		return 0;
	if (!titled) /* by its headings, as long as it does not say that it is something else */
		return f.title == f.title_end && headed >= 2 ? IMPORT_LIKELY : 0;
	return month ? 4 + (parts >= 2) : 4 + (parts >= 2) + (groups >= 2) + (clauses > 0) + facts;
}

static void build(struct work *k)
{
	struct front f = front_read(k->ps, title_words, COUNT(title_words));
	size_t end = front_tail(k->ps, f.n);
	struct paras text = *k->ps;
	text.n = end;
	struct tail t = part_tail(&text, f.n);
	int year = front_year(k, &f);
	if (!year)
		year = part_tail_year(&text, &t);
	write_open(k->w, "record");
	write_fact(k->w, "kind", STR("work-summary"));
	write_fact(k->w, "version", STR("1"));
	write_fact(k->w, "xml:lang", str_of(part_language(buf_view(&k->ps->text))));
	if (year)
		write_fact(k->w, "year", str_of(arena_printf(k->arena, "%04d", year)));
	front_write(k, &f);
	size_t at = f.n;
	if (at < t.attachments && front_is_recipients(k->ps, at))
		front_write_recipients(k, at++);
	write_open(k->w, "body");
	levels_write(k, at, t.attachments);
	write_close(k->w);
	part_write_tail(k, &t);
	front_write_tail(k, end, k->ps->n);
	write_close(k->w);
}

const struct import_kind kind_work_summary = {.name = "work-summary", .score = score, .build = build};
