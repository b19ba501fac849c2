/* title: where a title of several lines is broken (GB/T 9704-2012, 7.3.1: words stay whole, the lines are symmetric, of fitting
 * length, in the shape of a trapezoid or a diamond).
 * Takes: a shaped paragraph, its measure, the phrases that the layout keeps whole. Gives: forced breaks in the clusters.
 * What stays whole, as far as it fits a line: quoted and bracketed names, the phrases, a number with its unit, agencies' names. No line begins with 的. Lines set by hand are left alone. */
#include "flow/vlist.h"

enum { MOST_PIECES = 400, MOST_LINES = 5, MOST_NAME = 12 };

struct titling {
	struct shaped *s;
	const struct phrases *phrases;
	emu measure, em;
	uint8_t *inside;  /* by cluster: no break before it */
	uint8_t *border;  /* by cluster: known words that end or begin here: 0, 1, 2 */
	uint32_t at[MOST_PIECES]; /* where a line may begin */
	int n;
	int64_t best_cost;
	int best[MOST_LINES], best_lines;
};

static const struct cluster *cluster(const struct titling *t, size_t i)
{
	return &t->s->clusters[i];
}

static bool is_digit(const struct titling *t, size_t i)
{
	return i < t->s->n && cluster(t, i)->cp >= '0' && cluster(t, i)->cp <= '9';
}

static bool text_at(const struct titling *t, size_t i, struct str word)
{
	size_t from = cluster(t, i)->text;

	return from + word.n <= t->s->text.n && !memcmp(t->s->text.p + from, word.p, word.n);
}

/* Clusters i..end stay together if a line can hold them. */
static void keep(struct titling *t, size_t i, size_t end)
{
	if (end <= i + 1 || text_width(t->s, i, end, true) > t->measure)
		return;
	for (size_t k = i + 1; k < end; k++)
		t->inside[k] = 1;
	t->border[i]++;
	if (end < t->s->n)
		t->border[end]++;
}

/* ---- what stays whole ---- */

