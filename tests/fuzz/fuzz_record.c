/* fuzz_record: bytes -> parser, schema, and the templates of a fixed layout. A byte order mark, other encodings as the bytes state
 * them. Promises: what is refused has a message; a doc that comes out is whole; dumps and messages can be printed. */
#include "base/encoding.h"
#include "base/file.h"
#include "fuzz/fuzz.h"
#include "layout/layout.h"

static struct str decoded(struct fuzz *f, struct str bytes)
{
	struct str name = encoding_stated(bytes);
	struct encoded e;

	if (!name.n || encoding_is_utf8(name) || !encoding_convert(f->a, bytes, name, &e))
		return bytes;
	FUZZ_CHECK(utf8_bad(e.text) == SIZE_MAX, "not UTF-8");
	FUZZ_CHECK(e.bad == SIZE_MAX || (e.bad <= e.text.n && e.bad_byte <= bytes.n), "a place outside");
	return e.text;
}

static void bind(struct fuzz *f, struct record *r, struct buf *out)
{
	struct layout_options lo = {.home = fuzz_home(), .fonts = file_join(f->a, fuzz_fonts(), "fonts.xml")};
	const char *name = arena_copy(f->a, r->kind.p, r->kind.n);
	struct layout *l = layout_open(&f->d, f->a, &f->t, name, (struct loc){0}, &lo);

	FUZZ_CHECK(l, "no layout %s", name);
	struct doc *doc = layout_bind(&f->d, f->a, l, r, NULL);
	FUZZ_CHECK(doc || diag_count(&f->d, SEVERITY_ERROR) > 0, "no doc and no message");
	if (!doc)
		return;
	const char *bad = doc_check(doc);
	FUZZ_CHECK(!bad, "%s", bad);
	doc_dump(doc, &f->t, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz f;
	struct buf out = {0};

	fuzz_open(&f);
	uint32_t src = fuzz_source(&f, "fuzz.xml", decoded(&f, (struct str){(const char *)data, n}));
	struct record *r = record_open(&f.d, f.a, &f.t, src, file_join(f.a, fuzz_home(), "records/schema"));
	FUZZ_CHECK(r || diag_count(&f.d, SEVERITY_ERROR) > 0, "refused without a message");
	if (r) {
		record_dump(r, &out);
		bind(&f, r, &out);
	}
	fuzz_close(&f);
	buf_free(&out);
	return 0;
}
