/* record: what a document says. Takes the XML of a record; gives a checked record.
 * The tree stays in xml's form: templates read it by XPath, not by C structs. */
#ifndef GEN_RECORD_RECORD_H
#define GEN_RECORD_RECORD_H

#include "xml/xml.h"

struct record {
	struct xml_doc *xml;
	const struct xml_node *root;
	struct str kind;          /* record/@kind: a folder name, [a-z0-9-]+ */
	struct str lang;          /* record/@xml:lang, zh-Hans by default */
	uint32_t source;
	struct source_table *sources;
};

/* Parse and validate source src. schema_dir holds KIND.rng. NULL after messages. */
struct record *record_open(struct diag_list *d, struct arena *a, struct source_table *sources,
			   uint32_t src, const char *schema_dir);
/* NULL when schema_dir has a schema for this kind, else what to say behind its name in RECORD_KIND. */
const char *record_kind_problem(struct arena *a, struct str kind, const char *schema_dir);

/* A record that another one includes: <include href="…"/>. */
struct record_include {
	struct record_include *next;
	const struct xml_attr *href;
	struct record *record;
	struct record_include *first; /* what that one includes */
};

/* Open all records that r includes, and those that these include. path: r's own file, "-" or NULL when it has none. They stand
 * in the folder of the record that includes them, which symbolic links do not lead out of; none includes itself, one
 * record includes another once; RECORD_DEPTH deep and RECORD_INCLUDES in all at most. False after messages (RECORD_INCLUDE
 * and those of record_open, for each file). */
enum { RECORD_DEPTH = 4, RECORD_INCLUDES = 256 };
bool record_open_includes(struct diag_list *d, struct arena *a, struct source_table *sources, const struct record *r,
			  const char *path, const char *schema_dir, struct record_include **out);

/* A commented record of this kind to begin with, from records/new/ beside schema_dir. False after messages. */
bool record_start(struct diag_list *d, struct arena *a, struct source_table *sources, struct str kind, const char *schema_dir,
		  struct buf *out);
/* For people: a line for each kind there is such a record of. */
void record_kinds(struct diag_list *d, struct arena *a, struct source_table *sources, const char *schema_dir, struct buf *out);

void record_dump(const struct record *r, struct buf *out);

#endif
