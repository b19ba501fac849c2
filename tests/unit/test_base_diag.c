/* Places in sources, and messages as text and JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/diag.h"

#define END ((const char *)NULL)

static const struct loc nowhere;

struct fixture {
	struct arena *arena;
	struct source_table sources;
	struct diag_list d;
	struct buf out;
};

static void open_fixture(struct fixture *f)
{
	*f = (struct fixture){.arena = arena_new()};
	source_open(&f->sources, f->arena);
	diag_open(&f->d, f->arena, &f->sources);
}

static void close_fixture(struct fixture *f)
{
	buf_free(&f->out);
	arena_close(f->arena);
}

/* Print from message first on and compare; then forget the output. */
static void expect_text(struct fixture *f, size_t first, enum diag_lang lang, const char *want)
{
	diag_text(&f->d, first, lang, &f->out);
	buf_char(&f->out, '\0');
	assert_string_equal(f->out.p, want);
	buf_free(&f->out);
}

static void places(void **state)
{
	(void)state;
	struct fixture f;
	open_fixture(&f);
	/*                 bytes: 0  3 6 7 8 9 10 11 12 13 14 */
	struct str bytes = STR("\xEF\xBB\xBF" "中a\r\nb\rc\n\n中");
	uint32_t n = source_add(&f.sources, STR("x.xml"), bytes);
	static const struct {
		uint32_t off;
		size_t line, column, at;
		const char *text;
	} cases[] = {
		{0, 1, 1, 0, "中a"},   /* the BOM is no column */
		{3, 1, 1, 0, "中a"},  {4, 1, 1, 0, "中a"}, /* inside a character: its start */
		{6, 1, 2, 3, "中a"},  {7, 1, 3, 4, "中a"}, {8, 1, 3, 4, "中a"}, /* CR LF is one end */
		{9, 2, 1, 0, "b"},    {10, 2, 2, 1, "b"},
		{11, 3, 1, 0, "c"},   {12, 3, 2, 1, "c"},
		{13, 4, 1, 0, ""},    {14, 5, 1, 0, "中"},  {17, 5, 2, 3, "中"},
		{9999, 5, 2, 3, "中"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct place p;
		assert_true(source_place(&f.sources, loc_at(n, cases[i].off), &p));
		assert_true(str_is(p.name, "x.xml"));
		if (p.line != cases[i].line || p.column != cases[i].column || p.at != cases[i].at ||
		    !str_is(p.text, cases[i].text))
			fail_msg("offset %u: %zu:%zu at %zu in \"%.*s\"", cases[i].off, p.line, p.column, p.at,
			         STR_ARG(p.text));
	}
	struct place p;
	assert_false(source_place(&f.sources, nowhere, &p));
	assert_false(source_place(&f.sources, loc_at(2, 0), &p));
	n = source_add(&f.sources, STR("empty"), STR(""));
	assert_true(source_place(&f.sources, loc_at(n, 5), &p));
	assert_true(p.line == 1 && p.column == 1 && p.text.n == 0);
	n = source_add(&f.sources, STR("end"), STR("a\n")); /* behind a last line end: a new line */
	assert_true(source_place(&f.sources, loc_at(n, 2), &p));
	assert_true(p.line == 2 && p.column == 1 && p.text.n == 0);
	close_fixture(&f);
}

static void sources_are_copied_or_borrowed(void **state)
{
	(void)state;
	struct fixture f;
	open_fixture(&f);
	char bytes[] = "old";
	struct source_table *t = &f.sources;
	assert_int_equal(source_add(t, STR("a"), str_of(bytes)), 1);
	assert_int_equal(source_borrow(t, STR("b"), str_of(bytes)), 2);
	for (uint32_t i = 3; i <= 40; i++)
		assert_int_equal(source_add(t, STR("c"), STR("")), i);
	memcpy(bytes, "new", 3);
	assert_true(str_is(source_get(t, 1)->bytes, "old"));
	assert_true(str_is(source_get(t, 2)->bytes, "new"));
	assert_null(source_get(t, 0));
	assert_null(source_get(t, 41));
	close_fixture(&f);
}

/* Each message has both languages with the same arguments, and a word of its own. */
static void every_message_is_whole(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct map words;
	map_open(&words, a);
	const char *args[] = {"<1>", "<2>", "<3>", "<4>", "<5>", "<6>", "<7>", "<8>", "<9>"};
	for (int code = 0; code < DIAG_COUNT; code++) {
		struct diag m = {.code = (enum diag_code)code, .args = args, .n_args = 9};
		struct buf en = {0}, zh = {0};
		diag_sentence(&m, LANG_EN, &en);
		diag_sentence(&m, LANG_ZH, &zh);
		assert_true(en.n > 0 && zh.n > 0 && utf8_bad(buf_view(&zh)) == SIZE_MAX);
		assert_int_equal(utf8_count(buf_view(&en)), en.n); /* English is ASCII */
		for (int i = 0; i < 9; i++) {
			struct str arg = str_of(args[i]);
			bool in_en = str_find(buf_view(&en), arg) != SIZE_MAX;
			bool in_zh = str_find(buf_view(&zh), arg) != SIZE_MAX;
			if (in_en != in_zh)
				fail_msg("%s: %%%d stands in one language only", diag_word(m.code), i + 1);
		}
		assert_null(map_set(&words, str_of(diag_word(m.code)), &words));
		assert_int_equal(diag_find(str_of(diag_word(m.code))), code);
		buf_free(&en);
		buf_free(&zh);
	}
	assert_int_equal(diag_find(STR("no-such-word")), -1);
	assert_int_equal(diag_find(STR("")), -1);
	arena_close(a);
}

static void an_argument_in_two_languages(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	struct diag_list d;
	struct buf zh = {0}, en = {0}, json = {0};
	diag_open(&d, a, NULL);
	diag_add(&d, DIAG_XML_LIMIT, (struct loc){0, 0}, DIAG_TWO("深度 9", "depth 9"), NULL);
	diag_sentence(&d.list[0], LANG_ZH, &zh);
	diag_sentence(&d.list[0], LANG_EN, &en);
	diag_json(&d, 0, LANG_EN, &json);
	assert_true(str_is(buf_view(&zh), "超过上限：深度 9"));
	assert_true(str_is(buf_view(&en), "over a limit: depth 9"));
	assert_true(str_find(buf_view(&json), STR("\"args\":[\"depth 9\"]")) != SIZE_MAX);
	buf_free(&zh);
	buf_free(&en);
	buf_free(&json);
	arena_close(a);
}

/* A character of a text whose white space was changed, as the source writes it. */
static void characters_of_a_text(void **state)
{
	static const struct {
		const char *source, *from, *text, *before; /* the place of the character behind `before` in text */
		size_t column;
	} all[] = {
		{"<p>甲乙丙</p>", "甲", "甲乙丙", "甲乙", 6},
		{"<p>甲乙丙</p>", "甲", "甲乙丙", "", 4},
		{"<p>甲 \t 乙</p>", "甲", "甲乙", "甲", 8},
		{"<p>a b</p>", "a", "a b", "a ", 6},
		{"<p>a&#x4e59;&#20057;c</p>", "a", "a乙乙c", "a乙", 13},
		{"<p>a&#x4e59;&#20057;c</p>", "a", "a乙乙c", "a乙乙", 21},
		{"<p>&lt;&amp;&quot;x</p>", "&lt;", "<&\"x", "<&\"", 19},
		{"<p>甲<!-- 乙 --><?y 乙?>乙</p>", "甲", "甲乙", "甲", 22},
		{"<p><![CDATA[甲&lt;]]>乙</p>", "甲", "甲&lt;乙", "甲&lt;", 21},
		{"<p><![CDATA[甲<乙]]></p>", "甲", "甲<乙", "甲<", 15},
		{"<p n='1.甲&#x4e59;'>乙</p>", "n=", "1.甲乙", "1.甲", 10},
		{"<p n = \"1.甲\">乙</p>", "n =", "1.甲", "1.", 11},
		{"<p>甲&乙</p>", "甲", "甲&乙", "甲&", 6}, /* no XML, but no harm */
		/* Not there: the place that was given. */
		{"<p>甲乙丙</p>", "甲", "甲丙", "甲", 4},
		{"<p>甲<b>乙</b></p>", "甲", "甲乙", "甲", 4},
		{"<p n='1'>甲</p>", "n=", "甲", "", 4},
		{"<p>甲", "甲", "甲乙", "甲乙", 4},
		{"<p>&#xZZ;甲</p>", "&", "乙甲", "乙", 4},
	};
	(void)state;
	struct fixture f;
	struct place at;
	open_fixture(&f);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		uint32_t src = source_add(&f.sources, STR("a.xml"), str_of(all[i].source));
		size_t off = (size_t)(strstr(all[i].source, all[i].from) - all[i].source);
		assert_true(source_place(&f.sources, source_text_loc(&f.sources, loc_at(src, off), str_of(all[i].text), strlen(all[i].before)), &at));
		if (at.column != all[i].column)
			print_message("%s behind %s\n", all[i].source, all[i].before);
		assert_int_equal(at.column, all[i].column);
	}
	close_fixture(&f);
}

