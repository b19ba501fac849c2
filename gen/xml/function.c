/* function: what an expression may call beside XPath's own.
 * Owns: the functions of our marks, the callbacks handed in by the caller, and guarded versions of
 * XPath functions that could double strings, read files or print addresses. */
#include "xml/run.h"

#include <stdio.h>
#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>

#include "base/mem.h"

#define STRING_MAX ((size_t)1 << 20)
#define ARGS_MAX 16
#define NODE_WORK 4u /* a node looked at by xsl:number, in bytes of string work */

static struct run *run_of(xmlXPathParserContextPtr p)
{
	xsltTransformContextPtr ctxt = xsltXPathGetTransformContext(p);

	return ctxt ? ctxt->_private : NULL;
}

static void drop(xmlXPathParserContextPtr p, int n)
{
	while (n-- > 0)
		xmlXPathFreeObject(valuePop(p));
}

static void push(xmlXPathParserContextPtr p, xmlXPathObjectPtr value)
{
	if (!value)
		mem_die(0);
	valuePush(p, value);
}

/* ---- marks ---- */

xmlNodeSetPtr run_node_set(xmlXPathObjectPtr value)
{
	if (!value || (value->type != XPATH_NODESET && value->type != XPATH_XSLT_TREE) || !value->nodesetval)
		return NULL;
	if (value->nodesetval->nodeNr > 1)
		xmlXPathNodeSetSort(value->nodesetval);
	return value->nodesetval;
}

static void call_attributes(xmlXPathParserContextPtr p, int n)
{
	xmlXPathObjectPtr value = n == 1 ? valuePop(p) : NULL;
	xmlNodeSetPtr set = run_node_set(value);
	bool all = set && set->nodeNr > 0;

	for (int i = 0; all && i < set->nodeNr; i++)
		all = set->nodeTab[i]->type == XML_ATTRIBUTE_NODE;
	xmlXPathFreeObject(value);
	push(p, xmlXPathNewBoolean(all));
}

/* ---- guarded ---- */

static size_t length_of(xmlXPathObjectPtr value)
{
	return value && value->stringval ? (size_t)xmlStrlen(value->stringval) : 0;
}

/* Make the arguments strings, as the functions guarded here would, and say how long they are. */
static bool string_args(xmlXPathParserContextPtr p, int n, size_t *lengths, size_t *sum)
{
	*sum = 0;
	if (n > p->valueNr)
		return false;
	for (int i = 0; i < n; i++) {
		xmlXPathObjectPtr *at = &p->valueTab[p->valueNr - n + i];
		size_t length;

		*at = xmlXPathConvertString(*at);
		length = length_of(*at);
		if (i < 2)
			lengths[i] = length;
		*sum += length;
	}
	p->value = p->valueNr ? p->valueTab[p->valueNr - 1] : NULL;
	return true;
}

/* Strings are held to a length each and to a sum of all; work to a sum. */
static bool allow(xmlXPathParserContextPtr p, struct run *r, size_t length, uint64_t work)
{
	if (length > STRING_MAX)
		run_limit(r, DIAG_TWO("表达式中的字符串 %zu 字节", "a string of %zu bytes in an expression"), STRING_MAX);
	else if (run_bytes(r, length))
		run_work(r, work);
	if (r->failed)
		p->error = XPATH_EXPR_ERROR;
	return !r->failed;
}

struct guarded {
	const char *name;
	xmlXPathFunction original;
	bool product; /* its work may be the product of its arguments' lengths */
};

static const struct guarded guards[] = {
	{"concat", xmlXPathConcatFunction, false},
	{"contains", xmlXPathContainsFunction, true},
	{"normalize-space", xmlXPathNormalizeFunction, false},
	{"string", xmlXPathStringFunction, false},
	{"substring-after", xmlXPathSubstringAfterFunction, true},
	{"substring-before", xmlXPathSubstringBeforeFunction, true},
	{"translate", xmlXPathTranslateFunction, true},
};

#define N_GUARDS (sizeof guards / sizeof *guards)

static void call_guarded(xmlXPathParserContextPtr p, int n)
{
	size_t lengths[2] = {0, 0}, sum;
	size_t i = 0;

	while (i + 1 < N_GUARDS && !xmlStrEqual(p->context->function, BAD_CAST guards[i].name))
		i++;
	if (string_args(p, n, lengths, &sum) &&
	    !allow(p, run_of(p), sum, guards[i].product ? (uint64_t)lengths[0] * lengths[1] : sum))
		return;
	guards[i].original(p, n);
}

