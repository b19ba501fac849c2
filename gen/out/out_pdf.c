/* out_pdf: the PDF back-end: a PDF 1.7 file of pages, fonts, outline and document information.
 * A page's content is deflated when the page is handed over; of the page nothing else is kept. Fonts are written
 * last, when all their codes are known. */
#include "out/icc.h"
#include "out/pdf.h"

/* libdeflate's level. Against level 1 a document of 27 pages and one Chinese font is 1.2 % smaller for 4 ms of 26, and 1,080
 * pages 1.9 % for 30 of 120 ms; level 9 gives 0.3 % more for another 4 and 55 ms. */
enum { LEVEL = 6 };

static void close_bufs(void *pdf)
{
	struct pdf *p = pdf;
	buf_free(&p->content);
	pdf_tags_free(p);
	buf_free(&p->links);
	buf_free(&p->gaps);
}

static struct out *open(struct diag_list *d, struct arena *a, const struct out_options *o)
{
	struct pdf *p = ARENA_NEW(a, struct pdf);
	p->out = (struct out){d, a, o};
	p->deflate = deflate_open(a, LEVEL);
	p->door = door_open(d, a, p->deflate);
	if (!p->door)
		return NULL;
	arena_defer(a, close_bufs, p);
	p->resources = door_number(p->door);
	p->profile = o->draft ? PROFILE_PLAIN : o->profile;
	p->tags.on = p->profile == PROFILE_A2A || p->profile == PROFILE_A3A;
	return &p->out;
}

void pdf_stream(struct pdf *p, uint32_t number, struct str dict, struct str bytes)
{
	struct buf b = {0};
	buf_str(&b, dict);
	buf_puts(&b, "/Filter/FlateDecode");
	door_stream(p->door, number, buf_view(&b), deflate_pack(p->deflate, bytes));
	buf_free(&b);
}

static struct pdf_page *page_add(struct pdf *p)
{
	ARENA_GROW(p->out.arena, p->pages, p->n_pages, p->cap_pages, 64);
	return &p->pages[p->n_pages++];
}

static bool page(struct out *o, const struct list_page *page)
{
	struct pdf *p = (struct pdf *)o;
	door_part(p->door, "pages");
	pdf_rules_page(p, page);
	pdf_page_content(p, page);
	uint32_t content = door_number(p->door);
	pdf_stream(p, content, STR(""), buf_view(&p->content));
	struct buf *b = &p->content;
	b->n = 0;
	buf_puts(b, "/Type/Page/MediaBox[0 0 ");
	pdf_number(b, pdf_place(page->width), 1000);
	buf_char(b, ' ');
	pdf_number(b, pdf_place(page->height), 1000);
	buf_printf(b, "]/Resources %lu 0 R/Contents %lu 0 R", (unsigned long)p->resources, (unsigned long)content);
	pdf_links_page(p, page, b);
	if (p->tags.on)
		buf_printf(b, "/Tabs/S/StructParents %zu", p->n_pages);
	*page_add(p) = (struct pdf_page){door_page(p->door, buf_view(b)), page->number, page->height, arena_str(o->arena, page->label)};
	return true;
}

/* What red is, on every device (ISO 19005-2, 6.2.3). */
static void put_intent(struct pdf *p, struct buf *b)
{
	struct buf profile = {0};
	uint32_t number = door_number(p->door);

	icc_srgb(&profile);
	pdf_stream(p, number, STR("/N 3"), buf_view(&profile));
	buf_printf(b, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
		   "/Info(sRGB IEC61966-2.1)/DestOutputProfile %lu 0 R>>]", (unsigned long)number);
	buf_free(&profile);
}

/* What the catalog's /Names leads to. */
static void put_names(struct pdf *p, const struct list *l, struct buf *catalog)
{
	unsigned long places = pdf_destinations(p, l);
	door_part(p->door, "files");
	unsigned long files = pdf_files(p, catalog);

	if (!places && !files)
		return;
	buf_puts(catalog, "/Names<<");
	if (places)
		buf_printf(catalog, "/Dests %lu 0 R", places);
	if (files)
		buf_printf(catalog, "/EmbeddedFiles %lu 0 R", files);
	buf_puts(catalog, ">>");
}

static void write_catalog(struct pdf *p, const struct list *l)
{
	struct buf b = {0};
	door_part(p->door, "outline");
	uint32_t outline = pdf_outline(p, l);
	if (outline)
		buf_printf(&b, "/Outlines %lu 0 R", (unsigned long)outline);
	pdf_labels(p, &b);
	put_names(p, l, &b);
	pdf_links_close(p);
	door_part(p->door, "tags");
	if (p->tags.on)
		buf_printf(&b, "/MarkInfo<</Marked true>>/StructTreeRoot %lu 0 R", (unsigned long)pdf_tags_close(p, l));
	door_part(p->door, "metadata");
	buf_printf(&b, "/Metadata %lu 0 R/ViewerPreferences<</DisplayDocTitle true>>", (unsigned long)pdf_metadata(p, l));
	door_part(p->door, "colour");
	if (p->profile != PROFILE_PLAIN)
		put_intent(p, &b);
	door_part(p->door, "other");
	struct str lang = l->metadata && l->metadata->lang.n ? l->metadata->lang : STR("zh");
	buf_puts(&b, "/Lang");
	pdf_string(&b, lang);
	door_catalog(p->door, buf_view(&b));
	buf_free(&b);
}

static bool close(struct out *o, const struct list *l, struct buf *bytes)
{
	struct pdf *p = (struct pdf *)o;
	if (!pdf_font_close(p))
		return false;
	write_catalog(p, l);
	if (!pdf_rules_close(p))
		return false;
	size_t before = bytes->n;
	if (!door_close(p->door, o->options->id_seed, o->options->limit, bytes))
		return false;
	if (o->options->explain)
		pdf_size(p, bytes->n - before);
	return true;
}

const struct out_format out_pdf = {"pdf", open, page, close};
