/* fuzz_backends: choices -> either declarations and a result made from the table of the layout language (elements.def), so that nearly
 * every one is a document, which goes through bind, flow and all back-ends; or a display list with any coordinates, straight into
 * them. */
#include "base/file.h"
#include "fuzz/through.h"
#include "layout/elements.h"

enum { ELEMENTS_MOST = 400, DEPTH_MOST = 12, ITEMS_MOST = 60 };

struct maker {
	struct choices c;
	struct fuzz *f;
	struct buf out;
	int elements;
};

static const char *const texts[] = {
	"示例市", "（一）", "，。", "2031年5月", "a", "Plan B", "%", "——", "　", " ", "张三、李四", "一二三四五六七八九十", "“甲”", "\xf0\xa0\xae\xb7",
	"龘", "fi", "责任单位：", "办公室", "e\xcc\x81", "&#x301;", "&#8203;", "&amp;",
};
static const char *const styles[] = {"s0", "s1", "s2", "s3"}, *const pages[] = {"p0", "p1"}, *const colours[] = {"c0", "c1"};
static const char *const units[] = {"mm", "pt", "em", "行", "字", "cm"};

static const char *one_of(struct maker *m, const char *const *words, uint32_t n)
{
	return words[choose_below(&m->c, n)];
}

static void put_number(struct maker *m, int64_t most)
{
	char number[40];

	unit_format(number, choose_amount(&m->c, most * 1000), 1000, 3);
	buf_printf(&m->out, "%s", number);
}

static void put_length(struct maker *m, bool absolute, bool negative)
{
	static const int64_t most[] = {10, 100, 300, 2000, 100000000};

	if (negative && choose_below(&m->c, 2))
		buf_char(&m->out, '-');
	put_number(m, most[choose_below(&m->c, choose_below(&m->c, 16) ? 3 : 5)]);
	buf_printf(&m->out, "%s", one_of(m, units, absolute ? 2 : 6));
}

static void put_name(struct maker *m, const struct attr_def *def)
{
	if (strcmp(def->values, "style") == 0)
		buf_printf(&m->out, "%s", one_of(m, styles, 4));
	else if (strcmp(def->values, "page") == 0)
		buf_printf(&m->out, "%s", one_of(m, pages, 2));
	else if (strcmp(def->values, "colour") == 0)
		buf_printf(&m->out, "%s", one_of(m, colours, 2));
	else
		buf_printf(&m->out, "n%u", choose_below(&m->c, 3));
}

static void put_word(struct maker *m, const char *words)
{
	uint32_t n = 1, k;

	for (const char *p = words; *p; p++)
		n += *p == ' ';
	for (k = choose_below(&m->c, n); k; k--)
		words = strchr(words, ' ') + 1;
	buf_printf(&m->out, "%.*s", (int)strcspn(words, " "), words);
}

static void put_edge(struct maker *m)
{
	static const char *const lines[] = {"", "double ", "dashed "};

	if (!choose_below(&m->c, 4)) {
		buf_printf(&m->out, "none");
		return;
	}
	buf_printf(&m->out, "%s", one_of(m, lines, 3));
	put_number(m, 20);
	buf_printf(&m->out, "pt");
}

static void put_column(struct maker *m)
{
	switch (choose_below(&m->c, 3)) {
	case 0: buf_printf(&m->out, "auto"); break;
	case 1: put_number(m, 1000); buf_char(&m->out, '*'); break;
	default: put_length(m, false, false);
	}
}

