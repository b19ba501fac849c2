/* facts: the block of metadata that a web page prints around a document: 索引号 …, 发布日期：…, 当前位置：甲 > 乙, 访问次数：, 【打印】.
 * Takes paragraphs. Pairs of a key (of a closed list) and a value stand one or several on a line, in any order, with a colon, brackets or
 * a blank behind the key. Gives the children of <metadata>. */
#ifndef GEN_IMPORT_FACTS_H
#define GEN_IMPORT_FACTS_H

#include "import/kinds.h"

enum facts_shape {
	FACTS_NOT,
	FACTS_WHOLE, /* nothing but such pairs */
	FACTS_OPEN,  /* the last key waits for its value: the next paragraph may be it */
};

enum facts_shape facts_shape(const struct paras *ps, size_t para);
/* May the paragraph be the value of the key that ends the one before it? */
bool facts_is_value(const struct paras *ps, size_t para);
/* The facts of paragraph `para` into the open <metadata>; value: a paragraph with the last one's value, SIZE_MAX = none. */
void facts_write(struct work *k, size_t para, size_t value);
/* Does a line of the text, blanks included, begin with a key? */
bool facts_open_line(struct str line);
/* 甲 > 乙 > 丙 without a key. */
bool facts_is_breadcrumb(struct str s);

#endif
