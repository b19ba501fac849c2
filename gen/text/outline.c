/* outline: the shapes of glyphs, for what is drawn and is no text. See text.h.
 * Takes: a font. Gives: FreeType's unhinted outline, scaled from font units; quadratic curves as cubic ones. */
#include "text/font.h"

#include FT_OUTLINE_H

struct tracing {
	struct outline_point *out; /* NULL: only counted */
	size_t n;
	emu size;
	int upem;
	emu x, y;                  /* the last point */
};

static void add(struct tracing *t, enum outline_op op, emu x, emu y)
{
	if (t->out)
		t->out[t->n] = (struct outline_point){op, x, y};
	t->n++;
	t->x = x;
	t->y = y;
}

static emu scaled(const struct tracing *t, FT_Pos v)
{
	return unit_muldiv(v, t->size, t->upem);
}

static int on_move(const FT_Vector *to, void *user)
{
	add(user, OUTLINE_MOVE, scaled(user, to->x), -scaled(user, to->y));
	return 0;
}

static int on_line(const FT_Vector *to, void *user)
{
	add(user, OUTLINE_LINE, scaled(user, to->x), -scaled(user, to->y));
	return 0;
}

/* Two thirds of the way to the one control point, from both ends. */
static int on_conic(const FT_Vector *control, const FT_Vector *to, void *user)
{
	struct tracing *t = user;
	emu cx = scaled(t, control->x), cy = -scaled(t, control->y), x = scaled(t, to->x), y = -scaled(t, to->y);

	add(t, OUTLINE_CURVE, t->x + 2 * (cx - t->x) / 3, t->y + 2 * (cy - t->y) / 3);
	add(t, OUTLINE_CURVE, x + 2 * (cx - x) / 3, y + 2 * (cy - y) / 3);
	add(t, OUTLINE_CURVE, x, y);
	return 0;
}

static int on_cubic(const FT_Vector *one, const FT_Vector *two, const FT_Vector *to, void *user)
{
	add(user, OUTLINE_CURVE, scaled(user, one->x), -scaled(user, one->y));
	add(user, OUTLINE_CURVE, scaled(user, two->x), -scaled(user, two->y));
	add(user, OUTLINE_CURVE, scaled(user, to->x), -scaled(user, to->y));
	return 0;
}

size_t font_outline(struct font *f, uint32_t glyph, emu size, struct outline_point *out)
{
	static const FT_Outline_Funcs funcs = {on_move, on_line, on_conic, on_cubic, 0, 0};
	struct tracing t = {.out = out, .size = size, .upem = f->info.upem};

	if (FT_Load_Glyph(f->ft, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0 ||
	    f->ft->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
		return 0;
	FT_Outline_Decompose(&f->ft->glyph->outline, &funcs, &t);
	return t.n;
}
