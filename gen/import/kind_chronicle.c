/* kind_chronicle: 大事记 from paragraphs.
 * Takes: paragraphs. Gives: a record of records/schema/chronicle.rng: head, title, opening paragraphs, spans with a heading (一月), entries
 * with their dates as values and as written, tail. A paragraph without a date belongs to the entry before it. */
#include "import/chars.h"
#include "import/docnumber.h"
#include "import/entry.h"
#include "import/kinds.h"
#include "import/words.h"

enum { TITLE_CHARS = 60, TITLE_LINES = 3, SPAN_LINE_CHARS = 24, HEAD_LINES = 8, SPAN_CHARS = 14, SENTENCES = 2 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* What is known while entries are written. */
struct run {
	struct work *k;
	int year, month;      /* of the text so far; 0 = not said */
	bool year_said;       /* the title or the text has one: reported once */
	bool several_years;   /* of the title */
	struct date last;     /* of the entry before */
	bool in_section, in_entry;
	bool mixed_numbers;   /* document numbers in several forms */
};

/* ---- recognising ---- */

static const char *const title_words[] = {"大事记", "大事記", "大事纪", "大事紀", "纪事", "紀事", "大事年表"};

static bool is_short(struct str s, size_t chars)
{
	return s.n <= 4 * chars && utf8_count(s) <= chars;
}

static bool ends_sentence(struct str s)
{
	uint32_t c = chars_last(s);
	return c == 0x3002 || c == 0xFF1B || c == 0xFF1A || c == 0xFF0C || c == ':' || c == ',' || c == 0xFF01 || c == 0xFF1F;
}

static bool is_title(struct str s)
{
	return is_short(s, TITLE_CHARS) && !ends_sentence(s) && words_has_any(s, title_words, COUNT(title_words));
}

/* 一月, 一、一月, 2031年第二季度: byte where the name of the span begins, SIZE_MAX when it is none. */
static size_t span_at(const struct paras *ps, size_t i, int *year, int *month)
{
	const struct para *p = para_get(ps, i);
	struct str s = para_str(ps, p);
	size_t at = p->open == OPEN_MARKER ? p->marker.text : 0;
	bool is = is_short(s, SPAN_CHARS) && entry_is_span(str_sub(s, at, s.n), year, month);
	return is ? at : SIZE_MAX;
}

/* The date that opens paragraph i, behind a number when it has one. */
static bool read_key(const struct paras *ps, size_t i, int month, struct entry_key *key)
{
	const struct para *p = para_get(ps, i);
	return entry_read(para_str(ps, p), p->open == OPEN_MARKER ? p->marker.text : 0, month, key);
}

static bool opens_entry(const struct paras *ps, size_t i, int month)
{
	struct entry_key key;
	return read_key(ps, i, month, &key);
}

static bool opens_body(const struct paras *ps, size_t i)
{
	int year, month;
	return opens_entry(ps, i, 0) || span_at(ps, i, &year, &month) != SIZE_MAX;
}

static int score(const struct paras *ps)
{
	size_t entries = 0, departments = 0;
	bool titled = false;
	int year, month = 0, said;
	for (size_t i = 0; i < ps->n; i++) {
		struct str s = para_str(ps, para_get(ps, i));
		titled |= i < HEAD_LINES && is_title(s);
		if (span_at(ps, i, &year, &said) != SIZE_MAX)
			month = said;
		entries += opens_entry(ps, i, month);
		departments += part_responsible_at(s) < s.n;
	}
	int score = titled ? 4 : 0;
	if (entries >= 3)
		score += entries * 2 >= ps->n ? 5 : 2;
	else if (titled && entries)
		score += 1;
	return departments * 2 > entries ? 0 : score;
}

/* ---- head and title ---- */

/* Paragraphs before the first entry: [0, issuers) authorities, [issuers, title) unknown, the title, its further lines up to body. */
struct head {
	size_t issuers, title, rest, body, end;
};

static struct head read_head(const struct paras *ps)
{
	struct head h = {0};
	while (h.end < ps->n && !opens_body(ps, h.end))
		h.end++;
	while (h.issuers < h.end && label_is_authority(para_str(ps, para_get(ps, h.issuers))))
		h.issuers++;
	h.title = h.end;
	for (size_t i = 0; i < h.end && i < HEAD_LINES && h.title == h.end; i++)
		if (is_title(para_str(ps, para_get(ps, i))))
			h.title = i;
	for (size_t i = h.issuers; i < h.end && i < HEAD_LINES && h.title == h.end; i++) {
		struct str s = para_str(ps, para_get(ps, i));
		if (is_short(s, TITLE_CHARS) && !ends_sentence(s) && str_find(s, STR("，")) == SIZE_MAX)
			h.title = i;
	}
	if (h.title == h.end) {
		h.title = h.rest = h.body = h.issuers;
		return h;
	}
	h.rest = h.body = h.title + 1;
	while (h.body < h.end && h.body - h.title < TITLE_LINES && is_title(para_str(ps, para_get(ps, h.body))))
		h.body++;
	return h;
}

static void write_head(struct work *k, const struct head *h)
{
	if (h->title == 0 || (h->title == h->body && h->issuers == 0))
		return;
	part_authorities(k, h->title);
}

/* A line that says the same as the title is a repeat; one that says something else stays, a line of its own. */
static bool repeats_title(const struct work *k, const struct head *h, size_t i)
{
	return str_eq(work_str(k, i), work_str(k, h->title));
}

static void write_title(struct work *k, const struct head *h)
{
	bool left_out[TITLE_LINES] = {false}, lines = false;
	for (size_t i = h->rest; i < h->body; i++) {
		left_out[i - h->title] = repeats_title(k, h, i) && words_drop(k, i, DIAG_IMPORT_TITLE_TWICE);
		lines |= !left_out[i - h->title];
	}
	write_open(k->w, "title");
	if (h->title == h->body) {
		write_fact(k->w, "source", STR("derived"));
		work_note(k, DIAG_IMPORT_NO_TITLE, 0, 0, work_str(k, 0));
	}
	for (size_t i = h->title; i < h->body; i++) {
		struct str s = work_str(k, i);
		if (left_out[i - h->title])
			continue;
		if (lines)
			words_element(k, "line", i, 0, s.n);
		else
			words_write(k, i, 0, s.n);
		if (i > h->title && !repeats_title(k, h, i))
			work_note(k, DIAG_IMPORT_TITLES, i, 0, s);
	}
	write_close(k->w);
}

/* ---- dates ---- */

static int compare(const struct date *a, const struct date *b)
{
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->month != b->month)
		return a->month < b->month ? -1 : 1;
	return !a->day || !b->day || a->day == b->day ? 0 : a->day < b->day ? -1 : 1;
}

