/* shaped: a paragraph of clusters without fonts, for tests of breaking and spacing. Every character is a
 * cluster: half an em for ASCII, alphabets, ‰ and ℃, one em for all else, nothing for U+2060; a line feed makes what
 * follows begin a line. */
#ifndef TESTS_WRAP_SHAPED_H
#define TESTS_WRAP_SHAPED_H

#include "text/han.h"

#define SHAPED_EM ((emu)203200) /* 16 pt */

struct shaped_style {
	struct wrap_rules rules;
	struct style style;
	struct inline_item item;
};

static inline void shaped_style_open(struct shaped_style *s)
{
	s->style = (struct style){.wrap = &s->rules, .size = SHAPED_EM};
	s->item = (struct inline_item){.kind = INLINE_TEXT, .style = &s->style, .loc = {1, 7}};
}

static inline emu shaped_width(uint32_t cp)
{
	if (cp == 0x2060)
		return 0;
	bool half = (cp < 0x2000 && cp != 0xB7) || cp == 0x2030 || cp == 0x2103;
	return half ? SHAPED_EM / 2 : SHAPED_EM;
}

static inline void shaped_add(struct shaped *out, struct cluster c)
{
	c.glyph = (uint32_t)out->n_glyphs;
	c.n_glyphs = 1;
	out->glyphs[out->n_glyphs++] = (struct glyph){.id = c.cp, .advance = c.width};
	out->clusters[out->n++] = c;
}

/* Clusters of text, not yet prepared. */
static inline void shaped_make(struct arena *a, const struct shaped_style *s, struct str text, struct shaped *out)
{
	bool forced = false;
	*out = (struct shaped){.text = text, .clusters = ARENA_ARRAY(a, text.n + 1, struct cluster),
	                       .glyphs = ARENA_ARRAY(a, text.n + 1, struct glyph)};
	for (size_t at = 0; at < text.n;) {
		size_t from = at;
		uint32_t cp = utf8_next(text, &at);
		if (cp != '\n')
			shaped_add(out, (struct cluster){
				.text = (uint32_t)from, .length = (uint32_t)(at - from), .cp = cp, .item = &s->item,
				.size = SHAPED_EM, .width = shaped_width(cp), .before = forced ? BREAK_MUST : BREAK_NO});
		forced = cp == '\n';
	}
}

#endif
