/* With h = x A' (M,r) and s = alpha / r: dB = s dy' h, dh = s dy B, dA = dh' x and dx +=
 * dh A: those of two Linear layers, which it is composed of. At first B = 0, so A has no
 * gradient and B has one; were both 0, neither would have any.
 *
 * The paper draws A from a normal distribution; here it is drawn as peft does it, from
 * the uniform one of a Linear (Kaiming's with a = sqrt(5)). */
#include "layers/lora.h"
#include "autograd/ops.h"
#include "tensor/matmul.h"

#include <math.h>
#include <string.h>

Lora lora_linear_new_at(Site site, Params *params, const char *name, int in, int out,
        bool bias, real deviation, Rng *rng)
{
	if (in < 1 || out < 1)
		error_stop(site, "lora_linear_new",
		        "\"%s\" from %d to %d: both sizes must be at least 1", name, in,
		        out);
	Lora lora = { .a = NULL };
	lora.linear.weight = params_add_at(site, params, name, "weight", SHAPE(out, in));
	params_init_normal(params, lora.linear.weight, deviation, rng);
	if (bias)
		lora.linear.bias = params_add_at(site, params, name, "bias", SHAPE(out));
	return lora;
}

/* "NAME" of "NAME.weight". */
static const char *name_of(Site site, Params *params, const Var *weight)
{
	static const char ending[] = ".weight";
	size_t length = weight->name ? strlen(weight->name) : 0;
	size_t rest = length - (sizeof ending - 1);
	if (length < sizeof ending || strcmp(weight->name + rest, ending) != 0)
		error_stop(site, "lora_add",
		        "%s: expected a parameter that is called NAME.weight",
		        var_text("weight", weight).text);
	return arena_format(params->arena, "%.*s", (int)rest, weight->name);
}

void lora_add_at(Site site, Lora *lora, Params *params, int rank, real alpha, Rng *rng)
{
	const Var *weight = lora->linear.weight;
	const char *name = name_of(site, params, weight);
	if (rank < 1 || lora->a)
		error_stop(site, "lora_add", "\"%s\", rank %d: %s", name, rank,
		        lora->a ? "it has an adapter already" : "expected at least 1");
	int out = weight->value.shape[0], in = weight->value.shape[1];
	lora->a = params_add_at(site, params, params_name(params, name, "lora_A"),
	        "weight", SHAPE(rank, in));
	params_init_uniform(params, lora->a, (real)(1 / sqrt(in)), rng);
	lora->b = params_add_at(site, params, params_name(params, name, "lora_B"),
	        "weight", SHAPE(out, rank));
	lora->scale = alpha / (real)rank;
}

Var *lora_forward_at(Site site, const Lora *lora, Tape *tape, Var *x)
{
	Var *y = linear_forward_at(site, &lora->linear, tape, x);
	if (!lora->a)
		return y;
	Linear down = { .weight = lora->a }, up = { .weight = lora->b };
	Var *h = linear_forward_at(site, &down, tape, x);
	Var *low = linear_forward_at(site, &up, tape, h);
	return op_add_at(site, tape, y, op_scale_at(site, tape, low, lora->scale));
}

void lora_merge_at(Site site, const Lora *lora)
{
	if (!lora->a)
		return;
	if (!lora->linear.weight->value.data)
		error_stop(site, "lora_merge",
		        "%s is as its file holds it, in few bits a number: no adapter can be added to it. Hint: keep the adapter beside it.",
		        var_text("weight", lora->linear.weight).text);
	size_t count = tensor_count(lora->b->value);
	for (size_t i = 0; i < count; i++)
		lora->b->value.data[i] *= lora->scale;
	matmul(matrix_of(lora->linear.weight->value), matrix_of(lora->b->value),
	        matrix_of(lora->a->value), MATMUL_ADD);
	tensor_fill(lora->b->value, 0);
}
