/* pictures.h: the chapter's drawings. */
#ifndef TUTORIALS_CONVOLUTION_PICTURES_H
#define TUTORIALS_CONVOLUTION_PICTURES_H

#include "tutorials/07-convolution/network.h"
#include "tutorials/lesson/lesson.h"

/* A kernel that slides over five words, and its answers (4). */
void draw_curve(Lesson *lesson, const char *const words[], const float x[],
        const float answers[]);

/* By hand: two numbers a word, a filter of two taps. */
enum { HAND = 2 };
void draw_filter(Lesson *lesson, const char *const words[2], float x[2][HAND],
        float filter[2][HAND]);
/* All its answers on a sentence of `count` words, and the largest. */
void draw_answers(Lesson *lesson, const char *name, const char *title, int count,
        const char *const words[], const float answers[]);
/* Where the gradient of the largest answer goes. */
void draw_winner(Lesson *lesson, int count, const float answers[]);
/* Two layers of window 3, and what one answer of the second depends on. */
void draw_field(Lesson *lesson);

/* Loudness over time, and what finds the beginnings. */
void draw_edges(Lesson *lesson, int frames, const float loud[], int answers,
        const float edges[], int first);

/* Different windows of a set, by the answer of one filter. */
typedef struct Window {
	const char *text;
	float answer;
} Window;
int windows_of(Lesson *lesson, const Network *net, int filter, const Words *words,
        Sentences set, Window windows[], int most);
/* The best windows with different last words, and behind them "not" with the same words: at
 * most 2 BEST. */
enum { BEST = 4 };
int favourites(const Window all[], int count, Window some[]);
void draw_favourites(
        Lesson *lesson, const Window windows[], int count, const char *emotion);

#endif
