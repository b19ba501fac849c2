/* bind: runs the templates over a record and turns their result into the doc.
 * Takes: layout, record. Gives: blocks with resolved styles; every text of the record is placed, omitted on
 * purpose (<omit>), or reported (RECORD_UNPLACED, LAYOUT_BARE_TEXT). */
#include "layout/decl.h"

struct binding {
	struct diag_list *d;
	struct arena *a;
	struct layout *l;
	struct record *record;
	struct resolved r;
	uint8_t *placed; /* by number of the record's node */
};

/* Where inlines are collected. */
struct inlines {
	struct inline_item **tail;
	const struct style *style;
	int parent; /* element id */
};

static const char *excerpt(struct arena *a, struct str s)
{
	size_t at = 0;
	int n = 0;

	s = str_trim(s);
	while (at < s.n && n++ < 24)
		utf8_next(s, &at);
	return arena_printf(a, "%.*s%s", (int)at, s.p, at < s.n ? "…" : "");
}

static bool is_blank(struct str s)
{
	return str_trim(s).n == 0;
}

/* Place in the layout that made a result node, for messages. */
static struct loc made_at(const struct xml_node *n)
{
	return n->layout.source ? n->layout : n->loc;
}

static const struct style *style_named(struct binding *b, const struct xml_node *n)
{
	const struct xml_attr *at = xml_attr(n, "style");

	return at ? style_find(b->d, b->a, &b->r, at->value, made_at(n)) : NULL;
}

/* ---- inlines ---- */

static struct inline_item *add_inline(struct binding *b, struct inlines *in, enum inline_kind kind, const struct xml_node *n)
{
	struct inline_item *i = ARENA_NEW(b->a, struct inline_item);

	*i = (struct inline_item){.kind = kind, .style = in->style, .loc = n->loc, .layout = n->layout};
	*in->tail = i;
	in->tail = &i->next;
	return i;
}

/* Text of the record counts as record where it is placed first; again, it is a repeat made by the layout. */
static enum text_origin origin_of(struct binding *b, const struct xml_node *n)
{
	if (!n->from || (n->origin != XML_RECORD && n->origin != XML_BUILTIN))
		return TEXT_GENERATED;
	if (b->placed[n->from->number])
		return TEXT_GENERATED;
	b->placed[n->from->number] = 1;
	return TEXT_RECORD;
}

static void add_text(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	struct inline_item *i = add_inline(b, in, INLINE_TEXT, n);

	i->text = n->text;
	i->origin = origin_of(b, n);
	if (n->origin == XML_LITERAL && n->layout.source)
		i->loc = n->layout;
}

static void add_children(struct binding *b, struct inlines *in, const struct xml_node *n);

static void add_span(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	const struct xml_attr *at = xml_attr(n, "style");
	const struct style *style =
		at ? style_inline(b->d, b->a, &b->r, in->style, at->value, made_at(n)) : in->style;
	struct inlines inner = {in->tail, style ? style : in->style, EL_SPAN};

	add_children(b, &inner, n);
	in->tail = inner.tail;
}

static struct inline_item *add_nested(struct binding *b, struct inlines *in, const struct xml_node *n, enum inline_kind kind, int id)
{
	struct inline_item *i = add_inline(b, in, kind, n);
	const struct xml_attr *at = xml_attr(n, "style");
	const struct style *style = at ? style_inline(b->d, b->a, &b->r, in->style, at->value, made_at(n)) : NULL;
	struct inlines inner = {&i->first, style ? style : in->style, id};

	i->style = inner.style;
	add_children(b, &inner, n);
	return i;
}

static emu length_of(const struct xml_node *n, const char *name, const struct style *s, emu otherwise)
{
	struct length l;

	return unit_parse(xml_value(n, name), &l) ? unit_resolve(l, s->size, s->pitch) : otherwise;
}

