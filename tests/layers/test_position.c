#include "layers/position.h"
#include "tests/support/golden.h"
#include "tests/support/gradient.h"

/* As in tests/golden/make_transformer.py. */
static const int lengths[] = { 3, 5, 1 };
enum { B = 3, T = 5, D = 4 };

/* in: x, weight */
static Var *learned(Tape *tape, const void *context)
{
	Var *const *in = context;
	Position position = { in[1] };
	return position_forward(&position, tape, (Sequence){ in[0], lengths }).x;
}

static Var *sinusoidal(Tape *tape, const void *context)
{
	Var *const *in = context;
	Position position = position_sinusoidal_new(tape->arena, 9, D);
	return position_forward(&position, tape, (Sequence){ in[0], lengths }).x;
}

/* The first clock turns by one radian a step, the second by 10000^(-2/3) =
 * 0.00215443469. */
START_TEST(position_sinusoidal_by_hand)
{
	Arena *arena = arena_new("test");
	Position position = position_sinusoidal_new(arena, 3, 3);
	const real expected[] = { 0, 1, 0, (real)0.8414709848, (real)0.5403023059,
		(real)0.0021544330, (real)0.9092974268, (real)-0.4161468365,
		(real)0.0043088560 };
	ASSERT_TENSOR_CLOSE(position.weight->value,
	        tensor_from(arena, expected, 9, SHAPE(3, 3)), 1e-8, 1e-6);
	ck_assert_ptr_null(position.weight->grad.data);
	arena_free(arena);
}
END_TEST

START_TEST(position_agrees_with_pytorch)
{
	Arena *arena = arena_new("test");
	ASSERT_AGREES(learned, "transformer.txt", "learned", 2);
	ASSERT_AGREES(sinusoidal, "transformer.txt", "sinusoidal", 1);
	Position position = position_sinusoidal_new(arena, 200, 7);
	ASSERT_GOLDEN(position.weight->value, "transformer.txt", "table.out");
	arena_free(arena);
}
END_TEST

START_TEST(position_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "x", 1, SHAPE(B, T, D)),
		random_variable(arena, "weight", 2, SHAPE(T, D)) };
	ASSERT_GRADIENT(learned, in, 2, in);
	ASSERT_GRADIENT(sinusoidal, in, 1, in);
	in[0]->grad.data = NULL; /* only the positions want one */
	ASSERT_GRADIENT(learned, in, 2, in);
	arena_free(arena);
}
END_TEST

START_TEST(position_alone_or_padded_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Position position = position_new(&params, "pos", T, D, &rng);
	Var *x = random_constant(arena, "x", 1, SHAPE(B, T, D));
	Tensor y = position_forward(&position, &tape, (Sequence){ x, lengths }).x->value;
	for (int b = 0; b < B; b++) {
		Tensor own = tensor_view(
		        sequence_step(x->value, b, 0), SHAPE(1, lengths[b], D));
		Sequence one = { tape_constant(&tape, own, "x"), &lengths[b] };
		Tensor alone = position_forward(&position, &tape, one).x->value;
		Tensor y_b = tensor_row(y, b), padding = tensor_slice(y_b, lengths[b], T);
		ASSERT_TENSOR_SAME(
		        tensor_slice(y_b, 0, lengths[b]), tensor_row(alone, 0));
		ASSERT_TENSOR_SAME(
		        padding, tensor_zeros(arena, padding.ndim, padding.shape));
	}
	arena_free(arena);
}
END_TEST

START_TEST(position_new_is_normal)
{
	enum { LONGEST = 500, WIDE = 40 };
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Position position = position_new(&params, "pos", LONGEST, WIDE, &rng);
	ck_assert_str_eq(position.weight->name, "pos.weight");
	double mean = 0, square = 0;
	for (int i = 0; i < LONGEST * WIDE; i++) {
		double w = (double)position.weight->value.data[i];
		mean += w / (LONGEST * WIDE);
		square += w * w / (LONGEST * WIDE);
	}
	ASSERT_CLOSE(mean, 0, 0.03, 0);
	ASSERT_CLOSE(square, 1, 0.03, 0);
	arena_free(arena);
}
END_TEST

START_TEST(position_wrong_sizes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	ASSERT_STOPS("0 positions, 4 wide: both must be at least 1",
	        position_new(&params, "pos", 0, 4, &rng));
	ASSERT_STOPS("position_sinusoidal_new at tests/layers/test_position.c:",
	        position_sinusoidal_new(arena, 4, 0));
	Position position = position_new(&params, "pos", T - 1, D, &rng);
	Var *x = random_variable(arena, "x", 1, SHAPE(B, T, D));
	ASSERT_STOPS(
	        "x \"x\" (3,5,4) and positions \"pos.weight\" (4,4): expected at most 4 steps of 4 features",
	        position_forward(&position, &tape, (Sequence){ x, lengths }));
	arena_free(arena);
}
END_TEST

TEST_MAIN("position", position_sinusoidal_by_hand, position_agrees_with_pytorch,
        position_gradient_agrees_with_slopes, position_alone_or_padded_gives_same_bits,
        position_new_is_normal, position_wrong_sizes_stop)
