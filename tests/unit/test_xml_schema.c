/* Validation: yes and no, unknown names with a proposal, grammars that cannot be used. */
#include <unistd.h>

#include "unit/xml_fixture.h"

static char folder[] = "/tmp/genpdf-schema-XXXXXX";

static const char *put(const char *name, const char *text)
{
	static char path[256];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	return path;
}

#define RNG "xmlns='http://relaxng.org/ns/structure/1.0' " \
	    "datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'"

static const char *const core =
	"<grammar " RNG "><define name='para'><element name='para'>"
	"<optional><attribute name='level'><data type='positiveInteger'/></attribute></optional><text/>"
	"</element></define></grammar>";
static const char *const main_rng =
	"<grammar " RNG "><include href='core.rng'/><start><element name='record'>"
	"<attribute name='kind'/><element><choice><name>title</name><name>headline</name></choice><text/></element>"
	"<zeroOrMore><ref name='para'/></zeroOrMore></element></start></grammar>";

static struct xml_schema *open_schema(struct fixture *f)
{
	put("core.rng", core);
	return xml_schema_open(&f->d, f->a, put("main.rng", main_rng));
}

static void yes_and_no(void **state)
{
	static const struct {
		const char *text;
		enum diag_code code;
		size_t line, column, n; /* 0 messages = valid */
		const char *word;
	} cases[] = {
		{"<record kind='a'><title>x</title><para level='2'>y</para></record>", 0, 0, 0, 0, NULL},
		{"<record kind='a'><headline>x</headline></record>", 0, 0, 0, 0, NULL},
		{"<record kind='a'><title>x</title>\n <paar>y</paar><paar/></record>", DIAG_RECORD_ELEMENT, 2, 2, 1,
		 "unknown element <paar>, did you mean <para>? (1 more)"},
		{"<record kind='a'><title>x</title><table/></record>", DIAG_RECORD_ELEMENT, 1, 34, 1,
		 "unknown element <table>; allowed here: <para> [record"},
		{"<record kind='a'><title>x</title><para\n levle='2'/></record>", DIAG_RECORD_ATTRIBUTE, 2, 2, 1,
		 "<para> has no attribute levle, did you mean level?"},
		{"<record kind='a'><para/>\n<title/></record>", DIAG_RECORD_PLACE, 2, 1, 1,
		 "<title> may not stand here: it belongs before <para>"},
		{"<record kind='a'>\n <title>x</title> text</record>", DIAG_RECORD_TEXT, 2, 19, 1,
		 "<record> may not hold text directly: \"text\"; text goes into <para>"},
		{"<record><title>x</title></record>", DIAG_RECORD_MISSING, 1, 1, 1, "<record> lacks the attribute kind"},
		{"<record kind='a'>\n</record>", DIAG_RECORD_MISSING, 2, 1, 1, "<record> lacks <title> or <headline>"},
		{"<record kind='a'><title>x</title><para level='no'/></record>", DIAG_RECORD_VALUE, 1, 47, 1,
		 "<para>: its attribute level \"no\" is wrong: it must be a whole number from 1 on"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		struct buf out = {NULL, 0, 0};
		fixture_open(&f);
		struct xml_schema *s = open_schema(&f);
		assert_non_null(s);
		struct xml_doc *doc = fixture_parse(&f, cases[i].text);
		bool valid = xml_validate(&f.d, s, doc, "test-kind");
		assert_int_equal(valid, cases[i].n == 0);
		diag_text(&f.d, 0, LANG_EN, &out);
		buf_char(&out, 0);
		if (cases[i].n) {
			expect_message(&f, cases[i].code, cases[i].line, cases[i].column, cases[i].n);
			if (!strstr(out.p, cases[i].word))
				fail_msg("%s", out.p);
		}
		buf_free(&out);
		fixture_close(&f);
	}
}

/* Where the walker cannot read the grammar, libxml2's first complaint stands. */
static void grammar_in_grammar(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	struct xml_schema *s = xml_schema_open(&f.d, f.a, put("main.rng", "<grammar " RNG "><start><grammar><start>"
		"<element name='record'><attribute name='kind'/></element></start></grammar></start></grammar>"));
	assert_non_null(s);
	assert_true(xml_validate(&f.d, s, fixture_parse(&f, "<record kind='a'/>"), "k"));
	assert_false(xml_validate(&f.d, s, fixture_parse(&f, "<record kind='a'>\n<p/></record>"), "k"));
	expect_message(&f, DIAG_RECORD_INVALID, 2, 1, 1);
	fixture_close(&f);
}

/* An interleave of nothing, or with what is not allowed, means what it means; libxml2 would lose its memory (make asan). The name in
 * comments, values and other elements stays; positions in messages are those of the file. */
static void useless_interleaves(void **state)
{
	static const struct {
		const char *record;
		bool valid;
	} cases[] = {
		{"<a/>", true}, {"<a><c/></a>", true}, {"<a>x</a>", false}, {"<a><d>interleave</d></a>", true},
		{"<a><d>group</d></a>", false}, {"<a><e><f/><g/></e></a>", true}, {"<a><e><g/><f/></e></a>", true}, {"<a><e><g/></e></a>", false},
	};
	struct fixture f;
	(void)state;
	fixture_open(&f);
	struct xml_schema *s = xml_schema_open(&f.d, f.a, put("main.rng", "<i:grammar xmlns:i='http://relaxng.org/ns/structure/1.0'><i:start>"
		"<i:element name='a'><i:interleave\n ><!-- </i:interleave> --><i:empty/><?x <y>?><i:interleave><i:empty></i:empty>"
		"</i:interleave><i:group><i:empty/></i:group></i:interleave ><i:optional><i:choice><i:element name='b'><i:choice><i:interleave><i:text/>"
		"<i:notAllowed/></i:interleave><i:notAllowed/></i:choice></i:element><i:element name='c'><i:empty/></i:element>"
		"<i:element name='d'><i:value>interleave</i:value></i:element><i:element name='e'><i:interleave><i:element name='f'><i:empty/>"
		"</i:element><i:element name='g'><i:empty/></i:element></i:interleave></i:element></i:choice></i:optional></i:element></i:start>"
		"</i:grammar>"));
	assert_non_null(s);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (xml_validate(&f.d, s, fixture_parse(&f, cases[i].record), "k") != cases[i].valid)
			fail_msg("%s", cases[i].record);
	fixture_close(&f);
}

/* One schema, several records; a validated record can still be transformed and walked. */
static void many_records(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	struct xml_schema *s = open_schema(&f);
	for (int i = 0; i < 5; i++) {
		struct xml_doc *doc = fixture_parse(&f, i % 2 ? "<record/>" : "<record kind=''><title/></record>");
		assert_int_equal(xml_validate(&f.d, s, doc, "k"), i % 2 == 0);
	}
	assert_int_equal(f.d.n, 4); /* twice: no kind, no title */
	fixture_close(&f);
}

static void unusable_grammars(void **state)
{
	static const struct {
		const char *text, *word;
	} cases[] = {
		{"<grammar " RNG "><start><ref name='nothing'/></start></grammar>", "nothing"},
		{"<grammar " RNG ">\n <start></grammar>", "bad.rng:2:9: not well-formed XML"},
		{"<!DOCTYPE g [<!ENTITY x 'y'>]><grammar " RNG "/>", "a document type declaration"},
		{"<grammar " RNG "><include href='/etc/passwd'/><start><text/></start></grammar>", "/etc/passwd"},
		{"<grammar " RNG "><include href='../../etc/passwd'/><start><text/></start></grammar>", "etc/passwd"},
		{"<grammar " RNG "><include href='file:///etc/passwd'/><start><text/></start></grammar>", "etc/passwd"},
		{"<grammar " RNG "><include href='http://example.com/a.rng'/><start><text/></start></grammar>",
		 "example.com"},
		{"<grammar " RNG "><include href='bad.rng'/><start><text/></start></grammar>", "bad.rng"},
		{"", "bad.rng"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		struct buf out = {NULL, 0, 0};
		fixture_open(&f);
		assert_null(xml_schema_open(&f.d, f.a, put("bad.rng", cases[i].text)));
		assert_int_equal(f.d.n, 1);
		assert_int_equal(f.d.list[0].code, DIAG_XML_SCHEMA);
		diag_text(&f.d, 0, LANG_EN, &out);
		buf_char(&out, 0);
		if (!strstr(out.p, cases[i].word))
			fail_msg("%s", out.p);
		buf_free(&out);
		fixture_close(&f);
	}
	struct fixture f;
	fixture_open(&f);
	assert_null(xml_schema_open(&f.d, f.a, "/nonexistent/a.rng"));
	assert_int_equal(f.d.list[0].code, DIAG_XML_SCHEMA);
	fixture_close(&f);
}

static int group_open(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int group_close(void **state)
{
	static const char *const names[] = {"core.rng", "main.rng", "bad.rng"};
	char path[256];
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(yes_and_no),
		cmocka_unit_test(grammar_in_grammar),
		cmocka_unit_test(useless_interleaves),
		cmocka_unit_test(many_records),
		cmocka_unit_test(unusable_grammars),
	};
	return cmocka_run_group_tests(tests, group_open, group_close);
}