static void add_element(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	int id = element_check(b->d, b->a, n, in->parent, VOCABULARY_R);

	switch (id) {
	case EL_SPAN:
		add_span(b, in, n);
		break;
	case EL_BR:
		add_inline(b, in, INLINE_BR, n);
		break;
	case EL_SPACE:
		add_inline(b, in, INLINE_SPACE, n)->width = length_of(n, "width", in->style, 0);
		break;
	case EL_TRAILER:
		add_nested(b, in, n, INLINE_TRAILER, id);
		break;
	case EL_SPREAD:
		add_nested(b, in, n, INLINE_SPREAD, id)->width = length_of(n, "width", in->style, 0);
		break;
	default:
		break;
	}
}

static void add_children(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->kind == XML_TEXT)
			add_text(b, in, c);
		else
			add_element(b, in, c);
	}
}

/* ---- blocks ---- */

static void bind_blocks(struct binding *b, struct block *parent, const struct xml_node *n, int parent_id);

static struct block *add_block(struct binding *b, struct block *parent, enum block_kind kind, const struct xml_node *n)
{
	struct block *k = ARENA_NEW(b->a, struct block);

	k->kind = kind;
	k->loc = n->loc;
	k->layout = n->layout;
	if (parent)
		block_append(parent, k);
	return k;
}

static void bind_p(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct block *k = add_block(b, parent, BLOCK_P, n);

	k->style = style_named(b, n);
	if (!k->style)
		k->style = style_default(&b->r);
	struct inlines in = {&k->inlines, k->style, EL_P};
	add_children(b, &in, n);
	space_settle(b->a, &k->inlines);
}

static const struct colour *colour_named(struct binding *b, const struct xml_node *n)
{
	const struct xml_attr *at = xml_attr(n, "colour");
	const struct colour *c = at ? map_get(&b->r.colours, at->value) : NULL;

	if (at && !c)
		diag_add(b->d, DIAG_LAYOUT_NAME, made_at(n), "colour", cs(b->a, at->value), "", NULL);
	return c;
}

static void bind_rule(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct block *k = add_block(b, parent, BLOCK_RULE, n);
	const struct style *s = style_default(&b->r);

	k->height = length_of(n, "height", s, EMU_PT / 2);
	k->width = length_of(n, "width", s, 0);
	k->colour = colour_named(b, n);
}

static void bind_space(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct block *k = add_block(b, parent, BLOCK_SPACE, n);
	const struct style *s = style_named(b, n);

	k->height = length_of(n, "height", s ? s : style_default(&b->r), 0);
}

static void bind_group(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct block *k = add_block(b, parent, BLOCK_GROUP, n);

	k->style = style_named(b, n);
	k->at_bottom = str_is(xml_value(n, "at"), "bottom");
	bind_blocks(b, k, n, EL_GROUP);
}

static void bind_section(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct block *k = add_block(b, parent, BLOCK_SECTION, n);
	const struct xml_attr *at = xml_attr(n, "page");

	k->page = at ? map_get(&b->r.pages, at->value) : b->r.pages.entries[0].value;
	if (!k->page) {
		diag_add(b->d, DIAG_LAYOUT_NAME, made_at(n), "page", cs(b->a, at->value), "", NULL);
		k->page = b->r.pages.entries[0].value;
	}
	bind_blocks(b, k, n, EL_SECTION);
}

static void bind_block(struct binding *b, struct block *parent, const struct xml_node *n, int parent_id)
{
	switch (element_check(b->d, b->a, n, parent_id, VOCABULARY_R)) {
	case EL_SECTION:
		bind_section(b, parent, n);
		break;
	case EL_P:
		bind_p(b, parent, n);
		break;
	case EL_GROUP:
		bind_group(b, parent, n);
		break;
	case EL_RULE:
		bind_rule(b, parent, n);
		break;
	case EL_SPACE:
		bind_space(b, parent, n);
		break;
	case EL_BREAK:
		add_block(b, parent, BLOCK_BREAK, n);
		break;
	default:
		break;
	}
}

