/* import: see import.h. The door: reads, joins, recognises the kind, builds, and proves that nothing was lost. */
#include "import/import.h"

#include "import/chars.h"
#include "import/kinds.h"
#include "import/normalise.h"
#include "import/trace.h"
#include "import/wrap.h"

static const struct import_kind *const kinds[] = {
	&kind_notice, /* before the table that it may hold */
	&kind_responsibility_table,
	&kind_monthly_plan,
	&kind_chronicle,
	&kind_news,
	&kind_work_summary,
};
enum { KINDS = sizeof kinds / sizeof *kinds };

const char *const *import_kind_names(struct arena *a)
{
	const char **names = ARENA_ARRAY(a, KINDS + 1, const char *);
	for (int i = 0; i < KINDS; i++)
		names[i] = kinds[i]->name;
	return names;
}

/* By the plain text (ps NULL), or by its paragraphs. */
static const struct import_kind *recognise(struct arena *a, const struct plain *plain, const struct paras *ps)
{
	const struct import_kind *best = NULL;
	int best_score = IMPORT_LIKELY - 1;
	for (int i = 0; i < KINDS; i++) {
		bool cells = kinds[i]->score_plain != NULL;
		int score = cells && !ps ? kinds[i]->score_plain(a, plain) : !cells && ps ? kinds[i]->score(ps) : 0;
		if (score > best_score) {
			best = kinds[i];
			best_score = score;
		}
	}
	return best;
}

static const struct import_kind *named(const char *name)
{
	for (int i = 0; i < KINDS; i++)
		if (str_is(str_of(name), kinds[i]->name))
			return kinds[i];
	return NULL;
}

static bool next_ink(struct str s, size_t *at, size_t end, uint32_t *c)
{
	while (*at < end) {
		*c = utf8_next(s, at);
		if (!char_is_blank(*c) && !char_is_break(*c))
			return true;
	}
	return false;
}

/* Equation (b) of the design: the source without its dropped entries says what the record says, character by character,
 * white space left out. Gives the byte of the source where it fails, or SIZE_MAX. */
static size_t find_loss(struct str source, const struct report *r, struct str said, struct trace *t)
{
	size_t at = str_starts(source, STR("\xEF\xBB\xBF")) ? 3 : 0, in = 0;
	for (size_t d = 0; d <= r->n_drops; d++) {
		size_t end = d < r->n_drops ? r->drops[d].off : source.n;
		uint32_t a, b;
		while (at < end) {
			size_t before = at;
			if (!next_ink(source, &at, end, &a))
				break;
			if (!next_ink(said, &in, said.n, &b) || a != b)
				return before;
			size_t n = utf8_length(a);
			trace_char(t, in - n, at - n, n);
		}
		if (d < r->n_drops)
			at = r->drops[d].off + r->drops[d].n;
	}
	uint32_t c;
	return next_ink(said, &in, said.n, &c) ? source.n : SIZE_MAX;
}

/* Where some digits and ideographs have a blank between and others have none, the missing ones are worth a word; where
 * hardly any has one they are not. */
static void weigh_gaps(struct report *r)
{
	size_t with = 0, without = 0, kept = 0;
	for (size_t i = 0; i < r->n_notes; i++) {
		with += r->notes[i].code == DIAG_IMPORT_AUTOSPACE;
		without += r->notes[i].code == DIAG_IMPORT_NO_GAP;
	}
	if (without * 3 < with)
		return;
	for (size_t i = 0; i < r->n_notes; i++)
		if (r->notes[i].code != DIAG_IMPORT_NO_GAP)
			r->notes[kept++] = r->notes[i];
	r->n_notes = kept;
}

static bool finish(struct diag_list *d, struct arena *a, const struct plain *plain, struct report *r, struct write *w, const struct import_options *o,
                   struct import_result *out)
{
	weigh_gaps(r);
	report_sort(r);
	struct trace t;
	trace_open(&t, a, w);
	size_t loss = find_loss(plain->source, r, buf_view(&w->said), &t);
	if (loss != SIZE_MAX) {
		diag_add(d, DIAG_IMPORT_LOSS, loc_at(plain->src, loss), NULL);
		return false;
	}
	trace_close(&t);
	out->spans = t.spans;
	out->n_spans = t.n;
	out->record = w->out;
	w->out = (struct buf){0};
	out->decisions = report_kinds(r, SEVERITY_DECISION);
	out->remarks = report_kinds(r, SEVERITY_REMARK);
	if (o->json)
		report_json(r, d->sources, plain->src, o->lang, o->apart, &out->report);
	else
		report_print(r, plain->source, out->kind, o->lang, &out->report);
	return true;
}

