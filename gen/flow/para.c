/* para: a paragraph -> lines -> boxes of the vertical list, with its trailer.
 * The trailer rule is the recovered one (monthly-plan-geometry.md): the text is broken by itself; the trailer joins the last
 * line when natural width + gap + trailer fits the measure, its final closing mark counted half; else it has a line of its own. */
#include "flow/vlist.h"

enum { HANG_LEAST = 4 }; /* em that further lines need behind what they hang from */

struct setting {
	struct diag_list *d;
	const struct sink *sink;
	struct para *para;
	const struct style *style;
	const struct block *block;
	emu x;       /* of the measure's left end */
	emu measure;
	emu first;   /* indent of the first line */
	struct piece lead; /* what stands before a <hang>; shaped NULL: nothing */
};

static void collect_text(struct buf *out, const struct inline_item *i)
{
	for (; i; i = i->next) {
		if (i->kind == INLINE_TEXT)
			buf_str(out, i->text);
		else if (i->kind == INLINE_SPREAD)
			collect_text(out, i->first);
	}
}

struct str inlines_text(struct arena *a, const struct inline_item *i)
{
	struct buf b = {0};

	collect_text(&b, i);
	struct str s = arena_str(a, buf_view(&b));
	buf_free(&b);
	return s;
}

/* Where a line starts, from the measure's left end. */
static emu line_x(const struct setting *s, const struct line *l, size_t index, enum align align)
{
	emu indent = index == 0 ? s->first : 0;
	emu room = s->measure - indent - l->width;

	if (align == ALIGN_CENTRE)
		return s->x + indent + room / 2;
	if (align == ALIGN_END)
		return s->x + indent + room;
	return s->x + indent;
}

static void check_width(const struct setting *s, const struct shaped *shaped, const struct line *l, size_t index)
{
	emu room = s->measure - (index == 0 ? s->first : 0);
	char mm[40];

	if (l->width <= room + EMU_PT / 100 || l->from >= l->to)
		return;
	const struct cluster *c = &shaped->clusters[l->from], *end = &shaped->clusters[l->to - 1];
	unit_format(mm, l->width - room, EMU_MM, 1);
	struct str text = str_sub(shaped->text, c->text, end->text + end->length);
	/* What is too wide once is too wide on every page it comes again. */
	const char *cause = arena_printf(s->para->arena, "%u %u", (unsigned)s->block->loc.source, (unsigned)s->block->loc.off);
	bool told = diag_has_said(s->d, cause, DIAG_LINE_OVERFLOW) || diag_is_full(s->d, DIAG_LINE_OVERFLOW);
	struct loc loc = c->item && !told ? text_place(s->d->sources, shaped, l->from) : s->block->loc;
	diag_once_per(s->d, cause, DIAG_LINE_OVERFLOW, loc, mm, arena_copy(s->para->arena, text.p, text.n), NULL)->other =
		s->block->layout;
}

/* May a page begin with line i of n? */
static enum break_kind break_before(const struct style *s, size_t i, size_t n)
{
	if (i == 0)
		return BREAK_MAY;
	bool foot = i >= (size_t)s->orphans, head = n - i >= (size_t)s->widows;
	return !s->keep_together && foot && head ? BREAK_MAY : BREAK_NO;
}

static struct vitem line_item(const struct setting *s, size_t index, size_t n)
{
	const struct style *st = s->style;
	emu gap = st->pitch - st->size, above = st->gap_below ? 0 : gap / 2;
	struct vitem v = {
		.kind = V_LINE,
		.before = break_before(st, index, n),
		.height = st->pitch,
		.tail = st->gap_below && gap > 0 ? gap : 0,
		.baseline = above + unit_muldiv(st->size, 88, 100),
		.para = s->para,
		.first_line = index == 0,
		.loc = s->block->loc,
	};
	s->para->users++;
	return v;
}

static bool wrap(const struct setting *s, const struct shaped *shaped, emu first, enum align align, struct lines *out)
{
	struct wrap_options o = {s->style->wrap, s->measure, first, s->style->size, align};

	return text_wrap(s->d, s->para->arena, shaped, &o, out);
}

/* ---- trailers ---- */

/* Trailers set together, or one of them. */
struct tail {
	struct shaped shaped;
	struct lines lines;
	emu full, half; /* width; its final closing mark without its blank half */
};

/* What stands behind the text: the first tail joins the last line, or all stand on lines of their own. */
struct tails {
	struct tail *list;
	size_t n;
	bool joins;
};

static emu room_of(const struct setting *s, size_t index)
{
	return s->measure - (index == 0 ? s->first : 0);
}

