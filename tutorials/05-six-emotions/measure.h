/* measure.h: how good the answers are, and how sure one may be of that. */
#ifndef TUTORIALS_SIX_EMOTIONS_MEASURE_H
#define TUTORIALS_SIX_EMOTIONS_MEASURE_H

#include "tensor/arena.h"

/* table (classes, classes): row = the truth, column = the answer. */
void count_answers(
        int table[], const int truth[], const int answer[], int count, int classes);
float accuracy_of(const int table[], int classes);
/* Of those of class c: the share that was answered c. -1 if there are none. */
float recall_of(const int table[], int c, int classes);
float uar_of(const int table[], int classes);

/* Answers to `count` utterances. Those with the same group[i], 0 to groups - 1, belong
 * together. */
typedef struct Answers {
	int count, classes, groups;
	const int *truth, *answer, *group;
} Answers;

/* The UAR if other groups had been recorded: drawn `draws` times. 95 of 100 lie from
 * low to high. */
void bootstrap(float *low, float *high, const Answers *answers, int draws);

#endif
