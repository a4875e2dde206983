/* B batch, T time, F features. */
#include "layers/sequence.h"

#include <string.h>

void sequence_check(Site site, const Tape *tape, const char *operation, Sequence s)
{
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

static void mask_backward(const Node *node)
{
	Var *x = node->in[0];
	const int *lengths = node->saved;
	int B = x->value.shape[0];
	size_t T = (size_t)x->value.shape[1], F = (size_t)x->value.shape[2];
	for (int b = 0; b < B; b++) {
		const real *dy = node->out->grad.data + (size_t)b * T * F;
		real *dx = x->grad.data + (size_t)b * T * F;
		for (size_t i = 0; i < (size_t)lengths[b] * F; i++)
			dx[i] += dy[i];
	}
}

static const Op mask_op = { "sequence_mask", mask_backward };

Sequence(sequence_mask)(Site site, Tape *tape, Sequence s)
{
	sequence_check(site, tape, "sequence_mask", s);
	Tensor y = tensor_clone(tape->arena, s.x->value);
	int B = y.shape[0];
	size_t T = (size_t)y.shape[1], F = (size_t)y.shape[2];
	for (int b = 0; b < B; b++) {
		size_t filled = (size_t)s.lengths[b];
		real *padding = y.data + ((size_t)b * T + filled) * F;
		memset(padding, 0, (T - filled) * F * sizeof(real));
	}
	s.x = tape_push(site, tape, &mask_op, y, s.lengths, INPUTS(s.x));
	return s;
}
