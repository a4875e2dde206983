/* Matrix products and convolutions of the sizes that small models of text and speech
 * need. */
#include "layers/conv1d.h"
#include "tensor/denormals.h"
#include "tensor/matmul.h"
#include "tensor/rng.h"
#include "tests/bench/bench.h"

#include <stdio.h>

static Tensor random_tensor(Arena *arena, Rng *rng, int ndim, const int shape[])
{
	Tensor x = tensor_new(arena, ndim, shape);
	for (size_t i = 0; i < tensor_count(x); i++)
		x.data[i] = (real)rng_normal(rng);
	return x;
}

/* ---- gemm:MxKxN, (M,K) times (K,N) ---- */

typedef struct Product {
	int M, K, N;
} Product;

static const Product products[] = {
	{ 64, 64, 64 },
	{ 128, 128, 128 },
	{ 256, 256, 256 },
	{ 512, 512, 512 },
	{ 1024, 1024, 1024 },
	{ 16, 128, 512 },
	{ 32, 128, 512 },
	{ 32, 256, 1024 },
	{ 64, 256, 1024 },
	{ 32, 784, 256 },
	{ 1024, 100, 512 },
	{ 1024, 128, 384 },
};

typedef struct ProductState {
	Matrix out, a, b;
} ProductState;

static void *prepare_product(Arena *arena, Pool *pool, const void *config)
{
	(void)pool;
	const Product *p = config;
	Rng rng = rng_new(1);
	ProductState *state = ARENA_NEW(arena, ProductState);
	state->a = matrix_of(random_tensor(arena, &rng, SHAPE(p->M, p->K)));
	state->b = matrix_of(random_tensor(arena, &rng, SHAPE(p->K, p->N)));
	state->out = matrix_of(tensor_zeros(arena, SHAPE(p->M, p->N)));
	denormals_flush();
	return state;
}

static void run_product(void *context)
{
	const ProductState *state = context;
	matmul(state->out, state->a, state->b, MATMUL_SET);
}

static Work product_work(void *context)
{
	const ProductState *state = context;
	double M = state->out.rows, K = state->a.columns, N = state->out.columns;
	double bytes = (M * K + K * N + M * N) * sizeof(real);
	return (Work){ .flops = 2 * M * K * N, .bytes = bytes, .held = bytes };
}

void bench_products(Bench *bench)
{
	for (size_t i = 0; i < sizeof products / sizeof products[0]; i++) {
		const Product *p = &products[i];
		BenchCase c = { .one_thread = true,
			.config = p,
			.prepare = prepare_product,
			.run = run_product,
			.work = product_work };
		snprintf(c.name, sizeof c.name, "gemm:%dx%dx%d", p->M, p->K, p->N);
		bench_case(bench, c);
	}
}

/* ---- conv1d:B.._T.._INtoOUT_kKERNEL, forward: a product over overlapping rows ---- */

typedef struct Convolution {
	int B, T, in, out, kernel;
} Convolution;

static const Convolution convolutions[] = {
	{ 32, 200, 40, 64, 5 },
	{ 32, 98, 64, 128, 5 },
	{ 32, 100, 40, 64, 3 },
	{ 32, 300, 128, 128, 3 },
	{ 1, 200, 40, 64, 5 },
};

typedef struct ConvolutionState {
	Conv1d conv;
	Tape tape;
	Tensor x;
	int *lengths;
} ConvolutionState;

static void *prepare_convolution(Arena *arena, Pool *pool, const void *config)
{
	(void)pool;
	const Convolution *c = config;
	Rng rng = rng_new(1);
	Params params = params_new(arena);
	ConvolutionState *state = ARENA_NEW(arena, ConvolutionState);
	state->conv = conv1d_new(&params, "conv", c->in, c->out,
	        (Conv1dOptions){ .kernel = c->kernel }, &rng);
	state->tape = tape_new(arena_new("step"));
	state->tape.recording = false;
	state->x = random_tensor(arena, &rng, SHAPE(c->B, c->T, c->in));
	state->lengths = ARENA_ARRAY(arena, int, (size_t)c->B);
	for (int b = 0; b < c->B; b++)
		state->lengths[b] = c->T;
	denormals_flush();
	return state;
}

static void run_convolution(void *context)
{
	ConvolutionState *state = context;
	tape_reset(&state->tape);
	Var *x = tape_constant(&state->tape, state->x, "x");
	conv1d_forward(&state->conv, &state->tape, (Sequence){ x, state->lengths });
}

static Work convolution_work(void *context)
{
	const ConvolutionState *state = context;
	Tensor weight = state->conv.weight->value, x = state->x;
	double out = (double)x.shape[0] * conv1d_length(&state->conv, x.shape[1]) *
	             weight.shape[0];
	double bytes = ((double)tensor_count(x) + (double)tensor_count(weight) + out) *
	               sizeof(real);
	return (Work){ .flops = 2 * out * weight.shape[1] * weight.shape[2],
		.bytes = bytes,
		.held = bytes };
}

void bench_convolutions(Bench *bench)
{
	for (size_t i = 0; i < sizeof convolutions / sizeof convolutions[0]; i++) {
		const Convolution *v = &convolutions[i];
		BenchCase c = { .one_thread = true,
			.config = v,
			.prepare = prepare_convolution,
			.run = run_convolution,
			.work = convolution_work };
		snprintf(c.name, sizeof c.name, "conv1d:B%d_T%d_%dto%d_k%d", v->B, v->T,
		        v->in, v->out, v->kernel);
		bench_case(bench, c);
	}
}
