/* record: opens the XML of a record, finds its kind, validates it. See record.h. */
#include "record/record.h"

#include "base/file.h"

static bool kind_is_name(struct str k)
{
	for (size_t i = 0; i < k.n; i++)
		if (!((k.p[i] >= 'a' && k.p[i] <= 'z') || (k.p[i] >= '0' && k.p[i] <= '9') || (k.p[i] == '-' && i)))
			return false;
	return k.n > 0 && k.n <= 64;
}

/* Schema of the kind, or NULL after a message. */
static struct xml_schema *open_schema(struct diag_list *d, struct arena *a, const struct record *r,
				      const char *schema_dir)
{
	const struct xml_attr *kind = xml_attr(r->root, "kind");

	if (!kind) {
		diag_add(d, DIAG_RECORD_INVALID, r->root->loc, "record", "@kind", NULL);
		return NULL;
	}
	char *path = arena_printf(a, "%s/%.*s.rng", schema_dir, STR_ARG(r->kind));
	if (!kind_is_name(r->kind) || str_is(r->kind, "core") || !file_exists(path)) {
		struct diag *m = diag_add(d, DIAG_RECORD_KIND, kind->value_loc,
					  arena_copy(a, r->kind.p, r->kind.n), "", NULL);
		m->length = (uint32_t)r->kind.n;
		return NULL;
	}
	return xml_schema_open(d, a, path);
}

struct record *record_open(struct diag_list *d, struct arena *a, struct source_table *sources, uint32_t src,
			   const char *schema_dir)
{
	struct xml_doc *xml = xml_parse(d, a, src, &xml_default_limits);

	if (!xml)
		return NULL;
	struct record *r = ARENA_NEW(a, struct record);
	*r = (struct record){.xml = xml, .root = xml_root(xml), .source = src, .sources = sources};
	if (!xml_is(r->root, "record") || r->root->ns.n) {
		diag_add(d, DIAG_RECORD_ROOT, r->root->loc, arena_copy(a, r->root->name.p, r->root->name.n), NULL);
		return NULL;
	}
	r->kind = xml_value(r->root, "kind");
	r->lang = xml_value(r->root, "lang");
	if (!r->lang.n)
		r->lang = STR("zh-Hans");
	struct xml_schema *schema = open_schema(d, a, r, schema_dir);
	if (!schema || !xml_validate(d, schema, xml, arena_copy(a, r->kind.p, r->kind.n)))
		return NULL;
	return r;
}

static bool is_space(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0xA0 || cp == 0x3000;
}

void record_text(const struct record *r, struct buf *out)
{
	for (const struct xml_node *n = r->root; n; n = xml_walk(r->root, n)) {
		if (n->kind != XML_TEXT)
			continue;
		for (size_t at = 0; at < n->text.n;) {
			size_t from = at;
			if (!is_space(utf8_next(n->text, &at)))
				buf_str(out, str_sub(n->text, from, at));
		}
	}
}

void record_dump(const struct record *r, struct buf *out)
{
	xml_dump(r->sources, r->root, out);
}
