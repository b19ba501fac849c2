/* han: what a Chinese line needs to know of its characters. Tables of classes, widths and prohibitions
 * (gbt9704.md 10.1-10.6), UAX #14 for what is not Chinese, and the pass that marks breaks, gaps and
 * trimmable blanks on clusters. Private to text/; the two plain tables stand in text.h. */
#ifndef GEN_TEXT_HAN_H
#define GEN_TEXT_HAN_H

#include "text/text.h"

/* Fill cls, before, gap, blank_start and blank_end of every cluster, and take pair compression off
 * widths (and dx of glyphs). Needs text, length, cp, item, size, glyph, n_glyphs and width of each, clusters in order
 * of the text. A <br> is an empty cluster whose item is the INLINE_BR, or `before` of the cluster behind it is
 * BREAK_MUST, set before this call or after it. Rules come from the style of the cluster's item; without one there are no
 * gaps and the prohibitions are those of PROHIBIT_BASIC. */
void han_prepare(struct shaped *s);

/* Bits of prepare, for its two files. */
void han_mark_breaks(struct shaped *s); /* cls must be set */
bool han_is_full(const struct cluster *c); /* set full width: 0.9 em or more */

/* White space that may hang behind the end of a line. */
bool han_is_blank(const struct cluster *c);
/* Letters, digits and what is written with them. */
bool han_is_narrow(const struct cluster *c);
/* Both belong to one word, number, dash, ellipsis or spread: justification puts no room between them. */
bool han_is_joined(const struct cluster *a, const struct cluster *b);
/* The size amounts in millionths of an em refer to. */
emu han_em(const struct cluster *c);
const struct wrap_rules *han_rules(const struct cluster *c); /* NULL when it has none */

/* ---- UAX #14 (Unicode 15.0), LB1 applied: uax14.c, table made by uax14.py ---- */

enum uax14_class {
	UAX_AL, UAX_B2, UAX_BA, UAX_BB, UAX_BK, UAX_CB, UAX_CL, UAX_CM, UAX_CP, UAX_CR, UAX_EB, UAX_EM, UAX_EX,
	UAX_GL, UAX_H2, UAX_H3, UAX_HL, UAX_HY, UAX_ID, UAX_IN, UAX_IS, UAX_JL, UAX_JT, UAX_JV, UAX_LF,
	UAX_NL, UAX_NS, UAX_NU, UAX_OP, UAX_PO, UAX_PR, UAX_QU, UAX_RI, UAX_SP, UAX_SY, UAX_WJ, UAX_ZW,
	UAX_ZWJ, UAX_COUNT
};
/* A character as the rules see it. */
struct uax14 {
	uint8_t cls;
	bool wide;   /* East Asian Width W or F */
	bool letter; /* general category L* */
};
struct uax14 uax14_of(uint32_t cp);
/* before[i] = enum break_kind before c[i]; before[0] is BREAK_NO. Linear. */
void uax14_breaks(const struct uax14 *c, size_t n, uint8_t *before);

extern const uint32_t uax14_ranges[]; /* uax14_table.c */
extern const size_t uax14_n_ranges;
extern const uint16_t uax14_blocks[]; /* for each 256 code points, one more: the range of the first */
extern const size_t uax14_n_blocks;

#endif
