/* han: what a Chinese line needs to know of its characters. Tables of classes, widths and prohibitions
 * (gbt9704.md 10.1-10.6) and the pass that marks breaks, gaps and trimmable blanks on clusters.
 * Private to text/; the two plain tables stand in text.h. */
#ifndef GEN_TEXT_HAN_H
#define GEN_TEXT_HAN_H

#include "text/text.h"

/* Fill cls, before, gap, blank_start and blank_end of every cluster, and take pair compression off
 * widths. Needs text, length, cp, item, size, glyph, n_glyphs and width of each. Rules come from the style of
 * the cluster's item; without one there are no gaps and the prohibitions are those of basic. */
void han_prepare(struct shaped *s);

/* Line-breaking class of what is not Chinese: UAX #14, table in uax14.c. */
enum uax14_class {
	UAX_XX, UAX_AI, UAX_AL, UAX_B2, UAX_BA, UAX_BB, UAX_BK, UAX_CB, UAX_CJ, UAX_CL, UAX_CM, UAX_CP, UAX_CR,
	UAX_EB, UAX_EM, UAX_EX, UAX_GL, UAX_H2, UAX_H3, UAX_HL, UAX_HY, UAX_ID, UAX_IN, UAX_IS, UAX_JL,
	UAX_JT, UAX_JV, UAX_LF, UAX_NL, UAX_NS, UAX_NU, UAX_OP, UAX_PO, UAX_PR, UAX_QU, UAX_RI, UAX_SA,
	UAX_SG, UAX_SP, UAX_SY, UAX_WJ, UAX_ZW, UAX_ZWJ
};
enum uax14_class uax14_class_of(uint32_t cp);
/* East Asian Width W or F. */
bool uax14_is_wide(uint32_t cp);

#endif
