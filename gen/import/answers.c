/* answers: see answers.h. */
#include "import/answers.h"

#include <stdio.h>
#include <stdlib.h>

#include "import/chars.h"
#include "import/choice.h"

struct reader {
	struct diag_list *d;
	struct arena *arena;
	struct answers *out;
	struct str text;
	bool good;
};

static void complain(struct reader *r, enum diag_code code, struct str at, const char *about, const char *more)
{
	struct diag *m = diag_add(r->d, code, loc_at(r->out->src, (size_t)(at.p - r->text.p)), about, more, NULL);
	m->length = (uint32_t)at.n;
	r->good = false;
}

/* ---- one line ---- */

static struct str take_word(struct str *rest)
{
	size_t from = 0, to;
	while (from < rest->n && char_is_blank(utf8_next(*rest, &(size_t){from})))
		utf8_next(*rest, &from);
	for (to = from; to < rest->n && !char_is_blank(utf8_next(*rest, &(size_t){to}));)
		utf8_next(*rest, &to);
	struct str word = str_sub(*rest, from, to);
	*rest = str_sub(*rest, to, rest->n);
	return word;
}

static bool take_number(struct str s, size_t *at, uint32_t *out)
{
	size_t from = *at;
	*out = 0;
	while (*at < s.n && char_is_digit((unsigned char)s.p[*at]) && *at - from < 9)
		*out = 10 * *out + (uint32_t)(s.p[(*at)++] - '0');
	return *out > 0;
}

static bool read_place(struct str word, struct answer *out)
{
	size_t at = 0;
	if (!take_number(word, &at, &out->line))
		return false;
	out->column = 0;
	if (at < word.n && word.p[at] == ':') {
		at++;
		if (!take_number(word, &at, &out->column))
			return false;
	}
	return at == word.n;
}

/* A04 …: the sentence of a report. */
static bool is_sentence(struct str word)
{
	return word.n == 3 && word.p[0] == 'A' && char_is_digit((unsigned char)word.p[1]) && char_is_digit((unsigned char)word.p[2]);
}

static const char *possible(struct reader *r, enum diag_code code)
{
	struct buf both = {0};
	buf_char(&both, 0x1f);
	choice_put_others(code, CHOICE_NONE, LANG_ZH, &both);
	buf_char(&both, 0x1f);
	choice_put_others(code, CHOICE_NONE, LANG_EN, &both);
	const char *out = arena_copy(r->arena, both.p, both.n);
	buf_free(&both);
	return out;
}

/* # 或：… names the other choices, without this one. */
static bool is_untouched(struct str others, struct str choice)
{
	bool listed = str_find(others, STR("或：")) != SIZE_MAX || str_find(others, STR("or: ")) != SIZE_MAX;
	bool answered = str_find(others, STR("已答")) != SIZE_MAX || str_find(others, STR("answered")) != SIZE_MAX;
	bool year = char_is_digit((unsigned char)choice.p[0]); /* any year but this */
	return listed && !answered && (str_find(others, choice) != SIZE_MAX) == year;
}

