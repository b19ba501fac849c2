/* inset: see inset.h. */
#include "import/inset.h"

#include "import/chars.h"
#include "import/wrap.h"

enum { LABELS_LEAST = 3, REACH = 8, ZONES = 16 };

/* Bytes of the plain text, whole lines, and its lines [first, end). */
struct zone {
	size_t from, to, first, end;
	bool web;
	struct sheet sheet;
};

struct zones {
	struct zone list[ZONES];
	size_t n;
};

/* ---- lines ---- */

/* Byte where the physical line of line i begins, its blanks included. */
static size_t raw_from(const struct plain *p, size_t i)
{
	size_t at = p->lines[i].from;
	while (at > 0) {
		size_t before = at;
		if (char_is_break(utf8_prev(p->text, &before)))
			break;
		at = before;
	}
	return at;
}

static size_t raw_to(const struct plain *p, size_t i)
{
	size_t at = p->lines[i].to;
	while (at < p->text.n) {
		size_t next = at;
		if (char_is_break(utf8_next(p->text, &next)))
			break;
		at = next;
	}
	return at;
}

static size_t count_tabs(const struct plain *p, size_t from, size_t to)
{
	size_t n = 0;
	for (size_t at = from; at < to; at++)
		n += p->text.p[at] == '\t';
	return n;
}

static bool opens_cell(const struct plain *p, size_t i)
{
	size_t at = raw_from(p, i);
	return at < p->lines[i].from && p->text.p[at] == '\t';
}

static bool is_row(const struct plain *p, size_t i)
{
	return count_tabs(p, p->lines[i].from, raw_to(p, i)) > 0;
}

size_t inset_attachment_label(struct str s)
{
	size_t at = strlen("附件"), end = at, next;
	bool han = false;
	if (!str_starts(s, STR("附件")) && !str_starts(s, STR("附表")))
		return 0;
	while (at < s.n) {
		uint32_t c = utf8_next(s, &at);
		bool digit = char_is_digit(c) || (c >= 0xFF10 && c <= 0xFF19) || c == '-' || c == 0x2014;
		if (!digit && char_numeral(c) <= 0 && !char_is_blank(c))
			break;
		han |= char_numeral(c) > 0;
		if (!char_is_blank(c))
			end = at;
	}
	for (at = end; at < s.n; at = next) {
		next = at;
		if (!char_is_blank(utf8_next(s, &next)))
			break;
	}
	next = at;
	uint32_t c = at < s.n ? utf8_next(s, &next) : 0;
	if (c == ':' || c == 0xFF1A)
		return next;
	/* 附件材料, 附件一览表 are words */
	return end == s.n || at > end || (end > strlen("附件") && !han) ? end : 0;
}

static bool is_alone(const struct plain *p, size_t i)
{
	return inset_attachment_label(plain_str(p, &p->lines[i])) > 0;
}

/* ---- headers ---- */

/* A row of labels: three known words, one of them about who answers or when. */
static bool is_header_row(const struct plain *p, size_t i)
{
	int known = 0, cells = 0;
	size_t from = p->lines[i].from, to = raw_to(p, i);
	for (size_t at = from; at <= to; at++) {
		if (at < to && p->text.p[at] != '\t')
			continue;
		struct str cell = chars_trim(str_sub(p->text, from, at));
		known += cell.n && sheet_role_of(cell) != COL_EXTRA;
		cells++;
		from = at + 1;
	}
	return cells >= LABELS_LEAST && known >= LABELS_LEAST;
}

static bool is_header_cell(const struct plain *p, size_t i)
{
	int known = 0;
	if (!opens_cell(p, i) || sheet_role_of(plain_str(p, &p->lines[i])) == COL_EXTRA)
		return false;
	for (size_t k = i, cells = 0; k < p->n_lines && cells < REACH && k < i + 2 * REACH; k++) {
		if (!opens_cell(p, k))
			continue;
		cells++;
		known += sheet_role_of(plain_str(p, &p->lines[k])) != COL_EXTRA;
	}
	return known >= LABELS_LEAST;
}

/* ---- zones ---- */

/* Line behind the table's last one. A line without TABs belongs to a cell when more cells follow, or when no blank line parts it from
 * the last cell. */
static size_t zone_end(const struct plain *p, size_t first, bool web)
{
	size_t end = first + 1;
	for (size_t i = first + 1; i < p->n_lines; i++) {
		bool tab = opens_cell(p, i) || is_row(p, i);
		if (!tab && is_alone(p, i))
			break;
		if (tab)
			end = i + 1;
		else if (!web && i >= end + 2)
			break;
	}
	while (web && end < p->n_lines && !p->lines[end].blanks && !is_alone(p, end) && !sheet_note_label(plain_str(p, &p->lines[end])))
		end++;
	return end;
}

static size_t find_start(const struct plain *p, size_t from, bool *web)
{
	for (size_t i = from; i < p->n_lines; i++) {
		*web = is_header_cell(p, i) && !is_row(p, i);
		if (*web || is_header_row(p, i))
			return i;
	}
	return p->n_lines;
}