static void report_bare(struct binding *b, const struct xml_node *n)
{
	if (is_blank(n->text))
		return;
	if (n->from)
		b->placed[n->from->number] = 1; /* reported here, not twice */
	diag_add(b->d, DIAG_LAYOUT_BARE_TEXT, n->from ? n->loc : made_at(n), excerpt(b->a, n->text), NULL)->other =
		n->from ? n->layout : (struct loc){0};
}

static void bind_blocks(struct binding *b, struct block *parent, const struct xml_node *n, int parent_id)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->kind == XML_TEXT)
			report_bare(b, c);
		else
			bind_block(b, parent, c, parent_id);
	}
}

/* ---- what was not placed ---- */

/* True when the element ends the path `match`: names with "/" between, "*" for any. */
static bool path_ends(const struct xml_node *n, struct str match)
{
	while (match.n) {
		const char *slash = memrchr(match.p, '/', match.n);
		size_t from = slash ? (size_t)(slash - match.p) + 1 : 0;
		struct str name = str_sub(match, from, match.n);
		if (!n || (!str_is(name, "*") && !str_eq(n->name, name)))
			return false;
		n = n->parent;
		match.n = from ? from - 1 : 0;
	}
	return true;
}

static bool is_omitted(const struct binding *b, const struct xml_node *text)
{
	for (const struct xml_node *n = text->parent; n; n = n->parent)
		for (const struct decl *c = b->l->decls; c; c = c->next)
			if (c->element == EL_OMIT && path_ends(n, c->name))
				return true;
	return false;
}

static void report_unplaced(struct binding *b)
{
	for (const struct xml_node *n = b->record->root; n; n = xml_walk(b->record->root, n)) {
		if (n->kind != XML_TEXT || b->placed[n->number] || is_blank(n->text) || is_omitted(b, n))
			continue;
		size_t lead = 0;
		while (lead < n->text.n && strchr(" \t\r\n", n->text.p[lead]))
			lead++;
		diag_add(b->d, DIAG_RECORD_UNPLACED, xml_text_loc(b->record->sources, n, lead), excerpt(b->a, n->text), NULL);
	}
}

/* ---- the document ---- */

static void bind_metadata(struct binding *b, const struct xml_node *n)
{
	struct doc_metadata *m = &b->r.doc->metadata;

	m->title = str_trim(xml_value(n, "title"));
	m->author = str_trim(xml_value(n, "author"));
	m->subject = str_trim(xml_value(n, "subject"));
	m->keywords = str_trim(xml_value(n, "keywords"));
	m->date = str_trim(xml_value(n, "date"));
	m->lang = b->record->lang;
	m->kind = b->record->kind;
	m->layout = b->l->name;
}

static void bind_document(struct binding *b, const struct xml_node *root)
{
	struct doc *doc = b->r.doc;

	if (element_check(b->d, b->a, root, -1, VOCABULARY_R) != EL_DOCUMENT)
		return;
	bind_metadata(b, root);
	doc->root = add_block(b, NULL, BLOCK_DOCUMENT, root);
	bind_blocks(b, doc->root, root, EL_DOCUMENT);
	report_unplaced(b);
}

struct doc *layout_bind(struct diag_list *d, struct arena *a, struct layout *l, struct record *record)
{
	struct binding b = {.d = d, .a = a, .l = l, .record = record};
	size_t errors = diag_count(d, SEVERITY_ERROR);

	if (!style_resolve(d, a, l, record->lang, &b.r))
		return NULL;
	b.placed = ARENA_ARRAY(a, xml_node_count(record->xml) + 1, uint8_t);
	const struct xml_node *result = xml_transform(d, a, l->sheet, record->xml, NULL);
	if (!result)
		return NULL;
	bind_document(&b, result);
	if (diag_count(d, SEVERITY_ERROR) != errors || !b.r.doc->root)
		return NULL;
	return b.r.doc;
}
