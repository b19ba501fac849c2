/* layout-schema: prints the RELAX NG schema of layout.xml, made from the table of the layout language (elements.def).
 * Takes: nothing. Gives: what stands in layouts/layout.rng; a test compares the two, so that they never drift. */
#include <stdio.h>

#include "layout/elements.h"

/* What unit_parse reads (gen/base/unit.c); a test holds schema and parser against each other. */
#define SIZES "(初|小初|一|小一|二|小二|三|小三|四|小四|五|小五|六|小六|七|八)号|小[初一二三四五六]"
#define NUMBER "([0-9]+|[0-9]*\\.[0-9]+)"
#define ABSOLUTE_UNIT " *(mm|cm|in|pt)"
#define ANY_UNIT " *(mm|cm|in|pt|em|字|行)"
#define ZERO "0+(\\.0+)?|\\.0+"
#define STEP "(\\*|[\\w._\\-]+)"

static const struct {
	enum attr_type type;
	const char *name, *data, *pattern; /* token: blanks at the ends are allowed */
} patterns[] = {
	{AT_LENGTH, "length", "token", "\\+?(" NUMBER ANY_UNIT "|" ZERO ")|" SIZES},
	{AT_OFFSET, "offset", "token", "[+\\-]?(" NUMBER ANY_UNIT "|" ZERO ")|" SIZES},
	{AT_ABSOLUTE, "absolute", "token", "\\+?(" NUMBER ABSOLUTE_UNIT "|" ZERO ")|" SIZES},
	{AT_EM, "em", "token", "\\+?(([0-3]|[0-3]?\\.[0-9]+|4(\\.0+)?) *(em|字)|" ZERO ")"}, /* 0 to 4 em */
	{AT_INT, "count", "string", "[0-9]{1,6}"},
	{AT_COLOUR, "colour", "string", "#[0-9A-Fa-f]{6}"},
	{AT_LANG, "lang", "string", "[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*"},
	{AT_PATH, "path", "string", STEP "(/" STEP ")*"},
};

static void put_text(const char *s)
{
	for (; *s; s++) {
		const char *entity = *s == '<' ? "&lt;" : *s == '&' ? "&amp;" : *s == '>' ? "&gt;" : NULL;
		if (entity)
			fputs(entity, stdout);
		else
			putchar(*s);
	}
}

static void put_documentation(const char *indent, const char *zh, const char *en)
{
	printf("%s<a:documentation xml:lang=\"zh\">", indent);
	put_text(zh);
	printf("</a:documentation>\n%s<a:documentation xml:lang=\"en\">", indent);
	put_text(en);
	puts("</a:documentation>");
}

static const char *pattern_name(enum attr_type type)
{
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		if (patterns[i].type == type)
			return patterns[i].name;
	return NULL;
}

static void put_words(const char *indent, const char *words)
{
	for (const char *p = words; *p;) {
		const char *end = strchrnul(p, ' ');
		printf("%s  <value type=\"string\">%.*s</value>\n", indent, (int)(end - p), p);
		p = *end ? end + 1 : end;
	}
}

static void put_value(const struct attr_def *def, const char *indent)
{
	enum attr_type type = def->type & ~AT_REQUIRED;
	const char *pattern = pattern_name(type), *words = type == AT_BOOL ? "yes no" : def->values;

	if (type == AT_ENUM || type == AT_BOOL || (pattern && *words)) {
		printf("%s<choice>\n", indent);
		put_words(indent, words);
		if (pattern)
			printf("%s  <ref name=\"value.%s\"/>\n", indent, pattern);
		printf("%s</choice>\n", indent);
	} else if (pattern) {
		printf("%s<ref name=\"value.%s\"/>\n", indent, pattern);
	} else if (type == AT_NAME || (def->type & AT_REQUIRED)) {
		printf("%s<data type=\"string\"><param name=\"minLength\">1</param></data>\n", indent);
	} else {
		printf("%s<text/>\n", indent);
	}
}

static void put_attribute(const struct attr_def *def)
{
	bool required = def->type & AT_REQUIRED;
	const char *inner = required ? "        " : "          ";

	if (!required)
		puts("      <optional>");
	printf("%s<attribute name=\"%s\">\n", inner + 2, def->name);
	put_documentation(inner, def->zh, def->en);
	put_value(def, inner);
	printf("%s</attribute>\n", inner + 2);
	if (!required)
		puts("      </optional>");
}

/* Declarations may stand in any order and number. */
static void put_children(enum element_id id)
{
	bool any = false, text = element_defs[id].text;

	for (int c = 0; c < EL_COUNT; c++) {
		if (element_defs[c].vocabulary != VOCABULARY_D || !element_may_stand((enum element_id)c, id))
			continue;
		if (!any)
			puts("      <zeroOrMore>\n        <choice>");
		any = true;
		printf("          <ref name=\"%s\"/>\n", element_defs[c].name);
	}
	if (any && text)
		puts("          <text/>");
	if (any)
		puts("        </choice>\n      </zeroOrMore>");
	else
		puts(text ? "      <text/>" : "      <empty/>");
}

static void put_element(enum element_id id)
{
	const struct element_def *e = &element_defs[id];

	printf("\n  <define name=\"%s\">\n    <element name=\"%s\">\n", e->name, e->name);
	put_documentation("      ", e->zh, e->en);
	for (int i = 0; i < n_attr_defs; i++)
		if (attr_defs[i].element == id)
			put_attribute(&attr_defs[i]);
	put_children(id);
	puts("    </element>\n  </define>");
}

static void put_patterns(void)
{
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		printf("\n  <define name=\"value.%s\">\n    <data type=\"%s\"><param name=\"pattern\">", patterns[i].name,
		       patterns[i].data);
		put_text(patterns[i].pattern);
		puts("</param></data>\n  </define>");
	}
}

int main(void)
{
	puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	     "<!--\n"
	     "  layout.rng: the schema of layout.xml. Point an XML editor here, and it completes and explains what it reads.\n"
	     "  Made from gen/layout/elements.def by build/tests/progs/layout-schema; do not edit.\n"
	     "-->\n"
	     "<grammar xmlns=\"http://relaxng.org/ns/structure/1.0\"\n"
	     "         xmlns:a=\"http://relaxng.org/ns/compatibility/annotations/1.0\"\n"
	     "         ns=\"" LAYOUT_NS "\"\n"
	     "         datatypeLibrary=\"http://www.w3.org/2001/XMLSchema-datatypes\">\n\n"
	     "  <start>\n    <ref name=\"layout\"/>\n  </start>");
	for (int id = 0; id < EL_COUNT; id++)
		if (element_defs[id].vocabulary == VOCABULARY_D)
			put_element((enum element_id)id);
	put_patterns();
	puts("</grammar>");
	return fflush(stdout) || ferror(stdout) ? 3 : 0;
}
