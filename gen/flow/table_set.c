/* table_set: content of cells: blocks -> lines, nested tables and blanks; paragraphs in step. Owns the memory of rows (stores).
 * See table.h. */
#include "base/mem.h"
#include "flow/table.h"

#include <limits.h>

/* ---- memory of rows ---- */

enum { POOL_MOST = 64 };

/* Stores for use again: a row's arena is larger than most rows need, and getting one costs more than setting a short cell. */
struct store_pool {
	struct store *spare;
	int n_spare, users; /* the table, and stores that are out */
	bool closing;
};

struct store_pool *store_pool_new(void)
{
	struct store_pool *p = mem_zero(1, sizeof *p);

	p->users = 1;
	return p;
}

static void pool_leave(struct store_pool *p)
{
	if (!--p->users)
		mem_free(p);
}

static void close_store(struct store *s)
{
	arena_close(s->arena);
	mem_free(s);
}

void store_pool_drop(struct store_pool *p)
{
	p->closing = true;
	for (struct store *s = p->spare, *next; s; s = next) {
		next = s->next;
		close_store(s);
	}
	p->spare = NULL;
	pool_leave(p);
}

struct store *store_new(struct store_pool *p)
{
	struct store *s = p->spare;

	if (s) {
		p->spare = s->next;
		p->n_spare--;
	} else {
		s = mem_zero(1, sizeof *s);
		s->arena = arena_new();
		s->pool = p;
	}
	p->users++;
	s->users = 1;
	return s;
}

void store_keep(struct store *s) { s->users++; }

void store_drop(struct store *s)
{
	struct store_pool *p = s->pool;

	if (--s->users)
		return;
	if (p->closing || p->n_spare == POOL_MOST) {
		close_store(s);
	} else {
		arena_reset(s->arena);
		s->next = p->spare;
		p->spare = s;
		p->n_spare++;
	}
	pool_leave(p);
}

/* ---- items ---- */

/* Where items of a cell go. */
struct setting {
	struct tabling *t;
	const struct tcell *c;
	struct arena *a;
	struct content *out;
	const struct block *last; /* its last paragraph, which gets the suffix */
	struct str suffix;
	bool own_line;            /* the suffix begins one */
	bool alone;               /* the cell holds one block, space apart */
	emu measure;
	struct loc loc;           /* of the block under way */
};

static void add_item(struct arena *a, struct content *k, const struct vitem *v)
{
	if (k->n == k->cap) {
		size_t cap = k->cap ? k->cap * 2 : 2;
		struct vitem *more = ARENA_ARRAY(a, cap, struct vitem);
		emu *above = ARENA_ARRAY(a, cap + 1, emu);
		if (k->n) {
			memcpy(more, k->items, k->n * sizeof *more);
			memcpy(above, k->above, (k->n + 1) * sizeof *above);
		}
		k->items = more;
		k->above = above;
		k->cap = cap;
	}
	k->items[k->n] = *v;
	k->above[k->n + 1] = k->above[k->n] + v->height;
	k->n++;
}

static bool push_item(void *user, const struct vitem *v)
{
	struct setting *s = user;

	add_item(s->a, s->out, v);
	return true;
}

static void add_glue(struct setting *s, emu height)
{
	struct vitem v = {.kind = V_GLUE, .height = height};

	if (height)
		add_item(s->a, s->out, &v);
}

static void drop_box(void *box)
{
	((struct box *)box)->drop(box);
}

static void take_box(void *user, struct box *box, emu height)
{
	struct setting *s = user;
	struct vitem v = {.kind = V_BOX, .before = BREAK_MAY, .height = height, .box = box, .loc = s->loc};

	arena_defer(s->a, drop_box, box);
	add_item(s->a, s->out, &v);
}

/* ---- blocks ---- */

static struct inline_item *copy_inline(struct arena *a, struct inline_item ***tail, const struct inline_item *from)
{
	struct inline_item *i = ARENA_NEW(a, struct inline_item);

	*i = *from;
	**tail = i;
	*tail = &i->next;
	return i;
}

