/* pages: the page builder. Takes the vertical list item by item, holds what stands on the page under way, breaks
 * where a box may begin a page, and hands finished pages on. See vlist.h. */
#include "base/mem.h"
#include "flow/vlist.h"

/* A finished page that waits for the number of pages. */
struct held {
	struct held *next;
	struct list_page *page;
	const struct page_master *master;
	const struct running *running;
};

struct builder {
	struct diag_list *d;
	const struct doc *doc;
	struct list *list;
	const struct flow_options *o;
	const struct page_master *master;
	struct vitem *queue;   /* what stands on the page so far */
	size_t n, cap, gone;   /* gone: items of pages before, which stand in the queue's memory ahead of it */
	emu y;                 /* used height */
	int number;            /* of the page under way, from 1 */
	struct running *running; /* what the marks said on the page before; in the list's arena */
	bool keep, must;       /* for the next box */
	int hold; bool held_first;
	struct anchor *anchor; /* places of the next box */
	size_t bottom_from;    /* first item of the bottom group under way, or SIZE_MAX */
	bool waits;            /* some furniture needs the number of pages */
	struct held *held, **held_tail;
	bool stopped;
};

static struct vitem *memory_of(const struct builder *b)
{
	return b->gone ? b->queue - b->gone : b->queue;
}

struct builder *builder_new(struct diag_list *d, const struct doc *doc, struct list *l, const struct flow_options *o)
{
	struct builder *b = mem_zero(1, sizeof *b);

	b->d = d;
	b->doc = doc;
	b->list = l;
	b->o = o;
	b->number = 1;
	b->bottom_from = SIZE_MAX;
	b->held_tail = &b->held;
	for (int i = 0; i < doc->n_pages; i++)
		b->waits |= furniture_needs_count(doc->pages[i]);
	return b;
}

static void drop_user(struct vitem *v)
{
	if (v->para && --v->para->users == 0)
		arena_close(v->para->arena);
	if (v->box)
		v->box->drop(v->box);
	v->para = NULL;
	v->box = NULL;
}

void builder_close(struct builder *b)
{
	for (size_t i = 0; i < b->n; i++)
		drop_user(&b->queue[i]);
	for (struct held *h = b->held, *next; h; h = next) {
		next = h->next;
		arena_close(h->page->arena);
		mem_free(h);
	}
	mem_free(memory_of(b));
	mem_free(b);
}

const struct page_master *builder_page(const struct builder *b)
{
	return b->master;
}

static emu body_height(const struct page_master *m)
{
	return m->turned ? m->width - m->left - m->right : m->height - m->top - m->bottom;
}

emu builder_width(const struct builder *b)
{
	const struct page_master *m = b->master;

	return m->turned ? m->height - m->top - m->bottom : m->width - m->left - m->right;
}

/* ---- making a page ---- */

/* The places around come before those inside. */
static void place_anchors(const struct anchor *k, struct list_page *p, emu x, emu y)
{
	if (!k)
		return;
	place_anchors(k->next, p, x, y);
	struct list_item *item = list_item_add(p, ITEM_MARK);
	item->x = x;
	item->y = y;
	item->loc = k->loc;
	item->origin = TEXT_GENERATED;
	item->u.mark = (struct list_mark){k->mark, k->title, k->level};
}

static void place_item(struct builder *b, struct list_page *p, const struct vitem *v, emu x, emu y)
{
	for (struct anchor *k = v->anchor; k; k = k->next) {
		k->page = p->number;
		k->y = b->master->turned ? b->master->top : y;
	}
	place_anchors(v->anchor, p, x, y);
	if (v->kind == V_LINE) {
		if (v->first_line && v->para->title.n)
			list_outline_add(b->list, v->para->style->outline, v->para->title, p->number, b->master->turned ? b->master->top : y);
		place_line(p, v, x, y + v->baseline);
	} else if (v->kind == V_BOX) {
		v->box->place(v->box, p, x + v->x, y);
	} else if (v->kind == V_RULE) {
		struct list_item *item = list_item_add(p, ITEM_RULE);
		item->x = x + v->x;
		item->y = y;
		item->width = v->width;
		item->height = v->height;
		item->colour = v->colour;
		item->loc = v->loc;
	}
}

