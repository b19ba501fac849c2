/* front: see front.h. */
#include "import/front.h"

#include "import/chars.h"
#include "import/date.h"
#include "import/docnumber.h"
#include "import/facts.h"
#include "import/lines.h"
#include "import/words.h"

enum { TITLE_CHARS = 70, LINE_CHARS = 45, PERSON_CHARS = 16, TITLE_LINES = 4 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

static struct str text_of(const struct paras *ps, size_t i)
{
	return para_str(ps, para_get(ps, i));
}

static bool is_short(struct str s, size_t chars)
{
	return s.n <= 4 * chars && utf8_count(s) <= chars;
}

static bool ends_sentence(struct str s)
{
	uint32_t c = chars_last(s);
	return c == 0x3002 || c == 0xFF1B || c == 0xFF1A || c == 0xFF0C || c == ':' || c == ',' || c == ';';
}

/* ---- what one line may be ---- */

static bool is_subtitle(struct str s)
{
	return str_starts(s, STR("——")) || str_starts(s, STR("--")) || str_starts(s, STR("—"));
}

static bool is_number(struct str s)
{
	struct docnumber n;
	return is_short(s, 30) && docnumber_find(s, 0, &n) && n.shown_from == 0 && n.shown_to == s.n;
}

/* （某某局　2031年7月5日） and 某某局 2031年7月5日: byte where the date begins. */
static size_t signed_date(struct str s)
{
	return lines_signer_date(s);
}

/* Paragraphs that may stand before the body: short, no sentence, no heading. */
static bool may_be_front(const struct paras *ps, size_t i)
{
	const struct para *p = para_get(ps, i);
	struct str s = para_str(ps, p);
	struct date d;
	if (p->open == OPEN_MARKER && p->fit != MARKER_UNFIT)
		return false;
	return date_only(s, &d) || (is_short(s, TITLE_CHARS) && !ends_sentence(s) && str_find(s, STR("。")) == SIZE_MAX);
}

static enum front_role look(const struct paras *ps, size_t i)
{
	struct str s = text_of(ps, i);
	struct date d;
	if (date_only(s, &d))
		return FRONT_DATE;
	if (is_number(s))
		return FRONT_NUMBER;
	if (is_subtitle(s))
		return FRONT_SUBTITLE;
	if (str_ends(s, STR("文件")) && label_is_authority(str_sub(s, 0, s.n - strlen("文件"))))
		return FRONT_RED_HEAD;
	return label_is_authority(s) || signed_date(s) ? FRONT_AUTHORITY : FRONT_TITLE;
}

/* ---- titles ---- */

static bool is_complete(struct str s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_ends(s, str_of(words[i])))
			return true;
	uint32_t c = chars_last(s);
	return c == 0xFF09 || c == ')' || c == 0x300B;
}

/* A further line of a title: what is missing of it, or what is joined to it. */
static bool continues(struct str title, struct str s, const char *const *words, size_t n)
{
	static const char *const joints[] = {"和", "及", "与", "暨", "、", "（", "(", "的"};
	if (!is_short(s, LINE_CHARS))
		return false;
	for (size_t i = 0; i < COUNT(joints); i++)
		if (str_starts(s, str_of(joints[i])))
			return true;
	return !is_complete(title, words, n);
}

/* The same characters, blanks left out: bytes of a are read through paragraphs [i, i_end), of b through [j, j_end). */
static bool same_text(const struct paras *ps, size_t i, size_t i_end, size_t j, size_t j_end)
{
	struct buf a = {0}, b = {0};
	for (int side = 0; side < 2; side++)
		for (size_t p = side ? j : i; p < (side ? j_end : i_end); p++) {
			struct str s = text_of(ps, p);
			for (size_t at = 0; at < s.n;) {
				uint32_t c = utf8_next(s, &at);
				if (!char_is_blank(c))
					buf_utf8(side ? &b : &a, c);
			}
		}
	bool same = a.n && str_eq(buf_view(&a), buf_view(&b));
	buf_free(&a);
	buf_free(&b);
	return same;
}

/* A title and its further lines: [from, end). */
static size_t title_end(const struct paras *ps, const struct front *f, size_t from, const char *const *words, size_t n)
{
	size_t end = from + 1;
	while (end < f->n && end - from < TITLE_LINES && f->role[end] == FRONT_TITLE &&
	       continues(text_of(ps, end - 1), text_of(ps, end), words, n))
		end++;
	return end;
}

