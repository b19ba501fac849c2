/* chars: what a character is to an importer of Chinese text.
 * Takes code points. Gives classes and widths; knows no document. */
#ifndef GEN_IMPORT_CHARS_H
#define GEN_IMPORT_CHARS_H

#include "base/str.h"

bool char_is_blank(uint32_t c);     /* white space inside a line: blank, TAB, NBSP, U+3000 … */
bool char_is_break(uint32_t c);     /* ends a physical line: LF, CR, VT, FF, NEL, U+2028, U+2029 */
bool char_is_control(uint32_t c);   /* has no ink and no meaning here: C0, C1, marks of direction, BOM … */
bool char_is_digit(uint32_t c);     /* 0-9 */
bool char_is_letter(uint32_t c);    /* Latin, Greek, Cyrillic */
bool char_is_word(uint32_t c);      /* digit or letter */
bool char_is_ideograph(uint32_t c); /* written without spaces between: Han, kana, Bopomofo, private use */
bool char_is_wide(uint32_t c);      /* one em wide in Chinese text: ideographs, full-width marks, “ ” — … */
bool char_is_stop(uint32_t c);      /* ends a sentence or clause with weight: 。！？；： and their half-width twins */
bool char_opens(uint32_t c);        /* opening bracket or quote */
bool char_closes(uint32_t c);       /* closing bracket or quote */
uint32_t char_partner(uint32_t c);  /* of an opening bracket or quote the closing one; else 0 */
int char_width(uint32_t c);         /* half-ems */
/* Value of one Chinese numeral 〇 … 九 or 十, 百; else -1. */
int char_numeral(uint32_t c);

/* First and last code point of s, 0 when empty. */
uint32_t chars_first(struct str s);
uint32_t chars_last(struct str s);
/* s without blanks and line ends of any kind at both ends. */
struct str chars_trim(struct str s);

#endif