/* Where the body begins on the sheet: its upper left corner, of a turned one the lower left. */
struct origin {
	emu x, y;
	bool turned;
};

static struct origin origin_of(const struct page_master *m, int number)
{
	emu x = m->mirrored && number % 2 == 0 ? m->right : m->left;

	return (struct origin){x, m->turned ? m->height - m->bottom : m->top, m->turned};
}

/* Items placed in a body at 0, 0 take their places on the sheet. */
static void turn_items(const struct origin *o, struct list_item *item)
{
	for (; item; item = item->next) {
		emu x = item->x, y = item->y, width = item->width;
		item->x = o->x + y;
		item->y = o->y - x - width;
		item->width = item->height;
		item->height = width;
		item->turned = item->kind == ITEM_GLYPHS;
	}
}

static struct list_page *new_page(const struct list *l, const struct page_master *m, int number)
{
	struct arena *a = arena_new();
	struct list_page *p = ARENA_NEW(a, struct list_page);

	p->arena = a;
	p->list = l;
	p->number = number;
	p->width = m->width;
	p->height = m->height;
	return p;
}

/* Furniture, the callback, and the end of the page's memory. */
static bool hand_on(struct builder *b, struct list_page *p, const struct page_master *m, int count, const struct running *running)
{
	bool good = furniture_place(b->d, b->o->fonts, m, p, count, p->number == count, running) && b->o->page(b->o->user, p);

	arena_close(p->arena);
	b->stopped |= !good;
	return good;
}

static bool keep_page(struct builder *b, struct list_page *p, const struct running *running)
{
	struct held *h = mem_zero(1, sizeof *h);

	h->page = p;
	h->master = b->master;
	h->running = running;
	*b->held_tail = h;
	b->held_tail = &h->next;
	return true;
}

/* The first n items are gone, and blanks that would begin the next page. */
static void remove_items(struct builder *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		drop_user(&b->queue[i]);
	while (n < b->n && b->queue[n].kind == V_GLUE)
		n++;
	for (size_t i = 0; i < n; i++)
		b->y -= b->queue[i].height;
	b->n -= n;
	b->queue += n;
	b->gone += n;
}

/* Memory for one item more. */
static void make_room(struct builder *b)
{
	struct vitem *memory = memory_of(b);

	if (b->gone + b->n < b->cap)
		return;
	if (b->gone > b->n) {
		memcpy(memory, b->queue, b->n * sizeof *memory);
		b->queue = memory;
		b->gone = 0;
		return;
	}
	b->cap = b->cap ? b->cap * 2 : 64;
	memory = mem_grow(memory, b->cap * sizeof *memory);
	b->queue = memory + b->gone;
}

/* Marks that stand in the outline. */
static void add_marks(struct builder *b, const struct list_page *p, const struct list_item *item)
{
	for (; item; item = item->next)
		if (item->kind == ITEM_MARK && item->u.mark.level > 0)
			list_outline_add(b->list, item->u.mark.level, item->u.mark.text, p->number, item->y);
}

/* What the marks say on this page, and from now on. */
static const struct running *run_on(struct builder *b, const struct list_page *p)
{
	const struct running *page = furniture_running(p, b->running);
	struct running *kept = b->running, **tail = &b->running;

	for (const struct running *r = page; r; r = r->next, tail = &(*tail)->next) {
		if (!kept)
			*tail = ARENA_NEW(b->list->arena, struct running);
		(*tail)->name = r->name;
		(*tail)->last = r->last;
		kept = kept ? kept->next : NULL;
	}
	return page;
}

/* The first n items are a page. */
static bool flush(struct builder *b, size_t n)
{
	if (b->o->vlist) {
		buf_printf(b->o->vlist, "page %d\n", b->number++);
		for (size_t i = 0; i < n; i++)
			vitem_dump(&b->queue[i], b->o->vlist);
		remove_items(b, n);
		return true;
	}
	struct list_page *p = new_page(b->list, b->master, b->number++);
	struct origin o = origin_of(b->master, p->number);
	emu x = o.turned ? 0 : o.x, y = o.turned ? 0 : o.y;
	for (size_t i = 0; i < n; i++) {
		struct list_item *last = p->last;
		place_item(b, p, &b->queue[i], x, y);
		if (o.turned)
			turn_items(&o, last ? last->next : p->first);
		add_marks(b, p, last ? last->next : p->first);
		y += b->queue[i].height;
	}
	remove_items(b, n);
	const struct running *running = run_on(b, p);
	return b->waits ? keep_page(b, p, running) : hand_on(b, p, b->master, 0, running);
}

