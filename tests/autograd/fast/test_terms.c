#include "autograd/fast/terms.h"
#include "autograd/ops.h"
#include "layers/conv1d.h"
#include "layers/conv1d_max.h"
#include "layers/linear.h"
#include "layers/lstm.h"
#include "layers/params.h"
#include "tensor/transpose.h"
#include "tests/support/harness.h"

#include <string.h>

/* ---- one leaf, two terms ---- */

static Tensor random_tensor(Arena *arena, Rng *rng, int rows, int columns)
{
	Tensor x = tensor_new(arena, SHAPE(rows, columns));
	for (size_t i = 0; i < tensor_count(x); i++)
		x.data[i] = (real)rng_normal(rng);
	return x;
}

enum { TAPES = 4 };

static void add_product(Tape *tape, Var *to[2], Tensor dy, Tensor x)
{
	for (int i = 0; i < 2; i++)
		terms_add_product(
		        tape, to[i], matrix_transpose(matrix_of(dy)), matrix_of(x));
}

static void add_matrix(Tape *tape, Var *to[2], Matrix a)
{
	for (int i = 0; i < 2; i++)
		terms_add_matrix(tape, to[i], a);
}

/* Products, or matrices, or one of each from every tape, to one gradient at once, and as
 * terms, which are summed later in two parts: each element is the same sum in the same
 * order. */
