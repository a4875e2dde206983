#include "tutorials/13-alignment/library.h"
#include "autograd/ops.h"
#include "layers/align.h"
#include "layers/embedding.h"
#include "layers/linear.h"
#include "layers/loss.h"
#include "layers/pool.h"

#include <string.h>

typedef struct Layers {
	Params params;
	Embedding table;
	Linear ear, units, join, out;
} Layers;

/* B sentences of up to U words and up to T frames, shorter ones filled up with 0. */
typedef struct Batch {
	int B, U, T;
	int *ids, *words, *lengths, *labels; /* (B,U), (B), (B), (B) */
	int *spans;                          /* (B,U,2): begin, end */
	Tensor frames;                       /* (B,T,FRAME) */
} Batch;

/* [library-forward] */
static Var *forward(const Layers *net, Tape *tape, const Batch *batch)
{
	Sequence e = embedding_forward(
	        &net->table, tape, batch->ids, batch->B, batch->U, batch->words);
	Var *frames = tape_constant(tape, batch->frames, "frames"); /* (B,T,3) */
	Var *heard = op_relu(tape, linear_forward(&net->ear, tape, frames));
	Sequence sound = sequence_mask(tape, (Sequence){ heard, batch->lengths });
	Sequence m = align_mean(tape, sound, batch->spans, e); /* (B,U,4) */
	Var *both = op_concat(tape, 2, INPUTS(e.x, m.x));      /* (B,U,12) */
	Var *h = op_relu(tape, linear_forward(&net->units, tape, both));
	Var *whole = pool_max(tape, (Sequence){ h, e.lengths }); /* (B,32) */
	Var *y = op_relu(tape, linear_forward(&net->join, tape, whole));
	return linear_forward(&net->out, tape, y); /* (B,6) */
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

/* --- the same first weights ------------------------------------------------------------- */

static void set(Var *parameter, const float *from, int stride, int columns, int at)
{
	const int all = parameter->value.shape[parameter->value.ndim - 1];
	const int rows = (int)tensor_count(parameter->value) / all;
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++)
			parameter->value.data[i * all + at + j] =
			        (real)from[i * stride + j];
}

static Layers layers_new(Arena *arena, const Network *from, int words)
{
	Layers net = { .params = params_new(arena) };
	Params *params = &net.params;
	Rng rng = rng_new(1); /* what it draws is replaced */
	net.table =
	        embedding_new(params, "words", words, WIDTH, EMBEDDING_NO_PADDING, &rng);
	net.ear = linear_new(params, "ear", FRAME, EAR, &rng);
	net.units = linear_new(params, "units", WIDTH + EAR, UNITS, &rng);
	net.join = linear_new(params, "join", UNITS, JOIN, &rng);
	net.out = linear_new(params, "out", JOIN, EMOTIONS, &rng);
	set(net.table.weight, &from->table[0][0], WIDTH, WIDTH, 0);
	set(net.ear.weight, &from->ear[0][0], FRAME + 1, FRAME, 0);
	for (int k = 0; k < EAR; k++)
		net.ear.bias->value.data[k] = (real)from->ear[k][FRAME];
	set(net.units.weight, &from->w[0][0], WIDTH, WIDTH, 0);
	set(net.units.weight, &from->s[0][0], EAR, EAR, WIDTH);
	set(net.units.bias, from->b, UNITS, UNITS, 0);
	set(net.join.weight, &from->join[0][0], UNITS, UNITS, 0);
	set(net.join.bias, from->join_b, JOIN, JOIN, 0);
	set(net.out.weight, &from->out[0][0], JOIN, JOIN, 0);
	set(net.out.bias, from->out_b, EMOTIONS, EMOTIONS, 0);
	return net;
}

/* --- batches ---------------------------------------------------------------------------- */

static void copy(Batch *batch, int b, const Spoken *s)
{
	batch->words[b] = s->count;
	batch->lengths[b] = s->T;
	batch->labels[b] = s->label;
	memcpy(batch->ids + b * batch->U, s->id, (size_t)s->count * sizeof(int));
	for (int j = 0; j < s->count; j++) {
		int *span = batch->spans + (b * batch->U + j) * 2;
		span[0] = s->begin[j];
		span[1] = s->end[j];
	}
	for (int t = 0; t < s->T; t++)
		for (int f = 0; f < FRAME; f++)
			sequence_step(batch->frames, b, t)[f] = (real)s->frames[t][f];
}

/* Sentences order[begin] ... order[end - 1]; without an order, as they stand. */
static Batch batch_of(Arena *arena, Set set, const int order[], int begin, int end)
{
	Batch batch = { .B = end - begin };
	for (int i = begin; i < end; i++) {
		const Spoken *s = &set.items[order ? order[i] : i];
		batch.U = s->count > batch.U ? s->count : batch.U;
		batch.T = s->T > batch.T ? s->T : batch.T;
	}
	const size_t B = (size_t)batch.B, words = B * (size_t)batch.U;
	batch.ids = arena_zeros(arena, words * sizeof(int));
	batch.spans = arena_zeros(arena, 2 * words * sizeof(int));
	batch.words = ARENA_ARRAY(arena, int, B);
	batch.lengths = ARENA_ARRAY(arena, int, B);
	batch.labels = ARENA_ARRAY(arena, int, B);
	batch.frames = tensor_zeros(arena, SHAPE(batch.B, batch.T, FRAME));
	for (int b = 0; b < batch.B; b++)
		copy(&batch, b, &set.items[order ? order[begin + b] : begin + b]);
	return batch;
}

static double accuracy_of(const Layers *net, Tape *tape, const Batch *batch)
{
	tape_reset(tape);
	Var *z = forward(net, tape, batch);
	int right = 0;
	for (int b = 0; b < batch->B; b++) {
		const real *row = z->value.data + b * EMOTIONS;
		int best = 0;
		for (int e = 1; e < EMOTIONS; e++)
			best = row[e] > row[best] ? e : best;
		right += best == batch->labels[b];
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
			int end = begin + plan.batch;
			end = end < count ? end : count;
			ArenaMark mark = arena_mark(batches);
			Batch batch = batch_of(batches, sets->train, order, begin, end);
			step(&net, &tape, &batch, (real)plan.rate);
			arena_rewind(batches, mark);
		}
	}
	Batch test = batch_of(batches, sets->test, NULL, 0, sets->test.count);
	const double accuracy = accuracy_of(&net, &tape, &test);
	arena_free(arena);
	return accuracy;
}
