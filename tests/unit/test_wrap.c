/* Lines (gen/text/wrap.c): which break is taken, where every cluster stands, what is reported. em is 16 pt, no
 * fonts: tests/wrap/shaped.h. Breaks of long texts are compared with a reference in tests/cases/wrap_reference.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "wrap/shaped.h"

#define EM SHAPED_EM

struct work {
	struct arena *arena;
	struct source_table sources;
	struct diag_list diag;
	struct shaped_style style;
	struct wrap_options o;
	struct shaped s;
	struct lines lines;
};

/* The rules of the published plan: a gap of 1/4 em that may give half of it, half a mark, half a mark free at the end. */
static struct work *work_new(void)
{
	struct arena *a = arena_new();
	struct work *w = ARENA_NEW(a, struct work);
	w->arena = a;
	source_open(&w->sources, a);
	diag_open(&w->diag, a, &w->sources);
	w->style.rules = (struct wrap_rules){
		.prohibition = PROHIBIT_GB, .squeeze = SQUEEZE_NEAREST, .autospace = 250000, .gap_shrink = 125000,
		.mark_shrink = 500000, .line_end = 500000};
	w->o = (struct wrap_options){.rules = &w->style.rules, .measure = 10 * EM, .em = EM};
	return w;
}

static void wrap(struct work *w, const char *text)
{
	shaped_style_open(&w->style);
	shaped_make(w->arena, &w->style, str_of(text), &w->s);
	han_prepare(&w->s);
	assert_true(text_wrap(&w->diag, w->arena, &w->s, &w->o, &w->lines));
}

/* The lines with a | between. */
static const char *shown(struct work *w)
{
	struct buf b = {0};
	for (size_t i = 0; i < w->lines.n; i++) {
		const struct line *l = &w->lines.list[i];
		size_t end = l->to < w->s.n ? w->s.clusters[l->to].text : w->s.text.n;
		if (i)
			buf_char(&b, '|');
		buf_str(&b, str_sub(w->s.text, w->s.clusters[l->from].text, end));
	}
	const char *out = arena_copy(w->arena, b.p, b.n);
	buf_free(&b);
	return out;
}

static const struct line *line(const struct work *w, size_t i)
{
	assert_true(i < w->lines.n);
	return &w->lines.list[i];
}

/* Where the advance of the line's last seen cluster ends, before anything is trimmed off it. */
static emu right_edge(const struct work *w, const struct line *l)
{
	size_t last = l->to;
	while (last > l->from && han_is_blank(&w->s.clusters[last - 1]))
		last--;
	return last > l->from ? l->x[last - 1 - l->from] + w->s.clusters[last - 1].width : 0;
}

static void check_wrap(const char *want, emu measure)
{
	struct work *w = work_new();
	char *text = arena_copy(w->arena, want, strlen(want)), *to = text;
	for (const char *p = want; *p; p++)
		if (*p != '|')
			*to++ = *p;
	*to = '\0';
	w->o.measure = measure;
	wrap(w, text);
	assert_string_equal(shown(w), want);
	arena_close(w->arena);
}

/* ---- the rule ---- */

/* s = what B needs, t = what A leaves; the pairs are those of the published plan. */
static void the_nearer_break(void **state)
{
	(void)state;
	emu measure = 25956 * EM / 1000;
	/* A: 25.5 em (t = 0.456), B: 26.5 em with a comma (s = 0.544): pushed out though the comma could give it. */
	check_wrap("一二三四五六，八九十一二三四五六七八九十一二三四五a|六七", measure);
	/* A: 25.25 em (t = 0.706), B: 26.25 em (s = 0.294): squeezed in. */
	check_wrap("一二三四五六，八九十一二三四五六七八九十一二五1五六|七", measure);
	/* A number: A 25 em (t = 0.956), B 26.75 em with two commas (s = 0.794): squeezed in. */
	check_wrap("一二三，五六，八九十一二三四五六七八九十一二三四五118|七", measure);
	/* The same with one comma only: it cannot give 0.794. */
	check_wrap("一二三四五六，八九十一二三四五六七八九十一二三四五|118七", measure);
}

