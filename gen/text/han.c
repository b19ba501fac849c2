/* han: classes of characters, the blanks of full-width marks, gaps between Chinese and Latin, pairs.
 * Takes shaped clusters. Gives each its class, what can be trimmed off it and the gap before it; the
 * breaks are han_break.c's. What is blank beside a mark is read from its glyph: fonts differ in where they draw marks.
 * Sources: GB/T 15834-2011 5.1, CLREQ (gbt9704.md 10). */
#include "text/font.h"
#include "text/han.h"

/* On which side of a full-width mark its ink is not, as mainland fonts draw it. */
enum blank { BLANK_NONE, BLANK_START, BLANK_END, BLANK_BOTH };

static const struct mark {
	uint32_t cp;
	uint8_t cls, blank;
} marks[] = {
	{0x002D, HAN_CONNECTOR, BLANK_NONE},  {0x002F, HAN_SLASH, BLANK_NONE},
	{0x00B7, HAN_INTERPUNCT, BLANK_BOTH}, {0x2010, HAN_CONNECTOR, BLANK_NONE},
	{0x2011, HAN_CONNECTOR, BLANK_NONE},  {0x2013, HAN_CONNECTOR, BLANK_NONE},
	{0x2014, HAN_DASH, BLANK_NONE},       {0x2018, HAN_OPEN, BLANK_START},
	{0x2019, HAN_CLOSE, BLANK_END},       {0x201C, HAN_OPEN, BLANK_START},
	{0x201D, HAN_CLOSE, BLANK_END},       {0x2026, HAN_ELLIPSIS, BLANK_NONE},
	{0x2027, HAN_INTERPUNCT, BLANK_BOTH}, {0x203C, HAN_STOP, BLANK_NONE},
	{0x2047, HAN_STOP, BLANK_NONE},       {0x2048, HAN_STOP, BLANK_NONE},
	{0x2049, HAN_STOP, BLANK_NONE},       {0x22EF, HAN_ELLIPSIS, BLANK_NONE},
	{0x2E3A, HAN_DASH, BLANK_NONE},       {0x3000, HAN_WIDE_SPACE, BLANK_NONE},
	{0x3001, HAN_PAUSE, BLANK_END},       {0x3002, HAN_STOP, BLANK_END},
	{0x3008, HAN_OPEN, BLANK_START},      {0x3009, HAN_CLOSE, BLANK_END},
	{0x300A, HAN_OPEN, BLANK_START},      {0x300B, HAN_CLOSE, BLANK_END},
	{0x300C, HAN_OPEN, BLANK_START},      {0x300D, HAN_CLOSE, BLANK_END},
	{0x300E, HAN_OPEN, BLANK_START},      {0x300F, HAN_CLOSE, BLANK_END},
	{0x3010, HAN_OPEN, BLANK_START},      {0x3011, HAN_CLOSE, BLANK_END},
	{0x3014, HAN_OPEN, BLANK_START},      {0x3015, HAN_CLOSE, BLANK_END},
	{0x3016, HAN_OPEN, BLANK_START},      {0x3017, HAN_CLOSE, BLANK_END},
	{0x3018, HAN_OPEN, BLANK_START},      {0x3019, HAN_CLOSE, BLANK_END},
	{0x301A, HAN_OPEN, BLANK_START},      {0x301B, HAN_CLOSE, BLANK_END},
	{0x301C, HAN_CONNECTOR, BLANK_NONE},  {0x301D, HAN_OPEN, BLANK_START},
	{0x301E, HAN_CLOSE, BLANK_END},       {0x301F, HAN_CLOSE, BLANK_END},
	{0x30FB, HAN_INTERPUNCT, BLANK_BOTH}, {0xFF01, HAN_STOP, BLANK_END},
	{0xFF08, HAN_OPEN, BLANK_START},      {0xFF09, HAN_CLOSE, BLANK_END},
	{0xFF0C, HAN_PAUSE, BLANK_END},       {0xFF0D, HAN_CONNECTOR, BLANK_NONE},
	{0xFF0E, HAN_PAUSE, BLANK_END},       {0xFF0F, HAN_SLASH, BLANK_NONE},
	{0xFF1A, HAN_PAUSE, BLANK_END},       {0xFF1B, HAN_PAUSE, BLANK_END},
	{0xFF1F, HAN_STOP, BLANK_END},        {0xFF3B, HAN_OPEN, BLANK_START},
	{0xFF3D, HAN_CLOSE, BLANK_END},       {0xFF5B, HAN_OPEN, BLANK_START},
	{0xFF5D, HAN_CLOSE, BLANK_END},       {0xFF5E, HAN_CONNECTOR, BLANK_NONE},
	{0xFF5F, HAN_OPEN, BLANK_START},      {0xFF60, HAN_CLOSE, BLANK_END},
};

