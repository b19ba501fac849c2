/* mutate_xml: changes an input element by element: takes one away, repeats it, moves it, nests it, changes its text or a value.
 * Plain changes of bytes (a third of all) hardly ever get past a parser. Linked to the targets that read XML; a broken
 * document is cut where its tags stop matching. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SPANS = 400, DEPTH = 64 };

size_t LLVMFuzzerMutate(uint8_t *data, size_t n, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t n, size_t most, unsigned seed);

struct span {
	size_t from, to;      /* the element */
	size_t inner, behind; /* its content; behind = inner for an empty tag */
};

struct document {
	uint8_t *p;
	size_t n, most;
	struct span spans[SPANS];
	size_t count;
	unsigned seed;
};

static unsigned roll(struct document *d, size_t n)
{
	d->seed = d->seed * 1103515245u + 12345u;
	return n ? (d->seed >> 8) % (unsigned)n : 0;
}

static size_t find(const struct document *d, size_t from, char c)
{
	const uint8_t *at = from < d->n ? memchr(d->p + from, c, d->n - from) : NULL;

	return at ? (size_t)(at - d->p) : d->n;
}

/* The elements, by matching tags alone; values holding ">" are not understood, and need not be. */
static void find_spans(struct document *d)
{
	size_t open[DEPTH], depth = 0;

	d->count = 0;
	for (size_t at = find(d, 0, '<'); at + 1 < d->n && d->count < SPANS; at = find(d, at + 1, '<')) {
		size_t end = find(d, at, '>');
		if (end == d->n || d->p[at + 1] == '?' || d->p[at + 1] == '!')
			continue;
		if (d->p[at + 1] == '/') {
			if (!depth)
				continue;
			struct span *s = &d->spans[open[--depth]];
			s->behind = at;
			s->to = end + 1;
		} else {
			d->spans[d->count] = (struct span){at, end + 1, end + 1, end + 1};
			if (d->p[end - 1] != '/' && depth < DEPTH)
				open[depth++] = d->count;
			d->count++;
		}
	}
}

/* Put bytes in place of [from, to). False when there is no room. */
static bool replace(struct document *d, size_t from, size_t to, const uint8_t *bytes, size_t n)
{
	if (d->n - (to - from) + n > d->most)
		return false;
	memmove(d->p + from + n, d->p + to, d->n - to);
	memcpy(d->p + from, bytes, n);
	d->n = d->n - (to - from) + n;
	return true;
}

static const struct span *any(struct document *d)
{
	return &d->spans[roll(d, d->count)];
}

/* A copy of a element before, inside or behind b, k times. */
static void copy(struct document *d, const struct span *a, const struct span *b, unsigned k)
{
	size_t n = a->to - a->from, at = roll(d, 2) ? b->to : roll(d, 2) ? b->inner : b->from;
	uint8_t *bytes = malloc(n + 1);

	if (!bytes)
		abort();
	memcpy(bytes, d->p + a->from, n);
	while (k-- && replace(d, at, at, bytes, n))
		;
	free(bytes);
}

static void swap(struct document *d, const struct span *a, const struct span *b)
{
	if (a->from > b->from) {
		const struct span *c = a;
		a = b;
		b = c;
	}
	if (a->to > b->from)
		return;
	struct span one = *a, two = *b;
	uint8_t *bytes = malloc(one.to - one.from + 1);
	if (!bytes)
		abort();
	memcpy(bytes, d->p + one.from, one.to - one.from);
	uint8_t *other = malloc(two.to - two.from + 1);
	if (!other)
		abort();
	memcpy(other, d->p + two.from, two.to - two.from);
	replace(d, two.from, two.to, bytes, one.to - one.from);
	replace(d, one.from, one.to, other, two.to - two.from);
	free(bytes);
	free(other);
}

/* libFuzzer's own changes, dictionary and all, inside [from, to) only. */
static void change(struct document *d, size_t from, size_t to)
{
	size_t room = to - from + 64;
	uint8_t *bytes = malloc(room + 1);

	if (!bytes)
		abort();
	memcpy(bytes, d->p + from, to - from);
	replace(d, from, to, bytes, LLVMFuzzerMutate(bytes, to - from, room));
	free(bytes);
}

/* The value of an attribute of the tag at s, or its text up to the next tag. */
static void change_part(struct document *d, const struct span *s)
{
	size_t quotes = 0, from = s->inner, to = find(d, s->inner, '<');

	for (size_t i = s->from; i < s->inner; i++)
		quotes += d->p[i] == '"';
	if (quotes >= 2 && roll(d, 2)) {
		size_t k = roll(d, quotes / 2) * 2;
		from = find(d, s->from, '"');
		while (k--)
			from = find(d, from + 1, '"');
		to = find(d, ++from, '"');
	}
	change(d, from, to < from ? from : to);
}

/* Another element's tags around this one. */
static void nest(struct document *d, const struct span *s, const struct span *o)
{
	size_t head = o->inner - o->from, tail = o->to - o->behind, at = s->from, end = s->to;
	uint8_t *bytes = malloc(head + tail + 1);

	if (!bytes)
		abort();
	memcpy(bytes, d->p + o->from, head);
	memcpy(bytes + head, d->p + o->behind, tail);
	if (o->behind > o->inner && replace(d, end, end, bytes + head, tail))
		replace(d, at, at, bytes, head);
	free(bytes);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t n, size_t most, unsigned seed)
{
	static struct document d;
	unsigned times;

	d.p = data;
	d.n = n;
	d.most = most;
	d.seed = seed;
	times = 1 + roll(&d, 3);
	while (times--) {
		find_spans(&d);
		unsigned what = d.count ? roll(&d, 9) : 0;
		const struct span *s = d.count ? any(&d) : NULL;
		switch (what) {
		case 0:
		case 1: d.n = LLVMFuzzerMutate(d.p, d.n, d.most); break;
		case 2: replace(&d, s->from, s->to, d.p, 0); break;
		case 3: copy(&d, s, any(&d), 1); break;
		case 4: copy(&d, s, any(&d), 1 + roll(&d, 20)); break;
		case 5: swap(&d, s, any(&d)); break;
		case 6: nest(&d, s, any(&d)); break;
		default: change_part(&d, s);
		}
	}
	return d.n;
}
