#include "autograd/ops.h"
#include "layers/pool.h"
#include "tests/support/gradient.h"

#include <math.h>

/* As in tests/golden/make_layers.py. */
static const int lengths[] = { 5, 1, 3 };

static Sequence input(const void *context)
{
	Var *const *in = context;
	return (Sequence){ in[0], lengths };
}

static Var *max(Tape *tape, const void *context)
{
	return pool_max(tape, input(context));
}

static Var *mean(Tape *tape, const void *context)
{
	return pool_mean(tape, input(context));
}

static Var *last(Tape *tape, const void *context)
{
	return pool_last(tape, input(context));
}

static Var *windows1(Tape *tape, const void *context)
{
	return max_pool1d(tape, input(context), 1).x;
}

static Var *windows2(Tape *tape, const void *context)
{
	return max_pool1d(tape, input(context), 2).x;
}

static Var *windows3(Tape *tape, const void *context)
{
	return max_pool1d(tape, input(context), 3).x;
}

static Var *windows_beyond_the_end(Tape *tape, const void *context)
{
	return max_pool1d(tape, input(context), 100).x;
}

static GradcheckFunction *const all[] = { max, mean, last, windows1, windows2, windows3,
	windows_beyond_the_end };
enum { ALL = sizeof all / sizeof all[0] };

/* Four steps of two features, three of them valid; dy = [1 2].
 *     1  8          max  5 8, from steps 1 (the first 5) and 0
 *     5 -3          mean 11/3 5/3
 *     5  0          last 5 0
 *    99 99 */
START_TEST(pool_by_hand_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	real numbers[] = { 1, 8, 5, -3, 5, 0, 99, 99 };
	const int three[] = { 3 };
	real values[3][2] = { { 5, 8 }, { 11 / (real)3, 5 / (real)3 }, { 5, 0 } };
	real third = 1 / (real)3, thirds = 2 / (real)3;
	real gradients[3][8] = { { 0, 2, 1, 0, 0, 0, 0, 0 },
		{ third, thirds, third, thirds, third, thirds, 0, 0 },
		{ 0, 0, 0, 0, 1, 2, 0, 0 } };
	for (int i = 0; i < 3; i++) {
		Tape tape = tape_new(arena);
		Var *x = tape_variable(&tape, tensor_view(numbers, SHAPE(1, 4, 2)), "x");
		Sequence s = { x, three };
		Var *y = i == 0   ? pool_max(&tape, s)
		         : i == 1 ? pool_mean(&tape, s)
		                  : pool_last(&tape, s);
		ASSERT_TENSOR_SAME(y->value, tensor_view(values[i], SHAPE(1, 2)));
		real dy[] = { 1, 2 };
		y->grad.data = dy;
		y->node->op->backward(y->node);
		ASSERT_TENSOR_SAME(x->grad, tensor_view(gradients[i], SHAPE(1, 4, 2)));
	}
	arena_free(arena);
}
END_TEST

/* Windows of two over 3 4 1 | 9 9, three valid: 4, then 1 alone; the padding is no
 * candidate. */
START_TEST(max_pool1d_last_window_may_be_shorter)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real numbers[] = { 3, 4, -1, 9, 9 };
	const int three[] = { 3 };
	Var *x = tape_variable(&tape, tensor_view(numbers, SHAPE(1, 5, 1)), "x");
	Sequence y = max_pool1d(&tape, (Sequence){ x, three }, 2);
	real expected[] = { 4, -1, 0 };
	ASSERT_TENSOR_SAME(y.x->value, tensor_view(expected, SHAPE(1, 3, 1)));
	ck_assert_int_eq(y.lengths[0], 2);
	real dy[] = { 1, 2, 4 }, dx[] = { 0, 1, 2, 0, 0 };
	y.x->grad.data = dy;
	y.x->node->op->backward(y.x->node);
	ASSERT_TENSOR_SAME(x->grad, tensor_view(dx, SHAPE(1, 5, 1)));
	arena_free(arena);
}
END_TEST

START_TEST(pool_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(3, 5, 7)) };
	for (int i = 0; i < ALL; i++)
		ASSERT_GRADIENT(all[i], in, 1, in);
	arena_free(arena);
}
END_TEST

