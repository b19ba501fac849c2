/* wrap: lines of a paragraph. Takes prepared clusters, a measure and rules. Gives lines with the place of
 * every cluster. A line ends at the last break A that fits; the next break B is taken instead when squeezing up
 * to it needs less than pushing out would leave (the rule recovered from a published document; all amounts come
 * from wrap_rules). Prefix sums make every candidate a matter of constant time: the whole is linear. */
#include <assert.h>

#include "base/buf.h"
#include "base/mem.h"
#include "text/han.h"

/* Order of squeezing (CLREQ; gbt9704.md 10.7): the marks inside a phrase first, those that end one last. */
enum give { GIVE_INTERPUNCT, GIVE_BRACKET, GIVE_PAUSE, GIVE_GAP, GIVE_STOP, GIVE_COUNT };

struct wrap {
	const struct shaped *s;
	const struct wrap_options *o;
	struct diag_list *d;
	struct arena *arena;
	emu *pos;       /* pos[i]: gaps and widths of the clusters before i */
	emu *capacity;  /* capacity[i]: what they can give */
	emu *take;      /* what each mark of a line gives, then what the gap before each gives */
	uint32_t *next; /* next[i]: the first break behind i */
	uint32_t *seen; /* seen[i]: i without the blanks before it */
	emu *x;
	size_t unit;    /* start of the unbreakable unit the line begins in or with */
	struct lines *out;
	size_t cap_lines;
};

/* Clusters from..to as a line: what it measures. */
struct fit {
	size_t from, to, end; /* end: without blanks */
	emu natural;          /* full width */
	emu free;             /* blank half of the last mark */
	emu capacity;         /* what the others can give */
};

static emu part(int64_t millionths, emu em)
{
	return unit_muldiv(millionths, em, 1000000);
}

static emu least(emu a, emu b)
{
	return a < b ? a : b;
}

/* What there is, up to a part of an em: most clusters have nothing. */
static emu up_to(emu there, int64_t millionths, const struct cluster *c)
{
	return there ? least(there, part(millionths, han_em(c))) : 0;
}

static const struct cluster *at(const struct wrap *w, size_t i)
{
	return &w->s->clusters[i];
}

/* ---- what clusters can give ---- */

static emu mark_gives(const struct wrap *w, size_t i)
{
	const struct cluster *c = at(w, i);
	return up_to(c->blank_start + c->blank_end, w->o->rules->mark_shrink, c);
}

static emu gap_gives(const struct wrap *w, size_t i)
{
	const struct cluster *c = at(w, i);
	return up_to(c->gap, w->o->rules->gap_shrink, c);
}

static emu end_gives(const struct wrap *w, size_t i)
{
	const struct cluster *c = at(w, i);
	return up_to(c->blank_end, w->o->rules->line_end, c);
}

/* A mark inside the line f gives all it can; an opening one at its start nothing, and the last one
 * only what its free half leaves. */
static emu mark_gives_in(const struct wrap *w, const struct fit *f, size_t i)
{
	if (i == f->from && at(w, i)->cls == HAN_OPEN)
		return 0;
	emu all = mark_gives(w, i);
	return i + 1 < f->end ? all : all - least(all, f->free);
}

static emu start_trim(const struct wrap *w, size_t i)
{
	return w->o->rules->line_start && at(w, i)->cls == HAN_OPEN ? at(w, i)->blank_start : 0;
}

static bool squeezes(const struct wrap *w)
{
	bool flush = w->o->align == ALIGN_JUSTIFY || w->o->align == ALIGN_DISTRIBUTE;
	return flush && w->o->rules->squeeze != SQUEEZE_NEVER;
}

static struct fit fit_line(const struct wrap *w, size_t from, size_t to)
{
	struct fit f = {.from = from, .to = to, .end = w->seen[to] > from ? w->seen[to] : from};
	if (f.end == from)
		return f;
	size_t last = f.end - 1;
	f.natural = w->pos[f.end] - w->pos[from] - at(w, from)->gap - start_trim(w, from);
	f.free = end_gives(w, last);
	if (squeezes(w)) {
		f.capacity = w->capacity[f.end] - w->capacity[from] - gap_gives(w, from);
		f.capacity += mark_gives_in(w, &f, from) - mark_gives(w, from);
		if (last > from)
			f.capacity += mark_gives_in(w, &f, last) - mark_gives(w, last);
	}
	return f;
}

