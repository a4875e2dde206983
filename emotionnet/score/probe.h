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

/* Fits it to vectors (N,D) and their labels, in the arena. `loose` above 0 is sklearn's C:
 * the larger, the less weights are held small. */
Probe probe_fit(
        Arena *arena, Tensor vectors, const int labels[], int classes, double loose);

/* Probabilities (C) of one vector (D). */
void probe_answer(const Probe *probe, const real vector[], float probabilities[]);

#endif