START_TEST(pool_agrees_with_pytorch)
{
	ASSERT_AGREES(max, "layers.txt", "pool_max", 1);
	ASSERT_AGREES(mean, "layers.txt", "pool_mean", 1);
	ASSERT_AGREES(last, "layers.txt", "pool_last", 1);
	ASSERT_AGREES(windows1, "layers.txt", "max_pool1d.1", 1);
	ASSERT_AGREES(windows2, "layers.txt", "max_pool1d.2", 1);
	ASSERT_AGREES(windows3, "layers.txt", "max_pool1d.3", 1);
}
END_TEST

/* One utterance alone, and beside a longer one with rubbish in its padding. */
START_TEST(pool_alone_or_padded_gives_same_bits)
{
	enum { N = 3, T = 8, F = 19 };
	Arena *arena = arena_new("test");
	Var *alone[] = { random_variable(arena, "x", 1, SHAPE(1, N, F)) };
	Var *both[] = { random_variable(arena, "x", 2, SHAPE(2, T, F)) };
	Tensor second = tensor_slice(tensor_row(both[0]->value, 1), 0, N);
	tensor_copy(second, tensor_row(alone[0]->value, 0));
	const int one[] = { N }, two[] = { T, N };
	Var *(*const pools[])(
	        Site, Tape *, Sequence) = { pool_max_at, pool_mean_at, pool_last_at };
	for (int i = 0; i < 3; i++) {
		Tape tape = tape_new(arena_new("tape"));
		Var *a = pools[i](HERE, &tape, (Sequence){ alone[0], one });
		Var *b = pools[i](HERE, &tape, (Sequence){ both[0], two });
		ASSERT_TENSOR_SAME(tensor_row(a->value, 0), tensor_row(b->value, 1));
		tensor_fill(alone[0]->grad, 0);
		tensor_fill(both[0]->grad, 0);
		tape_backward(&tape, op_sum(&tape, op_tanh(&tape, a)));
		tape_backward(&tape, op_sum(&tape, op_tanh(&tape, b)));
		Tensor gradient = tensor_row(both[0]->grad, 1);
		ASSERT_TENSOR_SAME(
		        tensor_slice(gradient, 0, N), tensor_row(alone[0]->grad, 0));
		ASSERT_TENSOR_SAME(tensor_slice(gradient, N, T),
		        tensor_zeros(arena, SHAPE(T - N, F)));
		arena_free(tape.arena);
	}
	arena_free(arena);
}
END_TEST

/* Otherwise the max would hide what tape_check_finite looks for. */
START_TEST(pool_max_nan_is_not_lost)
{
	Arena *arena = arena_new("test");
	for (int t = 0; t < 3; t++) {
		Tape tape = tape_new(arena);
		real numbers[] = { 1, 3, 2 };
		numbers[t] = (real)NAN;
		Var *x = tape_variable(&tape, tensor_view(numbers, SHAPE(1, 3, 1)), "x");
		Sequence s = { x, (const int[]){ 3 } };
		ck_assert(isnan(pool_max(&tape, s)->value.data[0]));
	}
	arena_free(arena);
}
END_TEST

START_TEST(pool_wrong_input_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *flat = random_variable(arena, "speech", 1, SHAPE(3, 5));
	Sequence bad = { flat, lengths };
	ASSERT_STOPS("pool_max at tests/layers/test_pool.c:", pool_max(&tape, bad));
	ASSERT_STOPS("x \"speech\" (3,5): expected a sequence (batch, time, features)",
	        pool_mean(&tape, bad));
	ASSERT_STOPS("pool_last at", pool_last(&tape, bad));
	ASSERT_STOPS("max_pool1d at", max_pool1d(&tape, bad, 2));
	Sequence good = { random_variable(arena, "x", 1, SHAPE(3, 5, 2)), lengths };
	ASSERT_STOPS("window 0: expected at least 1", max_pool1d(&tape, good, 0));
	arena_free(arena);
}
END_TEST

TEST_MAIN("pool", pool_by_hand_gives_value_and_gradient,
        max_pool1d_last_window_may_be_shorter, pool_gradient_agrees_with_slopes,
        pool_agrees_with_pytorch, pool_alone_or_padded_gives_same_bits,
        pool_max_nan_is_not_lost, pool_wrong_input_stops)
