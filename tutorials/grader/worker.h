/* worker.h: the process that holds the student's code. It computes answers and knows
 * no expected one.
 *
 * A chapter's worker.c says how each function of its exercise.h is called with the
 * arguments that checks.c sends (checks.h, CALL):
 *
 *     static void call_multiply(const Call *c)
 *     {
 *             multiply(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2), call_int(c, 3));
 *     }
 *
 *     static Var *op_scale(const Call *c)
 *     {
 *             return scale(call_tape(c), call_var(c, 0), call_var(c, 1));
 *     }
 *
 *     WORKER({ "multiply", .call = call_multiply }, { "scale", .op = op_scale })
 *
 * Arguments are counted from 0. Each array is an allocation of its own, so that the
 * address sanitizer sees an index that is one too large. */
#ifndef TUTORIALS_GRADER_WORKER_H
#define TUTORIALS_GRADER_WORKER_H

#include "autograd/tape.h"

typedef struct Call Call;

/* Argument `index`; the process ends with a message if it is another kind of thing. */
real *call_reals(const Call *call, int index);
int *call_ints(const Call *call, int index);
int call_int(const Call *call, int index);
real call_real(const Call *call, int index);
Var *call_var(const Call *call, int index);
/* Of this call alone. */
Tape *call_tape(const Call *call);

typedef struct WorkerFunction {
	const char *name;
	void (*call)(const Call *call); /* a function of numbers and arrays, or */
	Var *(*op)(const Call *call);   /* an operation on a tape */
} WorkerFunction;

int worker_main(int count, const WorkerFunction functions[]);

#define WORKER(...)                                                                      \
	int main(void)                                                                   \
	{                                                                                \
		const WorkerFunction functions[] = { __VA_ARGS__ };                      \
		return worker_main(                                                      \
		        (int)(sizeof functions / sizeof functions[0]), functions);       \
	}

#endif
