/* sampling.h: which token comes next, of those that may. */
#ifndef EMOTIONNET_LANGUAGE_SAMPLING_H
#define EMOTIONNET_LANGUAGE_SAMPLING_H

#include "tensor/rng.h"
#include "tensor/tensor.h"

typedef struct Sampling {
	double temperature; /* 0: always the most probable; 1: as the model says */
	int top_k;          /* only of the k most probable; 0: of all */
	double top_p; /* only of the fewest that have p of all probability together: 1: of all */
	Rng rng;
} Sampling;

/* The token, from logits (V): probabilities are softmax(logits / temperature); then top_k,
 * then top_p. Of equals the first counts. What is less than e^-30 as probable as the most
 * probable is never drawn. The same seed and bits give the same token. */
int sample(Sampling *sampling, Arena *scratch, Tensor logits);

#endif
