/* date: dates as Chinese documents write them: 2031年5月29日, 二〇三一年五月二十九日, 2031-05-29, 2031.5.29.
 * Blanks may stand between the parts. */
#ifndef GEN_IMPORT_DATE_H
#define GEN_IMPORT_DATE_H

#include "base/str.h"

struct date {
	int year, month, day; /* 0 = not said */
	size_t from, to;      /* bytes */
	bool possible;        /* the calendar has it */
};

/* The date at byte `at`: at least a year. */
bool date_read(struct str s, size_t at, struct date *out);
/* The month, and the day when there is one, at byte `at`; the year may be missing (0). */
bool date_read_short(struct str s, size_t at, struct date *out);
/* The calendar has it; a year of 0 counts as one with a 29 February. */
bool date_exists(const struct date *d);
/* Digits or Chinese numerals at *at, blanks before them skipped: their value, -1 when there are none; *n: how many characters. */
int date_number(struct str s, size_t *at, int *n);
/* Is s, without blanks and brackets around it, one date with a month (and day)? */
bool date_only(struct str s, struct date *out);
/* The first year of s that is written as a year (2031年, 二〇三一年); 0 when none. */
int date_find_year(struct str s);
/* "2031-05-29", "2031-05" or "2031": as much as is said and possible. out has room for 16 bytes. */
void date_iso(const struct date *d, char *out);

#endif
