/* Ten points: a function of arrays, one of whole numbers, an operation on the tape. */
#include "tutorials/grader/checks.h"

#include <math.h>

enum { MOST = 40, BEFORE = 7 };

static int random_count(int seed)
{
	return 5 + seed % (MOST - 5);
}

static void check_line(int seed)
{
	Arena *arena = arena_new("check");
	const int count = random_count(seed);
	const real *x = random_constant(arena, "x", seed, SHAPE(count))->value.data;
	const real slope = (real)(2 + seed % 5), shift = (real)0.5;
	real y[MOST];
	for (int i = 0; i < count; i++)
		y[i] = BEFORE;
	CALL("line", WRITES(y, count), READS(x, count), INT(count), REAL(slope),
	        REAL(shift));
	for (int i = 0; i < count; i++) {
		double expected = (double)slope * (double)x[i] + (double)shift;
		if (fabs((double)y[i] - (expected - (double)shift)) < 1e-5)
			MISTAKE("the shift is not added", "y[%d] is %g, expected %g", i,
			        (double)y[i], expected);
		ASSERT_CLOSE(y[i], expected, 1e-5, 1e-5);
	}
	arena_free(arena);
}

START_TEST(line_of_some)
{
	check_line(checks_seed());
}
END_TEST

START_TEST(line_of_other_sizes)
{
	for (int seed = 1; seed < 5; seed++)
		check_line(checks_seed() + seed);
}
END_TEST

START_TEST(above_zero)
{
	Arena *arena = arena_new("check");
	const int count = random_count(checks_seed());
	const real *x =
	        random_constant(arena, "x", checks_seed(), SHAPE(count))->value.data;
	int above[1] = { BEFORE }, expected = 0;
	for (int i = 0; i < count; i++)
		expected += x[i] > 0;
	CALL("count_above", WRITES_INTS(above, 1), READS(x, count), INT(count));
	ck_assert_int_eq(above[0], expected);
	arena_free(arena);
}
END_TEST

typedef struct Inputs {
	Arena *arena;
	Var *in[2]; /* x (M,N), keep (M) */
} Inputs;

static Inputs inputs(void)
{
	const int seed = checks_seed(), rows = 2 + seed % 3, columns = 2 + seed % 4;
	Arena *arena = arena_new("check");
	return (Inputs){ .arena = arena,
		.in = { random_variable(arena, "x", seed, SHAPE(rows, columns)),
		        random_variable(arena, "keep", seed + 1, SHAPE(rows)) } };
}

static Var *faded(Tape *tape, const void *context)
{
	Var *const *in = context;
	return CALL_OP(tape, "fade", VAR(in[0]), VAR(in[1]));
}

START_TEST(fade_forward)
{
	Inputs i = inputs();
	Tape tape = tape_new(arena_child(i.arena, "step"));
	const Tensor x = i.in[0]->value, keep = i.in[1]->value;
	Tensor expected = tensor_clone(i.arena, x);
	for (size_t e = 0; e < tensor_count(x); e++)
		expected.data[e] *= keep.data[e / (size_t)x.shape[1]];
	Tensor found = faded(&tape, i.in)->value;
	ASSERT_TENSOR_CLOSE(found, expected, 1e-5, 1e-5);
	arena_free(i.arena);
}
END_TEST

START_TEST(fade_backward)
{
	Inputs i = inputs();
	ASSERT_GRADIENT(faded, i.in, 2, i.in);
	arena_free(i.arena);
}
END_TEST

CHECKS({ line_of_some, 1, "a line" }, { line_of_other_sizes, 2, "lines of other sizes" },
        { above_zero, 2, "how many are above 0" }, { fade_forward, 2, "fade" },
        { fade_backward, 3, "the gradient of fade" })
