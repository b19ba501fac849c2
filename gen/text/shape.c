/* shape: slots -> clusters with glyphs, through HarfBuzz. Slots of one item, font, size and script go through it
 * together; a ligature makes one cluster of several slots. What HarfBuzz gives in font units becomes EMU
 * here, glyph by glyph. Chinese runs are set without kerning: their advance is the em. */
#include "text/font.h"

#include "base/mem.h"
#include "text/han.h"

static const hb_feature_t chinese_features[] = {
	{HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
};

struct shaper {
	struct diag_list *d;
	struct font_set *set;
	struct arena *arena;
	const struct slots *slots;
	struct shaped *out;
	size_t cap_glyphs;
	struct span { const struct inline_item *spread; bool forced; } *spans; /* by cluster */
};

static bool is_chinese_script(hb_script_t script)
{
	return script == HB_SCRIPT_HAN || script == HB_SCRIPT_HIRAGANA || script == HB_SCRIPT_KATAKANA ||
	       script == HB_SCRIPT_BOPOMOFO || script == HB_SCRIPT_HANGUL;
}

static bool together(const struct slot *a, const struct slot *b)
{
	return b->kind == SLOT_TEXT && a->item == b->item && a->font == b->font && a->size == b->size &&
	       a->script == b->script && !b->forced && !b->spread;
}

/* The glyphs array grows by doubling in the result's arena; HarfBuzz may give more glyphs than characters. */
static struct glyph *add_glyphs(struct shaper *p, size_t n)
{
	struct shaped *out = p->out;
	if (out->n_glyphs + n > p->cap_glyphs) {
		p->cap_glyphs = 2 * p->cap_glyphs + n;
		struct glyph *larger = ARENA_ROOM(p->arena, p->cap_glyphs, struct glyph);
		if (out->n_glyphs > 0)
			memcpy(larger, out->glyphs, out->n_glyphs * sizeof(*larger));
		out->glyphs = larger;
	}
	out->n_glyphs += n;
	return out->glyphs + out->n_glyphs - n;
}

/* Some fonts set —— as one glyph: the two-em dash, which must not pass for the single one. */
static uint32_t code_point(const struct slot *first, size_t n)
{
	return n == 2 && first[0].cp == 0x2014 && first[1].cp == 0x2014 ? 0x2e3a : first->cp;
}

/* A cluster of the slots from..to. */
static struct cluster *add_cluster(struct shaper *p, size_t from, size_t to)
{
	const struct slot *first = &p->slots->list[from], *last = &p->slots->list[to - 1];
	p->spans[p->out->n] = (struct span){first->spread, first->forced};
	struct cluster *c = &p->out->clusters[p->out->n++];
	*c = (struct cluster){
		.text = first->text, .length = last->text + last->length - first->text, .cp = code_point(first, to - from),
		.font = first->font, .item = first->item, .size = first->size,
		.glyph = (uint32_t)p->out->n_glyphs, .cls = HAN_OTHER,
	};
	if (first->kind == SLOT_OBJECT) {
		c->cls = HAN_OBJECT;
		c->width = first->item->width;
	}
	return c;
}

static hb_language_t language(const struct slot *slot)
{
	struct str lang = slot->item->style->lang;
	return lang.n > 0 ? hb_language_from_string(lang.p, (int)lang.n) : hb_language_from_string("zh-Hans", -1);
}

static void fill_buffer(struct shaper *p, size_t from, size_t to)
{
	const struct slot *first = &p->slots->list[from];
	hb_buffer_t *b = p->set->buffer;
	hb_buffer_clear_contents(b);
	hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
	hb_buffer_set_direction(b, HB_DIRECTION_LTR);
	hb_buffer_set_script(b, first->script);
	hb_buffer_set_language(b, language(first));
	hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_set_flags(b, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	for (size_t i = from; i < to; i++) {
		const struct slot *s = &p->slots->list[i];
		struct str text = str_sub(p->slots->text, s->text, s->text + s->length);
		for (size_t at = 0; at < text.n;)
			hb_buffer_add(b, pick_stand_in(s->font, utf8_next(text, &at)), (unsigned)i);
	}
	if (!hb_buffer_allocation_successful(b)) /* characters are missing in it */
		mem_die(0);
}

/* HarfBuzz takes a font's substitutions at their word. */
static uint32_t existing(struct shaper *p, const struct font *f, uint32_t id)
{
	if (id < (uint32_t)f->info.n_glyphs)
		return id;
	diag_once(p->d, DIAG_FONT_FILE, f->loc, f->path,
	          DIAG_TWO("替换表指向不存在的字形", "its substitutions lead to a glyph that is not there"), (char *)NULL);
	return 0;
}

static void take_glyph(struct shaper *p, struct cluster *c, const hb_glyph_info_t *info,
		       const hb_glyph_position_t *pos)
{
	struct glyph *g = add_glyphs(p, 1);
	int upem = c->font->info.upem;
	*g = (struct glyph){
		.id = existing(p, c->font, info->codepoint),
		.advance = unit_muldiv(pos->x_advance, c->size, upem),
		.dx = unit_muldiv(pos->x_offset, c->size, upem),
		.dy = -unit_muldiv(pos->y_offset, c->size, upem),
	};
	c->n_glyphs++;
	c->width += g->advance;
}

/* HarfBuzz would give each character the glyph that is known already: by far the most text is so. */
static bool is_plain(const struct shaper *p, size_t from, size_t to)
{
	const struct slot *first = &p->slots->list[from];
	if (first->script != HB_SCRIPT_HAN && first->script != HB_SCRIPT_LATIN)
		return false;
	for (size_t i = from; i < to; i++) {
		const struct font_glyph *g = p->slots->list[i].glyph;
		if (!g || !g->id || !g->alone)
			return false;
	}
	return font_leaves_alone(first->font, first->script, language(first));
}

static void set_plain(struct shaper *p, size_t from, size_t to)
{
	const struct slot *first = &p->slots->list[from];
	int upem = first->font->info.upem;
	int32_t last = 0;
	emu advance = 0;
	font_use(first->font);
	for (size_t i = from; i < to; i++) {
		const struct font_glyph *g = p->slots->list[i].glyph;
		if (g->advance != last) {
			last = g->advance;
			advance = unit_muldiv(last, first->size, upem);
		}
		struct cluster *c = add_cluster(p, i, i + 1);
		c->n_glyphs = 1;
		c->width = advance;
		*add_glyphs(p, 1) = (struct glyph){.id = g->id, .advance = advance};
	}
}

/* HarfBuzz' clusters are numbers of slots, ascending; a slot without a glyph of its own is part of the one before. */
static void shape_run(struct shaper *p, size_t from, size_t to)
{
	const struct slot *first = &p->slots->list[from];
	bool chinese = is_chinese_script(first->script);
	unsigned n;
	fill_buffer(p, from, to);
	hb_shape(first->font->hb, p->set->buffer, chinese ? chinese_features : NULL, chinese ? 1 : 0);
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(p->set->buffer, &n);
	const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(p->set->buffer, NULL);
	font_use(first->font);
	if (n == 0)
		add_cluster(p, from, to);
	for (unsigned i = 0; i < n;) {
		unsigned end = i + 1;
		while (end < n && info[end].cluster == info[i].cluster)
			end++;
		struct cluster *c = add_cluster(p, i == 0 ? from : info[i].cluster,
		                                end < n ? info[end].cluster : to);
		for (; i < end; i++)
			take_glyph(p, c, &info[i], &pos[i]);
		if (c->width < 0) /* text does not run backwards, whatever a font says */
			c->width = 0;
	}
}

static void shape_slots(struct shaper *p)
{
	const struct slots *s = p->slots;
	struct font *font = NULL;
	for (size_t i = 0; i < s->n;) {
		size_t end = i + 1;
		if (s->list[i].kind == SLOT_TEXT) {
			while (end < s->n && together(&s->list[i], &s->list[end]))
				end++;
			if (is_plain(p, i, end))
				set_plain(p, i, end);
			else
				shape_run(p, i, end);
			font = s->list[i].font;
		} else {
			struct cluster *c = add_cluster(p, i, end);
			c->font = s->list[i].kind == SLOT_NOTHING ? font : NULL;
		}
		i = end;
	}
}

/* ---- spreads ---- */

/* Clusters from..to fill the width of their spread with even gaps; nothing breaks or trims inside. */
static void spread_out(struct shaped *s, size_t from, size_t to, emu width)
{
	emu natural = 0;
	int64_t gaps = (int64_t)(to - from) - 1;
	for (size_t i = from; i < to; i++) {
		struct cluster *c = &s->clusters[i];
		natural += c->width;
		c->blank_start = c->blank_end = 0;
		if (i > from) {
			c->gap = 0;
			c->before = BREAK_NO;
		}
	}
	emu extra = width > natural ? width - natural : 0;
	if (gaps == 0)
		s->clusters[from].width += extra;
	for (int64_t i = 0; i < gaps; i++)
		s->clusters[from + (size_t)i].width += extra * (i + 1) / gaps - extra * i / gaps;
}

static void finish(struct shaper *p)
{
	struct shaped *s = p->out;
	for (size_t i = 0; i < s->n; i++)
		if (p->spans[i].forced)
			s->clusters[i].before = BREAK_MUST;
	for (size_t i = 0; i < s->n;) {
		size_t end = i + 1;
		const struct inline_item *spread = p->spans[i].spread;
		while (end < s->n && spread && p->spans[end].spread == spread)
			end++;
		if (spread)
			spread_out(s, i, end, spread->width);
		i = end;
	}
}

bool text_shape(struct diag_list *d, struct arena *a, struct font_set *set, const struct inline_item *items,
		struct shaped *out)
{
	struct slots slots;
	bool ok = item_split(d, a, set, items, &slots);
	*out = (struct shaped){.text = slots.text, .clusters = ARENA_ROOM(a, slots.n + 1, struct cluster),
	                       .marks = slots.marks, .n_marks = slots.n_marks};
	if (ok) {
		struct shaper p = {.d = d, .set = set, .arena = a, .slots = &slots, .out = out,
		                   .cap_glyphs = slots.n + 8,
		                   .spans = ARENA_ROOM(set->scratch, slots.n + 1, struct span)};
		out->glyphs = ARENA_ROOM(a, p.cap_glyphs, struct glyph);
		shape_slots(&p);
		han_prepare(out);
		finish(&p);
	}
	arena_reset(set->scratch);
	return ok;
}
