/* unplaced: the texts of a record that reached no paragraph: a fault, unless they are under the layout's <omit>; and what else of a
 * record stands on no page, for those who publish the record with the PDF. See bind.h. */
#include "layout/bind.h"

/* True when the element ends the path `match`: names with "/" between, "*" for any. */
static bool path_ends(const struct xml_node *n, struct str match)
{
	while (match.n) {
		const char *slash = memrchr(match.p, '/', match.n);
		size_t from = slash ? (size_t)(slash - match.p) + 1 : 0;
		struct str name = str_sub(match, from, match.n);
		if (!n || (!str_is(name, "*") && !str_eq(n->name, name)))
			return false;
		n = n->parent;
		match.n = from ? from - 1 : 0;
	}
	return true;
}

static bool is_omitted(const struct binding *b, const struct xml_node *text)
{
	for (const struct xml_node *n = text->parent; n; n = n->parent)
		for (const struct decl *c = b->layout->decls; c; c = c->next)
			if (c->element == EL_OMIT && path_ends(n, c->name))
				return true;
	return false;
}

/* Elements of one name in one place of the record have one cause: nothing places them. */
static bool is_placed(const struct binding *b, const struct xml_node *in)
{
	for (const struct xml_node *n = in; n; n = xml_walk(in, n))
		if (n->kind == XML_TEXT && b->placed[n->number])
			return true;
	return false;
}

/* The largest element around a text of which nothing is placed: no template asks for it. */
static const char *whole_words(const struct binding *b, const struct xml_node *text)
{
	const struct xml_node *whole = text->parent;

	while (whole->parent && whole->parent->parent && !is_placed(b, whole->parent))
		whole = whole->parent;
	if (whole == text->parent)
		return "";
	return arena_printf(b->a, DIAG_TWO("；整个 <%.*s> 都没有排出，大概没有模板选到它", "; nothing of <%.*s> is placed: perhaps no template asks for it"),
			    STR_ARG(whole->name), STR_ARG(whole->name));
}

static void say_unplaced(const struct binding *b, const struct xml_node *text)
{
	const struct xml_node *in = text->parent, *around = in->parent;
	const char *cause = arena_printf(b->a, "%.*s/%.*s", around ? (int)around->name.n : 0, around ? around->name.p : "",
					 STR_ARG(in->name));

	const char *all = diag_has_said(b->d, cause, DIAG_RECORD_UNPLACED) ? "" : whole_words(b, text);
	diag_once_per(b->d, cause, DIAG_RECORD_UNPLACED, text_loc(b->d, text), excerpt(b->a, text->text), cs(b->a, in->name), all, NULL)
		->length = (uint32_t)str_trim(text->text).n;
}

/* Omitted texts of elements of one name are one cause too: the first is shown. */
static void say_omitted(const struct binding *b, const struct xml_node *text)
{
	const char *what = arena_printf(b->a, "<%.*s>", STR_ARG(text->parent->name));

	diag_once(b->d, DIAG_RECORD_ONLY, text_loc(b->d, text), what, excerpt(b->a, text->text), NULL)->length =
		(uint32_t)str_trim(text->text).n;
}

void bind_unplaced(const struct binding *b)
{
	for (const struct xml_node *n = b->record->root; n; n = xml_walk(b->record->root, n)) {
		if (n->kind != XML_TEXT || b->placed[n->number] || !str_trim(n->text).n)
			continue;
		if (!is_omitted(b, n))
			say_unplaced(b, n);
		else if (b->layout->published)
			say_omitted(b, n);
	}
}

/* ---- what is published though it is on no page ---- */

/* Attributes in words of people; figures, dates and names of choices say nothing that the pages do not. */
static bool has_words(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] >= 0x80)
			return true;
	return false;
}

enum { ATTRIBUTES_MAX = 2000 };

/* The result's texts, and what its document says in the PDF's metadata. */
static void put_known(const struct binding *b, const struct xml_node *result, struct buf *out)
{
	buf_str(out, xml_string(b->a, result));
	for (const struct xml_attr *at = result->attrs; at; at = at->next)
		buf_str(out, at->value);
}

static void say_attributes(const struct binding *b, const struct xml_node *result)
{
	struct buf known = {0};
	int asked = 0;

	put_known(b, result, &known);
	for (const struct xml_node *n = b->record->root; n; n = xml_walk(b->record->root, n))
		for (const struct xml_attr *at = n->attrs; at && asked < ATTRIBUTES_MAX; at = at->next) {
			if (!has_words(at->value) || (asked++, str_find(buf_view(&known), str_trim(at->value)) != SIZE_MAX))
				continue;
			const char *what = arena_printf(b->a, "<%.*s %.*s>", STR_ARG(n->name), STR_ARG(at->name));
			diag_once(b->d, DIAG_RECORD_ONLY, at->loc, what, excerpt(b->a, at->value), NULL)->length = (uint32_t)at->name.n;
		}
	buf_free(&known);
}

/* Comments and processing instructions; the record is well-formed, and has no document type declaration. */
static void say_comments(const struct binding *b)
{
	const struct source *source = source_get(b->d->sources, b->record->source);
	struct str s = source ? source->bytes : (struct str){0};

	for (size_t at = 0; at < s.n;) {
		struct str rest = str_sub(s, at, s.n);
		bool comment = str_starts(rest, STR("<!--")), instruction = str_starts(rest, STR("<?"));
		const char *end = comment ? "-->" : instruction ? "?>" : str_starts(rest, STR("<![CDATA[")) ? "]]>" : NULL;
		size_t n = end ? str_find(rest, str_of(end)) : 0;
		if (end && n == SIZE_MAX)
			return;
		size_t open = comment ? 4 : 2;
		struct str text = comment || instruction ? str_trim(str_sub(rest, open, n < open ? open : n)) : (struct str){0};
		if (text.n && !(instruction && at < 8 && str_starts(text, STR("xml "))))
			diag_add(b->d, DIAG_RECORD_ONLY, loc_at(b->record->source, at),
				 comment ? DIAG_TWO("注释", "a comment") : DIAG_TWO("处理指令", "a processing instruction"),
				 excerpt(b->a, text), NULL)->length = (uint32_t)open;
		at += end ? n + strlen(end) : 1;
	}
}

void bind_published(const struct binding *b, const struct xml_node *result)
{
	say_comments(b);
	say_attributes(b, result);
}
