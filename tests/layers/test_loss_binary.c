#include "layers/loss.h"
#include "layers/loss_binary.h"
#include "tests/support/gradient.h"

#include <math.h>

/* As in tests/golden/make_layers.py. */
static real target_numbers[] = { 1, 0, (real)0.25, 0, 1, 1 };
static const real weights[] = { 1, 4, (real)0.5 };

static Var *binary(Tape *tape, const void *context)
{
	Var *const *in = context;
	Tensor targets = tensor_view(target_numbers, SHAPE(2, 3));
	return loss_binary_cross_entropy(tape, in[0], targets, NULL);
}

static Var *weighted(Tape *tape, const void *context)
{
	Var *const *in = context;
	Tensor targets = tensor_view(target_numbers, SHAPE(2, 3));
	return loss_binary_cross_entropy(tape, in[0], targets,
	        &(BinaryCrossEntropy){ .positive_weights = weights });
}

/* Logits [0 ln3], targets [1 1]: probabilities 1/2 and 3/4, loss (ln 2 + ln 4/3) / 2,
 * gradient
 * (p - 1) / 2. */
START_TEST(binary_by_hand_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 0, (real)1.0986122886681098 }, y[] = { 1, 1 };
	Var *logits = tape_variable(&tape, tensor_view(x, SHAPE(2)), "logits");
	Var *loss =
	        loss_binary_cross_entropy(&tape, logits, tensor_view(y, SHAPE(2)), NULL);
	ASSERT_CLOSE(loss->value.data[0], (log(2) + log(4.0 / 3)) / 2, 1e-6, 0);
	tape_backward(&tape, loss);
	ASSERT_CLOSE(logits->grad.data[0], -0.25, 1e-6, 0);
	ASSERT_CLOSE(logits->grad.data[1], -0.125, 1e-6, 0);
	arena_free(arena);
}
END_TEST

START_TEST(binary_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "logits", 1, SHAPE(2, 3)) };
	ASSERT_GRADIENT(binary, in, 1, in);
	ASSERT_GRADIENT(weighted, in, 1, in);
	arena_free(arena);
}
END_TEST

START_TEST(binary_agrees_with_pytorch)
{
	ASSERT_AGREES(binary, "layers.txt", "binary", 1);
	ASSERT_AGREES(weighted, "layers.txt", "binary.weighted", 1);
}
END_TEST

START_TEST(binary_of_shards_adds_up_and_huge_logits_stay_finite)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1000, -1000, 3, 4, -1000, 1000 };
	Tensor targets = tensor_view(target_numbers, SHAPE(2, 3));
	Var *logits = tape_variable(&tape, tensor_view(x, SHAPE(2, 3)), "logits");
	Var *whole = binary(&tape, &logits);
	ASSERT_CLOSE(whole->value.data[0],
	        (0.75 * 3 + log(1 + exp(-3)) + 4 + log(1 + exp(-4)) + 1000) / 6, 0, 1e-6);
	double sum = 0;
	for (int b = 0; b < 2; b++) {
		Var *shard = tape_variable(
		        &tape, tensor_slice(logits->value, b, b + 1), "shard");
		Var *loss = loss_binary_cross_entropy(&tape, shard,
		        tensor_slice(targets, b, b + 1),
		        &(BinaryCrossEntropy){ .total_weight = 6 });
		sum += (double)loss->value.data[0];
	}
	ASSERT_CLOSE(sum, whole->value.data[0], 0, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(binary_wrong_targets_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *logits = random_variable(arena, "logits", 1, SHAPE(2, 3));
	ASSERT_STOPS("loss_binary_cross_entropy at tests/layers/test_loss_binary.c:",
	        loss_binary_cross_entropy(
	                &tape, logits, tensor_zeros(arena, SHAPE(3, 2)), NULL));
	ASSERT_STOPS("logits \"logits\" (2,3) and targets (3,2): the shapes differ",
	        loss_binary_cross_entropy(
	                &tape, logits, tensor_zeros(arena, SHAPE(3, 2)), NULL));
	ASSERT_STOPS("target 0 is 2, expected 0 to 1",
	        loss_binary_cross_entropy(
	                &tape, logits, tensor_full(arena, 2, SHAPE(2, 3)), NULL));
	Var *none = random_variable(arena, "none", 1, SHAPE(0));
	ASSERT_STOPS("no logits", loss_binary_cross_entropy(&tape, none,
	                                  tensor_zeros(arena, SHAPE(0)), NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("loss_binary", binary_by_hand_gives_value_and_gradient,
        binary_gradient_agrees_with_slopes, binary_agrees_with_pytorch,
        binary_of_shards_adds_up_and_huge_logits_stay_finite, binary_wrong_targets_stop)
