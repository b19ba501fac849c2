/* verify: PDFs read back: their attached files given back, and themselves rendered again and compared. The conductor's other
 * half: uses the public door for rendering, and pdfin. See genpdf.h. */
#include "base/file.h"
#include "base/folder.h"
#include "genpdf.h"
#include "pdfin/pdfin.h"

/* One PDF. */
struct reading {
	const struct genpdf_options *o;
	struct arena *arena;
	struct source_table sources;
	struct diag_list diags;
	const char *name;   /* for messages */
	struct str bytes;
	struct pdfin *pdf;
	const struct pdfin_file *files;
	size_t n_files;
	const char *folder; /* where they stand on the disk */
	struct buf said;    /* messages of rendering */
	int status;         /* the worst of what was rendered */
};

static bool reading_open(struct reading *r, const struct genpdf_options *o, const char *input)
{
	*r = (struct reading){.o = o, .arena = arena_new(), .name = strcmp(input, "-") ? input : "<stdin>"};
	source_open(&r->sources, r->arena);
	diag_open(&r->diags, r->arena, &r->sources);
	if (!file_read(&r->diags, r->arena, input, FILE_LIMIT, &r->bytes))
		return false;
	r->pdf = pdfin_open(&r->diags, r->arena, r->name, r->bytes);
	return r->pdf && pdfin_files(r->pdf, &r->files, &r->n_files);
}

static enum genpdf_status reading_close(struct reading *r)
{
	struct buf b = {0};
	enum diag_lang lang = r->o->chinese ? LANG_ZH : LANG_EN;
	int status = diag_status(&r->diags, r->o->strict);

	(r->o->json ? diag_json : diag_text)(&r->diags, 0, lang, &b);
	if (b.n && r->o->message)
		r->o->message(r->o->user, b.p, b.n);
	buf_free(&b);
	buf_free(&r->said);
	arena_close(r->arena);
	return (enum genpdf_status)(status > r->status ? status : r->status);
}

static bool say(struct reading *r, enum diag_code code, const char *one)
{
	diag_add(&r->diags, code, (struct loc){0}, one, NULL);
	return false;
}

/* ---- attached files ---- */

static const char *words(struct reading *r, struct str s)
{
	return arena_copy(r->arena, s.p, s.n);
}

/* Whether a file is there; *same: with these bytes. */
static bool is_there(struct reading *r, const char *path, struct str bytes, bool *same)
{
	struct diag_list quiet;
	struct str found;

	diag_open(&quiet, r->arena, NULL);
	*same = file_exists(path) && file_read(&quiet, r->arena, path, FILE_LIMIT, &found) && str_eq(found, bytes);
	return file_exists(path);
}

static bool give_file(struct reading *r, const struct pdfin_file *f)
{
	const char *path = file_join(r->arena, r->folder, words(r, f->name));
	bool same;

	if (!pdfin_name_is_safe(f->name))
		return say(r, DIAG_ATTACHMENT_NAME, words(r, f->name));
	if (!f->sound)
		say(r, DIAG_ATTACHMENT_SUM, words(r, f->name));
	if (is_there(r, path, f->bytes, &same))
		return same || say(r, DIAG_ATTACHMENT_THERE, path);
	if (!folder_make(&r->diags, file_dir(r->arena, path)))
		return false;
	struct file_out *out = file_create(&r->diags, path);
	if (!out)
		return false;
	file_write(out, f->bytes.p, f->bytes.n);
	return file_commit(out);
}

static bool give_files(struct reading *r)
{
	bool good = folder_make(&r->diags, r->folder);

	for (size_t i = 0; i < r->n_files; i++)
		good = give_file(r, &r->files[i]) && good;
	return good;
}

static const struct pdfin_file *find_file(const struct reading *r, struct str name)
{
	for (size_t i = 0; i < r->n_files; i++)
		if (str_eq(r->files[i].name, name))
			return &r->files[i];
	return NULL;
}

/* ---- how they were rendered ---- */

/* The word behind "key " at the beginning of a line of the list of inputs, or NULL. */
static const char *stated(const struct reading *r, const char *key)
{
	const struct pdfin_file *list = find_file(r, STR(GENPDF_INPUTS));
	struct str text = list ? list->bytes : (struct str){0}, start = str_of(arena_printf(r->arena, "%s ", key));

	for (size_t at = 0; at < text.n;) {
		const char *end = memchr(text.p + at, '\n', text.n - at);
		struct str line = str_sub(text, at, end ? (size_t)(end - text.p) : text.n);
		if (str_starts(line, start))
			return arena_copy(r->arena, line.p + start.n, line.n - start.n);
		at += line.n + 1;
	}
	return NULL;
}

