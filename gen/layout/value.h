/* value: whether the value of an attribute is what the table says. Private to layout. */
#ifndef GEN_LAYOUT_VALUE_H
#define GEN_LAYOUT_VALUE_H

#include "layout/elements.h"

/* NULL when the value is good, else what is expected, as argument for a message. */
const char *value_problem(struct arena *a, const struct attr_def *def, struct str v);

#endif
