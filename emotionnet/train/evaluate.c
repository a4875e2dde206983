/* evaluate.c: predictions shard by shard on all threads, in the order of the
 * examples. */
#include "emotionnet/train/evaluate.h"

#include "tensor/largest.h"
#include "tensor/reduce.h"

void *model_replica(Arena *arena, Params *params, const void *config)
{
	Rng unused =
	        rng_new(0); /* a replica draws nothing: its values are the original's */
	return model_new(arena, params, config, &unused);
}

Shards *model_shards(Arena *arena, Pool *pool, const Params *params,
        const ModelConfig *config, int batch)
{
	return shards_new(arena, pool, params, batch, model_replica, config);
}

typedef struct Prediction {
	const Dataset *data;
	const ModalitySet *mask;
	Tensor probabilities; /* (N,classes) */
} Prediction;

static void predict_shard(
        void *context, const void *model, Tape *tape, int begin, int end)
{
	const Prediction *prediction = context;
	int chosen[SHARD_SIZE];
	ModalitySet masks[SHARD_SIZE];
	for (int i = begin; i < end; i++) {
		chosen[i - begin] = i;
		masks[i - begin] = prediction->mask ? *prediction->mask
		                                    : (ModalitySet){ .has = { false } };
	}
	Batch batch =
	        batch_make(tape->arena, prediction->data, chosen, end - begin, masks);
	Var *logits = model_logits(model, tape, &batch, NULL);
	tensor_softmax(
	        tensor_slice(prediction->probabilities, begin, end), logits->value);
}

Tensor predict_all(Arena *arena, Shards *shards, const Dataset *data, int classes,
        const ModalitySet *mask)
{
	Prediction prediction = {
		.data = data,
		.mask = mask,
		.probabilities = tensor_new(arena, SHAPE(data->count, classes)),
	};
	shards_infer(shards, data->count, predict_shard, &prediction);
	return prediction.probabilities;
}

bool answers_check(
        const real probabilities[], size_t count, const char *what, Error *error)
{
	return real_finite(probabilities, count) || error_set(error, ANSWERS_NONE, what);
}

Confusion confusion_of(Arena *arena, Tensor probabilities, const Dataset *data)
{
	Confusion confusion = confusion_new(arena, probabilities.shape[1]);
	for (int i = 0; i < data->count; i++) {
		if (data->items[i].label >= 0)
			confusion_add(&confusion, data->items[i].label,
			        tensor_argmax(tensor_row(probabilities, i)));
	}
	return confusion;
}
