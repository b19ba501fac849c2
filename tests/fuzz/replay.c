/* replay: runs a fuzz target over the files named, without a fuzzer: `make test` does this with every case and a part of the seeds. */
#include "fuzz/fuzz.h"

static void run(const char *path)
{
	FILE *in = fopen(path, "rb");
	struct buf b = {0};
	int c;

	if (!in) {
		perror(path);
		exit(2);
	}
	while ((c = getc(in)) != EOF)
		buf_char(&b, (char)c);
	fclose(in);
	printf("%s\n", path);
	fflush(stdout);
	LLVMFuzzerTestOneInput((const uint8_t *)b.p, b.n);
	buf_free(&b);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		run(argv[i]);
	return argc > 1 ? 0 : 2;
}
