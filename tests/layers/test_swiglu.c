#include "layers/swiglu.h"
#include "autograd/ops.h"
#include "autograd/smooth.h"
#include "tests/support/gradient.h"

static Var *gated(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_swiglu(tape, in[0], in[1]);
}

static SwiGlu swiglu_over(Var *const in[])
{
	SwiGlu swiglu = { .gate_proj = { .linear = { .weight = in[0] } } };
	swiglu.up_proj.linear.weight = in[1];
	swiglu.down_proj.linear.weight = in[2];
	return swiglu;
}

/* in: x, gate, up, down */
static Var *whole(Tape *tape, const void *context)
{
	Var *const *in = context;
	SwiGlu swiglu = swiglu_over(in + 1);
	return swiglu_forward(&swiglu, tape, in[0]);
}

static void random_weights(Arena *arena, Var *in[4])
{
	in[0] = random_variable(arena, "x", 1, SHAPE(2, 3, 5));
	in[1] = random_variable(arena, "gate", 2, SHAPE(7, 5));
	in[2] = random_variable(arena, "up", 3, SHAPE(7, 5));
	in[3] = random_variable(arena, "down", 4, SHAPE(5, 7));
}

START_TEST(swiglu_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[4];
	random_weights(arena, in);
	ASSERT_GRADIENT(whole, in, 4, in);
	ASSERT_GRADIENT(gated, in + 1, 2, in + 1);
	in[1]->grad.data = NULL;
	ASSERT_GRADIENT(gated, in + 1, 2, in + 1);
	arena_free(arena);
}
END_TEST

START_TEST(swiglu_agrees_with_small_operations)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *in[4];
	random_weights(arena, in);
	Linear gate = { .weight = in[1] }, up = { .weight = in[2] };
	Linear down = { .weight = in[3] };
	Var *opened = op_silu(&tape, linear_forward(&gate, &tape, in[0]));
	Var *passed = op_mul(&tape, opened, linear_forward(&up, &tape, in[0]));
	Var *expected = linear_forward(&down, &tape, passed);
	ASSERT_TENSOR_CLOSE(whole(&tape, in)->value, expected->value, 1e-6, 1e-5);
	arena_free(arena);
}
END_TEST

START_TEST(swiglu_new_has_published_names_and_checks_shapes)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	swiglu_new(&params, "mlp", 5, 7, (real)0.02, (real)0.01, &rng);
	ck_assert_int_eq(params.count, 3);
	ck_assert_str_eq(params.items[0]->name, "mlp.gate_proj.weight");
	ck_assert_str_eq(params.items[1]->name, "mlp.up_proj.weight");
	ck_assert_str_eq(params.items[2]->name, "mlp.down_proj.weight");
	ck_assert_int_eq(params.items[2]->value.shape[0], 5);
	Var *a = random_variable(arena, "a", 1, SHAPE(2, 3));
	Var *b = random_variable(arena, "b", 1, SHAPE(3, 2));
	ASSERT_STOPS("gate \"a\" (2,3) and up \"b\" (3,2): expected one shape",
	        op_swiglu(&tape, a, b));
	arena_free(arena);
}
END_TEST

TEST_MAIN("swiglu", swiglu_gradient_agrees_with_slopes,
        swiglu_agrees_with_small_operations,
        swiglu_new_has_published_names_and_checks_shapes)
