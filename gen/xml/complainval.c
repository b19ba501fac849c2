/* complainval: complaints about attributes and values. See walker.h.
 * Takes: an attribute or the text of an element and its pattern. Gives: a message with the values allowed, or the type
 * in words, or the attributes that there are. */
#include "xml/complain.h"

#include "xml/datatype.h"
#include "xml/rng.h"
#include "xml/wall.h"

/* ---- values ---- */

enum { ALTERNATIVES_MAX = 20 };

static uint32_t count(const struct pattern *p)
{
	return p->kind == PATTERN_CHOICE ? p->n : 1;
}

/* One of what p allows; choices hold no choices. */
static const struct pattern *alternative(const struct pattern *p, uint32_t i)
{
	return p->kind == PATTERN_CHOICE ? p->of[i] : p;
}

static bool has_values(const struct pattern *p)
{
	for (uint32_t i = 0; i < count(p); i++)
		if (alternative(p, i)->kind == PATTERN_VALUE)
			return true;
	return false;
}

static void put_alternative(struct words *x, const struct pattern *p)
{
	if (p->kind == PATTERN_VALUE) {
		words_both(x, p->value);
	} else if (p->kind == PATTERN_DATA) {
		datatype_words(p->type, LANG_ZH, &x->b[LANG_ZH]);
		datatype_words(p->type, LANG_EN, &x->b[LANG_EN]);
	} else if (p->kind == PATTERN_EMPTY) {
		words_put(x, "空", "nothing");
	} else {
		words_put(x, "用空格分开的几个值", "values with blanks between them");
	}
}

static void put_alternatives(struct words *x, const struct pattern *p)
{
	uint32_t n = count(p) < ALTERNATIVES_MAX ? count(p) : ALTERNATIVES_MAX;

	for (uint32_t i = 0; i < n; i++) {
		bool last = i > 0 && i + 1 == n && n == count(p);

		if (i)
			words_put(x, last ? " 或 " : "、", last ? " or " : ", ");
		else if (alternative(p, 0)->kind == PATTERN_VALUE)
			words_put(x, " ", "");
		put_alternative(x, alternative(p, i));
	}
	if (n < count(p))
		words_put(x, " 等", ", ...");
}

static const char *hint_of(const struct pattern *p, struct str value)
{
	const char *hint = p->kind == PATTERN_DATA ? datatype_hint(p->type, value) : NULL;

	for (uint32_t i = 0; p->kind == PATTERN_CHOICE && i < p->n && !hint; i++)
		hint = hint_of(p->of[i], value);
	return hint;
}

static void put_hint(struct words *x, const char *hint)
{
	const char *middle = strchr(hint + 1, '\x1f');

	buf_str(&x->b[LANG_ZH], (struct str){hint + 1, (size_t)(middle - hint - 1)});
	buf_puts(&x->b[LANG_EN], middle + 1);
	words_put(x, "；", "; ");
}

/* All of value's characters, in their order, with others between. */
static bool is_within(struct str value, struct str in)
{
	size_t at = 0;

	for (size_t i = 0; i < in.n && at < value.n; i++)
		at += in.p[i] == value.p[at];
	return value.n > 2 && at == value.n;
}

/* The only value that is this one with something left out: zh-TW, zh-Hant-TW. */
static struct str with_more(const struct pattern *p, struct str value)
{
	struct str found = {NULL, 0};

	for (uint32_t i = 0; i < count(p); i++) {
		if (alternative(p, i)->kind != PATTERN_VALUE || !is_within(value, alternative(p, i)->value))
			continue;
		if (found.n)
			return (struct str){NULL, 0};
		found = alternative(p, i)->value;
	}
	return found;
}

static void put_proposal(struct words *x, const struct pattern *p, struct str value)
{
	struct map values;
	struct str near;

	map_open(&values, x->w->own);
	for (uint32_t i = 0; i < count(p); i++)
		if (alternative(p, i)->kind == PATTERN_VALUE)
			map_set(&values, alternative(p, i)->value, &values);
	near = complain_near(&values, str_trim(value));
	if (!near.n)
		near = with_more(p, str_trim(value));
	if (!near.n)
		return;
	words_put(x, "是否应为 ", "did you mean ");
	words_both(x, near);
	words_put(x, "？", "? ");
}

/* leaf: whose value it is; NULL for the content of an element. */
static void put_wanted(struct words *x, const struct pattern *p, struct str value, const struct leaf *leaf)
{
	const char *hint = hint_of(p, value);

	if (hint)
		put_hint(x, hint);
	put_proposal(x, p, value);
	words_put(x, "应为", "it must be ");
	if (leaf && leaf->doc[0].n && count(p) > 1 && !has_values(p)) {
		words_doc(x, leaf, "", ""); /* it says more than a list of types */
		return;
	}
	put_alternatives(x, p);
	if (leaf)
		words_doc(x, leaf, "；说明：", "; meaning: ");
}

