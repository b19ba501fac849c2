/* font: inside of the font wall. One struct font is one face of one file, opened when first asked for and
 * kept by its set; what fails to open is kept too, so that it is tried once. Private to
 * font.c, glyph.c, item.c, pick.c, shape.c, subset.c, use.c, dump.c. */
#ifndef GEN_TEXT_FONT_H
#define GEN_TEXT_FONT_H

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>

#include "text/text.h"

/* What a font has for a code point, when asked for. */
struct font_glyph {
	uint32_t id;            /* 0: nothing */
	int32_t advance;        /* font units */
	bool asked;
	bool alone;             /* never joins its neighbours by itself: no mark, nothing invisible */
};

/* Text of a script and a language passes through the font's tables unchanged. */
struct font_text {
	struct font_text *next;
	hb_script_t script;
	hb_language_t lang;
	bool left_alone;
};

/* Where in its advance a glyph's ink stands: in one half of it, or in neither alone. */
enum ink_half { INK_START, INK_END, INK_MIDDLE };

/* The blanks beside the ink of one glyph, 1/1000 of the advance. */
struct ink_blanks {
	uint32_t glyph;         /* number + 1; 0: nothing here yet */
	int16_t start, end;
	uint8_t half;           /* enum ink_half */
};

struct font {
	struct font_set *set;
	int number;             /* from 1, in order of first use; 0: not used yet */
	bool usable;
	enum diag_code why;     /* when not usable: FONT_FILE or FONT_RIGHTS, and its reason */
	const char *path, *reason;
	int index;
	struct str bytes;       /* of the whole file */
	struct str hmtx;        /* its table of advances, and how many are in it */
	uint32_t n_advances;
	hb_face_t *face;
	hb_font_t *hb;          /* scale: font units */
	FT_Face ft;
	struct font_info info;  /* names and metrics are filled when first asked for */
	bool described;
	struct font_glyph *glyphs[0x1100]; /* by code point / 256, then by code point % 256 */
	struct font_text *texts;
	struct ink_blanks blanks[64]; /* of the marks met last, by glyph number % 64 */
	struct str lacks;       /* characters that it draws wrongly: as if it had none for them */
	size_t characters;      /* that it sets on pages, when they are counted */
	struct str sha256, declared; /* of the bytes, when asked for; as fonts.xml has it, or empty */
	struct loc loc;         /* of the family that opened it */
};

struct font_notes;

struct font_set {
	struct arena *arena;
	struct font_notes *notes; /* NULL unless asked for (use.c) */
	struct arena *scratch;  /* of one text_shape */
	FT_Library ft;
	hb_buffer_t *buffer;
	struct map fonts;       /* path, index and what it lacks -> struct font */
	int n_used;
};

/* The font of a family, opened now if it was not. NULL when there is no file, or after a message (said at the
 * first opening only). */
struct font *font_open(struct diag_list *d, struct font_set *s, const struct family *family);
/* What the cmap has for a code point. */
const struct font_glyph *font_glyph(struct font *f, uint32_t cp);
bool font_has(struct font *f, uint32_t cp);
/* Every character that is alone gives its own glyph and advance in such text, without kerning asked for. */
bool font_leaves_alone(struct font *f, hb_script_t script, hb_language_t lang);
/* Of a glyph with ink and an advance; NULL for others. Holds until the next call. */
const struct ink_blanks *font_blanks(struct font *f, uint32_t glyph);
/* use.c: a face took this font; a character that none of its fonts has. Only when the set has notes. */
void use_taken(struct font_set *s, const struct face *face, const struct font *font);
void use_missing(struct font_set *s, const struct face *face, uint32_t cp, struct loc loc);
/* Give the font its number, if it has none. */
void font_use(struct font *f);

/* Which list of a face a cluster asks first; what is shared is settled by its neighbours (item.c). */
enum side { SIDE_HAN, SIDE_LATIN, SIDE_SHARED };

/* One cluster to be shaped, or an object. */
enum slot_kind { SLOT_TEXT, SLOT_NOTHING /* format characters: no glyph, no width */, SLOT_OBJECT };

struct slot {
	uint32_t text, length, cp;     /* bytes in slots.text; first code point (U+FFFC of an object) */
	const struct inline_item *item;
	struct font *font;
	const struct font_glyph *glyph; /* of a single code point in this font, else NULL */
	emu size;                      /* on the page */
	hb_script_t script;
	uint8_t kind;                  /* enum slot_kind */
	uint8_t side;                  /* enum side */
	uint8_t strong;                /* what the character says of its side (item.c) */
	bool forced;                   /* a line begins here: <br/> stood before it */
	const struct inline_item *spread; /* the spread it is a part of, or NULL */
};

struct slots {
	struct slot *list;
	size_t n;
	struct str text;
	struct shaped_mark *marks; /* in the caller's arena */
	size_t n_marks;
};

/* Cut the text of the inlines into slots, and give each its font. False when a face has no font at all. All memory
 * but the text (in a) belongs to the set's scratch arena. */
bool item_split(struct diag_list *d, struct arena *a, struct font_set *s, const struct inline_item *items,
		struct slots *out);
/* Blanks, tab and line ends among them; format and control characters that show nothing. */
bool item_is_blank(uint32_t cp);
bool item_is_nothing(uint32_t cp);

/* Give every text slot its font and size. False after FONT_NONE. */
bool pick_fonts(struct diag_list *d, struct font_set *s, struct slots *slots);
/* What is put into HarfBuzz' buffer for a code point: itself, or what stands in for it in this font. */
uint32_t pick_stand_in(struct font *f, uint32_t cp);

#endif
