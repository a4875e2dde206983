/* pictures.h: the drawings of chapter 9. */
#ifndef TUTORIALS_SPEECH_PICTURES_H
#define TUTORIALS_SPEECH_PICTURES_H

#include "emotionnet/corpus/word_times.h"
#include "tutorials/09-speech/network.h"
#include "tutorials/lesson/lesson.h"

/* The sentence that runs through the course, and when its words are spoken. */
typedef struct Sentence {
	Clip sound;
	Heard heard;
	int words;
	const char *const *word;
	const WordTime *time;
} Sentence;

/* A filter of TAPS frames slides over the spectrogram: its answers, the winning window. */
void draw_filter(Lesson *lesson, const Sentence *sentence, const float answers[],
        int winner, int lowest_band);
/* Two utterances of different lengths in one batch, and what pooling keeps. */
void draw_lengths(Lesson *lesson);
/* Two numbers, and what dropout may make of them. */
void draw_dropout(Lesson *lesson, const float h[2], float drop);
/* A learned filter beside the window that it likes best. `x` is normalised. */
void draw_learned(Lesson *lesson, const Network *net, int filter, const Sentence *said,
        const Heard *x, int winner);
/* Normalised frames before and after SpecAugment. */
void draw_masks(Lesson *lesson, const Heard *before, const Heard *after);

#endif
