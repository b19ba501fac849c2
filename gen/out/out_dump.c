/* out_dump: the display list itself, for people and golden files. */
#include "out/back.h"

struct dump {
	struct out out;
	struct buf pages;
};

static void close_dump(void *d)
{
	buf_free(&((struct dump *)d)->pages);
}

static struct out *open(struct diag_list *d, struct arena *a, const struct out_options *o)
{
	struct dump *dump = ARENA_NEW(a, struct dump);
	dump->out = (struct out){d, a, o};
	arena_defer(a, close_dump, dump);
	return &dump->out;
}

static bool page(struct out *o, const struct list_page *p)
{
	list_page_dump(p, o->options->sources, &((struct dump *)o)->pages);
	return true;
}

static bool close(struct out *o, const struct list *l, struct buf *bytes)
{
	buf_str(bytes, buf_view(&((struct dump *)o)->pages));
	list_tree_dump(l, o->options->sources, bytes);
	return true;
}

const struct out_format out_dump = {"list", open, page, close};
