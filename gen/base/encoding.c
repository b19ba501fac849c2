/* encoding: see encoding.h. The conversion is the C library's (iconv). */
#include "base/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>

#include "base/mem.h"

/* Name as users write it, name for iconv. GB 2312 and GBK are read as what contains them. */
static const struct {
	const char *name, *iconv;
} encodings[] = {
	{"UTF-8", "UTF-8"},	  {"UTF8", "UTF-8"},	    {"GB18030", "GB18030"},   {"GB-18030", "GB18030"}, {"GBK", "GB18030"},
	{"GB2312", "GB18030"},	  {"CP936", "GB18030"},	    {"BIG5", "BIG5-HKSCS"},   {"UTF-16", "UTF-16"},    {"UTF16", "UTF-16"},
	{"UTF-16LE", "UTF-16LE"}, {"UTF-16BE", "UTF-16BE"}, {"GB_2312-80", "GB18030"}, {"EUC-CN", "GB18030"}, {"x-gbk", "GB18030"},
	{"MS936", "GB18030"},	  {"windows-936", "GB18030"}, {"Big5-HKSCS", "BIG5-HKSCS"}, {"CP950", "BIG5-HKSCS"},
};

static const char *iconv_name(struct str name)
{
	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
		if (strlen(encodings[i].name) == name.n && !strncasecmp(encodings[i].name, name.p, name.n))
			return encodings[i].iconv;
	return NULL;
}

bool encoding_is_utf8(struct str name)
{
	const char *known = iconv_name(name);

	return known && !strcmp(known, "UTF-8");
}

static bool starts(struct str s, const char *bytes, size_t n)
{
	return s.n >= n && !memcmp(s.p, bytes, n);
}

/* The value of encoding="…" in <?xml …?>, with its offset; empty when there is none. */
static struct str in_declaration(struct str bytes, size_t *at)
{
	size_t skip = starts(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
	struct str head = str_sub(bytes, skip, bytes.n < 400 ? bytes.n : 400);

	if (!str_starts(head, STR("<?xml")))
		return (struct str){0};
	size_t end = str_find(head, STR("?>")), from = str_find(head, STR("encoding"));
	if (end == SIZE_MAX || from == SIZE_MAX || from > end)
		return (struct str){0};
	for (from += 8; from < end && head.p[from] != '"' && head.p[from] != '\''; from++)
		;
	size_t to = from + 1;
	while (to < end && head.p[to] != head.p[from])
		to++;
	if (to >= end)
		return (struct str){0};
	*at = skip + from + 1;
	return str_sub(head, from + 1, to);
}

struct str encoding_stated(struct str bytes)
{
	size_t at;

	if (starts(bytes, "\xEF\xBB\xBF", 3))
		return STR("UTF-8");
	if (starts(bytes, "\xFF\xFE\0", 4) || starts(bytes, "\0\0\xFE\xFF", 4))
		return STR("UTF-32");
	if (starts(bytes, "\xFF\xFE", 2) || starts(bytes, "\xFE\xFF", 2))
		return STR("UTF-16");
	if (starts(bytes, "<\0", 2) && bytes.n >= 4 && bytes.p[2] && !bytes.p[3])
		return STR("UTF-16LE");
	if (starts(bytes, "\0<\0", 3) && bytes.n >= 4 && bytes.p[3])
		return STR("UTF-16BE");
	return in_declaration(bytes, &at);
}

/* One step of iconv: what it cannot read becomes U+FFFD, a byte (or a half of UTF-16) at a time. */
static void convert(iconv_t cd, struct str bytes, size_t unit, struct buf *out, struct encoded *e)
{
	char *in = (char *)bytes.p, chunk[8192];
	size_t left = bytes.n;

	while (left) {
		char *to = chunk;
		size_t room = sizeof chunk;
		size_t r = iconv(cd, &in, &left, &to, &room);
		buf_put(out, chunk, sizeof chunk - room);
		if (r != (size_t)-1 || errno == E2BIG)
			continue;
		if (e->bad == SIZE_MAX) {
			e->bad = out->n;
			e->bad_byte = bytes.n - left;
		}
		buf_utf8(out, 0xFFFD);
		size_t step = left < unit ? left : unit;
		in += step;
		left -= step;
	}
}

static struct str as_utf8(struct arena *a, struct str text, struct encoded *e)
{
	size_t at;
	struct str name = in_declaration(text, &at);
	struct buf b = {0};

