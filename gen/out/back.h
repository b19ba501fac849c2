/* back: what every back-end of this room holds. Each has a struct of its own that begins with a struct out. */
#ifndef GEN_OUT_BACK_H
#define GEN_OUT_BACK_H

#include "out/out.h"

struct out {
	struct diag_list *diag;
	struct arena *arena;
	const struct out_options *options;
};

extern const struct out_format out_pdf, out_text, out_runs, out_dump;

#endif
