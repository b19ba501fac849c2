/* sweep: what must not outlive the process: temporary files and folders, taken away also when a signal or want of memory ends it.
 * Whoever makes one holds it, and drops it once it is gone or has got its name for good.
 * The table is the one thing shared by all runs of a process: a signal handler can be told nothing. Safe with several threads. */
#ifndef GEN_BASE_SWEEP_H
#define GEN_BASE_SWEEP_H

#include <signal.h>

/* path: absolute, or the working directory does not change; it stays as it is until it is dropped. Beyond SWEEP_MOST at once it is
 * not held: it stays when the process is ended. */
enum { SWEEP_MOST = 64 };
void sweep_hold(const char *path);
/* The same pointer; nothing happens when it is not held. */
void sweep_drop(const char *path);

/* Between the two no signal comes, so that nothing is made and not yet held. */
void sweep_pause(sigset_t *before);
void sweep_go_on(const sigset_t *before);

/* Remove a file, or a folder with all that is in it; symbolic links are not followed. Async-signal-safe. */
void sweep_away(const char *path);
/* The same for all that this process holds, not for what the process that forked it does. Async-signal-safe. */
void sweep_all(void);

#endif