static bool set_tail(const struct setting *s, struct font_set *fonts, const struct inline_item *items, struct tail *out)
{
	if (!text_shape(s->d, s->para->arena, fonts, items, &out->shaped) || !wrap(s, &out->shaped, 0, ALIGN_END, &out->lines))
		return false;
	out->full = text_width(&out->shaped, 0, out->shaped.n, false);
	out->half = text_width(&out->shaped, 0, out->shaped.n, true);
	return true;
}

static bool tail_joins(const struct setting *s, const struct shaped *text, const struct lines *lines, const struct tail *t)
{
	if (!lines->n || t->lines.n != 1)
		return false;
	const struct line *last = &lines->list[lines->n - 1];
	return text_width(text, last->from, last->to, false) + s->style->trailer_gap + t->half <= room_of(s, lines->n - 1);
}

/* All trailers of the paragraph as one list, an em between them. */
static struct inline_item *join_trailers(const struct setting *s, const struct inline_item *items)
{
	struct inline_item *first = NULL, **tail = &first;

	for (const struct inline_item *t = items; t; t = t->next) {
		if (t->kind != INLINE_TRAILER || !t->first)
			continue;
		if (first) {
			*tail = ARENA_NEW(s->para->arena, struct inline_item);
			**tail = *t;
			(*tail)->kind = INLINE_SPACE;
			(*tail)->width = t->style->size;
			tail = &(*tail)->next;
		}
		for (const struct inline_item *i = t->first; i; i = i->next) {
			*tail = ARENA_NEW(s->para->arena, struct inline_item);
			**tail = *i;
			tail = &(*tail)->next;
		}
		*tail = NULL;
	}
	return first;
}

/* Together on the last line, else together on a line of their own, else each by itself. */
static bool set_tails(const struct setting *s, struct font_set *fonts, const struct shaped *text, const struct lines *lines,
		      struct tails *out)
{
	const struct inline_item *items = s->block->inlines;
	struct inline_item *all = join_trailers(s, items);
	size_t n = 0;

	*out = (struct tails){0};
	for (const struct inline_item *t = items; t; t = t->next)
		n += t->kind == INLINE_TRAILER && t->first;
	if (!all)
		return true;
	out->list = ARENA_ARRAY(s->para->arena, n, struct tail);
	out->n = 1;
	if (!set_tail(s, fonts, all, &out->list[0]))
		return false;
	if (n > 1 && out->list[0].lines.n > 1) {
		out->n = 0;
		for (const struct inline_item *t = items; t; t = t->next)
			if (t->kind == INLINE_TRAILER && t->first && !set_tail(s, fonts, t->first, &out->list[out->n++]))
				return false;
	}
	out->joins = tail_joins(s, text, lines, &out->list[0]);
	return true;
}

/* Flush with the measure's end; the final closing mark gives its blank half only where that is needed. */
static void place_tail(const struct setting *s, const struct shaped *text, const struct line *last, size_t index,
		       const struct tail *t, struct vitem *v)
{
	emu left = room_of(s, index) - text_width(text, last->from, last->to, false) - s->style->trailer_gap;
	emu width = t->full <= left ? t->full : left > t->half ? left : t->half;

	v->pieces[v->n_pieces++] = (struct piece){&t->shaped, &t->lines.list[0], s->x + s->measure - width, false};
}

static bool push_lines(const struct setting *s, const struct shaped *shaped, const struct lines *lines, bool text, size_t *index,
		       size_t all, const struct tail *joined)
{
	for (size_t i = 0; i < lines->n; i++) {
		const struct line *l = &lines->list[i];
		size_t place = text ? i : i + 1; /* a tail's line has no first-line indent */
		struct vitem v = line_item(s, (*index)++, all);
		if (!text && s->style->trailer_keep)
			v.before = BREAK_NO;
		check_width(s, shaped, l, place);
		if (text && i == 0 && s->lead.shaped)
			v.pieces[v.n_pieces++] = s->lead;
		v.pieces[v.n_pieces++] = (struct piece){shaped, l, line_x(s, l, place, text ? s->style->align : ALIGN_END), false};
		if (joined && i + 1 == lines->n)
			place_tail(s, shaped, l, place, joined, &v);
		if (!s->sink->push(s->sink->user, &v))
			return false;
	}
	return true;
}

/* ---- hanging ---- */

/* Copies of the inlines before `end`. */
static struct inline_item *copy_before(struct arena *a, const struct inline_item *items, const struct inline_item *end)
{
	struct inline_item *first = NULL, **tail = &first;

	for (; items != end; items = items->next) {
		*tail = ARENA_NEW(a, struct inline_item);
		**tail = *items;
		(*tail)->next = NULL;
		tail = &(*tail)->next;
	}
	return first;
}

/* With the blanks at its end. */
static emu whole_width(const struct shaped *s)
{
	emu width = 0;

	for (size_t i = 0; i < s->n; i++)
		width += s->clusters[i].gap + s->clusters[i].width;
	return width;
}

