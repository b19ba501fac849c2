/* run: one transform: what is noted while libxslt works, for the reader of its result.
 * Everything lives in the arena given to xml_transform. */
#ifndef GEN_XML_RUN_H
#define GEN_XML_RUN_H

#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>

#include "xml/sheet.h"

/* A stretch of text with one origin. */
struct piece {
	struct piece *next;
	struct str text;
	const struct xml_node *from; /* text of the record, or NULL */
	struct loc loc, layout;
	enum xml_origin origin;
};

/* What is known about a node made during the transform; its _private. */
struct made {
	struct loc loc;              /* place in the record */
	const struct xml_node *inst; /* instruction or literal of the stylesheet, or NULL */
	uint32_t serial, depth;
	struct piece *pieces; /* of a text, when better is known than "all of it at loc" */
};

/* An element or text that copy-of copies, in document order. */
struct source_node {
	struct source_node *next;
	const struct xml_node *own; /* of the record, or NULL */
	struct made *made;          /* of a variable's tree, or NULL */
	size_t n;                   /* bytes, of a text */
	bool is_text;
};

/* What one run of a wrapper selected. */
struct mark {
	enum mark_kind kind;
	struct loc loc;
	struct piece *pieces;      /* TEXT, BUILTIN */
	struct source_node *nodes; /* NODES */
};

struct run {
	struct diag_list *d;
	struct arena *a;
	struct xml_sheet *sheet;
	struct xml_doc *doc;
	xsltTransformContextPtr ctxt;
	struct buf words;   /* of libxml2, for details of the next message */
	struct mark **marks;
	size_t n_marks, cap_marks;
	uint32_t n_made;    /* nodes made so far */
	size_t max_made;
	size_t n_bytes;     /* of text selected so far */
	size_t max_bytes;
	uint64_t work, max_work; /* of string functions and numbering, in bytes and nodes looked at */
	bool failed;
};

/* Report (the first only) at the instruction being run and stop. words: for LAYOUT_XSLT, DIAG_TWO or plain. */
void run_fail(struct run *r, const char *words);
void run_limit(struct run *r, const char *text, size_t max);
/* Place in the record of a node of the record or of a variable's tree. */
struct loc run_loc(const struct run *r, const xmlNode *n);
/* Count steps, bytes of text; false when that is over the limit (reported). */
bool run_work(struct run *r, uint64_t work);
bool run_bytes(struct run *r, size_t n);

/* note.c */
struct mark *note_text(struct run *r, const xmlNodeSet *set, enum mark_kind kind);
struct mark *note_nodes(struct run *r, const xmlNodeSet *set);
struct mark *note_computed(struct run *r);
size_t note_add(struct run *r, struct mark *mark);
/* The pieces of a text node of a result or a variable's tree. */
struct piece *note_pieces(struct run *r, const xmlNode *text);
/* Tell the nodes below a copy-of's wrapper their sources. Outer wrappers first. */
void note_settle(struct run *r, xmlNodePtr wrapper);

/* wrapper.c: wrappers in results and trees, and the instruction that makes them. */
bool is_wrapper(const xmlNode *n);
const struct mark *note_of(const struct run *r, const xmlNode *wrapper);
void run_wrappers(struct run *r);

#define RESULT_DEPTH 256

/* nodeset.c: node-set(), for trees of variables. */
void call_node_set(xmlXPathParserContextPtr p, int n);

/* function.c: everything callable from an expression; the nodes of a value in document order, or NULL. */
xmlNodeSetPtr run_node_set(xmlXPathObjectPtr value);
void run_functions(struct run *r);

/* result.c: our tree of the result. NULL after messages. */
const struct xml_node *run_result(struct run *r, xmlDocPtr result);

#endif