static void put_value(struct maker *m, const struct attr_def *def)
{
	static const int64_t counts[] = {3, 9, 50, 999999};

	switch ((int)def->type & ~(int)AT_REQUIRED) {
	case AT_NAME: put_name(m, def); break;
	case AT_INT: buf_printf(&m->out, "%lld", (long long)choose_amount(&m->c, counts[choose_below(&m->c, 4)])); break;
	case AT_BOOL: put_word(m, "yes no"); break;
	case AT_ENUM: put_word(m, def->values); break;
	case AT_COLOUR: buf_printf(&m->out, "#%06X", choose_below(&m->c, 0x1000000)); break;
	case AT_DATE: buf_printf(&m->out, "2031-05"); break;
	case AT_LENGTH: put_length(m, false, false); break;
	case AT_OFFSET: put_length(m, false, true); break;
	case AT_ABSOLUTE: put_length(m, true, false); break;
	case AT_EM: put_number(m, 4); buf_printf(&m->out, "em"); break;
	case AT_LANG: put_word(m, "zh-Hans zh-Hant en x ja"); break;
	case AT_PATH: buf_printf(&m->out, "record"); break;
	case AT_EDGE: put_edge(m); break;
	case AT_COLUMN: put_column(m); break;
	default: buf_printf(&m->out, "%s", one_of(m, texts, 18));
	}
}

static void put_attrs(struct maker *m, enum element_id id, const char *name)
{
	for (int i = 0; i < n_attr_defs; i++) {
		const struct attr_def *def = &attr_defs[i];
		bool named = strcmp(def->name, "name") == 0 && name;
		if (def->element != id || (!named && !(def->type & AT_REQUIRED) && choose_below(&m->c, 4)))
			continue;
		buf_printf(&m->out, " %s=\"", def->name);
		if (named)
			buf_printf(&m->out, "%s", name);
		else
			put_value(m, def);
		buf_char(&m->out, '"');
	}
}

static void put_element(struct maker *m, enum element_id id, const char *name, int depth);

static void put_children(struct maker *m, enum element_id id, int depth)
{
	uint32_t n = choose_below(&m->c, depth < 3 ? 12 : 5);

	while (n-- && m->elements < ELEMENTS_MOST) {
		int child = (int)choose_below(&m->c, EL_COUNT);
		if (element_defs[id].text && choose_below(&m->c, 2)) {
			buf_printf(&m->out, "%s", one_of(m, texts, sizeof texts / sizeof *texts));
			continue;
		}
		for (int tries = 0; tries < EL_COUNT; tries++, child = (child + 1) % EL_COUNT) {
			if (element_defs[child].vocabulary != element_defs[id].vocabulary || !element_may_stand((enum element_id)child, id))
				continue;
			if (depth < DEPTH_MOST)
				put_element(m, (enum element_id)child, NULL, depth + 1);
			break;
		}
	}
}

static void put_element(struct maker *m, enum element_id id, const char *name, int depth)
{
	m->elements++;
	buf_printf(&m->out, "<%s", element_defs[id].name);
	put_attrs(m, id, name);
	buf_char(&m->out, '>');
	put_children(m, id, depth);
	buf_printf(&m->out, "</%s>\n", element_defs[id].name);
}

static struct str declarations(struct maker *m)
{
	static const char *const more[] = {"s4", "s5"};

	m->out.n = 0;
	buf_printf(&m->out, "<layout xmlns='%s'><use href='../base/layout.xml'/><templates href='templates.xsl'/>\n", LAYOUT_NS);
	for (int i = 0; i < 2; i++)
		put_element(m, EL_COLOUR, colours[i], 0);
	for (int i = 0; i < 2; i++)
		put_element(m, EL_WRAP, i ? "w1" : "body", 0);
	for (int i = 0; i < 4; i++) {
		buf_printf(&m->out, "<style name='%s' based-on='body'", styles[i]);
		if (choose_below(&m->c, 2))
			buf_printf(&m->out, "/>\n");
		else
			buf_printf(&m->out, " %s/>\n", one_of(m, (const char *const[]){"outline='1'", "balance='yes'", "keep='both'", "size='72pt'"}, 4));
	}
	for (int i = 0; i < 2; i++)
		put_element(m, EL_STYLE, more[i], 0);
	for (int i = 0; i < 2; i++)
		put_element(m, EL_PAGE, pages[i], 0);
	buf_printf(&m->out, "</layout>");
	return arena_str(m->f->a, buf_view(&m->out));
}

