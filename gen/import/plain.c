/* plain: see plain.h. */
#include "import/plain.h"

#include "base/encoding.h"
#include "import/chars.h"

static bool refuse(struct diag_list *d, uint32_t src, struct str name, struct str s)
{
	if (s.n > PLAIN_LIMIT) {
		diag_add(d, DIAG_WORLD_TOO_LARGE, loc_at(src, 0), arena_copy(d->arena, name.p, name.n), "16777216", NULL);
		return true;
	}
	size_t bad = utf8_bad(s);
	const char *nul = s.n ? memchr(s.p, 0, s.n) : NULL;
	if (nul && (size_t)(nul - s.p) < bad) {
		const char *guess = encoding_guess_wide(d->arena, s);
		struct loc at = loc_at(src, guess ? 0 : (size_t)(nul - s.p));
		guess ? diag_add(d, DIAG_XML_ENCODING, at, "0x00", guess, NULL) : diag_add(d, DIAG_XML_NUL, at, NULL);
		return true;
	}
	if (bad == SIZE_MAX)
		return false;
	char byte[8] = "0x";
	byte[2] = "0123456789ABCDEF"[(unsigned char)s.p[bad] >> 4];
	byte[3] = "0123456789ABCDEF"[(unsigned char)s.p[bad] & 15];
	diag_add(d, DIAG_XML_ENCODING, loc_at(src, bad), byte, encoding_guess(d->arena, s, bad), NULL);
	return true;
}

/* How many controls there are, so that the copy is made only when it is needed. */
static size_t count_cuts(struct str s, size_t from)
{
	size_t n = 0;
	for (size_t at = from; at < s.n;)
		n += char_is_control(utf8_next(s, &at));
	return n;
}

static void cut_controls(struct arena *a, struct report *r, struct plain *p)
{
	struct str s = p->source;
	size_t start = str_starts(s, STR("\xEF\xBB\xBF")) ? 3 : 0, n = count_cuts(s, start);
	p->cuts = ARENA_ARRAY(a, n + 1, struct plain_cut);
	p->cuts[p->n_cuts++] = (struct plain_cut){0, (uint32_t)start};
	p->text = str_sub(s, start, s.n);
	if (!n)
		return;
	char *copy = arena_alloc(a, s.n), *to = copy;
	for (size_t at = start, before; at < s.n;) {
		before = at;
		if (!char_is_control(utf8_next(s, &at))) {
			memcpy(to, s.p + before, at - before);
			to += at - before;
			continue;
		}
		report_drop(r, DIAG_IMPORT_CONTROL, before, at - before);
		report_note(r, DIAG_IMPORT_CONTROL, before, (struct str){0});
		p->cuts[p->n_cuts++] = (struct plain_cut){(uint32_t)(to - copy), (uint32_t)(at - (size_t)(to - copy))};
	}
	p->text = (struct str){copy, (size_t)(to - copy)};
}

size_t plain_source_off(const struct plain *p, size_t at)
{
	size_t low = 0, high = p->n_cuts;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (p->cuts[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return at + p->cuts[low].ahead;
}

struct str plain_str(const struct plain *p, const struct plain_line *l)
{
	return str_sub(p->text, l->from, l->to);
}

/* One physical line from `at` on: its trimmed part, its indent, how it ends. */
struct raw_line {
	struct plain_line line;
	bool page_behind; /* ended by a form feed */
	size_t next;
};

static struct raw_line read_line(struct str s, size_t at)
{
	struct raw_line l = {0};
	size_t indent = 0, end = at;
	bool any = false;
	while (at < s.n) {
		size_t before = at;
		uint32_t c = utf8_next(s, &at);
		if (char_is_break(c)) {
			l.page_behind = c == '\f';
			break;
		}
		if (char_is_blank(c)) {
			indent += any ? 0 : c == 0x3000 ? 2 : c == '\t' ? 4 : 1;
			continue;
		}
		if (!any)
			l.line.from = (uint32_t)before;
		any = true;
		end = at;
	}
	l.line.to = any ? (uint32_t)end : 0;
	l.line.indent = indent > 255 ? 255 : (uint8_t)indent;
	l.next = at;
	return l;
}

static size_t count_lines(struct str s)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n;) {
		struct raw_line l = read_line(s, at);
		n += l.line.to > l.line.from;
		at = l.next;
	}
	return n;
}

static void cut_lines(struct arena *a, struct plain *p)
{
	struct str s = p->text;
	p->lines = ARENA_ARRAY(a, count_lines(s), struct plain_line);
	bool page = false;
	size_t blanks = 0;
	for (size_t at = 0; at < s.n;) {
		struct raw_line l = read_line(s, at);
		at = l.next;
		if (at < s.n && s.p[at - 1] == '\r' && s.p[at] == '\n')
			at++;
		if (l.line.to > l.line.from) {
			l.line.page = page;
			l.line.blanks = blanks > UINT16_MAX ? UINT16_MAX : (uint16_t)blanks;
			p->lines[p->n_lines++] = l.line;
			page = false;
			blanks = 0;
		} else if (!l.page_behind) {
			blanks++; /* the empty piece before a form feed is no blank line */
		}
		page = page || l.page_behind;
	}
}

bool plain_read(struct diag_list *d, struct arena *a, const struct source_table *sources, uint32_t src,
                struct report *r, struct plain *out)
{
	const struct source *source = source_get(sources, src);
	*out = (struct plain){.src = src, .source = source->bytes};
	if (refuse(d, src, source->name, source->bytes))
		return false;
	cut_controls(a, r, out);
	cut_lines(a, out);
	if (!out->n_lines)
		diag_add(d, DIAG_IMPORT_EMPTY, loc_at(src, 0), NULL);
	return out->n_lines > 0;
}
