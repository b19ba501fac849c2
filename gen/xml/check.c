/* check: faults of a stylesheet that libxslt keeps silent about or places badly.
 * Takes: a parsed stylesheet. Gives: messages with exact columns: unknown and missing elements and
 * attributes of xsl:, expressions that do not compile, what would reach outside.
 * Still to come here: names of functions, variables, templates and modes. */
#include "xml/sheet.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "base/mem.h"

/* Attributes: kind, name, "!" when required. Kinds: e expression, p pattern, a value template, n anything
 * else. Where: R root, T top level, C below. */
struct rule {
	const char *name, *where, *attrs;
};

static const struct rule rules[] = {
	{"apply-imports", "C", ""},
	{"apply-templates", "C", "e:select n:mode"},
	{"attribute", "C", "a:name! a:namespace"},
	{"attribute-set", "T", "n:name! n:use-attribute-sets"},
	{"call-template", "C", "n:name!"},
	{"choose", "C", ""},
	{"comment", "C", ""},
	{"copy", "C", "n:use-attribute-sets"},
	{"copy-of", "C", "e:select!"},
	{"decimal-format", "T", "n:name n:decimal-separator n:grouping-separator n:infinity n:minus-sign n:NaN "
				"n:percent n:per-mille n:zero-digit n:digit n:pattern-separator"},
	{"element", "C", "a:name! a:namespace n:use-attribute-sets"},
	{"fallback", "C", ""},
	{"for-each", "C", "e:select!"},
	{"if", "C", "e:test!"},
	{"import", "T", "n:href!"},
	{"include", "T", "n:href!"},
	{"key", "T", "n:name! p:match! e:use!"},
	{"message", "C", "n:terminate"},
	{"namespace-alias", "T", "n:stylesheet-prefix! n:result-prefix!"},
	{"number", "C", "n:level p:count p:from e:value a:format a:lang a:letter-value a:grouping-separator "
			"a:grouping-size"},
	{"otherwise", "C", ""},
	{"output", "T", "n:method n:version n:encoding n:omit-xml-declaration n:standalone n:doctype-public "
			"n:doctype-system n:cdata-section-elements n:indent n:media-type"},
	{"param", "TC", "n:name! e:select"},
	{"preserve-space", "T", "n:elements!"},
	{"processing-instruction", "C", "a:name!"},
	{"sort", "C", "e:select a:lang a:data-type a:order a:case-order"},
	{"strip-space", "T", "n:elements!"},
	{"stylesheet", "R", "n:id n:extension-element-prefixes n:exclude-result-prefixes n:version!"},
	{"template", "T", "p:match n:name n:priority n:mode"},
	{"text", "C", "n:disable-output-escaping"},
	{"transform", "R", "n:id n:extension-element-prefixes n:exclude-result-prefixes n:version!"},
	{"value-of", "C", "e:select! n:disable-output-escaping"},
	{"variable", "TC", "n:name! e:select"},
	{"when", "C", "e:test!"},
	{"with-param", "C", "n:name! e:select"},
};

#define N_RULES (sizeof rules / sizeof *rules)

struct check {
	struct diag_list *d;
	const struct sheet_file *file;
	xmlXPathContextPtr xpath;
	const struct xml_attr *attr; /* whose expression is being compiled */
	size_t at;                   /* where it starts in the attribute's value */
	bool ok, reported;
};

/* ---- words ---- */

/* ", did you mean <x>?" when a name is near, else nothing. */
static const char *near_element(struct arena *a, struct str name)
{
	const char *best = NULL;
	int least = 3;

	for (size_t i = 0; i < N_RULES; i++) {
		int distance = str_distance(name, str_of(rules[i].name), 2);

		if (distance < least && is_near(name, distance)) {
			least = distance;
			best = rules[i].name;
		}
	}
	return best ? arena_printf(a, DIAG_TWO("，是否应为 <xsl:%s>？", ", did you mean <xsl:%s>?"), best, best) : "";
}

/* The next "kind:name!" of a rule. */
static bool rule_attr(const char **at, struct str *name, char *kind, bool *required)
{
	const char *p = *at, *end;

	while (*p == ' ')
		p++;
	if (!*p)
		return false;
	end = p + strcspn(p, " ");
	*kind = *p;
	*required = end[-1] == '!';
	*name = (struct str){p + 2, (size_t)(end - p) - 2 - *required};
	*at = end;
	return true;
}

