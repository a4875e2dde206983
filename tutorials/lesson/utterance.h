/* utterance.h: the one utterance that runs through all chapters.
 *
 * "Infuriatingly, my father came back.", said in anger by woman39 of the embedded corpus. Of each of
 * its five words three numbers, measured from the sound: small enough to print, and to redo by hand. */
#ifndef TUTORIALS_UTTERANCE_H
#define TUTORIALS_UTTERANCE_H

#include "emotionnet/corpus/corpus.h"
#include "emotionnet/corpus/word_times.h"
#include "tensor/tensor.h"

enum { UTTERANCE_WORDS = 5, UTTERANCE_NUMBERS = 3 };

/* The embedded corpus as the chapters use it: so many utterances to train and to validate with, of these
 * kinds (stage_mixture). Its seed and its noise are fixed here, and its sizes where it is called, so
 * that what the texts quote does not follow the defaults of the command line. */
void chapter_corpus(
        Corpus *corpus, Arena *arena, int train, int validation, const char *kinds);

/* The corpus that ends with the one utterance, its index in `utterance`. */
void utterance_corpus(Corpus *corpus, Arena *arena, int *utterance);

typedef struct SpokenUtterance {
	const char *text;
	const char *words[UTTERANCE_WORDS];
	const char *names[UTTERANCE_NUMBERS]; /* "long", "high", "loud" */
	int count;                            /* of words: 5 */
	/* (5,3): how long the word is, in seconds; how high, in octaves above 110 Hz (the mean pitch of
	 * its voiced frames); how loud, in bels above -26 dB of full scale (the mean of its frames).
	 * Rounded to hundredths. */
	Tensor numbers;
	WordTime times[UTTERANCE_WORDS]; /* seconds from the beginning of the sound */
	Clip sound;                      /* for lesson_sound() */
} SpokenUtterance;

SpokenUtterance utterance_speak(Arena *arena);
/* The same woman, afraid: "Alarmingly, my cousin phoned." Four words, numbers (4,3). */
SpokenUtterance utterance_speak_afraid(Arena *arena);

#endif
