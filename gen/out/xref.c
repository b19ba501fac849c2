/* xref: see xref.h. */
#include "out/xref.h"

#include <assert.h>

#include "base/mem.h"
#include "out/rows.h"

enum {
	/* Readers unpack a whole stream for one object; but where there are thousands, longer streams pack better: tags of a table of
	 * 5,000 rows take 311 kB by 200 and 289 kB by 500. */
	OBJECTS = 200, OBJECTS_OF_MANY = 500,
	MANY = 2000,
	LEAST_ROWS = 100,
	PLACE = 17, /* number and offset of an object */
	MOST_OBJECTS = 8388607 /* ISO 19005-2, 6.1.13 */
};

static void xref_close(void *p)
{
	struct xref *x = p;

	mem_free(x->entries);
	buf_free(&x->head);
	buf_free(&x->body);
	buf_free(&x->places);
	buf_free(&x->told);
}

void xref_open(struct xref *x, struct arena *a)
{
	*x = (struct xref){0};
	xref_number(x, 1);
	arena_defer(a, xref_close, x);
}

uint32_t xref_number(struct xref *x, size_t n)
{
	if (n > MOST_OBJECTS || x->n + n > MOST_OBJECTS + (size_t)1)
		return 0;
	if (x->n + n > x->cap) {
		x->cap = (x->n + n) * 2 + 256;
		x->entries = mem_grow(x->entries, x->cap * sizeof *x->entries);
	}
	memset(x->entries + x->n, 0, n * sizeof *x->entries);
	x->n += n;
	return (uint32_t)(x->n - n);
}

bool xref_has(const struct xref *x, uint32_t number)
{
	return x->entries[number].stream || x->entries[number].at;
}

bool xref_many(const struct xref *x)
{
	return x->n > MANY;
}

bool xref_pack(struct xref *x, uint32_t number, struct str body)
{
	uint32_t place[2] = {number, (uint32_t)x->body.n};

	if (!x->stream)
		x->stream = xref_number(x, 1);
	x->entries[number] = (struct xref_entry){x->stream, (uint32_t)x->packed++};
	buf_put(&x->places, place, sizeof place);
	buf_str(&x->body, body);
	buf_char(&x->body, '\n');
	return x->packed == (xref_many(x) ? OBJECTS_OF_MANY : OBJECTS);
}

static void put_place(struct buf *b, uint32_t number, uint32_t at)
{
	buf_number(b, number);
	buf_char(b, ' ');
	buf_number(b, at);
	buf_char(b, ' ');
}

/* Where the objects stand; for rows as a whole number of entries a row, one below the other. */
static void put_places(struct xref *x, size_t columns)
{
	const uint32_t *place = (const uint32_t *)x->places.p;
	size_t each = columns / PLACE;

	while (each > 1 && columns % each)
		each--;
	int wide = each ? (int)(columns / each) : PLACE;
	for (size_t i = 0; i < x->packed; i++)
		if (columns)
			buf_printf(&x->head, "%*lu%8lu\n", wide - 9, (unsigned long)place[2 * i], (unsigned long)place[2 * i + 1]);
		else
			put_place(&x->head, place[2 * i], place[2 * i + 1]);
}

bool xref_take(struct xref *x, uint32_t *number, struct buf *dict, struct str *bytes)
{
	if (!x->stream)
		return false;
	size_t columns = x->packed >= LEAST_ROWS ? rows_find(buf_view(&x->body)) : 0;
	*number = x->stream;
	x->head.n = x->told.n = 0;
	put_places(x, columns);
	buf_printf(dict, "/Type/ObjStm/N %zu/First %zu", x->packed, x->head.n);
	buf_str(&x->head, buf_view(&x->body));
	if (columns)
		rows_tell(&x->told, dict, buf_view(&x->head), columns);
	*bytes = buf_view(columns ? &x->told : &x->head);
	x->stream = 0;
	x->packed = 0;
	x->body.n = x->places.n = 0;
	return true;
}

void xref_at(struct xref *x, uint32_t number, size_t offset)
{
	x->entries[number] = (struct xref_entry){0, (uint32_t)offset};
}

static int bytes_for(uint32_t v)
{
	return v < 0x100 ? 1 : v < 0x10000 ? 2 : v < 0x1000000 ? 3 : 4;
}

void xref_table(const struct xref *x, struct buf *dict, struct buf *bytes)
{
	uint32_t most = 0;
	struct buf rows = {0};

	for (size_t i = 0; i < x->n; i++) {
		uint32_t v = x->entries[i].stream ? x->entries[i].stream : x->entries[i].at;
		assert(i == 0 || v);
		most = v > most ? v : most;
	}
	int wide = bytes_for(most);
	buf_printf(dict, "/Size %zu/W[1 %d 2]", x->n, wide);
	for (size_t i = 0; i < x->n; i++) {
		const struct xref_entry *e = &x->entries[i];
		uint32_t v = e->stream ? e->stream : e->at;
		buf_char(&rows, i == 0 ? 0 : e->stream ? 2 : 1);
		for (int k = wide - 1; k >= 0; k--)
			buf_char(&rows, (char)(v >> (8 * k)));
		buf_char(&rows, (char)(e->stream ? e->at >> 8 : 0));
		buf_char(&rows, (char)(e->stream ? e->at : 0));
	}
	rows_tell(bytes, dict, buf_view(&rows), (size_t)wide + 3);
	buf_free(&rows);
}
