/* dump: clusters and lines for people and tests. Lengths in points, at most three decimals; fonts by their number and
 * PostScript name, never by path. A cluster's mark says whether a line may (|) or must (!) begin with it. */
#include "text/font.h"

static const char *const class_names[] = {
	[HAN_IDEOGRAPH] = "ideograph", [HAN_OPEN] = "open", [HAN_CLOSE] = "close", [HAN_PAUSE] = "pause",
	[HAN_STOP] = "stop", [HAN_DASH] = "dash", [HAN_ELLIPSIS] = "ellipsis", [HAN_CONNECTOR] = "connector",
	[HAN_INTERPUNCT] = "interpunct", [HAN_SLASH] = "slash", [HAN_LATIN] = "latin", [HAN_DIGIT] = "digit",
	[HAN_LATIN_MARK] = "latin-mark", [HAN_SPACE] = "space", [HAN_WIDE_SPACE] = "wide-space",
	[HAN_PREFIX] = "prefix", [HAN_POSTFIX] = "postfix", [HAN_OTHER] = "other", [HAN_OBJECT] = "object",
};

static const char *const end_names[] = {
	[LINE_LAST] = "last", [LINE_NATURAL] = "natural", [LINE_SQUEEZED] = "squeezed", [LINE_FORCED] = "forced",
	[LINE_EMERGENCY_BREAK] = "emergency",
};

static void put_points(struct buf *out, const char *name, emu length)
{
	char number[40];
	unit_format(number, length, EMU_PT, 3);
	buf_printf(out, "%s%s", name, number);
}

static void put_fonts(const struct shaped *s, struct buf *out)
{
	uint64_t shown[64] = {0}; /* numbers up to 4095: more fonts in one text are not listed */
	for (size_t i = 0; i < s->n; i++) {
		struct font *f = s->clusters[i].font;
		unsigned number = f ? (unsigned)f->number : 0;
		if (!f || number >= 4096 || shown[number / 64] >> number % 64 & 1)
			continue;
		shown[number / 64] |= (uint64_t)1 << number % 64;
		buf_printf(out, "font %u %.*s\n", number, STR_ARG(font_info(f)->ps_name));
	}
}

static void put_glyphs(const struct shaped *s, const struct cluster *c, struct buf *out)
{
	for (size_t i = c->glyph; i < c->glyph + (size_t)c->n_glyphs; i++) {
		const struct glyph *g = &s->glyphs[i];
		buf_printf(out, " g%u", (unsigned)g->id);
		if (c->n_glyphs > 1)
			put_points(out, "+", g->advance);
		if (g->dx || g->dy) {
			put_points(out, "@", g->dx);
			put_points(out, ",", g->dy);
		}
	}
}

static void put_cluster(const struct shaped *s, size_t i, const emu *x, struct buf *out)
{
	const struct cluster *c = &s->clusters[i];
	buf_printf(out, "%5zu %c ", i, c->before == BREAK_MUST ? '!' : c->before == BREAK_MAY ? '|' : ' ');
	buf_json(out, str_sub(s->text, c->text, c->text + c->length));
	buf_printf(out, " %s", class_names[c->cls]);
	if (c->font) {
		buf_printf(out, " f%d", c->font->number);
		put_points(out, "/", c->size);
	}
	if (x)
		put_points(out, " x", *x);
	put_points(out, " w", c->width);
	if (c->gap)
		put_points(out, " gap", c->gap);
	if (c->blank_start)
		put_points(out, " start", c->blank_start);
	if (c->blank_end)
		put_points(out, " end", c->blank_end);
	put_glyphs(s, c, out);
	buf_char(out, '\n');
}

static void put_line(const struct shaped *s, const struct line *l, size_t number, struct buf *out)
{
	buf_printf(out, "line %zu %s", number, end_names[l->why]);
	put_points(out, " natural ", l->natural);
	put_points(out, " width ", l->width);
	if (l->stretch)
		put_points(out, " stretch ", l->stretch);
	buf_char(out, '\n');
	for (size_t i = l->from; i < l->to; i++)
		put_cluster(s, i, &l->x[i - l->from], out);
}

void text_dump(const struct shaped *s, const struct lines *l, struct buf *out)
{
	put_fonts(s, out);
	for (size_t i = 0; l && i < l->n; i++)
		put_line(s, &l->list[i], i + 1, out);
	for (size_t i = 0; !l && i < s->n; i++)
		put_cluster(s, i, NULL, out);
}
