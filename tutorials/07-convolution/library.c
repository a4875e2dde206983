#include "tutorials/07-convolution/library.h"
#include "autograd/ops.h"
#include "layers/conv1d.h"
#include "layers/embedding.h"
#include "layers/linear.h"
#include "layers/loss.h"
#include "layers/pool.h"

#include <string.h>

typedef struct Layers {
	Params params;
	Embedding table;
	Conv1d conv;
	Linear last;
} Layers;

/* A batch: ids (B,T), shorter sentences filled up with 0. */
typedef struct Batch {
	int B, T;
	int *ids, *lengths, *labels;
} Batch;

/* [library-forward] */
static Var *forward(const Layers *net, Tape *tape, const Batch *batch)
{
	Sequence x = embedding_forward(&net->table, tape, batch->ids, batch->B, batch->T,
	        batch->lengths);                          /* (B,T,E) */
	Sequence y = conv1d_forward(&net->conv, tape, x); /* (B,T-k+1,O) */
	y.x = op_relu(tape, y.x);
	return linear_forward(&net->last, tape, pool_max(tape, y)); /* (B,O) -> (B,6) */
}
/* [/library-forward] */

static void step(Layers *net, Tape *tape, const Batch *batch, real rate)
{
	tape_reset(tape);
	params_zero_grad(&net->params);
	Var *z = forward(net, tape, batch);
	tape_backward(tape, loss_cross_entropy(tape, z, batch->labels, NULL));
	for (int p = 0; p < net->params.count; p++) {
		Var *parameter = net->params.items[p];
		for (size_t i = 0; i < tensor_count(parameter->value); i++)
			parameter->value.data[i] -= rate * parameter->grad.data[i];
	}
}

static Layers layers_new(Arena *arena, const Network *from, int words)
{
	const int k = from->window;
	Layers net = { .params = params_new(arena) };
	Rng rng = rng_new(1); /* what it draws is replaced */
	net.table = embedding_new(
	        &net.params, "words", words, WIDTH, EMBEDDING_NO_PADDING, &rng);
	net.conv = conv1d_new(&net.params, "conv", WIDTH, FILTERS,
	        (Conv1dOptions){ .kernel = k }, &rng);
	net.last = linear_new(&net.params, "last", FILTERS, EMOTIONS, &rng);
	for (int i = 0; i < words * WIDTH; i++)
		net.table.weight->value.data[i] = from->table[i / WIDTH][i % WIDTH];
	for (int o = 0; o < FILTERS; o++) {
		net.conv.bias->value.data[o] = from->bias[o];
		for (int i = 0; i < WIDTH * k; i++) /* (O,F,k) */
			net.conv.weight->value.data[o * WIDTH * k + i] =
			        from->filter[o][i % k][i / k];
	}
	for (int i = 0; i < EMOTIONS * FILTERS; i++)
		net.last.weight->value.data[i] = from->w[i / FILTERS][i % FILTERS];
	memcpy(net.last.bias->value.data, from->b, sizeof from->b);
	return net;
}

/* Sentences order[begin] ... order[end - 1]; without an order, as they stand. */
static Batch batch_of(Arena *arena, Sentences set, const int order[], int begin, int end)
{
	Batch batch = { .B = end - begin };
	for (int i = begin; i < end; i++) {
		const Sentence *s = &set.items[order ? order[i] : i];
		batch.T = s->count > batch.T ? s->count : batch.T;
	}
	batch.ids = arena_zeros(arena, (size_t)(batch.B * batch.T) * sizeof(int));
	batch.lengths = ARENA_ARRAY(arena, int, (size_t)batch.B);
	batch.labels = ARENA_ARRAY(arena, int, (size_t)batch.B);
	for (int i = 0; i < batch.B; i++) {
		const Sentence *s = &set.items[order ? order[begin + i] : begin + i];
		batch.lengths[i] = s->count;
		batch.labels[i] = s->label;
		memcpy(batch.ids + i * batch.T, s->id, (size_t)s->count * sizeof(int));
	}
	return batch;
}

static double accuracy_of(const Layers *net, Tape *tape, const Batch *batch)
{
	tape_reset(tape);
	Var *z = forward(net, tape, batch);
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

double library_accuracy(const Network *from, const Sets *sets, Plan plan)
{
	const int count = sets->train.count;
	Arena *arena = arena_new("layers"), *batches = arena_child(arena, "batch");
	Tape tape = tape_new(arena_child(arena, "step"));
	Layers net = layers_new(arena, from, sets->words.count);
	int *order = ARENA_ARRAY(arena, int, (size_t)count);
	Rng rng = rng_new(plan.seed);
	for (int e = 0; e < plan.epochs; e++) {
		rng_permutation(&rng, count, order);
		for (int begin = 0; begin < count; begin += plan.batch) {
			const int end =
			        begin + plan.batch < count ? begin + plan.batch : count;
			ArenaMark mark = arena_mark(batches);
			Batch batch = batch_of(batches, sets->train, order, begin, end);
			step(&net, &tape, &batch, plan.rate);
			arena_rewind(batches, mark);
		}
	}
	Batch test = batch_of(batches, sets->test, NULL, 0, sets->test.count);
	const double accuracy = accuracy_of(&net, &tape, &test);
	arena_free(arena);
	return accuracy;
}
