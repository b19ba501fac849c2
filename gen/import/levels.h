/* levels: a body in numbered levels 一、（一）1. （1）① (records/schema/levels.rng) from paragraphs: sections in sections, headings that stand
 * alone or run in, items with their run-in headings and departments, 一是 inside paragraphs. */
#ifndef GEN_IMPORT_LEVELS_H
#define GEN_IMPORT_LEVELS_H

#include "import/kinds.h"

/* Paragraphs [from, to) into the element that is open. */
void levels_write(struct work *k, size_t from, size_t to);

#endif
