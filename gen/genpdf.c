/* genpdf: the public door and the conductor: runs the stages in order, owns the document's arena. See genpdf.h. */
#include "genpdf.h"

#include "base/bundle.h"
#include "base/choice.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/sweep.h"
#include "flow/flow.h"
#include "import/import.h"
#include "layout/layout.h"
#include "out/out.h"
#include "record/record.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* One run over one input. */
struct job {
	const struct genpdf_options *o;
	struct arena *arena;
	struct source_table sources;
	struct diag_list diags;
	size_t said;           /* messages already given out */
	struct file_inputs inputs;
	const char *home;      /* of layouts and schemas */
	const char *fonts, *fonts_base; /* see layout.h */
	const char *layout;    /* path of its layout.xml, once it is open */
	const char *input;
	struct str record_bytes;
	struct buf explain;    /* said behind the messages */
	struct str epoch;      /* the date of the environment, ISO; empty: none */
};

/* ---- messages ---- */

static void say(struct job *j, struct str bytes)
{
	if (bytes.n && j->o->message)
		j->o->message(j->o->user, bytes.p, bytes.n);
}

static void say_new(struct job *j)
{
	struct buf b = {0};
	enum diag_lang lang = j->o->chinese ? LANG_ZH : LANG_EN;

	if (j->o->json)
		diag_json(&j->diags, j->said, lang, &b);
	else
		diag_text(&j->diags, j->said, lang, &b);
	j->said = j->diags.n;
	say(j, buf_view(&b));
	buf_free(&b);
}

/* ---- where things are ---- */

static bool is_home(struct arena *a, const char *dir)
{
	return file_is_dir(file_join(a, dir, "layouts"));
}

static const char *find_home(struct job *j)
{
	const char *env = j->o->home ? j->o->home : getenv("GENPDF_HOME");
	char exe[PATH_MAX];

	if (env && *env)
		return is_home(j->arena, env) ? file_real(j->arena, env) : NULL;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	if (n <= 0)
		return NULL;
	exe[n] = 0;
	const char *up = file_dir(j->arena, file_dir(j->arena, exe));
	const char *share = file_join(j->arena, up, "share/genpdf");
	return is_home(j->arena, up) ? up : is_home(j->arena, share) ? share : NULL;
}

/* A fonts.xml in a folder of GENPDF_FONTS takes the place of home's. */
static const char *own_fonts(struct job *j)
{
	const char *env = getenv("GENPDF_FONTS");

	for (const char *p = env ? env : ""; *p;) {
		const char *end = strchrnul(p, ':');
		char *path = file_join(j->arena, arena_copy(j->arena, p, (size_t)(end - p)), "fonts.xml");
		if (end > p && file_exists(path))
			return path;
		p = *end ? end + 1 : end;
	}
	return NULL;
}

/* The attached fonts.xml speaks of folders as the one did that it was. */
static void find_fonts(struct job *j)
{
	const char *own = own_fonts(j), *attached = j->o->sources ? file_join(j->arena, j->o->sources, "fonts/fonts.xml") : NULL;

	j->fonts = own ? own : file_join(j->arena, j->home, "fonts/fonts.xml");
	if (!attached)
		return;
	j->home = j->o->sources;
	j->fonts_base = file_dir(j->arena, j->fonts);
	if (file_exists(attached))
		j->fonts = attached;
}

static bool job_open(struct job *j, const struct genpdf_options *o, const char *input)
{
	*j = (struct job){.o = o, .arena = arena_new(), .input = input};
	source_open(&j->sources, j->arena);
	diag_open(&j->diags, j->arena, &j->sources);
	j->diags.draft = o->draft;
	j->inputs.arena = j->arena;
	j->sources.inputs = &j->inputs;
	j->home = find_home(j);
	if (j->home) {
		find_fonts(j);
		return true;
	}
	diag_add(&j->diags, DIAG_WORLD_HOME, (struct loc){0}, o->home ? o->home : getenv("GENPDF_HOME") ? getenv("GENPDF_HOME") : "", NULL);
	return false;
}

static enum genpdf_status job_close(struct job *j)
{
	say_new(j);
	say(j, buf_view(&j->explain));
	buf_free(&j->explain);
	int status = diag_status(&j->diags, j->o->strict);
	arena_close(j->arena);
	return (enum genpdf_status)status;
}

