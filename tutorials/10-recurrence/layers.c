#include "tutorials/10-recurrence/layers.h"
#include "autograd/ops.h"
#include "layers/conv1d_max.h"
#include "layers/loss.h"
#include "optim/adam.h"
#include "optim/clip.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

/* --- a cell of our own ------------------------------------------------------------------ */

/* The library has an LSTM and a GRU. Its walk over the steps takes any cell that is two
 * functions of one step: here h = tanh(z). The products are made outside. */
/* [own-cell] */
static void rnn_forward(int H, const CellStep *s)
{
	for (int k = 0; k < H; k++) {
		const real z = s->gates[k] + s->bias_ih[k] + s->bias_hh[k];
		s->h[k] = s->extra[k] = real_tanh(z); /* extra: kept for backward */
	}
}

static void rnn_backward(int H, const CellStep *s)
{
	for (int k = 0; k < H; k++)
		s->d[k] = (s->dy[k] + s->dh[k]) * (1 - s->extra[k] * s->extra[k]);
}
/* [/own-cell] */

static const RecurrentCell rnn_cell = {
	.create = "rnn_new",
	.last = "rnn_last",
	.forward_op = { .name = "rnn_forward",
	        .backward = recurrent_backward,
	        .later = RECURRENT_LATER },
	.gates = 1,
	.forward = rnn_forward,
	.backward = rnn_backward,
};

/* --- the network ------------------------------------------------------------------------ */

static void set_forget_bias(const Recurrent *layer, real forget)
{
	const int H = layer->hidden;
	for (int d = 0; d < layer->directions; d++)
		for (int k = H; k < 2 * H; k++) { /* gates i f g o: f is the second */
			layer->direction[d].bias_ih->value.data[k] = forget;
			layer->direction[d].bias_hh->value.data[k] = 0;
		}
}

Network network_new(Kind kind, int hidden, real forget, int words, uint64_t seed)
{
	Arena *arena = arena_new("network");
	Network net = { .kind = kind, .arena = arena, .params = params_new(arena) };
	Rng rng = rng_new(seed);
	net.table = embedding_new(
	        &net.params, "words", words, WIDTH, EMBEDDING_NO_PADDING, &rng);
	if (kind == WINDOWS)
		net.conv = conv1d_new(&net.params, "windows", WIDTH, hidden,
		        (Conv1dOptions){ .kernel = WINDOW }, &rng);
	else
		net.layer = recurrent_new(HERE, kind == RNN ? &rnn_cell : &lstm_cell,
		        &net.params, "layer", 0, WIDTH, hidden, kind == BOTH ? 2 : 1,
		        &rng);
	if (kind == LSTM || kind == BOTH)
		set_forget_bias(&net.layer, forget);
	net.last = linear_new(
	        &net.params, "last", kind == BOTH ? 2 * hidden : hidden, EMOTIONS, &rng);
	net.tape = tape_new(arena_child(arena, "step"));
	return net;
}

void network_free(Network *net)
{
	arena_free(net->arena);
}

int network_parameters(const Network *net)
{
	return (int)params_size(&net->params);
}

/* [library-forward] */
/* x: the vectors of the words, (B,T,E) -> five scores for each story, (B,5). */
static Var *scores(const Network *net, Tape *tape, Sequence x)
{
	if (net->kind == WINDOWS) /* relu and the largest answer of each filter */
		return linear_forward(&net->last, tape, conv1d_max(&net->conv, tape, x));
	Sequence y = lstm_forward(&net->layer, tape, x); /* (B,T,H): all states */
	Var *state = lstm_last(&net->layer, tape, y);    /* (B,H): the last one */
	return linear_forward(&net->last, tape, state);
}
/* [/library-forward] */

/* --- batches ---------------------------------------------------------------------------- */

/* ids (B,T), shorter stories filled up with 0. */
typedef struct Batch {
	int B, T;
	int *ids, *lengths, *labels;
} Batch;

/* Stories order[begin] ... order[end - 1]; without an order, as they stand. */
static Batch batch_of(Arena *arena, Stories set, const int order[], int begin, int end,
        Question question)
{
	Batch batch = { .B = end - begin };
	for (int i = begin; i < end; i++) {
		const Story *s = &set.items[order ? order[i] : i];
		batch.T = s->count > batch.T ? s->count : batch.T;
	}
	batch.ids = arena_zeros(arena, (size_t)(batch.B * batch.T) * sizeof(int));
	batch.lengths = ARENA_ARRAY(arena, int, (size_t)batch.B);
	batch.labels = ARENA_ARRAY(arena, int, (size_t)batch.B);
	for (int i = 0; i < batch.B; i++) {
		const Story *s = &set.items[order ? order[begin + i] : begin + i];
		batch.lengths[i] = s->count;
		batch.labels[i] = question == BEGIN ? s->begin : s->end;
		memcpy(batch.ids + i * batch.T, s->id, (size_t)s->count * sizeof(int));
	}
	return batch;
}

