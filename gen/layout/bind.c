/* bind: runs the templates over a record and turns their result into the doc.
 * Takes: layout, record. Gives: blocks with resolved styles; every text of the record is placed, omitted on
 * purpose (<omit>), or reported (RECORD_UNPLACED, LAYOUT_BARE_TEXT). */
#include "layout/bind.h"

/* Where inlines are collected. */
struct inlines {
	struct inline_item **tail;
	const struct style *style;
	enum element_id parent;    /* the nearest that is no span */
	bool hang;                 /* one was seen: a paragraph has one */
	const struct anchor *link; /* text leads there, or NULL */
};

/* ---- texts ---- */

/* Text of the record counts as record where it is placed first; again, it is a repeat made by the layout. */
static enum text_origin origin_of(struct binding *b, const struct xml_node *n)
{
	if (!n->from || b->placed[n->from->number])
		return TEXT_GENERATED;
	b->placed[n->from->number] = 1;
	return TEXT_RECORD;
}

/* Messages have been said about this part of the result: what it holds is not unplaced besides. */
void bind_give_up(struct binding *b, const struct xml_node *n)
{
	for (const struct xml_node *at = n; at; at = xml_walk(n, at))
		if (at->from)
			b->placed[at->from->number] = 1;
}

void bind_bare_text(struct binding *b, const struct xml_node *n)
{
	element_bare_text(b->d, b->a, n);
	bind_give_up(b, n);
}

/* For elements that hold nothing. */
void bind_nothing_inside(struct binding *b, const struct xml_node *n, enum element_id id)
{
	element_children(b->d, b->a, n, id, NULL, NULL);
	bind_give_up(b, n);
}

/* ---- inlines ---- */

static struct inline_item *add_inline(struct binding *b, struct inlines *in, enum inline_kind kind, const struct xml_node *n)
{
	struct inline_item *i = ARENA_NEW(b->a, struct inline_item);

	*i = (struct inline_item){
		.kind = kind, .style = in->style, .origin = TEXT_GENERATED, .loc = n->loc, .layout = n->layout,
	};
	*in->tail = i;
	in->tail = &i->next;
	return i;
}

static void add_text(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	struct inline_item *i = add_inline(b, in, INLINE_TEXT, n);

	i->text = n->text;
	i->link = in->link;
	i->origin = origin_of(b, n);
	/* Leading white space is about to go: the place is that of the first character left. */
	if (n->from || n->origin == XML_LITERAL)
		i->loc = text_loc(b->d, n);
}

static void add_children(struct binding *b, struct inlines *in, const struct xml_node *n);

/* A span leaves no trace but the style of its texts. */
static void add_span(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	struct inlines inner = *in;

	inner.style = style_inline(b->d, b->a, &b->r, in->style, n);
	add_children(b, &inner, n);
	in->tail = inner.tail;
	in->hang = inner.hang;
}

static struct inline_item *add_nested(struct binding *b, struct inlines *in, const struct xml_node *n, enum inline_kind kind,
				      enum element_id id)
{
	struct inline_item *i = add_inline(b, in, kind, n);
	struct inlines inner = {&i->first, style_inline(b->d, b->a, &b->r, in->style, n), id, false, in->link};

	i->style = inner.style;
	add_children(b, &inner, n);
	return i;
}

static void add_hang(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	if (in->hang) {
		struct diag *m = diag_add(b->d, DIAG_LAYOUT_ONE, element_loc(n), "hang", "p", NULL);
		m->length = (uint32_t)n->name.n + 1;
		m->other = element_other(n);
	}
	in->hang = true;
	add_inline(b, in, INLINE_HANG, n);
	bind_nothing_inside(b, n, EL_HANG);
}

emu bind_length(const struct xml_node *n, const char *name, const struct style *s, emu otherwise)
{
	struct length l;

	return unit_parse(xml_value(n, name), &l) ? unit_resolve(l, s->size, s->pitch) : otherwise;
}

/* Inside a line: width; em and 行 are those of the text around, or of the style named. */
static void add_space(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	const struct style *s = style_inline(b->d, b->a, &b->r, in->style, n);

	add_inline(b, in, INLINE_SPACE, n)->width = bind_length(n, "width", s, 0);
	bind_nothing_inside(b, n, EL_SPACE);
}

/* Its words are a repeat of what stands elsewhere: text of the record in it is not placed by it. */
static void add_mark(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	struct inline_item *i = add_inline(b, in, INLINE_MARK, n);

	i->name = xml_value(n, "name");
	i->text = space_settle_text(b->a, xml_string(b->a, n));
	int_parse(xml_value(n, "outline"), &i->level);
	map_set(&b->marks, i->name, i);
	element_children(b->d, b->a, n, EL_MARK, NULL, NULL);
}

/* ---- included records ---- */

static void add_ref(struct binding *b, struct inline_item *item, const struct anchor *to)
{
	struct page_ref *ref = ARENA_NEW(b->a, struct page_ref);

	*ref = (struct page_ref){b->r.doc->refs, item, to};
	b->r.doc->refs = ref;
}

