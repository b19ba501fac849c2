/* compare: two PDF files: pages first, by their content and then by all that hangs on them, then every other object that the
 * catalog leads to. See pdfin.h. Object numbers, offsets and compression are no difference: what is compared is what a
 * reader reads. */
#include "pdfin/door.h"

enum { STEPS_MAX = 20000000, NAMED_MAX = 6 };

struct pair {
	qpdf_oh given, made;
	uint32_t above;  /* index + 1 of the pair it stands in */
	const char *key; /* "/K", "3" */
	bool on_page;
};

struct comparing {
	struct pdfin *given, *made;
	struct arena *a;      /* of the walk */
	struct pair *pairs;
	size_t n, cap;
	uint32_t *partners;   /* of the objects of given: which of made they were compared with */
	size_t n_partners;
	bool other_versions, other_fonts;
};

static bool say(struct comparing *c, enum diag_code code, const char *one, const char *two, const char *three, const char *four)
{
	diag_add(c->given->d, code, (struct loc){0}, one, two, three, four, NULL);
	return false;
}

/* ---- versions ---- */

/* Items of a list that the other has not. */
static void put_others(struct str list, struct str other, struct buf *out)
{
	int named = 0;

	for (size_t at = 0; at < list.n;) {
		const char *end = memchr(list.p + at, '\n', list.n - at);
		struct str item = str_trim(str_sub(list, at, end ? (size_t)(end - list.p) : list.n));
		at = end ? (size_t)(end - list.p) + 1 : list.n;
		if (!item.n || str_find(other, item) != SIZE_MAX || ++named > NAMED_MAX)
			continue;
		buf_puts(out, named > 1 ? "; " : "");
		buf_str(out, item);
	}
}

/* The programs, or the fonts, one a line. */
static struct str versions(struct pdfin *p, const char *list, const char *item)
{
	struct str part, one;
	struct buf b = {0};

	for (size_t at = 0; door_xmp(p, list, &at, &part);) {
		struct str whole = p->xmp;
		p->xmp = part;
		for (size_t in = 0; item && door_xmp(p, item, &in, &one);) {
			buf_str(&b, one);
			buf_char(&b, '\n');
		}
		p->xmp = whole;
		for (size_t i = 0; !item && i < part.n; i++)
			buf_char(&b, part.p[i] == ',' ? '\n' : part.p[i]);
	}
	buf_char(&b, '\n');
	struct str out = arena_str(p->a, buf_view(&b));
	buf_free(&b);
	return out;
}

static void find_others(struct comparing *c, const char *list, const char *item, struct buf *theirs, struct buf *ours)
{
	struct str given = versions(c->given, list, item), made = versions(c->made, list, item);

	if (theirs->n + ours->n)
		buf_puts(theirs, "; "), buf_puts(ours, "; ");
	size_t before = theirs->n + ours->n;
	put_others(given, made, theirs);
	put_others(made, given, ours);
	if (item && theirs->n + ours->n > before)
		c->other_fonts = true;
	if (theirs->n + ours->n > before)
		c->other_versions = true;
}

static const char *or_nothing(struct comparing *c, struct buf *b)
{
	while (b->n && (b->p[b->n - 1] == ' ' || b->p[b->n - 1] == ';'))
		b->n--;
	return b->n ? arena_copy(c->a, b->p, b->n) : DIAG_TWO("无", "none");
}

static void compare_versions(struct comparing *c)
{
	struct buf theirs = {0}, ours = {0};

	find_others(c, "pdf:Producer", NULL, &theirs, &ours);
	find_others(c, "genpdf:fonts", "rdf:li", &theirs, &ours);
	if (c->other_versions) {
		const char *one = or_nothing(c, &theirs), *two = or_nothing(c, &ours);
		say(c, DIAG_VERIFY_VERSIONS, one, two, NULL, NULL);
	}
	buf_free(&theirs);
	buf_free(&ours);
}

/* ---- pages ---- */

static const char *shown(struct comparing *c, const struct page_text *t, size_t line)
{
	struct str text = line < t->n ? t->lines[line].text : (struct str){0};
	size_t at = 0, n = 0;

	while (at < text.n && n++ < 40)
		utf8_next(text, &at);
	return line < t->n ? arena_printf(c->a, "%.*s%s", (int)at, text.p, at < text.n ? "…" : "")
			   : DIAG_TWO("（没有这一行）", "(no such line)");
}

/* The line that holds byte `at` of the content; SIZE_MAX: it stands before all. */
static size_t line_at(const struct page_text *t, size_t at)
{
	size_t line = SIZE_MAX;

	for (size_t i = 0; i < t->n && t->lines[i].from <= at; i++)
		line = i;
	return line;
}

