#include "autograd/terms.h"
#include "autograd/ops.h"
#include "layers/conv1d.h"
#include "layers/conv1d_max.h"
#include "layers/linear.h"
#include "layers/lstm.h"
#include "layers/params.h"
#include "tensor/elementwise.h"
#include "tests/harness.h"

#include <string.h>

/* ---- one leaf, two terms ---- */

static Tensor random_tensor(Arena *arena, Rng *rng, int rows, int columns)
{
	Tensor x = tensor_new(arena, SHAPE(rows, columns));
	for (size_t i = 0; i < tensor_count(x); i++)
		x.data[i] = (real)rng_normal(rng);
	return x;
}

/* A product and a matrix, turned over: given at once, and later, as a whole and in parts. A product of sums that
 * are long for its size is not put off. */
START_TEST(terms_summed_later_have_the_bits_of_those_added_at_once)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(1);
	int put_off = 0, rounds = 50;
	for (int round = 0; round < rounds; round++) {
		int M = 1 + rng_below(&rng, 40), N = 1 + rng_below(&rng, 70);
		int K = 1 + rng_below(&rng, 20);
		Matrix a = matrix_transpose(matrix_of(random_tensor(arena, &rng, K, M)));
		Matrix b = matrix_of(random_tensor(arena, &rng, K, N));
		Matrix c = matrix_transpose(matrix_of(random_tensor(arena, &rng, N, M)));
		Tensor zeros = tensor_zeros(arena, SHAPE(M, N));
		Var at_once = { .value = zeros, .grad = tensor_clone(arena, zeros) };
		terms_add_product(HERE, arena, &at_once, a, b);
		terms_add_matrix(HERE, arena, &at_once, c);

		Terms terms = { .first = NULL };
		Tensor written = tensor_clone(arena, zeros);
		Var later = { .value = zeros, .grad = written, .terms = &terms };
		terms_add_product(HERE, arena, &later, a, b);
		terms_add_matrix(HERE, arena, &later, c);
		Tensor sum = random_tensor(arena, &rng, M, N);
		int row = rng_below(&rng, M), column = rng_below(&rng, N);
		Matrix all = matrix_of(sum);
		terms_sum(&terms, matrix_part(all, 0, row, 0, N), 0, 0);
		terms_sum(&terms, matrix_part(all, row, M - row, 0, column), row, 0);
		terms_sum(&terms, matrix_part(all, row, M - row, column, N - column), row,
		        column);
		if (terms.written)
			tensor_add(sum, written, sum);
		else
			ck_assert(written.data[0] == 0);
		put_off += !terms.written;
		ASSERT_TENSOR_SAME(sum, at_once.grad);
		arena_reset(arena);
	}
	ck_assert(put_off > 0 && put_off < rounds);
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

/* Each weight twice; the second time that of the linear layer by an operation that knows of no terms. */
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

/* What all of them leave as terms, and what was written, is the gradient that they add at once. */
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
			replica.items[i]->terms = ARENA_NEW(arena, Terms);
	tape_backward(&tape, loss_of(&others, &tape, frames));
	for (int i = 0; i < params.count; i++) {
		const Var *of = replica.items[i];
		Tensor sum = tensor_clone(arena, of->grad);
		if (of->terms) {
			bool mixed = of == others.linear.weight;
			ck_assert_msg(of->terms->first, "%s has no terms", of->name);
			ck_assert_msg(of->terms->written == mixed, "%s", of->name);
			ck_assert_msg(mixed || of->grad.data[0] == 0, "%s", of->name);
			int rows = sum.shape[0];
			int columns = (int)(tensor_count(sum) / (size_t)rows);
			Tensor part = tensor_new(arena, SHAPE(rows, columns));
			terms_sum(of->terms, matrix_of(part), 0, 0);
			for (size_t j = 0; j < tensor_count(sum); j++)
				sum.data[j] += part.data[j];
		}
		ASSERT_TENSOR_CLOSE(sum, params.items[i]->grad, 1e-5, 1e-5);
	}
	arena_free(tape.arena);
	arena_free(arena);
}
END_TEST

TEST_MAIN("terms", terms_summed_later_have_the_bits_of_those_added_at_once,
        terms_of_layers_are_their_gradients)
