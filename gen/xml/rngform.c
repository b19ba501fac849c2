/* rngform: the form of a grammar file, looked at before libxml2 is: what it does not check it recurses or loops over without end.
 * Takes: a parsed grammar file. Gives: a message for the first element that stands where RELAX NG (section 3) has none, or for a limit.
 * Found by fuzzing: a choice of names in a choice of names, names and exceptions outside of their places, long chains of ref. */
#include "xml/rng.h"
#include "xml/wall.h"

#define RNG_NS "http://relaxng.org/ns/structure/1.0"

enum { PARTS_MAX = 12000, SIBLINGS_MAX = 500 };

static const char patterns[] = " element attribute group interleave choice optional zeroOrMore oneOrMore list mixed ref parentRef empty "
			       "value data text notAllowed externalRef grammar ";
static const char names[] = " name anyName nsName choice ";
static const char parts[] = " start define div include ";

static bool one_of(struct str name, const char *words)
{
	char word[24];

	if (name.n + 3 > sizeof word)
		return false;
	snprintf(word, sizeof word, " %.*s ", STR_ARG(name));
	return strstr(words, word) != NULL;
}

static bool is_rng_element(const struct xml_node *n)
{
	return n->kind == XML_ELEMENT && str_is(n->ns, RNG_NS);
}

/* A choice is one of names inside of a declaration without @name, as its first child, and inside of an except of names. */
static bool in_names(const struct xml_node *n)
{
	const struct xml_node *up = n->parent, *first = up ? up->first : NULL;

	while (first && !is_rng_element(first))
		first = first->next;
	if (!up || !is_rng_element(up))
		return false;
	if (xml_is(up, "except"))
		return up->parent && (xml_is(up->parent, "anyName") || xml_is(up->parent, "nsName"));
	return (xml_is(up, "element") || xml_is(up, "attribute")) && !xml_attr(up, "name") && first == n;
}

static bool fits(const struct xml_node *n)
{
	const struct xml_node *up = n->parent;

	if (!up)
		return one_of(n->name, patterns);
	if (!is_rng_element(up) || xml_is(up, "name") || xml_is(up, "value") || xml_is(up, "param") || xml_is(up, "text") || xml_is(up, "empty") ||
	    xml_is(up, "notAllowed") || xml_is(up, "ref") || xml_is(up, "parentRef") || xml_is(up, "externalRef"))
		return false;
	if (xml_is(up, "grammar") || xml_is(up, "div") || xml_is(up, "include"))
		return one_of(n->name, parts) && !(xml_is(up, "include") && xml_is(n, "include"));
	if (xml_is(up, "data"))
		return xml_is(n, "param") || xml_is(n, "except");
	if (xml_is(up, "anyName") || xml_is(up, "nsName"))
		return xml_is(n, "except");
	if (xml_is(up, "except") && up->parent && xml_is(up->parent, "data"))
		return one_of(n->name, " value data choice ");
	if (xml_is(up, "except") || in_names(n))
		return one_of(n->name, names);
	if (xml_is(up, "choice") && in_names(up))
		return one_of(n->name, " name anyName nsName ");
	return one_of(n->name, patterns);
}

static bool too_large(struct diag_list *d, const struct xml_node *n, size_t max)
{
	wall_limit(d, n->loc, DIAG_TWO("文种规定里的 %zu 个元素", "%zu elements of a schema"), max);
	return false;
}

bool rng_form(struct diag_list *d, const struct xml_node *root, size_t *total)
{
	for (const struct xml_node *n = root; n; n = xml_walk(root, n)) {
		size_t siblings = 0;
		if (n->kind != XML_ELEMENT || (n->ns.n && !is_rng_element(n)))
			continue;
		if (!is_rng_element(n) || !fits(n)) {
			diag_add(d, DIAG_LAYOUT_PLACE, n->loc, arena_copy(d->arena, n->name.p, n->name.n),
				 n->parent ? arena_copy(d->arena, n->parent->name.p, n->parent->name.n) : "", "", NULL);
			return false;
		}
		for (const struct xml_node *c = n->first; c; c = c->next)
			siblings += is_rng_element(c);
		if (++*total > PARTS_MAX)
			return too_large(d, n, PARTS_MAX);
		if (siblings > SIBLINGS_MAX && n != root)
			return too_large(d, n, SIBLINGS_MAX);
	}
	return true;
}
