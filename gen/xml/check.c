/* check: faults of a stylesheet that libxslt keeps silent about or places badly.
 * Takes: a sheet, all its files parsed. Gives: messages with exact columns: unknown, missing and misplaced elements and
 * attributes of xsl:, expressions that do not compile, what would reach outside, and through uses.c names nobody
 * declares. */
#include "xml/check.h"

#include "base/file.h"
#include "base/mem.h"

/* Where the first character of a text stands that is no white space. */
static struct loc text_start(const struct check *c, const struct xml_node *n)
{
	size_t at = 0;

	while (n->kind == XML_TEXT && at < n->text.n && strchr(" \t\r\n", n->text.p[at]))
		at++;
	return n->kind == XML_TEXT ? xml_text_loc(c->d->sources, n, at) : n->loc;
}

/* ---- attributes ---- */

static void bad_value(struct check *c, const struct xml_attr *attr, const char *expected)
{
	c->ok = false;
	diag_add(c->d, DIAG_LAYOUT_VALUE, attr->value_loc, check_text(c, attr->name), check_text(c, attr->value), expected, NULL)->length =
		(uint32_t)attr->value.n;
}

/* One of the words of the rule; what braces make of it is not known yet. */
static void check_words(struct check *c, const struct xml_attr *attr, const struct rule_attr *rule)
{
	char *words = arena_copy(c->d->arena, rule->values.p, rule->values.n);

	if ((rule->kind == 'a' && memchr(attr->value.p, '{', attr->value.n)) || rule_word_in(attr->value, rule->values, '|'))
		return;
	for (char *p = words; *p; p++)
		if (*p == '|')
			*p = ' ';
	bad_value(c, attr, words);
}

/* A name, perhaps with a prefix. */
static void check_name(struct check *c, const struct xml_attr *attr)
{
	struct str v = str_trim(attr->value);

	if (xmlValidateQName(BAD_CAST check_text(c, v), 0) != 0)
		bad_value(c, attr, DIAG_TWO("应为名称：字母或汉字起头，可有数字、-、_、.", "a name: letters, then digits, - _ . as well"));
	else if (str_is(v, "xmlns"))
		bad_value(c, attr, DIAG_TWO("这个名称不能用", "this name is reserved"));
}

static bool is_number(struct str v)
{
	size_t at = v.n && v.p[0] == '-';

	while (at < v.n && (v.p[at] == '.' || (v.p[at] >= '0' && v.p[at] <= '9')))
		at++;
	return at == v.n && v.n > 0;
}

static void check_value(struct check *c, const struct xml_node *n, const struct xml_attr *attr, const struct rule_attr *rule)
{
	bool is_name = str_is(attr->name, "name") || str_is(attr->name, "mode");

	if (is_name && !(rule->kind == 'a' && memchr(attr->value.p, '{', attr->value.n)))
		check_name(c, attr);
	if (str_is(attr->name, "priority") && !is_number(str_trim(attr->value)))
		bad_value(c, attr, DIAG_TWO("应为数，如 1 0.5 -2", "a number, as 1 0.5 -2"));
	if (rule->kind == 'e')
		check_expression(c, attr, 0, attr->value.n);
	else if (rule->kind == 'p')
		check_pattern(c, attr);
	else if (rule->kind == 'a')
		check_value_template(c, attr);
	else
		uses_attr(&c->uses, c->node, attr);
	if (rule->values.n)
		check_words(c, attr, rule);
	if (str_is(attr->name, "extension-element-prefixes"))
		check_fault(c, attr->loc, DIAG_TWO("不允许扩展元素", "extension elements are not allowed"));
	if (str_is(attr->name, "lang") && xml_is(n, "sort"))
		check_fault(c, attr->loc, DIAG_TWO("xsl:sort 的 lang 取决于机器的区域设置，不支持",
					     "lang of xsl:sort depends on the machine's locale and is not supported"));
	if (str_is(attr->name, "version") && n->parent == NULL && !str_is(attr->value, "1.0"))
		bad_value(c, attr, "1.0");
}