/* ---- output ---- */

/* The input, or any other file that was read for it: layout, templates, list of fonts. */
static bool is_read(struct job *j, const char *path)
{
	if (!strcmp(path, "-"))
		return false;
	if (strcmp(j->input, "-") && file_same(path, j->input))
		return true;
	for (uint32_t i = 1; i <= j->sources.n; i++) {
		const struct str name = source_get(&j->sources, i)->name;
		if (file_same(path, arena_copy(j->arena, name.p, name.n)))
			return true;
	}
	return false;
}

/* What there is to say is said before: nothing asks for memory when the file has its name. */
static bool write_file(struct job *j, const char *path, struct str bytes)
{
	say_new(j);
	if (is_read(j, path)) {
		diag_add(&j->diags, DIAG_OUTPUT_IS_INPUT, (struct loc){0}, path, NULL);
		return false;
	}
	struct file_out *f = file_create(&j->diags, path);
	if (!f)
		return false;
	file_write(f, bytes.p, bytes.n);
	return file_commit(f);
}

/* ---- text -> record ---- */

static bool is_record(const char *name, struct str bytes)
{
	size_t n = strlen(name), at = 0;

	if (n > 4 && !strcmp(name + n - 4, ".xml"))
		return true;
	if (bytes.n >= 3 && !memcmp(bytes.p, "\xEF\xBB\xBF", 3))
		at = 3;
	while (at < bytes.n && strchr(" \t\r\n", bytes.p[at]))
		at++;
	return at < bytes.n && bytes.p[at] == '<';
}

static const char *input_name(const struct job *j)
{
	return strcmp(j->input, "-") ? j->input : "<stdin>";
}

static bool give_report(struct job *j, const struct import_result *r)
{
	if (j->o->report)
		return write_file(j, j->o->report, buf_view(&r->report));
	say(j, buf_view(&r->report));
	return true;
}

/* --kind names no kind that can be imported: a mistake of the command line, not of the text. */
static bool kind_is_known(struct job *j)
{
	const char *const *kinds = import_kind_names(j->arena);

	for (const char *const *k = kinds; j->o->kind && *k; k++)
		if (!strcmp(*k, j->o->kind))
			return true;
	if (j->o->kind)
		diag_add(&j->diags, DIAG_COMMAND_VALUE, (struct loc){0}, "--kind", j->o->kind,
			 choice_text(j->arena, str_of(j->o->kind), kinds), NULL);
	return !j->o->kind;
}

/* Import source src. *made: the record, as a source whose places are those of the text; its bytes go into the job's arena. */
static bool import_source(struct job *j, uint32_t src, struct str *record, uint32_t *made)
{
	struct import_result r = {0};
	struct import_options o = {.kind = j->o->kind, .lang = j->o->chinese ? LANG_ZH : LANG_EN, .json = j->o->json,
				   .apart = j->o->report};
	struct str answers;
	if (!kind_is_known(j) || (j->o->answers && !file_read(&j->diags, j->arena, j->o->answers, FILE_LIMIT, &answers)))
		return false;
	if (j->o->answers)
		o.answers = source_borrow(&j->sources, str_of(j->o->answers), answers);
	if (j->o->normalise)
		src = import_normalise(j->arena, &j->sources, src, &o);
	bool good = import_text(&j->diags, j->arena, &j->sources, src, &o, &r);

	if (good) {
		say_new(j);
		*record = arena_str(j->arena, buf_view(&r.record));
		*made = source_borrow(&j->sources, str_of(input_name(j)), *record);
		source_derive(&j->sources, *made, src, r.spans, r.n_spans);
		good = give_report(j, &r);
	}
	import_result_free(&r);
	return good;
}

/* The input as UTF-8; its source number, or 0 after messages. */
static uint32_t read_source(struct job *j, struct str *bytes)
{
	if (!file_read(&j->diags, j->arena, j->input, FILE_LIMIT, bytes) ||
	    !encoding_read(&j->diags, &j->sources, arena_copy(j->arena, input_name(j), strlen(input_name(j))), j->o->encoding, bytes))
		return 0;
	return source_borrow(&j->sources, str_of(input_name(j)), *bytes);
}

