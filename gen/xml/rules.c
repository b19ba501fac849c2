/* rules: the elements of XSLT 1.0 with their attributes and places, in one table. See check.h.
 * Takes: names. Gives: rules, and the nearest name for one that is none. */
#include "xml/check.h"

/* where: R root, T top level, C below. attrs: "kind:name", "!" when required, "=word|word" when it is one of these.
 * sort, with-param and the like name their parents; what may hold nothing has no children. */
static const struct rule rules[] = {
	{"apply-imports", "C", "", NULL, ""},
	{"apply-templates", "C", "e:select n:mode", NULL, "sort with-param"},
	{"attribute", "C", "a:name! a:namespace", NULL, NULL},
	{"attribute-set", "T", "n:name! n:use-attribute-sets", NULL, "attribute"},
	{"call-template", "C", "n:name!", NULL, "with-param"},
	{"choose", "C", "", NULL, "when otherwise"},
	{"comment", "C", "", NULL, NULL},
	{"copy", "C", "n:use-attribute-sets", NULL, NULL},
	{"copy-of", "C", "e:select!", NULL, ""},
	{"decimal-format", "T", "n:name n:decimal-separator n:grouping-separator n:infinity n:minus-sign n:NaN "
				"n:percent n:per-mille n:zero-digit n:digit n:pattern-separator", NULL, ""},
	{"element", "C", "a:name! a:namespace n:use-attribute-sets", NULL, NULL},
	{"fallback", "C", "", NULL, NULL},
	{"for-each", "C", "e:select!", NULL, NULL},
	{"if", "C", "e:test!", NULL, NULL},
	{"import", "T", "n:href!", NULL, ""},
	{"include", "T", "n:href!", NULL, ""},
	{"key", "T", "n:name! p:match! e:use!", NULL, ""},
	{"message", "C", "n:terminate=yes|no", NULL, NULL},
	{"namespace-alias", "T", "n:stylesheet-prefix! n:result-prefix!", NULL, ""},
	{"number", "C", "n:level=single|multiple|any p:count p:from e:value a:format a:lang "
			"a:letter-value=alphabetic|traditional a:grouping-separator a:grouping-size", NULL, ""},
	{"otherwise", "C", "", "choose", NULL},
	{"output", "T", "n:method n:version n:encoding n:omit-xml-declaration n:standalone n:doctype-public "
			"n:doctype-system n:cdata-section-elements n:indent n:media-type", NULL, ""},
	{"param", "TC", "n:name! e:select", NULL, NULL},
	{"preserve-space", "T", "n:elements!", NULL, ""},
	{"processing-instruction", "C", "a:name!", NULL, NULL},
	{"sort", "C", "e:select a:lang a:data-type=text|number a:order=ascending|descending "
		      "a:case-order=upper-first|lower-first", "apply-templates for-each", ""},
	{"strip-space", "T", "n:elements!", NULL, ""},
	{"stylesheet", "R", "n:id n:extension-element-prefixes n:exclude-result-prefixes n:version!", NULL, NULL},
	{"template", "T", "p:match n:name n:priority n:mode", NULL, NULL},
	{"text", "C", "n:disable-output-escaping=yes|no", NULL, ""},
	{"transform", "R", "n:id n:extension-element-prefixes n:exclude-result-prefixes n:version!", NULL, NULL},
	{"value-of", "C", "e:select! n:disable-output-escaping=yes|no", NULL, ""},
	{"variable", "TC", "n:name! e:select", NULL, NULL},
	{"when", "C", "e:test!", "choose", NULL},
	{"with-param", "C", "n:name! e:select", "apply-templates call-template", NULL},
};

#define N_RULES (sizeof rules / sizeof *rules)

const struct rule *rule_find(struct str name)
{
	for (size_t i = 0; i < N_RULES; i++)
		if (str_is(name, rules[i].name))
			return &rules[i];
	return NULL;
}

bool rule_attr_next(const char **at, struct rule_attr *out)
{
	const char *p = *at + strspn(*at, " ");
	size_t n = strcspn(p, " "), name = strcspn(p + (n > 0), " !=");

	if (!*p)
		return false;
	*out = (struct rule_attr){.kind = *p, .name = {p + 2, name - 1}};
	out->required = p[name + 1] == '!';
	if (p[name + 1] == '=')
		out->values = (struct str){p + name + 2, n - name - 2};
	*at = p + n;
	return true;
}

bool rule_attr_find(const struct rule *rule, struct str name, struct rule_attr *out)
{
	for (const char *at = rule->attrs; rule_attr_next(&at, out);)
		if (str_eq(out->name, name))
			return true;
	return false;
}

bool rule_word_in(struct str word, struct str words, char between)
{
	for (size_t from = 0, to; from < words.n; from = to + 1) {
		const char *end = memchr(words.p + from, between, words.n - from);

		to = end ? (size_t)(end - words.p) : words.n;
		if (str_eq(word, str_sub(words, from, to)))
			return true;
	}
	return false;
}

/* ---- the nearest name ---- */

void near_open(struct near_name *n, struct str wanted)
{
	*n = (struct near_name){.wanted = wanted, .distance = 3};
}

void near_try(struct near_name *n, struct str name)
{
	int distance = str_distance(n->wanted, name, n->distance - 1);

	if (distance < n->distance && is_near(n->wanted, distance)) {
		n->distance = distance;
		n->best = name;
	}
}

const char *near_words(const struct near_name *n, struct arena *a, const char *before, const char *behind)
{
	if (!n->best.n)
		return "";
	return arena_printf(a, DIAG_TWO("，是否应为 %s%.*s%s？", ", did you mean %s%.*s%s?"), before, STR_ARG(n->best), behind,
			    before, STR_ARG(n->best), behind);
}

