/* conditions.h: the test split as it is, and under every condition that a comparison puts
 * it to.
 *
 *   alone    one modality is there, the others are not
 *   missing  one of three or more is not there
 *   swapped  one modality is another utterance's: what is the rest worth when it
 * contradicts?
 *   noise    white noise over the voice, at 20, 10, 5 and 0 dB
 *   dropped  a tenth, a fifth, three tenths, half of the words are lost
 *   typos    as many are mistyped
 *
 * Levels are amplitudes of the noise relative to the voice, 10^(-dB/20), and shares of
 * the words: 0 is the test as it is, so that the area under accuracy against level begins
 * there. All draws come from one fixed seed: every strategy and every seed of training
 * meets the same disturbed utterances. */
#ifndef EMOTIONNET_TRIALS_CONDITIONS_H
#define EMOTIONNET_TRIALS_CONDITIONS_H

#include "emotionnet/comparison/comparison.h"
#include "emotionnet/experiment/experiment.h"

/* The test split under one condition. */
typedef struct TestSet {
	Condition condition;
	Dataset data;     /* in the order of the plain one, whose parts it shares */
	ModalitySet lost; /* what every utterance is to lose */
	const char *const *text; /* (data.count) the sentences */
} TestSet;

typedef struct Conditions {
	TestSet plain;
	int count;
	const TestSet *items;
} Conditions;

/* All conditions that concern what was prepared, or, with `disturb` false, only the plain
 * test. In the arena; the prepared data must live as long. Fails if a sound can no
 * longer be read. */
bool conditions_make(Conditions *conditions, Arena *arena, const Prepared *prepared,
        const Corpus *corpus, bool disturb, Pool *pool, Error *error);

/* Does the condition change anything for who reads only so much? */
bool condition_concerns(const Condition *condition, ModalitySet reads);

#endif
