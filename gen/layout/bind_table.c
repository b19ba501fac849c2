/* bind_table: <table> of a result -> struct table: columns, header, rows, cells with their rules. See bind.h. */
#include "layout/bind.h"

/* What cells take from their table. */
struct tabled {
	struct binding *b;
	struct table *t;
	const struct style *style;
	const struct colour *colour;
	emu pad_x, pad_y;
	enum valign valign;
	enum row_split split;
};

#define MOST_COLUMNS 1000 /* that one cell may ask for */

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int int_of(const struct xml_node *n, const char *name, int otherwise)
{
	int v;

	return int_parse(xml_value(n, name), &v) && v > 0 ? v : otherwise;
}

static enum valign valign_of(const struct xml_node *n, enum valign otherwise)
{
	struct str v = xml_value(n, "valign");

	return str_is(v, "top") ? VALIGN_TOP : str_is(v, "middle") ? VALIGN_MIDDLE : str_is(v, "bottom") ? VALIGN_BOTTOM : otherwise;
}

static enum row_split split_of(const struct xml_node *n, enum row_split otherwise)
{
	struct str v = xml_value(n, "split");

	return str_is(v, "lines") ? SPLIT_LINES : str_is(v, "whole") ? SPLIT_WHOLE : otherwise;
}

static bool is_no(const struct xml_node *n, const char *name)
{
	return str_is(xml_value(n, name), "no");
}

static bool is_yes(const struct xml_node *n, const char *name)
{
	return str_is(xml_value(n, name), "yes");
}

static struct edge edge_of(const struct xml_node *n, const char *name, struct edge otherwise, const struct colour *colour)
{
	struct edge e;

	if (!xml_value(n, name).n || !edge_parse(xml_value(n, name), &e))
		return otherwise;
	e.colour = colour;
	return e;
}

/* ---- cells ---- */

/* Content of a cell that is no block: text, or an element that stands in paragraphs only. */
static bool is_inline(const struct xml_node *n)
{
	if (n->kind == XML_TEXT)
		return str_trim(n->text).n > 0;
	for (int id = 0; id < EL_COUNT; id++)
		if (element_defs[id].vocabulary == VOCABULARY_R && str_is(n->name, element_defs[id].name))
			return element_may_stand((enum element_id)id, EL_P) && !element_may_stand((enum element_id)id, EL_CELL);
	return false;
}

static bool has_inlines(const struct xml_node *n)
{
	for (const struct xml_node *c = n->first; c; c = c->next)
		if (is_inline(c))
			return true;
	return false;
}

static void collect(struct buf *out, const struct inline_item *i)
{
	for (; i; i = i->next) {
		if (i->kind == INLINE_TEXT)
			buf_str(out, i->text);
		collect(out, i->first);
	}
}

static struct str cell_text(struct arena *a, const struct block *first)
{
	struct buf text = {0};

	for (const struct block *k = first; k; k = k->next) {
		collect(&text, k->inlines);
		buf_char(&text, '\n');
	}
	struct str s = arena_str(a, str_trim(buf_view(&text)));
	buf_free(&text);
	return s;
}

static struct cell *bind_cell(struct tabled *t, const struct xml_node *n)
{
	static const char *const sides[SIDE_COUNT] = {"rule-top", "rule-bottom", "rule-start", "rule-end"};
	struct binding *b = t->b;
	struct cell *c = ARENA_NEW(b->a, struct cell);
	struct block *inside = ARENA_NEW(b->a, struct block); /* blocks want a parent */
	const struct style *style = bind_style(b, n);

	inside->kind = BLOCK_GROUP;
	style = style ? style : t->style;
	c->loc = n->loc;
	c->layout = n->layout;
	c->colspan = least(int_of(n, "colspan", 1), MOST_COLUMNS);
	c->rowspan = int_of(n, "rowspan", 1);
	c->merge_same = str_is(xml_value(n, "merge"), "same");
	c->in_step = is_yes(n, "step");
	c->heading = is_yes(n, "heading");
	c->valign = valign_of(n, t->valign);
	c->pad_x = bind_length(n, "pad-x", style, t->pad_x);
	c->pad_y = bind_length(n, "pad-y", style, t->pad_y);
	c->tint = resolved_named(b->d, b->a, &b->r, n, "tint", EL_COLOUR);
	for (int k = 0; k < SIDE_COUNT; k++)
		c->edges[k] = edge_of(n, sides[k], (struct edge){0}, t->colour);
	if (has_inlines(n))
		bind_inlines(b, inside, n, style);
	else
		bind_blocks(b, inside, n, EL_CELL);
	c->first = inside->first;
	c->text = cell_text(b->a, c->first);
	return c;
}

/* ---- rows ---- */

static struct row *bind_row(struct tabled *t, const struct xml_node *n)
{
	struct row *r = ARENA_NEW(t->b->a, struct row);
	struct cell **tail = &r->cells;
	struct str keep = xml_value(n, "keep");

	r->loc = n->loc;
	r->layout = n->layout;
	r->keep_next = str_is(keep, "next") || str_is(keep, "both");
	r->keep_previous = str_is(keep, "previous") || str_is(keep, "both");
	r->split = split_of(n, t->split);
	r->min_height = bind_length(n, "height", t->style, 0);
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->kind == XML_TEXT) {
			bind_bare_text(t->b, c);
		} else if (element_check(t->b->d, t->b->a, c, EL_ROW, VOCABULARY_R) == EL_CELL) {
			*tail = bind_cell(t, c);
			tail = &(*tail)->next;
		} else {
			bind_give_up(t->b, c);
		}
	}
	return r;
}

