/* A display list made by hand from the tiny test fonts, for the tests of list/ and out/. */
#ifndef TESTS_UNIT_LIST_FIXTURE_H
#define TESTS_UNIT_LIST_FIXTURE_H

#include "unit/text_fixture.h"

#include "list/list.h"
#include "out/out.h"

struct list_fixture {
	struct text_fixture text;
	struct doc_metadata metadata;
	struct list *list;
	struct list_page *pages[16]; int n_pages;
	struct list_page *page;      /* the last one */
	struct style *chinese;       /* 16 pt: tiny-a (CFF by CID), Latin tiny-c (CFF by name), then tiny-b (glyf) */
	struct style *truetype;      /* 16 pt: tiny-b alone */
};

static inline struct list_page *list_add_page(struct list_fixture *f)
{
	struct list_page *p = ARENA_NEW(f->text.a, struct list_page);
	p->arena = f->text.a;
	p->list = f->list;
	p->number = ++f->n_pages;
	p->width = 210 * EMU_MM;
	p->height = 297 * EMU_MM;
	return f->pages[f->n_pages - 1] = f->page = p;
}

static inline void list_open(struct list_fixture *f)
{
	memset(f, 0, sizeof *f);
	text_open(&f->text);
	f->metadata.lang = STR("zh-CN");
	f->list = list_new(f->text.a, &f->metadata);
	f->chinese = text_style(&f->text, text_face(&f->text, "a", "c", "b"));
	f->truetype = text_style(&f->text, text_face(&f->text, "b", "b", ""));
	list_add_page(f);
}

static inline void list_close(struct list_fixture *f)
{
	text_close(&f->text);
}

/* The clusters from..to, all of one font, as one item whose pens begin at *x. */
static inline struct list_item *list_put_piece(struct list_fixture *f, size_t from, size_t to, emu *x, emu y)
{
	const struct shaped *s = &f->text.s;
	struct list_item *item = list_item_add(f->page, ITEM_GLYPHS);
	struct list_glyphs *g = &item->u.glyphs;
	uint32_t text = s->clusters[from].text, n = 0;
	for (size_t i = from; i < to; i++)
		n += s->clusters[i].n_glyphs;
	item->x = *x;
	item->y = y;
	g->font = s->clusters[from].font;
	g->size = s->clusters[from].size;
	g->text = str_sub(s->text, text, s->clusters[to - 1].text + s->clusters[to - 1].length);
	g->glyphs = ARENA_ARRAY(f->text.a, n, struct list_glyph);
	for (size_t i = from; i < to; i++) {
		const struct cluster *c = &s->clusters[i];
		emu pen = g->width;
		for (uint32_t k = 0; k < c->n_glyphs; k++) {
			const struct glyph *glyph = &s->glyphs[c->glyph + k];
			g->glyphs[g->n++] = (struct list_glyph){glyph->id, pen + glyph->dx, glyph->dy, c->text - text,
								k ? 0 : c->length};
			pen += glyph->advance;
		}
		g->width += c->width;
	}
	*x += g->width;
	return item;
}

/* A line of text at x, y (mm). Returns its last piece. */
static inline struct list_item *list_put(struct list_fixture *f, const struct style *style, int x_mm, int y_mm,
					 const char *text)
{
	struct list_item *item = NULL;
	emu x = x_mm * EMU_MM;
	text_of(&f->text, style, text);
	for (size_t i = 0, j; i < f->text.s.n; i = j) {
		const struct cluster *c = f->text.s.clusters;
		for (j = i + 1; j < f->text.s.n && c[j].font == c[i].font;)
			j++;
		bool first = item == NULL;
		item = list_put_piece(f, i, j, &x, y_mm * EMU_MM);
		item->line_start = item->paragraph_start = first;
	}
	return item;
}

/* All pages through a back-end; false after messages. */
static inline bool list_make(struct list_fixture *f, const char *format, const struct out_options *o, struct buf *bytes)
{
	const struct out_format *out = out_find(format);
	assert_non_null(out);
	struct arena *a = arena_new();
	struct out *run = out->open(&f->text.d, a, o);
	bool good = run != NULL;
	for (int i = 0; good && i < f->n_pages; i++) {
		assert_null(list_page_check(f->pages[i], f->list));
		good = out->page(run, f->pages[i]);
	}
	good = good && out->close(run, f->list, bytes);
	arena_close(a);
	return good;
}

#endif