/* Read the input; a plain text becomes a record first. Source number, or 0 after messages. */
static uint32_t read_record(struct job *j)
{
	struct str bytes;
	uint32_t src = read_source(j, &bytes), made;

	if (!src)
		return 0;
	j->record_bytes = bytes;
	if (is_record(input_name(j), bytes))
		return src;
	return import_source(j, src, &j->record_bytes, &made) ? made : 0;
}

/* ---- record -> pages ---- */

struct rendering {
	struct job *job;
	const struct out_format *format;
	struct out *out;
};

static bool take_page(void *user, const struct list_page *p)
{
	struct rendering *r = user;

	return !r->out || r->format->page(r->out, p);
}

/* The day of so many seconds since 1970 in "YYYY-MM-DDThh:mm:ssZ". gmtime would read a file of time zones. */
static struct str epoch_date(struct arena *a, long long seconds)
{
	long long n = seconds / 86400, rest = seconds % 86400; /* days; eras of 400 years from 1 March 0000 follow */
	long long z = n + 719468, era = z / 146097, day = z % 146097;
	long long year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	long long of_year = day - (365 * year + year / 4 - year / 100), m = (5 * of_year + 2) / 153;
	long long month = m < 10 ? m + 3 : m - 9;

	return str_of(arena_printf(a, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lldZ", year + era * 400 + (month <= 2), month,
				   of_year - (153 * m + 2) / 5 + 1, rest / 3600, rest / 60 % 60, rest % 60));
}

/* SOURCE_DATE_EPOCH of reproducible-builds.org: seconds since 1970, digits only. Set to anything else, also to nothing, it is an error:
 * whoever sets it wants a date, and a PDF without one would pass unseen. */
static void read_epoch(struct job *j)
{
	const long long last = 253402300799; /* the year 9999 ends */
	const char *epoch = j->o->date ? NULL : getenv("SOURCE_DATE_EPOCH");
	long long seconds = 0;
	size_t n = 0;

	for (; epoch && epoch[n] >= '0' && epoch[n] <= '9' && seconds <= last; n++)
		seconds = 10 * seconds + (epoch[n] - '0');
	if (epoch && (!n || epoch[n] || seconds > last))
		diag_add(&j->diags, DIAG_ENVIRONMENT_VALUE, (struct loc){0}, "SOURCE_DATE_EPOCH", epoch,
			 DIAG_TWO("应为 1970 年以来的秒数，0 至 253402300799", "it must be seconds since 1970, 0 to 253402300799"), NULL);
	else if (epoch)
		j->epoch = epoch_date(j->arena, seconds);
}

/* ISO date of the record, else that of a PDF rendered again, else SOURCE_DATE_EPOCH, else nothing: no clock is asked. */
static struct str source_date(const struct job *j, const struct doc *doc)
{
	if (doc->metadata.date.n)
		return doc->metadata.date;
	return j->o->date ? str_of(j->o->date) : j->epoch;
}

static enum out_profile profile_of(const char *name)
{
	static const char *const names[] = {[PROFILE_A2A] = "a2a", [PROFILE_A2U] = "a2u", [PROFILE_A3A] = "a3a", [PROFILE_PLAIN] = "plain"};

	for (int i = 0; name && i < (int)(sizeof names / sizeof *names); i++)
		if (!strcmp(name, names[i]))
			return (enum out_profile)i;
	return PROFILE_A2A;
}

static bool is_published(const struct job *j)
{
	return profile_of(j->o->profile) == PROFILE_A3A && !j->o->draft;
}

/* What a PDF that is to be rendered again says beside the files: which is which, and options that count. */
static struct str manifest(struct job *j, const struct bundle *b)
{
	struct buf m = {0};

	buf_puts(&m, "genpdf-inputs 1\n");
	buf_printf(&m, "record %.*s\n", STR_ARG(bundle_name(b, j->input)));
	buf_printf(&m, "layout %.*s\n", STR_ARG(bundle_name(b, j->layout)));
	if (j->o->kind)
		buf_printf(&m, "kind %s\n", j->o->kind);
	if (j->o->encoding)
		buf_printf(&m, "encoding %s\n", j->o->encoding);
	if (j->o->answers && bundle_name(b, j->o->answers).n)
		buf_printf(&m, "answers %.*s\n", STR_ARG(bundle_name(b, j->o->answers)));
	if (j->o->normalise)
		buf_puts(&m, "normalize yes\n");
	if (j->o->mark)
		buf_printf(&m, "mark %s\n", j->o->mark);
	struct str out = arena_str(j->arena, buf_view(&m));
	buf_free(&m);
	return out;
}

