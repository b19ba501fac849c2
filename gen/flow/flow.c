/* flow: walks the blocks of a document and gives their lines, rules and blanks to the page builder. See flow.h. */
#include "flow/vlist.h"

struct walking {
	struct diag_list *d;
	struct list *list;
	const struct flow_options *o;
	struct builder *b;
	struct structure *structure;
};

static emu body_width(const struct walking *w)
{
	return builder_width(w->b);
}

static bool flow_rule(const struct walking *w, const struct block *k, struct measure m)
{
	emu measure = body_width(w) - m.start - m.end;
	emu width = k->width ? k->width : measure;
	struct vitem v = {
		.kind = V_RULE, .before = BREAK_MAY, .height = k->height, .colour = k->colour, .loc = k->loc,
		.width = width, .x = m.start + (measure - width) / 2,
	};

	return builder_push(w->b, &v);
}

static bool flow_glue(const struct walking *w, emu height)
{
	struct vitem v = {.kind = V_GLUE, .height = height};

	return !height || builder_push(w->b, &v);
}

static bool flow_blocks(const struct walking *w, const struct block *parent, struct measure m);

static bool flow_group(const struct walking *w, const struct block *k, struct measure m)
{
	const struct style *s = k->style;
	bool together = s && s->keep_together;
	uint32_t around = k->section ? structure_section(w->structure, k) : 0;

	if (s)
		m = (struct measure){m.start + s->indent_start, m.end + s->indent_end};
	if (s && !flow_glue(w, s->space_before))
		return false;
	if (k->at_bottom)
		builder_bottom(w->b);
	if (together)
		builder_hold(w->b);
	bool good = flow_blocks(w, k, m);
	if (k->section)
		structure_section_end(w->structure, around);
	if (together)
		builder_release(w->b);
	if (k->at_bottom)
		good = builder_bottom_end(w->b) && good;
	if (s && s->keep_with_next)
		builder_keep(w->b);
	return good && (!s || flow_glue(w, s->space_after));
}

static bool flow_paragraph(const struct walking *w, const struct block *k, struct measure m)
{
	struct label label;
	uint32_t node = structure_paragraph(w->structure, k, &label);

	return para_flow(w->d, w->o->fonts, w->b, k, node, &label, m, body_width(w));
}

static bool flow_block(const struct walking *w, const struct block *k, struct measure m)
{
	switch (k->kind) {
	case BLOCK_SECTION:
		return builder_master(w->b, k->page) && flow_blocks(w, k, m);
	case BLOCK_GROUP:
		return flow_group(w, k, m);
	case BLOCK_P:
		return flow_paragraph(w, k, m);
	case BLOCK_RULE:
		return flow_rule(w, k, m);
	case BLOCK_SPACE:
		return flow_glue(w, k->height);
	case BLOCK_BREAK:
		builder_break(w->b);
		return true;
	case BLOCK_TABLE:
		return table_flow(w->d, w->o->fonts, w->b, k, structure_node(w->structure), m, body_width(w));
	case BLOCK_DOCUMENT:
		break;
	}
	return flow_blocks(w, k, m);
}

static bool flow_blocks(const struct walking *w, const struct block *parent, struct measure m)
{
	for (const struct block *k = parent->first; k; k = k->next)
		if (!flow_block(w, k, m))
			return false;
	return true;
}

bool flow_run(struct diag_list *d, const struct doc *doc, struct list *l, const struct flow_options *o)
{
	struct structure structure = {.list = l};
	struct walking w = {d, l, o, builder_new(d, doc, l, o), &structure};
	size_t errors = diag_count(d, SEVERITY_ERROR);
	bool good = flow_blocks(&w, doc->root, (struct measure){0, 0}) && builder_finish(w.b);

	builder_close(w.b);
	return good && diag_count(d, SEVERITY_ERROR) == errors;
}
