/* tasks: see tasks.h. */
#include "import/tasks.h"

#include "import/chars.h"

/* ---- reading: every cell becomes paragraphs ---- */

enum grouping { GROUP_LINES, GROUP_SENTENCES, GROUP_ALL };

static bool ends_paragraph(struct str s, struct str next)
{
	struct marker m;
	uint32_t c = chars_last(s);
	return c == 0x3002 || c == 0xFF1B || c == 0xFF01 || c == 0xFF1F || c == ';' || marker_read(next, &m);
}

/* Does the line end between a and b end a paragraph? What holds one thing has no paragraphs. */
static bool ask_break(struct report *r, const struct table *t, const struct plain_line *a, const struct plain_line *b, enum grouping g)
{
	size_t from = a->to, to = b->from;
	for (int n = 0; n < 6 && from > a->from; n++)
		utf8_prev(t->plain->text, &from);
	for (int n = 0; n < 6 && to < b->to; n++)
		utf8_next(t->plain->text, &to);
	size_t off = plain_source_off(t->plain, a->to - 1);
	struct str sample = str_sub(t->plain->text, from, to);
	if (g == GROUP_ALL)
		report_note(r, DIAG_IMPORT_CELL_BREAK, off, sample);
	else if (ends_paragraph(plain_str(t->plain, a), plain_str(t->plain, b)))
		return report_choose(r, DIAG_IMPORT_CELL_LINES, off, sample, 0) == 0;
	return g != GROUP_ALL && report_choose(r, DIAG_IMPORT_CELL_BREAK, off, sample, 0) == 1;
}

static struct piece add_piece(struct report *r, struct paras *ps, const struct table *t, const struct table_cell *c, enum grouping g)
{
	struct piece p = {(uint32_t)ps->n, 0};
	const struct plain_line *lines = t->lines + c->line;
	for (size_t from = 0, to; from < c->n_lines; from = to, p.n++) {
		for (to = from + 1; to < c->n_lines; to++)
			if (g == GROUP_LINES || ask_break(r, t, &lines[to - 1], &lines[to], g))
				break;
		paras_add(ps, lines + from, to - from);
	}
	return p;
}

static enum grouping grouping_of(const struct sheet *s, size_t row, size_t column)
{
	switch (s->rows[row].kind) {
	case ROW_ABOVE:
	case ROW_BELOW:
		return GROUP_LINES;
	case ROW_TASK:
		if (s->columns[column].role == COL_NUMBER || s->columns[column].role == COL_THEME)
			return GROUP_ALL;
		return sheet_role_is_names(s->columns[column].role) ? GROUP_LINES : GROUP_SENTENCES;
	default:
		return GROUP_ALL;
	}
}

static void read_row(struct tasks *o, struct report *r, struct paras *ps, size_t row)
{
	const struct table *t = &o->s.table;
	const struct table_row *tr = &t->rows[row];
	for (size_t i = 0, column = 0; i < tr->n; i++, column++) {
		const struct table_cell *c = &t->cells[tr->cell + i];
		while (o->s.rows[row].kind == ROW_TASK && column + 1 < o->s.n_columns && o->s.rows[row].cells[column] != c)
			column++;
		enum grouping g = grouping_of(&o->s, row, column);
		o->pieces[c - t->cells] = add_piece(r, ps, t, c, g);
	}
}

bool tasks_read(struct arena *a, const struct plain *plain, struct report *r, struct paras *ps, struct tasks *o)
{
	*o = (struct tasks){0};
	if (!sheet_read(a, plain, &o->s))
		return false;
	ps->plain = o->s.table.plain;
	tasks_add(a, r, ps, o);
	return true;
}

