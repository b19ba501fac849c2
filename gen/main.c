/* main: the command line: argv -> options -> exit status. Knows only the public door. */
#include "genpdf.h"

#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct command_line {
	struct genpdf_options o;
	const char *output, *record;
};

static const char usage_en[] =
	"usage: genpdf [OPTION]… RECORD.xml|TEXT…          make PDFs\n"
	"       genpdf import [OPTION]… TEXT [-o RECORD]   plain text -> record\n"
	"       genpdf check [OPTION]… RECORD|LAYOUT…      say what is wrong, make nothing\n"
	"       genpdf new [KIND] [-o RECORD]              a commented record to begin with; the kinds there are\n"
	"       genpdf fonts [OPTION]… [RECORD…]           which fonts are there, which a record takes\n"
	"       genpdf extract [-o FOLDER/] PDF            give back the files attached to a PDF (--profile=a3a)\n"
	"       genpdf verify [OPTION]… PDF…               render again: is it the same?\n"
	"\n"
	"  -l, --layout NAME|FOLDER/   layout (the record's kind)\n"
	"  -o, --output FILE|FOLDER/   where to; - = standard output (beside the input, ending in .pdf)\n"
	"      --kind KIND             kind of a plain text (recognised)\n"
	"      --encoding NAME         of the input: GB18030, GBK, Big5, UTF-16 (what it states, else UTF-8)\n"
	"      --normalize             import: half-width marks become full-width; the report lists each change\n"
	"      --report FILE           decisions of the import (standard error)\n"
	"      --mark TEXT             words that stand on every page: a draft, for review\n"
	"      --record FILE           verify: the record, instead of the attached one\n"
	"      --answers FILE          a report whose choices were edited: import by them\n"
	"      --stop STAGE            print a stage: record layout doc vlist list text runs\n"
	"      --profile PROFILE       what the PDF promises: a2a (archive and screen reader), a2u, a3a, plain (a2a)\n"
	"      --explain size          say what takes how many bytes of the PDF\n"
	"      --diagnostics text|json form of messages\n"
	"      --lang zh|en            language of messages (the environment's)\n"
	"      --strict                warnings count: status 1\n"
	"      --draft                 render in spite of missing glyphs and overflow\n"
	"      --help, --version\n"
	"\n"
	"Status: 0 clean, 1 warnings under --strict, 2 mistakes in record, layout or command line, 3 file, font or disk.\n";

static const char usage_zh[] =
	"用法：genpdf [选项]… 记录.xml|文稿…              生成 PDF\n"
	"      genpdf import [选项]… 文稿 [-o 记录]        纯文本 -> 记录\n"
	"      genpdf check [选项]… 记录|版式…             只检查，不生成\n"
	"      genpdf new [文种] [-o 记录]                 带说明的起始记录；不写文种则列出文种\n"
	"      genpdf fonts [选项]… [记录…]                有哪些字体，某份记录用哪些\n"
	"      genpdf extract [-o 目录/] PDF               取出 PDF 的附件（--profile=a3a）\n"
	"      genpdf verify [选项]… PDF…                  重新排版，核对是否相同\n"
	"\n"
	"  -l, --layout 名称|目录/     版式（默认按记录的文种）\n"
	"  -o, --output 文件|目录/     输出到何处，- 为标准输出（默认在输入文件旁，扩展名 .pdf）\n"
	"      --kind 文种             纯文本的文种（默认自动识别）\n"
	"      --encoding 名称         输入的编码：GB18030、GBK、Big5、UTF-16（默认按文件自己的声明，否则 UTF-8）\n"
	"      --normalize             导入时把半角标点改为全角，报告逐处列出\n"
	"      --report 文件           导入时所作决定的报告（默认标准错误）\n"
	"      --mark 文字             每页加标记，如 送审稿、征求意见稿、草稿\n"
	"      --record 文件           verify：用这份记录，不用附件里的\n"
	"      --answers 文件          改过选择的报告：导入时按它决定\n"
	"      --stop 阶段             打印某一阶段：record layout doc vlist list text runs\n"
	"      --profile 规格          PDF 所守的标准：a2a（存档、读屏）、a2u、a3a、plain（默认 a2a）\n"
	"      --explain size          说明 PDF 各部分占多少字节\n"
	"      --diagnostics text|json 消息的形式\n"
	"      --lang zh|en            消息语言（默认随环境）\n"
	"      --strict                有警告即返回 1\n"
	"      --draft                 缺字、溢出时仍然出稿\n"
	"      --help, --version\n"
	"\n"
	"返回值：0 无误，1 有警告（--strict），2 记录、版式或命令行有误，3 文件、字体或磁盘有误。\n";

