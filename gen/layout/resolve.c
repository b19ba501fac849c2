/* resolve: a layout's declarations for one document: colours, faces, wrap rules, pages and their furniture; styles are in
 * style.c. See decl.h. */
#include "layout/resolve.h"

enum { MOST_LISTED = 12 };

/* The nearest name, or all when they are few. */
static const char *near_name(struct arena *a, const struct layout *l, enum element_id element, struct str name)
{
	struct nearest near;
	const char *all = "";
	int n = 0;

	nearest_open(&near, name);
	for (const struct decl *c = l->decls; c; c = c->next)
		if (c->element == element) {
			nearest_try(&near, c->name);
			all = n++ < MOST_LISTED ? arena_printf(a, "%s %.*s", all, STR_ARG(c->name)) : all;
		}
	if (near.best.n || n == 0 || n > MOST_LISTED)
		return nearest_text(&near, a);
	return arena_printf(a, DIAG_TWO("；可用：%s", "; there are:%s"), all + 1, all);
}

struct diag *decl_say_unknown(struct diag_list *d, struct arena *a, const struct layout *l, enum element_id element,
			      struct str name, struct loc loc)
{
	struct diag *m = diag_once_per(d, arena_printf(a, "%d %.*s", (int)element, STR_ARG(name)), DIAG_LAYOUT_NAME, loc,
				       element_defs[element].name, cs(a, name), near_name(a, l, element, name), NULL);

	m->length = (uint32_t)name.n;
	return m;
}

void resolving_unknown(struct resolving *r, enum element_id element, struct str name, struct loc loc)
{
	decl_say_unknown(r->d, r->a, r->out->layout, element, name, loc);
}

static const void *find_named(struct resolving *r, const struct decl *c, const char *attr, const struct map *m,
			      enum element_id element)
{
	const struct decl_value *v = decl_get(c, attr);
	const void *found = v ? map_get(m, v->value) : NULL;

	if (v && !found)
		resolving_unknown(r, element, v->value, v->loc);
	return found;
}

/* ---- colours, wrap rules ---- */

static void resolve_colour(struct resolving *r, const struct decl *c)
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

static void resolve_wrap(struct resolving *r, const struct decl *c)
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
		.last_line = (int)decl_int(c, "last-line", 0),
		.number_unit_keep = decl_enum(c, "number-unit", 1) == 0,
		.pairs = decl_bool(c, "pairs", false),
		.line_start = decl_bool(c, "line-start", false),
		.loc = c->loc,
	};
	map_set(&r->out->wraps, c->name, w);
}

/* ---- faces ---- */

static void unknown_role(struct resolving *r, const struct decl_value *v)
{
	struct nearest near;

	nearest_open(&near, v->value);
	for (const struct font_role *o = r->out->layout->fonts->roles; o; o = o->next)
		nearest_try(&near, o->name);
	diag_add(r->d, DIAG_LAYOUT_NAME, v->loc, "role", cs(r->a, v->value), nearest_text(&near, r->a), NULL)->length =
		(uint32_t)v->value.n;
}

/* Families of the role this attribute names; none when it is not stated, or after a message. */
static struct family_list role_families(struct resolving *r, const struct decl_value *v)
{
	const struct font_role *role = v ? fonts_role(r->out->layout->fonts, v->value, r->out->lang) : NULL;

	if (v && !role)
		unknown_role(r, v);
	return role ? role->families : (struct family_list){0};
}

static void resolve_face(struct resolving *r, const struct decl *c)
{
	struct face *f = ARENA_NEW(r->a, struct face);
	const struct decl_value *role = decl_get(c, "role"), *latin = decl_get(c, "latin"), *fallback = decl_get(c, "fallback");
	const struct font_role *rare = fonts_role(r->out->layout->fonts, STR("rare"), r->out->lang);

	f->name = c->name;
	f->loc = c->loc;
	map_set(&r->out->faces, c->name, f);
	if (!role) {
		diag_add(r->d, DIAG_LAYOUT_REQUIRED, c->loc, "face", DIAG_TWO("role=\"…\"：fonts.xml 里的角色", "role=\"…\": a role of fonts.xml"), NULL);
		return;
	}
	f->role = role->value;
	f->han = role_families(r, role);
	if (latin && !str_is(latin->value, "own"))
		f->latin = role_families(r, latin);
	if (fallback)
		f->fallback = role_families(r, fallback);
	else if (rare)
		f->fallback = rare->families;
}

/* ---- pages ---- */

/* Say it at the attribute that is stated, or at the page. */
static void bad_page(struct resolving *r, const struct decl *c, const char *const *attrs, const char *says)
{
	for (; *attrs; attrs++) {
		const struct decl_value *v = decl_get(c, *attrs);
		if (!v)
			continue;
		diag_add(r->d, DIAG_LAYOUT_VALUE, v->loc, *attrs, cs(r->a, v->value), says, NULL)->length = (uint32_t)v->value.n;
		return;
	}
	diag_add(r->d, DIAG_LAYOUT_VALUE, c->loc, "name", cs(r->a, c->name), says, NULL);
}

