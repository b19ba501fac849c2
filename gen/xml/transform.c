/* transform: runs a compiled stylesheet over a record.
 * Takes: a sheet and a document that has had no transform yet. Gives: our tree of the result. While it
 * runs, libxml2 calls a hook for every new node (its place in both files is noted there), and
 * everything that is counted stops at a limit: instructions, XPath steps, depth, nodes, bytes. */
#include "xml/run.h"

#include <assert.h>
#include <stdio.h>
#include <libxslt/security.h>
#include <libxslt/variables.h>
#include <libxslt/documents.h>
#include <libxslt/xsltutils.h>

#include "base/mem.h"

/* Work allowed: a base for small records and a factor for each node of large ones. */
#define OPS_BASE 1000000ul
#define OPS_FACTOR 50ul
#define XPATH_BASE 10000000ul
#define XPATH_FACTOR 200ul
#define MADE_BASE ((size_t)1000000)
#define MADE_FACTOR ((size_t)10)
#define BYTES_BASE ((size_t)64 << 20)
#define BYTES_FACTOR ((size_t)200)
#define WORK_BASE ((uint64_t)1 << 32)
#define WORK_FACTOR ((uint64_t)2000)
#define TEMPLATE_DEPTH 1000
#define TEMPLATE_VARS 15000

/* libxml2's hook for new nodes has no user data: the transform that is running on this thread. */
static _Thread_local struct run *running;

/* ---- places ---- */

struct loc run_loc(const struct run *r, const xmlNode *n)
{
	while (n && n->type != XML_NAMESPACE_DECL) {
		if (n->type == XML_DOCUMENT_NODE || n->type == XML_HTML_DOCUMENT_NODE)
			break;
		if (n->doc != r->doc->doc)
			return n->_private ? ((const struct made *)n->_private)->loc : (struct loc){0, 0};
		if (n->_private && n->type == XML_ATTRIBUTE_NODE)
			return ((const struct xml_attr *)n->_private)->loc;
		if (n->_private)
			return ((const struct xml_node *)n->_private)->loc;
		n = n->parent;
	}
	return r->doc->root->loc;
}

/* The innermost instruction that an author wrote; NULL in the rules that mark.c adds. */
static const struct xml_node *inst_of(const struct run *r)
{
	const xmlNode *n = r->ctxt->inst;

	while (n && (n->type == XML_ELEMENT_NODE || n->type == XML_TEXT_NODE)) {
		if (n->_private)
			return n->_private;
		n = is_xsl(n, "template") ? NULL : n->parent;
	}
	return NULL;
}

/* ---- stopping ---- */

static void stop(struct run *r)
{
	r->failed = true;
	r->ctxt->state = XSLT_STATE_STOPPED;
}

static struct loc inst_loc(const struct run *r)
{
	const struct xml_node *inst = inst_of(r);

	return inst ? inst->loc : r->sheet->files[0]->doc->root->loc;
}

void run_fail(struct run *r, const char *words)
{
	if (!r->failed)
		diag_add(r->d, DIAG_LAYOUT_XSLT, inst_loc(r), words, NULL)->other = run_loc(r, r->ctxt->node);
	stop(r);
}

void run_limit(struct run *r, const char *text, size_t max)
{
	if (!r->failed)
		wall_limit(r->d, inst_loc(r), text, max)->other = run_loc(r, r->ctxt->node);
	stop(r);
}

bool run_work(struct run *r, uint64_t work)
{
	r->work += work;
	if (r->work <= r->max_work)
		return !r->failed;
	run_limit(r, DIAG_TWO("模板函数运算 %zu 步", "%zu steps of functions called by templates"),
		  (size_t)r->max_work);
	return false;
}

bool run_bytes(struct run *r, size_t n)
{
	r->n_bytes += n;
	if (r->n_bytes <= r->max_bytes)
		return !r->failed;
	run_limit(r, DIAG_TWO("模板取出的文字 %zu 字节", "%zu bytes of text selected by templates"), r->max_bytes);
	return false;
}

/* ---- hooks ---- */

static uint32_t depth_of(const xmlNode *n)
{
	bool made = n && n->type == XML_ELEMENT_NODE && n->_private;

	return made ? ((const struct made *)n->_private)->depth : 0;
}

