/* Results of more than INT_MAX elements are refused by their shape alone: the inputs here
 * have no memory behind them, or too little, so that whoever multiplied first would
 * crash. */
#include "autograd/ops.h"
#include "layers/align.h"
#include "layers/conv1d.h"
#include "layers/embedding.h"
#include "layers/linear.h"
#include "layers/lstm.h"
#include "tests/support/harness.h"

#include <limits.h>

enum { MANY = 1 << 16 }; /* its square does not fit in an int, nor in 32 bits */

#define TOO_LARGE "has more than 2147483647 elements"

static Arena *arena;
static Tape tape;
static Params params;
static Rng rng;

static void setup(void)
{
	arena = arena_new("test");
	tape = tape_new(arena);
	params = params_new(arena);
	rng = rng_new(1);
}

/* A shape without memory. */
static Var *hollow(int ndim, const int shape[])
{
	return tape_constant(&tape, tensor_view(NULL, ndim, shape), "hollow");
}

START_TEST(sizes_of_operations_are_refused)
{
	setup();
	Var *column = hollow(SHAPE(MANY, 1)), *row = hollow(SHAPE(1, MANY));
	ASSERT_STOPS(TOO_LARGE, op_matmul(&tape, column, row));
	ASSERT_STOPS(
	        "would have more than 2147483647 elements", op_add(&tape, column, row));
	ASSERT_STOPS("do not fill (65536,65536)",
	        op_reshape(&tape, column, SHAPE(MANY, MANY)));
	Var *half = hollow(SHAPE(MANY, 20000));
	ASSERT_STOPS(TOO_LARGE, op_concat(&tape, 1, INPUTS(half, half)));
	Var *longest = hollow(SHAPE(INT_MAX)), *one = hollow(SHAPE(1));
	ASSERT_STOPS("axis 0 would be longer than 2147483647",
	        op_concat(&tape, 0, INPUTS(longest, one)));
	arena_free(arena);
}
END_TEST

START_TEST(sizes_of_layers_are_refused)
{
	setup();
	ASSERT_STOPS(TOO_LARGE, linear_new(&params, "a", MANY, MANY, &rng));
	ASSERT_STOPS(TOO_LARGE, embedding_new(&params, "b", MANY, MANY, 0, &rng));
	Conv1dOptions wide = { .kernel = MANY };
	ASSERT_STOPS(TOO_LARGE, conv1d_new(&params, "c", MANY, 1, wide, &rng));
	ASSERT_STOPS(TOO_LARGE, lstm_new(&params, "d", 1, MANY, LSTM_BOTH, &rng));
	ASSERT_STOPS("at most 536870911",
	        lstm_new(&params, "e", 1, INT_MAX / 2, LSTM_BOTH, &rng));
	arena_free(arena);
}
END_TEST

/* Small layers, long inputs. */
START_TEST(sizes_of_sequences_are_refused)
{
	setup();
	static const int one = 1, id = 0, span[2] = { 0, 1 };
	Linear linear = linear_new(&params, "a", 1, MANY, &rng);
	ASSERT_STOPS(TOO_LARGE, linear_forward(&linear, &tape, hollow(SHAPE(MANY, 1))));

	Embedding embedding = embedding_new(&params, "b", 1, MANY, 0, &rng);
	ASSERT_STOPS(TOO_LARGE, embedding_forward(&embedding, &tape, &id, 1, MANY, &one));

	Conv1d conv =
	        conv1d_new(&params, "c", 1, MANY, ((Conv1dOptions){ .kernel = 1 }), &rng);
	Sequence x = { hollow(SHAPE(1, MANY, 1)), &one };
	ASSERT_STOPS(TOO_LARGE, conv1d_forward(&conv, &tape, x));

	Lstm lstm = lstm_new(&params, "d", 1, 64, LSTM_BOTH, &rng);
	Sequence longer = { hollow(SHAPE(1, 1 << 25, 1)), &one };
	ASSERT_STOPS(TOO_LARGE, lstm_forward(&lstm, &tape, longer));

	Sequence wide = { hollow(SHAPE(1, 1, MANY)), &one };
	ASSERT_STOPS(TOO_LARGE, align_mean(&tape, wide, span, x));
	arena_free(arena);
}
END_TEST

TEST_MAIN("sizes", sizes_of_operations_are_refused, sizes_of_layers_are_refused,
        sizes_of_sequences_are_refused)
