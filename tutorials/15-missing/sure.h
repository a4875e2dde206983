/* sure.h: how sure a network is, how often it is right, and whether the two agree. */
#ifndef TUTORIALS_MISSING_SURE_H
#define TUTORIALS_MISSING_SURE_H

#include "tensor/arena.h"

enum { BINS = 5 }; /* 0 to 0.2, 0.2 to 0.4 ... */

/* Of the answers in one bin: how many, the sum of their confidences, how many are right. */
typedef struct Bin {
	int count;
	float confidence;
	int right;
} Bin;

typedef struct Answers {
	int count;
	float *p;          /* (count,6) */
	float *confidence; /* (count): the largest p */
	int *answer;       /* (count): where it stands */
	int *right;        /* (count): 1 where the answer is the label */
} Answers;

/* What logits (count,6) say, divided by a temperature first. */
Answers answers_of(Arena *arena, const float logits[], const int label[], int count,
        double temperature);

float accuracy_of(const Answers *answers);
float confidence_of(const Answers *answers); /* the mean */

void fill_bins(Bin bins[BINS], const float confidence[], const int right[], int count);
float calibration_error(const Bin bins[BINS], int count);

/* Only answers that are as sure as `threshold` are given: how many of them are right. The
 * share that is given goes to *coverage. No answer at all: accuracy 1. */
float accuracy_above(float *coverage, const float confidence[], const int right[],
        int count, float threshold);

#endif
