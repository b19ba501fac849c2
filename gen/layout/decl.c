/* decl: declarations collected along the chain of <use>, later ones over earlier ones. See decl.h. */
#include "layout/decl.h"

struct decl *decl_find(const struct layout *l, enum element_id element, struct str name)
{
	for (struct decl *c = l->decls; c; c = c->next)
		if (c->element == element && str_eq(c->name, name))
			return c;
	return NULL;
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

static void set_values(struct layout *l, struct decl *c, const struct xml_node *n)
{
	c->loc = n->loc;
	for (const struct xml_attr *at = n->attrs; at; at = at->next) {
		const struct attr_def *def = attr_find(c->element, at->name);
		if (def)
			set_value(l, c, def, at);
	}
}

static struct decl *add_frame(struct layout *l, struct decl *page, struct str name)
{
	struct decl **end = &page->frames;

	for (; *end; end = &(*end)->next)
		if (str_eq((*end)->name, name))
			return *end;
	*end = ARENA_NEW(l->arena, struct decl);
	(*end)->element = EL_FRAME;
	(*end)->name = name;
	return *end;
}

static void read_frames(struct layout *l, struct diag_list *d, struct decl *page, const struct xml_node *n)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->kind != XML_ELEMENT || element_check(d, l->arena, c, EL_PAGE, VOCABULARY_D) != EL_FRAME)
			continue;
		struct decl *frame = add_frame(l, page, xml_value(c, "name"));
		set_values(l, frame, c);
		if (c->first)
			frame->content = c;
	}
}

void decl_element(struct layout *l, struct diag_list *d, const struct xml_node *n, enum element_id id)
{
	struct str name = id == EL_OMIT ? xml_value(n, "match") : xml_value(n, "name");
	struct decl *c = decl_find(l, id, name);

	if (!c) {
		c = ARENA_NEW(l->arena, struct decl);
		c->element = id;
		c->name = name;
		*l->tail = c;
		l->tail = &c->next;
	}
	set_values(l, c, n);
	if (id == EL_PAGE)
		read_frames(l, d, c, n);
}
