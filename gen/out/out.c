/* out: the table of formats. A new one is a file, a line here and its dumps in the tests. */
#include "out/out.h"

#include "out/back.h"

static const struct out_format *const formats[] = {&out_pdf, &out_text, &out_runs, &out_dump};

const struct out_format *out_find(const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}
