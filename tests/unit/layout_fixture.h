/* A home of its own for the tests of layout/: layouts/T/… and fonts/fonts.xml in a temporary folder, records without
 * a schema, and messages compared with code, file, line and column. */
#ifndef TESTS_UNIT_LAYOUT_FIXTURE_H
#define TESTS_UNIT_LAYOUT_FIXTURE_H

#include <unistd.h>
#include <sys/stat.h>

#include "base/file.h"
#include "layout/decl.h"
#include "unit/xml_fixture.h"

#define XSL_HEAD \
	"<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns='urn:genpdf:layout'" \
	" xmlns:f='urn:genpdf:functions' exclude-result-prefixes='f'>\n"
/* Templates whose result is one section holding `content`. */
#define XSL_SECTION(content) \
	XSL_HEAD "<xsl:template match='/record'><document><section>\n" content \
		 "\n</section></document></xsl:template></xsl:stylesheet>"
#define LAYOUT_HEAD "<layout xmlns='urn:genpdf:layout'>\n"
/* Declarations around `more`: a page without grid, a face, a wrap; no style. */
#define LAYOUT(more) \
	LAYOUT_HEAD "<page name='body'/><face name='f' role='song'/><wrap name='w'/>\n" more "\n</layout>"

static const char fixture_fonts[] =
	"<fonts xmlns='urn:genpdf:fonts'><path dir='.'/>\n"
	"<family id='a' file='a.otf'/><family id='b' file='b.otf' index='2' scale='1.5' licensed='yes'/>\n"
	"<family id='c' file='c.otf'/>\n"
	"<role name='song' lang='zh-Hans'><use family='a'/><use family='b'/></role>\n"
	"<role name='song' lang='zh-Hant'><use family='b'/></role>\n"
	"<role name='latin'><use family='c'/></role>\n"
	"<role name='rare'><use family='c'/><use family='a'/></role></fonts>";

struct home {
	struct fixture x;
	char dir[64];
	struct layout_options options;
	struct layout *layout;
};

static inline const char *home_path(struct home *h, const char *name)
{
	return file_join(h->x.a, h->dir, name);
}

/* Write a file of the home, making its folders. */
static inline void home_write(struct home *h, const char *name, const char *text)
{
	char *path = arena_copy(h->x.a, home_path(h, name), strlen(home_path(h, name)));

	for (char *slash = path + strlen(h->dir) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = 0;
		mkdir(path, 0700);
		*slash = '/';
	}
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

static inline void home_open(struct home *h)
{
	const char *tmp = getenv("TMPDIR");

	*h = (struct home){.layout = NULL};
	fixture_open(&h->x);
	snprintf(h->dir, sizeof h->dir, "%s/genpdf-XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	assert_non_null(mkdtemp(h->dir));
	h->options = (struct layout_options){.home = h->dir};
	home_write(h, "fonts/fonts.xml", fixture_fonts);
	home_write(h, "fonts/a.otf", "");
	unsetenv("GENPDF_FONTS");
}

static inline void home_close(struct home *h)
{
	const char *rm = arena_printf(h->x.a, "rm -rf '%s'", h->dir);

	assert_int_equal(system(rm), 0);
	fixture_close(&h->x);
}

/* Forget messages and everything opened; the files stay. */
static inline void home_again(struct home *h)
{
	h->x.d.n = 0;
	h->layout = NULL;
}

static inline struct layout *home_layout(struct home *h, const char *name)
{
	h->layout = layout_open(&h->x.d, h->x.a, &h->x.t, name, (struct loc){0}, &h->options);
	return h->layout;
}

/* Open layout t made of this layout.xml. */
static inline struct layout *home_declare(struct home *h, const char *layout_xml)
{
	home_write(h, "layouts/t/layout.xml", layout_xml);
	return home_layout(h, "t");
}

/* The declarations resolved; false after messages. */
static inline bool home_resolve(struct home *h, const char *layout_xml, const char *lang, struct resolved *out)
{
	struct layout *l = home_declare(h, layout_xml);

	return l && style_resolve(&h->x.d, h->x.a, l, str_of(lang), out);
}

static inline struct record home_record(struct home *h, const char *record_xml)
{
	uint32_t src = source_add(&h->x.t, STR("r.xml"), str_of(record_xml));
	struct xml_doc *xml = xml_parse(&h->x.d, h->x.a, src, NULL);

	assert_non_null(xml);
	return (struct record){
		.xml = xml, .root = xml_root(xml), .kind = xml_value(xml_root(xml), "kind"), .lang = STR("zh-Hans"),
		.source = src, .sources = &h->x.t,
	};
}

/* Bind a record to layout t of these declarations and templates. NULL after messages. */
static inline struct doc *home_bind(struct home *h, const char *layout_xml, const char *templates, const char *record_xml)
{
	home_write(h, "layouts/t/t.xsl", templates);
	struct layout *l = home_declare(h, layout_xml);
	struct record record = home_record(h, record_xml);

	if (!l)
		return NULL;
	struct doc *doc = layout_bind(&h->x.d, h->x.a, l, &record, NULL);
	if (doc)
		assert_null(doc_check(doc));
	return doc;
}

/* Message number i is `word` at "folder/file:line:col" (or "file:line:col"). */
static inline void expect_at(struct home *h, size_t i, const char *word, const char *where)
{
	struct place p = {.line = 0};

	if (i >= h->x.d.n || strcmp(diag_word(h->x.d.list[i].code), word))
		fixture_show(&h->x);
	assert_true(i < h->x.d.n);
	assert_string_equal(diag_word(h->x.d.list[i].code), word);
	bool placed = source_place(&h->x.t, h->x.d.list[i].loc, &p);
	const char *got = placed ? arena_printf(h->x.a, "%.*s:%zu:%zu", STR_ARG(p.name), p.line, p.column) : "";
	const char *tail = strlen(got) > strlen(where) ? got + strlen(got) - strlen(where) : got;
	assert_string_equal(tail, where);
}

/* There is one message, this one. */
static inline void expect_one(struct home *h, const char *word, const char *where)
{
	if (h->x.d.n != 1)
		fixture_show(&h->x);
	assert_int_equal(h->x.d.n, 1);
	expect_at(h, 0, word, where);
}

/* Message number i says these words (English). */
static inline void expect_says(struct home *h, size_t i, const char *words)
{
	struct buf b = {0};

	assert_true(i < h->x.d.n);
	diag_sentence(&h->x.d.list[i], LANG_EN, &b);
	buf_char(&b, 0);
	if (!strstr(b.p, words))
		print_message("%s\n", b.p);
	assert_non_null(strstr(b.p, words));
	buf_free(&b);
}

static inline void expect_other(struct home *h, size_t i, const char *where)
{
	struct place p = {.line = 0};

	assert_true(source_place(&h->x.t, h->x.d.list[i].other, &p));
	const char *got = arena_printf(h->x.a, "%.*s:%zu:%zu", STR_ARG(p.name), p.line, p.column);
	assert_true(strlen(got) >= strlen(where));
	assert_string_equal(got + strlen(got) - strlen(where), where);
}

static inline const struct style *style_of(const struct resolved *r, const char *name)
{
	const struct style *s = map_get(&r->styles, str_of(name));

	assert_non_null(s);
	return s;
}

static inline int home_setup(void **state)
{
	static struct home h;

	home_open(&h);
	*state = &h;
	return 0;
}

static inline int home_teardown(void **state)
{
	home_close(*state);
	return 0;
}

#define HOME_TEST(fn) cmocka_unit_test_setup_teardown(fn, home_setup, home_teardown)

#endif