/* The year a date without one belongs to: that of the text so far, the next one where a chronicle of several years goes from
 * December to January. */
static void settle_year(struct run *r, struct date *d)
{
	if (d->year) {
		r->year = d->year;
		return;
	}
	if (r->several_years && r->last.year == r->year && d->month < r->last.month - 6)
		r->year++;
	d->year = r->year;
	d->possible = date_exists(d);
}

/* Where the year comes from is said once: at the first date that has none. */
static void note_year(struct run *r, size_t para, const struct entry_key *key)
{
	if (key->from.year || key->same || r->year_said)
		return;
	r->year_said = true;
	r->year = work_choose(r->k, r->year ? DIAG_IMPORT_YEAR : DIAG_IMPORT_NO_YEAR, para, 0, str_sub(work_str(r->k, para), 0, key->end),
	                      r->year);
}

static void settle_dates(struct run *r, size_t para, struct entry_key *key)
{
	note_year(r, para, key);
	if (key->same) {
		int day = key->same == SAME_DAY ? r->last.day : 0;
		key->from = r->last;
		key->from.day = day;
	}
	settle_year(r, &key->from);
	if (key->to.month && !key->to.year)
		key->to.year = key->from.year ? key->from.year + (key->to.month < key->from.month) : 0;
	key->to.possible = date_exists(&key->to);
}

/* 1月20日至2日: the end is before its beginning. */
static bool ends_early(const struct entry_key *key)
{
	const struct date *from = &key->from, *to = &key->to;
	if (!to->month || !from->year != !to->year)
		return false;
	if (from->year != to->year || (from->year && from->month != to->month))
		return to->year < from->year || (to->year == from->year && to->month < from->month);
	return from->month == to->month && from->day && to->day && to->day < from->day;
}

/* 上午15时: no hour of that part of the day. */
static bool is_other_part(const struct entry_key *key)
{
	return key->hour >= 0 && ((key->part == PART_AM && key->hour > 12) || (key->part == PART_EVENING && key->hour > 12 && key->hour < 16));
}

/* What a record cannot hold both of: see record/sense.h. */
static void settle_time(struct run *r, size_t para, struct entry_key *key)
{
	bool early = ends_early(key), other = is_other_part(key);
	if (early)
		key->to = (struct date){0};
	if (other)
		key->part = PART_NONE;
	if (early || other)
		work_note(r->k, DIAG_IMPORT_TIME, para, 0, str_sub(work_str(r->k, para), 0, key->end));
}