static void text_with_a_caret(void **state)
{
	(void)state;
	struct fixture f;
	open_fixture(&f);
	uint32_t rec = source_add(&f.sources, STR("records/notice.xml"),
	                          STR("<a>\n\t<paar level=\"2\">各单位：</paar>\n\t<b>甲乙x</b>\n"));
	uint32_t lay = source_add(&f.sources, STR("layouts/x.xsl"), STR("\n  <z/>"));

	diag_add(&f.d, DIAG_RECORD_ELEMENT, loc_at(rec, 5), "paar", "，是否应为 <para>？", END)->length = 5;
	expect_text(&f, 0, LANG_ZH,
	            "records/notice.xml:2:2: 错误: 未知元素 <paar>，是否应为 <para>？ [record-element]\n"
	            "    2 |  <paar level=\"2\">各单位：</paar>\n"
	            "      |  ^~~~~\n");

	/* Two columns for a Han character; length 0 is one character. */
	struct diag *m = diag_add(&f.d, DIAG_LINE_EMERGENCY, loc_at(rec, 48), "乙", END);
	m->other = loc_at(lay, 3);
	expect_text(&f, 1, LANG_EN,
	            "records/notice.xml:3:6: warning: does not fit the measure, broken where no break belongs: \"乙\""
	            " [line-emergency]\n"
	            "    3 |  <b>甲乙x</b>\n"
	            "      |       ^~\n"
	            "  layouts/x.xsl:2:3: note: made by the template here\n");

	/* An underline ends with its line, and a place at the end of a line still has its caret. */
	diag_add(&f.d, DIAG_XML_NUL, loc_at(rec, 51), END)->length = 4000;
	expect_text(&f, 2, LANG_EN,
	            "records/notice.xml:3:7: error: contains a NUL byte [xml-nul]\n"
	            "    3 |  <b>甲乙x</b>\n"
	            "      |         ^~~~~\n");
	diag_add(&f.d, DIAG_XML_NUL, loc_at(rec, 9999), END);
	expect_text(&f, 3, LANG_EN,
	            "records/notice.xml:4:1: error: contains a NUL byte [xml-nul]\n"
	            "    4 | \n"
	            "      | ^\n");
	close_fixture(&f);
}

