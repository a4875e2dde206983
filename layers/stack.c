/* y_1 = layer_1(x), y_l = layer_l(dropout(y_(l-1))): what is repeated by a cell over time
 * is repeated here over depth (El Hihi & Bengio 1995; Graves 2013). */
#include "layers/stack.h"
#include "layers/dropout.h"

typedef Recurrent LayerNew(Site site, Params *params, const char *name, int layer, int in,
        int hidden, int options, Rng *rng);

static RecurrentStack stack_new(Site site, const char *operation, LayerNew *layer_new,
        Params *params, const char *name, int in, int hidden, int layers, int options,
        Rng *rng)
{
	if (layers < 1 || layers > STACK_MAX)
		error_stop(site, operation, "\"%s\" of %d layers: expected 1 to %d", name,
		        layers, STACK_MAX);
	RecurrentStack stack = { .layers = layers };
	for (int l = 0; l < layers; l++) {
		int below = l ? stack.layer[l - 1].directions * hidden : in;
		stack.layer[l] =
		        layer_new(site, params, name, l, below, hidden, options, rng);
	}
	return stack;
}

LstmStack lstm_stack_new_at(Site site, Params *params, const char *name, int in,
        int hidden, int layers, int options, real dropout, Rng *rng)
{
	LstmStack stack = stack_new(site, "lstm_stack_new", lstm_layer_new_at, params,
	        name, in, hidden, layers, options, rng);
	stack.dropout = dropout;
	return stack;
}

GruStack gru_stack_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int layers, int options, real dropout, Rng *rng)
{
	GruStack stack = stack_new(site, "gru_stack_new", gru_layer_new_at, params, name,
	        in, hidden, layers, options, rng);
	stack.dropout = dropout;
	return stack;
}

Sequence stack_forward_at(Site site, const RecurrentStack *stack, Tape *tape, Sequence x,
        RecurrentState *states, Rng *rng)
{
	for (int l = 0; l < stack->layers; l++) {
		if (l > 0)
			x.x = dropout_forward_at(site, tape, x.x, stack->dropout, rng);
		x = states ? recurrent_continue_at(
		                     site, &stack->layer[l], tape, x, &states[l])
		           : recurrent_forward_at(site, &stack->layer[l], tape, x);
	}
	return x;
}
