/* genpdf: the public door. Record + layout -> PDF.
 * Thread use: one struct genpdf per thread. Nothing is printed: messages go to the callbacks. */
#ifndef GEN_GENPDF_H
#define GEN_GENPDF_H

#include <stdbool.h>
#include <stddef.h>

#define GENPDF_VERSION "0.1.0"
#define GENPDF_INPUTS "genpdf.txt" /* the attached file that says which of the others is what */

enum genpdf_status { GENPDF_CLEAN = 0, GENPDF_WARNINGS = 1, GENPDF_AUTHOR = 2, GENPDF_WORLD = 3 };

struct genpdf_options {
	const char *home;        /* folder of layouts/, fonts/ and records/schema/; NULL: GENPDF_HOME or beside the program */
	const char *layout;      /* NULL: the record's kind */
	const char *encoding;    /* of the input: UTF-8, GB18030, GBK, GB2312, Big5, UTF-16; NULL: what it states, else UTF-8 */
	const char *kind;        /* of a plain text; NULL: recognise */
	const char *answers;     /* file with answers to the decisions of an import; NULL: none */
	bool normalise;          /* punctuation of a plain text is brought to the widths of Chinese text; the report lists every change */
	const char *report;      /* file for the import report; NULL: with the messages */
	const char *stop;        /* NULL, "record", "layout", "doc", "vlist", "list", "text" */
	const char *sources;     /* folder of what a PDF had attached: layouts/, records/schema/ and fonts/fonts.xml come from there
				  * instead of home; font files do not. NULL: home */
	const char *date;        /* ISO date for a record that has none; empty: none; NULL: SOURCE_DATE_EPOCH */
	const char *profile;     /* "a2a" (also when NULL), "a2u", "a3a", "plain" */
	const char *mark;        /* stands on every page, as 送审稿; NULL: none */
	bool explain_size;       /* say what takes how many bytes of a PDF */
	bool strict, draft, json, chinese;
	/* Receives messages as text or JSON lines, complete lines each time. */
	void (*message)(void *user, const char *bytes, size_t n);
	void *user;
};

/* Make `output` ("-" = standard output) of `input` ("-" = standard input). */
enum genpdf_status genpdf_render(const struct genpdf_options *o, const char *input, const char *output);
/* Plain text -> record XML. */
enum genpdf_status genpdf_import(const struct genpdf_options *o, const char *input, const char *output);
/* A commented record of a kind to begin with; kind NULL: the kinds there are. A file that exists stays as it is (GENPDF_AUTHOR). */
enum genpdf_status genpdf_new(const struct genpdf_options *o, const char *kind, const char *output);
/* List the roles of fonts.xml with their files; or, of a record (input not NULL), which fonts its document takes, how many
 * characters stand in each, and what is missing where. */
enum genpdf_status genpdf_fonts(const struct genpdf_options *o, const char *input, const char *output);
/* Say a mistake of the command line as every message is said, as text or JSON. code: a word of diag.def; then the arguments of
 * its sentence, ended by NULL; an argument in two languages is "\x1f" Chinese "\x1f" English. words: what the last of them might
 * have been (NULL at their end), or NULL; the nearest becomes an argument more. */
enum genpdf_status genpdf_complain(const struct genpdf_options *o, const char *const *words, const char *code, ...)
	__attribute__((sentinel));
/* Check a record, or a layout (a folder, or a layout.xml). */
enum genpdf_status genpdf_check(const struct genpdf_options *o, const char *input);
/* Write the files attached to a PDF below a folder, which is made; what is there already stays. Says what of the record is
 * published by them though no page shows it. */
enum genpdf_status genpdf_extract(const struct genpdf_options *o, const char *input, const char *folder);
/* Render a PDF again, from the files attached to it or from the record (NULL: the attached one) and the layout named by the
 * options (else the attached one, else that of the record's kind), and say whether the result is the same:
 * GENPDF_CLEAN: the same bytes, or the same pages by other versions (GENPDF_WARNINGS under o->strict); GENPDF_AUTHOR: another document. */
enum genpdf_status genpdf_verify(const struct genpdf_options *o, const char *input, const char *record);
/* Remove the temporary files and folders of all runs of this process, at once. Async-signal-safe: for the handler of a signal that
 * ends the program; the runs cannot go on. */
void genpdf_clear(void);

#endif