static bool is_paper(emu size)
{
	return size >= 10 * EMU_MM && size <= 5000 * EMU_MM;
}

/* One direction of a page: the paper, and what its margins leave. */
static void check_extent(struct resolving *r, const struct decl *c, const char *const *attrs, emu size, emu margins, bool across)
{
	emu mm = EMU_MM, least = 5 * EMU_MM;

	if (!is_paper(size))
		bad_page(r, c, attrs + 2, DIAG_TWO("纸应为 10mm 至 5000mm", "paper measures 10mm to 5000mm"));
	else if (size - margins < least)
		bad_page(r, c, attrs,
			 arena_printf(r->a, DIAG_TWO("%s边距共 %lldmm，纸%s %lldmm，版心不足 5mm", "margins of %lldmm on paper of %lldmm leave less than 5mm"),
				      across ? "左右" : "上下", (long long)(margins / mm), across ? "宽" : "高", (long long)(size / mm),
				      (long long)(margins / mm), (long long)(size / mm)));
}

static void check_page(struct resolving *r, const struct decl *c, const struct page_master *p)
{
	check_extent(r, c, (const char *const[]){"left", "right", "width", NULL}, p->width, p->left + p->right, true);
	check_extent(r, c, (const char *const[]){"top", "bottom", "height", NULL}, p->height, p->top + p->bottom, false);
}

static void resolve_page(struct resolving *r, const struct decl *c)
{
	struct page_master *p = ARENA_NEW(r->a, struct page_master);

	/* Sheet, margins and grid of GB/T 9704-2012 (5.1, 5.2) where nothing is stated. */
	*p = (struct page_master){
		.name = c->name,
		.width = decl_emu(c, "width", 210 * EMU_MM, 0, 0),
		.height = decl_emu(c, "height", 297 * EMU_MM, 0, 0),
		.top = decl_emu(c, "top", 37 * EMU_MM, 0, 0),
		.bottom = decl_emu(c, "bottom", 35 * EMU_MM, 0, 0),
		.left = decl_emu(c, "left", 28 * EMU_MM, 0, 0),
		.right = decl_emu(c, "right", 26 * EMU_MM, 0, 0),
		.mirrored = decl_bool(c, "mirrored", false),
		.turned = decl_bool(c, "turn", false),
		.grid_columns = decl_int(c, "columns", 0),
		.grid_lines = decl_int(c, "lines", 0),
		.loc = c->loc,
	};
	check_page(r, c, p);
	map_set(&r->out->pages, c->name, p);
}

static struct furniture *resolve_frame(struct resolving *r, const struct page_master *p, const struct decl *c)
{
	const struct style *s = find_named(r, c, "style", &r->out->styles, EL_STYLE);
	struct furniture *f = ARENA_NEW(r->a, struct furniture);

	if (!s)
		s = r->out->first_style;
	*f = (struct furniture){
		.side = (enum page_side)decl_enum(c, "side", PAGE_ANY),
		.x = decl_emu(c, "x", p->left, s->size, s->pitch),
		.y = decl_emu(c, "y", p->height - p->bottom, s->size, s->pitch),
		.width = decl_emu(c, "width", p->width - p->left - p->right, s->size, s->pitch),
		.height = decl_emu(c, "height", 0, s->size, s->pitch),
		.ink = decl_enum(c, "anchor", 0) == 1,
		.style = s,
		.inlines = frame_inlines(r->a, c, s, r->out->layout->mark),
		.drawn = frame_is_mark(c),
		.colour = find_named(r, c, "colour", &r->out->colours, EL_COLOUR),
		.loc = c->loc,
	};
	if (!f->inlines && !f->height)
		diag_add(r->d, DIAG_LAYOUT_REQUIRED, c->loc, "frame", "height=\"…\"", NULL);
	return f;
}

static bool is_removed(const struct decl *frame)
{
	const struct decl_value *side = decl_get(frame, "side");

	return side && str_is(side->value, "none");
}

/* The mark of a page that does not say where: in the head, at the left of the type area (custom). */
static struct furniture *default_mark(struct resolving *r, const struct page_master *p)
{
	struct furniture *f = ARENA_NEW(r->a, struct furniture);
	struct inline_item *text = ARENA_NEW(r->a, struct inline_item);
	const struct style *s = map_get(&r->out->styles, STR("draft-mark"));

	s = s ? s : r->out->first_style;
	*text = (struct inline_item){.style = s, .origin = TEXT_FURNITURE, .loc = p->loc, .layout = p->loc, .text = r->out->layout->mark};
	*f = (struct furniture){.x = p->left, .y = p->top / 3, .width = p->width - p->left - p->right, .style = s, .inlines = text,
				.drawn = true, .loc = p->loc};
	return f;
}

