/* The equations of the cell, and how their gradient is derived, are at the head of
 * lstm_way.c; the same step composed of the small operations of ops.h is lstm_cell.c.
 * Here is what surrounds them: the parameters, the batch packed longest first, and the
 * node on the tape.
 *
 * Hochreiter & Schmidhuber 1997; the forget gate: Gers, Schmidhuber & Cummins 2000; both
 * ways: Graves & Schmidhuber 2005. As in PyTorch there are no peepholes, and two
 * biases where one would do. */
#include "layers/lstm.h"
#include "autograd/fast/terms.h"
#include "layers/lstm_way.h"

/* Of a row the gates and their gradients are some 8 H numbers: 256 rows stay in a cache
 * of 1 MiB up to H = 128, and products of 256 terms are as good as longer ones. */
enum { CHUNK_ROWS = 256 };

/* ---- parameters -------------------------------------------------------------------- */

/* With its forget gate near 1 a cell remembers until it has learnt to forget
 * (Jozefowicz 2015). */
static void forget_bias_1(const Params *params, const RecurrentWeights *weights, int H)
{
	if (!params_begin(params))
		return;
	for (int k = H; k < 2 * H; k++) {
		weights->bias_ih->value.data[k] = 1;
		weights->bias_hh->value.data[k] = 0;
	}
}

Lstm lstm_layer_new_at(Site site, Params *params, const char *name, int layer, int in,
        int hidden, int options, Rng *rng)
{
	Lstm lstm = { .in = in, .hidden = hidden, .ways = options & LSTM_BOTH ? 2 : 1 };
	for (int way = 0; way < lstm.ways; way++) {
		RecurrentShape shape = { .gates = LSTM_GATES,
			.layer = layer,
			.reverse = way == 1,
			.in = in,
			.hidden = hidden };
		lstm.way[way] =
		        recurrent_weights_new(site, params, "lstm_new", name, shape, rng);
		if (options & LSTM_FORGET_BIAS)
			forget_bias_1(params, &lstm.way[way], hidden);
	}
	return lstm;
}

Lstm lstm_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int options, Rng *rng)
{
	return lstm_layer_new_at(site, params, name, 0, in, hidden, options, rng);
}

/* ---- the operation ----------------------------------------------------------------- */

static void lstm_backward(const Node *node)
{
	const LstmRun *run = node->saved;
	Var *x = node->in[0];
	size_t count = (size_t)run->packed.rows * (size_t)run->lstm.in;
	LstmSums sums[2];
	for (int way = 0; way < run->lstm.ways; way++)
		sums[way] = lstm_sums_new(run);
	ArenaMark mark = arena_mark(run->arena);
	real *dx = NULL; /* (R,I) */
	if (x->grad.data)
		dx = arena_zeros(run->arena, count * sizeof(real));
	for (int way = 0; way < run->lstm.ways; way++)
		lstm_way_backward(node->site, run, way, node->out->grad, sums[way], dx);
	if (dx)
		packed_scatter_add(&run->packed, x->grad, dx);
	arena_rewind(run->arena, mark);
	if (run->dc_last.data)
		tensor_fill(run->dc_last, 0);
	for (int way = 0; way < run->lstm.ways; way++)
		lstm_sums_give(node->site, run, way, sums[way]);
}

static const Op lstm_op = { "lstm_forward", lstm_backward };

/* The last c is a second result of the same operation. It has a node of its own, made
 * from y, where its gradient is collected, and handed over to the backward of y, which
 * comes after. */
static void c_last_backward(const Node *node)
{
	const LstmRun *run = node->saved;
	tensor_copy(run->dc_last, node->out->grad);
}

static const Op c_last_op = { "lstm_continue", c_last_backward };

static void validate(
        Site site, const Lstm *lstm, const Tape *tape, Sequence s, LstmState state)
{
	sequence_check(site, tape, "lstm_forward", s);
	if (s.x->value.shape[2] != lstm->in)
		tape_stop(site, tape, "lstm_forward",
		        "%s with %s: the steps have %d features, the layer expects %d",
		        var_text("x", s.x).text,
		        var_text("weight", lstm->way[0].weight_ih).text,
		        s.x->value.shape[2], lstm->in);
	int B = s.x->value.shape[0], width = lstm->ways * lstm->hidden;
	const Var *parts[] = { state.h, state.c };
	for (int i = 0; i < 2; i++)
		if (parts[i] &&
		        (parts[i]->value.ndim != 2 || parts[i]->value.shape[0] != B ||
		                parts[i]->value.shape[1] != width))
			tape_stop(site, tape, "lstm_continue",
			        "%s for %s: expected (%d,%d), batch and all states of a step",
			        var_text(i ? "state->c" : "state->h", parts[i]).text,
			        var_text("x", s.x).text, B, width);
}

