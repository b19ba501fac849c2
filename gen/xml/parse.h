/* parse: what the parser's hooks, the words for its first fault and the builder of our tree share. */
#ifndef GEN_XML_PARSE_H
#define GEN_XML_PARSE_H

#include "xml/wall.h"

struct parse {
	struct diag_list *d;
	const struct xml_limits *limits;
	struct str bytes;
	uint32_t src;
	xmlParserCtxtPtr ctxt;
	startElementNsSAX2Func start;
	endElementNsSAX2Func end;
	charactersSAXFunc text;
	size_t mark;  /* end of the tag before */
	size_t nodes;
	uint32_t depth;
	bool failed;
};

/* A place is kept in _private as offset + 1 until build() puts our node there. */
static inline void *off_ptr(size_t off)
{
	return (void *)(uintptr_t)(off + 1);
}

static inline size_t ptr_off(const void *p)
{
	return (uintptr_t)p - 1;
}

/* Where the parser stands. */
size_t parse_off(const struct parse *p);
/* Offset of the last c before at, or 0. */
size_t parse_back(const struct parse *p, size_t at, char c);
/* The message for libxml2's error. */
void parse_fault(struct parse *p, const xmlError *e);
/* Our tree of doc->doc, from the offsets in _private. */
void parse_build(struct arena *a, struct xml_doc *doc, struct str bytes);

#endif