static void text_without_a_place(void **state)
{
	(void)state;
	struct fixture f;
	open_fixture(&f);
	diag_once(&f.d, DIAG_WORLD_READ, nowhere, "a.xml", "No such file or directory", END);
	diag_once(&f.d, DIAG_WORLD_READ, nowhere, "b.xml", "x", END);
	diag_once(&f.d, DIAG_WORLD_READ, nowhere, "a.xml", "x", END);
	/* A repeat may be decorated like a first one, but the first keeps its own. */
	diag_once(&f.d, DIAG_WORLD_READ, nowhere, "a.xml", "x", END)->length = 77;
	diag_once(&f.d, DIAG_XML_NUL, nowhere, END);
	diag_once(&f.d, DIAG_XML_NUL, nowhere, END);
	diag_once(&f.d, DIAG_XML_SYNTAX, nowhere, "a.xml", END);
	assert_int_equal(f.d.n, 4);
	assert_int_equal(f.d.list[0].length, 0);
	expect_text(&f, 0, LANG_EN,
	            "genpdf: error: cannot read a.xml: No such file or directory (2 more) [world-read]\n"
	            "genpdf: error: cannot read b.xml: x [world-read]\n"
	            "genpdf: error: contains a NUL byte (1 more) [xml-nul]\n"
	            "genpdf: error: not well-formed XML: a.xml [xml-syntax]\n");
	expect_text(&f, 2, LANG_ZH,
	            "genpdf: 错误: 含有空字节（NUL）（另有 1 处） [xml-nul]\n"
	            "genpdf: 错误: XML 格式不正确：a.xml [xml-syntax]\n");

	/* diag_once sees what diag_add added. */
	diag_add(&f.d, DIAG_XML_SYNTAX, nowhere, "new", END);
	diag_once(&f.d, DIAG_XML_SYNTAX, nowhere, "new", END);
	assert_int_equal(f.d.n, 5);
	assert_int_equal(f.d.list[4].repeats, 1);
	close_fixture(&f);
}