	if (!name.n)
		return arena_str(a, text);
	buf_str(&b, str_sub(text, 0, at));
	buf_puts(&b, "UTF-8");
	buf_str(&b, str_sub(text, at + name.n, text.n));
	if (e->bad != SIZE_MAX && e->bad > at)
		e->bad = e->bad + strlen("UTF-8") - name.n;
	struct str s = arena_str(a, buf_view(&b));
	buf_free(&b);
	return s;
}

/* A sample that begins at the bad byte; its end may cut a character. */
static bool reads_as(struct arena *a, struct str sample, const char *name)
{
	struct encoded e;

	return encoding_convert(a, sample, str_of(name), &e) && (e.bad == SIZE_MAX || e.bad_byte + 4 > sample.n);
}

const char *encoding_guess(struct arena *a, struct str bytes, size_t bad)
{
	enum { SAMPLE = 4096 };
	static const char *const names[] = {"GB18030", "Big5"};
	struct str sample = str_sub(bytes, bad, bytes.n - bad > SAMPLE ? bad + SAMPLE : bytes.n);
	const char *wide = memchr(bytes.p, 0, bytes.n) ? encoding_guess_wide(a, bytes) : NULL;

	if (wide)
		return wide;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (reads_as(a, sample, names[i]))
			return arena_printf(a, DIAG_TWO("；像是 %s，请存为 UTF-8，或加 --encoding %s", "; it may be %s: save it as UTF-8, or add --encoding %s"),
					    names[i], names[i], names[i], names[i]);
	return DIAG_TWO("；请存为 UTF-8，或用 --encoding 说明编码", "; save it as UTF-8, or name its encoding with --encoding");
}

/* Of 100 characters 90 are of this kind in Chinese text, and hardly any when bytes are read in the wrong way. */
static bool is_common(uint32_t cp)
{
	return (cp >= 0x20 && cp < 0x7F) || (cp && strchr("\t\r\n", (int)cp) && cp < 0x20) || (cp >= 0x2010 && cp < 0x2040) ||
	       (cp >= 0x3000 && cp < 0x3030) || (cp >= 0x4E00 && cp < 0xA000) || (cp >= 0xFF00 && cp < 0xFFF0);
}

const char *encoding_guess_wide(struct arena *a, struct str bytes)
{
	enum { SAMPLE = 4096 };
	static const char *const names[] = {"UTF-16LE", "UTF-16BE"};
	struct str sample = str_sub(bytes, 0, bytes.n > SAMPLE ? SAMPLE : bytes.n);
	struct encoded e;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t n = 0, common = 0;
		encoding_convert(a, sample, str_of(names[i]), &e);
		for (size_t at = 0; at < e.text.n; n++)
			common += is_common(utf8_next(e.text, &at));
		if (n && common * 10 >= n * 9)
			return arena_printf(a, DIAG_TWO("；像是 %s，请存为 UTF-8，或加 --encoding %s", "; it may be %s: save it as UTF-8, or add --encoding %s"),
					    names[i], names[i], names[i], names[i]);
	}
	return NULL;
}

