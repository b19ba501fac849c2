/* check: what the checks of a stylesheet share, before libxslt sees it. Private to xml. */
#ifndef GEN_XML_CHECK_H
#define GEN_XML_CHECK_H

#include <libxml/xpath.h>

#include "base/map.h"
#include "xml/lex.h"
#include "xml/sheet.h"

/* ---- rules.c: XSLT 1.0 in one table ---- */

struct rule {
	const char *name, *where, *attrs;
	const char *parents;  /* names with blanks; NULL: by where alone */
	const char *children; /* the only ones, "" = none at all; NULL: any */
};

/* One attribute of a rule. kind: e expression, p pattern, a value template, n anything else. */
struct rule_attr {
	struct str name;
	char kind;
	bool required;
	struct str values; /* words with "|" between; empty: any */
};

const struct rule *rule_find(struct str name);
/* The next attribute of the rule's attrs; *at is moved behind it. */
bool rule_attr_next(const char **at, struct rule_attr *out);
bool rule_attr_find(const struct rule *rule, struct str name, struct rule_attr *out);
/* " <xsl:a> <xsl:b>" of "a b". */
const char *rule_names(struct arena *a, const char *words);
/* What to say of an element or a function that XSLT and XPath have from version 2.0 on; NULL when it is none. */
const char *rule_later(struct str name);
/* What to say behind an unknown name, as argument of a message: the nearest one, or those there are. around: the xsl
 * element it stands in, or NULL. */
const char *rule_near_element(struct arena *a, struct str name, const struct rule *around);
const char *rule_near_attr(struct arena *a, const struct rule *rule, struct str name);
/* Whether a word stands in a list with this mark between. */
bool rule_word_in(struct str word, struct str words, char between);

/* The nearest of the names tried. */
struct near_name {
	struct str wanted, best;
	int distance;
};
void near_open(struct near_name *n, struct str wanted);
void near_try(struct near_name *n, struct str name);
/* ", did you mean …?" as argument of a message, or "". */
const char *near_words(const struct near_name *n, struct arena *a, const char *before, const char *behind);

/* ---- scope.c: what a stylesheet and its imports declare ---- */

enum scope_kind { SCOPE_TEMPLATE, SCOPE_MODE, SCOPE_GLOBAL, SCOPE_KEY, SCOPE_SET, SCOPE_FORMAT, SCOPE_KINDS };

/* Names are kept expanded: "name", or "{uri}name" for one with a prefix. */
struct scope {
	struct arena *arena;
	const struct xml_sheet *sheet;
	struct map names[SCOPE_KINDS]; /* name -> struct xml_node, the first that declares it */
	struct map params;             /* "mode name" or "template name" -> struct map of the parameters taken there */
	bool builds;                   /* node-set() is called: expressions may select what templates made */
	bool whole;                    /* every import is there: a name that is not declared is nowhere */
};

/* Collect; names declared twice are reported. False after messages. */
bool scope_open(struct scope *s, struct diag_list *d, const struct xml_sheet *sheet, bool whole);
/* A name as written at n; NULL when its prefix is undeclared there. */
const char *scope_expand(const struct scope *s, xmlNodePtr n, struct str prefix, struct str name);
const char *scope_expand_qname(const struct scope *s, xmlNodePtr n, struct str qname);
/* Parameters of the templates that a call-template or apply-templates may reach; NULL when there are none. */
const struct map *scope_params(const struct scope *s, xmlNodePtr call);
/* The declaration of a variable that is in scope at n, or NULL. */
const struct xml_node *scope_variable(const struct scope *s, xmlNodePtr n, const char *name);
/* For one that is not: try all that are; gives one of this name that stands in the template, but out of scope. */
const struct xml_node *scope_near_variable(const struct scope *s, xmlNodePtr n, const char *name, struct near_name *near);

/* "; there are: $a $b", as argument of a message; "" when none is in scope. */
const char *scope_variables(const struct scope *s, xmlNodePtr n);

/* ---- uses.c: names at the places that use them ---- */

struct uses {
	struct diag_list *d;
	const struct scope *scope;
	struct xml_vocabulary *vocabulary; /* NULL: any name will do */
	bool own;                      /* the file is the layout's own, not shared with other kinds */
	bool ok;
	struct map used[SCOPE_KINDS];  /* expanded names of what is asked for, in all files */
};

/* Byte `from` of the attribute's value begins this expression, which compiles. */
void uses_expression(struct uses *u, xmlNodePtr n, const struct xml_attr *attr, size_t from, struct str expression);
/* An attribute of an xsl element, or an xsl attribute of a literal one, that is a name or a list of names. */
void uses_attr(struct uses *u, xmlNodePtr n, const struct xml_attr *attr);

/* Warnings for variables, templates and modes of a file that nothing asks for, though for one of nearly the same name: a
 * misspelt override, or one of several templates of a mode. For when all files have been looked through. */
void uses_misspelt(struct uses *u, xmlNodePtr root);

/* ---- the check itself: check.c, expression.c ---- */

struct check {
	struct diag_list *d;
	xmlXPathContextPtr xpath;
	struct uses uses;
	xmlNodePtr node;
	const struct xml_attr *attr; /* whose expression is being compiled */
	size_t at, to;               /* where it starts and ends in the attribute's value */
	const char *result_ns;       /* of the result vocabulary, or NULL */
	bool ok, reported;
};

const char *check_text(const struct check *c, struct str s);
/* LAYOUT_XSLT; words: DIAG_TWO. */
struct diag *check_fault(struct check *c, struct loc loc, const char *words);
/* Handler of c->xpath. */
void expression_fault(void *user, xmlErrorPtr e);
/* Bytes from … to of the attribute's value; a whole pattern; "text{expression}text". */
void check_expression(struct check *c, const struct xml_attr *attr, size_t from, size_t to);
void check_pattern(struct check *c, const struct xml_attr *attr);
void check_value_template(struct check *c, const struct xml_attr *attr);

#endif