enum { OPT_KIND = 256, OPT_ENCODING, OPT_REPORT, OPT_RECORD, OPT_ANSWERS, OPT_NORMALIZE, OPT_MARK, OPT_STOP, OPT_PROFILE, OPT_EXPLAIN, OPT_DIAGNOSTICS, OPT_LANG, OPT_STRICT,
       OPT_DRAFT, OPT_HELP, OPT_VERSION };

static const struct option long_options[] = {
	{"layout", required_argument, NULL, 'l'},
	{"output", required_argument, NULL, 'o'},
	{"kind", required_argument, NULL, OPT_KIND},
	{"encoding", required_argument, NULL, OPT_ENCODING},
	{"report", required_argument, NULL, OPT_REPORT},
	{"record", required_argument, NULL, OPT_RECORD},
	{"answers", required_argument, NULL, OPT_ANSWERS},
	{"normalize", no_argument, NULL, OPT_NORMALIZE},
	{"stop", required_argument, NULL, OPT_STOP},
	{"mark", required_argument, NULL, OPT_MARK},
	{"profile", required_argument, NULL, OPT_PROFILE},
	{"explain", required_argument, NULL, OPT_EXPLAIN},
	{"diagnostics", required_argument, NULL, OPT_DIAGNOSTICS},
	{"lang", required_argument, NULL, OPT_LANG},
	{"strict", no_argument, NULL, OPT_STRICT},
	{"draft", no_argument, NULL, OPT_DRAFT},
	{"help", no_argument, NULL, OPT_HELP},
	{"version", no_argument, NULL, OPT_VERSION},
	{NULL, 0, NULL, 0},
};

static void print_message(void *user, const char *bytes, size_t n)
{
	(void)user;
	fwrite(bytes, 1, n, stderr);
}

static bool environment_is_chinese(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *v = getenv(names[i]);
		if (v && *v)
			return !strncmp(v, "zh", 2);
	}
	return false;
}

/* An argument in two languages. */
#define TWO(zh, en) "\x1f" zh "\x1f" en

static bool one_of(const char *value, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(value, *words))
			return true;
	return false;
}

static const char *const stages[] = {"record", "layout", "doc", "vlist", "list", "text", "runs", NULL};
static const char *const forms[] = {"text", "json", NULL}, *const langs[] = {"zh", "en", NULL};
static const char *const profiles[] = {"a2a", "a2u", "a3a", "plain", NULL}, *const explained[] = {"size", NULL};

/* The words an option may have; NULL: any. */
static const char *const *words_of(int option)
{
	switch (option) {
	case OPT_STOP: return stages;
	case OPT_PROFILE: return profiles;
	case OPT_EXPLAIN: return explained;
	case OPT_DIAGNOSTICS: return forms;
	case OPT_LANG: return langs;
	default: return NULL;
	}
}

/* A good option. */
static void set_option(struct command_line *c, int option)
{
	switch (option) {
	case 'l': c->o.layout = optarg; break;
	case 'o': c->output = optarg; break;
	case OPT_KIND: c->o.kind = optarg; break;
	case OPT_ENCODING: c->o.encoding = optarg; break;
	case OPT_REPORT: c->o.report = optarg; break;
	case OPT_RECORD: c->record = optarg; break;
	case OPT_MARK: c->o.mark = optarg; break;
	case OPT_PROFILE: c->o.profile = optarg; break;
	case OPT_EXPLAIN: c->o.explain_size = true; break;
	case OPT_ANSWERS: c->o.answers = optarg; break;
	case OPT_NORMALIZE: c->o.normalise = true; break;
	case OPT_STRICT: c->o.strict = true; break;
	case OPT_DRAFT: c->o.draft = true; break;
	case OPT_STOP: c->o.stop = optarg; break;
	case OPT_LANG: c->o.chinese = !strcmp(optarg, "zh"); break;
	case OPT_DIAGNOSTICS: c->o.json = !strcmp(optarg, "json"); break;
	}
}

