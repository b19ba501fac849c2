/* sheet: see sheet.h. Columns and rows; how odd rows are laid on the columns is in sheet_fit.c. */
#include "import/sheet.h"

#include "import/chars.h"
#include "import/label.h"
#include "import/sheet_fit.h"

enum { LABEL_CHARS = 12, ABOVE_ROWS = 12, SCORED_BYTES = 1 << 16, NUMBERS_LEFT_OUT = 5 };

/* ---- headers ---- */

static const struct {
	const char *word;
	enum sheet_role role;
} label_words[] = { /* the first that occurs decides */
	{"序号", COL_NUMBER}, {"编号", COL_NUMBER}, {"项次", COL_NUMBER}, {"领导", COL_LEADER}, {"责任人", COL_PERSON},
	{"负责人", COL_PERSON}, {"联系人", COL_PERSON}, {"承办人", COL_PERSON}, {"经办人", COL_PERSON}, {"配合", COL_COOPERATING},
	{"协办", COL_COOPERATING}, {"协助", COL_COOPERATING}, {"参与", COL_COOPERATING}, {"牵头", COL_LEAD}, {"主办", COL_LEAD},
	{"单位", COL_UNIT}, {"部门", COL_UNIT}, {"处室", COL_UNIT}, {"科室", COL_UNIT}, {"机构", COL_UNIT}, {"时限", COL_DUE},
	{"期限", COL_DUE}, {"时间", COL_DUE}, {"节点", COL_DUE}, {"备注", COL_NOTE}, {"进展", COL_PROGRESS}, {"进度", COL_PROGRESS},
	{"完成情况", COL_PROGRESS}, {"落实情况", COL_PROGRESS}, {"措施", COL_MEASURE}, {"举措", COL_MEASURE}, {"步骤", COL_MEASURE},
	{"任务", COL_TASK}, {"目标", COL_GOAL}, {"成效", COL_GOAL}, {"类别", COL_THEME}, {"类型", COL_THEME}, {"主题", COL_THEME},
	{"板块", COL_THEME}, {"领域", COL_THEME}, {"分类", COL_THEME}, {"内容", COL_TASK}, {"事项", COL_TASK}, {"要点", COL_TASK},
	{"工作", COL_TASK}, {"项目", COL_TASK},
};

const char *sheet_role_name(enum sheet_role role)
{
	static const char *const names[COL_ROLES] = {
		"number", "theme", "task", "goal", "measure", "lead-unit", "unit", "cooperating-unit", "person", "leader",
		"due", "progress", "note", "extra",
	};
	return names[role];
}

bool sheet_role_is_names(enum sheet_role role)
{
	return role >= COL_LEAD && role <= COL_LEADER;
}

/* s without blanks and line ends, as long as it is short. */
static struct str solid(struct str s, char *room, size_t cap)
{
	size_t n = 0;
	for (size_t at = 0, before; at < s.n;) {
		before = at;
		uint32_t c = utf8_next(s, &at);
		if (char_is_blank(c) || char_is_break(c))
			continue;
		if (n + at - before > cap)
			return (struct str){0};
		memcpy(room + n, s.p + before, at - before);
		n += at - before;
	}
	return (struct str){room, n};
}

enum sheet_role sheet_role_of(struct str label)
{
	char room[LABEL_CHARS * 4];
	struct str s = solid(label, room, sizeof room);
	if (utf8_count(s) > LABEL_CHARS)
		return COL_EXTRA;
	for (size_t i = 0; i < sizeof label_words / sizeof *label_words; i++)
		if (str_find(s, str_of(label_words[i].word)) != SIZE_MAX)
			return label_words[i].role;
	return COL_EXTRA;
}

size_t sheet_note_label(struct str s)
{
	static const char *const words[] = {"备注", "附注", "说明", "注"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct str w = str_of(words[i]);
		size_t at = w.n;
		if (str_starts(s, w) && at < s.n) {
			uint32_t c = utf8_next(s, &at);
			return c == 0xFF1A || c == ':' ? at : 0;
		}
	}
	return 0;
}

static struct str cell_text(const struct table *t, const struct table_cell *c)
{
	return c ? chars_trim(str_sub(t->plain->text, c->from, c->to)) : (struct str){0};
}

