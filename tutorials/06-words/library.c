#include "tutorials/06-words/library.h"
#include "autograd/ops.h"
#include "layers/embedding.h"
#include "layers/linear.h"
#include "layers/loss.h"
#include "layers/pool.h"

#include <string.h>

typedef struct Layers {
	Params params;
	Embedding embedding;
	Linear last;
} Layers;

/* Some sentences as the library wants them: their ids in a (B,T) matrix, the short ones
 * filled up with <pad>. */
typedef struct Batch {
	int B, T;
	int *ids, *lengths, *labels;
} Batch;

/* [library-forward] */
static Var *forward(const Layers *net, Tape *tape, const Batch *b) /* -> (B,6) */
{
	Sequence rows = embedding_forward(
	        &net->embedding, tape, b->ids, b->B, b->T, b->lengths); /* (B,T,16) */
	Var *mean = pool_mean(tape, rows);                              /* (B,16) */
	return linear_forward(&net->last, tape, mean);
}
/* [/library-forward] */

static void step(Layers *net, Tape *tape, const Batch *b, real rate)
{
	params_zero_grad(&net->params);
	tape_backward(
	        tape, loss_cross_entropy(tape, forward(net, tape, b), b->labels, NULL));
	for (int p = 0; p < net->params.count; p++) {
		Var *parameter = net->params.items[p];
		for (size_t i = 0; i < tensor_count(parameter->value); i++)
			parameter->value.data[i] -= rate * parameter->grad.data[i];
	}
}

static Layers layers_new(Arena *arena, const Reader *from, int words)
{
	Layers net = { .params = params_new(arena) };
	Rng rng = rng_new(1); /* what it draws is replaced */
	net.embedding = embedding_new(&net.params, "words", words, WIDTH, PAD, &rng);
	net.last = linear_new(&net.params, "last", WIDTH, EMOTIONS, &rng);
	for (int id = FIRST_WORD - 1; id < words; id++)
		for (int e = 0; e < WIDTH; e++)
			net.embedding.weight->value.data[id * WIDTH + e] =
			        from->table[id][e];
	for (int k = 0; k < EMOTIONS; k++) {
		for (int e = 0; e < WIDTH; e++)
			net.last.weight->value.data[k * WIDTH + e] = from->w[k][e];
		net.last.bias->value.data[k] = from->b[k];
	}
	return net;
}

static Batch batch_of(Arena *arena, Sentences set, const int order[], int begin, int end)
{
	Batch b = { .B = end - begin };
	for (int i = begin; i < end; i++) {
		const Sentence *s = &set.items[order ? order[i] : i];
		b.T = s->count > b.T ? s->count : b.T;
	}
	b.ids = ARENA_ARRAY(arena, int, (size_t)(b.B * b.T)); /* 0 is <pad> */
	b.lengths = ARENA_ARRAY(arena, int, (size_t)b.B);
	b.labels = ARENA_ARRAY(arena, int, (size_t)b.B);
	for (int i = begin; i < end; i++) {
		const Sentence *s = &set.items[order ? order[i] : i];
		for (int t = 0; t < s->count; t++)
			b.ids[(i - begin) * b.T + t] = s->id[t];
		b.lengths[i - begin] = s->count;
		b.labels[i - begin] = s->label;
	}
	return b;
}

static double accuracy_of(const Layers *net, Tape *tape, Sentences set)
{
	tape_reset(tape);
	Batch b = batch_of(tape->arena, set, NULL, 0, set.count);
	Tensor z = forward(net, tape, &b)->value;
	int right = 0;
	for (int i = 0; i < set.count; i++) {
		const real *row = z.data + i * EMOTIONS;
		int best = 0;
		for (int k = 1; k < EMOTIONS; k++)
			best = row[k] > row[best] ? k : best;
		right += best == set.items[i].label;
	}
	return (double)right / set.count;
}

double library_accuracy(
        const Reader *from, int words, Sentences train, const Plan *plan, Sentences test)
{
	enum { MOST = 4000 };
	int order[MOST];
	Arena *arena = arena_new("layers");
	Tape tape = tape_new(arena_child(arena, "step"));
	Layers net = layers_new(arena, from, words);
	Rng rng = rng_new(plan->seed);
	for (int epoch = 0; epoch < plan->epochs; epoch++) {
		rng_permutation(&rng, train.count, order);
		for (int begin = 0; begin < train.count; begin += plan->batch) {
			int end = begin + plan->batch;
			end = end < train.count ? end : train.count;
			tape_reset(&tape);
			Batch b = batch_of(tape.arena, train, order, begin, end);
			step(&net, &tape, &b, plan->rate);
		}
	}
	double accuracy = accuracy_of(&net, &tape, test);
	arena_free(arena);
	return accuracy;
}