/* ---- breaking ---- */

static bool has_box(const struct builder *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (vitem_is_box(&b->queue[i]))
			return true;
	return false;
}

/* Index of the box that the next page begins with: the last that may, else the last of all; 0 when there is none. */
static size_t find_break(const struct builder *b, size_t last)
{
	for (size_t k = last + 1; k-- > 1;)
		if (vitem_is_box(&b->queue[k]) && b->queue[k].before != BREAK_NO && has_box(b, k))
			return k;
	return has_box(b, last) ? last : 0;
}

static void report_high(struct builder *b, const struct vitem *v)
{
	struct str text = {0};

	if (v->para && v->para->block)
		text = inlines_text(v->para->arena, v->para->block->inlines);
	else if (v->box)
		text = v->box->name(v->box);
	/* A paragraph has one line at least: its style is at fault, and what gives it. */
	struct loc by = v->para && v->para->block ? v->para->block->layout : v->loc;
	const char *cause = arena_printf(b->d->arena, "%u %u", (unsigned)by.source, (unsigned)by.off);
	struct diag *m = diag_once_per(b->d, cause, DIAG_PAGE_OVERFLOW, v->loc, arena_copy(b->d->arena, text.p, text.n), NULL);
	if (v->para && v->para->block)
		m->other = by;
}

/* Index of the first box that does not fit the body any more, or SIZE_MAX. */
static size_t first_over(const struct builder *b)
{
	emu y = 0, height = body_height(b->master);

	for (size_t i = 0; i < b->n; i++) {
		y += b->queue[i].height;
		if (vitem_is_box(&b->queue[i]) && y - b->queue[i].tail > height)
			return i;
	}
	return SIZE_MAX;
}

static bool break_pages(struct builder *b)
{
	emu height = body_height(b->master);
	size_t over;

	if (b->y <= height || (over = first_over(b)) == SIZE_MAX)
		return true;
	while (over != SIZE_MAX) {
		size_t k = find_break(b, over);
		if (k == 0) {
			report_high(b, &b->queue[over]);
			k = over + 1;
		}
		if (!flush(b, k))
			return false;
		over = first_over(b);
	}
	return true;
}

/* ---- taking items ---- */

static void append(struct builder *b, const struct vitem *v)
{
	make_room(b);
	b->queue[b->n++] = *v;
	b->y += v->height;
}

static enum break_kind settle_before(struct builder *b, enum break_kind before)
{
	if (b->must)
		before = BREAK_MUST;
	else if (b->keep || (b->hold && b->held_first))
		before = BREAK_NO;
	b->must = b->keep = false;
	if (b->hold)
		b->held_first = true;
	return before;
}

bool builder_push(struct builder *b, const struct vitem *item)
{
	struct vitem v = *item;

	if (b->stopped)
		return false;
	if (!vitem_is_box(&v)) {
		if (b->n || v.kind == V_FILL)
			append(b, &v);
		return true;
	}
	v.before = settle_before(b, v.before);
	v.anchor = b->anchor;
	b->anchor = NULL;
	bool bottom = b->bottom_from != SIZE_MAX;
	if (v.before == BREAK_MUST && !bottom && has_box(b, b->n) && !flush(b, b->n)) {
		drop_user(&v);
		return false;
	}
	append(b, &v);
	return bottom || break_pages(b);
}

emu builder_height(const struct builder *b)
{
	return body_height(b->master);
}

emu builder_room(const struct builder *b)
{
	size_t from = b->bottom_from == SIZE_MAX ? 0 : b->bottom_from; /* a bottom group may have a page of its own */
	emu used = 0;

	for (size_t i = from; i < b->n; i++)
		used += b->queue[i].height;
	return body_height(b->master) - used;
}

