/* trials.h: what the chapter's program trains and measures. */
#ifndef TUTORIALS_RECURRENCE_TRIALS_H
#define TUTORIALS_RECURRENCE_TRIALS_H

#include "tutorials/10-recurrence/rnn.h"
#include "tutorials/10-recurrence/trace.h"

/* [settings] */
enum { EPOCHS = 8, BATCH = 16, SEEDS = 5, UNITS = 24, RNN_UNITS = 52 };
/* [/settings] */
enum { WATCHED_EPOCHS = 20, WATCHED_SEED = 5, DRAWS = 5 };
extern const double RATE, CLIP;

/* The norm of a state's gradient by steps back: the geometric mean over DRAWS random
 * networks and inputs. */
void measured_norms(float size, double mean[STEPS]);

Network trained(const Sets *sets, Kind kind, int units, real forget, Question question,
        int epochs, uint64_t seed);

/* The rows of the experiment. */
typedef struct Row {
	const char *name, *key;
	Kind kind;
	int units;
	int forget;
} Row;
enum { ROWS = 5 };
extern const Row rows[ROWS];
/* Trains with so many seeds, SEEDS at most, and sets the accuracy on the test set of both
 * questions; returns the number of parameters. */
int row_accuracy(const Row *row, const Sets *sets, int seeds, double accuracy[2][SEEDS]);

/* A trained LSTM, and what one of its units does with two stories. */
typedef struct Watched {
	Network lstm;
	Trace trace[2];
	int unit;
} Watched;
void watch(Watched *watched, const Sets *sets, const Story stories[2]);

#endif
