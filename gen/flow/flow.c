/* flow: walks the blocks of a document and gives their lines, rules and blanks to the page builder. See flow.h. */
#include "flow/vlist.h"

struct walking {
	struct diag_list *d;
	struct list *list;
	const struct flow_options *o;
	struct builder *b;
	struct structure *structure;
};

static emu body_width(const struct walking *w)
{
	return builder_width(w->b);
}

static bool flow_rule(const struct walking *w, const struct block *k, struct measure m)
{
	emu measure = body_width(w) - m.start - m.end;
	emu width = k->width ? k->width : measure;
	struct vitem v = {
		.kind = V_RULE, .before = BREAK_MAY, .height = k->height, .colour = k->colour, .loc = k->loc,
		.width = width, .x = m.start + (measure - width) / 2,
	};

	return builder_push(w->b, &v);
}

static bool flow_glue(const struct walking *w, emu height)
{
	struct vitem v = {.kind = V_GLUE, .height = height};

	return !height || builder_push(w->b, &v);
}

static bool flow_blocks(const struct walking *w, const struct block *parent, struct measure m);

static bool flow_group(const struct walking *w, const struct block *k, struct measure m)
{
	const struct style *s = k->style;
	bool together = s && s->keep_together;
	uint32_t around = k->section ? structure_section(w->structure, k) : 0;

	if (s)
		m = (struct measure){m.start + s->indent_start, m.end + s->indent_end};
	if (s && !flow_glue(w, s->space_before))
		return false;
	if (k->anchor)
		builder_anchor(w->b, k->anchor);
	w->structure->deeper += k->deeper;
	if (k->at_bottom)
		builder_bottom(w->b);
	if (together)
		builder_hold(w->b);
	bool good = flow_blocks(w, k, m);
	w->structure->deeper -= k->deeper;
	if (k->section)
		structure_section_end(w->structure, around);
	if (together)
		builder_release(w->b);
	if (k->at_bottom)
		good = builder_bottom_end(w->b) && good;
	if (s && s->keep_with_next)
		builder_keep(w->b);
	return good && (!s || flow_glue(w, s->space_after));
}

static bool flow_paragraph(const struct walking *w, const struct block *k, struct measure m)
{
	struct label label;
	uint32_t node = structure_paragraph(w->structure, k, &label);

	return para_flow(w->d, w->o->fonts, w->b, k, node, &label, m, body_width(w));
}

/* What is included may have pages of its own: behind them go on those around. */
static bool flow_section(const struct walking *w, const struct block *k)
{
	const struct page_master *around = k->parent->kind == BLOCK_GROUP ? builder_page(w->b) : NULL;

	return builder_master(w->b, k->page) && flow_blocks(w, k, (struct measure){0, 0}) &&
	       (!around || builder_master(w->b, around));
}

static bool flow_block(const struct walking *w, const struct block *k, struct measure m)
{
	switch (k->kind) {
	case BLOCK_SECTION:
		return flow_section(w, k);
	case BLOCK_GROUP:
		return flow_group(w, k, m);
	case BLOCK_P:
		return flow_paragraph(w, k, m);
	case BLOCK_RULE:
		return flow_rule(w, k, m);
	case BLOCK_SPACE:
		return flow_glue(w, k->height);
	case BLOCK_BREAK:
		builder_break(w->b);
		return true;
	case BLOCK_TABLE:
		return table_flow(w->d, w->o->fonts, w->b, k, structure_node(w->structure), m, body_width(w));
	case BLOCK_DOCUMENT:
		break;
	}
	return flow_blocks(w, k, m);
}

static bool flow_blocks(const struct walking *w, const struct block *parent, struct measure m)
{
	for (const struct block *k = parent->first; k; k = k->next)
		if (!flow_block(w, k, m))
			return false;
	return true;
}

static bool make_pages(struct diag_list *d, const struct doc *doc, struct list *l, const struct flow_options *o)
{
	struct structure structure = {.list = l};
	struct walking w = {d, l, o, builder_new(d, doc, l, o), &structure};
	size_t errors = diag_count(d, SEVERITY_ERROR);
	bool good = flow_blocks(&w, doc->root, (struct measure){0, 0}) && builder_finish(w.b);

	builder_close(w.b);
	return good && diag_count(d, SEVERITY_ERROR) == errors;
}

/* ---- pages that are referred to ---- */

static bool drop_page(void *user, const struct list_page *p)
{
	(void)user, (void)p;
	return true;
}

/* Make the pages for their numbers only; what is wrong is said when they are made in earnest. */
static bool rehearse(const struct doc *doc, const struct source_table *sources)
{
	struct arena *a = arena_new();
	struct diag_list d;
	struct font_set *fonts = font_set_new();
	struct flow_options o = {fonts, drop_page, NULL, NULL};

	diag_open(&d, a, sources);
	d.draft = true;
	bool good = font_set_check(&d, fonts, doc);
	good = make_pages(&d, doc, list_new(a, &doc->metadata), &o) && good;
	font_set_close(fonts);
	arena_close(a);
	return good;
}

/* Write the numbers; the last reference whose number is another one than before, or NULL. */
static const struct page_ref *write_numbers(const struct doc *doc)
{
	const struct page_ref *changed = NULL;

	for (const struct page_ref *r = doc->refs; r; r = r->next) {
		struct str number = r->item ? str_of(arena_printf(doc->arena, "%d", r->to->page)) : (struct str){0};
		if (!r->item || str_eq(number, r->item->text))
			continue;
		r->item->text = number;
		changed = r;
	}
	return changed;
}

/* Numbers and pages in turn until the numbers stay. They nearly always do after the first: a longer number can only push what
 * follows to later pages, so the numbers grow until they are right. */
static bool settle_pages(struct diag_list *d, const struct doc *doc)
{
	const struct page_ref *changed = NULL;

	for (int i = 0; i < FLOW_REHEARSALS; i++) {
		if (!rehearse(doc, d->sources))
			return true; /* the run in earnest says why */
		if (!(changed = write_numbers(doc)))
			return true;
	}
	diag_add(d, DIAG_PAGE_UNSETTLED, changed->item->layout, arena_printf(d->arena, "%d", FLOW_REHEARSALS),
		 arena_copy(d->arena, changed->to->title.p, changed->to->title.n), NULL);
	return false;
}

bool flow_run(struct diag_list *d, const struct doc *doc, struct list *l, const struct flow_options *o)
{
	return (!doc->refs || settle_pages(d, doc)) && make_pages(d, doc, l, o);
}