static enum sheet_role label_role(const struct table *t, size_t cell)
{
	return sheet_role_of(cell_text(t, &t->cells[cell]));
}

/* Three known words or more, no long text. */
static bool is_header(const struct table *t, size_t row)
{
	const struct table_row *r = &t->rows[row];
	int known = 0, who = 0;
	for (size_t i = 0; i < r->n; i++) {
		struct str s = cell_text(t, &t->cells[r->cell + i]);
		enum sheet_role role = sheet_role_of(s);
		if (s.n > 4 * LABEL_CHARS + 8)
			return false;
		known += s.n && role != COL_EXTRA;
		who += s.n && (sheet_role_is_names(role) || role == COL_DUE);
	}
	return known >= 3 && who && r->n <= SHEET_COLUMNS;
}

/* ---- rows of the web form: cells follow each other without saying where a row ends ---- */

static struct str row_start(const struct table *t, size_t row)
{
	return cell_text(t, &t->cells[t->rows[row].cell]);
}

/* A cell with a known word, behind it two more within reach; cells between may be empty. */
static size_t web_header(const struct table *t)
{
	for (size_t i = 0; i + 2 < t->n_rows; i++) {
		int known = 0;
		bool first = t->rows[i].opened && label_role(t, t->rows[i].cell) != COL_EXTRA;
		for (size_t k = i; first && k < i + 5 && k < t->n_rows; k++)
			known += label_role(t, t->rows[k].cell) != COL_EXTRA;
		if (known >= 3)
			return i;
	}
	return t->n_rows;
}

/* Row behind the last cell of the header: the first number one, else the first cell that is no known word. */
static size_t web_header_end(const struct table *t, size_t header)
{
	size_t i = header;
	for (; i < t->n_rows && i < header + SHEET_COLUMNS; i++)
		if (sheet_fit_number(row_start(t, i)) == 1)
			return i;
	for (i = header; i < t->n_rows && label_role(t, t->rows[i].cell) != COL_EXTRA;)
		i++;
	return i;
}

/* Does a new row begin with this cell, when `n` cells of the row under way, number `last`, are there? */
static bool web_begins(const struct table *t, size_t row, size_t n, size_t columns, bool numbered, int last)
{
	int v = sheet_fit_number(row_start(t, row));
	if (!numbered)
		return n == columns;
	return v && n >= 3 && (v == last + 1 || (v > last && v <= last + NUMBERS_LEFT_OUT && n + 1 >= columns));
}

/* The lines of the table's last cell that are no part of it: notes, the signature. */
static size_t tail_line(const struct table *t, const struct table_cell *c)
{
	for (size_t i = 1; i < c->n_lines; i++) {
		struct str s = plain_str(t->plain, &t->lines[c->line + i]);
		bool above = i + 1 < c->n_lines && sheet_fit_signs(plain_str(t->plain, &t->lines[c->line + i + 1])) && label_is_authority(s);
		if (sheet_note_label(s) || sheet_fit_signs(s) || above)
			return i;
	}
	return c->n_lines;
}

/* A row for each line of the last cell from `from` on. */
static void split_tail(struct arena *a, struct table *t, size_t from)
{
	struct table_row *last = &t->rows[t->n_rows - 1];
	struct table_cell *c = &t->cells[last->cell + last->n - 1];
	size_t more = c->n_lines - from, first = t->n_cells;
	struct table_cell *cells = ARENA_ARRAY(a, t->n_cells + more, struct table_cell);
	struct table_row *rows = ARENA_ARRAY(a, t->n_rows + more, struct table_row);
	memcpy(cells, t->cells, t->n_cells * sizeof *cells);
	memcpy(rows, t->rows, t->n_rows * sizeof *rows);
	c = cells + (c - t->cells);
	for (size_t i = from; i < c->n_lines; i++) {
		const struct plain_line *l = &t->lines[c->line + i];
		cells[t->n_cells] = (struct table_cell){l->from, l->to, (uint32_t)(c->line + i), 1};
		rows[t->n_rows++] = (struct table_row){(uint32_t)t->n_cells++, 1, false};
	}
	c->n_lines = (uint32_t)from;
	c->to = cells[first].from;
	t->cells = cells;
	t->rows = rows;
}