/* (B,T,ways H), the steps after each utterance's last zero. */
static Tensor output_new(Site site, const Lstm *lstm, Tape *tape, Sequence s)
{
	int B = s.x->value.shape[0], T = s.x->value.shape[1];
	int width = lstm->ways * lstm->hidden;
	Tensor y = tensor_new_at(site, tape->arena, SHAPE(B, T, width));
	for (int b = 0; b < B; b++)
		sequence_clear_padding(y, b, s.lengths[b]);
	return y;
}

static void forward(Site site, LstmRun *run, Sequence s, Tensor y, bool recording)
{
	Arena *arena = run->arena;
	run->packed = packed_new(arena, s.lengths, s.x->value.shape[0]);
	int batch = run->packed.batch;
	run->chunk = batch ? (CHUNK_ROWS + batch - 1) / batch : 1;
	size_t count = (size_t)run->packed.rows * (size_t)run->lstm.in;
	run->x = arena_alloc(arena, count * sizeof(real));
	packed_gather(&run->packed, run->x, s.x->value);
	for (int way = 0; way < run->lstm.ways; way++) {
		ArenaMark mark = arena_mark(arena);
		lstm_way_forward(site, run, way, y);
		if (!recording)
			arena_rewind(arena, mark);
	}
}

/* `state`: what to start from, and then what it ended in. NULL: from zero, and nobody
 * asks. */
static Sequence run_forward(
        Site site, const Lstm *lstm, Tape *tape, Sequence s, LstmState *state)
{
	LstmState start = state ? *state : (LstmState){ NULL, NULL };
	validate(site, lstm, tape, s, start);
	Var *in[3 + 2 * 4] = { s.x, start.h, start.c };
	const unsigned weights_of_both = 1 << 3 | 1 << 4 | 1 << 7 | 1 << 8;
	int inputs = 3;
	for (int way = 0; way < lstm->ways; way++) {
		const RecurrentWeights *weights = &lstm->way[way];
		in[inputs++] = weights->weight_ih;
		in[inputs++] = weights->weight_hh;
		in[inputs++] = weights->bias_ih;
		in[inputs++] = weights->bias_hh;
	}
	bool recording = tape_wants(tape, inputs, in);
	Tensor y = output_new(site, lstm, tape, s), c_last = { .data = NULL };
	if (state)
		c_last =
		        tensor_zeros_at(site, tape->arena, SHAPE(y.shape[0], y.shape[2]));

	ArenaMark mark = arena_mark(tape->arena);
	LstmRun *run = arena_alloc(tape->arena, sizeof *run);
	*run = (LstmRun){ .lstm = *lstm,
		.arena = tape->arena,
		.kept = tape->kept,
		.start = start,
		.c_last = c_last };
	if (state && recording)
		run->dc_last =
		        tensor_zeros_at(site, tape->arena, SHAPE(y.shape[0], y.shape[2]));
	forward(site, run, s, y, recording);
	if (!recording) {
		arena_rewind(tape->arena, mark);
		run = NULL;
	}
	s.x = tape_push(site, tape, &lstm_op, y, run, inputs, in);
	terms_promise(s.x, weights_of_both);
	if (state) {
		state->c = tape_push(site, tape, &c_last_op, c_last, run, INPUTS(s.x));
		state->h = lstm_last_at(site, lstm, tape, s);
	}
	return s;
}

Sequence lstm_forward_at(Site site, const Lstm *lstm, Tape *tape, Sequence x)
{
	return run_forward(site, lstm, tape, x, NULL);
}

Sequence lstm_continue_at(
        Site site, const Lstm *lstm, Tape *tape, Sequence x, LstmState *state)
{
	return run_forward(site, lstm, tape, x, state);
}

Var *lstm_last_at(Site site, const Lstm *lstm, Tape *tape, Sequence y)
{
	return recurrent_last(site, tape, "lstm_last", y, lstm->ways, lstm->hidden);
}
