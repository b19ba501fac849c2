/* fuzz_import: a byte for kind and encoding, then a text -> record. Promises: nothing is lost (the importer proves it itself and
 * says [import-loss]); the record that comes out is well formed, its report UTF-8. */
#include "base/encoding.h"
#include "base/file.h"
#include "fuzz/fuzz.h"
#include "import/import.h"
#include "record/record.h"

static const char *const kinds[] = {NULL, "monthly-plan", "responsibility-table", "no-such-kind"};
static const char *const encodings[] = {NULL, "GB18030", "Big5", "UTF-16"};

static void check_result(struct fuzz *f, const struct import_result *r)
{
	uint32_t src = fuzz_source(f, "fuzz.txt.record.xml", buf_view(&r->record));

	FUZZ_CHECK(utf8_bad(buf_view(&r->report)) == SIZE_MAX, "a report that is not UTF-8");
	FUZZ_CHECK(xml_parse(&f->d, f->a, src, NULL), "the record is not well formed");
	record_open(&f->d, f->a, &f->t, src, file_join(f->a, fuzz_home(), "records/schema"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz f;
	struct choices c = {{(const char *)data, n}, 0};
	struct import_result r = {0};
	uint32_t how = choose_byte(&c);
	const char *encoding = encodings[how >> 2 & 3];
	struct str text = str_sub(c.bytes, c.at, n);
	struct encoded e;

	fuzz_open(&f);
	if (encoding && encoding_convert(f.a, text, str_of(encoding), &e))
		text = e.text;
	uint32_t src = fuzz_source(&f, "fuzz.txt", text);
	struct import_options o = {.kind = kinds[how & 3], .lang = how & 16 ? LANG_ZH : LANG_EN, .json = how & 32};
	bool good = import_text(&f.d, f.a, &f.t, src, &o, &r);
	FUZZ_CHECK(good || diag_count(&f.d, SEVERITY_ERROR) > 0, "refused without a message");
	for (size_t i = 0; i < f.d.n; i++)
		FUZZ_CHECK(f.d.list[i].code != DIAG_IMPORT_LOSS, "text was lost");
	if (good)
		check_result(&f, &r);
	import_result_free(&r);
	fuzz_close(&f);
	return 0;
}