static void write_date(struct work *k, const char *name, const struct date *d)
{
	char iso[16];
	entry_iso(d, iso);
	write_fact(k->w, name, str_of(iso));
}

/* ---- classes ---- */

/* The first sentences of an entry: what they do is what it is about. */
static struct str opening(struct str s)
{
	size_t at = 0;
	for (int n = 0; n < SENTENCES; n++) {
		size_t stop = str_find(str_sub(s, at, s.n), STR("。"));
		if (stop == SIZE_MAX)
			return s;
		at += stop + strlen("。");
	}
	return str_sub(s, 0, at);
}

/* 任免: somebody decides about an office. With a document number 任 in the same sentence will do; without one the words must be those
 * of appointments. */
static bool is_appointment(struct str s)
{
	static const char *const decides[] = {"决定", "任命", "同意", "批准", "研究", "通过", "決定", "通過"};
	static const char *const offices[] = {"任命", "免去", "同志任", "不再担任", "不再擔任", "聘任"};
	struct docnumber n;
	size_t stop = str_find(s, STR("。"));
	struct str first = str_sub(s, 0, stop);
	if (!words_has_any(first, decides, COUNT(decides)))
		return false;
	return docnumber_find(first, 0, &n) ? str_find(first, STR("任")) != SIZE_MAX || str_find(first, STR("免")) != SIZE_MAX
	                                    : words_has_any(first, offices, COUNT(offices) - 1);
}

/* Prizes, titles and rankings; a contest or a meeting that ends with prizes is an event. */
static bool is_award(struct str s)
{
	static const char *const words[] = {"荣获", "榮獲", "获评", "獲評", "被评为", "被評為", "被授予", "榜上有名", "予通报表扬", "获通报表扬",
	                                    "通报表扬", "通報表揚", "排名第", "位列", "列全省第", "列全国第", "列全市第", "入选", "入選", "上榜"};
	static const char *const contests[] = {"比赛", "比賽", "竞赛", "競賽", "大赛", "大賽", "演练", "演練", "座谈", "座談", "调研", "調研"};
	struct str open = opening(s);
	return words_has_any(open, words, COUNT(words)) && !words_has_any(open, contests, COUNT(contests));
}

static void write_class(struct run *r, size_t para, struct str s)
{
	struct work *k = r->k;
	static const char *const classes[] = {"appointment", "award", "event"}; /* as in choices.def */
	bool appointment = is_appointment(s);
	if (!appointment && !is_award(s))
		return;
	int class = work_choose(k, appointment ? DIAG_IMPORT_APPOINTMENT : DIAG_IMPORT_AWARD, para, 0, s, appointment ? 0 : 1);
	if (class < 2) /* events are the rule */
		write_fact(k->w, "class", str_of(classes[class]));
}

/* ---- entries ---- */

static void close_entry(struct run *r)
{
	if (r->in_entry)
		write_close(r->k->w);
	r->in_entry = false;
}

static void note_key(struct run *r, size_t para, const struct entry_key *key)
{
	struct str s = work_str(r->k, para);
	bool comma = key->mark == 0xFF0C;
	if (key->to.month || key->open || key->hour >= 0 || key->same || !key->from.day)
		work_note(r->k, DIAG_IMPORT_ENTRY_FORM, para, 0, str_sub(s, 0, key->end));
	if (!comma)
		work_note(r->k, DIAG_IMPORT_ENTRY_COMMA, para, 0, words_around(s, key->end, 8, 2));
	if ((!key->from.possible && !key->same) || (key->to.month && !key->to.possible))
		work_note(r->k, DIAG_IMPORT_DATE, para, 0, str_sub(s, 0, key->end));
}

static void write_facts(struct run *r, size_t para, const struct entry_key *key)
{
	static const char *const parts[] = {NULL, "am", "pm", "evening"};
	struct work *k = r->k;
	write_date(k, "from", &key->from);
	if (key->to.month)
		write_date(k, "to", &key->to);
	if (key->part)
		write_fact(k->w, "part", str_of(parts[key->part]));
	if (key->hour >= 0)
		write_fact(k->w, "hour", str_of(arena_printf(k->arena, "%02d:%02d", key->hour, key->minute)));
	if (key->open)
		write_fact(k->w, "open", STR("yes"));
	write_class(r, para, work_str(k, para));
}

