/* Logistic regression and two layers: z = w . x + b, or z = v . tanh(W x + c) + b; the loss is the mean of
 * log(1 + e^(-s z)), with s = 1 for angry and -1 for not. Gradient descent on batches. */
#include "tutorials/03-first-network/network.h"
#include "autograd/ops.h"

/* [logits] */
Var *logits(const Network *net, Tape *tape, Var *x) /* (N,F) -> (N,1) */
{
	if (net->hidden.weight)
		x = op_tanh(tape, linear_forward(&net->hidden, tape, x));
	return linear_forward(&net->out, tape, x);
}
/* [/logits] */

/* [loss] */
static Var *loss_of(const Network *net, Tape *tape, Voices v)
{
	Var *z = logits(net, tape, tape_constant(tape, v.x, "x"));
	Var *margin = op_mul(tape, op_reshape(tape, z, SHAPE(-1)),
	        tape_constant(tape, v.sign, "sign"));
	return op_mean(tape, op_softplus(tape, op_scale(tape, margin, -1)));
}
/* [/loss] */

Network network_new(Arena *arena, int in, int hidden, uint64_t seed)
{
	Rng rng = rng_new(seed);
	Network net = { .params = params_new(arena) };
	if (hidden)
		net.hidden = linear_new(&net.params, "hidden", in, hidden, &rng);
	net.out = linear_new(&net.params, "out", hidden ? hidden : in, 1, &rng);
	if (!hidden)
		tensor_fill(net.out.weight->value, 0); /* nothing known, no side taken */
	tensor_fill(net.out.bias->value, 0);
	return net;
}

Score score_of(const Network *net, Voices v)
{
	Tape tape = tape_new(arena_new("score"));
	tape.recording = false;
	Var *loss = loss_of(net, &tape, v);
	Var *z = logits(net, &tape, tape_constant(&tape, v.x, "x"));
	int right = 0, count = v.x.shape[0];
	for (int i = 0; i < count; i++)
		right += z->value.data[i] * v.sign.data[i] > 0;
	Score score = { loss->value.data[0], (real)right / (real)count };
	arena_free(tape.arena);
	return score;
}

/* [step] */
static void step(Network *net, Tape *tape, Voices batch, real rate)
{
	tape_reset(tape);
	params_zero_grad(&net->params);
	tape_backward(tape, loss_of(net, tape, batch));
	for (int p = 0; p < net->params.count; p++) {
		Var *knob = net->params.items[p];
		for (size_t i = 0; i < tensor_count(knob->value); i++)
			knob->value.data[i] -= rate * knob->grad.data[i];
	}
}
/* [/step] */

/* [epoch] */
static void epoch(Network *net, Tape *tape, Voices v, int batch, real rate, Rng *rng)
{
	enum { MOST = 1000 };
	int order[MOST], count = v.x.shape[0];
	Arena *arena = arena_new("batch");
	Voices mixed = { tensor_like(arena, v.x), tensor_like(arena, v.sign) };
	rng_permutation(rng, count, order);
	for (int i = 0; i < count; i++) {
		tensor_copy(tensor_row(mixed.x, i), tensor_row(v.x, order[i]));
		mixed.sign.data[i] = v.sign.data[order[i]];
	}
	for (int i = 0; i < count; i += batch) {
		int end = i + batch < count ? i + batch : count;
		step(net, tape,
		        (Voices){ tensor_slice(mixed.x, i, end),
		                tensor_slice(mixed.sign, i, end) },
		        rate);
	}
	arena_free(arena);
}
/* [/epoch] */

void train(Network *net, Plan plan, Voices v, real losses[], Voices validation,
        real others[])
{
	Tape tape = tape_new(arena_new("step"));
	Rng rng = rng_new(plan.seed);
	for (int e = 0; e < plan.epochs; e++) {
		epoch(net, &tape, v, plan.batch, plan.rate, &rng);
		losses[e] = score_of(net, v).loss;
		if (others)
			others[e] = score_of(net, validation).loss;
	}
	arena_free(tape.arena);
}