/* The same, when it names an attached file: where that stands. */
static const char *stated_file(const struct reading *r, const char *key)
{
	const char *name = stated(r, key);

	return name && find_file(r, str_of(name)) ? file_join(r->arena, r->folder, name) : NULL;
}

/* Messages speak of the attached files by their names, not by the folder that holds them for a while. */
static void take_message(void *user, const char *bytes, size_t n)
{
	struct reading *r = user;
	struct str s = {bytes, n}, folder = str_of(arena_printf(r->arena, "%s/", r->folder ? r->folder : ""));

	while (r->folder && s.n) {
		size_t at = str_find(s, folder);
		if (at == SIZE_MAX)
			break;
		buf_str(&r->said, str_sub(s, 0, at));
		s = str_sub(s, at + folder.n, s.n);
	}
	buf_str(&r->said, s);
}

/* As the PDF was made, as far as it says. A layout of the caller's comes from home, with what it uses. */
static struct genpdf_options options_of(struct reading *r)
{
	struct genpdf_options o = *r->o;
	const char *layout = r->folder && !o.layout ? stated_file(r, "layout") : NULL;

	if (layout) {
		o.layout = layout;
		o.sources = r->folder;
	}
	if (!o.kind)
		o.kind = stated(r, "kind");
	if (!o.encoding)
		o.encoding = stated(r, "encoding");
	if (!o.answers && r->folder)
		o.answers = stated_file(r, "answers");
	if (!o.mark)
		o.mark = stated(r, "mark");
	o.normalise = o.normalise || stated(r, "normalize");
	if (!o.profile)
		o.profile = pdfin_profile(r->pdf);
	if (!o.date)
		o.date = words(r, pdfin_date(r->pdf));
	o.strict = false;
	o.message = take_message;
	o.user = r;
	return o;
}

static void pass_on(struct reading *r, const struct genpdf_options *o)
{
	if (r->said.n && o->message)
		o->message(o->user, r->said.p, r->said.n);
	r->said.n = 0;
}

/* ---- extract ---- */

/* What the record holds that no page shows: binding it says so. */
static void tell_published(struct reading *r)
{
	const char *record = stated_file(r, "record");
	struct genpdf_options o = options_of(r);

	if (!record)
		return;
	o.profile = "a3a";
	o.stop = "doc";
	r->status = (int)genpdf_render(&o, record, "/dev/null");
	pass_on(r, r->o);
}

enum genpdf_status genpdf_extract(const struct genpdf_options *o, const char *input, const char *folder)
{
	struct reading r;

	if (reading_open(&r, o, input)) {
		r.folder = str_ends(str_of(folder), STR("/")) && folder[1] ? arena_copy(r.arena, folder, strlen(folder) - 1) : folder;
		if (r.n_files == 0)
			say(&r, DIAG_ATTACHMENT_NONE, r.name);
		else if (give_files(&r))
			tell_published(&r);
	}
	return reading_close(&r);
}

/* ---- verify ---- */

static void compare(struct reading *r, struct str made)
{
	struct pdfin *again = str_eq(r->bytes, made) ? NULL : pdfin_open(&r->diags, r->arena, r->name, made);
	enum pdfin_verdict verdict = again ? pdfin_compare(r->pdf, again) : PDFIN_SAME;

	if (!again && str_eq(r->bytes, made))
		say(r, DIAG_VERIFY_SAME, r->name);
	else if (again && verdict == PDFIN_SAME)
		say(r, DIAG_VERIFY_REWRITTEN, r->name);
	else if (verdict == PDFIN_SAME_PAGES)
		say(r, DIAG_VERIFY_SAME_PAGES, r->name);
}

static void verify(struct reading *r, const char *record, const char *result)
{
	struct genpdf_options o = options_of(r);
	struct str made;

	if (!record)
		record = stated_file(r, "record");
	if (!record) {
		say(r, DIAG_VERIFY_SOURCE, r->name);
		return;
	}
	r->status = (int)genpdf_render(&o, record, result);
	if (r->status >= GENPDF_AUTHOR) {
		pass_on(r, r->o);
		say(r, DIAG_VERIFY_RENDER, r->name);
		return;
	}
	r->status = 0;
	if (file_read(&r->diags, r->arena, result, (size_t)1 << 40, &made))
		compare(r, made);
}

enum genpdf_status genpdf_verify(const struct genpdf_options *o, const char *input, const char *record)
{
	struct reading r;
	const char *place;

	if (reading_open(&r, o, input) && (place = folder_for_a_while(&r.diags, r.arena))) {
		r.folder = file_join(r.arena, place, "files");
		if (give_files(&r))
			verify(&r, record, file_join(r.arena, place, "made.pdf"));
	}
	return reading_close(&r);
}
