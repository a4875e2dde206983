/* probe.h: what the states of a frozen language model know: logistic regression on their
 * mean over a text. Nothing of the model learns, and nothing but one linear layer does. */
#ifndef EMOTIONNET_TRIALS_PROBE_H
#define EMOTIONNET_TRIALS_PROBE_H

#include "emotionnet/trials/prompting.h"

/* The mean of the states of each text, (count,D) in `arena`, on all threads. A text without
 * words has zeros. */
Tensor probe_vectors(Arena *arena, const LanguageRows *rows, const char *const texts[],
        int count, Pool *pool);

/* How strongly weights are held small: as sklearn's C, its inverse. */
#define PROBE_C 0.01

typedef struct Probe {
	int width, classes;
	real *mean, *scale;     /* (D) of the training vectors */
	Tensor weights, biases; /* (C,D) and (C) */
} Probe;

/* Fits it to vectors (N,D) and their labels, in the arena. */
Probe probe_fit(Arena *arena, Tensor vectors, const int labels[], int classes);

/* Probabilities (C) of one vector (D). */
void probe_answer(const Probe *probe, const real vector[], float probabilities[]);

#endif