/* A message with the same code, place and arguments is said once, and the others are counted. */
static void same_message(void **state)
{
	(void)state;
	struct fixture f;
	open_fixture(&f);
	uint32_t src = source_add(&f.sources, STR("a.xml"), STR("<a b='c'/>\n"));
	diag_add(&f.d, DIAG_WORLD_READ, loc_at(src, 0), "x", "y", END)->length = 2;
	diag_add(&f.d, DIAG_WORLD_READ, loc_at(src, 0), "x", "y", END)->length = 7;
	diag_add(&f.d, DIAG_WORLD_READ, loc_at(src, 1), "x", "y", END);
	diag_add(&f.d, DIAG_WORLD_READ, loc_at(src, 0), "x", "z", END);
	diag_add(&f.d, DIAG_WORLD_READ, loc_at(src, 0), "x y", END);
	diag_add(&f.d, DIAG_WORLD_WRITE, loc_at(src, 0), "x", "y", END);
	diag_add(&f.d, DIAG_WORLD_READ, loc_at(src, 0), "x", "y", END);
	assert_int_equal(f.d.n, 5);
	assert_int_equal(f.d.list[0].repeats, 2);
	assert_int_equal(f.d.list[0].length, 2);
	for (int i = 1; i < 5; i++)
		assert_int_equal(f.d.list[i].repeats, 0);
	/* A cause may be told by something else than the message. */
	diag_once_per(&f.d, "c", DIAG_XML_SYNTAX, loc_at(src, 0), "x", END);
	diag_once_per(&f.d, "c", DIAG_XML_SYNTAX, loc_at(src, 1), "y", END);
	diag_once_per(&f.d, "d", DIAG_XML_SYNTAX, loc_at(src, 1), "y", END);
	diag_once_per(&f.d, "c", DIAG_WORLD_WRITE, loc_at(src, 1), "y", END);
	assert_int_equal(f.d.n, 8);
	assert_int_equal(f.d.list[5].repeats, 1);
	assert_string_equal(f.d.list[5].args[0], "x");
	assert_true(diag_has_said(&f.d, "c", DIAG_XML_SYNTAX) && diag_has_said(&f.d, "c", DIAG_WORLD_WRITE));
	assert_false(diag_has_said(&f.d, "d", DIAG_WORLD_WRITE) || diag_has_said(&f.d, "e", DIAG_XML_SYNTAX));
	close_fixture(&f);
}

/* Many messages: the list moves while it grows, arguments and repeats stay. */
static void many_messages(void **state)
{
	(void)state;
	struct fixture f;
	open_fixture(&f);
	char word[16];
	for (int i = 0; i < 600; i++) {
		snprintf(word, sizeof word, "w%d", i % 200);
		diag_once(&f.d, DIAG_XML_LIMIT, nowhere, word, END);
	}
	assert_int_equal(f.d.n, 200);
	for (int i = 0; i < 200; i++) {
		snprintf(word, sizeof word, "w%d", i);
		assert_string_equal(f.d.list[i].args[0], word);
		assert_int_equal(f.d.list[i].repeats, 2);
	}
	close_fixture(&f);
}

static bool terminal_safe(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t cp = utf8_next(s, &at);
		if ((cp < 0x20 && cp != '\n') || (cp >= 0x7F && cp <= 0x9F) || (cp >= 0x202A && cp <= 0x202E) ||
		    (cp >= 0x2066 && cp <= 0x2069))
			return false;
	}
	return utf8_bad(s) == SIZE_MAX;
}

/* Escape sequences in the file name, the text or an argument reach no terminal. */
static void no_escape_gets_through(void **state)
{
	(void)state;
	struct fixture f;
	open_fixture(&f);
	uint32_t n = source_add(&f.sources, STR("\x1B[31m.xml"),
	                        STR("\x1B]0;x\x07 a\x00z\xC2\x9B" "2J\xE2\x80\xAE<b>\xFF"));
	diag_add(&f.d, DIAG_XML_SYNTAX, loc_at(n, 8), "x\x1B[2J\nb\xE2\x81\xA6\x80", END);
	diag_text(&f.d, 0, LANG_EN, &f.out);
	assert_true(terminal_safe(buf_view(&f.out)));
	buf_char(&f.out, '\0');
	assert_string_equal(f.out.p,
	                    "\uFFFD[31m.xml:1:9: error: not well-formed XML: x\uFFFD[2J b\uFFFD\uFFFD [xml-syntax]\n"
	                    "    1 | \uFFFD]0;x\uFFFD a\uFFFDz\uFFFD2J\uFFFD<b>\uFFFD\n"
	                    "      |         ^\n");
	buf_free(&f.out);
	diag_json(&f.d, 0, LANG_EN, &f.out);
	assert_true(terminal_safe(buf_view(&f.out)));
	close_fixture(&f);
}

