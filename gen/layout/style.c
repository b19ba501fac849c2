/* style: resolves a layout's declarations for one document: colours, faces, wrap rules, pages, styles.
 * Everything relative (em, 行, cell, based-on) becomes EMU here; nothing is inherited afterwards. */
#include "layout/decl.h"

struct resolving {
	struct diag_list *d;
	struct arena *a;
	struct layout *l;
	struct str lang;
	struct resolved *out;
};

static void unknown_name(struct resolving *r, const char *what, enum element_id element, struct str name, struct loc loc)
{
	struct nearest near;

	nearest_open(&near, name);
	for (const struct decl *c = r->l->decls; c; c = c->next)
		if (c->element == element)
			nearest_try(&near, c->name);
	diag_add(r->d, DIAG_LAYOUT_NAME, loc, what, cs(r->a, name), nearest_text(&near, r->a), NULL)->length =
		(uint32_t)name.n;
}

/* What attr names in this map; NULL when not stated, or after a message. */
static void *named(struct resolving *r, const struct decl_value *v, const struct map *m, enum element_id element)
{
	if (!v)
		return NULL;
	void *found = map_get(m, v->value);
	if (!found)
		unknown_name(r, element_defs[element].name, element, v->value, v->loc);
	return found;
}

/* ---- colours, wraps ---- */

static void resolve_colour(struct resolving *r, struct decl *c)
{
	struct colour *k = ARENA_NEW(r->a, struct colour);
	const struct decl_value *v = decl_get(c, "rgb");

	k->name = c->name;
	k->loc = c->loc;
	if (v)
		colour_parse(v->value, &k->rgb);
	map_set(&r->out->colours, c->name, k);
}

static int64_t wrap_em(const struct decl *c, const char *attr, int64_t otherwise)
{
	const struct decl_value *v = decl_get(c, attr);
	int64_t em;

	return v && em_parse(v->value, &em) ? em : otherwise;
}

static void resolve_wrap(struct resolving *r, struct decl *c)
{
	struct wrap_rules *w = ARENA_NEW(r->a, struct wrap_rules);

	*w = (struct wrap_rules){
		.name = c->name,
		.prohibition = (enum prohibition)decl_enum(c, "prohibition", PROHIBIT_GB),
		.squeeze = (enum squeeze)decl_enum(c, "squeeze", SQUEEZE_NEAREST),
		.autospace = wrap_em(c, "autospace", 250000),
		.gap_shrink = wrap_em(c, "gap-shrink", 125000),
		.mark_shrink = wrap_em(c, "mark-shrink", 500000),
		.line_end = wrap_em(c, "line-end", 500000),
		.stretch_warn = wrap_em(c, "stretch-warn", 0),
		.number_unit_keep = decl_enum(c, "number-unit", 1) == 0,
		.pairs = decl_bool(c, "pairs", false),
		.line_start = decl_bool(c, "line-start", false),
		.loc = c->loc,
	};
	map_set(&r->out->wraps, c->name, w);
}

/* ---- faces ---- */

static const struct font_role *role_of(struct resolving *r, struct str name, struct loc loc)
{
	const struct font_role *role = fonts_role(r->l->fonts, name, r->lang);

	if (role)
		return role;
	struct nearest near;
	nearest_open(&near, name);
	for (const struct font_role *o = r->l->fonts->roles; o; o = o->next)
		nearest_try(&near, o->name);
	diag_add(r->d, DIAG_LAYOUT_NAME, loc, "role", cs(r->a, name), nearest_text(&near, r->a), NULL)->length =
		(uint32_t)name.n;
	return NULL;
}

static void resolve_face(struct resolving *r, struct decl *c)
{
	struct face *f = ARENA_NEW(r->a, struct face);
	const struct decl_value *role = decl_get(c, "role"), *latin = decl_get(c, "latin"),
				*fallback = decl_get(c, "fallback");
	const struct font_role *found;

	f->name = c->name;
	f->loc = c->loc;
	map_set(&r->out->faces, c->name, f);
	if (!role) {
		diag_add(r->d, DIAG_LAYOUT_REQUIRED, c->loc, "face", "role", NULL);
		return;
	}
	f->role = role->value;
	if ((found = role_of(r, role->value, role->loc)))
		f->han = found->families;
	if (latin && !str_is(latin->value, "own") && (found = role_of(r, latin->value, latin->loc)))
		f->latin = found->families;
	struct str rare = fallback ? fallback->value : STR("rare");
	if (fallback ? (found = role_of(r, rare, fallback->loc)) != NULL
		     : (found = fonts_role(r->l->fonts, rare, r->lang)) != NULL)
		f->fallback = found->families;
}

/* ---- pages ---- */

