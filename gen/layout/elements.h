/* elements: the layout language's table (elements.def) as data, and reading attributes by it. Private to layout. */
#ifndef GEN_LAYOUT_ELEMENTS_H
#define GEN_LAYOUT_ELEMENTS_H

#include "layout/layout.h"

#define LAYOUT_NS "urn:genpdf:layout"

enum element_id {
#define ELEMENT(id, name, vocabulary, parents, zh, en) EL_##id,
#define ATTR(id, name, type, values, zh, en)
#include "layout/elements.def"
#undef ELEMENT
#undef ATTR
	EL_COUNT
};

enum attr_type { AT_NAME, AT_REQUIRED_NAME, AT_LENGTH, AT_INT, AT_BOOL, AT_ENUM, AT_TEXT, AT_REQUIRED_TEXT, AT_COLOUR, AT_EM };

struct attr_def {
	enum element_id element;
	const char *name;
	enum attr_type type;
	const char *values;
	const char *zh, *en;
};

enum vocabulary { VOCABULARY_D = 1, VOCABULARY_R = 2, VOCABULARY_B = 3 };

struct element_def {
	const char *name;
	enum vocabulary vocabulary;
	const char *parents;
	const char *zh, *en;
};

extern const struct element_def element_defs[EL_COUNT];
extern const struct attr_def attr_defs[];
extern const int n_attr_defs;

/* Element of the vocabulary with this local name, or -1. */
int element_find(struct str name, enum vocabulary v);
const struct attr_def *attr_find(enum element_id element, struct str name);
bool element_may_stand(enum element_id child, enum element_id parent);
/* True when word stands in a list of words with blanks between. */
bool word_in(struct str word, const char *words);

/* Check names, place, attributes and their values of one element; reports what is wrong. The element's id, or -1. */
int element_check(struct diag_list *d, struct arena *a, const struct xml_node *n, int parent, enum vocabulary v);

/* The suggestion for an unknown name: "" or the nearest of the words given so far, as argument for a message. */
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
bool int_parse(struct str s, int *out);

/* C string copy for messages. */
const char *cs(struct arena *a, struct str s);

#endif
