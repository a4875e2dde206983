/* model.h: a network that reads the words, hears the voice, or both: an encoder for each, what
 * they give side by side, a small network over it. In plain loops, as in chapter 3. */
#ifndef TUTORIALS_TWO_MODALITIES_MODEL_H
#define TUTORIALS_TWO_MODALITIES_MODEL_H

#include "tutorials/11-two-modalities/data.h"

#include <stdbool.h>

/* E numbers of the words, A of the voice, J joined, H hidden units. */
enum { E = 8, A = 16, J = E + A, H = 16 };

typedef struct Model {
	bool reads, hears;
	int ids;
	float *table;   /* (ids,E): a row for each word */
	float *wa, *ba; /* (A,VOICE) (A): from the voice */
	float *wh, *bh; /* (H,J) (H): over both, side by side */
	float *wo, *bo; /* (EMOTIONS,H) (EMOTIONS) */
} Model;

/* What a forward pass computes on its way. */
typedef struct Pass {
	float joined[J]; /* E of the words, A of the voice; 0 where it is not used */
	float h[H];
	float z[EMOTIONS], p[EMOTIONS];
} Pass;
void model_forward(const Model *model, const Both *u, Pass *pass);

typedef struct Plan {
	int epochs, batch;
	float rate; /* of Adam */
	uint64_t seed;
} Plan;
Model model_train(Arena *arena, bool reads, bool hears, int ids, BothSet set, Plan plan);
int model_parameters(const Model *model);

/* p = e^z / sum, stable (chapter 5). */
void to_probabilities(float p[], const float z[], int classes);

/* The largest difference between the gradient of one utterance's loss and what two losses
 * near by say, over some parameters of each part. */
double model_gradient_error(Arena *arena, Model *model, const Both *u);

#endif
