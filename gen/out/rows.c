/* rows: see rows.h. */
#include "out/rows.h"

enum {
	STEP = 5, MOST_COLUMNS = 400, /* rows of refs and of elements are made as wide as a multiple of this */
	SAMPLE = 6000, GLANCE = 1600,
	LEAST_EQUAL = 80,             /* percent of the bytes; text that is no rows has up to 50 */
	LEAST_AT_A_GLANCE = 60,
	UP = 2                        /* the predictor, before each row */
};

static uint64_t eight(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* Eight bytes at once: bytes of the difference that are nothing. */
static size_t count_equal(const char *p, size_t n, size_t columns)
{
	const uint64_t low = 0x7f7f7f7f7f7f7f7f;
	size_t equal = 0, i = MOST_COLUMNS;

	for (; i + 8 <= n; i += 8) {
		uint64_t x = eight(p + i) ^ eight(p + i - columns);
		uint64_t unlike = (((x & low) + low) | x) & ~low;
		equal += 8 - (size_t)((unlike >> 7) * 0x0101010101010101 >> 56); /* the sum of its eight bytes */
	}
	for (; i < n; i++)
		equal += p[i] == p[i - columns];
	return equal;
}

size_t rows_find(struct str bytes)
{
	/* From the middle: the first rows are often of another kind. */
	size_t n = bytes.n < SAMPLE ? bytes.n : SAMPLE, best = 0, most = 0;
	const char *p = bytes.p + (bytes.n - n) / 2;

	if (n < 4 * MOST_COLUMNS)
		return 0;
	for (size_t columns = 2 * STEP; columns <= MOST_COLUMNS; columns += STEP) {
		size_t equal = count_equal(p, GLANCE, columns);
		if (equal * 100 < (GLANCE - MOST_COLUMNS) * LEAST_AT_A_GLANCE)
			continue;
		equal = count_equal(p, n, columns);
		if (equal > most) {
			most = equal;
			best = columns;
		}
	}
	return most * 100 >= (n - MOST_COLUMNS) * LEAST_EQUAL ? best : 0;
}

void rows_tell(struct buf *out, struct buf *dict, struct str bytes, size_t columns)
{
	buf_printf(dict, "/DecodeParms<</Predictor 12/Columns %zu>>", columns);
	size_t rows = (bytes.n + columns - 1) / columns;
	buf_reserve(out, rows * (columns + 1));
	unsigned char *to = (unsigned char *)out->p + out->n;
	for (size_t row = 0; row < rows; row++, to += columns + 1) {
		const unsigned char *from = (const unsigned char *)bytes.p + row * columns;
		size_t n = bytes.n - row * columns < columns ? bytes.n - row * columns : columns;
		to[0] = UP;
		memset(to + 1, ' ', columns);
		memcpy(to + 1, from, n);
		if (row == 0)
			continue;
		for (size_t i = 0; i < columns; i++)
			to[i + 1] = (unsigned char)(to[i + 1] - bytes.p[(row - 1) * columns + i]);
	}
	out->n += rows * (columns + 1);
}
