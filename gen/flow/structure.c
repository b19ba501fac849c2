/* structure: which nodes of the structure tree the blocks of a document get (ISO 32000-1 14.8.4). See vlist.h.
 * Headings step down one level at a time, whatever levels the layout gives them; a title is above all others. Numbered items
 * that follow one another are a list; paragraphs without a number that stand behind an item belong to it. */
#include "flow/vlist.h"

static uint32_t add(struct structure *s, enum role role, const struct block *b)
{
	return list_node_add(s->list, s->node, role, 0, b->loc);
}

/* Paragraphs of a title that follow one another, as the agency's name and the subject, are one. */
static uint32_t add_heading(struct structure *s, const struct block *b)
{
	bool title = b->style->role == ROLE_TITLE;
	int wanted = title ? s->deeper : b->style->outline > 0 ? b->style->outline : 1 + s->deeper;
	int most = (int)(sizeof s->wanted / sizeof *s->wanted);

	if (title && s->title)
		return s->title;
	while (s->depth && s->wanted[s->depth - 1] >= wanted)
		s->depth--;
	if (s->depth == most)
		s->depth--;
	s->wanted[s->depth++] = wanted;
	uint32_t node = list_node_add(s->list, s->node, ROLE_H, s->depth, b->loc);
	s->title = title ? node : 0;
	return node;
}

/* The number of an item: what stands before its <hang>, else its first words; both made by the layout. */
static const struct inline_item *find_label(const struct inline_item *items, bool *hangs)
{
	const struct inline_item *first = NULL;

	*hangs = false;
	for (const struct inline_item *i = items; i; i = i->next) {
		bool text = i->kind == INLINE_TEXT && i->text.n;
		*hangs = i->kind == INLINE_HANG && first;
		if (*hangs || i->kind == INLINE_SPREAD || (text && i->origin != TEXT_GENERATED))
			return first;
		if (text && !first)
			first = i;
	}
	return NULL; /* nothing is numbered by it */
}

static uint32_t add_item(struct structure *s, const struct block *b, struct label *label)
{
	const struct inline_item *number = find_label(b->inlines, &label->hangs);

	if (!number && !s->items)
		return add(s, ROLE_P, b);
	if (!s->items)
		s->items = add(s, ROLE_L, b);
	if (number) {
		uint32_t item = list_node_add(s->list, s->items, ROLE_LI, 0, b->loc);
		label->node = list_node_add(s->list, item, ROLE_LBL, 0, b->loc);
		label->text = number->text.p;
		s->body = list_node_add(s->list, item, ROLE_LBODY, 0, b->loc);
	}
	return list_node_add(s->list, s->body, ROLE_P, 0, b->loc);
}

/* Lines of the contents that follow one another are one. */
static uint32_t add_entry(struct structure *s, const struct block *b)
{
	if (!s->toc)
		s->toc = add(s, ROLE_TOC, b);
	return list_node_add(s->list, s->toc, ROLE_TOCI, 0, b->loc);
}

static void end_runs(struct structure *s)
{
	s->items = s->title = s->toc = 0;
}

uint32_t structure_node(struct structure *s)
{
	end_runs(s);
	return s->node;
}

uint32_t structure_section(struct structure *s, const struct block *b)
{
	uint32_t before = s->node;

	end_runs(s);
	s->node = add(s, ROLE_SECT, b);
	return before;
}

void structure_section_end(struct structure *s, uint32_t before)
{
	end_runs(s);
	s->node = before;
}

/* ---- links ---- */

/* The next text that leads to a place to which none before it leads. */
static const struct inline_item *next_link(const struct inline_item *first, const struct inline_item *i)
{
	for (; i; i = i->next) {
		const struct inline_item *before = first;
		while (before != i && before->link != i->link)
			before = before->next;
		if (i->link && before == i)
			return i;
	}
	return NULL;
}

uint32_t structure_links(struct list *l, uint32_t node, const struct block *b)
{
	uint32_t first = 0;

	for (const struct inline_item *i = next_link(b->inlines, b->inlines); i && node; i = next_link(b->inlines, i->next)) {
		uint32_t reference = list_node_add(l, node, ROLE_REFERENCE, 0, i->loc);
		list_node_add(l, reference, ROLE_LINK, 0, i->loc);
		first = first ? first : reference;
	}
	return first;
}

uint32_t structure_link(uint32_t links, const struct block *b, const struct anchor *to)
{
	for (const struct inline_item *i = next_link(b->inlines, b->inlines); i && i->link != to; i = next_link(b->inlines, i->next))
		links += 2;
	return links + 1;
}

uint32_t structure_paragraph(struct structure *s, const struct block *b, struct label *label)
{
	enum role role = b->style->role;
	uint32_t node;

	*label = (struct label){0};
	if (role == ROLE_NONE)
		return 0;
	if (role != ROLE_ITEM)
		s->items = 0;
	if (role != ROLE_TITLE)
		s->title = 0;
	if (role != ROLE_TOC)
		s->toc = 0;
	node = role == ROLE_TOC ? add_entry(s, b) : role == ROLE_ITEM ? add_item(s, b, label) : role == ROLE_P ? add(s, ROLE_P, b) : add_heading(s, b);
	list_node_lang(s->list, node, b->style->lang);
	label->links = structure_links(s->list, node, b);
	return node;
}
