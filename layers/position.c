/* y_bt = x_bt + P_p, p = before_b + t, for t < length_b. So dx_bt = dy_bt, and dP_p is the
 * sum of the dy_bt that stand there, utterance by utterance.
 *
 * Sinusoidal: with w_i = 10000^(-2i/D), P_t is a row of clocks (sin w_i t, cos w_i t)
 * that turn ever slower, from one turn in 2 pi steps to one in 2 pi 10000. The clocks of
 * step t + k are those of step t turned by fixed angles, w_i k: a linear map that does
 * not depend on t, by which a head can look k steps back. Being bounded, they neither
 * outgrow the features nor repeat. */
#include "layers/position.h"
#include "tensor/elementary.h"

static void check_sizes(Site site, const char *operation, int longest, int width)
{
	if (longest < 1 || width < 1)
		error_stop(site, operation,
		        "%d positions, %d wide: both must be at least 1", longest, width);
}

Position position_new_at(
        Site site, Params *params, const char *name, int longest, int width, Rng *rng)
{
	check_sizes(site, "position_new", longest, width);
	Position position;
	position.weight =
	        params_add_at(site, params, name, "weight", SHAPE(longest, width));
	params_init_normal(params, position.weight, 1, rng);
	return position;
}

Position position_sinusoidal_new_at(Site site, Arena *arena, int longest, int width)
{
	check_sizes(site, "position_sinusoidal_new", longest, width);
	Var *weight = ARENA_NEW(arena, Var);
	*weight = (Var){ .name = "sinusoidal" };
	weight->value = tensor_new_at(site, arena, SHAPE(longest, width));
	for (int f = 0; f < width; f++) {
		double speed = double_pow(10000, -(double)(f - f % 2) / width);
		for (int t = 0; t < longest; t++) {
			double angle = speed * t;
			double clock = f % 2 ? double_cos(angle) : double_sin(angle);
			weight->value.data[(size_t)t * (size_t)width + (size_t)f] =
			        (real)clock;
		}
	}
	return (Position){ weight };
}

typedef struct Saved {
	const int *lengths;
	int *before; /* (B) a copy: what is remembered moves on */
} Saved;

/* Row before[b] of the table, and those that follow. */
static real *rows_of(Tensor table, const Saved *saved, int b)
{
	return table.data + (size_t)saved->before[b] * (size_t)table.shape[1];
}

static void position_backward(const Node *node)
{
	const Saved *saved = node->saved;
	Tensor dy = node->out->grad, dx = node->in[0]->grad, dp = node->in[1]->grad;
	for (int b = 0; b < dy.shape[0]; b++) {
		const real *dy_b = sequence_step(dy, b, 0);
		size_t count = (size_t)saved->lengths[b] * (size_t)dy.shape[2];
		if (dx.data) {
			real *dx_b = sequence_step(dx, b, 0);
			for (size_t i = 0; i < count; i++)
				dx_b[i] += dy_b[i];
		}
		if (dp.data) {
			real *dp_b = rows_of(dp, saved, b);
			for (size_t i = 0; i < count; i++)
				dp_b[i] += dy_b[i];
		}
	}
}

static const Op position_op = { .name = "position_forward",
	.backward = position_backward };

static Saved *saved_new(Arena *arena, Sequence x, const int before[])
{
	size_t B = (size_t)x.x->value.shape[0];
	Saved *saved = ARENA_NEW(arena, Saved);
	*saved = (Saved){ x.lengths, ARENA_ARRAY(arena, int, B) };
	for (size_t b = 0; b < B && before; b++)
		saved->before[b] = before[b];
	return saved;
}

static void validate(Site site, const Position *position, const Tape *tape, Sequence x,
        const int before[])
{
	Tensor value = x.x->value, table = position->weight->value;
	bool fits = value.shape[2] == table.shape[1];
	for (int b = 0; b < value.shape[0]; b++)
		fits = fits && value.shape[1] <= table.shape[0] - before[b];
	if (!fits)
		tape_stop(site, tape, "position_forward",
		        "%s and %s: expected at most %d steps of %d features",
		        var_text("x", x.x).text,
		        var_text("positions", position->weight).text, table.shape[0],
		        table.shape[1]);
}

Sequence position_after_at(
        Site site, const Position *position, Tape *tape, Sequence x, const int before[])
{
	sequence_check(site, tape, "position_forward", x);
	const Saved *saved = saved_new(tape->arena, x, before);
	validate(site, position, tape, x, saved->before);
	Tensor value = x.x->value, y = tensor_like(tape->arena, value);
	for (int b = 0; b < value.shape[0]; b++) {
		const real *x_b = sequence_step(value, b, 0);
		const real *p_b = rows_of(position->weight->value, saved, b);
		real *y_b = sequence_step(y, b, 0);
		size_t count = (size_t)x.lengths[b] * (size_t)value.shape[2];
		for (size_t i = 0; i < count; i++)
			y_b[i] = x_b[i] + p_b[i];
		sequence_clear_padding(y, b, x.lengths[b]);
	}
	Var *out = tape_push(
	        site, tape, &position_op, y, saved, INPUTS(x.x, position->weight));
	return (Sequence){ out, x.lengths };
}

Sequence position_forward_at(Site site, const Position *position, Tape *tape, Sequence x)
{
	return position_after_at(site, position, tape, x, NULL);
}
