/* include: the records that a record includes, from its own folder and from nowhere else. See record.h. */
#include "record/record.h"

#include "base/choice.h"
#include "base/encoding.h"
#include "base/file.h"

/* Records that are being opened, the innermost first. */
struct chain {
	const struct chain *outer;
	const char *real, *shown;
	int depth;
};

struct opening {
	struct diag_list *d;
	struct arena *a;
	struct source_table *sources;
	const char *schema_dir;
	int n;         /* records so far */
	size_t bytes;  /* of them */
};

static bool refuse(struct opening *o, const struct xml_attr *href, const char *why)
{
	diag_add(o->d, DIAG_RECORD_INCLUDE, href->value_loc, arena_copy(o->a, href->value.p, href->value.n), why, NULL)->length =
		(uint32_t)href->value.n;
	return false;
}

/* ---- the file ---- */

/* Nothing but a name: no folder before it, nothing hidden. */
static bool is_plain_name(struct str name)
{
	return name.n && name.p[0] != '.' && !memchr(name.p, '/', name.n) && !memchr(name.p, '\\', name.n);
}

/* With the nearest name there is. */
static const char *missing_words(struct opening *o, const char *shown)
{
	const char *name = strrchr(shown, '/') ? strrchr(shown, '/') + 1 : shown, *near;
	size_t n;
	const char **names = file_names(o->a, file_dir(o->a, shown), &n), **words = ARENA_ARRAY(o->a, n + 1, const char *);

	for (size_t i = 0; i < n; i++)
		words[i] = names[i];
	near = choice_nearest(str_of(name), words);
	return near ? arena_printf(o->a, DIAG_TWO("同一文件夹里没有这个文件，是否应为 %s？", "there is no such file in the same folder, did you mean %s?"), near, near)
		    : DIAG_TWO("同一文件夹里没有这个文件", "there is no such file in the same folder");
}

/* The file's true path in the folder of the record that names it; NULL after a message. */
static const char *find_file(struct opening *o, const struct chain *from, const struct xml_attr *href, const char **shown)
{
	struct arena *a = o->a;
	const char *name = arena_copy(a, href->value.p, href->value.n), *real;

	*shown = NULL;
	if (!is_plain_name(href->value))
		refuse(o, href, DIAG_TWO("只能写同一文件夹里的文件名", "only a file name in the same folder may stand here"));
	else if (!from->real)
		refuse(o, href, DIAG_TWO("记录来自标准输入，没有文件夹可找", "the record comes from standard input: it has no folder"));
	else
		*shown = file_join(a, file_dir(a, from->shown), name);
	if (!*shown)
		return NULL;
	/* Looked for beside the name as it was given: a record that is itself a link stands in both folders. */
	real = file_real(a, *shown);
	const char *folder = file_real(a, file_dir(a, from->shown));
	if (!real || !file_is_regular(real))
		refuse(o, href, missing_words(o, *shown));
	else if (!folder || strcmp(file_dir(a, real), folder))
		refuse(o, href, DIAG_TWO("符号链接通到文件夹之外", "a symbolic link leads out of the folder"));
	else
		return real;
	return NULL;
}

/* ---- refused ---- */

/* a.xml -> b.xml -> a.xml */
static const char *chain_words(struct arena *a, const struct chain *at, const char *real, const char *last)
{
	const char *words = last;

	for (; at; at = at->outer) {
		words = arena_printf(a, "%s -> %s", at->shown, words);
		if (!strcmp(at->real, real))
			break;
	}
	return words;
}

static bool is_cycle(struct opening *o, const struct chain *from, const struct xml_attr *href, const char *real, const char *shown)
{
	for (const struct chain *c = from; c; c = c->outer) {
		if (strcmp(c->real, real))
			continue;
		const char *words = chain_words(o->a, from, real, shown);
		refuse(o, href, arena_printf(o->a, DIAG_TWO("循环引用：%s", "it includes itself: %s"), words, words));
		return true;
	}
	return false;
}

static bool is_twice(struct opening *o, const struct record_include *before, const struct xml_attr *href)
{
	for (; before; before = before->next) {
		if (!str_eq(before->href->value, href->value))
			continue;
		refuse(o, href, DIAG_TWO("同一份记录引用了两次", "one record is included twice"));
		return true;
	}
	return false;
}

static bool is_too_much(struct opening *o, const struct chain *from, const struct xml_attr *href)
{
	if (from->depth >= RECORD_DEPTH)
		diag_add(o->d, DIAG_XML_LIMIT, href->value_loc, DIAG_TWO("引用嵌套 4 层", "records included 4 deep"), NULL);
	else if (o->n >= RECORD_INCLUDES)
		diag_add(o->d, DIAG_XML_LIMIT, href->value_loc, DIAG_TWO("共引用 256 份记录", "256 included records in all"), NULL);
	else if (o->bytes > FILE_LIMIT)
		diag_add(o->d, DIAG_WORLD_TOO_LARGE, href->value_loc, arena_copy(o->a, href->value.p, href->value.n),
			 arena_printf(o->a, "%zu", FILE_LIMIT), NULL);
	else
		return false;
	return true;
}

/* ---- opening ---- */

static bool open_all(struct opening *o, const struct record *r, const struct chain *from, struct record_include **out);

/* False after messages. */
static bool open_one(struct opening *o, const struct chain *from, const struct xml_attr *href, struct record_include *k)
{
	const char *shown, *real = find_file(o, from, href, &shown);
	struct str bytes;

	if (!real || is_cycle(o, from, href, real, shown) || is_too_much(o, from, href))
		return false;
	o->n++;
	if (!file_read(o->d, o->a, shown, FILE_LIMIT, &bytes) || !encoding_read(o->d, o->sources, shown, NULL, &bytes))
		return false;
	o->bytes += bytes.n;
	*k = (struct record_include){.href = href};
	k->record = record_open(o->d, o->a, o->sources, source_borrow(o->sources, str_of(shown), bytes), o->schema_dir);
	struct chain here = {from, real, shown, from->depth + 1};
	return k->record && open_all(o, k->record, &here, &k->first);
}

static bool open_all(struct opening *o, const struct record *r, const struct chain *from, struct record_include **out)
{
	struct record_include **tail = out;
	bool good = true;

	*out = NULL;
	for (const struct xml_node *n = r->root; n; n = xml_walk(r->root, n)) {
		const struct xml_attr *href = xml_is(n, "include") ? xml_attr(n, "href") : NULL;
		struct record_include *k;
		if (!href)
			continue;
		k = ARENA_NEW(o->a, struct record_include);
		if (is_twice(o, *out, href) || !open_one(o, from, href, k)) {
			good = false; /* the others are looked at all the same */
			continue;
		}
		*tail = k;
		tail = &k->next;
	}
	return good;
}

bool record_open_includes(struct diag_list *d, struct arena *a, struct source_table *sources, const struct record *r,
			  const char *path, const char *schema_dir, struct record_include **out)
{
	struct opening o = {d, a, sources, schema_dir, 0, 0};
	const char *real = path && strcmp(path, "-") ? file_real(a, path) : NULL;
	struct chain here = {NULL, real, path, 0};

	return open_all(&o, r, &here, out);
}
