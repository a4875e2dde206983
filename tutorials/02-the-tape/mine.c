/* wrap: op_mul_at op_add_at */
/* Where broadcasting repeats b along neighbouring axes of a, a b is y = x gain + shift with
 * shift = 0, and a + b is the same with gain = 1; so the student's function does both, and
 * its backward theirs. The rest is the library's. */
#include "autograd/ops.h"
#include "tutorials/02-the-tape/exercise.h"
#include "tutorials/lesson/mine.h"

#include <math.h>
#include <string.h>

Var *__real_op_mul_at(Site site, Tape *tape, Var *a, Var *b);
Var *__wrap_op_mul_at(Site site, Tape *tape, Var *a, Var *b);
Var *__real_op_add_at(Site site, Tape *tape, Var *a, Var *b);
Var *__wrap_op_add_at(Site site, Tape *tape, Var *a, Var *b);

/* a is `blocks` matrices (rows,columns), one after the other. b has a row of `columns`
 * numbers for each of them. blocks 0: it is not so. */
typedef struct Shape {
	int blocks, rows, columns;
} Shape;

/* From the last axis to the first: axes that both have, then axes that b lacks or that
 * are 1 there, then again axes that both have. */
static Shape shape_of(Tensor a, Tensor b)
{
	Shape shape = { 1, 1, 1 }, none = { 0, 0, 0 };
	if (b.ndim > a.ndim || tensor_count(a) == 0)
		return none;
	for (int d = a.ndim - 1; d >= 0; d--) {
		int of_b = d - (a.ndim - b.ndim);
		bool same = of_b >= 0 && b.shape[of_b] == a.shape[d];
		if (!same && of_b >= 0 && b.shape[of_b] != 1)
			return none;
		if (a.shape[d] == 1)
			continue;
		if (!same && shape.blocks == 1)
			shape.rows *= a.shape[d];
		else if (same && shape.rows == 1)
			shape.columns *= a.shape[d];
		else if (same)
			shape.blocks *= a.shape[d];
		else
			return none;
	}
	return shape;
}

typedef struct Saved {
	Shape shape;
	real *ones;                  /* the gain of a + b; NULL: the gain is b */
	real *unused_x, *unused_row; /* for gradients that nobody asks for */
	bool twice;                  /* a and b are one */
} Saved;

static real *numbers(Tape *tape, int count, real value)
{
	return tensor_full(tape->arena, value, SHAPE(count)).data;
}

/* --- compared with the library's ---------------------------------------------------- */

static void wrong(Site site, const char *what, int i, int j, real found, double expected)
{
	error_stop(site, "MINE=1",
	        "your %s(%d,%d) is %.6g, expected %.6g. make exercise CH=02 says why.",
	        what, i, j, (double)found, expected);
}

static void check_forward(Site site, const real *y, const real *x, const real *gain,
        const real *shift, int rows, int columns)
{
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++) {
			int e = i * columns + j;
			double product = (double)x[e] * (double)gain[j];
			double expected = product + (double)shift[j];
			if (!mine_near((double)y[e], expected,
			            fabs(product) + fabs((double)shift[j])))
				wrong(site, "y", i, j, y[e], expected);
		}
}

typedef struct Backward {
	real *d_x, *d_gain, *d_shift;
	const real *d_y, *x, *gain;
	int rows, columns;
} Backward;

/* What the gradients are, after what they held before. */
static void check_backward(Site site, const Backward *b, const real *before_x,
        const real *before_gain, const real *before_shift)
{
	for (int j = 0; j < b->columns; j++) {
		double sum = (double)before_gain[j], shares = (double)before_shift[j];
		double size = fabs(sum), shares_size = fabs(shares);
		for (int i = 0; i < b->rows; i++) {
			int e = i * b->columns + j;
			double d_y = (double)b->d_y[e], share = d_y * (double)b->x[e];
			double d_x = (double)before_x[e] + d_y * (double)b->gain[j];
			sum += share;
			size += fabs(share);
			shares += d_y;
			shares_size += fabs(d_y);
			if (!mine_near((double)b->d_x[e], d_x,
			            fabs((double)before_x[e]) + fabs(d_x)))
				wrong(site, "gradient of x", i, j, b->d_x[e], d_x);
		}
		if (!mine_near((double)b->d_gain[j], sum, size))
			wrong(site, "gradient of gain", 0, j, b->d_gain[j], sum);
		if (!mine_near((double)b->d_shift[j], shares, shares_size))
			wrong(site, "gradient of shift", 0, j, b->d_shift[j], shares);
	}
}

