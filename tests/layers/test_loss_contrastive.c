#include "layers/loss.h"
#include "layers/loss_contrastive.h"
#include "tests/support/gradient.h"

#include <math.h>

/* in: a, b */
static Var *info_nce(Tape *tape, const void *context)
{
	Var *const *in = context;
	return loss_info_nce(tape, in[0], in[1], (real)0.5);
}

/* a = [3 0; 0 2], b = [1 0; 0 9]: cosines 1 for the pairs, 0 else, so with t = 1/2 each
 * row and column has logits 2 and 0, and the loss is log(1 + e^-2). */
START_TEST(info_nce_by_hand_gives_value)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real a[] = { 3, 0, 0, 2 }, b[] = { 1, 0, 0, 9 };
	Var *in[] = { tape_variable(&tape, tensor_view(a, SHAPE(2, 2)), "a"),
		tape_variable(&tape, tensor_view(b, SHAPE(2, 2)), "b") };
	ASSERT_CLOSE(info_nce(&tape, in)->value.data[0], log(1 + exp(-2)), 0, 1e-5);
	arena_free(arena);
}
END_TEST

START_TEST(info_nce_gradient_agrees_with_slopes_and_pytorch)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "a", 1, SHAPE(3, 5)),
		random_variable(arena, "b", 2, SHAPE(3, 5)) };
	ASSERT_GRADIENT(info_nce, in, 2, in);
	in[0]->grad.data = NULL;
	ASSERT_GRADIENT(info_nce, in, 2, in);
	Var *other[] = { in[1], in[0] };
	ASSERT_GRADIENT(info_nce, other, 2, other);
	ASSERT_AGREES(info_nce, "layers.txt", "info_nce", 2);
	arena_free(arena);
}
END_TEST

START_TEST(info_nce_of_a_zero_row_stays_finite)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *in[] = { random_variable(arena, "a", 1, SHAPE(2, 3)),
		random_variable(arena, "b", 2, SHAPE(2, 3)) };
	tensor_fill(tensor_row(in[0]->value, 0), 0);
	Var *loss = info_nce(&tape, in);
	ck_assert(isfinite(loss->value.data[0]));
	tape_backward(&tape, loss);
	for (int i = 0; i < 6; i++)
		ck_assert(isfinite(in[0]->grad.data[i]) && isfinite(in[1]->grad.data[i]));
	arena_free(arena);
}
END_TEST

START_TEST(info_nce_wrong_input_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *a = random_variable(arena, "text", 1, SHAPE(3, 5));
	Var *b = random_variable(arena, "speech", 2, SHAPE(3, 4));
	ASSERT_STOPS("loss_info_nce at tests/layers/test_loss_contrastive.c:",
	        loss_info_nce(&tape, a, b, 1));
	ASSERT_STOPS("a \"text\" (3,5) and b \"speech\" (3,4): expected (batch, width)",
	        loss_info_nce(&tape, a, b, 1));
	ASSERT_STOPS(
	        "temperature 0: expected more than 0", loss_info_nce(&tape, a, a, 0));
	ASSERT_STOPS("b is NULL", loss_info_nce(&tape, a, NULL, 1));
	arena_free(arena);
}
END_TEST

TEST_MAIN("loss_contrastive", info_nce_by_hand_gives_value,
        info_nce_gradient_agrees_with_slopes_and_pytorch,
        info_nce_of_a_zero_row_stays_finite, info_nce_wrong_input_stops)
