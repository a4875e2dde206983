/* The gradient of each input by itself, so that each is worth its points; then of an x that has another
 * user too; then with inputs that want none. Shapes and numbers follow the seed. */
#include "tutorials/checks.h"

#include "autograd/ops.h"

#include <math.h>

typedef struct Inputs {
	Arena *arena;
	Var *in[3]; /* x, gain, shift */
} Inputs;

static Inputs inputs(void)
{
	int seed = checks_seed();
	Arena *arena = arena_new("check");
	int rows = 3 + seed % 4, columns = 2 + seed % 3;
	return (Inputs){ .arena = arena,
		.in = { random_variable(arena, "x", seed, SHAPE(rows, columns)),
		        random_variable(arena, "gain", seed + 1, SHAPE(columns)),
		        random_variable(arena, "shift", seed + 2, SHAPE(columns)) } };
}

static Var *plain(Tape *tape, const void *context)
{
	Var *const *in = context;
	return CALL_OP(tape, "scale_and_shift", VAR(in[0]), VAR(in[1]), VAR(in[2]));
}

/* x has another user, which the walk meets first. */
static Var *shared(Tape *tape, const void *context)
{
	Var *const *in = context;
	Var *y = plain(tape, in);
	return op_add(tape, y, op_mul(tape, in[0], in[0]));
}

static void check_forward(const Inputs *i)
{
	Tape tape = tape_new(arena_child(i->arena, "forward"));
	const Tensor x = i->in[0]->value, found = plain(&tape, i->in)->value;
	Tensor expected = tensor_clone(i->arena, x);
	for (size_t e = 0; e < tensor_count(x); e++) {
		size_t j = e % (size_t)x.shape[1];
		expected.data[e] =
		        x.data[e] * i->in[1]->value.data[j] - i->in[2]->value.data[j];
	}
	harness_tensor_close(__FILE__, __LINE__, "y", found, expected, 1e-5, 1e-5);
}

static void check_one(int which)
{
	Inputs i = inputs();
	check_forward(&i);
	ASSERT_GRADIENT(plain, i.in, 1, &i.in[which]);
	arena_free(i.arena);
}

static Tensor gradient(const Inputs *i, int which)
{
	Tape tape = tape_new(arena_child(i->arena, "step"));
	tape_backward(&tape, op_sum(&tape, plain(&tape, i->in)));
	return i->in[which]->grad;
}

START_TEST(gradient_of_x)
{
	check_one(0);
}
END_TEST

/* For L = sum of y the gradient of gain(j) is the sum of column j of x; with the other factor taken,
 * rows times gain(j). */
START_TEST(gradient_of_gain)
{
	Inputs i = inputs();
	Tensor found = gradient(&i, 1);
	int swapped = 0, columns = i.in[1]->value.shape[0],
	    rows = i.in[0]->value.shape[0];
	for (int j = 0; j < columns; j++)
		swapped += fabs((double)(found.data[j] -
		                         (real)rows * i.in[1]->value.data[j])) < 1e-5;
	if (swapped == columns)
		MISTAKE("the factors are swapped. How fast y moves with gain is x, not "
		        "gain",
		        "gradient of gain: element 0 is %g, which is %d times gain "
		        "itself",
		        (double)found.data[0], rows);
	arena_free(i.arena);
	check_one(1);
}
END_TEST

START_TEST(gradient_of_shift)
{
	check_one(2);
}
END_TEST

/* Of x alone first: what is wrong there has its own name. */
START_TEST(x_with_another_user)
{
	check_one(0);
	Inputs i = inputs();
	ASSERT_GRADIENT(shared, i.in, 1, i.in);
	arena_free(i.arena);
}
END_TEST

/* The gradient of input k must be what it is when all want one. */
static void compare(Tensor found, Tensor expected, int k, int frozen)
{
	static const char *const names[] = { "x", "gain", "shift" };
	bool nothing = true;
	for (size_t e = 0; e < tensor_count(found); e++)
		nothing &= found.data[e] == 0;
	if (nothing)
		MISTAKE("nothing arrives here. Ask each input by itself whether it wants "
		        "a gradient",
		        "%s wants no gradient, and the gradient of %s is all 0",
		        names[frozen], names[k]);
	for (size_t e = 0; e < tensor_count(found); e++)
		ASSERT_CLOSE(found.data[e], expected.data[e], 1e-5, 1e-5);
}

START_TEST(inputs_without_gradient)
{
	for (int frozen = 0; frozen < 3; frozen++) {
		Inputs all = inputs(), some = inputs();
		some.in[frozen]->grad.data = NULL;
		for (int k = 0; k < 3; k++)
			if (k != frozen)
				compare(gradient(&some, k), gradient(&all, k), k, frozen);
		arena_free(all.arena);
		arena_free(some.arena);
	}
}
END_TEST

CHECKS({ gradient_of_x, 2, "the gradient of x" },
        { gradient_of_gain, 2, "the gradient of gain" },
        { gradient_of_shift, 2, "the gradient of shift" },
        { x_with_another_user, 2, "an x that has another user too" },
        { inputs_without_gradient, 2, "inputs that want no gradient" })
