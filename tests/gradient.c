#include "tests/gradient.h"
#include "autograd/doctor.h"
#include "autograd/ops.h"
#include "tensor/rng.h"
#include "tests/golden.h"

Var *random_variable(
        Arena *arena, const char *name, int seed, int ndim, const int shape[])
{
	Tape tape = tape_new(arena);
	Tensor x = tensor_new(arena, ndim, shape);
	Rng rng = rng_new((uint64_t)seed);
	for (size_t i = 0; i < tensor_count(x); i++)
		x.data[i] = (real)rng_normal(&rng);
	return tape_variable(&tape, x, name);
}

Var *random_constant(
        Arena *arena, const char *name, int seed, int ndim, const int shape[])
{
	Var *x = random_variable(arena, name, seed, ndim, shape);
	x->grad.data = NULL;
	return x;
}

void gradient_check(const char *file, int line, GradcheckFunction *function,
        const void *context, int count, Var *const vars[])
{
	Arena *arena = arena_new("gradient");
	GradcheckResult result = gradcheck(arena, function, context, count, vars);
	if (!result.passed)
		_ck_assert_failed(file, line,
		        doctor_diagnose(arena, function, context, count, vars, &result)
		                .text,
		        NULL);
	arena_free(arena);
}

enum { INPUTS_MAX = 16 };

void gradient_agrees(const char *source, int line, GradcheckFunction *function,
        const char *file, const char *name, int count)
{
	Arena *arena = arena_new("agrees");
	Tape tape = tape_new(arena);
	Var *in[INPUTS_MAX];
	ck_assert_int_le(count, INPUTS_MAX);
	for (int i = 0; i < count; i++) {
		const char *input = arena_format(arena, "%s.in%d", name, i);
		in[i] = tape_variable(&tape, golden_tensor(arena, file, input), input);
	}
	Var *out = function(&tape, in);
	golden_check(source, line, name, out->value, file,
	        arena_format(arena, "%s.out", name));

	Tensor dout = golden_tensor(arena, file, arena_format(arena, "%s.dout", name));
	Var *weights = tape_constant(&tape, dout, "dout");
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, out, weights)));
	for (int i = 0; i < count; i++)
		golden_check(source, line, in[i]->name, in[i]->grad, file,
		        arena_format(arena, "%s.grad%d", name, i));
	arena_free(arena);
}