/* What stands before <hang> is set by itself, neither squeezed nor stretched with the first line, so that the further lines
 * begin exactly below what follows it. Returns what follows; all the inlines when there is nothing to hang or no room. */
static struct inline_item *take_hang(struct setting *s, struct font_set *fonts, struct inline_item *items)
{
	struct arena *a = s->para->arena;
	struct shaped *shaped = ARENA_NEW(a, struct shaped);
	struct lines *lines = ARENA_NEW(a, struct lines);
	struct inline_item *hang = items;

	while (hang && hang->kind != INLINE_HANG)
		hang = hang->next;
	if (!hang || !hang->next || hang == items)
		return items;
	if (!text_shape(s->d, a, fonts, copy_before(a, items, hang), shaped) || !wrap(s, shaped, s->first, ALIGN_START, lines))
		return items;
	emu width = s->first + whole_width(shaped);
	if (lines->n != 1 || s->measure - width < HANG_LEAST * s->style->size)
		return items;
	s->lead = (struct piece){shaped, &lines->list[0], s->x + s->first, true};
	s->x += width;
	s->measure -= width;
	s->first = 0;
	return hang->next;
}

/* What leaders are filled with is no part of the text. */
static bool shape_leaders(struct setting *s, struct font_set *fonts)
{
	struct arena *a = s->para->arena;

	for (const struct inline_item *i = s->block->inlines; i; i = i->next) {
		if (i->kind != INLINE_LEADER || !i->text.n)
			continue;
		struct inline_item *text = ARENA_NEW(a, struct inline_item);
		*text = *i;
		text->kind = INLINE_TEXT;
		text->origin = TEXT_FURNITURE;
		text->next = NULL;
		struct leader *l = ARENA_NEW(a, struct leader);
		*l = (struct leader){.next = s->para->leaders, .text = i->text.p};
		if (!text_shape(s->d, a, fonts, text, &l->shaped))
			return false;
		s->para->leaders = l;
	}
	return true;
}

static bool flow_lines(struct setting *s, struct font_set *fonts)
{
	struct arena *a = s->para->arena;
	struct shaped *text = ARENA_NEW(a, struct shaped);
	struct lines *lines = ARENA_NEW(a, struct lines);
	struct tails *tails = ARENA_NEW(a, struct tails);
	struct inline_item *items = take_hang(s, fonts, s->block->inlines);
	size_t index = 0;

	if (!text_shape(s->d, a, fonts, items, text) || !shape_leaders(s, fonts))
		return false;
	if (s->style->balance)
		title_balance(a, text, s->measure - (s->first > 0 ? s->first : 0), s->style->size, s->style->balance);
	if (!wrap(s, text, s->first, s->style->align, lines) ||
	    !set_tails(s, fonts, text, lines, tails))
		return false;
	size_t all = lines->n;
	for (size_t i = tails->joins; i < tails->n; i++)
		all += tails->list[i].lines.n;
	if (!push_lines(s, text, lines, true, &index, all, tails->joins ? &tails->list[0] : NULL))
		return false;
	for (size_t i = tails->joins; i < tails->n; i++)
		if (!push_lines(s, &tails->list[i].shaped, &tails->list[i].lines, false, &index, all, NULL))
			return false;
	return true;
}

bool para_set(const struct sink *k, struct para *p, emu x, emu measure)
{
	const struct style *st = p->style;
	struct setting s = {
		.d = k->d, .sink = k, .para = p, .style = st, .block = p->block,
		.x = x + st->indent_start,
		.measure = measure - st->indent_start - st->indent_end,
		.first = st->indent_first,
	};

	return flow_lines(&s, k->fonts);
}

static bool push_glue(struct builder *b, emu height)
{
	struct vitem v = {.kind = V_GLUE, .height = height};

	return height == 0 || builder_push(b, &v);
}

static bool push_to_builder(void *user, const struct vitem *v)
{
	return builder_push(user, v);
}

bool para_flow(struct diag_list *d, struct font_set *fonts, struct builder *b, const struct block *block, uint32_t node,
	       const struct label *label, struct measure m, emu body_width)
{
	const struct style *st = block->style;
	struct sink sink = {d, fonts, push_to_builder, b};
	struct arena *a = arena_new();
	struct para *p = ARENA_NEW(a, struct para);

	*p = (struct para){.arena = a, .users = 1, .style = st, .block = block, .node = node, .label = *label};
	if (st->keep_with_previous)
		builder_keep(b);
	if (st->outline)
		p->title = inlines_text(a, block->inlines);
	bool good = push_glue(b, st->space_before) && para_set(&sink, p, m.start, body_width - m.start - m.end);
	if (--p->users == 0)
		arena_close(a);
	if (good && st->keep_with_next)
		builder_keep(b);
	return good && push_glue(b, st->space_after);
}
