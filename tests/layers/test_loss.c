#include "autograd/ops.h"
#include "layers/loss.h"
#include "tests/support/gradient.h"

#include <math.h>

/* As in tests/golden/make_layers.py. */
static const int labels[] = { 2, 0, 1, 2 };
static const real weights[] = { 1, (real)0.5, 3 };

static Var *plain(Tape *tape, const void *context)
{
	Var *const *in = context;
	return loss_cross_entropy(tape, in[0], labels, NULL);
}

static Var *weighted(Tape *tape, const void *context)
{
	Var *const *in = context;
	return loss_cross_entropy(
	        tape, in[0], labels, &(CrossEntropy){ .class_weights = weights });
}

static Var *smoothed(Tape *tape, const void *context)
{
	Var *const *in = context;
	return loss_cross_entropy(
	        tape, in[0], labels, &(CrossEntropy){ .smoothing = (real)0.1 });
}

static Var *both(Tape *tape, const void *context)
{
	Var *const *in = context;
	return loss_cross_entropy(tape, in[0], labels,
	        &(CrossEntropy){ .class_weights = weights, .smoothing = (real)0.25 });
}

static Var *divided(Tape *tape, const void *context)
{
	Var *const *in = context;
	return loss_cross_entropy(tape, in[0], labels,
	        &(CrossEntropy){ .class_weights = weights, .total_weight = 32 });
}

/* Logits [0 ln3], label 0: p = [1/4 3/4], so the loss is ln 4 and its gradient [-3/4
 * 3/4]. */
START_TEST(cross_entropy_by_hand_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 0, (real)1.0986122886681098 };
	Var *logits = tape_variable(&tape, tensor_view(x, SHAPE(1, 2)), "logits");
	const int zero[] = { 0 };
	Var *loss = loss_cross_entropy(&tape, logits, zero, NULL);
	ASSERT_CLOSE(loss->value.data[0], 1.3862943611198906, 1e-6, 0);
	ck_assert_int_eq(loss->value.ndim, 0);
	tape_backward(&tape, loss);
	ASSERT_CLOSE(logits->grad.data[0], -0.75, 1e-6, 0);
	ASSERT_CLOSE(logits->grad.data[1], 0.75, 1e-6, 0);
	arena_free(arena);
}
END_TEST

START_TEST(cross_entropy_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "logits", 1, SHAPE(4, 3)) };
	ASSERT_GRADIENT(plain, in, 1, in);
	ASSERT_GRADIENT(weighted, in, 1, in);
	ASSERT_GRADIENT(smoothed, in, 1, in);
	ASSERT_GRADIENT(both, in, 1, in);
	ASSERT_GRADIENT(divided, in, 1, in);
	arena_free(arena);
}
END_TEST

START_TEST(cross_entropy_agrees_with_pytorch)
{
	ASSERT_AGREES(plain, "layers.txt", "cross_entropy", 1);
	ASSERT_AGREES(weighted, "layers.txt", "cross_entropy.weighted", 1);
	ASSERT_AGREES(smoothed, "layers.txt", "cross_entropy.smoothed", 1);
	ASSERT_AGREES(both, "layers.txt", "cross_entropy.both", 1);
}
END_TEST

/* As it is taught: softmax, then the logarithm, then the mean at the labels. */
START_TEST(cross_entropy_fused_agrees_with_softmax_then_log)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *logits = random_variable(arena, "logits", 1, SHAPE(4, 3));
	Tensor chosen = tensor_zeros(arena, SHAPE(4, 3));
	for (int b = 0; b < 4; b++)
		chosen.data[b * 3 + labels[b]] = -(real)0.25;
	Var *log_p = op_log(&tape, op_softmax(&tape, logits));
	Var *picked = op_mul(&tape, log_p, tape_constant(&tape, chosen, "labels"));
	Var *taught = op_sum(&tape, picked);
	tape_backward(&tape, taught);
	Tensor gradient = tensor_clone(arena, logits->grad);
	tensor_fill(logits->grad, 0);
	Var *fused = loss_cross_entropy(&tape, logits, labels, NULL);
	tape_backward(&tape, fused);
	ASSERT_CLOSE(fused->value.data[0], taught->value.data[0], 1e-6, 1e-6);
	ASSERT_TENSOR_CLOSE(logits->grad, gradient, 1e-6, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(cross_entropy_of_shards_adds_up_to_that_of_the_batch)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *logits = random_variable(arena, "logits", 1, SHAPE(4, 3));
	Var *whole = weighted(&tape, &logits);
	tape_backward(&tape, whole);
	CrossEntropy settings = { .class_weights = weights };
	settings.total_weight = 3 + 1 + (real)0.5 + 3;
	double sum = 0;
	for (int b = 0; b < 4; b += 2) {
		Var *shard = tape_variable(
		        &tape, tensor_slice(logits->value, b, b + 2), "shard");
		Var *loss = loss_cross_entropy(&tape, shard, labels + b, &settings);
		tape_backward(&tape, loss);
		sum += (double)loss->value.data[0];
		ASSERT_TENSOR_SAME(shard->grad, tensor_slice(logits->grad, b, b + 2));
	}
	ASSERT_CLOSE(sum, whole->value.data[0], 0, 1e-6);
	arena_free(arena);
}
END_TEST