/* Only its first argument is a string. */
static void call_substring(xmlXPathParserContextPtr p, int n)
{
	xmlXPathObjectPtr *first = n > 0 && n <= p->valueNr ? &p->valueTab[p->valueNr - n] : NULL;

	if (first) {
		*first = xmlXPathConvertString(*first);
		p->value = p->valueTab[p->valueNr - 1];
		if (!allow(p, run_of(p), length_of(*first), length_of(*first)))
			return;
	}
	xmlXPathSubstringFunction(p, n);
}

/* ---- counters set by mark.c ---- */

static double number_arg(xmlXPathParserContextPtr p, int n)
{
	xmlXPathObjectPtr value = n == 1 ? valuePop(p) : NULL;
	double number = value && value->type == XPATH_NUMBER ? value->floatval : 0;

	xmlXPathFreeObject(value);
	return number;
}

static void call_bytes(xmlXPathParserContextPtr p, int n)
{
	run_bytes(run_of(p), (size_t)number_arg(p, n));
	push(p, xmlXPathNewBoolean(0));
}

/* How many nodes xsl:number may look at from n: those below its parent, or all before it (which takes
 * libxslt ten times as long each). */
static uint64_t nodes_before(const struct run *r, const xmlNode *n, bool any)
{
	const struct xml_node *own = n ? n->_private : NULL;

	if (!own || n->type == XML_NAMESPACE_DECL || n->type == XML_ATTRIBUTE_NODE)
		return 1;
	if (n->doc != r->doc->doc)
		return r->n_made;
	return any || !own->parent ? own->number * 10ull : own->number - own->parent->number;
}

static void call_number(xmlXPathParserContextPtr p, int n)
{
	struct run *r = run_of(p);

	run_work(r, NODE_WORK * nodes_before(r, r->ctxt->node, number_arg(p, n) > 0));
	push(p, xmlXPathNewBoolean(0));
}

static void call_string(xmlXPathParserContextPtr p, int n)
{
	size_t lengths[2], sum;

	if (n == 1 && string_args(p, n, lengths, &sum))
		run_bytes(run_of(p), sum);
}

/* ---- out of reach ---- */

static void call_document(xmlXPathParserContextPtr p, int n)
{
	drop(p, n);
	run_fail(run_of(p), DIAG_TWO("不允许使用 document()", "document() is not allowed"));
	p->error = XPATH_EXPR_ERROR;
}

/* ---- generate-id: libxslt's goes by addresses or is quadratic ---- */

static void id_of(const struct run *r, const xmlNode *n, char *out, size_t size)
{
	const struct xml_attr *a;
	int at = 0;

	if (n->type == XML_NAMESPACE_DECL) {
		snprintf(out, size, "ns%llu", (unsigned long long)str_hash(wall_str(((const xmlNs *)n)->prefix)));
	} else if (n->type == XML_DOCUMENT_NODE || n->type == XML_HTML_DOCUMENT_NODE || !n->_private) {
		snprintf(out, size, n->doc == r->doc->doc ? "root" : "tree");
	} else if (n->doc != r->doc->doc) {
		snprintf(out, size, "m%u", ((const struct made *)n->_private)->serial);
	} else if (n->type == XML_ATTRIBUTE_NODE) {
		const struct xml_node *own = n->parent->_private;

		for (a = own->attrs; a && a != n->_private; a = a->next)
			at++;
		snprintf(out, size, "n%ua%d", own->number, at);
	} else {
		snprintf(out, size, "n%u", ((const struct xml_node *)n->_private)->number);
	}
}

static void call_generate_id(xmlXPathParserContextPtr p, int n)
{
	struct run *r = run_of(p);
	xmlXPathObjectPtr value = n == 1 ? valuePop(p) : NULL;
	xmlNodeSetPtr set = run_node_set(value);
	const xmlNode *node = n == 0 ? p->context->node : set && set->nodeNr ? set->nodeTab[0] : NULL;
	char id[48] = "";

	if (n > 1 || (n == 1 && (!value || value->type != XPATH_NODESET))) {
		drop(p, n > 1 ? n : 0);
		p->error = XPATH_INVALID_TYPE;
		xmlXPathFreeObject(value);
		return;
	}
	if (node)
		id_of(r, node, id, sizeof id);
	xmlXPathFreeObject(value);
	push(p, xmlXPathNewCString(id));
}