/* A text whose number is written when the pages are made. */
static void add_page_of(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	struct included *k = bind_included(b, n);
	struct inline_item *i = add_inline(b, in, INLINE_TEXT, n);

	i->text = STR("0");
	i->link = in->link;
	if (k)
		add_ref(b, i, &k->anchor);
	bind_nothing_inside(b, n, EL_PAGE_OF);
}

/* A link leaves no trace but on its texts. */
static void add_link(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	struct included *k = bind_included(b, n);
	struct inlines inner = *in;

	inner.parent = EL_LINK;
	inner.link = k ? &k->anchor : NULL;
	if (k)
		add_ref(b, NULL, &k->anchor);
	add_children(b, &inner, n);
	in->tail = inner.tail;
}

static void add_leader(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	struct inline_item *i = add_inline(b, in, INLINE_LEADER, n);

	i->style = style_inline(b->d, b->a, &b->r, in->style, n);
	i->text = xml_value(n, "text");
	bind_nothing_inside(b, n, EL_LEADER);
}

static void add_element(struct binding *b, struct inlines *in, const struct xml_node *n)
{
	int id = element_check(b->d, b->a, n, (int)in->parent, VOCABULARY_R);

	switch (id) {
	case EL_SPAN:
		add_span(b, in, n);
		break;
	case EL_BR:
		add_inline(b, in, INLINE_BR, n);
		bind_nothing_inside(b, n, EL_BR);
		break;
	case EL_SPACE:
		add_space(b, in, n);
		break;
	case EL_TRAILER:
		add_nested(b, in, n, INLINE_TRAILER, EL_TRAILER);
		break;
	case EL_HANG:
		add_hang(b, in, n);
		break;
	case EL_MARK:
		add_mark(b, in, n);
		break;
	case EL_PAGE_OF:
		add_page_of(b, in, n);
		break;
	case EL_LINK:
		add_link(b, in, n);
		break;
	case EL_LEADER:
		add_leader(b, in, n);
		break;
	case EL_SPREAD:
		add_nested(b, in, n, INLINE_SPREAD, EL_SPREAD)->width = bind_length(n, "width", in->style, 0);
		break;
	default:
		bind_give_up(b, n);
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

struct block *bind_new(struct binding *b, struct block *parent, enum block_kind kind, const struct xml_node *n)
{
	struct block *k = ARENA_NEW(b->a, struct block);

	k->kind = kind;
	k->loc = n->loc;
	k->layout = n->layout;
	if (parent)
		block_append(parent, k);
	return k;
}

const struct style *bind_style(struct binding *b, const struct xml_node *n)
{
	return resolved_named(b->d, b->a, &b->r, n, "style", EL_STYLE);
}

struct block *bind_inlines(struct binding *b, struct block *parent, const struct xml_node *n, const struct style *style)
{
	struct block *k = bind_new(b, parent, BLOCK_P, n);

	k->style = style ? style : b->r.first_style;
	struct inlines in = {&k->inlines, k->style, EL_P, false, NULL};
	add_children(b, &in, n);
	space_settle(b->a, &k->inlines);
	return k;
}

static void bind_rule(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct block *k = bind_new(b, parent, BLOCK_RULE, n);

	k->height = bind_length(n, "height", b->r.first_style, EMU_PT / 2);
	k->width = bind_length(n, "width", b->r.first_style, 0);
	k->colour = resolved_named(b->d, b->a, &b->r, n, "colour", EL_COLOUR);
	bind_nothing_inside(b, n, EL_RULE);
}

static void bind_space(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct block *k = bind_new(b, parent, BLOCK_SPACE, n);
	const struct style *s = bind_style(b, n);

	k->height = bind_length(n, "height", s ? s : b->r.first_style, 0);
	bind_nothing_inside(b, n, EL_SPACE);
}

static void bind_group(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct block *k = bind_new(b, parent, BLOCK_GROUP, n);

	k->style = bind_style(b, n);
	k->at_bottom = str_is(xml_value(n, "at"), "bottom");
	k->section = str_is(xml_value(n, "role"), "section");
	bind_blocks(b, k, n, EL_GROUP);
}

static void bind_section(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct block *k = bind_new(b, parent, BLOCK_SECTION, n);

	k->page = resolved_named(b->d, b->a, &b->r, n, "page", EL_PAGE);
	if (!k->page)
		k->page = b->r.doc->pages[0];
	bind_blocks(b, k, n, EL_SECTION);
}

static void bind_block(struct binding *b, struct block *parent, const struct xml_node *n, enum element_id parent_id)
{
	switch (element_check(b->d, b->a, n, (int)parent_id, VOCABULARY_R)) {
	case EL_SECTION:
		bind_section(b, parent, n);
		break;
	case EL_P:
		bind_inlines(b, parent, n, bind_style(b, n));
		break;
	case EL_GROUP:
		bind_group(b, parent, n);
		break;
	case EL_INCLUDE:
		bind_include(b, parent, n);
		break;
	case EL_RULE:
		bind_rule(b, parent, n);
		break;
	case EL_SPACE:
		bind_space(b, parent, n);
		break;
	case EL_TABLE:
		bind_table(b, parent, n);
		break;
	case EL_BREAK:
		bind_new(b, parent, BLOCK_BREAK, n);
		bind_nothing_inside(b, n, EL_BREAK);
		break;
	default:
		bind_give_up(b, n);
	}
}

void bind_blocks(struct binding *b, struct block *parent, const struct xml_node *n, enum element_id parent_id)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->kind == XML_TEXT)
			bind_bare_text(b, c);
		else
			bind_block(b, parent, c, parent_id);
	}
}

