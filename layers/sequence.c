/* B batch, T time, F features. */
#include "layers/sequence.h"

#include <string.h>

void sequence_check(Site site, const Tape *tape, const char *operation, Sequence s)
{
	var_require(site, tape, operation, "x", s.x);
	if (s.x->value.ndim != 3)
		tape_stop(site, tape, operation,
		        "%s: expected a sequence (batch, time, features)",
		        var_text("x", s.x).text);
	int T = s.x->value.shape[1];
	for (int b = 0; b < s.x->value.shape[0]; b++)
		if (s.lengths[b] < 1 || s.lengths[b] > T)
			tape_stop(site, tape, operation,
			        "%s: lengths[%d] is %d, expected 1 to %d",
			        var_text("x", s.x).text, b, s.lengths[b], T);
}

void sequence_clear_padding(Tensor x, int b, int length)
{
	size_t steps = (size_t)(x.shape[1] - length), F = (size_t)x.shape[2];
	memset(sequence_step(x, b, length), 0, steps * F * sizeof(real));
}

static bool sequence_is_full(Sequence s)
{
	int B = s.x->value.shape[0], T = s.x->value.shape[1];
	for (int b = 0; b < B; b++)
		if (s.lengths[b] < T)
			return false;
	return true;
}

static void mask_backward(const Node *node)
{
	const int *lengths = node->saved;
	Tensor dy = node->out->grad, dx = node->in[0]->grad;
	for (int b = 0; b < dx.shape[0]; b++) {
		const real *dy_b = sequence_step(dy, b, 0);
		real *dx_b = sequence_step(dx, b, 0);
		size_t valid = (size_t)lengths[b] * (size_t)dx.shape[2];
		for (size_t i = 0; i < valid; i++)
			dx_b[i] += dy_b[i];
	}
}

static const Op mask_op = { .name = "sequence_mask", .backward = mask_backward };

Sequence sequence_mask_at(Site site, Tape *tape, Sequence s)
{
	sequence_check(site, tape, "sequence_mask", s);
	if (sequence_is_full(s))
		return s;
	Tensor y = tensor_clone(tape->arena, s.x->value);
	for (int b = 0; b < y.shape[0]; b++)
		sequence_clear_padding(y, b, s.lengths[b]);
	s.x = tape_push(site, tape, &mask_op, y, s.lengths, INPUTS(s.x));
	return s;
}
