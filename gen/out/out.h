/* out: back-ends. Each takes pages of the display list one after the other and gives bytes. */
#ifndef GEN_OUT_OUT_H
#define GEN_OUT_OUT_H

#include "base/file.h"
#include "list/list.h"

struct out; /* one output under way */

/* What the PDF promises: A-2a with UA-1 (archive and screen reader), A-2u (archive, text only), A-3a with UA-1 (the same as A-2a, files
 * may be attached), plain: nothing. */
enum out_profile { PROFILE_A2A, PROFILE_A2U, PROFILE_A3A, PROFILE_PLAIN };

/* A file to be attached: what the document was made of. */
struct out_attachment {
	struct str name; /* relative, "/" between folders; its ending tells its type */
	struct str bytes;
};

struct out_options {
	enum out_profile profile;
	const char *creator;    /* "genpdf 0.1.0" */
	const char *libraries;  /* names and versions of those that the pages depend on, or NULL */
	struct str source_date; /* ISO date and time for Info, or empty: none is written */
	struct str id_seed;     /* bytes whose hash makes /ID: the inputs' own */
	struct buf *explain;    /* a line for each part of the file and its bytes is put here; NULL: not asked for */
	bool explain_json;      /* these lines are JSON objects */
	bool chinese;           /* their language */
	const struct out_attachment *attachments; /* of A-3a; other profiles have none */
	size_t n_attachments;
	bool draft;             /* .notdef is drawn as a box, 草稿 mark; the profile is plain */
	size_t limit;           /* most bytes of the output; 0: the format's own limit */
	const struct source_table *sources;
};

/* pdf   PDF 1.7.
 * text  the text alone, a line per line of the page, each page ended by a form feed, as pdftotext -raw gives it.
 * runs  a line per piece of text: page, tab, origin (R record, G generated, F furniture), tab, the text with
 *       \\ \t \n for backslash, tab and line feed.
 * list  the display list for people and tests (list_page_dump), and the structure tree and outline at its end. */
struct out_format {
	const char *name;
	struct out *(*open)(struct diag_list *d, struct arena *a, const struct out_options *o);
	bool (*page)(struct out *o, const struct list_page *p);
	/* Everything is known now: make the bytes into f. False after messages. */
	bool (*close)(struct out *o, const struct list *l, struct buf *bytes);
};

/* NULL when there is no format of this name. */
const struct out_format *out_find(const char *name);

#endif