/* Room that is wanting in the measure, after the free half. */
static emu excess(const struct fit *f, emu measure)
{
	return f->natural - f->free - measure;
}

/* The full mark where it fits, else without its blank half. */
static emu unsqueezed(const struct fit *f, emu measure)
{
	return f->natural <= measure ? f->natural : f->natural - f->free;
}

/* ---- choosing the break ---- */

static bool is_squeezed_in(const struct wrap *w, const struct fit *a, const struct fit *b, emu measure)
{
	emu need = excess(b, measure);
	if (!squeezes(w) || need > b->capacity)
		return false;
	return w->o->rules->squeeze == SQUEEZE_ALWAYS || need < measure - unsqueezed(a, measure);
}

static bool is_inside_word(const struct wrap *w, size_t i)
{
	return han_is_narrow(at(w, i - 1)) && han_is_narrow(at(w, i)) && at(w, i)->width > 0;
}

/* Cut the unit start..to where the measure ends; inside a word rather than before a mark, and never
 * before the line's second cluster. Returns from when nothing of it fits behind other text. */
static size_t cut_unit(const struct wrap *w, size_t from, size_t start, size_t to, emu measure)
{
	size_t i = start;
	while (i + 1 < to && w->pos[i + 1] - w->pos[from] - at(w, from)->gap - start_trim(w, from) <= measure)
		i++;
	for (size_t k = i; k > start; k--)
		if (is_inside_word(w, k))
			return k;
	if (start > from)
		return from;
	return i > from ? i : from + 1;
}

static bool is_end(const struct wrap *w, size_t to)
{
	return to == w->s->n || at(w, to)->before == BREAK_MUST;
}

/* No line could hold the unit from..to. */
static bool is_too_wide(const struct wrap *w, size_t from, size_t to)
{
	struct fit u = fit_line(w, from, to);
	return excess(&u, w->o->measure) > u.capacity;
}

static struct fit choose(struct wrap *w, size_t from, emu measure, bool *emergency)
{
	struct fit a = {.to = from}, b = fit_line(w, from, w->next[from]);
	*emergency = false;
	while (excess(&b, measure) <= 0) {
		a = b;
		if (is_end(w, a.to))
			return a;
		b = fit_line(w, from, w->next[a.to]);
	}
	bool none = a.to == from;
	if (none ? squeezes(w) && excess(&b, measure) <= b.capacity : is_squeezed_in(w, &a, &b, measure))
		return b;
	if (none || is_too_wide(w, a.to, b.to)) {
		size_t cut = cut_unit(w, from, a.to, b.to, measure);
		*emergency = cut > from;
		if (cut > from)
			return fit_line(w, from, cut);
	}
	return a;
}

/* ---- 孤字 ---- */

/* Characters that are no marks and no blanks; an object (a spread name, a leader) is company enough. */
static int count_characters(const struct wrap *w, size_t from, size_t to)
{
	int n = 0;
	for (size_t i = from; i < to; i++)
		switch ((enum han_class)at(w, i)->cls) {
		case HAN_IDEOGRAPH: case HAN_LATIN: case HAN_DIGIT: case HAN_OTHER: n += at(w, i)->width > 0; break;
		case HAN_OBJECT: n += at(w, i)->width > 0 ? w->o->rules->last_line : 0; break;
		default: break;
		}
	return n;
}

/* The break before `to` in the line from `from` on, or from. */
static size_t break_before(const struct wrap *w, size_t from, size_t to)
{
	do
		to--;
	while (to > from && at(w, to)->before == BREAK_NO);
	return to;
}