/* The zone's text as a text of its own. */
static struct plain part_of(struct arena *a, const struct plain *p, const struct zone *z)
{
	struct plain part = {.src = p->src, .source = p->source, .text = str_sub(p->text, z->from, z->to)};
	part.cuts = ARENA_ARRAY(a, p->n_cuts + 1, struct plain_cut);
	part.cuts[part.n_cuts++] = (struct plain_cut){0, (uint32_t)plain_source_off(p, z->from)};
	for (size_t i = 0; i < p->n_cuts; i++)
		if (p->cuts[i].at > z->from && p->cuts[i].at < z->to)
			part.cuts[part.n_cuts++] = (struct plain_cut){(uint32_t)(p->cuts[i].at - z->from), (uint32_t)(p->cuts[i].ahead + z->from)};
	part.lines = p->lines + z->first;
	part.n_lines = z->end - z->first;
	return part;
}

static void find_zones(struct arena *a, const struct plain *p, struct zones *out)
{
	out->n = 0;
	for (size_t i = 0; i < p->n_lines && out->n < ZONES;) {
		struct zone *z = &out->list[out->n];
		bool web;
		size_t start = find_start(p, i, &web);
		if (start == p->n_lines)
			break;
		i = zone_end(p, start, web);
		*z = (struct zone){.from = raw_from(p, start), .to = raw_to(p, i - 1), .first = start, .end = i, .web = web};
		struct plain part = part_of(a, p, z);
		if (sheet_read(a, &part, &z->sheet))
			out->n++;
	}
}

bool insets_any(struct arena *a, const struct plain *plain)
{
	struct zones zones;
	find_zones(a, plain, &zones);
	return zones.n > 0;
}

/* ---- one text again ---- */

/* The text with the zones as their tables have it (quotes of cells left out). */
struct whole {
	struct buf text, cuts;
	const struct plain *in;
};

static void add_text(struct whole *w, const struct plain *p, size_t from, size_t to)
{
	for (size_t at = from; at < to;) {
		size_t next = to, off = plain_source_off(p, at);
		for (size_t i = 0; i < p->n_cuts; i++)
			if (p->cuts[i].at > at && p->cuts[i].at < next)
				next = p->cuts[i].at;
		struct plain_cut c = {(uint32_t)w->text.n, (uint32_t)(off - w->text.n)};
		buf_put(&w->cuts, &c, sizeof c);
		buf_put(&w->text, p->text.p + at, next - at);
		at = next;
	}
}

static void add_prose(struct arena *a, const struct plain *whole, const struct plain *p, size_t first, size_t end, size_t to_whole,
                      struct report *r, struct paras *ps)
{
	struct plain part = *whole;
	if (first >= end)
		return;
	part.n_lines = end - first;
	part.lines = ARENA_ARRAY(a, part.n_lines, struct plain_line);
	memcpy(part.lines, p->lines + first, part.n_lines * sizeof *part.lines);
	for (size_t i = 0; i < part.n_lines; i++) {
		part.lines[i].from += (uint32_t)to_whole;
		part.lines[i].to += (uint32_t)to_whole;
	}
	wrap_join(a, &part, r, ps);
}

void insets_read(struct arena *a, const struct plain *plain, struct report *r, struct paras *ps, struct insets *out)
{
	struct zones zones;
	struct whole w = {.in = plain};
	size_t starts[ZONES + 1], at = 0;
	find_zones(a, plain, &zones);
	for (size_t i = 0; i < zones.n; i++) {
		struct zone *z = &zones.list[i];
		add_text(&w, plain, at, z->from);
		starts[i] = w.text.n;
		add_text(&w, z->sheet.table.plain, 0, z->sheet.table.plain->text.n);
		at = z->to;
	}
	add_text(&w, plain, at, plain->text.n);
	struct plain *whole = ARENA_NEW(a, struct plain);
	*whole = *plain;
	whole->text = arena_str(a, buf_view(&w.text));
	whole->n_cuts = w.cuts.n / sizeof *whole->cuts;
	whole->cuts = (struct plain_cut *)(void *)arena_copy(a, w.cuts.p, w.cuts.n);
	buf_free(&w.text);
	buf_free(&w.cuts);
	ps->plain = whole;
	out->list = ARENA_ARRAY(a, zones.n + 1, struct inset);
	out->n = zones.n;
	size_t line = 0, shift = 0;
	for (size_t i = 0; i < zones.n; i++) {
		struct zone *z = &zones.list[i];
		add_prose(a, whole, plain, line, z->first, shift, r, ps);
		out->list[i].first = ps->n;
		out->list[i].tasks.s = z->sheet;
		table_move(&out->list[i].tasks.s.table, whole, starts[i]);
		tasks_add(a, r, ps, &out->list[i].tasks);
		out->list[i].end = ps->n;
		line = z->end;
		shift = starts[i] + z->sheet.table.plain->text.n - z->to;
	}
	add_prose(a, whole, plain, line, plain->n_lines, shift, r, ps);
}

struct inset *insets_at(const struct insets *all, size_t para)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].first == para)
			return &all->list[i];
	return NULL;
}
