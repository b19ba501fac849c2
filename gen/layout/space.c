/* space: settles white space over the inlines of one paragraph (xslt-notes.md 6).
 * A run of blanks and line ends that holds a line end is nothing between two wide characters (a pretty-printed
 * record breaks its Chinese text anywhere) and beside a blank of the layout, else one space; a run without line end is one
 * space; at the paragraph's ends and at forced line ends a run is nothing. U+3000 and U+00A0 are content. */
#include "layout/decl.h"

/* Stands for a blank that the layout sets: it takes the place of a line end beside it. */
#define GAP 1
/* Stands for content that is not wide: a number. */
#define NARROW 'x'

struct settling {
	struct arena *a;
	struct buf out;              /* text of the item being settled */
	uint32_t before;             /* last character that was content, 0 = start of a line */
	bool blank, newline;         /* a run of white space is pending */
	struct inline_item *item;    /* being settled */
	struct inline_item *blank_in; /* item the run begins in: the space goes there */
};

struct range {
	uint32_t first, last;
};

/* East Asian Wide and Fullwidth (UAX #11) in whole blocks, private use (an office's own characters), and the ambiguous
 * marks and numbers that Chinese fonts draw a whole em wide. */
static bool is_wide(uint32_t cp)
{
	static const struct range wide[] = {
		{0xB7, 0xB7},       {0x1100, 0x115F},   {0x2014, 0x2014},   {0x2018, 0x2019},   {0x201C, 0x201D},
		{0x2026, 0x2026},   {0x2160, 0x217F},   {0x2460, 0x24FF},   {0x25A0, 0x25FF},   {0x2605, 0x2606},
		{0x2E80, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xE000, 0xFAFF},   {0xFE10, 0xFE19},
		{0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18DFF}, {0x1AFF0, 0x1B2FF},
		{0x1F200, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}, {0xF0000, 0x10FFFF},
	};

	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (cp >= wide[i].first && cp <= wide[i].last)
			return true;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The run before character cp becomes one space or nothing. */
static void end_run(struct settling *s, uint32_t cp)
{
	bool gap = s->before == GAP || cp == GAP;

	if (s->blank && s->before && !(s->newline && (gap || (is_wide(s->before) && is_wide(cp))))) {
		if (s->blank_in == s->item)
			buf_char(&s->out, ' ');
		else
			s->blank_in->text = str_of(arena_printf(s->a, "%.*s ", STR_ARG(s->blank_in->text)));
	}
	s->blank = s->newline = false;
	s->before = cp;
}

static void settle_text(struct settling *s, struct inline_item *item)
{
	struct str t = item->text;

	s->out.n = 0;
	s->item = item;
	for (size_t at = 0; at < t.n;) {
		size_t from = at, first = at;
		if (is_blank(t.p[at])) {
			if (!s->blank)
				s->blank_in = item;
			s->blank = true;
			s->newline |= t.p[at] == '\n' || t.p[at] == '\r';
			at++;
			continue;
		}
		while (at < t.n && !is_blank(t.p[at]))
			at++;
		end_run(s, utf8_next(t, &first));
		buf_str(&s->out, str_sub(t, from, at));
		size_t last = at;
		s->before = utf8_prev(t, &last);
	}
	item->text = arena_str(s->a, buf_view(&s->out));
	s->item = NULL;
}

static void settle(struct settling *s, struct inline_item *item);

/* A line of its own, or the end of one: runs at its borders are nothing. */
static void settle_apart(struct settling *s, struct inline_item *items)
{
	struct settling inner = {.a = s->a};

	settle(&inner, items);
	buf_free(&inner.out);
}

static void settle(struct settling *s, struct inline_item *item)
{
	for (; item; item = item->next) {
		switch (item->kind) {
		case INLINE_TEXT:
			settle_text(s, item);
			break;
		case INLINE_TRAILER:
			settle_apart(s, item->first);
			break;
		case INLINE_SPREAD:
			settle(s, item->first);
			break;
		case INLINE_BR:
			s->before = 0;
			s->blank = s->newline = false;
			break;
		case INLINE_HANG:
		case INLINE_MARK:
			break;
		default:
			end_run(s, item->kind == INLINE_SPACE || item->kind == INLINE_LEADER ? GAP : NARROW);
		}
	}
}

/* Texts that became empty, and what holds nothing any more. */
static void drop_empty(struct inline_item **items)
{
	struct inline_item *item;

	while ((item = *items)) {
		drop_empty(&item->first);
		bool holds = item->kind == INLINE_TRAILER || item->kind == INLINE_SPREAD;
		if ((item->kind == INLINE_TEXT && !item->text.n) || (holds && !item->first))
			*items = item->next;
		else
			items = &item->next;
	}
}

void space_settle(struct arena *a, struct inline_item **items)
{
	struct settling s = {.a = a};

	settle(&s, *items);
	buf_free(&s.out);
	drop_empty(items);
}

struct str space_settle_text(struct arena *a, struct str text)
{
	struct inline_item item = {.kind = INLINE_TEXT, .text = text}, *items = &item;

	space_settle(a, &items);
	return items ? item.text : (struct str){0};
}
