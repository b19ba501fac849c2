/* space: settles white space over the inlines of one paragraph.
 * A run of blanks and line ends that holds a line end is nothing between two wide characters (a pretty-printed
 * record breaks its Chinese text anywhere), else one space; a run without line end is one space; at the paragraph's ends and at
 * forced line ends it is nothing. U+3000 and U+00A0 are content. */
#include "layout/decl.h"

struct settling {
	struct arena *a;
	struct buf out;
	uint32_t before; /* last character that was content, 0 = start of a line */
	bool blank, newline; /* a run of white space is pending */
	struct inline_item *last; /* text item that a pending blank goes to when no text follows */
};

static bool is_wide(uint32_t cp)
{
	if (cp >= 0xFF61 && cp <= 0xFFDC)
		return false;
	bool shared = cp == 0x201C || cp == 0x201D || cp == 0x2018 || cp == 0x2019 || cp == 0x2014 || cp == 0x2026 || cp == 0xB7;
	return cp >= 0x2E80 || shared;
}

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r';
}

static void put(struct settling *s, uint32_t cp)
{
	bool nothing = s->newline && is_wide(s->before) && is_wide(cp);

	if (s->blank && s->before && !nothing)
		buf_char(&s->out, ' ');
	s->blank = s->newline = false;
	s->before = cp;
}

/* Content that is no text: a number, a blank of a width. A pending blank belongs to the text before it. */
static void put_object(struct settling *s)
{
	if (s->blank && s->before && s->last)
		s->last->text = str_of(arena_printf(s->a, "%.*s ", STR_ARG(s->last->text)));
	s->blank = s->newline = false;
	s->before = 'x';
}

static void settle_text(struct settling *s, struct inline_item *item)
{
	s->out.n = 0;
	for (size_t at = 0; at < item->text.n;) {
		size_t from = at;
		uint32_t cp = utf8_next(item->text, &at);
		if (is_blank(cp)) {
			s->blank = true;
			s->newline |= cp == '\n' || cp == '\r';
			continue;
		}
		put(s, cp);
		buf_str(&s->out, str_sub(item->text, from, at));
	}
	item->text = arena_str(s->a, buf_view(&s->out));
	if (item->text.n)
		s->last = item;
}

static void settle(struct settling *s, struct inline_item **items);

/* A line of its own, or the end of one: blanks at its borders are nothing. */
static void settle_apart(struct settling *s, struct inline_item **items)
{
	struct settling inner = {.a = s->a};

	settle(&inner, items);
	buf_free(&inner.out);
}

static void settle(struct settling *s, struct inline_item **items)
{
	struct inline_item *item;

	while ((item = *items)) {
		if (item->kind == INLINE_TEXT)
			settle_text(s, item);
		else if (item->kind == INLINE_TRAILER)
			settle_apart(s, &item->first);
		else if (item->kind == INLINE_SPREAD)
			settle(s, &item->first);
		else if (item->kind == INLINE_BR)
			s->before = 0, s->blank = s->newline = false;
		else if (item->kind != INLINE_HANG)
			put_object(s);
		if (item->kind == INLINE_TEXT && !item->text.n)
			*items = item->next;
		else
			items = &item->next;
	}
}

void space_settle(struct arena *a, struct inline_item **items)
{
	struct settling s = {.a = a};

	settle(&s, items);
	buf_free(&s.out);
}
