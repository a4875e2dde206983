/* For g a number of the gate and u the one it stands before, s = sigmoid(g):
 *
 *     y = g s u        dg = dy u s (1 + g (1 - s))        du = dy g s
 *
 * for s' = s (1 - s). One operation instead of op_silu and op_mul, which keep two more
 * arrays of the inner width; the test compares them. */
#include "layers/swiglu.h"
#include "tensor/elementary.h"

static void swiglu_backward(const Node *node)
{
	Var *gate = node->in[0], *up = node->in[1];
	const real *g = gate->value.data, *u = up->value.data;
	const real *dy = node->out->grad.data;
	real *dg = gate->grad.data, *du = up->grad.data;
	size_t count = tensor_count(gate->value);
	for (size_t i = 0; dg && i < count; i++) {
		real s = real_sigmoid(g[i]);
		dg[i] += dy[i] * u[i] * (s * (1 + g[i] * (1 - s)));
	}
	for (size_t i = 0; du && i < count; i++)
		du[i] += dy[i] * (g[i] * real_sigmoid(g[i]));
}

static const Op swiglu_op = { .name = "op_swiglu", .backward = swiglu_backward };

Var *op_swiglu_at(Site site, Tape *tape, Var *gate, Var *up)
{
	var_require(site, tape, "op_swiglu", "gate", gate);
	var_require(site, tape, "op_swiglu", "up", up);
	if (!tensor_same_shape(gate->value, up->value))
		tape_stop(site, tape, "op_swiglu", "%s and %s: expected one shape",
		        var_text("gate", gate).text, var_text("up", up).text);
	Tensor y = tensor_like(tape->arena, gate->value);
	const real *g = gate->value.data, *u = up->value.data;
	size_t count = tensor_count(y);
	for (size_t i = 0; i < count; i++)
		y.data[i] = g[i] * real_sigmoid(g[i]) * u[i];
	return tape_push(site, tape, &swiglu_op, y, NULL, INPUTS(gate, up));
}

SwiGlu swiglu_new_at(Site site, Params *params, const char *name, int width, int inner,
        real deviation, real last, Rng *rng)
{
	SwiGlu swiglu;
	swiglu.gate_proj =
	        lora_linear_new_at(site, params, params_name(params, name, "gate_proj"),
	                width, inner, false, deviation, rng);
	swiglu.up_proj =
	        lora_linear_new_at(site, params, params_name(params, name, "up_proj"),
	                width, inner, false, deviation, rng);
	swiglu.down_proj = lora_linear_new_at(site, params,
	        params_name(params, name, "down_proj"), inner, width, false, last, rng);
	return swiglu;
}

Var *swiglu_forward_at(Site site, const SwiGlu *swiglu, Tape *tape, Var *x)
{
	Var *gate = lora_forward_at(site, &swiglu->gate_proj, tape, x);
	Var *up = lora_forward_at(site, &swiglu->up_proj, tape, x);
	Var *passed = op_swiglu_at(site, tape, gate, up);
	return lora_forward_at(site, &swiglu->down_proj, tape, passed);
}
