/* uax14: line breaking of what is not Chinese, by the rules of UAX #14 for Unicode 15.0.
 * Takes the classes of a paragraph's characters (a caller may have changed them). Gives the break
 * before each. Numbers follow the regular expression of its section 8.2, example 7, so that a
 * number with its sign, currency and percent mark is one unit. */
#include "text/han.h"

struct uax14 uax14_of(uint32_t cp)
{
	if (cp >= 0x4e00 && cp <= 0x9fff) /* nine of ten */
		return (struct uax14){.cls = UAX_ID, .wide = true, .letter = true};
	/* The range that a block of 256 begins in; it ends in that of the next. */
	bool known = cp >> 8 < uax14_n_blocks;
	size_t lo = known ? uax14_blocks[cp >> 8] : 0, hi = known ? uax14_blocks[(cp >> 8) + 1] + 1u : uax14_n_ranges;
	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;
		if (uax14_ranges[mid] >> 11 <= cp)
			lo = mid;
		else
			hi = mid;
	}
	uint32_t w = uax14_ranges[lo];
	return (struct uax14){.cls = w & 0xff, .wide = w >> 9 & 1, .letter = w >> 10 & 1};
}

/* A set of classes. */
#define S(c) (UINT64_C(1) << UAX_##c)
static bool is(uint64_t set, unsigned cls)
{
	return set >> cls & 1;
}

#define HARD (S(BK) | S(CR) | S(LF) | S(NL))
#define LETTER (S(AL) | S(HL))
#define PICTURE (S(ID) | S(EB) | S(EM))
#define HANGUL (S(JL) | S(JV) | S(JT) | S(H2) | S(H3))
_Static_assert(UAX_COUNT <= 64, "classes fit a set");

/* Where we stand inside (PR|PO)? (OP|HY)? NU (NU|SY|IS)* (CL|CP)? (PR|PO)? */
enum number { NUMBER_NONE, NUMBER_DIGITS, NUMBER_CLOSED };

struct scan {
	struct uax14 prev;   /* last character, combining marks attached to it, spaces passed over */
	unsigned raw;        /* class of the character just before */
	bool spaces;         /* spaces stand between prev and here */
	int flags;           /* regional indicators in a row, up to here */
	bool hebrew;         /* prev is a hyphen behind a Hebrew letter (LB21a) */
	enum number number;
};

static enum number number_next(enum number now, struct uax14 c, bool spaces)
{
	if (spaces)
		now = NUMBER_NONE;
	if (c.cls == UAX_NU)
		return NUMBER_DIGITS;
	if (now == NUMBER_DIGITS && is(S(SY) | S(IS), c.cls))
		return NUMBER_DIGITS;
	if (now == NUMBER_DIGITS && is(S(CL) | S(CP), c.cls) && !c.wide)
		return NUMBER_CLOSED;
	return NUMBER_NONE;
}

static bool number_joins(const struct scan *s, struct uax14 c, struct uax14 next)
{
	unsigned a = s->prev.cls, b = c.cls;
	if (s->number == NUMBER_DIGITS && is(S(NU) | S(SY) | S(IS) | S(CL) | S(CP), b))
		return true;
	if (s->number >= NUMBER_DIGITS && is(S(PO) | S(PR), b))
		return true;
	if (b == UAX_NU)
		return is(S(PR) | S(PO) | S(OP) | S(HY), a);
	return is(S(PR) | S(PO), a) && is(S(OP) | S(HY), b) && next.cls == UAX_NU;
}

/* Rules that look through spaces (LB13-LB17). */
static bool joins_over_spaces(unsigned a, unsigned b, bool spaces)
{
	if (is(S(CL) | S(CP) | S(IS) | S(SY), b) && (a != UAX_NU || spaces))
		return true;
	return b == UAX_EX || a == UAX_OP || (a == UAX_QU && b == UAX_OP) ||
	       (is(S(CL) | S(CP), a) && b == UAX_NS) || (a == UAX_B2 && b == UAX_B2);
}

static bool letters_join(struct uax14 a, struct uax14 b)
{
	if (is(LETTER | S(NU), a.cls) && is(LETTER | S(NU), b.cls))
		return true; /* LB23, LB28; digits: LB25 */
	if (is(S(PR) | S(PO), a.cls) && is(LETTER, b.cls))
		return true; /* LB24 */
	if (is(LETTER, a.cls) && is(S(PR) | S(PO), b.cls))
		return true;
	if (a.cls == UAX_IS && is(LETTER, b.cls))
		return true; /* LB29 */
	if (is(LETTER | S(NU), a.cls) && b.cls == UAX_OP && !b.wide)
		return true; /* LB30: not the brackets of East Asia */
	return a.cls == UAX_CP && !a.wide && is(LETTER | S(NU), b.cls);
}

