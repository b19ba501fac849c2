/* What the fuzz targets share: one run's arena, sources and messages; a source of choices; and the end of a run, which prints the last
 * messages in both languages and both forms, since printing reads the input too.
 * A target aborts when a promise of a header is broken: libFuzzer then keeps the input. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/diag.h"

struct fuzz {
	struct arena *a;
	struct source_table t;
	struct diag_list d;
};

void fuzz_open(struct fuzz *f);
void fuzz_close(struct fuzz *f);
/* The folder of layouts/ and records/schema/: GENPDF_HOME, else the working directory. */
const char *fuzz_home(void);
/* The folder of the tiny test fonts: GENPDF_FONTS, set to build/testfonts when unset. */
const char *fuzz_fonts(void);
/* A folder of this process, in memory where there is one; gone at the end. */
const char *fuzz_folder(void);
/* Write DIR/NAME of fuzz_folder(). Its path, in f's arena. */
const char *fuzz_write(struct fuzz *f, const char *name, struct str bytes);
uint32_t fuzz_source(struct fuzz *f, const char *name, struct str bytes);
/* The next part of the input: up to the marker (or the end), which is stepped over. */
struct str fuzz_part(struct str *rest);
#define FUZZ_MARKER "\n<!--==-->\n"

/* Choices out of bytes; zeros when they are at their end. */
struct choices {
	struct str bytes;
	size_t at;
};
uint32_t choose_byte(struct choices *c);
uint32_t choose_below(struct choices *c, uint32_t n); /* 0 … n - 1; n > 0 */
int64_t choose_amount(struct choices *c, int64_t most); /* 0 … most, small ones and the ends often */

#define FUZZ_CHECK(condition, ...)                                                      \
	do {                                                                            \
		if (!(condition)) {                                                     \
			fprintf(stderr, "%s:%d: broken promise: ", __FILE__, __LINE__); \
			fprintf(stderr, __VA_ARGS__);                                   \
			fputc('\n', stderr);                                            \
			abort();                                                        \
		}                                                                       \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#endif
