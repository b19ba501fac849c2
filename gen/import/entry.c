/* entry: see entry.h. */
#include "import/entry.h"

#include <stdio.h>

#include "import/chars.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void skip_blanks(struct str s, size_t *at)
{
	size_t next = *at;
	while (next < s.n && char_is_blank(utf8_next(s, &next)))
		*at = next;
}

/* One of these words at *at, blanks before it skipped: its number from 1, or 0. */
static int take_word(struct str s, size_t *at, const char *const *words, size_t n)
{
	size_t from = *at;
	skip_blanks(s, &from);
	for (size_t i = 0; i < n; i++)
		if (str_starts(str_sub(s, from, s.n), str_of(words[i]))) {
			*at = from + strlen(words[i]);
			return (int)i + 1;
		}
	return 0;
}

#define TAKE(s, at, ...) take_word(s, at, (const char *const[]){__VA_ARGS__}, COUNT(((const char *const[]){__VA_ARGS__})))

/* ---- the parts of a key ---- */

static bool take_range(struct str s, size_t *at)
{
	return TAKE(s, at, "至", "到", "——", "—", "–", "－", "-", "～", "~", "、") > 0;
}

static bool read_day(struct str s, size_t *at, int *day)
{
	size_t next = *at;
	int n, v = date_number(s, &next, &n);
	if (v < 1 || v > 31 || n > 3 || !TAKE(s, &next, "日", "号", "號"))
		return false;
	*day = v;
	*at = next;
	return true;
}

/* 14-15日: two days with one sign. */
static bool read_two_days(struct str s, size_t *at, struct entry_key *out)
{
	size_t next = *at;
	int n, first = date_number(s, &next, &n);
	if (first < 1 || first > 31 || n > 3 || !take_range(s, &next) || !read_day(s, &next, &out->to.day))
		return false;
	out->from.day = first;
	out->to.month = out->from.month;
	*at = next;
	return true;
}

static bool read_first(struct str s, size_t *at, int month, struct entry_key *out)
{
	if (date_read_short(s, *at, &out->from)) {
		*at = out->from.to;
		if (!out->from.day)
			read_two_days(s, at, out);
		return true;
	}
	out->from = (struct date){.month = month, .possible = true};
	return month && (read_day(s, at, &out->from.day) || read_two_days(s, at, out));
}

static enum entry_part read_part(struct str s, size_t *at)
{
	static const char *const words[] = {"上午", "凌晨", "清晨", "早上", "早晨", "下午", "中午", "午后", "午後", "晚上", "晚间", "晚間",
	                                    "傍晚", "夜间", "夜間", "夜里", "夜裡", "晚", "夜"};
	int word = take_word(s, at, words, COUNT(words));
	return !word ? PART_NONE : word <= 5 ? PART_AM : word <= 9 ? PART_PM : PART_EVENING;
}

/* 9点, 9时30分, 9点半, 9:30 */
static bool read_hour(struct str s, size_t *at, int *hour, int *minute)
{
	size_t next = *at;
	int n, v = date_number(s, &next, &n), m = 0;
	if (v < 0 || v > 24 || n > 3)
		return false;
	if (TAKE(s, &next, "点", "點", "时", "時")) {
		size_t after = next;
		m = date_number(s, &after, &n);
		if (m >= 0 && m < 60 && TAKE(s, &after, "分"))
			next = after;
		else
			m = TAKE(s, &next, "半") ? 30 : 0;
		TAKE(s, &next, "整", "许", "許", "左右");
	} else if (TAKE(s, &next, ":", "：")) {
		m = date_number(s, &next, &n);
		if (m < 0 || m > 59 || n != 2)
			return false;
	} else {
		return false;
	}
	*hour = v % 24;
	*minute = m;
	*at = next;
	return true;
}

/* （星期三） */
static void skip_weekday(struct str s, size_t *at)
{
	size_t next = *at;
	if (!TAKE(s, &next, "（", "(", "［", "[", "〔") || !TAKE(s, &next, "星期", "周", "週", "礼拜"))
		return;
	if (!TAKE(s, &next, "一", "二", "三", "四", "五", "六", "日", "天") || !TAKE(s, &next, "）", ")", "］", "]", "〕"))
		return;
	*at = next;
}

static void read_time(struct str s, size_t *at, struct entry_key *out)
{
	size_t begin = *at, next;
	skip_blanks(s, at);
	size_t ink = *at;
	skip_weekday(s, at);
	out->part = read_part(s, at);
	next = *at;
	skip_blanks(s, &next);
	if (read_hour(s, &next, &out->hour, &out->minute)) {
		*at = next;
		bool small_hours = out->part == PART_EVENING && out->hour < 5; /* 夜里2点 */
		if ((out->part == PART_PM || out->part == PART_EVENING) && out->hour < 12 && !small_hours)
			out->hour += 12;
	}
	if (*at == ink)
		*at = begin; /* no time: the blanks are the mark behind the day */
}

