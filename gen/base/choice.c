/* choice: see choice.h. */
#include "base/choice.h"

#include "base/diag.h"

const char *choice_nearest(struct str given, const char *const *words)
{
	const char *best = NULL;
	size_t n = utf8_count(given);
	int least = n > 5 ? 4 : n > 2 ? 3 : 2; /* more wrong characters than that are another word */

	for (; *words; words++) {
		int distance = str_distance(given, str_of(*words), least - 1);
		if (distance < least && (size_t)distance < strlen(*words)) {
			least = distance;
			best = *words;
		}
	}
	return best;
}

const char *const *choice_words(struct arena *a, const char *list)
{
	const char **words = ARENA_ARRAY(a, strlen(list) + 1, const char *);
	size_t count = 0;

	for (size_t n; *list; list += n + (list[n] == ' '))
		if ((n = strcspn(list, " ")))
			words[count++] = arena_copy(a, list, n);
	return words;
}

const char *choice_text(struct arena *a, struct str given, const char *const *words)
{
	const char *near = choice_nearest(given, words), *all = "";
	int n = 0;

	for (; words[n]; n++)
		all = arena_printf(a, "%s%s%s", all, *all ? " " : "", words[n]);
	if (n > CHOICE_LISTED)
		return near ? arena_printf(a, DIAG_TWO("，是否应为 %s？", ", did you mean %s?"), near, near) : "";
	return near ? arena_printf(a, DIAG_TWO("，是否应为 %s？可用：%s", ", did you mean %s? There are: %s"), near, all, near, all)
		    : arena_printf(a, DIAG_TWO("；可用：%s", "; there are: %s"), all, all);
}