static void check_attr(struct check *c, const struct xml_node *n, const struct rule *rule, const struct xml_attr *attr)
{
	struct rule_attr known;

	if (attr->ns.n && !str_is(attr->ns, XSL_URI))
		return; /* xml:space and the like */
	if (rule_attr_find(rule, attr->name, &known)) {
		check_value(c, n, attr, &known);
		return;
	}
	c->ok = false;
	diag_add(c->d, DIAG_LAYOUT_ATTRIBUTE, attr->loc, arena_printf(c->d->arena, "xsl:%s", rule->name), check_text(c, attr->name),
		 rule_near_attr(c->d->arena, rule, attr->name), NULL)->length = (uint32_t)attr->name.n;
}

static void say_required(struct check *c, const struct xml_node *n, const char *what)
{
	c->ok = false;
	diag_add(c->d, DIAG_LAYOUT_REQUIRED, n->loc, arena_printf(c->d->arena, "xsl:%.*s", STR_ARG(n->name)), what, NULL)
		->length = (uint32_t)n->name.n + 5;
}

static void check_required(struct check *c, const struct xml_node *n, const struct rule *rule)
{
	struct rule_attr attr;

	for (const char *at = rule->attrs; rule_attr_next(&at, &attr);)
		if (attr.required && !xml_attr(n, check_text(c, attr.name)))
			say_required(c, n, arena_printf(c->d->arena, "%.*s=\"…\"", STR_ARG(attr.name)));
	if (xml_is(n, "template") && !xml_attr(n, "match") && (xml_attr(n, "mode") || !xml_attr(n, "name")))
		say_required(c, n, xml_attr(n, "mode") ? "match=\"…\"" : DIAG_TWO("match=\"…\" 或 name=\"…\"", "match=\"…\" or name=\"…\""));
	if (xml_is(n, "choose") && !xml_child(n, "when"))
		say_required(c, n, "<xsl:when>");
}

/* ---- places ---- */

static void say_place(struct check *c, const struct xml_node *n, const char *where)
{
	c->ok = false;
	diag_add(c->d, DIAG_LAYOUT_PLACE, n->loc, arena_printf(c->d->arena, "xsl:%.*s", STR_ARG(n->name)),
		 n->parent && str_is(n->parent->ns, XSL_URI) ? arena_printf(c->d->arena, "xsl:%.*s", STR_ARG(n->parent->name))
		 : n->parent ? check_text(c, n->parent->name) : "/", where, NULL)->length = (uint32_t)n->name.n + 5;
}

/* Nothing but these stand before n. */
static bool is_behind(const struct xml_node *n, const char *names)
{
	for (const struct xml_node *m = n->parent->first; m != n; m = m->next)
		if (m->kind == XML_ELEMENT ? !rule_word_in(m->name, str_of(names), ' ') || !str_is(m->ns, XSL_URI)
					   : str_trim(m->text).n > 0)
			return false;
	return true;
}

/* What has to come first: libxslt passes over it elsewhere. */
static void check_order(struct check *c, const struct xml_node *n)
{
	const char *first = xml_is(n, "import") ? "import" : xml_is(n, "sort") ? "sort with-param" :
			    xml_is(n, "param") && xml_is(n->parent, "template") ? "param" : NULL;

	for (const struct xml_node *m = xml_is(n, "otherwise") ? n->next : NULL; m; m = m->next)
		if (m->kind == XML_ELEMENT)
			check_fault(c, m->loc, DIAG_TWO("<xsl:otherwise> 之后不能再有分支", "no branch may follow <xsl:otherwise>"));
	if (first && !is_behind(n, first))
		check_fault(c, n->loc, arena_printf(c->d->arena, DIAG_TWO("<xsl:%.*s> 必须放在最前面", "<xsl:%.*s> must come first"),
					      STR_ARG(n->name), STR_ARG(n->name)));
}

/* "it stands in <xsl:choose>" */
static const char *parents_of(struct check *c, const struct rule *rule)
{
	const char *all = rule_names(c->d->arena, rule->parents ? rule->parents : "");

	if (*all)
		return arena_printf(c->d->arena, DIAG_TWO("，应在%s 之内", "; it stands in%s"), all, all);
	return strchr(rule->where, 'T') ? DIAG_TWO("，应为样式表的直接下级", "; it stands at the top of the stylesheet") : "";
}