void tasks_add(struct arena *a, struct report *r, struct paras *ps, struct tasks *o)
{
	const struct table *t = &o->s.table;
	o->pieces = ARENA_ARRAY(a, t->n_cells + 1, struct piece);
	for (size_t i = 0; i < t->n_rows; i++) {
		if (o->s.rows[i].kind == ROW_BELOW && !o->below)
			o->below = ps->n + 1;
		if (o->s.rows[i].kind != ROW_AGAIN)
			read_row(o, r, ps, i);
		if (o->s.rows[i].kind == ROW_ABOVE)
			o->n_above = ps->n;
	}
	o->below = o->below ? o->below - 1 : ps->n;
	table_drop_syntax(t, r);
}

/* ---- writing: pieces of text ---- */

static bool has(const struct tasks *o, const struct table_cell *c)
{
	return c && o->pieces[c - o->s.table.cells].n > 0;
}

static struct piece piece_of(const struct tasks *o, const struct table_cell *c)
{
	return c ? o->pieces[c - o->s.table.cells] : (struct piece){0};
}

/* The next blanks from byte *at on: where they begin, and *at behind them. */
static bool next_gap(struct str s, size_t *at, size_t *before)
{
	while (*at < s.n) {
		*before = *at;
		if (!char_is_blank(utf8_next(s, at)))
			continue;
		while (char_is_blank(chars_first(str_sub(s, *at, s.n))))
			utf8_next(s, at);
		return true;
	}
	return false;
}

/* A paragraph without the blanks between its ideographs: headers are spread to the width of their column. */
static struct str solid(struct work *k, size_t para)
{
	struct str s = work_str(k, para);
	struct buf out = {0};
	size_t from = 0;
	for (size_t at = 0, before; next_gap(s, &at, &before);) {
		if (!char_is_wide(chars_last(str_sub(s, 0, before))) || !char_is_wide(chars_first(str_sub(s, at, s.n))))
			continue;
		if (!out.n)
			work_note(k, DIAG_IMPORT_SPACE, para, before, s);
		buf_str(&out, str_sub(s, from, before));
		from = at;
	}
	buf_str(&out, str_sub(s, from, s.n));
	s = arena_str(k->arena, buf_view(&out));
	buf_free(&out);
	return s;
}

static void write_para(struct work *k, size_t para)
{
	work_text(k, para, 0, work_str(k, para).n);
}

void tasks_write_paras(struct work *k, const char *name, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		work_element(k, name, i, 0, work_str(k, i).n);
}

/* The characters of a cell that is a repeat. */
static void drop_cell(struct work *k, const struct table *t, const struct table_cell *c)
{
	for (size_t i = 0; i < c->n_lines; i++) {
		struct str s = plain_str(t->plain, &t->lines[c->line + i]);
		for (size_t at = 0, before; at < s.n;) {
			before = at;
			utf8_next(s, &at);
			report_drop(k->report, DIAG_IMPORT_REPEAT, plain_source_off(t->plain, t->lines[c->line + i].from + before), at - before);
		}
		report_note(k->report, DIAG_IMPORT_REPEAT, plain_source_off(t->plain, t->lines[c->line + i].from), s);
	}
}

/* ---- columns ---- */

static void note_columns(struct work *k, const struct tasks *o)
{
	const struct sheet *s = &o->s;
	for (size_t j = 0; j < s->n_columns; j++) {
		const struct sheet_column *c = &s->columns[j];
		struct piece p = piece_of(o, c->label);
		if (c->role == COL_EXTRA && p.n)
			work_note(k, DIAG_IMPORT_COLUMN, p.first, 0, work_str(k, p.first));
		if (c->role == COL_THEME && !c->label && s->headed && j + 1 < s->n_columns && has(o, s->columns[j + 1].label))
			work_note(k, DIAG_IMPORT_COLUMN_THEME, piece_of(o, s->columns[j + 1].label).first, 0,
			          work_str(k, piece_of(o, s->columns[j + 1].label).first));
	}
	if (!s->headed)
		work_note(k, DIAG_IMPORT_NO_HEADER, o->n_above < k->ps->n ? o->n_above : 0, 0, (struct str){0});
}