static bool say_page(struct comparing *c, int page, const struct page_text *given, const struct page_text *made)
{
	const char *number = arena_printf(c->a, "%d", page + 1);
	size_t line = 0, at = 0;

	while (line < given->n && line < made->n && str_eq(given->lines[line].text, made->lines[line].text))
		line++;
	if (line < given->n || line < made->n)
		return say(c, DIAG_VERIFY_LINE, number, arena_printf(c->a, "%zu", line + 1), shown(c, given, line), shown(c, made, line));
	while (at < given->content.n && at < made->content.n && given->content.p[at] == made->content.p[at])
		at++;
	line = line_at(given, at);
	if (line == SIZE_MAX)
		return say(c, DIAG_VERIFY_DRAWN, number, DIAG_TWO("第一行之前", "before its first line"), NULL, NULL);
	const char *where = arena_printf(c->a, DIAG_TWO("第 %zu 行“%s”", "line %zu, \"%s\""), line + 1, shown(c, given, line), line + 1,
					 shown(c, given, line));
	return say(c, DIAG_VERIFY_DRAWN, number, where, NULL, NULL);
}

/* The same bytes may show other words: codes are given to characters as they come. */
static bool same_page(const struct page_text *one, const struct page_text *two)
{
	if (one->n != two->n || !str_eq(one->content, two->content))
		return false;
	for (size_t i = 0; i < one->n; i++)
		if (!str_eq(one->lines[i].text, two->lines[i].text))
			return false;
	return true;
}

static bool compare_pages(struct comparing *c)
{
	int given = DOOR(c->given, get_num_pages), made = DOOR(c->made, get_num_pages);
	bool same = true;

	for (int i = 0; same && i < given && i < made; i++) {
		struct arena *a = arena_new();
		struct page_text one, two;
		if (!page_read(c->given, a, i, &one))
			same = door_broken(c->given, arena_printf(c->a, DIAG_TWO("第 %d 页读不出来", "page %d cannot be read"), i + 1, i + 1));
		else if (!page_read(c->made, a, i, &two) || !same_page(&one, &two))
			same = say_page(c, i, &one, &two);
		arena_close(a);
	}
	if (given != made)
		same = say(c, DIAG_VERIFY_PAGES, arena_printf(c->a, "%d", given), arena_printf(c->a, "%d", made), NULL, NULL);
	return same;
}

/* ---- all other objects ---- */

static void push(struct comparing *c, qpdf_oh given, qpdf_oh made, size_t above, const char *key, bool on_page)
{
	ARENA_GROW(c->a, c->pairs, c->n, c->cap, 1024);
	c->pairs[c->n++] = (struct pair){given, made, (uint32_t)above, key, on_page};
}

static void put_path(const struct comparing *c, size_t i, struct buf *out)
{
	const char *keys[64];
	int n = 0;

	for (; i && n < (int)(sizeof keys / sizeof *keys); i = c->pairs[i - 1].above)
		keys[n++] = c->pairs[i - 1].key;
	while (n--)
		buf_printf(out, "%s%s", keys[n][0] == '/' ? "" : "/", keys[n]);
}

static bool say_object(struct comparing *c, size_t i)
{
	const struct pair *p = &c->pairs[i];
	struct buf path = {0};

	put_path(c, i + 1, &path);
	const char *words = arena_copy(c->a, path.p, path.n);
	buf_free(&path);
	struct diag *m = diag_add(c->given->d, DIAG_VERIFY_OBJECT, (struct loc){0}, words, NULL);
	if (c->other_versions && !p->on_page)
		m->severity = SEVERITY_WARNING;
	return c->other_versions && !p->on_page;
}

/* What is known to follow from the versions, or was compared before. */
static bool is_passed_over(const struct comparing *c, const char *key)
{
	static const char *const made_of[] = {"/Metadata", "/Producer", "/Creator"}, *const programs[] = {"/FontFile", "/FontFile2", "/FontFile3"};

	for (size_t i = 0; c->other_versions && i < sizeof made_of / sizeof *made_of; i++)
		if (!strcmp(key, made_of[i]))
			return true;
	/* The same font by another library: its program may be packed otherwise. */
	for (size_t i = 0; c->other_versions && !c->other_fonts && i < sizeof programs / sizeof *programs; i++)
		if (!strcmp(key, programs[i]))
			return true;
	return !strcmp(key, "/Contents");
}

struct keys {
	const char **list;
	size_t n;
};

/* libqpdf gives them sorted. */
static struct keys keys_of(struct comparing *c, struct pdfin *p, qpdf_oh dict, bool stream)
{
	struct keys k = {0};
	size_t cap = 0;

	DOOR(p, oh_begin_dict_key_iter, dict);
	while (DOOR(p, oh_dict_more_keys)) {
		const char *key = DOOR(p, oh_dict_next_key);
		if (stream && (!strcmp(key, "/Length") || !strcmp(key, "/Filter") || !strcmp(key, "/DecodeParms")))
			continue;
		if (k.n == cap) {
			const char **more = ARENA_ARRAY(c->a, cap * 2 + 8, const char *);
			if (k.n)
				memcpy(more, k.list, k.n * sizeof *more);
			k.list = more;
			cap = cap * 2 + 8;
		}
		k.list[k.n++] = arena_copy(c->a, key, strlen(key));
	}
	return k;
}

