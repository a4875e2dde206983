/* modulate.h: on-the-fly gradient modulation with generalisation enhancement, OGM-GE
 * (Peng et al. 2022): the encoder of the modality that is ahead learns slower, so that
 * the others are not left behind. */
#ifndef EMOTIONNET_TRAIN_MODULATE_H
#define EMOTIONNET_TRAIN_MODULATE_H

#include "emotionnet/model.h"

typedef struct Modulation {
	int count;                          /* modalities */
	const char *prefix[MAX_MODALITIES]; /* of their encoders' parameters: "text." */
	real *scores[MAX_MODALITIES]; /* (batch) each head's probability of the label */
	double alpha;
} Modulation;

/* `scores` live in the arena and are to be filled before modulate(). */
Modulation modulation_new(
        Arena *arena, const ModelConfig *config, int batch, double alpha);

/* By how much to scale the gradients of the m-th encoder after a batch of this size. */
double modulation_factor(const Modulation *modulation, int m, int size);

/* Scales the gradients of all encoders, and adds the noise. */
void modulate(const Modulation *modulation, Params *params, int size, Rng *rng);

#endif
