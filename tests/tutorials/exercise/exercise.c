/* The exercise that the grader is tested with, solved. */
#include "tests/tutorials/exercise/exercise.h"

void line(real *y, const real *x, int count, real slope, real shift)
{
	for (int i = 0; i < count; i++)
		y[i] = slope * x[i] + shift;
}

void count_above(int *above, const real *x, int count)
{
	above[0] = 0;
	for (int i = 0; i < count; i++)
		above[0] += x[i] > 0;
}

static void scale_backward(const Node *node)
{
	const Var *x = node->in[0], *gain = node->in[1];
	const real *dy = node->out->grad.data;
	const int rows = x->value.shape[0], columns = x->value.shape[1];
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++) {
			const int at = i * columns + j;
			if (x->grad.data)
				x->grad.data[at] += dy[at] * gain->value.data[j];
			if (gain->grad.data)
				gain->grad.data[j] += dy[at] * x->value.data[at];
		}
}

Var *scale(Tape *tape, Var *x, Var *gain)
{
	static const Op op = { "scale", scale_backward };
	const int rows = x->value.shape[0], columns = x->value.shape[1];
	Var *y = tape_output(tape, x->value);
	for (int i = 0; i < rows * columns; i++)
		y->value.data[i] = x->value.data[i] * gain->value.data[i % columns];
	return tape_record(HERE, tape, &op, y, NULL, INPUTS(x, gain));
}
