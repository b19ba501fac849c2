/* dump: the display list as text. The form is described in list.h. */
#include "list/list.h"

static const char *const kinds[] = {"text", "rule", "path", "image", "link", "mark"};
static const char *const roles[] = {"P", "H", "H", "Item", "None", "TOC", "Table", "TR", "TH", "TD", "THead", "TBody",
				    "Sect", "L", "LI", "Lbl", "LBody", "TOCI",
				    "Reference", "Link", "Note"};
static const char origins[] = "RGF";

static void put_number(struct buf *out, emu value, emu unit)
{
	char text[40];
	buf_put(out, text, (size_t)unit_format(text, value, unit, 3));
}

static void put_pair(struct buf *out, emu x, emu y, char between)
{
	put_number(out, x, EMU_MM);
	buf_char(out, between);
	put_number(out, y, EMU_MM);
}

/* A path would differ from machine to machine. */
static struct str base_name(struct str path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/')
			return str_sub(path, i, path.n);
	return path;
}

static void put_place(struct buf *out, const struct source_table *t, struct loc loc)
{
	struct place place;
	if (!t || !source_place(t, loc, &place))
		return;
	struct str name = base_name(place.name);
	buf_printf(out, " %.*s:%zu:%zu", STR_ARG(name), place.line, place.column);
}

static void put_colour(struct buf *out, const struct colour *c)
{
	if (c)
		buf_printf(out, " %.*s=#%06X", STR_ARG(c->name), (unsigned)c->rgb);
	else
		buf_puts(out, " black");
}

static void put_glyphs(struct buf *out, const struct list_glyphs *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct list_glyph *g = &l->glyphs[i];
		buf_printf(out, " %lu@", (unsigned long)g->id);
		put_number(out, g->x, EMU_MM);
		if (g->y) {
			buf_char(out, ',');
			put_number(out, g->y, EMU_MM);
		}
		size_t stands_for = utf8_count(str_sub(l->text, g->text, (size_t)g->text + g->length));
		if (stands_for != 1)
			buf_printf(out, "/%zu", stands_for);
	}
	buf_char(out, '\n');
}

static void put_item(struct buf *out, const struct source_table *t, const struct list_item *item)
{
	buf_printf(out, "%s ", kinds[item->kind]);
	put_pair(out, item->x, item->y, ',');
	if (item->kind == ITEM_GLYPHS) {
		buf_printf(out, " font %d ", font_number(item->u.glyphs.font));
		put_number(out, item->u.glyphs.size, EMU_PT);
		buf_puts(out, "pt");
	} else {
		buf_char(out, ' ');
		put_pair(out, item->width, item->height, 'x');
	}
	put_colour(out, item->colour);
	buf_printf(out, " node %lu %c%s%s%s", (unsigned long)item->node, origins[item->origin],
		   item->line_start ? " line" : "", item->paragraph_start ? " para" : "", item->turned ? " turned" : "");
	put_place(out, t, item->loc);
	if (item->kind == ITEM_GLYPHS) {
		buf_char(out, ' ');
		buf_json(out, item->u.glyphs.text);
	}
	if (item->kind == ITEM_PATH)
		buf_printf(out, " points %zu", item->u.path.n);
	if (item->kind == ITEM_LINK) {
		buf_printf(out, " page %d ", item->u.link->page);
		buf_json(out, item->u.link->title);
	}
	if (item->kind == ITEM_MARK) {
		buf_char(out, ' ');
		buf_json(out, item->u.mark.name);
		buf_char(out, ' ');
		buf_json(out, item->u.mark.text);
	}
	buf_char(out, '\n');
	if (item->kind == ITEM_GLYPHS)
		put_glyphs(out, &item->u.glyphs);
}

static bool used_before(const struct list_page *p, const struct list_item *end, const struct font *font)
{
	for (const struct list_item *item = p->first; item != end; item = item->next)
		if (item->kind == ITEM_GLYPHS && item->u.glyphs.font == font)
			return true;
	return false;
}

static void put_fonts(struct buf *out, const struct list_page *p)
{
	for (const struct list_item *item = p->first; item; item = item->next) {
		if (item->kind != ITEM_GLYPHS || used_before(p, item, item->u.glyphs.font))
			continue;
		const struct font_info *info = font_info(item->u.glyphs.font);
		struct str file = base_name(info->file);
		buf_printf(out, "font %d %.*s %.*s\n", font_number(item->u.glyphs.font), STR_ARG(info->ps_name),
			   STR_ARG(file));
	}
}

void list_page_dump(const struct list_page *p, const struct source_table *t, struct buf *out)
{
	buf_printf(out, "page %d ", p->number);
	put_pair(out, p->width, p->height, 'x');
	if (p->label.n) {
		buf_char(out, ' ');
		buf_json(out, p->label);
	}
	buf_char(out, '\n');
	put_fonts(out, p);
	for (const struct list_item *item = p->first; item; item = item->next)
		put_item(out, t, item);
}

static void put_entry(struct buf *out, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	buf_printf(out, "meta %s ", key);
	buf_json(out, value);
	buf_char(out, '\n');
}

static void put_node(struct buf *out, const struct list *l, size_t i)
{
	for (size_t up = i; up > 0; up = l->nodes[up].parent)
		buf_puts(out, "  ");
	buf_printf(out, "%zu %s", i, i ? roles[l->nodes[i].role] : "Document");
	const struct list_node *n = &l->nodes[i];
	if (n->role == ROLE_H || n->role == ROLE_TITLE)
		buf_printf(out, "%d", n->level);
	if (n->rows > 1)
		buf_printf(out, " rows=%lu", (unsigned long)n->rows);
	if (n->columns > 1)
		buf_printf(out, " columns=%lu", (unsigned long)n->columns);
	if (n->lang)
		buf_printf(out, " lang=%.*s", STR_ARG(l->langs[n->lang]));
}

void list_tree_dump(const struct list *l, const struct source_table *t, struct buf *out)
{
	const struct doc_metadata *m = l->metadata;
	if (m) {
		put_entry(out, "title", m->title);
		put_entry(out, "author", m->author);
		put_entry(out, "subject", m->subject);
		put_entry(out, "keywords", m->keywords);
		put_entry(out, "number", m->number);
		put_entry(out, "index", m->index);
		put_entry(out, "date", m->date);
		put_entry(out, "published", m->published);
		put_entry(out, "lang", m->lang);
	}
	buf_puts(out, "tree\n");
	for (size_t i = 0; i < l->n_nodes; i++) {
		put_node(out, l, i);
		put_place(out, t, l->nodes[i].loc);
		buf_char(out, '\n');
	}
	for (const struct list_outline *e = l->outline; e; e = e->next) {
		buf_printf(out, "outline %d ", e->level);
		buf_json(out, e->title);
		buf_printf(out, " page %d at ", e->page);
		put_number(out, e->y, EMU_MM);
		buf_char(out, '\n');
	}
}