static void fold_web(struct arena *a, struct table *t)
{
	size_t header = web_header(t), end = web_header_end(t, header), columns = end - header, kept = header;
	if (header == t->n_rows || columns < 3 || columns > SHEET_COLUMNS)
		return;
	bool numbered = label_role(t, t->rows[header].cell) == COL_NUMBER;
	int last = 0;
	t->rows[kept].n = (uint32_t)columns;
	for (size_t i = end; i < t->n_rows; i++) {
		if (i == end || web_begins(t, i, t->rows[kept].n, columns, numbered, last)) {
			last = sheet_fit_number(row_start(t, i));
			t->rows[++kept] = t->rows[i];
		} else {
			t->rows[kept].n++;
		}
	}
	t->n_rows = kept + 1;
	const struct table_row *r = &t->rows[kept];
	size_t tail = tail_line(t, &t->cells[r->cell + r->n - 1]);
	if (tail < t->cells[r->cell + r->n - 1].n_lines)
		split_tail(a, t, tail);
}

/* ---- rows that a line end inside a cell has cut (tables copied from a word processor) ---- */

static bool is_total(const struct table *t, size_t row)
{
	static const char *const words[] = {"合计", "总计", "共计", "小计"};
	char room[16];
	const struct table_row *r = &t->rows[row];
	size_t i = 0;
	while (i < r->n && table_cell_is_empty(&t->cells[r->cell + i]))
		i++;
	if (i == r->n)
		return false;
	struct str s = solid(cell_text(t, &t->cells[r->cell + i]), room, sizeof room);
	for (size_t w = 0; w < sizeof words / sizeof *words; w++)
		if (str_is(s, words[w]))
			return true;
	return false;
}

static bool begins_row(const struct table *t, size_t row)
{
	struct str s = row_start(t, row);
	return !s.n || sheet_fit_number(s) || sheet_note_label(s) || sheet_fit_signs(s) || is_total(t, row);
}

/* How many rows behind this one are parts of it: with them it has exactly as many cells as there are columns. 0: none. */
static size_t count_parts(const struct table *t, size_t row, size_t columns)
{
	size_t n = t->rows[row].n, i = row;
	if (!sheet_fit_number(row_start(t, row)))
		return 0;
	while (n < columns && i + 1 < t->n_rows && !begins_row(t, i + 1))
		n += t->rows[++i].n - 1;
	return n == columns ? i - row : 0;
}

/* The row takes over the cells of another: its last cell goes on with the other's first. */
static void add_part(struct table *t, size_t row, size_t part)
{
	struct table_row *a = &t->rows[row], *b = &t->rows[part];
	size_t at = a->n - 1;
	memmove(&t->cells[a->cell + a->n], &t->cells[b->cell], b->n * sizeof *t->cells);
	a->n += b->n;
	table_join(t, row, at, false);
}

static void mend_rows(struct table *t, size_t header)
{
	size_t columns = t->rows[header].n, kept = header + 1;
	if (t->form != TABLE_TABS || label_role(t, t->rows[header].cell) != COL_NUMBER)
		return;
	for (size_t i = header + 1, parts; i < t->n_rows; i += parts + 1, kept++) {
		parts = count_parts(t, i, columns);
		for (size_t k = 1; k <= parts; k++)
			add_part(t, i, i + k);
		t->rows[kept] = t->rows[i];
	}
	t->n_rows = kept;
}

/* ---- columns ---- */

static bool has_role(const struct sheet *s, enum sheet_role role)
{
	for (size_t i = 0; i < s->n_columns; i++)
		if (s->columns[i].role == role)
			return true;
	return false;
}

static void insert_column(struct sheet *s, size_t at, struct sheet_column c)
{
	memmove(&s->columns[at + 1], &s->columns[at], (s->n_columns - at) * sizeof c);
	s->columns[at] = c;
	s->n_columns++;
}

/* A header over two columns: the task's is over themes and tasks, others lead to a column of no known meaning. Labels stand over
 * the last of their columns. */
static void spread_label(struct sheet *s, size_t at)
{
	struct sheet_column *c = &s->columns[at];
	c[1].label = c[0].label;
	c[0].label = NULL;
	if (c[0].role == COL_TASK && !has_role(s, COL_THEME)) {
		c[0].role = COL_THEME;
		c[1].role = COL_TASK;
	}
}

