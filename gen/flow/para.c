/* para: a paragraph -> lines -> boxes of the vertical list, with its trailer.
 * The trailer rule is the recovered one (monthly-plan-geometry.md): the text is broken by itself; the trailer joins the last
 * line when natural width + gap + trailer fits the measure, its final closing mark counted half; else it has a line of its own. */
#include "flow/vlist.h"

struct setting {
	struct diag_list *d;
	struct builder *builder;
	struct para *para;
	const struct style *style;
	const struct block *block;
	emu x;       /* of the measure's left end */
	emu measure;
};

static const struct inline_item *find_trailer(const struct inline_item *i)
{
	for (; i; i = i->next)
		if (i->kind == INLINE_TRAILER)
			return i;
	return NULL;
}

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
	emu indent = index == 0 ? s->style->indent_first : 0;
	emu room = s->measure - indent - l->width;

	if (align == ALIGN_CENTRE)
		return s->x + indent + room / 2;
	if (align == ALIGN_END)
		return s->x + indent + room;
	return s->x + indent;
}

static void check_width(const struct setting *s, const struct shaped *shaped, const struct line *l, size_t index)
{
	emu room = s->measure - (index == 0 ? s->style->indent_first : 0);
	char mm[40];

	if (l->width <= room + EMU_PT / 100 || l->from >= l->to)
		return;
	const struct cluster *c = &shaped->clusters[l->from], *end = &shaped->clusters[l->to - 1];
	unit_format(mm, l->width - room, EMU_MM, 1);
	struct str text = str_sub(shaped->text, c->text, end->text + end->length);
	diag_add(s->d, DIAG_LINE_OVERFLOW, c->item ? c->item->loc : s->block->loc, mm,
		 arena_copy(s->para->arena, text.p, text.n), NULL);
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

static bool push_line(const struct setting *s, struct vitem *v)
{
	return builder_push(s->builder, v);
}

/* A trailer that shares the last line: flush with the measure's end; its final closing mark gives its
 * blank half only where that is needed. */
static bool join_trailer(const struct setting *s, const struct shaped *text, const struct line *last, size_t index,
			 const struct shaped *trailer, const struct lines *lines, struct vitem *v)
{
	emu room = s->measure - (index == 0 ? s->style->indent_first : 0);
	emu natural = text_width(text, last->from, last->to, false);
	emu full = text_width(trailer, 0, trailer->n, false), half = text_width(trailer, 0, trailer->n, true);

	if (lines->n != 1 || natural + s->style->trailer_gap + half > room)
		return false;
	emu left = room - natural - s->style->trailer_gap;
	emu width = full <= left ? full : left > half ? left : half;
	emu indent = s->x + s->measure - room;
	v->pieces[v->n_pieces++] = (struct piece){trailer, &lines->list[0], indent + room - width};
	return true;
}

static bool set_lines(const struct setting *s, const struct shaped *shaped, size_t n_skip, const struct lines *lines, size_t all,
		      enum align align, bool indented, const struct shaped *trailer, struct lines *trailer_lines, bool *joined)
{
	for (size_t i = 0; i < lines->n; i++) {
		const struct line *l = &lines->list[i];
		size_t index = n_skip + i;
		struct vitem v = line_item(s, index, all);
		check_width(s, shaped, l, indented ? i : 1);
		v.pieces[v.n_pieces++] = (struct piece){shaped, l, line_x(s, l, indented ? i : 1, align)};
		if (trailer && i + 1 == lines->n)
			*joined = join_trailer(s, shaped, l, i, trailer, trailer_lines, &v);
		if (!push_line(s, &v))
			return false;
	}
	return true;
}

static bool wrap(const struct setting *s, const struct shaped *shaped, emu first, enum align align, struct lines *out)
{
	struct wrap_options o = {s->style->wrap, s->measure, first, s->style->size, align};

	return text_wrap(s->d, s->para->arena, shaped, &o, out);
}

/* The number of lines is needed before the first is pushed (widows): whether the trailer joins is asked twice. */
static size_t count_lines(const struct setting *s, const struct shaped *text, const struct lines *lines,
			  const struct shaped *trailer, const struct lines *trailer_lines)
{
	struct vitem scratch = {0};

	if (!trailer)
		return lines->n;
	bool joins = lines->n && join_trailer(s, text, &lines->list[lines->n - 1], lines->n - 1, trailer, trailer_lines, &scratch);
	return lines->n + (joins ? 0 : trailer_lines->n);
}

static bool flow_lines(const struct setting *s, struct font_set *fonts)
{
	struct arena *a = s->para->arena;
	const struct inline_item *trailer = find_trailer(s->block->inlines);
	struct shaped *text = ARENA_NEW(a, struct shaped), *tail = ARENA_NEW(a, struct shaped);
	struct lines *lines = ARENA_NEW(a, struct lines), *tail_lines = ARENA_NEW(a, struct lines);
	bool joined = false;

	if (!text_shape(s->d, a, fonts, s->block->inlines, text) ||
	    !wrap(s, text, s->style->indent_first, s->style->align, lines))
		return false;
	if (trailer && (!text_shape(s->d, a, fonts, trailer->first, tail) || !wrap(s, tail, 0, ALIGN_END, tail_lines)))
		return false;
	if (trailer && !tail->n)
		trailer = NULL;
	size_t all = count_lines(s, text, lines, trailer ? tail : NULL, tail_lines);
	if (!set_lines(s, text, 0, lines, all, s->style->align, true, trailer ? tail : NULL, tail_lines, &joined))
		return false;
	return !trailer || joined || set_lines(s, tail, lines->n, tail_lines, all, ALIGN_END, false, NULL, NULL, NULL);
}

static bool push_glue(struct builder *b, emu height)
{
	struct vitem v = {.kind = V_GLUE, .height = height};

	return height == 0 || builder_push(b, &v);
}

bool para_flow(struct diag_list *d, struct font_set *fonts, struct builder *b, const struct block *block, uint32_t node,
	       struct measure m, emu body_width)
{
	const struct style *st = block->style;
	struct arena *a = arena_new();
	struct para *p = ARENA_NEW(a, struct para);
	struct setting s = {
		.d = d, .builder = b, .para = p, .style = st, .block = block,
		.x = m.start + st->indent_start,
		.measure = body_width - m.start - m.end - st->indent_start - st->indent_end,
	};

	*p = (struct para){.arena = a, .users = 1, .style = st, .block = block, .node = node};
	if (st->outline)
		p->title = inlines_text(a, block->inlines);
	bool good = push_glue(b, st->space_before) && flow_lines(&s, fonts);
	if (--p->users == 0)
		arena_close(a);
	if (good && st->keep_with_next)
		builder_keep(b);
	return good && push_glue(b, st->space_after);
}
