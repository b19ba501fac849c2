/* elements: lookups in the table of the layout language, checks of one element against it. See elements.h. */
#include "layout/elements.h"

#include "layout/value.h"

const struct element_def element_defs[EL_COUNT] = {
#define ELEMENT(id, name, vocabulary, parents, text, zh, en) [EL_##id] = {name, VOCABULARY_##vocabulary, parents, text, zh, en},
#define ATTR(id, name, type, values, zh, en)
#include "layout/elements.def"
#undef ELEMENT
#undef ATTR
};

const struct attr_def attr_defs[] = {
#define ELEMENT(id, name, vocabulary, parents, text, zh, en)
#define ATTR(id, name, type, values, zh, en) {EL_##id, name, AT_##type, values, zh, en},
#include "layout/elements.def"
#undef ELEMENT
#undef ATTR
};

const int n_attr_defs = sizeof attr_defs / sizeof *attr_defs;

const char *cs(struct arena *a, struct str s)
{
	return arena_copy(a, s.p, s.n);
}

const char *excerpt(struct arena *a, struct str s)
{
	size_t at = 0;
	int n = 0;

	s = str_trim(s);
	while (at < s.n && n++ < 24)
		utf8_next(s, &at);
	return arena_printf(a, "%.*s%s", (int)at, s.p, at < s.n ? "…" : "");
}

int element_find(struct str name, enum vocabulary v)
{
	for (int i = 0; i < EL_COUNT; i++)
		if (element_defs[i].vocabulary == v && str_is(name, element_defs[i].name))
			return i;
	return -1;
}

