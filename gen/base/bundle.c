/* bundle: see bundle.h. */
#include "base/bundle.h"

#include <stdlib.h>

struct naming {
	struct arena *a;
	struct bundle *b;
	const char *home;   /* canonical */
	const char **reals; /* canonical path of each file */
	const char *around; /* the folder that holds all folders of files outside of home */
};

static bool is_inside(const char *real, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(real, folder, n) == 0 && real[n] == '/';
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* A name that any file system takes, and that is not hidden. */
static struct str plain_name(struct arena *a, const char *name)
{
	char *out = arena_copy(a, name, strlen(name));

	for (char *p = out; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f || *p == '\\' || (p == out && *p == '.'))
			*p = '_';
	return str_of(*out ? out : "_");
}

/* The folder a file was looked for in: a link stands there, wherever it leads. */
static const char *folder_of(struct arena *a, const char *path)
{
	const char *folder = strcmp(path, "-") ? file_real(a, file_dir(a, path)) : NULL;

	return folder ? folder : "";
}

/* The folders of both paths that are the same. */
static char *common_folder(struct arena *a, const char *one, const char *two)
{
	size_t n = 0, end = 0;

	for (; one[n] && one[n] == two[n]; n++)
		if (one[n] == '/')
			end = n;
	if ((!one[n] || one[n] == '/') && (!two[n] || two[n] == '/'))
		end = n;
	return arena_copy(a, one, end);
}

static bool is_outside(const struct naming *n, size_t i)
{
	return !n->b->files[i].name.n && !is_inside(n->reals[i], n->home);
}

/* A layout's folder keeps its name: what is around it counts. */
static void find_around(struct naming *n)
{
	for (size_t i = 0; i < n->b->n; i++) {
		const char *folder = is_outside(n, i) ? file_dir(n->a, file_dir(n->a, n->reals[i])) : NULL;
		if (folder)
			n->around = n->around ? common_folder(n->a, n->around, folder) : folder;
	}
}

static struct str name_below(struct naming *n, size_t i, const char *top)
{
	const char *real = n->reals[i];
	bool outside = !is_inside(real, n->home);
	const char *folder = outside ? n->around : n->home;
	size_t at = strlen(folder);

	while (real[at] == '/')
		at++;
	return str_of(arena_printf(n->a, "%s%s", outside ? top : "", real + at));
}

/* Some layout of home, which this one uses, has the same name. */
static bool collides(struct naming *n)
{
	for (size_t i = 0; i < n->b->n; i++)
		for (size_t k = 0; is_outside(n, i) && k < n->b->n; k++)
			if (!n->b->files[k].name.n && is_inside(n->reals[k], n->home) &&
			    str_eq(name_below(n, i, "layouts/"), name_below(n, k, "")))
				return true;
	return false;
}

/* Each file once, the input first. */
static void gather(struct naming *n, const struct file_inputs *inputs)
{
	size_t all = 0;

	for (const struct file_input *f = inputs->first; f; f = f->next)
		all++;
	n->b->files = ARENA_ARRAY(n->a, all + 1, struct bundle_file);
	n->reals = ARENA_ARRAY(n->a, all + 1, const char *);
	for (const struct file_input *f = inputs->first; f; f = f->next) {
		const char *real = strcmp(f->path, "-") ? file_real(n->a, f->path) : NULL;
		size_t k = 0;
		real = real ? real : f->path;
		while (k < n->b->n && strcmp(n->reals[k], real))
			k++;
		if (k < n->b->n)
			continue;
		n->reals[n->b->n] = real;
		n->b->files[n->b->n++] = (struct bundle_file){{0}, f->bytes, f->path};
	}
}

static int compare_files(const void *a, const void *b)
{
	const struct bundle_file *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

struct bundle bundle_of(struct arena *a, const struct file_inputs *inputs, const char *home, const char *fonts, const char *answers)
{
	struct bundle b = {0};
	struct naming n = {.a = a, .b = &b};
	const char *real_fonts = fonts ? file_real(a, fonts) : NULL, *real_home = file_real(a, home);

	n.home = real_home ? real_home : home;
	gather(&n, inputs);
	const char *beside = b.n ? folder_of(a, b.files[0].path) : "";
	for (size_t i = 0; i < b.n; i++) {
		const char *leaf = strcmp(b.files[i].path, "-") ? last_part(b.files[i].path) : "stdin";
		if (i > 0 && answers && !strcmp(b.files[i].path, answers))
			b.files[i].name = str_of(arena_printf(a, "answers/%s", plain_name(a, leaf).p));
		else if (i == 0 || (*beside && !strcmp(folder_of(a, b.files[i].path), beside)))
			b.files[i].name = str_of(arena_printf(a, "record/%s", plain_name(a, leaf).p));
		else if (real_fonts && !strcmp(n.reals[i], real_fonts))
			b.files[i].name = STR("fonts/fonts.xml");
	}
	find_around(&n);
	const char *top = collides(&n) ? "own/" : "layouts/";
	for (size_t i = 0; i < b.n; i++)
		if (!b.files[i].name.n)
			b.files[i].name = name_below(&n, i, top);
	if (b.n)
		qsort(b.files, b.n, sizeof *b.files, compare_files);
	return b;
}

struct str bundle_name(const struct bundle *b, const char *path)
{
	for (size_t i = 0; i < b->n; i++)
		if (!strcmp(b->files[i].path, path))
			return b->files[i].name;
	return (struct str){0};
}