/* What stands above the caret in the two lines of an excerpt; both lines must be short. */
static void expect_caret_under(struct str out, const char *mark)
{
	size_t line = str_find(out, STR("\n")) + 1;
	struct str rest = str_sub(out, line, out.n);
	size_t end = str_find(rest, STR("\n"));
	struct str text = str_sub(rest, 0, end), caret = str_sub(rest, end + 1, rest.n);
	size_t want = str_find(caret, STR("^")), at = 0, column = 0;
	assert_true(utf8_count(text) <= 8 + 160 + 2);
	while (column < want) /* the texts below hold only ASCII, … and Han */
		column += utf8_next(text, &at) >= 0x4E00 ? 2 : 1;
	assert_int_equal(column, want);
	assert_true(str_starts(str_sub(text, at, text.n), str_of(mark)));
}

static void long_lines_are_cut_around_the_place(void **state)
{
	(void)state;
	static const size_t where[] = {0, 3, 100, 155, 160, 161, 5000, 9840, 9999};
	for (size_t i = 0; i < sizeof where / sizeof *where; i++) {
		struct fixture f;
		open_fixture(&f);
		struct buf line = {0};
		for (size_t k = 0; k < 10000; k++)
			buf_puts(&line, k == where[i] ? "@" : k % 3 ? "a" : "汉");
		uint32_t n = source_add(&f.sources, STR("x"), buf_view(&line));
		size_t off = str_find(buf_view(&line), STR("@"));
		diag_add(&f.d, DIAG_XML_NUL, loc_at(n, off), END);
		diag_text(&f.d, 0, LANG_EN, &f.out);
		expect_caret_under(buf_view(&f.out), "@");
		bool near_start = off < 100, near_end = where[i] > 9990;
		assert_true((str_find(buf_view(&f.out), STR("| …")) == SIZE_MAX) == near_start);
		assert_true((str_find(buf_view(&f.out), STR("…\n")) == SIZE_MAX) == near_end);
		buf_free(&line);
		close_fixture(&f);
	}
}

static void json_lines(void **state)
{
	(void)state;
	struct fixture f;
	open_fixture(&f);
	uint32_t n = source_add(&f.sources, STR("a\"b.xml"), STR("甲<x/>"));
	diag_add(&f.d, DIAG_RECORD_ELEMENT, loc_at(n, 3), "x\n", "", END)->other = loc_at(n, 0);
	diag_once(&f.d, DIAG_WORLD_WRITE, nowhere, "o", "p", END);
	diag_once(&f.d, DIAG_WORLD_WRITE, nowhere, "o", "p", END);
	diag_json(&f.d, 0, LANG_EN, &f.out);
	buf_char(&f.out, '\0');
	assert_string_equal(
		f.out.p,
		"{\"file\":\"a\\\"b.xml\",\"line\":1,\"column\":2,\"severity\":\"error\",\"code\":\"record-element\","
		"\"message\":\"unknown element <x >\",\"args\":[\"x\\n\",\"\"],"
		"\"other\":{\"file\":\"a\\\"b.xml\",\"line\":1,\"column\":1},\"repeats\":0}\n"
		"{\"file\":null,\"line\":null,\"column\":null,\"severity\":\"error\",\"code\":\"world-write\","
		"\"message\":\"cannot write o: p\",\"args\":[\"o\",\"p\"],\"repeats\":1}\n");
	buf_free(&f.out);
	diag_json(&f.d, 1, LANG_ZH, &f.out);
	assert_true(str_find(buf_view(&f.out), STR("\"message\":\"无法写入 o：p\"")) != SIZE_MAX);
	assert_true(str_find(buf_view(&f.out), STR("\"severity\":\"error\"")) != SIZE_MAX);
	close_fixture(&f);
}

static int status_of(enum diag_code code, bool draft, bool strict)
{
	struct fixture f;
	open_fixture(&f);
	f.d.draft = draft;
	diag_add(&f.d, code, nowhere, "x", "y", "z", END);
	int status = diag_status(&f.d, strict);
	close_fixture(&f);
	return status;
}