static bool pictures_join(unsigned a, unsigned b)
{
	if ((a == UAX_PR && is(PICTURE, b)) || (is(PICTURE, a) && b == UAX_PO))
		return true; /* LB23a */
	if ((a == UAX_JL && is(S(JL) | S(JV) | S(H2) | S(H3), b)) ||
	    (is(S(JV) | S(H2), a) && is(S(JV) | S(JT), b)) || (is(S(JT) | S(H3), a) && b == UAX_JT))
		return true; /* LB26 */
	if ((is(HANGUL, a) && b == UAX_PO) || (a == UAX_PR && is(HANGUL, b)))
		return true; /* LB27 */
	return a == UAX_EB && b == UAX_EM; /* LB30b */
}

/* LB19-LB31: no spaces in between. */
static bool pair_joins(const struct scan *s, struct uax14 c, struct uax14 next)
{
	unsigned a = s->prev.cls, b = c.cls;
	if (a == UAX_QU || b == UAX_QU)
		return true;
	if (a == UAX_CB || b == UAX_CB)
		return false;
	if (is(S(BA) | S(HY) | S(NS), b) || a == UAX_BB || s->hebrew)
		return true;
	if ((a == UAX_SY && b == UAX_HL) || b == UAX_IN)
		return true;
	if (a == UAX_RI && b == UAX_RI)
		return s->flags % 2 == 1;
	return number_joins(s, c, next) || letters_join(s->prev, c) || pictures_join(a, b);
}

/* The break before c, which is no combining mark attached to the character before. */
static enum break_kind break_before(const struct scan *s, struct uax14 c, struct uax14 next)
{
	unsigned a = s->prev.cls, b = c.cls;
	if (is(HARD, s->raw))
		return s->raw == UAX_CR && b == UAX_LF ? BREAK_NO : BREAK_MUST;
	if (is(HARD | S(SP) | S(ZW), b))
		return BREAK_NO;
	if (a == UAX_ZW)
		return BREAK_MAY;
	if (s->raw == UAX_ZWJ || b == UAX_WJ || (a == UAX_WJ && !s->spaces))
		return BREAK_NO;
	if (a == UAX_GL && !s->spaces)
		return BREAK_NO;
	if (b == UAX_GL && !s->spaces && !is(S(BA) | S(HY), a))
		return BREAK_NO;
	if (joins_over_spaces(a, b, s->spaces))
		return BREAK_NO;
	if (s->spaces)
		return BREAK_MAY;
	return pair_joins(s, c, next) ? BREAK_NO : BREAK_MAY;
}

/* A mark with nothing to stand on is a letter (LB10); it stands on anything but these (LB9). */
static bool is_attached(const struct scan *s, unsigned cls)
{
	return is(S(CM) | S(ZWJ), cls) && !is(HARD | S(SP) | S(ZW), s->raw);
}

static void step(struct scan *s, struct uax14 c, unsigned raw)
{
	if (c.cls == UAX_SP && s->prev.cls != UAX_SP) {
		s->spaces = true;
		s->raw = raw;
		s->number = NUMBER_NONE;
		return;
	}
	s->number = number_next(s->number, c, s->spaces);
	s->hebrew = is(S(BA) | S(HY), c.cls) && s->prev.cls == UAX_HL && !s->spaces;
	s->flags = c.cls == UAX_RI ? (s->prev.cls == UAX_RI && !s->spaces ? s->flags + 1 : 1) : 0;
	s->prev = c;
	s->raw = raw;
	s->spaces = c.cls == UAX_SP;
}

static struct uax14 standing(struct uax14 c)
{
	if (is(S(CM) | S(ZWJ), c.cls))
		c.cls = UAX_AL;
	return c;
}

void uax14_breaks(const struct uax14 *c, size_t n, uint8_t *before)
{
	if (!n)
		return;
	struct scan s = {.raw = UAX_COUNT};
	const struct uax14 none = {.cls = UAX_BK};
	before[0] = BREAK_NO;
	step(&s, standing(c[0]), c[0].cls);
	for (size_t i = 1; i < n; i++) {
		if (c[i].cls == UAX_ID && s.raw == UAX_ID && s.prev.cls == UAX_ID && !s.spaces) { /* most pairs: nothing changes */
			before[i] = BREAK_MAY;
			s.prev = c[i];
			continue;
		}
		if (is_attached(&s, c[i].cls)) {
			before[i] = BREAK_NO;
			s.raw = c[i].cls;
			continue;
		}
		struct uax14 now = standing(c[i]);
		before[i] = break_before(&s, now, i + 1 < n ? c[i + 1] : none);
		step(&s, now, c[i].cls);
	}
}
