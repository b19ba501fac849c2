/* sfnt: see sfnt.h. Nothing here trusts a number of the file: what lies beyond its end reads as 0. */
#include "text/sfnt.h"

#include "base/diag.h"

#define TAG(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

uint32_t sfnt_u16(struct str s, size_t at)
{
	return at + 2 <= s.n ? (uint32_t)((uint8_t)s.p[at] << 8 | (uint8_t)s.p[at + 1]) : 0;
}

int sfnt_i16(struct str s, size_t at)
{
	return (int16_t)sfnt_u16(s, at);
}

uint32_t sfnt_u32(struct str s, size_t at)
{
	return sfnt_u16(s, at) << 16 | sfnt_u16(s, at + 2);
}

/* Directory entry of a table: offset of its record, or 0. */
static size_t table_record(struct str file, size_t directory, uint32_t tag)
{
	uint32_t n = sfnt_u16(file, directory + 4);
	for (uint32_t i = 0; i < n; i++)
		if (sfnt_u32(file, directory + 12 + 16 * i) == tag)
			return directory + 12 + 16 * i;
	return 0;
}

/* NULL when the table is there and inside the file. */
static const char *table_fault(struct arena *a, struct str file, size_t directory, uint32_t tag)
{
	size_t r = table_record(file, directory, tag);
	const char name[5] = {(char)(tag >> 24), (char)(tag >> 16), (char)(tag >> 8), (char)tag, 0};
	if (r == 0)
		return arena_printf(a, DIAG_TWO("缺少 %s 表", "no table '%s'"), name, name);
	if ((uint64_t)sfnt_u32(file, r + 8) + sfnt_u32(file, r + 12) > file.n)
		return arena_printf(a, DIAG_TWO("文件不完整：%s 表超出文件末尾", "cut short: table '%s' ends beyond the file"),
		                    name, name);
	return NULL;
}

static bool find_directory(struct str file, int index, size_t *at)
{
	*at = 0;
	if (sfnt_u32(file, 0) == TAG('t', 't', 'c', 'f')) {
		if (index < 0 || (uint32_t)index >= sfnt_u32(file, 8))
			return false;
		*at = sfnt_u32(file, 12 + 4 * (size_t)index);
	} else if (index != 0) {
		return false;
	}
	return true;
}

const char *sfnt_fault(struct arena *a, struct str file, int index)
{
	static const uint32_t wanted[] = {
		TAG('h', 'e', 'a', 'd'), TAG('m', 'a', 'x', 'p'), TAG('h', 'h', 'e', 'a'),
		TAG('h', 'm', 't', 'x'), TAG('c', 'm', 'a', 'p'),
	};
	size_t at;
	if (!find_directory(file, index, &at))
		return arena_printf(a, DIAG_TWO("其中没有第 %d 号字体", "it has no face number %d"), index, index);
	uint32_t tag = sfnt_u32(file, at);
	if (tag != 0x00010000 && tag != TAG('O', 'T', 'T', 'O') && tag != TAG('t', 'r', 'u', 'e'))
		return DIAG_TWO("不是 OpenType 或 TrueType 字体", "not an OpenType or TrueType font");
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		const char *fault = table_fault(a, file, at, wanted[i]);
		if (fault)
			return fault;
	}
	if (table_record(file, at, TAG('C', 'F', 'F', ' ')))
		return table_fault(a, file, at, TAG('C', 'F', 'F', ' '));
	if (!table_record(file, at, TAG('g', 'l', 'y', 'f')))
		return DIAG_TWO("没有可嵌入的轮廓（CFF 或 glyf）", "no outlines of a kind we can embed (CFF or glyf)");
	const char *fault = table_fault(a, file, at, TAG('l', 'o', 'c', 'a'));
	return fault ? fault : table_fault(a, file, at, TAG('g', 'l', 'y', 'f'));
}

struct str sfnt_table(struct str file, int index, uint32_t tag)
{
	size_t at, r;
	if (!find_directory(file, index, &at) || (r = table_record(file, at, tag)) == 0)
		return (struct str){0};
	uint64_t from = sfnt_u32(file, r + 8), n = sfnt_u32(file, r + 12);
	if (from + n > file.n)
		return (struct str){0};
	return (struct str){file.p + from, (size_t)n};
}

struct str sfnt_directory(struct str file, int index)
{
	size_t at;
	if (!find_directory(file, index, &at))
		return (struct str){0};
	size_t n = 12 + 16 * (size_t)sfnt_u16(file, at + 4);
	return at + n <= file.n ? (struct str){file.p + at, n} : (struct str){0};
}
