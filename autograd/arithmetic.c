/* + - * / with broadcasting:
 *
 *     y = a + b      da = dy           db = dy
 *     y = a - b      da = dy           db = -dy
 *     y = a b        da = dy b         db = dy a
 *     y = a / b      da = dy / b       db = -dy a / b^2 = -dy y / b
 *     y = c a        da = c dy                               c a constant
 *
 * A number that broadcasting repeats reaches the loss through each of its copies, so its
 * gradient is the sum over them: the formulas above give an array of the shape of y, and
 * give() sums it to the shape of the input. That array needs memory, which a forward that
 * repeats anything sets aside for its backward. Where the shapes are equal, a backward
 * is one loop and needs none. */
#include "autograd/ops.h"
#include "tensor/elementwise.h"

/* What an operation computes, with broadcasting: tensor/elementwise.h. */
typedef void Kernel(Site site, Tensor out, Tensor a, Tensor b);

static Var *binary(Site site, Tape *tape, const Op *op, Kernel *kernel, Var *a, Var *b)
{
	var_require(site, tape, op->name, "a", a);
	var_require(site, tape, op->name, "b", b);
	Tensor shape = a->value, scratch = { .data = NULL };
	Error why;
	if (!tensor_same_shape(a->value, b->value)) {
		if (!tensor_broadcast(&shape, a->value, b->value, &why))
			tape_stop(site, tape, op->name, "%s and %s: %s",
			        var_text("a", a).text, var_text("b", b).text, why.text);
		if (tape_wants(tape, INPUTS(a, b)))
			scratch = tensor_like(tape->arena, shape);
	}
	Var *y = tape_output(tape, shape);
	kernel(site, y->value, a->value, b->value);
	return tape_record(site, tape, op, y, scratch.data, INPUTS(a, b));
}

/* Where the forward repeated something: an array of the shape of y to work in. */
static Tensor scratch_of(const Node *node)
{
	Tensor scratch = node->out->value;
	scratch.data = (real *)node->saved;
	return scratch;
}

/* dx += part, summed over all that was repeated of x. */
static void give(Var *x, Tensor part)
{
	if (x->grad.data)
		tensor_sum_to(x->grad, part);
}

/* --- add --- */

static void add_backward(const Node *node)
{
	give(node->in[0], node->out->grad);
	give(node->in[1], node->out->grad);
}

static const Op add_op = { .name = "op_add", .backward = add_backward };

Var *op_add_at(Site site, Tape *tape, Var *a, Var *b)
{
	return binary(site, tape, &add_op, tensor_add_at, a, b);
}

/* --- sub --- */

static void sub_backward(const Node *node)
{
	Var *a = node->in[0], *b = node->in[1];
	Tensor dy = node->out->grad;
	size_t count = tensor_count(dy);
	give(a, dy);
	if (!b->grad.data)
		return;
	if (!node->saved) {
		for (size_t i = 0; i < count; i++)
			b->grad.data[i] -= dy.data[i];
		return;
	}
	Tensor part = scratch_of(node);
	for (size_t i = 0; i < count; i++)
		part.data[i] = -dy.data[i];
	give(b, part);
}

static const Op sub_op = { .name = "op_sub", .backward = sub_backward };

Var *op_sub_at(Site site, Tape *tape, Var *a, Var *b)
{
	return binary(site, tape, &sub_op, tensor_sub_at, a, b);
}

/* --- mul --- */

/* dx += dy other */
static void give_product(Var *x, Tensor dy, Tensor other, Tensor scratch)
{
	if (!x->grad.data)
		return;
	if (scratch.data) {
		tensor_mul(scratch, dy, other);
		give(x, scratch);
		return;
	}
	real *restrict dx = x->grad.data;
	size_t count = tensor_count(dy);
	for (size_t i = 0; i < count; i++)
		dx[i] += dy.data[i] * other.data[i];
}

static void mul_backward(const Node *node)
{
	Var *a = node->in[0], *b = node->in[1];
	give_product(a, node->out->grad, b->value, scratch_of(node));
	give_product(b, node->out->grad, a->value, scratch_of(node));
}

static const Op mul_op = { .name = "op_mul", .backward = mul_backward };

Var *op_mul_at(Site site, Tape *tape, Var *a, Var *b)
{
	return binary(site, tape, &mul_op, tensor_mul_at, a, b);
}

/* --- div --- */

static void div_backward(const Node *node)
{
	Var *a = node->in[0], *b = node->in[1];
	Tensor y = node->out->value, dy = node->out->grad, part = scratch_of(node);
	size_t count = tensor_count(y);
	if (!node->saved) {
		for (size_t i = 0; a->grad.data && i < count; i++)
			a->grad.data[i] += dy.data[i] / b->value.data[i];
		for (size_t i = 0; b->grad.data && i < count; i++)
			b->grad.data[i] -= dy.data[i] / b->value.data[i] * y.data[i];
		return;
	}
	tensor_div(part, dy, b->value);
	give(a, part);
	for (size_t i = 0; i < count; i++)
		part.data[i] *= -y.data[i];
	give(b, part);
}

static const Op div_op = { .name = "op_div", .backward = div_backward };

Var *op_div_at(Site site, Tape *tape, Var *a, Var *b)
{
	return binary(site, tape, &div_op, tensor_div_at, a, b);
}

/* --- scale --- */

static void scale_backward(const Node *node)
{
	const real *factor = node->saved;
	real *restrict dx = node->in[0]->grad.data;
	Tensor dy = node->out->grad;
	size_t count = tensor_count(dy);
	for (size_t i = 0; i < count; i++)
		dx[i] += *factor * dy.data[i];
}

static const Op scale_op = { .name = "op_scale", .backward = scale_backward };

Var *op_scale_at(Site site, Tape *tape, Var *x, real factor)
{
	var_require(site, tape, "op_scale", "x", x);
	Var *y = tape_output(tape, x->value);
	size_t count = tensor_count(x->value);
	for (size_t i = 0; i < count; i++)
		y->value.data[i] = factor * x->value.data[i];
	const real *saved = arena_copy(tape->arena, &factor, sizeof factor);
	return tape_record(site, tape, &scale_op, y, saved, INPUTS(x));
}