/* The kind asked for or recognised, with the paragraphs it reads; NULL: none. */
static const struct import_kind *open_kind(struct arena *a, const struct plain *plain, struct report *r, const char *name,
                                           struct paras *ps, void **own)
{
	const struct import_kind *kind = name ? named(name) : recognise(a, plain, NULL);
	if (kind && kind->read) {
		*own = kind->read(a, plain, r, ps);
		return *own ? kind : NULL;
	}
	wrap_join(a, plain, r, ps);
	return kind || name || !ps->n ? kind : recognise(a, plain, ps);
}

static enum diag_code why_no_kind(const struct paras *ps, const char *name)
{
	if (name && !named(name))
		return DIAG_RECORD_KIND;
	return name || ps->n ? DIAG_IMPORT_KIND : DIAG_IMPORT_EMPTY;
}

static bool build(struct diag_list *d, struct arena *a, const struct plain *plain, struct report *r, const char *kind_name,
                  const struct import_options *o, struct import_result *out)
{
	struct paras ps;
	struct write w;
	bool done = false;
	void *own = NULL;
	paras_open(&ps, plain, r);
	write_start(&w);
	const struct import_kind *kind = open_kind(a, plain, r, kind_name, &ps, &own);
	if (!kind) {
		diag_add(d, why_no_kind(&ps, kind_name), loc_at(plain->src, 0), kind_name ? kind_name : "", "", NULL);
	} else if (!ps.n) {
		diag_add(d, DIAG_IMPORT_EMPTY, loc_at(plain->src, 0), NULL);
	} else {
		struct work k = {a, r, &ps, &w, own, false};
		out->kind = str_of(kind->name);
		kind->build(&k);
		faults_note(&k);
		done = finish(d, a, plain, r, &w, o, out);
	}
	write_free(&w);
	paras_close(&ps);
	return done;
}

uint32_t import_normalise(struct arena *a, struct source_table *sources, uint32_t src, struct import_options *o)
{
	const struct source *in = source_get(sources, src);
	struct normal *n = ARENA_NEW(a, struct normal);
	normalise(a, in->bytes, n);
	o->normal = n;
	return source_borrow(sources, in->name, n->text);
}

static void note_changes(struct report *r, struct str text, const struct normal *n)
{
	r->normal = n;
	for (size_t i = 0; n && i < n->n; i++) {
		size_t from = n->changes[i].off, to = from;
		for (int c = 0; c < 3 && from > 0 && text.p[from - 1] != '\n' && text.p[from - 1] != '\r'; c++)
			utf8_prev(text, &from);
		for (int c = 0; c < 4 && to < text.n && text.p[to] != '\n' && text.p[to] != '\r'; c++)
			utf8_next(text, &to);
		report_note(r, DIAG_IMPORT_NORMALISED, n->changes[i].off, str_sub(text, from, to));
	}
}

bool import_text(struct diag_list *d, struct arena *a, struct source_table *sources, uint32_t src, const struct import_options *o,
                 struct import_result *out)
{
	struct plain plain;
	struct report r;
	struct answers answers = {0};
	*out = (struct import_result){0};
	if (o->answers && !answers_read(d, a, sources, o->answers, &answers))
		return false;
	report_open(&r);
	report_answers(&r, source_get(sources, src)->bytes, &answers);
	note_changes(&r, source_get(sources, src)->bytes, o->normal);
	bool done = plain_read(d, a, sources, src, &r, &plain) && build(d, a, &plain, &r, o->kind, o, out);
	report_close(&r);
	if (done)
		answers_check(d, &answers);
	return done;
}

void import_result_free(struct import_result *r)
{
	buf_free(&r->record);
	buf_free(&r->report);
	*r = (struct import_result){0};
}
