/* vlist: dump of the vertical list. See vlist.h. */
#include "flow/vlist.h"

void vitem_dump(const struct vitem *v, struct buf *out)
{
	static const char *const kinds[] = {"line", "rule", "box", "glue", "fill"};
	static const char *const breaks[] = {"no", "may", "must"};
	char height[40];

	unit_format(height, v->height, EMU_PT, 3);
	buf_printf(out, "%s %s break=%s", kinds[v->kind], height, breaks[v->before]);
	for (int i = 0; i < v->n_pieces; i++) {
		const struct piece *p = &v->pieces[i];
		const struct shaped *s = p->shaped;
		buf_char(out, ' ');
		if (p->line->from < p->line->to) {
			const struct cluster *a = &s->clusters[p->line->from], *b = &s->clusters[p->line->to - 1];
			buf_json(out, str_sub(s->text, a->text, b->text + b->length));
		}
	}
	if (v->box) {
		buf_char(out, ' ');
		buf_json(out, v->box->name(v->box));
		v->box->dump(v->box, out);
	}
	buf_char(out, '\n');
}
