/* Faces over the tiny test fonts (tests/fonts/make.py), styles and inlines for the tests of text/. */
#ifndef TESTS_UNIT_TEXT_FIXTURE_H
#define TESTS_UNIT_TEXT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/file.h"
#include "text/text.h"

struct text_fixture {
	struct arena *a;
	struct source_table t;
	struct diag_list d;
	struct font_set *set;
	struct wrap_rules rules;
	struct inline_item *items, *last;
	struct shaped s;
};

static inline void text_open(struct text_fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->a = arena_new();
	source_open(&f->t, f->a);
	diag_open(&f->d, f->a, &f->t);
	f->set = font_set_new();
	f->rules = (struct wrap_rules){.prohibition = PROHIBIT_GB, .autospace = 250000};
}

static inline void text_close(struct text_fixture *f)
{
	font_set_close(f->set);
	arena_close(f->a);
}

/* Path of a file in build/FOLDER. */
static inline char *text_path(struct text_fixture *f, const char *folder, const char *file)
{
	const char *build = getenv("B");
	return arena_printf(f->a, "%s/%s/%s", build ? build : "build", folder, file);
}

static inline struct family *text_family(struct text_fixture *f, const char *path, int index)
{
	struct family *family = ARENA_NEW(f->a, struct family);
	const char *slash = strrchr(path, '/');
	family->file = str_of(path);
	family->id = family->name = str_of(slash ? slash + 1 : path);
	family->index = index;
	family->scale = 1000000;
	return family;
}

static inline void text_add_family(struct text_fixture *f, struct family_list *list, const struct family *family)
{
	const struct family **all = ARENA_ARRAY(f->a, (size_t)list->n + 1, const struct family *);
	for (int i = 0; i < list->n; i++)
		all[i] = list->list[i];
	all[list->n++] = family;
	list->list = all;
}

/* A face of tiny fonts; a letter each: "a" = tiny-a.otf, "b" = tiny-b.ttf, "c" = tiny-c.otf, "d" = tiny-d.otf, "-" = no file. */
static inline void text_add_tiny(struct text_fixture *f, struct family_list *list, const char *letters)
{
	for (; *letters; letters++) {
		const char *file = *letters == 'b' ? "tiny-b.ttf" : arena_printf(f->a, "tiny-%c.otf", *letters == '-' ? 'c' : *letters);
		struct family *family = text_family(f, text_path(f, "testfonts", file), 0);
		if (*letters == '-')
			family->file = (struct str){0};
		text_add_family(f, list, family);
	}
}

static inline struct face *text_face(struct text_fixture *f, const char *han, const char *latin, const char *fallback)
{
	struct face *face = ARENA_NEW(f->a, struct face);
	face->name = face->role = STR("fangsong");
	text_add_tiny(f, &face->han, han);
	text_add_tiny(f, &face->latin, latin);
	text_add_tiny(f, &face->fallback, fallback);
	return face;
}

/* 16 pt, the fixture's rules. */
static inline struct style *text_style(struct text_fixture *f, const struct face *face)
{
	struct style *style = ARENA_NEW(f->a, struct style);
	style->face = face;
	style->wrap = &f->rules;
	style->size = 16 * EMU_PT;
	style->pitch = 28 * EMU_PT;
	return style;
}

static inline struct inline_item *text_new_item(struct text_fixture *f, enum inline_kind kind,
						const struct style *style, const char *text)
{
	struct inline_item *i = ARENA_NEW(f->a, struct inline_item);
	i->kind = kind;
	i->style = style;
	i->text = str_of(text);
	return i;
}

/* Append to the fixture's paragraph. */
static inline struct inline_item *text_add(struct text_fixture *f, enum inline_kind kind, const struct style *style,
					   const char *text)
{
	struct inline_item *i = text_new_item(f, kind, style, text);
	if (f->last)
		f->last->next = i;
	else
		f->items = i;
	return f->last = i;
}

static inline void text_show(struct text_fixture *f)
{
	struct buf out = {NULL, 0, 0};
	diag_text(&f->d, 0, LANG_EN, &out);
	print_message("%.*s", (int)out.n, out.p ? out.p : "");
	buf_free(&out);
}

/* Shape the paragraph collected so far; it must go without a message when clean. */
static inline void text_run(struct text_fixture *f, bool clean)
{
	assert_true(text_shape(&f->d, f->a, f->set, f->items, &f->s));
	if (clean && f->d.n)
		text_show(f);
	if (clean)
		assert_int_equal(f->d.n, 0);
}

/* Shape one text in one style. */
static inline void text_of(struct text_fixture *f, const struct style *style, const char *text)
{
	f->items = f->last = NULL;
	text_add(f, INLINE_TEXT, style, text);
	text_run(f, true);
}

#endif
