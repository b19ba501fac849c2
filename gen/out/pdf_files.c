/* pdf_files: what is attached to the file (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8): each a stream with its type, size, checksum and
 * date, a file specification with its relation to the document, an entry of the name tree and one of the catalog's /AF. */
#include "base/md5.h"
#include "out/pdf.h"

#include <stdlib.h>

struct attached {
	const struct out_attachment *file;
	const char *key; /* the name as it stands in the file: "(…)" or "<FEFF…>" */
	uint32_t object;
};

/* The keys of a name tree ascend by the bytes of what they encode; those in UTF-16 begin with the highest. */
static int compare_keys(const void *a, const void *b)
{
	const struct attached *x = a, *y = b;
	bool wide_x = x->key[0] == '<', wide_y = y->key[0] == '<';

	return wide_x == wide_y ? wide_x ? strcmp(x->key, y->key) : str_cmp(x->file->name, y->file->name) : wide_x - wide_y;
}

static const char *type_of(struct str name)
{
	static const char *const types[][2] = {
		{".xml", "text/xml"}, {".xsl", "text/xml"}, {".rng", "text/xml"}, {".txt", "text/plain"}, {".csv", "text/csv"},
		{".png", "image/png"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"},
	};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_ends(name, str_of(types[i][0])))
			return types[i][1];
	return "application/octet-stream";
}

static uint32_t put_stream(struct pdf *p, const struct out_attachment *f)
{
	struct buf b = {0}, date = {0};
	uint8_t hash[16];
	uint32_t number = door_number(p->door);

	buf_puts(&b, "/Type/EmbeddedFile/Subtype");
	pdf_name(&b, str_of(type_of(f->name)));
	buf_printf(&b, "/Params<</Size %zu/CheckSum<", f->bytes.n);
	md5(f->bytes, hash);
	for (size_t i = 0; i < sizeof hash; i++)
		buf_printf(&b, "%02X", hash[i]);
	buf_char(&b, '>');
	if (pdf_date(&date, p->out.options->source_date)) {
		buf_puts(&b, "/ModDate");
		pdf_string(&b, buf_view(&date));
	}
	buf_puts(&b, ">>");
	pdf_stream(p, number, buf_view(&b), f->bytes);
	buf_free(&date);
	buf_free(&b);
	return number;
}

static void put_file(struct pdf *p, struct attached *a)
{
	struct buf b = {0};
	unsigned long stream = put_stream(p, a->file);

	a->object = door_number(p->door);
	buf_printf(&b, "/Type/Filespec/F%s/UF%s/AFRelationship/Source/EF<</F %lu 0 R/UF %lu 0 R>>", a->key, a->key, stream, stream);
	door_dict(p->door, a->object, buf_view(&b));
	buf_free(&b);
}

static struct attached *in_order(struct pdf *p)
{
	const struct out_options *o = p->out.options;
	struct attached *all = ARENA_ARRAY(p->out.arena, o->n_attachments, struct attached);

	for (size_t i = 0; i < o->n_attachments; i++) {
		struct buf b = {0};
		pdf_string(&b, o->attachments[i].name);
		all[i] = (struct attached){&o->attachments[i], arena_copy(p->out.arena, b.p, b.n), 0};
		buf_free(&b);
	}
	qsort(all, o->n_attachments, sizeof *all, compare_keys);
	return all;
}

uint32_t pdf_files(struct pdf *p, struct buf *catalog)
{
	size_t n = p->profile == PROFILE_A3A ? p->out.options->n_attachments : 0;
	struct attached *all = n ? in_order(p) : NULL;
	struct buf tree = {0};
	uint32_t number = n ? door_number(p->door) : 0;

	if (!n)
		return 0;
	buf_puts(&tree, "/Names[");
	buf_puts(catalog, "/AF[");
	for (size_t i = 0; i < n; i++) {
		put_file(p, &all[i]);
		buf_printf(&tree, "%s%lu 0 R ", all[i].key, (unsigned long)all[i].object);
		buf_printf(catalog, "%lu 0 R ", (unsigned long)all[i].object);
	}
	buf_puts(&tree, "]");
	buf_puts(catalog, "]");
	door_dict(p->door, number, buf_view(&tree));
	buf_free(&tree);
	return number;
}
