/* y = max_i x_i along an axis: dx_i = dy for the first largest, else 0. */
#include "autograd/largest.h"
#include "tensor/largest.h"

typedef struct Largest {
	Axis axis;
	int *position; /* along the axis, for each element of y */
} Largest;

/* Where in the data of x the largest is that became y(o,k). */
static size_t winner(const Largest *largest, size_t o, size_t k)
{
	Axis axis = largest->axis;
	size_t i = (size_t)largest->position[o * axis.inner + k];
	return (o * axis.length + i) * axis.inner + k;
}

static void max_axis_backward(const Node *node)
{
	const Largest *largest = node->saved;
	Axis axis = largest->axis;
	real *dx = node->in[0]->grad.data;
	const real *dy = node->out->grad.data;
	for (size_t o = 0; o < axis.outer; o++)
		for (size_t k = 0; k < axis.inner; k++)
			dx[winner(largest, o, k)] += dy[o * axis.inner + k];
}

static const Op max_axis_op = { .name = "op_max_axis", .backward = max_axis_backward };

Var *op_max_axis_at(Site site, Tape *tape, Var *x, int index)
{
	Axis axis = var_axis(site, tape, "op_max_axis", x, index);
	if (!axis.length)
		tape_stop(site, tape, "op_max_axis", "axis %d of %s has no elements",
		        axis.index, var_text("x", x).text);
	Tensor y = tensor_like(tape->arena, tensor_drop_axis(x->value, axis));
	Largest *largest = arena_alloc(tape->arena, sizeof *largest);
	*largest = (Largest){ .axis = axis };
	largest->position = ARENA_ARRAY(tape->arena, int, tensor_count(y));
	tensor_argmax_axis_at(site, largest->position, x->value, index);
	tensor_max_axis_at(site, y, x->value, index);
	return tape_push(site, tape, &max_axis_op, y, largest, INPUTS(x));
}
