/* pdf_links: boxes on a page that lead to another place when clicked (ISO 32000-1 12.5.6.5): lines of the contents. A box belongs to a
 * Link of the structure tree, and says for those who cannot see it where it leads (ISO 14289-1 7.18). */
#include "out/pdf.h"

const struct pdf_link *pdf_links(const struct pdf *p, size_t *n)
{
	*n = p->links.n / sizeof(struct pdf_link);
	return (const struct pdf_link *)p->links.p;
}

void pdf_links_page(struct pdf *p, const struct list_page *page, struct buf *b)
{
	size_t n = 0;

	for (const struct list_item *item = page->first; item; item = item->next) {
		/* Without an element of its own it could not be tagged. */
		if (item->kind != ITEM_LINK || !item->u.link->page || (p->tags.on && !item->node))
			continue;
		struct pdf_link link = {item->u.link, door_number(p->door), item->node, (uint32_t)p->n_pages, item->x,
					page->height - item->y - item->height, item->width, item->height};
		buf_put(&p->links, &link, sizeof link);
		buf_printf(b, n++ ? " %lu 0 R" : "/Annots[%lu 0 R", (unsigned long)link.object);
	}
	if (n)
		buf_char(b, ']');
}

static void put_box(struct buf *b, const struct pdf_link *k)
{
	const emu corners[] = {k->x, k->y, k->x + k->width, k->y + k->height};

	buf_puts(b, "/Rect[");
	for (int i = 0; i < 4; i++) {
		buf_puts(b, i ? " " : "");
		pdf_number(b, pdf_place(corners[i]), 1000);
	}
	buf_char(b, ']');
}

void pdf_links_close(struct pdf *p)
{
	size_t n;
	const struct pdf_link *k = pdf_links(p, &n);
	struct buf b = {0}, words = {0};

	for (size_t i = 0; i < n; i++, k++) {
		const struct pdf_page *to = pdf_find_page(p, k->to->page);
		b.n = words.n = 0;
		buf_puts(&b, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]");
		put_box(&b, k);
		buf_printf(&words, "%.*s", STR_ARG(k->to->title));
		buf_puts(&b, "/Contents");
		pdf_string(&b, buf_view(&words));
		if (to) {
			buf_puts(&b, "/Dest");
			pdf_destination(&b, to, k->to->y);
		}
		if (p->tags.on)
			buf_printf(&b, "/StructParent %zu", p->n_pages + i);
		door_dict(p->door, k->object, buf_view(&b));
	}
	buf_free(&words);
	buf_free(&b);
}