static const char *near_attr(struct arena *a, const struct rule *rule, struct str want)
{
	const char *at = rule->attrs;
	struct str name, best = {NULL, 0};
	int least = 3;
	bool required;
	char kind;

	while (rule_attr(&at, &name, &kind, &required)) {
		int distance = str_distance(want, name, 2);

		if (distance < least && is_near(want, distance)) {
			least = distance;
			best = name;
		}
	}
	if (!best.p)
		return "";
	return arena_printf(a, DIAG_TWO("，是否应为 %.*s？", ", did you mean %.*s?"), STR_ARG(best), STR_ARG(best));
}

static const char *c_str(const struct check *c, struct str s)
{
	return arena_copy(c->d->arena, s.p, s.n);
}

static struct diag *fault(struct check *c, struct loc loc, const char *words)
{
	c->ok = false;
	return diag_add(c->d, DIAG_LAYOUT_XSLT, loc, words, NULL);
}

/* ---- expressions ---- */

static void on_xpath(void *user, xmlErrorPtr e)
{
	struct check *c = user;
	size_t at = c->at + (e->int1 > 0 ? (size_t)e->int1 : 0);

	if (c->reported)
		return;
	c->reported = true;
	fault(c, attr_value_loc(c->d->sources, c->attr, at), xpath_words(e->code));
}

static void check_expression(struct check *c, const struct xml_attr *attr, size_t from, size_t to)
{
	char *text = arena_copy(c->d->arena, attr->value.p + from, to - from);
	xmlXPathCompExprPtr compiled;

	c->attr = attr;
	c->at = from;
	c->reported = false;
	compiled = xmlXPathCtxtCompile(c->xpath, BAD_CAST text);
	if (!compiled && !c->reported)
		fault(c, attr->value_loc, xpath_words(0));
	xmlXPathFreeCompExpr(compiled);
}

size_t brace_end(struct str value, size_t at)
{
	for (; at < value.n && value.p[at] != '}'; at++) {
		const char *quote;

		if (value.p[at] != '\'' && value.p[at] != '"')
			continue;
		quote = memchr(value.p + at + 1, value.p[at], value.n - at - 1);
		if (!quote)
			return SIZE_MAX;
		at = (size_t)(quote - value.p);
	}
	return at < value.n ? at : SIZE_MAX;
}

static void check_template(struct check *c, const struct xml_attr *attr)
{
	struct str v = attr->value;

	for (size_t i = 0; i < v.n; i++) {
		size_t end;

		if (i + 1 < v.n && v.p[i] == v.p[i + 1] && (v.p[i] == '{' || v.p[i] == '}')) {
			i++;
		} else if (v.p[i] == '}') {
			fault(c, attr_value_loc(c->d->sources, attr, i),
			      DIAG_TWO("单独的 } 应写作 }}", "a bare } must be written }}"));
		} else if (v.p[i] == '{') {
			end = brace_end(v, i + 1);
			if (end == SIZE_MAX) {
				fault(c, attr_value_loc(c->d->sources, attr, i),
				      DIAG_TWO("{ 没有闭合", "{ is not closed"));
				return;
			}
			check_expression(c, attr, i + 1, end);
			i = end;
		}
	}
}

/* ---- elements ---- */

static const struct rule *find_rule(struct str name)
{
	for (size_t i = 0; i < N_RULES; i++)
		if (str_is(name, rules[i].name))
			return &rules[i];
	return NULL;
}

static void check_value(struct check *c, const struct xml_node *n, const struct xml_attr *attr, char kind)
{
	if (kind == 'e' || kind == 'p')
		check_expression(c, attr, 0, attr->value.n);
	else if (kind == 'a')
		check_template(c, attr);
	if (str_is(attr->name, "extension-element-prefixes"))
		fault(c, attr->loc, DIAG_TWO("不允许扩展元素", "extension elements are not allowed"));
	if (str_is(attr->name, "lang") && xml_is(n, "sort"))
		fault(c, attr->loc, DIAG_TWO("xsl:sort 的 lang 取决于机器的区域设置，不支持",
					     "lang of xsl:sort depends on the machine's locale and is not supported"));
	if (str_is(attr->name, "version") && n->parent == NULL && !str_is(attr->value, "1.0"))
		fault(c, attr->value_loc, DIAG_TWO("version 应为 1.0", "version must be 1.0"));
}

