#include "tutorials/03-first-network/library.h"
#include "autograd/ops.h"
#include "layers/linear.h"
#include "layers/loss.h"
#include "layers/loss_binary.h"

#include <string.h>

typedef struct Layers {
	Params params;
	Linear hidden, last;
} Layers;

/* [library-forward] */
static Var *forward(const Layers *net, Tape *tape, Var *x) /* (N,2) -> (N,1) */
{
	Var *h = op_relu(tape, linear_forward(&net->hidden, tape, x));
	return linear_forward(&net->last, tape, h);
}
/* [/library-forward] */

/* [library-step] */
static void step(Layers *net, Tape *tape, Tensor x, Tensor t, real rate)
{
	tape_reset(tape);
	params_zero_grad(&net->params);
	Var *z = forward(net, tape, tape_constant(tape, x, "x"));
	tape_backward(tape, loss_binary_cross_entropy(tape, z, t, NULL));
	for (int p = 0; p < net->params.count; p++) {
		Var *parameter = net->params.items[p];
		for (size_t i = 0; i < tensor_count(parameter->value); i++)
			parameter->value.data[i] -= rate * parameter->grad.data[i];
	}
}
/* [/library-step] */

static Layers layers_new(Arena *arena, const Network *from)
{
	Layers net = { .params = params_new(arena) };
	Rng rng = rng_new(1); /* what it draws is replaced */
	net.hidden = linear_new(&net.params, "hidden", FEATURES, from->hidden, &rng);
	net.last = linear_new(&net.params, "last", from->hidden, 1, &rng);
	for (int j = 0; j < from->hidden; j++) {
		for (int k = 0; k < FEATURES; k++)
			net.hidden.weight->value.data[j * FEATURES + k] = from->w[j][k];
		net.hidden.bias->value.data[j] = from->c[j];
		net.last.weight->value.data[j] = from->v[j];
	}
	net.last.bias->value.data[0] = from->b;
	return net;
}

static void fill(Tensor x, Tensor t, Sentences set, const int order[])
{
	for (int i = 0; i < x.shape[0]; i++) {
		const Sentence *s = &set.items[order ? order[i] : i];
		for (int k = 0; k < FEATURES; k++)
			x.data[i * FEATURES + k] = s->x[k];
		t.data[i] = s->angry;
	}
}

static double accuracy_of(const Layers *net, Tape *tape, Sentences set)
{
	tape_reset(tape);
	Tensor x = tensor_new(tape->arena, SHAPE(set.count, FEATURES));
	Tensor t = tensor_new(tape->arena, SHAPE(set.count, 1));
	fill(x, t, set, NULL);
	Var *z = forward(net, tape, tape_constant(tape, x, "x"));
	int right = 0;
	for (int i = 0; i < set.count; i++)
		right += (z->value.data[i] > 0) == (t.data[i] > 0);
	return (double)right / set.count;
}

double library_accuracy(const Network *from, Sentences train, Plan plan, Sentences test)
{
	enum { MOST = 1000 };
	int order[MOST];
	Arena *arena = arena_new("layers");
	Tape tape = tape_new(arena_child(arena, "step"));
	Layers net = layers_new(arena, from);
	Tensor x = tensor_new(arena, SHAPE(train.count, FEATURES));
	Tensor t = tensor_new(arena, SHAPE(train.count, 1));
	Rng rng = rng_new(plan.seed);
	for (int e = 0; e < plan.epochs; e++) {
		rng_permutation(&rng, train.count, order);
		fill(x, t, train, order);
		for (int begin = 0; begin < train.count; begin += plan.batch) {
			int end = begin + plan.batch;
			end = end < train.count ? end : train.count;
			step(&net, &tape, tensor_slice(x, begin, end),
			        tensor_slice(t, begin, end), plan.rate);
		}
	}
	double accuracy = accuracy_of(&net, &tape, test);
	arena_free(arena);
	return accuracy;
}
