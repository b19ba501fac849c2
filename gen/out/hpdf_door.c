/* hpdf_door: see hpdf_door.h. Every object is a libharu dictionary without entries whose write hook puts
 * our text between << and >>: so libharu's limits on arrays, strings and numbers, its float formatting and
 * its own compression are never met. Its file writer loses write errors and is not used either: the bytes go
 * through a callback into memory, and whoever calls saves them. */
#include "out/hpdf_door.h"

#include <hpdf.h>
#include <stdio.h>

#include "base/mem.h"

#if HPDF_MAJOR_VERSION != 2 || HPDF_MINOR_VERSION != 3
#error "libharu 2.3 is needed: hpdf_door.c relies on its object layer"
#endif

enum {
	FAN_OUT = 32,                 /* kids of a node of the page tree */
	MOST_OBJECTS = 8388000,       /* HPDF_LIMIT_MAX_XREF_ELEMENT, with room for libharu's own */
	MOST_BYTES = 0x7fffffff - 4096 /* offsets pass through a signed int */
};

#define HARU_ERROR DIAG_TWO("libharu 出错 %lu", "libharu reports error %lu")

/* What stands behind one object number: attr of its dictionary. */
struct body {
	struct door *door;
	HPDF_Stream to;     /* the file, between the two hooks */
	struct str dict, bytes;
	uint32_t number, parent;
	bool has_body, is_stream;
};

struct door {
	struct diag_list *diag;
	struct arena *arena;
	HPDF_Doc doc;
	struct body **bodies;  /* by number; NULL for libharu's own objects */
	size_t n_bodies, cap_bodies;
	uint32_t *pages;
	size_t n_pages, cap_pages;
	struct body catalog, info, root, trailer;
	struct str seed;
	struct buf *out;
	size_t start, limit;
	const char *fault;     /* first error, or empty; in two languages */
	bool too_large;
};

/* format: both languages, each with one number. */
static void fail(struct door *o, const char *format, unsigned long n)
{
	if (!o->fault[0])
		o->fault = arena_printf(o->arena, format, n, n);
}

static void check(struct door *o, HPDF_STATUS status)
{
	if (status != HPDF_OK)
		fail(o, HARU_ERROR, status);
}

static void on_error(HPDF_STATUS status, HPDF_STATUS detail, void *user)
{
	(void)detail;
	check(user, status);
}

static void *take_memory(HPDF_UINT n)
{
	return mem_alloc(n);
}

static void close_doc(void *p)
{
	HPDF_Free(p);
}

const char *door_version(void)
{
	return HPDF_GetVersion();
}

/* ---- hooks: called by libharu while it writes ---- */

static HPDF_STATUS put(HPDF_Stream to, struct str s)
{
	/* libharu asks for lengths in 32 bits. */
	while (s.n > 0) {
		size_t n = s.n < (1 << 30) ? s.n : (1 << 30);
		HPDF_STATUS status = HPDF_Stream_Write(to, (const HPDF_BYTE *)s.p, (HPDF_UINT)n);
		if (status != HPDF_OK)
			return status;
		s = str_sub(s, n, s.n);
	}
	return HPDF_OK;
}

static HPDF_STATUS put_text(HPDF_Stream to, const char *fmt, unsigned long n)
{
	char text[64];
	snprintf(text, sizeof text, fmt, n);
	return put(to, str_of(text));
}

static HPDF_STATUS write_dict(HPDF_Dict dict, HPDF_Stream to)
{
	struct body *b = dict->attr;
	b->to = to;
	HPDF_STATUS status = put(to, b->dict);
	if (status == HPDF_OK && b->parent)
		status = put_text(to, "/Parent %lu 0 R", b->parent);
	if (status == HPDF_OK && b->is_stream)
		status = put_text(to, "/Length %lu", b->bytes.n);
	return status;
}

static HPDF_STATUS write_stream(HPDF_Dict dict)
{
	struct body *b = dict->attr;
	if (!b->is_stream)
		return HPDF_OK;
	HPDF_STATUS status = put(b->to, STR("\nstream\n"));
	if (status == HPDF_OK)
		status = put(b->to, b->bytes);
	return status == HPDF_OK ? put(b->to, STR("\nendstream")) : status;
}

/* The trailer is written last: everything before it is in the buffer and can be hashed. The ID only has to differ from other files'
 * (ISO 32000-1 14.4), so two quick hashes are enough; the whole file under sha256 would cost as much as its fonts. */
static HPDF_STATUS write_id(HPDF_Dict dict, HPDF_Stream to)
{
	struct door *o = ((struct body *)dict->attr)->door;
	unsigned long long seed = str_digest(o->seed);
	unsigned long long bytes = str_digest(str_sub(buf_view(o->out), o->start, o->out->n));
	char text[96];
	int n = snprintf(text, sizeof text, "/ID[<%016llx%016llx><%016llx%016llx>]", seed, bytes, seed, bytes);
	return put(to, (struct str){text, (size_t)n});
}

