/* list: see list.h. Making and checking of the display list; dump.c prints it. */
#include "list/list.h"

#include "base/mem.h"

static void free_nodes(void *list)
{
	mem_free(((struct list *)list)->nodes);
}

struct list *list_new(struct arena *a, const struct doc_metadata *m)
{
	struct list *l = ARENA_NEW(a, struct list);
	l->arena = a;
	l->metadata = m;
	l->langs[0] = m ? m->lang : (struct str){0};
	l->n_langs = 1;
	arena_defer(a, free_nodes, l);
	list_node_add(l, 0, ROLE_NONE, 0, (struct loc){0});
	return l;
}

uint32_t list_node_add(struct list *l, uint32_t parent, enum role role, int level, struct loc loc)
{
	if (l->n_nodes == l->cap_nodes) {
		l->cap_nodes = l->cap_nodes ? l->cap_nodes * 2 : 64;
		l->nodes = mem_grow(l->nodes, l->cap_nodes * sizeof *l->nodes);
	}
	l->nodes[l->n_nodes] = (struct list_node){.role = (uint8_t)role, .parent = parent, .level = (uint8_t)level, .loc = loc};
	return (uint32_t)l->n_nodes++;
}

void list_node_lang(struct list *l, uint32_t node, struct str lang)
{
	int i = 0;

	while (i < l->n_langs && lang.n && !str_eq(l->langs[i], lang))
		i++;
	if (i == l->n_langs && i == LIST_LANGS) /* more than any document has: the text's own items still say it */
		return;
	if (i == l->n_langs)
		l->langs[l->n_langs++] = arena_str(l->arena, lang);
	l->nodes[node].lang = (uint8_t)i;
}

void list_outline_add(struct list *l, int level, struct str title, int page, emu y)
{
	struct list_outline *e = ARENA_NEW(l->arena, struct list_outline);
	*e = (struct list_outline){.level = level, .title = arena_str(l->arena, title), .page = page, .y = y};
	*(l->last_outline ? &l->last_outline->next : &l->outline) = e;
	l->last_outline = e;
}

struct list_item *list_item_add(struct list_page *p, enum list_item_kind kind)
{
	struct list_item *item = ARENA_NEW(p->arena, struct list_item);
	item->kind = kind;
	*(p->last ? &p->last->next : &p->first) = item;
	p->last = item;
	return item;
}

/* ---- check ---- */

static bool box_inside(const struct list_page *p, emu x0, emu y0, emu x1, emu y1)
{
	return x0 >= 0 && y0 >= 0 && x1 <= p->width && y1 <= p->height;
}

/* The exact ink is asked for only where a box of two em each way leaves the sheet: glyphs beyond that are
 * not letters. */
static bool glyph_inside(const struct list_page *p, const struct list_item *item, const struct list_glyph *g)
{
	const struct list_glyphs *l = &item->u.glyphs;
	emu x = item->x + (item->turned ? g->y : g->x), y = item->y + (item->turned ? -g->x : g->y), room = 2 * l->size;
	struct ink ink;
	if (box_inside(p, x - room, y - room, x + room, y + room) || !font_ink(l->font, g->id, l->size, &ink))
		return true;
	if (item->turned)
		return box_inside(p, x + ink.y0, y - ink.x1, x + ink.y1, y - ink.x0);
	return box_inside(p, x + ink.x0, y + ink.y0, x + ink.x1, y + ink.y1);
}

static const char *check_glyphs(const struct list_page *p, const struct list_item *item)
{
	const struct list_glyphs *l = &item->u.glyphs;
	if (!l->font || l->size <= 0)
		return "text without font or size";
	uint32_t n_glyphs = (uint32_t)font_info(l->font)->n_glyphs;
	uint32_t end = 0;
	emu pen = INT64_MIN;
	for (size_t i = 0; i < l->n; i++) {
		const struct list_glyph *g = &l->glyphs[i];
		if (g->id >= n_glyphs)
			return "a glyph that the font does not have";
		if (!glyph_inside(p, item, g))
			return "ink outside of the sheet";
		if (i > 0 && g->length == 0)
			continue;
		if (g->length == 0)
			return "the first glyph belongs to no cluster";
		if (g->text < end || g->text > l->text.n || g->length > l->text.n - g->text)
			return "text offsets out of order";
		if (g->x < pen)
			return "pens out of order";
		end = g->text + g->length;
		pen = g->x;
	}
	return NULL;
}

static const char *check_item(const struct list_page *p, const struct list_item *item, const struct list *l)
{
	if (item->node >= l->n_nodes)
		return "a node that the structure tree does not have";
	if (item->kind == ITEM_GLYPHS)
		return check_glyphs(p, item);
	if (item->width < 0 || item->height < 0)
		return "a box of negative size";
	if (item->kind == ITEM_RULE && !box_inside(p, item->x, item->y, item->x + item->width, item->y + item->height))
		return "ink outside of the sheet";
	return NULL;
}

const char *list_page_check(const struct list_page *p, const struct list *l)
{
	if (p->number < 1 || p->width <= 0 || p->height <= 0)
		return "a page without number or size";
	for (const struct list_item *item = p->first; item; item = item->next) {
		const char *reason = check_item(p, item, l);
		if (reason)
			return reason;
	}
	return NULL;
}