static void as_told(void **state)
{
	(void)state;
	static const char *const text = "一二，四五六七八九a十";
	struct work *w = work_new();
	w->style.rules.autospace = 0;
	wrap(w, text); /* A: 9.5 em, B: 10.5 em: s = t */
	assert_string_equal(shown(w), "一二，四五六七八九a|十");
	w->style.rules.squeeze = SQUEEZE_ALWAYS;
	wrap(w, text);
	assert_string_equal(shown(w), "一二，四五六七八九a十");
	w->style.rules.squeeze = SQUEEZE_NEVER;
	w->o.measure = 103 * EM / 10;
	wrap(w, text);
	assert_string_equal(shown(w), "一二，四五六七八九a|十");
	w->style.rules.squeeze = SQUEEZE_NEAREST;
	wrap(w, text); /* s = 0.2, t = 0.8 */
	assert_string_equal(shown(w), "一二，四五六七八九a十");
	w->style.rules.mark_shrink = 190000;
	wrap(w, text);
	assert_string_equal(shown(w), "一二，四五六七八九a|十");
	w->style.rules.mark_shrink = 200000;
	wrap(w, text);
	assert_string_equal(shown(w), "一二，四五六七八九a十");
	w->o.align = ALIGN_START; /* nothing is squeezed where nothing is flush */
	wrap(w, text);
	assert_string_equal(shown(w), "一二，四五六七八九a|十");
	arena_close(w->arena);
}

static void gaps_give(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->o.measure = 79 * EM / 10;
	wrap(w, "一2三四5六七八九"); /* 一…八: 6 em, two digits, four gaps = 8 em; s = 0.1, gaps can give 0.5 */
	assert_string_equal(shown(w), "一2三四5六七八|九");
	assert_int_equal(line(w, 0)->why, LINE_SQUEEZED);
	assert_int_equal(line(w, 0)->stretch, -(8 * EM - 79 * EM / 10));
	w->style.rules.gap_shrink = 20000; /* 0.08 em in all */
	wrap(w, "一2三四5六七八九");
	assert_string_equal(shown(w), "一2三四5六七|八九");
	arena_close(w->arena);
}

static void half_at_the_end(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->o.measure = 19 * EM / 2;
	wrap(w, "一二三四五六七八九，十"); /* ten em in nine and a half */
	assert_string_equal(shown(w), "一二三四五六七八九，|十");
	assert_int_equal(line(w, 0)->why, LINE_NATURAL);
	assert_int_equal(line(w, 0)->natural, 10 * EM);
	assert_int_equal(line(w, 0)->width, w->o.measure);
	assert_int_equal(line(w, 0)->x[9], 9 * EM);
	/* In 9.7 em the half is gone all the same and the 0.2 em are spread: the half mark ends at the measure. */
	w->o.measure = 97 * EM / 10;
	wrap(w, "一二三四五六七八九，十");
	assert_int_equal(right_edge(w, line(w, 0)), w->o.measure + EM / 2);
	/* Where the full mark fits it is set full. */
	w->o.measure = 102 * EM / 10;
	wrap(w, "一二三四五六七八九，十");
	assert_int_equal(right_edge(w, line(w, 0)), w->o.measure);
	w->style.rules.line_end = 0;
	w->style.rules.mark_shrink = 0;
	w->o.measure = 19 * EM / 2;
	wrap(w, "一二三四五六七八九，十");
	assert_string_equal(shown(w), "一二三四五六七八|九，十");
	arena_close(w->arena);
}

static void opening_mark_at_the_start(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->o.measure = 97 * EM / 10;
	wrap(w, "“二三四五六七八九十一"); /* it gives nothing: no squeeze */
	assert_string_equal(shown(w), "“二三四五六七八九|十一");
	assert_int_equal(line(w, 0)->x[0], 0);
	w->style.rules.line_start = true;
	wrap(w, "“二三四五六七八九十一");
	assert_string_equal(shown(w), "“二三四五六七八九十|一");
	assert_int_equal(line(w, 0)->x[0], -EM / 2);
	assert_int_equal(right_edge(w, line(w, 0)), w->o.measure);
	arena_close(w->arena);
}

/* ---- places ---- */

