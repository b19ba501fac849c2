/* The names in XPath expressions: what is a name test, what an operator, where each stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "xml/grammar.h"
#include "xml/lex.h"

static char told[2000];

static void take(void *user, const struct lex_name *name)
{
	static const char *const marks[] = {"<", "@", "$", "("};
	size_t n = strlen(told);

	(void)user;
	n += (size_t)snprintf(told + n, sizeof told - n, "%s%s%.*s%s%.*s:%zu", n ? " " : "", marks[name->kind], STR_ARG(name->prefix),
			      name->prefix.n ? "|" : "", STR_ARG(name->name), name->at);
	if (name->kind == LEX_CALL)
		n += (size_t)snprintf(told + n, sizeof told - n, "/%d", name->n_args);
	for (int i = 0; name->kind == LEX_CALL && i < LEX_ARGS; i++)
		if (name->args[i].text.n)
			n += (size_t)snprintf(told + n, sizeof told - n, "'%.*s'%zu", STR_ARG(name->args[i].text), name->args[i].at);
}

static const char *names(const char *expression)
{
	told[0] = 0;
	lex_names((struct str){expression, strlen(expression)}, take, NULL);
	return told;
}

static void paths(void **state)
{
	(void)state;
	assert_string_equal(names("a/b//c"), "<a:0 <b:2 <c:5");
	assert_string_equal(names("../@n"), "@n:4");
	assert_string_equal(names("/record/head | //p[@k]"), "<record:1 <head:8 <p:17 @k:20");
	assert_string_equal(names("child::a/attribute::b/self :: c"), "<a:7 @b:20 <c:30");
	assert_string_equal(names("preceding-sibling::p[1]"), "<p:19");
	assert_string_equal(names("namespace::x/y"), "<y:13");
	assert_string_equal(names("*/@*/x:*/@y:z"), "<x|*:5 @y|z:10");
	assert_string_equal(names("text() | node()/comment() | processing-instruction('a')"), "");
	assert_string_equal(names("标题/@序号-1.2"), "<标题:0 @序号-1.2:8");
}

static void operators(void **state)
{
	(void)state;
	assert_string_equal(names("div div mod mod and"), "<div:0 <mod:8 <and:16");
	assert_string_equal(names("and and or or or"), "<and:0 <or:8 <or:14");
	assert_string_equal(names("a * b"), "<a:0 <b:4");
	assert_string_equal(names("* * *"), "");
	assert_string_equal(names("@a*@b"), "@a:1 @b:4");
	assert_string_equal(names("a-b - c"), "<a-b:0 <c:6");
	assert_string_equal(names("2*a.b+.5"), "<a.b:2");
	assert_string_equal(names("a[2]and(b)"), "<a:0 <b:8");
	assert_string_equal(names(".. or . = 'it''s' and \"(x)\""), "");
	assert_string_equal(names("a <= b != c"), "<a:0 <b:5 <c:10");
}

static void variables_and_calls(void **state)
{
	(void)state;
	assert_string_equal(names("$a/b + $x:y"), "$a:0 <b:3 $x|y:7");
	assert_string_equal(names("$div div $mod"), "$div:0 $mod:9");
	assert_string_equal(names("count(a)"), "<a:6 (count:0/1");
	assert_string_equal(names("f()"), "(f:0/0");
	assert_string_equal(names("f:g( (1, 2) )"), "(f|g:0/1");
	assert_string_equal(names("concat('a,(', b, substring(c, 2, 3))"), "<b:14 <c:27 (substring:17/3 (concat:0/3'a,('8");
	assert_string_equal(names("key('k', @a)[b]"), "@a:10 (key:0/2'k'5 <b:13");
	assert_string_equal(names("key('k' , 'a' = 'b')"), "(key:0/2'k'5");
	assert_string_equal(names("key(concat('k', 1), 2)"), "(concat:4/2'k'12 (key:0/2");
	assert_string_equal(names("not(text)"), "<text:4 (not:0/1");
}

/* Deeper than anybody writes: the names so far, and no more. */
static void deep_brackets(void **state)
{
	char expression[400];
	(void)state;
	memset(expression, '(', sizeof expression);
	memcpy(expression, "a+", 2);
	expression[399] = 0;
	assert_string_equal(names(expression), "<a:0");
}

