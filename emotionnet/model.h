/* model.h: EmotionNet: an encoder for each modality, and a fusion strategy over them. */
#ifndef EMOTIONNET_MODEL_H
#define EMOTIONNET_MODEL_H

#include "emotionnet/batch.h"
#include "emotionnet/encoders.h"
#include "emotionnet/fusion.h"
#include "layers/linear.h"

/* All that decides the shape of a model; the checkpoint keeps it. */
typedef struct ModelConfig {
	ModalitySet reads; /* at least one */
	const Fusion *fusion;
	EncoderConfig encoder[MODALITIES]; /* of the modalities it reads */
	int classes;
	int hidden;   /* the width of the fusion's own layers */
	real dropout; /* before the fusion's own layers */
	bool heads; /* a classifier on each encoder besides, for training (objective.h) */
} ModelConfig;

typedef struct EmotionNet {
	ModelConfig config;
	Encoder encoder[MODALITIES]; /* of those it reads */
	Encoder beside;              /* of functionals, where they stand beside frames */
	const void *fusion;          /* the strategy's state */
	Linear head[MAX_MODALITIES];
} EmotionNet;

/* Adds all parameters to `params`: "text.", "speech.", "face.", "fusion.", and "heads."
 * if it has heads. The model lives in the arena. */
EmotionNet *model_new(
        Arena *arena, Params *params, const ModelConfig *config, const Rng *rng);

/* The answer to a batch: (B,classes). rng NULL: not training, no dropout. The batch must
 * live as long as the tape's step. */
Var *model_logits(const EmotionNet *model, Tape *tape, const Batch *batch, Rng *rng);

/* The same in two steps, for code that looks in between (explainer.h). The first: what
 * the model reads of each modality, in fusion's order, before the encoders: word vectors,
 * mel frames. */
typedef struct Embedded {
	int count;
	Sequence of[MAX_MODALITIES]; /* (B,T,E) each; functionals beside them: (B,1,K) */
} Embedded;
Embedded model_embed(const EmotionNet *model, Tape *tape, const Batch *batch, Rng *rng);

/* The second: the answer, and what it was computed from. */
typedef struct ModelOutput {
	Var *logits;     /* (B,classes) */
	FusionInput in;  /* what fusion was given; in.view is NULL again */
	FusionView view; /* what fusion shows besides: gates, attention, own answers */
} ModelOutput;
/* `inside`: with the notes of the view (fusion.h), which are computed only then. */
ModelOutput model_forward(const EmotionNet *model, Tape *tape, const Batch *batch,
        const Embedded *embedded, Rng *rng, bool inside);

/* The answer of the m-th modality's own head, (B,classes), from its encoder's summary;
 * for a strategy without encoders, from the mean of what is embedded. `probe`: without
 * a gradient to the encoder. */
Var *model_head(
        const EmotionNet *model, Tape *tape, const ModelOutput *out, int m, bool probe);

#endif
