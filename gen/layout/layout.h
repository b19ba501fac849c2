/* layout: declarations (layout.xml, fonts.xml) and templates -> masters, resolved styles, and through bind the doc.
 * elements.def is the one table of the layout language: it drives the parser, "did you mean", the
 * schema of layout.xml and the author's manual. */
#ifndef GEN_LAYOUT_LAYOUT_H
#define GEN_LAYOUT_LAYOUT_H

#include "block/block.h"
#include "record/record.h"
#include "xml/xml.h"

struct layout;

/* A record that the one to be bound includes, bound by its own layout before. */
struct included {
	struct included *next;
	struct str href;        /* as in the record */
	struct loc loc;         /* where it says so */
	struct doc *doc;
	struct anchor anchor;   /* where it begins; filled by binding */
	bool placed;
};

struct layout_options {
	const char *home;       /* folder that holds layouts/, fonts/, records/schema/ */
	const char *fonts;      /* a fonts.xml other than home's, or NULL */
	const char *fonts_base; /* what its relative folders are counted from, or NULL: its own folder */
	const char *mark;       /* words that stand on every page, as 送审稿, or NULL */
	bool published;         /* the record will be read by whoever reads the PDF: say what of it stands on no page (RECORD_ONLY) */
};

/* Open layout `name`: a folder of home's layouts/, or any folder when it holds a "/"; what such a one asks for as "../X"
 * and is not beside it is looked for in home's layouts/. at = where it was asked for (record's @kind, or nowhere).
 * NULL after messages. */
struct layout *layout_open(struct diag_list *d, struct arena *a, struct source_table *sources, const char *name,
			   struct loc at, const struct layout_options *options);
struct str layout_name(const struct layout *l);
/* Name of the layout that sets included records of this kind (<part>; else the kind itself), and where that is said. */
struct str layout_part(const struct layout *l, struct str kind, struct loc *loc);
/* Everything a layout can be asked without a record. False after messages. */
bool layout_check(struct diag_list *d, const struct layout *l);
/* A warning for each of the layout's own declarations that neither its templates nor other declarations use: of a style whose
 * name is misspelt nobody would hear else. misspelt: only of those whose name is nearly that of a used one; layout_check says all. */
void layout_unused(struct diag_list *d, const struct layout *l, bool misspelt);
/* Run the templates over the record and check their result. NULL after messages. Every text of the record
 * is placed, omitted by the layout's <omit>, or reported; so is every record that it includes, once. */
struct doc *layout_bind(struct diag_list *d, struct arena *a, struct layout *l, struct record *record, struct included *included);
/* For people: the roles of fonts.xml, their families in order of wish, which files are there. False after messages. */
bool layout_list_fonts(struct diag_list *d, struct arena *a, struct source_table *sources, const struct layout_options *options,
		       enum diag_lang lang, struct buf *out);
void layout_dump(const struct layout *l, const struct source_table *t, struct buf *out);

#endif