/* Every file that this run has read. */
static void attach(struct job *j, struct out_options *o)
{
	struct bundle b = bundle_of(j->arena, &j->inputs, j->home, j->fonts, j->o->answers);
	struct out_attachment *all = ARENA_ARRAY(j->arena, b.n + 1, struct out_attachment);

	for (size_t i = 0; i < b.n; i++)
		all[i] = (struct out_attachment){b.files[i].name, b.files[i].bytes};
	all[b.n] = (struct out_attachment){STR(GENPDF_INPUTS), manifest(j, &b)};
	o->attachments = all;
	o->n_attachments = b.n + 1;
}

static bool open_out(struct rendering *r, const char *format, const struct doc *doc)
{
	struct job *j = r->job;
	struct out_options *o = ARENA_NEW(j->arena, struct out_options);

	*o = (struct out_options){
		.profile = profile_of(j->o->profile),
		.libraries = arena_printf(j->arena, "%s, %s", text_libraries(j->arena), xml_libraries(j->arena)),
		.creator = "genpdf " GENPDF_VERSION,
		.source_date = source_date(j, doc),
		.id_seed = j->record_bytes,
		.draft = j->o->draft,
		.chinese = j->o->chinese,
		.explain = j->o->explain_size ? &j->explain : NULL,
		.explain_json = j->o->json,
		.sources = &j->sources,
	};
	if (is_published(j))
		attach(j, o);
	r->format = out_find(format);
	r->out = r->format ? r->format->open(&j->diags, j->arena, o) : NULL;
	return r->out != NULL;
}

/* Doc -> bytes of the format; format NULL makes pages for their messages only. */
static bool render_doc(struct job *j, const struct doc *doc, const char *format, struct buf *bytes, bool vlist)
{
	struct rendering r = {.job = j};
	struct font_set *fonts = font_set_new();
	struct list *list = list_new(j->arena, &doc->metadata);
	struct flow_options flow = {fonts, take_page, &r, vlist ? bytes : NULL};
	bool good = font_set_check(&j->diags, fonts, doc) && (!format || open_out(&r, format, doc)) &&
		    flow_run(&j->diags, doc, list, &flow) && (!r.out || r.format->close(r.out, list, bytes));

	if (!format && !vlist)
		font_set_verify(&j->diags, fonts);
	font_set_close(fonts);
	return good;
}

static bool stop_is(const struct job *j, const char *stage)
{
	return j->o->stop && !strcmp(j->o->stop, stage);
}

static struct layout_options layout_options(const struct job *j)
{
	return (struct layout_options){j->home, j->fonts, j->fonts_base, j->o->mark, is_published(j)};
}

/* part: the layout of the record that includes this one, else NULL. */
static struct layout *open_layout(struct job *j, const struct record *record, const struct layout *part)
{
	struct layout_options lo = layout_options(j);
	const struct xml_attr *kind = xml_attr(record->root, "kind");
	struct loc at = kind ? kind->value_loc : record->root->loc;
	struct str name = part ? layout_part(part, record->kind, &at) : record->kind;

	const struct file_input *before = j->inputs.last;

	if (!part && j->o->layout) {
		name = str_of(j->o->layout);
		at = (struct loc){0};
	}
	struct layout *layout =
		layout_open(&j->diags, j->arena, &j->sources, arena_copy(j->arena, name.p, name.n), at, &lo);
	if (!part && before && before->next)
		j->layout = before->next->path;
	return layout;
}

static struct record *open_record(struct job *j)
{
	uint32_t src = read_record(j);
	const char *schemas = file_join(j->arena, j->home, "records/schema");

	return src ? record_open(&j->diags, j->arena, &j->sources, src, schemas) : NULL;
}

