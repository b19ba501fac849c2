/* hpdf_door: see hpdf_door.h. Every object of libharu's is a dictionary without entries whose write hook puts our text between
 * << and >>: so libharu's limits on arrays, strings and numbers, its float formatting and its own compression are never met, nor
 * its lists where they would be long. Its file writer loses write errors and is not used either: the bytes go through a callback into
 * memory, and whoever calls saves them. Numbers and places of objects are xref's. */
#include "out/hpdf_door.h"

#include <hpdf.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/unit.h"
#include "out/xref.h"

#if HPDF_MAJOR_VERSION != 2 || HPDF_MINOR_VERSION != 3
#error "libharu 2.3 is needed: hpdf_door.c relies on its object layer"
#endif

enum {
	FAN_OUT = 32,                 /* kids of a node of the page tree */
	MOST_BYTES = 0x7fffffff - 4096 /* libharu counts what it writes in 32 bits */
};

#define HARU_ERROR DIAG_TWO("libharu 出错 %lu", "libharu reports error %lu")

/* What stands behind an object of libharu's: attr of its dictionary. */
struct body {
	HPDF_Stream to;     /* the file, between the two hooks */
	struct str dict, bytes;
	uint32_t number, parent;
	int part;
	bool is_stream;
};

/* bytes: in the file; raw: of the object stream under way, before it is deflated. */
struct part {
	const char *name;
	size_t bytes, raw;
};