static void order_of_squeezing(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->style.rules.squeeze = SQUEEZE_ALWAYS;
	w->o.measure = 85 * EM / 10;
	wrap(w, "（二），三。五六七"); /* 9 em: the brackets (one of them at the start) give before , and 。 */
	assert_int_equal(w->lines.n, 1);
	static const int full[] = {0, 10, 20, 25, 35, 45, 55, 65, 75};
	for (size_t i = 0; i < 9; i++)
		assert_int_equal(line(w, 0)->x[i], full[i] * EM / 10);
	w->o.measure = 82 * EM / 10;
	wrap(w, "（二），三。五六七"); /* then the comma gives 0.3 */
	assert_int_equal(line(w, 0)->x[3], 25 * EM / 10);
	assert_int_equal(line(w, 0)->x[4], 32 * EM / 10);
	assert_int_equal(line(w, 0)->x[6], 52 * EM / 10);
	w->style.rules.mark_shrink = 250000;
	w->o.measure = 83 * EM / 10;
	wrap(w, "（二），三。五六七"); /* a quarter each, then the stop 0.2 */
	assert_int_equal(line(w, 0)->x[3], 275 * EM / 100);
	assert_int_equal(line(w, 0)->x[4], 35 * EM / 10);
	assert_int_equal(line(w, 0)->x[6], 53 * EM / 10);
	w->style.rules.mark_shrink = 500000;
	w->o.measure = 88 * EM / 10;
	wrap(w, "一（三）五“七”九"); /* both pairs give evenly: 0.05 each; an opening mark gives its start */
	assert_int_equal(line(w, 0)->x[1], EM - EM / 20);
	assert_int_equal(line(w, 0)->x[2], 2 * EM - EM / 20);
	assert_int_equal(line(w, 0)->x[4], 4 * EM - EM / 10);
	assert_int_equal(line(w, 0)->x[8], 8 * EM - EM / 5);
	arena_close(w->arena);
}

static void spread_evenly(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->style.rules.autospace = 0;
	w->o.measure = 101 * EM / 10 + 1;
	wrap(w, "一二abc三——四……五六"); /* 9.5 em; 一 二 abc 三 —— 四 …… 五: 7 places */
	assert_string_equal(shown(w), "一二abc三——四……|五六");
	w->o.measure = 10 * EM + 3;
	wrap(w, "一二abc三——四……五六");
	const struct line *l = line(w, 0);
	emu extra = w->o.measure - (emu)(19 * EM / 2), low = extra / 6, high = low + 1, sum = 0;
	for (size_t i = 1; i < l->to; i++) {
		emu gap = l->x[i] - l->x[i - 1] - w->s.clusters[i - 1].width;
		bool joined = i == 3 || i == 4 || i == 7 || i == 10;
		if (joined ? gap != 0 : gap != low && gap != high)
			fail_msg("gap %zu: %lld", i, (long long)gap);
		sum += gap;
	}
	assert_int_equal(sum, extra);
	assert_int_equal(l->stretch, low);
	assert_int_equal(right_edge(w, l), w->o.measure);
	/* One place for a word space; none around a hyphen. */
	wrap(w, "一 b全-专c d九十十一一");
	l = line(w, 0);
	assert_int_equal(l->x[1] - l->x[0], EM);
	assert_int_equal(l->x[4] - l->x[3], EM);
	assert_int_equal(l->x[5] - l->x[4], EM / 2);
	assert_true(l->x[2] - l->x[1] > EM / 2);
	arena_close(w->arena);
}

static void a_spread_keeps_its_width(void **state)
{
	(void)state;
	struct work *w = work_new();
	wrap(w, "一二三四五六七八九a十");
	w->s.clusters[1].before = BREAK_NO; /* as text_shape leaves a spread of 一二 */
	w->o.measure = 99 * EM / 10;
	assert_true(text_wrap(NULL, w->arena, &w->s, &w->o, &w->lines));
	assert_string_equal(shown(w), "一二三四五六七八九a|十");
	assert_int_equal(line(w, 0)->x[1], EM);
	assert_true(line(w, 0)->x[2] > 2 * EM);
	arena_close(w->arena);
}

