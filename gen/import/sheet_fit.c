/* sheet_fit: see sheet_fit.h. Rows are laid on columns so that the sum of likelihoods is greatest (dynamic programming). */
#include "import/sheet_fit.h"

#include <stdio.h>

#include "import/chars.h"
#include "import/date.h"
#include "import/label.h"
#include "import/lines.h"

enum { MOST_CELLS = 2 * SHEET_COLUMNS, MOST_JOINED = 3, KNOWN_ROWS = 1000, KNOWN_BYTES = 120, GUESS_ROWS = 200, LEAST_WIDTH = 4 };

/* ---- what a cell looks like ---- */

int sheet_fit_number(struct str s)
{
	struct marker m;
	int v = 0;
	size_t at = 0;
	if (!s.n || s.n > 12)
		return 0;
	if (marker_read(s, &m) && m.length == s.n)
		return m.value;
	while (at < s.n && char_is_digit((unsigned char)s.p[at]) && at < 6)
		v = v * 10 + (s.p[at++] - '0');
	return at == s.n ? v : 0;
}

bool sheet_fit_signs(struct str s)
{
	struct date d;
	return date_only(s, &d) || lines_signer_date(s) > 0;
}

/* Two to four ideographs a line, blanks not counted. */
static bool is_persons(struct str s)
{
	int n = 0;
	for (size_t at = 0; at <= s.n;) {
		uint32_t c = at < s.n ? utf8_next(s, &at) : '\n';
		if (char_is_break(c) || c == 0x3001) {
			if (n == 1 || n > 4)
				return false;
			n = 0;
			if (at >= s.n)
				return s.n > 0;
		} else if (!char_is_blank(c) && c != 0xB7) {
			if (!char_is_ideograph(c))
				return false;
			n++;
		}
	}
	return true;
}

static bool is_due(struct str s)
{
	static const char *const words[] = {"月", "年", "季度", "底", "前", "长期", "适时", "要求", "进度", "日", "部署"};
	if (utf8_count(s) > 16)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find(s, str_of(words[i])) != SIZE_MAX)
			return true;
	return false;
}

static int likeness(enum sheet_role role, struct str s)
{
	size_t chars = utf8_count(s);
	switch (role) {
	case COL_NUMBER:
		return sheet_fit_number(s) ? 4 : -4;
	case COL_DUE:
		return is_due(s) ? 2 : -1;
	case COL_PERSON:
	case COL_LEADER:
		return !is_persons(s) ? -2 : label_is_authority(s) ? 0 : 2;
	case COL_LEAD:
	case COL_UNIT:
	case COL_COOPERATING:
		return label_is_authority(s) ? 2 : is_persons(s) || chars > 24 ? -1 : 0;
	case COL_TASK:
		return sheet_fit_number(s) ? -3 : chars >= 9 ? 2 : -1;
	case COL_THEME:
		return chars > 20 ? -2 : 0;
	default:
		return 0;
	}
}

static struct str text_between(const struct table *t, const struct table_cell *first, const struct table_cell *last)
{
	return chars_trim(str_sub(t->plain->text, first->from, last->to));
}

/* Texts of every column in rows that have all their cells. */
static struct map *gather_known(struct arena *a, const struct sheet *s)
{
	const struct table *t = &s->table;
	struct map *known = ARENA_NEW(a, struct map);
	map_open(known, a);
	for (size_t i = 0, rows = 0; i < t->n_rows && rows < KNOWN_ROWS; i++) {
		if (t->rows[i].n != s->n_columns)
			continue;
		rows++;
		for (size_t j = 0; j < s->n_columns; j++) {
			const struct table_cell *c = &t->cells[t->rows[i].cell + j];
			struct str x = text_between(t, c, c);
			if (x.n && x.n <= KNOWN_BYTES)
				map_set(known, str_of(arena_printf(a, "%zu %.*s", j, STR_ARG(x))), known);
		}
	}
	return known;
}

