/* pattern: a RELAX NG grammar as the walker works with it.
 * Takes: patterns that rng.c reads. Gives: what is left of a pattern behind an element, an attribute or a text (its
 * derivative), and answers: what may come next, what is still missing, how far it is to a certain element.
 * Equal patterns are one pattern and every answer is kept, so no grammar and no record makes the work explode;
 * where one does, steps or patterns run out, grammar->over is set and every answer is worthless.
 * Elements and attributes stand in patterns as leaves: one of the grammar's declarations each. */
#ifndef GEN_XML_PATTERN_H
#define GEN_XML_PATTERN_H

#include "xml/xml.h"

struct datatype;

enum name_kind { NAME_ONE, NAME_ANY, NAME_NS, NAME_CHOICE };

struct name_class {
	enum name_kind kind;
	struct str ns, name;                    /* NAME_ONE both, NAME_NS the first */
	const struct name_class *first, *next;  /* NAME_CHOICE: its alternatives */
	const struct name_class *except;        /* NAME_ANY, NAME_NS */
};

/* An element or attribute pattern of the grammar. */
struct leaf {
	bool attribute;
	uint32_t number; /* in the order read */
	const struct name_class *names;
	struct pattern *content;
	struct str doc[2]; /* its documentation, by enum diag_lang */
};

/* Leaves by number; equal sets are one set. */
struct leaf_set {
	uint32_t id, n;
	const struct leaf **list;
};

enum pattern_kind {
	PATTERN_NONE, /* notAllowed */
	PATTERN_EMPTY,
	PATTERN_TEXT,
	PATTERN_CHOICE, /* two and more, by id, no choice among them */
	PATTERN_GROUP,  /* two, the first is no group */
	PATTERN_INTERLEAVE,
	PATTERN_MORE, /* oneOrMore */
	PATTERN_LIST,
	PATTERN_DATA, /* of[0]: except, or NULL */
	PATTERN_VALUE,
	PATTERN_ELEMENT,
	PATTERN_ATTRIBUTE
};

enum leaf_kind { LEAF_ELEMENT, LEAF_ATTRIBUTE };

struct pattern {
	enum pattern_kind kind;
	uint32_t id, depth, n;
	struct pattern **of;
	const struct leaf *leaf;
	const struct datatype *type; /* data, value */
	struct str value;
	bool nullable; /* nothing need follow */
	bool strings;  /* a data, value or list stands in it (not counting inside of leaves) */
	uint32_t cost[2]; /* by enum leaf_kind: how many must still come; PATTERN_FAR and more: hopeless */
	/* answers kept */
	const struct leaf_set *nexts, *all[2];
	struct pattern *closed, *behind_text;
	uint64_t text_epoch;
};
enum { PATTERN_FAR = 1000000 };

struct grammar {
	struct arena *arena;
	struct pattern *none, *empty, *text, *start;
	const struct leaf_set *nobody; /* the empty set */
	struct leaf **leaves;
	size_t n_leaves, cap_leaves;
	struct map same, sets, answers, by_name;
	uint32_t n_patterns, n_sets;
	uint64_t epoch, steps, max_steps;
	bool over;
};

/* ---- making (pattern.c) ---- */

struct grammar *grammar_new(struct arena *a);
struct leaf *grammar_add_leaf(struct grammar *g, bool attribute);
/* PATTERN_GROUP or PATTERN_INTERLEAVE. */
struct pattern *pattern_pair(struct grammar *g, enum pattern_kind kind, struct pattern *a, struct pattern *b);
struct pattern *pattern_choice(struct grammar *g, struct pattern *const *list, size_t n);
struct pattern *pattern_or(struct grammar *g, struct pattern *a, struct pattern *b);
/* PATTERN_MORE or PATTERN_LIST. */
struct pattern *pattern_of(struct grammar *g, enum pattern_kind kind, struct pattern *inner);
struct pattern *pattern_leaf(struct grammar *g, const struct leaf *leaf);
struct pattern *pattern_data(struct grammar *g, const struct datatype *type, struct pattern *except);
struct pattern *pattern_value(struct grammar *g, const struct datatype *type, struct str value);

bool name_class_has(const struct name_class *c, struct str ns, struct str name);

const struct leaf_set *leaf_set_of(struct grammar *g, const struct leaf *const *list, size_t n);
const struct leaf_set *leaf_set_or(struct grammar *g, const struct leaf_set *a, const struct leaf_set *b);
const struct leaf_set *leaf_set_and(struct grammar *g, const struct leaf_set *a, const struct leaf_set *b);
bool leaf_set_has(const struct leaf_set *s, const struct leaf *leaf);
/* Those of s that bear this name. */
const struct leaf_set *leaf_set_named(struct grammar *g, const struct leaf_set *s, struct str ns, struct str name);

/* ---- derivatives (derive.c) ---- */

/* Behind an element that fulfils every leaf of s and no other; PATTERN_NONE when none of them may come. */
struct pattern *pattern_take(struct grammar *g, struct pattern *p, const struct leaf_set *s);
/* The same for an attribute of the start tag. */
struct pattern *pattern_attribute(struct grammar *g, struct pattern *p, const struct leaf_set *s);
/* Behind the start tag: attributes that have not come are missing. */
struct pattern *pattern_close(struct grammar *g, struct pattern *p);
/* Behind a text; without data, value and list in p all texts are alike. */
struct pattern *pattern_text(struct grammar *g, struct pattern *p, struct str text);
/* Whether text alone, or the value of an attribute, fulfils p. */
bool pattern_allows(struct grammar *g, struct pattern *p, struct str text);

/* ---- questions (ask.c) ---- */

/* Elements that may come next. */
const struct leaf_set *pattern_nexts(struct grammar *g, struct pattern *p);
/* All elements or attributes that stand anywhere in p. */
const struct leaf_set *pattern_all(struct grammar *g, struct pattern *p, enum leaf_kind kind);
/* The first that must still come (the set: any one of them); NULL when none must. */
const struct leaf_set *pattern_need(struct grammar *g, struct pattern *p, enum leaf_kind kind);

struct toward {
	uint32_t cost;                /* elements that must come before one of s may; PATTERN_FAR: never */
	const struct leaf_set *first; /* the first of them, NULL at cost 0 */
};
struct toward pattern_toward(struct grammar *g, struct pattern *p, const struct leaf_set *s);
/* All element leaves that bear this name. */
const struct leaf_set *grammar_named(struct grammar *g, struct str ns, struct str name);

/* For pattern.c, derive.c and ask.c: an answer kept under a question, a pattern and a set. */
enum question { ASK_TAKE, ASK_ATTRIBUTE, ASK_NEED, ASK_TOWARD };
void *answer_get(const struct grammar *g, enum question q, const struct pattern *p, uint32_t about);
void answer_set(struct grammar *g, enum question q, const struct pattern *p, uint32_t about, void *answer);
/* Count one step of work; false when there were too many. */
bool grammar_step(struct grammar *g);

#endif