/* Where the page would end if the next box went to the next one: the index of the first item that goes along, b->n when none does;
 * 0 when the page cannot end. */
static size_t end_before_next(const struct builder *b)
{
	if (b->stopped || b->bottom_from != SIZE_MAX || !has_box(b, b->n))
		return 0;
	if (b->must || !(b->keep || (b->hold && b->held_first)))
		return b->n;
	for (size_t k = b->n; k-- > 1;)
		if (vitem_is_box(&b->queue[k]) && b->queue[k].before != BREAK_NO && has_box(b, k))
			return k;
	return 0;
}

emu builder_room_next(const struct builder *b)
{
	size_t k = end_before_next(b);
	emu used = 0;

	if (!k)
		return builder_room(b);
	for (; k < b->n; k++)
		used += b->queue[k].height;
	return body_height(b->master) - used;
}

bool builder_holds(const struct builder *b)
{
	return b->hold > 0;
}

bool builder_dumps(const struct builder *b)
{
	return b->o->vlist != NULL;
}

struct list *builder_list(const struct builder *b)
{
	return b->list;
}

bool builder_make_room(struct builder *b, emu wanted)
{
	size_t k = builder_room(b) < wanted ? end_before_next(b) : 0;

	return !b->stopped && (k == 0 || flush(b, k));
}

void builder_anchor(struct builder *b, struct anchor *anchor)
{
	anchor->next = b->anchor;
	b->anchor = anchor;
}

void builder_keep(struct builder *b) { b->keep = true; }
void builder_break(struct builder *b) { b->must = true; }

void builder_hold(struct builder *b)
{
	if (!b->hold++)
		b->held_first = false;
}

void builder_release(struct builder *b) { b->hold--; }

void builder_bottom(struct builder *b)
{
	if (b->bottom_from == SIZE_MAX)
		b->bottom_from = b->n;
}

/* Push the group down to the body's foot; to the next page when it does not fit below what stands there. */
bool builder_bottom_end(struct builder *b)
{
	size_t from = b->bottom_from;
	emu height = body_height(b->master), group = 0;

	b->bottom_from = SIZE_MAX;
	size_t text = from;
	while (text < b->n && b->queue[text].kind == V_GLUE)
		b->y -= b->queue[text++].height;
	if (text < b->n)
		memmove(b->queue + from, b->queue + text, (b->n - text) * sizeof *b->queue);
	b->n -= text - from;
	if (b->stopped || from >= b->n)
		return !b->stopped;
	for (size_t i = from; i < b->n; i++)
		group += b->queue[i].height;
	group -= b->queue[b->n - 1].tail;
	if (b->y - b->queue[b->n - 1].tail > height && has_box(b, from)) {
		if (!flush(b, from))
			return false;
		from = 0;
	}
	emu above = 0;
	for (size_t i = 0; i < from; i++)
		above += b->queue[i].height;
	struct vitem fill = {.kind = V_FILL, .height = height - above - group};
	if (fill.height > 0) {
		append(b, &fill);
		memmove(b->queue + from + 1, b->queue + from, (b->n - 1 - from) * sizeof *b->queue);
		b->queue[from] = fill;
	}
	b->must = true; /* nothing may follow on this page */
	return break_pages(b);
}

bool builder_master(struct builder *b, const struct page_master *m)
{
	bool good = !has_box(b, b->n) || flush(b, b->n);

	b->n = 0;
	b->y = 0;
	b->master = m;
	return good && !b->stopped;
}

static bool release_held(struct builder *b)
{
	int count = b->number - 1;
	bool good = true;

	for (struct held *h = b->held; h; h = b->held) {
		b->held = h->next;
		if (good)
			good = hand_on(b, h->page, h->master, count, h->running);
		else
			arena_close(h->page->arena);
		mem_free(h);
	}
	b->held_tail = &b->held;
	return good;
}

/* A document without any content still is one page. */
bool builder_finish(struct builder *b)
{
	if (b->stopped)
		return false;
	if ((has_box(b, b->n) || b->number == 1) && b->master && !flush(b, b->n))
		return false;
	return release_held(b);
}