static void on_node(xmlNodePtr n)
{
	struct run *r = running;
	struct made *made;

	if (!r || n->type == XML_DOCUMENT_NODE || n->type == XML_HTML_DOCUMENT_NODE || n->type == XML_DTD_NODE)
		return;
	made = ARENA_NEW(r->a, struct made);
	made->loc = run_loc(r, r->ctxt->node);
	made->inst = inst_of(r);
	made->serial = r->n_made++;
	made->depth = depth_of(r->ctxt->insert) + 1;
	n->_private = made;
	if (r->n_made > r->max_made && !r->failed)
		run_limit(r, DIAG_TWO("模板生成 %zu 个节点", "%zu nodes made by templates"), r->max_made);
	if (made->depth > RESULT_DEPTH && !r->failed)
		run_limit(r, DIAG_TWO("结果嵌套 %zu 层", "a result nested %zu deep"), RESULT_DEPTH);
}

/* The expression at fault may be that of a part, for which libxslt names the whole. */
static bool has_parts(const struct xml_node *inst)
{
	return xml_child(inst, "sort") || xml_child(inst, "with-param");
}

static void on_xpath(void *user, xmlErrorPtr e)
{
	struct run *r = user;
	const struct xml_node *inst;
	const struct xml_attr *attr;
	const char *words, *unknown;
	struct diag *m;

	if (r->failed)
		return;
	if (e->code - XML_XPATH_EXPRESSION_OK == XPATH_OP_LIMIT_EXCEEDED) {
		run_limit(r, DIAG_TWO("XPath 运算 %zu 步", "%zu steps of XPath"), r->ctxt->xpathCtxt->opLimit);
		return;
	}
	words = xpath_words(e->code);
	buf_char(&r->words, 0);
	unknown = strstr(r->words.p, ": function ");
	if (unknown && strstr(unknown, " not found")) {
		int n = (int)(strstr(unknown, " not found") - unknown) - 11;

		words = arena_printf(r->a, DIAG_TWO("没有函数 %.*s()", "there is no function %.*s()"), n,
				     unknown + 11, n, unknown + 11);
	}
	r->words.n = 0;
	inst = inst_of(r);
	attr = inst && inst->kind == XML_ELEMENT && !has_parts(inst) ? sheet_expression(inst) : NULL;
	m = diag_add(r->d, DIAG_LAYOUT_XSLT, attr ? attr->value_loc : inst_loc(r), words, NULL);
	m->length = attr ? (uint32_t)attr->value.n : 0;
	m->other = run_loc(r, r->ctxt->node);
	stop(r);
}

static char *trimmed(struct run *r, const char *text)
{
	struct str s = str_trim(str_of(text));

	return arena_copy(r->a, s.p, s.n);
}

static void on_message(struct run *r, const struct xml_node *inst, const char *text)
{
	bool stops = str_is(xml_value(inst, "terminate"), "yes");
	struct diag *m;

	/* The same words again are counted. */
	m = diag_add(r->d, stops ? DIAG_LAYOUT_STOPPED : DIAG_LAYOUT_MESSAGE, inst->loc, trimmed(r, text), NULL);
	m->other = run_loc(r, r->ctxt->node);
	if (stops)
		stop(r);
}

/* libxslt speaks in pieces: first "runtime error: file … line …", then what happened. */
static void on_words(struct run *r, const char *text)
{
	if (strncmp(text, "runtime error", 13) == 0)
		return;
	if (r->ctxt->opLimit && r->ctxt->opCount >= r->ctxt->opLimit)
		run_limit(r, DIAG_TWO("模板指令 %zu 条", "%zu instructions of templates"), r->ctxt->opLimit);
	else if (r->ctxt->templNr >= r->ctxt->maxTemplateDepth || strstr(text, "infinite template recursion"))
		run_limit(r, DIAG_TWO("模板嵌套调用 %zu 层，是否无休止地调用自己？", "templates calling each other %zu deep; does one call itself without end?"),
			  (size_t)r->ctxt->maxTemplateDepth);
	else if (r->ctxt->varsNr >= r->ctxt->maxTemplateVars)
		run_limit(r, DIAG_TWO("模板变量 %zu 个", "%zu variables of templates"),
			  (size_t)r->ctxt->maxTemplateVars);
	else
		run_fail(r, xslt_words(r->a, trimmed(r, text)));
}

