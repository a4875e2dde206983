/* y_1 = layer_1(x), y_l = layer_l(dropout(y_(l-1))): what is repeated by a cell over time
 * is repeated here over depth (El Hihi & Bengio 1995; Graves 2013). */
#include "layers/stack.h"
#include "layers/dropout.h"

static void check_layers(Site site, const char *operation, const char *name, int layers)
{
	if (layers < 1 || layers > STACK_MAX)
		error_stop(site, operation, "\"%s\" of %d layers: expected 1 to %d", name,
		        layers, STACK_MAX);
}

/* What the layer above reads. */
static Sequence dropped(Site site, Tape *tape, Sequence y, real rate, Rng *rng)
{
	return (Sequence){ dropout_forward_at(site, tape, y.x, rate, rng), y.lengths };
}

LstmStack lstm_stack_new_at(Site site, Params *params, const char *name, int in,
        int hidden, int layers, int options, real dropout, Rng *rng)
{
	check_layers(site, "lstm_stack_new", name, layers);
	LstmStack stack = { .layers = layers, .dropout = dropout };
	for (int l = 0; l < layers; l++) {
		int below = l ? stack.layer[l - 1].ways * hidden : in;
		stack.layer[l] = lstm_layer_new_at(
		        site, params, name, l, below, hidden, options, rng);
	}
	return stack;
}

Sequence lstm_stack_forward_at(Site site, const LstmStack *stack, Tape *tape, Sequence x,
        LstmState *states, Rng *rng)
{
	for (int l = 0; l < stack->layers; l++) {
		const Lstm *lstm = &stack->layer[l];
		if (l > 0)
			x = dropped(site, tape, x, stack->dropout, rng);
		x = states ? lstm_continue_at(site, lstm, tape, x, &states[l])
		           : lstm_forward_at(site, lstm, tape, x);
	}
	return x;
}

GruStack gru_stack_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int layers, int options, real dropout, Rng *rng)
{
	check_layers(site, "gru_stack_new", name, layers);
	GruStack stack = { .layers = layers, .dropout = dropout };
	for (int l = 0; l < layers; l++) {
		int below = l ? stack.layer[l - 1].ways * hidden : in;
		stack.layer[l] = gru_layer_new_at(
		        site, params, name, l, below, hidden, options, rng);
	}
	return stack;
}

Sequence gru_stack_forward_at(
        Site site, const GruStack *stack, Tape *tape, Sequence x, Var **states, Rng *rng)
{
	for (int l = 0; l < stack->layers; l++) {
		const Gru *gru = &stack->layer[l];
		if (l > 0)
			x = dropped(site, tape, x, stack->dropout, rng);
		x = states ? gru_continue_at(site, gru, tape, x, &states[l])
		           : gru_forward_at(site, gru, tape, x);
	}
	return x;
}