static HPDF_STATUS write_bytes(HPDF_Stream s, const HPDF_BYTE *p, HPDF_UINT n)
{
	struct door *o = s->attr;
	if (n > o->limit - (o->out->n - o->start)) {
		o->too_large = true;
		return HPDF_FILE_IO_ERROR;
	}
	buf_put(o->out, p, n);
	return HPDF_OK;
}

/* ---- objects ---- */

static void hook(HPDF_Dict dict, struct body *b, struct door *o)
{
	b->door = o;
	b->number = dict->header.obj_id & 0x00ffffff;
	dict->attr = b;
	dict->before_write_fn = NULL;
	dict->write_fn = write_dict;
	dict->after_write_fn = write_stream;
}

static struct body *body_of(struct door *o, uint32_t number)
{
	struct body *b = number < o->n_bodies ? o->bodies[number] : NULL;
	if (!b)
		fail(o, DIAG_TWO("没有编号为 %lu 的对象", "there is no object %lu"), number);
	else if (b->has_body)
		fail(o, DIAG_TWO("对象 %lu 的内容给了两次", "object %lu has two bodies"), number);
	else
		return b;
	return NULL;
}

static void remember(struct door *o, struct body *b)
{
	if (b->number >= o->cap_bodies) {
		size_t cap = o->cap_bodies * 2 > b->number ? o->cap_bodies * 2 : (size_t)b->number + 64;
		struct body **bodies = ARENA_ARRAY(o->arena, cap, struct body *);
		if (o->n_bodies)
			memcpy(bodies, o->bodies, o->n_bodies * sizeof *bodies);
		o->bodies = bodies;
		o->cap_bodies = cap;
	}
	o->bodies[b->number] = b;
	o->n_bodies = (size_t)b->number + 1;
}

uint32_t door_number(struct door *o)
{
	if (o->fault[0])
		return 0;
	if (o->n_bodies >= MOST_OBJECTS) {
		fail(o, DIAG_TWO("对象超过 %lu 个", "more than %lu objects"), MOST_OBJECTS);
		return 0;
	}
	HPDF_Dict dict = HPDF_Dict_New(o->doc->mmgr);
	/* On failure libharu has freed the dictionary. */
	HPDF_STATUS status = dict ? HPDF_Xref_Add(o->doc->xref, dict) : HPDF_FAILD_TO_ALLOC_MEM;
	check(o, status);
	if (status != HPDF_OK)
		return 0;
	struct body *b = ARENA_NEW(o->arena, struct body);
	hook(dict, b, o);
	remember(o, b);
	return b->number;
}

void door_dict(struct door *o, uint32_t number, struct str body)
{
	struct body *b = o->fault[0] ? NULL : body_of(o, number);
	if (!b)
		return;
	b->dict = arena_str(o->arena, body);
	b->has_body = true;
}

void door_stream(struct door *o, uint32_t number, struct str dict, struct str bytes)
{
	struct body *b = o->fault[0] ? NULL : body_of(o, number);
	if (!b)
		return;
	b->dict = arena_str(o->arena, dict);
	b->bytes = arena_str(o->arena, bytes);
	b->has_body = b->is_stream = true;
}

uint32_t door_page(struct door *o, struct str body)
{
	uint32_t number = door_number(o);
	door_dict(o, number, body);
	if (o->n_pages == o->cap_pages) {
		size_t cap = o->cap_pages ? o->cap_pages * 2 : 64;
		uint32_t *pages = ARENA_ARRAY(o->arena, cap, uint32_t);
		if (o->n_pages)
			memcpy(pages, o->pages, o->n_pages * sizeof *pages);
		o->pages = pages;
		o->cap_pages = cap;
	}
	o->pages[o->n_pages++] = number;
	return number;
}

void door_catalog(struct door *o, struct str body)
{
	o->catalog.dict = arena_str(o->arena, body);
}

void door_info(struct door *o, struct str body)
{
	o->info.dict = arena_str(o->arena, body);
}

/* ---- the page tree ---- */

/* One node over kids, each standing for `each` pages, the last for the rest of `pages`. */
static void close_node(struct door *o, struct body *node, const uint32_t *kids, size_t n, size_t pages)
{
	struct buf b = {0};
	if (node != &o->root)
		buf_puts(&b, "/Type/Pages");
	buf_puts(&b, "/Kids[");
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, i ? " %lu 0 R" : "%lu 0 R", (unsigned long)kids[i]);
		if (kids[i])
			o->bodies[kids[i]]->parent = node->number;
	}
	buf_printf(&b, "]/Count %zu", pages);
	node->dict = arena_str(o->arena, buf_view(&b));
	node->has_body = true;
	buf_free(&b);
}

