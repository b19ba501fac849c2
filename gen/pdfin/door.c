/* door: see door.h. Owns: the file that libqpdf holds open, until the arena is closed. libqpdf's exceptions end inside its C
 * functions, which leave an error behind; its warnings and errors are printed by nobody. */
#include "pdfin/door.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

bool door_broken(struct pdfin *p, const char *why)
{
	diag_add(p->d, DIAG_PDF_BROKEN, (struct loc){0}, p->name, why, NULL);
	return false;
}

static bool load(struct pdfin *p)
{
	static const char *const names[] = {
#define CALL(name) "qpdf_" #name,
		QPDF_CALLS(CALL)
#undef CALL
	};
	void *library = dlopen(QPDF_SO, RTLD_NOW | RTLD_LOCAL), **call = (void **)&p->q;

	_Static_assert(sizeof names / sizeof *names * sizeof *call == sizeof p->q, "one pointer for each name");
	for (size_t i = 0; library && i < sizeof names / sizeof *names; i++)
		if (!(call[i] = dlsym(library, names[i])))
			library = NULL;
	if (!library)
		diag_add(p->d, DIAG_WORLD_READ, (struct loc){0}, QPDF_SO,
			 DIAG_TWO("读取 PDF 的程序库 libqpdf 没有安装或版本不符", "the library that reads PDFs, libqpdf, is not installed, or another version"),
			 NULL);
	return library;
}

static void cleanup(void *pdfin)
{
	struct pdfin *p = pdfin;

	DOOR(p, oh_release_all);
	p->q.cleanup(&p->data);
}

/* The last error in words; it counts as dealt with. */
static const char *error_text(struct pdfin *p)
{
	qpdf_error e = DOOR(p, has_error) ? DOOR(p, get_error) : NULL;
	const char *text = e ? DOOR(p, get_error_message_detail, e) : "";

	return *text ? arena_copy(p->a, text, strlen(text)) : DIAG_TWO("结构有误", "faulty structure");
}

static bool is_pdf(struct str bytes)
{
	return str_find(str_sub(bytes, 0, bytes.n < 1024 ? bytes.n : 1024), STR("%PDF-")) != SIZE_MAX;
}

struct pdfin *pdfin_open(struct diag_list *d, struct arena *a, const char *name, struct str bytes)
{
	struct pdfin *p = ARENA_NEW(a, struct pdfin);

	*p = (struct pdfin){.d = d, .a = a, .name = name};
	if (!is_pdf(bytes)) {
		door_broken(p, DIAG_TWO("不是 PDF 文件", "no PDF file"));
		return NULL;
	}
	if (!load(p))
		return NULL;
	p->data = p->q.init();
	arena_defer(a, cleanup, p);
	DOOR(p, silence_errors);
	DOOR(p, set_suppress_warnings, QPDF_TRUE);
	DOOR(p, set_attempt_recovery, QPDF_FALSE); /* a guess at what a damaged file said is no evidence */
	if (DOOR(p, read_memory, "", bytes.p, bytes.n, NULL) & QPDF_ERRORS) {
		door_broken(p, error_text(p));
		return NULL;
	}
	if (!door_is_dict(p, DOOR(p, get_root)) || DOOR(p, get_num_pages) < 0 || DOOR(p, has_error)) {
		door_broken(p, error_text(p));
		return NULL;
	}
	return p;
}

bool door_is(struct pdfin *p, qpdf_oh h, enum qpdf_object_type_e type)
{
	return DOOR(p, oh_get_type_code, h) == type;
}

bool door_is_dict(struct pdfin *p, qpdf_oh h)
{
	return door_is(p, h, ot_dictionary);
}

qpdf_oh door_key(struct pdfin *p, qpdf_oh h, const char *key)
{
	if (door_is(p, h, ot_stream))
		h = DOOR(p, oh_get_dict, h);
	return DOOR(p, oh_get_key, h, key);
}

struct str door_text(struct pdfin *p, qpdf_oh h)
{
	size_t n = 0;
	const char *text = door_is(p, h, ot_string) ? DOOR(p, oh_get_binary_utf8_value, h, &n) : NULL;

	return text ? (struct str){arena_copy(p->a, text, n), n} : (struct str){"", 0};
}

struct str door_string(struct pdfin *p, qpdf_oh h)
{
	size_t n = 0;
	const char *text = door_is(p, h, ot_string) ? DOOR(p, oh_get_binary_string_value, h, &n) : NULL;

	return text ? (struct str){arena_copy(p->a, text, n), n} : (struct str){"", 0};
}

struct str door_name(struct pdfin *p, qpdf_oh h)
{
	const char *text = door_is(p, h, ot_name) ? DOOR(p, oh_get_name, h) : NULL;

	return text && *text ? str_of(arena_copy(p->a, text + 1, strlen(text + 1))) : (struct str){"", 0};
}

bool door_stream_bytes(struct pdfin *p, qpdf_oh h, struct buf *out)
{
	unsigned char *bytes = NULL;
	size_t n = 0;
	QPDF_BOOL filtered = QPDF_FALSE;

	if (!door_is(p, h, ot_stream))
		return false;
	bool good = !(DOOR(p, oh_get_stream_data, h, qpdf_dl_generalized, &filtered, &bytes, &n) & QPDF_ERRORS);
	if (good)
		buf_put(out, bytes, n);
	free(bytes);
	error_text(p);
	return good;
}

/* ---- what the file says of itself ---- */

static void read_xmp(struct pdfin *p)
{
	struct buf b = {0};

	p->xmp_read = true;
	if (door_stream_bytes(p, door_key(p, DOOR(p, get_root), "/Metadata"), &b))
		p->xmp = arena_str(p->a, buf_view(&b));
	buf_free(&b);
}

bool door_xmp(struct pdfin *p, const char *name, size_t *at, struct str *out)
{
	const char *open = arena_printf(p->a, "<%s>", name), *close = arena_printf(p->a, "</%s>", name);

	if (!p->xmp_read)
		read_xmp(p);
	size_t from = str_find(str_sub(p->xmp, *at, p->xmp.n), str_of(open));
	if (from == SIZE_MAX)
		return false;
	from += *at + strlen(open);
	size_t n = str_find(str_sub(p->xmp, from, p->xmp.n), str_of(close));
	if (n == SIZE_MAX)
		return false;
	*out = str_sub(p->xmp, from, from + n);
	*at = from + n + strlen(close);
	return true;
}

const char *pdfin_profile(struct pdfin *p)
{
	struct str part = {0}, conformance = {0};
	size_t at = 0;

	door_xmp(p, "pdfaid:part", &at, &part);
	at = 0;
	door_xmp(p, "pdfaid:conformance", &at, &conformance);
	return str_is(part, "3") ? "a3a" : !str_is(part, "2") ? "plain" : str_is(conformance, "U") ? "a2u" : "a2a";
}

struct str pdfin_date(struct pdfin *p)
{
	struct str date = {0};
	size_t at = 0;

	door_xmp(p, "xmp:CreateDate", &at, &date);
	return date;
}
