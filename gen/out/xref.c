/* xref: see xref.h. */
#include "out/xref.h"

#include <assert.h>

#include "base/mem.h"

enum {
	/* Readers unpack a whole stream for one object; but where there are thousands, longer streams pack better: tags of a table of
	 * 5,000 rows take 311 kB by 200 and 289 kB by 500. */
	OBJECTS = 200, OBJECTS_OF_MANY = 500,
	MANY = 2000,
	MOST_OBJECTS = 8388607 /* ISO 19005-2, 6.1.13 */
};

static void xref_close(void *p)
{
	struct xref *x = p;

	mem_free(x->entries);
	buf_free(&x->head);
	buf_free(&x->body);
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
	if (!x->stream)
		x->stream = xref_number(x, 1);
	x->entries[number] = (struct xref_entry){x->stream, (uint32_t)x->packed++};
	buf_number(&x->head, number);
	buf_char(&x->head, ' ');
	buf_number(&x->head, x->body.n);
	buf_char(&x->head, ' ');
	buf_str(&x->body, body);
	buf_char(&x->body, '\n');
	return x->packed == (xref_many(x) ? OBJECTS_OF_MANY : OBJECTS);
}

bool xref_take(struct xref *x, uint32_t *number, struct buf *dict, struct str *bytes)
{
	if (!x->stream)
		return false;
	*number = x->stream;
	buf_printf(dict, "/Type/ObjStm/N %zu/First %zu", x->packed, x->head.n);
	buf_str(&x->head, buf_view(&x->body));
	*bytes = buf_view(&x->head);
	x->stream = 0;
	x->packed = 0;
	x->body.n = x->head.n = 0;
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
	unsigned char above[7] = {0}, row[7];

	for (size_t i = 0; i < x->n; i++) {
		uint32_t v = x->entries[i].stream ? x->entries[i].stream : x->entries[i].at;
		assert(i == 0 || v);
		most = v > most ? v : most;
	}
	int wide = bytes_for(most), columns = wide + 3;
	buf_printf(dict, "/Size %zu/W[1 %d 2]/DecodeParms<</Predictor 12/Columns %d>>", x->n, wide, columns);
	buf_reserve(bytes, x->n * (size_t)(columns + 1));
	for (size_t i = 0; i < x->n; i++) {
		const struct xref_entry *e = &x->entries[i];
		uint32_t v = e->stream ? e->stream : e->at;
		row[0] = i == 0 ? 0 : e->stream ? 2 : 1;
		for (int k = 0; k < wide; k++)
			row[1 + k] = (unsigned char)(v >> (8 * (wide - 1 - k)));
		row[1 + wide] = (unsigned char)(e->stream ? e->at >> 8 : 0);
		row[2 + wide] = (unsigned char)(e->stream ? e->at : 0);
		buf_char(bytes, 2);
		for (int k = 0; k < columns; k++)
			buf_char(bytes, (char)(row[k] - above[k]));
		memcpy(above, row, sizeof above);
	}
}
