/* walker: from the root down through every element that fulfils nothing, to what is wrong with it. See walker.h.
 * Takes: a grammar, a tree, what each element fulfils. Gives: a complaint for each fault; behind it the walk goes on as
 * if the fault were mended, in the way that gives the fewest faults after it:
 * what is missing is taken as there, what is too early or too late as standing right, what cannot stand here at all as
 * standing for the thing that must be here. */
#include "xml/walker.h"

enum { PAST_MAX = 64, ASIDE_MAX = 16, DEPTH_MAX = 1000 };

/* The content of an element, on the way through it. */
struct content {
	struct walker *w;
	const struct xml_node *n;
	struct pattern *whole, *p; /* of all children; of those still to come */
	struct {
		struct pattern *p;
		const struct xml_node *by;
	} past[PAST_MAX]; /* patterns left behind, and the child that came then */
	struct {
		const struct xml_node *e, *before;
	} late[ASIDE_MAX]; /* later siblings that were missed before a child */
	const struct xml_node *early[ASIDE_MAX]; /* earlier ones that found no place yet */
	int n_past, n_late, n_early;
	bool foul; /* a child was not one of those that may stand here */
};

static void walk_element(struct walker *w, const struct xml_node *n, const struct leaf *leaf);
static void walk_unknown(struct walker *w, const struct xml_node *n);

/* ---- into a child ---- */

static size_t own_faults(struct walker *w, const struct xml_node *e, const struct leaf *leaf)
{
	size_t before = w->faults;
	bool hush = w->hush;

	w->hush = true;
	walk_element(w, e, leaf);
	w->hush = hush;
	size_t n = w->faults - before;
	w->faults = before;
	return n;
}

/* Of several declarations the one that e comes nearest to. */
static const struct leaf *best_of(struct walker *w, const struct xml_node *e, const struct leaf_set *s)
{
	const struct leaf *best = s->list[0];
	size_t least = s->n > 1 ? own_faults(w, e, best) : 0;

	for (uint32_t i = 1; i < s->n && least; i++) {
		size_t n = own_faults(w, e, s->list[i]);

		if (n < least) {
			least = n;
			best = s->list[i];
		}
	}
	return best;
}

/* What is wrong inside e, whose place is settled. s: what it may be. */
static void look_inside(struct walker *w, const struct xml_node *e, const struct leaf_set *s)
{
	if (w->hush)
		w->faults += s->n && !leaf_set_and(w->g, w->fulfilled[e->number], s)->n;
	if (w->hush || w->depth >= DEPTH_MAX)
		return;
	w->depth++;
	if (!s->n)
		walk_unknown(w, e);
	else if (!leaf_set_and(w->g, w->fulfilled[e->number], s)->n)
		walk_element(w, e, best_of(w, e, s));
	w->depth--;
}

/* Below an element that nobody knows, all that is known is still looked at; what is unknown too goes with it, unless it is a
 * slip of its own. */
static void walk_unknown(struct walker *w, const struct xml_node *n)
{
	for (const struct xml_node *e = n->first; e; e = e->next) {
		if (e->kind != XML_ELEMENT)
			continue;
		struct str near = complain_nearest(w, w->g->none, e->name);
		if (!walk_known(w, e)->n && near.n)
			complain_unknown(w, e, w->g->none, near, NULL);
		look_inside(w, e, walk_known(w, e));
	}
}

/* ---- the place of a child ---- */

static void advance(struct content *c, const struct xml_node *by, const struct leaf_set *s)
{
	struct pattern *after = pattern_take(c->w->g, c->p, s);

	if (after == c->p)
		return;
	if (c->n_past < PAST_MAX) {
		c->past[c->n_past].p = c->p;
		c->past[c->n_past++].by = by;
	}
	c->p = after;
}

static const struct leaf_set *may_come(struct content *c, const struct leaf_set *s)
{
	return leaf_set_and(c->w->g, pattern_nexts(c->w->g, c->p), s);
}