/* The seed of the file's identity holds all that it is made of. */
static void add_seed(struct job *j, const struct record *record)
{
	struct str bytes = source_get(&j->sources, record->source)->bytes, before = j->record_bytes;
	char *all = arena_alloc(j->arena, before.n + bytes.n + 1);

	memcpy(all, before.p, before.n);
	memcpy(all + before.n, bytes.p, bytes.n);
	j->record_bytes = (struct str){all, before.n + bytes.n};
}

static struct doc *bind_all(struct job *j, struct layout *layout, struct record *record, const struct record_include *list);

/* What the record includes, each bound by the layout of its own kind. False after messages. */
static bool bind_includes(struct job *j, const struct layout *layout, const struct record_include *list, struct included **out)
{
	bool good = true;

	for (*out = NULL; list; list = list->next) {
		struct included *k = ARENA_NEW(j->arena, struct included);
		struct layout *own = open_layout(j, list->record, layout);
		*k = (struct included){.href = list->href->value, .loc = list->href->value_loc};
		k->doc = own ? bind_all(j, own, list->record, list->first) : NULL;
		add_seed(j, list->record);
		good = good && k->doc;
		*out = k;
		out = &k->next;
	}
	return good;
}

static struct doc *bind_all(struct job *j, struct layout *layout, struct record *record, const struct record_include *list)
{
	struct included *included;

	return bind_includes(j, layout, list, &included) ? layout_bind(&j->diags, j->arena, layout, record, included) : NULL;
}

static struct doc *bind(struct job *j, struct layout *layout, struct record *record)
{
	struct record_include *list;
	const char *schemas = file_join(j->arena, j->home, "records/schema");
	bool opened = record_open_includes(&j->diags, j->arena, &j->sources, record, j->input, schemas, &list);
	struct doc *doc = opened ? bind_all(j, layout, record, list) : NULL;
	const char *bad = doc ? doc_check(doc) : NULL;

	if (doc)
		layout_unused(&j->diags, layout, true);
	if (!bad)
		return doc;
	fprintf(stderr, "genpdf: internal: %s\n", bad);
	abort();
}

static bool run_stages(struct job *j, const char *format, struct buf *bytes)
{
	struct record *record = open_record(j);

	if (!record)
		return false;
	if (stop_is(j, "record")) {
		record_dump(record, bytes);
		return true;
	}
	struct layout *layout = open_layout(j, record, NULL);
	if (!layout)
		return false;
	if (stop_is(j, "layout")) {
		layout_dump(layout, &j->sources, bytes);
		return true;
	}
	struct doc *doc = bind(j, layout, record);
	if (doc && stop_is(j, "doc")) {
		doc_dump(doc, &j->sources, bytes);
		return true;
	}
	return doc && render_doc(j, doc, format, bytes, stop_is(j, "vlist"));
}

/* ---- fonts ---- */

/* What stands on a page, by font; a glyph 0 stands for nothing. */
static bool count_page(void *user, const struct list_page *p)
{
	(void)user;
	for (const struct list_item *item = p->first; item; item = item->next) {
		const struct list_glyphs *g = &item->u.glyphs;
		for (size_t i = 0; item->kind == ITEM_GLYPHS && i < g->n; i++) {
			struct str text = str_sub(g->text, g->glyphs[i].text, g->glyphs[i].text + g->glyphs[i].length);
			if (g->glyphs[i].id && !str_is(text, " "))
				font_count(g->font, utf8_count(text));
		}
	}
	return true;
}

static void list_used_fonts(struct job *j, struct buf *bytes)
{
	struct record *record = open_record(j);
	struct layout *layout = record ? open_layout(j, record, NULL) : NULL;
	struct doc *doc = layout ? bind(j, layout, record) : NULL;
	struct font_set *fonts = font_set_new();
	struct flow_options flow = {fonts, count_page, NULL, NULL};

	font_set_note(fonts);
	if (doc && font_set_check(&j->diags, fonts, doc))
		flow_run(&j->diags, doc, list_new(j->arena, &doc->metadata), &flow);
	if (doc) /* and most of all when something was missing */
		font_set_list(fonts, doc, &j->sources, j->o->chinese ? LANG_ZH : LANG_EN, bytes);
	font_set_close(fonts);
}

/* ---- the door ---- */

