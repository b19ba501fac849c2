/* Transforms: both places of everything, origins of texts, what stops a stylesheet, messages. */
#include <unistd.h>
#include <sys/stat.h>

#include "unit/xml_fixture.h"
#include "base/file.h"

static char folder[] = "/tmp/genpdf-xslt-XXXXXX";

#define HEAD "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'" \
	     " xmlns:f='urn:genpdf:functions' xmlns:exsl='http://exslt.org/common'>\n"
#define TAIL "\n</xsl:stylesheet>"
#define ROOT(body) HEAD "<xsl:template match='/'>" body "</xsl:template>" TAIL

static const char *const record = "<record kind='notice'>\n"
				  "<title>关于<em>值班</em>的通知</title>\n"
				  "<p n='1'>第一段<!-- c -->文字。</p>\n"
				  "<p n='2'>第 二\n段</p>\n"
				  "</record>";

static const char *path_to(const char *name)
{
	static char path[256];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *text)
{
	FILE *f = fopen(path_to(name), "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static bool in_brackets(void *user, const struct str *args, int n, struct buf *out)
{
	(void)n;
	if (!args[0].n) {
		buf_puts(out, "nothing given");
		return false;
	}
	buf_printf(out, "%s%.*s]", (const char *)user, STR_ARG(args[0]));
	return true;
}

static struct xml_sheet *open_sheet(struct fixture *f, const char *name)
{
	static const struct xml_function functions[] = {{"brackets", 1, 1, in_brackets}};
	const char *const folders[] = {file_real(f->a, folder)};
	struct xml_sheet_options o = {.folders = folders, .n_folders = 1, .functions = functions, .n_functions = 1, .user = "["};

	return xml_sheet_open(&f->d, f->a, &f->t, path_to(name), &o);
}

/* Run the stylesheet text over the record text. */
static const struct xml_node *run_on(struct fixture *f, const char *sheet, const char *text,
				     const char *const *params)
{
	struct xml_doc *doc = fixture_parse(f, text);
	struct xml_sheet *s;

	put("main.xsl", sheet);
	s = open_sheet(f, "main.xsl");
	return s ? xml_transform(&f->d, f->a, s, doc, params) : NULL;
}

static void expect_result(const char *sheet, const char *want)
{
	struct fixture f;
	struct buf out = {NULL, 0, 0};

	fixture_open(&f);
	const struct xml_node *root = run_on(&f, sheet, record, NULL);
	expect_clean(&f);
	assert_non_null(root);
	xml_dump(&f.t, root, &out);
	expect_str(buf_view(&out), want);
	buf_free(&out);
	fixture_close(&f);
}

/* The transform fails with this message first; it holds word. */
static void expect_failure(const char *sheet, enum diag_code code, size_t line, size_t column, const char *word)
{
	struct fixture f;
	struct buf out = {NULL, 0, 0};
	struct place at = {.line = 0};

	fixture_open(&f);
	assert_null(run_on(&f, sheet, record, NULL));
	assert_true(f.d.n > 0);
	diag_text(&f.d, 0, LANG_EN, &out);
	buf_char(&out, 0);
	source_place(&f.t, f.d.list[0].loc, &at);
	if (f.d.list[0].code != code || at.line != line || at.column != column || !strstr(out.p, word))
		fail_msg("wanted %s at %zu:%zu with \"%s\", got %s", diag_word(code), line, column, word, out.p);
	buf_free(&out);
	fixture_close(&f);
}

/* ---- places and origins ---- */

static void literal_elements(void **state)
{
	(void)state;
	expect_result(ROOT("<d k='{record/@kind}' l='a{{'>\n"
			   " <xsl:for-each select='record/p'><q xmlns='urn:q'/>\n"
			   "  <xsl:element name='e'><xsl:attribute name='b'>x<xsl:value-of select='@n'/></xsl:attribute>"
			   "</xsl:element></xsl:for-each></d>"),
		      "d 1:1 main.xsl:2:25\n"
		      "  @k=\"notice\" main.xsl:2:28\n"
		      "  @l=\"a{\" main.xsl:2:47\n"
		      "  {urn:q}q 3:1 main.xsl:3:34\n"
		      "  e 3:1 main.xsl:4:3\n"
		      "    @b=\"x1\" main.xsl:4:25\n"
		      "  {urn:q}q 4:1 main.xsl:3:34\n"
		      "  e 4:1 main.xsl:4:3\n"
		      "    @b=\"x2\" main.xsl:4:25\n");
}

static void texts_keep_their_borders(void **state)
{
	(void)state;
	expect_result(ROOT("<d>一<xsl:value-of select='record/title'/>二<xsl:value-of select='record/p/@n'/>"
			   "<xsl:text>三</xsl:text><xsl:value-of select='record/p[1]'/></d>"),
		      "d 1:1 main.xsl:2:25\n"
		      "  \"一\" 1:1 main.xsl:2:28 literal\n"
		      "  \"关于\" 2:8 main.xsl:2:29 record #3\n"
		      "  \"值班\" 2:14 main.xsl:2:29 record #5\n"
		      "  \"的通知\" 2:21 main.xsl:2:29 record #6\n"
		      "  \"二\" 1:1 main.xsl:2:66 literal\n"
		      "  \"1\" 3:4 main.xsl:2:67 computed\n"
		      "  \"三\" 1:1 main.xsl:2:113 literal\n"
		      "  \"第一段文字。\" 3:10 main.xsl:2:125 record #9\n");
}

/* White space may differ from the record's, other characters may not. */
static void normalised_and_computed(void **state)
{
	(void)state;
	expect_result(ROOT("<d><a><xsl:value-of select='normalize-space(record/p[2])'/></a>"
			   "<b><xsl:value-of select='concat(record/p[2],\"!\")'/></b>"
			   "<c><xsl:value-of select='string( record/title/em )'/></c>"
			   "<e><xsl:value-of select='count(record/p)'/></e>"
			   "<f><xsl:value-of select='f:brackets(record/p/@n)'/></f>"
			   "<g><xsl:number value='4' format='一'/></g>"
			   "<h><xsl:for-each select='record/p[2]'><xsl:value-of select='translate(.,\" \",\"\")'/></xsl:for-each></h>"
			   "</d>"),
		      "d 1:1 main.xsl:2:25\n"
		      "  a 1:1 main.xsl:2:28\n"
		      "    \"第 二 段\" 4:10 main.xsl:2:31 record #12\n"
		      "  b 1:1 main.xsl:2:88\n"
		      "    \"第 二\\n段!\" 1:1 main.xsl:2:91 computed\n"
		      "  c 1:1 main.xsl:2:143\n"
		      "    \"值班\" 2:14 main.xsl:2:146 record #5\n"
		      "  e 1:1 main.xsl:2:200\n"
		      "    \"2\" 1:1 main.xsl:2:203 computed\n"
		      "  f 1:1 main.xsl:2:247\n"
		      "    \"[1]\" 1:1 main.xsl:2:250 computed\n"
		      "  g 1:1 main.xsl:2:302\n"
		      "    \"4\" 1:1 main.xsl:2:305 computed\n"
		      "  h 1:1 main.xsl:2:343\n"
		      "    \"第二\\n段\" 4:10 main.xsl:2:381 record #12\n");
}

static void copies(void **state)
{
	(void)state;
	expect_result(ROOT("<d><xsl:copy-of select='record/title'/><xsl:copy-of select='record/p/text()'/>"
			   "<x><xsl:copy-of select='record/p[1]/@n'/><xsl:attribute name='y'>2</xsl:attribute></x></d>"),
		      "d 1:1 main.xsl:2:25\n"
		      "  title 2:1 main.xsl:2:28\n"
		      "    \"关于\" 2:8 main.xsl:2:28 record #3\n"
		      "    em 2:10 main.xsl:2:28\n"
		      "      \"值班\" 2:14 main.xsl:2:28 record #5\n"
		      "    \"的通知\" 2:21 main.xsl:2:28 record #6\n"
		      "  \"第一段文字。\" 3:10 main.xsl:2:64 record #9\n"
		      "  \"第 二\\n段\" 4:10 main.xsl:2:64 record #12\n"
		      "  x 1:1 main.xsl:2:103\n"
		      "    @n=\"1\" main.xsl:2:106\n"
		      "    @y=\"2\" main.xsl:2:144\n");
}

/* The identity template copies texts and attributes through xsl:copy. */
static void identity(void **state)
{
	(void)state;
	expect_result(HEAD "<xsl:template match='/'><d><xsl:apply-templates select='record/p[1]|record/title/em'/></d>"
			   "</xsl:template>\n"
			   "<xsl:template match='@*|node()'><xsl:copy><xsl:apply-templates select='@*|node()'/></xsl:copy>"
			   "</xsl:template>" TAIL,
		      "d 1:1 main.xsl:2:25\n"
		      "  em 2:10 main.xsl:3:33\n"
		      "    \"值班\" 2:14 main.xsl:3:33 record #5\n"
		      "  p 3:1 main.xsl:3:33\n"
		      "    @n=\"1\" main.xsl:3:33\n"
		      "    \"第一段文字。\" 3:10 main.xsl:3:33 record #9\n");
}

static void builtin_rules(void **state)
{
	(void)state;
	/* Default mode and a mode that has no template for these; an attribute; the author's own rule. */
	expect_result(HEAD "<xsl:template match='/'><d><xsl:apply-templates select='record/title'/>"
			   "<x><xsl:apply-templates select='record/title' mode='f:m'/></x>"
			   "<y><xsl:apply-templates select='record/p/@n'/></y>"
			   "<z><xsl:apply-templates select='record/p[1]' mode='own'/></z></d></xsl:template>\n"
			   "<xsl:template match='text()' mode='own'><xsl:value-of select='.'/></xsl:template>\n"
			   "<xsl:template match='em'><i><xsl:apply-templates/></i></xsl:template>"
			   "<xsl:template match='p' mode='f:m'/>" TAIL,
		      "d 1:1 main.xsl:2:25\n"
		      "  \"关于\" 2:8 main.xsl:2:25 builtin #3\n"
		      "  i 2:10 main.xsl:4:26\n"
		      "    \"值班\" 2:14 main.xsl:4:26 builtin #5\n"
		      "  \"的通知\" 2:21 main.xsl:2:25 builtin #6\n"
		      "  x 1:1 main.xsl:2:72\n"
		      "    \"关于\" 2:8 main.xsl:2:72 builtin #3\n"
		      "    \"值班\" 2:14 main.xsl:2:72 builtin #5\n"
		      "    \"的通知\" 2:21 main.xsl:2:72 builtin #6\n"
		      "  y 1:1 main.xsl:2:134\n"
		      "    \"1\" 3:4 main.xsl:2:134 computed\n"
		      "    \"2\" 4:4 main.xsl:2:134 computed\n"
		      "  z 1:1 main.xsl:2:184\n"
		      "    \"第一段文字。\" 3:10 main.xsl:3:41 record #9\n");
}

static void variables(void **state)
{
	(void)state;
	expect_result(ROOT("<xsl:variable name='v'><i k='1'>字<xsl:value-of select='record/title/em'/></i></xsl:variable>\n"
			   "<d><a><xsl:value-of select='$v'/></a><b><xsl:copy-of select='$v'/></b>\n"
			   "<xsl:for-each select='exsl:node-set($v)/i/text()'><c><xsl:value-of select='.'/></c></xsl:for-each></d>"),
		      "d 1:1 main.xsl:3:1\n"
		      "  a 1:1 main.xsl:3:4\n"
		      "    \"字\" 1:1 main.xsl:2:57 literal\n"
		      "    \"值班\" 2:14 main.xsl:2:58 record #5\n"
		      "  b 1:1 main.xsl:3:38\n"
		      "    i 1:1 main.xsl:2:48\n"
		      "      @k=\"1\" main.xsl:3:41\n"
		      "      \"字\" 1:1 main.xsl:2:57 literal\n"
		      "      \"值班\" 2:14 main.xsl:2:58 record #5\n"
		      "  c 1:1 main.xsl:4:51\n"
		      "    \"字\" 1:1 main.xsl:2:57 literal\n"
		      "    \"值班\" 2:14 main.xsl:2:58 record #5\n");
}

static void imports_and_includes(void **state)
{
	(void)state;
	put("base.xsl", HEAD "<xsl:import href='lowest.xsl'/>\n"
			     "<xsl:template match='p'><low n='{@n}'/></xsl:template>\n"
			     "<xsl:template match='em'><strong/></xsl:template>" TAIL);
	put("lowest.xsl", HEAD "<xsl:template match='title' mode='m'>\n <t><xsl:apply-templates/></t></xsl:template>" TAIL);
	put("inc.xsl", HEAD "<xsl:template match='record'>\n  <r><xsl:apply-templates select='title' mode='m'/>"
			    "<xsl:apply-templates select='p'/></r></xsl:template>" TAIL);
	expect_result(HEAD "<xsl:import href='base.xsl'/><xsl:include href='inc.xsl'/>\n"
			   "<xsl:template match='p[1]'><high/><xsl:apply-imports/></xsl:template>" TAIL,
		      "r 1:1 inc.xsl:3:3\n"
		      "  t 2:1 lowest.xsl:3:2\n"
		      "    \"关于\" 2:8 lowest.xsl:3:2 builtin #3\n"
		      "    strong 2:10 base.xsl:4:26\n"
		      "    \"的通知\" 2:21 lowest.xsl:3:2 builtin #6\n"
		      "  high 3:1 main.xsl:3:28\n"
		      "  low 3:1 base.xsl:3:25\n"
		      "    @n=\"1\" base.xsl:3:30\n"
		      "  low 4:1 base.xsl:3:25\n"
		      "    @n=\"2\" base.xsl:3:30\n");
}

static void parameters_and_keys(void **state)
{
	static const char *const params[] = {"day", "it's \"2月\"", NULL};
	struct fixture f;
	(void)state;
	fixture_open(&f);
	const struct xml_node *root = run_on(&f, HEAD "<xsl:param name='day'/><xsl:key name='k' match='p' use='@n'/>"
						      "<xsl:strip-space elements='*'/>\n"
						      "<xsl:template match='/'><d a='{$day}' i='{generate-id(//p)}'>"
						      "<xsl:value-of select='key(\"k\",2)'/></d></xsl:template>" TAIL,
					     record, params);
	expect_clean(&f);
	expect_str(xml_value(root, "a"), "it's \"2月\"");
	expect_str(xml_value(root, "i"), "n8");
	assert_int_equal(root->first->from->number, 12);
	fixture_close(&f);
}

/* ---- messages ---- */

static void messages(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	assert_non_null(run_on(&f, ROOT("<d><xsl:for-each select='record/p'><xsl:message>see <xsl:value-of select='@n'/>"
					"</xsl:message></xsl:for-each></d>"), record, NULL));
	expect_message(&f, DIAG_LAYOUT_MESSAGE, 2, 60, 2);
	expect_loc(&f, f.d.list[1].other, 4, 1);
	assert_string_equal(f.d.list[1].args[0], "see 2");
	assert_int_equal(diag_count(&f.d, SEVERITY_ERROR), 0);
	fixture_close(&f);
	fixture_open(&f);
	assert_null(run_on(&f, ROOT("<d><xsl:for-each select='record/p'><xsl:message terminate='yes'>no"
				    "</xsl:message></xsl:for-each></d>"), record, NULL));
	expect_message(&f, DIAG_LAYOUT_STOPPED, 2, 60, 1);
	expect_loc(&f, f.d.list[0].other, 3, 1);
	fixture_close(&f);
}

static void faults_before_running(void **state)
{
	(void)state;
	expect_failure(ROOT("<d><xsl:valueof select='.'/></d>"), DIAG_LAYOUT_ELEMENT, 2, 28, "<xsl:value-of>?");
	expect_failure(ROOT("<xsl:choose><xsl:when test='1'/><xsl:else/></xsl:choose>"), DIAG_LAYOUT_ELEMENT, 2, 57, "allowed here: <xsl:when> <xsl:otherwise>");
	expect_failure(ROOT("<d><xsl:value-of\n select='.' selekt='.'/></d>"), DIAG_LAYOUT_ATTRIBUTE, 3, 13, "select?");
	expect_failure(ROOT("<d><xsl:if/></d>"), DIAG_LAYOUT_REQUIRED, 2, 28, "<xsl:if> lacks test=");
	expect_failure(ROOT("<d><xsl:if test='1 &lt; 2 and &#40;)'/></d>"), DIAG_LAYOUT_XSLT, 2, 60, "\")\" does not fit here");
	expect_failure(ROOT("<d a='x{p[}y'/>"), DIAG_LAYOUT_XSLT, 2, 35, "the expression is not complete");
	expect_failure(ROOT("<d a='x{p'/>"), DIAG_LAYOUT_XSLT, 2, 32, "{ is not closed");
	expect_failure(ROOT("<d a='x}'/>"), DIAG_LAYOUT_XSLT, 2, 32, "}}");
	expect_failure(HEAD "<xsl:template match='p/..'/>" TAIL, DIAG_LAYOUT_XSLT, 2, 24, "a pattern holds names");
	expect_failure(HEAD "<xsl:template match='p | (em)'/>" TAIL, DIAG_LAYOUT_XSLT, 2, 26, "a pattern holds names");
	expect_failure(HEAD "<xsl:template match='ancestor::p'/>" TAIL, DIAG_LAYOUT_XSLT, 2, 22, "a pattern holds names");
	expect_failure(HEAD "<xsl:template match='p[../@n]/text() | *[1] + 1'/>" TAIL, DIAG_LAYOUT_XSLT, 2, 45, "a pattern holds names");
	expect_failure(HEAD "<xsl:document href='x'/>" TAIL, DIAG_LAYOUT_ELEMENT, 2, 1, "xsl:document");
	expect_failure(ROOT("<exsl:document xsl:extension-element-prefixes='exsl' href='x'/>"), DIAG_LAYOUT_XSLT, 2, 40,
		       "extension elements");
	expect_failure(ROOT("<d a='{1 +}'/>"), DIAG_LAYOUT_XSLT, 2, 35, "the expression is not complete");
	expect_failure(ROOT("<d a='{p[1}'/>"), DIAG_LAYOUT_XSLT, 2, 35, "] is expected here");
	expect_failure(ROOT("<d a='{ }'/>"), DIAG_LAYOUT_XSLT, 2, 32, "the expression is empty");
	expect_failure(ROOT("<xsl:variable name='v' select='1'>\n <d/></xsl:variable>"), DIAG_LAYOUT_DROPPED, 3, 2, "; it has a select");
	expect_failure(ROOT("<xsl:variable name='1v'/>"), DIAG_LAYOUT_VALUE, 2, 45, "a name: letters");
	expect_failure(ROOT("<xsl:element name='a b'/>"), DIAG_LAYOUT_VALUE, 2, 44, "a name: letters");
	expect_failure(ROOT("<d><xsl:attribute name='xmlns'/></d>"), DIAG_LAYOUT_VALUE, 2, 49, "reserved");
	expect_failure(HEAD "<xsl:template match='p' priority='high'/>" TAIL, DIAG_LAYOUT_VALUE, 2, 35, "a number");
	expect_failure(ROOT("<xsl:choose><xsl:when test='1'/><xsl:otherwise/>\n<xsl:when test='2'/></xsl:choose>"), DIAG_LAYOUT_XSLT, 3, 1,
		       "no branch may follow");
	expect_failure(HEAD "<xsl:template/>" TAIL, DIAG_LAYOUT_REQUIRED, 2, 1, "lacks match=\"…\" or name=");
	expect_failure(ROOT("<xsl:choose/>"), DIAG_LAYOUT_REQUIRED, 2, 25, "lacks <xsl:when>");
	expect_failure(ROOT("<d><xsl:when test='1'/></d>"), DIAG_LAYOUT_PLACE, 2, 28,
		       "<xsl:when> may not stand inside <d>; it stands in <xsl:choose>");
	expect_failure(ROOT("<xsl:template name='x'/>"), DIAG_LAYOUT_PLACE, 2, 25, "at the top of the stylesheet");
	expect_failure(ROOT("<xsl:for-each select='/'><d/><xsl:sort/></xsl:for-each>"), DIAG_LAYOUT_XSLT, 2, 54, "must come first");
	expect_failure(ROOT("<d/><xsl:param name='p'/>"), DIAG_LAYOUT_XSLT, 2, 29, "must come first");
	expect_failure(ROOT("<xsl:choose><d/><xsl:when test='1'/></xsl:choose>"), DIAG_LAYOUT_DROPPED, 2, 37,
		       "what stands here inside <xsl:choose> is dropped; it holds <xsl:when> <xsl:otherwise> only");
	expect_failure(ROOT("<xsl:value-of select='.'>\n x</xsl:value-of>"), DIAG_LAYOUT_DROPPED, 3, 2, "inside <xsl:value-of>");
	expect_failure(ROOT("<xsl:apply-templates><xsl:if test='1'/></xsl:apply-templates>"), DIAG_LAYOUT_DROPPED, 2, 46,
		       "it holds <xsl:sort> <xsl:with-param> only");
	expect_failure(HEAD "\n words" TAIL, DIAG_LAYOUT_DROPPED, 3, 2, "it belongs into an <xsl:template>");
	expect_failure(HEAD "<p/>" TAIL, DIAG_LAYOUT_DROPPED, 2, 1, "it belongs into an <xsl:template>");
	expect_failure(ROOT("<xsl:message terminate='true'/>"), DIAG_LAYOUT_VALUE, 2, 49, "yes no");
	expect_failure(ROOT("<xsl:for-each select='/'><xsl:sort order='{.}' data-type='int'/></xsl:for-each>"), DIAG_LAYOUT_VALUE,
		       2, 83, "text number");
	expect_failure(ROOT("<d/>") "<x/>", DIAG_XML_SYNTAX, 3, 18, "behind the end of the root");
	expect_failure("<d/>", DIAG_LAYOUT_XSLT, 1, 1, "xsl:stylesheet");
	expect_failure("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" ROOT("<d>&x;</d>"), DIAG_XML_DTD, 1, 1, "");
}

/* Names that nobody declares, in branches that no record reaches too. */
static void unknown_names(void **state)
{
	(void)state;
	expect_failure(ROOT("<d><xsl:if test='false()'><xsl:value-of select='nope(1)'/></xsl:if></d>"), DIAG_LAYOUT_FUNCTION, 2, 73,
		       "there is no function nope()");
	expect_failure(ROOT("<d a='x{coun(p)}'/>"), DIAG_LAYOUT_FUNCTION, 2, 33, "did you mean count()?");
	expect_failure(ROOT("<d a='{bracket(p)}'/>"), DIAG_LAYOUT_FUNCTION, 2, 32, "did you mean f:brackets()?");
	expect_failure(ROOT("<d a='{f:bracket(p)}'/>"), DIAG_LAYOUT_FUNCTION, 2, 32, "no function f:bracket(), did you mean f:brackets()?");
	expect_failure(ROOT("<d a='{exsl:object-type(p)}'/>"), DIAG_LAYOUT_FUNCTION, 2, 32, "; there are exsl:node-set() and brackets()");
	expect_failure(ROOT("<d a='{f:brackets()}'/>"), DIAG_LAYOUT_ARGUMENTS, 2, 32, "brackets() takes 1 arguments, here are 0");
	expect_failure(ROOT("<d a='{substring(concat(p,p,p))}'/>"), DIAG_LAYOUT_ARGUMENTS, 2, 32, "substring() takes 2…3 arguments, here are 1");
	expect_failure(ROOT("<d a='{concat(p)}'/>"), DIAG_LAYOUT_ARGUMENTS, 2, 32, "takes 2… arguments, here are 1");
	expect_failure(ROOT("<d><xsl:value-of select='a:b'/></d>"), DIAG_LAYOUT_PREFIX, 2, 50, "prefix a is not declared");
	expect_failure(ROOT("<d><xsl:value-of select='@exs:b'/></d>"), DIAG_LAYOUT_PREFIX, 2, 51, "did you mean exsl?");
	expect_failure(ROOT("<d><xsl:value-of select='xsll:b()'/></d>"), DIAG_LAYOUT_PREFIX, 2, 50, "did you mean xsl?");
	expect_failure(ROOT("<xsl:call-template name='nam'/>") , DIAG_LAYOUT_NAME, 2, 50, "no <xsl:template> named \"nam\"");
	expect_failure(HEAD "<xsl:template match='/' name='name'><xsl:call-template name='nam'/></xsl:template>" TAIL, DIAG_LAYOUT_NAME, 2, 62,
		       "no <xsl:template> named \"nam\", did you mean name?");
	expect_failure(ROOT("<d a='{key(\"ky\", 1)}'/>") "", DIAG_LAYOUT_NAME, 2, 37, "no <xsl:key> named \"ky\"");
	expect_failure(ROOT("<d a='{format-number(1, \"0\", \"eu\")}'/>"), DIAG_LAYOUT_NAME, 2, 55, "no <xsl:decimal-format> named \"eu\"");
	expect_failure(HEAD "<xsl:attribute-set name='one'/><xsl:template match='/'><d xsl:use-attribute-sets='one  two'/></xsl:template>"
		       TAIL, DIAG_LAYOUT_NAME, 2, 88, "no <xsl:attribute-set> named \"two\"");
	expect_failure(HEAD "<xsl:template match='p' mode='plain'/>\n<xsl:template match='/'><xsl:apply-templates mode='plian'/></xsl:template>"
		       TAIL, DIAG_LAYOUT_MODE, 3, 52, "no template has mode=\"plian\", did you mean plain?");
}

static void variables_in_scope(void **state)
{
	(void)state;
	expect_failure(ROOT("<d><xsl:value-of select='1 + $nope'/></d>"), DIAG_LAYOUT_VARIABLE, 2, 54, "no variable or parameter $nope here");
	expect_failure(ROOT("<xsl:variable name='one'/><xsl:variable name='two'/><d a='{$x}'/>"), DIAG_LAYOUT_VARIABLE, 2, 84,
		       "$x here; there are: $two $one");
	expect_failure(ROOT("<xsl:variable name='title'/><d a='{$titel}'/>"), DIAG_LAYOUT_VARIABLE, 2, 60, "did you mean $title?");
	expect_failure(ROOT("<d a='{$late}'/>\n<xsl:variable name='late'/>"), DIAG_LAYOUT_VARIABLE, 2, 32,
		       "$late here; one of this name is in scope elsewhere only");
	expect_failure(ROOT("<xsl:if test='1'><xsl:variable name='in'/></xsl:if><d a='{$in}'/>"), DIAG_LAYOUT_VARIABLE, 2, 83, "elsewhere");
	expect_failure(ROOT("<xsl:variable name='x' select='$x'/>"), DIAG_LAYOUT_VARIABLE, 2, 56, "$x here");
	expect_failure(HEAD "<xsl:template name='other'><xsl:param name='p'/></xsl:template>\n<xsl:template match='/'><d a='{$p}'/>"
		       "<xsl:call-template name='other'/></xsl:template>" TAIL, DIAG_LAYOUT_VARIABLE, 3, 32, "$p here [");
	expect_result(HEAD "<xsl:template match='/'><xsl:param name='p'/><xsl:for-each select='record[$p]|.'><d a='{$p}{$g}'>"
			   "<xsl:variable name='in' select='$g'/><e a='{$in}'/></d></xsl:for-each></xsl:template>\n"
			   "<xsl:variable name='g' select='7'/>" TAIL, "d 1:1 main.xsl:2:82\n  @a=\"7\" main.xsl:2:85\n  e 1:1 main.xsl:2:135\n    @a=\"7\" main.xsl:2:138\n");
	expect_failure(HEAD "<xsl:variable name='g'/>\n<xsl:param name='g'/>" TAIL, DIAG_LAYOUT_TWICE, 3, 18, "\"g\" stands twice");
	expect_failure(HEAD "<xsl:template name='t'><xsl:param name='a'/>\n<xsl:param name='a'/></xsl:template>" TAIL, DIAG_LAYOUT_TWICE, 3, 18, "\"a\"");
	expect_failure(HEAD "<xsl:template name='t'/>\n<xsl:template name='t'/>" TAIL, DIAG_LAYOUT_TWICE, 3, 21, "\"t\"");
}

static void parameters_taken(void **state)
{
	(void)state;
#define WITH(name) "<xsl:with-param name='" name "' select='1'/>"
	expect_failure(HEAD "<xsl:template name='t'><xsl:param name='width'/></xsl:template><xsl:template match='/'>\n"
		       "<xsl:call-template name='t'>" WITH("widht") "</xsl:call-template></xsl:template>" TAIL, DIAG_LAYOUT_PARAM, 3, 51,
		       "takes the parameter widht, did you mean width?");
	expect_failure(HEAD "<xsl:template match='p' mode='m'><xsl:param name='a'/></xsl:template><xsl:template match='p'><xsl:param name='b'/>"
		       "</xsl:template><xsl:template match='/'>\n"
		       "<xsl:apply-templates mode='m'>" WITH("a") WITH("b") "</xsl:apply-templates></xsl:template>" TAIL, DIAG_LAYOUT_PARAM, 3, 90,
		       "takes the parameter b; there are: a");
	/* Said once: the template itself is unknown. */
	expect_failure(ROOT("<xsl:call-template name='no'>" WITH("a") "</xsl:call-template>"), DIAG_LAYOUT_NAME, 2, 50, "\"no\"");
#undef WITH
}

static void faults_while_running(void **state)
{
	(void)state;
	expect_failure(ROOT("<d><xsl:value-of select='f:brackets(\"\")'/></d>"), DIAG_LAYOUT_XSLT, 2, 28, "nothing given");
	expect_failure(ROOT("<d>x<xsl:attribute name='a'/></d>"), DIAG_LAYOUT_XSLT, 2, 29, "before any content");
	expect_failure(ROOT("<d><xsl:for-each select='1 + 1'/></d>"), DIAG_LAYOUT_XSLT, 2, 28, "must select nodes");
	expect_failure(ROOT("<a/><b/>"), DIAG_LAYOUT_XSLT, 2, 29, "one root element");
	expect_failure(ROOT(""), DIAG_LAYOUT_XSLT, 1, 1, "no element");
	expect_failure(ROOT("<a/>字"), DIAG_LAYOUT_BARE_TEXT, 1, 1, "字");
}

/* libxslt's own complaint about an imported file is placed there too. */
static void a_fault_in_an_import(void **state)
{
	struct fixture f;
	struct place at;
	(void)state;
	put("base.xsl", HEAD "<xsl:template match='a'/>\n  <xsl:template match='id(1)'/>" TAIL);
	for (int include = 0; include < 2; include++) {
		fixture_open(&f);
		assert_null(run_on(&f, include ? HEAD "<xsl:include href='base.xsl'/>" TAIL
					       : HEAD "<xsl:import href='base.xsl'/>" TAIL, record, NULL));
		assert_int_equal(f.d.n, 1);
		assert_true(source_place(&f.t, f.d.list[0].loc, &at));
		assert_true(str_ends(at.name, STR("/base.xsl")));
		expect_message(&f, DIAG_LAYOUT_XSLT, 3, 3, 1);
		fixture_close(&f);
	}
}

/* The record's place stands beside the layout's. */
static void both_places_of_a_fault(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	assert_null(run_on(&f, ROOT("<d><xsl:for-each select='record/p[2]'><xsl:value-of select='f:brackets(\"\")'/></xsl:for-each></d>"),
			   record, NULL));
	expect_loc(&f, f.d.list[0].other, 4, 1);
	fixture_close(&f);
}

/* ---- out of reach ---- */

static void nothing_is_read(void **state)
{
	(void)state;
	put("secret.xml", "<secret>秘</secret>");
	expect_failure(ROOT("<d><xsl:value-of select='document(\"secret.xml\")'/></d>"), DIAG_LAYOUT_XSLT, 2, 50, "document()");
	expect_failure(ROOT("<d><xsl:value-of select='document(\"\")'/></d>"), DIAG_LAYOUT_XSLT, 2, 50, "document()");
	expect_failure(ROOT("<d a='{document(\"/etc/passwd\")}'/>"), DIAG_LAYOUT_XSLT, 2, 32, "document()");
	expect_failure(HEAD "<xsl:import href='/etc/passwd'/>" TAIL, DIAG_LAYOUT_PATH, 2, 19, "/etc/passwd");
	expect_failure(HEAD "<xsl:import href='../../etc/passwd'/>" TAIL, DIAG_LAYOUT_PATH, 2, 19, "outside");
	expect_failure(HEAD "<xsl:include\n href='/etc/passwd'/>" TAIL, DIAG_LAYOUT_PATH, 3, 8, "/etc/passwd");
	expect_failure(HEAD "<xsl:import href='none.xsl'/>" TAIL, DIAG_LAYOUT_FILE, 2, 19, "no file");
	expect_failure(HEAD "<xsl:import href='http://example.com/a.xsl'/>" TAIL, DIAG_LAYOUT_PATH, 2, 19, "outside");
	expect_failure(HEAD "<xsl:import href='main.xsl'/>" TAIL, DIAG_LAYOUT_CYCLE, 2, 19, "itself");
	expect_failure(HEAD "<xsl:import href='secret.xml'/>" TAIL, DIAG_LAYOUT_XSLT, 1, 1, "xsl:stylesheet");
}

/* A link inside the folder that leads out of it. */
static void a_symbolic_link_out(void **state)
{
	char link[256];
	(void)state;
	snprintf(link, sizeof link, "%s", path_to("link.xsl"));
	assert_int_equal(symlink("/etc/passwd", link), 0);
	expect_failure(HEAD "<xsl:import href='link.xsl'/>" TAIL, DIAG_LAYOUT_PATH, 2, 19, "outside");
	unlink(link);
}

/* ---- work without end ---- */

#define LOOP(body) \
	HEAD "<xsl:template match='/'><d><xsl:call-template name='x'><xsl:with-param name='n' select='60'/>" \
	     "<xsl:with-param name='s' select='\"ab\"'/></xsl:call-template></d></xsl:template>\n" \
	     "<xsl:template name='x'><xsl:param name='n'/><xsl:param name='s'/>\n" \
	     "<xsl:if test='$n &gt; 0'>\n" body "</xsl:if></xsl:template>" TAIL
#define AGAIN(s) "<xsl:call-template name='x'><xsl:with-param name='n' select='$n - 1'/>" s "</xsl:call-template>"

static void endless_work_stops(void **state)
{
	(void)state;
	expect_failure(HEAD "<xsl:template match='/' name='x'><xsl:call-template name='x'/></xsl:template>" TAIL,
		       DIAG_XML_LIMIT, 2, 34, "deep");
	expect_failure(LOOP(AGAIN("") AGAIN("")), DIAG_XML_LIMIT, 5, 91, "instructions");
	expect_failure(LOOP(AGAIN("<xsl:with-param name='s' select='concat($s,$s)'/>")), DIAG_XML_LIMIT, 5, 1, "string of");
	expect_failure(LOOP(AGAIN("<xsl:with-param name='s'><xsl:value-of select='$s'/><xsl:value-of select='$s'/>"
				  "</xsl:with-param>")),
		       DIAG_XML_LIMIT, 5, 96, "bytes of text");
	expect_failure(LOOP(AGAIN("<xsl:with-param name='s'><a><xsl:copy-of select='$s'/><xsl:copy-of select='$s'/></a>"
				  "</xsl:with-param>")),
		       DIAG_XML_LIMIT, 5, 125, "nodes made");
	expect_failure(LOOP(AGAIN("<xsl:with-param name='s'><a b='{exsl:node-set($s)/a/@b}{exsl:node-set($s)/a/@b}0123456789'/>"
				  "</xsl:with-param>")),
		       DIAG_XML_LIMIT, 5, 96, "bytes of text");
	expect_failure(LOOP("<a><b><c><e><f>" AGAIN("") "</f></e></c></b></a>"), DIAG_XML_LIMIT, 5, 1, "nested 256 deep");
}

static void a_quadratic_expression_stops(void **state)
{
	struct fixture f;
	struct buf b = {NULL, 0, 0};
	(void)state;
	fixture_open(&f);
	buf_puts(&b, "<r>");
	for (int i = 0; i < 20000; i++)
		buf_puts(&b, "<p/>");
	buf_puts(&b, "</r>");
	buf_char(&b, 0);
	assert_null(run_on(&f, ROOT("<d><xsl:for-each select='r/p'><p n='{count(preceding-sibling::p)}'/></xsl:for-each></d>"),
			   b.p, NULL));
	assert_int_equal(f.d.list[0].code, DIAG_XML_LIMIT);
	fixture_close(&f);
	/* An honest template over the same record passes. */
	fixture_open(&f);
	const struct xml_node *root = run_on(&f, ROOT("<d><xsl:for-each select='r/p'><p n='{position()}'/></xsl:for-each></d>"),
					     b.p, NULL);
	expect_clean(&f);
	const struct xml_node *last = root->first;
	while (last->next)
		last = last->next;
	expect_str(xml_value(last, "n"), "20000");
	fixture_close(&f);
	buf_free(&b);
}

/* One stylesheet runs over many records. */
static void many_records(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	put("main.xsl", ROOT("<d><xsl:value-of select='.'/></d>"));
	struct xml_sheet *s = open_sheet(&f, "main.xsl");
	for (int i = 0; i < 5; i++) {
		char text[64];
		snprintf(text, sizeof text, "<r>第%d份</r>", i);
		const struct xml_node *root = xml_transform(&f.d, f.a, s, fixture_parse(&f, text), NULL);
		snprintf(text, sizeof text, "第%d份", i);
		expect_str(root->first->text, text);
	}
	expect_clean(&f);
	fixture_close(&f);
}

static int group_open(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int group_close(void **state)
{
	static const char *const names[] = {"main.xsl", "base.xsl", "lowest.xsl", "inc.xsl", "secret.xml"};
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(path_to(names[i]));
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literal_elements),
		cmocka_unit_test(texts_keep_their_borders),
		cmocka_unit_test(normalised_and_computed),
		cmocka_unit_test(copies),
		cmocka_unit_test(identity),
		cmocka_unit_test(builtin_rules),
		cmocka_unit_test(variables),
		cmocka_unit_test(imports_and_includes),
		cmocka_unit_test(parameters_and_keys),
		cmocka_unit_test(messages),
		cmocka_unit_test(faults_before_running),
		cmocka_unit_test(unknown_names),
		cmocka_unit_test(variables_in_scope),
		cmocka_unit_test(parameters_taken),
		cmocka_unit_test(faults_while_running),
		cmocka_unit_test(a_fault_in_an_import),
		cmocka_unit_test(both_places_of_a_fault),
		cmocka_unit_test(nothing_is_read),
		cmocka_unit_test(a_symbolic_link_out),
		cmocka_unit_test(endless_work_stops),
		cmocka_unit_test(a_quadratic_expression_stops),
		cmocka_unit_test(many_records),
	};
	return cmocka_run_group_tests(tests, group_open, group_close);
}
