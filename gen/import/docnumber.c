/* docnumber: see docnumber.h. The year in its brackets is found first; the code stands before it, the serial behind. */
#include "import/docnumber.h"

#include "import/chars.h"
#include "import/label.h"

enum { CODE_LEAST = 2, CODE_MOST = 8, RUN_MOST = 40 };

static int read_digits(struct str s, size_t *at, int most)
{
	int v = 0, n = 0;
	while (*at < s.n && char_is_digit((unsigned char)s.p[*at]) && n < most) {
		v = v * 10 + (s.p[(*at)++] - '0');
		n++;
	}
	return n ? v : -1;
}

static bool is_year_bracket(uint32_t open, uint32_t close)
{
	return close == char_partner(open) && (open == 0x3014 || open == 0xFF08 || open == '(' || open == '[' || open == 0xFF3B ||
	                                       open == 0x3010 || open == 0x3008);
}

/* （2031）8号 at byte `at`. */
static bool read_year(struct str s, size_t at, struct docnumber *out)
{
	uint32_t open = utf8_next(s, &at);
	if (!char_opens(open))
		return false;
	size_t digits = at;
	out->year = read_digits(s, &at, 4);
	if (at - digits != 4 || out->year < 1900 || at >= s.n || !is_year_bracket(open, utf8_next(s, &at)))
		return false;
	bool worded = str_starts(str_sub(s, at, s.n), STR("第"));
	at += worded ? 3 : 0;
	out->serial = read_digits(s, &at, 6);
	struct str rest = str_sub(s, at, s.n);
	if (out->serial <= 0 || !(str_starts(rest, STR("号")) || str_starts(rest, STR("號"))))
		return false;
	out->to = at + 3;
	out->standard = open == 0x3014 && !worded;
	return true;
}

/* The run of ideographs that ends at byte `end`, not before byte `least`. */
static size_t run_start(struct str s, size_t least, size_t end)
{
	size_t from = end;
	for (int n = 0; from > least && n < RUN_MOST; n++) {
		size_t before = from;
		if (!char_is_ideograph(utf8_prev(s, &before)))
			break;
		from = before;
	}
	return from;
}

/* The first characters of the run's name of a place. */
static struct str place_of(struct str s, size_t from, size_t end)
{
	size_t at = from;
	for (int n = 0; n < 3 && at < end; n++)
		utf8_next(s, &at);
	return str_sub(s, from, at);
}

/* Where the code begins in a run that holds the authority as well: 某某人民政府|某政干; `end` when it holds none. It follows a name
 * that ends as authorities do; the first that begins with a character of the place (示例市 … 示政干), else the shortest. */
static size_t split_run(struct str s, size_t from, size_t end)
{
	struct str place = place_of(s, from, end);
	size_t best = end;
	for (size_t at = from; at < end;) {
		size_t before = at, chars = utf8_count(str_sub(s, at, end));
		utf8_next(s, &at);
		if (chars < CODE_LEAST || chars > CODE_MOST || !label_is_authority(str_sub(s, from, before)))
			continue;
		best = before;
		if (str_find(place, str_sub(s, before, at)) != SIZE_MAX)
			break;
	}
	return best;
}

/* 印发示教办: words that lead in a number are not of its code. */
static size_t skip_verbs(struct str s, size_t from, size_t end)
{
	static const char *const verbs[] = {"印发", "下发", "发布", "公布", "转发", "出台", "制定", "根据", "依据", "按照", "遵照", "关于", "印發",
	                                    "下發", "發布", "轉發", "根據", "依據", "關於", "经", "以", "据", "和", "及", "与", "經", "據", "與"};
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		size_t to = from + strlen(verbs[i]);
		if (str_starts(str_sub(s, from, end), str_of(verbs[i])) && utf8_count(str_sub(s, to, end)) >= CODE_LEAST) {
			from = to;
			i = 0;
		}
	}
	return from;
}

static bool read_code(struct str s, size_t least, size_t year, struct docnumber *out)
{
	size_t from = run_start(s, least, year), split = year;
	bool alone = utf8_count(str_sub(s, from, year)) <= CODE_MOST;
	if (!from || !char_opens(chars_last(str_sub(s, 0, from))))
		split = split_run(s, from, year);
	out->from = skip_verbs(s, split < year ? split : alone ? from : year, year);
	out->code = str_sub(s, out->from, year);
	return utf8_count(out->code) >= CODE_LEAST;
}

static void find_shown(struct str s, struct docnumber *out)
{
	out->shown_from = out->from;
	out->shown_to = out->to;
	if (!out->from || out->to >= s.n)
		return;
	size_t open = out->from, close = out->to;
	uint32_t partner = char_partner(utf8_prev(s, &open));
	if (!partner || utf8_next(s, &close) != partner)
		return;
	out->shown_from = open;
	out->shown_to = close;
}

bool docnumber_find(struct str s, size_t at, struct docnumber *out)
{
	size_t least = at;
	while (at < s.n) {
		size_t before = at;
		*out = (struct docnumber){0};
		if (read_year(s, before, out) && read_code(s, least, before, out)) {
			find_shown(s, out);
			return true;
		}
		at = before;
		utf8_next(s, &at);
	}
	return false;
}