static bool put_aside_early(struct content *c, const struct xml_node *e, const struct leaf_set *s)
{
	const struct xml_node *behind = walk_too_early(c->w, c->p, e, s);

	if (!behind || c->n_early >= ASIDE_MAX)
		return false;
	complain_order(c->w, e, PLACE_AFTER, behind);
	c->early[c->n_early++] = e;
	look_inside(c->w, e, s);
	return true;
}

/* What must stand before e and does not: missing, or found later. */
static void fill_in(struct content *c, const struct xml_node *e, const struct leaf_set *s)
{
	for (int i = 0; i < WALK_FILL && !may_come(c, s)->n; i++) {
		const struct leaf_set *first = pattern_toward(c->w->g, c->p, s).first;
		const struct xml_node *later;

		if (!first)
			return;
		later = walk_ahead(c->w, e, first);
		if (later && c->n_late < ASIDE_MAX) {
			c->late[c->n_late].e = later;
			c->late[c->n_late++].before = e;
		} else {
			complain_missing(c->w, c->n, first, e);
		}
		advance(c, e, first);
	}
}

/* Elements put aside as too early take the places that have come up meanwhile. */
static void place_early(struct content *c)
{
	for (int i = 0; i < c->n_early; i++) {
		const struct leaf_set *s = may_come(c, walk_known(c->w, c->early[i]));

		if (!s->n)
			continue;
		advance(c, c->early[i], s);
		c->early[i--] = c->early[--c->n_early];
	}
}

/* The sibling behind which e cannot come any more: complain about the two. */
static bool complain_of_sibling(struct content *c, const struct xml_node *e, const struct leaf_set *s)
{
	for (int i = c->n_past; i-- > 0;) {
		const struct xml_node *by = c->past[i].by;

		if (pattern_toward(c->w->g, c->past[i].p, s).cost >= PATTERN_FAR)
			continue;
		if (walk_is_open(c->w, walk_through(c->w->g, c->past[i].p, s), by))
			complain_order(c->w, e, PLACE_BEFORE, by);
		else
			complain_order(c->w, e, str_eq(by->name, e->name) ? PLACE_ONE : PLACE_BESIDE, by);
		return true;
	}
	return false;
}

/* e may not come now. said: its name was complained about already. */
static void misplaced(struct content *c, const struct xml_node *e, const struct leaf_set *s, bool said)
{
	struct toward t = pattern_toward(c->w->g, c->p, s);
	const struct leaf_set *instead;

	if (s->n && t.cost <= WALK_FILL) {
		fill_in(c, e, s);
		look_inside(c->w, e, may_come(c, s));
		advance(c, e, may_come(c, s));
		return;
	}
	instead = walk_stands_for(c->w, c->p, e);
	if (!said && (instead || !complain_of_sibling(c, e, s)))
		complain_place(c->w, e, s, c->whole, c->p, instead);
	if (instead)
		advance(c, e, instead);
	if (instead && !own_faults(c->w, e, best_of(c->w, e, instead)))
		s = instead; /* only its name is wrong */
	look_inside(c->w, e, s);
}

static bool was_missed(struct content *c, const struct xml_node *e)
{
	for (int i = 0; i < c->n_late; i++) {
		if (c->late[i].e != e)
			continue;
		complain_order(c->w, e, PLACE_BEFORE, c->late[i].before);
		look_inside(c->w, e, walk_known(c->w, e));
		return true;
	}
	return false;
}

/* The declarations of an unknown name: those of the name that was meant, if that can be told. */
static const struct leaf_set *meant(struct content *c, const struct xml_node *e)
{
	struct str near = complain_nearest(c->w, c->p, e->name);
	const struct leaf_set *s = near.n ? grammar_named(c->w->g, c->n->ns, near) : c->w->g->nobody;

	complain_unknown(c->w, e, c->p, near, s->n ? NULL : walk_stands_for(c->w, c->p, e));
	return s;
}

