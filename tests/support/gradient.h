/* gradient.h: what a test of a backward needs.
 *
 *     static Var *product(Tape *tape, const void *context)
 *     {
 *             Var *const *in = context;
 *             return op_mul(tape, in[0], in[1]);
 *     }
 *     ...
 *     Var *in[] = { random_variable(arena, "a", 1, SHAPE(2, 3)),
 *             random_variable(arena, "b", 2, SHAPE(3)) };
 *     ASSERT_GRADIENT(product, in, 2, in);
 */
#ifndef TESTS_GRADIENT_H
#define TESTS_GRADIENT_H

#include "autograd/look/gradcheck.h"
#include "tests/support/harness.h"

/* A Var that wants a gradient, of normal random numbers, the same for the same seed. */
Var *random_variable(
        Arena *arena, const char *name, int seed, int ndim, const int shape[]);
/* The same without a gradient. */
Var *random_constant(
        Arena *arena, const char *name, int seed, int ndim, const int shape[]);

/* The test fails, in the words of autograd/gradcheck.h and doctor.h, unless every
 * gradient is right. */
#define ASSERT_GRADIENT(function, context, count, vars)                                  \
	gradient_check(__FILE__, __LINE__, function, context, count, vars)
void gradient_check(const char *file, int line, GradcheckFunction *function,
        const void *context, int count, Var *const vars[]);

/* Value and gradients agree with another program's. tests/golden/FILE holds for the case
 * `name` its inputs NAME.in0, NAME.in1, ..., its output NAME.out, a gradient of the loss
 * with respect to it NAME.dout, the gradients that come of it, NAME.grad0, ..., and the
 * inputs after ten steps of gradient descent, NAME.after0, ... The context of the
 * function is the array of inputs. */
#define ASSERT_AGREES(function, file, name, count)                                       \
	gradient_agrees(__FILE__, __LINE__, function, file, name, count)
void gradient_agrees(const char *source, int line, GradcheckFunction *function,
        const char *file, const char *name, int count);

#endif