/* Level by level from the pages up, until one node, libharu's root, can hold what is left. */
static void close_tree(struct door *o)
{
	uint32_t *kids = o->pages;
	size_t n = o->n_pages, each = 1;
	while (n > FAN_OUT && !o->fault[0]) {
		size_t n_nodes = (n + FAN_OUT - 1) / FAN_OUT;
		uint32_t *nodes = ARENA_ARRAY(o->arena, n_nodes, uint32_t);
		for (size_t i = 0; i < n_nodes && !o->fault[0]; i++) {
			size_t first = i * FAN_OUT, last = first + FAN_OUT < n ? first + FAN_OUT : n;
			size_t end = last * each < o->n_pages ? last * each : o->n_pages;
			nodes[i] = door_number(o);
			if (nodes[i])
				close_node(o, o->bodies[nodes[i]], kids + first, last - first, end - first * each);
		}
		kids = nodes;
		n = n_nodes;
		each *= FAN_OUT;
	}
	if (!o->fault[0])
		close_node(o, &o->root, kids, n, o->n_pages);
}

/* ---- open and close ---- */

/* libharu's own document: its catalog and root of pages stay, with our entries behind theirs. */
static bool adopt(struct door *o)
{
	HPDF_Doc doc = o->doc;
	hook(doc->catalog, &o->catalog, o);
	hook(doc->root_pages, &o->root, o);
	check(o, HPDF_Dict_RemoveElement(doc->root_pages, "Kids"));
	check(o, HPDF_Dict_RemoveElement(doc->root_pages, "Count"));
	check(o, HPDF_Dict_RemoveElement(doc->info, "Producer"));
	hook(doc->info, &o->info, o);
	hook(doc->trailer, &o->trailer, o);
	doc->trailer->write_fn = write_id;
	check(o, HPDF_Dict_Add(doc->trailer, "Root", doc->catalog));
	check(o, HPDF_Dict_Add(doc->trailer, "Info", doc->info));
	return !o->fault[0];
}

struct door *door_open(struct diag_list *d, struct arena *a)
{
	struct door *o = ARENA_NEW(a, struct door);
	*o = (struct door){.diag = d, .arena = a, .fault = ""};
	const char *version = HPDF_GetVersion();
	if (!str_starts(str_of(version), STR("2.3.")))
		o->fault = arena_printf(a, DIAG_TWO("libharu 是 %s 版，需要 2.3", "libharu is %s, 2.3 is needed"), version,
					version);
	else
		o->doc = HPDF_NewEx(on_error, take_memory, mem_free, 0, o);
	if (o->doc)
		arena_defer(a, close_doc, o->doc);
	if (o->doc && adopt(o))
		return o;
	diag_add(d, DIAG_OUT_PDF, (struct loc){0}, o->fault, (char *)NULL);
	return NULL;
}

static void find_missing(struct door *o)
{
	for (size_t i = 0; i < o->n_bodies; i++)
		if (o->bodies[i] && !o->bodies[i]->has_body)
			fail(o, DIAG_TWO("对象 %lu 没有内容", "object %lu has no body"), i);
}

static void write_all(struct door *o)
{
	HPDF_Stream s = HPDF_CallbackWriter_New(o->doc->mmgr, write_bytes, o);
	if (!s) {
		fail(o, HARU_ERROR, HPDF_Error_GetCode(&o->doc->error));
		return;
	}
	/* The comment's bytes above 127 tell transfer programs that the file is binary. */
	check(o, HPDF_Stream_WriteStr(s, "%PDF-1.7\n%\xe6\x96\x87\xe4\xbb\xb6\n"));
	if (!o->fault[0])
		check(o, HPDF_Xref_WriteToStream(o->doc->xref, s, NULL));
	check(o, HPDF_GetError(o->doc));
	HPDF_Stream_Free(s);
}

bool door_close(struct door *o, struct str seed, size_t limit, struct buf *out)
{
	o->seed = seed;
	o->out = out;
	o->start = out->n;
	o->limit = limit && limit < MOST_BYTES ? limit : MOST_BYTES;
	if (!o->fault[0])
		close_tree(o);
	if (!o->fault[0])
		find_missing(o);
	if (!o->fault[0])
		write_all(o);
	if (!o->fault[0])
		return true;
	out->n = o->start;
	char number[24];
	snprintf(number, sizeof number, "%zu", o->limit);
	if (o->too_large)
		diag_add(o->diag, DIAG_WORLD_TOO_LARGE, (struct loc){0}, "PDF", number, (char *)NULL);
	else
		diag_add(o->diag, DIAG_OUT_PDF, (struct loc){0}, o->fault, (char *)NULL);
	return false;
}
