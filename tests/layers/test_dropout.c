#include "layers/dropout.h"
#include "tests/support/gradient.h"

/* in: x; the same numbers are dropped each time */
static Var *dropped(Tape *tape, const void *context)
{
	Var *const *in = context;
	Rng rng = rng_new(3);
	return dropout_forward(tape, in[0], (real)0.4, &rng);
}

START_TEST(dropout_keeps_its_part_and_the_mean)
{
	enum { N = 100000 };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng rng = rng_new(1);
	Var *x = tape_constant(&tape, tensor_full(arena, 3, SHAPE(N)), "x");
	Tensor y = dropout_forward(&tape, x, (real)0.25, &rng)->value;
	int zeros = 0;
	for (int i = 0; i < N; i++) {
		zeros += y.data[i] < 1;
		ASSERT_CLOSE(y.data[i] < 1 ? 4 : y.data[i], 4, 1e-6, 0);
	}
	ASSERT_CLOSE(zeros, N / 4, 600, 0);
	arena_free(arena);
}
END_TEST

START_TEST(dropout_without_rng_or_rate_is_x_itself)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng rng = rng_new(1);
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 3));
	ck_assert_ptr_eq(dropout_forward(&tape, x, (real)0.5, NULL), x);
	ck_assert_ptr_eq(dropout_forward(&tape, x, 0, &rng), x);
	ck_assert_int_eq(tape.nodes, 0);
	arena_free(arena);
}
END_TEST

START_TEST(dropout_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(3, 4, 5)) };
	ASSERT_GRADIENT(dropped, in, 1, in);
	arena_free(arena);
}
END_TEST

START_TEST(dropout_of_an_utterance_does_not_depend_on_padding)
{
	enum { B = 3, T = 4, MORE = 7, F = 5 };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_constant(&tape, tensor_full(arena, 1, SHAPE(B, T, F)), "x");
	Var *wide = tape_constant(&tape, tensor_full(arena, 1, SHAPE(B, MORE, F)), "x");
	Rng a = rng_new(1), b = rng_new(1);
	Tensor y = dropout_forward(&tape, x, (real)0.5, &a)->value;
	Tensor z = dropout_forward(&tape, wide, (real)0.5, &b)->value;
	for (int i = 0; i < B; i++)
		ASSERT_TENSOR_SAME(
		        tensor_row(y, i), tensor_slice(tensor_row(z, i), 0, T));
	ck_assert_uint_eq(a.position, b.position);
	arena_free(arena);
}
END_TEST

START_TEST(dropout_each_call_and_each_utterance_drops_others)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng rng = rng_new(1);
	Var *x = tape_constant(&tape, tensor_full(arena, 1, SHAPE(2, 64)), "x");
	Tensor y = dropout_forward(&tape, x, (real)0.5, &rng)->value;
	Tensor z = dropout_forward(&tape, x, (real)0.5, &rng)->value;
	int calls = 0, rows = 0;
	for (int i = 0; i < 64; i++) {
		calls += y.data[i] < z.data[i] || y.data[i] > z.data[i];
		rows += y.data[i] < y.data[64 + i] || y.data[i] > y.data[64 + i];
	}
	ck_assert(calls > 15 && calls < 49);
	ck_assert(rows > 15 && rows < 49);
	arena_free(arena);
}
END_TEST

START_TEST(dropout_wrong_rate_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng rng = rng_new(1);
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 3));
	ASSERT_STOPS("dropout_forward at tests/layers/test_dropout.c:",
	        dropout_forward(&tape, x, 1, &rng));
	ASSERT_STOPS(
	        "rate 1: expected 0 <= rate < 1", dropout_forward(&tape, x, 1, &rng));
	ASSERT_STOPS("rate -0.5", dropout_forward(&tape, x, (real)-0.5, NULL));
	ASSERT_STOPS("x is NULL", dropout_forward(&tape, NULL, (real)0.5, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("dropout", dropout_keeps_its_part_and_the_mean,
        dropout_without_rng_or_rate_is_x_itself, dropout_gradient_agrees_with_slopes,
        dropout_of_an_utterance_does_not_depend_on_padding,
        dropout_each_call_and_each_utterance_drops_others, dropout_wrong_rate_stops)