/* Document numbers of one form are no news, unless it is another than the standard's; of several forms every one is reported. */
static void look_for_numbers(struct run *r, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct str s = work_str(r->k, i);
		struct docnumber n;
		for (size_t at = 0; docnumber_find(s, at, &n); at = n.to)
			r->mixed_numbers |= !n.standard;
	}
}

static void note_numbers(struct run *r, size_t para, size_t from)
{
	struct str s = work_str(r->k, para);
	struct docnumber n;
	for (; r->mixed_numbers && docnumber_find(s, from, &n); from = n.to)
		work_note(r->k, DIAG_IMPORT_DOCNUMBER, para, n.from, str_sub(s, n.shown_from, n.shown_to));
}

static void write_text_of(struct run *r, size_t para, size_t from)
{
	struct work *k = r->k;
	write_open(k->w, "p");
	words_write_numbers(k, para, from, work_str(k, para).n);
	write_close(k->w);
	note_numbers(r, para, from);
}

/* 5日  某某: the blank is what parts the date from the text. */
static struct str label_of(struct work *k, size_t para, const struct entry_key *key, size_t label)
{
	struct str s = chars_trim(str_sub(work_str(k, para), 0, label));
	return char_is_blank(key->mark) ? str_of(arena_printf(k->arena, "%.*s%s", STR_ARG(s), "　")) : s;
}

static void open_entry(struct run *r, size_t para, struct entry_key *key, size_t label)
{
	struct work *k = r->k;
	close_entry(r);
	settle_dates(r, para, key);
	settle_time(r, para, key);
	if (r->last.month && compare(&key->from, &r->last) < 0)
		work_note(k, DIAG_IMPORT_ENTRY_ORDER, para, 0, str_sub(work_str(k, para), 0, key->end));
	write_open(k->w, "entry");
	write_facts(r, para, key);
	if (label)
		write_mark(k->w, "label", label_of(k, para, key, label));
	else
		write_fact(k->w, "dated", STR("text"));
	r->last = key->from;
	r->in_entry = true;
}

/* Does a date inside the text fit between the entry before and the next one? Then the paragraph is an entry of its own. */
static bool fits_between(struct run *r, size_t para, size_t end, const struct entry_key *key)
{
	struct entry_key next;
	struct date d = key->from;
	if (!d.day)
		return false;
	if (!d.year)
		d.year = r->year;
	if (r->last.month && compare(&d, &r->last) <= 0)
		return false;
	for (size_t i = para + 1; i < end; i++) {
		if (!read_key(r->k->ps, i, r->month, &next) || next.same)
			continue;
		if (!next.from.year)
			next.from.year = d.year;
		return compare(&d, &next.from) <= 0;
	}
	return true;
}

/* The date of a paragraph that does not open with one: that which leads in a sentence, else the first one of its first sentence. */
static bool find_inside(struct run *r, size_t para, size_t end, struct entry_key *key, size_t *at)
{
	struct str s = work_str(r->k, para);
	for (size_t from = utf8_length(chars_first(s)); from < s.n && (*at = entry_find(s, from, key)) != SIZE_MAX; from = key->end)
		if (fits_between(r, para, end, key))
			return true;
	size_t stop = str_find(s, STR("。"));
	for (size_t i = 0; i < s.n && i < stop; utf8_next(s, &i)) {
		struct date d;
		if (!char_is_digit((unsigned char)s.p[i]) || (i && char_is_digit((unsigned char)s.p[i - 1])) || !date_read_short(s, i, &d))
			continue;
		*key = (struct entry_key){.from = d, .hour = -1, .end = d.to};
		*at = i;
		return fits_between(r, para, end, key);
	}
	return false;
}

static void write_paragraph(struct run *r, size_t para, size_t end)
{
	struct work *k = r->k;
	struct str s = work_str(k, para);
	struct entry_key key;
	size_t at;
	if (read_key(k->ps, para, r->month, &key) && !(key.same && !r->last.month)) {
		open_entry(r, para, &key, key.end);
		note_key(r, para, &key);
		write_text_of(r, para, key.end);
	} else {
		if (find_inside(r, para, end, &key, &at)) {
			struct str begins = words_around(s, 0, 0, 8), date = str_sub(s, at, key.end);
			struct str sample = str_of(arena_printf(k->arena, "%.*s…%.*s", STR_ARG(begins), STR_ARG(date)));
			if (!r->in_entry || work_choose(k, DIAG_IMPORT_ENTRY_DATE, para, 0, sample, 0) == 0)
				open_entry(r, para, &key, 0);
		} else if (r->in_entry && work_choose(k, DIAG_IMPORT_ENTRY_UNDATED, para, 0, s, 0) == 1) {
			key = (struct entry_key){.from = r->last, .hour = -1};
			open_entry(r, para, &key, 0);
		}
		write_text_of(r, para, 0);
	}
}

