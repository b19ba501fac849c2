/* pdf_page: the content stream of a page (ISO 32000-1 8 and 9).
 * A line of text is one text object. A piece follows the one before it unless they stand apart. Readers take a gap between two glyphs for a space
 * of the text, so there are none: a gap (Chinese beside Latin, a spread name, a trailer) is the advance of the glyph before it, an even
 * stretch of the line is its character spacing Tc, and TJ takes up what is left, too little for any reader to see, measured
 * against the sum of what was written: so rounding never adds up. */
#include "out/pdf.h"

enum {
	MICRO = 1000000, TJ_UNIT = 1000, /* in millionths of an em */
	/* What readers leave alone (measured: the first space appears at 100, the first broken line at -200 thousandths). */
	LEAST_SEEN = 80000, LEAST_BACK = -100000,
	STEP = 50000,          /* a wide stretch goes into advances by such steps */
	MOST_ADVANCE = 32767
};

#define NO_GAP INT64_MIN

enum mark { MARK_NONE, MARK_CONTENT, MARK_ARTIFACT };

struct writer {
	struct pdf *pdf;
	const struct list_page *page;
	struct buf *b;
	bool in_text, in_array, in_string;
	bool turned;            /* the text object is: its x is the sheet's y, its y runs against the sheet's x */
	int64_t x, y;           /* start of the text line, thousandths of a point; y up */
	bool placed;            /* since BT; then */
	emu along, across;      /* the same start in the list: in the direction of the text, and across it */
	emu em;                 /* size of what stands there */
	int64_t pen;            /* from there, millionths of an em, as a reader adds it up */
	bool hidden;            /* text is shown without ink */
	const struct pdf_font *font;
	emu size;
	const emu *gaps;        /* behind each glyph of the item, then of those that follow on its line */
	size_t n_gaps;
	emu spacing;            /* Tc of the line */
	emu spacing_set;        /* as written */
	int64_t spacing_em;     /* the same in millionths of an em */
	uint32_t rgb;
	enum mark mark;         /* content that is marked now */
	uint32_t node;          /* whose; or */
	enum artifact artifact; /* of what kind */
};

static void put_place(struct writer *w, int64_t thousandths)
{
	pdf_number(w->b, thousandths, 1000);
	buf_char(w->b, ' ');
}

static int64_t place_y(const struct writer *w, emu y)
{
	return pdf_place(w->page->height - y);
}

/* ---- text ---- */

static void end_array(struct writer *w)
{
	if (w->in_string)
		buf_char(w->b, ')');
	if (w->in_array)
		buf_puts(w->b, "]TJ\n");
	w->in_string = w->in_array = false;
}

static void end_text(struct writer *w)
{
	end_array(w);
	if (w->in_text)
		buf_puts(w->b, "ET\n");
	w->in_text = false;
}

/* ---- marked content: what belongs to which node ---- */

static void end_mark(struct writer *w)
{
	end_text(w);
	if (w->mark != MARK_NONE)
		buf_puts(w->b, "EMC\n");
	w->mark = MARK_NONE;
}

