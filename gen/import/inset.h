/* inset: tables of tasks that stand inside a text, as those of an attachment do: what is text and what is table.
 * A table begins with its header (words such as 序号, 任务, 责任) in lines with TABs: a row a line, or, copied from a web page, a cell a
 * line; it goes on as long as there are TABs. Everything else is joined to paragraphs as usual. */
#ifndef GEN_IMPORT_INSET_H
#define GEN_IMPORT_INSET_H

#include "import/tasks.h"

struct inset {
	struct tasks tasks;
	size_t first, end; /* its paragraphs; those from tasks.below on stand below the table */
};

struct insets {
	struct inset *list;
	size_t n;
};

/* Does the text hold such a table? Looks at its lines only. */
bool insets_any(struct arena *a, const struct plain *plain);
/* Paragraphs of text and of tables, in the order of the text. */
void insets_read(struct arena *a, const struct plain *plain, struct report *r, struct paras *ps, struct insets *out);
/* The table whose paragraphs begin with this one; NULL: none. */
struct inset *insets_at(const struct insets *all, size_t para);
/* 附件, 附件1, 附件 2： and nothing behind it but a title: bytes of the label; 0 when s does not begin so. */
size_t inset_attachment_label(struct str s);

#endif
