/* style: resolves a layout's styles for one document; style_resolve does all declarations.
 * Everything relative (em, 行, cell, based-on) becomes EMU here; nothing is inherited afterwards. */
#include "layout/resolve.h"

#define CHAIN_MAX 64

/* ---- the chain of based-on ---- */

static const struct decl *based_on(struct resolving *r, const struct decl *c)
{
	const struct decl_value *base = decl_get(c, "based-on");

	return base ? decl_find(r->out->layout, EL_STYLE, base->value) : NULL;
}

/* "a → b → a", beginning at c; NULL when another style of the cycle is declared before c: the cycle is said once. */
static const char *cycle_text(struct resolving *r, const struct decl *c)
{
	const char *all = cs(r->a, c->name);
	const struct decl *at = c;

	do {
		at = based_on(r, at);
		if (at->loc.source == c->loc.source && at->loc.off < c->loc.off)
			return NULL;
		all = arena_printf(r->a, "%s → %.*s", all, STR_ARG(at->name));
	} while (at != c);
	return all;
}

/* False when it leads nowhere, back or too far. Said once, at the style whose own based-on is wrong. */
static bool check_chain(struct resolving *r, const struct decl *c)
{
	const struct decl_value *own = decl_get(c, "based-on");
	const struct decl *at = c, *slow = c;

	for (int depth = 1; decl_get(at, "based-on"); depth++) {
		at = based_on(r, at);
		if (!at && depth == 1)
			resolving_unknown(r, EL_STYLE, own->value, own->loc);
		if (at == c && cycle_text(r, c))
			diag_add(r->d, DIAG_LAYOUT_CYCLE, own->loc, cycle_text(r, c), NULL)->length = (uint32_t)own->value.n;
		if (depth % 2 == 0)
			slow = based_on(r, slow);
		if (!at || at == c || at == slow) /* slow: it leads into a cycle of others */
			return false;
		if (depth > CHAIN_MAX) {
			diag_add(r->d, DIAG_XML_LIMIT, own->loc, DIAG_TWO("样式最多 64 层", "64 styles based on one another"), NULL);
			return false;
		}
	}
	return true;
}

/* A declaration that holds every value the style has, its own and inherited. */
static const struct decl *flatten(struct resolving *r, const struct decl *c)
{
	struct decl *flat = map_get(&r->out->flat, c->name);
	const struct decl *parent = based_on(r, c);

	if (flat)
		return flat;
	flat = ARENA_NEW(r->a, struct decl);
	*flat = (struct decl){.element = EL_STYLE, .name = c->name, .loc = c->loc};
	const struct decl *inherited = parent ? flatten(r, parent) : NULL;
	for (int i = 0; i < n_attr_defs; i++) {
		if (attr_defs[i].element != EL_STYLE)
			continue;
		const struct decl_value *v = decl_get(c, attr_defs[i].name);
		if (!v)
			v = decl_get(inherited, attr_defs[i].name);
		if (!v)
			continue;
		struct decl_value *copy = ARENA_NEW(r->a, struct decl_value);
		*copy = *v;
		copy->next = flat->values;
		flat->values = copy;
	}
	map_set(&r->out->flat, c->name, flat);
	return flat;
}

/* ---- metrics ---- */

/* Cells and pitches are rounded down: a line of all columns and a page of all lines must fit. */
static emu cell_width(const struct page_master *p)
{
	return p && p->grid_columns > 0 ? (p->width - p->left - p->right) / p->grid_columns : 0;
}

/* The last line's em box ends at the type area's foot. */
static emu cell_pitch(const struct page_master *p)
{
	emu cell = cell_width(p);

	return cell && p->grid_lines > 1 ? (p->height - p->top - p->bottom - cell) / (p->grid_lines - 1) : 0;
}

static const struct page_master *grid_of(struct resolving *r, const struct decl *c)
{
	const struct map *pages = &r->out->pages;
	const struct decl_value *grid = decl_get(c, "grid");

	return grid ? map_get(pages, grid->value) : pages->n ? pages->entries[0].value : NULL;
}

