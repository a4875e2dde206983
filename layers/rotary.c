/* For the pair (a,b) number i of a head, at position p, with the angle w = p theta^(-2i/d):
 *
 *     a' = a cos w - b sin w         b' = a sin w + b cos w
 *
 * a rotation R(w). R(w)' R(v) = R(v - w): the product of a query at position p and a key
 * at position q depends on q - p alone. Slow pairs tell far from near, fast ones tell
 * neighbours apart, as in position.h.
 *
 * Gradient. R is orthogonal: dx = R' dy, the rotation back. */
#include "layers/rotary.h"
#include "tensor/elementary.h"

Rotary rotary_new_at(Site site, Arena *arena, int width, int longest, double theta,
        RotaryLayout layout)
{
	if (width < 2 || width % 2 || longest < 1 || !(theta > 0))
		error_stop(site, "rotary_new",
		        "heads of %d, %d positions, theta %g: expected an even width, at least 1 position and theta above 0",
		        width, longest, theta);
	size_t half = (size_t)width / 2, count = (size_t)longest * half;
	Rotary rotary = { layout, width, longest, NULL, NULL };
	rotary.cosine = ARENA_ARRAY(arena, real, count);
	rotary.sine = ARENA_ARRAY(arena, real, count);
	for (size_t i = 0; i < half; i++) {
		double speed = double_pow(theta, -2.0 * (double)i / width);
		for (size_t p = 0; p < (size_t)longest; p++) {
			double angle = speed * (double)p;
			rotary.cosine[p * half + i] = (real)double_cos(angle);
			rotary.sine[p * half + i] = (real)double_sin(angle);
		}
	}
	return rotary;
}

typedef struct Saved {
	Rotary rotary;
	const int *lengths, *before; /* (B) */
} Saved;

/* to += x turned, all heads of one step; `way` 1: forth, -1: back. */
static void turn(real *to, const real *x, int columns, const Rotary *rotary, int position,
        real way)
{
	int half = rotary->width / 2;
	int next = rotary->layout == ROTARY_HALVES ? 1 : 2; /* pair */
	int other = rotary->layout == ROTARY_HALVES ? half : 1;
	const real *cosine = rotary->cosine + (size_t)position * (size_t)half;
	const real *sine = rotary->sine + (size_t)position * (size_t)half;
	for (int head = 0; head < columns; head += rotary->width)
		for (int i = 0; i < half; i++) {
			int a = head + i * next, b = a + other;
			real s = way * sine[i];
			to[a] += x[a] * cosine[i] - x[b] * s;
			to[b] += x[a] * s + x[b] * cosine[i];
		}
}

/* to += x (B,T,W), turned. */
static void turn_all(Tensor to, Tensor x, const Saved *saved, real way)
{
	for (int b = 0; b < x.shape[0]; b++)
		for (int t = 0; t < saved->lengths[b]; t++)
			turn(sequence_step(to, b, t), sequence_step(x, b, t), x.shape[2],
			        &saved->rotary, saved->before[b] + t, way);
}

static void rotary_backward(const Node *node)
{
	turn_all(node->in[0]->grad, node->out->grad, node->saved, -1);
}

static const Op rotary_op = { .name = "rotary_forward", .backward = rotary_backward };

static void validate(
        Site site, const Rotary *rotary, const Tape *tape, Sequence x, const int before[])
{
	sequence_check(site, tape, "rotary_forward", x);
	const int *shape = x.x->value.shape;
	if (shape[2] % rotary->width != 0)
		tape_stop(site, tape, "rotary_forward",
		        "%s: expected whole heads of %d numbers", var_text("x", x.x).text,
		        rotary->width);
	for (int b = 0; b < shape[0]; b++)
		if (x.lengths[b] > rotary->longest - before[b])
			tape_stop(site, tape, "rotary_forward",
			        "%s: %d steps after %d of utterance %d, but there are positions for %d in all",
			        var_text("x", x.x).text, x.lengths[b], before[b], b,
			        rotary->longest);
}

Sequence rotary_forward_at(
        Site site, const Rotary *rotary, Tape *tape, Sequence x, const int before[])
{
	var_require(site, tape, "rotary_forward", "x", x.x);
	size_t B = x.x->value.ndim ? (size_t)x.x->value.shape[0] : 0;
	int *own = ARENA_ARRAY(tape->arena, int, B); /* `before` moves on */
	for (size_t b = 0; b < B; b++)
		own[b] = before ? before[b] : 0;
	validate(site, rotary, tape, x, own);
	Tensor value = x.x->value;
	Tensor y = tensor_zeros_at(site, tape->arena, value.ndim, value.shape);
	Saved saved = { *rotary, x.lengths, own };
	turn_all(y, value, &saved, 1);
	const Saved *copy = arena_copy(tape->arena, &saved, sizeof saved);
	Var *out = tape_push(site, tape, &rotary_op, y, copy, INPUTS(x.x));
	return (Sequence){ out, x.lengths };
}
