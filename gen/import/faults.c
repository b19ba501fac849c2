/* faults: remarks about the content of a text: brackets, marks, numbers, strays. Nothing is changed.
 * Takes: paragraphs. Gives: notes (A12 A13 A15 A16 A17 A28 of the list of ambiguities). Best effort: rules that need
 * knowledge of the language only look at what can be seen from characters. */
#include "import/chars.h"
#include "import/kinds.h"
#include "import/words.h"

enum { NESTING = 16, RANGES = 64 };

struct at {
	struct work *k;
	size_t para;
	struct str s;
};

static void note(const struct at *p, enum diag_code code, size_t from, size_t to)
{
	work_note(p->k, code, p->para, from, str_sub(p->s, from, to));
}

/* A12: brackets and quotes that have no partner, or one of the other width. */
static void check_pairs(const struct at *p)
{
	struct {
		uint32_t close;
		size_t at;
	} open[NESTING];
	int n = 0;
	for (size_t at = p->para ? 0 : 0, before; at < p->s.n;) {
		before = at;
		uint32_t c = utf8_next(p->s, &at);
		bool round = c == ')' || c == 0xFF09;
		if (char_opens(c)) {
			if (n == NESTING)
				return;
			open[n].close = char_partner(c);
			open[n++].at = before;
		} else if (char_closes(c)) {
			bool other_width = round && n && (open[n - 1].close == ')' || open[n - 1].close == 0xFF09);
			if (n && (open[n - 1].close == c || other_width)) {
				if (open[n - 1].close != c)
					note(p, DIAG_IMPORT_PAIR_WIDTH, open[n - 1].at, at);
				n--;
			} else if (!(round && before <= 4 && para_get(p->k->ps, p->para)->marker.kind == MARKER_DIGIT_CLOSE)) {
				work_note(p->k, DIAG_IMPORT_UNPAIRED, p->para, before, words_around(p->s, before, 4, 3));
			}
		}
	}
	while (n-- > 0)
		work_note(p->k, DIAG_IMPORT_UNPAIRED, p->para, open[n].at, words_around(p->s, open[n].at, 3, 5));
}

/* A13: half-width marks in Chinese text. */
static void check_half_width(const struct at *p)
{
	uint32_t last = 0;
	for (size_t at = 0, before; at < p->s.n;) {
		before = at;
		uint32_t c = utf8_next(p->s, &at);
		bool mark = c == ',' || c == ':' || c == ';' || c == '!' || c == '?' || c == '(' || c == ')';
		size_t next = at;
		uint32_t right = at < p->s.n ? utf8_next(p->s, &next) : 0;
		bool clock = c == ':' && char_is_digit(last) && char_is_digit(right);
		if (mark && !clock && (char_is_wide(last) || char_is_wide(right)))
			work_note(p->k, DIAG_IMPORT_HALF_WIDTH, p->para, before, words_around(p->s, before, 3, 4));
		last = c;
	}
}

/* A15: numbers with two points; a blank before %. */
static void check_numbers(const struct at *p)
{
	struct str s = p->s;
	for (size_t i = 0; i < s.n; i++) {
		size_t from = i;
		int points = 0;
		if (!char_is_digit((unsigned char)s.p[i]))
			continue;
		while (i < s.n && (char_is_digit((unsigned char)s.p[i]) ||
		                   (s.p[i] == '.' && i + 1 < s.n && char_is_digit((unsigned char)s.p[i + 1])))) {
			points += s.p[i] == '.';
			i++;
		}
		if (points == 2 && !(i - from >= 8 && s.p[from + 4 < i ? from + 4 : from] == '.')) /* 2031.5.29 is a date */
			note(p, DIAG_IMPORT_NUMBER, from, i);
		if (i + 1 < s.n && s.p[i] == ' ' && s.p[i + 1] == '%')
			note(p, DIAG_IMPORT_NUMBER, from, i + 2);
		if (i < s.n)
			i--;
	}
}

