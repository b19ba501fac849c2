/* report: see report.h. Notes are kept in one list and grouped by code when printed; line numbers are
 * found in one walk over the source, because a large text may have very many. */
#include "import/report.h"

#include <stdlib.h>

#include "base/mem.h"
#include "import/chars.h"
#include "import/normalise.h"
#include "import/choice.h"

enum { SAMPLES = 3, SAMPLE_CHARS = 24, LINES_SHOWN = 60 };

void report_open(struct report *r)
{
	*r = (struct report){0};
}

void report_close(struct report *r)
{
	mem_free(r->notes);
	mem_free(r->drops);
	mem_free(r->starts);
	*r = (struct report){0};
}

void report_note(struct report *r, enum diag_code code, size_t off, struct str sample)
{
	if (r->n_notes == r->notes_cap) {
		r->notes_cap = r->notes_cap ? r->notes_cap * 2 : 64;
		r->notes = mem_grow(r->notes, r->notes_cap * sizeof *r->notes);
	}
	r->notes[r->n_notes++] = (struct report_note){sample, (uint32_t)code, (uint32_t)off, CHOICE_NONE, false, 0};
}

void report_drop(struct report *r, enum diag_code code, size_t off, size_t n)
{
	struct report_drop *last = r->n_drops ? &r->drops[r->n_drops - 1] : NULL;
	if (last && last->code == (uint32_t)code && last->off + last->n == off) {
		last->n += (uint32_t)n;
		return;
	}
	if (r->n_drops == r->drops_cap) {
		r->drops_cap = r->drops_cap ? r->drops_cap * 2 : 16;
		r->drops = mem_grow(r->drops, r->drops_cap * sizeof *r->drops);
	}
	r->drops[r->n_drops++] = (struct report_drop){(uint32_t)code, (uint32_t)off, (uint32_t)n};
}

static int by_place(const void *a, const void *b)
{
	const struct report_note *x = a, *y = b;
	if (x->off != y->off)
		return x->off < y->off ? -1 : 1;
	return x->code < y->code ? -1 : x->code > y->code;
}

static int drops_by_place(const void *a, const void *b)
{
	const struct report_drop *x = a, *y = b;
	return x->off < y->off ? -1 : x->off > y->off;
}

void report_sort(struct report *r)
{
	if (r->n_notes)
		qsort(r->notes, r->n_notes, sizeof *r->notes, by_place);
	if (r->n_drops)
		qsort(r->drops, r->n_drops, sizeof *r->drops, drops_by_place);
}

int report_kinds(const struct report *r, enum diag_severity severity)
{
	bool seen[DIAG_COUNT] = {0};
	int n = 0;
	for (size_t i = 0; i < r->n_notes; i++) {
		uint32_t code = r->notes[i].code;
		n += !seen[code] && diag_severity_of((enum diag_code)code) == severity;
		seen[code] = true;
	}
	return n;
}

/* A walk over the source that knows where it is. Offsets asked for must not go down. */
struct walk {
	struct str s;
	size_t at, line, line_start;
};

static void walk_to(struct walk *w, size_t off)
{
	for (; w->at < off && w->at < w->s.n; w->at++) {
		char c = w->s.p[w->at];
		bool ends = c == '\n' || (c == '\r' && !(w->at + 1 < w->s.n && w->s.p[w->at + 1] == '\n'));
		if (!ends)
			continue;
		w->line++;
		w->line_start = w->at + 1;
	}
}

static struct walk walk_start(struct str s)
{
	size_t bom = str_starts(s, STR("\xEF\xBB\xBF")) ? 3 : 0;
	return (struct walk){s, bom, 1, bom};
}

/* Blanks made visible, as samples are about them. */
static void put_sample(struct buf *out, struct str s)
{
	int n = 0;
	bool broken = false;
	buf_puts(out, "「");
	for (size_t at = 0; at < s.n && n < SAMPLE_CHARS; n++) {
		uint32_t c = utf8_next(s, &at);
		if (broken && (char_is_break(c) || char_is_blank(c)))
			continue;
		broken = char_is_break(c);
		if (broken)
			buf_puts(out, "⏎");
		else if (char_is_blank(c))
			buf_puts(out, c == 0x3000 ? "□" : "␣");
		else if (!char_is_control(c))
			buf_utf8(out, c);
		if (n + 1 == SAMPLE_CHARS && at < s.n)
			buf_puts(out, "…");
	}
	buf_puts(out, "」");
}

/* All notes of one code, gathered. */
struct group {
	size_t n, n_lines, first_line, last_line, first;
	int n_samples;
	struct str samples[SAMPLES];
	struct buf lines; /* "3、5、7" */
};

