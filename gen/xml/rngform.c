/* rngform: the form of a grammar file, looked at before libxml2 is: what it does not check it recurses or loops over without end.
 * Takes: a parsed grammar file. Gives: a message for the first element that stands where RELAX NG (section 3) has none, or for a limit;
 * the file's bytes without what libxml2 would lose the memory of.
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

/* ---- what libxml2 would lose ---- */

/* Nothing but `empty` in it. */
static bool says_nothing(const struct xml_node *n)
{
	if (xml_is(n, "empty"))
		return true;
	if (!xml_is(n, "group") && !xml_is(n, "interleave"))
		return false;
	for (const struct xml_node *c = n->first; c; c = c->next)
		if (is_rng_element(c) && !says_nothing(c))
			return false;
	return true;
}

/* Nothing matches it, as libxml2 sees before it compiles. */
static bool forbids(const struct xml_node *n)
{
	if (xml_is(n, "notAllowed"))
		return true;
	if (!one_of(n->name, " group interleave oneOrMore zeroOrMore list "))
		return false;
	for (const struct xml_node *c = n->first; c; c = c->next)
		if (is_rng_element(c) && forbids(c))
			return true;
	return false;
}

/* Over one tag, comment, instruction or CDATA section that begins at `at` of well-formed XML. */
static size_t markup_over(struct str b, size_t at)
{
	struct str rest = str_sub(b, at, b.n);
	const char *end = str_starts(rest, STR("<!--")) ? "-->" : str_starts(rest, STR("<?")) ? "?>" : str_starts(rest, STR("<![CDATA[")) ? "]]>" : NULL;

	if (end)
		return at + str_find(rest, str_of(end)) + strlen(end);
	for (char quote = 0; quote || b.p[at] != '>'; at++)
		if (b.p[at] == '"' || b.p[at] == '\'')
			quote = !quote ? b.p[at] : quote == b.p[at] ? 0 : quote;
	return at + 1;
}

/* "interleave" in the tag at `at` becomes "group", and blanks behind it: every other byte stays where it is. */
static void make_group(char *bytes, size_t at)
{
	size_t n = 1 + (bytes[at + 1] == '/'), end = at + n + strcspn(bytes + at + n, " \t\r\n/>");

	for (size_t i = at; i < end; i++)
		if (bytes[i] == ':')
			n = i + 1 - at;
	if (at + n + 10 == end)
		memcpy(bytes + at + n, "group     ", 10);
}

/* Where the element ends that begins at `at`: the offset of its end tag, or its own when it has none. */
static size_t end_tag(struct str b, size_t at)
{
	size_t depth = 0, last;

	do {
		while (b.p[at] != '<')
			at++;
		last = at;
		at = markup_over(b, at);
		if (b.p[last + 1] == '/')
			depth--;
		else if (b.p[last + 1] != '!' && b.p[last + 1] != '?' && b.p[at - 2] != '/')
			depth++;
	} while (depth);
	return last;
}

struct str rng_without_loss(struct arena *a, const struct xml_node *root, struct str bytes)
{
	char *copy = NULL;

	for (const struct xml_node *n = root; n; n = xml_walk(root, n)) {
		if (!is_rng_element(n) || !xml_is(n, "interleave") || (!says_nothing(n) && !forbids(n)))
			continue;
		copy = copy ? copy : arena_copy(a, bytes.p, bytes.n);
		make_group(copy, n->loc.off);
		make_group(copy, end_tag(bytes, n->loc.off));
	}
	return copy ? (struct str){copy, bytes.n} : bytes;
}