static bool check_place(struct check *c, const struct xml_node *n, const struct rule *rule)
{
	char where = !n->parent ? 'R' : !n->parent->parent ? 'T' : 'C';
	bool of_xsl = where == 'C' && str_is(n->parent->ns, XSL_URI);
	bool good = strchr(rule->where, where) && (!rule->parents || (of_xsl && rule_word_in(n->parent->name, str_of(rule->parents), ' ')));

	if (xml_is(n, "param") && where == 'C' && !(of_xsl && xml_is(n->parent, "template")))
		good = false;
	if (good)
		check_order(c, n);
	else
		say_place(c, n, parents_of(c, rule));
	return good;
}

/* "; it holds <xsl:when> <xsl:otherwise> only" */
static const char *children_of(struct check *c, const struct rule *rule)
{
	const char *all = rule_names(c->d->arena, rule->children);

	return *all ? arena_printf(c->d->arena, DIAG_TWO("，其中只能有%s", "; it holds%s only"), all, all) : "";
}

static void say_dropped(struct check *c, const struct xml_node *m, const char *in, const char *words)
{
	c->ok = false;
	diag_add(c->d, DIAG_LAYOUT_DROPPED, text_start(c, m), in, words, NULL)->length =
		(uint32_t)(m->kind == XML_TEXT ? str_trim(m->text).n : m->name.n + 1);
}

/* Elements that hold certain elements only, or nothing; what else they hold libxslt drops. */
static void check_children(struct check *c, const struct xml_node *n, const struct rule *rule)
{
	for (const struct xml_node *m = n->first; rule->children && m; m = m->next) {
		if (m->kind == XML_TEXT ? !str_trim(m->text).n || xml_is(n, "text")
					: str_is(m->ns, XSL_URI) &&
						  (!rule_find(m->name) || rule_find(m->name)->parents ||
						   rule_word_in(m->name, str_of(rule->children), ' ')))
			continue; /* an xsl element that is not known, or has parents of its own, is said there */
		say_dropped(c, m, arena_printf(c->d->arena, "xsl:%s", rule->name), children_of(c, rule));
	}
}

/* A variable has a select or content. */
static void check_content(struct check *c, const struct xml_node *n)
{
	const struct xml_node *m = n->first;

	if (!(xml_is(n, "variable") || xml_is(n, "param") || xml_is(n, "with-param")) || !xml_attr(n, "select"))
		return;
	while (m && m->kind == XML_TEXT && !str_trim(m->text).n)
		m = m->next;
	if (m)
		say_dropped(c, m, arena_printf(c->d->arena, "xsl:%.*s", STR_ARG(n->name)),
			    DIAG_TWO("，它已有 select", "; it has a select"));
}

/* ---- elements ---- */

static void check_xsl(struct check *c, const struct xml_node *n)
{
	const struct rule *rule = rule_find(n->name);
	const struct rule *around = n->parent && str_is(n->parent->ns, XSL_URI) ? rule_find(n->parent->name) : NULL;

	if (!rule) {
		c->ok = false;
		diag_add(c->d, DIAG_LAYOUT_ELEMENT, n->loc, arena_printf(c->d->arena, "xsl:%.*s", STR_ARG(n->name)),
			 rule_near_element(c->d->arena, n->name, around), NULL)->length = (uint32_t)n->name.n + 5;
		return;
	}
	if (!check_place(c, n, rule))
		return;
	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next)
		check_attr(c, n, rule, attr);
	check_required(c, n, rule);
	check_children(c, n, rule);
	check_content(c, n);
}

static void check_literal(struct check *c, const struct xml_node *n)
{
	for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next) {
		if (!str_is(attr->ns, XSL_URI))
			check_value_template(c, attr);
		else if (str_is(attr->name, "extension-element-prefixes"))
			check_fault(c, attr->loc, DIAG_TWO("不允许扩展元素", "extension elements are not allowed"));
		else
			uses_attr(&c->uses, c->node, attr);
	}
}