static struct str templates(struct maker *m)
{
	m->out.n = 0;
	buf_printf(&m->out, "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns='%s'>"
	                    "<xsl:template match='/'>\n", LAYOUT_NS);
	m->elements = 0;
	put_element(m, EL_DOCUMENT, NULL, 0);
	buf_printf(&m->out, "</xsl:template></xsl:stylesheet>");
	return arena_str(m->f->a, buf_view(&m->out));
}

static void make_document(struct maker *m)
{
	struct fuzz *f = m->f;
	struct layout_options lo = {.home = fuzz_home(), .fonts = file_join(f->a, fuzz_fonts(), "fonts.xml")};
	const char *path = fuzz_write(f, "layout.xml", declarations(m));

	fuzz_write(f, "templates.xsl", templates(m));
	uint32_t src = fuzz_source(f, "fuzz.xml", STR("<record kind='x'/>"));
	struct xml_doc *xml = xml_parse(&f->d, f->a, src, NULL);
	struct record r = {.xml = xml, .root = xml_root(xml), .kind = STR("x"), .lang = STR("zh-Hans"), .source = src, .sources = &f->t};
	struct layout *l = layout_open(&f->d, f->a, &f->t, file_dir(f->a, path), (struct loc){0}, &lo);
	struct doc *doc = l ? layout_bind(&f->d, f->a, l, &r, NULL) : NULL;
	FUZZ_CHECK(doc || diag_count(&f->d, SEVERITY_ERROR) > 0, "no doc and no message");
	if (getenv("FUZZ_SHOW")) { /* what an input amounts to */
		struct buf b = {0};
		diag_text(&f->d, 0, LANG_EN, &b);
		fprintf(stderr, "%s: %s\n%.*s", path, doc ? "doc" : "none", (int)b.n, b.p ? b.p : "");
		buf_free(&b);
	}
	if (!doc)
		return;
	const char *bad = doc_check(doc);
	FUZZ_CHECK(!bad, "%s", bad);
	through_all(f, doc);
}

/* ---- a display list ---- */

static emu choose_place(struct maker *m)
{
	emu v = choose_amount(&m->c, choose_below(&m->c, 8) ? 300 * EMU_MM : (emu)1000000000000);

	return choose_below(&m->c, 4) ? v : -v;
}

static void choose_glyphs(struct maker *m, struct list_item *item, struct font *font)
{
	struct list_glyphs *g = &item->u.glyphs;
	struct str text = str_of(texts[choose_below(&m->c, 18)]);
	uint32_t n = 1 + choose_below(&m->c, 30), n_glyphs = (uint32_t)font_info(font)->n_glyphs;
	emu pen = 0;

	*g = (struct list_glyphs){.font = font, .size = 1 + choose_amount(&m->c, 200 * EMU_PT), .text = text,
	                          .glyphs = ARENA_ARRAY(m->f->a, n, struct list_glyph)};
	for (size_t at = 0; at < text.n && g->n < n;) {
		size_t from = at;
		utf8_next(text, &at);
		uint32_t extra = choose_below(&m->c, 8) ? 0 : choose_below(&m->c, 3);
		for (uint32_t k = 0; k <= extra && g->n < n; k++)
			g->glyphs[g->n++] = (struct list_glyph){choose_below(&m->c, n_glyphs), pen, choose_below(&m->c, 8) ? 0 : choose_place(m),
			                                        (uint32_t)from, k ? 0 : (uint32_t)(at - from)};
		pen += choose_amount(&m->c, 50 * EMU_PT);
	}
	g->width = pen;
}

