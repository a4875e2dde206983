/* Each logit x is a question of its own, y in 0..1 its answer, p the weight of a yes:
 *
 *     l = -p y log s(x) - (1-y) log (1 - s(x)),    s(x) = 1 / (1 + e^-x)
 *
 * With softplus(z) = log(1 + e^z), log s(x) = -softplus(-x) and log(1 - s(x)) = -x -
 * softplus(-x), so
 *
 *     l = (1-y) x + (1 + (p-1) y) softplus(-x)
 *     dl/dx = (1-y) - (1 + (p-1) y) s(-x)
 *
 * softplus(z) = max(z,0) + log(1 + e^-|z|), which does not overflow. The loss is the sum
 * of l over the total weight. */
#include "layers/loss_binary.h"
#include "tensor/elementary.h"

typedef struct Saved {
	Tensor targets;
	const real *weights; /* (C), or NULL */
	size_t classes;      /* C */
	real total;
} Saved;

static real yes_weight(const Saved *saved, size_t i)
{
	real y = saved->targets.data[i];
	return saved->weights ? 1 + (saved->weights[i % saved->classes] - 1) * y : 1;
}

static void binary_backward(const Node *node)
{
	const Saved *saved = node->saved;
	const real *x = node->in[0]->value.data;
	real *dx = node->in[0]->grad.data;
	real scale = node->out->grad.data[0] / saved->total;
	for (size_t i = 0; i < tensor_count(saved->targets); i++)
		dx[i] += scale * (1 - saved->targets.data[i] -
		                         yes_weight(saved, i) * real_sigmoid(-x[i]));
}

static const Op binary_op = { .name = "loss_binary_cross_entropy",
	.backward = binary_backward };

static void validate(Site site, const Tape *tape, const Var *logits, Tensor targets)
{
	const char *operation = "loss_binary_cross_entropy";
	var_require(site, tape, operation, "logits", logits);
	if (!tensor_same_shape(logits->value, targets))
		tape_stop(site, tape, operation, "%s and targets %s: the shapes differ",
		        var_text("logits", logits).text, tensor_shape_text(targets).text);
	for (size_t i = 0; i < tensor_count(targets); i++)
		if (!(targets.data[i] >= 0 && targets.data[i] <= 1))
			tape_stop(site, tape, operation,
			        "%s: target %zu is %g, expected 0 to 1",
			        var_text("logits", logits).text, i,
			        (double)targets.data[i]);
	if (tensor_count(targets) == 0)
		tape_stop(site, tape, operation, "%s: no logits, and so no mean",
		        var_text("logits", logits).text);
}

static real softplus(real z)
{
	return (z > 0 ? z : 0) + real_log(1 + real_exp(z > 0 ? -z : z));
}

Var *loss_binary_cross_entropy_at(Site site, Tape *tape, Var *logits, Tensor targets,
        const BinaryCrossEntropy *settings)
{
	BinaryCrossEntropy plain = { 0 };
	if (!settings)
		settings = &plain;
	validate(site, tape, logits, targets);
	size_t count = tensor_count(targets);
	Saved *saved = ARENA_NEW(tape->arena, Saved);
	*saved = (Saved){
		.targets = targets,
		.weights = settings->positive_weights,
		.classes = targets.ndim ? (size_t)targets.shape[targets.ndim - 1] : 1,
		.total =
		        settings->total_weight > 0 ? settings->total_weight : (real)count,
	};
	const real *x = logits->value.data;
	real sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += (1 - targets.data[i]) * x[i] +
		       yes_weight(saved, i) * softplus(-x[i]);
	Tensor loss = tensor_full_at(site, tape->arena, sum / saved->total, SCALAR);
	return tape_push(site, tape, &binary_op, loss, saved, INPUTS(logits));
}
