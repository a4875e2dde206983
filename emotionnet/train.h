/* train.h: from first weights to trained ones: batches in a random order, Adam, the best epoch on the
 * validation split kept. */
#ifndef EMOTIONNET_TRAIN_H
#define EMOTIONNET_TRAIN_H

#include "emotionnet/metrics.h"
#include "emotionnet/model.h"
#include "emotionnet/progress.h"
#include "emotionnet/shards.h"

typedef struct TrainOptions {
	int epochs; /* at most */
	int batch;  /* utterances a step */
	int patience; /* epochs without a better validation score before it stops; 0: never */
	double rate;             /* Adam's step size */
	double clip;             /* the largest norm of the gradient; 0: any */
	double modality_dropout; /* the chance that an utterance loses one of its modalities */
	double smoothing;        /* label smoothing */
	bool class_weights;      /* weight utterances so that every class counts alike */
	bool select_f1;          /* the best epoch by weighted F1 instead of UAR */
	uint64_t seed;
	int threads; /* 0: all cores */
} TrainOptions;

TrainOptions train_defaults(void);

typedef struct TrainResult {
	int epochs; /* that were run */
	int best; /* the epoch whose weights were kept, from 1; the last without validation */
	double score; /* of that epoch on the validation split; 0 without one */
	double loss;  /* mean training loss of the last epoch */
	double seconds;
} TrainResult;

/* Trains the model whose parameters are `params`, in place. With an empty validation set it runs all
 * epochs and keeps the last. Stops if `train` is empty: the caller checks that. */
TrainResult train(Params *params, const ModelConfig *config, const Dataset *training,
        const Dataset *validation, const TrainOptions *options, Pool *pool,
        const Progress *progress);

/* Probabilities (N,classes) of every example, in order, in `arena`. `mask` (NULL: none) leaves a modality
 * out of all of them. */
Tensor predict_all(Arena *arena, Shards *shards, const Dataset *data, int classes,
        const BatchMask *mask);

/* Replicas of the model for training or prediction; all in `arena` (shards_free before it goes). */
Shards *model_shards(Arena *arena, Pool *pool, const Params *params,
        const ModelConfig *config, int batch);

/* The confusion matrix of probabilities against the examples' labels; unknown labels (-1) are left out. */
Confusion confusion_of(Arena *arena, Tensor probabilities, const Dataset *data);

#endif
