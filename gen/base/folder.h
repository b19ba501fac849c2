/* folder: folders on the disk: made, made for a while, taken away. Messages as in file.h. */
#ifndef GEN_BASE_FOLDER_H
#define GEN_BASE_FOLDER_H

#include "base/diag.h"

/* Make a folder and those above it; one that is there already is good. False after a message. */
bool folder_make(struct diag_list *d, const char *path);
/* A new empty folder in TMPDIR (or /tmp) that nobody else may enter; it goes with all that is in it when the arena is
 * closed, or the process ended (sweep.h). Its canonical path, in the arena; NULL after a message. */
const char *folder_for_a_while(struct diag_list *d, struct arena *a);

#endif