static void walk_child(struct content *c, const struct xml_node *e)
{
	const struct leaf_set *s = walk_known(c->w, e), *now, *good;
	bool unknown = !s->n;

	if (was_missed(c, e))
		return;
	if (unknown)
		s = meant(c, e);
	now = may_come(c, s);
	c->foul = c->foul || unknown;
	if (!now->n && c->n_early) {
		place_early(c);
		now = may_come(c, s);
	}
	if (s->n && put_aside_early(c, e, s))
		return;
	if (!now->n) {
		c->foul = true;
		misplaced(c, e, s, unknown);
		return;
	}
	good = leaf_set_and(c->w->g, c->w->fulfilled[e->number], now);
	if (!good->n)
		look_inside(c->w, e, now);
	advance(c, e, good->n ? good : now);
}

/* ---- text ---- */

static void walk_text(struct content *c, const struct xml_node *text)
{
	struct pattern *after = pattern_text(c->w->g, c->p, text->text);
	const struct leaf_set *instead;

	if (after != c->w->g->none) {
		c->p = after;
		return;
	}
	instead = walk_stands_for(c->w, c->p, text);
	complain_text(c->w, text, c->n, c->whole, c->p, instead);
	if (instead)
		advance(c, text, instead);
}

/* ---- an element ---- */

static void walk_end(struct content *c)
{
	const struct leaf_set *need;

	place_early(c);
	if (c->foul && c->whole->strings) /* words alone would do: the element that does not fit is the fault */
		return;
	while (!c->p->nullable && (need = pattern_need(c->w->g, c->p, LEAF_ELEMENT))) {
		complain_missing(c->w, c->n, need, NULL);
		c->p = pattern_take(c->w->g, c->p, need);
		place_early(c);
	}
}

static void walk_content(struct walker *w, const struct xml_node *n, struct pattern *p)
{
	struct content c = {.w = w, .n = n, .whole = p, .p = p};
	bool elements = node_has_elements(n);

	if (p->strings && !elements) {
		if (!pattern_allows(w->g, p, n->first ? n->first->text : STR("")))
			complain_content(w, n, p);
		return;
	}
	for (const struct xml_node *e = n->first; e && !w->g->over; e = e->next) {
		if (e->kind == XML_ELEMENT)
			walk_child(&c, e);
		else if (!text_is_blank(e->text))
			walk_text(&c, e);
	}
	walk_end(&c);
}

static void walk_element(struct walker *w, const struct xml_node *n, const struct leaf *leaf)
{
	walk_content(w, n, walk_attrs(w, n, leaf->content));
}

/* ---- door ---- */

static void walk_root(struct walker *w, const struct xml_node *root)
{
	const struct leaf_set *s = leaf_set_and(w->g, walk_known(w, root), pattern_nexts(w->g, w->g->start));

	if (!s->n)
		complain_root(w, root);
	look_inside(w, root, s->n ? s : walk_known(w, root));
}

enum verdict walker_report(struct diag_list *d, struct grammar *g, const struct xml_doc *doc)
{
	struct walker w = {.d = d, .g = g, .own = arena_new()};
	const struct xml_node *root = xml_root(doc);
	bool valid;

	g->max_steps = g->steps + 2000000 + (uint64_t)64 * xml_node_count(doc);
	map_open(&w.causes, w.own);
	w.fulfilled = match_all(g, w.own, root, xml_node_count(doc));
	valid = !g->over && pattern_take(g, g->start, w.fulfilled[root->number])->nullable;
	if (!g->over && !valid)
		walk_root(&w, root);
	if (w.untold)
		diag_add(d, DIAG_RECORD_MORE, w.first_untold, arena_printf(d->arena, "%zu", w.untold), NULL);
	arena_close(w.own);
	return g->over ? WALK_GAVE_UP : valid ? WALK_VALID : WALK_INVALID;
}
