/* note: where selected text comes from.
 * Takes: the node-sets that instructions select, while they stand. Gives: marks, and for each text
 * of a result its pieces: whole texts of the record, literals, computed strings. */
#include "xml/run.h"

size_t note_add(struct run *r, struct mark *mark)
{
	ARENA_GROW(r->a, r->marks, r->n_marks, r->cap_marks, 64);
	r->marks[r->n_marks] = mark;
	return r->n_marks++;
}

static bool is_text(const xmlNode *n)
{
	return n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
}

static bool of_record(const struct run *r, const xmlNode *n)
{
	return n->doc == r->doc->doc && (is_text(n) || n->type == XML_ELEMENT_NODE) && n->_private;
}

static struct loc layout_of(const struct made *made)
{
	return made && made->inst ? made->inst->loc : (struct loc){0, 0};
}

/* ---- what is selected ---- */

/* Next node of the tree below top in document order. In a tree of our own making, a copied part
 * gets to know its source when the walk comes to it. */
static xmlNodePtr next_of(struct run *r, const xmlNode *top, xmlNodePtr n)
{
	if (n->doc != r->doc->doc && is_wrapper(n))
		note_settle(r, n);
	if (n->children && (n->type == XML_ELEMENT_NODE || n->type == XML_DOCUMENT_NODE ||
			    n->type == XML_HTML_DOCUMENT_NODE))
		return n->children;
	while (n != top && !n->next)
		n = n->parent;
	return n == top ? NULL : n->next;
}

static struct piece *new_piece(struct run *r, enum xml_origin origin, struct str text)
{
	struct piece *p = ARENA_NEW(r->a, struct piece);

	p->origin = origin;
	p->text = text;
	return p;
}

static struct piece *record_piece(struct run *r, const struct xml_node *own)
{
	struct piece *p = new_piece(r, XML_RECORD, own->text);

	p->from = own;
	p->loc = own->loc;
	return p;
}

static struct piece **append_copies(struct run *r, struct piece **tail, const struct piece *list)
{
	for (; list; list = list->next) {
		struct piece *p = ARENA_NEW(r->a, struct piece);

		*p = *list;
		p->next = NULL;
		*tail = p;
		tail = &p->next;
	}
	return tail;
}

static struct piece *pieces_below(struct run *r, xmlNodePtr top)
{
	struct piece *first = NULL, **tail = &first;

	for (xmlNodePtr n = top; n; n = next_of(r, top, n)) {
		if (!is_text(n))
			continue;
		if (!run_bytes(r, (size_t)xmlStrlen(n->content)))
			break;
		if (of_record(r, n)) {
			*tail = record_piece(r, n->_private);
			tail = &(*tail)->next;
		} else {
			tail = append_copies(r, tail, note_pieces(r, n));
		}
	}
	return first;
}

struct mark *note_text(struct run *r, const xmlNodeSet *set, enum mark_kind kind)
{
	struct mark *m = ARENA_NEW(r->a, struct mark);
	xmlNodePtr first = set && set->nodeNr > 0 ? set->nodeTab[0] : NULL;

	m->kind = kind;
	m->loc = run_loc(r, first ? first : r->ctxt->node);
	if (first && first->type != XML_NAMESPACE_DECL && first->type != XML_ATTRIBUTE_NODE)
		m->pieces = pieces_below(r, first);
	return m;
}

struct mark *note_computed(struct run *r)
{
	struct mark *m = ARENA_NEW(r->a, struct mark);

	m->kind = MARK_COMPUTED;
	m->loc = run_loc(r, r->ctxt->node);
	return m;
}

static struct source_node **nodes_below(struct run *r, struct source_node **tail, xmlNodePtr top)
{
	for (xmlNodePtr n = top; n && !r->failed; n = next_of(r, top, n)) {
		struct source_node *s;

		if (!is_text(n) && n->type != XML_ELEMENT_NODE)
			continue;
		s = ARENA_NEW(r->a, struct source_node);
		s->is_text = is_text(n);
		s->n = s->is_text ? (size_t)xmlStrlen(n->content) : 0;
		if (of_record(r, n))
			s->own = n->_private;
		else
			s->made = n->_private;
		run_bytes(r, s->n + sizeof *s);
		*tail = s;
		tail = &s->next;
	}
	return tail;
}

struct mark *note_nodes(struct run *r, const xmlNodeSet *set)
{
	struct mark *m = note_computed(r);
	struct source_node **tail = &m->nodes;

	m->kind = MARK_NODES;
	for (int i = 0; set && i < set->nodeNr; i++)
		if (set->nodeTab[i]->type != XML_NAMESPACE_DECL && set->nodeTab[i]->type != XML_ATTRIBUTE_NODE)
			tail = nodes_below(r, tail, set->nodeTab[i]);
	return m;
}

/* ---- copies ---- */

static struct made *made_like(struct run *r, const struct made *copy)
{
	struct made *made = ARENA_NEW(r->a, struct made);

	*made = *copy;
	return made;
}

/* The pieces of a copied text, from the sources it is joined of. NULL when they do not fit. */
static struct piece *join(struct run *r, struct str content, const struct source_node **at)
{
	struct piece *first = NULL, **tail = &first;
	size_t done = 0;

