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
	struct loc loc;                 /* of the last element that stated it */
	int stated;                     /* by how many elements */
	struct decl_value *values;
	struct decl *frames;            /* of a page */
	const struct xml_node *content; /* of a frame, of phrases */
};

struct font_role {
	struct font_role *next;
	struct str name, label;         /* label: for people, may be empty */
	struct str lang;                /* languages with blanks between, or empty */
	struct family_list families;
	struct loc loc;
};

struct font_catalogue {
	struct map families;            /* id -> struct family */
	struct font_role *roles;
};

/* A file of the chain of <use>. */
struct layout_file {
	struct layout_file *next;
	const char *shown, *real;       /* for messages; canonical */
	bool open;                      /* still being read: to meet it again is a cycle */
};

struct layout {
	struct arena *arena;
	struct source_table *sources;
	struct str name;                /* of its folder */
	const char *home;               /* the folder of the layouts that come with genpdf */
	struct str kind;                /* of the records it sets; empty: any */
	struct loc kind_loc;
	struct loc loc;                 /* of the root element of its layout.xml */
	struct layout_file *files;      /* the newest first */
	const char **folders;           /* canonical, of all files: imports may come from them */
	int n_folders, cap_folders;
	struct decl *decls, **tail;
	struct map by_name;             /* element and name -> struct decl */
	const char *templates;          /* path for messages, NULL until stated */
	struct loc templates_loc;
	struct xml_sheet *sheet;
	struct xml_vocabulary *vocabulary; /* of records; NULL when home has no schemas */
	struct map used;                /* "element name" as templates name declarations, see literal.h */
	struct font_catalogue *fonts;
	bool published;                 /* see struct layout_options */
	struct str mark;                /* the same; empty: none */
	const struct included *included; /* by the record that is bound now: what functions of templates may ask for */
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
struct font_catalogue *fonts_open(struct diag_list *d, struct arena *a, struct source_table *sources, const struct layout_options *o);
const struct font_role *fonts_role(const struct font_catalogue *f, struct str name, struct str lang);

/* style.c: resolve all declarations for a document in this language. False after messages. */
struct resolved {
	const struct layout *layout;
	struct str lang;
	const struct style *first_style;          /* the default */
	struct map styles, pages, colours, faces, wraps; /* name -> const struct style … */
	struct map flat;                          /* name -> struct decl: a style's own and inherited values */
	struct phrases *phrases;                  /* of all <phrases>; in the arena */
	struct map inlines;                       /* around and name -> const struct style */
	struct doc *doc;                          /* its lists are filled */
};
bool style_resolve(struct diag_list *d, struct arena *a, const struct layout *l, struct str lang, struct resolved *out);
/* What attribute `name` of a result's element names: struct style, colour, page … (element says which). NULL when there is
 * no such attribute, or after LAYOUT_NAME. */
const void *resolved_named(struct diag_list *d, struct arena *a, const struct resolved *r, const struct xml_node *n,
			   const char *name, enum element_id element);
/* The style a result's element names, inside text of style `around`: what it (and its based-on) does not state stays as it
 * is around it; em in its size and shift is the size around it. `around` itself when none is named or after a message. */
const struct style *style_inline(struct diag_list *d, struct arena *a, struct resolved *r, const struct style *around,
				 const struct xml_node *n);

/* space.c: settle white space over the inlines of one paragraph; what is empty then is taken out. */
void space_settle(struct arena *a, struct inline_item **items);
/* The same for a text alone. */
struct str space_settle_text(struct arena *a, struct str text);

/* func.c: functions for templates. */
extern const struct xml_function layout_functions[];
extern const int n_layout_functions;

/* frame.c: inlines of furniture from a frame's content. */
struct inline_item *frame_inlines(struct arena *a, const struct decl *frame, const struct style *style, struct str mark);
/* It shows the mark of --mark, and is not there without one. */
bool frame_is_mark(const struct decl *frame);

#endif