static void gather_sample(struct group *g, struct str sample)
{
	if (!sample.n || g->n_samples == SAMPLES)
		return;
	for (int i = 0; i < g->n_samples; i++)
		if (str_eq(g->samples[i], sample))
			return;
	g->samples[g->n_samples++] = sample;
}

static void gather(struct group *g, const struct report_note *note, size_t index, size_t line, enum diag_lang lang)
{
	if (!g->n++) {
		g->first_line = line;
		g->first = index;
	}
	gather_sample(g, note->sample);
	if (line == g->last_line)
		return;
	g->last_line = line;
	if (g->n_lines++ < LINES_SHOWN)
		buf_printf(&g->lines, "%s%zu", g->n_lines > 1 ? (lang == LANG_ZH ? "、" : ", ") : "", line);
}

static void print_group(const struct group *g, enum diag_code code, enum diag_lang lang, struct buf *out)
{
	struct buf samples = {0};
	for (int i = 0; i < g->n_samples; i++)
		put_sample(&samples, g->samples[i]);
	buf_char(&samples, '\0');
	const char *args[] = {samples.p};
	struct diag m = {.code = code, .args = args, .n_args = 1};
	buf_printf(out, "%zu  %s ", g->first_line, diag_word(code));
	diag_sentence(&m, lang, out);
	if (g->n > 1) {
		buf_printf(out, lang == LANG_ZH ? "（%zu 处；第 " : " (%zu places; lines ", g->n);
		buf_str(out, buf_view(&g->lines));
		if (g->n_lines > LINES_SHOWN)
			buf_puts(out, " …");
		buf_puts(out, lang == LANG_ZH ? " 行）" : ")");
	}
	buf_char(out, '\n');
	buf_free(&samples);
}

static void put_dropped(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (c == '\\' || char_is_control(c) || char_is_break(c))
			buf_printf(out, "\\u{%X}", c);
		else
			buf_utf8(out, c);
	}
}

/* Delimiters and quotes of cells are no text: one line of the report stands for all. */
static bool is_syntax(const struct report_drop *d)
{
	return d->code == DIAG_IMPORT_CSV;
}

static size_t count_drops(const struct report *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n_drops; i++)
		n += !is_syntax(&r->drops[i]);
	return n;
}

static void print_drops(const struct report *r, struct str source, struct buf *out)
{
	struct walk w = walk_start(source);
	for (size_t i = 0; i < r->n_drops; i++) {
		const struct report_drop *d = &r->drops[i];
		if (is_syntax(d))
			continue;
		walk_to(&w, d->off);
		size_t column = 1 + utf8_count(str_sub(source, w.line_start, d->off));
		buf_printf(out, "dropped %zu %zu %s ", w.line, column, diag_word((enum diag_code)d->code));
		put_dropped(out, str_sub(source, d->off, d->off + d->n));
		buf_char(out, '\n');
	}
}

static struct group *group_all(const struct report *r, struct str source, enum diag_lang lang)
{
	struct group *groups = mem_zero(DIAG_COUNT, sizeof *groups);
	struct walk w = walk_start(source);
	for (size_t i = 0; i < r->n_notes; i++) {
		walk_to(&w, r->notes[i].off);
		gather(&groups[r->notes[i].code], &r->notes[i], i, w.line, lang);
	}
	return groups;
}

/* ---- choices ---- */

void report_answers(struct report *r, struct str source, struct answers *answers)
{
	struct walk w = walk_start(source);
	size_t cap = 0;
	r->source = source;
	r->answers = answers;
	for (size_t line = 0; answers && answers->n && line < w.line; line++) {
		if (r->n_starts == cap) {
			cap = cap ? cap * 2 : 256;
			r->starts = mem_grow(r->starts, cap * sizeof *r->starts);
		}
		r->starts[r->n_starts++] = (uint32_t)w.line_start;
		while (w.at < source.n && w.line == line + 1)
			walk_to(&w, w.at + 1);
	}
}

/* The line of byte off, from 1. */
static size_t line_of(const struct report *r, size_t off)
{
	size_t low = 0, high = r->n_starts;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (r->starts[middle] <= off)
			low = middle;
		else
			high = middle;
	}
	return low + 1;
}

static bool same_sample(struct str shown, struct str sample)
{
	struct buf now = {0};
	put_sample(&now, sample);
	bool same = str_eq(shown, buf_view(&now));
	buf_free(&now);
	return same;
}

