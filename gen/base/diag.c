/* diag: see diag.h. Takes codes from diag.def, prints them as text or JSON.
 * Everything that reaches a terminal passes through put_safe: control characters, escape sequences
 * and text-direction tricks of a document or a file name never do. */
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
	const char *word;
	enum diag_severity severity;
	const char *text[2]; /* by enum diag_lang */
} messages[DIAG_COUNT] = {
#define DIAG(id, word, severity, zh, en) {word, severity, {en, zh}},
#include "base/diag.def"
#undef DIAG
};

static const char *const severity_words[][2] = {
	[SEVERITY_REMARK] = {"remark", "提示"},   [SEVERITY_DECISION] = {"decision", "决定"},
	[SEVERITY_WARNING] = {"warning", "警告"}, [SEVERITY_ERROR] = {"error", "错误"},
	[SEVERITY_WORLD] = {"error", "错误"},
};

/* What --draft draws all the same. */
static const enum diag_code drawable[] = {
	DIAG_GLYPH_MISSING, DIAG_LINE_OVERFLOW, DIAG_PAGE_OVERFLOW, DIAG_RECORD_UNPLACED, DIAG_LAYOUT_BARE_TEXT,
};

enum { WIDEST = 160, LEAST_AHEAD = 40 }; /* columns of a source line; of it behind the place */

void diag_open(struct diag_list *d, struct arena *a, const struct source_table *sources)
{
	*d = (struct diag_list){.arena = a, .sources = sources};
	map_open(&d->causes, a);
}

static enum diag_severity severity_in(const struct diag_list *d, enum diag_code code)
{
	enum diag_severity severity = messages[code].severity;
	for (size_t i = 0; d->draft && i < sizeof drawable / sizeof *drawable; i++)
		if (drawable[i] == code && severity == SEVERITY_ERROR)
			return SEVERITY_WARNING;
	return severity;
}

static struct diag *append(struct diag_list *d)
{
	ARENA_GROW(d->arena, d->list, d->n, d->cap, 16);
	return &d->list[d->n++];
}

/* The map key of a cause: the code's number and the first argument. */
static struct str cause_key(struct diag_list *d, enum diag_code code, const char *first)
{
	char *key = arena_printf(d->arena, "%d %s", (int)code, first ? first : "");
	return str_of(key);
}

/* What is returned for a message that is not added. */
static struct diag *spare(struct diag_list *d, struct diag m)
{
	d->repeated = m;
	return &d->repeated;
}

/* One more message of a code that has said enough. */
static struct diag *count_more(struct diag_list *d, enum diag_code code, struct loc loc)
{
	enum { DIGITS = 24 };
	struct diag m = {.code = code, .severity = severity_in(d, code), .loc = loc};
	if (d->more[code].n++ == 0) {
		const char **args = ARENA_ARRAY(d->arena, 2, const char *);
		args[0] = d->more[code].words = arena_alloc(d->arena, DIGITS);
		args[1] = messages[code].word;
		*append(d) = (struct diag){.code = DIAG_MORE, .severity = m.severity, .loc = loc, .args = args, .n_args = 2};
	}
	snprintf(d->more[code].words, DIGITS, "%zu", d->more[code].n);
	return spare(d, m);
}

/* *number: of the message, from 1; 0 when it is only counted. */
static struct diag *add(struct diag_list *d, enum diag_code code, struct loc loc, va_list ap, uintptr_t *number)
{
	va_list again;
	int n = 0;
	*number = 0;
	if (severity_in(d, code) >= SEVERITY_WARNING && d->said[code]++ >= DIAG_MOST)
		return count_more(d, code, loc);
	va_copy(again, ap);
	while (va_arg(again, const char *))
		n++;
	va_end(again);
	struct diag *m = append(d);
	*m = (struct diag){.code = code, .severity = severity_in(d, code), .loc = loc, .n_args = n};
	m->args = ARENA_ARRAY(d->arena, (size_t)n, const char *);
	for (int i = 0; i < n; i++) {
		struct str arg = str_of(va_arg(ap, const char *));
		m->args[i] = arena_copy(d->arena, arg.p, arg.n);
	}
	*number = d->n;
	return m;
}

/* The map key of a message: its code, place and arguments. The keys of causes begin otherwise. */
static struct str message_key(struct diag_list *d, enum diag_code code, struct loc loc, va_list ap)
{
	struct buf b = {0};
	va_list again;
	const char *arg;
	buf_printf(&b, "=%d %u %u", (int)code, (unsigned)loc.source, (unsigned)loc.off);
	va_copy(again, ap);
	while ((arg = va_arg(again, const char *)))
		buf_printf(&b, "%c%s", 0, arg);
	va_end(again);
	struct str key = arena_str(d->arena, buf_view(&b));
	buf_free(&b);
	return key;
}

