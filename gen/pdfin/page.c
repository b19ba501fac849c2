/* page: the lines of a page's text, in the order its content writes them: what a difference is told by. A line ends where the
 * next piece of text stands at another height. Codes become text by the fonts' ToUnicode (ISO 32000-1, 9.10.3). */
#include "pdfin/door.h"
#include "pdfin/token.h"

#include <stdlib.h>

/* Enough for any document; what is beyond is not told apart. */
enum { FONTS_MAX = 200, CODES = 65536, LINES_FIRST = 64, CODES_SET_MAX = 4000000, TEXT_MAX = 64 };

/* What the codes of one font mean. */
struct font_text {
	int object;        /* its number; 0: stands in another object */
	int bytes;         /* of a code */
	struct str *codes; /* CODES of them; NULL: it does not say */
};

/* ---- ToUnicode ---- */

static uint32_t number_of(struct str bytes)
{
	uint32_t value = 0;

	for (size_t i = 0; i < bytes.n; i++)
		value = value << 8 | (unsigned char)bytes.p[i];
	return value;
}

/* UTF-16BE, its last unit counted up by more. */
static struct str text_of(struct arena *a, struct str utf16, uint32_t more)
{
	struct buf b = {0};

	for (size_t i = 0; i + 1 < utf16.n; i += 2) {
		uint32_t unit = number_of(str_sub(utf16, i, i + 2)), low;
		if (unit >= 0xd800 && unit < 0xdc00 && i + 3 < utf16.n) {
			low = number_of(str_sub(utf16, i + 2, i + 4));
			unit = 0x10000 + ((unit - 0xd800) << 10) + ((low - 0xdc00) & 0x3ff);
			i += 2;
		}
		if (i + 3 >= utf16.n)
			unit += more;
		buf_utf8(&b, unit < 0x110000 && (unit < 0xd800 || unit > 0xdfff) ? unit : 0xfffd);
	}
	struct str out = arena_str(a, buf_view(&b));
	buf_free(&b);
	return out;
}

static void set_code(struct pdfin *p, struct font_text *f, uint32_t code, struct str utf16, uint32_t more)
{
	if (code < CODES && p->codes_set++ < CODES_SET_MAX)
		f->codes[code] = text_of(p->a, str_sub(utf16, 0, utf16.n < TEXT_MAX ? utf16.n : TEXT_MAX), more);
}

/* <first> <last> <text>, or [ <text> … ] */
static void read_range(struct pdfin *p, struct font_text *f, struct tokens *t, uint32_t first)
{
	if (token_next(t) != TOKEN_HEX)
		return;
	uint32_t last = number_of(buf_view(&t->bytes));
	enum token_kind kind = token_next(t);
	if (kind == TOKEN_HEX)
		for (uint32_t code = first; code <= last && code < CODES && p->codes_set < CODES_SET_MAX; code++)
			set_code(p, f, code, buf_view(&t->bytes), code - first);
	else if (kind == TOKEN_MARK)
		while (token_next(t) == TOKEN_HEX)
			set_code(p, f, first++, buf_view(&t->bytes), 0);
}

static void read_cmap(struct pdfin *p, struct font_text *f, struct str cmap)
{
	struct tokens t = {.s = cmap};
	enum token_kind kind;
	int in = 0; /* 1: characters, 2: ranges */

	while ((kind = token_next(&t)) != TOKEN_END) {
		if (kind == TOKEN_WORD)
			in = str_is(t.text, "beginbfchar") ? 1 : str_is(t.text, "beginbfrange") ? 2 : 0;
		if (kind != TOKEN_HEX || !in)
			continue;
		uint32_t code = number_of(buf_view(&t.bytes));
		if (in == 2)
			read_range(p, f, &t, code);
		else if (token_next(&t) == TOKEN_HEX)
			set_code(p, f, code, buf_view(&t.bytes), 0);
	}
	buf_free(&t.bytes);
}

static const struct font_text *font_text(struct pdfin *p, qpdf_oh font)
{
	int object = DOOR(p, oh_is_indirect, font) ? DOOR(p, oh_get_object_id, font) : 0;
	struct buf cmap = {0};

	if (!p->fonts)
		p->fonts = ARENA_ARRAY(p->a, FONTS_MAX, struct font_text);
	for (int i = 0; object && i < p->n_fonts; i++)
		if (p->fonts[i].object == object)
			return &p->fonts[i];
	if (p->n_fonts == FONTS_MAX || !door_is_dict(p, font))
		return NULL;
	struct font_text *f = &p->fonts[p->n_fonts++];
	*f = (struct font_text){object, str_is(door_name(p, door_key(p, font, "/Subtype")), "Type0") ? 2 : 1, NULL};
	if (door_stream_bytes(p, door_key(p, font, "/ToUnicode"), &cmap)) {
		f->codes = ARENA_ARRAY(p->a, CODES, struct str);
		read_cmap(p, f, buf_view(&cmap));
	}
	buf_free(&cmap);
	return f;
}

