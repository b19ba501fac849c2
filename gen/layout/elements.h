/* elements: the layout language's table (elements.def) as data, and the checks of one element against it.
 * Takes: an element of layout.xml, of fonts.xml or of a result. Gives: its id, or messages. Private to layout. */
#ifndef GEN_LAYOUT_ELEMENTS_H
#define GEN_LAYOUT_ELEMENTS_H

#include "layout/layout.h"

#define LAYOUT_NS "urn:genpdf:layout"
#define FONTS_NS "urn:genpdf:fonts"

enum element_id {
#define ELEMENT(id, name, vocabulary, parents, text, zh, en) EL_##id,
#define ATTR(id, name, type, values, zh, en)
#include "layout/elements.def"
#undef ELEMENT
#undef ATTR
	EL_COUNT
};

enum attr_type {
	AT_NAME, AT_TEXT, AT_INT, AT_BOOL, AT_ENUM, AT_COLOUR, AT_DATE, AT_LENGTH, AT_OFFSET, AT_ABSOLUTE, AT_EM, AT_FACTOR,
	AT_LANG, AT_LANGS, AT_PATH, AT_EDGE, AT_COLUMN,
	AT_REQUIRED = 0x100,
	AT_REQUIRED_NAME = AT_NAME | AT_REQUIRED,
	AT_REQUIRED_TEXT = AT_TEXT | AT_REQUIRED,
	AT_REQUIRED_COLOUR = AT_COLOUR | AT_REQUIRED,
	AT_REQUIRED_PATH = AT_PATH | AT_REQUIRED
};

struct attr_def {
	enum element_id element;
	const char *name;
	enum attr_type type;
	const char *values;
	const char *zh, *en;
};

enum vocabulary { VOCABULARY_D, VOCABULARY_R, VOCABULARY_F };

struct element_def {
	const char *name;
	enum vocabulary vocabulary;
	const char *parents; /* names with blanks between */
	bool text;           /* may hold text */
	const char *zh, *en;
};

extern const struct element_def element_defs[EL_COUNT];
extern const struct attr_def attr_defs[];
extern const int n_attr_defs;

/* Id of the element of this name, or -1. */
int element_find(struct str name, enum vocabulary v);
const struct attr_def *attr_find(enum element_id element, struct str name);
bool element_may_stand(enum element_id child, enum element_id parent);
/* True when word stands in a list of words with blanks between. */
bool word_in(struct str word, const char *words);

/* Check name, place, attributes and their values of one element; parent -1 = it is the root. Reports what
 * is wrong. Its id, or -1 when nothing can be made of it. */
int element_check(struct diag_list *d, struct arena *a, const struct xml_node *n, int parent, enum vocabulary v);
/* The same for the children of an element: elements that may stand in it go to take (NULL: none may), text that may not is
 * reported. */
void element_children(struct diag_list *d, struct arena *a, const struct xml_node *n, enum element_id id,
		      void (*take)(void *user, const struct xml_node *child, enum element_id child_id), void *user);
/* Its parts, for elements that are not complete yet (templates). parent -1: the root, ANY_PARENT: not known. */
enum { ANY_PARENT = -2 };
void element_say_unknown(struct diag_list *d, struct arena *a, const struct xml_node *n, int parent, enum vocabulary v);
void element_say_place(struct diag_list *d, struct arena *a, const struct xml_node *n, enum element_id id, int parent);
void element_say_attr(struct diag_list *d, struct arena *a, enum element_id id, const struct xml_node *n, struct str name,
		      struct loc loc);
/* An attribute's name as it is written, with its prefix. */
struct str element_attr_name(const struct diag_list *d, const struct xml_attr *at);
void element_check_value(struct diag_list *d, struct arena *a, const struct attr_def *def, const struct xml_node *n,
			 const struct xml_attr *at);
void element_check_required(struct diag_list *d, struct arena *a, enum element_id id, const struct xml_node *n);
/* Text where none may stand; blank text is nothing. */
void element_bare_text(struct diag_list *d, struct arena *a, const struct xml_node *text);
/* Bytes of white space before the first character that stays. */
size_t text_lead(struct str text);
/* Place of that character: in the record or the declarations; of a text the templates make, the place of what makes it. */
struct loc text_loc(const struct diag_list *d, const struct xml_node *text);
/* Where to report a node: a declaration itself; of a result the place in the layout, with the record's as .other. */
struct loc element_loc(const struct xml_node *n);
struct loc element_other(const struct xml_node *n);

/* The suggestion for an unknown name: the nearest of the words tried, as argument for a message ("" when none is near). */
struct nearest {
	struct str wanted;
	struct str best;
	int distance;
};
void nearest_open(struct nearest *n, struct str wanted);
void nearest_try(struct nearest *n, struct str word);
const char *nearest_text(const struct nearest *n, struct arena *a);

bool colour_parse(struct str s, uint32_t *rgb);
/* "0.25em" in millionths of an em. */
bool em_parse(struct str s, int64_t *out);
/* "1.086957" in millionths, from 0.1 to 10. */
bool factor_parse(struct str s, int64_t *out);
bool int_parse(struct str s, int *out);
/* "none", "0.5pt", "double 0.5pt", "dashed 0.5pt". */
bool edge_parse(struct str s, struct edge *out);
/* "20mm", "3*", "auto"; em and line as for lengths. */
bool column_parse(struct str s, emu em, emu line, struct column *out);

/* C string copy for messages. */
const char *cs(struct arena *a, struct str s);
/* The first characters of a text, for messages. */
const char *excerpt(struct arena *a, struct str s);

#endif
