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
	struct xml_sheet_options o = {folders, 1, functions, 1, "[", NULL};

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
	/* Default mode and a mode nobody has templates for; an attribute; the author's own rule. */
	expect_result(HEAD "<xsl:template match='/'><d><xsl:apply-templates select='record/title'/>"
			   "<x><xsl:apply-templates select='record/title' mode='f:m'/></x>"
			   "<y><xsl:apply-templates select='record/p/@n'/></y>"
			   "<z><xsl:apply-templates select='record/p[1]' mode='own'/></z></d></xsl:template>\n"
			   "<xsl:template match='text()' mode='own'><xsl:value-of select='.'/></xsl:template>\n"
			   "<xsl:template match='em'><i><xsl:apply-templates/></i></xsl:template>" TAIL,
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
	expect_failure(ROOT("<d><xsl:value-of\n select='.' selekt='.'/></d>"), DIAG_LAYOUT_ATTRIBUTE, 3, 13, "select?");
	expect_failure(ROOT("<d><xsl:if/></d>"), DIAG_LAYOUT_REQUIRED, 2, 28, "<xsl:if> lacks test=");
	expect_failure(ROOT("<d><xsl:if test='1 &lt; 2 and &#40;)'/></d>"), DIAG_LAYOUT_XSLT, 2, 60, "bad expression");
	expect_failure(ROOT("<d a='x{p[}y'/>"), DIAG_LAYOUT_XSLT, 2, 35, "bad expression");
	expect_failure(ROOT("<d a='x{p'/>"), DIAG_LAYOUT_XSLT, 2, 32, "{ is not closed");
	expect_failure(ROOT("<d a='x}'/>"), DIAG_LAYOUT_XSLT, 2, 32, "}}");
	expect_failure(HEAD "<xsl:template match='p/..'/>" TAIL, DIAG_LAYOUT_XSLT, 2, 1, "bad pattern");
	expect_failure(HEAD "<xsl:document href='x'/>" TAIL, DIAG_LAYOUT_ELEMENT, 2, 1, "xsl:document");
	expect_failure(ROOT("<exsl:document xsl:extension-element-prefixes='exsl' href='x'/>"), DIAG_LAYOUT_XSLT, 2, 40,
		       "extension elements");
	expect_failure(ROOT("<d/>") "<x/>", DIAG_XML_SYNTAX, 3, 18, "behind the root");
	expect_failure("<d/>", DIAG_LAYOUT_XSLT, 1, 1, "xsl:stylesheet");
	expect_failure("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" ROOT("<d>&x;</d>"), DIAG_XML_DTD, 1, 1, "");
}

static void faults_while_running(void **state)
{
	(void)state;
	expect_failure(ROOT("<d><xsl:value-of select='nope(1)'/></d>"), DIAG_LAYOUT_XSLT, 2, 50, "no function nope()");
	expect_failure(ROOT("<d><xsl:value-of select='$nope'/></d>"), DIAG_LAYOUT_XSLT, 2, 28, "no variable $nope");
	expect_failure(ROOT("<d><xsl:value-of select='a:b'/></d>"), DIAG_LAYOUT_XSLT, 2, 50, "prefix");
	expect_failure(ROOT("<d><xsl:call-template name='no'/></d>"), DIAG_LAYOUT_XSLT, 2, 28, "no template named no");
	expect_failure(ROOT("<d><xsl:value-of select='f:brackets(\"\")'/></d>"), DIAG_LAYOUT_XSLT, 2, 28, "nothing given");
	expect_failure(ROOT("<d><xsl:value-of select='f:brackets()'/></d>"), DIAG_LAYOUT_XSLT, 2, 28,
		       "wrong number of arguments of brackets()");
	expect_failure(ROOT("<d>x<xsl:attribute name='a'/></d>"), DIAG_LAYOUT_XSLT, 2, 29, "before any content");
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
	put("base.xsl", HEAD "<xsl:template match='a'/>\n  <xsl:template match='p/..'/>" TAIL);
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
	assert_null(run_on(&f, ROOT("<d><xsl:for-each select='record/p[2]'><xsl:value-of select='nope()'/></xsl:for-each></d>"),
			   record, NULL));
	expect_loc(&f, f.d.list[0].other, 4, 1);
	fixture_close(&f);
}

/* ---- out of reach ---- */

static void nothing_is_read(void **state)
{
	(void)state;
	put("secret.xml", "<secret>秘</secret>");
	expect_failure(ROOT("<d><xsl:value-of select='document(\"secret.xml\")'/></d>"), DIAG_LAYOUT_XSLT, 2, 28, "document()");
	expect_failure(ROOT("<d><xsl:value-of select='document(\"\")'/></d>"), DIAG_LAYOUT_XSLT, 2, 28, "document()");
	expect_failure(ROOT("<d a='{document(\"/etc/passwd\")}'/>"), DIAG_LAYOUT_XSLT, 2, 25, "document()");
	expect_failure(HEAD "<xsl:import href='/etc/passwd'/>" TAIL, DIAG_LAYOUT_PATH, 2, 19, "/etc/passwd");
	expect_failure(HEAD "<xsl:import href='../../etc/passwd'/>" TAIL, DIAG_LAYOUT_PATH, 2, 19, "outside");
	expect_failure(HEAD "<xsl:include\n href='/etc/passwd'/>" TAIL, DIAG_LAYOUT_PATH, 3, 8, "/etc/passwd");
	expect_failure(HEAD "<xsl:import href='none.xsl'/>" TAIL, DIAG_LAYOUT_XSLT, 2, 19, "no file");
	expect_failure(HEAD "<xsl:import href='http://example.com/a.xsl'/>" TAIL, DIAG_LAYOUT_XSLT, 2, 19, "no file");
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
	expect_failure(ROOT("<d><xsl:call-template name='x'/></d>") "", DIAG_LAYOUT_XSLT, 2, 28, "no template");
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