static struct row **bind_header(struct tabled *t, const struct xml_node *n, struct row **tail)
{
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->kind == XML_TEXT) {
			bind_bare_text(t->b, c);
		} else if (element_check(t->b->d, t->b->a, c, EL_HEADER, VOCABULARY_R) == EL_ROW) {
			*tail = bind_row(t, c);
			tail = &(*tail)->next;
		} else {
			bind_give_up(t->b, c);
		}
	}
	return tail;
}

static void bind_column(struct tabled *t, const struct xml_node *n)
{
	struct column *c = &t->t->columns[t->t->n_columns++];

	c->loc = n->loc;
	c->layout = n->layout;
	column_parse(xml_value(n, "width"), t->style->size, t->style->pitch, c);
	c->min = bind_length(n, "min", t->style, 0);
	c->max = bind_length(n, "max", t->style, 0);
	bind_nothing_inside(t->b, n, EL_COL);
}

static void bind_continued(struct tabled *t, const struct xml_node *n)
{
	struct block *inside = ARENA_NEW(t->b->a, struct block);
	const struct style *style = bind_style(t->b, n);

	inside->kind = BLOCK_GROUP;
	t->t->continued = bind_inlines(t->b, inside, n, style ? style : t->style);
}

static void bind_note(struct tabled *t, const struct xml_node *n, struct block **tail)
{
	struct block *inside = ARENA_NEW(t->b->a, struct block);
	const struct style *style = bind_style(t->b, n);

	inside->kind = BLOCK_GROUP;
	*tail = bind_inlines(t->b, inside, n, style ? style : t->style);
}

/* ---- the table ---- */

struct tails {
	struct row **header, **rows;
	struct block **notes;
};

static void bind_part(struct tabled *t, const struct xml_node *n, struct tails *tails)
{
	switch (element_check(t->b->d, t->b->a, n, EL_TABLE, VOCABULARY_R)) {
	case EL_COL:
		bind_column(t, n);
		break;
	case EL_HEADER:
		tails->header = bind_header(t, n, tails->header);
		break;
	case EL_CONTINUED:
		bind_continued(t, n);
		break;
	case EL_NOTE:
		bind_note(t, n, tails->notes);
		tails->notes = &(*tails->notes)->next;
		break;
	case EL_ROW:
		*tails->rows = bind_row(t, n);
		tails->rows = &(*tails->rows)->next;
		break;
	default:
		bind_give_up(t->b, n);
	}
}

/* Without <col>: as many automatic columns as the first row has. */
static void count_columns(struct table *t)
{
	const struct row *r = t->header ? t->header : t->rows;

	if (t->n_columns)
		return;
	for (const struct cell *c = r ? r->cells : NULL; c; c = c->next)
		t->n_columns += c->colspan;
}

static size_t most_columns(const struct xml_node *n)
{
	size_t most = 1;

	for (const struct xml_node *r = n->first; r; r = xml_walk(n, r)) {
		size_t columns = 0;
		for (const struct xml_node *c = r->first; c && xml_is(r, "row"); c = c->next)
			columns += (size_t)least(int_of(c, "colspan", 1), MOST_COLUMNS);
		most = columns > most ? columns : most;
	}
	for (const struct xml_node *c = n->first; c; c = c->next)
		most += xml_is(c, "col");
	return most;
}

static void bind_rules(struct tabled *t, const struct xml_node *n)
{
	struct edge thin = {.set = true, .line = EDGE_SOLID, .weight = EMU_PT / 2, .colour = t->colour};

	t->t->grid = edge_of(n, "grid", thin, t->colour);
	t->t->frame = edge_of(n, "frame", t->t->grid, t->colour);
	t->t->frame_x = edge_of(n, "frame-x", t->t->frame, t->colour);
	t->t->grid_x = edge_of(n, "grid-x", t->t->grid, t->colour);
	t->t->header_rule = edge_of(n, "header-rule", (struct edge){0}, t->colour);
}

void bind_table(struct binding *b, struct block *parent, const struct xml_node *n)
{
	struct block *k = bind_new(b, parent, BLOCK_TABLE, n);
	struct table *t = ARENA_NEW(b->a, struct table);
	struct tabled in = {.b = b, .t = t, .style = bind_style(b, n)};
	struct str align = xml_value(n, "align");

	k->table = t;
	in.style = in.style ? in.style : b->r.first_style;
	in.colour = resolved_named(b->d, b->a, &b->r, n, "colour", EL_COLOUR);
	in.pad_x = bind_length(n, "pad-x", in.style, in.style->size / 4);
	in.pad_y = bind_length(n, "pad-y", in.style, 0);
	in.valign = valign_of(n, VALIGN_MIDDLE);
	in.split = split_of(n, SPLIT_WHOLE);
	t->loc = n->loc;
	t->layout = n->layout;
	t->style = in.style;
	t->width = bind_length(n, "width", in.style, 0);
	t->align = str_is(align, "centre") ? ALIGN_CENTRE : str_is(align, "end") ? ALIGN_END : ALIGN_START;
	t->repeat_header = !is_no(n, "repeat-header");
	t->min_lines = int_of(n, "min-lines", 1);
	t->cut_suffix = xml_value(n, "cut-suffix");
	t->columns = ARENA_ARRAY(b->a, most_columns(n), struct column);
	bind_rules(&in, n);
	struct tails tails = {&t->header, &t->rows, &t->notes};
	for (const struct xml_node *c = n->first; c; c = c->next) {
		if (c->kind == XML_TEXT)
			bind_bare_text(b, c);
		else
			bind_part(&in, c, &tails);
	}
	count_columns(t);
	if (!t->n_columns) {
		diag_add(b->d, DIAG_LAYOUT_REQUIRED, element_loc(n), "table", "<col>", NULL);
		t->n_columns = 1;
	}
}
