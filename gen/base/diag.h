/* diag: what genpdf has to say to its user.
 * Takes: a code of diag.def, a place, arguments. Gives: text (file:line:col, message, code,
 * line and caret) or JSON, in Chinese or English, and the exit status they lead to.
 * Messages are collected, printed when asked for, and sorted by nothing but their order. */
#ifndef GEN_BASE_DIAG_H
#define GEN_BASE_DIAG_H

#include "base/buf.h"
#include "base/map.h"
#include "base/source.h"

enum diag_code {
#define DIAG(id, word, severity, zh, en) DIAG_##id,
#include "base/diag.def"
#undef DIAG
	DIAG_COUNT
};

/* decision and remark: an importer's report; neither changes the exit status. */
enum diag_severity { SEVERITY_REMARK, SEVERITY_DECISION, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_WORLD };

enum diag_lang { LANG_EN, LANG_ZH };

/* What an importer's report says of a place beside the sentence, for JSON; NULL, false: it does not. */
struct diag_detail {
	const char *dropped;       /* the characters left out there */
	const char *from, *to;     /* a character that was changed */
	const char *choice;        /* what was chosen of a decision that leaves a choice, or an answer asks for: the English word */
	const char *const *others; /* what else may be chosen, ended by NULL */
	bool answered;             /* an answer chose otherwise than the importer would have */
};

struct diag {
	enum diag_code code;
	enum diag_severity severity;
	struct loc loc;
	uint32_t length;  /* bytes to underline, 0 = one character */
	struct loc other; /* second place (layout or record), or nowhere */
	const char **args; /* n_args strings for the %1 %2 … of the message */
	int n_args;
	const struct diag_detail *detail; /* of an importer's report; or NULL */
	int repeats;      /* how many more of the same cause were seen */
};

struct diag_list {
	struct arena *arena;
	const struct source_table *sources;
	struct diag *list;
	size_t n, cap;
	bool draft; /* --draft: errors marked as drawable are warnings */
	struct map causes;     /* code and first argument, or code, place and all arguments -> index + 1 into list */
	struct diag repeated;  /* what is returned for a repeat: changing it changes nothing */
	uint32_t said[DIAG_COUNT]; /* messages of each code */
	struct {
		size_t n;      /* messages of the code that were not added */
		char *words;   /* the number in the DIAG_MORE that says so */
	} more[DIAG_COUNT];
};

void diag_open(struct diag_list *d, struct arena *a, const struct source_table *sources);

/* An argument whose words depend on the language: DIAG_TWO("，是否应为 <para>？", ", did you mean <para>?").
 * Both halves are string literals; for others: "\x1f" zh "\x1f" en. */
#define DIAG_TWO(zh, en) "\x1f" zh "\x1f" en

/* So many warnings or errors of a code are said; DIAG_MORE counts the others. */
#define DIAG_MOST 200

/* Add a message. The arguments are C strings (const char *) for %1 %2 … , ended by NULL; they are copied.
 * The returned message may be given .length, .other, until the next call.
 * A message that was added before (same code, place and arguments) is not said again: its repeats are counted. */
struct diag *diag_add(struct diag_list *d, enum diag_code code, struct loc loc, ...)
	__attribute__((sentinel));
/* As diag_add, but one line per cause: when a message with the same code and the same first
 * argument exists, only its repeats are counted. */
struct diag *diag_once(struct diag_list *d, enum diag_code code, struct loc loc, ...)
	__attribute__((sentinel));

/* The same for a cause of the caller's own: any words that tell it from others. */
struct diag *diag_once_per(struct diag_list *d, const char *cause, enum diag_code code, struct loc loc, ...)
	__attribute__((sentinel));
/* Whether diag_once_per has said this: for causes whose repeats mean nothing. */
bool diag_has_said(const struct diag_list *d, const char *cause, enum diag_code code);

/* Whether a further message of this code would only be counted (DIAG_MOST). */
bool diag_is_full(const struct diag_list *d, enum diag_code code);

size_t diag_count(const struct diag_list *d, enum diag_severity at_least);
/* 0 clean, 1 warnings when strict, 2 author errors, 3 the world. */
int diag_status(const struct diag_list *d, bool strict);

const char *diag_word(enum diag_code code);
enum diag_severity diag_severity_of(enum diag_code code);
/* Index of the code with this word, or -1. */
int diag_find(struct str word);

/* Print messages from index first on. */
void diag_text(const struct diag_list *d, size_t first, enum diag_lang lang, struct buf *out);
void diag_json(const struct diag_list *d, size_t first, enum diag_lang lang, struct buf *out);
/* The message's sentence alone, %1 … filled in. */
void diag_sentence(const struct diag *m, enum diag_lang lang, struct buf *out);

#endif
