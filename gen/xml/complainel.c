/* complainel: complaints about elements and texts: unknown, misplaced, missing. See walker.h.
 * Takes: a fault with the patterns around it. Gives: a message with its place, what is allowed, where the thing belongs. */
#include "xml/complain.h"
#include "xml/wall.h"

/* ---- elements ---- */

static void put_instead(struct words *x, const struct leaf_set *instead)
{
	words_put(x, "；此处应为 ", "; expected here: ");
	words_wanted(x, instead);
	words_doc_of(x, instead);
}

static void put_allowed(struct words *x, struct pattern *p)
{
	const struct leaf_set *nexts = pattern_nexts(x->w->g, p);

	if (!nexts->n)
		return;
	words_put(x, "；此处可用 ", "; allowed here: ");
	words_explained(x, nexts, NULL, NULL);
}

/* Whether the name is known, but without this namespace. */
static bool is_foreign(struct walker *w, const struct xml_node *e)
{
	return e->ns.n && grammar_named(w->g, STR(""), e->name)->n;
}

void complain_unknown(struct walker *w, const struct xml_node *e, struct pattern *p, struct str near,
		      const struct leaf_set *instead)
{
	struct words x;

	if (!complain_begin(w, &x, e->loc))
		return;
	if (is_foreign(w, e)) {
		words_put(&x, "，请去掉它的命名空间 ", "; take away its namespace ");
		words_both(&x, words_cut(e->ns, NAME_CHARS));
	} else if (near.n) {
		words_put(&x, "，是否应为 ", ", did you mean ");
		words_tag(&x, near);
		words_put(&x, "？", "?");
	} else if (instead) {
		put_instead(&x, instead);
	} else {
		put_allowed(&x, p);
	}
	complain_tell(w, DIAG_RECORD_ELEMENT, e->loc, e->name.n + 1, 1, (const char *[]){complain_name(w, e->name), words_end(&x), NULL});
}

static void tell_place(struct walker *w, const struct xml_node *e, struct words *x)
{
	struct words tag = {.w = w};

	words_tag(&tag, e->name);
	complain_tell(w, DIAG_RECORD_PLACE, e->loc, e->name.n + 1, 2, (const char *[]){words_end(&tag), words_end(x), NULL});
}

void complain_order(struct walker *w, const struct xml_node *e, enum misplaced how, const struct xml_node *sibling)
{
	size_t first = w->d->n;
	struct words x;

	if (!complain_begin(w, &x, e->loc))
		return;
	words_put(&x, how == PLACE_BESIDE ? "不能与 " : how == PLACE_ONE ? "" : "应放在 ",
		  how == PLACE_BESIDE ? "not beside " : how == PLACE_ONE ? "only one may stand in " : "it belongs ");
	words_put(&x, "", how == PLACE_BEFORE ? "before " : how == PLACE_AFTER ? "behind " : "");
	words_tag(&x, how == PLACE_ONE ? e->parent->name : sibling->name);
	words_put(&x, how == PLACE_BEFORE ? " 之前" : how == PLACE_AFTER ? " 之后" : how == PLACE_ONE ? " 里只能有一个" : " 并列", "");
	tell_place(w, e, &x);
	if (w->d->n > first && how != PLACE_AFTER)
		w->d->list[first].other = sibling->loc;
}

/* Elements in which one of s may stand: those that may stand in the same parent first. */
static const struct leaf_set *homes_of(struct walker *w, const struct leaf_set *s, struct pattern *whole)
{
	const struct leaf_set *near = pattern_all(w->g, whole, LEAF_ELEMENT), *homes = w->g->nobody;

	for (size_t i = 0; i < w->g->n_leaves; i++) {
		const struct leaf *leaf = w->g->leaves[i];

		if (!leaf->attribute && leaf_set_and(w->g, pattern_all(w->g, leaf->content, LEAF_ELEMENT), s)->n)
			homes = leaf_set_or(w->g, homes, leaf_set_of(w->g, &leaf, 1));
	}
	near = leaf_set_and(w->g, homes, near);
	homes = near->n ? near : homes;
	near = w->g->nobody;
	for (uint32_t i = 0; i < homes->n; i++)
		if (!homes->list[i]->content->nullable)
			near = leaf_set_or(w->g, near, leaf_set_of(w->g, &homes->list[i], 1));
	return near->n ? near : homes; /* those that are there for such as this before those that may do without */
}