static void last_lines(void **state)
{
	(void)state;
	struct work *w = work_new();
	wrap(w, "一二三四五六七八九a十二");
	assert_int_equal(line(w, 1)->why, LINE_LAST);
	assert_int_equal(line(w, 1)->width, 2 * EM);
	assert_int_equal(line(w, 1)->stretch, 0);
	wrap(w, "一二\n三四");
	assert_string_equal(shown(w), "一二\n|三四");
	assert_int_equal(line(w, 0)->why, LINE_FORCED);
	assert_int_equal(line(w, 0)->width, 2 * EM);
	w->o.align = ALIGN_DISTRIBUTE;
	wrap(w, "一二\n三四五");
	assert_int_equal(right_edge(w, line(w, 0)), w->o.measure);
	assert_int_equal(right_edge(w, line(w, 1)), w->o.measure);
	assert_int_equal(line(w, 1)->x[1], 9 * EM / 2);
	wrap(w, "一");
	assert_int_equal(line(w, 0)->x[0], 0);
	w->o.align = ALIGN_CENTRE;
	wrap(w, "一二三四五六七八九ab十二");
	assert_int_equal(line(w, 0)->width, line(w, 0)->natural);
	/* A last line may be squeezed in like any other. */
	w->o.align = ALIGN_JUSTIFY;
	w->o.measure = 97 * EM / 10;
	wrap(w, "一二，四五六七八九十");
	assert_int_equal(w->lines.n, 1);
	assert_int_equal(line(w, 0)->why, LINE_LAST);
	assert_true(line(w, 0)->stretch < 0);
	arena_close(w->arena);
}

static void first_line(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->o.first = 2 * EM;
	wrap(w, "一二三四五六七八九十一二三四五六七八九十");
	assert_string_equal(shown(w), "一二三四五六七八|九十一二三四五六七八|九十");
	assert_int_equal(line(w, 0)->x[0], 0);
	w->o.first = -2 * EM;
	wrap(w, "一二三四五六七八九十一二三四五六七八九十");
	assert_string_equal(shown(w), "一二三四五六七八九十一二|三四五六七八九十");
	arena_close(w->arena);
}

static void blanks_hang(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->o.measure = 3 * EM;
	wrap(w, "abcdef     gh\xE3\x80\x80\xE3\x80\x80");
	assert_string_equal(shown(w), "abcdef     |gh\xE3\x80\x80\xE3\x80\x80");
	assert_int_equal(line(w, 0)->natural, 3 * EM);
	assert_int_equal(line(w, 0)->x[10], 3 * EM);
	assert_int_equal(line(w, 1)->natural, EM);
	wrap(w, "    ");
	assert_int_equal(w->lines.n, 1);
	assert_int_equal(line(w, 0)->natural, 0);
	wrap(w, "");
	assert_int_equal(w->lines.n, 0);
	arena_close(w->arena);
}

static void no_gap_at_the_edges(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->o.measure = 4 * EM;
	wrap(w, "一二三四ab一二三12");
	assert_string_equal(shown(w), "一二三四|ab一二|三12");
	assert_int_equal(line(w, 0)->natural, 4 * EM);
	assert_int_equal(line(w, 1)->natural, 13 * EM / 4);
	assert_int_equal(line(w, 1)->x[0], 0);
	arena_close(w->arena);
}

static void leaders_take_the_room(void **state)
{
	(void)state;
	struct work *w = work_new();
	struct inline_item leader = {.kind = INLINE_LEADER, .style = &w->style.style};
	shaped_style_open(&w->style);
	shaped_make(w->arena, &w->style, STR("一二.三"), &w->s);
	w->s.clusters[2].item = &leader;
	w->s.clusters[2].width = 0;
	han_prepare(&w->s);
	assert_true(text_wrap(NULL, w->arena, &w->s, &w->o, &w->lines));
	assert_int_equal(w->lines.n, 1);
	assert_int_equal(line(w, 0)->x[1], EM);
	assert_int_equal(line(w, 0)->x[2], 2 * EM);
	assert_int_equal(line(w, 0)->x[3], 9 * EM);
	assert_int_equal(line(w, 0)->width, 10 * EM);
	arena_close(w->arena);
}

/* ---- trouble ---- */

