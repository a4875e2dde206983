#include "layers/lora.h"
#include "autograd/ops.h"
#include "tests/support/gradient.h"

enum { IN = 5, OUT = 4, RANK = 2 };

/* in: x, weight, bias, A, B */
static Var *adapted(Tape *tape, const void *context)
{
	Var *const *in = context;
	Lora lora = { { in[1], in[2] }, in[3], in[4], (real)1.5 };
	return lora_forward(&lora, tape, in[0]);
}

START_TEST(lora_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(3, IN)),
		random_variable(arena, "w", 2, SHAPE(OUT, IN)),
		random_variable(arena, "bias", 3, SHAPE(OUT)),
		random_variable(arena, "A", 4, SHAPE(RANK, IN)),
		random_variable(arena, "B", 5, SHAPE(OUT, RANK)) };
	ASSERT_GRADIENT(adapted, in, 5, in);
	in[1]->grad.data = in[2]->grad.data = NULL; /* as it is used */
	ASSERT_GRADIENT(adapted, in, 5, in);
	arena_free(arena);
}
END_TEST

/* x = [1 2], W = [3 4], A = [5 6], B = [7], scale 2: 11 + 2 * 17 * 7. */
START_TEST(lora_by_hand_gives_value)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1, 2 }, w[] = { 3, 4 }, a[] = { 5, 6 }, b[] = { 7 };
	Lora lora = { .scale = 2 };
	lora.linear.weight = tape_constant(&tape, tensor_view(w, SHAPE(1, 2)), "w");
	lora.a = tape_constant(&tape, tensor_view(a, SHAPE(1, 2)), "a");
	lora.b = tape_constant(&tape, tensor_view(b, SHAPE(1, 1)), "b");
	Var *in = tape_constant(&tape, tensor_view(x, SHAPE(1, 2)), "x");
	ASSERT_CLOSE(lora_forward(&lora, &tape, in)->value.data[0], 249, 0, 1e-6);
	lora_merge(&lora);
	ASSERT_CLOSE(lora_forward(&lora, &tape, in)->value.data[0], 249, 0, 1e-6);
	ASSERT_CLOSE(w[0], 73, 0, 1e-6);
	arena_free(arena);
}
END_TEST

/* B is 0: the same bits, and it is B that learns first. */
START_TEST(lora_begins_as_nothing_and_can_learn)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Lora lora = lora_linear_new(&params, "q", IN, OUT, true, (real)0.5, &rng);
	Var *x = random_constant(arena, "x", 1, SHAPE(3, IN));
	Tensor before = lora_forward(&lora, &tape, x)->value;
	lora_add(&lora, &params, RANK, 8, &rng);
	Var *y = lora_forward(&lora, &tape, x);
	ASSERT_TENSOR_SAME(y->value, before);
	ASSERT_CLOSE(lora.scale, 4, 0, 0);
	ck_assert_int_eq(params.count, 4);
	ck_assert_str_eq(params.items[2]->name, "q.lora_A.weight");
	ck_assert_str_eq(params.items[3]->name, "q.lora_B.weight");
	tape_backward(&tape, op_sum(&tape, y));
	ASSERT_TENSOR_SAME(lora.a->grad, tensor_zeros(arena, SHAPE(RANK, IN)));
	ck_assert(lora.b->grad.data[0] != 0);
	arena_free(arena);
}
END_TEST

START_TEST(lora_merged_gives_the_same_answers)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Lora lora = lora_linear_new(&params, "q", IN, OUT, false, (real)0.5, &rng);
	lora_merge(&lora); /* without an adapter there is nothing to do */
	lora_add(&lora, &params, RANK, 8, &rng);
	params_init_normal(&params, lora.b, 1, &rng);
	Var *x = random_constant(arena, "x", 1, SHAPE(3, IN));
	Tensor expected = lora_forward(&lora, &tape, x)->value;
	lora_merge(&lora);
	ASSERT_TENSOR_CLOSE(
	        linear_forward(&lora.linear, &tape, x)->value, expected, 1e-5, 1e-5);
	ASSERT_TENSOR_CLOSE(lora_forward(&lora, &tape, x)->value, expected, 1e-5, 1e-5);
	arena_free(arena);
}
END_TEST

START_TEST(lora_mistakes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Lora lora = lora_linear_new(&params, "q", IN, OUT, false, 1, &rng);
	ASSERT_STOPS("\"q\", rank 0: expected at least 1",
	        lora_add(&lora, &params, 0, 8, &rng));
	lora_add(&lora, &params, 1, 8, &rng);
	ASSERT_STOPS("it has an adapter already", lora_add(&lora, &params, 1, 8, &rng));
	Lora stored = lora;
	stored.linear.weight = tape_constant(&tape, lora.linear.weight->value, "w");
	stored.linear.weight->value.data = NULL;
	ASSERT_STOPS("weight \"w\" (4,5) is as its file holds it", lora_merge(&stored));
	Lora other = { .linear = { .weight = random_variable(
		                           arena, "w", 1, SHAPE(OUT, IN)) } };
	ASSERT_STOPS(
	        "weight \"w\" (4,5): expected a parameter that is called NAME.weight",
	        lora_add(&other, &params, 1, 8, &rng));
	other.linear.weight = tape_constant(&tape, lora.a->value, NULL);
	ASSERT_STOPS("called NAME.weight", lora_add(&other, &params, 1, 8, &rng));
	ASSERT_STOPS("\"k\" from 0 to 4: both sizes must be at least 1",
	        lora_linear_new(&params, "k", 0, OUT, false, 1, &rng));
	arena_free(arena);
}
END_TEST

TEST_MAIN("lora", lora_gradient_agrees_with_slopes, lora_by_hand_gives_value,
        lora_begins_as_nothing_and_can_learn, lora_merged_gives_the_same_answers,
        lora_mistakes_stop)
