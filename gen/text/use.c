/* use: which fonts a document takes, and for what: what `genpdf fonts RECORD` tells.
 * Takes: notes of pick.c while text is shaped, counts of what stands on the pages. Gives: a list for people. */
#include "text/font.h"

/* A face has taken a font. */
struct taken {
	struct taken *next;
	const struct face *face;
	const struct font *font;
};

struct missing {
	struct missing *next;
	const struct face *face;
	uint32_t cp;
	struct loc loc;
	bool told;
};

struct font_notes {
	struct taken *taken;
	struct missing *missing, **tail;
	struct map places; /* "cp source offset": a paragraph may be shaped more than once */
};

void font_set_note(struct font_set *s)
{
	struct font_notes *n = ARENA_NEW(s->arena, struct font_notes);
	n->tail = &n->missing;
	map_open(&n->places, s->arena);
	s->notes = n;
}

void use_taken(struct font_set *s, const struct face *face, const struct font *font)
{
	for (const struct taken *t = s->notes->taken; t; t = t->next)
		if (t->face == face && t->font == font)
			return;
	struct taken *t = ARENA_NEW(s->arena, struct taken);
	*t = (struct taken){s->notes->taken, face, font};
	s->notes->taken = t;
}

void use_missing(struct font_set *s, const struct face *face, uint32_t cp, struct loc loc)
{
	struct font_notes *n = s->notes;
	struct str key = str_of(arena_printf(s->arena, "%u %u %u", (unsigned)cp, (unsigned)loc.source, (unsigned)loc.off));
	if (map_set(&n->places, key, n))
		return;
	struct missing *m = ARENA_NEW(s->arena, struct missing);
	*m = (struct missing){NULL, face, cp, loc, false};
	*n->tail = m;
	n->tail = &m->next;
}

void font_count(struct font *f, size_t characters)
{
	f->characters += characters;
}

/* ---- telling ---- */

struct telling {
	const struct font_set *s;
	const struct source_table *t;
	bool zh;
	struct buf *out;
};

static bool face_took(const struct font_set *s, const struct face *face, const struct family *family)
{
	for (const struct taken *t = s->notes->taken; t; t = t->next)
		if (t->face == face && (!family || (str_is(family->file, t->font->path) && family->index == t->font->index)))
			return true;
	return false;
}

static void tell_families(const struct telling *w, const struct face *face, const struct family_list *l, const char *head)
{
	if (l->n && *head)
		buf_printf(w->out, "  %s\n", head);
	for (int i = 0; i < l->n; i++)
		family_tell(l->list[i], face_took(w->s, face, l->list[i]) ? '*' : ' ', w->zh ? LANG_ZH : LANG_EN, w->out);
}

static void tell_face(const struct telling *w, const struct face *face)
{
	buf_printf(w->out, w->zh ? "字体 %.*s，角色 %.*s\n" : "face %.*s, role %.*s\n", STR_ARG(face->name), STR_ARG(face->role));
	tell_families(w, face, &face->han, "");
	tell_families(w, face, &face->latin, w->zh ? "西文：" : "Latin:");
	tell_families(w, face, &face->fallback, w->zh ? "缺字时：" : "for what they lack:");
}

static void tell_unused(const struct telling *w, const struct doc *doc)
{
	bool first = true;
	for (int i = 0; i < doc->n_faces; i++) {
		if (face_took(w->s, doc->faces[i], NULL))
			continue;
		buf_printf(w->out, "%s%.*s", first ? w->zh ? "没有用到的字体：" : "faces not used: " : w->zh ? "、" : ", ",
		           STR_ARG(doc->faces[i]->name));
		first = false;
	}
	if (!first)
		buf_char(w->out, '\n');
}

static void tell_counts(const struct telling *w)
{
	buf_puts(w->out, w->zh ? "字数\n" : "characters\n");
	for (size_t i = 0; i < w->s->fonts.n; i++) {
		struct font *f = w->s->fonts.entries[i].value;
		if (f->characters)
			buf_printf(w->out, "  %zu  %.*s  %s\n", f->characters, STR_ARG(font_info(f)->ps_name), f->path);
	}
}

/* All places of one character in one face. */
static void tell_places(const struct telling *w, struct missing *first)
{
	struct place at;
	buf_puts(w->out, "  ");
	buf_utf8(w->out, first->cp);
	buf_printf(w->out, " U+%04X %.*s", (unsigned)first->cp, STR_ARG(first->face->name));
	for (struct missing *m = first; m; m = m->next) {
		if (m->cp != first->cp || m->face != first->face || m->told)
			continue;
		m->told = true;
		if (source_place(w->t, m->loc, &at))
			buf_printf(w->out, " %.*s:%zu:%zu", STR_ARG(at.name), at.line, at.column);
	}
	buf_char(w->out, '\n');
}

static void tell_missing(const struct telling *w)
{
	buf_puts(w->out, w->zh ? "缺字" : "missing");
	if (!w->s->notes->missing)
		buf_puts(w->out, w->zh ? "：无" : ": nothing");
	buf_char(w->out, '\n');
	for (struct missing *m = w->s->notes->missing; m; m = m->next)
		m->told = false;
	for (struct missing *m = w->s->notes->missing; m; m = m->next)
		if (!m->told)
			tell_places(w, m);
}

void font_set_list(const struct font_set *s, const struct doc *doc, const struct source_table *t, enum diag_lang lang,
		   struct buf *out)
{
	const struct telling w = {s, t, lang == LANG_ZH, out};
	for (int i = 0; i < doc->n_faces; i++)
		if (face_took(s, doc->faces[i], NULL))
			tell_face(&w, doc->faces[i]);
	tell_unused(&w, doc);
	tell_counts(&w);
	tell_missing(&w);
}
