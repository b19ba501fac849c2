/* unit: lengths. Everything inside genpdf is EMU in int64: 1 pt = 12,700, 1 mm = 36,000, 1 cm =
 * 360,000, 1 in = 914,400: all exact. Relative units (em and 字 of the face size, 行 of the
 * pitch) stay relative until a style is resolved. */
#ifndef GEN_BASE_UNIT_H
#define GEN_BASE_UNIT_H

#include "base/str.h"

typedef int64_t emu; /* the one typedef of the house: a unit, not a struct */

#define EMU_PT ((emu)12700)
#define EMU_MM ((emu)36000)

enum unit_kind { UNIT_ABSOLUTE, UNIT_EM, UNIT_LINE };

/* A length as written: absolute in EMU, or relative in millionths of an em or of a line. */
struct length {
	enum unit_kind kind;
	int64_t value; /* EMU, or 1e-6 em, or 1e-6 line */
};

/* "37mm", "2.54cm", "28pt", "2em", "2字", "1行", "三号", "小四", "0", "-0.5em". Blanks between number and unit
 * are allowed. False when it is no length. A number without unit is refused, except 0, and so is a
 * value beyond 1e12 (27 km, or a million em). Decimals behind the ninth are rounded. */
bool unit_parse(struct str s, struct length *out);
/* em and line in EMU. Rounded half away from zero. */
emu unit_resolve(struct length l, emu em, emu line);
/* Size of a Chinese type size name (号数, gbt9704.md 3): 初号 … 八号. False when it is none. */
bool unit_hao(struct str name, emu *out);
/* Not to be called: unit_muldiv does, for what needs 128 bits. */
int64_t unit_muldiv_wide(int64_t a, int64_t b, int64_t c);
/* a * b / c without overflow in between, rounded half away from zero. c > 0. */
static inline int64_t unit_muldiv(int64_t a, int64_t b, int64_t c)
{
	const int64_t most = INT64_MAX / 2; /* the sum of two still is an int64_t */
	int64_t small;
	/* Nearly always; dividing 128 bits costs ten times as much. */
	if (!__builtin_mul_overflow(a, b, &small) && small > -most && small < most && c > 0 && c < most)
		return small < 0 ? -((c / 2 - small) / c) : (small + c / 2) / c;
	return unit_muldiv_wide(a, b, c);
}
/* Decimal of value / scale with up to digits places, no trailing zeros, "-0" never:
 * unit_format(out, 1, 3, 4) = "0.3333". Returns the length; out has room for 40 bytes. */
int unit_format(char *out, int64_t value, int64_t scale, int digits);

#endif
