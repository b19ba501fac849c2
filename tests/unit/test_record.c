/* record: kinds, roots, languages. That the schema is obeyed is the business of xml's tests and of cases/records.sh. */
#include "base/file.h"
#include "record/record.h"
#include "unit/xml_fixture.h"

#define RECORD(attributes) \
	"<record " attributes ">\n<title>标题</title><body><section number='一、'><heading>甲</heading>" \
	"<item number='1.'><p>乙</p></item></section></body></record>"
#define PLAN "kind='monthly-plan' version='1' "

static struct record *open_record(struct fixture *f, const char *text)
{
	uint32_t src = source_add(&f->t, STR("a.xml"), str_of(text));

	f->d.n = 0;
	return record_open(&f->d, f->a, &f->t, src, "records/schema");
}

static void test_good(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f);
	struct record *r = open_record(&f, RECORD(PLAN "xml:lang='zh-Hant-HK'"));
	expect_clean(&f);
	assert_non_null(r);
	expect_str(r->kind, "monthly-plan");
	expect_str(r->lang, "zh-Hant-HK");
	expect_str(r->root->name, "record");
	fixture_close(&f);
}

static void says(struct fixture *f, enum diag_lang lang, const char *want)
{
	struct buf b = {0};

	diag_sentence(&f->d.list[0], lang, &b);
	buf_char(&b, 0);
	assert_memory_equal(b.p, want, strlen(want)); /* and then all the kinds there are */
	buf_free(&b);
}

static void test_kinds(void **state)
{
	struct fixture f;
	static const char *const bad[] = {"core", "../monthly-plan", "/etc/passwd", "Monthly-Plan", "-x", "", "a b", "月度计划",
					  "monthly-plan.rng", "monthly-plan/"};

	(void)state;
	fixture_open(&f);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_null(open_record(&f, arena_printf(f.a, RECORD("version='1' xml:lang='zh-Hans' kind='%s'"), bad[i])));
		expect_message(&f, DIAG_RECORD_KIND, 1, 46, 1);
	}
	assert_null(open_record(&f, RECORD("kind='montly-plan'")));
	says(&f, LANG_EN, "unknown kind \"montly-plan\", did you mean monthly-plan? There are: bulletin ");
	says(&f, LANG_ZH, "未知文种“montly-plan”，是否应为 monthly-plan？可用：bulletin ");
	assert_null(open_record(&f, RECORD("version='1' xml:lang='zh-Hans'")));
	expect_message(&f, DIAG_RECORD_MISSING, 1, 1, 1);
	fixture_close(&f);
}

static void test_roots(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f);
	assert_null(open_record(&f, "<!-- a -->\n<layout/>"));
	expect_message(&f, DIAG_RECORD_ROOT, 2, 1, 1);
	assert_null(open_record(&f, "<record xmlns='urn:x' kind='monthly-plan'/>"));
	expect_message(&f, DIAG_RECORD_ROOT, 1, 1, 1);
	assert_null(open_record(&f, "no xml"));
	assert_int_equal(f.d.n, 1);
	fixture_close(&f);
}

static void test_invalid(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f);
	assert_null(open_record(&f, RECORD(PLAN "xml:lang='zh-CN'")));
	assert_true(f.d.n > 0);
	assert_null(open_record(&f, "<record kind='monthly-plan' version='1' xml:lang='zh-Hans'><titel/></record>"));
	assert_string_equal(diag_word(f.d.list[0].code), "record-element");
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_roots),
		cmocka_unit_test(test_invalid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