static void check_node(struct check *c, xmlNodePtr n)
{
	const struct xml_node *own = n->_private;

	if (n->type != XML_ELEMENT_NODE || !own)
		return;
	c->node = n;
	if (str_is(own->ns, XSL_URI))
		check_xsl(c, own);
	else
		check_literal(c, own);
}

const struct xml_attr *sheet_expression(const struct xml_node *inst)
{
	const struct rule *rule = str_is(inst->ns, XSL_URI) ? rule_find(inst->name) : NULL;
	struct rule_attr attr;

	for (const char *at = rule ? rule->attrs : ""; rule_attr_next(&at, &attr);)
		for (const struct xml_attr *a = inst->attrs; a; a = a->next)
			if (attr.kind == 'e' && str_eq(a->name, attr.name) && !a->ns.n)
				return a;
	return NULL;
}

/* Text, and elements of the layout language, that stand in no template. */
static void check_top(struct check *c, const struct xml_node *root)
{
	for (const struct xml_node *n = root->first; n; n = n->next)
		if (n->kind == XML_TEXT ? str_trim(n->text).n > 0 : !n->ns.n || (c->result_ns && str_is(n->ns, c->result_ns)))
			say_dropped(c, n, arena_printf(c->d->arena, "xsl:%.*s", STR_ARG(root->name)),
				    DIAG_TWO("，应写在 <xsl:template> 里", "; it belongs into an <xsl:template>"));
}

static void check_file(struct check *c, const struct sheet_file *f)
{
	xmlNodePtr root = xmlDocGetRootElement(f->doc->doc);

	check_node(c, root);
	check_top(c, f->doc->root);
	for (xmlNodePtr top = root->children; top; top = top->next)
		if (is_xsl(top, NULL)) /* else data of somebody else's */
			for (xmlNodePtr n = top; n; n = tree_next(top, n, false))
				check_node(c, n);
}

/* Templates in the layout's own folder serve its kind alone. */
static bool is_own(const struct xml_sheet *s, const struct sheet_file *f)
{
	struct arena *a = s->arena;

	return strcmp(file_dir(a, f->real), file_dir(a, s->files[0]->real)) == 0;
}

/* What the caller has to say to the files. */
static bool check_outside(struct diag_list *d, const struct xml_sheet *sheet)
{
	const struct xml_node **roots = ARENA_ARRAY(d->arena, sheet->n + 1, const struct xml_node *);
	size_t n = 0;

	for (size_t i = 0; i < sheet->n; i++)
		if (sheet->files[i]->doc && !sheet->files[i]->again)
			roots[n++] = sheet->files[i]->doc->root;
	return sheet->options.check(sheet->options.user, d, roots, n);
}

bool sheet_check(struct diag_list *d, const struct xml_sheet *sheet, bool whole)
{
	struct check c = {.d = d, .result_ns = sheet->options.result_ns};
	struct wall_state saved;
	struct scope scope;

	c.ok = scope_open(&scope, d, sheet, whole);
	c.uses = (struct uses){.d = d, .scope = &scope, .vocabulary = sheet->options.vocabulary, .ok = true};
	wall_enter(&saved, NULL);
	c.xpath = xmlXPathNewContext(NULL);
	if (!c.xpath)
		mem_die(0);
	c.xpath->error = expression_fault;
	c.xpath->userData = &c;
	for (int i = 0; i < SCOPE_KINDS; i++)
		map_open(&c.uses.used[i], d->arena);
	for (size_t i = 0; i < sheet->n; i++) {
		c.uses.own = sheet->files[i]->doc && is_own(sheet, sheet->files[i]);
		if (sheet->files[i]->doc && !sheet->files[i]->again)
			check_file(&c, sheet->files[i]);
	}
	for (size_t i = 0; i < sheet->n && whole && c.ok && c.uses.ok; i++)
		if (sheet->files[i]->doc && !sheet->files[i]->again && is_own(sheet, sheet->files[i]))
			uses_misspelt(&c.uses, xmlDocGetRootElement(sheet->files[i]->doc->doc));
	xmlXPathFreeContext(c.xpath);
	wall_leave(&saved);
	if (sheet->options.check)
		c.ok = check_outside(d, sheet) && c.ok;
	return c.ok && c.uses.ok;
}
