/* encoding: texts that are not UTF-8: GB18030 (and GBK, GB 2312 below it), Big5, UTF-16.
 * Takes bytes and the name of their encoding; gives UTF-8. Everything behind this door is UTF-8. */
#ifndef GEN_BASE_ENCODING_H
#define GEN_BASE_ENCODING_H

#include "base/diag.h"

struct encoded {
	struct str text;  /* UTF-8; what could not be read is U+FFFD */
	size_t bad;       /* first offset in text that could not be read, or SIZE_MAX */
	size_t bad_byte;  /* its offset in the input */
};

/* The encoding that the bytes state themselves: a mark at their start, the look of UTF-16, or an XML declaration; the mark
 * outweighs the declaration. Empty when none (UTF-8 then). A slice of bytes or a constant. */
struct str encoding_stated(struct str bytes);
bool encoding_is_utf8(struct str name);
/* "；像是 GB18030 …": what the bytes from `bad` on, which are not UTF-8, might be, as an argument of a message. */
const char *encoding_guess(struct arena *a, struct str bytes, size_t bad);
/* The same for bytes among which a NUL stands: "；像是 UTF-16LE …", or NULL when they are no UTF-16 either. */
const char *encoding_guess_wide(struct arena *a, struct str bytes);
/* Convert; an XML declaration's encoding becomes UTF-8. False when the name is none of ours. */
bool encoding_convert(struct arena *a, struct str bytes, struct str name, struct encoded *out);

/* *bytes, read from the file shown, as UTF-8: from the encoding asked for (NULL: the stated one). Bytes without any stay for the
 * parser, and so do those that state a name that is none of ours. False after messages. */
bool encoding_read(struct diag_list *d, struct source_table *sources, const char *shown, const char *asked, struct str *bytes);

#endif