static void write_columns(struct work *k, const struct tasks *o)
{
	note_columns(k, o);
	write_open(k->w, "columns");
	for (size_t j = 0; j < o->s.n_columns; j++) {
		write_open(k->w, sheet_role_name(o->s.columns[j].role));
		if (has(o, o->s.columns[j].label))
			write_text(k->w, solid(k, piece_of(o, o->s.columns[j].label).first));
		write_close(k->w);
	}
	write_close(k->w);
}

static size_t column_of(const struct sheet *s, enum sheet_role role)
{
	for (size_t j = 0; j < s->n_columns; j++)
		if (s->columns[j].role == role)
			return j;
	return SHEET_COLUMNS;
}

static struct piece role_piece(const struct tasks *o, size_t row, enum sheet_role role)
{
	size_t j = column_of(&o->s, role);
	return j < SHEET_COLUMNS ? piece_of(o, o->s.rows[row].cells[j]) : (struct piece){0};
}

/* ---- who answers for it ---- */

/* Several names with blanks between: 王小明  李大为. Each at least two characters; a name of two spread over three is one. */
static void write_line_of_names(struct work *k, size_t para, const char *element)
{
	struct str s = work_str(k, para);
	size_t from = 0;
	for (size_t at = 0, before; next_gap(s, &at, &before);) {
		if (utf8_count(str_sub(s, from, before)) < 2 || utf8_count(str_sub(s, at, s.n)) < 2)
			continue;
		part_names(k, para, from, before, element, true);
		from = at;
	}
	part_names(k, para, from, s.n, element, true);
}

static void write_names(struct work *k, const struct tasks *o, size_t row, size_t column, size_t from, size_t to)
{
	enum sheet_role role = o->s.columns[column].role;
	struct piece p = piece_of(o, o->s.rows[row].cells[column]);
	write_column(k->w, (int)column);
	for (size_t i = from; i < to && i < p.n; i++) {
		if (role == COL_PERSON || role == COL_LEADER)
			write_line_of_names(k, p.first + i, sheet_role_name(role));
		else
			part_names(k, p.first + i, 0, work_str(k, p.first + i).n, sheet_role_name(role), true);
	}
}

/* The names of one row: how many lines each column has. */
struct names {
	size_t most, paired, single, other; /* most lines; columns with as many, with one, with some number between */
	size_t first;                       /* paragraph to name in the report */
};

static struct names count_names(const struct tasks *o, size_t row)
{
	struct names n = {.first = SIZE_MAX};
	for (int pass = 0; pass < 2; pass++)
		for (enum sheet_role role = COL_LEAD; role <= COL_LEADER; role++) {
			struct piece p = role_piece(o, row, role);
			if (pass == 0 && p.n > n.most)
				n.most = p.n;
			if (pass == 0 && p.n > 1 && p.first < n.first)
				n.first = p.first;
			n.paired += pass == 1 && p.n == n.most;
			n.single += pass == 1 && p.n == 1 && n.most > 1;
			n.other += pass == 1 && p.n > 1 && p.n < n.most;
		}
	return n;
}

/* Lines from … to of the columns that have `lines` of them (0: any number), as one element. */
static void write_who(struct work *k, const struct tasks *o, size_t row, const char *element, size_t lines, size_t from, size_t to)
{
	bool any = false;
	for (enum sheet_role role = COL_LEAD; role <= COL_LEADER; role++) {
		struct piece p = role_piece(o, row, role);
		if (!p.n || (lines && p.n != lines))
			continue;
		if (!any)
			write_open(k->w, element);
		any = true;
		write_names(k, o, row, column_of(&o->s, role), from, to);
	}
	if (any)
		write_close(k->w);
}

static void write_assignments(struct work *k, const struct tasks *o, size_t row)
{
	struct names n = count_names(o, row);
	bool pairs = n.most > 1 && n.paired > 1 && !n.other &&
	             work_choose(k, DIAG_IMPORT_PAIRED, n.first, 0, work_str(k, n.first), 0) == 0;
	if (!pairs) {
		if (n.other)
			work_note(k, DIAG_IMPORT_UNEVEN, n.first, 0, work_str(k, n.first));
		write_who(k, o, row, "assignment", 0, 0, SIZE_MAX);
		return;
	}
	for (size_t i = 0; i < n.most; i++)
		write_who(k, o, row, "assignment", n.most, i, i + 1);
	if (n.single)
		write_who(k, o, row, "for-all", 1, 0, 1);
}