static void tell_value(struct walker *w, struct words *what, struct words *x, struct loc loc, struct str value)
{
	complain_tell(w, DIAG_RECORD_VALUE, loc, words_cut(str_trim(value), VALUE_CHARS).n, 3,
	     (const char *[]){words_end(what), complain_shown(w, value), words_end(x)});
}

/* Nothing but blanks, those of CJK text and the one that does not break included. */
static bool is_blank(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);

		if (!(c < 0x80 && strchr(" \t\r\n", (int)c)) && c != 0xA0 && c != 0x3000)
			return false;
	}
	return true;
}

/* Where its words would begin. */
static struct loc content_loc(struct walker *w, const struct xml_node *n)
{
	return n->first ? complain_text_loc(w, n->first) : raw_end_tag(w->d->sources, n);
}

/* An empty element whose words the page cannot do without. */
static void complain_empty(struct walker *w, const struct xml_node *n)
{
	struct words x;

	if (!complain_begin(w, &x, n->loc))
		return;
	words_put(&x, "文字，不能空着", "its text: it may not be empty");
	complain_tell(w, DIAG_RECORD_MISSING, n->loc, n->name.n + 1, 2, (const char *[]){complain_name(w, n->name), words_end(&x), NULL});
}

void complain_content(struct walker *w, const struct xml_node *n, struct pattern *p)
{
	struct str value = n->first ? n->first->text : STR("");
	struct words x, what = {.w = w};

	if (is_blank(value) && !has_values(p)) {
		complain_empty(w, n);
		return;
	}
	if (!complain_begin(w, &x, n->loc))
		return;
	words_tag(&what, n->name);
	words_put(&what, " 的内容", ": its content");
	put_wanted(&x, p, value, NULL);
	tell_value(w, &what, &x, content_loc(w, n), value);
}

void complain_value(struct walker *w, const struct xml_node *n, const struct xml_attr *at, const struct leaf *leaf)
{
	struct words x, what = {.w = w};

	if (!complain_begin(w, &x, at->value_loc))
		return;
	words_tag(&what, n->name);
	words_put(&what, " 的属性 ", ": its attribute ");
	words_both(&what, str_is(at->ns, XML_NS) ? STR("xml:") : STR(""));
	words_both(&what, words_cut(at->name, NAME_CHARS));
	put_wanted(&x, leaf->content, at->value, leaf);
	tell_value(w, &what, &x, at->value_loc, at->value);
}

/* ---- attributes ---- */

void complain_attribute(struct walker *w, const struct xml_node *n, const struct xml_attr *at, struct str near,
			const struct leaf_set *all)
{
	struct words x;

	if (!complain_begin(w, &x, at->loc))
		return;
	if (near.n) {
		words_put(&x, "，是否应为 ", ", did you mean ");
		words_both(&x, near);
		words_put(&x, "？", "?");
	} else if (all->n) {
		words_put(&x, "；它的属性有 ", "; its attributes are ");
		words_explained(&x, all, NULL, NULL);
	} else {
		words_put(&x, "；它没有任何属性", "; it has none at all");
	}
	complain_tell(w, DIAG_RECORD_ATTRIBUTE, at->loc, at->name.n, 2,
	     (const char *[]){complain_name(w, n->name), complain_name(w, at->name), words_end(&x)});
}

void complain_attributes_beside(struct walker *w, const struct xml_node *n, const struct xml_attr *at,
				const struct xml_attr *other)
{
	struct words x, what = {.w = w};

	if (!complain_begin(w, &x, at->loc))
		return;
	words_tag(&what, n->name);
	words_put(&what, " 的属性 ", ": its attribute ");
	words_both(&what, words_cut(at->name, NAME_CHARS));
	words_put(&x, "不能与属性 ", "not beside ");
	words_both(&x, words_cut(other->name, NAME_CHARS));
	words_put(&x, " 同用，留一个", "; keep one of the two");
	complain_tell(w, DIAG_RECORD_PLACE, at->loc, at->name.n, 2, (const char *[]){words_end(&what), words_end(&x), NULL});
}

void complain_no_attribute(struct walker *w, const struct xml_node *n, const struct leaf_set *s)
{
	struct words x;

	if (!complain_begin(w, &x, n->loc))
		return;
	words_put(&x, "属性 ", "the attribute ");
	words_names(&x, s, WORDS_OR);
	if (s->n == 1 && s->list[0]->names->kind == NAME_ONE)
		words_put(&x, "=\"…\"", "=\"...\"");
	words_doc_of(&x, s);
	complain_tell(w, DIAG_RECORD_MISSING, n->loc, n->name.n + 1, 2, (const char *[]){complain_name(w, n->name), words_end(&x), NULL});
}
