/* The table engine fed by a generator: what it holds in memory, how far it looks ahead, and that every row arrives once.
 * What tables look like is tested in the finished PDF (tests/cases/table.py, table_pages.py, table_slide.py). */
#include <malloc.h>

#include "flow/table.h"
#include "unit/text_fixture.h"

enum { COLUMNS = 8 };

struct feeding {
	struct text_fixture text;
	struct style *style;
	struct doc doc;
	struct page_master master;
	const struct page_master *masters[1];
	struct list *list;
	struct block block;
	struct table table;
	/* the generator */
	size_t n_rows, made;
	int columns, span;   /* a merged cell over `span` rows in the first column; 0 = none; -1 = one over all */
	/* what was seen */
	size_t pages, cells, most_ahead, most_bytes;
	uint64_t sum;        /* of the numbers of the rows that arrived */
};

#if defined(__SANITIZE_ADDRESS__)
size_t __sanitizer_get_current_allocated_bytes(void); /* gcc has no header for it */
#endif

static size_t bytes_allocated(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return __sanitizer_get_current_allocated_bytes();
#else
	struct mallinfo2 m = mallinfo2();

	return m.uordblks + m.hblkhd;
#endif
}

static size_t bytes_in_use(const struct feeding *f)
{
	return bytes_allocated() - f->list->cap_nodes * sizeof *f->list->nodes;
}

/* Cells hold the number of their row; those of the first column too, unless it is merged. */
static bool page(void *user, const struct list_page *p)
{
	struct feeding *f = user;
	size_t bytes = bytes_in_use(f);

	assert_null(list_page_check(p, f->list));
	for (const struct list_item *i = p->first; i; i = i->next)
		if (i->kind == ITEM_GLYPHS && i->node) {
			f->cells++;
			f->sum += strtoull(arena_copy(p->arena, i->u.glyphs.text.p, i->u.glyphs.text.n), NULL, 10);
		}
	size_t placed = f->cells / (size_t)f->columns;
	if (f->made > placed && f->made - placed > f->most_ahead)
		f->most_ahead = f->made - placed;
	f->pages++;
	if (bytes > f->most_bytes)
		f->most_bytes = bytes;
	return true;
}

static void add_cell(struct feeding *f, struct arena *a, struct cell ***tail, const char *text, int rowspan)
{
	struct cell *c = ARENA_NEW(a, struct cell);
	struct block *p = ARENA_NEW(a, struct block);
	struct inline_item *i = ARENA_NEW(a, struct inline_item);

	*i = (struct inline_item){.kind = INLINE_TEXT, .style = f->style, .text = str_of(text)};
	*p = (struct block){.kind = BLOCK_P, .style = f->style, .inlines = i};
	*c = (struct cell){.first = p, .colspan = 1, .rowspan = rowspan, .text = i->text};
	**tail = c;
	*tail = &c->next;
}

static const struct row *next_row(void *user, struct arena *a)
{
	struct feeding *f = user;

	if (f->made == f->n_rows)
		return NULL;
	size_t n = f->made++;
	struct row *r = ARENA_NEW(a, struct row);
	struct cell **tail = &r->cells;
	bool label = f->span > 0 ? n % (size_t)f->span == 0 : f->span < 0 && n == 0;
	int rows = f->span > 0 ? f->span : (int)f->n_rows;
	if (label)
		add_cell(f, a, &tail, "0", rows);
	for (int k = f->span != 0; k < f->columns; k++)
		add_cell(f, a, &tail, arena_printf(a, "%zu", n), 1);
	return r;
}

static void feeding_open(struct feeding *f, int columns, size_t rows, int span)
{
	memset(f, 0, sizeof *f);
	text_open(&f->text);
	f->style = text_style(&f->text, text_face(&f->text, "a", "", ""));
	f->style->orphans = f->style->widows = 1;
	f->master = (struct page_master){.width = 210 * EMU_MM, .height = 297 * EMU_MM, .top = 37 * EMU_MM, .bottom = 35 * EMU_MM,
					 .left = 28 * EMU_MM, .right = 26 * EMU_MM};
	f->masters[0] = &f->master;
	f->doc = (struct doc){.arena = f->text.a, .pages = f->masters, .n_pages = 1};
	f->list = list_new(f->text.a, &f->doc.metadata);
	f->columns = columns;
	f->n_rows = rows;
	f->span = span;
	struct column *list = ARENA_ARRAY(f->text.a, (size_t)columns, struct column);
	for (int k = 0; k < columns; k++)
		list[k] = (struct column){.kind = COLUMN_RATIO, .ratio = 1000000};
	struct edge thin = {.set = true, .line = EDGE_SOLID, .weight = EMU_PT / 2};
	f->table = (struct table){.columns = list, .n_columns = columns, .repeat_header = true, .min_lines = 1, .style = f->style,
				  .frame = thin, .grid = thin, .frame_x = thin, .grid_x = thin};
	f->block = (struct block){.kind = BLOCK_TABLE, .table = &f->table};
}

