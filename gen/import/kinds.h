/* kinds: what a reader of one kind of document takes and gives, and the parts that kinds share.
 * A kind is one file kind_NAME.c and one line in the table of import.c. */
#ifndef GEN_IMPORT_KINDS_H
#define GEN_IMPORT_KINDS_H

#include "import/label.h"
#include "import/para.h"
#include "import/write.h"

struct work {
	struct arena *arena;
	struct report *report;
	const struct paras *ps;
	struct write *w;
	void *own; /* what the kind's read() gave */
	bool clause_headings; /* the first sentence of a 一是 is its heading */
};

struct import_kind {
	const char *name;
	/* How much the text looks like this kind; below IMPORT_LIKELY not at all. */
	int (*score)(const struct paras *ps);
	/* Kinds that do not consist of paragraphs look at the plain text instead (score is NULL then), before it is joined; read makes
	 * paragraphs of its own, and gives what build needs. NULL: this text cannot be of the kind. */
	int (*score_plain)(struct arena *a, const struct plain *plain);
	void *(*read)(struct arena *a, const struct plain *plain, struct report *r, struct paras *ps);
	/* Write the whole <record>. */
	void (*build)(struct work *k);
};
enum { IMPORT_LIKELY = 5 };

extern const struct import_kind kind_monthly_plan, kind_responsibility_table, kind_chronicle, kind_news, kind_work_summary, kind_notice;

/* ---- parts.c: what kinds share ---- */

/* Paragraphs [from, to) of the tail: attachments note, signature, annotation, distribution; each may be empty. */
struct tail {
	size_t attachments, signature, annotation, distribution, end;
};

struct str work_str(const struct work *k, size_t para);
void work_note(struct work *k, enum diag_code code, size_t para, size_t at, struct str sample);
/* The same for a decision that leaves a choice (choices.def): what was answered, else `usual`. */
int work_choose(struct work *k, enum diag_code code, size_t para, size_t at, struct str sample, int usual);
/* Text of bytes from … to of a paragraph without blanks at its ends; decisions about its spaces are reported. */
void work_text(struct work *k, size_t para, size_t from, size_t to);
/* <name>text</name>, on a line of its own. */
void work_element(struct work *k, const char *name, size_t para, size_t from, size_t to);
/* @number of a paragraph that opens with a marker; a typed space behind it is kept and reported. Byte where its text begins. */
size_t work_number(struct work *k, size_t para);

/* Names of bytes from … to of a paragraph, an element each; marks between them are text. cell: marks before the first are of it,
 * because what stands before it may be of another cell. */
void part_names(struct work *k, size_t para, size_t from, size_t to, const char *element, bool cell);
/* Byte where the departments of a paragraph begin: lead-ins with names up to its end; its length when there are none. */
size_t part_responsible_at(struct str s);
/* <responsible>s for bytes from … end of the paragraph. */
void part_responsible(struct work *k, size_t para, size_t from);

/* <head>: the paragraphs before `end` as issuing authorities; what does not look like one is reported. */
void part_authorities(struct work *k, size_t end);

/* The tail of the document, looked for from the paragraph after `from` on. */
struct tail part_tail(const struct paras *ps, size_t from);
void part_write_tail(struct work *k, const struct tail *t);
/* <to>s of paragraphs [from, to), the first of which opens one. */
void part_distribution(struct work *k, size_t from, size_t to);
/* Year of the date in the tail; 0 when there is none. */
int part_tail_year(const struct paras *ps, const struct tail *t);

/* xml:lang by the characters that differ between the scripts. */
const char *part_language(struct str text);

/* faults.c, faults_words.c: remarks about the content. */
void faults_note(struct work *k);
void faults_words_note(struct work *k);

#endif
