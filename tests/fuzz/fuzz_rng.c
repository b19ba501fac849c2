/* fuzz_rng: a grammar and a record with FUZZ_MARKER between (without it: the record of the first kind's schema), through the door of
 * schemas: libxml2 says yes or no, the walker says why. Promises: a grammar that is refused has a message, "no" has one, "yes" none.
 * The grammar's own words and files are as the schemas of records/schema have them: it stands alone, includes are not found. */
#include "base/file.h"
#include "fuzz/fuzz.h"
#include "xml/xml.h"

static struct xml_doc *parse(struct fuzz *f, struct str bytes)
{
	return xml_parse(&f->d, f->a, fuzz_source(f, "fuzz.xml", bytes), &xml_default_limits);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz f;
	struct str rest = {(const char *)data, n};

	fuzz_open(&f);
	const char *path = fuzz_write(&f, "fuzz.rng", fuzz_part(&rest));
	struct xml_schema *schema = xml_schema_open(&f.d, f.a, path);
	FUZZ_CHECK(schema || f.d.n > 0, "a grammar refused without a message");
	struct xml_doc *doc = schema ? parse(&f, fuzz_part(&rest)) : NULL;
	if (doc) {
		size_t said = f.d.n;
		bool valid = xml_validate(&f.d, schema, doc, "fuzz");
		FUZZ_CHECK(valid == (f.d.n == said), valid ? "valid, and a message" : "not valid, and no message");
	}
	fuzz_close(&f);
	return 0;
}