static bool feed(struct feeding *f)
{
	struct flow_options o = {.fonts = f->text.set, .page = page, .user = f};
	struct table_feed rows = {next_row, f};
	struct builder *b = builder_new(&f->text.d, &f->doc, f->list, &o);
	bool good = builder_master(b, &f->master) &&
		    table_flow_feed(&f->text.d, f->text.set, b, &f->block, 0, (struct measure){0, 0}, builder_width(b), &rows) &&
		    builder_finish(b);

	builder_close(b);
	if (f->text.d.n)
		text_show(&f->text);
	assert_int_equal(f->text.d.n, 0);
	return good;
}

static void feeding_close(struct feeding *f)
{
	text_close(&f->text);
}

/* Memory over what was there before, at the page where most is in use. */
static size_t memory_for(int columns, size_t rows, int span)
{
	struct feeding f;
	feeding_open(&f, columns, rows, span);
	size_t before = bytes_in_use(&f);
	assert_true(feed(&f));
	assert_int_equal(f.made, rows);
	size_t most = f.most_bytes - before;
	feeding_close(&f);
	return most;
}

/* Every row arrives once, in cells of its own. */
static void every_row(void **state)
{
	(void)state;
	struct feeding f;
	feeding_open(&f, COLUMNS, 3000, 0);
	assert_true(feed(&f));
	assert_int_equal(f.cells, 3000 * COLUMNS);
	assert_true(f.sum == (uint64_t)COLUMNS * 2999 * 3000 / 2);
	/* 225 mm hold 22 rows of 28 pt (and the frame's half a point). */
	assert_int_equal(f.pages, (3000 + 21) / 22);
	/* document, table, rows, cells: nothing else */
	assert_int_equal(f.list->n_nodes, 2 + 3000 * (1 + COLUMNS));
	feeding_close(&f);
}

static void memory_of_one_page(void **state)
{
	(void)state;
	size_t short_one = memory_for(COLUMNS, 500, 0), long_one = memory_for(COLUMNS, 20000, 0);

	print_message("a page and what is ahead: %zu KB\n", long_one >> 10);
	assert_true(long_one < 4 << 20);
	assert_true(long_one < short_one + short_one / 10);
}

/* Merged cells: a label over 40 rows at a time, and one over the whole table. */
static void memory_with_spans(void **state)
{
	(void)state;
	size_t some = memory_for(COLUMNS, 480, 40), many = memory_for(COLUMNS, 10000, 40), one = memory_for(COLUMNS, 10000, -1);

	print_message("with merged cells: %zu KB, with one over all: %zu KB\n", many >> 10, one >> 10);
	assert_true(many < some + some / 10);
	assert_true(one < some + some / 10);
}

/* Rows are asked for when the page needs them: never more than those of two pages ahead. */
static void asks_late(void **state)
{
	(void)state;
	static const int spans[] = {0, 40, -1};
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		struct feeding f;
		feeding_open(&f, 3, 2000, spans[i]);
		f.columns = 3;
		assert_true(feed(&f));
		if (spans[i] == 0)
			assert_true(f.most_ahead <= 2 * 22 + 2);
		assert_int_equal(f.made, 2000);
		feeding_close(&f);
	}
}

/* 100,000 rows: as many nodes, pages and cells a row as of 1,000. */
static void linear(void **state)
{
	(void)state;
	struct feeding few, many;
	feeding_open(&few, 2, 1100, 0);
	assert_true(feed(&few));
	feeding_open(&many, 2, 110000, 0);
	assert_true(feed(&many));
	assert_int_equal(many.pages, 100 * few.pages);
	assert_int_equal(many.cells, 100 * few.cells);
	assert_int_equal(many.list->n_nodes - 2, 100 * (few.list->n_nodes - 2));
	assert_int_equal(many.most_ahead, few.most_ahead);
	feeding_close(&few);
	feeding_close(&many);
}

static void no_rows(void **state)
{
	(void)state;
	struct feeding f;
	feeding_open(&f, 2, 0, 0);
	assert_true(feed(&f));
	assert_int_equal(f.pages, 1); /* a document is a page at least */
	assert_int_equal(f.cells, 0);
	feeding_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row), cmocka_unit_test(memory_of_one_page), cmocka_unit_test(memory_with_spans),
		cmocka_unit_test(asks_late), cmocka_unit_test(linear), cmocka_unit_test(no_rows),
	};
	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
