/* out_text: the text of the pages, in reading order: as lines ("text"), or piece by piece with its
 * origin ("runs"), for the equation of record, list and PDF. */
#include "out/back.h"

struct text {
	struct out out;
	struct buf lines;
	bool in_line;
};

static void close_text(void *t)
{
	buf_free(&((struct text *)t)->lines);
}

static struct out *open(struct diag_list *d, struct arena *a, const struct out_options *o)
{
	struct text *t = ARENA_NEW(a, struct text);
	t->out = (struct out){d, a, o};
	arena_defer(a, close_text, t);
	return &t->out;
}

static void end_line(struct text *t)
{
	if (t->in_line)
		buf_char(&t->lines, '\n');
	t->in_line = false;
}

static bool page(struct out *o, const struct list_page *p)
{
	struct text *t = (struct text *)o;
	for (const struct list_item *item = p->first; item; item = item->next) {
		if (item->kind != ITEM_GLYPHS)
			continue;
		if (item->line_start)
			end_line(t);
		buf_str(&t->lines, item->u.glyphs.text);
		t->in_line = true;
	}
	end_line(t);
	buf_char(&t->lines, '\f');
	return true;
}

static void put_escaped(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\')
			buf_puts(b, "\\\\");
		else if (s.p[i] == '\t')
			buf_puts(b, "\\t");
		else if (s.p[i] == '\n')
			buf_puts(b, "\\n");
		else
			buf_char(b, s.p[i]);
	}
}

static bool page_runs(struct out *o, const struct list_page *p)
{
	struct buf *b = &((struct text *)o)->lines;
	for (const struct list_item *item = p->first; item; item = item->next) {
		if (item->kind != ITEM_GLYPHS)
			continue;
		buf_printf(b, "%d\t%c\t", p->number, "RGF"[item->origin]);
		put_escaped(b, item->u.glyphs.text);
		buf_char(b, '\n');
	}
	return true;
}

static bool close(struct out *o, const struct list *l, struct buf *bytes)
{
	(void)l;
	buf_str(bytes, buf_view(&((struct text *)o)->lines));
	return true;
}

const struct out_format out_text = {"text", open, page, close};
const struct out_format out_runs = {"runs", open, page_runs, close};
