#include "layers/pool_attention.h"
#include "tests/support/gradient.h"

/* As in tests/golden/make_layers.py. */
static const int lengths[] = { 5, 1, 3 };
enum { B = 3, T = 5, F = 4 };

/* in: x, weight */
static Var *pooled(Tape *tape, const void *context)
{
	Var *const *in = context;
	PoolAttention pool = { { .weight = in[1] } };
	return pool_attention(&pool, tape, (Sequence){ in[0], lengths }, NULL);
}

/* Steps 0 and ln 3 by the weight 1: a = [1/4 3/4], so y = 3/4 ln 3. */
START_TEST(pool_attention_by_hand_gives_value_and_weights)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 0, (real)1.0986122886681098, 99 }, one[] = { 1 };
	const int two[] = { 2 };
	PoolAttention pool = { { .weight = tape_variable(
		                         &tape, tensor_view(one, SHAPE(1, 1)), "w") } };
	Sequence s = { tape_variable(&tape, tensor_view(x, SHAPE(1, 3, 1)), "x"), two };
	Var *weights;
	Var *y = pool_attention(&pool, &tape, s, &weights);
	ASSERT_CLOSE(y->value.data[0], 0.75 * 1.0986122886681098, 1e-6, 0);
	ck_assert_int_eq(y->value.ndim, 2);
	const real expected[] = { (real)0.25, (real)0.75, 0 };
	ASSERT_TENSOR_CLOSE(
	        weights->value, tensor_from(arena, expected, 3, SHAPE(1, 1, 3)), 1e-6, 0);
	arena_free(arena);
}
END_TEST

START_TEST(pool_attention_gradient_agrees_with_slopes_and_pytorch)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(B, T, F)),
		random_variable(arena, "weight", 2, SHAPE(1, F)) };
	ASSERT_GRADIENT(pooled, in, 2, in);
	for (int i = 0; i < 2; i++) { /* only one of them wants a gradient */
		Var *one[] = { in[0], in[1] }, still = *in[i];
		still.grad.data = NULL;
		one[i] = &still;
		ASSERT_GRADIENT(pooled, one, 2, one);
	}
	ASSERT_AGREES(pooled, "layers.txt", "pool_attention", 2);
	arena_free(arena);
}
END_TEST

START_TEST(pool_attention_alone_or_padded_gives_same_bits)
{
	enum { MANY = 40, WIDE = 19 };
	static const int many[] = { 40, 7, 33 };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	PoolAttention pool = pool_attention_new(&params, "pool", WIDE, &rng);
	ck_assert_str_eq(params.items[0]->name, "pool.weight");
	ck_assert_int_eq(params.count, 1);
	Var *x = random_constant(arena, "x", 1, SHAPE(B, MANY, WIDE));
	Tensor y = pool_attention(&pool, &tape, (Sequence){ x, many }, NULL)->value;
	for (int b = 0; b < B; b++) {
		Tensor own = tensor_view(
		        sequence_step(x->value, b, 0), SHAPE(1, many[b], WIDE));
		Sequence one = { tape_constant(&tape, own, "x"), &many[b] };
		Tensor alone = pool_attention(&pool, &tape, one, NULL)->value;
		ASSERT_TENSOR_SAME(tensor_row(y, b), tensor_row(alone, 0));
	}
	arena_free(arena);
}
END_TEST

START_TEST(pool_attention_wrong_shapes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	PoolAttention pool = pool_attention_new(&params, "pool", F, &rng);
	Var *flat = random_variable(arena, "text", 1, SHAPE(B, F));
	ASSERT_STOPS("pool_attention at tests/layers/test_pool_attention.c:",
	        pool_attention(&pool, &tape, (Sequence){ flat, lengths }, NULL));
	Var *wide = random_variable(arena, "text", 1, SHAPE(B, T, F + 1));
	ASSERT_STOPS("x \"text\" (3,5,5) times weight \"pool.weight\" (1,4)",
	        pool_attention(&pool, &tape, (Sequence){ wide, lengths }, NULL));
	ASSERT_STOPS("both sizes must be at least 1",
	        pool_attention_new(&params, "none", 0, &rng));
	arena_free(arena);
}
END_TEST

TEST_MAIN("pool_attention", pool_attention_by_hand_gives_value_and_weights,
        pool_attention_gradient_agrees_with_slopes_and_pytorch,
        pool_attention_alone_or_padded_gives_same_bits, pool_attention_wrong_shapes_stop)
