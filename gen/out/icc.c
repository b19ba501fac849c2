/* icc: see icc.h. An ICC.1:2004-10 profile of a matrix and curves, made here so that no file of others is shipped. The numbers follow
 * from IEC 61966-2-1: its primaries and white point, adapted to D50 by Bradford's matrix; s15Fixed16, each column rounded so that the
 * three sum up to D50. */
#include "out/icc.h"

enum { HEADER = 128, N_TAGS = 10, TABLE = HEADER + 4 + 12 * N_TAGS };

static void u32(struct buf *b, uint32_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_char(b, (char)(v >> shift));
}

static void zeros(struct buf *b, size_t n)
{
	while (n--)
		buf_char(b, 0);
}

static void put_header(struct buf *b, uint32_t size)
{
	u32(b, size);
	u32(b, 0);
	u32(b, 0x04200000);
	buf_puts(b, "mntrRGB XYZ ");
	/* 1999-10-18 00:00:00, when the standard came out. */
	buf_put(b, "\x07\xcf\0\x0a\0\x12\0\0\0\0\0\0", 12);
	buf_puts(b, "acsp");
	zeros(b, 28); /* platform, flags, maker, model, attributes, intent: perceptual */
	u32(b, 0xf6d6);
	u32(b, 0x10000);
	u32(b, 0xd32d);
	zeros(b, HEADER - 80);
}

/* Text in one language; padded to four bytes. */
static void put_text(struct buf *b, const char *text)
{
	uint32_t n = (uint32_t)strlen(text);

	buf_put(b, "mluc\0\0\0\0", 8);
	u32(b, 1);
	u32(b, 12);
	buf_puts(b, "enUS");
	u32(b, 2 * n);
	u32(b, 28);
	for (uint32_t i = 0; i < n; i++) {
		buf_char(b, 0);
		buf_char(b, text[i]);
	}
	zeros(b, 2 * n % 4);
}

static void put_xyz(struct buf *b, uint32_t x, uint32_t y, uint32_t z)
{
	buf_put(b, "XYZ \0\0\0\0", 8);
	u32(b, x);
	u32(b, y);
	u32(b, z);
}

/* Y = ((X + 0.055) / 1.055) ^ 2.4 from 0.04045 on, X / 12.92 below. */
static void put_curve(struct buf *b)
{
	static const uint32_t parameters[] = {0x26666, 0xf2a7, 0xd59, 0x13d0, 0xa5b};

	buf_put(b, "para\0\0\0\0\0\3\0\0", 12);
	for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
		u32(b, parameters[i]);
}

static void put_adaptation(struct buf *b)
{
	static const uint32_t matrix[] = {
		0x10c42, 0x5de, 0xfffff325, 0x793, 0xfd90, 0xfffffba1, 0xfffffda2, 0x3dc, 0xc06e,
	};

	buf_put(b, "sf32\0\0\0\0", 8);
	for (size_t i = 0; i < sizeof matrix / sizeof *matrix; i++)
		u32(b, matrix[i]);
}

static void put_tag(struct buf *table, const char *name, size_t from, const struct buf *data)
{
	buf_puts(table, name);
	u32(table, (uint32_t)(TABLE + from));
	u32(table, (uint32_t)(data->n - from));
}

static void put_tags(struct buf *table, struct buf *data)
{
	static const char *const curves[] = {"rTRC", "gTRC", "bTRC"};
	static const struct { const char *name; uint32_t x, y, z; } points[] = {
		{"wtpt", 0xf6d6, 0x10000, 0xd32d}, {"rXYZ", 0x6fa0, 0x38f5, 0x0390},
		{"gXYZ", 0x6297, 0xb787, 0x18d9}, {"bXYZ", 0x249f, 0x0f84, 0xb6c4},
	};
	size_t at = data->n;

	put_text(data, "sRGB IEC61966-2.1");
	put_tag(table, "desc", at, data);
	at = data->n;
	put_text(data, "No copyright, use freely");
	put_tag(table, "cprt", at, data);
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		at = data->n;
		put_xyz(data, points[i].x, points[i].y, points[i].z);
		put_tag(table, points[i].name, at, data);
	}
	at = data->n;
	put_adaptation(data);
	put_tag(table, "chad", at, data);
	at = data->n;
	put_curve(data);
	for (size_t i = 0; i < sizeof curves / sizeof *curves; i++)
		put_tag(table, curves[i], at, data);
}

void icc_srgb(struct buf *out)
{
	struct buf table = {0}, data = {0};

	put_tags(&table, &data);
	put_header(out, (uint32_t)(TABLE + data.n));
	u32(out, N_TAGS);
	buf_str(out, buf_view(&table));
	buf_str(out, buf_view(&data));
	buf_free(&table);
	buf_free(&data);
}