static void resolve_frames(struct resolving *r, const struct decl *c)
{
	struct page_master *p = map_get(&r->out->pages, c->name);
	struct furniture **tail = &p->furniture;
	bool marks = r->out->layout->mark.n, marked = !marks;

	for (const struct decl *frame = c->frames; frame; frame = frame->next) {
		if (is_removed(frame) || (!marks && frame_is_mark(frame)))
			continue;
		*tail = resolve_frame(r, p, frame);
		marked |= (*tail)->drawn;
		tail = &(*tail)->next;
	}
	if (!marked)
		*tail = default_mark(r, p);
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

static size_t add_words(struct str text, struct phrases *out)
{
	size_t n = 0;

	for (size_t at = 0; at < text.n;) {
		size_t end = at;
		while (end < text.n && !strchr(" \t\r\n", text.p[end]))
			end++;
		if (end > at && out)
			out->list[out->n++] = str_sub(text, at, end);
		n += end > at;
		at = end + 1;
	}
	return n;
}

static void resolve_phrases(struct resolving *r)
{
	size_t n = 0;

	r->out->phrases = ARENA_NEW(r->a, struct phrases);
	for (int fill = 0; fill < 2; fill++) {
		struct phrases *out = fill ? r->out->phrases : NULL;
		if (fill)
			out->list = ARENA_ARRAY(r->a, n + 1, struct str);
		for (const struct decl *c = r->out->layout->decls; c; c = c->next)
			if (c->element == EL_PHRASES)
				n += add_words(xml_string(r->a, c->content), out);
	}
}

static void fill_doc(struct resolving *r)
{
	struct doc *doc = ARENA_NEW(r->a, struct doc);

	doc->arena = r->a;
	doc->styles = (const struct style **)values_of(r->a, &r->out->styles, &doc->n_styles);
	doc->faces = (const struct face **)values_of(r->a, &r->out->faces, &doc->n_faces);
	doc->pages = (const struct page_master **)values_of(r->a, &r->out->pages, &doc->n_pages);
	doc->colours = (const struct colour **)values_of(r->a, &r->out->colours, &doc->n_colours);
	doc->wraps = (const struct wrap_rules **)values_of(r->a, &r->out->wraps, &doc->n_wraps);
	r->out->doc = doc;
}

static void each(struct resolving *r, enum element_id element, void (*fn)(struct resolving *, const struct decl *))
{
	for (const struct decl *c = r->out->layout->decls; c; c = c->next)
		if (c->element == element)
			fn(r, c);
}

static void open_maps(struct resolved *out, struct arena *a)
{
	struct map *maps[] = {&out->flat, &out->inlines, &out->styles, &out->pages, &out->colours, &out->faces, &out->wraps};

	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
		map_open(maps[i], a);
}

static const struct decl *first_decl(const struct layout *l, enum element_id element)
{
	const struct decl *c = l->decls;

	while (c && c->element != element)
		c = c->next;
	return c;
}

/* The default style is the first that is declared, whatever it is based on. */
static void find_defaults(struct resolving *r)
{
	const struct layout *l = r->out->layout;
	const struct decl *style = first_decl(l, EL_STYLE);

	if (style)
		r->out->first_style = map_get(&r->out->styles, style->name);
	else
		diag_add(r->d, DIAG_LAYOUT_REQUIRED, l->loc, "layout", "<style>", NULL);
	if (!first_decl(l, EL_PAGE))
		diag_add(r->d, DIAG_LAYOUT_REQUIRED, l->loc, "layout", "<page>", NULL);
}

bool style_resolve(struct diag_list *d, struct arena *a, const struct layout *l, struct str lang, struct resolved *out)
{
	struct resolving r = {d, a, out};
	size_t errors = diag_count(d, SEVERITY_ERROR);

	*out = (struct resolved){.layout = l, .lang = lang};
	open_maps(out, a);
	each(&r, EL_COLOUR, resolve_colour);
	each(&r, EL_WRAP, resolve_wrap);
	each(&r, EL_FACE, resolve_face);
	each(&r, EL_PAGE, resolve_page);
	resolve_phrases(&r);
	each(&r, EL_STYLE, style_declare);
	find_defaults(&r);
	if (diag_count(d, SEVERITY_ERROR) == errors)
		each(&r, EL_PAGE, resolve_frames);
	fill_doc(&r);
	return diag_count(d, SEVERITY_ERROR) == errors;
}

static const struct map *map_of(const struct resolved *r, enum element_id element)
{
	return element == EL_STYLE ? &r->styles : element == EL_PAGE ? &r->pages : &r->colours;
}

const void *resolved_named(struct diag_list *d, struct arena *a, const struct resolved *r, const struct xml_node *n,
			   const char *name, enum element_id element)
{
	const struct xml_attr *at = xml_attr(n, name);
	const void *found = at ? map_get(map_of(r, element), at->value) : NULL;

	if (at && !found) {
		struct diag *m = decl_say_unknown(d, a, r->layout, element, at->value, at->loc);
		m->length = (uint32_t)at->name.n;
		m->other = element_other(n);
	}
	return found;
}