static const struct mark *mark_of(uint32_t cp)
{
	size_t lo = 0, hi = sizeof(marks) / sizeof(*marks);
	if (cp > 0x30fb && cp < 0xff01) /* no mark in between */
		return NULL;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (marks[mid].cp == cp)
			return &marks[mid];
		if (marks[mid].cp < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* Units of the squared kind (㎡ ㎏): written behind a number like %. */
static bool is_square_unit(uint32_t cp)
{
	return (cp >= 0x3371 && cp <= 0x337A) || (cp >= 0x3380 && cp <= 0x33DF);
}

static enum han_class narrow_class(uint32_t cp, struct uax14 u)
{
	if (u.cls == UAX_NU)
		return HAN_DIGIT;
	if (u.letter)
		return HAN_LATIN;
	if (cp == 0xA0 || cp == 0x202F || (cp >= 0x2000 && cp <= 0x200A) || u.cls == UAX_SP)
		return HAN_SPACE;
	if (u.cls == UAX_PR && cp != '+' && cp != '\\' && cp != 0xB1 && cp != 0x2212 && cp != 0x2213)
		return HAN_PREFIX;
	if (u.cls == UAX_PO)
		return HAN_POSTFIX;
	return cp < 0x80 || (cp >= 0x2010 && cp <= 0x203A) ? HAN_LATIN_MARK : HAN_OTHER;
}

enum han_class han_class_of(uint32_t cp)
{
	const struct mark *m = mark_of(cp);
	if (m)
		return m->cls;
	struct uax14 u = uax14_of(cp);
	if (u.cls == UAX_PO || is_square_unit(cp))
		return HAN_POSTFIX;
	if (!u.wide)
		return narrow_class(cp, u);
	switch (u.cls) {
	case UAX_PR: return HAN_PREFIX;
	case UAX_OP: return HAN_OPEN;
	case UAX_CL: return HAN_CLOSE;
	default: return HAN_IDEOGRAPH;
	}
}

bool han_is_wide(uint32_t cp)
{
	return uax14_of(cp).wide;
}

const struct wrap_rules *han_rules(const struct cluster *c)
{
	return c->item && c->item->style ? c->item->style->wrap : NULL;
}

emu han_em(const struct cluster *c)
{
	return c->item && c->item->style ? c->item->style->size : c->size;
}

bool han_is_full(const struct cluster *c)
{
	return c->width > 0 && c->width * 10 >= c->size * 9;
}

bool han_is_blank(const struct cluster *c)
{
	/* A blank of a width vanishes where a line happens to end; at the text's end or before <br> it was meant. */
	if (c->cls == HAN_OBJECT && c->item->kind == INLINE_SPACE)
		return c->item->next && c->item->next->kind != INLINE_BR;
	if (c->cls == HAN_OBJECT)
		return c->item->kind == INLINE_BR;
	return c->cls == HAN_WIDE_SPACE ||
	       (c->cls == HAN_SPACE && c->cp != 0xA0 && c->cp != 0x202F && c->cp != 0x2007);
}

bool han_is_narrow(const struct cluster *c)
{
	switch (c->cls) {
	case HAN_LATIN: case HAN_DIGIT: case HAN_LATIN_MARK: case HAN_PREFIX: case HAN_POSTFIX:
		return true;
	case HAN_OTHER: case HAN_CONNECTOR: case HAN_SLASH:
		return !han_is_full(c);
	default:
		return false;
	}
}

bool han_is_joined(const struct cluster *a, const struct cluster *b)
{
	if (b->cls == HAN_SPACE || b->width == 0)
		return true; /* the room of a word space is behind it */
	if (han_is_narrow(a) && han_is_narrow(b))
		return true;
	if (a->cls == b->cls && (a->cls == HAN_DASH || a->cls == HAN_ELLIPSIS))
		return true;
	/* Two ideographs that may not part are a spread: it has its width already. */
	if (a->cls == HAN_IDEOGRAPH && b->cls == HAN_IDEOGRAPH && b->before == BREAK_NO &&
	    uax14_of(b->cp).cls == UAX_ID)
		return true;
	/* CLREQ: no room around a hyphen or a slash. */
	return ((a->cls == HAN_CONNECTOR || a->cls == HAN_SLASH) && !han_is_full(a)) ||
	       ((b->cls == HAN_CONNECTOR || b->cls == HAN_SLASH) && !han_is_full(b));
}

/* ---- spaces and blanks ---- */

static bool wants_gap(const struct cluster *a, const struct cluster *b)
{
	bool latin_a = a->cls == HAN_LATIN || a->cls == HAN_DIGIT;
	bool latin_b = b->cls == HAN_LATIN || b->cls == HAN_DIGIT;
	return (a->cls == HAN_IDEOGRAPH && latin_b) || (latin_a && b->cls == HAN_IDEOGRAPH);
}

static void set_gap(const struct cluster *a, struct cluster *b)
{
	const struct cluster *han = b->cls == HAN_IDEOGRAPH ? b : a;
	const struct wrap_rules *rules = han_rules(han);
	b->gap = rules && wants_gap(a, b) ? unit_muldiv(rules->autospace, han_em(han), 1000000) : 0;
}

/* Where the ink of a mark stands: as the table has it, unless its font draws it elsewhere. */
static const struct ink_blanks *ink_of(const struct shaped *s, const struct cluster *c)
{
	return c->font && c->n_glyphs == 1 ? font_blanks(c->font, s->glyphs[c->glyph].id) : NULL;
}

/* A mark in the middle of its em (those of Taiwan and Hong Kong, and some brackets and question marks of others) gives on both sides
 * alike, and no more than is blank there (CLREQ; gbt9704.md 10.5). */
static void set_centred(struct cluster *c, const struct ink_blanks *ink)
{
	emu blank = unit_muldiv(ink->start < ink->end ? ink->start : ink->end, c->width, 1000);
	if (blank > c->width / 4)
		blank = c->width / 4;
	c->blank_start = c->blank_end = blank > 0 ? blank : 0;
}

static void set_blanks(const struct shaped *s, struct cluster *c)
{
	const struct mark *m = mark_of(c->cp);
	c->blank_start = c->blank_end = 0;
	/* A mark that its surroundings made Latin, or that the face has narrow, has nothing to give. */
	if (!m || m->blank == BLANK_NONE || m->cls != c->cls || !han_is_full(c))
		return;
	const struct ink_blanks *ink = ink_of(s, c);
	if (m->blank == BLANK_BOTH && !ink)
		c->blank_start = c->blank_end = c->width / 4;
	else if (m->blank == BLANK_BOTH || (ink && ink->half == INK_MIDDLE))
		set_centred(c, ink);
	else if (m->blank == BLANK_START && (!ink || ink->half == INK_END))
		c->blank_start = c->width / 2;
	else if (m->blank == BLANK_END && (!ink || ink->half == INK_START))
		c->blank_end = c->width / 2;
}

/* Two marks of two em with a bracket among them take one and a half (CLREQ; gbt9704.md 10.5). The
 * earlier one gives its end where it can: a line broken between the two looks as without the rule. */
static void compress_pair(struct shaped *s, struct cluster *a, struct cluster *b)
{
	const struct wrap_rules *rules = han_rules(b);
	bool end = a->cls == HAN_CLOSE || a->cls == HAN_PAUSE || a->cls == HAN_STOP;
	bool bracket = a->cls == HAN_CLOSE || b->cls == HAN_CLOSE || b->cls == HAN_OPEN;
	bool mark = b->cls == HAN_CLOSE || b->cls == HAN_OPEN || b->cls == HAN_PAUSE || b->cls == HAN_STOP;
	if (!rules || !rules->pairs || !mark || !bracket)
		return;
	if (end) {
		a->width -= a->blank_end;
		a->blank_end = 0;
	} else if (a->cls == HAN_OPEN && b->cls == HAN_OPEN) {
		b->width -= b->blank_start;
		for (size_t i = 0; i < b->n_glyphs; i++)
			s->glyphs[b->glyph + i].dx -= b->blank_start;
		b->blank_start = 0;
	}
}

static bool is_object(const struct cluster *c)
{
	enum inline_kind kind = c->item ? c->item->kind : INLINE_TEXT;
	return kind == INLINE_BR || kind == INLINE_SPACE || kind == INLINE_LEADER || kind == INLINE_SPREAD;
}

void han_prepare(struct shaped *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct cluster *c = &s->clusters[i];
		c->cls = is_object(c) ? HAN_OBJECT : han_class_of(c->cp);
		c->gap = 0;
	}
	han_mark_breaks(s);
	for (size_t i = 0; i < s->n; i++) {
		set_blanks(s, &s->clusters[i]);
		if (i)
			set_gap(&s->clusters[i - 1], &s->clusters[i]);
	}
	for (size_t i = 1; i < s->n; i++)
		compress_pair(s, &s->clusters[i - 1], &s->clusters[i]);
}
