/* block: append, check and dump of the document as blocks. See block.h. */
#include "block/block.h"

void family_tell(const struct family *f, char mark, enum diag_lang lang, struct buf *out)
{
	bool zh = lang == LANG_ZH;

	buf_printf(out, "  %c %.*s%s%.*s", f->file.n ? mark : '-', STR_ARG(f->name), zh ? "：" : ": ",
		   STR_ARG(f->file.n ? f->file : f->file_name));
	if (!f->file.n)
		buf_puts(out, zh ? "，没有此文件" : ", absent");
	if (f->licensed)
		buf_puts(out, zh ? "，单位自有" : ", an office's own");
	if (f->licence.n)
		buf_printf(out, "%s%.*s", zh ? "，" : ", ", STR_ARG(f->licence));
	buf_char(out, '\n');
}

void block_append(struct block *parent, struct block *child)
{
	child->parent = parent;
	child->next = NULL;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

static const char *const kind_names[] = {"document", "section", "group", "p", "rule", "space", "break", "table"};
static const char *const inline_names[] = {"text", "br", "space", "trailer", "hang", "spread", "leader", "page-number",
					   "page-count", "mark", "running"};
static const char *const origin_names[] = {"record", "generated", "furniture"};
static const char *const align_names[] = {"justify", "start", "centre", "end", "distribute"};
static const char *const role_names[] = {"p", "h", "title", "item", "none", "toc"};
static const char *const side_names[] = {"any", "first", "odd", "even", "last", "blank"};
static const char *const prohibition_names[] = {"none", "basic", "gb", "strict"};
static const char *const edge_names[] = {"none", "", "double ", "dashed "};
static const char *const valign_names[] = {"top", "middle", "bottom"};
static const char *const squeeze_names[] = {"never", "nearest", "always"};

/* ---- check ---- */

static const char *check_inlines(const struct inline_item *i, bool in_trailer)
{
	for (; i; i = i->next) {
		if (!i->style)
			return "inline without style";
		if (i->kind == INLINE_TRAILER && in_trailer)
			return "trailer inside a trailer";
		if (i->kind == INLINE_TEXT && i->text.n == 0)
			return "empty text";
		if (i->first && i->kind != INLINE_TRAILER && i->kind != INLINE_SPREAD)
			return "inline with children that may have none";
		const char *bad = check_inlines(i->first, in_trailer || i->kind == INLINE_TRAILER);
		if (bad)
			return bad;
	}
	return NULL;
}

static bool may_hold(enum block_kind parent, enum block_kind child)
{
	switch (parent) {
	case BLOCK_DOCUMENT:
		return child == BLOCK_SECTION;
	case BLOCK_SECTION:
		return child != BLOCK_DOCUMENT && child != BLOCK_SECTION;
	case BLOCK_GROUP: /* what is included may have pages of its own */
		return child != BLOCK_DOCUMENT;
	default:
		return false;
	}
}

static const char *check_block(const struct block *b);

static const char *check_rows(const struct table *t, const struct row *r)
{
	for (; r; r = r->next) {
		for (const struct cell *c = r->cells; c; c = c->next) {
			if (c->colspan < 1 || c->rowspan < 1)
				return "cell without extent";
			for (const struct block *k = c->first; k; k = k->next) {
				const char *bad = k->kind == BLOCK_SECTION || k->kind == BLOCK_DOCUMENT ? "section in a cell"
													: check_block(k);
				if (bad)
					return bad;
			}
		}
	}
	return t->n_columns < 1 ? "table without columns" : NULL;
}

static const char *check_table(const struct table *t)
{
	const char *bad = check_rows(t, t->header);

	if (!t->style)
		return "table without style";
	return bad ? bad : check_rows(t, t->rows);
}

static const char *check_block(const struct block *b)
{
	if ((b->kind == BLOCK_TABLE) != (b->table != NULL))
		return "table block without table";
	if (b->kind == BLOCK_SECTION && !b->page)
		return "section without page master";
	if (b->kind == BLOCK_P && !b->style)
		return "paragraph without style";
	if (b->kind != BLOCK_P && b->inlines)
		return "inlines outside a paragraph";
	const char *bad = check_inlines(b->inlines, false);
	if (!bad && b->table)
		bad = check_table(b->table);
	for (const struct block *c = b->first; c && !bad; c = c->next) {
		if (c->parent != b)
			return "block with a wrong parent";
		if (!may_hold(b->kind, c->kind))
			return "block where it may not stand";
		bad = check_block(c);
	}
	return bad;
}

const char *doc_check(const struct doc *doc)
{
	if (!doc->root || doc->root->kind != BLOCK_DOCUMENT)
		return "no document block";
	for (int i = 0; i < doc->n_styles; i++) {
		const struct style *s = doc->styles[i];
		if (!s->face || !s->wrap || s->size <= 0 || s->pitch <= 0)
			return "unresolved style";
		if (s->face->han.n == 0)
			return "face without families";
	}
	return check_block(doc->root);
}

/* ---- dump ---- */

static void put_length(struct buf *out, const char *name, emu v)
{
	char num[40];

	if (!v)
		return;
	unit_format(num, v, EMU_PT, 3);
	buf_printf(out, " %s=%s", name, num);
}

static void put_place(struct buf *out, const struct source_table *t, struct loc loc)
{
	struct place p;

	if (!t || !source_place(t, loc, &p))
		return;
	const char *slash = memrchr(p.name.p, '/', p.name.n);
	struct str base = slash ? str_sub(p.name, (size_t)(slash + 1 - p.name.p), p.name.n) : p.name;
	buf_printf(out, " @%.*s:%zu:%zu", STR_ARG(base), p.line, p.column);
}

static void put_flag(struct buf *out, const char *name, bool flag)
{
	if (flag)
		buf_printf(out, " %s", name);
}

static void put_count(struct buf *out, const char *name, int n, int otherwise)
{
	if (n != otherwise)
		buf_printf(out, " %s=%d", name, n);
}

static void put_name(struct buf *out, const char *what, struct str name)
{
	if (name.n)
		buf_printf(out, " %s=%.*s", what, STR_ARG(name));
}

/* The names of the families that stand for it; what no machine has in common (paths) is left out. */
static void dump_families(struct buf *out, const char *what, const struct family_list *l)
{
	for (int i = 0; i < l->n; i++)
		buf_printf(out, "%s%.*s", i ? "," : what, STR_ARG(l->list[i]->id));
}

static void dump_face(const struct face *f, struct buf *out)
{
	buf_printf(out, "face %.*s", STR_ARG(f->name));
	put_name(out, "role", f->role);
	dump_families(out, " han=", &f->han);
	dump_families(out, " latin=", &f->latin);
	dump_families(out, " fallback=", &f->fallback);
	buf_char(out, '\n');
}

static void dump_style(const struct style *s, struct buf *out)
{
	buf_printf(out, "style %.*s", STR_ARG(s->name));
	put_name(out, "face", s->face->name);
	put_name(out, "wrap", s->wrap->name);
	put_name(out, "colour", s->colour ? s->colour->name : (struct str){0});
	put_name(out, "lang", s->lang);
	put_length(out, "size", s->size);
	put_length(out, "pitch", s->pitch);
	put_length(out, "indent", s->indent_first);
	put_length(out, "start", s->indent_start);
	put_length(out, "end", s->indent_end);
	put_length(out, "before", s->space_before);
	put_length(out, "after", s->space_after);
	put_length(out, "trailer-gap", s->trailer_gap);
	put_length(out, "shift", s->shift);
	buf_printf(out, " align=%s role=%s", align_names[s->align], role_names[s->role]);
	put_flag(out, "together", s->keep_together);
	put_flag(out, "with-next", s->keep_with_next);
	put_flag(out, "with-previous", s->keep_with_previous);
	put_flag(out, "gap-below", s->gap_below);
	put_count(out, "outline", s->outline, 0);
	put_count(out, "orphans", s->orphans, 1);
	put_count(out, "widows", s->widows, 1);
	buf_char(out, '\n');
}

static void dump_inlines(const struct inline_item *i, const struct source_table *t, int depth, struct buf *out);

static void put_em(struct buf *out, const char *name, int64_t millionths)
{
	char num[40];

	unit_format(num, millionths, 1000000, 6);
	buf_printf(out, " %s=%s", name, num);
}

static void dump_wrap(const struct wrap_rules *w, struct buf *out)
{
	buf_printf(out, "wrap %.*s prohibition=%s squeeze=%s", STR_ARG(w->name), prohibition_names[w->prohibition],
		   squeeze_names[w->squeeze]);
	put_em(out, "autospace", w->autospace);
	put_em(out, "gap-shrink", w->gap_shrink);
	put_em(out, "mark-shrink", w->mark_shrink);
	put_em(out, "line-end", w->line_end);
	put_em(out, "stretch-warn", w->stretch_warn);
	if (w->last_line)
		buf_printf(out, " last-line=%d", w->last_line);
	put_flag(out, "number-unit-keep", w->number_unit_keep);
	put_flag(out, "pairs", w->pairs);
	put_flag(out, "line-start", w->line_start);
	buf_char(out, '\n');
}

static void dump_frame(const struct furniture *f, const struct source_table *t, struct buf *out)
{
	buf_printf(out, "  frame side=%s", side_names[f->side]);
	put_length(out, "x", f->x);
	put_length(out, "y", f->y);
	put_length(out, "width", f->width);
	put_length(out, "height", f->height);
	put_flag(out, "ink", f->ink);
	put_name(out, "style", f->style->name);
	put_name(out, "colour", f->colour ? f->colour->name : (struct str){0});
	put_place(out, t, f->loc);
	buf_char(out, '\n');
	dump_inlines(f->inlines, t, 2, out);
}

static void dump_page(const struct page_master *m, const struct source_table *t, struct buf *out)
{
	buf_printf(out, "page %.*s", STR_ARG(m->name));
	put_length(out, "width", m->width);
	put_length(out, "height", m->height);
	put_length(out, "top", m->top);
	put_length(out, "bottom", m->bottom);
	put_length(out, "left", m->left);
	put_length(out, "right", m->right);
	put_flag(out, "mirrored", m->mirrored);
	put_flag(out, "turned", m->turned);
	put_count(out, "columns", m->grid_columns, 0);
	put_count(out, "lines", m->grid_lines, 0);
	buf_char(out, '\n');
	for (const struct furniture *f = m->furniture; f; f = f->next)
		dump_frame(f, t, out);
}

static void dump_inlines(const struct inline_item *i, const struct source_table *t, int depth, struct buf *out)
{
	for (; i; i = i->next) {
		buf_printf(out, "%*s%s", depth * 2, "", inline_names[i->kind]);
		if (i->kind == INLINE_TEXT)
			buf_printf(out, " %s", origin_names[i->origin]);
		buf_printf(out, " style=%.*s", STR_ARG(i->style->name));
		put_length(out, "width", i->width);
		put_name(out, "name", i->name);
		put_count(out, "outline", i->level, 0);
		put_place(out, t, i->loc);
		if (i->text.n) {
			buf_char(out, ' ');
			buf_json(out, i->text);
		}
		buf_char(out, '\n');
		dump_inlines(i->first, t, depth + 1, out);
	}
}

static void dump_edge(struct buf *out, const char *name, const struct edge *e)
{
	char num[40];

	if (!e->set)
		return;
	unit_format(num, e->weight, EMU_PT, 3);
	buf_printf(out, " %s=%s%s", name, edge_names[e->line], e->line == EDGE_NONE ? "" : num);
}

static void dump_columns(const struct table *b, int depth, struct buf *out)
{
	for (int i = 0; i < b->n_columns; i++) {
		const struct column *c = &b->columns[i];
		buf_printf(out, "%*scol", depth * 2, "");
		if (c->kind == COLUMN_RATIO)
			put_em(out, "ratio", c->ratio);
		put_length(out, "width", c->width);
		put_length(out, "min", c->min);
		put_length(out, "max", c->max);
		buf_char(out, '\n');
	}
}

static void dump_block(const struct block *b, const struct source_table *t, int depth, struct buf *out);

static void dump_cell(const struct cell *c, const struct source_table *t, int depth, struct buf *out)
{
	static const char *const sides[] = {"top", "bottom", "start", "end"};

	buf_printf(out, "%*scell", depth * 2, "");
	put_count(out, "colspan", c->colspan, 1);
	put_count(out, "rowspan", c->rowspan, 1);
	put_flag(out, "merge-same", c->merge_same);
	put_flag(out, "step", c->in_step);
	put_flag(out, "heading", c->heading);
	if (c->valign)
		buf_printf(out, " valign=%s", valign_names[c->valign]);
	put_length(out, "pad-x", c->pad_x);
	put_length(out, "pad-y", c->pad_y);
	for (int i = 0; i < SIDE_COUNT; i++)
		dump_edge(out, sides[i], &c->edges[i]);
	put_name(out, "tint", c->tint ? c->tint->name : (struct str){0});
	put_place(out, t, c->loc);
	buf_char(out, '\n');
	for (const struct block *k = c->first; k; k = k->next)
		dump_block(k, t, depth + 1, out);
}

static void dump_rows(const char *name, const struct row *r, const struct source_table *t, int depth, struct buf *out)
{
	for (; r; r = r->next) {
		buf_printf(out, "%*s%s", depth * 2, "", name);
		put_flag(out, "keep-next", r->keep_next);
		put_flag(out, "keep-previous", r->keep_previous);
		put_flag(out, "split-lines", r->split == SPLIT_LINES);
		put_length(out, "height", r->min_height);
		put_place(out, t, r->loc);
		buf_char(out, '\n');
		for (const struct cell *c = r->cells; c; c = c->next)
			dump_cell(c, t, depth + 1, out);
	}
}

/* What stands behind "table" on its line, and the lines below. */
static void dump_table(const struct table *b, const struct source_table *t, int depth, struct buf *out)
{
	put_name(out, "style", b->style->name);
	put_flag(out, "repeat-header", b->repeat_header);
	put_count(out, "min-lines", b->min_lines, 1);
	put_length(out, "width", b->width);
	buf_printf(out, " align=%s", align_names[b->align]);
	dump_edge(out, "frame", &b->frame);
	dump_edge(out, "grid", &b->grid);
	dump_edge(out, "header-rule", &b->header_rule);
	put_name(out, "cut-suffix", b->cut_suffix);
	put_place(out, t, b->loc);
	buf_char(out, '\n');
	dump_columns(b, depth + 1, out);
	if (b->continued) {
		buf_printf(out, "%*scontinued\n", (depth + 1) * 2, "");
		dump_block(b->continued, t, depth + 2, out);
	}
	dump_rows("header", b->header, t, depth + 1, out);
	dump_rows("row", b->rows, t, depth + 1, out);
	if (b->notes)
		buf_printf(out, "%*snotes\n", (depth + 1) * 2, "");
	for (const struct block *k = b->notes; k; k = k->next)
		dump_block(k, t, depth + 2, out);
}

static void dump_block(const struct block *b, const struct source_table *t, int depth, struct buf *out)
{
	buf_printf(out, "%*s%s", depth * 2, "", kind_names[b->kind]);
	if (b->table) {
		dump_table(b->table, t, depth, out);
		return;
	}
	if (b->style)
		buf_printf(out, " style=%.*s", STR_ARG(b->style->name));
	if (b->page)
		buf_printf(out, " page=%.*s", STR_ARG(b->page->name));
	put_length(out, "height", b->height);
	put_length(out, "width", b->width);
	if (b->section)
		buf_puts(out, " section");
	if (b->anchor)
		put_name(out, "anchor", b->anchor->title);
	if (b->at_bottom)
		buf_puts(out, " at=bottom");
	put_place(out, t, b->loc);
	buf_char(out, '\n');
	dump_inlines(b->inlines, t, depth + 1, out);
	for (const struct block *c = b->first; c; c = c->next)
		dump_block(c, t, depth + 1, out);
}

static void dump_field(struct buf *out, const char *name, struct str v)
{
	if (v.n)
		buf_printf(out, "%s %.*s\n", name, STR_ARG(v));
}

void doc_dump(const struct doc *doc, const struct source_table *t, struct buf *out)
{
	dump_field(out, "title", doc->metadata.title);
	dump_field(out, "author", doc->metadata.author);
	dump_field(out, "subject", doc->metadata.subject);
	dump_field(out, "keywords", doc->metadata.keywords);
	dump_field(out, "number", doc->metadata.number);
	dump_field(out, "index", doc->metadata.index);
	dump_field(out, "date", doc->metadata.date);
	dump_field(out, "published", doc->metadata.published);
	dump_field(out, "lang", doc->metadata.lang);
	dump_field(out, "kind", doc->metadata.kind);
	dump_field(out, "layout", doc->metadata.layout);
	for (int i = 0; i < doc->n_colours; i++)
		buf_printf(out, "colour %.*s #%06X\n", STR_ARG(doc->colours[i]->name), (unsigned)doc->colours[i]->rgb);
	for (int i = 0; i < doc->n_faces; i++)
		dump_face(doc->faces[i], out);
	for (int i = 0; i < doc->n_wraps; i++)
		dump_wrap(doc->wraps[i], out);
	for (int i = 0; i < doc->n_pages; i++)
		dump_page(doc->pages[i], t, out);
	for (int i = 0; i < doc->n_styles; i++)
		dump_style(doc->styles[i], out);
	dump_block(doc->root, t, 0, out);
}
