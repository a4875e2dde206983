/* pictures.h: the chapter's drawings. */
#ifndef TUTORIALS_ATTENTION_PICTURES_H
#define TUTORIALS_ATTENTION_PICTURES_H

#include "tutorials/12-attention/trials.h"

/* By hand: three words, two numbers each. */
enum { SAID = 3, HAND = 2 };

/* Scores, weights, values, and the weighted mean that they make. */
void draw_mean(Lesson *lesson, const char *const words[SAID], const float s[SAID],
        const float a[SAID], const float values[SAID][HAND], const float y[HAND]);

/* Two queries to the same words, the weights of each, and what it gets. */
typedef struct Asked {
	const char *name;
	float query[HAND], a[SAID], y[HAND];
} Asked;
void draw_queries(Lesson *lesson, const char *const words[SAID],
        const float keys[SAID][HAND], const Asked asked[2]);

/* Weights over words and padding: without a mask, and with it. */
void draw_padding(Lesson *lesson, int count, const char *const words[],
        const float without[], const float with[]);

/* The weights of two kinds of networks, `seeds` of each, over the words of a story. */
void draw_maps(Lesson *lesson, const Words *words, const Story *story, int seeds,
        const Network alone[], const Network beside[]);

/* The mean of the largest weight against how many numbers a key has. */
void draw_scale(Lesson *lesson, int count, const float dimensions[], const float plain[],
        const float scaled[]);
/* Accuracy against the sentences in a story, of each pooling. */
void draw_lengths(Lesson *lesson, int count, const float sentences[],
        float accuracy[][LENGTHS], const char *const names[POOLINGS]);

#endif