static void read_labels(struct sheet *s, size_t header)
{
	const struct table *t = &s->table;
	const struct table_row *r = &t->rows[header];
	size_t n = r->n;
	while (n > 0 && table_cell_is_empty(&t->cells[r->cell + n - 1]) && n > sheet_fit_width(t, header + 1))
		n--;
	for (size_t i = 0; i < n; i++) {
		const struct table_cell *c = &t->cells[r->cell + i];
		bool empty = table_cell_is_empty(c);
		s->columns[s->n_columns++] = (struct sheet_column){empty ? COL_EXTRA : label_role(t, r->cell + i), empty ? NULL : c};
	}
	for (size_t i = 0; i + 1 < s->n_columns; i++) {
		struct sheet_column *c = &s->columns[i];
		bool before_task = i + 2 < s->n_columns && c[2].role == COL_TASK && c[0].role == COL_NUMBER && !has_role(s, COL_THEME);
		if (c[1].label || !c[0].label)
			continue;
		if (before_task)
			c[1].role = COL_THEME;
		else
			spread_label(s, i);
	}
	size_t width = sheet_fit_width(t, header + 1);
	for (size_t i = 0; s->n_columns < width && s->n_columns < SHEET_COLUMNS && i < s->n_columns; i++)
		if (s->columns[i].role == COL_TASK && !has_role(s, COL_THEME))
			insert_column(s, i, (struct sheet_column){COL_THEME, NULL});
	while (s->n_columns < width && s->n_columns < SHEET_COLUMNS)
		s->columns[s->n_columns++] = (struct sheet_column){COL_EXTRA, NULL};
}

/* Every meaning once. Of two columns of tasks the first holds themes. */
static void settle_roles(struct sheet *s)
{
	bool seen[COL_ROLES] = {0};
	size_t task = SHEET_COLUMNS;
	for (size_t i = 0; i < s->n_columns; i++) {
		struct sheet_column *c = &s->columns[i];
		if (c->role == COL_TASK && task < SHEET_COLUMNS && !has_role(s, COL_THEME)) {
			s->columns[task].role = COL_THEME;
			task = i;
		} else if (c->role == COL_TASK && task == SHEET_COLUMNS) {
			task = i;
		} else if (c->role != COL_EXTRA && (seen[c->role] || c->role == COL_TASK)) {
			c->role = COL_EXTRA;
		}
		seen[c->role] = true;
	}
	for (int pass = 0; task == SHEET_COLUMNS && pass < 2; pass++) /* none: goals or measures, else what is not known */
		for (size_t i = 0; i < s->n_columns && task == SHEET_COLUMNS; i++) {
			enum sheet_role role = s->columns[i].role;
			if (pass ? role == COL_EXTRA : role == COL_GOAL || role == COL_MEASURE)
				s->columns[task = i].role = COL_TASK;
		}
}

/* ---- rows ---- */

static bool same_as_header(const struct table *t, size_t header, size_t row)
{
	const struct table_row *a = &t->rows[header], *b = &t->rows[row];
	for (size_t i = 0; i < a->n || i < b->n; i++) {
		struct str x = i < a->n ? cell_text(t, &t->cells[a->cell + i]) : (struct str){0};
		struct str y = i < b->n ? cell_text(t, &t->cells[b->cell + i]) : (struct str){0};
		if (!str_eq(x, y))
			return false;
	}
	return true;
}

/* The only cell of a row that holds something, else NULL. */
static const struct table_cell *only_cell(const struct table *t, size_t row)
{
	const struct table_row *r = &t->rows[row];
	if (table_row_filled(t, r) != 1)
		return NULL;
	for (size_t i = 0; i < r->n; i++)
		if (!table_cell_is_empty(&t->cells[r->cell + i]))
			return &t->cells[r->cell + i];
	return NULL;
}

static bool looks_like_theme(const struct sheet *s, size_t row)
{
	const struct table *t = &s->table;
	const struct table_cell *c = only_cell(t, row);
	struct str x = cell_text(t, c);
	return c && c == &t->cells[t->rows[row].cell] && !has_role(s, COL_THEME) && !sheet_fit_number(x) && utf8_count(x) <= 40;
}