enum genpdf_status genpdf_render(const struct genpdf_options *o, const char *input, const char *output)
{
	struct job j;
	struct buf bytes = {0};
	const char *format = !o->stop ? "pdf" : out_find(o->stop) ? o->stop : NULL;
	bool open = job_open(&j, o, input);

	if (open && !o->stop)
		read_epoch(&j);
	if (open && run_stages(&j, format, &bytes) && diag_status(&j.diags, o->strict) < GENPDF_AUTHOR)
		write_file(&j, output, buf_view(&bytes));
	buf_free(&bytes);
	return job_close(&j);
}

enum genpdf_status genpdf_import(const struct genpdf_options *o, const char *input, const char *output)
{
	struct job j;
	struct str bytes, record;

	if (job_open(&j, o, input)) {
		uint32_t src = read_source(&j, &bytes), made;
		if (src && import_source(&j, src, &record, &made))
			write_file(&j, output, record);
	}
	return job_close(&j);
}

enum genpdf_status genpdf_new(const struct genpdf_options *o, const char *kind, const char *output)
{
	struct job j;
	struct buf bytes = {0};

	if (job_open(&j, o, kind ? kind : "-")) {
		const char *schemas = file_join(j.arena, j.home, "records/schema");
		bool good = true;
		if (kind)
			good = record_start(&j.diags, j.arena, &j.sources, str_of(kind), schemas, &bytes);
		else
			record_kinds(&j.diags, j.arena, &j.sources, schemas, &bytes);
		if (good && strcmp(output, "-") && file_is_regular(output))
			diag_add(&j.diags, DIAG_OUTPUT_EXISTS, (struct loc){0}, output, NULL);
		else if (good)
			write_file(&j, output, buf_view(&bytes));
	}
	buf_free(&bytes);
	return job_close(&j);
}

enum genpdf_status genpdf_fonts(const struct genpdf_options *o, const char *input, const char *output)
{
	struct job j;
	struct buf bytes = {0};

	if (job_open(&j, o, input ? input : "-")) {
		struct layout_options lo = layout_options(&j);
		if (input)
			list_used_fonts(&j, &bytes);
		else
			layout_list_fonts(&j.diags, j.arena, &j.sources, &lo, o->chinese ? LANG_ZH : LANG_EN, &bytes);
		if (bytes.n)
			write_file(&j, output, buf_view(&bytes));
	}
	buf_free(&bytes);
	return job_close(&j);
}

enum genpdf_status genpdf_complain(const struct genpdf_options *o, const char *const *words, const char *code, ...)
{
	struct job j = {.o = o, .arena = arena_new()};
	const char *arg[3] = {NULL};
	int n = 0;
	va_list ap;

	diag_open(&j.diags, j.arena, NULL);
	va_start(ap, code);
	while (n < 3 && (arg[n] = va_arg(ap, const char *)))
		n++;
	va_end(ap);
	if (words && n && n < 3)
		arg[n] = choice_text(j.arena, str_of(arg[n - 1]), words);
	diag_add(&j.diags, (enum diag_code)diag_find(str_of(code)), (struct loc){0}, arg[0], arg[1], arg[2], NULL);
	return job_close(&j);
}

static bool is_layout(struct arena *a, const char *path)
{
	size_t n = strlen(path);
	bool named = n >= 10 && !strcmp(path + n - 10, "layout.xml");

	return file_is_dir(path) ? file_exists(file_join(a, path, "layout.xml")) : named;
}

enum genpdf_status genpdf_check(const struct genpdf_options *o, const char *input)
{
	struct job j;
	struct buf bytes = {0};

	if (job_open(&j, o, input)) {
		if (is_layout(j.arena, input)) {
			struct layout_options lo = layout_options(&j);
			const char *path = strchr(input, '/') ? input : arena_printf(j.arena, file_is_dir(input) ? "%s/" : "./%s", input);
			struct layout *l = layout_open(&j.diags, j.arena, &j.sources, path, (struct loc){0}, &lo);
			if (l)
				layout_check(&j.diags, l);
		} else {
			run_stages(&j, NULL, &bytes);
		}
	}
	buf_free(&bytes);
	return job_close(&j);
}

void genpdf_clear(void)
{
	sweep_all();
}
