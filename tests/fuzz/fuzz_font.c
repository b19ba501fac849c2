/* fuzz_font: the bytes of a font file (its last byte: the face of a collection). Opened, described, shaped with, asked for ink, cut
 * to some glyphs, and put into a PDF. Promises: refused with a message, or every answer is inside its bounds. */
#include "base/file.h"
#include "fuzz/through.h"
#include "text/text.h"

static const char text[] = "Afi 1.示例（市），一二三é—— \xf0\xa0\xae\xb7";
enum { PAGE = 210 };

static struct family family;
static const struct family *families[] = {&family};
static struct face face = {.han = {families, 1}};
static struct wrap_rules rules = {.prohibition = PROHIBIT_GB, .autospace = 250000};

static const struct style *style_at(emu size)
{
	static struct style s;

	s = (struct style){.face = &face, .wrap = &rules, .size = size, .pitch = size, .role = ROLE_P};
	return &s;
}

static void check_font(struct fuzz *f, struct font *font)
{
	const struct font_info *info = font_info(font);
	struct font_slot slots[40];
	size_t n = 0;
	struct font_program program;

	FUZZ_CHECK(info->n_glyphs > 0 && info->upem > 0, "%d glyphs of %d units", info->n_glyphs, info->upem);
	for (uint32_t g = 0; g < (uint32_t)info->n_glyphs && n < 40; g += 1 + (uint32_t)n / 8) {
		struct ink ink;
		font_advance(font, g);
		font_cid(font, g);
		if (font_ink(font, g, 16 * EMU_PT, &ink))
			FUZZ_CHECK(ink.x0 <= ink.x1 && ink.y0 <= ink.y1, "ink inside out");
		slots[n] = (struct font_slot){g, (int)(n * 819), n % 2 == 0};
		n++;
	}
	bool good = font_subset(&f->d, f->a, font, slots, n, &program);
	FUZZ_CHECK(good || diag_count(&f->d, SEVERITY_ERROR) > 0, "not cut, and no message");
	if (good)
		FUZZ_CHECK(program.bytes.n > 0, "no program");
}

/* All clusters of one font as an item of the page. */
static void put(struct list_page *p, struct fuzz *f, const struct shaped *s)
{
	struct list_glyphs *g = NULL;
	emu x = 20 * EMU_MM;

	for (size_t i = 0; i < s->n; i++) {
		const struct cluster *c = &s->clusters[i];
		if (!c->font || !c->n_glyphs)
			continue;
		struct list_item *item = list_item_add(p, ITEM_GLYPHS);
		item->x = x;
		item->y = 100 * EMU_MM;
		g = &item->u.glyphs;
		*g = (struct list_glyphs){.font = c->font, .size = c->size, .text = str_sub(s->text, c->text, c->text + c->length),
		                          .glyphs = ARENA_ARRAY(f->a, c->n_glyphs, struct list_glyph), .width = c->width};
		for (uint32_t k = 0; k < c->n_glyphs; k++)
			g->glyphs[g->n++] = (struct list_glyph){.id = s->glyphs[c->glyph + k].id, .length = k ? 0 : c->length};
		x += EMU_MM;
	}
}

static void render(struct fuzz *f, const struct shaped *s)
{
	struct doc_metadata *m = ARENA_NEW(f->a, struct doc_metadata);
	struct list *l = list_new(f->a, m);
	struct list_page page = {.arena = f->a, .number = 1, .width = PAGE * EMU_MM, .height = PAGE * EMU_MM};
	struct backends *b = backends_open(f);

	m->lang = STR("zh-Hans");
	put(&page, f, s);
	backends_page(b, &page, l);
	backends_close(b, l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz f;
	struct shaped s;

	if (!n)
		return 0;
	fuzz_open(&f);
	family = (struct family){.id = STR("f"), .name = STR("f"), .index = data[n - 1] < 4 ? data[n - 1] : 0, .scale = 1000000};
	family.file = str_of(fuzz_write(&f, "font", (struct str){(const char *)data, n - 1}));
	struct font_set *set = font_set_new();
	const struct face *list[] = {&face};
	struct doc doc = {.faces = list, .n_faces = 1};
	bool usable = font_set_check(&f.d, set, &doc);
	FUZZ_CHECK(usable || diag_count(&f.d, SEVERITY_ERROR) > 0, "refused without a message");
	if (usable) {
		struct inline_item item = {.kind = INLINE_TEXT, .style = style_at(16 * EMU_PT), .text = {text, sizeof text - 1}};
		text_shape(&f.d, f.a, set, &item, &s);
		for (size_t i = 0; i < s.n; i++)
			for (uint32_t k = 0; k < s.clusters[i].n_glyphs; k++)
				FUZZ_CHECK((int)s.glyphs[s.clusters[i].glyph + k].id < font_info(s.clusters[i].font)->n_glyphs,
				           "a glyph that the font does not have");
		for (size_t i = 0; i < s.n; i++)
			if (s.clusters[i].font) {
				check_font(&f, s.clusters[i].font);
				render(&f, &s);
				break;
			}
		font_set_verify(&f.d, set);
	}
	font_set_close(set);
	fuzz_close(&f);
	return 0;
}
