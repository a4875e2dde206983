/* gradcheck.h: is this gradient right? The question every backward has to answer.
 *
 * The gradient that the tape computes is held against slopes measured from values alone,
 * for every element of every Var given:
 *
 *     static Var *square(Tape *tape, const void *x)
 *     {
 *             Var *v = (Var *)x;
 *             return op_mul(tape, v, v);
 *     }
 *     ...
 *     GradcheckResult result = gradcheck(arena, square, x, 1, &x);
 *     if (!result.passed)
 *             puts(result.text);
 *
 * An output that is no scalar is weighted by fixed random numbers and summed, so that no
 * two of its elements can make up for each other.
 *
 * Where the function has a kink (relu at 0, two equal maxima) the slopes on the two sides
 * differ, and any gradient between them is right.
 *
 * Meant for the double build, where it sees a relative error of 1e-6. In the float build
 * the same calls work, with tolerances that only find mistakes, not inaccuracy. */
#ifndef AUTOGRAD_GRADCHECK_H
#define AUTOGRAD_GRADCHECK_H

#include "autograd/tape.h"

/* Computes something from Vars reached through `context`, on the tape given. It must give
 * the same value each time: random numbers are drawn outside, or from an Rng copied
 * inside. */
typedef Var *GradcheckFunction(Tape *tape, const void *context);

typedef struct GradcheckResult {
	bool passed;
	int checked;      /* elements compared */
	int kinks;        /* of them, accepted because the slope jumps there */
	int wrong;        /* of them, all over the Vars */
	bool overwritten; /* a second backward did not add to the first, */
	bool unscaled;    /* or did not follow a loss that was scaled */

	/* The element that is furthest off; input is -1 where no slope is wrong. */
	int input;       /* the Var is vars[input] */
	size_t element;  /* its index in found.data */
	Tensor found;    /* the tape's gradient of that Var */
	Tensor expected; /* the measured one */
	Tensor weights;  /* of the outputs; their shape */

	char text[768]; /* what is wrong, for a person; empty if the check passed */
} GradcheckResult;

/* Checks the gradients of `count` Vars; those that want none are passed over. A whole
 * model is gradcheck(arena, f, context, params.count, params.items). Their gradients are
 * overwritten, their values left as they were. The result lives in `arena`.
 *
 * Fails, apart from a wrong slope: if two calls give different values; if a Var gets no
 * gradient at all and none is expected (a check of nothing); if a second backward, of
 * three times the output, does not add three times the gradient. */
GradcheckResult gradcheck(Arena *arena, GradcheckFunction *function, const void *context,
        int count, Var *const vars[]);

/* What both this check and the doctor go by: the step from x in measuring a slope, and
 * whether two gradients are the same one, where numbers up to `size` went into them. */
real gradcheck_step(real x);
bool gradcheck_agree(double found, double expected, double size);

/* `"fc.weight"`, or `input 0` where it has no name; and with an element:
 * `"fc.weight"[2,3]`. */
typedef struct GradcheckName {
	char text[192];
} GradcheckName;
GradcheckName gradcheck_name(int input, const Var *var);
GradcheckName gradcheck_element(int input, const Var *var, size_t i);

#endif
