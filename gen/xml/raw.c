/* raw: reading the bytes of a well-formed source again, to find places libxml2 does not tell.
 * Takes: the bytes of a source that has passed the parser. Gives: offsets of attributes and of
 * single characters inside a text. */
#include "xml/wall.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool ends_name(char c)
{
	return is_blank(c) || c == '=' || c == '>' || c == '/' || c == '<' || c == '"' || c == '\'';
}

size_t raw_tag_name(struct str bytes, size_t at, struct str *name)
{
	size_t from = at + 1;

	at = from;
	while (at < bytes.n && !ends_name(bytes.p[at]))
		at++;
	if (name)
		*name = str_sub(bytes, from, at);
	return at;
}

bool raw_attr_next(struct str bytes, size_t *at, struct raw_attr *out)
{
	size_t i = *at, from;
	char quote;

	while (i < bytes.n && is_blank(bytes.p[i]))
		i++;
	from = i;
	while (i < bytes.n && !ends_name(bytes.p[i]))
		i++;
	if (i == from)
		return false;
	out->name = str_sub(bytes, from, i);
	out->at = from;
	while (i < bytes.n && (is_blank(bytes.p[i]) || bytes.p[i] == '='))
		i++;
	if (i >= bytes.n || (bytes.p[i] != '"' && bytes.p[i] != '\''))
		return false;
	quote = bytes.p[i++];
	out->value = i;
	while (i < bytes.n && bytes.p[i] != quote)
		i++;
	*at = i < bytes.n ? i + 1 : i;
	return true;
}

static bool has(struct str bytes, size_t at, const char *word)
{
	size_t n = strlen(word);

	return at + n <= bytes.n && memcmp(bytes.p + at, word, n) == 0;
}

/* Behind the next end, or the end of the bytes. */
static size_t behind(struct str bytes, size_t at, const char *end)
{
	size_t i = str_find(str_sub(bytes, at, bytes.n), str_of(end));

	return i == SIZE_MAX ? bytes.n : at + i + strlen(end);
}

#define CDATA_OPEN "<![CDATA["

/* Step over what stands between the characters of a text. */
static size_t skip_markup(struct str bytes, size_t at, bool *cdata)
{
	for (;;) {
		if (*cdata && has(bytes, at, "]]>")) {
			*cdata = false;
			at += 3;
		} else if (*cdata) {
			return at;
		} else if (has(bytes, at, CDATA_OPEN)) {
			*cdata = true;
			at += strlen(CDATA_OPEN);
		} else if (has(bytes, at, "<!--")) {
			at = behind(bytes, at + 4, "-->");
		} else if (has(bytes, at, "<?")) {
			at = behind(bytes, at + 2, "?>");
		} else {
			return at;
		}
	}
}

size_t raw_text_start(struct str bytes, size_t at)
{
	bool cdata = false;

	return skip_markup(bytes, at, &cdata);
}

/* The code point of the reference at at ("&#x4e00;", "&lt;"); *next = behind it. */
static uint32_t reference(struct str bytes, size_t at, size_t *next)
{
	uint32_t cp = 0;
	size_t i = at + 1;

	*next = behind(bytes, at, ";");
	if (!has(bytes, i, "#"))
		return 'x'; /* one of the five names: one byte of text */
	i++;
	if (has(bytes, i, "x")) {
		for (i++; i < bytes.n && bytes.p[i] != ';'; i++) {
			int c = bytes.p[i];
			cp = cp * 16 + (uint32_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
		}
	} else {
		for (; i < bytes.n && bytes.p[i] != ';'; i++)
			cp = cp * 10 + (uint32_t)(bytes.p[i] - '0');
	}
	return cp;
}

/* Bytes of text that the piece of source at at gives; *next = behind it. */
static size_t step(struct str bytes, size_t at, bool cdata, size_t *next)
{
	char out[4];

	*next = at + 1;
	if (bytes.p[at] == '\r') {
		if (has(bytes, at, "\r\n"))
			*next = at + 2;
		return 1;
	}
	if (bytes.p[at] == '&' && !cdata)
		return (size_t)utf8_put(reference(bytes, at, next), out);
	return 1;
}

struct loc xml_text_loc(const struct source_table *t, const struct xml_node *text, size_t at)
{
	const struct source *s;
	size_t off = text->loc.off, done = 0, next;
	bool cdata;

	if (!text->loc.source)
		return text->loc;
	s = source_get(t, text->loc.source);
	cdata = off >= strlen(CDATA_OPEN) && has(s->bytes, off - strlen(CDATA_OPEN), CDATA_OPEN);
	if (at > text->text.n)
		at = text->text.n;
	for (;;) {
		size_t got;

		if (done == at && at == text->text.n && at > 0)
			break; /* the end of a text: behind its last byte */
		off = skip_markup(s->bytes, off, &cdata);
		if (done >= at || off >= s->bytes.n)
			break;
		got = step(s->bytes, off, cdata, &next);
		if (done + got > at)
			break; /* inside one reference */
		done += got;
		off = next;
	}
	return loc_at(text->loc.source, off);
}

struct loc attr_value_loc(const struct source_table *t, const struct xml_attr *attr, size_t at)
{
	const struct source *s = source_get(t, attr->value_loc.source);
	size_t off = attr->value_loc.off, done = 0, next;

	while (s && done < at && off < s->bytes.n) {
		done += step(s->bytes, off, false, &next);
		if (done <= at)
			off = next;
	}
	return loc_at(attr->value_loc.source, off);
}

/* Behind the tag at at; *empty: it ends in "/>". */
static size_t behind_tag(struct str bytes, size_t at, bool *empty)
{
	char quote = 0;

	for (; at < bytes.n && (quote || bytes.p[at] != '>'); at++) {
		if (quote)
			quote = bytes.p[at] == quote ? 0 : quote;
		else if (bytes.p[at] == '"' || bytes.p[at] == '\'')
			quote = bytes.p[at];
	}
	*empty = at > 0 && at < bytes.n && bytes.p[at - 1] == '/';
	return at < bytes.n ? at + 1 : at;
}

struct loc raw_end_tag(const struct source_table *t, const struct xml_node *n)
{
	const struct source *s = source_get(t, n->loc.source);
	const struct xml_node *last = n;
	bool empty = false, cdata = false;
	int open = 1;

	while (last->first) {
		for (last = last->first; last->next;)
			last = last->next;
		open += last->kind == XML_ELEMENT;
	}
	if (!s)
		return n->loc;
	size_t at = last->loc.off;
	if (last->kind == XML_ELEMENT)
		at = behind_tag(s->bytes, at, &empty);
	else
		cdata = at >= strlen(CDATA_OPEN) && has(s->bytes, at - strlen(CDATA_OPEN), CDATA_OPEN);
	if (empty && last == n)
		return n->loc;
	for (open -= empty; at < s->bytes.n; at++) {
		at = skip_markup(s->bytes, at, &cdata);
		if (!cdata && has(s->bytes, at, "</") && --open == 0)
			return loc_at(n->loc.source, at);
	}
	return n->loc;
}
