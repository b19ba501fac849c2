/* import: text of the real world -> record XML, with a report of every decision.
 * Takes UTF-8 plain text. Knows no layout and no look. Equation (b) of the design: source = record's element text +
 * as-written @number @marker @label + the report's dropped entries, over all characters but white space, in order; of CSV the
 * source is what its cells say, and a table is read by columns.
 * Every decision goes through one door (report_choose; report_note where there is nothing to choose): code, line, the choice taken, the
 * other choices. What the report prints can be edited and given back as answers. */
#ifndef GEN_IMPORT_IMPORT_H
#define GEN_IMPORT_IMPORT_H

#include "base/diag.h"

struct import_result {
	struct str kind;
	struct buf record;  /* XML, UTF-8, ends in a newline */
	struct buf report;  /* text: one line a kind of decision: line, code, choice; dropped entries with their characters.
	                       JSON: a message each */
	struct source_span *spans; /* where the record's text stands in the source, for source_derive; in the arena */
	size_t n_spans;
	int decisions, remarks;
};

/* The kinds that can be read, NULL at the end. */
const char *const *import_kind_names(struct arena *a);
struct normal;

struct import_options {
	const char *kind;   /* NULL: recognise it */
	enum diag_lang lang;
	bool json;          /* the report as JSON */
	bool apart;         /* the report goes to a place of its own: in JSON, answers without effect are said there too */
	uint32_t answers;   /* a source that answers decisions (answers.h), 0: none. An answer that is wrong is an error, one that no
	                     * longer fits a warning. */
	const struct normal *normal; /* import_normalise; NULL: the text is taken as it is */
};

/* Punctuation of source src brought to the widths of Chinese text (normalise.h): a source of the same name whose lines and columns are
 * those of src, for import_text; o keeps the list of changes, which the report prints:
 *   changed LINE COLUMN WORD FROM TO
 * and equation (b) is about the new text. */
uint32_t import_normalise(struct arena *a, struct source_table *sources, uint32_t src, struct import_options *o);
/* False after messages. */
bool import_text(struct diag_list *d, struct arena *a, struct source_table *sources, uint32_t src,
		 const struct import_options *o, struct import_result *out);
void import_result_free(struct import_result *r);

#endif