/* ---- the caller's functions ---- */

static const struct xml_function *find(const struct run *r, const xmlChar *name)
{
	const struct xml_sheet_options *o = &r->sheet->options;

	for (int i = 0; i < o->n_functions; i++)
		if (xmlStrEqual(name, BAD_CAST o->functions[i].name))
			return &o->functions[i];
	return NULL;
}

static void give(xmlXPathParserContextPtr p, struct run *r, const struct buf *out)
{
	struct str s = buf_view(out);

	if (!allow(p, r, s.n, s.n))
		return;
	push(p, xmlXPathNewString(BAD_CAST arena_copy(r->a, s.p, s.n)));
}

static void call_user(xmlXPathParserContextPtr p, int n)
{
	struct run *r = run_of(p);
	const struct xml_function *f = find(r, p->context->function);
	struct str args[ARGS_MAX];
	struct buf out = {NULL, 0, 0};
	size_t lengths[2], sum;

	if (!f || n < f->min_args || n > f->max_args || n > ARGS_MAX || !string_args(p, n, lengths, &sum)) {
		drop(p, n);
		run_fail(r, arena_printf(r->a, DIAG_TWO("函数 %s() 的参数个数不对", "wrong number of arguments of %s()"),
					 f ? f->name : "?", f ? f->name : "?"));
		p->error = XPATH_INVALID_ARITY;
		return;
	}
	for (int i = 0; i < n; i++)
		args[i] = arena_str(r->a, wall_str(p->valueTab[p->valueNr - n + i]->stringval));
	drop(p, n);
	if (f->call(r->sheet->options.user, args, n, &out)) {
		give(p, r, &out);
	} else {
		run_fail(r, arena_printf(r->a, DIAG_TWO("函数 %s()：%.*s", "function %s(): %.*s"), f->name,
					 STR_ARG(buf_view(&out)), f->name, STR_ARG(buf_view(&out))));
		p->error = XPATH_EXPR_ERROR;
	}
	buf_free(&out);
}

/* ---- registration ---- */

static void replace(struct run *r, const char *name, xmlXPathFunction f)
{
	xmlXPathRegisterFunc(r->ctxt->xpathCtxt, BAD_CAST name, NULL);
	if (xmlXPathRegisterFunc(r->ctxt->xpathCtxt, BAD_CAST name, f) != 0)
		mem_die(0);
}

static void add(struct run *r, const char *uri, const char *name, xmlXPathFunction f)
{
	if (xsltRegisterExtFunction(r->ctxt, BAD_CAST name, BAD_CAST uri, f) != 0)
		mem_die(0);
}

/* libxslt knows node-set() under these names; ours takes the wrappers out. */
static const char *const node_set_uris[] = {
	"http://exslt.org/common", "http://xmlsoft.org/XSLT/namespace", "http://icl.com/saxon", "http://www.jclark.com/xt",
	"org.apache.xalan.xslt.extensions.Redirect",
};

#define N_NODE_SET_URIS (sizeof node_set_uris / sizeof *node_set_uris)

bool function_is_node_set(struct str uri)
{
	for (size_t i = 0; i < N_NODE_SET_URIS; i++)
		if (str_is(uri, node_set_uris[i]))
			return true;
	return false;
}

static void add_own(struct run *r)
{
	static const struct {
		const char *name;
		xmlXPathFunction f;
	} own[] = {
		{"attributes", call_attributes}, {"bytes", call_bytes}, {"number", call_number}, {"string", call_string},
	};

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		add(r, AT_URI, own[i].name, own[i].f);
	for (size_t i = 0; i < N_NODE_SET_URIS; i++)
		add(r, node_set_uris[i], "node-set", call_node_set);
}

void run_functions(struct run *r)
{
	const struct xml_sheet_options *o = &r->sheet->options;

	add_own(r);
	for (size_t i = 0; i < N_GUARDS; i++)
		replace(r, guards[i].name, call_guarded);
	replace(r, "substring", call_substring);
	replace(r, "document", call_document);
	replace(r, "generate-id", call_generate_id);
	for (int i = 0; i < o->n_functions; i++)
		if (find(r, BAD_CAST o->functions[i].name) == &o->functions[i])
			add(r, XML_FUNCTION_NS, o->functions[i].name, call_user);
}
