/* With x_t the frame at t (log-mel bands and pitch), n steps ahead, L layers:
 *
 *     h0_t = x_t
 *     hl_t = GRU_l(h(l-1))_t + h(l-1)_t      the second term from the second layer on
 *     loss = sum over t of |W hL_t + b - x_(t+n)|
 *
 * A GRU in one direction has not heard what it is to predict. With n = 1 the best that a
 * network finds is nearly a copy of x_t, for sound changes slowly; some frames further
 * ahead that does not do, and it has to know more. The absolute difference is the paper's.
 *
 * Departures: the paper has 3 layers of 512 over 80 bands at 10 ms; here the sizes are
 * options, and frames hold pitch too. */
#include "emotionnet/apc/apc.h"

#include "autograd/ops.h"
#include "layers/loss_regression.h"

#include <math.h>
#include <string.h>

Gru apc_layer(const ApcConfig *config, int l, Params *params, const char *name, Rng *rng)
{
	return gru_layer_new(params, name, l, l ? config->hidden : config->in,
	        config->hidden, GRU_ONE_DIRECTION, rng);
}

Apc apc_new(const ApcConfig *config, Params *params, Rng *rng)
{
	Apc apc = { .config = *config };
	for (int l = 0; l < config->layers; l++)
		apc.layer[l] = apc_layer(config, l, params, "gru", rng);
	apc.predict = linear_new(params, "predict", config->hidden, config->in, rng);
	return apc;
}

Sequence apc_layers(const Gru layer[], int from, int to, Tape *tape, Sequence x)
{
	for (int l = from; l < to; l++) {
		Sequence h = gru_forward(&layer[l], tape, x);
		if (l > 0)
			h.x = op_add(tape, h.x, x.x);
		x = h;
	}
	return x;
}

/* The frames n steps later, (B,T-n,F), 0 after the last. */
static Tensor later_frames(Arena *arena, Tensor frames, const int lengths[], int n)
{
	int B = frames.shape[0], T = frames.shape[1], F = frames.shape[2];
	Tensor later = tensor_zeros(arena, SHAPE(B, T - n, F));
	for (int b = 0; b < B; b++)
		memcpy(sequence_step(later, b, 0), sequence_step(frames, b, n),
		        (size_t)(lengths[b] - n) * (size_t)F * sizeof(real));
	return later;
}

Var *apc_loss(const Apc *apc, Tape *tape, Sequence frames, real total)
{
	int n = apc->config.ahead;
	Tensor x = frames.x->value;
	int *lengths = ARENA_ARRAY(tape->arena, int, (size_t)x.shape[0]);
	for (int b = 0; b < x.shape[0]; b++) {
		lengths[b] = frames.lengths[b] - n;
		if (lengths[b] < 1)
			error_stop(HERE, "apc_loss",
			        "a clip of %d frames has none that lies %d ahead",
			        frames.lengths[b], n);
	}
	Sequence h = apc_layers(apc->layer, 0, apc->config.layers, tape, frames);
	Var *heard = op_slice(tape, h.x, 1, 0, x.shape[1] - n);
	Sequence said = { linear_forward(&apc->predict, tape, heard), lengths };
	Tensor later = later_frames(tape->arena, x, frames.lengths, n);
	return loss_mean_absolute(tape, sequence_mask(tape, said).x, later, total);
}

ApcError apc_error(const Apc *apc, Tape *tape, Tensor frames)
{
	int T = frames.shape[0], F = frames.shape[1], n = apc->config.ahead;
	Sequence one = { tape_constant(tape, tensor_view(frames.data, SHAPE(1, T, F)),
		                 "frames"),
		&T };
	ApcError error = { .predicted =
		                   (double)apc_loss(apc, tape, one, 1)->value.data[0] };
	for (size_t i = 0; i < (size_t)(T - n) * (size_t)F; i++)
		error.repeated += fabs((
		        double)(frames.data[i + (size_t)n * (size_t)F] - frames.data[i]));
	return error;
}
