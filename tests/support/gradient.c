#include "tests/support/gradient.h"
#include "autograd/look/doctor.h"
#include "autograd/ops.h"
#include "tensor/rng.h"
#include "tests/support/golden.h"

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

enum { INPUTS_MAX = 40, STEPS = 10 };

/* The gradients of sum(out dout), added; returns what the function made. */
static Var *descend(Tape *tape, GradcheckFunction *function, Var *const in[], Tensor dout)
{
	Var *out = function(tape, in);
	Var *weights = tape_constant(tape, dout, "dout");
	tape_backward(tape, op_sum(tape, op_mul(tape, out, weights)));
	return out;
}

/* One step of gradient descent on all inputs; zeroes their gradients. */
static void update(Var *const in[], int count)
{
	const real rate = (real)0.01;
	for (int i = 0; i < count; i++)
		for (size_t j = 0; j < tensor_count(in[i]->value); j++) {
			in[i]->value.data[j] -= rate * in[i]->grad.data[j];
			in[i]->grad.data[j] = 0;
		}
}

void gradient_agrees(const char *source, int line, GradcheckFunction *function,
        const char *file, const char *name, int count)
{
	Arena *arena = arena_new("agrees"), *step = arena_new("step");
	Tape inputs = tape_new(arena), tape = tape_new(step);
	Var *in[INPUTS_MAX];
	ck_assert_int_le(count, INPUTS_MAX);
	for (int i = 0; i < count; i++) {
		const char *input = arena_format(arena, "%s.in%d", name, i);
		in[i] = tape_variable(&inputs, golden_tensor(arena, file, input), input);
	}
	Tensor dout = golden_tensor(arena, file, arena_format(arena, "%s.dout", name));
	for (int s = 0; s < STEPS; s++) {
		Var *out = descend(&tape, function, in, dout);
		if (s == 0) {
			const char *key = arena_format(arena, "%s.out", name);
			golden_check(source, line, key, out->value, file, key);
		}
		for (int i = 0; i < count && s == 0; i++) {
			const char *key = arena_format(arena, "%s.grad%d", name, i);
			golden_check(source, line, key, in[i]->grad, file, key);
		}
		update(in, count);
		tape_reset(&tape);
	}
	for (int i = 0; i < count; i++) {
		const char *key = arena_format(arena, "%s.after%d", name, i);
		golden_check(source, line, key, in[i]->value, file, key);
	}
	arena_free(step);
	arena_free(arena);
}
