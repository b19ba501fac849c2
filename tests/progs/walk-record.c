/* walk-record: the walker of gen/xml beside libxml2, for tests/cases/walker.py.
 * Takes: a grammar and records. Gives for each record a line "FILE LIBXML2 WALKER N": yes, no (WALKER also: gave-up, none
 * where it cannot read the grammar) and the number of its messages. -v LANG first: the messages before each line;
 * -w: libxml2 is not asked ("-"). */
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "xml/walker.h"

static const char *walk(struct diag_list *d, struct xml_schema *schema, struct xml_doc *doc)
{
	static const char *const words[] = {"yes", "no", "gave-up"};
	struct grammar *g = schema_grammar(schema);

	return g ? words[walker_report(d, g, doc)] : "none";
}

static void judge(struct xml_schema *schema, const char *path, const char *lang, bool alone)
{
	struct arena *a = arena_new();
	struct source_table sources;
	struct diag_list mute, d;
	struct str bytes;
	struct xml_doc *doc;
	struct buf out = {NULL, 0, 0};

	source_open(&sources, a);
	diag_open(&mute, a, &sources);
	diag_open(&d, a, &sources);
	doc = file_read(&d, a, path, (size_t)1 << 30, &bytes)
		      ? xml_parse(&d, a, source_borrow(&sources, str_of(path), bytes), NULL) : NULL;
	if (doc) {
		const char *judged = alone ? "-" : xml_validate(&mute, schema, doc, "x") ? "yes" : "no";
		const char *said = walk(&d, schema, doc);

		if (lang)
			diag_text(&d, 0, lang[0] == 'z' ? LANG_ZH : LANG_EN, &out);
		printf("%.*s%s %s %s %zu\n", (int)out.n, out.p ? out.p : "", path, judged, said, d.n);
	} else {
		printf("%s unread unread %zu\n", path, d.n);
	}
	buf_free(&out);
	arena_close(a);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct source_table sources;
	struct diag_list d;
	struct buf out = {NULL, 0, 0};
	const char *lang = NULL;
	bool alone = false;
	int option;

	while ((option = getopt(argc, argv, "v:w")) != -1) {
		if (option == 'v')
			lang = optarg;
		alone |= option == 'w';
	}
	source_open(&sources, a);
	diag_open(&d, a, &sources);
	struct xml_schema *schema = optind < argc ? xml_schema_open(&d, a, argv[optind]) : NULL;
	if (!schema) {
		diag_text(&d, 0, LANG_EN, &out);
		fprintf(stderr, "%.*s", (int)out.n, out.p ? out.p : "usage: walk-record [-v LANG] [-w] GRAMMAR RECORD...\n");
		return 2;
	}
	for (int i = optind + 1; i < argc; i++)
		judge(schema, argv[i], lang, alone);
	arena_close(a);
	return 0;
}