static void resolve_page(struct resolving *r, struct decl *c)
{
	struct page_master *p = ARENA_NEW(r->a, struct page_master);

	*p = (struct page_master){
		.name = c->name,
		.width = decl_emu(c, "width", 210 * EMU_MM, 0, 0),
		.height = decl_emu(c, "height", 297 * EMU_MM, 0, 0),
		.top = decl_emu(c, "top", 37 * EMU_MM, 0, 0),
		.bottom = decl_emu(c, "bottom", 35 * EMU_MM, 0, 0),
		.left = decl_emu(c, "left", 28 * EMU_MM, 0, 0),
		.right = decl_emu(c, "right", 26 * EMU_MM, 0, 0),
		.mirrored = decl_bool(c, "mirrored", false),
		.grid_columns = decl_int(c, "columns", 0),
		.grid_lines = decl_int(c, "lines", 0),
		.loc = c->loc,
	};
	const struct decl_value *v = decl_get(c, "width");
	bool paper = p->width >= 10 * EMU_MM && p->height >= 10 * EMU_MM && p->width <= 5000 * EMU_MM &&
		     p->height <= 5000 * EMU_MM;
	if (!paper || p->width - p->left - p->right < 5 * EMU_MM || p->height - p->top - p->bottom < 5 * EMU_MM)
		diag_add(r->d, DIAG_LAYOUT_VALUE, v ? v->loc : c->loc, "page", cs(r->a, c->name),
			 "10mm … 5000mm, > margins", NULL);
	c->resolved = p;
	map_set(&r->out->pages, c->name, p);
}

/* Width of a cell: the measure over its columns. Pitch: so that the last line's em box ends at the bottom. */
static emu cell_width(const struct page_master *p)
{
	return p && p->grid_columns > 0 ? unit_muldiv(p->width - p->left - p->right, 1, p->grid_columns) : 0;
}

static emu cell_pitch(const struct page_master *p)
{
	if (!p || p->grid_lines < 2 || !cell_width(p))
		return 0;
	return (p->height - p->top - p->bottom - cell_width(p)) / (p->grid_lines - 1);
}

/* ---- styles ---- */

/* The value along the chain of based-on. */
static const struct decl_value *inherited(struct layout *l, const struct decl *c, const char *attr)
{
	for (int depth = 0; c && depth < 64; depth++) {
		const struct decl_value *v = decl_get(c, attr);
		if (v)
			return v;
		const struct decl_value *base = decl_get(c, "based-on");
		c = base ? decl_find(l, EL_STYLE, base->value) : NULL;
	}
	return NULL;
}

/* A declaration that holds every value the style has, its own and inherited. */
static struct decl *flatten(struct resolving *r, const struct decl *c)
{
	struct decl *flat = ARENA_NEW(r->a, struct decl);

	*flat = (struct decl){.element = EL_STYLE, .name = c->name, .loc = c->loc};
	for (int i = 0; i < n_attr_defs; i++) {
		if (attr_defs[i].element != EL_STYLE)
			continue;
		const struct decl_value *v = inherited(r->l, c, attr_defs[i].name);
		if (!v)
			continue;
		struct decl_value *copy = ARENA_NEW(r->a, struct decl_value);
		*copy = *v;
		copy->next = flat->values;
		flat->values = copy;
	}
	return flat;
}

/* False after a message when based-on leads nowhere or back. */
static bool check_chain(struct resolving *r, const struct decl *c)
{
	const struct decl *at = c;

	for (int depth = 0; at; depth++) {
		const struct decl_value *base = decl_get(at, "based-on");
		if (!base)
			return true;
		at = decl_find(r->l, EL_STYLE, base->value);
		if (!at)
			unknown_name(r, "style", EL_STYLE, base->value, base->loc);
		else if (at == c || depth >= 32) {
			diag_add(r->d, DIAG_LAYOUT_CYCLE, base->loc, cs(r->a, c->name), NULL);
			return false;
		}
	}
	return false;
}

static const struct page_master *first_page(struct resolving *r)
{
	return r->out->pages.n ? r->out->pages.entries[0].value : NULL;
}

static emu style_length(struct resolving *r, const struct decl *c, const char *attr, emu cell, emu otherwise, emu em, emu line)
{
	const struct decl_value *v = decl_get(c, attr);

	if (!v || !str_is(v->value, "cell"))
		return decl_emu(c, attr, otherwise, em, line);
	if (!cell)
		diag_add(r->d, DIAG_LAYOUT_VALUE, v->loc, attr, "cell", "<page columns= lines=>", NULL);
	return cell;
}

