/* The equations and their gradient: gru_way.c. Here is what surrounds them: the
 * parameters, the batch packed longest first, and the node on the tape. */
#include "layers/gru.h"
#include "layers/gru_way.h"

Gru gru_layer_new_at(Site site, Params *params, const char *name, int layer, int in,
        int hidden, int options, Rng *rng)
{
	Gru gru = { .in = in, .hidden = hidden, .ways = options & GRU_BOTH ? 2 : 1 };
	for (int way = 0; way < gru.ways; way++) {
		RecurrentShape shape = { .gates = GRU_GATES,
			.layer = layer,
			.reverse = way == 1,
			.in = in,
			.hidden = hidden };
		gru.way[way] =
		        recurrent_weights_new(site, params, "gru_new", name, shape, rng);
	}
	return gru;
}

Gru gru_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int options, Rng *rng)
{
	return gru_layer_new_at(site, params, name, 0, in, hidden, options, rng);
}

static void gru_backward(const Node *node)
{
	const GruRun *run = node->saved;
	Var *x = node->in[0];
	size_t count = (size_t)run->packed.rows * (size_t)run->gru.in;
	ArenaMark mark = arena_mark(run->arena);
	real *dx = NULL; /* (R,I) */
	if (x->grad.data)
		dx = arena_zeros(run->arena, count * sizeof(real));
	for (int way = 0; way < run->gru.ways; way++)
		gru_way_backward(node->site, run, way, node->out->grad, dx);
	if (dx)
		packed_scatter_add(&run->packed, x->grad, dx);
	arena_rewind(run->arena, mark);
}

static const Op gru_op = { "gru_forward", gru_backward };

static void validate(
        Site site, const Gru *gru, const Tape *tape, Sequence s, const Var *start)
{
	sequence_check(site, tape, "gru_forward", s);
	if (s.x->value.shape[2] != gru->in)
		tape_stop(site, tape, "gru_forward",
		        "%s with %s: the steps have %d features, the layer expects %d",
		        var_text("x", s.x).text,
		        var_text("weight", gru->way[0].weight_ih).text,
		        s.x->value.shape[2], gru->in);
	int B = s.x->value.shape[0], width = gru->ways * gru->hidden;
	if (start && (start->value.ndim != 2 || start->value.shape[0] != B ||
	                     start->value.shape[1] != width))
		tape_stop(site, tape, "gru_continue",
		        "%s for %s: expected (%d,%d), batch and all states of a step",
		        var_text("*h", start).text, var_text("x", s.x).text, B, width);
}

static void forward(Site site, GruRun *run, Sequence s, Tensor y, bool recording)
{
	Arena *arena = run->arena;
	run->packed = packed_new(arena, s.lengths, s.x->value.shape[0]);
	size_t count = (size_t)run->packed.rows * (size_t)run->gru.in;
	run->x = arena_alloc(arena, count * sizeof(real));
	packed_gather(&run->packed, run->x, s.x->value);
	for (int b = 0; b < y.shape[0]; b++)
		sequence_clear_padding(y, b, s.lengths[b]);
	for (int way = 0; way < run->gru.ways; way++) {
		ArenaMark mark = arena_mark(arena);
		gru_way_forward(site, run, way, y);
		if (!recording)
			arena_rewind(arena, mark);
	}
}

static Sequence run_forward(Site site, const Gru *gru, Tape *tape, Sequence s, Var *start)
{
	validate(site, gru, tape, s, start);
	Var *in[2 + 2 * 4] = { s.x, start };
	int inputs = 2;
	for (int way = 0; way < gru->ways; way++) {
		in[inputs++] = gru->way[way].weight_ih;
		in[inputs++] = gru->way[way].weight_hh;
		in[inputs++] = gru->way[way].bias_ih;
		in[inputs++] = gru->way[way].bias_hh;
	}
	bool recording = tape_wants(tape, inputs, in);
	Tensor y = tensor_new_at(site, tape->arena,
	        SHAPE(s.x->value.shape[0], s.x->value.shape[1], gru->ways * gru->hidden));
	ArenaMark mark = arena_mark(tape->arena);
	GruRun *run = arena_alloc(tape->arena, sizeof *run);
	*run = (GruRun){
		.gru = *gru, .arena = tape->arena, .kept = tape->kept, .start = start
	};
	forward(site, run, s, y, recording);
	if (!recording) {
		arena_rewind(tape->arena, mark);
		run = NULL;
	}
	return (Sequence){ tape_push(site, tape, &gru_op, y, run, inputs, in),
		s.lengths };
}

Sequence gru_forward_at(Site site, const Gru *gru, Tape *tape, Sequence x)
{
	return run_forward(site, gru, tape, x, NULL);
}

Sequence gru_continue_at(Site site, const Gru *gru, Tape *tape, Sequence x, Var **h)
{
	Sequence y = run_forward(site, gru, tape, x, *h);
	*h = gru_last_at(site, gru, tape, y);
	return y;
}

Var *gru_last_at(Site site, const Gru *gru, Tape *tape, Sequence y)
{
	return recurrent_last(site, tape, "gru_last", y, gru->ways, gru->hidden);
}
