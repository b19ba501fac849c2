/* fuzz_layout: layout.xml, templates.xsl and a record, with FUZZ_MARKER between (the last two may be wanting): a layout is opened,
 * checked, bound to the record, and what comes out goes through flow and every back-end. */
#include "base/file.h"
#include "fuzz/through.h"
#include "layout/layout.h"

static const char record_xml[] =
	"<record kind=\"monthly-plan\" version=\"1\"><title>示例市二月份工作计划</title><body><section number=\"一、\">"
	"<heading>一月份工作情况</heading><p>今年1月，示例市（含3个区）完成了甲、乙、丙三项。</p></section></body></record>";

static struct record *open_record(struct fuzz *f, struct str bytes)
{
	struct str fixed = {record_xml, sizeof record_xml - 1};
	uint32_t src = fuzz_source(f, "fuzz.xml", bytes.n ? bytes : fixed);
	struct xml_doc *xml = xml_parse(&f->d, f->a, src, &xml_default_limits);
	struct record *r = ARENA_NEW(f->a, struct record);

	if (!xml)
		return NULL;
	/* Without its schema: templates must do with any tree. */
	*r = (struct record){.xml = xml, .root = xml_root(xml), .kind = xml_value(xml_root(xml), "kind"), .lang = STR("zh-Hans"),
	                     .source = src, .sources = &f->t};
	return r;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz f;
	struct str rest = {(const char *)data, n};
	struct buf out = {0};

	fuzz_open(&f);
	struct str layout = fuzz_part(&rest), templates = fuzz_part(&rest);
	struct record *record = open_record(&f, fuzz_part(&rest));
	const char *path = fuzz_write(&f, "layout.xml", layout);
	fuzz_write(&f, "templates.xsl", templates.n ? templates : STR("<x/>"));
	struct layout_options lo = {.home = fuzz_home(), .fonts = file_join(f.a, fuzz_fonts(), "fonts.xml")};
	size_t errors = diag_count(&f.d, SEVERITY_ERROR);
	struct layout *l = layout_open(&f.d, f.a, &f.t, file_dir(f.a, path), (struct loc){0}, &lo);
	FUZZ_CHECK(l || diag_count(&f.d, SEVERITY_ERROR) > errors, "refused without a message");
	if (l) {
		layout_dump(l, &f.t, &out);
		layout_check(&f.d, l);
		errors = diag_count(&f.d, SEVERITY_ERROR);
	}
	struct doc *doc = l && record ? layout_bind(&f.d, f.a, l, record, NULL) : NULL;
	if (doc) {
		const char *bad = doc_check(doc);
		FUZZ_CHECK(!bad, "%s", bad);
		doc_dump(doc, &f.t, &out);
		through_all(&f, doc);
	}
	buf_free(&out);
	fuzz_close(&f);
	return 0;
}