static void check_attr(struct check *c, const struct xml_node *n, const struct rule *rule,
		       const struct xml_attr *attr)
{
	const char *at = rule->attrs;
	struct str name;
	bool required;
	char kind;

	if (attr->ns.n && !str_is(attr->ns, XSL_URI))
		return; /* xml:space and the like */
	while (rule_attr(&at, &name, &kind, &required)) {
		if (str_eq(name, attr->name)) {
			check_value(c, n, attr, kind);
			return;
		}
	}
	c->ok = false;
	diag_add(c->d, DIAG_LAYOUT_ATTRIBUTE, attr->loc, arena_printf(c->d->arena, "xsl:%s", rule->name),
		 c_str(c, attr->name), near_attr(c->d->arena, rule, attr->name), NULL)
		->length = (uint32_t)attr->name.n;
}

static void check_required(struct check *c, const struct xml_node *n, const struct rule *rule)
{
	const char *at = rule->attrs;
	struct str name;
	bool required;
	char kind;

	while (rule_attr(&at, &name, &kind, &required)) {
		if (!required || xml_attr(n, c_str(c, name)))
			continue;
		c->ok = false;
		diag_add(c->d, DIAG_LAYOUT_REQUIRED, n->loc, arena_printf(c->d->arena, "xsl:%s", rule->name),
			 arena_printf(c->d->arena, "%.*s=\"…\"", STR_ARG(name)), NULL);
	}
}

/* Imports come first, or libxslt passes over them. */
static bool is_late_import(const struct xml_node *n)
{
	for (const struct xml_node *m = n->parent->first; m != n; m = m->next)
		if (m->kind == XML_ELEMENT && !xml_is(m, "import"))
			return true;
	return false;
}

static void check_place(struct check *c, const struct xml_node *n, const struct rule *rule)
{
	char where = !n->parent ? 'R' : !n->parent->parent ? 'T' : 'C';

	if (!strchr(rule->where, where))
		fault(c, n->loc, arena_printf(c->d->arena,
					      DIAG_TWO("<xsl:%s> 不能放在这里", "<xsl:%s> may not stand here"),
					      rule->name, rule->name));
	else if (where == 'T' && xml_is(n, "import") && is_late_import(n))
		fault(c, n->loc, DIAG_TWO("<xsl:import> 必须放在最前面", "<xsl:import> must come first"));
}

static void check_xsl(struct check *c, const struct xml_node *n)
{
	const struct rule *rule = find_rule(n->name);

	if (!rule) {
		c->ok = false;
		diag_add(c->d, DIAG_LAYOUT_ELEMENT, n->loc,
			 arena_printf(c->d->arena, "xsl:%.*s", STR_ARG(n->name)),
			 near_element(c->d->arena, n->name), NULL);
		return;
	}
	check_place(c, n, rule);
	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next)
		check_attr(c, n, rule, attr);
	check_required(c, n, rule);
}

static void check_literal(struct check *c, const struct xml_node *n)
{
	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next) {
		if (!str_is(attr->ns, XSL_URI))
			check_template(c, attr);
		else if (str_is(attr->name, "extension-element-prefixes"))
			fault(c, attr->loc, DIAG_TWO("不允许扩展元素", "extension elements are not allowed"));
	}
}

static void check_node(struct check *c, const struct xml_node *n)
{
	if (n->kind != XML_ELEMENT)
		return;
	if (str_is(n->ns, XSL_URI))
		check_xsl(c, n);
	else
		check_literal(c, n);
}

const struct xml_attr *sheet_expression(const struct xml_node *inst)
{
	const struct rule *rule = str_is(inst->ns, XSL_URI) ? find_rule(inst->name) : NULL;
	const char *at = rule ? rule->attrs : "";
	struct str name;
	bool required;
	char kind;

	for (; rule_attr(&at, &name, &kind, &required);)
		for (const struct xml_attr *a = inst->attrs; a; a = a->next)
			if (kind == 'e' && str_eq(a->name, name) && !a->ns.n)
				return a;
	return NULL;
}

bool sheet_check(struct diag_list *d, const struct sheet_file *file)
{
	struct check c = {.d = d, .file = file, .ok = true};
	const struct xml_node *root = file->doc->root;
	struct wall_state saved;

	wall_enter(&saved, NULL);
	c.xpath = xmlXPathNewContext(NULL);
	if (!c.xpath)
		mem_die(0);
	c.xpath->error = on_xpath;
	c.xpath->userData = &c;
	check_xsl(&c, root);
	for (const struct xml_node *top = root->first; top; top = top->next)
		if (str_is(top->ns, XSL_URI)) /* else data of somebody else's */
			for (const struct xml_node *n = top; n; n = xml_walk(top, n))
				check_node(&c, n);
	xmlXPathFreeContext(c.xpath);
	wall_leave(&saved);
	return c.ok;
}
