#include "layers/rotary.h"
#include "tests/support/gradient.h"

#include <math.h>

enum { B = 2, T = 5, HEADS = 3, WIDTH = 4, LONGEST = 12 };
static const int lengths[] = { 5, 3 }, before[] = { 2, 7 };

static Var *turned(Tape *tape, Var *x, RotaryLayout layout, const int *where)
{
	Rotary rotary = rotary_new(tape->arena, WIDTH, LONGEST, 10000, layout);
	return rotary_forward(&rotary, tape, (Sequence){ x, lengths }, where).x;
}

static Var *halves(Tape *tape, const void *in)
{
	return turned(tape, *(Var *const *)in, ROTARY_HALVES, NULL);
}

static Var *pairs(Tape *tape, const void *in)
{
	return turned(tape, *(Var *const *)in, ROTARY_PAIRS, before);
}

/* Position 3, heads of four: the first pair is turned by 3, the second by 3 / 100. */
START_TEST(rotary_by_hand_gives_value_in_both_layouts)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real x[] = { 1, 2, 3, 4 };
	const int one[] = { 1 }, three[] = { 3 };
	Var *in = tape_constant(&tape, tensor_view(x, SHAPE(1, 1, 4)), "x");
	const struct {
		RotaryLayout layout;
		int pair[2][2]; /* which numbers are turned together */
	} cases[] = { { ROTARY_HALVES, { { 0, 2 }, { 1, 3 } } },
		{ ROTARY_PAIRS, { { 0, 1 }, { 2, 3 } } } };
	for (int c = 0; c < 2; c++) {
		Rotary rotary = rotary_new(arena, 4, LONGEST, 10000, cases[c].layout);
		Sequence s = { in, one };
		Tensor y = rotary_forward(&rotary, &tape, s, three).x->value;
		for (int i = 0; i < 2; i++) {
			int p = cases[c].pair[i][0], q = cases[c].pair[i][1];
			double a = (double)x[p], b = (double)x[q], w = i ? 0.03 : 3;
			ASSERT_CLOSE(y.data[p], a * cos(w) - b * sin(w), 1e-6, 1e-6);
			ASSERT_CLOSE(y.data[q], a * sin(w) + b * cos(w), 1e-6, 1e-6);
		}
	}
	arena_free(arena);
}
END_TEST

static Var *padded(Arena *arena)
{
	Var *x = random_variable(arena, "x", 1, SHAPE(B, T, HEADS * WIDTH));
	for (int b = 0; b < B; b++)
		sequence_clear_padding(x->value, b, lengths[b]);
	return x;
}

START_TEST(rotary_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *x = padded(arena);
	ASSERT_GRADIENT(halves, &x, 1, &x);
	ASSERT_GRADIENT(pairs, &x, 1, &x);
	arena_free(arena);
}
END_TEST

/* The product of a turned query and a turned key knows only how far apart they are. */
START_TEST(rotary_products_depend_on_the_distance_alone)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	const int one[] = { 1 };
	Sequence q = { random_constant(arena, "q", 1, SHAPE(1, 1, WIDTH)), one };
	Sequence k = { random_constant(arena, "k", 2, SHAPE(1, 1, WIDTH)), one };
	for (int layout = ROTARY_HALVES; layout <= ROTARY_PAIRS; layout++) {
		Rotary rotary =
		        rotary_new(arena, WIDTH, LONGEST, 10000, (RotaryLayout)layout);
		double product[2];
		for (int i = 0; i < 2; i++) {
			int at_q[] = { 3 + 6 * i }, at_k[] = { 1 + 6 * i };
			Tensor a = rotary_forward(&rotary, &tape, q, at_q).x->value;
			Tensor b = rotary_forward(&rotary, &tape, k, at_k).x->value;
			product[i] = 0;
			for (int j = 0; j < WIDTH; j++)
				product[i] += (double)(a.data[j] * b.data[j]);
		}
		ASSERT_CLOSE(product[0], product[1], 1e-5, 1e-5);
	}
	arena_free(arena);
}
END_TEST

START_TEST(rotary_keeps_padding_and_heads_apart)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = padded(arena);
	Tensor y = turned(&tape, x, ROTARY_HALVES, before)->value;
	Tensor padding = tensor_slice(tensor_row(y, 1), lengths[1], T);
	ASSERT_TENSOR_SAME(padding, tensor_zeros(arena, padding.ndim, padding.shape));
	Var *first = random_variable(arena, "first", 1, SHAPE(B, T, WIDTH));
	for (int b = 0; b < B; b++)
		for (int t = 0; t < T; t++)
			for (int i = 0; i < WIDTH; i++)
				sequence_step(first->value, b, t)[i] =
				        sequence_step(x->value, b, t)[WIDTH + i];
	Tensor alone = turned(&tape, first, ROTARY_HALVES, before)->value;
	for (int i = 0; i < WIDTH; i++)
		ck_assert(sequence_step(alone, 1, 2)[i] ==
		          sequence_step(y, 1, 2)[WIDTH + i]);
	arena_free(arena);
}
END_TEST

START_TEST(rotary_wrong_sizes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rotary rotary = rotary_new(arena, WIDTH, 8, 10000, ROTARY_PAIRS);
	Sequence x = { random_variable(arena, "q", 1, SHAPE(B, T, 6)), lengths };
	ASSERT_STOPS("x \"q\" (2,5,6): expected whole heads of 4 numbers",
	        rotary_forward(&rotary, &tape, x, NULL));
	x.x = padded(arena);
	ASSERT_STOPS(
	        "3 steps after 7 of utterance 1, but there are positions for 8 in all",
	        rotary_forward(&rotary, &tape, x, before));
	x.x = random_variable(arena, "q", 1, SCALAR);
	ASSERT_STOPS("expected a sequence", rotary_forward(&rotary, &tape, x, NULL));
	ASSERT_STOPS("heads of 3, 8 positions, theta 10000: expected an even width",
	        rotary_new(arena, 3, 8, 10000, ROTARY_PAIRS));
	ASSERT_STOPS("theta 0", rotary_new(arena, 4, 8, 0, ROTARY_PAIRS));
	arena_free(arena);
}
END_TEST

TEST_MAIN("rotary", rotary_by_hand_gives_value_in_both_layouts,
        rotary_gradient_agrees_with_slopes, rotary_products_depend_on_the_distance_alone,
        rotary_keeps_padding_and_heads_apart, rotary_wrong_sizes_stop)
