/* evaluate.c: predictions shard by shard on all threads, in the order of the
 * examples. */
#include "emotionnet/train/evaluate.h"

#include "tensor/largest.h"
#include "tensor/reduce.h"
#include "tensor/sort.h"

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

/* Examples of like length go together, so that little is padded: as many as have STEPS
 * steps, but no fewer than a shard of training. Each has the same answer in any company
 * (layers/sequence.h). */
enum { STEPS = 512, TOGETHER = 64 };

typedef struct Prediction {
	const Dataset *data;
	const ModalitySet *mask;
	int *order;           /* examples, shortest first */
	int *first;           /* of each batch, in `order`; and the end of the last */
	Tensor probabilities; /* (N,classes) */
} Prediction;

static int length_of(const Example *example)
{
	int longest = example->words;
	for (int m = 0; m < MODALITIES; m++) {
		int steps = example->steps[m].shape[0];
		longest = steps > longest ? steps : longest;
	}
	return longest;
}

/* Returns how many batches there are. */
static int order_examples(Prediction *prediction, Arena *arena)
{
	const Dataset *data = prediction->data;
	int count = data->count, longest = 0, batches = 0;
	int *length = ARENA_ARRAY(arena, int, (size_t)count);
	for (int i = 0; i < count; i++) {
		length[i] = length_of(&data->items[i]);
		longest = length[i] > longest ? length[i] : longest;
	}
	int *begins = ARENA_ARRAY(arena, int, (size_t)longest + 2);
	int *order = prediction->order = ARENA_ARRAY(arena, int, (size_t)count);
	int *first = prediction->first = ARENA_ARRAY(arena, int, (size_t)count + 1);
	sort_groups(length, count, longest + 1, order, begins);
	for (int i = 0, size = 0; i < count; i++, size++) {
		bool full = size == TOGETHER || (size + 1) * length[order[i]] > STEPS;
		if (!i || (full && size >= SHARD_SIZE)) {
			first[batches++] = i;
			size = 0;
		}
	}
	first[batches] = count;
	return batches;
}

static void predict_batch(
        void *context, const void *model, Tape *tape, int begin, int end)
{
	const Prediction *prediction = context;
	const int *chosen = prediction->order + prediction->first[begin];
	int count = prediction->first[end] - prediction->first[begin];
	ModalitySet masks[TOGETHER] = { { .has = { false } } };
	for (int i = 0; prediction->mask && i < count; i++)
		masks[i] = *prediction->mask;
	Batch batch = batch_make(tape->arena, prediction->data, chosen, count, masks);
	Tensor logits = model_logits(model, tape, &batch, NULL)->value;
	for (int i = 0; i < count; i++)
		tensor_softmax(tensor_row(prediction->probabilities, chosen[i]),
		        tensor_row(logits, i));
}

Tensor predict_all(Arena *arena, Shards *shards, const Dataset *data, int classes,
        const ModalitySet *mask)
{
	Prediction prediction = {
		.data = data,
		.mask = mask,
		.probabilities = tensor_new(arena, SHAPE(data->count, classes)),
	};
	int batches = order_examples(&prediction, arena);
	shards_infer(shards, batches, 1, predict_batch, &prediction);
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
