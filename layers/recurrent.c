/* What a recurrent layer shows its caller: parameters, checks, and the nodes on the tape.
 * The walk over the steps and its gradient: recurrent_run.c. */
#include "layers/recurrent.h"
#include "autograd/ops.h"
#include "layers/pool.h"
#include "layers/recurrent_run.h"

#include <limits.h>
#include <math.h>

/* ---- parameters -------------------------------------------------------------------- */

static Var *parameter(Site site, Params *params, const char *name, const char *part,
        const char *suffix, int hidden, int rows, int columns, Rng *rng)
{
	const char *full = arena_format(params->arena, "%s%s", part, suffix);
	Var *made = params_add_at(
	        site, params, name, full, columns ? 2 : 1, (int[]){ rows, columns });
	params_init_uniform(params, made, (real)(1 / sqrt(hidden)), rng);
	return made;
}

Recurrent recurrent_new(Site site, const RecurrentCell *cell, Params *params,
        const char *name, int layer, int in, int hidden, int directions, Rng *rng)
{
	int most = INT_MAX / cell->gates, H = hidden;
	if (in < 1 || hidden < 1 || hidden > most)
		error_stop(site, cell->create,
		        "\"%s\" from %d to %d: both sizes must be at least 1, and the second at most %d",
		        name, in, hidden, most);
	Recurrent made = {
		.cell = cell, .in = in, .hidden = hidden, .directions = directions
	};
	for (int d = 0; d < directions; d++) {
		const char *suffix =
		        arena_format(params->arena, "_l%d%s", layer, d ? "_reverse" : "");
		int G = cell->gates * H;
		made.direction[d] = (RecurrentWeights){
			parameter(site, params, name, "weight_ih", suffix, H, G, in, rng),
			parameter(site, params, name, "weight_hh", suffix, H, G, H, rng),
			parameter(site, params, name, "bias_ih", suffix, H, G, 0, rng),
			parameter(site, params, name, "bias_hh", suffix, H, G, 0, rng),
		};
	}
	return made;
}

/* ---- the operation ----------------------------------------------------------------- */

static void validate(Site site, const Recurrent *layer, const Tape *tape, Sequence s,
        RecurrentState state)
{
	const char *operation = layer->cell->forward_op.name;
	sequence_check(site, tape, operation, s);
	if (s.x->value.shape[2] != layer->in)
		tape_stop(site, tape, operation,
		        "%s with %s: the steps have %d features, the layer expects %d",
		        var_text("x", s.x).text,
		        var_text("weight", layer->direction[0].weight_ih).text,
		        s.x->value.shape[2], layer->in);
	int B = s.x->value.shape[0], width = layer->directions * layer->hidden;
	const Var *parts[] = { state.h, state.c };
	for (int i = 0; i < 2; i++)
		if (parts[i] &&
		        (parts[i]->value.ndim != 2 || parts[i]->value.shape[0] != B ||
		                parts[i]->value.shape[1] != width))
			tape_stop(site, tape, layer->cell->c_op.name,
			        "%s for %s: expected (%d,%d), batch and all states of a step",
			        var_text(i ? "state->c" : "state->h", parts[i]).text,
			        var_text("x", s.x).text, B, width);
}

/* All inputs: x, the start, and the weights of each direction. Returns how many. */
static int inputs_of(const Recurrent *layer, Sequence s, RecurrentState start, Var *in[])
{
	int inputs = 0;
	in[inputs++] = s.x;
	in[inputs++] = start.h;
	in[inputs++] = start.c;
	for (int d = 0; d < layer->directions; d++) {
		const RecurrentWeights *weights = &layer->direction[d];
		in[inputs++] = weights->weight_ih;
		in[inputs++] = weights->weight_hh;
		in[inputs++] = weights->bias_ih;
		in[inputs++] = weights->bias_hh;
	}
	return inputs;
}

/* `state` is what to start from, and then what the run ended in. NULL: from zero, and
 * nobody asks. */
static Sequence run(
        Site site, const Recurrent *layer, Tape *tape, Sequence s, RecurrentState *state)
{
	RecurrentState start = state ? *state : (RecurrentState){ NULL, NULL };
	validate(site, layer, tape, s, start);
	Var *in[3 + 2 * 4];
	int inputs = inputs_of(layer, s, start, in);
	bool recording = tape_wants(tape, inputs, in);
	int B = s.x->value.shape[0], width = layer->directions * layer->hidden;
	Tensor y = tensor_new_at(site, tape->arena, SHAPE(B, s.x->value.shape[1], width));
	Tensor c_last = { .data = NULL }, dc_last = { .data = NULL };
	if (state && layer->cell->has_c)
		c_last = tensor_zeros_at(site, tape->arena, SHAPE(B, width));

	ArenaMark mark = arena_mark(tape->arena);
	if (c_last.data && recording)
		dc_last = tensor_zeros_at(site, tape->arena, SHAPE(B, width));
	RecurrentRun *saved = arena_alloc(tape->arena, sizeof *saved);
	*saved = (RecurrentRun){ .layer = *layer,
		.tape = tape,
		.start = start,
		.c_last = c_last,
		.dc_last = dc_last };
	recurrent_run_forward(saved, s, y, recording);
	if (!recording) /* nothing is kept */
		arena_rewind(tape->arena, mark);
	s.x = tape_push(site, tape, &layer->cell->forward_op, y, saved, inputs, in);
	if (!state)
		return s;
	if (c_last.data)
		state->c = tape_push(
		        site, tape, &layer->cell->c_op, c_last, saved, INPUTS(s.x));
	state->h = recurrent_last_at(site, layer, tape, s);
	return s;
}

Sequence recurrent_forward_at(Site site, const Recurrent *layer, Tape *tape, Sequence x)
{
	return run(site, layer, tape, x, NULL);
}

Sequence recurrent_continue_at(
        Site site, const Recurrent *layer, Tape *tape, Sequence x, RecurrentState *state)
{
	return run(site, layer, tape, x, state);
}

Var *recurrent_last_at(Site site, const Recurrent *layer, Tape *tape, Sequence y)
{
	sequence_check(site, tape, layer->cell->last, y);
	int B = y.x->value.shape[0], H = layer->hidden, width = layer->directions * H;
	if (y.x->value.shape[2] != width)
		tape_stop(site, tape, layer->cell->last,
		        "%s: expected the %d states of a step", var_text("y", y.x).text,
		        width);
	Var *last = pool_last_at(site, tape, y); /* (B,directions H) */
	if (layer->directions == 1)
		return last;
	Var *first = op_slice_at(site, tape, y.x, 1, 0, 1); /* (B,1,2H) */
	first = op_reshape_at(site, tape, first, SHAPE(B, width));
	Var *forth = op_slice_at(site, tape, last, 1, 0, H);
	Var *back = op_slice_at(site, tape, first, 1, H, width);
	return op_concat_at(site, tape, 1, INPUTS(forth, back));
}
