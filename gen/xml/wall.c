/* wall: keeps the libraries quiet, and out of memory when genpdf is.
 * Owns: nothing; libxml2 and libxslt have process-wide handlers for their words, which are taken
 * for the length of one call and given back. */
#include "xml/wall.h"

#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltutils.h>

#include "base/mem.h"

/* Enough for a message; a stack trace of libxslt is cut. */
#define SINK_LIMIT ((size_t)8192)

static void __attribute__((format(printf, 2, 3))) hear(void *user, const char *fmt, ...)
{
	struct buf *sink = user;
	va_list ap;

	if (!sink || sink->n > SINK_LIMIT)
		return;
	va_start(ap, fmt);
	buf_vprintf(sink, fmt, ap);
	va_end(ap);
}

static char *copy_of(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(mem_alloc(n), s, n);
}

/* Without memory libxml2 and libxslt drop what they cannot keep, a template or a text, and go on: the document would be another one.
 * What they got before this is freed as well: mem_free is free. */
static void lend_memory(void)
{
	xmlMemSetup(mem_free, mem_alloc, mem_grow, copy_of);
}

void wall_enter(struct wall_state *saved, struct buf *sink)
{
	lend_memory();
	xmlInitParser();
	saved->generic = xmlGenericError;
	saved->generic_user = xmlGenericErrorContext;
	saved->structured = xmlStructuredError;
	saved->structured_user = xmlStructuredErrorContext;
	saved->xslt = xsltGenericError;
	saved->xslt_user = xsltGenericErrorContext;
	xmlSetGenericErrorFunc(sink, hear);
	xmlSetStructuredErrorFunc(NULL, NULL);
	xsltSetGenericErrorFunc(sink, hear);
}

void wall_leave(const struct wall_state *saved)
{
	xmlSetGenericErrorFunc(saved->generic_user, saved->generic);
	xmlSetStructuredErrorFunc(saved->structured_user, saved->structured);
	xsltSetGenericErrorFunc(saved->xslt_user, saved->xslt);
	xmlResetLastError();
}

struct diag *wall_limit(struct diag_list *d, struct loc loc, const char *text, size_t max)
{
	char out[256];

	snprintf(out, sizeof out, text, max, max);
	return diag_add(d, DIAG_XML_LIMIT, loc, out, NULL);
}

const char *xml_libraries(struct arena *a)
{
	return arena_printf(a, "libxml2 %s, libxslt %d", xmlParserVersion, xsltLibxsltVersion);
}