/* Count a repeat of message number `found` (from 1); NULL when there is none. */
static struct diag *repeat(struct diag_list *d, enum diag_code code, uintptr_t found)
{
	if (!found || found > d->n || d->list[found - 1].code != code)
		return NULL;
	d->list[found - 1].repeats++;
	return spare(d, d->list[found - 1]);
}

struct diag *diag_add(struct diag_list *d, enum diag_code code, struct loc loc, ...)
{
	va_list ap;
	va_start(ap, loc);
	struct str same = message_key(d, code, loc, ap);
	struct diag *m = repeat(d, code, (uintptr_t)map_get(&d->causes, same));
	uintptr_t number = 0;
	if (!m)
		m = add(d, code, loc, ap, &number);
	if (number) {
		struct str key = cause_key(d, code, m->n_args ? m->args[0] : NULL);
		map_set(&d->causes, same, (void *)number);
		if (!map_get(&d->causes, key))
			map_set(&d->causes, key, (void *)number);
	}
	va_end(ap);
	return m;
}

static struct diag *once(struct diag_list *d, struct str key, enum diag_code code, struct loc loc, va_list ap)
{
	struct diag *m = repeat(d, code, (uintptr_t)map_get(&d->causes, key));
	uintptr_t number;
	if (m)
		return m;
	m = add(d, code, loc, ap, &number);
	if (number)
		map_set(&d->causes, key, (void *)number);
	return m;
}

struct diag *diag_once(struct diag_list *d, enum diag_code code, struct loc loc, ...)
{
	va_list ap, again;
	va_start(ap, loc);
	va_copy(again, ap);
	struct str key = cause_key(d, code, va_arg(again, const char *));
	va_end(again);
	struct diag *m = once(d, key, code, loc, ap);
	va_end(ap);
	return m;
}

static struct str per_key(const struct diag_list *d, const char *cause, enum diag_code code)
{
	return str_of(arena_printf(d->arena, "per %d %s", (int)code, cause));
}

bool diag_has_said(const struct diag_list *d, const char *cause, enum diag_code code)
{
	uintptr_t found = (uintptr_t)map_get(&d->causes, per_key(d, cause, code));
	return found && found <= d->n && d->list[found - 1].code == code;
}

struct diag *diag_once_per(struct diag_list *d, const char *cause, enum diag_code code, struct loc loc, ...)
{
	va_list ap;
	va_start(ap, loc);
	struct diag *m = once(d, per_key(d, cause, code), code, loc, ap);
	va_end(ap);
	return m;
}

bool diag_is_full(const struct diag_list *d, enum diag_code code)
{
	return d->said[code] >= DIAG_MOST;
}

size_t diag_count(const struct diag_list *d, enum diag_severity at_least)
{
	size_t n = 0;
	for (size_t i = 0; i < d->n; i++)
		n += d->list[i].severity >= at_least;
	return n;
}

int diag_status(const struct diag_list *d, bool strict)
{
	if (diag_count(d, SEVERITY_WORLD))
		return 3;
	if (diag_count(d, SEVERITY_ERROR))
		return 2;
	return strict && diag_count(d, SEVERITY_WARNING) ? 1 : 0;
}

const char *diag_word(enum diag_code code)
{
	return messages[code].word;
}

enum diag_severity diag_severity_of(enum diag_code code)
{
	return messages[code].severity;
}

int diag_find(struct str word)
{
	for (int i = 0; i < DIAG_COUNT; i++)
		if (str_is(word, messages[i].word))
			return i;
	return -1;
}

struct range {
	uint32_t first, last;
};

static bool in_ranges(const struct range *ranges, size_t n, uint32_t cp)
{
	for (size_t i = 0; i < n; i++)
		if (cp >= ranges[i].first && cp <= ranges[i].last)
			return true;
	return false;
}

/* Columns on a terminal. Wide: East Asian Wide and Fullwidth of UAX #11, in whole blocks; the
 * ambiguous ones (quotation marks, …) count as narrow, as most terminals draw them. */