/* ---- rows ---- */

static void write_cell(struct work *k, const struct tasks *o, size_t row, enum sheet_role role)
{
	struct piece p = role_piece(o, row, role);
	if (!p.n)
		return;
	write_column(k->w, (int)column_of(&o->s, role));
	write_open(k->w, sheet_role_name(role));
	if (p.n > 1 && role != COL_DUE)
		tasks_write_paras(k, "p", p.first, p.first + p.n);
	else
		for (size_t i = 0; i < p.n; i++)
			write_para(k, p.first + i);
	write_close(k->w);
}

static void write_extras(struct work *k, const struct tasks *o, size_t row)
{
	for (size_t j = 0; j < o->s.n_columns; j++) {
		struct piece p = piece_of(o, o->s.rows[row].cells[j]);
		if (o->s.columns[j].role != COL_EXTRA)
			continue;
		write_column(k->w, (int)j);
		write_open(k->w, "extra");
		if (p.n > 1)
			tasks_write_paras(k, "p", p.first, p.first + p.n);
		else if (p.n)
			write_para(k, p.first);
		write_close(k->w);
	}
}

static size_t first_para(const struct tasks *o, size_t row)
{
	const struct table_row *r = &o->s.table.rows[row];
	for (size_t i = 0; i < r->n; i++)
		if (o->pieces[r->cell + i].n)
			return o->pieces[r->cell + i].first;
	return 0;
}

/* Cells that one expects to hold something. */
static void note_empty(struct work *k, const struct tasks *o, size_t row)
{
	for (size_t j = 0; j < o->s.n_columns; j++) {
		enum sheet_role role = o->s.columns[j].role;
		struct piece label = piece_of(o, o->s.columns[j].label);
		bool matters = role == COL_TASK || role == COL_DUE || sheet_role_is_names(role);
		if (matters && !piece_of(o, o->s.rows[row].cells[j]).n)
			work_note(k, DIAG_IMPORT_CELL_EMPTY, first_para(o, row), 0, label.n ? work_str(k, label.first) : (struct str){0});
	}
	if (o->s.rows[row].odd)
		work_note(k, DIAG_IMPORT_ROW_CELLS, first_para(o, row), 0, work_str(k, first_para(o, row)));
}

static void write_task(struct work *k, const struct tasks *o, size_t row)
{
	struct piece number = role_piece(o, row, COL_NUMBER), task = role_piece(o, row, COL_TASK);
	note_empty(k, o, row);
	write_open(k->w, "task");
	if (number.n) {
		write_column(k->w, (int)column_of(&o->s, COL_NUMBER));
		write_mark(k->w, "number", work_str(k, number.first));
	}
	size_t column = column_of(&o->s, COL_TASK);
	write_column(k->w, column < SHEET_COLUMNS ? (int)column : 0); /* a table may have all but the tasks */
	tasks_write_paras(k, "p", task.first, task.first + task.n);
	if (!task.n) {
		write_open(k->w, "p");
		write_close(k->w);
	}
	write_cell(k, o, row, COL_GOAL);
	write_cell(k, o, row, COL_MEASURE);
	write_assignments(k, o, row);
	write_cell(k, o, row, COL_DUE);
	write_cell(k, o, row, COL_PROGRESS);
	write_cell(k, o, row, COL_NOTE);
	write_extras(k, o, row);
	write_row(k->w);
	write_close(k->w);
}

static void close_theme(struct work *k, struct tasks *o)
{
	if (o->open)
		write_close(k->w);
	o->open = false;
	o->theme = (struct str){0};
}