/* The answer to a decision, or NULL. */
static const struct answer *find_answer(struct report *r, enum diag_code code, size_t off, struct str sample)
{
	if (!r->answers || !r->answers->n)
		return NULL;
	size_t line = line_of(r, off), column = 1 + utf8_count(str_sub(r->source, r->starts[line - 1], off));
	struct answer *end = r->answers->list + r->answers->n, *best = NULL;
	for (struct answer *a = answers_find(r->answers, (uint32_t)line, code); a && a < end && a->line == line && a->code == code; a++) {
		if (a->column && a->column != column)
			continue;
		if (a->sample.n && !same_sample(a->sample, sample))
			a->changed = true;
		else
			best = a; /* those with a column come last */
		if (best == a)
			a->used = true;
	}
	return best;
}

int report_choose(struct report *r, enum diag_code code, size_t off, struct str sample, int usual)
{
	const struct answer *answer = find_answer(r, code, off, sample);
	report_note(r, code, off, sample);
	struct report_note *note = &r->notes[r->n_notes - 1];
	note->choice = answer ? answer->choice : usual;
	note->answered = note->choice != usual;
	note->by = answer ? answer->off + 1 : 0;
	return note->choice;
}

/* Is there another note of this code on the line from byte `from` to byte `to`? */
static bool has_neighbour(const struct report *r, size_t i, size_t from, size_t to)
{
	for (size_t k = i; k > 0 && r->notes[k - 1].off >= from; k--)
		if (r->notes[k - 1].code == r->notes[i].code && r->notes[k - 1].choice != CHOICE_NONE)
			return true;
	for (size_t k = i + 1; k < r->n_notes && r->notes[k].off < to; k++)
		if (r->notes[k].code == r->notes[i].code && r->notes[k].choice != CHOICE_NONE)
			return true;
	return false;
}

static size_t line_end(struct str s, size_t at)
{
	while (at < s.n && s.p[at] != '\n' && s.p[at] != '\r')
		at++;
	return at;
}

static void print_choices(const struct report *r, struct str source, enum diag_lang lang, struct buf *out)
{
	struct walk w = walk_start(source);
	bool any = false;
	for (size_t i = 0; i < r->n_notes; i++) {
		const struct report_note *note = &r->notes[i];
		enum diag_code code = (enum diag_code)note->code;
		if (note->choice == CHOICE_NONE)
			continue;
		if (!any)
			buf_puts(out, lang == LANG_ZH ? "# 以下各行第三栏可以改，改后连同文稿用 --answers 再导入\n"
			                              : "# the third column of these lines may be changed: import again with --answers\n");
		any = true;
		walk_to(&w, note->off);
		buf_printf(out, "%zu", w.line);
		if (has_neighbour(r, i, w.line_start, line_end(source, note->off)))
			buf_printf(out, ":%zu", 1 + utf8_count(str_sub(source, w.line_start, note->off)));
		buf_printf(out, " %s ", diag_word(code));
		choice_put(code, note->choice, lang, out);
		buf_puts(out, "  # ");
		if (note->answered)
			buf_puts(out, lang == LANG_ZH ? "已答，" : "answered, ");
		buf_puts(out, lang == LANG_ZH ? "或：" : "or: ");
		choice_put_others(code, note->choice, lang, out);
		buf_puts(out, "  ");
		put_sample(out, note->sample);
		buf_char(out, '\n');
	}
}

static void print_changes(const struct report *r, struct str source, struct buf *out)
{
	struct walk w = walk_start(source);
	size_t at = 0, column = 1, line = 0;
	for (size_t i = 0; r->normal && i < r->normal->n; i++) {
		const struct normal_change *c = &r->normal->changes[i];
		walk_to(&w, c->off);
		if (w.line != line) {
			line = w.line;
			at = w.line_start;
			column = 1;
		}
		column += utf8_count(str_sub(source, at, c->off));
		at = c->off;
		buf_printf(out, "changed %zu %zu %s ", w.line, column, diag_word(DIAG_IMPORT_NORMALISED));
		buf_utf8(out, c->from);
		buf_char(out, ' ');
		buf_utf8(out, c->to);
		buf_char(out, '\n');
	}
}

void report_print(const struct report *r, struct str source, struct str kind, enum diag_lang lang, struct buf *out)
{
	static const enum diag_severity order[] = {SEVERITY_DECISION, SEVERITY_REMARK};
	struct group *groups = group_all(r, source, lang);
	buf_printf(out, lang == LANG_ZH ? "# %.*s：取舍 %d 种，提示 %d 种，未收入 %zu 处\n"
	                                : "# %.*s: %d kinds of decisions, %d of remarks, %zu entries dropped\n",
	           STR_ARG(kind), report_kinds(r, SEVERITY_DECISION), report_kinds(r, SEVERITY_REMARK), count_drops(r));
	for (int s = 0; s < 2; s++)
		for (size_t i = 0; i < r->n_notes; i++) { /* in the order of the first places */
			enum diag_code code = (enum diag_code)r->notes[i].code;
			if (groups[code].first == i && diag_severity_of(code) == order[s])
				print_group(&groups[code], code, lang, out);
		}
	print_drops(r, source, out);
	print_changes(r, source, out);
	print_choices(r, source, lang, out);
	for (int i = 0; i < DIAG_COUNT; i++)
		buf_free(&groups[i].lines);
	mem_free(groups);
}

