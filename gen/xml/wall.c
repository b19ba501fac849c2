/* wall: keeps the libraries quiet.
 * Owns: nothing; libxml2 and libxslt have process-wide handlers for their words, which are taken
 * for the length of one call and given back. */
#include "xml/wall.h"

#include <stdio.h>

#include <libxml/parser.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltutils.h>

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

void wall_enter(struct wall_state *saved, struct buf *sink)
{
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