static void too_wide(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->o.measure = 4 * EM;
	wrap(w, "见abcdefghijklmnopqrst。");
	assert_string_equal(shown(w), "见abcde|fghijklm|nopqrst。"); /* the line is filled, not left */
	assert_int_equal(line(w, 0)->why, LINE_EMERGENCY_BREAK);
	assert_int_equal(line(w, 1)->why, LINE_EMERGENCY_BREAK);
	assert_int_equal(line(w, 2)->why, LINE_LAST);
	assert_int_equal(diag_count(&w->diag, SEVERITY_WARNING), 1); /* one unit, one message */
	assert_int_equal(w->diag.list[0].code, DIAG_LINE_EMERGENCY);
	assert_int_equal(w->diag.list[0].loc.off, 7);
	assert_string_equal(w->diag.list[0].args[0], "abcdefghijklmnopqrst。");
	assert_int_equal(w->diag.list[0].repeats, 1);
	wrap(w, "一二abcdefgh三"); /* it fits a line of its own: not cut */
	assert_string_equal(shown(w), "一二|abcdefgh|三");
	wrap(w, "一二三四abcdefghi，"); /* nothing of the word fits the first line; the comma keeps company */
	assert_string_equal(shown(w), "一二三四|abcdefgh|i，");
	wrap(w, "（（（（（（"); /* five of them can give 2.5 em */
	assert_string_equal(shown(w), "（（（（（（");
	w->o.measure = 3 * EM;
	wrap(w, "（（（（（（");
	assert_string_equal(shown(w), "（（（|（（（");
	for (emu m = EM / 3; m > -2 * EM; m -= EM) { /* one cluster a line at least */
		w->o.measure = m;
		wrap(w, "一二ab");
		assert_string_equal(shown(w), "一|二|a|b");
	}
	arena_close(w->arena);
}

static void over_stretched(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->style.rules.stretch_warn = 400000;
	w->style.rules.autospace = 0;
	w->o.measure = 6 * EM;
	wrap(w, "一二三abcdefgh一a三四五六七"); /* 3 em in 2 places; then 0.5 in 2 */
	assert_string_equal(shown(w), "一二三|abcdefgh一a|三四五六七");
	assert_int_equal(diag_count(&w->diag, SEVERITY_WARNING), 1);
	assert_int_equal(w->diag.list[0].code, DIAG_LINE_STRETCHED);
	assert_string_equal(w->diag.list[0].args[0], "1.5");
	assert_string_equal(w->diag.list[0].args[1], "一二三");
	w->style.rules.stretch_warn = 0;
	wrap(w, "一二三abcdefgh一a三四五六七");
	assert_int_equal(diag_count(&w->diag, SEVERITY_WARNING), 1);
	arena_close(w->arena);
}

/* 孤字: squeezed into the line before, or given company; left alone where neither is even. */
static void lone_characters(void **state)
{
	(void)state;
	struct work *w = work_new();
	w->o.measure = 16 * EM;
	wrap(w, "一二三四五六七八九十一二三四五六七");
	assert_string_equal(shown(w), "一二三四五六七八九十一二三四五六|七");
	w->style.rules.last_line = 2;
	wrap(w, "一二三四五六七八九十一二三四五六七。");
	assert_string_equal(shown(w), "一二三四五六七八九十一二三四五|六七。");
	wrap(w, "一二三四五六七八九十一二三四五六七八。");
	assert_string_equal(shown(w), "一二三四五六七八九十一二三四五六|七八。");
	wrap(w, "一二，三四五六七，八九十一二三四五"); /* the commas give two halves */
	assert_string_equal(shown(w), "一二，三四五六七，八九十一二三四五");
	wrap(w, "一二三四五六七八九十一二三five六");
	assert_string_equal(shown(w), "一二三四五六七八九十一二三five|六"); /* a whole word would leave a wide gap */
	wrap(w, "一二三四五六七八九十一二三四五六七\n八");
	assert_string_equal(shown(w), "一二三四五六七八九十一二三四五|六七\n|八");
	w->o.measure = 3 * EM;
	wrap(w, "一二三四");
	assert_string_equal(shown(w), "一二三|四"); /* two gaps cannot take so much */
	arena_close(w->arena);
}

/* ---- what always holds ---- */

static uint32_t next_random(uint32_t *seed)
{
	return *seed = *seed * 1664525u + 1013904223u;
}

static const char *nonsense(struct arena *a, uint32_t seed, int n)
{
	static const char *const pieces[] = {
		"中", "文", "字", "一", "，", "。", "、", "“", "”", "（", "）", "《", "》", "·", "——", "……", "～", "a", "B", "7",
		"12.5%", "-", "/", " ", ",", "(", ")", "HIV", "\xE3\x80\x80", "\xE2\x81\xA0", "¥", "?", "\n",
	};
	struct buf b = {0};
	for (int i = 0; i < n; i++) {
		uint32_t r = next_random(&seed) >> 8;
		buf_puts(&b, pieces[r % 3 ? r / 3 % (sizeof(pieces) / sizeof(*pieces)) : r / 3 % 4]);
	}
	const char *out = arena_copy(a, b.p, b.n);
	buf_free(&b);
	return out;
}

