/* faults_words: remarks that need the words of a text: a character written twice, a name spelt in two ways, Simplified forms in
 * Traditional text. Takes: paragraphs. Gives: notes (A16 A17 A18 of the list of ambiguities); nothing is changed. There is no
 * dictionary: what the text itself says often is the measure, so much is missed. */
#include "base/map.h"
#include "import/chars.h"
#include "import/kinds.h"
#include "import/words.h"

enum { OFTEN = 3, NAME_OFTEN = 3, NAME_RARE = 2, SIDE = 2, TRIES = 500, REACH = 1 << 19 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* ---- A16: 卫生计计生局 ---- */

/* Up to two ideographs before byte `at`, or behind it. */
static struct str ideographs(struct str s, size_t at, bool before)
{
	size_t from = at, to = at;
	for (int n = 0; n < SIDE; n++) {
		size_t next = before ? from : to;
		if (before ? next == 0 : next >= s.n)
			break;
		uint32_t c = before ? utf8_prev(s, &next) : utf8_next(s, &next);
		if (!char_is_ideograph(c))
			break;
		*(before ? &from : &to) = next;
	}
	return str_sub(s, from, to);
}

static bool occurs_often(struct str text, struct str what)
{
	int n = 0;
	for (size_t at = 0, found; n < OFTEN && (found = str_find(str_sub(text, at, text.n), what)) != SIZE_MAX; n++)
		at += found + what.n;
	return n == OFTEN;
}

/* The text says often what stands here when one of the two is taken away. 局局长 is no fault. */
static bool is_doubled(struct arena *a, struct str text, struct str s, size_t first, size_t second, size_t end)
{
	struct str left = ideographs(s, first, true), right = ideographs(s, end, false);
	if (!left.n || !right.n || str_starts(right, STR("长")) || str_starts(right, STR("長")) || str_starts(right, STR("主任")))
		return false;
	struct str once = str_of(arena_printf(a, "%.*s%.*s%.*s", STR_ARG(left), (int)(second - first), s.p + first, STR_ARG(right)));
	return utf8_count(once) >= 4 && occurs_often(text, once);
}

static void check_doubled(struct work *k, struct str text, size_t para, int *tries)
{
	struct str s = work_str(k, para);
	uint32_t last = 0;
	for (size_t at = 0, before, first = 0; at < s.n; first = before) {
		before = at;
		uint32_t c = utf8_next(s, &at);
		if (c == last && char_is_ideograph(c) && ++*tries <= TRIES && is_doubled(k->arena, text, s, first, before, at))
			work_note(k, DIAG_IMPORT_DOUBLED, para, before, words_around(s, before, 3, 3));
		last = c;
	}
}

/* ---- A17: 方某 and 方谋, both 副市长 ---- */

struct spelling {
	struct str post, name;
	size_t para, at;
	int count;
};

struct spellings {
	struct work *k;
	struct map map; /* post and name -> struct spelling */
};

static void add_name(struct spellings *all, struct str post, struct str name, size_t para, size_t at)
{
	struct str key = str_of(arena_printf(all->k->arena, "%.*s %.*s", STR_ARG(post), STR_ARG(name)));
	struct spelling *found = map_get(&all->map, key);
	if (!found) {
		found = ARENA_NEW(all->k->arena, struct spelling);
		*found = (struct spelling){post, name, para, at, 0};
		map_set(&all->map, key, found);
	}
	found->count++;
}

/* Two ideographs with a mark, or the paragraph's end, on their far side: a name of two characters. */
static void take_name(struct spellings *all, struct str post, size_t para, size_t at, bool before)
{
	struct str s = work_str(all->k, para), name = ideographs(s, at, before);
	size_t from = (size_t)(name.p - s.p), to = from + name.n;
	if (utf8_count(name) != 2)
		return;
	bool edge = before ? from == 0 : to >= s.n;
	if (!edge) {
		uint32_t c = before ? utf8_prev(s, &from) : utf8_next(s, &to);
		edge = !char_is_ideograph(c);
	}
	if (edge)
		add_name(all, post, name, para, (size_t)(name.p - s.p));
}

static void find_names(struct spellings *all, size_t para)
{
	static const char *const posts[] = {"副市长", "市长", "副局长", "局长", "副书记", "书记", "副主任", "主任", "秘书长", "院长", "处长", "科长",
	                                    "副县长", "县长", "副市長", "市長", "副局長", "局長", "副書記", "書記", "秘書長", "院長", "處長", "科長"};
	struct str s = work_str(all->k, para);
	for (size_t at = 0; at < s.n; utf8_next(s, &at))
		for (size_t i = 0; i < COUNT(posts); i++) {
			struct str post = str_of(posts[i]);
			if (!str_starts(str_sub(s, at, s.n), post))
				continue;
			take_name(all, post, para, at, true);
			take_name(all, post, para, at + post.n, false);
			at += post.n - 3;
			break;
		}
}

static bool same_first(struct str a, struct str b)
{
	return chars_first(a) == chars_first(b) && !str_eq(a, b);
}

static void compare_names(struct spellings *all)
{
	for (size_t i = 0; i < all->map.n && i < TRIES; i++) {
		const struct spelling *rare = all->map.entries[i].value;
		for (size_t n = 0; rare->count <= NAME_RARE && n < all->map.n && n < TRIES; n++) {
			const struct spelling *often = all->map.entries[n].value;
			if (often->count < NAME_OFTEN || !str_eq(often->post, rare->post) || !same_first(often->name, rare->name))
				continue;
			work_note(all->k, DIAG_IMPORT_SPELLING, rare->para, rare->at,
			          str_of(arena_printf(all->k->arena, "%.*s／%.*s", STR_ARG(rare->name), STR_ARG(often->name))));
		}
	}
}

/* ---- A18: Simplified forms in Traditional text ---- */

static void check_script(struct work *k, size_t para)
{
	static const char *const words[] = {
		"示范", "模范", "規范", "防范", "典范", "范圍", "范例", "關于", "對于", "由于", "屬于", "勇于", "善于", "敢于", "終于", "基于", "等于",
		"位于", "處于", "至于", "便于", "利于", "在于", "用于", "鑒于", "限于", "低于", "高于", "大于", "小于", "干部", "骨干", "干群", "以后",
		"之后", "今后", "后續", "后備", "里面", "這里", "那里", "征求", "象征", "特征", "制造", "准備", "旅游", "游客", "采取", "采購", "采集",
		"采訪", "采用", "沖鋒", "復雜", "志愿", "云計算", "台風", "松綁", "布置", "占有", "凶手",
	};
	static const char simplified[] = "发务会国区业关进动员学习长东车为产书专们对实应开总报标检测现组织经规计认议设证诊调护转";
	struct str s = work_str(k, para);
	for (size_t at = 0, before; at < s.n;) {
		size_t found = 0;
		before = at;
		if (!char_is_ideograph(utf8_next(s, &at)))
			continue;
		for (size_t i = 0; i < COUNT(words) && !found; i++)
			if (str_starts(str_sub(s, before, s.n), str_of(words[i])))
				found = strlen(words[i]);
		if (!found && str_find(STR(simplified), str_sub(s, before, at)) != SIZE_MAX)
			found = at - before;
		if (found)
			work_note(k, DIAG_IMPORT_SCRIPT, para, before, str_sub(s, before, before + found));
		at = found ? before + found : at;
	}
}

/* ---- all ---- */

void faults_words_note(struct work *k)
{
	struct str text = str_sub(buf_view(&k->ps->text), 0, REACH);
	bool traditional = str_starts(str_of(part_language(text)), STR("zh-Hant"));
	struct spellings all = {.k = k};
	int tries = 0;
	map_open(&all.map, k->arena);
	for (size_t i = 0; i < k->ps->n; i++) {
		check_doubled(k, text, i, &tries);
		find_names(&all, i);
		if (traditional)
			check_script(k, i);
	}
	compare_names(&all);
}