static void __attribute__((format(printf, 2, 3))) on_error(void *user, const char *fmt, ...)
{
	struct run *r = user;
	const struct xml_node *inst = inst_of(r);
	struct buf text = {NULL, 0, 0};
	va_list ap;

	if (r->failed)
		return;
	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	buf_char(&text, 0);
	if (strcmp(fmt, "%s") == 0 && inst && xml_is(inst, "message"))
		on_message(r, inst, text.p);
	else if (text.p[0] && strcmp(text.p, "\n") != 0)
		on_words(r, text.p);
	buf_free(&text);
}

/* ---- running ---- */

static void secure(struct run *r, xsltSecurityPrefsPtr prefs)
{
	static const xsltSecurityOption all[] = {XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE,
						 XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK,
						 XSLT_SECPREF_WRITE_NETWORK};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		xsltSetSecurityPrefs(prefs, all[i], xsltSecurityForbid);
	if (xsltSetCtxtSecurityPrefs(prefs, r->ctxt) != 0)
		mem_die(0);
}

static void set_limits(struct run *r)
{
	size_t n = r->doc->count;

	r->ctxt->opLimit = OPS_BASE + OPS_FACTOR * n;
	r->ctxt->xpathCtxt->opLimit = XPATH_BASE + XPATH_FACTOR * n;
	r->ctxt->maxTemplateDepth = TEMPLATE_DEPTH;
	r->ctxt->maxTemplateVars = TEMPLATE_VARS;
	r->max_made = MADE_BASE + MADE_FACTOR * n;
	r->max_work = WORK_BASE + WORK_FACTOR * n;
	r->max_bytes = BYTES_BASE + BYTES_FACTOR * n;
}

static void open_context(struct run *r, xsltSecurityPrefsPtr prefs, const char *const *params)
{
	r->ctxt = xsltNewTransformContext(r->sheet->style, r->doc->doc);
	if (!r->ctxt)
		mem_die(0);
	r->ctxt->_private = r;
	xsltSetTransformErrorFunc(r->ctxt, r, on_error);
	r->ctxt->xpathCtxt->error = on_xpath;
	r->ctxt->xpathCtxt->userData = r;
	secure(r, prefs);
	set_limits(r);
	run_functions(r);
	run_wrappers(r);
	for (; params && params[0] && params[1]; params += 2)
		xsltQuoteOneUserParam(r->ctxt, BAD_CAST params[0], BAD_CAST params[1]);
}

static xmlDocPtr apply(struct run *r)
{
	xmlRegisterNodeFunc before = xmlRegisterNodeDefault(on_node);
	struct run *outer = running;
	xmlDocPtr result;

	running = r;
	result = xsltApplyStylesheetUser(r->sheet->style, r->doc->doc, NULL, NULL, NULL, r->ctxt);
	running = outer;
	xmlRegisterNodeDefault(before);
	if (!r->failed && (!result || r->ctxt->state != XSLT_STATE_OK))
		run_fail(r, DIAG_TWO("模板没有结果", "the templates gave no result"));
	return result;
}

const struct xml_node *xml_transform(struct diag_list *d, struct arena *a, struct xml_sheet *sheet,
				     struct xml_doc *doc, const char *const *params)
{
	struct run r = {.d = d, .a = a, .sheet = sheet, .doc = doc};
	xsltSecurityPrefsPtr prefs = xsltNewSecurityPrefs();
	const struct xml_node *root = NULL;
	struct wall_state saved;
	xmlDocPtr result;

	if (!prefs)
		mem_die(0);
	assert(!doc->used);
	doc->used = true;
	wall_enter(&saved, &r.words);
	open_context(&r, prefs, params);
	result = apply(&r);
	if (!r.failed)
		root = run_result(&r, result);
	xmlFreeDoc(result);
	xsltFreeTransformContext(r.ctxt);
	xsltFreeSecurityPrefs(prefs);
	wall_leave(&saved);
	buf_free(&r.words);
	return root;
}