static bool is_kind(const struct decl_value *v, enum unit_kind kind)
{
	struct length l;

	return v && unit_parse(v->value, &l) && l.kind == kind;
}

/* A fault of an inherited value is said at the style that states it, not again at those based on it. */
static void bad_value(struct resolving *r, const struct decl *c, const struct decl *flat, const char *attr, const char *expected)
{
	const struct decl_value *v = decl_get(flat, attr), *own = decl_get(c, attr), *grid = decl_get(c, "grid");
	struct loc loc = own ? own->loc : grid ? grid->loc : c->loc;

	if (own || grid || !v)
		diag_add(r->d, DIAG_LAYOUT_VALUE, loc, attr, v ? cs(r->a, v->value) : "", expected, NULL)->length =
			own ? (uint32_t)own->value.n : 1;
}

/* size and leading: "cell", or a length without 行, which would mean itself. */
static emu em_length(struct resolving *r, const struct decl *c, const struct decl *flat, const char *attr, emu cell,
		     emu otherwise, emu em)
{
	const struct decl_value *v = decl_get(flat, attr);
	bool is_cell = v && str_is(v->value, "cell");

	if (is_cell && cell)
		return cell;
	if (is_cell || is_kind(v, UNIT_LINE)) {
		bad_value(r, c, flat, attr, is_cell ? "<page columns=\"…\" lines=\"…\">" : "28pt 1.75em cell");
		return otherwise;
	}
	return decl_emu(flat, attr, otherwise, em, 0);
}

/* em in a size is the size of the style it is based on, 三号 (custom) without one. An inherited one is not taken twice. */
static emu size_of(struct resolving *r, const struct decl *c, const struct decl *flat)
{
	const struct decl_value *base = decl_get(c, "based-on");
	const struct style *on = base ? map_get(&r->out->styles, base->value) : NULL;
	emu em = on ? on->size : 16 * EMU_PT;

	if (!decl_get(c, "size") && is_kind(decl_get(flat, "size"), UNIT_EM))
		return em;
	return em_length(r, c, flat, "size", cell_width(grid_of(r, flat)), em, em);
}

static emu in_range(struct resolving *r, const struct decl *c, const struct decl *flat, const char *attr, emu v)
{
	if (v >= EMU_PT && v <= 2000 * EMU_PT)
		return v;
	bad_value(r, c, flat, attr, "1pt … 2000pt");
	return 16 * EMU_PT;
}

static void resolve_metrics(struct resolving *r, const struct decl *c, const struct decl *flat, struct style *s)
{
	s->size = in_range(r, c, flat, "size", size_of(r, c, flat));
	emu pitch = em_length(r, c, flat, "leading", cell_pitch(grid_of(r, flat)), unit_muldiv(s->size, 175, 100), s->size);
	s->pitch = in_range(r, c, flat, "leading", pitch);
	s->indent_first = decl_emu(flat, "indent", 0, s->size, s->pitch);
	s->indent_start = decl_emu(flat, "start", 0, s->size, s->pitch);
	s->indent_end = decl_emu(flat, "end", 0, s->size, s->pitch);
	s->space_before = decl_emu(flat, "before", 0, s->size, s->pitch);
	s->space_after = decl_emu(flat, "after", 0, s->size, s->pitch);
	s->trailer_gap = decl_emu(flat, "trailer-gap", 0, s->size, s->pitch);
	s->shift = decl_emu(flat, "shift", 0, s->size, s->pitch);
}

/* ---- styles ---- */

/* What the style names, its own or inherited. An unknown name is said once, where it stands. */
static const void *style_names(struct resolving *r, const struct decl *c, const struct decl *flat, const char *attr,
			       const struct map *m, enum element_id element)
{
	const struct decl_value *v = decl_get(flat, attr);
	const void *found = v ? map_get(m, v->value) : NULL;

	if (v && !found && decl_get(c, attr))
		resolving_unknown(r, element, v->value, v->loc);
	return found;
}

static const void *first_of(struct resolving *r, const struct decl *c, const struct decl *flat, const char *attr,
			    const struct map *m)
{
	if (decl_get(flat, attr))
		return NULL;
	if (!m->n)
		diag_add(r->d, DIAG_LAYOUT_REQUIRED, c->loc, "style", arena_printf(r->a, "%s=\"…\"", attr), NULL);
	return m->n ? m->entries[0].value : NULL;
}

