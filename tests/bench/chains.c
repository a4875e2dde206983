/* What an operation costs besides its arithmetic: 10,000 additions or multiplications of
 * a few numbers, one after the other, forward and backward. */
#include "autograd/ops.h"
#include "tensor/denormals.h"
#include "tests/bench/bench.h"

#include <stdio.h>

enum { LENGTH = 10000 };

typedef struct Chain {
	int numbers;
	bool multiply;
} Chain;

static const Chain chains[] = { { 1, false }, { 1, true }, { 16, false }, { 16, true } };

typedef struct ChainState {
	Chain chain;
	Tape tape;
	Tensor x, w;
} ChainState;

static void *prepare_chain(Arena *arena, Pool *pool, const void *config)
{
	(void)pool;
	const Chain *chain = config;
	ChainState *state = ARENA_NEW(arena, ChainState);
	state->chain = *chain;
	state->tape = tape_new(arena_new("step"));
	state->x = tensor_full(arena, (real)0.5, SHAPE(chain->numbers));
	state->w = tensor_full(
	        arena, (real)(chain->multiply ? 0.99999 : 0.0001), SHAPE(chain->numbers));
	denormals_flush();
	return state;
}

static void run_chain(void *context)
{
	ChainState *state = context;
	Tape *tape = &state->tape;
	tape_reset(tape);
	Var *y = tape_variable(tape, state->x, "x");
	Var *w = tape_constant(tape, state->w, "w");
	for (int i = 0; i < LENGTH; i++)
		y = state->chain.multiply ? op_mul(tape, y, w) : op_add(tape, y, w);
	tape_backward(tape, op_sum(tape, y));
}

void bench_chains(Bench *bench)
{
	for (size_t i = 0; i < sizeof chains / sizeof chains[0]; i++) {
		BenchCase c = { .one_thread = true,
			.config = &chains[i],
			.prepare = prepare_chain,
			.run = run_chain };
		snprintf(c.name, sizeof c.name, "autograd_chain10k_%s_n%d",
		        chains[i].multiply ? "mul" : "add", chains[i].numbers);
		bench_case(bench, c);
	}
}
