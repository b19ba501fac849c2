/* walker: every fault of a record against its grammar, each with its place and a proposal.
 * It goes twice over the record: match.c from the leaves up (which declarations does each element fulfil, all of it
 * included: yes or no), walker.c from the root down where the answer was none, behind each fault on with the next sibling.
 * complain.c has the words. */
#ifndef GEN_XML_WALKER_H
#define GEN_XML_WALKER_H

#include "xml/pattern.h"

enum verdict { WALK_VALID, WALK_INVALID, WALK_GAVE_UP };

/* Messages for all faults of the record (at most WALK_MESSAGES, then RECORD_MORE with the number of the others).
 * WALK_GAVE_UP: the grammar's limits ran out; there may be messages all the same. */
enum verdict walker_report(struct diag_list *d, struct grammar *g, const struct xml_doc *doc);
enum { WALK_MESSAGES = 50 };

/* The grammar of a schema; NULL where the walker cannot read it (schema.c). */
struct grammar *schema_grammar(struct xml_schema *s);

/* ---- between match.c, walker.c and complain.c ---- */

struct walker {
	struct diag_list *d;
	struct grammar *g;
	struct arena *own;                 /* for the time of the walk */
	const struct leaf_set **fulfilled; /* by number of the element */
	struct map causes;                 /* words of a message -> index + 1 into d->list */
	size_t faults, told, untold;
	struct loc first_untold;
	bool hush; /* count faults of this element's own, say nothing, look into no child */
	int depth;
};

/* For each element of the tree the leaves it fulfils. */
const struct leaf_set **match_all(struct grammar *g, struct arena *a, const struct xml_node *root, uint32_t count);

static inline bool text_is_blank(struct str s)
{
	return str_trim(s).n == 0;
}

bool node_has_elements(const struct xml_node *n);

/* Questions about the order of children (walkorder.c). p: what may still come. */
enum { WALK_FILL = 6 }; /* so many missing elements are thought of before one */
const struct xml_node *walk_next(const struct xml_node *n); /* next sibling that is an element */
const struct leaf_set *walk_known(struct walker *w, const struct xml_node *e); /* declarations of its name */
/* What must stand where something stands that cannot: when the rest goes on behind it, or nothing comes any more. */
const struct leaf_set *walk_stands_for(struct walker *w, struct pattern *p, const struct xml_node *at);
const struct xml_node *walk_ahead(struct walker *w, const struct xml_node *e, const struct leaf_set *s);
struct pattern *walk_through(struct grammar *g, struct pattern *p, const struct leaf_set *s);
bool walk_is_open(struct walker *w, struct pattern *p, const struct xml_node *e); /* e may come, now or later */
const struct xml_node *walk_too_early(struct walker *w, struct pattern *p, const struct xml_node *e,
				      const struct leaf_set *s);

/* Complain about n's attributes; the pattern of its content. */
struct pattern *walk_attrs(struct walker *w, const struct xml_node *n, struct pattern *whole);

/* Faults. All sets may be empty; parent is the element they are found in. */

/* A name that the grammar does not know. near: its proposal, or empty; instead: what must stand here, or NULL. */
void complain_unknown(struct walker *w, const struct xml_node *e, struct pattern *p, struct str near,
		      const struct leaf_set *instead);
/* The nearest name for an unknown element: of those that may come next, else of all. Empty for none. */
struct str complain_nearest(struct walker *w, struct pattern *p, struct str name);

enum misplaced { PLACE_BEFORE, PLACE_AFTER, PLACE_ONE, PLACE_BESIDE };
/* e stands wrongly in relation to its sibling. */
void complain_order(struct walker *w, const struct xml_node *e, enum misplaced how, const struct xml_node *sibling);
/* e may not stand in its parent, or not here. all: of the declarations of that name. */
void complain_place(struct walker *w, const struct xml_node *e, const struct leaf_set *all, struct pattern *whole,
		    struct pattern *p, const struct leaf_set *instead);
void complain_root(struct walker *w, const struct xml_node *e);
/* One of s is missing in n: before its child, or at its end where before is NULL. */
void complain_missing(struct walker *w, const struct xml_node *n, const struct leaf_set *s,
		      const struct xml_node *before);
void complain_text(struct walker *w, const struct xml_node *text, const struct xml_node *parent, struct pattern *whole,
		   struct pattern *p, const struct leaf_set *instead);
/* The text of n, all it holds, is no value of its type. */
void complain_content(struct walker *w, const struct xml_node *n, struct pattern *p);

/* near: proposal or empty; all: the attributes that n may have. */
void complain_attribute(struct walker *w, const struct xml_node *n, const struct xml_attr *at, struct str near,
			const struct leaf_set *all);
/* Of the attributes that may still come the one that was meant, or empty. */
struct str complain_nearest_attribute(struct walker *w, const struct leaf_set *free, struct str name);
void complain_attributes_beside(struct walker *w, const struct xml_node *n, const struct xml_attr *at,
				const struct xml_attr *other);
void complain_no_attribute(struct walker *w, const struct xml_node *n, const struct leaf_set *s);
void complain_value(struct walker *w, const struct xml_node *n, const struct xml_attr *at, const struct leaf *leaf);

#endif
