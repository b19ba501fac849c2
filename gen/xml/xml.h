/* xml: the libxml2/libxslt wall. Parsing, RELAX NG, XSLT 1.0; nobody else includes those libraries.
 * Takes: UTF-8 bytes of a source. Gives: our own read-only trees in which every element,
 * attribute and text knows its exact place, in a result both its places.
 * Safe by construction: no DTD, no entity but the five of XML, no network, no XInclude, no file
 * but a stylesheet's imports inside the folders allowed, limits that count work and not seconds. */
#ifndef GEN_XML_XML_H
#define GEN_XML_XML_H

#include "base/diag.h"

enum xml_kind { XML_ELEMENT, XML_TEXT };

/* Where a text of a result tree comes from. */
enum xml_origin {
	XML_LITERAL,  /* stands in the stylesheet (also xsl:text) */
	XML_RECORD,   /* a whole text node of the record: from is that node */
	XML_COMPUTED, /* anything else: attributes, functions, parts of texts */
	XML_BUILTIN   /* a whole text node let through by a built-in template rule: from is that node */
};

struct xml_attr {
	struct xml_attr *next; /* in the order written */
	struct str ns, name, value;
	struct loc loc;        /* of the name; in a result: where the stylesheet sets it */
	struct loc value_loc;  /* behind the opening quote; in a result: the element's place in the record */
};

struct xml_node {
	enum xml_kind kind;
	struct xml_node *parent, *first, *next; /* NULL-ended; comments and PIs are left out */
	struct xml_attr *attrs;
	struct str ns, name;        /* element: namespace URI (empty for none), local name */
	struct str text;            /* text: all of it, CDATA included */
	struct loc loc;             /* of "<" or of the text's first byte; in a result: place in the record */
	struct loc layout;          /* in a result: place of the instruction in the stylesheet */
	enum xml_origin origin;     /* result text only */
	const struct xml_node *from; /* result text only: see enum xml_origin; else NULL */
	uint32_t number;            /* document order from 0, over elements and texts of its tree */
};

struct xml_limits {
	uint32_t depth;      /* element nesting, default 256 */
	size_t bytes;        /* of one source */
	size_t nodes;        /* elements and texts */
	size_t attribute;    /* bytes of one attribute value */
};
extern const struct xml_limits xml_default_limits;

struct xml_doc; /* lives in its arena; one parsed document serves one transform */

/* Parse source number src. NULL after messages (XML_SYNTAX: the first one only; NUL, bad UTF-8, DTD, limits). */
struct xml_doc *xml_parse(struct diag_list *d, struct arena *a, uint32_t src,
			  const struct xml_limits *limits);
/* Nobody will validate or transform it any more: the library's own tree goes, as large as ours, which stays. */
void xml_release(struct xml_doc *doc);
const struct xml_node *xml_root(const struct xml_doc *doc);
uint32_t xml_node_count(const struct xml_doc *doc);

/* Place of byte `at` (an offset into node->text) of a text of a parsed tree: steps over
 * character references, CDATA borders and comments. */
struct loc xml_text_loc(const struct source_table *t, const struct xml_node *text, size_t at);

/* Helpers over trees. The name of an attribute is one without namespace, or "xml:…". */
const struct xml_attr *xml_attr(const struct xml_node *n, const char *name);
struct str xml_value(const struct xml_node *n, const char *name); /* empty when absent */
bool xml_is(const struct xml_node *n, const char *name);            /* element of that local name */
const struct xml_node *xml_child(const struct xml_node *n, const char *name); /* first, or NULL */
/* Next node in document order inside root, or NULL. */
const struct xml_node *xml_walk(const struct xml_node *root, const struct xml_node *n);
/* Whether templates make trees of their own, which may hold elements of any kind. */
bool xml_calls_node_set(const struct xml_node *root);
/* All text below n, in order. */
struct str xml_string(struct arena *a, const struct xml_node *n);
void xml_dump(const struct source_table *t, const struct xml_node *root, struct buf *out);