/* Does the line stay even? A line is stretched a little for a better last one. */
static bool is_even(const struct wrap *w, const struct fit *f, emu measure)
{
	size_t gaps = f->end > f->from ? f->end - f->from - 1 : 0;
	return gaps > 0 && measure - unsqueezed(f, measure) <= (emu)gaps * (w->o->em / 8);
}

/* What would stand alone in the last line is squeezed into this one, or this one gives it company; else it stays. 惯例 (custom). */
static struct fit spare_lone(const struct wrap *w, struct fit f, emu measure)
{
	size_t end = f.to;
	int least = w->o->rules->last_line, n = 0;
	if (least < 2 || is_end(w, f.to))
		return f;
	do {
		n += count_characters(w, end, w->next[end]);
		end = w->next[end];
	} while (n < least && !is_end(w, end));
	if (n >= least)
		return f;
	struct fit all = fit_line(w, f.from, end), shorter = f;
	if (squeezes(w) && excess(&all, measure) <= all.capacity)
		return all;
	while (n < least) {
		size_t to = break_before(w, f.from, shorter.to);
		if (to == f.from)
			return f;
		n += count_characters(w, to, shorter.to);
		shorter = fit_line(w, f.from, to);
		struct fit last = fit_line(w, to, end);
		if (!is_even(w, &shorter, measure) || excess(&last, w->o->measure) > 0)
			return f;
	}
	return shorter;
}

/* ---- setting the line ---- */

static enum give give_of(const struct cluster *c)
{
	switch (c->cls) {
	case HAN_INTERPUNCT: return GIVE_INTERPUNCT;
	case HAN_OPEN: case HAN_CLOSE: return GIVE_BRACKET;
	case HAN_PAUSE: return GIVE_PAUSE;
	default: return GIVE_STOP;
	}
}

/* The room that cluster i can give in class g of line f. */
static emu gives(const struct wrap *w, const struct fit *f, size_t i, enum give g)
{
	if (g == GIVE_GAP)
		return i > f->from ? gap_gives(w, i) : 0;
	return give_of(at(w, i)) == g ? mark_gives_in(w, f, i) : 0;
}

/* Class by class, each evenly along the line in proportion to what its members can give. */
static void squeeze_line(struct wrap *w, const struct fit *f, emu need)
{
	emu *marks = w->take, *gaps = w->take + w->s->n;
	for (size_t i = f->from; i < f->end; i++)
		marks[i] = gaps[i] = 0;
	for (int g = 0; g < GIVE_COUNT && need > 0; g++) {
		emu total = 0, sum = 0, given = 0;
		for (size_t i = f->from; i < f->end; i++)
			total += gives(w, f, i, g);
		emu taken = least(need, total);
		for (size_t i = f->from; total > 0 && i < f->end; i++) {
			sum += gives(w, f, i, g);
			emu upto = (emu)((__int128)taken * sum / total);
			(g == GIVE_GAP ? gaps : marks)[i] += upto - given;
			given = upto;
		}
		need -= taken;
	}
	assert(need <= 0);
}

/* Trim of a mark's starting side; the rest of what it gives is its end's, of which free is gone. */
static emu start_of(const struct cluster *c, emu given, emu free)
{
	emu all = c->blank_start + c->blank_end - free;
	return all > 0 ? (emu)((__int128)given * c->blank_start / all) : 0;
}

static void place_squeezed(struct wrap *w, const struct fit *f)
{
	emu pen = -start_trim(w, f->from);
	const emu *marks = w->take, *gaps = w->take + w->s->n;
	for (size_t i = f->from; i < f->end; i++) {
		if (i > f->from)
			pen += at(w, i)->gap - gaps[i];
		w->x[i] = pen - start_of(at(w, i), marks[i], i + 1 == f->end ? f->free : 0);
		pen += at(w, i)->width - marks[i];
	}
}

static bool is_leader(const struct wrap *w, size_t i)
{
	return at(w, i)->item && at(w, i)->item->kind == INLINE_LEADER;
}

/* Room may be added before cluster i: behind the leaders when the line has any. */
static bool takes_room(const struct wrap *w, size_t i, bool leaders)
{
	return leaders ? is_leader(w, i - 1) : !han_is_joined(at(w, i - 1), at(w, i));
}

