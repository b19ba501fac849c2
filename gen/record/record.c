/* record: opens the XML of a record, finds its kind, validates it. See record.h. */
#include "record/record.h"

#include "base/choice.h"
#include "base/file.h"
#include "base/mapped.h"
#include "record/sense.h"

static bool kind_is_name(struct str k)
{
	for (size_t i = 0; i < k.n; i++)
		if (!((k.p[i] >= 'a' && k.p[i] <= 'z') || (k.p[i] >= '0' && k.p[i] <= '9') || (k.p[i] == '-' && i)))
			return false;
	return k.n > 0 && k.n <= 64;
}

/* A schema without a start is what kinds include, and no kind itself. */
static bool is_part(struct arena *a, const char *path)
{
	struct str bytes;

	return !mapped_open(a, path, FILE_LIMIT, &bytes) && str_find(bytes, STR("<start")) == SIZE_MAX;
}

/* A kind by its Chinese name: the first words that the schema says of its start, as 一期简报. */
static bool is_described(struct arena *a, const char *path, struct str kind)
{
	struct str bytes, doc;

	if (utf8_count(kind) < 2 || (unsigned char)*kind.p < 0x80 || mapped_open(a, path, FILE_LIMIT, &bytes))
		return false;
	doc = str_sub(bytes, str_find(bytes, STR("<start")), bytes.n);
	doc = str_sub(doc, str_find(doc, STR("documentation")), doc.n);
	doc = str_sub(doc, 0, str_find(doc, STR("</")));
	return str_find(str_sub(doc, 0, str_find(doc, STR("。"))), kind) != SIZE_MAX;
}

/* The kinds there is a schema for, and the nearest of them. */
static const char *nearest_kind(struct arena *a, struct str kind, const char *schema_dir)
{
	size_t n, kinds = 0;
	const char **names = file_names(a, schema_dir, &n), **words = ARENA_ARRAY(a, n + 1, const char *), *meant = NULL;

	for (size_t i = 0; i < n; i++) {
		struct str name = str_of(names[i]);
		const char *word = str_ends(name, STR(".rng")) ? arena_copy(a, name.p, name.n - STR(".rng").n) : NULL;
		if (!word || is_part(a, file_join(a, schema_dir, names[i])))
			continue;
		words[kinds++] = word;
		if (is_described(a, file_join(a, schema_dir, names[i]), kind))
			meant = word;
	}
	return meant ? arena_printf(a, DIAG_TWO("，是否应为 %s？", ", did you mean %s?"), meant, meant) : choice_text(a, kind, words);
}

/* The kind's schema; NULL when there is none. The name becomes a path: nothing but a plain name may. */
static const char *schema_path(struct arena *a, struct str kind, const char *schema_dir)
{
	const char *path = kind_is_name(kind) ? arena_printf(a, "%s/%.*s.rng", schema_dir, STR_ARG(kind)) : NULL;

	return path && file_exists(path) && !is_part(a, path) ? path : NULL;
}

const char *record_kind_problem(struct arena *a, struct str kind, const char *schema_dir)
{
	return schema_path(a, kind, schema_dir) ? NULL : nearest_kind(a, kind, schema_dir);
}

/* Schema of the kind, or NULL after a message. */
static struct xml_schema *open_schema(struct diag_list *d, struct arena *a, const struct record *r, const char *schema_dir)
{
	const struct xml_attr *kind = xml_attr(r->root, "kind");

	if (!kind) {
		diag_add(d, DIAG_RECORD_MISSING, r->root->loc, "record",
			 DIAG_TWO("属性 kind=\"…\"：文种，如 monthly-plan", "the attribute kind=\"...\": the kind of document, as monthly-plan"),
			 NULL)->length = 7;
		return NULL;
	}
	const char *path = schema_path(a, r->kind, schema_dir);
	if (path)
		return xml_schema_open(d, a, path);
	diag_add(d, DIAG_RECORD_KIND, kind->value_loc, arena_copy(a, r->kind.p, r->kind.n), nearest_kind(a, r->kind, schema_dir), NULL)
		->length = (uint32_t)r->kind.n;
	return NULL;
}

static struct str lang_of(const struct xml_node *root)
{
	for (const struct xml_attr *at = root->attrs; at; at = at->next)
		if (str_is(at->ns, "http://www.w3.org/XML/1998/namespace") && str_is(at->name, "lang") && at->value.n)
			return at->value;
	return STR("zh-Hans");
}

static bool is_record(struct diag_list *d, struct arena *a, const struct xml_node *root)
{
	if (!xml_is(root, "record"))
		diag_add(d, DIAG_RECORD_ROOT, root->loc,
			 arena_printf(a, DIAG_TWO("，这里是 <%.*s>", ", here is <%.*s>"), STR_ARG(root->name), STR_ARG(root->name)), NULL)
			->length = (uint32_t)root->name.n + 1;
	else if (root->ns.n)
		diag_add(d, DIAG_RECORD_ROOT, root->loc,
			 DIAG_TWO("，不用命名空间：请去掉 xmlns", " without a namespace: take its xmlns away"), NULL)->length = 7;
	return xml_is(root, "record") && !root->ns.n;
}

struct record *record_open(struct diag_list *d, struct arena *a, struct source_table *sources, uint32_t src,
			   const char *schema_dir)
{
	struct xml_doc *xml = xml_parse(d, a, src, &xml_default_limits);

	if (!xml)
		return NULL;
	struct record *r = ARENA_NEW(a, struct record);
	*r = (struct record){.xml = xml, .root = xml_root(xml), .source = src, .sources = sources};
	if (!is_record(d, a, r->root))
		return NULL;
	r->kind = xml_value(r->root, "kind");
	r->lang = lang_of(r->root);
	struct xml_schema *schema = open_schema(d, a, r, schema_dir);
	if (!schema)
		return NULL;
	bool valid = xml_validate(d, schema, xml, arena_copy(a, r->kind.p, r->kind.n));
	return record_sense(d, a, r, valid) && valid ? r : NULL;
}

void record_dump(const struct record *r, struct buf *out)
{
	xml_dump(r->sources, r->root, out);
}
