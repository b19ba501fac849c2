/* A source table, an arena and messages for the tests of xml/. */
#ifndef TESTS_UNIT_XML_FIXTURE_H
#define TESTS_UNIT_XML_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "xml/xml.h"

struct fixture {
	struct arena *a;
	struct source_table t;
	struct diag_list d;
};

static inline void fixture_open(struct fixture *f)
{
	f->a = arena_new();
	source_open(&f->t, f->a);
	diag_open(&f->d, f->a, &f->t);
}

static inline void fixture_close(struct fixture *f)
{
	arena_close(f->a);
}

static inline struct xml_doc *fixture_parse_n(struct fixture *f, const char *bytes, size_t n)
{
	uint32_t src = source_add(&f->t, STR("a.xml"), (struct str){bytes, n});

	return xml_parse(&f->d, f->a, src, NULL);
}

static inline struct xml_doc *fixture_parse(struct fixture *f, const char *text)
{
	return fixture_parse_n(f, text, strlen(text));
}

static inline void fixture_show(struct fixture *f)
{
	struct buf out = {NULL, 0, 0};

	diag_text(&f->d, 0, LANG_EN, &out);
	print_message("%.*s", (int)out.n, out.p ? out.p : "");
	buf_free(&out);
}

/* The first message is this code at this place, and there are n in all. */
#define expect_message(f, want_code, want_line, want_column, want_n) \
	do { \
		struct place at_ = {.line = 0}; \
		if ((f)->d.n != (want_n)) \
			fixture_show(f); \
		assert_int_equal((f)->d.n, (want_n)); \
		assert_string_equal(diag_word((f)->d.list[0].code), diag_word(want_code)); \
		source_place(&(f)->t, (f)->d.list[0].loc, &at_); \
		assert_int_equal(at_.line, (want_line)); \
		assert_int_equal(at_.column, (want_column)); \
	} while (0)

#define expect_clean(f) \
	do { \
		if ((f)->d.n) \
			fixture_show(f); \
		assert_int_equal((f)->d.n, 0); \
	} while (0)

#define expect_loc(f, where, want_line, want_column) \
	do { \
		struct place at_ = {.line = 0}; \
		source_place(&(f)->t, (where), &at_); \
		assert_int_equal(at_.line, (want_line)); \
		assert_int_equal(at_.column, (want_column)); \
	} while (0)

#define expect_str(got, want) \
	do { \
		struct str got_ = (got); \
		char *copy_ = strndup(got_.n ? got_.p : "", got_.n); \
		assert_string_equal(copy_, (want)); \
		free(copy_); \
	} while (0)

#endif
