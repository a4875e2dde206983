/* trials.h: train on one set, answer another, and say how good the answers are. */
#ifndef TUTORIALS_SIX_EMOTIONS_TRIALS_H
#define TUTORIALS_SIX_EMOTIONS_TRIALS_H

#include "tutorials/05-six-emotions/heard.h"
#include "tutorials/05-six-emotions/measure.h"
#include "tutorials/05-six-emotions/regression.h"

Examples examples_of(const Set *set);

typedef void Answering(int answer[], const Set *train, const Set *test, Plan plan);

/* answer (test->count): of a model that hears the sound. */
void answers_by_sound(int answer[], const Set *train, const Set *test, Plan plan);
/* Of one that knows which words were said, and not in which order or how. */
void answers_by_words(int answer[], const Set *train, const Set *test, Plan plan);
/* The commonest target of the training set, whatever one asks. */
void answers_by_majority(int answer[], const Set *train, const Set *test);

typedef struct Score {
	float accuracy, uar;
	int table[CLASSES * CLASSES];
} Score;
Score score_of(const int answer[], const Set *test);

/* From low to high in 95 of 100 draws of other speakers, or of other utterances. */
void uar_interval(
        float *low, float *high, const int answer[], const Set *test, bool speakers);

/* part (count): 1 for about half of the utterances, drawn one by one, or speaker by
 * speaker: of each two who have one emotion of their own, one is in each half. */
void split_utterances(int part[], const Set *set, uint64_t seed);
void split_speakers(int part[], const Set *set, uint64_t seed);

#endif