/* ---- running heads ---- */

static void unknown_mark(struct binding *b, const struct inline_item *running)
{
	struct nearest near;

	nearest_open(&near, running->name);
	for (size_t i = 0; i < b->marks.n; i++)
		nearest_try(&near, b->marks.entries[i].key);
	diag_add(b->d, DIAG_LAYOUT_NAME, running->layout, "mark", cs(b->a, running->name), nearest_text(&near, b->a), NULL)->length =
		(uint32_t)running->name.n;
}

/* A running head of marks that no template makes would stay empty. */
static void check_running(struct binding *b, const struct page_master *p)
{
	for (const struct furniture *f = p->furniture; f; f = f->next)
		for (const struct inline_item *i = f->inlines; i; i = i->next)
			if (i->kind == INLINE_RUNNING && !map_get(&b->marks, i->name))
				unknown_mark(b, i);
}

static bool is_used(const struct doc *doc, const struct page_master *p)
{
	for (const struct block *k = doc->root->first; k; k = k->next)
		if (k->page == p)
			return true;
	return false;
}

static void check_marks(struct binding *b)
{
	const struct doc *doc = b->r.doc;

	for (int i = 0; i < doc->n_pages; i++)
		if (is_used(doc, doc->pages[i]))
			check_running(b, doc->pages[i]);
}

/* ---- the document ---- */

static void bind_metadata(struct binding *b, const struct xml_node *n)
{
	struct doc_metadata *m = &b->r.doc->metadata;

	m->title = space_settle_text(b->a, xml_value(n, "title"));
	m->author = space_settle_text(b->a, xml_value(n, "author"));
	m->subject = space_settle_text(b->a, xml_value(n, "subject"));
	m->keywords = space_settle_text(b->a, xml_value(n, "keywords"));
	m->number = space_settle_text(b->a, xml_value(n, "number"));
	m->index = space_settle_text(b->a, xml_value(n, "index"));
	m->date = str_trim(xml_value(n, "date"));
	m->published = str_trim(xml_value(n, "published"));
	m->lang = b->record->lang;
	m->kind = b->record->kind;
	m->layout = b->layout->name;
}

static void bind_document(struct binding *b, const struct xml_node *root)
{
	struct doc *doc = b->r.doc;

	if (element_check(b->d, b->a, root, -1, VOCABULARY_R) != EL_DOCUMENT)
		return;
	bind_metadata(b, root);
	doc->root = bind_new(b, NULL, BLOCK_DOCUMENT, root);
	bind_blocks(b, doc->root, root, EL_DOCUMENT);
	if (!doc->root->first)
		diag_add(b->d, DIAG_LAYOUT_REQUIRED, element_loc(root), "document", "<section>", NULL);
	check_marks(b);
	bind_unplaced(b);
	if (b->layout->published)
		bind_published(b, root);
	bind_not_included(b);
}

/* A layout that names a kind sets no other. */
static bool check_kind(struct diag_list *d, struct arena *a, const struct layout *l, const struct record *record)
{
	const struct xml_attr *kind = xml_attr(record->root, "kind");

	if (!l->kind.n || str_eq(l->kind, record->kind))
		return true;
	diag_add(d, DIAG_LAYOUT_KIND, kind ? kind->value_loc : record->root->loc, cs(a, l->name), cs(a, l->kind),
		 cs(a, record->kind), NULL)->other = l->kind_loc;
	return false;
}

struct doc *layout_bind(struct diag_list *d, struct arena *a, struct layout *l, struct record *record, struct included *included)
{
	struct binding b = {.d = d, .a = a, .layout = l, .record = record, .included = included};
	size_t errors = diag_count(d, SEVERITY_ERROR);

	if (!check_kind(d, a, l, record) || !style_resolve(d, a, l, record->lang, &b.r))
		return NULL;
	if (!l->sheet) { /* declarations for other layouts to use */
		diag_add(d, DIAG_LAYOUT_REQUIRED, l->loc, "layout", "<templates>", NULL);
		return NULL;
	}
	map_open(&b.marks, a);
	b.placed = ARENA_ARRAY(a, xml_node_count(record->xml) + 1, uint8_t);
	l->included = included;
	const struct xml_node *result = xml_transform(d, a, l->sheet, record->xml, NULL);
	l->included = NULL;
	xml_release(record->xml);
	if (!result)
		return NULL;
	bind_document(&b, result);
	if (diag_count(d, SEVERITY_ERROR) != errors || !b.r.doc->root)
		return NULL;
	return b.r.doc;
}
