/* evaluate.h: what a model says of examples, and how often it is right; on several
 * threads. */
#ifndef EMOTIONNET_TRAIN_EVALUATE_H
#define EMOTIONNET_TRAIN_EVALUATE_H

#include "emotionnet/score/metrics.h"
#include "emotionnet/model.h"
#include "emotionnet/train/shards.h"

/* Builds a replica of the model of a ModelConfig. */
ShardBuild model_replica;

/* Replicas of the model for training or prediction; all in `arena` (shards_free before
 * it goes). */
Shards *model_shards(Arena *arena, Pool *pool, const Params *params,
        const ModelConfig *config, int batch);

/* Probabilities (N,classes) of every example, in order, in `arena`. `mask` (NULL: none)
 * leaves modalities out of all of them. */
Tensor predict_all(Arena *arena, Shards *shards, const Dataset *data, int classes,
        const ModalitySet *mask);

/* Fails where one of a model's probabilities is NaN: weights or inputs near 1e30 lead to
 * that. `what` begins the message. */
bool answers_check(
        const real probabilities[], size_t count, const char *what, Error *error);
#define ANSWERS_NONE                                                                     \
	"%s: the model's answer is no number: its weights, or what it reads, are beyond what it can compute with"

/* The confusion matrix of probabilities against the examples' labels; unknown labels
 * (-1) are left out. */
Confusion confusion_of(Arena *arena, Tensor probabilities, const Dataset *data);

#endif