static void patterns(void **state)
{
	static const struct {
		const char *pattern;
		size_t at;
	} all[] = {
		{"a", SIZE_MAX}, {"/", SIZE_MAX}, {"a/b|//c[../d or count(e) > 1]/@f", SIZE_MAX}, {"text()|node()", SIZE_MAX},
		{"key('k', 'v')/a", SIZE_MAX}, {"child::a/attribute::b", SIZE_MAX}, {"*[1]", SIZE_MAX}, {"processing-instruction('x')", SIZE_MAX},
		{"a/..", 2}, {".", 0}, {"$a", 0}, {"a = b", 2}, {"(a|b)/c", 0}, {"a|(b)", 2}, {"ancestor::a", 0}, {"a/self::b", 2}, {"f(a)", 0},
		{"'a'", 0}, {"a[b]/c + 1", 7}, {"12", 0}, {"a and b", 2},
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_int_equal(lex_no_pattern((struct str){all[i].pattern, strlen(all[i].pattern)}), all[i].at);
}

/* "-" when the whole is XPath 1.0, else the offset that does not fit. */
static const char *misfit(const char *expression)
{
	struct str before;
	size_t at = grammar_misfit((struct str){expression, strlen(expression)}, &before);

	if (at == SIZE_MAX)
		return "-";
	snprintf(told, sizeof told, "%zu '%.*s'", at, STR_ARG(before));
	return told;
}

static void good_expressions(void **state)
{
	static const char *const good[] = {
		"a", "/", "/a", "//a/@b", ". | ..", "- a | b", "--1", "f()", "f(a, 'x', 1.5)", "$v/a[1][@b]", "('x')[1]/a", "key('k', @a)[b]/c",
		"div div mod", "* * *", "a/text()", "processing-instruction('x')/..", "ancestor-or-self::node()[not(self::a)]",
		"/ and /a", "p:a/@p:*", "a[b[c = 1] or d]", "a <= b != c", "(a | b)/c", "count((a)[last()]) - 1", "标题[@序号]", " a ",
	};
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_string_equal(misfit(good[i]), "-");
}

/* The first rows are what libxml2's compiler lets pass. */
static void bad_expressions(void **state)
{
	static const struct {
		const char *text, *at;
	} bad[] = {
		{"a | b |", "7 '|'"}, {"a[b |]", "5 '|'"}, {"a | | b", "4 '|'"}, {"f(a", "3 'a'"}, {"count(a[1] = 2", "14 '2'"}, {"f(a,", "4 ','"},
		{"/ / a", "2 '/'"}, {"// / a", "3 '//'"}, {"p :a", "2 'p'"}, {"5 mod2", "2 '5'"}, {"1e5", "1 '1'"},
		{"a | -b", "4 '|'"}, {"a b", "2 'a'"}, {"a/", "2 '/'"}, {"a//", "3 '//'"}, {"a +", "3 '+'"}, {"a]", "1 'a'"}, {"(a", "2 'a'"},
		{"f(,)", "2 '('"}, {".[1]", "1 '.'"}, {"a and", "5 'and'"}, {"@", "1 '@'"}, {"a == b", "2 'a'"}, {"foo::a", "0 ''"},
		{"a/'x'", "2 '/'"}, {"text(1)", "5 '('"}, {"a[]", "2 '['"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_string_equal(misfit(bad[i].text), bad[i].at);
}

/* Deeper than DEPTH_MAX there is no answer, and no fault. */
static void deep_expression(void **state)
{
	static char text[4001];

	(void)state;
	memset(text, '(', 2000);
	memset(text + 2000, ']', 2000);
	assert_string_equal(misfit(text), "-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths),
		cmocka_unit_test(operators),
		cmocka_unit_test(variables_and_calls),
		cmocka_unit_test(deep_brackets),
		cmocka_unit_test(patterns),
		cmocka_unit_test(good_expressions),
		cmocka_unit_test(bad_expressions),
		cmocka_unit_test(deep_expression),
	};
	return cmocka_run_group_tests_name("xml lex", tests, NULL, NULL);
}