/* The first title from paragraph `from` on; worded: that holds one of the words. */
static bool find_from(const struct paras *ps, struct front *f, size_t from, bool worded, const char *const *words, size_t n)
{
	for (size_t i = from, end; i < f->n; i = end) {
		end = i + 1;
		if (f->role[i] != FRONT_TITLE)
			continue;
		end = title_end(ps, f, i, words, n);
		bool has = !worded;
		for (size_t p = i; p < end; p++)
			has |= words_has_any(text_of(ps, p), words, n);
		if (!has)
			continue;
		f->title = i;
		f->title_end = end;
		return true;
	}
	return false;
}

/* The title stands behind the metadata of the page, or there is none and that of the page is meant. */
static void find_title(const struct paras *ps, struct front *f, const char *const *words, size_t n)
{
	size_t facts = 0;
	for (size_t i = 0; i < f->n; i++)
		if (f->role[i] == FRONT_FACTS || f->role[i] == FRONT_VALUE)
			facts = i + 1;
	f->title = f->title_end = f->n;
	if (!find_from(ps, f, facts, true, words, n) && !find_from(ps, f, 0, true, words, n) && !find_from(ps, f, facts, false, words, n))
		find_from(ps, f, 0, false, words, n);
}

/* The title once more, before it: all of its lines, or all of them on one. */
static void find_repeats(const struct paras *ps, struct front *f)
{
	for (size_t i = 0; i < f->title; i++)
		for (size_t end = f->title; end > i; end--) {
			bool titles = true;
			for (size_t p = i; p < end; p++)
				titles &= f->role[p] == FRONT_TITLE;
			if (!titles || !same_text(ps, i, end, f->title, f->title_end))
				continue;
			memset(f->role + i, FRONT_REPEAT, end - i);
			break;
		}
}

static bool is_fact(uint8_t role)
{
	return role <= FRONT_REPEAT;
}

/* Lines above the title that metadata or another title follows are of the page. */
static void settle_above(struct front *f)
{
	bool page = false;
	for (size_t i = f->title; i > 0; i--) {
		uint8_t *r = &f->role[i - 1];
		page |= is_fact(*r) || *r == FRONT_TITLE || *r == FRONT_SUBTITLE;
		if (page && !is_fact(*r))
			*r = FRONT_PAGE_TITLE;
	}
}

/* 局长 某某, a name with its office: a few characters with a blank or an office among them. */
static bool is_person(struct str s)
{
	static const char *const posts[] = {"局长", "主任", "书记", "市长", "县长", "区长", "镇长", "乡长", "院长", "校长", "厅长", "部长", "主席",
	                                    "委员长", "站长", "所长", "处长", "科长", "经理", "董事长"};
	bool blank = false;
	for (size_t at = 0; at < s.n;)
		blank |= char_is_blank(utf8_next(s, &at));
	return is_short(s, PERSON_CHARS) && (blank || words_has_any(s, posts, COUNT(posts)));
}

static size_t skip_lines(const struct paras *ps, struct front *f, size_t i)
{
	for (; i < f->n && !is_fact(f->role[i]); i++) {
		if (f->role[i] == FRONT_TITLE && !is_person(text_of(ps, i)))
			break;
		if (f->role[i] == FRONT_TITLE || f->role[i] == FRONT_SUBTITLE || f->role[i] == FRONT_RED_HEAD)
			f->role[i] = FRONT_PERSON;
	}
	return i;
}

static size_t skip_facts(const struct front *f, size_t i, size_t to)
{
	while (i < to && is_fact(f->role[i]))
		i++;
	return i;
}

/* Below the title: a subtitle, lines, metadata, lines; what comes then is the body. */
static void settle_below(const struct paras *ps, struct front *f)
{
	size_t i = f->title_end > f->title ? f->title_end : skip_facts(f, 0, f->n);
	i += i < f->n && f->role[i] == FRONT_SUBTITLE;
	i = skip_lines(ps, f, i);
	i = skip_facts(f, i, f->n);
	f->n = skip_lines(ps, f, i);
	if (f->title > f->n)
		f->title = f->title_end = f->n;
}

static size_t read_facts(const struct paras *ps, struct front *f, size_t i)
{
	enum facts_shape shape = facts_shape(ps, i);
	if (shape == FACTS_NOT)
		return 0;
	f->role[i] = FRONT_FACTS;
	if (shape == FACTS_WHOLE || i + 1 >= ps->n || i + 1 >= FRONT_PARAS || !facts_is_value(ps, i + 1))
		return 1;
	f->role[i + 1] = FRONT_VALUE;
	return 2;
}