/* Does the column hold this text in a row that has all its cells? */
static bool is_known(const struct sheet *s, size_t column, struct str text)
{
	char key[KNOWN_BYTES + 24];
	if (text.n > KNOWN_BYTES)
		return false;
	int n = snprintf(key, sizeof key, "%zu %.*s", column, STR_ARG(text));
	return map_get(s->known, (struct str){key, (size_t)n}) != NULL;
}

/* ---- laying a row on the columns ---- */

struct fit {
	const struct sheet *s;
	const struct table_row *row;
	int best[MOST_CELLS + 1][SHEET_COLUMNS + 1];
	uint8_t taken[MOST_CELLS + 1][SHEET_COLUMNS + 1]; /* cells of the column in the best way to get there */
};

static int worth(const struct fit *f, size_t first, size_t n, size_t column)
{
	const struct table *t = &f->s->table;
	const struct table_cell *c = &t->cells[f->row->cell + first];
	enum sheet_role role = f->s->columns[column].role;
	if (!n)
		return role == COL_THEME ? 0 : -1;
	struct str text = text_between(t, c, c + n - 1);
	if (!text.n)
		return role == COL_THEME ? 1 : 0;
	bool prose = role == COL_TASK || role == COL_GOAL || role == COL_MEASURE || role == COL_PROGRESS || role == COL_NOTE;
	return likeness(role, text) + (is_known(f->s, column, text) ? 3 : 0) - (prose ? 1 : 3) * (int)(n - 1);
}

static void find_best(struct fit *f)
{
	size_t columns = f->s->n_columns;
	for (size_t i = 0; i <= f->row->n; i++)
		f->best[i][0] = i ? -1000 : 0;
	for (size_t j = 1; j <= columns; j++)
		for (size_t i = 0; i <= f->row->n; i++) {
			f->best[i][j] = -2000;
			for (size_t n = 0; n <= MOST_JOINED && n <= i; n++) {
				int v = f->best[i - n][j - 1] + worth(f, i - n, n, j - 1);
				if (v > f->best[i][j]) {
					f->best[i][j] = v;
					f->taken[i][j] = (uint8_t)n;
				}
			}
		}
}

static void lay(struct sheet *s, size_t row, const uint8_t *counts)
{
	struct table *t = &s->table;
	size_t at = t->rows[row].n;
	for (size_t j = s->n_columns; j > 0; at -= counts[--j])
		for (size_t n = counts[j - 1]; n > 1; n--)
			table_join(t, row, at - counts[j - 1], true);
	at = t->rows[row].cell;
	for (size_t j = 0; j < s->n_columns; j++)
		s->rows[row].cells[j] = counts[j] ? &t->cells[at++] : NULL;
}

/* More cells than can be laid: all beyond the columns are the last one's. */
static void lay_simply(struct sheet *s, size_t row)
{
	struct table *t = &s->table;
	while (t->rows[row].n > s->n_columns)
		table_join(t, row, s->n_columns - 1, true);
	for (size_t j = 0; j < s->n_columns; j++)
		s->rows[row].cells[j] = j < t->rows[row].n ? &t->cells[t->rows[row].cell + j] : NULL;
}

void sheet_fit_row(struct arena *a, struct sheet *s, size_t row)
{
	struct table *t = &s->table;
	struct table_row *r = &t->rows[row];
	while (r->n > s->n_columns && table_cell_is_empty(&t->cells[r->cell + r->n - 1]))
		r->n--;
	s->rows[row].odd = r->n != s->n_columns;
	if (!s->rows[row].odd || r->n > MOST_CELLS) {
		lay_simply(s, row);
		return;
	}
	if (!s->known)
		s->known = gather_known(a, s);
	struct fit f = {.s = s, .row = r};
	uint8_t counts[SHEET_COLUMNS];
	find_best(&f);
	if (f.best[r->n][s->n_columns] <= -500) { /* too many cells for joining by threes */
		lay_simply(s, row);
		return;
	}
	for (size_t i = r->n, j = s->n_columns; j > 0; i -= counts[--j])
		counts[j - 1] = f.taken[i][j];
	lay(s, row, counts);
}

/* ---- columns without a header ---- */