static void place_spread(struct wrap *w, const struct fit *f, emu extra, emu gaps, bool leaders)
{
	emu pen = -start_trim(w, f->from), k = 0;
	for (size_t i = f->from; i < f->end; i++) {
		if (i > f->from) {
			pen += at(w, i)->gap;
			if (gaps > 0 && takes_room(w, i, leaders)) {
				pen += extra / gaps + (k < extra % gaps);
				k++;
			}
		}
		w->x[i] = pen;
		pen += at(w, i)->width;
	}
}

/* Text of clusters from..to for a message, shortened. */
static const char *quote(const struct wrap *w, size_t from, size_t to)
{
	size_t start = at(w, from)->text, end = to < w->s->n ? at(w, to)->text : w->s->text.n;
	struct str text = str_sub(w->s->text, start, end);
	size_t cut = 0;
	for (int i = 0; i < 30 && cut < text.n; i++)
		utf8_next(text, &cut);
	return arena_printf(w->arena, "%.*s%s", (int)cut, text.p, cut < text.n ? "…" : "");
}

/* To find a place takes as long as the text before it is: not when the message will only be counted. */
static struct loc loc_of(const struct wrap *w, size_t i, enum diag_code code)
{
	return diag_is_full(w->d, code) ? (struct loc){0, 0} : text_place(w->d->sources, w->s, i);
}

/* One narrow paragraph is one cause, however many of its lines have the fault. */
static const char *whose_cause(struct wrap *w)
{
	struct loc whose = w->s->n && at(w, 0)->item ? at(w, 0)->item->loc : (struct loc){0, 0};
	return arena_printf(w->arena, "%u %u", (unsigned)whose.source, (unsigned)whose.off);
}

static void say_emergency(struct wrap *w, size_t start)
{
	const char *cause = whose_cause(w), *words = quote(w, start, w->next[start]);
	bool told = diag_has_said(w->d, cause, DIAG_LINE_EMERGENCY);
	struct loc loc = told ? (struct loc){0, 0} : loc_of(w, start, DIAG_LINE_EMERGENCY);
	diag_once_per(w->d, cause, DIAG_LINE_EMERGENCY, loc, words, NULL);
}

static void check_stretch(struct wrap *w, const struct fit *f, emu each)
{
	emu em = w->o->em, limit = part(w->o->rules->stretch_warn, em);
	if (!w->d || limit <= 0 || each <= limit)
		return;
	char number[40];
	unit_format(number, each, em, 2);
	const char *cause = whose_cause(w);
	bool told = diag_has_said(w->d, cause, DIAG_LINE_STRETCHED);
	struct loc loc = told ? (struct loc){0, 0} : loc_of(w, f->from, DIAG_LINE_STRETCHED);
	diag_once_per(w->d, cause, DIAG_LINE_STRETCHED, loc, number, quote(w, f->from, f->end), NULL);
}

static void set_spread(struct wrap *w, const struct fit *f, emu measure, struct line *line)
{
	bool flush = w->o->align == ALIGN_DISTRIBUTE || (w->o->align == ALIGN_JUSTIFY && !is_end(w, f->to));
	bool leaders = false;
	emu gaps = 0, extra = measure - unsqueezed(f, measure);
	for (size_t i = f->from; i + 1 < f->end; i++)
		leaders = leaders || is_leader(w, i);
	for (size_t i = f->from + 1; i < f->end; i++)
		gaps += takes_room(w, i, leaders);
	if (!(flush || leaders) || extra < 0)
		gaps = 0;
	place_spread(w, f, extra, gaps, leaders);
	line->width = unsqueezed(f, measure) + (gaps > 0 ? extra : 0);
	line->stretch = gaps > 0 ? extra / gaps : 0;
	if (!leaders)
		check_stretch(w, f, line->stretch);
}

