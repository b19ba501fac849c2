/* wall: what the files of xml/ share behind xml.h. No other room may include this file.
 * Every node of a parsed libxml2 document leads through _private to our node (elements and texts:
 * struct xml_node, attributes: struct xml_attr). Nodes made while a transform runs lead to a
 * struct made (see run.h); which of the two it is, is told by the document the node stands in. */
#ifndef GEN_XML_WALL_H
#define GEN_XML_WALL_H

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "xml/xml.h"

struct xml_doc {
	struct arena *arena;
	xmlDocPtr doc;
	struct xml_node *root;
	uint32_t count;
	uint32_t src;
	bool used; /* a transform has had it */
};

/* As xml_parse, but the caller frees doc->doc. dict may be NULL: libxslt wants one dictionary for a
 * stylesheet and its imports (it compares the names of modes by address). */
struct xml_doc *xml_parse_raw(struct diag_list *d, struct arena *a, uint32_t src,
			      const struct xml_limits *limits, xmlDictPtr dict);

/* Between enter and leave the libraries' own words go to sink (NULL = nowhere), never to stderr. */
struct wall_state {
	xmlGenericErrorFunc generic, xslt;
	void *generic_user, *xslt_user;
	xmlStructuredErrorFunc structured;
	void *structured_user;
};
void wall_enter(struct wall_state *saved, struct buf *sink);
void wall_leave(const struct wall_state *saved);

/* XML_LIMIT; text is DIAG_TWO with one %zu in each half. */
struct diag *wall_limit(struct diag_list *d, struct loc loc, const char *text, size_t max);

/* A slice of what a library holds. */
static inline struct str wall_str(const xmlChar *p)
{
	return str_of((const char *)p);
}

/* Whether a name this far off is worth a "did you mean": one slip in three characters. */
static inline bool is_near(struct str name, int distance)
{
	return distance * 3 <= (int)utf8_count(name);
}

/* Raw attribute of a start tag; offsets into the source. */
struct raw_attr {
	struct str name; /* as written, with prefix */
	size_t at, value;
};
/* Next attribute of the start tag in bytes, from *at on (behind the element's name). False at its end. */
bool raw_attr_next(struct str bytes, size_t *at, struct raw_attr *out);
/* Offset behind the name of the start tag at at. */
size_t raw_tag_name(struct str bytes, size_t at, struct str *name);
/* Where the first character of a text stands when the tag before it ends at at. */
size_t raw_text_start(struct str bytes, size_t at);
/* Where the end tag of an element of a parsed tree stands; its start when it is one tag with it. */
struct loc raw_end_tag(const struct source_table *t, const struct xml_node *n);

/* As xml_text_loc, for byte at of an attribute's value. */
struct loc attr_value_loc(const struct source_table *t, const struct xml_attr *attr, size_t at);

#endif