static void set_mark(struct writer *w, const struct list_item *item)
{
	static const char *const artifacts[] = {
		[ARTIFACT_LAYOUT] = "/Artifact<</Type/Layout>>BDC\n",
		[ARTIFACT_REPEAT] = "/Artifact<</Type/Pagination>>BDC\n",
		[ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
		[ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
	};
	bool same = item->node ? w->mark == MARK_CONTENT && w->node == item->node
			       : w->mark == MARK_ARTIFACT && w->artifact == item->artifact;

	if (!w->pdf->tags.on || same)
		return;
	end_mark(w);
	w->node = item->node;
	w->artifact = item->artifact;
	w->mark = item->node ? MARK_CONTENT : MARK_ARTIFACT;
	if (w->mark == MARK_ARTIFACT) {
		buf_puts(w->b, artifacts[item->artifact]);
		return;
	}
	pdf_role(w->b, w->page->list, item->node);
	buf_puts(w->b, "<</MCID ");
	buf_number(w->b, pdf_tags_mark(w->pdf, item->node));
	buf_puts(w->b, ">>BDC\n");
}

/* A run in another language than its paragraph. */
static bool begin_lang(struct writer *w, struct str lang)
{
	if (!w->pdf->tags.on || !lang.n)
		return false;
	end_array(w);
	buf_puts(w->b, "/Span<</Lang");
	pdf_string(w->b, lang);
	buf_puts(w->b, ">>BDC\n");
	return true;
}

/* ---- text objects ---- */

static void begin_text(struct writer *w, bool turned)
{
	buf_puts(w->b, turned ? "BT\n0 1 -1 0 0 0 Tm\n" : "BT\n");
	w->in_text = true;
	w->turned = turned;
	w->x = w->y = 0;
	w->placed = false;
}

static void move(struct writer *w, emu x, emu y)
{
	end_array(w);
	w->placed = true;
	int64_t to_x = w->turned ? place_y(w, y) : pdf_place(x), to_y = w->turned ? -pdf_place(x) : place_y(w, y);
	put_place(w, to_x - w->x);
	put_place(w, to_y - w->y);
	buf_puts(w->b, "Td\n");
	w->x = to_x;
	w->y = to_y;
	w->pen = 0;
}

static void set_font(struct writer *w, const struct pdf_font *f, emu size)
{
	if (w->font == f && w->size == size)
		return;
	end_array(w);
	pdf_font_name(w->b, f);
	char text[40];
	/* Five decimals: a line of 60 em ends within 0.0001 em of its place. */
	int n = unit_format(text, size, EMU_PT, 5);
	buf_char(w->b, ' ');
	buf_put(w->b, text, (size_t)n);
	buf_puts(w->b, " Tf\n");
	w->font = f;
	w->size = size;
	w->spacing_em = unit_muldiv(w->spacing_set, MICRO, size);
}

/* In points, to five decimals: a line of 60 characters ends within a thousandth of a point of its place. */
static void set_spacing(struct writer *w)
{
	char text[40];

	if (w->spacing == w->spacing_set)
		return;
	end_array(w);
	int n = unit_format(text, w->spacing, EMU_PT, 5);
	buf_put(w->b, text, (size_t)n);
	buf_puts(w->b, " Tc\n");
	w->spacing_set = w->spacing;
	w->spacing_em = unit_muldiv(w->spacing, MICRO, w->size);
}

static void set_colour(struct writer *w, const struct colour *c)
{
	uint32_t rgb = c ? c->rgb : 0;
	if (rgb == w->rgb)
		return;
	w->rgb = rgb;
	end_array(w);
	bool grey = rgb >> 16 == (rgb >> 8 & 0xff) && rgb >> 16 == (rgb & 0xff);
	for (int shift = grey ? 0 : 16; shift >= 0; shift -= 8) {
		pdf_number(w->b, rgb >> shift & 0xff, 255);
		buf_char(w->b, ' ');
	}
	buf_puts(w->b, grey ? "g\n" : "rg\n");
}

static void put_byte(struct buf *b, unsigned c)
{
	/* A bare CR would be read as LF (7.3.4.2). */
	if (c == '(' || c == ')' || c == '\\')
		buf_char(b, '\\');
	if (c == '\r')
		buf_puts(b, "\\r");
	else
		buf_char(b, (char)c);
}

/* The pen goes to a glyph: by TJ where the way is too short for any reader to see, else by Td. Gives its place from the line's
 * start in millionths of an em. */
static int64_t go_to(struct writer *w, const struct list_item *item, const struct list_glyph *to)
{
	emu x = item->x + (w->turned ? to->y : to->x), y = item->y + (w->turned ? -to->x : to->y), size = item->u.glyphs.size;
	emu along = w->turned ? -y : x, across = w->turned ? x : y;
	if (w->placed && across == w->across && size == w->em) {
		int64_t target = unit_muldiv(along - w->along, MICRO, size), way = target - w->pen;
		if (way <= LEAST_SEEN && way >= LEAST_BACK)
			return target;
	}
	move(w, x, y);
	w->along = along;
	w->across = across;
	w->em = size;
	return 0;
}

/* Show a glyph with its pen at `target`, millionths of an em from the line's start. */
static void put_glyph(struct writer *w, const struct pdf_code *c, int64_t target)
{
	if (!w->in_array)
		buf_char(w->b, '[');
	w->in_array = true;
	int64_t ahead = w->pen - target;
	int64_t back = ahead > -TJ_UNIT / 2 && ahead < TJ_UNIT / 2 ? 0 : unit_muldiv(ahead, 1, TJ_UNIT);
	if (back) {
		if (w->in_string)
			buf_char(w->b, ')');
		w->in_string = false;
		pdf_number(w->b, back, 1);
		w->pen -= back * TJ_UNIT;
	}
	if (!w->in_string)
		buf_char(w->b, '(');
	w->in_string = true;
	put_byte(w->b, c->code >> 8);
	put_byte(w->b, c->code & 0xff);
	w->pen += c->width + w->spacing_em;
}

/* ---- gaps ---- */

static const struct list_item *next_on_line(const struct list_item *item)
{
	const struct list_item *next = item->next;

	return next && next->kind == ITEM_GLYPHS && !next->line_start && next->u.glyphs.n ? next : NULL;
}

/* The gap between glyph i's own advance and the next glyph of the line, in EMU; NO_GAP when the line ends with it. */
static emu gap_after(const struct list_item *item, size_t i)
{
	const struct list_glyphs *l = &item->u.glyphs;
	const struct list_item *next;
	emu to;

	if (i + 1 < l->n)
		to = l->glyphs[i + 1].x;
	else if ((next = next_on_line(item)))
		to = next->u.glyphs.glyphs[0].x + (item->turned ? item->y - next->y : next->x - item->x);
	else
		return NO_GAP;
	return to - l->glyphs[i].x - unit_muldiv(font_advance(l->font, l->glyphs[i].id), l->size, font_info(l->font)->upem);
}

/* The gaps of the items from here to the line's end. */
static void measure_line(struct writer *w, const struct list_item *item)
{
	struct buf *gaps = &w->pdf->gaps;

	gaps->n = 0;
	for (; item; item = next_on_line(item)) {
		buf_reserve(gaps, item->u.glyphs.n * sizeof(emu));
		emu *to = (emu *)(gaps->p + gaps->n);
		for (size_t i = 0; i < item->u.glyphs.n; i++)
			to[i] = gap_after(item, i);
		gaps->n += item->u.glyphs.n * sizeof(emu);
	}
	w->gaps = (const emu *)gaps->p;
	w->n_gaps = gaps->n / sizeof(emu);
}

/* Two gaps are one when they differ by less than a five-thousandth of an em: the last remainder of a justified line. */
static bool same_gap(emu a, emu b, emu size)
{
	emu off = a > b ? a - b : b - a;

	return off * 5000 < size;
}

/* The gap of more than half of the glyphs of the line, 0 when there is none (majority vote in two passes). */
static emu usual_gap(const struct writer *w, emu size)
{
	emu best = 0;
	size_t lead = 0, same = 0, all = 0;

	for (size_t i = 0; i < w->n_gaps; i++) {
		if (w->gaps[i] == NO_GAP)
			continue;
		if (lead == 0)
			best = w->gaps[i];
		lead = lead == 0 || same_gap(w->gaps[i], best, size) ? lead + 1 : lead - 1;
	}
	for (size_t i = 0; i < w->n_gaps; i++) {
		bool there = w->gaps[i] != NO_GAP;
		all += there;
		same += there && same_gap(w->gaps[i], best, size);
	}
	return same * 2 > all ? best : 0;
}

/* What of the usual gap is character spacing: all that readers do not see, else what steps leave. */
static void choose_spacing(struct writer *w, emu size)
{
	emu usual = usual_gap(w, size);
	int64_t em = unit_muldiv(usual, MICRO, size);

	w->spacing = usual;
	if (em > LEAST_SEEN)
		w->spacing = usual - unit_muldiv(em / STEP * STEP, size, MICRO);
	else if (em < LEAST_BACK)
		w->spacing = 0;
}

/* The advance that glyph i needs so that the next one follows without a gap; -1: its own will do. */
static int advance_for(const struct writer *w, const struct list_item *item, size_t i)
{
	const struct list_glyphs *l = &item->u.glyphs;

	if (w->gaps[i] == NO_GAP || w->gaps[i] == w->spacing)
		return -1;
	int64_t em = unit_muldiv(w->gaps[i] - w->spacing, MICRO, l->size);
	if (em >= LEAST_BACK && em <= LEAST_SEEN)
		return -1;
	int64_t advance = font_advance(l->font, l->glyphs[i].id) + unit_muldiv(em, font_info(l->font)->upem, MICRO);
	return advance >= 0 && advance <= MOST_ADVANCE ? (int)advance : -1;
}

/* ---- clusters ---- */

/* Glyphs from..to stand together for text. */
struct group {
	size_t from, to;
	struct str text;
	bool own_text;      /* said apart from the glyphs: fewer characters than these, or private ones (ISO 19005-2, 6.2.11.7.3) */
};

/* A private character is four bytes from F3 on, or three from EE. */
static bool is_private(struct str text)
{
	for (size_t at = 0; at < text.n;) {
		if ((unsigned char)text.p[at] < 0xee) {
			at++;
			continue;
		}
		uint32_t cp = utf8_next(text, &at);
		if ((cp >= 0xe000 && cp <= 0xf8ff) || cp >= 0xf0000)
			return true;
	}
	return false;
}

static struct group group_at(const struct list_glyphs *g, size_t i)
{
	struct group out = {.from = i, .to = i + 1};
	out.text = str_sub(g->text, g->glyphs[i].text, g->glyphs[i].text + g->glyphs[i].length);
	while (out.to < g->n && g->glyphs[out.to].length == 0)
		out.to++;
	out.own_text = (out.to - out.from > 1 && utf8_count(out.text) < out.to - out.from) || is_private(out.text);
	return out;
}

/* The part of its text that the next glyph of a group gives back, with `after` glyphs to come: one character each, and the
 * first what is more. Together they give the whole text in every reader. A glyph for which no character is left gets a zero
 * width space: an empty mapping is read as a control character. */
static struct str take_text(struct group *g, size_t after)
{
	if (g->text.n == 0)
		return STR("\u200b");
	size_t at = g->text.n;
	if (after > 0) {
		size_t count = utf8_count(g->text), take = count > after + 1 ? count - after : 1;
		for (at = 0; take > 0; take--)
			utf8_next(g->text, &at);
	}
	struct str text = str_sub(g->text, 0, at);
	g->text = str_sub(g->text, at, g->text.n);
	return text;
}

static void set_hidden(struct writer *w, bool hidden)
{
	if (w->hidden == hidden)
		return;
	end_array(w);
	buf_puts(w->b, hidden ? "3 Tr\n" : "0 Tr\n");
	w->hidden = hidden;
}

static void put_group(struct writer *w, struct pdf_font *f, const struct list_item *item, struct group g)
{
	const struct list_glyphs *l = &item->u.glyphs;
	if (g.own_text) {
		end_array(w);
		buf_puts(w->b, "/Span<</ActualText");
		pdf_string(w->b, g.text);
		buf_puts(w->b, ">>BDC\n");
	}
	for (size_t i = g.from; i < g.to; i++) {
		const struct list_glyph *at = &l->glyphs[i];
		const struct pdf_code *c = pdf_font_code(w->pdf, f, at->id, advance_for(w, item, i), take_text(&g, g.to - i - 1));
		int64_t target = go_to(w, item, at);
		set_hidden(w, at->id == 0 && w->pdf->out.options->draft);
		set_font(w, f, l->size);
		set_spacing(w);
		put_glyph(w, c, target);
	}
	if (g.own_text) {
		end_array(w);
		buf_puts(w->b, "EMC\n");
	}
}

/* ---- ink that is no text ---- */

static void put_box(struct writer *w, emu x, emu y, emu width, emu height, const char *operator)
{
	put_place(w, pdf_place(x));
	put_place(w, place_y(w, y + height));
	/* From rounded edge to rounded edge: boxes that meet in the list meet in the file. */
	put_place(w, pdf_place(x + width) - pdf_place(x));
	put_place(w, place_y(w, y) - place_y(w, y + height));
	buf_printf(w->b, "re %s\n", operator);
}

static void put_rule(struct writer *w, const struct list_item *item)
{
	set_mark(w, item);
	end_text(w);
	set_colour(w, item->colour);
	put_box(w, item->x, item->y, item->width, item->height, "f");
}

static void put_path(struct writer *w, const struct list_item *item)
{
	const struct list_path *path = &item->u.path;

	if (!path->n)
		return;
	set_mark(w, item);
	end_text(w);
	set_colour(w, item->colour);
	for (size_t i = 0, points = 0; i < path->n; i++) {
		const struct outline_point *p = &path->points[i];
		if (p->op == OUTLINE_MOVE && i)
			buf_puts(w->b, "h\n");
		put_place(w, pdf_place(item->x + p->x));
		put_place(w, place_y(w, item->y + p->y));
		points = p->op == OUTLINE_CURVE ? points + 1 : 0;
		if (p->op != OUTLINE_CURVE)
			buf_puts(w->b, p->op == OUTLINE_MOVE ? "m\n" : "l\n");
		else if (points % 3 == 0)
			buf_puts(w->b, "c\n");
	}
	buf_puts(w->b, "h f\n");
}

/* Draft: a glyph that no font has is a box of the .notdef's width (the text itself is there without ink). */
static void put_missing(struct writer *w, const struct list_item *item)
{
	const struct list_glyphs *l = &item->u.glyphs;
	emu em = l->size;
	for (size_t i = 0; i < l->n; i++) {
		if (l->glyphs[i].id != 0)
			continue;
		emu width = unit_muldiv(font_advance(l->font, 0), em, font_info(l->font)->upem);
		end_text(w);
		put_place(w, pdf_place(em / 25));
		buf_puts(w->b, "w ");
		emu left = l->glyphs[i].x + em / 20, top = l->glyphs[i].y - em * 4 / 5, high = em * 17 / 20;
		width = (width < em / 5 ? em : width) - em / 10;
		if (item->turned)
			put_box(w, item->x + top, item->y - left - width, high, width, "S");
		else
			put_box(w, item->x + left, item->y + top, width, high, "S");
	}
}

static void put_text(struct writer *w, const struct list_item *item)
{
	const struct list_glyphs *l = &item->u.glyphs;
	if (l->n == 0)
		return;
	set_mark(w, item);
	if (item->line_start || item->turned != w->turned)
		end_text(w);
	if (item->line_start || w->n_gaps == 0) {
		measure_line(w, item);
		choose_spacing(w, l->size);
	}
	if (!w->in_text)
		begin_text(w, item->turned);
	bool lang = begin_lang(w, item->lang);
	set_colour(w, item->colour);
	struct pdf_font *f = pdf_font_get(w->pdf, l->font);
	for (size_t i = 0; i < l->n;) {
		struct group g = group_at(l, i);
		put_group(w, f, item, g);
		i = g.to;
	}
	w->gaps += l->n;
	w->n_gaps -= l->n;
	if (lang) {
		end_array(w);
		buf_puts(w->b, "EMC\n");
	}
	if (w->pdf->out.options->draft)
		put_missing(w, item);
}

/* 草稿 in strokes, since no font is sure to be there: hundredths of a square, y up; -1 lifts the pen. */
static const signed char draft_strokes[2][96] = {
	{8, 88, 92, 88, -1, 35, 98, 35, 76, -1, 65, 98, 65, 76, -1, 28, 38, 28, 68, 72, 68, 72, 38, 28, 38, -1,
	 28, 53, 72, 53, -1, 6, 22, 94, 22, -1, 50, 38, 50, 0, -1, -1},
	{40, 96, 10, 86, -1, 4, 68, 46, 68, -1, 26, 91, 26, 0, -1, 26, 66, 4, 34, -1, 27, 62, 46, 42, -1,
	 71, 100, 71, 90, -1, 50, 88, 96, 88, -1, 60, 64, 60, 78, 84, 78, 84, 64, 60, 64, -1,
	 53, 0, 53, 54, 93, 54, 93, 0, -1, 64, 18, 64, 40, 82, 40, 82, 18, 64, 18, -1, -1},
};

static void put_draft_mark(struct writer *w)
{
	const int64_t side = pdf_place(9 * EMU_MM), left = pdf_place(w->page->width - 32 * EMU_MM),
		      bottom = place_y(w, 19 * EMU_MM);
	buf_puts(w->b, "/Artifact BMC\nq 0.6 G 2 w 1 J\n");
	for (int i = 0; i < 2; i++) {
		const char *operator = "m\n";
		for (const signed char *at = draft_strokes[i]; at[0] >= 0 || at[1] >= 0;) {
			if (*at < 0) {
				buf_puts(w->b, "S\n");
				operator = "m\n";
				at++;
				continue;
			}
			put_place(w, left + i * side * 11 / 10 + at[0] * side / 100);
			put_place(w, bottom + at[1] * side / 100);
			buf_puts(w->b, operator);
			operator = "l\n";
			at += 2;
		}
		buf_puts(w->b, "S\n");
	}
	buf_puts(w->b, "Q\nEMC\n");
}

void pdf_page_content(struct pdf *p, const struct list_page *page)
{
	struct writer w = {.pdf = p, .page = page, .b = &p->content};
	p->content.n = 0;
	pdf_tags_page(p);
	for (const struct list_item *item = page->first; item; item = item->next) {
		if (item->kind == ITEM_GLYPHS)
			put_text(&w, item);
		else if (item->kind == ITEM_RULE)
			put_rule(&w, item);
		else if (item->kind == ITEM_PATH)
			put_path(&w, item);
	}
	end_text(&w);
	end_mark(&w);
	if (p->out.options->draft)
		put_draft_mark(&w);
}
