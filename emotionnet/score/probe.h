/* probe.h: what vectors know that can be read off them by a straight line: logistic
 * regression. Nothing learns but one linear layer. */
#ifndef EMOTIONNET_SCORE_PROBE_H
#define EMOTIONNET_SCORE_PROBE_H

#include "tensor/tensor.h"

typedef struct Probe {
	int width, classes;
	real *mean, *scale;     /* (D) of the training vectors */
	Tensor weights, biases; /* (C,D) and (C) */
} Probe;

typedef struct ProbeOptions {
	double loose; /* above 0: sklearn's C: the larger, the less weights are held small */
	int steps;    /* at most */
	double slope; /* enough: no weight's gradient is larger; 0: all steps are gone */
} ProbeOptions;

/* Fits it to vectors (N,D) and their labels, in the arena. */
Probe probe_fit(Arena *arena, Tensor vectors, const int labels[], int classes,
        ProbeOptions options);

/* Probabilities (C) of one vector (D). */
void probe_answer(const Probe *probe, const real vector[], float probabilities[]);

#endif
