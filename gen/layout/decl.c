/* decl: declarations collected along the chain of <use>, later ones over earlier ones. See decl.h. */
#include "layout/decl.h"

static struct str key_of(struct arena *a, enum element_id element, struct str name)
{
	return str_of(arena_printf(a, "%d %.*s", (int)element, STR_ARG(name)));
}

struct decl *decl_find(const struct layout *l, enum element_id element, struct str name)
{
	return map_get(&l->by_name, key_of(l->arena, element, name));
}

const struct decl_value *decl_get(const struct decl *c, const char *attr)
{
	for (const struct decl_value *v = c ? c->values : NULL; v; v = v->next)
		if (!strcmp(v->def->name, attr))
			return v;
	return NULL;
}

bool decl_bool(const struct decl *c, const char *attr, bool otherwise)
{
	const struct decl_value *v = decl_get(c, attr);

	return v ? str_is(v->value, "yes") : otherwise;
}

int decl_int(const struct decl *c, const char *attr, int otherwise)
{
	const struct decl_value *v = decl_get(c, attr);
	int i;

	return v && int_parse(v->value, &i) ? i : otherwise;
}

int decl_enum(const struct decl *c, const char *attr, int otherwise)
{
	const struct decl_value *v = decl_get(c, attr);
	int i = 0;

	if (!v)
		return otherwise;
	for (const char *p = v->def->values; *p; i++) {
		const char *end = strchrnul(p, ' ');
		if (str_eq(v->value, (struct str){p, (size_t)(end - p)}))
			return i;
		p = *end ? end + 1 : end;
	}
	return otherwise;
}

emu decl_emu(const struct decl *c, const char *attr, emu otherwise, emu em, emu line)
{
	const struct decl_value *v = decl_get(c, attr);
	struct length l;

	return v && unit_parse(v->value, &l) ? unit_resolve(l, em, line) : otherwise;
}

/* ---- reading ---- */

struct reading {
	struct layout *l;
	struct diag_list *d;
	struct decl *page;
};

static void set_value(struct layout *l, struct decl *c, const struct attr_def *def, const struct xml_attr *at)
{
	struct decl_value *v;

	for (v = c->values; v; v = v->next)
		if (v->def == def)
			break;
	if (!v) {
		v = ARENA_NEW(l->arena, struct decl_value);
		v->next = c->values;
		c->values = v;
	}
	*v = (struct decl_value){v->next, def, at->value, at->value_loc};
}

/* Take over what the element states. Twice in one file is a mistake; in two files it is an override. */
static void set_values(const struct reading *r, struct decl *c, const struct xml_node *n)
{
	if (c->loc.source == n->loc.source)
		diag_add(r->d, DIAG_LAYOUT_TWICE, n->loc, element_defs[c->element].name, cs(r->l->arena, c->name), NULL)->other =
			c->loc;
	c->loc = n->loc;
	c->stated++;
	for (const struct xml_attr *at = n->attrs; at; at = at->next) {
		const struct attr_def *def = at->ns.n ? NULL : attr_find(c->element, at->name);
		if (def)
			set_value(r->l, c, def, at);
	}
}

static struct decl *add_decl(struct layout *l, struct decl **at, enum element_id element, struct str name)
{
	struct decl *c = ARENA_NEW(l->arena, struct decl);

	c->element = element;
	c->name = name;
	*at = c;
	return c;
}

static void check_nothing_in(void *user, const struct xml_node *n, enum element_id id)
{
	const struct reading *r = user;

	element_children(r->d, r->l->arena, n, id, NULL, NULL);
}

static void read_frame(void *user, const struct xml_node *n, enum element_id id)
{
	const struct reading *r = user;
	struct str name = xml_value(n, "name");
	struct decl **at = &r->page->frames;

	if (id != EL_FRAME)
		return;
	while (*at && !str_eq((*at)->name, name))
		at = &(*at)->next;
	struct decl *frame = *at ? *at : add_decl(r->l, at, EL_FRAME, name);
	set_values(r, frame, n);
	if (n->first)
		frame->content = n;
	element_children(r->d, r->l->arena, n, EL_FRAME, check_nothing_in, user);
}

void decl_element(struct layout *l, struct diag_list *d, const struct xml_node *n, enum element_id id)
{
	struct str name = xml_value(n, id == EL_OMIT ? "match" : "name");
	struct decl *c = decl_find(l, id, name);

	if (!c) {
		c = add_decl(l, l->tail, id, name);
		l->tail = &c->next;
		map_set(&l->by_name, key_of(l->arena, id, name), c);
	}
	struct reading r = {l, d, c};
	set_values(&r, c, n);
	if (id == EL_PHRASES)
		c->content = n;
	element_children(d, l->arena, n, id, read_frame, &r);
}