const char *rule_names(struct arena *a, const char *words)
{
	const char *all = "";

	while (*words) {
		size_t n = strcspn(words, " ");

		all = arena_printf(a, "%s <xsl:%.*s>", all, (int)n, words);
		words += n + (words[n] == ' ');
	}
	return all;
}

/* What XSLT 2.0 and 3.0 have, with what does it in 1.0. */
static const struct later {
	const char *names;
	const char *words;
} later[] = {
	{"for-each-group", DIAG_TWO("；它属于 XSLT 2.0，这里是 1.0：用 <xsl:for-each> 和条件，或者用 <xsl:key> 和 key() 分组",
				    "; it is of XSLT 2.0, this is 1.0: use <xsl:for-each> with a condition, or group by <xsl:key> and key()")},
	{"function", DIAG_TWO("；它属于 XSLT 2.0，这里是 1.0：用有 name 的 <xsl:template> 和 <xsl:call-template>",
			      "; it is of XSLT 2.0, this is 1.0: use <xsl:template> with a name, and <xsl:call-template>")},
	{"next-match", DIAG_TWO("；它属于 XSLT 2.0，这里是 1.0：用 <xsl:apply-imports>", "; it is of XSLT 2.0, this is 1.0: use <xsl:apply-imports>")},
	{"sequence", DIAG_TWO("；它属于 XSLT 2.0，这里是 1.0：用 <xsl:copy-of> 或 <xsl:value-of>",
			      "; it is of XSLT 2.0, this is 1.0: use <xsl:copy-of> or <xsl:value-of>")},
	{"analyze-string matching-substring non-matching-substring result-document perform-sort character-map output-character document "
	 "import-schema namespace iterate map map-entry try catch evaluate where-populated on-empty on-non-empty merge fork mode package",
	 DIAG_TWO("；它属于 XSLT 2.0 以后的版本，这里是 1.0", "; it is of XSLT 2.0 or later, this is 1.0")},
	{"lower-case upper-case", DIAG_TWO("；它属于 XPath 2.0，这里是 1.0：用 translate(…, 'ABC…', 'abc…') 逐字换",
					   "; it is of XPath 2.0, this is 1.0: use translate(…, 'ABC…', 'abc…') or the other way")},
	{"current-group current-grouping-key", DIAG_TWO("；它属于 XSLT 2.0 的 <xsl:for-each-group>，这里是 1.0",
							"; it belongs to <xsl:for-each-group> of XSLT 2.0, this is 1.0")},
	{"ends-with", DIAG_TWO("；它属于 XPath 2.0，这里是 1.0：用 substring() 和 string-length()",
			       "; it is of XPath 2.0, this is 1.0: use substring() and string-length()")},
	{"matches replace tokenize string-join", DIAG_TWO("；它属于 XPath 2.0，这里是 1.0：用 contains()、translate()、substring-before()，或 <xsl:for-each>",
							  "; it is of XPath 2.0, this is 1.0: use contains(), translate(), substring-before(), or <xsl:for-each>")},
	{"max min avg", DIAG_TWO("；它属于 XPath 2.0，这里是 1.0：用 <xsl:for-each> 和 <xsl:sort>，取第一个",
				 "; it is of XPath 2.0, this is 1.0: use <xsl:for-each> with <xsl:sort>, and take the first")},
	{"exists empty", DIAG_TWO("；它属于 XPath 2.0，这里是 1.0：路径本身就是条件，没有则用 not(…)",
				  "; it is of XPath 2.0, this is 1.0: a path is a condition itself, not(…) its contrary")},
	{"if distinct-values abs index-of reverse subsequence deep-equal compare doc data unparsed-text current-date current-dateTime current-time "
	 "format-date format-dateTime format-time format-integer round-half-to-even string-to-codepoints codepoints-to-string insert-before remove "
	 "normalize-unicode node-name root head tail sort",
	 DIAG_TWO("；它属于 XPath 2.0 以后的版本，这里是 1.0", "; it is of XPath 2.0 or later, this is 1.0")},
};

const char *rule_later(struct str name)
{
	for (size_t i = 0; i < sizeof later / sizeof *later; i++)
		if (rule_word_in(name, str_of(later[i].names), ' '))
			return later[i].words;
	return NULL;
}

const char *rule_near_element(struct arena *a, struct str name, const struct rule *around)
{
	struct near_name near;

	if (rule_later(name))
		return rule_later(name);
	near_open(&near, name);
	for (size_t i = 0; i < N_RULES; i++)
		near_try(&near, str_of(rules[i].name));
	if (near.best.n || !around || !around->children || !*around->children)
		return near_words(&near, a, "<xsl:", ">");
	return arena_printf(a, DIAG_TWO("；这里可用：%s", "; allowed here:%s"), rule_names(a, around->children) + 1,
			    rule_names(a, around->children));
}

/* The nearest attribute, or all there are. */
const char *rule_near_attr(struct arena *a, const struct rule *rule, struct str name)
{
	struct near_name near;
	struct rule_attr attr;
	const char *all = "";

	near_open(&near, name);
	for (const char *at = rule->attrs; rule_attr_next(&at, &attr);) {
		near_try(&near, attr.name);
		all = arena_printf(a, "%s %.*s", all, STR_ARG(attr.name));
	}
	if (near.best.n)
		return near_words(&near, a, "", "");
	return *all ? arena_printf(a, DIAG_TWO("；可用：%s", "; it has:%s"), all + 1, all) : DIAG_TWO("；它没有属性", "; it has none");
}
