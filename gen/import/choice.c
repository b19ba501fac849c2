/* choice: see choice.h. */
#include "import/choice.h"

#include "import/chars.h"

static const struct choice {
	enum diag_code code;
	const char *en, *zh; /* NULL: any year */
} choices[] = {
#define CHOICE(code, en, zh) {DIAG_##code, en, zh},
#define YEAR(code) {DIAG_##code, NULL, NULL},
#include "import/choices.def"
#undef CHOICE
#undef YEAR
};
enum { CHOICES = sizeof choices / sizeof *choices };

/* The first of this code, or CHOICES: those of a code stand together. */
static int first_of(enum diag_code code)
{
	int i = 0;
	while (i < CHOICES && choices[i].code != code)
		i++;
	return i;
}

bool choice_offered(enum diag_code code)
{
	return first_of(code) < CHOICES;
}

static int read_year(struct str word)
{
	int year = 0;
	if (word.n != 4)
		return CHOICE_NONE;
	for (size_t i = 0; i < word.n; i++) {
		if (!char_is_digit((unsigned char)word.p[i]))
			return CHOICE_NONE;
		year = 10 * year + word.p[i] - '0';
	}
	return year < CHOICE_YEAR_LEAST ? CHOICE_NONE : year;
}

int choice_find(enum diag_code code, struct str word)
{
	int first = first_of(code);
	for (int i = first; i < CHOICES && choices[i].code == code; i++) {
		if (!choices[i].en)
			return read_year(word);
		if (str_is(word, choices[i].en) || str_is(word, choices[i].zh))
			return i - first;
	}
	return CHOICE_NONE;
}

static const char *name(const struct choice *c, enum diag_lang lang)
{
	if (!c->en)
		return lang == LANG_ZH ? "任意年份" : "any year";
	return lang == LANG_ZH ? c->zh : c->en;
}

void choice_put(enum diag_code code, int choice, enum diag_lang lang, struct buf *out)
{
	if (choice >= CHOICE_YEAR_LEAST)
		buf_printf(out, "%d", choice);
	else
		buf_puts(out, name(&choices[first_of(code) + choice], lang));
}

void choice_put_others(enum diag_code code, int but, enum diag_lang lang, struct buf *out)
{
	int first = first_of(code), n = 0;
	for (int i = first; i < CHOICES && choices[i].code == code; i++) {
		if (i - first == but)
			continue;
		if (n++)
			buf_puts(out, lang == LANG_ZH ? "、" : ", ");
		if (choices[i].en || but < CHOICE_YEAR_LEAST)
			buf_puts(out, name(&choices[i], lang));
		else
			buf_printf(out, lang == LANG_ZH ? "%d以外的年份" : "a year but %d", but);
	}
}

void choice_list_others(enum diag_code code, int but, const char *out[CHOICE_MOST + 1])
{
	int first = first_of(code), n = 0;
	for (int i = first; i < CHOICES && choices[i].code == code && n < CHOICE_MOST; i++)
		if (i - first != but)
			out[n++] = name(&choices[i], LANG_EN);
	out[n] = NULL;
}
