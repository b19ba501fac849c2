/* wrap-lines: break paragraphs as genpdf does, without fonts (tests/wrap/shaped.h). A paragraph a line on standard input; its lines on
 * standard output, each `WHY STRETCH TEXT` behind a TAB, and an empty line behind each paragraph.
 * usage: wrap-lines [NAME=NUMBER]…   amounts in millionths of an em; em in EMU
 *        wrap-lines uax < LineBreakTest.txt     prints the lines that differ */
#include <stdio.h>
#include <stdlib.h>

#include "wrap/shaped.h"

static const struct option {
	const char *name;
	size_t at;
} numbers[] = {
#define RULE(name) {#name, offsetof(struct wrap_rules, name)}
	RULE(autospace), RULE(gap_shrink), RULE(mark_shrink), RULE(line_end), RULE(stretch_warn),
};

struct setup {
	struct shaped_style text;
	emu measure, first;
	enum align align;
};

static void set_option(struct setup *s, const char *arg)
{
	const char *eq = strchr(arg, '=');
	if (!eq)
		exit(2);
	long long value = atoll(eq + 1);
	struct str name = {arg, (size_t)(eq - arg)};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (str_is(name, numbers[i].name))
			*(int64_t *)((char *)&s->text.rules + numbers[i].at) = value;
	if (str_is(name, "measure"))
		s->measure = unit_muldiv(value, SHAPED_EM, 1000000);
	if (str_is(name, "first"))
		s->first = unit_muldiv(value, SHAPED_EM, 1000000);
	if (str_is(name, "prohibition"))
		s->text.rules.prohibition = (enum prohibition)value;
	if (str_is(name, "squeeze"))
		s->text.rules.squeeze = (enum squeeze)value;
	if (str_is(name, "pairs"))
		s->text.rules.pairs = value;
	if (str_is(name, "line_start"))
		s->text.rules.line_start = value;
	if (str_is(name, "number_unit_keep"))
		s->text.rules.number_unit_keep = value;
	if (str_is(name, "align"))
		s->align = (enum align)value;
}

static void print_paragraph(const struct setup *s, struct str text)
{
	static const char *const why[] = {"last", "natural", "squeezed", "forced", "emergency"};
	struct arena *a = arena_new();
	struct shaped shaped;
	struct lines lines;
	struct wrap_options o = {.rules = &s->text.rules, .measure = s->measure, .first = s->first, .em = SHAPED_EM,
	                         .align = s->align};
	shaped_make(a, &s->text, text, &shaped);
	han_prepare(&shaped);
	text_wrap(NULL, a, &shaped, &o, &lines);
	for (size_t i = 0; i < lines.n; i++) {
		const struct line *l = &lines.list[i];
		size_t from = shaped.clusters[l->from].text;
		size_t to = l->to < shaped.n ? shaped.clusters[l->to].text : text.n;
		printf("%s %lld\t%.*s\n", why[l->why], (long long)l->stretch, (int)(to - from), text.p + from);
	}
	printf("\n");
	arena_close(a);
}

/* A line of the Unicode test file: code points with × or ÷ before and after each. */
static bool uax_agrees(char *line)
{
	struct uax14 c[64];
	uint8_t want[64] = {0}, got[64] = {0};
	size_t n = 0;
	bool may = false;
	for (char *word = strtok(line, " \t\n"); word && *word != '#' && n < 64; word = strtok(NULL, " \t\n")) {
		if ((unsigned char)*word < 0x80) {
			c[n] = uax14_of((uint32_t)strtoul(word, NULL, 16));
			want[n++] = may;
		}
		may = strcmp(word, "÷") == 0;
	}
	uax14_breaks(c, n, got);
	for (size_t i = 1; i < n; i++)
		if ((got[i] != BREAK_NO) != want[i])
			return false;
	return true;
}

static int check_uax(void)
{
	char *line = NULL;
	size_t cap = 0;
	long seen = 0, bad = 0;
	char copy[4096];
	while (getline(&line, &cap, stdin) >= 0) {
		if (*line == '#' || strlen(line) >= sizeof copy)
			continue;
		strcpy(copy, line);
		seen++;
		if (!uax_agrees(copy)) {
			bad++;
			fputs(line, stdout);
		}
	}
	free(line);
	printf("%ld of %ld\n", seen - bad, seen);
	return bad || !seen;
}

int main(int argc, char **argv)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	if (argc == 2 && strcmp(argv[1], "uax") == 0)
		return check_uax();
	struct setup s = {.text.rules = {.prohibition = PROHIBIT_GB, .squeeze = SQUEEZE_NEAREST}};
	shaped_style_open(&s.text);
	for (int i = 1; i < argc; i++)
		set_option(&s, argv[i]);
	while ((n = getline(&line, &cap, stdin)) >= 0) {
		while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
			n--;
		print_paragraph(&s, (struct str){line, (size_t)n});
	}
	free(line);
	return 0;
}