static void open_theme(struct work *k, struct tasks *o, size_t para, bool numbered)
{
	struct str s = work_str(k, para);
	struct marker m = {0};
	close_theme(k, o);
	o->open = true;
	o->theme = s;
	write_open(k->w, "theme");
	if (numbered && marker_read(s, &m) && m.length < s.n) {
		write_mark(k->w, "number", str_sub(s, 0, m.length));
		work_element(k, "name", para, m.text, s.n);
	} else {
		write_open(k->w, "name");
		write_text(k->w, solid(k, para));
		write_close(k->w);
	}
}

/* The cell among the themes: a new one, the open one again, or nothing. */
static void read_theme(struct work *k, struct tasks *o, size_t row)
{
	size_t j = column_of(&o->s, COL_THEME);
	struct piece p = role_piece(o, row, COL_THEME);
	if (j == SHEET_COLUMNS)
		return;
	if (!p.n) {
		if (o->open)
			work_note(k, DIAG_IMPORT_THEME_EMPTY, first_para(o, row), 0, (struct str){0});
		return;
	}
	if (o->open && str_eq(o->theme, work_str(k, p.first))) {
		drop_cell(k, &o->s.table, o->s.rows[row].cells[j]);
		return;
	}
	write_column(k->w, (int)j);
	open_theme(k, o, p.first, false);
}

static void write_total(struct work *k, const struct tasks *o, size_t row)
{
	const struct table_row *r = &o->s.table.rows[row];
	bool labelled = false, more = false;
	write_open(k->w, "total");
	for (size_t i = 0; i < r->n; i++) {
		struct piece p = o->pieces[r->cell + i];
		if (!p.n)
			continue;
		if (!labelled) {
			write_mark(k->w, "label", solid(k, p.first));
		} else {
			write_text(k->w, more ? STR(" ") : (struct str){0});
			write_para(k, p.first);
			more = true;
		}
		labelled = true;
	}
	write_close(k->w);
}

void tasks_write(struct work *k, struct tasks *o)
{
	const struct sheet *s = &o->s;
	write_open(k->w, "tasks");
	write_columns(k, o);
	for (size_t i = 0; i < s->table.n_rows; i++) {
		const struct table_row *r = &s->table.rows[i];
		switch (s->rows[i].kind) {
		case ROW_TASK:
			if (!table_row_filled(&s->table, r))
				break;
			read_theme(k, o, i);
			write_task(k, o, i);
			break;
		case ROW_THEME:
			work_note(k, DIAG_IMPORT_THEME_ROW, first_para(o, i), 0, work_str(k, first_para(o, i)));
			open_theme(k, o, first_para(o, i), true);
			break;
		case ROW_AGAIN:
			for (size_t c = 0; c < r->n; c++)
				drop_cell(k, &s->table, &s->table.cells[r->cell + c]);
			break;
		case ROW_TOTAL:
			close_theme(k, o);
			write_total(k, o, i);
			break;
		default:
			break;
		}
	}
	close_theme(k, o);
	write_close(k->w);
}

/* ---- below the table ---- */

static void write_note(struct work *k, size_t para, size_t from)
{
	struct str s = work_str(k, para), rest = chars_trim(str_sub(s, from, s.n));
	struct marker m;
	write_open(k->w, "note");
	from = (size_t)(rest.p - s.p);
	if (marker_read(rest, &m)) {
		write_mark(k->w, "number", str_sub(rest, 0, m.length));
		from += m.text;
	}
	work_text(k, para, from, s.n);
	write_close(k->w);
}

void tasks_write_notes(struct work *k, size_t from, size_t to)
{
	if (from == to)
		return;
	struct str s = work_str(k, from);
	size_t label = sheet_note_label(s);
	bool alone = label && !chars_trim(str_sub(s, label, s.n)).n && from + 1 < to;
	write_open(k->w, "notes");
	if (label)
		write_mark(k->w, "label", str_sub(s, 0, label));
	else
		work_note(k, DIAG_IMPORT_BELOW, from, 0, s);
	for (size_t i = from + alone; i < to; i++)
		write_note(k, i, i == from ? label : 0);
	write_close(k->w);
}
