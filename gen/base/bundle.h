/* bundle: names for files that are put together: where each would stand in a folder of its own, so that what refers to what by a
 * relative path still does. Takes: files read (base/file.h). Gives: one entry a file, named without anything of this machine's
 * folders, in order of names:
 *   record/NAME      the input, and what stands beside it: records that it includes
 *   fonts/fonts.xml  the list of fonts
 *   layouts/… …      what stands in the home folder, as it stands there; layouts of somebody's own beside them
 *   own/…            the latter, when another layout of home has the name */
#ifndef GEN_BASE_BUNDLE_H
#define GEN_BASE_BUNDLE_H

#include "base/file.h"

struct bundle_file {
	struct str name;
	struct str bytes;
	const char *path; /* as it was read */
};

struct bundle {
	struct bundle_file *files;
	size_t n;
};

/* The first file read is the input; home, fonts and answers are paths as they were read, the last two may be NULL. In a. */
struct bundle bundle_of(struct arena *a, const struct file_inputs *inputs, const char *home, const char *fonts, const char *answers);
/* Name of the file that was read as `path`, or empty. */
struct str bundle_name(const struct bundle *b, const char *path);

#endif