/* Attributes stand behind their elements, in the elements' order. */
static int first_attr(enum element_id element)
{
	int low = 0, high = n_attr_defs;

	while (low < high) {
		int middle = (low + high) / 2;
		if (attr_defs[middle].element < element)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct attr_def *attr_find(enum element_id element, struct str name)
{
	for (int i = first_attr(element); i < n_attr_defs && attr_defs[i].element == element; i++)
		if (str_is(name, attr_defs[i].name))
			return &attr_defs[i];
	return NULL;
}

bool word_in(struct str word, const char *words)
{
	for (const char *p = words; *p;) {
		const char *end = strchrnul(p, ' ');
		if (str_eq(word, (struct str){p, (size_t)(end - p)}))
			return true;
		p = *end ? end + 1 : end;
	}
	return false;
}

bool element_may_stand(enum element_id child, enum element_id parent)
{
	return word_in(str_of(element_defs[parent].name), element_defs[child].parents);
}

/* ---- nearest names ---- */

void nearest_open(struct nearest *n, struct str wanted)
{
	size_t count = utf8_count(wanted);

	*n = (struct nearest){.wanted = wanted, .distance = (count > 5 ? 3 : count > 2 ? 2 : 1) + 1};
}

void nearest_try(struct nearest *n, struct str word)
{
	int distance = str_distance(n->wanted, word, n->distance);

	if (distance < n->distance && (size_t)distance < utf8_count(word)) {
		n->distance = distance;
		n->best = word;
	}
}

const char *nearest_text(const struct nearest *n, struct arena *a)
{
	return n->best.n ? arena_printf(a, DIAG_TWO("，是否应为 %.*s？", ", did you mean %.*s?"), STR_ARG(n->best),
					STR_ARG(n->best))
			 : "";
}

/* ---- places ---- */

struct loc element_loc(const struct xml_node *n)
{
	return n->layout.source ? n->layout : n->loc;
}

struct loc element_other(const struct xml_node *n)
{
	return n->layout.source ? n->loc : (struct loc){0};
}

/* ---- one element ---- */

void element_check_value(struct diag_list *d, struct arena *a, const struct attr_def *def, const struct xml_node *n,
			 const struct xml_attr *at)
{
	const char *expected = value_problem(a, def, at->value);

	if (!expected)
		return;
	/* A result's value has no place of its own. */
	bool made = n->layout.source;
	struct diag *m = diag_add(d, DIAG_LAYOUT_VALUE, made ? at->loc : at->value_loc, def->name, cs(a, at->value), expected,
				  NULL);
	m->length = (uint32_t)(made ? at->name.n : at->value.n);
	m->other = element_other(n);
}

/* The nearest attribute that is not there yet, or all there are. */
static const char *near_attr(struct arena *a, enum element_id id, const struct xml_node *n, struct str name)
{
	struct nearest near;
	const char *all = "";

	nearest_open(&near, name);
	for (int i = 0; i < n_attr_defs; i++) {
		if (attr_defs[i].element != id)
			continue;
		all = arena_printf(a, "%s %s", all, attr_defs[i].name);
		if (!xml_attr(n, attr_defs[i].name))
			nearest_try(&near, str_of(attr_defs[i].name));
	}
	if (near.best.n)
		return nearest_text(&near, a);
	return *all ? arena_printf(a, DIAG_TWO("；可用：%s", "; it has:%s"), all + 1, all) : DIAG_TWO("；它没有属性", "; it has none");
}

void element_say_attr(struct diag_list *d, struct arena *a, enum element_id id, const struct xml_node *n, struct str name,
		      struct loc loc)
{
	struct diag *m = diag_add(d, DIAG_LAYOUT_ATTRIBUTE, loc, element_defs[id].name, cs(a, name), near_attr(a, id, n, name),
				  NULL);

	m->length = (uint32_t)name.n;
	m->other = element_other(n);
}

/* With its prefix, if the name is written where the attribute is said to stand. */
struct str element_attr_name(const struct diag_list *d, const struct xml_attr *at)
{
	const struct source *s = at->ns.n ? source_get(d->sources, at->loc.source) : NULL;
	size_t to = s ? at->loc.off : 0;

	while (s && to < s->bytes.n && !strchr(" \t\r\n=\"'<>", s->bytes.p[to]))
		to++;
	struct str written = s ? str_sub(s->bytes, at->loc.off, to) : at->name;
	return str_ends(written, at->name) ? written : at->name;
}

static void check_attr(struct diag_list *d, struct arena *a, enum element_id id, const struct xml_node *n,
		       const struct xml_attr *at)
{
	const struct attr_def *def = at->ns.n ? NULL : attr_find(id, at->name);

	if (def)
		element_check_value(d, a, def, n, at);
	else
		element_say_attr(d, a, id, n, element_attr_name(d, at), at->loc);
}

void element_check_required(struct diag_list *d, struct arena *a, enum element_id id, const struct xml_node *n)
{
	for (int i = first_attr(id); i < n_attr_defs && attr_defs[i].element == id; i++) {
		const struct attr_def *def = &attr_defs[i];
		if (!((def->type & AT_REQUIRED) && !xml_attr(n, def->name)))
			continue;
		struct diag *m = diag_add(d, DIAG_LAYOUT_REQUIRED, element_loc(n), element_defs[id].name,
					  arena_printf(a, DIAG_TWO("%s=\"…\"：%s", "%s=\"…\": %s"), def->name, def->zh, def->name,
						       def->en),
					  NULL);
		m->length = (uint32_t)n->name.n + 1;
		m->other = element_other(n);
	}
}

static const char *ns_of(enum vocabulary v)
{
	return v == VOCABULARY_F ? FONTS_NS : LAYOUT_NS;
}

/* Names with < > round them, "" when there are none. */
static const char *elements_within(struct arena *a, int parent, enum vocabulary v)
{
	const char *all = "";

	for (int i = 0; i < EL_COUNT; i++)
		if (element_defs[i].vocabulary == v &&
		    (parent >= 0 ? element_may_stand((enum element_id)i, (enum element_id)parent) : !*element_defs[i].parents))
			all = arena_printf(a, "%s <%s>", all, element_defs[i].name);
	return all;
}

/* What to say of an unknown element: its namespace, the nearest name, or what may stand here. */
static const char *suggestion(struct arena *a, const struct xml_node *n, int parent, enum vocabulary v)
{
	struct nearest near;

	if (!str_is(n->ns, ns_of(v)))
		return arena_printf(a, DIAG_TWO("，应有 xmlns=\"%s\"", ", it needs xmlns=\"%s\""), ns_of(v), ns_of(v));
	nearest_open(&near, n->name);
	for (int i = 0; i < EL_COUNT; i++)
		if (element_defs[i].vocabulary == v)
			nearest_try(&near, str_of(element_defs[i].name));
	if (near.best.n)
		return arena_printf(a, DIAG_TWO("，是否应为 <%.*s>？", ", did you mean <%.*s>?"), STR_ARG(near.best), STR_ARG(near.best));
	if (parent == ANY_PARENT)
		return arena_printf(a, DIAG_TWO("；块有%s，行内有%s", "; blocks are%s, inside of lines%s"), elements_within(a, EL_SECTION, v),
				    elements_within(a, EL_P, v), elements_within(a, EL_SECTION, v), elements_within(a, EL_P, v));
	const char *all = elements_within(a, parent, v);
	return *all ? arena_printf(a, DIAG_TWO("；这里可用：%s", "; allowed here:%s"), all + 1, all) : "";
}

void element_say_unknown(struct diag_list *d, struct arena *a, const struct xml_node *n, int parent, enum vocabulary v)
{
	bool foreign = v == VOCABULARY_R && !str_is(n->ns, LAYOUT_NS) && n->layout.source;
	/* One instruction that copies has one cause, whatever it copies. */
	const char *cause = arena_printf(a, "%u %u", (unsigned)n->layout.source, (unsigned)n->layout.off);
	struct diag *m = foreign ? diag_once_per(d, cause, DIAG_LAYOUT_FOREIGN, element_loc(n), cs(a, n->name), NULL)
				 : diag_add(d, DIAG_LAYOUT_ELEMENT, element_loc(n), cs(a, n->name),
					    suggestion(a, n, parent, v), NULL);

	m->length = (uint32_t)n->name.n + 1;
	m->other = element_other(n);
}

/* "; it stands in <table> <header>" */
static const char *parents_of(struct arena *a, enum element_id id)
{
	const char *all = "";

	for (const char *p = element_defs[id].parents; *p;) {
		int n = (int)strcspn(p, " ");

		all = arena_printf(a, "%s <%.*s>", all, n, p);
		p += n + (p[n] == ' ');
	}
	return *all ? arena_printf(a, DIAG_TWO("，应在%s 之内", "; it stands in%s"), all, all)
		    : DIAG_TWO("，应为最外层", "; it is the outermost");
}

void element_say_place(struct diag_list *d, struct arena *a, const struct xml_node *n, enum element_id id, int parent)
{
	struct diag *m = diag_add(d, DIAG_LAYOUT_PLACE, element_loc(n), element_defs[id].name,
				  parent >= 0 ? element_defs[parent].name : "/", parents_of(a, id), NULL);

	m->length = (uint32_t)n->name.n + 1;
	m->other = element_other(n);
}

int element_check(struct diag_list *d, struct arena *a, const struct xml_node *n, int parent, enum vocabulary v)
{
	int id = str_is(n->ns, ns_of(v)) ? element_find(n->name, v) : -1;

	if (id < 0) {
		element_say_unknown(d, a, n, parent, v);
		return -1;
	}
	if (parent >= 0 ? !element_may_stand((enum element_id)id, (enum element_id)parent) : *element_defs[id].parents != 0) {
		element_say_place(d, a, n, (enum element_id)id, parent);
		return -1;
	}
	for (const struct xml_attr *at = n->attrs; at; at = at->next)
		check_attr(d, a, (enum element_id)id, n, at);
	element_check_required(d, a, (enum element_id)id, n);
	return id;
}

size_t text_lead(struct str text)
{
	size_t lead = 0;

	while (lead < text.n && strchr(" \t\r\n", text.p[lead]))
		lead++;
	return lead < text.n ? lead : 0;
}

struct loc text_loc(const struct diag_list *d, const struct xml_node *text)
{
	const struct xml_node *source = text->from ? text->from : text->layout.source ? NULL : text;

	return source ? xml_text_loc(d->sources, source, text_lead(source->text)) : element_loc(text);
}

void element_bare_text(struct diag_list *d, struct arena *a, const struct xml_node *text)
{
	if (!str_trim(text->text).n)
		return;
	/* What one instruction lets through has one cause. */
	struct loc from = text->from ? text->layout : element_loc(text);
	const char *cause = arena_printf(a, "%u %u", (unsigned)from.source, (unsigned)from.off), *in = "";
	if (text->parent)
		in = arena_printf(a, DIAG_TWO("，直接在 <%.*s> 里", ", directly in <%.*s>"), STR_ARG(text->parent->name),
				  STR_ARG(text->parent->name));
	const struct xml_node *of = text->from ? text->from->parent : NULL;
	const char *hint = of && of->name.n ? arena_printf(a, DIAG_TWO("；<%.*s> 可能没有模板", "; perhaps <%.*s> has no template"), STR_ARG(of->name),
							   STR_ARG(of->name)) : "";
	diag_once_per(d, cause, DIAG_LAYOUT_BARE_TEXT, text_loc(d, text), excerpt(a, text->text), in, hint, NULL)->other =
		text->from ? text->layout : element_other(text);
}

void element_children(struct diag_list *d, struct arena *a, const struct xml_node *n, enum element_id id,
		      void (*take)(void *user, const struct xml_node *child, enum element_id child_id), void *user)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->kind == XML_TEXT) {
			if (!element_defs[id].text)
				element_bare_text(d, a, c);
			continue;
		}
		int child = element_check(d, a, c, (int)id, element_defs[id].vocabulary);
		if (child >= 0 && take)
			take(user, c, (enum element_id)child);
	}
}
