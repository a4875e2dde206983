/* progress.h: what a long run says while it runs: a bar on a terminal, a plain line an
 * epoch in a pipe, nothing when quiet. All of it goes to standard error, so that
 * results can be piped. */
#ifndef EMOTIONNET_TRAIN_PROGRESS_H
#define EMOTIONNET_TRAIN_PROGRESS_H

#include <stdbool.h>

typedef struct Progress {
	bool quiet, terminal;
	const char *task; /* what is being done: "middle, seed 1" */
} Progress;

/* Looks whether standard error is a terminal. */
Progress progress_new(bool quiet);

/* `done` of `total` steps of the task; `text` says how it goes. A terminal redraws one
 * line; a pipe gets one line a call, so call it once an epoch. */
void progress_show(const Progress *progress, int done, int total, const char *text);

/* Leaves the bar's last state standing and goes to the next line. */
void progress_end(const Progress *progress);

#endif