static bool same_dicts(struct comparing *c, size_t i, qpdf_oh given, qpdf_oh made, bool stream)
{
	struct keys one = keys_of(c, c->given, given, stream), two = keys_of(c, c->made, made, stream);
	bool page = str_is(door_name(c->given, door_key(c->given, given, "/Type")), "Page"), on_page = c->pairs[i].on_page || page;

	c->pairs[i].on_page = on_page;
	if (one.n != two.n)
		return false;
	for (size_t k = 0; k < one.n; k++) {
		if (strcmp(one.list[k], two.list[k]))
			return false;
		if (!is_passed_over(c, one.list[k]))
			push(c, door_key(c->given, given, one.list[k]), door_key(c->made, made, one.list[k]), i + 1, one.list[k],
			     on_page || !strcmp(one.list[k], "/Pages"));
	}
	return true;
}

static bool same_arrays(struct comparing *c, size_t i, qpdf_oh given, qpdf_oh made)
{
	int n = DOOR(c->given, oh_get_array_n_items, given);

	if (n != DOOR(c->made, oh_get_array_n_items, made))
		return false;
	for (int k = 0; k < n; k++)
		push(c, DOOR(c->given, oh_get_array_item, given, k), DOOR(c->made, oh_get_array_item, made, k), i + 1,
		     arena_printf(c->a, "%d", k), c->pairs[i].on_page);
	return true;
}

static bool same_streams(struct comparing *c, size_t i, qpdf_oh given, qpdf_oh made)
{
	struct buf one = {0}, two = {0};
	bool same = door_stream_bytes(c->given, given, &one) && door_stream_bytes(c->made, made, &two) &&
		    str_eq(buf_view(&one), buf_view(&two));

	buf_free(&one);
	buf_free(&two);
	return same && same_dicts(c, i, DOOR(c->given, oh_get_dict, given), DOOR(c->made, oh_get_dict, made), true);
}

static bool same_scalars(struct comparing *c, qpdf_oh given, qpdf_oh made)
{
	const char *one = DOOR(c->given, oh_unparse_resolved, given), *two = DOOR(c->made, oh_unparse_resolved, made);

	return one && two && !strcmp(one, two);
}

/* An object was compared before: with this partner, which is enough, or with another. */
static bool is_known(struct comparing *c, const struct pair *p, bool *same)
{
	int given = DOOR(c->given, oh_is_indirect, p->given) ? DOOR(c->given, oh_get_object_id, p->given) : 0;
	int made = DOOR(c->made, oh_is_indirect, p->made) ? DOOR(c->made, oh_get_object_id, p->made) : 0;

	*same = true;
	if (given <= 0 || made <= 0 || (size_t)given >= c->n_partners)
		return false;
	uint32_t before = c->partners[given];
	c->partners[given] = (uint32_t)made;
	*same = !before || before == (uint32_t)made;
	return before != 0;
}

static bool same_pair(struct comparing *c, size_t i)
{
	struct pair p = c->pairs[i];
	enum qpdf_object_type_e type = DOOR(c->given, oh_get_type_code, p.given);
	bool same;

	if (type != DOOR(c->made, oh_get_type_code, p.made))
		return false;
	if (type != ot_dictionary && type != ot_array && type != ot_stream)
		return same_scalars(c, p.given, p.made);
	if (is_known(c, &p, &same))
		return same;
	return type == ot_dictionary ? same_dicts(c, i, p.given, p.made, false)
	       : type == ot_array    ? same_arrays(c, i, p.given, p.made)
				     : same_streams(c, i, p.given, p.made);
}

/* Numbers of objects are small in any file of ours; others are compared as often as they are met. */
static void open_partners(struct comparing *c)
{
	c->n_partners = 4 << 20;
	c->partners = ARENA_ARRAY(c->a, c->n_partners, uint32_t);
}

static bool compare_objects(struct comparing *c)
{
	open_partners(c);
	push(c, DOOR(c->given, get_root), DOOR(c->made, get_root), 0, "/Root", false);
	push(c, door_key(c->given, DOOR(c->given, get_trailer), "/Info"), door_key(c->made, DOOR(c->made, get_trailer), "/Info"), 0,
	     "/Info", false);
	for (size_t i = 0; i < c->n && i < STEPS_MAX; i++) {
		if (!same_pair(c, i))
			return say_object(c, i);
		DOOR(c->given, oh_release, c->pairs[i].given);
		DOOR(c->made, oh_release, c->pairs[i].made);
	}
	return c->n <= STEPS_MAX || door_broken(c->given, DIAG_TWO("对象太多，没有比较完", "too many objects to compare them all"));
}

enum pdfin_verdict pdfin_compare(struct pdfin *given, struct pdfin *made)
{
	struct comparing c = {.given = given, .made = made, .a = arena_new()};

	compare_versions(&c);
	bool same = compare_pages(&c) && compare_objects(&c);
	arena_close(c.a);
	return !same ? PDFIN_DIFFERENT : c.other_versions ? PDFIN_SAME_PAGES : PDFIN_SAME;
}
