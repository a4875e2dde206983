#include "autograd/fast/touched.h"
#include "autograd/ops.h"
#include "layers/embedding_bag.h"
#include "optim/adam.h"
#include "optim/clip.h"
#include "tests/support/gradient.h"

#include <math.h>
#include <string.h>

/* Three bags of a table of six rows: 4 and 1 and 4 again; none; 0. */
static const int ends[] = { 3, 3, 4 }, ids[] = { 4, 1, 4, 0 };
static const real weights[] = { 0.5f, 2, 1, 3 };
static const Bags bags = { 3, ends, ids, weights };
enum { ROWS = 6, WIDTH = 2 };

START_TEST(embedding_bag_by_hand_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Var *weight = embedding_bag_new(&params, "words", ROWS, WIDTH);
	ck_assert_str_eq(weight->name, "words.weight");
	for (int i = 0; i < ROWS * WIDTH; i++) {
		ck_assert(weight->value.data[i] == 0);
		weight->value.data[i] = (real)i;
	}
	Var *y = embedding_bag_forward(weight, &tape, &bags);
	real expected[] = { 16, 19.5f, 0, 0, 0, 3 };
	ASSERT_TENSOR_SAME(y->value, tensor_view(expected, SHAPE(3, WIDTH)));
	real dy[] = { 1, 2, 3, 4, 5, 6 };
	y->grad.data = dy;
	y->node->op->backward(y->node);
	real dw[] = { 15, 18, 2, 4, 0, 0, 0, 0, 1.5f, 3, 0, 0 };
	ASSERT_TENSOR_SAME(weight->grad, tensor_view(dw, SHAPE(ROWS, WIDTH)));
	arena_free(arena);
}
END_TEST

static Var *forward(Tape *tape, const void *context)
{
	Var *const *in = context;
	return embedding_bag_forward(in[0], tape, &bags);
}

START_TEST(embedding_bag_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "weight", 1, SHAPE(ROWS, WIDTH)) };
	ASSERT_GRADIENT(forward, in, 1, in);
	arena_free(arena);
}
END_TEST

/* The bags as the rows of a matrix: y = A W. */
static Var *as_product(Tape *tape, Var *weight)
{
	Tensor a = tensor_zeros(tape->arena, SHAPE(3, ROWS));
	for (int b = 0, k = 0; b < 3; b++)
		for (; k < ends[b]; k++)
			a.data[b * ROWS + ids[k]] += weights[k];
	return op_matmul(tape, tape_constant(tape, a, "a"), weight);
}

/* One step of Adam after a loss that is not linear: sparse, or dense. */
static Var *stepped(Arena *arena, bool sparse, int touched[2], double *norm)
{
	Params params = params_new(arena);
	Var *weight = sparse ? embedding_bag_new(&params, "words", ROWS, WIDTH)
	                     : params_add(&params, "words", "weight", SHAPE(ROWS, WIDTH));
	Tensor first = random_constant(arena, "first", 3, SHAPE(ROWS, WIDTH))->value;
	tensor_copy(weight->value, first);
	Adam adam = adam_new(arena, &params, 0.1);
	Tape tape = tape_new(arena_new("step"));
	for (int step = 0; step < 2; step++) {
		params_zero_grad(&params);
		Var *y = sparse ? embedding_bag_forward(weight, &tape, &bags)
		                : as_product(&tape, weight);
		tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, y)));
		*norm = clip_norm(&params, 0.5);
		touched[step] = touched_pieces(weight);
		adam_step(&adam);
		tape_reset(&tape);
	}
	arena_free(tape.arena);
	return weight;
}

/* Rows 0, 1 and 4 alone have gradients: as no other moves, and these in every step, the
 * lazy Adam is the whole one. */
START_TEST(embedding_bag_steps_as_a_dense_product_does)
{
	Arena *arena = arena_new("test");
	int rows[2], all[2];
	double norm, expected;
	Var *sparse = stepped(arena, true, rows, &norm);
	Var *dense = stepped(arena, false, all, &expected);
	ck_assert_int_eq(rows[0], 3);
	ck_assert_int_eq(rows[1], 3);
	ck_assert_int_eq(all[1], 1);
	ASSERT_CLOSE(norm, expected, 1e-5, 1e-5);
	ASSERT_TENSOR_CLOSE(sparse->grad, dense->grad, 1e-6, 1e-6);
	ASSERT_TENSOR_CLOSE(sparse->value, dense->value, 1e-6, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(embedding_bag_row_that_is_not_met_stays)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *weight = embedding_bag_new(&params, "words", ROWS, WIDTH);
	Adam adam = adam_new(arena, &params, 0.1);
	adam.decay = 0.5;
	Tensor ones = tensor_full(arena, 1, SHAPE(ROWS, WIDTH));
	tensor_copy(weight->value, ones);
	Tape tape = tape_new(arena_new("step"));
	tape_backward(&tape, op_sum(&tape, embedding_bag_forward(weight, &tape, &bags)));
	adam_step(&adam);
	for (int row = 0; row < ROWS; row++) {
		bool met = row == 0 || row == 1 || row == 4;
		ck_assert(met == (weight->value.data[row * WIDTH] != 1));
	}
	params_zero_grad(&params);
	ck_assert_int_eq(touched_pieces(weight), 0);
	ASSERT_TENSOR_SAME(weight->grad, tensor_zeros(arena, SHAPE(ROWS, WIDTH)));
	params_freeze(&params, "words");
	Var *y = embedding_bag_forward(weight, &tape, &bags);
	ck_assert_ptr_null(y->node);
	ck_assert_int_eq(touched_pieces(weight), 0);
	arena_free(tape.arena);
	arena_free(arena);
}
END_TEST

START_TEST(embedding_bag_wrong_ids_or_sizes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Var *weight = embedding_bag_new(&params, "words", 4, WIDTH);
	ASSERT_STOPS(
	        "id 4 is not in weight \"words.weight\" (4,2): expected 0 to 3. Hint",
	        embedding_bag_forward(weight, &tape, &bags));
	ASSERT_STOPS("\"w\" of 0 ids, 3 wide: both must be at least 1",
	        embedding_bag_new(&params, "w", 0, 3));
	arena_free(arena);
}
END_TEST

TEST_MAIN("embedding_bag", embedding_bag_by_hand_gives_value_and_gradient,
        embedding_bag_gradient_agrees_with_slopes,
        embedding_bag_steps_as_a_dense_product_does,
        embedding_bag_row_that_is_not_met_stays, embedding_bag_wrong_ids_or_sizes_stop)
