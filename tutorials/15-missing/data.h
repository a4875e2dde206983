/* data.h: utterances of the embedded corpus: the ids of their words, and 32 numbers of
 * their sound, clean or with noise. */
#ifndef TUTORIALS_MISSING_DATA_H
#define TUTORIALS_MISSING_DATA_H

#include "audio/clip.h"
#include "tensor/arena.h"
#include "text/vocabulary.h"

/* Of 16 frequency bands: how loud it is on average, and how much that varies. */
enum { BANDS = 16, FEATURES = 2 * BANDS, EMOTIONS = 6, MOST_WORDS = 24 };
enum { TRAIN = 600, VALIDATION = 200, TEST = 240 };

/* Validation and test set are there once clean, and once with each of these noises. */
enum { NOISES = 5, CLEAN = 0 };
extern const double noise_db[NOISES]; /* of the voice over the noise */

extern const char *const emotions[EMOTIONS];

typedef struct Set {
	int count;
	int *ids;                /* (count,MOST_WORDS), 0 behind the last word */
	int *lengths;            /* (count) */
	float *sound;            /* (count,FEATURES) */
	int *label;              /* (count) */
	const char *const *text; /* (count) */
} Set;

typedef struct Data {
	Vocabulary words;                                      /* of the training set */
	Set train, validation[NOISES], test[NOISES], angry[2]; /* clean, and in noise */
} Data;

Data the_data(Arena *arena, const Clip *angry, const Clip *noisy, const char *text);

#endif
