#include "tutorials/09-speech/library.h"
#include "autograd/ops.h"
#include "layers/conv1d.h"
#include "layers/dropout.h"
#include "layers/linear.h"
#include "layers/loss.h"
#include "layers/pool.h"
#include "optim/adam.h"

#include <string.h>

typedef struct Layers {
	Params params;
	Conv1d conv;
	Linear last;
	float drop;
} Layers;

/* A batch: frames (B,T,F), shorter utterances filled up with 0. */
typedef struct Batch {
	Sequence frames;
	int *labels;
} Batch;

/* [library-forward] */
/* rng NULL: no dropout. */
static Var *forward(const Layers *net, Tape *tape, Sequence frames, Rng *rng)
{
	Sequence a = conv1d_forward(&net->conv, tape, frames); /* (B,T-k+1,O) */
	Var *h = pool_max(tape, (Sequence){ op_relu(tape, a.x), a.lengths }); /* (B,O) */
	return linear_forward(
	        &net->last, tape, dropout_forward(tape, h, net->drop, rng)); /* (B,6) */
}
/* [/library-forward] */

static Layers layers_new(Arena *arena, const Network *from, float drop)
{
	Layers net = { .params = params_new(arena), .drop = drop };
	Rng rng = rng_new(1); /* what it draws is replaced */
	net.conv = conv1d_new(&net.params, "conv", BANDS, FILTERS,
	        (Conv1dOptions){ .kernel = TAPS }, &rng);
	net.last = linear_new(&net.params, "last", FILTERS, EMOTIONS, &rng);
	for (int o = 0; o < FILTERS; o++) {
		net.conv.bias->value.data[o] = from->bias[o];
		for (int i = 0; i < BANDS * TAPS; i++) /* (O,F,k) */
			net.conv.weight->value.data[o * BANDS * TAPS + i] =
			        from->filter[i % TAPS][i / TAPS][o];
	}
	memcpy(net.last.weight->value.data, from->w, sizeof from->w);
	memcpy(net.last.bias->value.data, from->b, sizeof from->b);
	return net;
}

/* Utterances order[0] ... order[count - 1]; without an order, as they stand. */
static Batch batch_of(Tape *tape, Set set, const int order[], int count)
{
	int longest = 0;
	int *lengths = ARENA_ARRAY(tape->arena, int, (size_t)count);
	Batch batch = { .labels = ARENA_ARRAY(tape->arena, int, (size_t)count) };
	for (int i = 0; i < count; i++) {
		const Heard *heard = &set.items[order ? order[i] : i];
		lengths[i] = heard->T;
		batch.labels[i] = heard->label;
		longest = heard->T > longest ? heard->T : longest;
	}
	Tensor x = tensor_zeros(tape->arena, SHAPE(count, longest, BANDS));
	for (int i = 0; i < count; i++) {
		const Heard *heard = &set.items[order ? order[i] : i];
		memcpy(sequence_step(x, i, 0), heard->x,
		        (size_t)heard->T * sizeof heard->x[0]);
	}
	batch.frames = (Sequence){ tape_constant(tape, x, "frames"), lengths };
	return batch;
}

static void step(Layers *net, Tape *tape, const Batch *batch, Adam *adam, Rng *rng)
{
	params_zero_grad(&net->params);
	Var *z = forward(net, tape, batch->frames, rng);
	tape_backward(tape, loss_cross_entropy(tape, z, batch->labels, NULL));
	adam_step(adam);
}

static double accuracy_of(const Layers *net, Tape *tape, Set set)
{
	tape_reset(tape);
	Batch batch = batch_of(tape, set, NULL, set.count);
	Var *z = forward(net, tape, batch.frames, NULL);
	int right = 0;
	for (int i = 0; i < set.count; i++) {
		const real *row = z->value.data + i * EMOTIONS;
		int best = 0;
		for (int e = 1; e < EMOTIONS; e++)
			best = row[e] > row[best] ? e : best;
		right += best == batch.labels[i];
	}
	return (double)right / set.count;
}

double library_accuracy(const Network *from, Set set, Set test, Plan plan)
{
	Arena *arena = arena_new("layers");
	Tape tape = tape_new(arena_child(arena, "step"));
	Layers net = layers_new(arena, from, plan.drop);
	Adam adam = adam_new(arena, &net.params, (double)plan.rate);
	int *order = ARENA_ARRAY(arena, int, (size_t)set.count);
	Rng rng = rng_new(plan.seed), draws = rng_split(&rng, 1);
	for (int e = 0; e < plan.epochs; e++) {
		rng_permutation(&rng, set.count, order);
		for (int begin = 0; begin < set.count; begin += plan.batch) {
			int count = set.count - begin;
			count = count < plan.batch ? count : plan.batch;
			tape_reset(&tape);
			Batch batch = batch_of(&tape, set, order + begin, count);
			step(&net, &tape, &batch, &adam, &draws);
		}
	}
	const double accuracy = accuracy_of(&net, &tape, test);
	arena_free(arena);
	return accuracy;
}