static void resolve_metrics(struct resolving *r, const struct decl *c, struct style *s)
{
	const struct decl_value *grid = decl_get(c, "grid");
	const struct page_master *page = grid ? named(r, grid, &r->out->pages, EL_PAGE) : first_page(r);
	emu body = 16 * EMU_PT;

	s->size = style_length(r, c, "size", cell_width(page), body, body, body);
	s->pitch = style_length(r, c, "leading", cell_pitch(page), unit_muldiv(s->size, 175, 100), s->size, s->size);
	s->indent_first = decl_emu(c, "indent", 0, s->size, s->pitch);
	s->indent_start = decl_emu(c, "start", 0, s->size, s->pitch);
	s->indent_end = decl_emu(c, "end", 0, s->size, s->pitch);
	s->space_before = decl_emu(c, "before", 0, s->size, s->pitch);
	s->space_after = decl_emu(c, "after", 0, s->size, s->pitch);
	s->trailer_gap = decl_emu(c, "trailer-gap", 0, s->size, s->pitch);
	s->shift = decl_emu(c, "shift", 0, s->size, s->pitch);
	if (s->size < EMU_PT || s->size > 1000 * EMU_PT || s->pitch < EMU_PT || s->pitch > 2000 * EMU_PT) {
		const struct decl_value *v = decl_get(c, "size");
		diag_add(r->d, DIAG_LAYOUT_VALUE, v ? v->loc : c->loc, "size, leading", cs(r->a, c->name), "1pt … 1000pt", NULL);
		s->size = s->pitch = body;
	}
}

static const void *required(struct resolving *r, const struct decl *c, const char *attr, const struct map *m,
			    enum element_id element)
{
	const struct decl_value *v = decl_get(c, attr);

	if (v)
		return named(r, v, m, element);
	if (m->n)
		return m->entries[0].value;
	diag_add(r->d, DIAG_LAYOUT_REQUIRED, c->loc, "style", attr, NULL);
	return NULL;
}

static void resolve_style(struct resolving *r, struct decl *c)
{
	if (!check_chain(r, c))
		return;
	struct decl *flat = flatten(r, c);
	struct style *s = ARENA_NEW(r->a, struct style);
	int keep = decl_enum(flat, "keep", 0);
	const struct decl_value *lang = decl_get(flat, "lang");

	s->name = c->name;
	s->loc = c->loc;
	s->face = required(r, flat, "face", &r->out->faces, EL_FACE);
	s->wrap = required(r, flat, "wrap", &r->out->wraps, EL_WRAP);
	s->colour = named(r, decl_get(flat, "colour"), &r->out->colours, EL_COLOUR);
	s->lang = lang ? lang->value : r->lang;
	s->align = (enum align)decl_enum(flat, "align", ALIGN_JUSTIFY);
	s->role = (enum role)decl_enum(flat, "role", ROLE_P);
	s->outline = decl_int(flat, "outline", 0);
	s->keep_together = keep & 1;
	s->keep_with_next = keep & 2;
	s->orphans = decl_int(flat, "orphans", 1);
	s->widows = decl_int(flat, "widows", 1);
	s->gap_below = decl_enum(flat, "gap", 0) == 1;
	resolve_metrics(r, flat, s);
	map_set(&r->out->styles, c->name, s);
}

/* ---- furniture ---- */

static struct furniture *resolve_frame(struct resolving *r, const struct page_master *p, const struct decl *c)
{
	int side = decl_enum(c, "side", 0);

	if (side > PAGE_BLANK)
		return NULL;
	struct furniture *f = ARENA_NEW(r->a, struct furniture);
	f->side = (enum page_side)side;
	f->loc = c->loc;
	f->style = named(r, decl_get(c, "style"), &r->out->styles, EL_STYLE);
	f->colour = named(r, decl_get(c, "colour"), &r->out->colours, EL_COLOUR);
	if (!f->style)
		f->style = style_default(r->out);
	emu em = f->style ? f->style->size : 0, line = f->style ? f->style->pitch : 0;
	f->x = decl_emu(c, "x", p->left, em, line);
	f->y = decl_emu(c, "y", p->height - p->bottom, em, line);
	f->width = decl_emu(c, "width", p->width - p->left - p->right, em, line);
	f->height = decl_emu(c, "height", 0, em, line);
	f->ink = decl_enum(c, "anchor", 0) == 1;
	if (f->style)
		f->inlines = frame_inlines(r->d, r->a, c, f->style);
	return f;
}

static void resolve_frames(struct resolving *r, struct decl *page)
{
	struct page_master *p = page->resolved;
	struct furniture **tail = &p->furniture;

	for (const struct decl *c = page->frames; c; c = c->next) {
		struct furniture *f = resolve_frame(r, p, c);
		if (!f)
			continue;
		*tail = f;
		tail = &f->next;
	}
}

