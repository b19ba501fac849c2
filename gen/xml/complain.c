/* complain: the common part of all complaints: words in both languages, names, proposals, counting. See complain.h.
 * Takes: pieces of a sentence, leaves of the grammar. Gives: arguments of messages; one message for each cause: a cause
 * that comes again is counted and its second place named. */
#include "xml/complain.h"

#include "xml/rng.h"
#include "xml/wall.h"

enum { NAMES_MAX = 12, DOC_CHARS = 60 };
enum { FAULTS_MAX = 2000 }; /* behind so many, faults are only counted */

/* No blank behind a wide bracket. */
void words_put(struct words *x, const char *zh, const char *en)
{
	buf_puts(&x->b[LANG_ZH], zh + (*zh == ' ' && str_ends(buf_view(&x->b[LANG_ZH]), STR("）"))));
	buf_puts(&x->b[LANG_EN], en);
}

void words_both(struct words *x, struct str s)
{
	buf_str(&x->b[LANG_ZH], s);
	buf_str(&x->b[LANG_EN], s);
}

const char *words_end(struct words *x)
{
	struct buf *zh = &x->b[LANG_ZH], *en = &x->b[LANG_EN];
	const char *text = arena_printf(x->w->d->arena, DIAG_TWO("%.*s", "%.*s"), (int)zh->n, zh->p ? zh->p : "", (int)en->n,
					en->p ? en->p : "");

	buf_free(zh);
	buf_free(en);
	return text;
}

/* ---- names ---- */

struct str words_cut(struct str s, size_t chars)
{
	size_t at = 0;

	while (at < s.n && chars--)
		utf8_next(s, &at);
	return str_sub(s, 0, at);
}

void words_tag(struct words *x, struct str name)
{
	words_put(x, "<", "<");
	words_both(x, words_cut(name, NAME_CHARS));
	words_put(x, ">", ">");
}

/* Names that leaves bear, each with the first leaf that does. */
static void gather_class(struct walker *w, const struct name_class *c, struct map *names, const struct leaf *leaf)
{
	struct str name = c->kind == NAME_ONE ? c->name : STR("*");

	for (const struct name_class *one = c->kind == NAME_CHOICE ? c->first : NULL; one; one = one->next)
		gather_class(w, one, names, leaf);
	if (c->kind == NAME_CHOICE)
		return;
	if (c->kind == NAME_ONE && str_is(c->ns, XML_NS))
		name = str_of(arena_printf(w->own, "xml:%.*s", STR_ARG(c->name)));
	if (!map_get(names, name))
		map_set(names, name, (void *)leaf);
}

static struct map gather(struct walker *w, const struct leaf_set *s)
{
	struct map names;

	map_open(&names, w->own);
	for (uint32_t i = 0; i < s->n; i++)
		gather_class(w, s->list[i]->names, &names, s->list[i]);
	return names;
}

/* ---- documentation ---- */

/* The first sentence. */
static struct str sentence(struct str doc, enum diag_lang lang)
{
	size_t end = SIZE_MAX;

	if (lang == LANG_ZH)
		end = str_find(doc, STR("。"));
	for (size_t i = 0; lang == LANG_EN && i + 2 < doc.n && end == SIZE_MAX; i++)
		if (doc.p[i] == '.' && doc.p[i + 1] == ' ' && doc.p[i + 2] >= 'A' && doc.p[i + 2] <= 'Z')
			end = i;
	if (end != SIZE_MAX)
		doc = str_sub(doc, 0, end);
	while (doc.n && doc.p[doc.n - 1] == '.')
		doc.n--;
	return doc;
}

/* Of that what stands before the first mark or bracket. */
static struct str clause(struct str doc, enum diag_lang lang)
{
	static const uint32_t marks[] = {',', ';', ':', '(', 0xFF0C, 0xFF1B, 0xFF1A, 0xFF08};

	doc = sentence(doc, lang);
	for (size_t at = 0; at < doc.n;) {
		size_t from = at;
		uint32_t cp = utf8_next(doc, &at);

		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
			if (cp == marks[i] && from)
				return str_trim(str_sub(doc, 0, from));
	}
	return doc;
}

/* Inside of a sentence: without the capital it begins with. */
static void put_doc(struct words *x, enum diag_lang lang, struct str doc)
{
	struct str s = words_cut(doc, lang == LANG_EN ? 2 * DOC_CHARS : DOC_CHARS);
	bool capital = s.n > 1 && s.p[0] >= 'A' && s.p[0] <= 'Z' && !(s.p[1] >= 'A' && s.p[1] <= 'Z');

	if (capital)
		buf_char(&x->b[lang], (char)(s.p[0] | 32));
	buf_str(&x->b[lang], str_sub(s, capital, s.n));
	buf_puts(&x->b[lang], s.n == doc.n ? "" : lang == LANG_ZH ? "……" : "...");
}

void words_doc(struct words *x, const struct leaf *leaf, const char *zh, const char *en)
{
	for (int lang = 0; lang < 2; lang++) {
		if (!leaf->doc[lang].n)
			continue;
		buf_puts(&x->b[lang], lang == LANG_ZH ? zh : en);
		put_doc(x, lang, sentence(leaf->doc[lang], lang));
	}
}

