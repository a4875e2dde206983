/* normalise.h: each band by a mean and a deviation: whose, decides what is forgotten. */
#ifndef TUTORIALS_SPEECH_NORMALISE_H
#define TUTORIALS_SPEECH_NORMALISE_H

#include "tutorials/09-speech/spoken.h"

typedef struct Scale {
	float mean[BANDS], deviation[BANDS];
} Scale;

/* Over all frames of `count` utterances. */
Scale scale_of(const Heard *const utterances[], int count);
Scale scale_of_all(Set set);
void rescale(Heard *heard, const Scale *scale);

typedef enum Whose { NOBODY, CORPUS, SPEAKER, UTTERANCE, WHOSE } Whose;
extern const char *const whose_names[WHOSE];

/* The set with every utterance normalised: by `corpus`, by all that its speaker says in
 * the set, or by its own statistics. */
Set normalised(Arena *arena, Set set, Whose whose, const Scale *corpus);

#endif
