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

static void fade_backward(const Node *node)
{
	const Var *x = node->in[0], *keep = node->in[1];
	const real *dy = node->out->grad.data;
	const int rows = x->value.shape[0], columns = x->value.shape[1];
	for (int e = 0; e < rows * columns; e++) {
		if (x->grad.data)
			x->grad.data[e] += dy[e] * keep->value.data[e / columns];
		if (keep->grad.data)
			keep->grad.data[e / columns] += dy[e] * x->value.data[e];
	}
}

Var *fade(Tape *tape, Var *x, Var *keep)
{
	static const Op op = { .name = "fade", .backward = fade_backward };
	const int rows = x->value.shape[0], columns = x->value.shape[1];
	Var *y = tape_output(tape, x->value);
	for (int e = 0; e < rows * columns; e++)
		y->value.data[e] = x->value.data[e] * keep->value.data[e / columns];
	return tape_record(HERE, tape, &op, y, NULL, INPUTS(x, keep));
}
