/* elements: lookups in the table of the layout language, checks of one element against it. See elements.h. */
#include "layout/elements.h"

const struct element_def element_defs[EL_COUNT] = {
#define ELEMENT(id, name, vocabulary, parents, zh, en) [EL_##id] = {name, VOCABULARY_##vocabulary, parents, zh, en},
#define ATTR(id, name, type, values, zh, en)
#include "layout/elements.def"
#undef ELEMENT
#undef ATTR
};

const struct attr_def attr_defs[] = {
#define ELEMENT(id, name, vocabulary, parents, zh, en)
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

int element_find(struct str name, enum vocabulary v)
{
	for (int i = 0; i < EL_COUNT; i++)
		if ((element_defs[i].vocabulary & v) && str_is(name, element_defs[i].name))
			return i;
	return -1;
}

const struct attr_def *attr_find(enum element_id element, struct str name)
{
	for (int i = 0; i < n_attr_defs; i++)
		if (attr_defs[i].element == element && str_is(name, attr_defs[i].name))
			return &attr_defs[i];
	return NULL;
}

/* Call fn for each word of a blank-separated list until it returns true. */
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
	*n = (struct nearest){.wanted = wanted, .distance = wanted.n > 5 ? 3 : 2};
}

void nearest_try(struct nearest *n, struct str word)
{
	int distance = str_distance(n->wanted, word, n->distance);

	if (distance < n->distance || (distance == n->distance && !n->best.n)) {
		n->distance = distance;
		n->best = word;
	}
}

const char *nearest_text(const struct nearest *n, struct arena *a)
{
	return n->best.n ? arena_printf(a, " (→ %.*s ?)", STR_ARG(n->best)) : "";
}

/* ---- values ---- */

bool int_parse(struct str s, int *out)
{
	long v = 0;

	if (!s.n || s.n > 6)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*out = (int)v;
	return true;
}

bool colour_parse(struct str s, uint32_t *rgb)
{
	uint32_t v = 0;

	if (s.n != 7 || s.p[0] != '#')
		return false;
	for (size_t i = 1; i < 7; i++) {
		char c = s.p[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
		if (digit < 0)
			return false;
		v = v << 4 | (uint32_t)digit;
	}
	*rgb = v;
	return true;
}

bool em_parse(struct str s, int64_t *out)
{
	struct length l;

	if (!unit_parse(s, &l) || (l.kind != UNIT_EM && l.value != 0))
		return false;
	*out = l.value;
	return true;
}

/* NULL when the value is good, else what is expected. */
static const char *value_problem(const struct attr_def *def, struct str v)
{
	struct length l;
	int64_t em;
	int i;
	uint32_t rgb;

	switch (def->type) {
	case AT_LENGTH:
		return word_in(v, def->values) || unit_parse(v, &l) ? NULL : "37mm 28pt 2em 2字 1行 三号";
	case AT_EM:
		return em_parse(v, &em) && em >= 0 && em <= 4000000 ? NULL : "0.25em";
	case AT_INT:
		return int_parse(v, &i) ? NULL : "0 1 2 …";
	case AT_BOOL:
		return word_in(v, "yes no") ? NULL : "yes no";
	case AT_ENUM:
		return word_in(v, def->values) ? NULL : def->values;
	case AT_COLOUR:
		return colour_parse(v, &rgb) ? NULL : "#RRGGBB";
	case AT_REQUIRED_NAME:
	case AT_NAME:
	case AT_REQUIRED_TEXT:
		return v.n ? NULL : "…";
	case AT_TEXT:
		return NULL;
	}
	return NULL;
}

/* ---- one element ---- */

static void check_attr(struct diag_list *d, struct arena *a, enum element_id id, const struct xml_attr *at)
{
	const struct attr_def *def = at->ns.n ? NULL : attr_find(id, at->name);

	if (def) {
		const char *expected = value_problem(def, at->value);
		if (expected)
			diag_add(d, DIAG_LAYOUT_VALUE, at->value_loc, def->name, cs(a, at->value), expected, NULL)
				->length = (uint32_t)at->value.n;
		return;
	}
	struct nearest near;
	nearest_open(&near, at->name);
	for (int i = 0; i < n_attr_defs; i++)
		if (attr_defs[i].element == id)
			nearest_try(&near, str_of(attr_defs[i].name));
	diag_add(d, DIAG_LAYOUT_ATTRIBUTE, at->loc, element_defs[id].name, cs(a, at->name), nearest_text(&near, a), NULL)
		->length = (uint32_t)at->name.n;
}

static void check_required(struct diag_list *d, enum element_id id, const struct xml_node *n)
{
	for (int i = 0; i < n_attr_defs; i++) {
		const struct attr_def *def = &attr_defs[i];
		bool required = def->type == AT_REQUIRED_NAME || def->type == AT_REQUIRED_TEXT;
		if (def->element == id && required && !xml_attr(n, def->name))
			diag_add(d, DIAG_LAYOUT_REQUIRED, n->loc, element_defs[id].name, def->name, NULL);
	}
}

static void report_unknown(struct diag_list *d, struct arena *a, const struct xml_node *n, enum vocabulary v)
{
	struct nearest near;

	nearest_open(&near, n->name);
	for (int i = 0; i < EL_COUNT; i++)
		if (element_defs[i].vocabulary & v)
			nearest_try(&near, str_of(element_defs[i].name));
	/* In a result the name stands in the templates; in a declaration n->layout is nowhere. */
	struct diag *m = diag_add(d, DIAG_LAYOUT_ELEMENT, n->layout.source ? n->layout : n->loc, cs(a, n->name),
				  nearest_text(&near, a), NULL);
	m->length = (uint32_t)n->name.n + 1;
}

int element_check(struct diag_list *d, struct arena *a, const struct xml_node *n, int parent, enum vocabulary v)
{
	int id = str_is(n->ns, LAYOUT_NS) ? element_find(n->name, v) : -1;

	if (id < 0) {
		if (v == VOCABULARY_R && !str_is(n->ns, LAYOUT_NS))
			diag_add(d, DIAG_LAYOUT_FOREIGN, n->layout.source ? n->layout : n->loc, cs(a, n->name), NULL)
				->other = n->loc;
		else
			report_unknown(d, a, n, v);
		return -1;
	}
	if (parent >= 0 ? !element_may_stand((enum element_id)id, (enum element_id)parent) : *element_defs[id].parents != 0) {
		diag_add(d, DIAG_LAYOUT_PLACE, n->layout.source ? n->layout : n->loc, element_defs[id].name,
			 parent >= 0 ? element_defs[parent].name : "/", NULL);
		return -1;
	}
	for (const struct xml_attr *at = n->attrs; at; at = at->next)
		check_attr(d, a, (enum element_id)id, at);
	check_required(d, (enum element_id)id, n);
	return id;
}
