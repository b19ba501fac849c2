/* entry: the dates that open the entries of a chronicle: 5月8日，  3月5日下午,  2月14日至15日，  2月8日起，  10月18日上午9点，
 * 五月上旬，  同日， — and of a news item. Gives their values and extent; years stay 0 where none is written. */
#ifndef GEN_IMPORT_ENTRY_H
#define GEN_IMPORT_ENTRY_H

#include "import/date.h"

enum entry_part { PART_NONE, PART_AM, PART_PM, PART_EVENING };
enum entry_same { SAME_NOT, SAME_DAY, SAME_MONTH };

struct entry_key {
	struct date from, to;  /* to.month 0: no range */
	enum entry_same same;  /* 同日, 同月: as the entry before; from is empty */
	enum entry_part part;
	int hour, minute;      /* of 24; hour -1: not said */
	bool open;             /* 起 */
	uint32_t mark;         /* the mark behind it: ， , ： : or a blank; 0: none */
	size_t end;            /* behind that mark, the blank not counted */
};

/* The key at byte `at`. month: what 8日 alone belongs to, 0 = nothing. */
bool entry_read(struct str s, size_t at, int month, struct entry_key *out);
/* The first key with a mark behind it that opens a sentence of s, from byte `at` on; SIZE_MAX when there is none. */
size_t entry_find(struct str s, size_t at, struct entry_key *out);
/* Does s name a span of a chronicle and nothing else: 5月, 五月份, 2031年5月, 第二季度, 下半年? year, month: 0 when not said. */
bool entry_is_span(struct str s, int *year, int *month);
/* "2031-05-08", "2031-05"; "--05-08", "--05" without a year. out has room for 16 bytes. */
void entry_iso(const struct date *d, char *out);

#endif
