/* unused: declarations of a layout that nothing uses. See layout.h.
 * Takes: a layout whose templates were checked. Gives: a warning for each of its own declarations that neither its
 * templates nor used declarations name; a misspelt override of an inherited one is found this way. */
#include "base/file.h"
#include "layout/literal.h"

struct use {
	struct diag_list *d;
	const struct layout *l;
	struct map used; /* declarations reached: element and name -> itself */
	bool misspelt;   /* only those for which a used name stands near */
};

static struct str key_of(const struct use *u, const struct decl *c)
{
	return str_of(arena_printf(u->d->arena, "%d %.*s", (int)c->element, STR_ARG(c->name)));
}

static void reach(struct use *u, const struct decl *c);

static void reach_values(struct use *u, const struct decl *c)
{
	for (const struct decl_value *v = c->values; v; v = v->next) {
		int element = v->def->type == AT_NAME ? element_find(str_of(v->def->values), VOCABULARY_D) : -1;
		if (element >= 0)
			reach(u, decl_find(u->l, (enum element_id)element, v->value));
	}
}

/* c and everything it names. */
static void reach(struct use *u, const struct decl *c)
{
	if (!c || map_get(&u->used, key_of(u, c)))
		return;
	map_set(&u->used, key_of(u, c), (void *)(uintptr_t)1);
	reach_values(u, c);
	for (const struct decl *f = c->frames; f; f = f->next)
		reach_values(u, f);
}

/* The first style, page, face and wrap serve where none is named. */
static void reach_defaults(struct use *u)
{
	static const enum element_id defaults[] = {EL_STYLE, EL_PAGE, EL_FACE, EL_WRAP};

	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		const struct decl *c = u->l->decls;
		while (c && c->element != defaults[i])
			c = c->next;
		reach(u, c);
	}
}

static bool templates_name(const struct use *u, const struct decl *c)
{
	struct str key = key_of(u, c);

	for (size_t i = 0; i < u->l->used.n; i++)
		if (literal_matches(u->l->used.entries[i].key, key))
			return true;
	return false;
}

static void say(struct use *u, const struct decl *c, const char *words)
{
	const struct decl_value *name = decl_get(c, "name");

	if (u->misspelt && !*words)
		return;
	diag_add(u->d, DIAG_LAYOUT_UNUSED, name ? name->loc : c->loc, element_defs[c->element].name, cs(u->d->arena, c->name), words, NULL)
		->length = (uint32_t)c->name.n;
}

/* Perhaps a used one was meant. */
static const char *meant(struct use *u, const struct decl *unused)
{
	struct nearest near;

	nearest_open(&near, unused->name);
	for (const struct decl *c = u->l->decls; c; c = c->next)
		if (c->element == unused->element && map_get(&u->used, key_of(u, c)))
			nearest_try(&near, c->name);
	return nearest_text(&near, u->d->arena);
}

/* A frame that removes one must find it. */
static void check_frames(struct use *u, const struct decl *page)
{
	for (const struct decl *f = page->frames; f; f = f->next) {
		const struct decl_value *side = decl_get(f, "side");
		bool alone = f->stated == 1 && f->loc.source == u->l->loc.source;
		struct nearest near;

		if (!alone || !side || !str_is(side->value, "none"))
			continue;
		nearest_open(&near, f->name);
		for (const struct decl *other = page->frames; other; other = other->next)
			if (other != f)
				nearest_try(&near, other->name);
		say(u, f, nearest_text(&near, u->d->arena));
	}
}

/* Stated last by a file of the layout's own folder. */
static bool is_own(const struct use *u, const struct decl *c)
{
	struct arena *a = u->d->arena;
	const struct source_table *t = u->d->sources;

	return c->loc.source == u->l->loc.source || strcmp(file_dir(a, cs(a, source_get(t, c->loc.source)->name)),
							   file_dir(a, cs(a, source_get(t, u->l->loc.source)->name))) == 0;
}

void layout_unused(struct diag_list *d, const struct layout *l, bool misspelt)
{
	struct use u = {.d = d, .l = l, .misspelt = misspelt};

	if (!l->sheet) /* declarations for other layouts to use */
		return;
	map_open(&u.used, d->arena);
	reach_defaults(&u);
	for (const struct decl *c = l->decls; c; c = c->next)
		if (templates_name(&u, c))
			reach(&u, c);
	for (const struct decl *c = l->decls; c; c = c->next) {
		bool own = is_own(&u, c);
		if (own && c->element != EL_OMIT && c->element != EL_PHRASES && c->element != EL_PART && !map_get(&u.used, key_of(&u, c)))
			say(&u, c, meant(&u, c));
		if (c->element == EL_PAGE)
			check_frames(&u, c);
	}
}
