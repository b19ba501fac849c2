/* stages: genpdf with a clock at its conductor, for the bench alone. Takes genpdf's own command line; prints to standard error a
 * line for each stage of the run: name, milliseconds. The conductor is compiled as it
 * is, with its calls of the rooms' doors put between two looks at the clock; genpdf itself knows of no clock. */
#include <stdio.h>
#include <time.h>

#include "flow/flow.h"
#include "layout/layout.h"
#include "out/out.h"
#include "record/record.h"

static double started;

static double bench_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void bench_say(const char *name, double ms)
{
	fprintf(stderr, "stage %s %.3f\n", name, ms);
}

#define TIMED(name, call) ({ double from_ = bench_now(); __typeof__(call) result_ = (call); bench_say(name, bench_now() - from_); result_; })

/* ---- the output that is under way, its pages and its end ---- */

static const struct out_format *real_format;
static double page_ms;

static struct out *timed_open(struct diag_list *d, struct arena *a, const struct out_options *o)
{
	return real_format->open(d, a, o);
}

static bool timed_page(struct out *o, const struct list_page *p)
{
	double from = bench_now();
	bool good = real_format->page(o, p);
	page_ms += bench_now() - from;
	return good;
}

static bool timed_close(struct out *o, const struct list *l, struct buf *bytes)
{
	return TIMED("close", real_format->close(o, l, bytes));
}

static const struct out_format *timed_find(const char *name)
{
	static const struct out_format timed = {"timed", timed_open, timed_page, timed_close};
	real_format = out_find(name);
	return real_format ? &timed : NULL;
}

static bool timed_flow(struct diag_list *d, const struct doc *doc, struct list *l, const struct flow_options *o)
{
	double from = bench_now();
	bool good = flow_run(d, doc, l, o);
	bench_say("flow", bench_now() - from - page_ms);
	bench_say("pages", page_ms);
	return good;
}

__attribute__((constructor)) static void start(void)
{
	started = bench_now();
}

__attribute__((destructor)) static void end(void)
{
	bench_say("whole", bench_now() - started);
}

#define record_open(...) TIMED("record", record_open(__VA_ARGS__))
#define layout_open(...) TIMED("layout", layout_open(__VA_ARGS__))
#define layout_bind(...) TIMED("bind", layout_bind(__VA_ARGS__))
#define font_set_check(...) TIMED("fonts", font_set_check(__VA_ARGS__))
#define file_commit(...) TIMED("save", file_commit(__VA_ARGS__))
#define out_find timed_find
#define flow_run timed_flow

#include "genpdf.c"