static const real *copy(Arena *arena, const real *from, int count)
{
	return arena_copy(arena, from, (size_t)count * sizeof(real));
}

static void matrix_backward(Site site, const Backward *b)
{
	if (!mine_check()) {
		gain_backward(b->d_x, b->d_gain, b->d_shift, b->d_y, b->x, b->gain,
		        b->rows, b->columns);
		return;
	}
	Arena *arena = arena_new("mine");
	const real *d_x = copy(arena, b->d_x, b->rows * b->columns);
	const real *d_gain = copy(arena, b->d_gain, b->columns);
	const real *d_shift = copy(arena, b->d_shift, b->columns);
	gain_backward(b->d_x, b->d_gain, b->d_shift, b->d_y, b->x, b->gain, b->rows,
	        b->columns);
	check_backward(site, b, d_x, d_gain, d_shift);
	arena_free(arena);
}

/* --- the operations ----------------------------------------------------------------- */

static void backward(const Node *node)
{
	const Saved *saved = node->saved;
	Var *a = node->in[0], *b = node->in[1];
	const Shape s = saved->shape;
	for (int block = 0; block < s.blocks; block++) {
		const int first = block * s.rows * s.columns, row = block * s.columns;
		real *d_b = saved->twice || !b->grad.data ? NULL : b->grad.data + row;
		memset(saved->unused_row, 0, (size_t)(2 * s.columns) * sizeof(real));
		real *unused = saved->unused_row + s.columns, *own = saved->unused_row;
		if (d_b)
			own = d_b;
		matrix_backward(node->site,
		        &(Backward){ .d_x = a->grad.data ? a->grad.data + first
		                                         : saved->unused_x + first,
		                .d_gain = saved->ones ? unused : own,
		                .d_shift = saved->ones ? own : unused,
		                .d_y = node->out->grad.data + first,
		                .x = a->value.data + first,
		                .gain = saved->ones ? saved->ones : b->value.data + row,
		                .rows = s.rows,
		                .columns = s.columns });
		for (int j = 0; saved->twice && a->grad.data && j < s.columns; j++)
			a->grad.data[first + j] += own[j];
	}
}

static const Op mul_op = { .name = "op_mul", .backward = backward };
static const Op add_op = { .name = "op_add", .backward = backward };

static Var *forward(Site site, Tape *tape, const Op *op, Var *a, Var *b, Shape s)
{
	Saved saved = { .shape = s, .twice = a == b };
	Var *y = tape_output(tape, a->value);
	real *zeros = op == &mul_op ? numbers(tape, s.columns, 0) : NULL;
	if (op == &add_op)
		saved.ones = numbers(tape, s.columns, 1);
	if (tape_wants(tape, INPUTS(a, b))) {
		if (!var_wants(a))
			saved.unused_x = numbers(tape, s.blocks * s.rows * s.columns, 0);
		saved.unused_row = numbers(tape, 2 * s.columns, 0);
	}
	for (int block = 0; block < s.blocks; block++) {
		const int first = block * s.rows * s.columns, row = block * s.columns;
		real *out = y->value.data + first;
		const real *x = a->value.data + first, *own = b->value.data + row;
		const real *gain = zeros ? own : saved.ones, *shift = zeros ? zeros : own;
		gain_forward(out, x, gain, shift, s.rows, s.columns);
		if (mine_check())
			check_forward(site, out, x, gain, shift, s.rows, s.columns);
	}
	return tape_record(site, tape, op, y,
	        arena_copy(tape->arena, &saved, sizeof saved), INPUTS(a, b));
}

Var *__wrap_op_mul_at(Site site, Tape *tape, Var *a, Var *b)
{
	if (a && b && shape_of(a->value, b->value).blocks)
		return forward(site, tape, &mul_op, a, b, shape_of(a->value, b->value));
	if (a && b && shape_of(b->value, a->value).blocks)
		return forward(site, tape, &mul_op, b, a, shape_of(b->value, a->value));
	return __real_op_mul_at(site, tape, a, b);
}

Var *__wrap_op_add_at(Site site, Tape *tape, Var *a, Var *b)
{
	if (a && b && shape_of(a->value, b->value).blocks)
		return forward(site, tape, &add_op, a, b, shape_of(a->value, b->value));
	if (a && b && shape_of(b->value, a->value).blocks)
		return forward(site, tape, &add_op, b, a, shape_of(b->value, a->value));
	return __real_op_add_at(site, tape, a, b);
}
