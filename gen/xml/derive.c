/* derive: derivatives of patterns, after James Clark's algorithm for RELAX NG. See pattern.h.
 * Takes: a pattern and what came: an element, an attribute, the end of the start tag, a text. Gives: the pattern of
 * what may follow. Elements and attributes are judged before (walker.c), so that a derivative sees only which
 * leaves of the grammar they fulfil: the states are few, and each is worked out once. */
#include "xml/pattern.h"

#include "xml/datatype.h"

struct derivation {
	struct grammar *g;
	enum question kind;
	const struct leaf_set *set;
};

static struct pattern *derive(const struct derivation *x, struct pattern *p);

/* Attributes come in any order, elements in that of the group. */
static struct pattern *derive_pair(const struct derivation *x, struct pattern *p)
{
	bool ordered = p->kind == PATTERN_GROUP && x->kind == ASK_TAKE;
	struct pattern *a = p->of[0], *b = p->of[1], *left, *right;

	left = pattern_pair(x->g, p->kind, derive(x, a), b);
	if (ordered && !a->nullable)
		return left;
	right = derive(x, b);
	return pattern_or(x->g, left, ordered ? right : pattern_pair(x->g, p->kind, a, right));
}

/* The choice of what f makes of p's parts. */
#define CHOICE_OF(g, p, f) \
	struct buf list_ = {NULL, 0, 0}; \
	for (uint32_t i = 0; i < (p)->n; i++) { \
		struct pattern *q_ = (f); \
		buf_put(&list_, &q_, sizeof q_); \
	} \
	after = pattern_choice((g), (struct pattern *const *)(void *)list_.p, (p)->n); \
	buf_free(&list_)

/* p again and again, once begun with first. */
static struct pattern *and_more(struct grammar *g, struct pattern *first, struct pattern *p)
{
	return pattern_pair(g, PATTERN_GROUP, first, pattern_or(g, p, g->empty));
}

static struct pattern *derive_parts(const struct derivation *x, struct pattern *p)
{
	struct pattern *after;

	if (p->kind == PATTERN_CHOICE) {
		CHOICE_OF(x->g, p, derive(x, p->of[i]));
		return after;
	}
	if (p->kind == PATTERN_MORE)
		return and_more(x->g, derive(x, p->of[0]), p);
	return derive_pair(x, p);
}

static struct pattern *derive(const struct derivation *x, struct pattern *p)
{
	struct pattern *after;

	switch (p->kind) {
	case PATTERN_ELEMENT:
	case PATTERN_ATTRIBUTE:
		return leaf_set_has(x->set, p->leaf) ? x->g->empty : x->g->none;
	case PATTERN_CHOICE:
	case PATTERN_GROUP:
	case PATTERN_INTERLEAVE:
	case PATTERN_MORE:
		break;
	default:
		return x->g->none;
	}
	after = answer_get(x->g, x->kind, p, x->set->id);
	if (after)
		return after;
	if (!grammar_step(x->g))
		return x->g->none;
	after = derive_parts(x, p);
	answer_set(x->g, x->kind, p, x->set->id, after);
	return after;
}

struct pattern *pattern_take(struct grammar *g, struct pattern *p, const struct leaf_set *s)
{
	struct derivation x = {g, ASK_TAKE, s};

	return grammar_step(g) ? derive(&x, p) : g->none;
}

struct pattern *pattern_attribute(struct grammar *g, struct pattern *p, const struct leaf_set *s)
{
	struct derivation x = {g, ASK_ATTRIBUTE, s};

	return grammar_step(g) ? derive(&x, p) : g->none;
}

/* ---- the end of the start tag ---- */

static struct pattern *close_parts(struct grammar *g, struct pattern *p)
{
	struct pattern *after;

	if (p->kind == PATTERN_CHOICE) {
		CHOICE_OF(g, p, pattern_close(g, p->of[i]));
		return after;
	}
	if (p->kind == PATTERN_MORE)
		return pattern_of(g, p->kind, pattern_close(g, p->of[0]));
	return pattern_pair(g, p->kind, pattern_close(g, p->of[0]), pattern_close(g, p->of[1]));
}

struct pattern *pattern_close(struct grammar *g, struct pattern *p)
{
	switch (p->kind) {
	case PATTERN_ATTRIBUTE:
		return g->none;
	case PATTERN_CHOICE:
	case PATTERN_GROUP:
	case PATTERN_INTERLEAVE:
	case PATTERN_MORE:
		if (!p->closed && grammar_step(g))
			p->closed = close_parts(g, p);
		return p->closed ? p->closed : g->none;
	default:
		return p;
	}
}

/* ---- texts ---- */

struct reading {
	struct grammar *g;
	struct str text;
	uint64_t epoch; /* of this text: answers kept in the patterns bear it */
};

static struct pattern *text_behind(const struct reading *x, struct pattern *p);

static struct pattern *text_pair(const struct reading *x, struct pattern *p)
{
	bool ordered = p->kind == PATTERN_GROUP;
	struct pattern *a = p->of[0], *b = p->of[1], *left, *right;

	left = pattern_pair(x->g, p->kind, text_behind(x, a), b);
	if (ordered && !a->nullable)
		return left;
	right = text_behind(x, b);
	return pattern_or(x->g, left, ordered ? right : pattern_pair(x->g, p->kind, a, right));
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The words of a text, one after the other, against the inside of a list. */
static struct pattern *text_list(struct grammar *g, struct pattern *p, struct str text)
{
	for (size_t at = 0; at < text.n && p != g->none;) {
		size_t from = at;

		while (at < text.n && !is_blank(text.p[at]))
			at++;
		if (at > from)
			p = pattern_text(g, p, str_sub(text, from, at));
		at++;
	}
	return p->nullable ? g->empty : g->none;
}

static struct pattern *text_parts(const struct reading *x, struct pattern *p)
{
	struct pattern *after;

	switch (p->kind) {
	case PATTERN_CHOICE: {
		CHOICE_OF(x->g, p, text_behind(x, p->of[i]));
		return after;
	}
	case PATTERN_GROUP:
	case PATTERN_INTERLEAVE:
		return text_pair(x, p);
	case PATTERN_MORE:
		return and_more(x->g, text_behind(x, p->of[0]), p);
	case PATTERN_LIST:
		return text_list(x->g, p->of[0], x->text);
	case PATTERN_DATA:
		if (!datatype_allows(p->type, x->text) || (p->n && pattern_allows(x->g, p->of[0], x->text)))
			return x->g->none;
		return x->g->empty;
	case PATTERN_VALUE:
		return datatype_equal(p->type, p->value, x->text) ? x->g->empty : x->g->none;
	default:
		return p->kind == PATTERN_TEXT ? p : x->g->none;
	}
}

static struct pattern *text_behind(const struct reading *x, struct pattern *p)
{
	uint64_t epoch = p->strings ? x->epoch : 1; /* without strings one answer holds for ever */

	if (p->text_epoch == epoch)
		return p->behind_text;
	if (!grammar_step(x->g))
		return x->g->none;
	struct pattern *after = text_parts(x, p);
	p->text_epoch = epoch;
	p->behind_text = after;
	return after;
}

struct pattern *pattern_text(struct grammar *g, struct pattern *p, struct str text)
{
	struct reading x = {g, text, ++g->epoch + 1};

	return grammar_step(g) ? text_behind(&x, p) : g->none;
}

bool pattern_allows(struct grammar *g, struct pattern *p, struct str text)
{
	if (p->nullable && !str_trim(text).n)
		return true;
	return pattern_text(g, p, text)->nullable;
}