static void choose_list_item(struct maker *m, struct list_page *p, const struct list *l, struct font **fonts, const struct colour *red)
{
	static const enum list_item_kind kinds[] = {ITEM_GLYPHS, ITEM_GLYPHS, ITEM_RULE, ITEM_MARK};
	struct list_item *item = list_item_add(p, kinds[choose_below(&m->c, 4)]);

	item->x = choose_place(m);
	item->y = choose_place(m);
	item->node = choose_below(&m->c, (uint32_t)l->n_nodes);
	item->colour = choose_below(&m->c, 2) ? red : NULL;
	item->origin = choose_below(&m->c, 3);
	item->line_start = choose_below(&m->c, 2);
	item->paragraph_start = choose_below(&m->c, 2);
	if (item->kind == ITEM_GLYPHS) {
		choose_glyphs(m, item, fonts[choose_below(&m->c, 3)]);
	} else {
		item->width = choose_amount(&m->c, 300 * EMU_MM);
		item->height = choose_amount(&m->c, 300 * EMU_MM);
	}
}

static struct list *choose_tree(struct maker *m)
{
	struct doc_metadata *meta = ARENA_NEW(m->f->a, struct doc_metadata);

	meta->lang = STR("zh-Hans");
	meta->title = str_of(texts[choose_below(&m->c, 18)]);
	struct list *l = list_new(m->f->a, meta);
	for (uint32_t n = choose_below(&m->c, 12); n; n--)
		list_node_add(l, choose_below(&m->c, (uint32_t)l->n_nodes), choose_below(&m->c, ROLE_TD + 1), (int)choose_below(&m->c, 9), (struct loc){0});
	return l;
}

static void make_list(struct maker *m)
{
	static const char *const files[] = {"tiny-a.otf", "tiny-b.ttf", "tiny-c.otf"};
	static const struct colour red = {.rgb = 0xFF0000};
	struct family family[3] = {{.scale = 1000000}, {.scale = 1000000}, {.scale = 1000000}};
	struct wrap_rules rules = {.prohibition = PROHIBIT_GB};
	struct font *fonts[3];
	struct font_set *set = font_set_new();
	struct list *l = choose_tree(m);

	for (int i = 0; i < 3; i++) {
		const struct family *list[] = {&family[i]};
		struct face face = {.han = {list, 1}, .latin = {list, 1}};
		struct style style = {.face = &face, .wrap = &rules, .size = 16 * EMU_PT};
		struct inline_item item = {.kind = INLINE_TEXT, .style = &style, .text = STR("a")};
		struct shaped s;
		family[i].file = str_of(file_join(m->f->a, fuzz_fonts(), files[i]));
		text_shape(&m->f->d, m->f->a, set, &item, &s);
		FUZZ_CHECK(s.n == 1 && s.clusters[0].font, "no %s", files[i]);
		fonts[i] = s.clusters[0].font;
	}
	struct backends *b = backends_open(m->f);
	int n_pages = 1 + (int)choose_below(&m->c, 4);
	for (int number = 1; number <= n_pages; number++) {
		struct list_page p = {.arena = m->f->a, .number = number, .width = 1 + choose_amount(&m->c, 2000 * EMU_MM),
		                      .height = 1 + choose_amount(&m->c, 2000 * EMU_MM)};
		for (uint32_t n = choose_below(&m->c, ITEMS_MOST); n; n--)
			choose_list_item(m, &p, l, fonts, &red);
		if (choose_below(&m->c, 2))
			list_outline_add(l, 1 + (int)choose_below(&m->c, 9), str_of(texts[choose_below(&m->c, 18)]), number, choose_place(m));
		if (!backends_page(b, &p, l))
			break;
	}
	backends_close(b, l);
	font_set_close(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz f;
	struct maker m = {.c = {{(const char *)data, n}, 0}, .f = &f};

	fuzz_open(&f);
	if (choose_byte(&m.c) & 1)
		make_list(&m);
	else
		make_document(&m);
	buf_free(&m.out);
	fuzz_close(&f);
	return 0;
}
