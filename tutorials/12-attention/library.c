#include "tutorials/12-attention/library.h"
#include "layers/embedding.h"
#include "layers/linear.h"
#include "layers/loss.h"
#include "layers/pool_attention.h"
#include "optim/adam.h"

#include <string.h>

typedef struct Layers {
	Params params;
	Embedding table;
	PoolAttention attention;
	Linear last;
} Layers;

/* A batch: ids (B,T), shorter stories filled up with 0. */
typedef struct Batch {
	int B, T;
	int *ids, *lengths, *labels;
} Batch;

/* [library-forward] */
static Var *forward(const Layers *net, Tape *tape, const Batch *batch)
{
	Sequence x = embedding_forward(&net->table, tape, batch->ids, batch->B, batch->T,
	        batch->lengths);                                 /* (B,T,WIDTH) */
	Var *y = pool_attention(&net->attention, tape, x, NULL); /* (B,WIDTH) */
	return linear_forward(&net->last, tape, y);              /* (B,6) */
}
/* [/library-forward] */

static Layers layers_new(Arena *arena, const Network *from, int words)
{
	Layers net = { .params = params_new(arena) };
	Rng rng = rng_new(1); /* what it draws is replaced */
	net.table = embedding_new(
	        &net.params, "words", words, WIDTH, EMBEDDING_NO_PADDING, &rng);
	net.attention = pool_attention_new(&net.params, "attention", WIDTH, &rng);
	net.last = linear_new(&net.params, "last", WIDTH, EMOTIONS, &rng);
	for (int i = 0; i < words * WIDTH; i++)
		net.table.weight->value.data[i] = from->table[i / WIDTH][i % WIDTH];
	for (int f = 0; f < WIDTH; f++)
		net.attention.score.weight->value.data[f] = from->query[f];
	for (int i = 0; i < EMOTIONS * WIDTH; i++)
		net.last.weight->value.data[i] = from->w[i / WIDTH][i % WIDTH];
	for (int e = 0; e < EMOTIONS; e++)
		net.last.bias->value.data[e] = from->b[e];
	return net;
}

static Batch batch_of(Arena *arena, Stories set, const int order[], int begin, int end)
{
	Batch batch = { .B = end - begin };
	batch.lengths = ARENA_ARRAY(arena, int, (size_t)batch.B);
	batch.labels = ARENA_ARRAY(arena, int, (size_t)batch.B);
	for (int i = begin; i < end; i++) {
		const int count = set.items[order ? order[i] : i].count;
		batch.T = count > batch.T ? count : batch.T;
	}
	batch.ids = ARENA_ARRAY(arena, int, (size_t)(batch.B * batch.T));
	for (int b = 0; b < batch.B; b++) {
		const Story *s = &set.items[order ? order[begin + b] : begin + b];
		batch.lengths[b] = s->count;
		batch.labels[b] = s->label;
		memcpy(batch.ids + b * batch.T, s->id, (size_t)s->count * sizeof(int));
	}
	return batch;
}

static double accuracy_of(const Layers *net, Tape *tape, const Batch *batch)
{
	tape_reset(tape);
	const Var *z = forward(net, tape, batch);
	int right = 0;
	for (int i = 0; i < batch->B; i++) {
		const real *row = z->value.data + i * EMOTIONS;
		int best = 0;
		for (int e = 1; e < EMOTIONS; e++)
			best = row[e] > row[best] ? e : best;
		right += best == batch->labels[i];
	}
	return (double)right / batch->B;
}

double library_accuracy(
        const Network *from, int words, Stories train, Stories test, Plan plan)
{
	Arena *arena = arena_new("layers"), *batches = arena_child(arena, "batch");
	Tape tape = tape_new(arena_child(arena, "step"));
	Layers net = layers_new(arena, from, words);
	Adam adam = adam_new(arena, &net.params, (double)plan.rate);
	int *order = ARENA_ARRAY(arena, int, (size_t)train.count);
	Rng rng = rng_new(plan.seed);
	for (int e = 0; e < plan.epochs; e++) {
		rng_permutation(&rng, train.count, order);
		for (int begin = 0; begin < train.count; begin += plan.batch) {
			int end = begin + plan.batch;
			end = end < train.count ? end : train.count;
			ArenaMark mark = arena_mark(batches);
			Batch batch = batch_of(batches, train, order, begin, end);
			tape_reset(&tape);
			params_zero_grad(&net.params);
			Var *z = forward(&net, &tape, &batch);
			tape_backward(
			        &tape, loss_cross_entropy(&tape, z, batch.labels, NULL));
			adam_step(&adam);
			arena_rewind(batches, mark);
		}
	}
	Batch all = batch_of(batches, test, NULL, 0, test.count);
	const double accuracy = accuracy_of(&net, &tape, &all);
	arena_free(arena);
	return accuracy;
}