static void fill_style(struct resolving *r, const struct decl *c, const struct decl *flat, struct style *s)
{
	const struct resolved *o = r->out;
	const struct decl_value *lang = decl_get(flat, "lang");
	int keep = decl_enum(flat, "keep", 0);

	s->name = c->name;
	s->loc = c->loc;
	s->face = style_names(r, c, flat, "face", &o->faces, EL_FACE);
	if (!s->face)
		s->face = first_of(r, c, flat, "face", &o->faces);
	s->wrap = style_names(r, c, flat, "wrap", &o->wraps, EL_WRAP);
	if (!s->wrap)
		s->wrap = first_of(r, c, flat, "wrap", &o->wraps);
	s->colour = style_names(r, c, flat, "colour", &o->colours, EL_COLOUR);
	style_names(r, c, flat, "grid", &o->pages, EL_PAGE);
	s->lang = lang ? lang->value : r->out->lang;
	s->align = (enum align)decl_enum(flat, "align", ALIGN_JUSTIFY);
	s->role = (enum role)decl_enum(flat, "role", ROLE_P);
	s->outline = decl_int(flat, "outline", 0);
	s->keep_together = keep & 1;
	s->keep_with_next = keep & 2;
	s->orphans = decl_int(flat, "orphans", 1);
	s->widows = decl_int(flat, "widows", 1);
	s->gap_below = decl_enum(flat, "gap", 0) == 1;
	s->keep_with_previous = decl_bool(flat, "keep-previous", false);
	s->trailer_keep = decl_bool(flat, "trailer-keep", false);
	s->balance = decl_bool(flat, "balance", false) ? o->phrases : NULL;
	resolve_metrics(r, c, flat, s);
}

void style_declare(struct resolving *r, const struct decl *c)
{
	const struct decl_value *base = decl_get(c, "based-on");

	if (map_get(&r->out->styles, c->name) || !check_chain(r, c))
		return;
	if (base)
		style_declare(r, decl_find(r->out->layout, EL_STYLE, base->value));
	struct style *s = ARENA_NEW(r->a, struct style);
	fill_style(r, c, flatten(r, c), s);
	map_set(&r->out->styles, c->name, s);
}

/* ---- inline styles ---- */

static struct style *overlay(struct resolving *r, const struct style *around, const struct decl *c)
{
	const struct decl *flat = flatten(r, c);
	const struct decl_value *face = decl_get(flat, "face"), *wrap = decl_get(flat, "wrap"),
				*colour = decl_get(flat, "colour"), *lang = decl_get(flat, "lang");
	struct style *s = ARENA_NEW(r->a, struct style);

	*s = *around;
	s->name = c->name;
	s->loc = c->loc;
	if (face)
		s->face = map_get(&r->out->faces, face->value);
	if (wrap)
		s->wrap = map_get(&r->out->wraps, wrap->value);
	if (colour)
		s->colour = map_get(&r->out->colours, colour->value);
	if (lang)
		s->lang = lang->value;
	s->size = em_length(r, flat, flat, "size", cell_width(grid_of(r, flat)), around->size, around->size);
	s->shift = around->shift + decl_emu(flat, "shift", 0, around->size, around->pitch);
	return s;
}

const struct style *style_inline(struct diag_list *d, struct arena *a, struct resolved *r, const struct style *around,
				 const struct xml_node *n)
{
	const struct style *named = resolved_named(d, a, r, n, "style", EL_STYLE);

	if (!named)
		return around;
	/* The map only looks up; addresses never decide an order. */
	struct str key = str_of(arena_printf(a, "%p %.*s", (const void *)around, STR_ARG(named->name)));
	struct style *s = map_get(&r->inlines, key);
	if (s)
		return s;
	struct resolving on = {d, a, r};
	s = overlay(&on, around, decl_find(r->layout, EL_STYLE, named->name));
	map_set(&r->inlines, key, s);
	return s;
}