struct door {
	struct diag_list *diag;
	struct arena *arena;
	struct deflate *deflate;
	HPDF_Doc doc;
	struct xref xref;
	struct body **pages;
	size_t n_pages, cap_pages;
	struct body catalog, info, root;
	struct part *parts;
	int n_parts, cap_parts, part;
	struct buf scratch;
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

static void close_door(void *p)
{
	struct door *o = p;

	HPDF_Free(o->doc);
	buf_free(&o->scratch);
	mem_free(o->parts);
	mem_free(o->pages);
}

const char *door_version(void)
{
	return HPDF_GetVersion();
}

/* ---- parts of the file ---- */

void door_part(struct door *o, const char *part)
{
	for (o->part = 0; o->part < o->n_parts; o->part++)
		if (strcmp(o->parts[o->part].name, part) == 0)
			return;
	if (o->n_parts == o->cap_parts) {
		o->cap_parts = o->cap_parts * 2 + 16;
		o->parts = mem_grow(o->parts, (size_t)o->cap_parts * sizeof *o->parts);
	}
	o->parts[o->n_parts++] = (struct part){.name = part};
}

bool door_size(const struct door *o, size_t i, const char **part, size_t *bytes)
{
	if (i >= (size_t)o->n_parts)
		return false;
	*part = o->parts[i].name;
	*bytes = o->parts[i].bytes;
	return true;
}

/* Its objects share what the object stream takes. */
static void share_out(struct door *o, size_t raw, size_t bytes)
{
	for (int i = 0; i < o->n_parts; i++) {
		o->parts[i].bytes += (size_t)unit_muldiv((int64_t)o->parts[i].raw, (int64_t)bytes, raw ? (int64_t)raw : 1);
		o->parts[i].raw = 0;
	}
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

static HPDF_STATUS keep_bytes(HPDF_Stream s, const HPDF_BYTE *p, HPDF_UINT n)
{
	struct door *o = s->attr;
	buf_put(&o->scratch, p, n);
	return HPDF_OK;
}

/* ---- numbers ---- */

uint32_t door_numbers(struct door *o, size_t n)
{
	uint32_t number = o->fault[0] ? 0 : xref_number(&o->xref, n);

	if (!number)
		fail(o, DIAG_TWO("对象超过 %lu 个", "more than %lu objects"), (unsigned long)o->xref.n);
	return number;
}

uint32_t door_number(struct door *o)
{
	return door_numbers(o, 1);
}

/* A body may come for it. */
static bool expected(struct door *o, uint32_t number)
{
	if (o->fault[0])
		return false;
	if (number == 0 || number >= o->xref.n)
		fail(o, DIAG_TWO("没有编号为 %lu 的对象", "there is no object %lu"), number);
	else if (xref_has(&o->xref, number))
		fail(o, DIAG_TWO("对象 %lu 的内容给了两次", "object %lu has two bodies"), number);
	return !o->fault[0];
}

/* ---- libharu's objects ---- */

static void hook(HPDF_Dict dict, struct body *b)
{
	dict->attr = b;
	dict->before_write_fn = NULL;
	dict->write_fn = write_dict;
	dict->after_write_fn = write_stream;
}

/* NULL after an error. */
static struct body *body_new(struct door *o, uint32_t number, struct str dict)
{
	HPDF_Dict object = HPDF_Dict_New(o->doc->mmgr);
	/* On failure libharu has freed the dictionary. */
	HPDF_STATUS status = object ? HPDF_Xref_Add(o->doc->xref, object) : HPDF_FAILD_TO_ALLOC_MEM;
	check(o, status);
	if (status != HPDF_OK)
		return NULL;
	struct body *b = ARENA_NEW(o->arena, struct body);
	*b = (struct body){.number = number, .dict = arena_str(o->arena, dict), .part = o->part};
	hook(object, b);
	/* It is written at the end; until then this says that it is there. */
	xref_at(&o->xref, number, 1);
	return b;
}

static void add_stream(struct door *o, uint32_t number, struct str dict, struct str bytes, int part)
{
	struct body *b = body_new(o, number, dict);

	if (!b)
		return;
	b->bytes = arena_str(o->arena, bytes);
	b->is_stream = true;
	b->part = part;
}

void door_stream(struct door *o, uint32_t number, struct str dict, struct str bytes)
{
	if (expected(o, number))
		add_stream(o, number, dict, bytes, o->part);
}

uint32_t door_page(struct door *o, struct str body)
{
	uint32_t number = door_number(o);
	struct body *b = number ? body_new(o, number, body) : NULL;

	if (!b)
		return 0;
	if (o->n_pages == o->cap_pages) {
		o->cap_pages = o->cap_pages * 2 + 64;
		o->pages = mem_grow(o->pages, o->cap_pages * sizeof *o->pages);
	}
	o->pages[o->n_pages++] = b;
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

/* ---- packed objects ---- */

static void take_pack(struct door *o)
{
	uint32_t number;
	struct buf dict = {0};
	struct str bytes;
	size_t raw = o->xref.body.n;

	if (xref_take(&o->xref, &number, &dict, &bytes)) {
		struct str packed = deflate_pack(o->deflate, bytes);
		buf_puts(&dict, "/Filter/FlateDecode");
		add_stream(o, number, buf_view(&dict), packed, -1);
		share_out(o, raw, packed.n + dict.n);
	}
	buf_free(&dict);
}

static void pack(struct door *o, uint32_t number, struct str body, int part)
{
	size_t before = o->xref.body.n;
	bool full = xref_pack(&o->xref, number, body);

	o->parts[part].raw += o->xref.body.n - before;
	if (o->xref.stream == 0)
		fail(o, DIAG_TWO("对象超过 %lu 个", "more than %lu objects"), (unsigned long)o->xref.n);
	else if (full)
		take_pack(o);
}

void door_next_pack(struct door *o)
{
	take_pack(o);
}

void door_object(struct door *o, uint32_t number, struct str body)
{
	if (expected(o, number))
		pack(o, number, body, o->part);
}

void door_dict(struct door *o, uint32_t number, struct str body)
{
	if (!expected(o, number))
		return;
	o->scratch.n = 0;
	buf_puts(&o->scratch, "<<");
	buf_str(&o->scratch, body);
	buf_puts(&o->scratch, ">>");
	pack(o, number, buf_view(&o->scratch), o->part);
}

/* ---- the page tree ---- */

/* One node over kids, the last of them standing for the rest of `pages`. */
static void close_node(struct door *o, struct body *node, struct body *const *kids, size_t n, size_t pages)
{
	struct buf b = {0};
	buf_puts(&b, node == &o->root ? "/Kids[" : "/Type/Pages/Kids[");
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, i ? " %lu 0 R" : "%lu 0 R", (unsigned long)kids[i]->number);
		kids[i]->parent = node->number;
	}
	buf_printf(&b, "]/Count %zu", pages);
	node->dict = arena_str(o->arena, buf_view(&b));
	buf_free(&b);
}

/* Level by level from the pages up, until one node, libharu's root, can hold what is left. */
static void close_tree(struct door *o)
{
	struct body **kids = o->pages;
	size_t n = o->n_pages, each = 1;
	while (n > FAN_OUT) {
		size_t n_nodes = (n + FAN_OUT - 1) / FAN_OUT;
		struct body **nodes = ARENA_ARRAY(o->arena, n_nodes, struct body *);
		for (size_t i = 0; i < n_nodes; i++) {
			size_t first = i * FAN_OUT, last = first + FAN_OUT < n ? first + FAN_OUT : n;
			size_t end = last * each < o->n_pages ? last * each : o->n_pages;
			uint32_t number = door_number(o);
			nodes[i] = number ? body_new(o, number, STR("")) : NULL;
			if (!nodes[i])
				return;
			close_node(o, nodes[i], kids + first, last - first, end - first * each);
		}
		kids = nodes;
		n = n_nodes;
		each *= FAN_OUT;
	}
	close_node(o, &o->root, kids, n, o->n_pages);
}

/* ---- open and close ---- */

static void adopt_dict(struct door *o, HPDF_Dict dict, struct body *b)
{
	*b = (struct body){.number = door_number(o)};
	if (b->number)
		xref_at(&o->xref, b->number, 1);
	hook(dict, b);
}

/* libharu's own document: its catalog and root of pages stay, with our entries behind theirs. Its references are not ours. */
static bool adopt(struct door *o)
{
	HPDF_Doc doc = o->doc;
	adopt_dict(o, doc->catalog, &o->catalog);
	adopt_dict(o, doc->root_pages, &o->root);
	adopt_dict(o, doc->info, &o->info);
	check(o, HPDF_Dict_RemoveElement(doc->catalog, "Pages"));
	check(o, HPDF_Dict_RemoveElement(doc->root_pages, "Kids"));
	check(o, HPDF_Dict_RemoveElement(doc->root_pages, "Count"));
	check(o, HPDF_Dict_RemoveElement(doc->info, "Producer"));
	return !o->fault[0];
}

struct door *door_open(struct diag_list *d, struct arena *a, struct deflate *z)
{
	struct door *o = ARENA_NEW(a, struct door);
	*o = (struct door){.diag = d, .arena = a, .deflate = z, .fault = ""};
	const char *version = HPDF_GetVersion();
	xref_open(&o->xref, a);
	arena_defer(a, close_door, o);
	door_part(o, "other");
	if (!str_starts(str_of(version), STR("2.3.")))
		o->fault = arena_printf(a, DIAG_TWO("libharu 是 %s 版，需要 2.3", "libharu is %s, 2.3 is needed"), version,
					version);
	else
		o->doc = HPDF_NewEx(on_error, take_memory, mem_free, 0, o);
	if (o->doc && adopt(o))
		return o;
	diag_add(d, DIAG_OUT_PDF, (struct loc){0}, o->fault, (char *)NULL);
	return NULL;
}

static void find_missing(struct door *o)
{
	for (uint32_t i = 1; i < o->xref.n; i++)
		if (i != o->xref.stream && !xref_has(&o->xref, i))
			fail(o, DIAG_TWO("对象 %lu 没有内容", "object %lu has no body"), i);
}

/* libharu's object i, NULL when there is none. */
static HPDF_Dict object_at(struct door *o, HPDF_UINT i)
{
	HPDF_XrefEntry entry = HPDF_Xref_GetEntry(o->doc->xref, i);
	return entry ? entry->obj : NULL;
}

/* Catalog, information, pages and the nodes over them go into object streams like the others. */
static void pack_dicts(struct door *o)
{
	HPDF_UINT n = o->doc->xref->entries->count;
	HPDF_Stream s = HPDF_CallbackWriter_New(o->doc->mmgr, keep_bytes, o);
	for (HPDF_UINT i = 0; s && i < n && !o->fault[0]; i++) {
		HPDF_Dict dict = object_at(o, i);
		struct body *b = dict ? dict->attr : NULL;
		if (!b || b->is_stream)
			continue;
		o->scratch.n = 0;
		check(o, HPDF_Obj_WriteValue(dict, s, NULL));
		pack(o, b->number, buf_view(&o->scratch), b->part);
	}
	check(o, s ? HPDF_OK : HPDF_FAILD_TO_ALLOC_MEM);
	HPDF_Stream_Free(s);
	take_pack(o);
}

static void write_object(struct door *o, HPDF_Stream s, HPDF_Dict dict)
{
	const struct body *b = dict->attr;
	size_t from = o->out->n;
	HPDF_STATUS status = put_text(s, "%lu 0 obj\n", b->number);
	if (status == HPDF_OK)
		status = HPDF_Obj_WriteValue(dict, s, NULL);
	if (status == HPDF_OK)
		status = put(s, STR("\nendobj\n"));
	check(o, status);
	xref_at(&o->xref, b->number, from - o->start);
	if (b->part >= 0)
		o->parts[b->part].bytes += o->out->n - from;
}

/* /ID only has to differ from other files' (ISO 32000-1 14.4), so two quick hashes of what comes before are enough; the whole file
 * under sha256 would cost as much as its fonts. */
static void write_table(struct door *o, HPDF_Stream s, struct str seed)
{
	struct buf dict = {0}, rows = {0};
	unsigned long long first = str_digest(seed);
	unsigned long long second = str_digest(str_sub(buf_view(o->out), o->start, o->out->n));
	uint32_t number = door_number(o);
	size_t at = o->out->n - o->start;
	if (number) {
		xref_at(&o->xref, number, at);
		xref_table(&o->xref, &dict, &rows);
		struct str packed = deflate_pack(o->deflate, buf_view(&rows));
		char *text = arena_printf(o->arena, "%lu 0 obj\n<</Type/XRef/Root %lu 0 R/Info %lu 0 R/ID[<%016llx%016llx><%016llx%016llx>]"
					  "%.*s/Filter/FlateDecode/Length %zu>>\nstream\n", (unsigned long)number,
					  (unsigned long)o->catalog.number, (unsigned long)o->info.number, first, second, first,
					  second, (int)dict.n, dict.p, packed.n);
		check(o, put(s, str_of(text)));
		check(o, put(s, packed));
		check(o, put_text(s, "\nendstream\nendobj\nstartxref\n%lu\n%%%%EOF\n", at));
	}
	buf_free(&dict);
	buf_free(&rows);
}

static void write_all(struct door *o, struct str seed)
{
	HPDF_Stream s = HPDF_CallbackWriter_New(o->doc->mmgr, write_bytes, o);
	if (!s) {
		fail(o, HARU_ERROR, HPDF_Error_GetCode(&o->doc->error));
		return;
	}
	/* The comment's bytes above 127 tell transfer programs that the file is binary. */
	check(o, put(s, STR("%PDF-1.7\n%\xe6\x96\x87\xe4\xbb\xb6\n")));
	HPDF_UINT n = o->doc->xref->entries->count;
	for (HPDF_UINT i = 0; i < n && !o->fault[0]; i++) {
		HPDF_Dict dict = object_at(o, i);
		if (dict && dict->attr && ((struct body *)dict->attr)->is_stream)
			write_object(o, s, dict);
	}
	if (!o->fault[0])
		write_table(o, s, seed);
	check(o, HPDF_GetError(o->doc));
	HPDF_Stream_Free(s);
}

/* What no part takes: keywords, the table. */
static void count_rest(struct door *o)
{
	size_t all = o->out->n - o->start;

	for (int i = 0; i < o->n_parts; i++)
		all -= o->parts[i].bytes < all ? o->parts[i].bytes : all;
	o->parts[0].bytes += all;
}

bool door_close(struct door *o, struct str seed, size_t limit, struct buf *out)
{
	o->out = out;
	o->start = out->n;
	o->limit = limit && limit < MOST_BYTES ? limit : MOST_BYTES;
	if (!o->fault[0])
		close_tree(o);
	if (!o->fault[0])
		find_missing(o);
	char *pages = arena_printf(o->arena, "/Pages %lu 0 R", (unsigned long)o->root.number);
	o->catalog.dict = str_of(arena_printf(o->arena, "%s%.*s", pages, STR_ARG(o->catalog.dict)));
	if (!o->fault[0])
		pack_dicts(o);
	if (!o->fault[0])
		write_all(o, seed);
	if (!o->fault[0]) {
		count_rest(o);
		return true;
	}
	out->n = o->start;
	char number[24];
	snprintf(number, sizeof number, "%zu", o->limit);
	if (o->too_large)
		diag_add(o->diag, DIAG_WORLD_TOO_LARGE, (struct loc){0}, "PDF", number, (char *)NULL);
	else
		diag_add(o->diag, DIAG_OUT_PDF, (struct loc){0}, o->fault, (char *)NULL);
	return false;
}