struct front front_read(const struct paras *ps, const char *const *words, size_t n_words)
{
	struct front f = {0};
	while (f.n < ps->n && f.n < FRONT_PARAS) {
		size_t facts = read_facts(ps, &f, f.n);
		if (!facts && !may_be_front(ps, f.n))
			break;
		if (!facts)
			f.role[f.n] = (uint8_t)look(ps, f.n);
		f.n += facts ? facts : 1;
	}
	find_title(ps, &f, words, n_words);
	find_repeats(ps, &f);
	settle_above(&f);
	settle_below(ps, &f);
	return f;
}

int front_year(const struct work *k, const struct front *f)
{
	int year = 0;
	for (size_t i = f->title; i < f->title_end && !year; i++)
		year = date_find_year(work_str(k, i));
	for (size_t i = 0; i < f->n && !year; i++)
		if (f->role[i] != FRONT_FACTS && f->role[i] != FRONT_VALUE)
			year = date_find_year(work_str(k, i));
	return year;
}

/* ---- writing ---- */

static void write_date(struct work *k, size_t para, size_t from, size_t to)
{
	struct str s = work_str(k, para);
	struct date d;
	char iso[16];
	write_open(k->w, "date");
	if (date_only(str_sub(s, from, to), &d)) {
		date_iso(&d, iso);
		write_fact(k->w, "when", str_of(iso));
		if (!d.possible)
			work_note(k, DIAG_IMPORT_DATE, para, from, str_sub(s, from, to));
	}
	work_text(k, para, from, to);
	write_close(k->w);
}

/* Authorities, dates, numbers, persons: a line of head or imprint. */
static void write_line(struct work *k, enum front_role role, size_t i)
{
	struct str s = work_str(k, i);
	size_t date = signed_date(s);
	if (role == FRONT_DATE) {
		write_date(k, i, 0, s.n);
	} else if (role == FRONT_AUTHORITY) {
		work_element(k, "issuing-authority", i, 0, date ? date : s.n);
		if (date)
			write_date(k, i, date, s.n);
	} else if (role == FRONT_RED_HEAD) {
		work_element(k, "red-head", i, 0, s.n);
	} else if (role == FRONT_NUMBER) {
		write_open(k->w, "document-number");
		work_text(k, i, 0, s.n);
		write_close(k->w);
	} else {
		work_note(k, DIAG_IMPORT_BELOW_TITLE, i, 0, s);
		work_element(k, "person", i, 0, s.n);
	}
}

void front_write_line(struct work *k, size_t para)
{
	write_line(k, look(k->ps, para), para);
}

static void write_facts(struct work *k, const struct front *f, size_t from, size_t to)
{
	write_open(k->w, "metadata");
	for (size_t i = from; i < to; i++) {
		bool value = i + 1 < f->n && f->role[i + 1] == FRONT_VALUE;
		if (f->role[i] == FRONT_FACTS)
			facts_write(k, i, value ? i + 1 : SIZE_MAX);
		if (f->role[i] == FRONT_PAGE_TITLE) {
			work_note(k, DIAG_IMPORT_TITLES, i, 0, work_str(k, i));
			work_element(k, "page-title", i, 0, work_str(k, i).n);
		}
		if (f->role[i] == FRONT_REPEAT && !words_drop(k, i, DIAG_IMPORT_TITLE_TWICE))
			work_element(k, "page-title", i, 0, work_str(k, i).n);
	}
	write_close(k->w);
}

static void write_title(struct work *k, const struct front *f)
{
	write_open(k->w, "title");
	if (f->title == f->title_end) {
		write_fact(k->w, "source", STR("derived"));
		work_note(k, DIAG_IMPORT_NO_TITLE, 0, 0, work_str(k, 0));
	}
	words_title(k, f->title, f->title_end);
	write_close(k->w);
}

/* Lines [from, to) that are no facts, in an element of their own. */
static size_t write_lines(struct work *k, const struct front *f, const char *element, size_t from, size_t to)
{
	size_t i = from;
	if (i >= to || is_fact(f->role[i]))
		return i;
	write_open(k->w, element);
	for (; i < to && !is_fact(f->role[i]); i++)
		write_line(k, (enum front_role)f->role[i], i);
	write_close(k->w);
	return i;
}