static Sequence vectors(const Network *net, Tape *tape, const Batch *batch)
{
	return embedding_forward(
	        &net->table, tape, batch->ids, batch->B, batch->T, batch->lengths);
}

/* --- training --------------------------------------------------------------------------- */

static void step(Network *net, const Batch *batch, double clip, Adam *adam)
{
	Tape *tape = &net->tape;
	tape_reset(tape);
	params_zero_grad(&net->params);
	Var *z = scores(net, tape, vectors(net, tape, batch));
	tape_backward(tape, loss_cross_entropy(tape, z, batch->labels, NULL));
	clip_norm(&net->params, clip);
	adam_step(adam);
}

void network_train(Network *net, Stories set, Plan plan)
{
	Arena *arena = arena_new("train");
	Adam adam = adam_new(arena, &net->params, plan.rate);
	int *order = ARENA_ARRAY(arena, int, (size_t)set.count);
	Rng rng = rng_new(plan.seed);
	for (int e = 0; e < plan.epochs; e++) {
		rng_permutation(&rng, set.count, order);
		for (int begin = 0; begin < set.count; begin += plan.batch) {
			const int end = begin + plan.batch < set.count
			                        ? begin + plan.batch
			                        : set.count;
			ArenaMark mark = arena_mark(arena);
			Batch batch =
			        batch_of(arena, set, order, begin, end, plan.question);
			step(net, &batch, plan.clip, &adam);
			arena_rewind(arena, mark);
		}
	}
	arena_free(arena);
}

/* --- what it answers -------------------------------------------------------------------- */

static int largest(const real row[])
{
	int best = 0;
	for (int e = 1; e < EMOTIONS; e++)
		best = row[e] > row[best] ? e : best;
	return best;
}

double network_accuracy(Network *net, Stories set, Question question)
{
	Arena *arena = arena_new("test");
	Batch batch = batch_of(arena, set, NULL, 0, set.count, question);
	tape_reset(&net->tape);
	const Var *z = scores(net, &net->tape, vectors(net, &net->tape, &batch));
	int right = 0;
	for (int i = 0; i < batch.B; i++)
		right += largest(z->value.data + i * EMOTIONS) == batch.labels[i];
	arena_free(arena);
	return (double)right / set.count;
}

int network_answer(Network *net, const Story *story)
{
	Arena *arena = arena_new("one");
	Story copy = *story;
	Batch batch = batch_of(arena, (Stories){ 1, &copy }, NULL, 0, 1, BEGIN);
	tape_reset(&net->tape);
	const Var *z = scores(net, &net->tape, vectors(net, &net->tape, &batch));
	arena_free(arena);
	return largest(z->value.data);
}

/* --- what reaches a word ---------------------------------------------------------------- */

/* The sum of the right scores: its gradient holds that of each story's own score. */
static Var *right_scores(Tape *tape, Var *z, const Batch *batch)
{
	Tensor right = tensor_zeros(tape->arena, SHAPE(batch->B, EMOTIONS));
	for (int i = 0; i < batch->B; i++)
		right.data[i * EMOTIONS + batch->labels[i]] = 1;
	return op_sum(tape, op_mul(tape, z, tape_constant(tape, right, "right")));
}

static double norm_of(const real x[])
{
	double square = 0;
	for (int f = 0; f < WIDTH; f++)
		square += (double)x[f] * (double)x[f];
	return sqrt(square);
}

void network_reaching(
        Network *net, Stories set, Question question, int steps, double norm[])
{
	Arena *arena = arena_new("reaching");
	Batch batch = batch_of(arena, set, NULL, 0, set.count, question);
	tape_reset(&net->tape);
	params_zero_grad(&net->params);
	Sequence x = vectors(net, &net->tape, &batch);
	Var *z = scores(net, &net->tape, x);
	tape_backward(&net->tape, right_scores(&net->tape, z, &batch));
	int stories = 0;
	memset(norm, 0, (size_t)steps * sizeof *norm);
	for (int i = 0; i < batch.B; i++) {
		const int T = batch.lengths[i];
		stories += T >= steps;
		for (int k = 0; k < steps && T >= steps; k++)
			norm[k] += norm_of(sequence_step(x.x->grad, i, T - 1 - k));
	}
	for (int k = 0; k < steps; k++)
		norm[k] /= stories;
	arena_free(arena);
}
