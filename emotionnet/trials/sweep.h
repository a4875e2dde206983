/* sweep.h: runs the cells of a comparison that are wanted and not yet finished, on all
 * cores.
 *
 * Where there are at least as many cells as threads, each thread runs a cell by itself;
 * else one cell after the other is run on all threads. The figures have the same bits in
 * either case. Each finished cell is added to the log at once, so that what is
 * interrupted goes on from there. */
#ifndef EMOTIONNET_TRIALS_SWEEP_H
#define EMOTIONNET_TRIALS_SWEEP_H

#include "emotionnet/trials/cell.h"
#include "emotionnet/comparison/file.h"

typedef struct Sweep {
	Comparison *comparison;
	Arena *arena;       /* where results live */
	ComparisonLog *log; /* NULL: none is kept */
	const Strategies *strategies;
	struct Folding
	        *folding; /* where there are folds: whose data they are; else NULL */
	/* run only cells share, share + shares, ... counted from 1; 0: all */
	int share, shares;
	bool quiet;
} Sweep;

/* The head of a comparison: all but its cells, summaries and sizes. `settings`: "--name
 * value" a line. `ceilings`: weights of the embedded corpus's kinds (stage/rules.h), or
 * NULL. Everything in the arena; names of the corpus are kept, not copied. */
void sweep_head(Comparison *comparison, Arena *arena, const Trial *trial,
        const char *settings, const double *ceilings);

/* Makes Ctrl-C (SIGINT) and SIGTERM end a sweep after the step that is under way; a
 * second one kills. */
void sweep_catch_interrupts(void);

/* Runs the cells of trial's data, or of all folds: every strategy with the seeds first ..
 * first + count - 1. What of the trial is a cell's own is filled in here. First makes sure that those
 * which the log already had were computed by this program. Where it is interrupted or
 * fails, the error says so; the log has what was finished. */
bool sweep_run(Sweep *sweep, const Trial *trial, uint64_t first, int count, Pool *pool,
        Error *error);

/* How many cells of this share are wanted in all, and how many of them are not
 * finished. */
typedef struct SweepState {
	int wanted, missing;
	const char *
	        first; /* "middle, seed 2, 900 utterances": one that is missing, or NULL */
} SweepState;
SweepState sweep_state(const Comparison *comparison, Arena *arena, int share, int shares);

#endif
