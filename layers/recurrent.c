#include "layers/recurrent.h"
#include "autograd/ops.h"
#include "layers/pool.h"

#include <limits.h>
#include <math.h>

static Var *parameter(Site site, Params *params, const char *name, const char *part,
        RecurrentShape shape, int columns, Rng *rng)
{
	const char *full = arena_format(params->arena, "%s_l%d%s", part, shape.layer,
	        shape.reverse ? "_reverse" : "");
	int rows = shape.gates * shape.hidden;
	Var *made = params_add_at(
	        site, params, name, full, columns ? 2 : 1, (int[]){ rows, columns });
	params_init_uniform(params, made, (real)(1 / sqrt(shape.hidden)), rng);
	return made;
}

RecurrentWeights recurrent_weights_new(Site site, Params *params, const char *operation,
        const char *name, RecurrentShape shape, Rng *rng)
{
	int most = INT_MAX / shape.gates;
	if (shape.in < 1 || shape.hidden < 1 || shape.hidden > most)
		error_stop(site, operation,
		        "\"%s\" from %d to %d: both sizes must be at least 1, and the second at most %d",
		        name, shape.in, shape.hidden, most);
	RecurrentWeights weights;
	weights.weight_ih =
	        parameter(site, params, name, "weight_ih", shape, shape.in, rng);
	weights.weight_hh =
	        parameter(site, params, name, "weight_hh", shape, shape.hidden, rng);
	weights.bias_ih = parameter(site, params, name, "bias_ih", shape, 0, rng);
	weights.bias_hh = parameter(site, params, name, "bias_hh", shape, 0, rng);
	return weights;
}

Var *recurrent_last(
        Site site, Tape *tape, const char *operation, Sequence y, int ways, int hidden)
{
	sequence_check(site, tape, operation, y);
	int B = y.x->value.shape[0], width = ways * hidden;
	if (y.x->value.shape[2] != width)
		tape_stop(site, tape, operation, "%s: expected the %d states of a step",
		        var_text("y", y.x).text, width);
	Var *last = pool_last_at(site, tape, y); /* (B,ways H) */
	if (ways == 1)
		return last;
	Var *first = op_slice_at(site, tape, y.x, 1, 0, 1); /* (B,1,2H) */
	first = op_reshape_at(site, tape, first, SHAPE(B, width));
	Var *forth = op_slice_at(site, tape, last, 1, 0, hidden);
	Var *back = op_slice_at(site, tape, first, 1, hidden, width);
	return op_concat_at(site, tape, 1, INPUTS(forth, back));
}