enum { OPTIONS = sizeof long_options / sizeof *long_options };

/* A bad one. What is wrong is said at the end: --lang and --diagnostics may follow. */
struct bad_option {
	int kind; /* 0: none; ':' the value is missing; '?' unknown; else its value is none of those it may have */
	const char *name, *value;
};

static const char *long_name(int option)
{
	for (const struct option *o = long_options; o->name; o++)
		if (o->val == option)
			return o->name;
	return "";
}

/* The option as it was written, or its letter out of a bundle; without a value behind =. */
static void note_bad(struct bad_option *bad, int kind, const char *written)
{
	static char name[256];

	if (bad->kind)
		return;
	if (kind != ':' && kind != '?')
		snprintf(name, sizeof name, "--%s", long_name(kind));
	else if (strncmp(written, "--", 2) && optopt)
		snprintf(name, sizeof name, "-%c", optopt);
	else
		snprintf(name, sizeof name, "%.*s", (int)strcspn(written, "="), written);
	*bad = (struct bad_option){kind, name, kind == '?' && strchr(written, '=') ? strchr(written, '=') + 1 : optarg};
}

static int say_bad(const struct command_line *c, const struct bad_option *bad)
{
	static char names[OPTIONS][24];
	const char *words[OPTIONS] = {NULL};
	size_t n = 0;

	if (bad->kind == ':')
		return genpdf_complain(&c->o, NULL, "command-missing", bad->name, NULL);
	if (bad->kind != '?')
		return genpdf_complain(&c->o, words_of(bad->kind), "command-value", bad->name, bad->value, NULL);
	for (const struct option *o = long_options; o->name; o++, n++) {
		snprintf(names[n], sizeof names[n], "--%s", o->name);
		words[n] = names[n];
		if (bad->value && !strcmp(names[n], bad->name))
			return genpdf_complain(&c->o, NULL, "command-value", bad->name, bad->value, TWO("：它不带值", ": it takes none"), NULL);
	}
	return genpdf_complain(&c->o, words, "command-option", bad->name, NULL);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* p, which was asked for; without memory the process ends as it does everywhere (base/mem.h). */
static void *needed(void *p)
{
	static const char text[] = "genpdf: out of memory（内存不足）\n";

	if (!p && write(STDERR_FILENO, text, sizeof text - 1) <= (ssize_t)sizeof text)
		_exit(GENPDF_WORLD);
	return p;
}

/* DIR/name.ENDING, or beside the input. Freed by the caller. */
static char *name_after(const char *input, const char *dir, const char *ending)
{
	const char *name = strcmp(input, "-") ? input : "stdin", *base = base_name(name), *dot = strrchr(base, '.');
	int stem = (int)(dot && dot > base ? (size_t)(dot - base) : strlen(base));
	char *out = NULL;
	int n = dir ? asprintf(&out, "%s%s%.*s.%s", dir, dir[strlen(dir) - 1] == '/' ? "" : "/", stem, base, ending)
		    : asprintf(&out, "%.*s%.*s.%s", (int)(base - name), name, stem, base, ending);

	return needed(n < 0 ? NULL : out);
}

static bool is_dir(const char *path)
{
	struct stat st;

	return strcmp(path, "-") && path[0] && (path[strlen(path) - 1] == '/' || (stat(path, &st) == 0 && S_ISDIR(st.st_mode)));
}

/* Where the result of an input goes. Freed by the caller. */
static char *output_of(const struct command_line *c, const char *input)
{
	if (c->output && !is_dir(c->output))
		return needed(strdup(c->output));
	if (!c->output && (c->o.stop || !strcmp(input, "-")))
		return needed(strdup("-"));
	return name_after(input, c->output, c->o.stop ? c->o.stop : "pdf");
}

static enum genpdf_status render(const struct command_line *c, const char *input)
{
	char *name = output_of(c, input);
	enum genpdf_status status = genpdf_render(&c->o, input, name);

	free(name);
	return status;
}

/* A file can make libqpdf ask for any amount of memory: then it is refused before the machine suffers. */
static void limit_memory(void)
{
#ifndef __SANITIZE_ADDRESS__
	struct rlimit most = {(rlim_t)3 << 30, (rlim_t)3 << 30}, now;

	if (getrlimit(RLIMIT_AS, &now) == 0 && now.rlim_max > most.rlim_max)
		setrlimit(RLIMIT_AS, &most);
#endif
}

static enum genpdf_status extract(const struct command_line *c, const char *input)
{
	char *folder = c->output ? needed(strdup(c->output)) : name_after(input, NULL, "files");
	enum genpdf_status status = genpdf_extract(&c->o, input, folder);

	free(folder);
	return status;
}

static enum genpdf_status run_one(const struct command_line *c, const char *verb, const char *input)
{
	const char *output = c->output ? c->output : "-";

	return !strcmp(verb, "check")    ? genpdf_check(&c->o, input)
	       : !strcmp(verb, "new")    ? genpdf_new(&c->o, input, output)
	       : !strcmp(verb, "fonts")  ? genpdf_fonts(&c->o, input, output)
	       : !strcmp(verb, "extract") ? extract(c, input)
	       : !strcmp(verb, "verify") ? genpdf_verify(&c->o, input, c->record)
	       : !strcmp(verb, "import") ? genpdf_import(&c->o, input, output)
					 : render(c, input);
}

static int run_all(const struct command_line *c, const char *verb, char **inputs, int n)
{
	int worst = 0;

	for (int i = 0; i < n; i++) {
		int status = run_one(c, verb, inputs[i]);
		if (status > worst)
			worst = status;
	}
	return n ? worst : (int)run_one(c, verb, NULL);
}

/* The result that would replace another's input; n when none would. */
static int find_hit(char **names, char **inputs, int n)
{
	struct stat *in = needed(calloc((size_t)n, sizeof *in)), out;
	int hit = n;

	for (int i = 0; i < n; i++)
		if (!strcmp(inputs[i], "-") || stat(inputs[i], &in[i]) != 0)
			in[i].st_nlink = 0;
	for (int k = 0; k < n && hit == n; k++)
		if (strcmp(names[k], "-") && stat(names[k], &out) == 0)
			for (int i = 0; i < n; i++)
				if (i != k && in[i].st_nlink && in[i].st_dev == out.st_dev && in[i].st_ino == out.st_ino)
					hit = k;
	free(in);
	return hit;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One result would silently take the place of another: a/x.xml and b/x.xml, or x.xml and x.txt, or the report. */
static int check_outputs(const struct command_line *c, bool import, char **inputs, int n)
{
	char **names = needed(calloc((size_t)n, sizeof *names));
	int status = 0;

	for (int i = 0; i < n; i++)
		names[i] = import ? needed(strdup(c->output ? c->output : "-")) : output_of(c, inputs[i]);
	int hit = find_hit(names, inputs, n);
	if (hit < n)
		status = genpdf_complain(&c->o, NULL, "command-outputs",
					 TWO("结果会写到另一个输入文件上", "a result would replace another input"), names[hit], NULL);
	if (c->o.report && !strcmp(c->o.report, names[0]))
		status = genpdf_complain(&c->o, NULL, "command-outputs", TWO("报告和结果会写到同一处", "report and result would go to one place"),
					 names[0], NULL);
	qsort(names, (size_t)n, sizeof *names, compare_names);
	for (int i = 1; i < n && !status; i++)
		if (!strcmp(names[i - 1], names[i]) && strcmp(names[i], "-"))
			status = genpdf_complain(&c->o, NULL, "command-outputs",
						 TWO("几个输入会写到同一个文件", "several inputs would be written to one file"), names[i], NULL);
	for (int i = 0; i < n; i++)
		free(names[i]);
	free(names);
	return status;
}

static int check_inputs(const struct command_line *c, const char *verb, char **inputs, int n)
{
	bool import = !strcmp(verb, "import"), check = !strcmp(verb, "check"), fonts = !strcmp(verb, "fonts");
	bool extract = !strcmp(verb, "extract"), verify = !strcmp(verb, "verify");

	const char *many = NULL;

	if (c->o.mark && (!c->o.mark[strspn(c->o.mark, " \t")] || strpbrk(c->o.mark, "\r\n")))
		return genpdf_complain(&c->o, NULL, "command-value", "--mark", c->o.mark, TWO("：要写出一行文字", ": it needs words on one line"), NULL);
	if (!strcmp(verb, "new"))
		return n > 1 ? genpdf_complain(&c->o, NULL, "command-inputs", TWO("new 一次只接受一个文种", "new takes one kind"), NULL) : 0;
	if (n == 0 && !fonts)
		return genpdf_complain(&c->o, NULL, "command-inputs",
				       TWO("没有输入文件；用法见 genpdf --help", "no input file; see genpdf --help"), NULL);
	if (c->record && (!verify || n > 1))
		return genpdf_complain(&c->o, NULL, "command-inputs",
				       TWO("--record 只用于 verify 一份 PDF", "--record goes with verify and one PDF"), NULL);
	if (n > 1 && extract)
		return genpdf_complain(&c->o, NULL, "command-inputs", TWO("extract 一次只接受一份 PDF", "extract takes one PDF"), NULL);
	if (verify || extract)
		return limit_memory(), 0;
	if (n > 1 && import)
		return genpdf_complain(&c->o, NULL, "command-inputs", TWO("import 一次只接受一份文稿", "import takes one text"), NULL);
	if (n > 1 && c->o.report && !check)
		many = TWO("--report 只用于一份文稿", "--report goes with one text");
	else if (n > 1 && c->o.answers)
		many = TWO("--answers 只用于一份文稿", "--answers goes with one text");
	else if (n > 1 && c->output && !check && (fonts || !is_dir(c->output)))
		many = TWO("多个输入要输出到目录，-o 给出的却是文件", "several inputs need a folder for -o, which names a file");
	if (many)
		return genpdf_complain(&c->o, NULL, "command-outputs", many, c->o.report ? c->o.report : c->o.answers ? c->o.answers : c->output, NULL);
	return check || fonts ? 0 : check_outputs(c, import, inputs, n);
}

static int say_usage(const struct command_line *c, int option)
{
	if (option == OPT_VERSION)
		puts("genpdf " GENPDF_VERSION);
	else
		fputs(c->o.chinese ? usage_zh : usage_en, stdout);
	return fflush(stdout) || ferror(stdout) ? GENPDF_WORLD : 0;
}

/* A closed standard stream would lend its number to the next file that is opened: take the number, the wrong way
 * round, so that using the stream still fails. */
static void hold_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			exit(GENPDF_WORLD);
}

/* A signal that ends the program takes its temporary files along; then it ends it as it would have. */
static void clear_and_end(int number)
{
	genpdf_clear();
	raise(number); /* blocked here, and back at its default: it comes when this returns */
}

static void catch_ends(void)
{
	static const int ends[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU};
	struct sigaction now = {.sa_handler = clear_and_end, .sa_flags = (int)SA_RESETHAND}, before;

	sigfillset(&now.sa_mask);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (sigaction(ends[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* nohup, or a shell's background */
			sigaction(ends[i], &now, NULL);
}

int main(int argc, char **argv)
{
	struct command_line c = {.o = {.message = print_message, .chinese = environment_is_chinese()}};
	struct bad_option bad = {0};
	const char *verb = "render";
	int option;

	hold_streams();
	catch_ends();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file over the limit of its size is a write that fails */
	while ((option = getopt_long(argc, argv, ":l:o:", long_options, NULL)) != -1) {
		const char *const *words = words_of(option);
		if (option == OPT_HELP || option == OPT_VERSION)
			return say_usage(&c, option);
		if (option == '?' || option == ':' || (words && !one_of(optarg, words)))
			note_bad(&bad, option, argv[optind - 1]);
		else
			set_option(&c, option);
	}
	if (bad.kind)
		return say_bad(&c, &bad);
	/* The first word that is no option; a file of such a name is ./import. */
	if (optind < argc && one_of(argv[optind], (const char *const[]){"import", "check", "new", "fonts", "extract", "verify", NULL}))
		verb = argv[optind++];
	int refused = check_inputs(&c, verb, argv + optind, argc - optind);
	return refused ? refused : run_all(&c, verb, argv + optind, argc - optind);
}
