/* place: where in its source a cluster of a paragraph stands. See text.h. */
#include "text/text.h"

struct loc text_place(const struct source_table *t, const struct shaped *s, size_t cluster)
{
	const struct cluster *c = &s->clusters[cluster], *first = c;

	if (!c->item)
		return (struct loc){0, 0};
	while (first > s->clusters && first[-1].item == c->item)
		first--;
	return source_text_loc(t, c->item->loc, c->item->text, c->text - first->text);
}