static uint32_t partner(uint32_t open)
{
	static const uint32_t pairs[][2] = {
		{0x201C, 0x201D}, {0x2018, 0x2019}, {0x300A, 0x300B}, {0x3008, 0x3009}, {0xFF08, 0xFF09}, {'(', ')'},
		{0x300C, 0x300D}, {0x300E, 0x300F}, {0x3010, 0x3011}, {0x3014, 0x3015},
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (pairs[i][0] == open)
			return pairs[i][1];
	return 0;
}

static void keep_quoted(struct titling *t)
{
	for (size_t i = 0; i < t->s->n; i++) {
		uint32_t close = partner(cluster(t, i)->cp);
		size_t end = i + 1;
		while (close && end < t->s->n && cluster(t, end)->cp != close)
			end++;
		if (close && end < t->s->n)
			keep(t, i, end + 1);
	}
}

static bool one_of(uint32_t cp, const char *set)
{
	struct str s = str_of(set);

	for (size_t at = 0; at < s.n;)
		if (utf8_next(s, &at) == cp)
			return true;
	return false;
}

/* A number, its unit, and what the unit goes on with: 2031年度, 5月份, 第3批. */
static void keep_numbers(struct titling *t)
{
	for (size_t i = 0; i < t->s->n; i++) {
		if (!is_digit(t, i) || (i && is_digit(t, i - 1)))
			continue;
		size_t end = i, from = i && cluster(t, i - 1)->cp == 0x7B2C ? i - 1 : i; /* 第 */
		while (is_digit(t, end) || (end < t->s->n && one_of(cluster(t, end)->cp, ".,-–%‰") && is_digit(t, end + 1)))
			end++;
		if (end < t->s->n && one_of(cluster(t, end)->cp, "年月日个届次号期批项条年级周季") && !is_digit(t, end))
			end++;
		if (end < t->s->n && one_of(cluster(t, end)->cp, "度份底初末"))
			end++;
		keep(t, from, end);
	}
}

static void keep_phrases(struct titling *t)
{
	for (size_t i = 0; i < t->s->n;) {
		size_t longest = 0;
		for (int k = 0; k < t->phrases->n; k++)
			if (t->phrases->list[k].n > longest && text_at(t, i, t->phrases->list[k]))
				longest = t->phrases->list[k].n;
		size_t end = i;
		while (end < t->s->n && longest && cluster(t, end)->text < cluster(t, i)->text + longest)
			end++;
		if (longest)
			keep(t, i, end);
		i = end > i ? end : i + 1;
	}
}

static bool is_ideograph(const struct titling *t, size_t i)
{
	return i < t->s->n && cluster(t, i)->cls == HAN_IDEOGRAPH;
}

/* Behind the name of a place that begins at i: 示例市, 云汀街道; i when there is none. */
static size_t place_end(const struct titling *t, size_t i)
{
	size_t end = i + 1;

	while (end < i + 5 && is_ideograph(t, end) && !one_of(cluster(t, end)->cp, "省市县区镇乡州盟旗"))
		end++;
	if (end < i + 5 && is_ideograph(t, end))
		return end + 1;
	for (end = i + 2; end < i + 5 && end < t->s->n; end++)
		if (text_at(t, end, STR("街道")))
			return end + 2;
	return i;
}

/* Clusters from i on that close an agency's name; 0 when none does. */
static size_t agency_close(const struct titling *t, size_t i)
{
	static const char *const closes[] = {"人民政府", "常务委员会", "委员会", "办公室", "办公厅", "办事处", "指挥部", "领导小组", "工作组",
	                                     "党委", "局", "厅", "委", "法院", "检察院", "中心"};

	for (size_t k = 0; k < sizeof closes / sizeof *closes; k++)
		if (text_at(t, i, str_of(closes[k])))
			return utf8_count(str_of(closes[k]));
	return 0;
}

/* Ideographs from the start up to what closes an agency's name before 关于, a figure or 、. Where a place begins right behind such a
 * close, another agency begins: 示例市财政局示例市税务局. */
static void keep_agency(struct titling *t)
{
	static const char closes[] = "局委厅办府院会处室部心司站队校";
	size_t end = 0, from = 0, close;

	while (end < t->s->n && cluster(t, end)->cls == HAN_IDEOGRAPH && !text_at(t, end, STR("关于")))
		end++;
	if (end <= 1 || end >= t->s->n || !one_of(cluster(t, end - 1)->cp, closes))
		return;
	for (size_t k = 1; k < end; k++) {
		size_t to = k;
		while (to < end && (close = agency_close(t, to)))
			to += close;
		if (to == k || to >= end || place_end(t, to) == to)
			continue;
		keep(t, from, to);
		from = k = to;
	}
	keep(t, from, end);
}

/* An agency inside the title: a place right behind a word that is known, up to what closes a name. */
static void keep_agencies(struct titling *t)
{
	for (size_t i = 2; i + 3 < t->s->n; i++) {
		bool behind = t->border[i] || text_at(t, i - 2, STR("关于")) || one_of(cluster(t, i - 1)->cp, "对向与和及");
		size_t at = behind && is_ideograph(t, i) && !t->inside[i] ? place_end(t, i) : i, end = i, close;
		for (size_t k = at; k > i && k < i + MOST_NAME && is_ideograph(t, k) && end == i; k++)
			if ((close = agency_close(t, k)))
				end = k + close;
		while (end > i && end < t->s->n && (close = agency_close(t, end)))
			end += close;
		if (end > i)
			keep(t, i, end);
	}
}

/* ---- breaking ---- */

static void find_places(struct titling *t)
{
	t->n = 0;
	for (size_t i = 1; i < t->s->n && t->n < MOST_PIECES; i++)
		if (cluster(t, i)->before == BREAK_MAY && !t->inside[i] && cluster(t, i)->cp != 0x7684) /* 的 */
			t->at[t->n++] = (uint32_t)i;
}

/* A break between two known words is free, beside one it costs a little, inside what is not known more. A line should not end with
 * a word that belongs to what follows. */
static int64_t place_cost(const struct titling *t, uint32_t at)
{
	static const char places[] = "省市区县州盟旗镇乡村", offices[] = "局委厅办府院会处部";
	int64_t cost = t->border[at] >= 2 ? 0 : t->border[at] == 1 || one_of(cluster(t, at - 1)->cp, places) ? 1 : 16;

	/* Just before what closes a name, or one character earlier, the name is torn. */
	for (size_t k = at; k < at + 2 && k < t->s->n; k++)
		cost += one_of(cluster(t, k)->cp, offices) && !t->border[at] ? 6 : 0;
	if (at >= 2 && text_at(t, at - 2, STR("关于")))
		cost += 3;
	if (one_of(cluster(t, at - 1)->cp, "和与及对在为以将第"))
		cost += 8;
	if (text_at(t, at, STR("的")) || one_of(cluster(t, at)->cp, "了等们"))
		cost += 20;
	return cost;
}

static int64_t tenths(const struct titling *t, emu length)
{
	return unit_muldiv(length, 10, t->em);
}

/* Squares of what the lines lack to the mean, and what breaks the shape: equal lines, a waist, a line of one character. */
static int64_t shape_cost(const struct titling *t, const emu *w, int n)
{
	int64_t mean = 0, cost = 0;

	for (int i = 0; i < n; i++)
		mean += tenths(t, w[i]);
	mean /= n;
	for (int i = 0; i < n; i++) {
		int64_t off = tenths(t, w[i]) - mean;
		cost += off * off / 100;
		if (tenths(t, w[i]) < 25)
			cost += 2000;
	}
	for (int i = 1; i < n; i++) {
		emu step = w[i] - w[i - 1];
		if (step < t->em / 2 && -step < t->em / 2)
			cost += n == 2 ? 2 : 6; /* a rectangle */
		if (i + 1 < n && w[i] < w[i - 1] && w[i] < w[i + 1])
			cost += 400; /* a waist */
	}
	return cost;
}

/* Lines that begin at 0 and at the chosen places. */
static void judge(struct titling *t, const int *chosen, int lines)
{
	emu w[MOST_LINES];
	int64_t cost = 3 * lines;

	for (int i = 0; i < lines; i++) {
		size_t from = i ? t->at[chosen[i - 1]] : 0, to = i + 1 < lines ? t->at[chosen[i]] : t->s->n;
		w[i] = text_width(t->s, from, to, true);
		if (w[i] > t->measure)
			return;
		cost += i ? place_cost(t, t->at[chosen[i - 1]]) : 0;
	}
	cost += shape_cost(t, w, lines);
	if (t->best_lines && cost >= t->best_cost)
		return;
	t->best_cost = cost;
	t->best_lines = lines;
	memcpy(t->best, chosen, sizeof *chosen * (size_t)(lines - 1));
}

/* All ways to choose; a line that is too long cuts its branch. */
static void choose(struct titling *t, int *chosen, int have, int lines)
{
	if (have == lines - 1) {
		judge(t, chosen, lines);
		return;
	}
	size_t from = have ? t->at[chosen[have - 1]] : 0;
	for (int k = have ? chosen[have - 1] + 1 : 0; k < t->n; k++) {
		if (text_width(t->s, from, t->at[k], true) > t->measure)
			return;
		chosen[have] = k;
		choose(t, chosen, have + 1, lines);
	}
}

void title_balance(struct arena *a, struct shaped *s, emu measure, emu em, const struct phrases *phrases)
{
	struct titling t = {.s = s, .phrases = phrases, .measure = measure, .em = em};
	emu all = text_width(s, 0, s->n, true);
	int chosen[MOST_LINES];

	for (size_t i = 1; i < s->n; i++)
		if (s->clusters[i].before == BREAK_MUST)
			return;
	if (all <= measure || all > (MOST_LINES - 1) * measure)
		return;
	t.inside = ARENA_ARRAY(a, s->n, uint8_t);
	t.border = ARENA_ARRAY(a, s->n, uint8_t);
	keep_quoted(&t);
	keep_agency(&t);
	keep_numbers(&t);
	keep_phrases(&t);
	keep_agencies(&t);
	find_places(&t);
	int least = (int)((all + measure - 1) / measure);
	for (int lines = least; lines <= least + 1 && lines <= MOST_LINES && !t.best_lines; lines++)
		choose(&t, chosen, 0, lines);
	for (int i = 0; i + 1 < t.best_lines; i++)
		s->clusters[t.at[t.best[i]]].before = BREAK_MUST;
}