/* 至15日, 至3月2日上午; 至11点 of the same day says no date. */
static void read_end(struct str s, size_t *at, struct entry_key *out)
{
	size_t next = *at;
	int hour, minute;
	struct date to;
	skip_blanks(s, &next);
	if (!take_range(s, &next))
		return;
	skip_blanks(s, &next);
	if (date_read_short(s, next, &to)) {
		next = to.to;
	} else if (read_day(s, &next, &to.day)) {
		to = (struct date){.month = out->from.month, .day = to.day, .possible = true};
	} else {
		read_part(s, &next);
		if (read_hour(s, &next, &hour, &minute))
			*at = next;
		return;
	}
	out->to = to;
	*at = next;
	for (int day; TAKE(s, &next, "、", "和", "及") && read_day(s, &next, &day) && day > out->to.day; *at = next) /* 1日至3日、5日 */
		out->to.day = day;
	skip_weekday(s, at);
	read_part(s, at);
	next = *at;
	if (read_hour(s, &next, &hour, &minute))
		*at = next;
}

/* What follows a date that is no date of an entry: 5月8日前, 5月份以来 … */
static bool goes_on(struct str s, size_t at)
{
	return TAKE(s, &at, "前", "后", "後", "的", "以", "之", "是", "为", "為", "份", "止", "间", "間", "内", "內") > 0;
}

static void read_mark(struct str s, size_t at, struct entry_key *out)
{
	size_t next = at;
	uint32_t c = at < s.n ? utf8_next(s, &next) : 0;
	out->end = at;
	if (char_is_blank(c)) {
		out->mark = c;
		skip_blanks(s, &at);
		read_mark(s, at, out); /* 5月8日 ，: the mark stands behind the blank */
		if (!out->mark)
			out->mark = c;
		if (out->mark == c)
			out->end = at;
		return;
	}
	out->mark = c == 0xFF0C || c == ',' || c == 0xFF1A || c == ':' ? c : 0;
	if (out->mark)
		out->end = next;
}

static enum entry_same read_same(struct str s, size_t *at)
{
	if (TAKE(s, at, "同日", "当日", "當日", "是日", "当天", "當天", "同一天"))
		return SAME_DAY;
	return TAKE(s, at, "同月", "当月", "當月", "本月", "是月", "上旬", "中旬", "下旬", "月初", "月底", "月末") ? SAME_MONTH : SAME_NOT;
}

bool entry_read(struct str s, size_t at, int month, struct entry_key *out)
{
	*out = (struct entry_key){.hour = -1};
	out->same = read_same(s, &at);
	if (!out->same && !read_first(s, &at, month, out))
		return false;
	bool whole = out->from.day || out->same == SAME_DAY;
	if (!whole)
		TAKE(s, &at, "上旬", "中旬", "下旬", "初", "底", "末", "份");
	out->open = TAKE(s, &at, "起") > 0;
	if (whole)
		read_time(s, &at, out);
	if (!out->to.month)
		read_end(s, &at, out);
	out->open |= TAKE(s, &at, "起") > 0;
	if (goes_on(s, at))
		return false;
	read_mark(s, at, out);
	bool marked = out->mark && !char_is_blank(out->mark);
	/* 五月 and 同日 alone are words of a sentence as well, and 8日 in a text of months */
	return marked || (whole && !out->same && (out->from.to || out->mark));
}

/* ---- inside a text ---- */

size_t entry_find(struct str s, size_t at, struct entry_key *out)
{
	for (bool may = at == 0; at < s.n;) {
		size_t before = at;
		uint32_t c = utf8_next(s, &at);
		bool figure = char_is_digit(c) || char_numeral(c) > 0 || (c >= 0xFF11 && c <= 0xFF19);
		if (may && figure && entry_read(s, before, 0, out) && out->mark && !char_is_blank(out->mark))
			return before;
		may = c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF1B;
	}
	return SIZE_MAX;
}

/* ---- spans ---- */

/* 二、三月, 1—3月: *month is the first. */
static bool is_months(struct str s, int *month)
{
	size_t at = 0;
	struct date last;
	int n, first = date_number(s, &at, &n);
	if (first < 1 || first > 12 || n > 2 || !take_range(s, &at) || !date_read_short(s, at, &last) || last.day || last.year)
		return false;
	at = last.to;
	TAKE(s, &at, "份");
	*month = at == s.n && last.month > first ? first : 0;
	return *month != 0;
}

bool entry_is_span(struct str s, int *year, int *month)
{
	struct date d;
	size_t at = 0;
	*year = *month = 0;
	s = chars_trim(s);
	if (s.n > 40)
		return false;
	if (is_months(s, month))
		return true;
	if (date_read_short(s, 0, &d) && !d.day) {
		*year = d.year;
		*month = d.month;
		at = d.to;
		TAKE(s, &at, "份");
		TAKE(s, &at, "大事记", "大事記");
		return at == s.n;
	}
	if (date_read(s, 0, &d) && !d.month) {
		*year = d.year;
		at = d.to;
		if (at == s.n)
			return true;
	}
	size_t from = at;
	if (TAKE(s, &at, "第") && TAKE(s, &at, "一", "二", "三", "四", "1", "2", "3", "4") && TAKE(s, &at, "季度"))
		return at == s.n;
	at = from;
	return TAKE(s, &at, "上半年", "下半年") && at == s.n;
}

/* ---- values ---- */

void entry_iso(const struct date *d, char *out)
{
	int n = d->year ? snprintf(out, 8, "%04d", d->year % 10000) : snprintf(out, 8, "-");
	if (d->month >= 1 && d->month <= 12)
		n += snprintf(out + n, 8, "-%02d", d->month % 100);
	if (d->day && d->possible)
		snprintf(out + n, 8, "-%02d", d->day % 100);
}
