/* label: see label.h. */
#include "import/label.h"

#include "import/chars.h"

struct word {
	const char *text;
	const char *role;
};

static const struct word duties[] = {
	{"负责", "responsible"}, {"责任", "responsible"}, {"主责", "responsible"}, {"承办", "responsible"},
	{"主办", "responsible"}, {"落实", "responsible"}, {"牵头", "lead"}, {"配合", "cooperating"},
	{"协办", "cooperating"}, {"协同", "cooperating"}, {"协助", "cooperating"}, {"参与", "cooperating"},
};
static const struct word bearers[] = {
	{"科室", NULL}, {"单位", NULL}, {"部门", NULL}, {"处室", NULL}, {"股室", NULL}, {"机构", NULL}, {"科", NULL},
	{"领导", "person"}, {"人", "person"},
};
static const struct word receivers[] = {
	{"抄送", "copy"}, {"抄报", "report"}, {"抄发", "copy"}, {"主送", "send"}, {"主报", "report"}, {"分送", "send"},
	{"发送", "send"}, {"报送", "report"}, {"发", "send"}, {"送", "send"}, {"报", "report"}, {"存", "file"},
};
static const struct word attachments[] = {{"附件", NULL}, {"附", NULL}};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const struct word *match(const struct word *list, size_t n, struct str s, size_t *at)
{
	for (size_t i = 0; i < n; i++) {
		struct str w = str_of(list[i].text);
		if (str_starts(str_sub(s, *at, s.n), w)) {
			*at += w.n;
			return &list[i];
		}
	}
	return NULL;
}

static void skip_blanks(struct str s, size_t *at)
{
	size_t next = *at;
	while (next < s.n && char_is_blank(utf8_next(s, &next)))
		*at = next;
}

static bool take_colon(struct str s, size_t *at)
{
	skip_blanks(s, at);
	if (*at >= s.n)
		return false;
	uint32_t c = utf8_next(s, at);
	return c == ':' || c == 0xFF1A;
}

static bool read_responsible(struct str s, size_t at, struct label *out)
{
	size_t start = at, next = at;
	uint32_t c = at < s.n ? utf8_next(s, &next) : 0;
	if (c == '(' || c == 0xFF08) {
		skip_blanks(s, &next);
		at = next;
	}
	const struct word *duty = match(duties, COUNT(duties), s, &at);
	if (!duty)
		return false;
	skip_blanks(s, &at);
	const struct word *bearer = match(bearers, COUNT(bearers), s, &at);
	if (!bearer || !take_colon(s, &at))
		return false;
	*out = (struct label){LABEL_RESPONSIBLE, duty->role, bearer->role != NULL, start, at};
	return true;
}

static bool read_listed(const struct word *list, size_t n, enum label_kind kind, struct str s, size_t at,
                        struct label *out)
{
	size_t start = at;
	const struct word *w = match(list, n, s, &at);
	if (!w || !take_colon(s, &at))
		return false;
	*out = (struct label){kind, w->role, false, start, at};
	return true;
}

bool label_read(struct str s, size_t at, struct label *out)
{
	return read_responsible(s, at, out) || read_listed(receivers, COUNT(receivers), LABEL_TO, s, at, out) ||
	       read_listed(attachments, COUNT(attachments), LABEL_ATTACHMENT, s, at, out);
}

/* A label may begin behind c. */
static bool separates(uint32_t c)
{
	return char_is_blank(c) || char_is_stop(c) || char_closes(c) || c == 0xFF0C || c == ',' || c == 0x3001;
}

bool label_find(struct str s, size_t at, struct label *out)
{
	bool may = true;
	while (at < s.n) {
		if (may && read_responsible(s, at, out))
			return true;
		size_t before = at;
		uint32_t c = utf8_next(s, &at);
		/* "（责任单位：" is found at its bracket, wherever the bracket stands. */
		may = separates(c);
		if (!may && (c == '(' || c == 0xFF08) && read_responsible(s, before, out))
			return true;
	}
	return false;
}

bool label_is_authority(struct str s)
{
	static const char *const ends[] = {
		"局", "委", "委员会", "会", "办公室", "办", "政府", "厅", "部", "院", "中心", "站", "所", "处", "科", "室", "社",
		"校", "学", "公司", "集团", "街道", "镇", "乡", "组", "党委", "支部", "总队", "支队", "大队", "馆", "园", "团", "行",
		"委員會", "會", "辦公室", "辦", "廳", "處", "鎮", "鄉", "組", "黨委", "總隊", "支隊", "大隊", "館", "園", "團", "集團", "學",
	};
	s = chars_trim(s);
	size_t at = 0;
	int n = 0;
	for (int depth = 0; at < s.n; n++) {
		uint32_t c = utf8_next(s, &at);
		depth += (c == 0xFF08 || c == '(') - (c == 0xFF09 || c == ')');
		bool fits = char_is_ideograph(c) || char_is_blank(c) || c == 0xB7 || c == 0x3001 || depth > 0 ||
		            c == 0xFF09 || c == ')';
		if (!fits || n > 40)
			return false;
	}
	if (chars_last(s) == 0xFF09 || chars_last(s) == ')')
		return n > 4;
	for (size_t i = 0; i < COUNT(ends); i++)
		if (n > 2 && str_ends(s, str_of(ends[i])))
			return true;
	return false;
}