/* A16: a short Latin word in small letters between ideographs. */
static void check_strays(const struct at *p)
{
	static const char *const units[] = {"km", "kg", "cm", "mm", "m", "g", "mg", "ml", "t", "h", "kw", "x", "pm"};
	struct str s = p->s;
	uint32_t last = 0;
	for (size_t at = 0, before; at < s.n;) {
		before = at;
		uint32_t c = utf8_next(s, &at);
		if (!(c >= 'a' && c <= 'z') || !char_is_ideograph(last)) {
			last = c;
			continue;
		}
		while (at < s.n && s.p[at] >= 'a' && s.p[at] <= 'z')
			at++;
		size_t next = at;
		bool unit = at - before > 3;
		for (size_t i = 0; i < sizeof units / sizeof *units; i++)
			unit |= str_is(str_sub(s, before, at), units[i]);
		if (!unit && at < s.n && char_is_ideograph(utf8_next(s, &next)))
			work_note(p->k, DIAG_IMPORT_STRAY, p->para, before, words_around(s, before, 2, 5));
		last = 'a';
	}
}

/* A28: private use, compatibility ideographs, characters beyond the basic plane. */
static void check_characters(const struct at *p)
{
	for (size_t at = 0, before; at < p->s.n;) {
		before = at;
		uint32_t c = utf8_next(p->s, &at);
		bool private_use = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
		if (private_use || (c >= 0xF900 && c <= 0xFAFF) || c == 0xFFFD)
			note(p, DIAG_IMPORT_PRIVATE, before, at);
		else if (c >= 0x10000)
			note(p, DIAG_IMPORT_RARE, before, at);
	}
}

/* Hyphens in Chinese text: 1-2, 2031-2033, 全-专科: kept; the same range of years with and without 年 is a remark. */
struct ranges {
	struct str text[RANGES];
	bool with_unit[RANGES];
	int n;
};

static void note_range(const struct at *p, struct ranges *all, size_t from, size_t to)
{
	struct str range = str_sub(p->s, from, to);
	bool with_unit = str_starts(str_sub(p->s, to, p->s.n), STR("年"));
	for (int i = 0; i < all->n; i++) {
		if (!str_eq(all->text[i], range))
			continue;
		if (all->with_unit[i] != with_unit)
			note(p, DIAG_IMPORT_VARIANT, from, to + (with_unit ? 3 : 0));
		return;
	}
	if (all->n < RANGES) {
		all->text[all->n] = range;
		all->with_unit[all->n++] = with_unit;
	}
}

static bool is_hyphen_side(uint32_t c)
{
	return char_is_digit(c) || char_is_ideograph(c);
}

static void check_hyphens(const struct at *p, struct ranges *all)
{
	struct str s = p->s;
	uint32_t last = 0;
	for (size_t at = 0, before; at < s.n;) {
		before = at;
		uint32_t c = utf8_next(s, &at);
		size_t next = at;
		if (c == '-' && is_hyphen_side(last) && at < s.n && is_hyphen_side(utf8_next(s, &next))) {
			size_t from = before, to = at;
			while (from > 0 && char_is_digit((unsigned char)s.p[from - 1]))
				from--;
			while (to < s.n && char_is_digit((unsigned char)s.p[to]))
				to++;
			struct str sample = to > at ? str_sub(s, from, to) : words_around(s, before, 1, 2);
			work_note(p->k, DIAG_IMPORT_HYPHEN, p->para, before, sample);
			if (before - from == 4 && to - at == 4)
				note_range(p, all, from, to);
		}
		last = c;
	}
}

void faults_note(struct work *k)
{
	struct ranges ranges = {.n = 0};
	for (size_t i = 0; i < k->ps->n; i++) {
		struct at p = {k, i, work_str(k, i)};
		check_pairs(&p);
		check_half_width(&p);
		check_numbers(&p);
		check_strays(&p);
		check_characters(&p);
		check_hyphens(&p, &ranges);
	}
	faults_words_note(k);
}
