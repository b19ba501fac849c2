/* source: see source.h. A line ends at LF, CR LF or CR. Lines are found by scanning from the start:
 * only places that are printed are looked up. */
#include "base/source.h"

void source_open(struct source_table *t, struct arena *a)
{
	*t = (struct source_table){.arena = a};
}

uint32_t source_borrow(struct source_table *t, struct str name, struct str bytes)
{
	if (t->n == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 8;
		struct source **list = ARENA_ARRAY(t->arena, cap, struct source *);
		if (t->n)
			memcpy(list, t->list, t->n * sizeof *list);
		t->list = list;
		t->cap = cap;
	}
	struct source *s = ARENA_NEW(t->arena, struct source);
	s->name = arena_str(t->arena, name);
	s->bytes = bytes;
	t->list[t->n++] = s;
	return (uint32_t)t->n;
}

uint32_t source_add(struct source_table *t, struct str name, struct str bytes)
{
	return source_borrow(t, name, arena_str(t->arena, bytes));
}

const struct source *source_get(const struct source_table *t, uint32_t source)
{
	return source >= 1 && source <= t->n ? t->list[source - 1] : NULL;
}

/* Offset behind the line end at i, or 0 when there is none. */
static size_t behind_line_end(struct str s, size_t i)
{
	if (s.p[i] == '\n')
		return i + 1;
	if (s.p[i] != '\r')
		return 0;
	return i + 1 < s.n && s.p[i + 1] == '\n' ? i + 2 : i + 1;
}

bool source_place(const struct source_table *t, struct loc loc, struct place *out)
{
	const struct source *src = source_get(t, loc.source);
	if (!src)
		return false;
	struct str s = src->bytes;
	size_t off = loc.off < s.n ? loc.off : s.n;
	size_t start = str_starts(s, STR("\xEF\xBB\xBF")) ? 3 : 0; /* a BOM is no column */
	size_t end = start, line = 1;
	for (; end < s.n; end++) {
		size_t next = behind_line_end(s, end);
		if (!next)
			continue;
		if (next > off)
			break;
		start = next;
		end = next - 1;
		line++;
	}
	struct str text = str_sub(s, start, end);
	size_t at = off > start ? off - start : 0;
	if (at > text.n)
		at = text.n;
	size_t column = 1, i = 0;
	while (i < at) {
		size_t next = i;
		utf8_next(text, &next);
		if (next > at) /* inside a character: its start */
			break;
		i = next;
		column++;
	}
	*out = (struct place){src->name, line, column, text, i};
	return true;
}

/* ---- a character of a text ---- */

static bool has(struct str s, size_t at, const char *words)
{
	return at <= s.n && str_starts(str_sub(s, at, s.n), str_of(words));
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t behind(struct str s, size_t at, const char *words)
{
	size_t found = str_find(str_sub(s, at, s.n), str_of(words));
	return found == SIZE_MAX ? s.n : at + found + strlen(words);
}

/* Over white space, comments, processing instructions and the borders of CDATA. */
static size_t skip(struct str s, size_t at, bool *cdata)
{
	for (;;) {
		if (at < s.n && is_blank(s.p[at])) {
			at++;
		} else if (*cdata && has(s, at, "]]>")) {
			at += strlen("]]>");
			*cdata = false;
		} else if (*cdata) {
			return at;
		} else if (has(s, at, "<!--")) {
			at = behind(s, at, "-->");
		} else if (has(s, at, "<?")) {
			at = behind(s, at, "?>");
		} else if (has(s, at, "<![CDATA[")) {
			at += strlen("<![CDATA[");
			*cdata = true;
		} else {
			return at;
		}
	}
}

/* "&#x4e00;", "&#19968;": the number; 0 when it is none. */
static uint32_t number_of(struct str digits)
{
	bool hex = digits.n && (digits.p[0] | 32) == 'x';
	uint32_t cp = 0;
	for (size_t i = hex; i < digits.n && i < 10; i++) {
		int c = digits.p[i], letter = (c | 32) - 'a';
		int digit = c >= '0' && c <= '9' ? c - '0' : hex && letter >= 0 && letter < 6 ? letter + 10 : -1;
		if (digit < 0)
			return 0;
		cp = cp * (hex ? 16 : 10) + (uint32_t)digit;
	}
	return cp;
}

/* The character at *at, moving *at behind it, outside of CDATA. */
static uint32_t next_char(struct str s, size_t *at)
{
	static const struct {
		const char *name;
		char c;
	} names[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (has(s, *at, names[i].name)) {
			*at += strlen(names[i].name);
			return (uint32_t)names[i].c;
		}
	size_t end = has(s, *at, "&#") ? behind(s, *at, ";") : 0;
	uint32_t cp = end ? number_of(str_sub(s, *at + 2, end - 1)) : 0;
	if (cp) {
		*at = end;
		return cp;
	}
	return utf8_next(s, at);
}

/* Where byte `end` of the text stands when its characters stand in s from at on; SIZE_MAX when they do not. */
static size_t find_char(struct str s, size_t at, struct str text, size_t end)
{
	const struct str open = STR("<![CDATA[");
	bool cdata = at >= open.n && has(s, at - open.n, open.p);
	size_t i = 0;
	for (;;) {
		while (i < text.n && is_blank(text.p[i]))
			i++;
		at = skip(s, at, &cdata);
		if (i >= text.n && i >= end)
			return at;
		if (i >= text.n || at >= s.n || (s.p[at] == '<' && !cdata))
			return SIZE_MAX;
		size_t here = at, from = i;
		if ((cdata ? utf8_next(s, &at) : next_char(s, &at)) != utf8_next(text, &i))
			return SIZE_MAX;
		if (from >= end)
			return here;
	}
}

/* Behind the opening quote of the attribute whose name stands at at; SIZE_MAX when there is none. */
static size_t attribute_value(struct str s, size_t at)
{
	while (at < s.n && !is_blank(s.p[at]) && !strchr("=<>\"'/", s.p[at]))
		at++;
	while (at < s.n && is_blank(s.p[at]))
		at++;
	if (!has(s, at, "="))
		return SIZE_MAX;
	for (at++; at < s.n && is_blank(s.p[at]);)
		at++;
	return has(s, at, "\"") || has(s, at, "'") ? at + 1 : SIZE_MAX;
}

struct loc source_text_loc(const struct source_table *t, struct loc loc, struct str text, size_t at)
{
	const struct source *src = source_get(t, loc.source);
	if (!src || loc.off > src->bytes.n)
		return loc;
	size_t found = find_char(src->bytes, loc.off, text, at);
	size_t value = found == SIZE_MAX ? attribute_value(src->bytes, loc.off) : SIZE_MAX;
	if (value != SIZE_MAX)
		found = find_char(src->bytes, value, text, at);
	return found == SIZE_MAX ? loc : loc_at(loc.source, found);
}