/* The block's inlines with the suffix behind them. */
static const struct block *with_suffix(struct setting *s, const struct block *b)
{
	struct block *copy = ARENA_NEW(s->a, struct block);
	struct inline_item **tail = &copy->inlines, *last = NULL;
	struct inline_item more = {.kind = INLINE_BR, .style = b->style, .origin = TEXT_FURNITURE, .loc = b->loc};

	*copy = *b;
	for (const struct inline_item *i = b->inlines; i; i = i->next)
		last = copy_inline(s->a, &tail, i);
	if (last)
		more.style = last->style;
	if (last && s->own_line)
		copy_inline(s->a, &tail, &more);
	more.kind = INLINE_TEXT;
	more.text = s->suffix;
	copy_inline(s->a, &tail, &more);
	*tail = NULL;
	return copy;
}

/* A cell's only paragraph is the cell itself. */
static uint32_t paragraph_node(const struct setting *s, const struct block *b)
{
	struct list *l = s->t->list;
	uint32_t node = s->c->node;

	if (node && !s->alone)
		node = list_node_add(l, node, ROLE_P, 0, b->loc);
	if (node)
		list_node_lang(l, node, b->style->lang);
	return node;
}

/* In a table that was shrunk, and said so, lines too narrow need no word of their own; content that stands out of its cell is one
 * fault of the table, with its number. */
static void tell_shrunk(const struct tabling *t, const struct diag_list *quiet)
{
	const char *cause = arena_printf(t->d->arena, "shrunk %u %u", (unsigned)t->loc.source, (unsigned)t->loc.off);

	for (size_t i = 0; i < quiet->n; i++) {
		const struct diag *m = &quiet->list[i];
		const char *a[4] = {0};
		struct diag *told;

		if (m->code == DIAG_LINE_EMERGENCY || m->code == DIAG_LINE_STRETCHED)
			continue;
		for (int k = 0; k < 4; k++)
			a[k] = k < m->n_args ? m->args[k] : "";
		told = m->code == DIAG_LINE_OVERFLOW ? diag_once_per(t->d, cause, m->code, m->loc, a[0], a[1], NULL)
						     : diag_once_per(t->d, a[0], m->code, m->loc, a[0], a[1], a[2], a[3], NULL);
		told->length = m->length;
		told->other = m->other;
		told->repeats += m->repeats;
	}
}

static bool set_paragraph(struct setting *s, const struct block *b)
{
	struct diag_list quiet;
	struct sink sink = {s->t->shrunk ? &quiet : s->t->d, s->t->fonts, push_item, s};
	struct para *p = ARENA_NEW(s->a, struct para);
	const struct block *text = s->suffix.n && b == s->last ? with_suffix(s, b) : b;

	/* The store owns the memory: the count of users must never reach nothing. */
	*p = (struct para){.arena = s->a, .users = 1 << 30, .style = b->style, .block = text, .node = paragraph_node(s, b)};
	add_glue(s, s->out->n ? b->style->space_before : 0);
	p->label.links = structure_links(s->t->list, p->node, b);
	if (s->t->shrunk) {
		diag_open(&quiet, s->t->d->arena, s->t->d->sources);
		quiet.draft = s->t->d->draft;
	}
	bool good = para_set(&sink, p, 0, s->measure);
	if (s->t->shrunk)
		tell_shrunk(s->t, &quiet);
	add_glue(s, b->next ? b->style->space_after : 0);
	return good;
}

static bool set_block(struct setting *s, const struct block *b)
{
	s->loc = b->loc;
	if (b->kind == BLOCK_P)
		return set_paragraph(s, b);
	if (b->kind == BLOCK_TABLE)
		return table_nested(s->t, b, s->c->node, s->measure, take_box, s);
	if (b->kind == BLOCK_SPACE)
		add_glue(s, b->height);
	return true;
}