static void read_line(struct reader *r, struct str line)
{
	size_t hash = str_find(line, STR("#"));
	struct str rest = str_sub(line, 0, hash), comment = hash < line.n ? str_sub(line, hash, line.n) : (struct str){0};
	struct str place = take_word(&rest), word = take_word(&rest), choice = take_word(&rest), more = take_word(&rest);
	struct answer a = {.off = (uint32_t)(place.p - r->text.p)};
	if (!place.n || str_is(place, "dropped") || str_is(place, "changed") || is_sentence(choice))
		return;
	if (!read_place(place, &a) || !choice.n || more.n) {
		complain(r, DIAG_ANSWER_LINE, chars_trim(line), "", NULL);
		return;
	}
	int code = diag_find(word);
	a.code = code < 0 ? DIAG_COUNT : (enum diag_code)code;
	if (code < 0 || !choice_offered(a.code)) {
		complain(r, DIAG_ANSWER_CODE, word, arena_copy(r->arena, word.p, word.n),
		         code < 0 || diag_severity_of(a.code) != SEVERITY_DECISION ? DIAG_TWO("没有这样的决定", "there is no such decision")
		                                                                   : DIAG_TWO("这种决定没有别的选择", "it leaves no choice"));
		return;
	}
	a.choice = choice_find(a.code, choice);
	size_t sample = str_find(comment, STR("「"));
	a.untouched = is_untouched(str_sub(comment, 0, sample), choice);
	a.sample = sample == SIZE_MAX ? (struct str){0} : chars_trim(str_sub(comment, sample, comment.n));
	if (a.choice == CHOICE_NONE)
		complain(r, DIAG_ANSWER_CHOICE, choice, arena_copy(r->arena, choice.p, choice.n), possible(r, a.code));
	else
		r->out->list[r->out->n++] = a;
}

/* ---- the file ---- */

static int by_line(const void *x, const void *y)
{
	const struct answer *a = x, *b = y;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->code != b->code)
		return a->code < b->code ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return a->off < b->off ? -1 : a->off > b->off;
}

/* One answer for a place: said again it is nothing new, said otherwise it is refused. */
static void join_equal(struct reader *r)
{
	struct answers *all = r->out;
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct answer *a = &all->list[i], *b = n ? &all->list[n - 1] : NULL;
		if (!b || a->line != b->line || a->code != b->code || a->column != b->column)
			all->list[n++] = *a;
		else if (a->choice != b->choice)
			complain(r, DIAG_ANSWER_TWICE, str_sub(r->text, a->off, a->off + 1), diag_word(a->code), NULL);
	}
	all->n = n;
}

bool answers_read(struct diag_list *d, struct arena *a, const struct source_table *sources, uint32_t src, struct answers *out)
{
	struct reader r = {d, a, out, source_get(sources, src)->bytes, true};
	size_t lines = 1, bad = utf8_bad(r.text);
	*out = (struct answers){.src = src};
	if (bad != SIZE_MAX) {
		diag_add(d, DIAG_ANSWER_LINE, loc_at(src, bad), "", NULL);
		return false;
	}
	for (size_t i = 0; i < r.text.n; i++)
		lines += r.text.p[i] == '\n' || r.text.p[i] == '\r';
	out->list = ARENA_ARRAY(a, lines, struct answer);
	for (size_t at = str_starts(r.text, STR("\xEF\xBB\xBF")) ? 3 : 0, end; at < r.text.n; at = end + 1) {
		for (end = at; end < r.text.n && r.text.p[end] != '\n' && r.text.p[end] != '\r'; end++)
			;
		read_line(&r, str_sub(r.text, at, end));
	}
	if (out->n)
		qsort(out->list, out->n, sizeof *out->list, by_line);
	join_equal(&r);
	return r.good;
}

struct answer *answers_find(const struct answers *all, uint32_t line, enum diag_code code)
{
	size_t low = 0, high = all->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct answer *a = &all->list[middle];
		if (a->line < line || (a->line == line && a->code < code))
			low = middle + 1;
		else
			high = middle;
	}
	return low < all->n && all->list[low].line == line && all->list[low].code == code ? &all->list[low] : NULL;
}

bool answer_is_idle(const struct answer *a, enum diag_code *code)
{
	*code = a->changed ? DIAG_ANSWER_CHANGED : DIAG_ANSWER_UNUSED;
	return !a->used && !a->untouched;
}

void answers_check(struct diag_list *d, const struct answers *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct answer *a = &all->list[i];
		enum diag_code code;
		char line[16];
		snprintf(line, sizeof line, "%u", a->line);
		if (answer_is_idle(a, &code))
			diag_add(d, code, loc_at(all->src, a->off), line, diag_word(a->code), NULL);
	}
}