static void statuses(void **state)
{
	(void)state;
	struct fixture f;
	open_fixture(&f);
	assert_int_equal(diag_status(&f.d, true), 0);
	diag_add(&f.d, DIAG_FONT_CHANGED, nowhere, "x", END); /* a remark changes nothing */
	assert_int_equal(diag_status(&f.d, true), 0);
	diag_add(&f.d, DIAG_LINE_EMERGENCY, nowhere, "x", END);
	assert_int_equal(diag_status(&f.d, false), 0);
	assert_int_equal(diag_status(&f.d, true), 1);
	diag_add(&f.d, DIAG_XML_SYNTAX, nowhere, "x", END);
	assert_int_equal(diag_status(&f.d, true), 2);
	diag_add(&f.d, DIAG_WORLD_READ, nowhere, "x", "y", END);
	assert_int_equal(diag_status(&f.d, false), 3);
	assert_int_equal(diag_count(&f.d, SEVERITY_REMARK), 4);
	assert_int_equal(diag_count(&f.d, SEVERITY_WARNING), 3);
	assert_int_equal(diag_count(&f.d, SEVERITY_WORLD), 1);
	close_fixture(&f);

	/* A draft is drawn in spite of these five, and of no other error. */
	static const enum diag_code drawn[] = {DIAG_GLYPH_MISSING, DIAG_LINE_OVERFLOW, DIAG_PAGE_OVERFLOW,
	                                       DIAG_RECORD_UNPLACED, DIAG_LAYOUT_BARE_TEXT};
	for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++) {
		assert_int_equal(diag_severity_of(drawn[i]), SEVERITY_ERROR);
		assert_int_equal(status_of(drawn[i], false, false), 2);
		assert_int_equal(status_of(drawn[i], true, false), 0);
		assert_int_equal(status_of(drawn[i], true, true), 1);
	}
	assert_int_equal(status_of(DIAG_XML_SYNTAX, true, false), 2);
	assert_int_equal(status_of(DIAG_FONT_RIGHTS, true, false), 2);
	assert_int_equal(status_of(DIAG_FONT_NONE, true, false), 3);
}

static void enough_of_one_code(void **state)
{
	struct arena *a = arena_new();
	struct source_table t;
	struct diag_list d;
	char word[16];

	(void)state;
	source_open(&t, a);
	diag_open(&d, a, &t);
	for (int i = 0; i < DIAG_MOST + 50; i++) {
		assert_int_equal(diag_is_full(&d, DIAG_GLYPH_MISSING), i >= DIAG_MOST);
		snprintf(word, sizeof word, "%d", i);
		diag_once(&d, DIAG_GLYPH_MISSING, (struct loc){0}, word, "U+4E00", "", (char *)NULL)->length = 3;
	}
	assert_int_equal(d.n, DIAG_MOST + 1);
	assert_int_equal(d.list[DIAG_MOST].code, DIAG_MORE);
	assert_int_equal(d.list[DIAG_MOST].severity, SEVERITY_ERROR);
	assert_string_equal(d.list[DIAG_MOST].args[0], "50");
	assert_string_equal(d.list[DIAG_MOST].args[1], "glyph-missing");
	diag_once(&d, DIAG_GLYPH_MISSING, (struct loc){0}, "7", "U+4E00", "", (char *)NULL); /* one that is listed */
	assert_int_equal(d.list[7].repeats, 1);
	for (int i = 0; i < DIAG_MOST + 50; i++) { /* decisions are a report: all are said */
		snprintf(word, sizeof word, "%d", i);
		diag_add(&d, DIAG_FONT_CHANGED, (struct loc){0}, word, (char *)NULL);
	}
	assert_int_equal(d.n, DIAG_MOST + 1 + DIAG_MOST + 50);
	assert_int_equal(diag_status(&d, false), 2);
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(enough_of_one_code),
		cmocka_unit_test(places),
		cmocka_unit_test(sources_are_copied_or_borrowed),
		cmocka_unit_test(every_message_is_whole),
		cmocka_unit_test(an_argument_in_two_languages),
		cmocka_unit_test(characters_of_a_text),
		cmocka_unit_test(text_with_a_caret),
		cmocka_unit_test(text_without_a_place),
		cmocka_unit_test(same_message),
		cmocka_unit_test(many_messages),
		cmocka_unit_test(no_escape_gets_through),
		cmocka_unit_test(long_lines_are_cut_around_the_place),
		cmocka_unit_test(json_lines),
		cmocka_unit_test(statuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
