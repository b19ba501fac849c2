/* Parsing: places of everything, what is refused, limits. */
#include "unit/xml_fixture.h"

static const struct xml_node *nth(const struct xml_node *root, uint32_t number)
{
	for (const struct xml_node *n = root; n; n = xml_walk(root, n))
		if (n->number == number)
			return n;
	return NULL;
}

static void elements_and_attributes(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	const char *text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			   "<!-- head -->\n"
			   "<r a='1 > 0'\n"
			   "   bb = \"二\"><x/><y\n"
			   "  c=\"&lt;&#20108;\"\n"
			   ">文</y ><z></z>\n"
			   "</r>\n";
	struct xml_doc *doc = fixture_parse(&f, text);
	expect_clean(&f);
	const struct xml_node *r = xml_root(doc), *y = xml_child(r, "y");
	expect_loc(&f, r->loc, 3, 1);
	expect_loc(&f, xml_attr(r, "a")->loc, 3, 4);
	expect_loc(&f, xml_attr(r, "a")->value_loc, 3, 7);
	expect_loc(&f, xml_attr(r, "bb")->loc, 4, 4);
	expect_loc(&f, xml_attr(r, "bb")->value_loc, 4, 10);
	expect_str(xml_value(r, "a"), "1 > 0");
	expect_str(xml_value(r, "bb"), "二");
	expect_str(xml_value(r, "none"), "");
	assert_null(xml_attr(r, "none"));
	expect_loc(&f, xml_child(r, "x")->loc, 4, 13);
	expect_loc(&f, y->loc, 4, 17);
	expect_loc(&f, xml_attr(y, "c")->loc, 5, 3);
	expect_str(xml_value(y, "c"), "<二");
	expect_loc(&f, y->first->loc, 6, 2);
	expect_str(y->first->text, "文");
	expect_loc(&f, xml_child(r, "z")->loc, 6, 8);
	assert_int_equal(xml_node_count(doc), 6); /* r x y 文 z newline */
	assert_ptr_equal(nth(r, 3), y->first);
	assert_ptr_equal(y->first->parent, y);
	assert_null(xml_child(r, "z")->first);
	fixture_close(&f);
}

static void namespaces(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	struct xml_doc *doc = fixture_parse(&f, "<r xmlns='urn:a' xmlns:b='urn:b' b:x='1' x='2' xml:lang='zh-Hans'>"
						"<b:c/><d xmlns=''/></r>");
	expect_clean(&f);
	const struct xml_node *r = xml_root(doc);
	expect_str(r->ns, "urn:a");
	expect_str(xml_value(r, "x"), "2");
	expect_str(r->attrs->ns, "urn:b");
	expect_loc(&f, r->attrs->loc, 1, 34);
	expect_str(xml_value(r, "xml:lang"), "zh-Hans");
	assert_null(xml_attr(r, "lang"));
	expect_str(r->first->ns, "urn:b");
	expect_str(r->first->name, "c");
	expect_str(r->first->next->ns, "");
	fixture_close(&f);
}

static void text_is_one_node(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	/* Comment, PI and CDATA inside one text; CR LF; references; a comment in front. */
	struct xml_doc *doc = fixture_parse(&f, "<r><!--x-->一<![CDATA[<&amp;]]><?pi ?>\r\n"
						"b<!-- - --><![CDATA[]]>&#x4E8C;&amp;&#65;末<e/><![CDATA[q]]></r>");
	expect_clean(&f);
	const struct xml_node *t = xml_root(doc)->first;
	expect_str(t->text, "一<&amp;\nb二&A末");
	expect_loc(&f, t->loc, 1, 12);
	const struct { size_t at, line, column; } want[] = {
		{0, 1, 12}, {3, 1, 22}, {4, 1, 23}, {8, 1, 27}, {9, 1, 38}, {10, 2, 1}, {11, 2, 24},
		{12, 2, 24}, {14, 2, 32}, {15, 2, 37}, {16, 2, 42}, {19, 2, 43}, {99, 2, 43},
	};
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		expect_loc(&f, xml_text_loc(&f.t, t, want[i].at), want[i].line, want[i].column);
	const struct xml_node *q = t->next->next;
	expect_str(q->text, "q");
	expect_loc(&f, q->loc, 2, 56);
	expect_loc(&f, xml_text_loc(&f.t, q, 1), 2, 57);
	expect_str(xml_string(f.a, xml_root(doc)), "一<&amp;\nb二&A末q");
	fixture_close(&f);
}

static void byte_order_mark(void **state)
{
	struct fixture f;
	(void)state;
	fixture_open(&f);
	struct xml_doc *doc = fixture_parse(&f, "\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><r>t<a/></r>");
	expect_clean(&f);
	assert_int_equal(xml_root(doc)->loc.off, 3 + 38);
	expect_loc(&f, xml_root(doc)->loc, 1, 39);
	expect_loc(&f, xml_root(doc)->first->loc, 1, 42);
	expect_loc(&f, xml_root(doc)->first->next->loc, 1, 43);
	fixture_close(&f);
}