size_t sheet_fit_width(const struct table *t, size_t from)
{
	size_t counts[SHEET_COLUMNS + 1] = {0}, best = 0;
	for (size_t i = from; i < t->n_rows; i++) {
		const struct table_row *r = &t->rows[i];
		size_t n = r->n;
		while (n > 3 && t->form != TABLE_WEB && table_cell_is_empty(&t->cells[r->cell + n - 1]))
			n--; /* empty ones at the end say nothing about the table */
		if (table_row_filled(t, r) > 1 && n <= SHEET_COLUMNS)
			counts[n]++;
	}
	for (size_t n = 1; n <= SHEET_COLUMNS; n++)
		if (counts[n] > counts[best])
			best = n;
	return best;
}

/* What the cells of a column are like, in rows that have all of them. */
struct looks {
	size_t rows, numbers, persons, units, dues, chars;
};

static struct looks look(const struct sheet *s, size_t column)
{
	const struct table *t = &s->table;
	struct looks l = {0};
	for (size_t i = 0; i < t->n_rows && l.rows < GUESS_ROWS; i++) {
		if (t->rows[i].n < s->n_columns || table_row_filled(t, &t->rows[i]) < 3)
			continue;
		const struct table_cell *c = &t->cells[t->rows[i].cell + column];
		struct str x = text_between(t, c, c);
		bool unit = label_is_authority(x);
		l.rows++;
		l.numbers += sheet_fit_number(x) > 0;
		l.units += unit;
		l.persons += !unit && x.n && is_persons(x) && !is_due(x);
		l.dues += !unit && is_due(x);
		l.chars += utf8_count(x);
	}
	return l;
}

static void give_role(struct sheet *s, size_t column, enum sheet_role role, enum sheet_role second)
{
	bool taken = false;
	for (size_t i = 0; i < s->n_columns; i++)
		taken |= s->columns[i].role == role;
	s->columns[column].role = taken ? second : role;
}

static void guess_roles(struct sheet *s)
{
	size_t task = 0, most = 0;
	for (size_t j = 0; j < s->n_columns; j++)
		s->columns[j] = (struct sheet_column){COL_EXTRA, NULL};
	for (size_t j = 0; j < s->n_columns; j++) {
		struct looks l = look(s, j);
		if (l.chars > most) {
			most = l.chars;
			task = j;
		}
		if (l.numbers * 5 >= l.rows * 4)
			give_role(s, j, COL_NUMBER, COL_EXTRA);
		else if (l.persons * 5 >= l.rows * 3)
			give_role(s, j, COL_PERSON, COL_LEADER);
		else if (l.units * 5 >= l.rows * 2)
			give_role(s, j, COL_UNIT, COL_COOPERATING);
		else if (l.dues * 5 >= l.rows * 3)
			give_role(s, j, COL_DUE, COL_EXTRA);
	}
	s->columns[task].role = COL_TASK;
	if (task > 0 && s->columns[task - 1].role != COL_NUMBER)
		s->columns[task - 1].role = COL_THEME;
}

/* A column that two others share their meaning with has none of its own. */
static void settle_guess(struct sheet *s)
{
	bool seen[COL_ROLES] = {0};
	for (size_t j = 0; j < s->n_columns; j++) {
		enum sheet_role *role = &s->columns[j].role;
		if (*role != COL_EXTRA && seen[*role])
			*role = COL_EXTRA;
		seen[*role] = true;
	}
}

bool sheet_fit_guess(struct arena *a, const struct plain *plain, struct sheet *s, size_t *first)
{
	static const char delimiters[] = {'\t', ',', ';'};
	for (size_t i = 0; i < sizeof delimiters; i++) {
		table_read(a, plain, i ? TABLE_CSV : TABLE_TABS, delimiters[i], &s->table);
		s->n_columns = sheet_fit_width(&s->table, 0);
		if (s->n_columns < LEAST_WIDTH)
			continue;
		guess_roles(s);
		settle_guess(s);
		*first = 0;
		while (table_row_filled(&s->table, &s->table.rows[*first]) < 3)
			++*first;
		return true;
	}
	return false;
}