bool encoding_convert(struct arena *a, struct str bytes, struct str name, struct encoded *out)
{
	const char *from = iconv_name(name);
	iconv_t cd = from ? iconv_open("UTF-8", from) : (iconv_t)-1;
	struct buf text = {0};

	*out = (struct encoded){.bad = SIZE_MAX};
	if (cd == (iconv_t)-1)
		return false;
	convert(cd, bytes, strncmp(from, "UTF-16", 6) ? 1 : 2, &text, out);
	iconv_close(cd);
	out->text = as_utf8(a, buf_view(&text), out);
	buf_free(&text);
	return true;
}

/* ---- reading ---- */

/* Whether all of it is UTF-8 with ideographs in it; *at: the first of its bytes that is not ASCII. Text of other encodings never is:
 * no ideograph of theirs has three bytes. */
static bool looks_utf8(struct str bytes, size_t *at)
{
	size_t wide = 0;

	if (!bytes.n || memchr(bytes.p, 0, bytes.n) || utf8_bad(bytes) != SIZE_MAX)
		return false;
	*at = SIZE_MAX;
	for (size_t i = 0; i < bytes.n && wide < 2; i++) {
		unsigned char c = (unsigned char)bytes.p[i];
		*at = c >= 0x80 && *at == SIZE_MAX ? i : *at;
		wide += c >= 0xE3 && c <= 0xE9;
	}
	return wide >= 2;
}

/* Bytes that can be read as another encoding than the named one only. */
static bool is_misnamed(struct diag_list *d, struct source_table *sources, const char *shown, const char *asked, struct str name,
			struct str bytes)
{
	size_t at = 0, first = 0;
	struct str written = in_declaration(bytes, &at);
	bool stated = !asked && written.n, narrow = stated && !strncasecmp(name.p, "UTF-16", 6) && str_eq(name, written);
	const char *hint = DIAG_TWO("；全文是 UTF-8，请把声明改为 UTF-8", "; all of it is UTF-8: declare UTF-8");

	if (looks_utf8(bytes, &first))
		hint = stated ? hint : DIAG_TWO("；全文是 UTF-8，请去掉 --encoding", "; all of it is UTF-8: leave out --encoding");
	else if (narrow) /* a declaration that can be read byte by byte */
		hint = utf8_bad(bytes) == SIZE_MAX ? hint : encoding_guess(d->arena, bytes, utf8_bad(bytes));
	else
		return false;
	uint32_t src = source_borrow(sources, str_of(shown), bytes);
	struct diag *m = diag_add(d, DIAG_ENCODING_BAD, loc_at(src, stated ? at : first), arena_copy(d->arena, name.p, name.n),
				  arena_printf(d->arena, "%zu", narrow ? 0 : first), hint, NULL);
	m->length = stated ? (uint32_t)written.n : 1;
	return true;
}

bool encoding_read(struct diag_list *d, struct source_table *sources, const char *shown, const char *asked, struct str *bytes)
{
	struct str name = asked ? str_of(asked) : encoding_stated(*bytes), original = *bytes;
	struct encoded e;
	size_t at;

	if (!name.n || (encoding_is_utf8(name) && (asked || !starts(original, "\xEF\xBB\xBF", 3) || !in_declaration(original, &at).n)))
		return true;
	if (!iconv_name(name)) {
		if (asked)
			diag_add(d, DIAG_ENCODING_UNKNOWN, (struct loc){0}, asked, NULL);
		return !asked; /* a name in an XML declaration is refused with its place by the parser */
	}
	if (!encoding_is_utf8(name) && is_misnamed(d, sources, shown, asked, name, original))
		return false;
	encoding_convert(d->arena, original, name, &e);
	*bytes = e.text;
	if (e.bad == SIZE_MAX)
		return true;
	if (encoding_is_utf8(name)) { /* the parser tells its bytes */
		*bytes = original;
		return true;
	}
	diag_add(d, DIAG_ENCODING_BAD, loc_at(source_borrow(sources, str_of(shown), e.text), e.bad), arena_copy(d->arena, name.p, name.n),
		 arena_printf(d->arena, "%zu", e.bad_byte), "", NULL);
	return false;
}
