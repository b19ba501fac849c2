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
