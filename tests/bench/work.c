#include "tests/bench/work.h"
#include "tensor/error.h"

#include <string.h>

static double count_of(const Var *x)
{
	return (double)tensor_count(x->value);
}

static bool is_parameter(const Var *x)
{
	return !x->node && x->grad.data && x->name;
}

/* ---- products: shapes say it ------------------------------------------------------- */

/* As many again for each gradient that is wanted, of the input and of the weight. */
static NodeWork product(const Node *node, double forward, double backward)
{
	return (NodeWork){ .forward.flops = forward,
		.backward.flops =
		        backward * (var_wants(node->in[0]) + var_wants(node->in[1])) };
}

/* x (M,I), weight (O,I), bias. */
static NodeWork linear(const Node *node)
{
	const Var *weight = node->in[1];
	double O = weight->value.shape[0], I = weight->value.shape[1];
	double M = count_of(node->out) / O, forward = 2 * M * O * I;
	NodeWork work = product(node, forward, forward);
	if (weight->later && M * (O + I) <= 3 * O * I) { /* autograd/fast/terms.c */
		work.learn = forward;
		work.backward.flops -= forward;
	}
	return work;
}

/* a (..,K) b (K,N) */
static NodeWork matmul_work(const Node *node)
{
	Tensor a = node->in[0]->value;
	double forward = 2 * count_of(node->out) * a.shape[a.ndim - 1];
	return product(node, forward, forward);
}

/* x (B,T,F), weight (O,F,k), bias. */
static NodeWork conv1d(const Node *node)
{
	Tensor weight = node->in[1]->value;
	double forward = 2 * count_of(node->out) * weight.shape[1] * weight.shape[2];
	return product(node, forward, forward);
}

/* The same with a maximum over windows, without padding and in steps of one. Every step
 * is computed. Backward, only the winners of long windows count. */
static NodeWork conv1d_max(const Node *node)
{
	enum { FEW_WINNERS = 4 }; /* layers/conv1d_max.c */
	Tensor x = node->in[0]->value, weight = node->in[1]->value;
	int steps = x.shape[1] - weight.shape[2] + 1;
	int window = (steps - 1) / node->out->value.shape[1] + 1;
	double taps = 2.0 * weight.shape[1] * weight.shape[2];
	double dense = taps * x.shape[0] * steps * weight.shape[0];
	return product(
	        node, dense, window < FEW_WINNERS ? dense : taps * count_of(node->out));
}

/* x (B,H,W,C), weight (O,C,k,k) and zeros around that keep H and W; of four results one is
 * left. */
static NodeWork conv2d_max(const Node *node)
{
	Tensor weight = node->in[1]->value;
	double taps = 2.0 * weight.shape[1] * weight.shape[2] * weight.shape[3];
	double dense = 4 * taps * count_of(node->out);
	return product(node, dense, dense);
}

/* x, h, c, then weight_ih (4H,I), weight_hh (4H,H) and two biases for each direction. Of a
 * step and a hidden number: three sigmoids and two tanh forward, 25 operations back. */
static NodeWork lstm(const Node *node)
{
	enum { CELL_FORWARD = 166, CELL_BACKWARD = 25 };
	double steps = (double)node->in[0]->value.shape[0] * node->in[0]->value.shape[1];
	NodeWork work = { .forward.flops = CELL_FORWARD * count_of(node->out),
		.backward.flops = CELL_BACKWARD * count_of(node->out) };
	for (int i = 3; i < node->inputs; i += 4) {
		double input = 2 * steps * count_of(node->in[i]);
		double recurrent = 2 * steps * count_of(node->in[i + 1]);
		work.forward.flops += input + recurrent;
		work.backward.flops += input + 2 * recurrent; /* dW_ih; dW_hh and dh */
		if (var_wants(node->in[0]))
			work.backward.flops += input;
	}
	return work;
}

/* Queries, keys and values (B,T,3D) in one: of every step and those before it, Q K' and P
 * V, and the four products back; and the softmax of each head's scores is counted once, as
 * for one head of 32. */
