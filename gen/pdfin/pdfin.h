/* pdfin: reads finished PDF files back: the libqpdf wall.
 * Takes: the bytes of a PDF, by anybody, in any state. Gives: attached files, what its metadata say of its making, and the first
 * place where two files differ. Nothing of a file is believed: broken structure, cycles, names and sizes end in a message.
 * libqpdf is loaded when the first file is opened: with what it brings along it would cost every run 3 ms. */
#ifndef GEN_PDFIN_PDFIN_H
#define GEN_PDFIN_PDFIN_H

#include "base/diag.h"

struct pdfin;

/* name is for messages. The bytes must live as long as the arena, which closes the file. NULL after a message: no PDF, damaged,
 * locked by a password; or libqpdf is not there. */
struct pdfin *pdfin_open(struct diag_list *d, struct arena *a, const char *name, struct str bytes);

/* An attached file (ISO 32000-1, 7.11.4). Text is UTF-8. */
struct pdfin_file {
	struct str name;     /* as the PDF says it: may be anything */
	struct str relation; /* "Source", or empty */
	struct str type;     /* "text/xml", or empty */
	struct str bytes;
	bool sound;          /* size and checksum, where stated, are those of the bytes */
};

/* All attached files in the order of their name tree. False after a message. */
bool pdfin_files(struct pdfin *p, const struct pdfin_file **files, size_t *n);
/* Whether a name may become a path below a folder: plain parts with "/" between, none hidden, none leading out. */
bool pdfin_name_is_safe(struct str name);

/* What the XMP says: "a2a", "a2u", "a3a" or "plain". */
const char *pdfin_profile(struct pdfin *p);
/* Date of the making as ISO, or empty. */
struct str pdfin_date(struct pdfin *p);

enum pdfin_verdict {
	PDFIN_SAME,       /* pages and all other objects are the same */
	PDFIN_SAME_PAGES, /* pages are; the files were made by other versions of programs or fonts */
	PDFIN_DIFFERENT,
};

/* Compare a PDF with one made anew, and say what was found: VERIFY_VERSIONS (which), VERIFY_PAGES, VERIFY_LINE (where),
 * VERIFY_OBJECT (which). */
enum pdfin_verdict pdfin_compare(struct pdfin *given, struct pdfin *made);

#endif
