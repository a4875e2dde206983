/* Exercise 2: the backward of y = x * gain - shift. 10 points.
 *
 * Each column j of x has a knob that stretches it and one that moves it:
 *
 *     y(i,j) = x(i,j) gain(j) - shift(j)          x, y (M,N)   gain, shift (N)
 *
 * The forward is written. Write the backward: node->out->grad holds dL/dy; add what follows from it
 * into the gradients of the three inputs. An input that wants no gradient has grad.data NULL.
 *
 *     make exercise CH=02      checks this file
 *     make hint CH=02          the next of three hints */
#include "tutorials/02-the-tape/exercise.h"

static void scale_and_shift_backward(const Node *node)
{
	const Var *x = node->in[0], *gain = node->in[1], *shift = node->in[2];
	const real *dy = node->out->grad.data; /* (M,N): dL/dy */
	const int rows = x->value.shape[0], columns = x->value.shape[1];
	(void)gain, (void)shift, (void)dy, (void)rows,
	        (void)columns; /* goes when you use them */

	/* BEGIN SOLUTION */
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++) {
			const int at = i * columns + j;
			if (x->grad.data)
				x->grad.data[at] += dy[at] * gain->value.data[j];
			if (gain->grad.data)
				gain->grad.data[j] += dy[at] * x->value.data[at];
			if (shift->grad.data)
				shift->grad.data[j] -= dy[at];
		}
	/* END SOLUTION */
}

Var *scale_and_shift(Tape *tape, Var *x, Var *gain, Var *shift)
{
	static const Op op = { .name = "scale_and_shift",
		.backward = scale_and_shift_backward };
	const int rows = x->value.shape[0], columns = x->value.shape[1];
	Var *y = tape_output(tape, x->value);
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++)
			y->value.data[i * columns + j] =
			        x->value.data[i * columns + j] * gain->value.data[j] -
			        shift->value.data[j];
	return tape_record(HERE, tape, &op, y, NULL, INPUTS(x, gain, shift));
}
