#include "layers/sequence.h"
#include "tests/support/gradient.h"

static const int lengths[] = { 5, 1, 3 };

static Var *mask(Tape *tape, const void *context)
{
	Var *const *in = context;
	return sequence_mask(tape, (Sequence){ in[0], lengths }).x;
}

START_TEST(mask_zeroes_padding_alone)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real numbers[] = { 1, 2, 3, 4, 5, 6 };
	Var *x = tape_constant(&tape, tensor_view(numbers, SHAPE(1, 3, 2)), "x");
	Sequence y = sequence_mask(&tape, (Sequence){ x, (const int[]){ 2 } });
	real expected[] = { 1, 2, 3, 4, 0, 0 };
	ASSERT_TENSOR_SAME(y.x->value, tensor_view(expected, SHAPE(1, 3, 2)));
	ASSERT_CLOSE(numbers[5], 6, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(mask_gradient_agrees_with_slopes_and_pytorch)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(3, 5, 2)) };
	ASSERT_GRADIENT(mask, in, 1, in);
	ASSERT_AGREES(mask, "layers.txt", "mask", 1);
	arena_free(arena);
}
END_TEST

START_TEST(sequence_wrong_rank_or_length_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *flat = random_variable(arena, "x", 1, SHAPE(3, 5));
	ASSERT_STOPS("x \"x\" (3,5): expected a sequence (batch, time, features)",
	        sequence_mask(&tape, (Sequence){ flat, lengths }));
	Var *shorter = random_variable(arena, "x", 1, SHAPE(3, 4, 2));
	ASSERT_STOPS("sequence_mask at tests/layers/test_sequence.c:",
	        sequence_mask(&tape, (Sequence){ shorter, lengths }));
	ASSERT_STOPS("lengths[0] is 5, expected 1 to 4",
	        sequence_mask(&tape, (Sequence){ shorter, lengths }));
	const int none[] = { 1, 2, 0 };
	ASSERT_STOPS("lengths[2] is 0, expected 1 to 4",
	        sequence_mask(&tape, (Sequence){ shorter, none }));
	ASSERT_STOPS("x is NULL", sequence_mask(&tape, (Sequence){ NULL, none }));
	arena_free(arena);
}
END_TEST

TEST_MAIN("sequence", mask_zeroes_padding_alone,
        mask_gradient_agrees_with_slopes_and_pytorch, sequence_wrong_rank_or_length_stops)
