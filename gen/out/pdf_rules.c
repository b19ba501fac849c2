/* pdf_rules: what the archive's standard refuses and a layout or a font could still ask for. Each kind of fault is said once, where it was
 * first seen; a draft, which promises nothing, may have all of them. */
#include "out/pdf.h"

/* ISO 19005-2, 6.1.13: 3 … 14,400 units. */
static bool is_length(emu e)
{
	return e >= 3 * EMU_PT && e <= 14400 * EMU_PT;
}

static void refuse(struct pdf *p, struct loc loc, const char *what)
{
	diag_once(p->out.diag, DIAG_OUT_PDFA, loc, what, (char *)NULL);
	p->refused = true;
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
				refuse(p, item->loc, DIAG_TWO("有缺字", "a glyph is missing"));
	}
}

bool pdf_rules_close(const struct pdf *p)
{
	return !p->refused;
}