void complain_place(struct walker *w, const struct xml_node *e, const struct leaf_set *all, struct pattern *whole,
		    struct pattern *p, const struct leaf_set *instead)
{
	bool belongs = leaf_set_and(w->g, pattern_all(w->g, whole, LEAF_ELEMENT), all)->n > 0;
	struct words x;

	if (!complain_begin(w, &x, e->loc))
		return;
	if (!belongs && e->parent) {
		words_put(&x, "它应在 ", "it belongs in ");
		words_names(&x, homes_of(w, all, whole), WORDS_OR);
		words_put(&x, " 里，不能直接放在 ", ", not directly in ");
		words_tag(&x, e->parent->name);
		words_put(&x, " 里", "");
	} else {
		words_put(&x, "次序不对", "wrong order");
	}
	if (instead)
		put_instead(&x, instead);
	else
		put_allowed(&x, p);
	tell_place(w, e, &x);
}

void complain_root(struct walker *w, const struct xml_node *e)
{
	struct words x;

	if (!complain_begin(w, &x, e->loc))
		return;
	words_put(&x, "根元素应为 ", "the root element must be ");
	words_names(&x, pattern_nexts(w->g, w->g->start), WORDS_OR);
	tell_place(w, e, &x);
}

/* ---- what is missing; text ---- */

/* Those of s in which text may stand. */
static const struct leaf_set *texts_of(struct walker *w, const struct leaf_set *s)
{
	const struct leaf_set *good = w->g->nobody;

	for (uint32_t i = 0; i < s->n; i++) {
		struct pattern *p = pattern_of(w->g, PATTERN_MORE, s->list[i]->content);

		if (pattern_text(w->g, p, STR("x")) != w->g->none)
			good = leaf_set_or(w->g, good, leaf_set_of(w->g, &s->list[i], 1));
	}
	return good;
}

static bool holds_text_only(const struct xml_node *n)
{
	return n->first && !node_has_elements(n) && !text_is_blank(n->first->text);
}

void complain_missing(struct walker *w, const struct xml_node *n, const struct leaf_set *s,
		      const struct xml_node *before)
{
	struct words x;
	struct loc loc;

	if (!complain_begin(w, &x, (before ? before : n)->loc))
		return;
	words_put(&x, " ", "");
	words_wanted(&x, s);
	if (before) {
		words_put(&x, "，应在 ", ", which belongs before ");
		words_tag(&x, before->name);
		words_put(&x, " 之前", "");
	}
	words_doc_of(&x, s);
	if (!before && holds_text_only(n) && texts_of(w, s)->n)
		words_put(&x, "；它的文字要写在里面", "; its text goes inside of that");
	loc = before ? before->loc : raw_end_tag(w->d->sources, n);
	complain_tell(w, DIAG_RECORD_MISSING, loc, before ? before->name.n + 1 : n->name.n + (loc.off == n->loc.off ? 1 : 3), 2,
	     (const char *[]){complain_name(w, n->name), words_end(&x), NULL});
}

static void put_text_hint(struct words *x, struct pattern *whole, struct pattern *p, const struct leaf_set *instead)
{
	struct walker *w = x->w;
	const struct leaf_set *all = pattern_all(w->g, whole, LEAF_ELEMENT);
	const struct leaf_set *homes = texts_of(w, instead ? instead : pattern_nexts(w->g, p));

	if (!homes->n)
		homes = texts_of(w, all);
	if (homes->n) {
		words_put(x, "；文字要写在 ", "; text goes into ");
		words_explained(x, homes, WORDS_OR);
		words_put(x, " 里", "");
	} else if (all->n) {
		words_put(x, "；它只放 ", "; it holds only ");
		words_names(x, all, "、", ", ");
		words_put(x, "；请把文字删去或移到别处", ": take the text out, or move it");
	} else {
		words_put(x, "；它必须是空的", "; it must be empty");
	}
}

void complain_text(struct walker *w, const struct xml_node *text, const struct xml_node *parent, struct pattern *whole,
		   struct pattern *p, const struct leaf_set *instead)
{
	struct words x;

	if (!complain_begin(w, &x, text->loc))
		return;
	put_text_hint(&x, whole, p, instead);
	complain_tell(w, DIAG_RECORD_TEXT, complain_text_loc(w, text), words_cut(str_trim(text->text), VALUE_CHARS).n, 3,
	     (const char *[]){complain_name(w, parent->name), complain_shown(w, text->text), words_end(&x)});
}
