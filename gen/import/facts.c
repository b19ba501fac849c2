/* facts: see facts.h. */
#include "import/facts.h"

#include "import/chars.h"
#include "import/date.h"

enum { KEY_CHARS = 8, VALUE_CHARS = 60 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* bare: the key may stand without a colon or brackets, a blank behind it. */
struct key {
	const char *text, *element, *type;
	bool bare;
};

static const struct key keys[] = { /* longer ones before those they begin with */
	{"信息索引号", "identifier", "index", true}, {"索引号", "identifier", "index", true}, {"索引", "identifier", "index", false},
	{"信息编号", "identifier", "index", true}, {"发文字号", "identifier", "document-number", true},
	{"文件编号", "identifier", "document-number", true}, {"文件字号", "identifier", "document-number", true},
	{"文号", "identifier", "document-number", false}, {"统一编号", "identifier", "gazette", true},
	{"组配分类", "category", NULL, true}, {"主题分类", "category", NULL, true}, {"体裁分类", "category", NULL, true},
	{"信息分类", "category", NULL, true}, {"服务对象分类", "category", NULL, true}, {"所属栏目", "category", NULL, true},
	{"栏目", "category", NULL, false}, {"分类", "category", NULL, false}, {"主题词", "subject", NULL, true},
	{"关键词", "subject", NULL, true}, {"发布机构", "publisher", NULL, true}, {"发布单位", "publisher", NULL, true},
	{"发布机关", "publisher", NULL, true}, {"公开机构", "publisher", NULL, true}, {"公开主体", "publisher", NULL, true},
	{"公开责任部门", "publisher", NULL, true}, {"责任部门", "publisher", NULL, false}, {"发文机关", "issuing-authority", NULL, true},
	{"制发机关", "issuing-authority", NULL, true}, {"制文机关", "issuing-authority", NULL, true},
	{"信息来源", "source", NULL, false}, {"文章来源", "source", NULL, false}, {"稿件来源", "source", NULL, false},
	{"来源", "source", NULL, false}, {"作者", "author", NULL, false}, {"撰稿", "author", NULL, false}, {"供稿", "author", NULL, false},
	{"责任编辑", "author", NULL, false}, {"编辑", "author", NULL, false}, {"审核", "author", NULL, false},
	{"生成日期", "date", "generated", true}, {"生成时间", "date", "generated", true}, {"成文日期", "date", "issued", true},
	{"发文日期", "date", "issued", true}, {"印发日期", "date", "printed", true}, {"实施日期", "date", "effective", true},
	{"发布日期", "date", "published", true}, {"发布时间", "date", "published", true}, {"公开日期", "date", "published", true},
	{"公开时间", "date", "published", true}, {"更新时间", "date", "published", true}, {"日期", "date", "published", false},
	{"时间", "date", "published", false}, {"公开方式", "disclosure", NULL, true}, {"公开形式", "disclosure", NULL, true},
	{"公开类别", "disclosure", NULL, true}, {"公开属性", "disclosure", NULL, true}, {"公开范围", "property", NULL, true},
	{"公开时限", "property", NULL, true}, {"公开程序", "property", NULL, true}, {"有效性", "property", NULL, true},
	{"文件状态", "property", NULL, true}, {"有效期", "property", NULL, false}, {"载体类型", "property", NULL, true},
	{"信息名称", "page-title", NULL, true}, {"文件名称", "page-title", NULL, true}, {"标题", "page-title", NULL, false},
	{"名称", "page-title", NULL, false}, {"您现在所在的位置", "breadcrumb", NULL, false}, {"您现在的位置", "breadcrumb", NULL, false},
	{"您当前的位置", "breadcrumb", NULL, false}, {"您的位置", "breadcrumb", NULL, false}, {"当前位置", "breadcrumb", NULL, false},
	{"所在位置", "breadcrumb", NULL, false}, {"访问次数", "page-widget", NULL, true}, {"浏览次数", "page-widget", NULL, true},
	{"访问量", "page-widget", NULL, true}, {"浏览量", "page-widget", NULL, true}, {"阅读次数", "page-widget", NULL, true},
	{"点击次数", "page-widget", NULL, true}, {"点击数", "page-widget", NULL, true}, {"点击", "page-widget", NULL, false},
	{"浏览", "page-widget", NULL, false}, {"阅读", "page-widget", NULL, false}, {"字号", "page-widget", NULL, false},
	{"字体大小", "page-widget", NULL, false}, {"字体", "page-widget", NULL, false}, {"打印本页", "page-widget", NULL, true},
	{"打印", "page-widget", NULL, true}, {"关闭窗口", "page-widget", NULL, true}, {"关闭", "page-widget", NULL, true},
	{"收藏", "page-widget", NULL, true}, {"返回顶部", "page-widget", NULL, true}, {"分享到", "page-widget", NULL, true},
	{"分享", "page-widget", NULL, true}, {"保护视力色", "page-widget", NULL, false}, {"保存", "page-widget", NULL, true},
};

struct fact {
	const struct key *key;  /* NULL: a date without a key */
	size_t from, value, to; /* the key with its marks, its value */
	bool colon;
};

static size_t skip_blanks(struct str s, size_t at)
{
	size_t next = at;
	while (next < s.n && char_is_blank(utf8_next(s, &next)))
		at = next;
	return at;
}

/* Does white space of the source end here? The text of a paragraph has lost the blanks between Han and digits. */
static bool blank_before(const struct paras *ps, size_t para, size_t at)
{
	const struct para *p = para_get(ps, para);
	size_t off = para_source_off(ps, p, at);
	if (at == 0 || off == 0)
		return true;
	uint32_t c = utf8_prev(ps->plain->source, &off);
	return char_is_blank(c) || char_is_break(c);
}

/* The key's characters at byte `at`, blanks between them left out (索 引 号). Bytes behind it, 0 when it is not there. */
static size_t match_key(struct str s, size_t at, const char *text)
{
	struct str key = str_of(text);
	for (size_t i = 0; i < key.n;) {
		if (i > 0)
			at = skip_blanks(s, at);
		if (at >= s.n || utf8_next(s, &at) != utf8_next(key, &i))
			return 0;
	}
	return at;
}

/* What stands behind a key: closing bracket, colon. False when it is no key after all. */
static bool read_marks(const struct paras *ps, size_t para, size_t at, uint32_t open, struct fact *out)
{
	struct str s = para_str(ps, para_get(ps, para));
	size_t next = skip_blanks(s, at), mark = next;
	uint32_t c = next < s.n ? utf8_next(s, &next) : 0;
	bool closed = open && c == char_partner(open);
	if (closed) {
		at = next;
		mark = next = skip_blanks(s, at);
		c = next < s.n ? utf8_next(s, &next) : 0;
	}
	out->colon = c == ':' || c == 0xFF1A;
	out->value = out->colon ? next : at;
	if (out->colon || closed)
		return true;
	return !open && out->key->bare && (at >= s.n || (mark < s.n && blank_before(ps, para, mark)));
}

bool facts_open_line(struct str s)
{
	size_t at = 0;
	uint32_t c = s.n ? utf8_next(s, &at) : 0, open = c == 0x3010 || c == '[' || c == 0xFF3B ? c : 0;
	for (size_t i = 0; i < COUNT(keys); i++) {
		size_t end = match_key(s, open ? at : 0, keys[i].text), next = end ? skip_blanks(s, end) : 0, behind = next;
		if (!end)
			continue;
		c = behind < s.n ? utf8_next(s, &behind) : 0;
		if (c == ':' || c == 0xFF1A || (open && c == char_partner(open)) || (!open && keys[i].bare && (end >= s.n || next > end)))
			return true;
	}
	return false;
}

static bool key_at(const struct paras *ps, size_t para, size_t at, struct fact *out)
{
	struct str s = para_str(ps, para_get(ps, para));
	size_t start = at;
	uint32_t c = at < s.n ? utf8_next(s, &at) : 0, open = c == 0x3010 || c == '[' || c == 0xFF3B || c == 0x3014 ? c : 0;
	at = open ? skip_blanks(s, at) : start;
	for (size_t i = 0; i < COUNT(keys); i++) {
		size_t end = match_key(s, at, keys[i].text);
		*out = (struct fact){.key = &keys[i], .from = start, .to = s.n};
		if (end && read_marks(ps, para, end, open, out))
			return true;
	}
	return false;
}

/* May a key begin here? Behind a blank, a bracket, or at once behind a key without a value. */
static bool may_begin(const struct paras *ps, size_t para, size_t value, size_t at)
{
	struct str s = para_str(ps, para_get(ps, para));
	if (at == skip_blanks(s, value) || blank_before(ps, para, at))
		return true;
	size_t before = at;
	uint32_t last = utf8_prev(s, &before), c = chars_first(str_sub(s, at, s.n));
	return last == 0x3011 || last == ']' || last == '|' || last == 0xFF5C || c == 0x3010 || c == '[';
}

/* The fact at byte `at`; its value goes on to the next key. */
static bool fact_at(const struct paras *ps, size_t para, size_t at, struct fact *out)
{
	struct str s = para_str(ps, para_get(ps, para));
	struct fact next;
	struct date d;
	if (!key_at(ps, para, at, out)) {
		if (at > 0 || !date_read(s, at, &d) || !d.day)
			return false;
		*out = (struct fact){.from = at, .value = at, .to = s.n};
	}
	for (size_t i = out->value; i < s.n; utf8_next(s, &i))
		if (may_begin(ps, para, out->value, i) && key_at(ps, para, i, &next)) {
			out->to = i;
			break;
		}
	return true;
}

static bool has_value(struct str s, const struct fact *f)
{
	return chars_trim(str_sub(s, f->value, f->to)).n > 0;
}

static bool is_breadcrumb_mark(uint32_t c)
{
	return c == '>' || c == 0xFF1E || c == 0xBB || c == 0x203A || c == 0x2192 || c == 0x226B;
}

bool facts_is_breadcrumb(struct str s)
{
	int marks = 0;
	size_t chars = 0;
	for (size_t at = 0; at < s.n; chars++)
		marks += is_breadcrumb_mark(utf8_next(s, &at));
	return marks >= 2 && chars <= 2 * VALUE_CHARS && str_find(s, STR("。")) == SIZE_MAX;
}

enum facts_shape facts_shape(const struct paras *ps, size_t para)
{
	struct str s = para_str(ps, para_get(ps, para));
	struct fact f = {0};
	int n = 0;
	if (facts_is_breadcrumb(s) && !key_at(ps, para, 0, &f))
		return FACTS_WHOLE;
	for (size_t at = 0; at < s.n && fact_at(ps, para, at, &f); at = f.to)
		n++;
	if (!n || f.to < s.n || (n == 1 && !f.key))
		return FACTS_NOT;
	/* a sentence that begins like a key is none */
	if (utf8_count(str_sub(s, f.value, f.to)) > VALUE_CHARS && !facts_is_breadcrumb(s))
		return FACTS_NOT;
	bool waits = !has_value(s, &f) && f.key && (!f.colon || str_is(str_of(f.key->element), "breadcrumb")) &&
	             strcmp(f.key->element, "page-widget");
	return waits ? FACTS_OPEN : FACTS_WHOLE;
}

bool facts_is_value(const struct paras *ps, size_t para)
{
	struct str s = para_str(ps, para_get(ps, para));
	struct fact f;
	return utf8_count(s) <= VALUE_CHARS && str_find(s, STR("。")) == SIZE_MAX && (facts_is_breadcrumb(s) || !key_at(ps, para, 0, &f));
}

/* ---- writing ---- */

static int write_step(struct work *k, struct str s)
{
	write_inline(k->w, "step");
	write_text(k->w, s);
	write_close(k->w);
	return 1;
}

static void write_steps(struct work *k, struct str s)
{
	size_t from = 0;
	int steps = 0;
	for (size_t at = 0, before; at < s.n;) {
		before = at;
		if (!is_breadcrumb_mark(utf8_next(s, &at)))
			continue;
		struct str step = chars_trim(str_sub(s, from, before));
		steps += step.n ? write_step(k, step) : 0;
		write_text(k->w, str_sub(s, before, at));
		write_text(k->w, STR(" "));
		from = at;
	}
	struct str rest = chars_trim(str_sub(s, from, s.n));
	if (rest.n || !steps)
		write_step(k, rest);
}

/* A date that cannot be read is an entry like others. */
static bool is_date(struct str value, struct date *d)
{
	return date_read(value, 0, d) && d->possible;
}

static void write_fact_element(struct work *k, const struct key *key, struct str label, struct str value)
{
	struct date d;
	const char *element = key ? key->element : "date", *type = key ? key->type : "published";
	bool date = str_is(str_of(element), "date");
	if (date && !is_date(value, &d)) {
		element = "property";
		type = NULL;
		date = false;
	}
	write_open(k->w, element);
	if (type)
		write_fact(k->w, "type", str_of(type));
	if (date) {
		char iso[16];
		date_iso(&d, iso);
		write_fact(k->w, "when", str_of(iso));
	}
	if (label.n)
		write_mark(k->w, "label", label);
	if (str_is(str_of(element), "breadcrumb"))
		write_steps(k, value);
	else
		write_text(k->w, value);
	write_close(k->w);
}

void facts_write(struct work *k, size_t para, size_t value)
{
	struct str s = work_str(k, para);
	struct fact f;
	if (facts_is_breadcrumb(s) && !key_at(k->ps, para, 0, &f)) {
		write_open(k->w, "breadcrumb");
		write_steps(k, s);
		write_close(k->w);
		return;
	}
	for (size_t at = 0; at < s.n && fact_at(k->ps, para, at, &f); at = f.to) {
		bool last = f.to >= s.n && value != SIZE_MAX;
		struct str text = last ? work_str(k, value) : chars_trim(str_sub(s, f.value, f.to));
		if (!text.n)
			work_note(k, DIAG_IMPORT_EMPTY_FACT, para, f.from, chars_trim(str_sub(s, f.from, f.value)));
		write_fact_element(k, f.key, chars_trim(str_sub(s, f.from, f.value)), text);
	}
}
