/* utterance.h: the one utterance that runs through all chapters.
 *
 * "Infuriatingly, my father came back.", said in anger by woman39 of the embedded corpus. Of each of
 * its five words three numbers, measured from the sound: small enough to print, and to redo by hand. */
#ifndef TUTORIALS_UTTERANCE_H
#define TUTORIALS_UTTERANCE_H

#include "tensor/tensor.h"

enum { UTTERANCE_WORDS = 5, UTTERANCE_NUMBERS = 3 };

typedef struct SpokenUtterance {
	const char *text;
	const char *words[UTTERANCE_WORDS];
	const char *names[UTTERANCE_NUMBERS]; /* "long", "high", "loud" */
	/* (5,3): how long the word is, in seconds; how high, in octaves above 110 Hz (the mean pitch of
	 * its voiced frames); how loud, in bels above -26 dB of full scale (the mean of its frames).
	 * Rounded to hundredths. */
	Tensor numbers;
} SpokenUtterance;

SpokenUtterance utterance_speak(Arena *arena);

#endif
