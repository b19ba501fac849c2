/* decl: declarations of a layout after overriding, and what they resolve to. Private to layout. */
#ifndef GEN_LAYOUT_DECL_H
#define GEN_LAYOUT_DECL_H

#include "layout/elements.h"

struct decl_value {
	struct decl_value *next;
	const struct attr_def *def;
	struct str value;
	struct loc loc;
};

/* One named declaration; a later one of the same element and name overrides what it states. */
struct decl {
	struct decl *next;
	enum element_id element;
	struct str name;
	struct loc loc;               /* of the last element that stated it */
	struct decl_value *values;
	struct decl *frames;          /* of a page */
	const struct xml_node *content; /* of a frame */
	void *resolved;               /* struct style, face, … */
	int state;                    /* 0 new, 1 under way, 2 done */
};

struct font_role {
	struct font_role *next;
	struct str name, lang;        /* lang may be empty */
	struct family_list families;
};

struct font_catalogue {
	struct map families;          /* id -> struct family */
	struct font_role *roles;
	struct str file;
};

struct layout {
	struct arena *arena;
	struct source_table *sources;
	struct str name;
	struct str folder;            /* canonical */
	const char **folders; int n_folders, cap_folders; /* every folder of the chain: imports may come from them */
	struct decl *decls, **tail;
	struct str templates;         /* canonical path */
	struct loc templates_loc;
	struct xml_sheet *sheet;
	struct font_catalogue *fonts;
	struct loc loc;               /* of the root element of layout.xml */
};

/* decl.c */
struct decl *decl_find(const struct layout *l, enum element_id element, struct str name);
const struct decl_value *decl_get(const struct decl *c, const char *attr);
/* Values with a default; types were checked when read. */
bool decl_bool(const struct decl *c, const char *attr, bool otherwise);
int decl_int(const struct decl *c, const char *attr, int otherwise);
int decl_enum(const struct decl *c, const char *attr, int otherwise); /* index in the attr's values */
emu decl_emu(const struct decl *c, const char *attr, emu otherwise, emu em, emu line);
void decl_element(struct layout *l, struct diag_list *d, const struct xml_node *n, enum element_id id);

/* fonts.c */
struct font_catalogue *fonts_open(struct diag_list *d, struct arena *a, struct source_table *sources, const char *path);
const struct font_role *fonts_role(const struct font_catalogue *f, struct str name, struct str lang);

/* style.c: resolve all declarations for a document in this language. False after messages. */
struct resolved {
	struct layout *layout;
	struct str lang;
	struct map styles, pages, colours, faces, wraps; /* name -> const struct style … */
	struct map inlines;                       /* around and name -> const struct style */
	struct doc *doc;                          /* its lists are filled */
};
bool style_resolve(struct diag_list *d, struct arena *a, struct layout *l, struct str lang, struct resolved *out);
/* The style's value by name, or NULL after LAYOUT_NAME at loc. */
const struct style *style_find(struct diag_list *d, struct arena *a, const struct resolved *r, struct str name, struct loc loc);
const struct style *style_default(const struct resolved *r);
/* Inline style `name` inside text of style `around`: what it (and its based-on) does not state stays as it is around it;
 * em in its size and shift is the size around it. NULL after a message. */
const struct style *style_inline(struct diag_list *d, struct arena *a, struct resolved *r, const struct style *around,
				 struct str name, struct loc loc);

/* space.c: settle white space over the inlines of one paragraph (xslt-notes.md 6). */
void space_settle(struct arena *a, struct inline_item **items);

/* func.c: functions for templates. */
extern const struct xml_function layout_functions[];
extern const int n_layout_functions;

/* frame.c: inlines of furniture from a frame's content. */
struct inline_item *frame_inlines(struct diag_list *d, struct arena *a, const struct decl *frame,
				  const struct style *style);

#endif