/* Schema: RELAX NG (XML syntax) with its includes beside it. */
struct xml_schema;
struct xml_schema *xml_schema_open(struct diag_list *d, struct arena *a, const char *path);
/* libxml2 says yes or no (of elements that hold many thousands the walker does). True when valid; else at least one message: of the walker for each fault, with place, what is
 * allowed and a proposal (RECORD_ELEMENT, _ATTRIBUTE, _PLACE, _MISSING, _VALUE, _TEXT, _MORE); RECORD_INVALID, libxml2's
 * first complaint, where the walker cannot read the grammar. kind is for that one. */
bool xml_validate(struct diag_list *d, struct xml_schema *schema, struct xml_doc *doc, const char *kind);

/* The names that grammars declare, read when first asked for from KIND.rng in a folder and what those include. */
struct xml_vocabulary;
/* kind may be NULL: any. The grammars are noted with d's sources as files read. */
struct xml_vocabulary *xml_vocabulary_open(const struct diag_list *d, struct arena *a, const char *schemas, const char *kind);
/* Whether records of the kind, or with any_kind of any, may hold an element or attribute of this name; else *near is the
 * nearest name there is (empty: none is near). True when there is no grammar to ask. */
bool xml_vocabulary_has(struct xml_vocabulary *v, bool any_kind, bool attribute, struct str name, struct str *near);
/* For messages, DIAG_TWO: "records of kind "x"", "records of any kind". */
const char *xml_vocabulary_words(const struct xml_vocabulary *v, bool any_kind);

/* Functions that templates may call, as {XML_FUNCTION_NS}name(…). Arguments and result are strings. */
#define XML_FUNCTION_NS "urn:genpdf:functions"
struct xml_function {
	const char *name;
	int min_args, max_args;
	/* False = bad argument: out then holds the reason. */
	bool (*call)(void *user, const struct str *args, int n_args, struct buf *out);
};

struct xml_sheet_options {
	const char *const *folders; /* canonical; imports must lie inside one of them */
	int n_folders;
	const struct xml_function *functions;
	int n_functions;
	void *user;
	const char *street;         /* where "../X" is looked for when it is not beside the file; or NULL */
	/* Checks before anything runs; each may be left out. */
	struct xml_vocabulary *vocabulary; /* expressions name only what records may hold; imports from other folders what
					    * records of any kind may hold */
	const char *result_ns;      /* elements of this namespace that stand in no template are reported */
	/* Whatever else is to be said to the files (n, each once). False after messages. */
	bool (*check)(void *user, struct diag_list *d, const struct xml_node *const *roots, size_t n);
};

/* Templates: an XSLT 1.0 stylesheet with its imports. Every file read is added to the source table. */
struct xml_sheet;
struct xml_sheet *xml_sheet_open(struct diag_list *d, struct arena *a, struct source_table *sources,
				 const char *path, const struct xml_sheet_options *options);
/* XSLT 1.0 with these differences: EXSLT's node-set() is there, document() is an error, generate-id()
 * goes by document order, there are no extension elements, xsl:sort takes no lang. Limits count work:
 * a base plus a factor for each node of the record; a result nests 256 deep at most.
 * Run it over doc (once only; the libraries may change doc's inside, the tree of xml_root stays).
 * NULL after messages (LAYOUT_XSLT, LAYOUT_STOPPED, XML_LIMIT, LAYOUT_BARE_TEXT for text outside of the
 * root; LAYOUT_MESSAGE alone is no failure). The result's root is its document element.
 * params: name, value pairs as strings, ended by NULL; may be NULL. */
const struct xml_node *xml_transform(struct diag_list *d, struct arena *a, struct xml_sheet *sheet,
				     struct xml_doc *doc, const char *const *params);

/* "libxml2 20914, libxslt 10135": as the libraries themselves say it, at the time of the run. */
const char *xml_libraries(struct arena *a);

#endif
