/* sheet: what loading, checking, marking and running a stylesheet share. */
#ifndef GEN_XML_SHEET_H
#define GEN_XML_SHEET_H

#include <libxslt/xsltInternals.h>

#include "xml/wall.h"

#define XSL_URI "http://www.w3.org/1999/XSL/Transform"
#define AT_URI "urn:genpdf:at"
#define AT_PREFIX "g.at"
#define WRAPPER "t" /* our instruction, in the namespace AT_URI */

/* One loaded file. A file imported twice is loaded twice: libxslt wants a tree of its own each time. */
struct sheet_file {
	struct sheet_file *parent;
	struct xml_doc *doc;
	const char *name; /* for messages */
	const char *real; /* canonical */
	bool taken;       /* libxslt frees doc->doc */
	bool again;       /* loaded before: checked once is enough */
};

enum mark_kind { MARK_TEXT, MARK_NODES, MARK_COMPUTED, MARK_BUILTIN };

/* A wrapper as it stands in a stylesheet (wrapper.c). */
struct wrapper {
	enum mark_kind kind;
	const char *select;             /* of TEXT, NODES and BUILTIN */
	bool whole;                     /* what stands inside is value-of that very select */
	xmlXPathCompExprPtr compiled;   /* when it has run */
	xmlNsPtr *namespaces;
	int n_namespaces;
};

struct xml_sheet {
	struct arena *arena;
	struct source_table *sources;
	struct diag_list *d; /* while loading */
	struct xml_sheet_options options;
	struct sheet_file **files; /* files[0] is the principal one; index = number in "genpdf:N" */
	size_t n, cap;
	struct wrapper *wrappers; /* index = attribute n */
	size_t n_wrappers, cap_wrappers;
	xsltStylesheetPtr style;
	xmlDictPtr dict; /* of all files */
};

static inline bool is_xsl(const xmlNode *n, const char *name)
{
	return n && n->type == XML_ELEMENT_NODE && n->ns && xmlStrEqual(n->ns->href, BAD_CAST XSL_URI) &&
	       (!name || xmlStrEqual(n->name, BAD_CAST name));
}

/* Next node in document order below root, or NULL; with skip, not into n's children. */
xmlNodePtr tree_next(const xmlNode *root, xmlNodePtr n, bool skip);

/* check.c: faults libxslt is silent on or places badly, of all files; whole: none of them is missing. False after
 * messages. */
bool sheet_check(struct diag_list *d, const struct xml_sheet *sheet, bool whole);
/* function.c: whether functions of this namespace hold node-set(). */
bool function_is_node_set(struct str uri);
/* Words for an XPath error code, as DIAG_TWO. */
const char *xpath_words(int code);
/* The attribute of an instruction that holds its expression, or NULL. */
const struct xml_attr *sheet_expression(const struct xml_node *inst);

/* End of the expression of an attribute value template that starts at at (behind "{"): the
 * offset of its "}", or SIZE_MAX. */
size_t brace_end(struct str value, size_t at);
/* Words of libxslt -> ours (DIAG_TWO) when they are known, else as they are. */
const char *xslt_words(struct arena *a, const char *text);

/* mark.c: wrappers round instructions that make text, counters. All files are loaded; none has
 * been given to libxslt. */
void sheet_mark(struct xml_sheet *sheet);
/* builtin.c: the rules for text nobody matches; after sheet_mark. */
void sheet_builtin(struct xml_sheet *sheet);
/* New nodes for a stylesheet's tree: an xsl: element, a wrapper, attributes, children. */
xmlNodePtr sheet_new(xmlNodePtr like, const char *name);
xmlNodePtr sheet_wrapper(struct xml_sheet *s, xmlNodePtr like, struct wrapper w);
void sheet_set(xmlNodePtr n, xmlNsPtr ns, const char *name, const char *value);
void sheet_add(xmlNodePtr parent, xmlNodePtr child);
/* The file href of an import or include leads to, once loaded; NULL when it is none. */
struct sheet_file *sheet_imported(const struct xml_sheet *sheet, xmlNodePtr import);

#endif
