/* through: see through.h. */
#include "fuzz/through.h"

#include "out/out.h"

enum { PAGES_MOST = 200, BACKENDS = 4 };

static const char *const names[BACKENDS] = {"pdf", "text", "runs", "list"};

struct backends {
	struct fuzz *f;
	struct out *out[BACKENDS];
	bool failed[BACKENDS];
};

/* A message that was said before is not said again. */
static bool has_error(const struct backends *b)
{
	return diag_count(&b->f->d, SEVERITY_ERROR) > 0;
}

struct backends *backends_open(struct fuzz *f)
{
	struct backends *b = ARENA_NEW(f->a, struct backends);
	struct out_options *o = ARENA_NEW(f->a, struct out_options);

	*o = (struct out_options){.creator = "fuzz", .id_seed = STR("fuzz"), .draft = true, .sources = &f->t};
	b->f = f;
	for (int i = 0; i < BACKENDS; i++) {
		b->out[i] = out_find(names[i])->open(&f->d, f->a, o);
		FUZZ_CHECK(b->out[i], "%s does not open", names[i]);
	}
	return b;
}

bool backends_page(struct backends *b, const struct list_page *p, const struct list *l)
{
	const char *bad = list_page_check(p, l);

	/* The one reason that a layout can bring about, and that it is told of elsewhere. */
	FUZZ_CHECK(!bad || strcmp(bad, "ink outside of the sheet") == 0, "page %d: %s", p->number, bad);
	for (int i = 0; i < BACKENDS; i++) {
		if (b->failed[i] || out_find(names[i])->page(b->out[i], p))
			continue;
		FUZZ_CHECK(has_error(b), "%s refuses page %d without a message", names[i], p->number);
		b->failed[i] = true;
	}
	return p->number < PAGES_MOST;
}

void backends_close(struct backends *b, const struct list *l)
{
	struct buf bytes = {0};

	for (int i = 0; i < BACKENDS; i++) {
		bytes.n = 0;
		bool good = !b->failed[i] && out_find(names[i])->close(b->out[i], l, &bytes);
		FUZZ_CHECK(good || b->failed[i] || has_error(b), "%s fails without a message", names[i]);
		if (good && i > 0)
			FUZZ_CHECK(!bytes.n || utf8_bad(buf_view(&bytes)) == SIZE_MAX, "%s is not UTF-8", names[i]);
		else if (good)
			FUZZ_CHECK(str_starts(buf_view(&bytes), STR("%PDF-1.7")), "no PDF");
	}
	buf_free(&bytes);
}

struct way {
	struct backends *backends;
	struct list *list;
};

static bool take_page(void *user, const struct list_page *p)
{
	struct way *w = user;

	return backends_page(w->backends, p, w->list);
}

void through_all(struct fuzz *f, const struct doc *doc)
{
	struct font_set *fonts = font_set_new();
	struct list *list = list_new(f->a, &doc->metadata);
	struct buf vlist = {0};

	if (font_set_check(&f->d, fonts, doc)) {
		struct way w = {backends_open(f), list};
		struct flow_options o = {fonts, take_page, &w, NULL};
		if (flow_run(&f->d, doc, list, &o))
			backends_close(w.backends, list);
		o.vlist = &vlist;
		flow_run(&f->d, doc, list_new(f->a, &doc->metadata), &o);
		FUZZ_CHECK(!vlist.n || utf8_bad(buf_view(&vlist)) == SIZE_MAX, "the vertical list is not UTF-8");
	}
	buf_free(&vlist);
	font_set_close(fonts);
}
