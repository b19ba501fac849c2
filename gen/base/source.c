/* source: see source.h. A line ends at LF, CR LF or CR. */
#include "base/source.h"

#include <assert.h>

void source_open(struct source_table *t, struct arena *a)
{
	*t = (struct source_table){.arena = a};
}

uint32_t source_borrow(struct source_table *t, struct str name, struct str bytes)
{
	ARENA_GROW(t->arena, t->list, t->n, t->cap, 8);
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

void source_derive(struct source_table *t, uint32_t source, uint32_t original, const struct source_span *spans, size_t n)
{
	assert(original < source && source <= t->n);
	struct source *s = t->list[source - 1];
	s->original = original;
	s->spans = spans;
	s->n_spans = n;
}

/* ---- lines ---- */

/* Where a walk over the source stands. Marks are kept about every MARK_STEP bytes. */
struct source_mark {
	uint32_t off, line_start;
	uint32_t line, column; /* from 1; characters */
};

enum { MARK_STEP = 1024 };

/* Offset behind the line end at i, or 0 when there is none. */
static size_t behind_line_end(struct str s, size_t i)
{
	if (s.p[i] == '\n')
		return i + 1;
	if (s.p[i] != '\r')
		return 0;
	return i + 1 < s.n && s.p[i + 1] == '\n' ? i + 2 : i + 1;
}

/* Walk on to the last character that begins at or before `to`; a line end is the last character of its line. */
static void walk(struct str s, struct source_mark *m, size_t to)
{
	while (m->off < to && m->off < s.n) {
		size_t line = behind_line_end(s, m->off), next = line ? line : m->off + 1;
		if ((unsigned char)s.p[m->off] >= 0x80) {
			next = m->off;
			utf8_next(s, &next);
		}
		if (next > to)
			return;
		*m = line ? (struct source_mark){(uint32_t)next, (uint32_t)next, m->line + 1, 1}
		          : (struct source_mark){(uint32_t)next, m->line_start, m->line, m->column + 1};
	}
}

static void keep_mark(struct source_table *t, struct source *s, struct source_mark m)
{
	ARENA_GROW(t->arena, s->marks, s->n_marks, s->marks_cap, 16);
	s->marks[s->n_marks++] = m;
}

/* The last mark at or before off; marks are made up to there. */
static struct source_mark mark_before(struct source_table *t, struct source *s, size_t off)
{
	if (!s->n_marks) {
		uint32_t bom = str_starts(s->bytes, STR("\xEF\xBB\xBF")) ? 3 : 0; /* no column */
		keep_mark(t, s, (struct source_mark){bom, bom, 1, 1});
	}
	struct source_mark last = s->marks[s->n_marks - 1];
	while (last.off + MARK_STEP <= off && last.off < s->bytes.n) {
		walk(s->bytes, &last, last.off + MARK_STEP);
		keep_mark(t, s, last);
	}
	size_t low = 0, high = s->n_marks; /* marks[low] is at or before off, or the first */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		*(s->marks[middle].off <= off ? &low : &high) = middle;
	}
	return s->marks[low];
}

/* The line around an offset in it, both ends within SOURCE_AROUND bytes and no character cut. */
static struct str line_around(struct str s, size_t line_start, size_t off, size_t *at)
{
	size_t start = line_start, end = off;
	if (off - start > SOURCE_AROUND)
		for (start = off - SOURCE_AROUND; start < off && (s.p[start] & 0xC0) == 0x80;)
			start++;
	while (end < s.n && end - off < SOURCE_AROUND && !behind_line_end(s, end))
		end++;
	while (end > off && end < s.n && (s.p[end] & 0xC0) == 0x80)
		end--;
	*at = off - start;
	return str_sub(s, start, end);
}

/* The place in the original of a place of a source made from it: the text at it, else the text behind it, else the end. */
static size_t original_of(const struct source *s, size_t off)
{
	size_t low = 0, high = s->n_spans; /* spans before low begin at or before off */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->spans[middle].off <= off)
			low = middle + 1;
		else
			high = middle;
	}
	const struct source_span *before = low ? &s->spans[low - 1] : NULL;
	if (before && off - before->off < before->n)
		return before->from + (off - before->off);
	if (low < s->n_spans)
		return s->spans[low].from;
	return before ? before->from + before->n : 0;
}

bool source_place(const struct source_table *t, struct loc loc, struct place *out)
{
	const struct source *src = source_get(t, loc.source);
	size_t off = loc.off;
	uint32_t number = loc.source;
	if (!src)
		return false;
	for (; src->original; src = source_get(t, number)) {
		off = original_of(src, off);
		number = src->original;
	}
	if (off > src->bytes.n)
		off = src->bytes.n;
	/* The index is a cache: what a caller sees does not change by it. */
	struct source_mark m = mark_before((struct source_table *)t, t->list[number - 1], off);
	walk(src->bytes, &m, off);
	*out = (struct place){.name = src->name, .line = m.line, .column = m.column, .derived = number != loc.source};
	out->text = line_around(src->bytes, m.line_start, m.off, &out->at);
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
		} else if (*cdata || at >= s.n || s.p[at] != '<') {
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
	if (s.p[*at] != '&')
		return utf8_next(s, at);
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

static void start(struct source_text *r, size_t from)
{
	const struct str open = STR("<![CDATA[");
	r->from = r->at = from;
	r->i = 0;
	r->cdata = from >= open.n && has(r->source, from - open.n, open.p);
}

/* Where byte `end` of the text stands when its characters stand in the source from r->from on; SIZE_MAX when they do not. */
static size_t find_char(struct source_text *r, size_t end)
{
	const struct str s = r->source, text = r->text;
	for (;;) {
		while (r->i < text.n && is_blank(text.p[r->i]))
			r->i++;
		r->at = skip(s, r->at, &r->cdata);
		if (r->i >= text.n && r->i >= end)
			return r->at;
		if (r->i >= text.n || r->at >= s.n || (s.p[r->at] == '<' && !r->cdata))
			return SIZE_MAX;
		size_t at = r->at, i = r->i;
		if ((r->cdata ? utf8_next(s, &at) : next_char(s, &at)) != utf8_next(text, &i))
			return SIZE_MAX;
		if (r->i >= end)
			return r->at;
		r->at = at;
		r->i = i;
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

void source_text_open(struct source_text *r, const struct source_table *t, struct loc loc, struct str text)
{
	const struct source *src = source_get(t, loc.source);
	*r = (struct source_text){.text = text, .loc = loc, .tried = 2};
	if (!src || loc.off > src->bytes.n)
		return;
	r->source = src->bytes;
	r->tried = 0;
	start(r, loc.off);
}

struct loc source_text_at(struct source_text *r, size_t at)
{
	if (at < r->i && r->tried < 2)
		start(r, r->from);
	while (r->tried < 2) {
		size_t found = find_char(r, at);
		if (found != SIZE_MAX)
			return loc_at(r->loc.source, found);
		size_t value = r->tried == 0 ? attribute_value(r->source, r->loc.off) : SIZE_MAX;
		r->tried = value != SIZE_MAX ? 1 : 2;
		if (value != SIZE_MAX)
			start(r, value);
	}
	return r->loc;
}

struct loc source_text_loc(const struct source_table *t, struct loc loc, struct str text, size_t at)
{
	struct source_text r;
	source_text_open(&r, t, loc, text);
	return source_text_at(&r, at);
}