START_TEST(terms_summed_later_have_the_bits_of_those_added_at_once)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng rng = rng_new(1);
	for (int round = 0; round < 30; round++) {
		int M = 100 + rng_below(&rng, 20), N = 100 + rng_below(&rng, 40);
		Tensor zeros = tensor_zeros(arena, SHAPE(M, N));
		Var at_once = { .value = zeros, .grad = tensor_clone(arena, zeros) };
		Terms terms[TAPES] = { { .first = NULL } };
		const Terms *all[TAPES];
		for (int t = 0; t < TAPES; t++) {
			Var later = { .value = zeros, .grad = zeros, .later = &terms[t] };
			Var *both[] = { &at_once, &later };
			int K = 1 + rng_below(&rng, t % 2 ? 150 : 20);
			Tensor c = random_tensor(arena, &rng, N, M);
			if (round % 3 != 0)
				add_product(&tape, both, random_tensor(arena, &rng, K, M),
				        random_tensor(arena, &rng, K, N));
			if (round % 3 == 0)
				add_matrix(&tape, both, matrix_transpose(matrix_of(c)));
			else if (round % 3 == 1)
				add_matrix(&tape, both, matrix_view(c.data, M, N, N));
			all[t] = &terms[t];
		}
		Tensor sum = random_tensor(arena, &rng, M, N);
		int row = rng_below(&rng, M);
		Matrix out = matrix_of(sum);
		terms_sum(
		        arena, all, TAPES, matrix_part(out, 0, row, 0, N), 0, MATMUL_SET);
		terms_sum(arena, all, TAPES, matrix_part(out, row, M - row, 0, N), row,
		        MATMUL_SET);
		ASSERT_TENSOR_SAME(sum, at_once.grad);
		ck_assert(zeros.data[0] == 0);
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

START_TEST(terms_product_of_long_sums_is_added_at_once)
{
	enum { M = 3, N = 5, K = 6 }; /* 6 (3 + 5) numbers, 3 * 3 5 in the gradient */
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng rng = rng_new(1);
	Tensor dy = random_tensor(arena, &rng, K, M),
	       x = random_tensor(arena, &rng, K, N);
	for (int depth = K - 1; depth <= K; depth++) {
		Terms terms = { .first = NULL };
		Tensor zeros = tensor_zeros(arena, SHAPE(M, N));
		Var weight = { .value = zeros, .grad = zeros, .later = &terms };
		terms_add_product(&tape, &weight,
		        matrix_transpose(matrix_of(tensor_slice(dy, 0, depth))),
		        matrix_of(tensor_slice(x, 0, depth)));
		ck_assert_int_eq(terms.first != NULL, depth < K);
		ck_assert_int_eq(terms.written, depth == K);
		ck_assert_int_eq(zeros.data[0] == 0, depth < K);
	}
	arena_free(arena);
}
END_TEST

/* With an arena of their own, they outlive the tape: its memory is written over before
 * they are summed. */
START_TEST(terms_with_an_arena_outlive_the_tape)
{
	enum { M = 40, N = 30, K = 3, BYTES = 1 << 16 };
	Arena *arena = arena_new("test"), *step = arena_new("step");
	Arena *own = arena_new("terms");
	Rng rng = rng_new(3);
	Tensor dy = random_tensor(arena, &rng, K, M),
	       x = random_tensor(arena, &rng, K, N);
	Tensor a = random_tensor(arena, &rng, M, N),
	       zeros = tensor_zeros(arena, SHAPE(M, N));
	const int rows[K] = { 7, -1, 39 };
	Tensor sums[2];
	for (int outlive = 0; outlive < 2; outlive++) {
		Tape tape = tape_new(step);
		Terms terms = { .arena = outlive ? own : NULL };
		Var weight = { .value = zeros, .grad = zeros, .later = &terms };
		Tensor dy_step = tensor_clone(step, dy), x_step = tensor_clone(step, x);
		int *rows_step = arena_copy(step, rows, sizeof rows);
		Matrix whole = matrix_view(
		        arena_alloc(terms_arena(&tape, &weight), M * N * sizeof(real)), M,
		        N, N);
		matrix_copy(whole, matrix_of(a));
		terms_add_product(&tape, &weight, matrix_transpose(matrix_of(dy_step)),
		        matrix_of(x_step));
		terms_add_matrix(&tape, &weight, whole);
		terms_add_rows(&tape, &weight, rows_step, matrix_of(x_step));
		if (outlive) {
			tape_reset(&tape);
			memset(arena_alloc(step, BYTES), 0xff, BYTES);
		}
		sums[outlive] = tensor_new(arena, SHAPE(M, N));
		terms_sum(arena, (const Terms *const[]){ &terms }, 1,
		        matrix_of(sums[outlive]), 0, MATMUL_SET);
		terms_clear(&terms);
		ck_assert(!terms.first && terms.arena == (outlive ? own : NULL));
		arena_reset(step);
	}
	ASSERT_TENSOR_SAME(sums[1], sums[0]);
	ck_assert(sums[0].data[0] != a.data[0]); /* more than one term was summed */
	arena_free(own);
	arena_free(step);
	arena_free(arena);
}
END_TEST

START_TEST(terms_none_are_zero_or_nothing)
{
	Arena *arena = arena_new("test");
	Terms none = { .first = NULL };
	Tensor sum = tensor_full(arena, 3, SHAPE(2, 2));
	const Terms *all[] = { &none, &none };
	terms_sum(arena, all, 2, matrix_of(sum), 0, MATMUL_ADD);
	ASSERT_CLOSE(sum.data[3], 3, 0, 0);
	terms_sum(arena, all, 2, matrix_of(sum), 0, MATMUL_SET);
	ASSERT_CLOSE(sum.data[3], 0, 0, 0);
	arena_free(arena);
}
END_TEST

/* ---- layers ---- */

enum { B = 3, T = 9, F = 5, H = 4 };

typedef struct Layers {
	Linear linear;
	Lstm lstm;
	Conv1d conv[2];
} Layers;

static Layers layers_new(Params *params)
{
	Rng rng = rng_new(1);
	Conv1dOptions padded = { .kernel = 3, .padding = 1 };
	Conv1dOptions dilated = { .kernel = 2, .dilation = 2, .stride = 2 };
	return (Layers){
		.lstm = lstm_new(params, "lstm", F, H, LSTM_BOTH, &rng),
		.conv = { conv1d_new(params, "c0", 2 * H, 6, padded, &rng),
		        conv1d_new(params, "c1", 6, 7, dilated, &rng) },
		.linear = linear_new(params, "fc", 7, 7, &rng),
	};
}

/* Each weight twice; the second time that of the linear layer by an operation that
 * knows of no terms. */
static Var *loss_of(const Layers *layers, Tape *tape, Tensor frames)
{
	static const int lengths[B] = { 9, 5, 7 };
	Var *all[2];
	for (int turn = 0; turn < 2; turn++) {
		Sequence x = { tape_constant(tape, frames, "x"), lengths };
		x = lstm_forward(&layers->lstm, tape, x);
		x = turn ? conv1d_forward(&layers->conv[0], tape, x)
		         : conv1d_max_pool(&layers->conv[0], tape, x, 2);
		Var *y = conv1d_max(&layers->conv[1], tape, x);
		all[turn] = turn ? op_matmul(tape, y, layers->linear.weight)
		                 : linear_forward(&layers->linear, tape, y);
	}
	return op_sum(tape, op_mul(tape, all[0], all[1]));
}

/* What all of them leave as terms, and what was written, is the gradient that they add
 * at once. */
START_TEST(terms_of_layers_are_their_gradients)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(2);
	Tensor frames =
	        tensor_reshape(random_tensor(arena, &rng, B * T, F), SHAPE(B, T, F));
	Params params = params_new(arena), replica = params_replica(arena, &params);
	Layers layers = layers_new(&params), others = layers_new(&replica);
	Tape tape = tape_new(arena_new("step"));
	tape_backward(&tape, loss_of(&layers, &tape, frames));

	for (int i = 0; i < replica.count; i++)
		if (replica.items[i]->value.ndim > 1)
			replica.items[i]->later = ARENA_NEW(arena, Terms);
	tape_backward(&tape, loss_of(&others, &tape, frames));
	for (int i = 0; i < params.count; i++) {
		const Var *of = replica.items[i];
		Tensor sum = tensor_clone(arena, of->grad);
		if (of->later) {
			bool mixed = of == others.linear.weight;
			ck_assert_msg(of->later->first, "%s has no terms", of->name);
			ck_assert_msg(of->later->written == mixed, "%s", of->name);
			ck_assert_msg(mixed || of->grad.data[0] == 0, "%s", of->name);
			int rows = sum.shape[0];
			int columns = (int)(tensor_count(sum) / (size_t)rows);
			terms_sum(arena, (const Terms *const[]){ of->later }, 1,
			        matrix_view(sum.data, rows, columns, columns), 0,
			        MATMUL_ADD);
		}
		ASSERT_TENSOR_CLOSE(sum, params.items[i]->grad, 1e-5, 1e-5);
	}
	arena_free(tape.arena);
	arena_free(arena);
}
END_TEST

TEST_MAIN("terms", terms_summed_later_have_the_bits_of_those_added_at_once,
        terms_product_of_long_sums_is_added_at_once, terms_with_an_arena_outlive_the_tape,
        terms_none_are_zero_or_nothing, terms_of_layers_are_their_gradients)