/* ---- all ---- */

static const void **values_of(struct arena *a, const struct map *m, int *n)
{
	const void **list = ARENA_ARRAY(a, m->n + 1, const void *);

	for (size_t i = 0; i < m->n; i++)
		list[i] = m->entries[i].value;
	*n = (int)m->n;
	return list;
}

static void fill_doc(struct resolving *r)
{
	struct doc *doc = ARENA_NEW(r->a, struct doc);

	doc->arena = r->a;
	doc->styles = (const struct style **)values_of(r->a, &r->out->styles, &doc->n_styles);
	doc->faces = (const struct face **)values_of(r->a, &r->out->faces, &doc->n_faces);
	doc->pages = (const struct page_master **)values_of(r->a, &r->out->pages, &doc->n_pages);
	doc->colours = (const struct colour **)values_of(r->a, &r->out->colours, &doc->n_colours);
	r->out->doc = doc;
}

static void each(struct resolving *r, enum element_id element, void (*fn)(struct resolving *, struct decl *))
{
	for (struct decl *c = r->l->decls; c; c = c->next)
		if (c->element == element)
			fn(r, c);
}

bool style_resolve(struct diag_list *d, struct arena *a, struct layout *l, struct str lang, struct resolved *out)
{
	struct resolving r = {d, a, l, lang, out};
	size_t errors = diag_count(d, SEVERITY_ERROR);

	*out = (struct resolved){.layout = l, .lang = lang};
	map_open(&out->inlines, a);
	map_open(&out->styles, a);
	map_open(&out->pages, a);
	map_open(&out->colours, a);
	map_open(&out->faces, a);
	map_open(&out->wraps, a);
	each(&r, EL_COLOUR, resolve_colour);
	each(&r, EL_WRAP, resolve_wrap);
	each(&r, EL_FACE, resolve_face);
	each(&r, EL_PAGE, resolve_page);
	each(&r, EL_STYLE, resolve_style);
	if (!out->pages.n)
		diag_add(d, DIAG_LAYOUT_REQUIRED, l->loc, "layout", "<page>", NULL);
	if (!out->styles.n)
		diag_add(d, DIAG_LAYOUT_REQUIRED, l->loc, "layout", "<style>", NULL);
	if (diag_count(d, SEVERITY_ERROR) == errors)
		each(&r, EL_PAGE, resolve_frames);
	fill_doc(&r);
	return diag_count(d, SEVERITY_ERROR) == errors;
}

const struct style *style_default(const struct resolved *r)
{
	return r->styles.n ? r->styles.entries[0].value : NULL;
}

const struct style *style_find(struct diag_list *d, struct arena *a, const struct resolved *r, struct str name, struct loc loc)
{
	const struct style *s = map_get(&r->styles, name);

	if (s)
		return s;
	struct nearest near;
	nearest_open(&near, name);
	for (size_t i = 0; i < r->styles.n; i++)
		nearest_try(&near, r->styles.entries[i].key);
	diag_add(d, DIAG_LAYOUT_NAME, loc, "style", cs(a, name), nearest_text(&near, a), NULL)->length = (uint32_t)name.n;
	return NULL;
}

static struct style *overlay(struct resolving *r, const struct style *around, struct decl *c)
{
	struct decl *flat = flatten(r, c);
	struct style *s = ARENA_NEW(r->a, struct style);
	const struct face *face = named(r, decl_get(flat, "face"), &r->out->faces, EL_FACE);
	const struct colour *colour = named(r, decl_get(flat, "colour"), &r->out->colours, EL_COLOUR);
	const struct decl_value *lang = decl_get(flat, "lang");

	*s = *around;
	s->name = c->name;
	s->loc = c->loc;
	if (face)
		s->face = face;
	if (colour)
		s->colour = colour;
	if (lang)
		s->lang = lang->value;
	s->size = style_length(r, flat, "size", cell_width(first_page(r)), around->size, around->size, around->pitch);
	s->shift = around->shift + decl_emu(flat, "shift", 0, around->size, around->pitch);
	return s;
}

const struct style *style_inline(struct diag_list *d, struct arena *a, struct resolved *r, const struct style *around,
				 struct str name, struct loc loc)
{
	struct resolving on = {d, a, r->layout, r->lang, r};
	struct str key = str_of(arena_printf(a, "%p\n%.*s", (const void *)around, STR_ARG(name)));
	struct style *s = map_get(&r->inlines, key);

	if (s)
		return s;
	struct decl *c = decl_find(r->layout, EL_STYLE, name);
	if (!c) {
		style_find(d, a, r, name, loc); /* says so */
		return NULL;
	}
	s = overlay(&on, around, c);
	map_set(&r->inlines, key, s);
	return s;
}