/* ---- JSON ---- */

struct json {
	const struct report *r;
	struct diag_list d; /* of one message, to print it */
	uint32_t src;
	enum diag_lang lang;
	struct buf *out;
};

/* One message; its arguments: what it speaks of, and NULL or a second one. */
static void json_say(struct json *j, struct diag m, const char *arg, const char *second)
{
	const char *args[] = {arg, second};
	m.severity = diag_severity_of(m.code);
	m.args = args;
	m.n_args = second ? 2 : 1;
	j->d.list = &m;
	j->d.n = 1;
	diag_json(&j->d, 0, j->lang, j->out);
}

static const char *choice_words(enum diag_code code, int choice, struct buf *out)
{
	choice_put(code, choice, LANG_EN, out);
	buf_char(out, '\0');
	return out->p;
}

/* change: of this note, or NULL. */
static void json_note(struct json *j, const struct report_note *note, const struct normal_change *change)
{
	enum diag_code code = (enum diag_code)note->code;
	const char *others[CHOICE_MOST + 1];
	struct diag_detail detail = {0};
	struct buf sample = {0}, choice = {0}, letters = {0};
	struct diag m = {.code = code, .loc = loc_at(j->src, note->off), .detail = &detail};
	if (note->sample.n)
		put_sample(&sample, note->sample);
	buf_char(&sample, '\0');
	if (note->choice != CHOICE_NONE) {
		choice_list_others(code, note->choice, others);
		detail.choice = choice_words(code, note->choice, &choice);
		detail.others = others;
		detail.answered = note->answered;
	}
	if (note->by)
		m.other = loc_at(j->r->answers->src, note->by - 1);
	if (change) {
		buf_utf8(&letters, change->from);
		buf_char(&letters, '\0');
		size_t to = letters.n;
		buf_utf8(&letters, change->to);
		buf_char(&letters, '\0');
		detail.from = letters.p;
		detail.to = letters.p + to;
	}
	json_say(j, m, sample.p, NULL);
	buf_free(&sample);
	buf_free(&choice);
	buf_free(&letters);
}

static void json_drop(struct json *j, struct str source, const struct report_drop *drop)
{
	struct buf sample = {0}, dropped = {0};
	struct str s = str_sub(source, drop->off, drop->off + drop->n);
	put_sample(&sample, s);
	buf_char(&sample, '\0');
	buf_str(&dropped, s);
	buf_char(&dropped, '\0');
	struct diag_detail detail = {.dropped = dropped.p};
	json_say(j, (struct diag){.code = (enum diag_code)drop->code, .loc = loc_at(j->src, drop->off), .detail = &detail}, sample.p,
	         NULL);
	buf_free(&sample);
	buf_free(&dropped);
}

static void json_idle(struct json *j, const struct answer *a)
{
	enum diag_code code;
	struct buf line = {0}, choice = {0};
	if (!answer_is_idle(a, &code))
		return;
	buf_printf(&line, "%u", a->line);
	buf_char(&line, '\0');
	struct diag_detail detail = {.choice = choice_words(a->code, a->choice, &choice)};
	json_say(j, (struct diag){.code = code, .loc = loc_at(j->r->answers->src, a->off), .detail = &detail}, line.p, diag_word(a->code));
	buf_free(&line);
	buf_free(&choice);
}

void report_json(const struct report *r, const struct source_table *sources, uint32_t src, enum diag_lang lang, bool idle,
                 struct buf *out)
{
	struct json j = {.r = r, .d = {.sources = sources}, .src = src, .lang = lang, .out = out};
	struct str source = source_get(sources, src)->bytes;
	size_t changes = 0;
	for (size_t i = 0; i < r->n_notes; i++) {
		bool changed = r->normal && r->notes[i].code == DIAG_IMPORT_NORMALISED && changes < r->normal->n;
		json_note(&j, &r->notes[i], changed ? &r->normal->changes[changes++] : NULL);
	}
	for (size_t i = 0; i < r->n_drops; i++)
		if (!is_syntax(&r->drops[i]))
			json_drop(&j, source, &r->drops[i]);
	for (size_t i = 0; idle && r->answers && i < r->answers->n; i++)
		json_idle(&j, &r->answers->list[i]);
}
