/* write: see write.h. */
#include "import/write.h"

#include <assert.h>

#include "base/mem.h"

static const char *escape_of(char c, bool attribute)
{
	return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' && attribute ? "&quot;" : NULL;
}

size_t write_escaped(char c, bool attribute)
{
	const char *escape = escape_of(c, attribute);
	return escape ? strlen(escape) : 1;
}

static void put_escaped(struct buf *out, struct str s, bool attribute)
{
	for (size_t i = 0; i < s.n; i++) {
		const char *escape = escape_of(s.p[i], attribute);
		if (escape)
			buf_puts(out, escape);
		else
			buf_char(out, s.p[i]);
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

static void open_attribute(struct write *w, const char *name)
{
	assert(!w->level[w->depth - 1].filled);
	buf_printf(&w->out, " %s=\"", name);
}

void write_fact(struct write *w, const char *name, struct str value)
{
	open_attribute(w, name);
	put_escaped(&w->out, value, true);
	buf_char(&w->out, '"');
}

/* Into the record, and into what it says. */
static void put_said(struct write *w, struct str text, bool attribute)
{
	struct buf *said = w->column ? &w->columns[w->column - 1] : &w->said;
	if (w->n_pieces == w->pieces_cap) {
		w->pieces_cap = w->pieces_cap ? w->pieces_cap * 2 : 256;
		w->pieces = mem_grow(w->pieces, w->pieces_cap * sizeof *w->pieces);
	}
	w->pieces[w->n_pieces++] =
		(struct write_piece){(uint32_t)said->n, (uint32_t)text.n, (uint32_t)w->out.n, w->column, attribute};
	put_escaped(&w->out, text, attribute);
	buf_str(said, text);
}

void write_mark(struct write *w, const char *name, struct str value)
{
	open_attribute(w, name);
	put_said(w, value, true);
	buf_char(&w->out, '"');
}

void write_text(struct write *w, struct str text)
{
	if (!text.n)
		return;
	fill(w);
	w->level[w->depth - 1].mixed = true;
	put_said(w, text, false);
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
	uint32_t base[WRITE_COLUMNS + 1] = {0};
	w->column = 0;
	for (int i = 0; i < WRITE_COLUMNS; i++) {
		base[i + 1] = (uint32_t)w->said.n;
		buf_str(&w->said, buf_view(&w->columns[i]));
		w->columns[i].n = 0;
	}
	for (; w->row < w->n_pieces; w->row++) {
		w->pieces[w->row].said += base[w->pieces[w->row].column];
		w->pieces[w->row].column = 0;
	}
}

void write_free(struct write *w)
{
	for (int i = 0; i < WRITE_COLUMNS; i++)
		buf_free(&w->columns[i]);
	buf_free(&w->out);
	buf_free(&w->said);
	mem_free(w->pieces);
}