static Var *by_row(Tape *tape, const void *context)
{
	static const real rows[] = { 1, 0, 2, (real)0.5 };
	Var *const *in = context;
	CrossEntropy settings = {
		.class_weights = weights, .row_weights = rows, .smoothing = (real)0.1
	};
	return loss_cross_entropy(tape, in[0], labels, &settings);
}

/* A row that weighs nothing is not there; one that weighs twice is there twice. */
START_TEST(cross_entropy_weighs_rows)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *logits = random_variable(arena, "logits", 1, SHAPE(4, 3));
	ASSERT_GRADIENT(by_row, &logits, 1, &logits);
	double sum = 0, total = 0;
	const double rows[] = { 1, 0, 2, 0.5 };
	for (int b = 0; b < 4; b++) {
		Var *one = tape_constant(
		        &tape, tensor_slice(logits->value, b, b + 1), "one");
		CrossEntropy settings = { .class_weights = weights,
			.smoothing = (real)0.1,
			.total_weight = 1 };
		Var *loss = loss_cross_entropy(&tape, one, labels + b, &settings);
		sum += rows[b] * (double)loss->value.data[0];
		total += rows[b] * (double)weights[labels[b]];
	}
	ASSERT_CLOSE(by_row(&tape, &logits)->value.data[0], sum / total, 0, 1e-6);
	arena_free(arena);
}
END_TEST

/* A difference of 1000 has a probability that rounds to 0, and a loss of 1000 all the
 * same. */
START_TEST(cross_entropy_huge_logits_stay_finite)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1000, 0, -1000, 1000 };
	Var *logits = tape_variable(&tape, tensor_view(x, SHAPE(2, 2)), "logits");
	const int right[] = { 1, 1 };
	Var *loss = loss_cross_entropy(&tape, logits, right, NULL);
	ASSERT_CLOSE(loss->value.data[0], 500, 0, 1e-6);
	tape_backward(&tape, loss);
	real expected[] = { (real)0.5, (real)-0.5, 0, 0 };
	ASSERT_TENSOR_CLOSE(logits->grad, tensor_view(expected, SHAPE(2, 2)), 1e-6, 0);
	arena_free(arena);
}
END_TEST

START_TEST(cross_entropy_wrong_labels_or_shapes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *logits = random_variable(arena, "logits", 1, SHAPE(2, 3));
	const int high[] = { 0, 3 }, low[] = { -1, 0 }, good[] = { 0, 1 };
	ASSERT_STOPS("loss_cross_entropy at tests/layers/test_loss.c:",
	        loss_cross_entropy(&tape, logits, high, NULL));
	ASSERT_STOPS("logits \"logits\" (2,3): labels[1] is 3, expected 0 to 2",
	        loss_cross_entropy(&tape, logits, high, NULL));
	ASSERT_STOPS("labels[0] is -1", loss_cross_entropy(&tape, logits, low, NULL));
	const real nothing[] = { 0, 0, 1 };
	CrossEntropy settings = { .class_weights = nothing };
	ASSERT_STOPS("the weights of the 2 labels sum to 0",
	        loss_cross_entropy(&tape, logits, good, &settings));
	settings = (CrossEntropy){ .smoothing = 2 };
	ASSERT_STOPS("smoothing 2: expected 0 to 1",
	        loss_cross_entropy(&tape, logits, good, &settings));
	Var *flat = random_variable(arena, "x", 1, SHAPE(3));
	ASSERT_STOPS("logits \"x\" (3): expected (batch, classes)",
	        loss_cross_entropy(&tape, flat, good, NULL));
	ASSERT_STOPS("logits is NULL", loss_cross_entropy(&tape, NULL, good, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("loss", cross_entropy_by_hand_gives_value_and_gradient,
        cross_entropy_gradient_agrees_with_slopes, cross_entropy_agrees_with_pytorch,
        cross_entropy_fused_agrees_with_softmax_then_log,
        cross_entropy_of_shards_adds_up_to_that_of_the_batch, cross_entropy_weighs_rows,
        cross_entropy_huge_logits_stay_finite, cross_entropy_wrong_labels_or_shapes_stop)