/* ---- spans ---- */

static void close_section(struct run *r)
{
	close_entry(r);
	if (r->in_section)
		write_close(r->k->w);
	r->in_section = false;
}

static void open_section(struct run *r, size_t para, size_t at, int year, int month)
{
	struct work *k = r->k;
	close_section(r);
	r->year = year ? year : r->year;
	r->year_said |= year != 0;
	r->month = month;
	write_open(k->w, "section");
	if (at > 0)
		at = work_number(k, para);
	words_element(k, "heading", para, at, work_str(k, para).n);
	r->in_section = true;
}

/* Blank lines that stand before some paragraphs only. */
static void note_blanks(struct run *r, size_t from, size_t to)
{
	const struct plain *p = r->k->ps->plain;
	size_t blank = 0, l = 0;
	for (size_t i = 1; i < p->n_lines; i++)
		blank += p->lines[i].blanks > 0;
	if (blank * 5 > p->n_lines * 4)
		return;
	for (size_t i = from; i < to; i++) {
		size_t off = para_source_off(r->k->ps, para_get(r->k->ps, i), 0);
		while (l < p->n_lines && plain_source_off(p, p->lines[l].from) < off)
			l++;
		if (l < p->n_lines && i > from && p->lines[l].blanks && plain_source_off(p, p->lines[l].from) == off)
			work_note(r->k, DIAG_IMPORT_BLANK, i, 0, (struct str){0});
	}
}

static void write_body(struct run *r, size_t from, size_t to)
{
	struct work *k = r->k;
	int year, month;
	look_for_numbers(r, from, to);
	write_open(k->w, "body");
	for (size_t i = from; i < to; i++) {
		size_t at = span_at(k->ps, i, &year, &month);
		if (at != SIZE_MAX)
			open_section(r, i, at, year, month);
		else
			write_paragraph(r, i, to);
	}
	close_section(r);
	if (from == to) { /* the schema wants a paragraph */
		write_open(k->w, "p");
		write_close(k->w);
	}
	write_close(k->w);
	note_blanks(r, from, to);
}

/* 2031—2032年, 二〇三一年至二〇三三年: the first of several years; 0 when s does not name two. */
static int first_of_years(struct str s)
{
	static const char *const signs[] = {"年", "—", "-", "–", "－", "～", "~", "至", "到", "、"};
	for (size_t at = 0; at < s.n; utf8_next(s, &at)) {
		int n, first, signed_with = 0;
		size_t next = at;
		if ((first = date_number(s, &next, &n)) < 1000 || n != 4)
			continue;
		for (size_t i = 0; i < COUNT(signs) && next < s.n; i++)
			if (str_starts(str_sub(s, next, s.n), str_of(signs[i]))) {
				next += strlen(signs[i]);
				signed_with += i > 0;
				i = 0;
			}
		int second = signed_with ? date_number(s, &next, &n) : 0;
		return second > first && n == 4 && str_starts(str_sub(s, next, s.n), STR("年")) ? first : 0;
	}
	return 0;
}

static void find_years(struct run *r, const struct head *h, const struct tail *t)
{
	struct work *k = r->k;
	for (size_t i = 0; i < h->end && !r->year; i++) {
		struct str s = work_str(k, i);
		if (i >= h->body && !is_short(s, SPAN_LINE_CHARS))
			continue; /* a preface may speak of other years */
		r->year = first_of_years(s);
		r->several_years = r->year != 0;
		if (!r->year)
			r->year = date_find_year(s);
	}
	if (!r->year)
		r->year = part_tail_year(k->ps, t);
}

static void build(struct work *k)
{
	struct head h = read_head(k->ps);
	struct tail t = part_tail(k->ps, h.body);
	struct run r = {.k = k};
	find_years(&r, &h, &t);
	write_open(k->w, "record");
	write_fact(k->w, "kind", STR("chronicle"));
	write_fact(k->w, "version", STR("1"));
	write_fact(k->w, "xml:lang", str_of(part_language(buf_view(&k->ps->text))));
	if (r.year)
		write_fact(k->w, "year", str_of(arena_printf(k->arena, "%04d", r.year)));
	write_head(k, &h);
	write_title(k, &h);
	write_body(&r, h.body, t.attachments);
	part_write_tail(k, &t);
	write_close(k->w);
}

const struct import_kind kind_chronicle = {.name = "chronicle", .score = score, .build = build};
