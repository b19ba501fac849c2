/* door: an open PDF as the files of this room see it: libqpdf's calls, and small questions to objects. */
#ifndef GEN_PDFIN_DOOR_H
#define GEN_PDFIN_DOOR_H

#include <qpdf/qpdf-c.h>

#include "base/buf.h"
#include "pdfin/pdfin.h"

/* What is called of libqpdf. */
#define QPDF_CALLS(CALL) \
	CALL(init) CALL(cleanup) CALL(read_memory) CALL(silence_errors) CALL(set_suppress_warnings) CALL(set_attempt_recovery) \
	CALL(has_error) CALL(get_error) CALL(get_error_message_detail) CALL(is_encrypted) CALL(get_root) CALL(get_trailer) \
	CALL(get_num_pages) CALL(get_page_n) CALL(oh_release) CALL(oh_release_all) CALL(oh_get_type_code) CALL(oh_is_indirect) \
	CALL(oh_get_object_id) CALL(oh_get_key) CALL(oh_get_dict) CALL(oh_get_array_n_items) CALL(oh_get_array_item) \
	CALL(oh_begin_dict_key_iter) CALL(oh_dict_more_keys) CALL(oh_dict_next_key) CALL(oh_get_name) CALL(oh_get_int_value) \
	CALL(oh_get_binary_string_value) CALL(oh_get_binary_utf8_value) CALL(oh_unparse_resolved) CALL(oh_get_stream_data) \
	CALL(oh_get_page_content_data)

struct qpdf_calls {
#define CALL(name) __typeof__(qpdf_##name) *name;
	QPDF_CALLS(CALL)
#undef CALL
};

struct font_text;

struct pdfin {
	struct diag_list *d;
	struct arena *a;
	const char *name;
	qpdf_data data;
	struct qpdf_calls q;
	struct str xmp;
	bool xmp_read;
	struct font_text *fonts; /* those met, see page.c */
	int n_fonts;
	uint32_t codes_set;      /* of all of them */
};

/* DOOR(p, oh_get_key, h, "/K"): a call of libqpdf on this file. */
#define DOOR(p, call, ...) ((p)->q.call((p)->data, ##__VA_ARGS__))

/* Add PDF_BROKEN; false. why may be DIAG_TWO. */
bool door_broken(struct pdfin *p, const char *why);
bool door_is(struct pdfin *p, qpdf_oh h, enum qpdf_object_type_e type);
bool door_is_dict(struct pdfin *p, qpdf_oh h); /* a stream's dictionary is asked for by oh_get_dict */
/* Entry of a dictionary; a null object when h is none or has none. */
qpdf_oh door_key(struct pdfin *p, qpdf_oh h, const char *key);
/* In the arena; empty when h is none. */
struct str door_text(struct pdfin *p, qpdf_oh h);   /* a text string as UTF-8 */
struct str door_string(struct pdfin *p, qpdf_oh h); /* a string's bytes */
struct str door_name(struct pdfin *p, qpdf_oh h);   /* without its slash */
/* A stream's bytes with all its filters undone; freed with buf_free. False when that cannot be. */
bool door_stream_bytes(struct pdfin *p, qpdf_oh h, struct buf *out);
/* What the XMP has between <name> and </name>, from *at on, which moves behind it; false: no more. */
bool door_xmp(struct pdfin *p, const char *name, size_t *at, struct str *out);

/* ---- page.c ---- */

struct page_line {
	struct str text;
	size_t from; /* where it begins in the content */
};

struct page_text {
	struct str content;
	struct page_line *lines;
	size_t n;
};

/* The lines of a page (from 0) as its content writes them. In a; false: it cannot be read. */
bool page_read(struct pdfin *p, struct arena *a, int page, struct page_text *out);

#endif
