/* files: the attached files of a PDF: its name tree /EmbeddedFiles (ISO 32000-1, 7.7.4, 7.9.6, 7.11.4). See pdfin.h. */
#include "base/file.h"
#include "base/md5.h"
#include "pdfin/door.h"

/* No document has more; a tree that turns in circles does. */
enum { FILES_MAX = 1000, NODES_MAX = 10000, DEPTH_MAX = 32, NAME_MAX_BYTES = 1000 };

struct reading {
	struct pdfin *p;
	struct pdfin_file *files;
	size_t n, nodes, bytes;
};

static bool is_sound(struct pdfin *p, qpdf_oh params, struct str bytes)
{
	qpdf_oh size = door_key(p, params, "/Size");
	struct str sum = door_string(p, door_key(p, params, "/CheckSum"));
	uint8_t hash[16];

	md5(bytes, hash);
	return (!door_is(p, size, ot_integer) || DOOR(p, oh_get_int_value, size) == (long long)bytes.n) &&
	       (sum.n == 0 || (sum.n == sizeof hash && memcmp(sum.p, hash, sizeof hash) == 0));
}

static bool take_bytes(struct reading *r, qpdf_oh stream, struct pdfin_file *f)
{
	struct pdfin *p = r->p;
	struct buf b = {0};
	bool good = door_stream_bytes(p, stream, &b);

	r->bytes += b.n;
	if (!good)
		door_broken(p, arena_printf(p->a, DIAG_TWO("附件“%.*s”读不出来", "the attachment \"%.*s\" cannot be read"),
					    STR_ARG(f->name), STR_ARG(f->name)));
	else if (r->bytes > FILE_LIMIT)
		good = door_broken(p, DIAG_TWO("附件太大", "its attachments are too large"));
	else
		f->bytes = arena_str(p->a, buf_view(&b));
	buf_free(&b);
	return good;
}

static bool take_file(struct reading *r, struct str key, qpdf_oh spec)
{
	struct pdfin *p = r->p;
	struct str name = door_text(p, door_key(p, spec, "/UF"));
	qpdf_oh ef = door_key(p, spec, "/EF"), stream = door_key(p, ef, "/F");

	if (!door_is(p, stream, ot_stream))
		stream = door_key(p, ef, "/UF");
	if (!name.n)
		name = door_text(p, door_key(p, spec, "/F"));
	if (r->n == FILES_MAX)
		return door_broken(p, DIAG_TWO("附件多于 1000 个", "more than 1000 attachments"));
	struct pdfin_file *f = &r->files[r->n];
	*f = (struct pdfin_file){.name = name.n ? name : key, .relation = door_name(p, door_key(p, spec, "/AFRelationship")),
				 .type = door_name(p, door_key(p, stream, "/Subtype"))};
	if (!take_bytes(r, stream, f))
		return false;
	f->sound = is_sound(p, door_key(p, stream, "/Params"), f->bytes);
	r->n++;
	return true;
}

static bool walk(struct reading *r, qpdf_oh node, int depth)
{
	struct pdfin *p = r->p;
	qpdf_oh kids = door_key(p, node, "/Kids"), names = door_key(p, node, "/Names");
	int n_kids = door_is(p, kids, ot_array) ? DOOR(p, oh_get_array_n_items, kids) : 0;
	int n_names = door_is(p, names, ot_array) ? DOOR(p, oh_get_array_n_items, names) : 0;

	if (depth > DEPTH_MAX || r->nodes++ > NODES_MAX)
		return door_broken(p, DIAG_TWO("附件的名录没有尽头", "the tree of its attachments has no end"));
	for (int i = 0; i + 1 < n_names; i += 2)
		if (!take_file(r, door_text(p, DOOR(p, oh_get_array_item, names, i)), DOOR(p, oh_get_array_item, names, i + 1)))
			return false;
	for (int i = 0; i < n_kids; i++)
		if (!walk(r, DOOR(p, oh_get_array_item, kids, i), depth + 1))
			return false;
	return true;
}

bool pdfin_files(struct pdfin *p, const struct pdfin_file **files, size_t *n)
{
	struct reading r = {.p = p, .files = ARENA_ARRAY(p->a, FILES_MAX, struct pdfin_file)};
	qpdf_oh tree = door_key(p, door_key(p, DOOR(p, get_root), "/Names"), "/EmbeddedFiles");
	bool good = !door_is_dict(p, tree) || walk(&r, tree, 0);

	*files = r.files;
	*n = r.n;
	return good;
}

static bool part_is_safe(struct str part)
{
	return part.n > 0 && part.n <= 200 && part.p[0] != '.';
}

bool pdfin_name_is_safe(struct str name)
{
	if (!name.n || name.n > NAME_MAX_BYTES || utf8_bad(name) != SIZE_MAX)
		return false;
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f || name.p[i] == '\\')
			return false;
	for (size_t from = 0; from <= name.n;) {
		const char *slash = memchr(name.p + from, '/', name.n - from);
		size_t to = slash ? (size_t)(slash - name.p) : name.n;
		if (!part_is_safe(str_sub(name, from, to)))
			return false;
		from = to + 1;
	}
	return true;
}
