/* bind: what binding, its tables and the search for unplaced text share. Private to layout. */
#ifndef GEN_LAYOUT_BIND_H
#define GEN_LAYOUT_BIND_H

#include "layout/decl.h"

struct binding {
	struct diag_list *d;
	struct arena *a;
	const struct layout *layout;
	const struct record *record;
	struct resolved r;
	uint8_t *placed; /* by number of the record's node */
	struct map marks; /* name -> a mark of the result */
	struct included *included;
};

/* bind.c, for tables */
struct block *bind_new(struct binding *b, struct block *parent, enum block_kind kind, const struct xml_node *n);
void bind_blocks(struct binding *b, struct block *parent, const struct xml_node *n, enum element_id parent_id);
/* A paragraph of n's inline content. */
struct block *bind_inlines(struct binding *b, struct block *parent, const struct xml_node *n, const struct style *style);
const struct style *bind_style(struct binding *b, const struct xml_node *n); /* named, or NULL */
emu bind_length(const struct xml_node *n, const char *name, const struct style *s, emu otherwise);
/* Texts below n are not reported as unplaced: messages have been said. */
void bind_give_up(struct binding *b, const struct xml_node *n);
void bind_bare_text(struct binding *b, const struct xml_node *n);
void bind_nothing_inside(struct binding *b, const struct xml_node *n, enum element_id id);

/* bind_table.c */
void bind_table(struct binding *b, struct block *parent, const struct xml_node *n);

/* include.c: what the record includes. The one that attribute href names, or NULL after a message. */
struct included *bind_included(struct binding *b, const struct xml_node *n);
void bind_include(struct binding *b, struct block *parent, const struct xml_node *n);
/* Report what the templates did not place. */
void bind_not_included(struct binding *b);

/* Report every text of the record that is neither placed nor omitted on purpose. */
void bind_unplaced(const struct binding *b);
/* Say what else of the record the pages do not show: comments, attributes in words that reached no text of the result. */
void bind_published(const struct binding *b, const struct xml_node *result);

#endif
