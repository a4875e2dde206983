/* Operations that move numbers and compute nothing. Each output number is one input
 * number, so the gradient takes the same way back:
 *
 *     reshape   y_i = x_i                          dx_i += dy_i
 *     slice     y_i = x_(begin+i)                  dx_(begin+i) += dy_i, the rest stays as it is
 *     concat    y = x_0, x_1, ... one by one       each takes its own part of dy
 *
 * Along an axis a tensor is rows of `inner` numbers, `outer` times over (axis.h). What
 * slice and concat move is then a band: some of the rows of every `outer` block,
 * contiguous within it. */
#include "autograd/ops.h"

#include <limits.h>
#include <string.h>

/* to += from, `count` bands of `width` numbers, each `step` numbers after the one
 * before it. */
static void add_bands(real *to, size_t to_step, const real *from, size_t from_step,
        size_t count, size_t width)
{
	for (size_t o = 0; o < count; o++) {
		real *restrict to_o = to + o * to_step;
		const real *restrict from_o = from + o * from_step;
		for (size_t i = 0; i < width; i++)
			to_o[i] += from_o[i];
	}
}

static void copy_bands(real *to, size_t to_step, const real *from, size_t from_step,
        size_t count, size_t width)
{
	for (size_t o = 0; o < count; o++)
		memcpy(to + o * to_step, from + o * from_step, width * sizeof(real));
}

/* --- reshape --- */

static void reshape_backward(const Node *node)
{
	Tensor dx = node->in[0]->grad, dy = node->out->grad;
	add_bands(dx.data, 0, dy.data, 0, 1, tensor_count(dx));
}

static const Op reshape_op = { .name = "op_reshape", .backward = reshape_backward };

Var *op_reshape_at(Site site, Tape *tape, Var *x, int ndim, const int shape[])
{
	Tensor y;
	Error why;
	var_require(site, tape, "op_reshape", "x", x);
	if (!tensor_find_reshape(&y, x->value, ndim, shape, &why))
		tape_stop(site, tape, "op_reshape", "%s: %s", var_text("x", x).text,
		        why.text);
	return tape_push(site, tape, &reshape_op, y, NULL, INPUTS(x));
}

/* --- slice --- */

typedef struct Slice {
	size_t begin; /* numbers before the band in each block of x */
	size_t count, width;
} Slice;

static void slice_backward(const Node *node)
{
	const Slice *s = node->saved;
	Tensor dx = node->in[0]->grad, dy = node->out->grad;
	if (s->count)
		add_bands(dx.data + s->begin, tensor_count(dx) / s->count, dy.data,
		        s->width, s->count, s->width);
}

static const Op slice_op = { .name = "op_slice", .backward = slice_backward };

Var *op_slice_at(Site site, Tape *tape, Var *x, int axis, int begin, int end)
{
	Axis a = var_axis(site, tape, "op_slice", x, axis);
	if (begin < 0 || end < begin || (size_t)end > a.length)
		tape_stop(site, tape, "op_slice",
		        "%d to %d along axis %d of %s: expected 0 <= begin <= end <= %zu",
		        begin, end, axis, var_text("x", x).text, a.length);
	Slice *s = arena_alloc(tape->arena, sizeof *s);
	*s = (Slice){
		.begin = (size_t)begin * a.inner,
		.count = a.outer,
		.width = (size_t)(end - begin) * a.inner,
	};
	Tensor y = x->value;
	y.shape[a.index] = end - begin;
	if (a.outer == 1) {
		y.data += s->begin; /* one band: no need to move it */
	} else {
		y = tensor_like(tape->arena, y);
		copy_bands(y.data, s->width, x->value.data + s->begin, a.length * a.inner,
		        a.outer, s->width);
	}
	return tape_push(site, tape, &slice_op, y, s, INPUTS(x));
}

/* --- concat --- */

static void concat_backward(const Node *node)
{
	const Axis *a = node->saved;
	size_t step = a->length * a->inner, begin = 0;
	for (int i = 0; i < node->inputs; i++) {
		Var *x = node->in[i];
		size_t width = (size_t)x->value.shape[a->index] * a->inner;
		if (x->grad.data)
			add_bands(x->grad.data, width, node->out->grad.data + begin, step,
			        a->outer, width);
		begin += width;
	}
}

static const Op concat_op = { .name = "op_concat", .backward = concat_backward };

/* All shapes are equal but along the axis, whose lengths are summed. */
static Tensor concat_shape(
        Site site, const Tape *tape, int axis, int count, Var *const x[])
{
	Tensor y = x[0]->value;
	for (int i = 1; i < count; i++) {
		char role[24];
		snprintf(role, sizeof role, "x[%d]", i);
		var_require(site, tape, "op_concat", role, x[i]);
		Tensor other = x[i]->value;
		bool same = other.ndim == y.ndim;
		for (int d = 0; same && d < y.ndim; d++)
			same = d == axis || other.shape[d] == y.shape[d];
		if (!same)
			tape_stop(site, tape, "op_concat",
			        "%s and %s along axis %d: expected equal shapes but for that axis",
			        var_text("x[0]", x[0]).text, var_text(role, x[i]).text,
			        axis);
		if (other.shape[axis] > INT_MAX - y.shape[axis])
			tape_stop(site, tape, "op_concat",
			        "axis %d would be longer than %d", axis, INT_MAX);
		y.shape[axis] += other.shape[axis];
	}
	return y;
}

Var *op_concat_at(Site site, Tape *tape, int axis, int count, Var *const x[])
{
	if (count < 1)
		tape_stop(
		        site, tape, "op_concat", "%d inputs: expected at least 1", count);
	var_require(site, tape, "op_concat", "x[0]", x[0]);
	Axis *a = arena_alloc(tape->arena, sizeof *a);
	*a = var_axis(site, tape, "op_concat", x[0], axis);
	Tensor y = concat_shape(site, tape, a->index, count, x);
	y = tensor_new_at(site, tape->arena, y.ndim, y.shape);
	a->length = (size_t)y.shape[a->index];
	size_t step = a->length * a->inner, begin = 0;
	for (int i = 0; i < count; i++) {
		size_t width = (size_t)x[i]->value.shape[a->index] * a->inner;
		copy_bands(
		        y.data + begin, step, x[i]->value.data, width, a->outer, width);
		begin += width;
	}
	return tape_push(site, tape, &concat_op, y, a, count, x);
}