void words_wanted(struct words *x, const struct leaf_set *s)
{
	if (s->n == 1)
		words_names(x, s, WORDS_OR);
	else
		words_explained(x, s, WORDS_OR);
}

void words_doc_of(struct words *x, const struct leaf_set *s)
{
	if (s->n == 1)
		words_doc(x, s->list[0], "：", ": ");
}

static void put_clause(struct words *x, const struct leaf *leaf)
{
	for (int lang = 0; lang < 2; lang++) {
		if (!leaf->doc[lang].n)
			continue;
		buf_puts(&x->b[lang], lang == LANG_ZH ? "（" : " (");
		put_doc(x, lang, clause(leaf->doc[lang], lang));
		buf_puts(&x->b[lang], lang == LANG_ZH ? "）" : ")");
	}
}

/* ---- lists ---- */

static void put_list(struct words *x, const struct map *names, const char *or_zh, const char *or_en, bool explained)
{
	size_t n = names->n < NAMES_MAX ? names->n : NAMES_MAX;

	for (size_t i = 0; i < n; i++) {
		const struct leaf *leaf = names->entries[i].value;
		bool last = i + 1 == n && n == names->n && or_zh;

		if (i)
			words_put(x, last ? or_zh : "、", last ? or_en : ", ");
		if (leaf->attribute)
			words_both(x, names->entries[i].key);
		else
			words_tag(x, names->entries[i].key);
		if (explained)
			put_clause(x, leaf);
	}
	if (n < names->n)
		words_put(x, " 等", ", ...");
}

void words_names(struct words *x, const struct leaf_set *s, const char *or_zh, const char *or_en)
{
	struct map names = gather(x->w, s);

	put_list(x, &names, or_zh, or_en, false);
}

void words_explained(struct words *x, const struct leaf_set *s, const char *or_zh, const char *or_en)
{
	struct map names = gather(x->w, s);

	put_list(x, &names, or_zh, or_en, true);
}

/* ---- proposals ---- */

static bool same_letters(struct str a, struct str b)
{
	return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

struct str complain_near(const struct map *names, struct str want)
{
	struct str best = {"", 0};
	int least = 3;

	for (size_t i = 0; i < names->n; i++) {
		struct str name = names->entries[i].key;
		int distance = same_letters(want, name) ? 0 : str_distance(want, name, least - 1);

		if (distance < least && is_near(want, distance)) {
			least = distance;
			best = name;
		}
	}
	return best;
}

struct str complain_nearest(struct walker *w, struct pattern *p, struct str name)
{
	struct map names;
	struct str near;

	if (w->faults > FAULTS_MAX)
		return STR("");
	names = gather(w, pattern_nexts(w->g, p));
	near = complain_near(&names, name);

	if (near.n)
		return near;
	map_open(&names, w->own);
	for (size_t i = 0; i < w->g->n_leaves; i++)
		if (!w->g->leaves[i]->attribute)
			gather_class(w, w->g->leaves[i]->names, &names, w->g->leaves[i]);
	return complain_near(&names, name);
}

struct str complain_nearest_attribute(struct walker *w, const struct leaf_set *free, struct str name)
{
	struct map names = gather(w, free);

	return complain_near(&names, name);
}

/* ---- telling ---- */

const char *complain_name(struct walker *w, struct str name)
{
	name = words_cut(name, NAME_CHARS);
	return arena_copy(w->d->arena, name.p, name.n);
}

/* One message for a code and its words; more of the same are counted. key: how many of the args make a cause. */
void complain_tell(struct walker *w, enum diag_code code, struct loc loc, size_t length, int key, const char *const args[3])
{
	struct buf cause = {NULL, 0, 0};
	uintptr_t found;
	struct diag *m;

	for (int i = 0; i < key; i++)
		buf_put(&cause, args[i], strlen(args[i]) + 1);
	buf_char(&cause, (char)code);
	found = (uintptr_t)map_get(&w->causes, buf_view(&cause));
	if (found) {
		m = &w->d->list[found - 1];
		if (!m->repeats++)
			m->other = loc;
	} else {
		m = diag_add(w->d, code, loc, args[0], args[1], args[2], NULL);
		m->length = (uint32_t)length;
		w->told++;
		map_set(&w->causes, buf_view(&cause), (void *)(uintptr_t)w->d->n);
	}
	buf_free(&cause);
}

bool complain_begin(struct walker *w, struct words *x, struct loc loc)
{
	*x = (struct words){.w = w};
	w->faults++;
	if (w->hush)
		return false;
	if (w->told < WALK_MESSAGES && w->faults <= FAULTS_MAX)
		return true;
	if (!w->untold++)
		w->first_untold = loc;
	return false;
}

const char *complain_shown(struct walker *w, struct str text)
{
	struct str all = str_trim(text), s = words_cut(all, VALUE_CHARS);

	return arena_printf(w->d->arena, "%.*s%s", STR_ARG(s), s.n < all.n ? "..." : "");
}

struct loc complain_text_loc(struct walker *w, const struct xml_node *text)
{
	size_t at = 0;

	while (at < text->text.n && strchr(" \t\r\n", text->text.p[at]))
		at++;
	return xml_text_loc(w->d->sources, text, at);
}
