/* pdf_rules: what the archive's standard refuses and a layout or a font could still ask for. Each kind of fault is said once, where it was
 * first seen; a draft, which promises nothing, may have all of them. */
#include "out/pdf.h"

enum { MOST_STRING = 32767 }; /* bytes; ISO 19005-2, 6.1.13 */

/* The same clause: 3 … 14,400 units. */
static bool is_length(emu e)
{
	return e >= 3 * EMU_PT && e <= 14400 * EMU_PT;
}

static void refuse(struct pdf *p, struct loc loc, const char *what)
{
	diag_once(p->out.diag, DIAG_OUT_PDFA, loc, what, (char *)NULL);
	p->refused = true;
}

/* Where the text was shaped this was an error already, and one line is enough for a cause. */
static void refuse_missing(struct pdf *p, struct loc loc)
{
	p->refused = true;
	if (diag_count(p->out.diag, SEVERITY_ERROR) == 0)
		refuse(p, loc, DIAG_TWO("有缺字", "a glyph is missing"));
}

void pdf_rules_page(struct pdf *p, const struct list_page *page)
{
	if (p->profile == PROFILE_PLAIN)
		return;
	if (!is_length(page->width) || !is_length(page->height))
		refuse(p, (struct loc){0}, DIAG_TWO("页面边长应在 3 到 14400 磅之间", "the sides of a page are 3 to 14,400 pt"));
	for (const struct list_item *item = page->first; item; item = item->next) {
		const struct list_glyphs *l = &item->u.glyphs;
		for (size_t i = 0; item->kind == ITEM_GLYPHS && i < l->n; i++)
			if (l->glyphs[i].id == 0) /* 6.2.11.8 */
				refuse_missing(p, item->loc);
	}
}

void pdf_rules_string(struct pdf *p, struct str text)
{
	struct buf b = {0};

	if (p->profile == PROFILE_PLAIN || text.n <= MOST_STRING / 3)
		return;
	pdf_utf16(&b, text);
	if (b.n / 2 + 2 > MOST_STRING)
		refuse(p, (struct loc){0}, DIAG_TWO("标题或元数据超过 16382 字", "a title or an entry of the metadata is longer than 16,382 characters"));
	buf_free(&b);
}

bool pdf_rules_close(const struct pdf *p)
{
	return !p->refused;
}
