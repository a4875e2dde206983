/* carry.h: numbers of a voice, and how well some of them tell the emotion. */
#ifndef TUTORIALS_SOUND_CARRY_H
#define TUTORIALS_SOUND_CARRY_H

#include "emotionnet/corpus/corpus.h"
#include "tensor/rng.h"

#include <stdint.h>

/* Of one utterance: how high (octaves above 110 Hz, the mean), how loud (dB of full scale,
 * the mean), how fast (letters a second), how much the pitch moves (octaves, the
 * deviation), how high above the mean of all that this speaker says (octaves), and the
 * means of the MFCC from 1 on: twelve, if nobody asks for more. */
enum { HIGH, LOUD, FAST, MOVES, HIGHER, SHAPE_OF_MEL };
enum { MOST_MFCC = 30, NUMBERS = SHAPE_OF_MEL + MOST_MFCC };

typedef struct Voice {
	float x[NUMBERS];
	int label, speaker;
} Voice;

typedef struct Voices {
	int count, labels, speakers;
	Voice *of; /* (count) */
	const char *const *label_names;
} Voices;

/* Measures every utterance of the training split that has a sound. */
bool voices_measure(Voices *voices, Arena *arena, const Corpus *corpus, Error *error);

/* The mean of number f over all that have a label. */
double voices_mean(const Voices *voices, int label, int f);

/* Half of the speakers, drawn by the seed, teach the mean of each emotion; each sentence
 * of the others gets the emotion of the nearest mean, by `count` numbers from `first` on.
 * The unweighted average recall. */
double nearest_mean_uar(const Voices *voices, int first, int count, uint64_t seed);

#endif