/* Whole dates of one line, each compared with the first of all. */
static void note_dates_of(struct work *k, size_t i, struct date *first)
{
	struct str s = work_str(k, i);
	struct date d;
	for (size_t at = 0, digits; at < s.n; at = digits) {
		for (digits = at; digits < s.n && char_is_digit((unsigned char)s.p[digits]); digits++)
			;
		if (digits == at) {
			utf8_next(s, &digits);
			continue;
		}
		if (!date_read(s, at, &d) || !d.day || !d.possible)
			continue;
		if (first->year && (d.year != first->year || d.month != first->month || d.day != first->day))
			work_note(k, DIAG_IMPORT_DATES, i, at, str_sub(s, d.from, d.to));
		if (!first->year)
			*first = d;
		digits = d.to;
	}
}

static void note_dates(struct work *k, const struct front *f)
{
	struct date first = {0};
	for (size_t i = 0; i < f->n; i++)
		if (f->role[i] != FRONT_TITLE && f->role[i] != FRONT_REPEAT && f->role[i] != FRONT_PAGE_TITLE)
			note_dates_of(k, i, &first);
}

void front_write(struct work *k, const struct front *f)
{
	note_dates(k, f);
	size_t at = skip_facts(f, 0, f->title);
	if (at > 0)
		write_facts(k, f, 0, at);
	if (f->title_end > f->title)
		write_lines(k, f, "head", at, f->title);
	write_title(k, f);
	at = f->title_end > f->title ? f->title_end : at;
	if (at < f->n && f->role[at] == FRONT_SUBTITLE) {
		words_element(k, "subtitle", at, 0, work_str(k, at).n);
		at++;
	}
	at = write_lines(k, f, "imprint", at, f->n);
	size_t end = skip_facts(f, at, f->n);
	if (end > at)
		write_facts(k, f, at, end);
	write_lines(k, f, "imprint", end, f->n);
}

/* ---- recipients ---- */

static bool is_recipient(struct str s)
{
	static const char *const starts[] = {"各", "有关", "相关", "局属", "委属", "市属", "县属", "区属", "直属", "驻"};
	static const char *const ends[] = {"单位", "部门", "企业", "高校", "学校", "医院", "机构", "同志", "代表", "委员", "们", "政府", "公司", "领导",
	                                   "成员", "负责人", "农场", "林场", "银行"};
	s = chars_trim(s);
	for (size_t i = 0; i < COUNT(starts); i++)
		if (str_starts(s, str_of(starts[i])) && is_short(s, 30))
			return true;
	for (size_t i = 0; i < COUNT(ends); i++)
		if (str_ends(s, str_of(ends[i])) && is_short(s, 30))
			return true;
	return label_is_authority(s);
}

/* The colon at the end of s: where it begins; s.n when there is none. */
static size_t end_colon(struct str s)
{
	size_t at = s.n;
	uint32_t c = s.n ? utf8_prev(s, &at) : 0;
	return c == ':' || c == 0xFF1A ? at : s.n;
}

bool front_is_recipients(const struct paras *ps, size_t i)
{
	const struct para *p = para_get(ps, i);
	struct str s = para_str(ps, p);
	size_t colon = end_colon(s), from = 0, names = 0;
	int depth = 0;
	if (p->open == OPEN_MARKER || s.n > 1200 || (colon == s.n && !str_starts(s, STR("各"))))
		return false;
	for (size_t at = 0, before; at <= colon;) {
		before = at;
		uint32_t c = at < colon ? utf8_next(s, &at) : 0x3001;
		depth += char_opens(c) - (char_closes(c) && depth > 0);
		bool parts = c == 0x3001 || c == 0xFF0C || c == ',' || c == 0xFF1B || c == ';';
		if (before < colon && (!parts || depth))
			continue;
		if (!is_recipient(str_sub(s, from, before)))
			return false;
		names++;
		from = at;
		if (before >= colon)
			break;
	}
	return colon < s.n || names > 1;
}

void front_write_recipients(struct work *k, size_t i)
{
	struct str s = work_str(k, i);
	size_t colon = end_colon(s);
	write_open(k->w, "recipients");
	if (colon == s.n)
		work_note(k, DIAG_IMPORT_NO_COLON, i, 0, s);
	part_names(k, i, 0, colon, "unit", false);
	write_text(k->w, str_sub(s, colon, s.n));
	write_close(k->w);
}

/* ---- the end of the text ---- */

size_t front_tail(const struct paras *ps, size_t from)
{
	size_t i = ps->n;
	while (i > from && facts_shape(ps, i - 1) == FACTS_WHOLE)
		i--;
	return i;
}

void front_write_tail(struct work *k, size_t from, size_t to)
{
	if (from == to)
		return;
	write_open(k->w, "metadata");
	for (size_t i = from; i < to; i++)
		facts_write(k, i, SIZE_MAX);
	write_close(k->w);
}