static void set_line(struct wrap *w, const struct fit *f, emu measure, struct line *line)
{
	emu need = excess(f, measure);
	line->natural = f->natural;
	if (need > 0 && need <= f->capacity) {
		squeeze_line(w, f, need);
		place_squeezed(w, f);
		line->width = measure;
		line->stretch = -need;
		line->why = LINE_SQUEEZED;
	} else if (f->end > f->from) {
		set_spread(w, f, measure, line);
	}
	for (size_t i = f->end; i < f->to; i++)
		w->x[i] = line->width;
	if (f->to == w->s->n)
		line->why = LINE_LAST;
	else if (is_end(w, f->to))
		line->why = LINE_FORCED;
}

static struct line *add_line(struct wrap *w)
{
	struct lines *out = w->out;
	if (out->n == w->cap_lines) {
		w->cap_lines = 2 * w->cap_lines + 8;
		struct line *larger = ARENA_ARRAY(w->arena, w->cap_lines, struct line);
		if (out->n > 0)
			memcpy(larger, out->list, out->n * sizeof(*larger));
		out->list = larger;
	}
	return &out->list[out->n++];
}

static void report_cut(struct wrap *w, const struct fit *f)
{
	size_t start = w->unit;
	while (w->next[start] < f->to)
		start = w->next[start];
	w->unit = start;
	if (w->d)
		say_emergency(w, start);
}

/* ---- the paragraph ---- */

static void sum_up(struct wrap *w)
{
	size_t n = w->s->n;
	for (size_t i = 0; i < n; i++) {
		w->pos[i + 1] = w->pos[i] + at(w, i)->gap + at(w, i)->width;
		w->capacity[i + 1] = w->capacity[i] + gap_gives(w, i) + mark_gives(w, i);
		w->seen[i + 1] = han_is_blank(at(w, i)) ? w->seen[i] : (uint32_t)i + 1;
	}
	w->next[n] = (uint32_t)n;
	for (size_t i = n; i-- > 0;)
		w->next[i] = i + 1 == n || at(w, i + 1)->before != BREAK_NO ? (uint32_t)i + 1 : w->next[i + 1];
}

static void break_lines(struct wrap *w)
{
	emu measure = w->o->measure - w->o->first;
	for (size_t from = 0; from < w->s->n;) {
		bool emergency;
		struct fit f = choose(w, from, measure, &emergency);
		if (!emergency)
			f = spare_lone(w, f, measure);
		struct line *line = add_line(w);
		*line = (struct line){.from = (uint32_t)f.from, .to = (uint32_t)f.to, .x = w->x + f.from,
		                      .why = emergency ? LINE_EMERGENCY_BREAK : LINE_NATURAL};
		set_line(w, &f, measure, line);
		if (emergency)
			report_cut(w, &f);
		else
			w->unit = f.to;
		from = f.to;
		measure = w->o->measure;
	}
}

bool text_wrap(struct diag_list *d, struct arena *a, const struct shaped *s, const struct wrap_options *o,
	       struct lines *out)
{
	size_t n = s->n;
	*out = (struct lines){NULL, 0};
	struct wrap w = {
		.s = s, .o = o, .d = d, .arena = a, .out = out, .x = ARENA_ARRAY(a, n + 1, emu),
		.pos = mem_zero(n + 1, sizeof(emu)), .capacity = mem_zero(n + 1, sizeof(emu)),
		.take = mem_zero(2 * n + 1, sizeof(emu)),
		.next = mem_zero(n + 1, sizeof(uint32_t)), .seen = mem_zero(n + 1, sizeof(uint32_t)),
	};
	sum_up(&w);
	break_lines(&w);
	mem_free(w.pos);
	mem_free(w.capacity);
	mem_free(w.take);
	mem_free(w.next);
	mem_free(w.seen);
	return true;
}

emu text_width(const struct shaped *s, size_t from, size_t to, bool half_end)
{
	emu width = 0;
	while (to > from && han_is_blank(&s->clusters[to - 1]))
		to--;
	for (size_t i = from; i < to; i++)
		width += (i > from ? s->clusters[i].gap : 0) + s->clusters[i].width;
	if (half_end && to > from)
		width -= s->clusters[to - 1].blank_end;
	return width;
}
