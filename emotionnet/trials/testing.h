/* testing.h: what a fitted model says, of whatever kind it is: of the test split under all
 * conditions, of the validation split, and how fast. */
#ifndef EMOTIONNET_TRIALS_TESTING_H
#define EMOTIONNET_TRIALS_TESTING_H

#include "emotionnet/trials/cell.h"

/* Answers to all utterances of a set: (set,classes). */
typedef void AnswerAll(const void *model, const TestSet *set, float *probabilities);
/* Answers one test utterance, for the clock. */
typedef void Answer(const void *model, int index);

/* How many numbers the answers to so many utterances are. */
size_t testing_numbers(const Trial *trial, int utterances);

/* The corpus as the networks read it, in their order: without what was left out of it, and
 * without varied copies. */
Corpus testing_corpus(const Trial *trial, Arena *arena);

/* Gives the cell its answers and the outcome of each condition, in `arena`. Fails where an
 * answer is no number. */
CellResult testing_run(Cell *cell, Arena *arena, const Trial *trial, AnswerAll *answer,
        const void *model, Error *error);

/* How sure its answers should be: what those to the validation split say, from which the
 * model must not have learnt. Fails as above. */
CellResult testing_calibrate(Cell *cell, const Trial *trial, AnswerAll *answer,
        const void *model, Error *error);

/* Seconds that processors worked so far. */
double testing_cpu(const Pool *pool);

/* Median and 95th percentile of so many latencies, which it sorts. */
void testing_ranks(Costs *costs, double milliseconds[], int count);

/* The latency of single utterances. */
void testing_time(Costs *costs, Answer *answer, const void *model, int tests);

#endif
