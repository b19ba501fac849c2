/* pdf_size: where the bytes of a file go: a line for each part: bytes, share, name, and for fonts what they hold. The lines together
 * are the whole file. For --explain=size; with --diagnostics=json each line is an object of its own. */
#include "out/pdf.h"

struct part_name {
	const char *part, *en, *zh;
};

/* In this order; parts that are not here follow by their own names. */
static const struct part_name names[] = {
	{"pages", "pages", "页面内容"}, {"tags", "tags", "结构标记"}, {"outline", "outline and named places", "书签和目标"},
	{"files", "attached files", "附件"}, {"metadata", "metadata", "元数据"},
	{"colour", "colour profile", "色彩特性"}, {"other", "what holds the file together", "文件骨架"},
};

static void put_line(const struct pdf *p, size_t bytes, size_t all, const char *part, const char *words)
{
	struct buf *out = p->out.options->explain;

	if (p->out.options->explain_json) {
		buf_puts(out, "{\"part\":");
		buf_json(out, str_of(part));
		buf_printf(out, ",\"bytes\":%zu}\n", bytes);
		return;
	}
	/* Tenths of a percent, rounded. */
	unsigned long long tenths = all ? ((unsigned long long)bytes * 2000 + all) / (2 * all) : 0;
	buf_printf(out, "%10zu %3llu.%llu%%  %s\n", bytes, tenths / 10, tenths % 10, words);
}

static size_t size_of(const struct pdf *p, const char *part)
{
	const char *name;
	size_t bytes;

	for (size_t i = 0; door_size(p->door, i, &name, &bytes); i++)
		if (strcmp(name, part) == 0)
			return bytes;
	return 0;
}

const char *pdf_size_font(struct pdf *p, const struct pdf_font *f)
{
	return arena_printf(p->out.arena, "font %d", font_number(f->font));
}

/* One glyph may have several codes: other advances, other text. */
static void put_font(struct pdf *p, const struct pdf_font *f, size_t all)
{
	const char *zh = "字体 %.*s：%zu 个字形，%zu 个编码", *en = "font %.*s: %zu glyphs, %zu codes";
	size_t glyphs = 0;

	for (size_t i = 1; i < f->n; i++)
		glyphs += f->first[f->codes[i].glyph >> 8][f->codes[i].glyph & 0xff] == i;
	const char *words = arena_printf(p->out.arena, p->out.options->chinese ? zh : en, STR_ARG(f->info->ps_name), glyphs, f->n - 1);
	const char *part = arena_printf(p->out.arena, "font %.*s", STR_ARG(f->info->ps_name));
	put_line(p, size_of(p, pdf_size_font(p, f)), all, part, words);
}

static bool is_listed(const char *part)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i].part, part) == 0)
			return true;
	return str_starts(str_of(part), STR("font "));
}

void pdf_size(struct pdf *p, size_t all)
{
	const char *part;
	size_t bytes;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if ((bytes = size_of(p, names[i].part)))
			put_line(p, bytes, all, names[i].part, p->out.options->chinese ? names[i].zh : names[i].en);
		for (const struct pdf_font *f = p->fonts; i == 0 && f; f = f->next)
			if (f->n > 1)
				put_font(p, f, all);
	}
	for (size_t i = 0; door_size(p->door, i, &part, &bytes); i++)
		if (!is_listed(part) && bytes)
			put_line(p, bytes, all, part, part);
	put_line(p, all, all, "total", p->out.options->chinese ? "合计" : "total");
}