/* Every cluster stands in one line, in order; set lines end at the measure exactly; nothing overlaps by
 * more than what the marks between can give. */
static void check_lines(const struct work *w)
{
	size_t next = 0;
	for (size_t i = 0; i < w->lines.n; i++) {
		const struct line *l = line(w, i);
		const struct cluster *c = w->s.clusters + l->from;
		size_t n = l->to - l->from, seen = n;
		assert_int_equal(l->from, next);
		assert_true(l->to > l->from);
		next = l->to;
		while (seen && han_is_blank(&c[seen - 1]))
			seen--;
		for (size_t k = 1; k < seen; k++)
			assert_true(l->x[k] + c[k].blank_start + c[k - 1].blank_end >= l->x[k - 1] + c[k - 1].width);
		emu edge = right_edge(w, l), free = seen ? c[seen - 1].blank_end : 0;
		assert_true(l->width <= edge && l->width >= edge - free);
		if (l->why != LINE_EMERGENCY_BREAK)
			assert_true(l->width <= w->o.measure || n == 1);
		if (l->why == LINE_SQUEEZED || l->stretch > 0)
			assert_int_equal(l->width, w->o.measure);
		if (l->why == LINE_SQUEEZED)
			assert_true(l->stretch < 0);
	}
	assert_int_equal(next, w->s.n);
}

static void always(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 300; seed++) {
		struct work *w = work_new();
		w->o.measure = (emu)(seed % 23 + 2) * EM * 997 / 1000;
		w->o.align = seed % 7 ? ALIGN_JUSTIFY : ALIGN_DISTRIBUTE;
		w->style.rules.squeeze = seed % 5 ? SQUEEZE_NEAREST : SQUEEZE_ALWAYS;
		w->style.rules.prohibition = seed % 4;
		w->style.rules.pairs = seed % 3 == 0;
		wrap(w, nonsense(w->arena, seed, 200));
		check_lines(w);
		arena_close(w->arena);
	}
}

static void long_paragraph(void **state)
{
	(void)state;
	static const char *const of[] = {"中", "a", "（", "中\xE2\x81\xA0", " ", "，"};
	for (size_t i = 0; i < sizeof(of) / sizeof(*of); i++) {
		struct work *w = work_new();
		struct buf b = {0};
		while (b.n < 1 << 20)
			buf_puts(&b, of[i]);
		clock_t start = clock();
		wrap(w, arena_copy(w->arena, b.p, b.n));
		/* A tenth of a second in fact; a quadratic rescan takes minutes. */
		assert_true((clock() - start) / CLOCKS_PER_SEC < 20);
		buf_free(&b);
		arena_close(w->arena);
	}
}

static void widths(void **state)
{
	(void)state;
	struct work *w = work_new();
	wrap(w, "中a文（1）  ");
	assert_int_equal(text_width(&w->s, 0, w->s.n, false), 11 * EM / 2);
	assert_int_equal(text_width(&w->s, 0, w->s.n, true), text_width(&w->s, 0, w->s.n, false) - EM / 2);
	assert_int_equal(text_width(&w->s, 1, 3, true), 7 * EM / 4); /* no gap before the first; 文 has no blank */
	assert_int_equal(text_width(&w->s, 2, 2, true), 0);
	assert_int_equal(text_width(&w->s, 6, w->s.n, false), 0);
	arena_close(w->arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearer_break), cmocka_unit_test(as_told), cmocka_unit_test(gaps_give),
		cmocka_unit_test(half_at_the_end), cmocka_unit_test(opening_mark_at_the_start),
		cmocka_unit_test(order_of_squeezing), cmocka_unit_test(spread_evenly), cmocka_unit_test(a_spread_keeps_its_width),
		cmocka_unit_test(last_lines),
		cmocka_unit_test(first_line), cmocka_unit_test(blanks_hang), cmocka_unit_test(no_gap_at_the_edges),
		cmocka_unit_test(leaders_take_the_room), cmocka_unit_test(too_wide), cmocka_unit_test(over_stretched), cmocka_unit_test(lone_characters),
		cmocka_unit_test(always), cmocka_unit_test(long_paragraph), cmocka_unit_test(widths),
	};
	return cmocka_run_group_tests_name("wrap", tests, NULL, NULL);
}
