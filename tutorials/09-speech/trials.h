/* trials.h: networks trained with several seeds, and the versions that they learn from. */
#ifndef TUTORIALS_SPEECH_TRIALS_H
#define TUTORIALS_SPEECH_TRIALS_H

#include "tutorials/09-speech/network.h"
#include "tutorials/09-speech/normalise.h"

#include <stdbool.h>

/* make step: every access to memory is checked, which takes its time. */
#ifdef __SANITIZE_ADDRESS__
enum { SEEDS = 2, EPOCHS = 2 };
#else
enum { SEEDS = 5, EPOCHS = 25 };
#endif
enum { BATCH = 8 };
extern const float RATE;

/* Each time an utterance is learned from, one of its versions is drawn; with `masks`,
 * bars of it are wiped out anew. */
enum { MOST_VERSIONS = 3 };
typedef struct Versions {
	int count;
	Set sets[MOST_VERSIONS];
	bool masks;
} Versions;

/* One network for each of the seeds 1, 2, ... `versions` may be NULL. */
void train_all(Network nets[SEEDS], Set set, float drop, const Versions *versions);
void accuracy_all(double accuracy[SEEDS], const Network nets[SEEDS], Set set);

/* Ways to change a recording. */
typedef enum Change { CLEAN, NOISE, GAIN, SPEED, MASKS, CHANGES } Change;
extern const char *const change_names[CHANGES];
/* The set with each sound changed by an amount between `least` and `most`: decibels that
 * the noise is weaker, decibels louder, times as fast. Not normalised, and no masks. */
Set changed(
        Arena *arena, Set set, Change change, double least, double most, uint64_t seed);

/* Each utterance normalised by itself and so many others of its speaker in the set; with
 * `same`, only by those in which the speaker has the same emotion. */
Set known_by(Arena *arena, Set set, int others, bool same);

/* The set in a batch, as who forgets the lengths sees it: frames of 0 after each utterance,
 * until all are as long as the longest. */
Set lengths_forgotten(Arena *arena, Set set);

#endif