static void put_codes(const struct font_text *f, struct str bytes, struct buf *out)
{
	size_t step = f ? (size_t)f->bytes : 1;

	for (size_t i = 0; i + step <= bytes.n; i += step) {
		uint32_t code = number_of(str_sub(bytes, i, i + step));
		if (f && f->codes)
			buf_str(out, f->codes[code].n ? f->codes[code] : STR("\xef\xbf\xbd"));
		else
			buf_utf8(out, step == 1 && code >= ' ' && code < 0x7f ? code : 0xfffd);
	}
}

/* ---- lines ---- */

struct reading {
	struct pdfin *p;
	struct arena *a;
	struct page_text *out;
	qpdf_oh fonts;                /* the page's /Font */
	const struct font_text *font;
	struct buf shown;             /* strings since the last operator */
	struct buf line;
	size_t line_from, cap;
	double numbers[6];            /* the last ones, the newest at the end */
	struct str name;
	double y, line_y;
	bool started;                 /* a line is under way */
};

static void end_line(struct reading *r)
{
	struct page_text *t = r->out;

	if (!r->started)
		return;
	ARENA_GROW(r->a, t->lines, t->n, r->cap, LINES_FIRST);
	t->lines[t->n++] = (struct page_line){arena_str(r->a, buf_view(&r->line)), r->line_from};
	r->line.n = 0;
	r->started = false;
}

static void show(struct reading *r, size_t from)
{
	if (r->started && r->y != r->line_y)
		end_line(r);
	if (!r->started) {
		r->line_from = from;
		r->line_y = r->y;
	}
	r->started = true;
	put_codes(r->font, buf_view(&r->shown), &r->line);
}

static void choose_font(struct reading *r)
{
	char key[256];

	if (r->name.n >= sizeof key - 1)
		return;
	key[0] = '/';
	memcpy(key + 1, r->name.p, r->name.n);
	key[r->name.n + 1] = '\0';
	r->font = font_text(r->p, door_key(r->p, r->fonts, key));
}

static void run(struct reading *r, struct str word, size_t from)
{
	if (str_is(word, "Tf"))
		choose_font(r);
	else if (str_is(word, "BT"))
		r->y = 0;
	else if (str_is(word, "Td") || str_is(word, "TD"))
		r->y += r->numbers[5];
	else if (str_is(word, "Tm"))
		r->y = r->numbers[5];
	else if (str_is(word, "T*") || str_is(word, "'") || str_is(word, "\""))
		r->y -= 1;
	if (r->shown.n && (str_is(word, "Tj") || str_is(word, "TJ") || str_is(word, "'") || str_is(word, "\"")))
		show(r, from);
	r->shown.n = 0;
}

static void read_content(struct reading *r, struct str content)
{
	struct tokens t = {.s = content};
	enum token_kind kind;
	size_t from = 0; /* behind the last operator */

	while ((kind = token_next(&t)) != TOKEN_END) {
		if (kind == TOKEN_NUMBER) {
			memmove(r->numbers, r->numbers + 1, sizeof r->numbers - sizeof *r->numbers);
			r->numbers[5] = t.number;
		} else if (kind == TOKEN_NAME) {
			r->name = t.text;
		} else if (kind == TOKEN_STRING || kind == TOKEN_HEX) {
			buf_str(&r->shown, buf_view(&t.bytes));
		} else if (kind == TOKEN_WORD) {
			run(r, t.text, from);
			from = t.at;
		}
	}
	end_line(r);
	buf_free(&t.bytes);
}

bool page_read(struct pdfin *p, struct arena *a, int page, struct page_text *out)
{
	struct reading r = {.p = p, .a = a, .out = out};
	unsigned char *bytes = NULL;
	size_t n = 0;
	qpdf_oh h = DOOR(p, get_page_n, (size_t)page);

	*out = (struct page_text){0};
	if (DOOR(p, oh_get_page_content_data, h, &bytes, &n) & QPDF_ERRORS) {
		free(bytes);
		if (DOOR(p, has_error))
			DOOR(p, get_error);
		return false;
	}
	out->content = arena_str(a, (struct str){(char *)bytes, n});
	free(bytes);
	r.fonts = door_key(p, door_key(p, h, "/Resources"), "/Font");
	read_content(&r, out->content);
	buf_free(&r.shown);
	buf_free(&r.line);
	return true;
}
