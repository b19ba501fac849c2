/* fuzz_pdfin: PDFs read back. The input is a whole PDF when it begins with "%PDF"; else parts with FUZZ_MARKER between that are put
 * into one with right offsets: a page's content, a font's ToUnicode, entries of the catalog (object 8 is an attached file, 9 its
 * stream), entries of that stream, XMP. Promises: what is refused has a message; a file compared with itself is the same, or has one;
 * names called safe lead nowhere else. */
#include "base/buf.h"
#include "fuzz/fuzz.h"
#include "pdfin/pdfin.h"

enum { OBJECTS = 10 };

struct making {
	struct buf out;
	size_t at[OBJECTS];
};

static void put_object(struct making *m, int number, const char *before, struct str body, const char *after)
{
	m->at[number] = m->out.n;
	buf_printf(&m->out, "%d 0 obj\n<<%s", number, before);
	buf_str(&m->out, body);
	buf_printf(&m->out, "%s>>\n", after);
}

static void put_stream(struct making *m, int number, struct str dict, struct str bytes)
{
	char length[40];
	snprintf(length, sizeof length, "/Length %zu", bytes.n);
	put_object(m, number, length, dict, "");
	buf_puts(&m->out, "stream\n");
	buf_str(&m->out, bytes);
	buf_puts(&m->out, "\nendstream\nendobj\n");
}

static void put_dict(struct making *m, int number, const char *before, struct str body, const char *after)
{
	put_object(m, number, before, body, after);
	buf_puts(&m->out, "endobj\n");
}

static void assemble(struct making *m, struct str rest)
{
	struct str content = fuzz_part(&rest), cmap = fuzz_part(&rest), catalog = fuzz_part(&rest), dict = fuzz_part(&rest);

	buf_puts(&m->out, "%PDF-1.7\n");
	put_dict(m, 1, "/Type/Catalog/Pages 2 0 R/Metadata 7 0 R", catalog, "");
	put_dict(m, 2, "/Type/Pages/Count 1/Kids[3 0 R]", STR(""), "");
	put_dict(m, 3, "/Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>", STR(""), "");
	put_stream(m, 4, STR(""), content);
	put_dict(m, 5, "/Type/Font/Subtype/Type0/ToUnicode 6 0 R", STR(""), "");
	put_stream(m, 6, STR(""), cmap);
	put_stream(m, 7, STR("/Type/Metadata/Subtype/XML"), rest);
	put_dict(m, 8, "/Type/Filespec/F(a/b.xml)/UF(a/b.xml)/EF<</F 9 0 R>>", STR(""), "");
	put_stream(m, 9, dict, STR("<record/>"));
	size_t start = m->out.n;
	buf_printf(&m->out, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS);
	for (int i = 1; i < OBJECTS; i++)
		buf_printf(&m->out, "%010zu 00000 n \n", m->at[i]);
	buf_printf(&m->out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", OBJECTS, start);
}

static void check_names(struct pdfin *p)
{
	const struct pdfin_file *files;
	size_t n;

	pdfin_files(p, &files, &n);
	for (size_t i = 0; i < n; i++)
		if (pdfin_name_is_safe(files[i].name))
			FUZZ_CHECK(files[i].name.p[0] != '/' && str_find(files[i].name, STR("..")) == SIZE_MAX &&
					   !memchr(files[i].name.p, '\0', files[i].name.n),
				   "a name that leads elsewhere is called safe");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz f;
	struct making m = {0};
	struct str bytes = {(const char *)data, n};

	fuzz_open(&f);
	if (!str_starts(bytes, STR("%PDF"))) {
		assemble(&m, bytes);
		bytes = buf_view(&m.out);
	}
	struct pdfin *p = pdfin_open(&f.d, f.a, "fuzz.pdf", bytes), *again = p ? pdfin_open(&f.d, f.a, "fuzz.pdf", bytes) : NULL;
	FUZZ_CHECK(p || f.d.n > 0, "a file refused without a message");
	if (again) {
		check_names(p);
		pdfin_profile(p);
		pdfin_date(p);
		size_t said = f.d.n;
		FUZZ_CHECK(pdfin_compare(p, again) == PDFIN_SAME || f.d.n > said, "a file differs from itself without a message");
	}
	fuzz_close(&f);
	buf_free(&m.out);
	return 0;
}