/* libxml2 reads in pieces and shifts its buffer: places far behind must stay exact. */
static void places_in_a_long_file(void **state)
{
	struct fixture f;
	struct buf b = {NULL, 0, 0};
	(void)state;
	fixture_open(&f);
	buf_puts(&b, "<r>");
	for (int i = 0; i < 30000; i++)
		buf_printf(&b, "<p n='%d'>第%d条，办理。</p>\n", i, i);
	buf_puts(&b, "</r>");
	struct xml_doc *doc = fixture_parse_n(&f, b.p, b.n);
	expect_clean(&f);
	size_t seen = 0;
	for (const struct xml_node *n = xml_root(doc); n; n = xml_walk(xml_root(doc), n)) {
		if (n->kind == XML_TEXT) {
			assert_memory_equal(b.p + n->loc.off, n->text.p, n->text.n);
		} else if (xml_is(n, "p")) {
			assert_memory_equal(b.p + n->loc.off, "<p n=", 5);
			assert_memory_equal(b.p + n->attrs->value_loc.off, n->attrs->value.p, n->attrs->value.n);
			seen++;
		}
	}
	assert_int_equal(seen, 30000);
	buf_free(&b);
	fixture_close(&f);
}

static void refused_bytes(void **state)
{
	static const struct {
		const char *bytes;
		size_t n; /* 0 = up to the NUL */
		enum diag_code code;
		size_t line, column;
	} cases[] = {
		{"<r>\n一\xc4\xe3</r>", 0, DIAG_XML_ENCODING, 2, 2},
		{"<r>\0</r>", 8, DIAG_XML_NUL, 1, 4},
		{"\xff\xfe<\0r\0", 6, DIAG_XML_DECLARED, 1, 1},
		{"<?xml version='1.0' encoding='GB18030'?><r/>", 0, DIAG_XML_DECLARED, 1, 31},
		{"<?xml version='1.0'\n  encoding = \"latin1\"?><r/>", 0, DIAG_XML_DECLARED, 2, 15},
		{"<!-- <!DOCTYPE a> -->\n<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>", 0, DIAG_XML_DTD, 2, 1},
		{"<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r/>", 0, DIAG_XML_DTD, 1, 1},
		{"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>", 0, DIAG_XML_DTD, 1, 1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		fixture_open(&f);
		assert_null(fixture_parse_n(&f, cases[i].bytes, cases[i].n ? cases[i].n : strlen(cases[i].bytes)));
		expect_message(&f, cases[i].code, cases[i].line, cases[i].column, 1);
		fixture_close(&f);
	}
}

/* One message, for the first fault, at its place. */
static void syntax_faults(void **state)
{
	static const struct {
		const char *text, *word;
		size_t line, column, other_line;
	} cases[] = {
		{"<r>\n <a>\n  <b></a></r>", "end tag </a> does not match <b>: </b> is expected here", 3, 6, 3},
		{"<r>\n<a>t", "the file ends inside the element <a>: there is no </a>", 2, 5, 2},
		{"<r><x:a/></r>", "the namespace prefix \"x\" is not declared", 1, 4, 0},
		{"<r><a b='1'\n x:b='2'/></r>", "the namespace prefix \"x\" is not declared", 2, 2, 0},
		{"<r a='1' b='2'\n a='3'/>", "the attribute a stands twice", 2, 2, 0},
		{"<r>\n一&nbsp;</r>", "unknown entity &nbsp;", 2, 2, 0},
		{"<r a='&nbsp;'/>", "unknown entity &nbsp;", 1, 7, 0},
		{"<r>A & B</r>", "a bare & must be written &amp;", 1, 6, 0},
		{"<r>A &B C</r>", "a bare & must be written &amp;", 1, 6, 0},
		{"<r a='x<y'/>", "< in an attribute value", 1, 8, 0},
		{"", "the start tag of the root element is missing", 1, 1, 0},
		{"hello", "the start tag of the root element is missing", 1, 1, 0},
		{"<r/>\n<s/>", "content behind the end of the root", 2, 1, 0},
		{"<r>a\x01</r>", "U+0001 is not allowed", 1, 5, 0},
		{"<r><a b=c/></r>", "between quotation marks", 1, 9, 0},
		{"\n<?xml version='1.0'?><r/>", "the very first thing", 2, 1, 0},
		{"<r><a b='1/>\n<c/></r>", "the value of b lacks its closing quotation mark", 1, 7, 0},
		{"<r><a b/></r>", "the attribute b has no value: b=", 1, 7, 0},
		{"<r>\n3 < 4</r>", "in text < must be written &lt;", 2, 3, 0},
		{"<r>3 <4</r>", "in text < must be written &lt;", 1, 6, 0},
		{"<r a='1'b='2'/>", "a blank is missing here", 1, 9, 0},
		{"<r><!-- a -- b --></r>", "a comment cannot hold --", 1, 11, 0},
		{"<r>&#x;</r>", "a bad character reference", 1, 4, 0},
		{"<r a=“1”/>", "the full-width “ in a tag must be the ASCII \"", 1, 6, 0},
		{"<r a＝'1'/>", "the full-width ＝ in a tag must be the ASCII =", 1, 5, 0},
		{"<r><p>a＜/p＞</r>", "the full-width ＜ and ＞ of a tag must be the ASCII < and >", 1, 8, 0},
		{"<r><p>a＜/p><b/></r>", "the full-width ＜ in a tag must be the ASCII <", 1, 8, 0},
		{"<r><p>3＜4</r>", "end tag </r> does not match <p>", 1, 10, 1},
		{"<r a='x' b='＝' c=d/>", "between quotation marks", 1, 18, 0},
		{"<r　a='1'/>", "a full-width blank in a tag must be a plain one", 1, 3, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		struct buf out = {NULL, 0, 0};
		struct place other = {.line = 0};
		fixture_open(&f);
		assert_null(fixture_parse(&f, cases[i].text));
		expect_message(&f, DIAG_XML_SYNTAX, cases[i].line, cases[i].column, 1);
		diag_sentence(&f.d.list[0], LANG_EN, &out);
		buf_char(&out, 0);
		assert_non_null(strstr(out.p, cases[i].word));
		source_place(&f.t, f.d.list[0].other, &other);
		assert_int_equal(other.line, cases[i].other_line);
		buf_free(&out);
		fixture_close(&f);
	}
}

static void limits(void **state)
{
	static const struct xml_limits small = {.depth = 3, .bytes = 60, .nodes = 6, .attribute = 5};
	static const struct {
		const char *text, *word;
		size_t column;
	} cases[] = {
		{"<a><b><c><d/></c></b></a>", "elements nested 3 deep", 10},
		{"<a><b/>t<b/>t<b/>t<b/>t</a>", "6 nodes", 19},
		{"<a><b c='123456'/></a>", "attribute value of 5 bytes", 4},
		{"<a>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</a>", "size of 60 bytes", 1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture f;
		struct buf out = {NULL, 0, 0};
		fixture_open(&f);
		uint32_t src = source_add(&f.t, STR("a.xml"), str_of(cases[i].text));
		assert_null(xml_parse(&f.d, f.a, src, &small));
		expect_message(&f, DIAG_XML_LIMIT, 1, cases[i].column, 1);
		diag_sentence(&f.d.list[0], LANG_EN, &out);
		buf_char(&out, 0);
		assert_non_null(strstr(out.p, cases[i].word));
		buf_free(&out);
		fixture_close(&f);
	}
}

static void a_very_deep_file(void **state)
{
	struct fixture f;
	struct buf b = {NULL, 0, 0};
	(void)state;
	fixture_open(&f);
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, "<a>");
	assert_null(fixture_parse_n(&f, b.p, b.n));
	expect_message(&f, DIAG_XML_LIMIT, 1, 256 * 3 + 1, 1);
	buf_free(&b);
	fixture_close(&f);
}

static void a_very_long_text(void **state)
{
	struct fixture f;
	struct buf b = {NULL, 0, 0};
	(void)state;
	fixture_open(&f);
	buf_puts(&b, "<a>");
	for (int i = 0; i < 12 << 20; i++)
		buf_char(&b, 'x');
	buf_puts(&b, "<b/></a>");
	struct xml_doc *doc = fixture_parse_n(&f, b.p, b.n);
	expect_clean(&f);
	assert_int_equal(xml_root(doc)->first->text.n, 12 << 20);
	assert_int_equal(xml_child(xml_root(doc), "b")->loc.off, (12 << 20) + 3);
	buf_free(&b);
	fixture_close(&f);
}

static void dump(void **state)
{
	struct fixture f;
	struct buf out = {NULL, 0, 0};
	(void)state;
	fixture_open(&f);
	struct xml_doc *doc = fixture_parse(&f, "<r xmlns='urn:a'>\n<b c='d'>e</b><f><g/></f>h</r>");
	xml_dump(&f.t, xml_root(doc), &out);
	expect_str(buf_view(&out), "{urn:a}r 1:1\n"
				   "  \"\\n\" 1:18\n"
				   "  b 2:1\n"
				   "    @c=\"d\" 2:4\n"
				   "    \"e\" 2:10\n"
				   "  f 2:15\n"
				   "    g 2:18\n"
				   "  \"h\" 2:26\n");
	buf_free(&out);
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_and_attributes),
		cmocka_unit_test(namespaces),
		cmocka_unit_test(text_is_one_node),
		cmocka_unit_test(byte_order_mark),
		cmocka_unit_test(places_in_a_long_file),
		cmocka_unit_test(refused_bytes),
		cmocka_unit_test(syntax_faults),
		cmocka_unit_test(limits),
		cmocka_unit_test(a_very_deep_file),
		cmocka_unit_test(a_very_long_text),
		cmocka_unit_test(dump),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