static bool set_content(struct tabling *t, const struct tcell *c, struct str suffix, bool own_line, struct content *out)
{
	const struct cell *cell = c->cell;
	struct setting s = {.t = t, .c = c, .a = c->store->arena, .out = out, .suffix = suffix, .own_line = own_line};
	size_t n = 0, n_space = 0;

	*out = (struct content){0};
	for (const struct block *b = cell ? cell->first : NULL; b; b = b->next) {
		n++;
		n_space += b->kind == BLOCK_SPACE;
		if (b->kind == BLOCK_P)
			s.last = b;
	}
	if (!n)
		return true;
	s.alone = n - n_space < 2;
	out->ends = ARENA_ARRAY(s.a, n, size_t);
	s.measure = t->x[c->col + c->colspan] - t->x[c->col] - 2 * cell->pad_x;
	if (s.measure < 1) /* no room at all: a character a line, reported as overflow */
		s.measure = 1;
	for (const struct block *b = cell->first; b; b = b->next) {
		if (!set_block(&s, b))
			return false;
		out->ends[out->n_ends++] = out->n;
	}
	return true;
}

bool table_set_content(struct tabling *t, const struct tcell *c, struct content *out)
{
	return set_content(t, c, (struct str){0}, false, out);
}

bool table_set_again(struct tabling *t, const struct tcell *c, struct str suffix, struct content *out)
{
	if (!set_content(t, c, suffix, false, out))
		return false;
	return out->n <= c->content.n || set_content(t, c, suffix, true, out);
}

/* ---- heights ---- */

emu content_height(const struct tcell *c, const struct content *k, size_t from, size_t to)
{
	emu h = to > from ? k->above[to] - k->above[from] - k->items[to - 1].tail : 0;

	return h + (c->cell ? 2 * c->cell->pad_y : 0);
}

emu tcell_left(const struct tabling *t, const struct tcell *c)
{
	if (c->content.n)
		return content_height(c, &c->content, c->from, c->content.n);
	return t->table->style->pitch + (c->cell ? 2 * c->cell->pad_y : 0);
}

/* ---- blocks in step ---- */

static emu block_height(const struct content *k, int block)
{
	size_t from = block ? k->ends[block - 1] : 0;

	return block < k->n_ends && k->ends[block] > from ? k->above[k->ends[block]] - k->above[from] : 0;
}

static emu block_tail(const struct content *k, int block)
{
	size_t from = block ? k->ends[block - 1] : 0;

	return block < k->n_ends && k->ends[block] > from ? k->items[k->ends[block] - 1].tail : 0;
}

static void add_space(struct arena *a, struct content *k, emu height, emu tail)
{
	struct vitem glue = {.kind = V_GLUE, .height = height, .tail = tail};

	if (height > 0)
		add_item(a, k, &glue);
}

/* What all cells in step give one of their blocks. */
struct step {
	emu height, tail;
};

/* Glue around each block of the cell, so that it takes its step's height and stands in it as the cell's content does in the cell.
 * What may hang below the last block hangs below the glue that ends it, so that cells in step stay equal. */
static void fill_blocks(struct tcell *c, const struct step *steps)
{
	struct arena *a = c->store->arena;
	const struct content *k = &c->content;
	struct content made = {.ends = ARENA_ARRAY(a, (size_t)k->n_ends, size_t)};

	for (size_t i = 0; made.n_ends < k->n_ends; made.n_ends++) {
		const struct step *s = &steps[made.n_ends];
		emu lack = s->height - block_height(k, made.n_ends);
		emu above = c->cell->valign == VALIGN_TOP ? 0 : c->cell->valign == VALIGN_MIDDLE ? lack / 2 : lack;
		add_space(a, &made, above, 0);
		for (; i < k->ends[made.n_ends]; i++)
			add_item(a, &made, &k->items[i]);
		add_space(a, &made, lack - above, s->tail);
		made.ends[made.n_ends] = made.n;
	}
	c->content = made;
}

/* A cell with fewer blocks than others gets empty ones. */
static void add_blocks(struct tcell *c, int n)
{
	struct content *k = &c->content;
	size_t *ends = ARENA_ARRAY(c->store->arena, (size_t)n, size_t);

	if (k->n_ends)
		memcpy(ends, k->ends, (size_t)k->n_ends * sizeof *ends);
	for (k->ends = ends; k->n_ends < n; k->n_ends++)
		ends[k->n_ends] = k->n;
}

