/* trace: see trace.h. */
#include "import/trace.h"

#include <stdlib.h>

static int by_said(const void *a, const void *b)
{
	const struct write_piece *x = a, *y = b;
	return x->said != y->said ? (x->said < y->said ? -1 : 1) : x->off < y->off ? -1 : x->off > y->off;
}

static int by_off(const void *a, const void *b)
{
	const struct source_span *x = a, *y = b;
	return x->off < y->off ? -1 : x->off > y->off;
}

void trace_open(struct trace *t, struct arena *a, struct write *w)
{
	if (w->n_pieces)
		qsort(w->pieces, w->n_pieces, sizeof *w->pieces, by_said);
	*t = (struct trace){.arena = a, .w = w, .off = w->n_pieces ? w->pieces[0].off : 0};
}

/* Walk to the byte of what was said; its place in the record. */
static size_t record_off(struct trace *t, size_t said)
{
	const struct write *w = t->w;
	const struct write_piece *p = &w->pieces[t->piece];
	while (t->piece + 1 < w->n_pieces && said >= p->said + p->n) {
		p = &w->pieces[++t->piece];
		t->done = 0;
		t->off = p->off;
	}
	for (; p->said + t->done < said; t->done++)
		t->off += write_escaped(w->said.p[p->said + t->done], p->attribute);
	return t->off;
}

void trace_char(struct trace *t, size_t said, size_t source, size_t n)
{
	if (!t->w->n_pieces)
		return;
	uint32_t off = (uint32_t)record_off(t, said), from = (uint32_t)source;
	struct source_span *last = t->n ? &t->spans[t->n - 1] : NULL;
	if (last && off > last->off && off - last->off == from - last->from) {
		last->n = off - last->off + (uint32_t)n;
		return;
	}
	ARENA_GROW(t->arena, t->spans, t->n, t->cap, 64);
	t->spans[t->n++] = (struct source_span){off, (uint32_t)n, from};
}

void trace_close(struct trace *t)
{
	if (t->n)
		qsort(t->spans, t->n, sizeof *t->spans, by_off);
}
