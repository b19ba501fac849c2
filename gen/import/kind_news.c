/* kind_news: 会议报道 from paragraphs.
 * Takes: paragraphs. Gives: a record of records/schema/news.rng: lines above and below the title, the dateline, paragraphs with their
 * clauses, headings, tail, related links. A title that is missing is derived from the links and stands as a value. */
#include "import/chars.h"
#include "import/clause.h"
#include "import/entry.h"
#include "import/kinds.h"
#include "import/words.h"

enum { HEAD_LINES = 8, HEAD_CHARS = 50, LINK_CHARS = 45, LINKS_LEAST = 2, HEADING_CHARS = 25, DATELINE_CHARS = 40, SHARED_LEAST = 6, KICKER_CHARS = 8 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool is_short(struct str s, size_t chars)
{
	return s.n <= 4 * chars && utf8_count(s) <= chars;
}

/* 。 or what may stand for it, also inside closing marks. */
static bool ends_sentence(struct str s)
{
	size_t at = s.n;
	uint32_t c = 0;
	while (at > 0 && char_closes(c = utf8_prev(s, &at)))
		;
	return c == 0x3002 || c == 0xFF1B || c == 0xFF1A || c == 0xFF0C || c == ';' || c == ',' || c == ':';
}

static struct str str_of_para(const struct paras *ps, size_t i)
{
	return para_str(ps, para_get(ps, i));
}

/* ---- the parts of the text ---- */

/* Paragraphs: lines above the title, the title, below it, body, tail, links. */
struct parts {
	size_t title, title_end; /* equal: there is none */
	size_t subtitle, byline, body;
	struct tail tail;
	size_t related, links;   /* the label of the links, when there is one, and the links; both the end when there are none */
};

static bool is_byline(struct str s)
{
	static const char *const labels[] = {"来源", "來源", "记者", "記者", "作者", "通讯员", "通訊員", "发布", "發布", "發佈", "编辑", "編輯", "供稿"};
	struct date d;
	bool labelled = str_find(s, STR("：")) != SIZE_MAX || str_find(s, STR(":")) != SIZE_MAX || chars_first(s) == 0xFF08;
	return date_only(s, &d) || (labelled && words_has_any(s, labels, COUNT(labels)));
}

static bool is_subtitle(struct str s)
{
	return str_starts(s, STR("——")) || str_starts(s, STR("--"));
}

/* The lines before the first sentence. */
static size_t head_end(const struct paras *ps)
{
	size_t i = 0;
	while (i < ps->n && i < HEAD_LINES && is_short(str_of_para(ps, i), HEAD_CHARS) && !ends_sentence(str_of_para(ps, i)))
		i++;
	return i < ps->n && i < HEAD_LINES ? i : 0;
}

/* A column or a kicker above the title: a few characters above a line of many. */
static bool is_kicker(const struct paras *ps, size_t lines)
{
	size_t first = lines > 1 ? utf8_count(str_of_para(ps, 0)) : 0;
	return lines > 2 || (lines == 2 && first <= KICKER_CHARS && utf8_count(str_of_para(ps, 1)) > 2 * first);
}

static void find_head(const struct paras *ps, struct parts *p)
{
	size_t end = head_end(ps), lines = end;
	for (size_t i = 0; i < end; i++)
		if (is_byline(str_of_para(ps, i)) || is_subtitle(str_of_para(ps, i))) {
			lines = i;
			break;
		}
	p->body = end;
	p->title = is_kicker(ps, lines) ? 1 : 0;
	p->title_end = lines ? p->title + 1 : p->title;
	p->subtitle = p->byline = end;
	for (size_t i = end; i > p->title_end; i--) {
		if (is_byline(str_of_para(ps, i - 1)) && i == p->byline)
			p->byline = i - 1;
	}
	p->subtitle = p->title_end;
}

/* ---- links ---- */

static bool is_link_label(struct str s)
{
	static const char *const words[] = {"相关链接", "相关连结", "相關鏈接", "相關連結", "相关新闻", "相關新聞", "相关报道", "相關報道", "相关阅读",
	                                    "相關閱讀", "延伸阅读", "延伸閱讀", "推荐阅读", "推薦閱讀", "更多新闻", "更多新聞", "相关文章", "相關文章",
	                                    "热点新闻", "熱點新聞"};
	return is_short(s, 12) && words_has_any(s, words, COUNT(words));
}

static bool is_bracketed(struct str s)
{
	uint32_t close = char_partner(chars_first(s));
	return (close == 0xFF09 || close == ')') && chars_last(s) == close;
}

static bool is_link(const struct paras *ps, size_t i)
{
	const struct para *p = para_get(ps, i);
	struct str s = para_str(ps, p);
	static const char *const credits[] = {"责任编辑", "責任編輯", "编辑", "編輯", "审核", "審核", "来源", "來源", "供稿", "作者"};
	for (size_t c = 0; c < COUNT(credits); c++)
		if (str_starts(s, str_of(credits[c])) && (str_find(s, STR("：")) != SIZE_MAX || str_find(s, STR(":")) != SIZE_MAX))
			return false;
	bool tail = p->open == OPEN_DATE || p->open == OPEN_SIGNER || p->open == OPEN_TO || p->open == OPEN_ATTACHMENT;
	return !tail && !is_bracketed(s) && is_short(s, LINK_CHARS) && !ends_sentence(s);
}

static void find_links(const struct paras *ps, struct parts *p)
{
	size_t label = ps->n, first = ps->n;
	for (size_t i = p->body + 1; i < ps->n && label == ps->n; i++)
		if (is_link_label(str_of_para(ps, i)))
			label = i;
	while (first > p->body + 1 && is_link(ps, first - 1))
		first--;
	p->related = p->links = ps->n;
	if (label + 1 < ps->n) {
		p->related = label;
		p->links = label + 1;
	} else if (ps->n - first >= LINKS_LEAST) {
		p->related = p->links = first;
	}
}

static struct tail no_tail(size_t end)
{
	return (struct tail){end, end, end, end, end};
}

/* （责任编辑：某某） at the end is an annotation, whatever its words end with. */
static struct tail read_tail(const struct paras *ps, size_t from)
{
	struct tail t = part_tail(ps, from);
	if (t.signature < t.annotation && is_bracketed(str_of_para(ps, t.signature)))
		t.annotation = t.signature;
	return t;
}

static struct parts read_parts(const struct paras *ps)
{
	struct parts p = {0};
	find_head(ps, &p);
	find_links(ps, &p);
	struct paras text = *ps;
	text.n = p.related;
	p.tail = p.body < text.n ? read_tail(&text, p.body) : no_tail(text.n);
	return p;
}

/* ---- recognising ---- */

/* The dateline at the start of s: 本报讯（记者 甲）, 【示例新聞網訊】, 5月8日，. Bytes; key->end is 0 where it says no date. */
static size_t read_dateline(struct str s, struct entry_key *key)
{
	static const char *const wires[] = {"报讯", "報訊", "日电", "日電", "日讯", "日訊", "网讯", "網訊", "社讯", "社訊", "台讯", "臺訊", "讯】", "訊】", "电】",
	                                    "電】", "电）", "電）", "讯）", "訊）", "报道）", "報導）", "報道）"};
	size_t end = 0, at = 0, comma;
	*key = (struct entry_key){.hour = -1};
	if (entry_read(s, 0, 0, key) && key->mark && !key->to.month && !key->same)
		return key->end;
	*key = (struct entry_key){.hour = -1};
	while (at < s.n && utf8_count(str_sub(s, 0, at)) < DATELINE_CHARS)
		utf8_next(s, &at);
	struct str head = str_sub(s, 0, at);
	comma = str_find(head, STR("。"));
	head = str_sub(head, 0, comma);
	for (size_t i = 0; i < COUNT(wires); i++) {
		size_t found = str_find(head, str_of(wires[i]));
		if (found != SIZE_MAX && (!end || found < end) && str_find(str_sub(head, 0, found), STR("，")) == SIZE_MAX)
			end = found + strlen(wires[i]);
	}
	if (!end)
		return 0;
	/* （记者 甲 通讯员 乙） behind it */
	size_t next = end;
	uint32_t c = next < s.n ? utf8_next(s, &next) : 0;
	if (c == 0xFF08 || c == '(') {
		size_t close = str_find(str_sub(s, next, s.n), c == '(' ? STR(")") : STR("）"));
		if (close != SIZE_MAX && utf8_count(str_sub(s, next, next + close)) < DATELINE_CHARS)
			end = next + close + (c == '(' ? 1 : 3);
	}
	return end;
}

/* The day of a dateline: its own (示例市5月8日电), else that which the text opens with behind it. */
static bool dateline_date(struct str s, size_t end, const struct entry_key *key, struct date *d)
{
	struct entry_key behind;
	struct str line = str_sub(s, 0, end);
	if (key->from.month) {
		*d = key->from;
		return true;
	}
	for (size_t at = 0; at < line.n; utf8_next(line, &at))
		if (char_is_digit((unsigned char)line.p[at]) && date_read_short(line, at, d) && d->day)
			return true;
	while (end < s.n && char_is_blank(utf8_next(s, &(size_t){end})))
		utf8_next(s, &end);
	if (!entry_read(s, end, 0, &behind) || behind.same || !behind.from.day)
		return false;
	*d = behind.from;
	return true;
}

static int score(const struct paras *ps)
{
	static const char *const events[] = {"召开", "召開", "举行", "舉行", "举办", "舉辦", "出席", "表示", "指出", "启用", "啟用", "调研", "調研", "开幕", "開幕"};
	struct entry_key key;
	struct parts p = read_parts(ps);
	size_t markers = 0, dated = 0;
	int score = 0;
	if (!ps->n || p.body >= p.related)
		return 0;
	struct str lead = str_of_para(ps, p.body);
	for (size_t i = p.body; i < p.related; i++) {
		markers += para_get(ps, i)->open == OPEN_MARKER || part_responsible_at(str_of_para(ps, i)) < str_of_para(ps, i).n;
		dated += entry_read(str_of_para(ps, i), 0, 0, &key);
	}
	score += read_dateline(lead, &key) ? 2 : 0;
	score += words_has_any(lead, events, COUNT(events)) ? 2 : 0;
	score += p.links < ps->n ? (p.related < p.links || ps->n - p.links >= 3 ? 3 : 1) : 0;
	score += p.byline < p.body ? 2 : 0;
	score += ends_sentence(lead) ? 1 : 0;
	return markers || dated > 2 ? 0 : score;
}

/* ---- the title ---- */

/* Two neighbouring ideographs of a that b has too; *all: how many a has. */
static int shared_pairs(struct str a, struct str b, int *all)
{
	int shared = 0;
	*all = 0;
	for (size_t at = 0; at < a.n;) {
		size_t next = at, end;
		utf8_next(a, &next);
		end = next;
		if (next >= a.n)
			break;
		utf8_next(a, &end);
		++*all;
		shared += str_find(b, str_sub(a, at, end)) != SIZE_MAX;
		at = next;
	}
	return shared;
}

/* The link that shares most with the first paragraphs, when that is most of it. */
static size_t find_title(struct work *k, const struct parts *p)
{
	struct str lead = work_str(k, p->body);
	size_t best = k->ps->n;
	int most = SHARED_LEAST - 1, all;
	for (size_t i = p->links; i < k->ps->n; i++) {
		int shared = shared_pairs(work_str(k, i), lead, &all);
		if (shared > most && shared * 3 >= all * 2) {
			most = shared;
			best = i;
		}
	}
	return best;
}

static void derive_title(struct work *k, const struct parts *p)
{
	size_t link = p->body < k->ps->n ? find_title(k, p) : k->ps->n;
	write_fact(k->w, "source", STR("derived"));
	if (link == k->ps->n) {
		work_note(k, DIAG_IMPORT_NO_TITLE, 0, 0, work_str(k, 0));
		return;
	}
	if (work_choose(k, DIAG_IMPORT_TITLE_DERIVED, link, 0, work_str(k, link), 0) == 0)
		write_fact(k->w, "value", work_str(k, link));
}

static void write_title(struct work *k, const struct parts *p)
{
	if (p->title > 0) {
		write_open(k->w, "head");
		for (size_t i = 0; i < p->title; i++) {
			words_element(k, "kicker", i, 0, work_str(k, i).n);
			work_note(k, DIAG_IMPORT_HEAD, i, 0, work_str(k, i));
		}
		write_close(k->w);
	}
	write_open(k->w, "title");
	if (p->title == p->title_end)
		derive_title(k, p);
	for (size_t i = p->title; i < p->title_end; i++)
		words_write(k, i, 0, work_str(k, i).n);
	write_close(k->w);
}

/* What stands between the title and the text: the title once more is left out. */
static void write_below(struct work *k, const struct parts *p)
{
	bool open = false;
	for (size_t i = p->subtitle; i < p->byline; i++) {
		struct str s = work_str(k, i);
		bool same = str_eq(s, work_str(k, p->title));
		if (same && words_drop(k, i, DIAG_IMPORT_TITLE_TWICE))
			continue;
		if (!is_subtitle(s) && !same)
			work_note(k, DIAG_IMPORT_TITLES, i, 0, s);
		if (open)
			write_text(k->w, STR("　"));
		else
			write_open(k->w, "subtitle");
		open = true;
		words_write(k, i, 0, s.n);
	}
	if (open)
		write_close(k->w);
	open = p->byline < p->body;
	if (open)
		write_open(k->w, "byline");
	for (size_t i = p->byline; i < p->body; i++) {
		if (i > p->byline)
			write_text(k->w, STR("　"));
		words_write(k, i, 0, work_str(k, i).n);
	}
	if (open)
		write_close(k->w);
}

/* ---- the body ---- */

/* The year of the title, of the line below it, of the first paragraph, of the tail. */
static int find_year(struct work *k, const struct parts *p)
{
	int year = 0;
	for (size_t i = 0; i <= p->body && i < k->ps->n && !year; i++)
		year = date_find_year(work_str(k, i));
	if (!year)
		year = part_tail_year(k->ps, &p->tail);
	size_t link = year || p->body >= k->ps->n ? k->ps->n : find_title(k, p);
	return link < k->ps->n ? date_find_year(work_str(k, link)) : year;
}

static size_t write_dateline(struct work *k, size_t para, int year)
{
	struct str s = work_str(k, para);
	struct entry_key key;
	struct date d = {0};
	size_t end = read_dateline(s, &key);
	if (!end)
		return 0;
	write_inline(k->w, "dateline");
	if (dateline_date(s, end, &key, &d)) {
		char iso[16];
		if (!d.year)
			d.year = work_choose(k, year ? DIAG_IMPORT_YEAR : DIAG_IMPORT_NO_YEAR, para, 0, str_sub(s, 0, end), year);
		entry_iso(&d, iso);
		if (d.year)
			write_fact(k->w, "when", str_of(iso));
		if (key.mark && key.mark != 0xFF0C)
			work_note(k, DIAG_IMPORT_ENTRY_COMMA, para, 0, words_around(s, end, 8, 2));
		if (!d.possible)
			work_note(k, DIAG_IMPORT_DATE, para, 0, str_sub(s, 0, end));
	}
	words_write(k, para, 0, end);
	write_close(k->w);
	return end;
}

/* A short line between paragraphs, or one with a number. */
static bool is_heading(struct work *k, size_t i, size_t end)
{
	const struct para *p = para_get(k->ps, i);
	struct str s = work_str(k, i);
	bool marked = p->open == OPEN_MARKER && p->marker.kind <= MARKER_HAN_PAREN;
	bool next = i + 1 < end && ends_sentence(work_str(k, i + 1));
	if (!is_short(s, HEADING_CHARS) || ends_sentence(s) || (!marked && !next))
		return false;
	return marked || work_choose(k, DIAG_IMPORT_SUBHEAD, i, 0, s, 0) == 0;
}

static void write_heading(struct work *k, size_t i)
{
	const struct para *p = para_get(k->ps, i);
	write_open(k->w, "section");
	size_t at = p->open == OPEN_MARKER && p->marker.kind <= MARKER_HAN_PAREN ? work_number(k, i) : 0;
	words_element(k, "heading", i, at, work_str(k, i).n);
}

static void write_body(struct work *k, const struct parts *p, int year)
{
	bool section = false;
	int last = 0;
	write_open(k->w, "body");
	for (size_t i = p->body; i < p->tail.attachments; i++) {
		if (i > p->body && is_heading(k, i, p->tail.attachments)) {
			if (section)
				write_close(k->w);
			write_heading(k, i);
			section = true;
			last = 0;
			continue;
		}
		write_open(k->w, "p");
		size_t at = i == p->body ? write_dateline(k, i, year) : 0;
		if (at && char_is_blank(chars_first(str_sub(work_str(k, i), at, work_str(k, i).n)))) {
			write_text(k->w, STR(" "));
			work_note(k, DIAG_IMPORT_SPACE_KEPT, i, at, words_around(work_str(k, i), at, 3, 3));
		}
		clause_content(k, i, at, work_str(k, i).n, &last);
		write_close(k->w);
	}
	if (section)
		write_close(k->w);
	if (p->body >= p->tail.attachments) { /* the schema wants a paragraph */
		write_open(k->w, "p");
		write_close(k->w);
	}
	write_close(k->w);
}

static void write_related(struct work *k, const struct parts *p)
{
	if (p->related == k->ps->n)
		return;
	write_open(k->w, "related");
	if (p->related < p->links)
		write_mark(k->w, "label", work_str(k, p->related));
	for (size_t i = p->links; i < k->ps->n; i++)
		words_element(k, "link", i, 0, work_str(k, i).n);
	write_close(k->w);
}

/* ---- the record ---- */

static size_t count(struct str text, struct str what)
{
	size_t n = 0, at = 0, found;
	while ((found = str_find(str_sub(text, at, text.n), what)) != SIZE_MAX) {
		at += found + what.n;
		n++;
	}
	return n;
}

/* Traditional text that quotes with 「 」 follows Taiwan, Hong Kong or Macau; which, nothing says. */
static const char *find_language(struct work *k)
{
	struct str text = buf_view(&k->ps->text);
	const char *lang = part_language(text);
	size_t corner = count(text, STR("「")), quote = count(text, STR("“"));
	if (strcmp(lang, "zh-Hant") || corner <= quote)
		return lang;
	size_t para = 0;
	while (para + 1 < k->ps->n && str_find(work_str(k, para), STR("「")) == SIZE_MAX)
		para++;
	static const char *const regions[] = {"zh-Hant-TW", "zh-Hant-HK", "zh-Hant-MO", "zh-Hant"}; /* as in choices.def */
	size_t at = str_find(work_str(k, para), STR("「"));
	return regions[work_choose(k, DIAG_IMPORT_REGION, para, at, words_around(work_str(k, para), at, 4, 4), 0)];
}

/* Links that no word announces may be text after all. */
static void ask_related(struct work *k, struct parts *p)
{
	if (p->related < p->links || p->links == k->ps->n ||
	    work_choose(k, DIAG_IMPORT_RELATED, p->links, 0, work_str(k, p->links), 0) == 0)
		return;
	p->related = p->links = k->ps->n;
	p->tail = p->body < k->ps->n ? read_tail(k->ps, p->body) : no_tail(k->ps->n);
}

static void build(struct work *k)
{
	struct parts p = read_parts(k->ps);
	ask_related(k, &p);
	int year = find_year(k, &p);
	write_open(k->w, "record");
	write_fact(k->w, "kind", STR("news"));
	write_fact(k->w, "version", STR("1"));
	write_fact(k->w, "xml:lang", str_of(find_language(k)));
	if (year)
		write_fact(k->w, "year", str_of(arena_printf(k->arena, "%04d", year)));
	write_title(k, &p);
	write_below(k, &p);
	write_body(k, &p, year);
	part_write_tail(k, &p.tail);
	write_related(k, &p);
	write_close(k->w);
}

const struct import_kind kind_news = {.name = "news", .score = score, .build = build};