void table_set_step(struct trow *r)
{
	struct step *steps;
	int most = 0;

	for (int i = 0; i < r->n_starts; i++)
		if (tcell_in_step(r->starts[i]) && r->starts[i]->content.n_ends > most)
			most = r->starts[i]->content.n_ends;
	if (most < 2)
		return;
	for (int i = 0; i < r->n_starts; i++)
		if (tcell_in_step(r->starts[i]) && r->starts[i]->content.n_ends < most)
			add_blocks(r->starts[i], most);
	steps = ARENA_ARRAY(r->store->arena, (size_t)most, struct step);
	for (int k = 0; k < most; k++)
		for (int i = 0; i < r->n_starts; i++) {
			const struct tcell *c = r->starts[i];
			if (tcell_in_step(c) && block_height(&c->content, k) > steps[k].height)
				steps[k] = (struct step){block_height(&c->content, k), block_tail(&c->content, k)};
		}
	for (int i = 0; i < r->n_starts; i++)
		if (tcell_in_step(r->starts[i]))
			fill_blocks(r->starts[i], steps);
}

/* Height of what is left of the block that the cell's next item belongs to; *end: its border. */
static emu rest_of_block(const struct tcell *c, int *block)
{
	const struct content *k = &c->content;

	for (*block = 0; *block < k->n_ends && k->ends[*block] <= c->from;)
		++*block;
	return *block < k->n_ends ? k->above[k->ends[*block]] - k->above[c->from] : 0;
}

static void sum_above(struct content *k, size_t from)
{
	for (size_t i = from; i < k->n; i++)
		k->above[i + 1] = k->above[i] + k->items[i].height;
}

static void insert_glue(struct tcell *c, size_t at, emu height)
{
	struct content *k = &c->content;
	struct vitem glue = {.kind = V_GLUE, .height = height};

	if (height <= 0)
		return;
	add_item(c->store->arena, k, &glue);
	memmove(k->items + at + 1, k->items + at, (k->n - 1 - at) * sizeof glue);
	k->items[at] = glue;
	sum_above(k, at);
}

/* The first block of which a cell in step has something left; *most: the height of what is left of it in the cell that has most. */
static int block_left(const struct trow *r, emu *most)
{
	int block = INT_MAX, own;

	*most = 0;
	for (int i = 0; i < r->n_starts; i++) {
		if (!tcell_in_step(r->starts[i]))
			continue;
		emu rest = rest_of_block(r->starts[i], &own);
		*most = own < block || (own == block && rest > *most) ? rest : *most;
		block = own < block ? own : block;
	}
	return block;
}

static bool is_inside(const struct trow *r, int block)
{
	for (int i = 0; i < r->n_starts; i++) {
		const struct tcell *c = r->starts[i];
		if (tcell_in_step(c) && block < c->content.n_ends && c->from < c->content.ends[block] &&
		    c->from > (block ? c->content.ends[block - 1] : 0))
			return true;
	}
	return false;
}

/* Blanks that stood beside lines of the part before have done their work. */
static void drop_blanks(struct tcell *c, int block)
{
	struct content *k = &c->content;
	size_t to = c->from;

	while (block < k->n_ends && to < k->ends[block] && !vitem_is_box(&k->items[to]))
		to++;
	if (to == c->from)
		return;
	memmove(k->items + c->from, k->items + to, (k->n - to) * sizeof *k->items);
	k->n -= to - c->from;
	for (int i = block; i < k->n_ends; i++)
		k->ends[i] -= to - c->from;
	sum_above(k, c->from);
}

void table_restep(struct trow *r)
{
	emu most;
	int block = block_left(r, &most), own;

	if (!is_inside(r, block))
		return;
	for (int i = 0; i < r->n_starts; i++)
		if (tcell_in_step(r->starts[i]))
			drop_blanks(r->starts[i], block);
	block = block_left(r, &most);
	for (int i = 0; i < r->n_starts; i++) {
		struct tcell *c = r->starts[i];
		if (!tcell_in_step(c))
			continue;
		emu rest = rest_of_block(c, &own);
		int last = own == block ? block : own - 1;
		size_t before = c->content.n;
		if (last < 0 || last >= c->content.n_ends)
			continue;
		insert_glue(c, c->content.ends[last], most - (own == block ? rest : 0));
		for (int k = last; k < c->content.n_ends; k++)
			c->content.ends[k] += c->content.n - before;
	}
}