static NodeWork attention(const Node *node)
{
	enum { SOFTMAX_FORWARD = 23, SOFTMAX_BACKWARD = 4, HEAD = 32 };
	Tensor y = node->out->value;
	double seen = (y.shape[1] + 1) / 2.0; /* by a step, on the average: causal */
	double one = 2 * count_of(node->out) * seen,
	       scores = count_of(node->out) / HEAD * seen;
	return (NodeWork){
		.forward.flops = 2 * one + SOFTMAX_FORWARD * scores,
		.backward.flops = 4 * one + SOFTMAX_BACKWARD * scores,
	};
}

static const struct {
	const char *name;
	NodeWork (*count)(const Node *node);
} products[] = {
	{ "linear_forward", linear },
	{ "op_matmul", matmul_work },
	{ "conv1d_forward", conv1d },
	{ "conv1d_max_pool", conv1d_max },
	{ "conv2d_max_pool", conv2d_max },
	{ "lstm_forward", lstm },
	{ "attention_forward", attention },
};

/* ---- all others: so many for each number of their longest input or output ----------- */

static const struct {
	const char *name;
	double forward, backward;
} elementwise[] = {
	{ "embedding_forward", 0, 1 },
	{ "position_forward", 1, 2 },
	{ "layernorm_forward", 8, 13 },
	{ "groupnorm_forward", 8, 16 },
	{ "loss_cross_entropy", 23, 23 },
	{ "op_add", 1, 2 },
	{ "op_mul", 1, 4 },
	{ "op_relu", 1, 2 },
	{ "op_gelu_tanh", 34, 40 },
	{ "op_sum", 1, 1 },
	{ "op_concat", 0, 1 },
	{ "op_slice", 0, 1 },
	{ "pool_mean", 1, 2 },
	{ "pool_last", 0, 0 },
};

static NodeWork elementwise_work(const Node *node)
{
	for (size_t i = 0; i < sizeof elementwise / sizeof elementwise[0]; i++) {
		if (strcmp(elementwise[i].name, node->op->name))
			continue;
		double numbers = count_of(node->out);
		for (int in = 0; in < node->inputs; in++)
			if (node->in[in] && !is_parameter(node->in[in]) &&
			        count_of(node->in[in]) > numbers)
				numbers = count_of(node->in[in]);
		return (NodeWork){ .forward.flops = elementwise[i].forward * numbers,
			.backward.flops = elementwise[i].backward * numbers };
	}
	error_stop(HERE, "work_of", "what %s has to do is not in the table of work.c",
	        node->op->name);
}

/* ---- bytes ------------------------------------------------------------------------- */

static void count_bytes(const Node *node, NodeWork *work)
{
	double out = count_of(node->out) * sizeof(real);
	work->forward.bytes = work->backward.bytes = out;
	work->forward.held = work->backward.held = out;
	for (int i = 0; i < node->inputs; i++) {
		const Var *x = node->in[i];
		if (!x || is_parameter(x))
			continue;
		double bytes = count_of(x) * sizeof(real);
		work->forward.bytes += bytes;
		work->backward.bytes += bytes;
		if (var_wants(x))
			work->backward.bytes += bytes;
		else
			work->forward.held += bytes; /* data, read here alone */
	}
}

NodeWork work_of(const Node *node)
{
	NodeWork work = { .learn = 0 };
	if (!strcmp(node->op->name, "op_reshape")) /* a view: nothing moves */
		return work;
	size_t i = 0, count = sizeof products / sizeof products[0];
	while (i < count && strcmp(products[i].name, node->op->name))
		i++;
	work = i < count ? products[i].count(node) : elementwise_work(node);
	count_bytes(node, &work);
	return work;
}

/* ---- sums -------------------------------------------------------------------------- */

Work work_sum(Work a, Work b)
{
	return (Work){ a.flops + b.flops, a.bytes + b.bytes, a.held + b.held };
}

Work work_forward(const Tape *tape)
{
	Work sum = { 0 };
	for (const Node *node = tape->last; node; node = node->previous)
		sum = work_sum(sum, work_of(node).forward);
	return sum;
}

Work work_both_ways(const Tape *tape)
{
	Work sum = { 0 };
	for (const Node *node = tape->last; node; node = node->previous) {
		NodeWork work = work_of(node);
		sum = work_sum(sum, work_sum(work.forward, work.backward));
		sum.flops += work.learn;
	}
	return sum;
}
