/* comparisons.h: a small comparison that was never run, for tests of what is made of
 * one. */
#ifndef TESTS_COMPARISONS_H
#define TESTS_COMPARISONS_H

#include "emotionnet/comparison/comparison.h"

/* Two classes, four test utterances of two speakers and two kinds, the strategies "a" and
 * "middle" with seeds 1 and 2: four cells, all finished. All lives in the arena. */
Comparison comparison_example(Arena *arena);

/* The same, tested in two folds, "ann" and "bob", of two utterances each: eight cells with
 * the same answers. */
Comparison comparison_example_of_folds(Arena *arena);

#endif
