/* model.h: EmotionNet: an encoder for each modality, and a fusion strategy over them. */
#ifndef EMOTIONNET_MODEL_H
#define EMOTIONNET_MODEL_H

#include "emotionnet/batch.h"
#include "emotionnet/encoders.h"
#include "emotionnet/fusion.h"

/* All that decides the shape of a model; the checkpoint keeps it. */
typedef struct ModelConfig {
	ModalitySet reads; /* at least one */
	const Fusion *fusion;
	EncoderConfig encoder[MODALITIES]; /* of the modalities it reads */
	int classes;
	int hidden;   /* the width of the fusion's own layers */
	real dropout; /* before the fusion's own layers */
} ModelConfig;

typedef struct EmotionNet {
	ModelConfig config;
	TextEncoder text;                 /* of words */
	SpeechEncoder speech;             /* of mel frames */
	VectorEncoder vector[MODALITIES]; /* of those whose encoder is ENCODER_VECTOR */
	const void *fusion;               /* the strategy's state */
} EmotionNet;

/* Adds all parameters to `params`: "text.", "speech.", "face.", "fusion.". The model lives in the arena. */
EmotionNet *model_new(
        Arena *arena, Params *params, const ModelConfig *config, const Rng *rng);

/* -> (B,classes). rng NULL: no dropout. The batch must live as long as the tape's step. */
Var *model_logits(const EmotionNet *model, Tape *tape, const Batch *batch, Rng *rng);

/* The same in two steps, for who looks in between (explainer.h): what the model reads of each of its
 * modalities, in the order in which fusion gets them, before anything is made of it: word vectors, mel frames. */
typedef struct Embedded {
	int count;
	Sequence of[MAX_MODALITIES]; /* (B,T,E) each */
} Embedded;
Embedded model_embed(const EmotionNet *model, Tape *tape, const Batch *batch, Rng *rng);
Var *model_logits_of(const EmotionNet *model, Tape *tape, const Batch *batch,
        const Embedded *embedded, Rng *rng);

#endif