static size_t width(uint32_t cp)
{
	static const struct range nothing[] = {
		{0x0300, 0x036F}, {0x0483, 0x0489}, {0x200B, 0x200F}, {0x20D0, 0x20FF},   {0x302A, 0x302D},
		{0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
	};
	static const struct range wide[] = {
		{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0xA4CF},
		{0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},
		{0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},   {0x16FE0, 0x18DFF}, {0x1AFF0, 0x1B2FF}, {0x1F300, 0x1F64F},
		{0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
	};
	if (cp < 0x300)
		return 1;
	if (in_ranges(nothing, sizeof nothing / sizeof *nothing, cp))
		return 0;
	return in_ranges(wide, sizeof wide / sizeof *wide, cp) ? 2 : 1;
}

/* What is shown in place of a code point: blanks of all kinds as one blank, and no controls. */
static uint32_t shown(uint32_t cp)
{
	if (cp == '\t' || cp == '\n' || cp == '\r')
		return ' ';
	bool control = cp < 0x20 || (cp >= 0x7F && cp <= 0x9F);
	bool direction = cp == 0x200E || cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
	return control || direction ? 0xFFFD : cp;
}

static void put_safe(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;)
		buf_utf8(out, shown(utf8_next(s, &at)));
}

static size_t columns(struct str s, size_t from, size_t to)
{
	size_t n = 0;
	while (from < to)
		n += width(shown(utf8_next(s, &from)));
	return n;
}

/* An argument, or its half when it was written with DIAG_TWO. */
static struct str in_language(const char *arg, enum diag_lang lang)
{
	const char *middle;
	if (arg[0] != '\x1f' || !(middle = strchr(arg + 1, '\x1f')))
		return str_of(arg);
	if (lang == LANG_ZH)
		return (struct str){arg + 1, (size_t)(middle - arg - 1)};
	return str_of(middle + 1);
}

void diag_sentence(const struct diag *m, enum diag_lang lang, struct buf *out)
{
	for (const char *p = messages[m->code].text[lang]; *p; p++) {
		if (*p != '%' || !p[1]) {
			buf_char(out, *p);
			continue;
		}
		p++;
		if (*p < '1' || *p > '9')
			buf_char(out, *p);
		else if (*p - '1' < m->n_args)
			put_safe(out, in_language(m->args[*p - '1'], lang));
	}
}

/* The part of a line that is shown: all of it, or as much around the place as WIDEST columns hold. */
static struct range window(const struct place *at)
{
	struct str text = at->text;
	size_t from = at->at, to = at->at, used = 0, before;
	while (to < text.n && used < LEAST_AHEAD)
		used += width(shown(utf8_next(text, &to)));
	while (from > 0) {
		before = from;
		size_t w = width(shown(utf8_prev(text, &before)));
		if (used + w > WIDEST)
			break;
		used += w;
		from = before;
	}
	while (to < text.n) {
		before = to;
		size_t w = width(shown(utf8_next(text, &before)));
		if (used + w > WIDEST)
			break;
		used += w;
		to = before;
	}
	return (struct range){(uint32_t)from, (uint32_t)to};
}

static void put_excerpt(const struct diag *m, const struct place *at, struct buf *out)
{
	struct range part = window(at);
	bool cut_front = part.first > 0, cut_back = part.last < at->text.n;
	buf_printf(out, "%5zu | %s", at->line, cut_front ? "…" : "");
	put_safe(out, str_sub(at->text, part.first, part.last));
	buf_puts(out, cut_back ? "…\n" : "\n");

	size_t end = at->at;
	if (end < part.last)
		utf8_next(at->text, &end);
	if (m->length > end - at->at && !at->derived)
		end = m->length < part.last - at->at ? at->at + m->length : part.last;
	size_t blanks = columns(at->text, part.first, at->at) + cut_front;
	size_t marks = columns(at->text, at->at, end);
	buf_puts(out, "      | ");
	while (blanks--)
		buf_char(out, ' ');
	buf_char(out, '^');
	while (marks-- > 1)
		buf_char(out, '~');
	buf_char(out, '\n');
}

static void put_place(struct buf *out, const struct place *at)
{
	put_safe(out, at->name);
	buf_printf(out, ":%zu:%zu: ", at->line, at->column);
}

/* What the second place is to a message of this code. */
static const struct {
	enum diag_code code;
	const char *words[2]; /* by enum diag_lang */
} note_words[] = {
	{DIAG_XML_SYNTAX, {"it begins here", "从这里开始"}},
	{DIAG_RECORD_PLACE, {"the other one stands here", "另一个在这里"}},
	{DIAG_RECORD_ORDER, {"the other value stands here", "另一个值在这里"}},
	{DIAG_RECORD_DATES, {"the document is dated here", "成文日期在这里"}},
	{DIAG_RECORD_COLUMN, {"the columns are listed here", "各栏列在这里"}},
	{DIAG_LAYOUT_TWICE, {"it stands here first", "第一次在这里"}},
	{DIAG_LAYOUT_KIND, {"the layout says so here", "版式在这里写明文种"}},
	{DIAG_LAYOUT_VARIABLE, {"the one of this name stands here", "同名的变量在这里"}},
};

static bool ends_with(struct str name, const char *end)
{
	return str_ends(name, str_of(end));
}

/* The next place of the same fault; what the code says; what a template made, or was at work on. */
static const char *note_of(const struct diag *m, struct str at, struct str other, enum diag_lang lang)
{
	/* The schema's faults show where they stand again. */
	if (m->repeats && m->code >= DIAG_RECORD_ELEMENT && m->code <= DIAG_RECORD_TEXT)
		return lang == LANG_ZH ? "下一处在这里" : "the next place";
	for (size_t i = 0; i < sizeof note_words / sizeof *note_words; i++)
		if (note_words[i].code == m->code)
			return note_words[i].words[lang];
	if (ends_with(other, ".xsl") && !ends_with(at, ".xsl"))
		return lang == LANG_ZH ? "由这里的模板产生" : "made by the template here";
	if (ends_with(at, ".xsl") && !ends_with(other, ".xsl") && !ends_with(other, "layout.xml"))
		return lang == LANG_ZH ? "当时处理的是这里" : "this was being set";
	return lang == LANG_ZH ? "另见此处" : "see here";
}

static void put_text(const struct diag_list *d, const struct diag *m, enum diag_lang lang, struct buf *out)
{
	struct place at = {0}, other;
	bool placed = d->sources && source_place(d->sources, m->loc, &at);
	if (placed)
		put_place(out, &at);
	else
		buf_puts(out, "genpdf: ");
	buf_printf(out, "%s: ", severity_words[m->severity][lang]);
	diag_sentence(m, lang, out);
	if (m->repeats > 0)
		buf_printf(out, lang == LANG_ZH ? "（另有 %d 处）" : " (%d more)", m->repeats);
	buf_printf(out, " [%s]\n", messages[m->code].word);
	if (placed)
		put_excerpt(m, &at, out);
	if (d->sources && source_place(d->sources, m->other, &other)) {
		buf_puts(out, "  ");
		put_place(out, &other);
		buf_printf(out, "%s: %s\n", lang == LANG_ZH ? "附注" : "note", note_of(m, at.name, other.name, lang));
	}
}

void diag_text(const struct diag_list *d, size_t first, enum diag_lang lang, struct buf *out)
{
	for (size_t i = first; i < d->n; i++)
		put_text(d, &d->list[i], lang, out);
}

/* "file":…,"line":…,"column":… ; null for all three when there is no place. */
static void json_place(const struct diag_list *d, struct loc loc, struct buf *out)
{
	struct place at;
	if (!d->sources || !source_place(d->sources, loc, &at)) {
		buf_puts(out, "\"file\":null,\"line\":null,\"column\":null");
		return;
	}
	buf_puts(out, "\"file\":");
	buf_json(out, at.name);
	buf_printf(out, ",\"line\":%zu,\"column\":%zu", at.line, at.column);
}

static void json_string(struct buf *out, const char *key, const char *value)
{
	if (!value)
		return;
	buf_printf(out, ",\"%s\":", key);
	buf_json(out, str_of(value));
}

static void json_strings(struct buf *out, const char *key, const char *const *values)
{
	buf_printf(out, ",\"%s\":[", key);
	for (int i = 0; values[i]; i++) {
		buf_puts(out, i ? "," : "");
		buf_json(out, str_of(values[i]));
	}
	buf_char(out, ']');
}

static void json_detail(struct buf *out, const struct diag_detail *more)
{
	json_string(out, "dropped", more->dropped);
	json_string(out, "from", more->from);
	json_string(out, "to", more->to);
	json_string(out, "choice", more->choice);
	if (!more->others)
		return;
	json_strings(out, "choices", more->others);
	buf_printf(out, ",\"answered\":%s", more->answered ? "true" : "false");
}

static void put_json(const struct diag_list *d, const struct diag *m, enum diag_lang lang, struct buf *out)
{
	struct buf sentence = {0};
	diag_sentence(m, lang, &sentence);
	buf_char(out, '{');
	json_place(d, m->loc, out);
	buf_printf(out, ",\"severity\":\"%s\",\"code\":\"%s\",\"message\":", severity_words[m->severity][LANG_EN],
	           messages[m->code].word);
	buf_json(out, buf_view(&sentence));
	buf_puts(out, ",\"args\":[");
	for (int i = 0; i < m->n_args; i++) {
		buf_puts(out, i ? "," : "");
		buf_json(out, in_language(m->args[i], lang));
	}
	buf_char(out, ']');
	if (d->sources && source_get(d->sources, m->other.source)) {
		buf_puts(out, ",\"other\":{");
		json_place(d, m->other, out);
		buf_char(out, '}');
	}
	if (m->detail)
		json_detail(out, m->detail);
	buf_printf(out, ",\"repeats\":%d}\n", m->repeats);
	buf_free(&sentence);
}

void diag_json(const struct diag_list *d, size_t first, enum diag_lang lang, struct buf *out)
{
	for (size_t i = first; i < d->n; i++)
		put_json(d, &d->list[i], lang, out);
}
