/* datatype: the types of values: RELAX NG's own two and XML Schema's, as libxml2 judges them, with their parameters. */
#ifndef GEN_XML_DATATYPE_H
#define GEN_XML_DATATYPE_H

#include "xml/xml.h"

struct datatype;

/* NULL when there is no such type. Lives in the arena. */
struct datatype *datatype_new(struct arena *a, struct str library, struct str name);
/* False when the type has no such parameter, or not with this value. */
bool datatype_add_param(struct datatype *t, struct str name, struct str value);
bool datatype_allows(const struct datatype *t, struct str value);
bool datatype_equal(const struct datatype *t, struct str a, struct str b);
/* What a value must be, in words: "日期，如 2031-05-27" / "a date such as 2031-05-27". */
void datatype_words(const struct datatype *t, enum diag_lang lang, struct buf *out);
/* What else is wrong with a value that looks right, as "日历上没有这一天"; NULL for nothing. DIAG_TWO. */
const char *datatype_hint(const struct datatype *t, struct str value);

#endif