/* Rows behind the header: tasks up to the last one with several cells, then what stands below the table. */
static void sort_rows(struct arena *a, struct sheet *s, size_t first, size_t header)
{
	struct table *t = &s->table;
	size_t end = t->n_rows;
	while (end > first && table_row_filled(t, &t->rows[end - 1]) <= 1 && !is_total(t, end - 1) &&
	       !sheet_fit_number(row_start(t, end - 1)))
		end--;
	for (size_t i = 0; i < t->n_rows; i++) {
		struct sheet_row *r = &s->rows[i];
		r->kind = i < first ? ROW_ABOVE : i >= end ? ROW_BELOW : ROW_TASK;
		if (s->headed && i == header)
			r->kind = ROW_HEADER;
		if (r->kind != ROW_TASK)
			continue;
		if (s->headed && same_as_header(t, header, i))
			r->kind = ROW_AGAIN;
		else if (i + 1 == end && i > first && is_total(t, i))
			r->kind = ROW_TOTAL;
		else if (i + 1 < end && looks_like_theme(s, i))
			r->kind = ROW_THEME;
		else if (table_row_filled(t, &t->rows[i]))
			sheet_fit_row(a, s, i);
	}
}

/* A theme has tasks: what looks like one and has none is a task itself. False when there is no task at all. */
static bool settle_themes(struct arena *a, struct sheet *s)
{
	bool follows = false, any = false;
	for (size_t i = s->table.n_rows; i > 0; i--) {
		struct sheet_row *r = &s->rows[i - 1];
		if (r->kind == ROW_THEME && !follows) {
			r->kind = ROW_TASK;
			sheet_fit_row(a, s, i - 1);
		}
		bool task = r->kind == ROW_TASK && table_row_filled(&s->table, &s->table.rows[i - 1]);
		follows = task || (follows && r->kind != ROW_THEME);
		any |= task;
	}
	return any;
}

/* ---- forms ---- */

static size_t find_header(const struct table *t)
{
	size_t filled = 0;
	for (size_t i = 0; i < t->n_rows && filled < ABOVE_ROWS; i++) {
		filled += table_row_filled(t, &t->rows[i]) > 0;
		if (is_header(t, i))
			return i;
	}
	return SIZE_MAX;
}

/* The form in which the text has a header; false when in none. */
static bool read_headed(struct arena *a, const struct plain *plain, struct table *t, size_t *header)
{
	static const struct {
		enum table_form form;
		char delimiter;
	} forms[] = {{TABLE_TABS, '\t'}, {TABLE_WEB, '\0'}, {TABLE_CSV, ','}, {TABLE_CSV, ';'}};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (forms[i].delimiter && (!plain->text.n || !memchr(plain->text.p, forms[i].delimiter, plain->text.n)))
			continue;
		table_read(a, plain, forms[i].form, forms[i].delimiter, t);
		if (forms[i].form == TABLE_WEB)
			fold_web(a, t);
		*header = find_header(t);
		if (*header != SIZE_MAX)
			return true;
	}
	return false;
}

int sheet_score(struct arena *a, const struct plain *plain)
{
	struct plain head = *plain;
	struct table t;
	size_t header;
	if (head.text.n > SCORED_BYTES) {
		head.text.n = SCORED_BYTES;
		while (head.text.n > 0 && ((unsigned char)head.text.p[head.text.n] & 0xC0) == 0x80)
			head.text.n--;
	}
	return read_headed(a, &head, &t, &header) && header + 1 < t.n_rows ? 10 : 0;
}

bool sheet_read(struct arena *a, const struct plain *plain, struct sheet *out)
{
	size_t header = 0, first;
	*out = (struct sheet){0};
	out->headed = read_headed(a, plain, &out->table, &header);
	if (out->headed) {
		mend_rows(&out->table, header);
		read_labels(out, header);
		settle_roles(out);
		first = header + 1;
	} else if (!sheet_fit_guess(a, plain, out, &first)) {
		return false;
	}
	out->rows = ARENA_ARRAY(a, out->table.n_rows, struct sheet_row);
	sort_rows(a, out, first, header);
	return settle_themes(a, out);
}
