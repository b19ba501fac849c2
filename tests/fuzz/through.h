/* A doc through flow and every back-end, with the tiny test fonts: what fuzz_layout and fuzz_backends share. */
#ifndef TESTS_FUZZ_THROUGH_H
#define TESTS_FUZZ_THROUGH_H

#include "fuzz/fuzz.h"
#include "flow/flow.h"

/* Promises: pages are sound, every back-end gives bytes or a message, and the vertical list can be printed. */
void through_all(struct fuzz *f, const struct doc *doc);

/* The back-ends side by side. */
struct backends;
struct backends *backends_open(struct fuzz *f);
bool backends_page(struct backends *b, const struct list_page *p, const struct list *l);
void backends_close(struct backends *b, const struct list *l);

#endif
