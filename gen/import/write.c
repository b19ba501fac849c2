/* write: see write.h. */
#include "import/write.h"

#include <assert.h>

static void put_escaped(struct buf *out, struct str s, bool attribute)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '&')
			buf_puts(out, "&amp;");
		else if (c == '<')
			buf_puts(out, "&lt;");
		else if (c == '>')
			buf_puts(out, "&gt;");
		else if (c == '"' && attribute)
			buf_puts(out, "&quot;");
		else
			buf_char(out, c);
	}
}

static void put_indent(struct write *w)
{
	buf_char(&w->out, '\n');
	for (int i = 0; i < w->depth; i++)
		buf_puts(&w->out, "  ");
}

/* The start tag stays open for attributes until something goes in. */
static void fill(struct write *w)
{
	if (w->depth && !w->level[w->depth - 1].filled) {
		buf_char(&w->out, '>');
		w->level[w->depth - 1].filled = true;
	}
}

void write_start(struct write *w)
{
	*w = (struct write){0};
	buf_puts(&w->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
}

void write_open(struct write *w, const char *name)
{
	assert(w->depth < WRITE_DEPTH);
	fill(w);
	if (!w->depth || !w->level[w->depth - 1].mixed)
		put_indent(w);
	buf_printf(&w->out, "<%s", name);
	w->level[w->depth].name = name;
	w->level[w->depth].mixed = w->level[w->depth].filled = false;
	w->depth++;
}

void write_inline(struct write *w, const char *name)
{
	w->level[w->depth - 1].mixed = true;
	write_open(w, name);
}

void write_fact(struct write *w, const char *name, struct str value)
{
	assert(!w->level[w->depth - 1].filled);
	buf_printf(&w->out, " %s=\"", name);
	put_escaped(&w->out, value, true);
	buf_char(&w->out, '"');
}

static void say(struct write *w, struct str text)
{
	buf_str(w->column ? &w->columns[w->column - 1] : &w->said, text);
}

void write_mark(struct write *w, const char *name, struct str value)
{
	write_fact(w, name, value);
	say(w, value);
}

void write_text(struct write *w, struct str text)
{
	if (!text.n)
		return;
	fill(w);
	w->level[w->depth - 1].mixed = true;
	put_escaped(&w->out, text, false);
	say(w, text);
}

void write_close(struct write *w)
{
	assert(w->depth > 0);
	bool mixed = w->level[w->depth - 1].mixed, filled = w->level[w->depth - 1].filled;
	const char *name = w->level[--w->depth].name;
	if (!filled) {
		buf_puts(&w->out, "/>");
	} else {
		if (!mixed)
			put_indent(w);
		buf_printf(&w->out, "</%s>", name);
	}
	if (!w->depth)
		buf_char(&w->out, '\n');
}

void write_column(struct write *w, int column)
{
	assert(column < WRITE_COLUMNS);
	w->column = column + 1;
}

void write_row(struct write *w)
{
	w->column = 0;
	for (int i = 0; i < WRITE_COLUMNS; i++) {
		buf_str(&w->said, buf_view(&w->columns[i]));
		w->columns[i].n = 0;
	}
}

void write_free(struct write *w)
{
	for (int i = 0; i < WRITE_COLUMNS; i++)
		buf_free(&w->columns[i]);
	buf_free(&w->out);
	buf_free(&w->said);
}