	for (; done < content.n; *at = (*at)->next) {
		const struct source_node *s = *at;

		if (!s || !s->is_text || s->n > content.n - done)
			return NULL;
		if (s->own) {
			if (!str_eq(s->own->text, str_sub(content, done, done + s->n)))
				return NULL;
			*tail = record_piece(r, s->own);
			tail = &(*tail)->next;
		} else if (s->made && s->made->pieces) {
			tail = append_copies(r, tail, s->made->pieces);
		} else {
			*tail = new_piece(r, XML_LITERAL,
					  arena_str(r->a, str_sub(content, done, done + s->n)));
			(*tail)->loc = s->made ? s->made->loc : (struct loc){0, 0};
			(*tail)->layout = layout_of(s->made);
			tail = &(*tail)->next;
		}
		done += s->n;
	}
	return first;
}

static bool assign_one(struct run *r, xmlNodePtr n, const struct source_node **at)
{
	struct made *made = n->_private;
	struct piece *pieces;

	while (*at && (*at)->is_text && (*at)->n == 0)
		*at = (*at)->next;
	if (is_text(n)) {
		pieces = join(r, wall_str(n->content), at);
		if (!pieces)
			return false;
		n->_private = made_like(r, made);
		((struct made *)n->_private)->pieces = pieces;
		for (; pieces; pieces = pieces->next)
			if (!pieces->layout.source)
				pieces->layout = layout_of(made);
		return true;
	}
	if (!*at || (*at)->is_text || ((*at)->own && !str_eq((*at)->own->name, wall_str(n->name))))
		return false;
	if ((*at)->own) {
		n->_private = made_like(r, made);
		((struct made *)n->_private)->loc = (*at)->own->loc;
	} else if ((*at)->made) {
		n->_private = (*at)->made;
	}
	*at = (*at)->next;
	return true;
}

/* Walk a copy and its sources side by side. */
static void assign(struct run *r, xmlNodePtr wrapper, const struct mark *mark)
{
	const struct source_node *at = mark->nodes;
	xmlNodePtr n = wrapper;

	for (;;) {
		if (n->children && n->type == XML_ELEMENT_NODE) {
			n = n->children;
		} else {
			while (n != wrapper && !n->next)
				n = n->parent;
			if (n == wrapper)
				return;
			n = n->next;
		}
		if ((is_text(n) || n->type == XML_ELEMENT_NODE) && n->_private && !assign_one(r, n, &at))
			return;
	}
}

void note_settle(struct run *r, xmlNodePtr wrapper)
{
	const struct mark *mark = note_of(r, wrapper);

	if (mark && mark->kind == MARK_NODES)
		assign(r, wrapper, mark);
}

/* ---- texts ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool fits(const struct piece *list, struct str content)
{
	size_t done = 0;

	for (; list; list = list->next) {
		if (list->text.n > content.n - done ||
		    (list->text.n && memcmp(list->text.p, content.p + done, list->text.n) != 0))
			return false;
		done += list->text.n;
	}
	return done == content.n;
}

/* Match a piece against content from *at on, white space apart. */
static bool eat(struct str text, struct str content, size_t *at)
{
	for (size_t i = 0; i < text.n; i++) {
		if (is_blank(text.p[i]))
			continue;
		while (*at < content.n && is_blank(content.p[*at]))
			++*at;
		if (*at >= content.n || content.p[*at] != text.p[i])
			return false;
		++*at;
	}
	if (text.n && is_blank(text.p[text.n - 1]) && *at < content.n && is_blank(content.p[*at]))
		++*at;
	return true;
}

/* Cut content, which is the pieces with other white space, at their borders. */
static struct piece *cut(struct run *r, const struct piece *list, struct str content)
{
	struct piece *first = NULL, **tail = &first;
	size_t at = 0;

	for (; list; list = list->next) {
		size_t from = at;

		if (!eat(list->text, content, &at))
			return NULL;
		if (at == from)
			continue;
		tail = append_copies(r, tail, &(struct piece){.text = str_sub(content, from, at), .from = list->from,
							      .loc = list->loc, .layout = list->layout,
							      .origin = list->origin});
	}
	return at == content.n ? first : NULL;
}

static struct piece *marked_pieces(struct run *r, const struct mark *mark, struct str content)
{
	struct piece *list = NULL;

	if (mark->kind != MARK_COMPUTED && mark->pieces) {
		list = fits(mark->pieces, content) ? mark->pieces : cut(r, mark->pieces, content);
	}
	if (!list) {
		list = new_piece(r, XML_COMPUTED, content);
		list->loc = mark->loc;
	}
	if (mark->kind == MARK_BUILTIN)
		for (struct piece *p = list; p; p = p->next)
			if (p->origin == XML_RECORD)
				p->origin = XML_BUILTIN;
	return list;
}

static struct piece *own_piece(struct run *r, const struct made *made, struct str content)
{
	bool literal = !made || !made->inst || made->inst->kind == XML_TEXT || xml_is(made->inst, "text");
	struct piece *p = new_piece(r, literal ? XML_LITERAL : XML_COMPUTED, content);

	p->loc = made ? made->loc : (struct loc){0, 0};
	p->layout = layout_of(made);
	return p;
}

struct piece *note_pieces(struct run *r, const xmlNode *text)
{
	const struct made *made = text->_private;
	struct str content = arena_str(r->a, wall_str(text->content));
	const struct mark *mark = text->parent && is_wrapper(text->parent) ? note_of(r, text->parent) : NULL;
	struct piece *list;

	if (mark && mark->kind != MARK_NODES)
		list = marked_pieces(r, mark, content);
	else if (made && made->pieces)
		return made->pieces;
	else
		return own_piece(r, made, content);
	for (struct piece *p = list; p; p = p->next)
		if (!p->layout.source)
			p->layout = layout_of(text->parent->_private);
	return list;
}
