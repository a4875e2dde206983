/* remote.h: how a check calls the student's code, which is in another process
 * (worker.h).
 *
 *     CALL("multiply", WRITES(out, m * n), READS(a, m * k), READS(b, k * n), INT(m), INT(k), INT(n));
 *
 * sends the arguments, waits, and brings back what is in `out` then. What may be
 * written keeps what it holds until the code writes it. The check fails, in words, if
 * the code does not come to its end in time, if it writes what it may only read, or if
 * a number that comes back is none (NaN).
 *
 *     Var *y = CALL_OP(tape, "scale_and_shift", VAR(x), VAR(gain), VAR(shift));
 *
 * is the operation y = scale_and_shift(tape, x, gain, shift), on this tape: its
 * forward at once, and when the tape goes back, its backward, which gets dy and the
 * gradients as they are. So ASSERT_GRADIENT works as it does on any operation. The
 * same Var may be passed but once. */
#ifndef TUTORIALS_GRADER_REMOTE_H
#define TUTORIALS_GRADER_REMOTE_H

#include "autograd/tape.h"
#include "tutorials/grader/wire.h"

typedef struct Argument {
	WireKind kind;
	const char *name; /* as it is written in the call, for messages */
	bool writes;
	void *numbers;
	size_t count;
	int number;
	double fraction;
	Var *var;
} Argument;

static inline Argument argument_reals(
        const char *name, const real *numbers, size_t count, bool writes)
{
	return (Argument){ .kind = WIRE_REALS,
		.name = name,
		.writes = writes,
		.numbers = (real *)numbers,
		.count = count };
}

static inline Argument argument_ints(
        const char *name, const int *numbers, size_t count, bool writes)
{
	return (Argument){ .kind = WIRE_INTS,
		.name = name,
		.writes = writes,
		.numbers = (int *)numbers,
		.count = count };
}

#define READS(array, count)       argument_reals(#array, array, (size_t)(count), false)
#define WRITES(array, count)      argument_reals(#array, array, (size_t)(count), true)
#define READS_INTS(array, count)  argument_ints(#array, array, (size_t)(count), false)
#define WRITES_INTS(array, count) argument_ints(#array, array, (size_t)(count), true)
#define INT(value)                ((Argument){ .kind = WIRE_INT, .name = #value, .number = (value) })
#define REAL(value)                                                                      \
	((Argument){ .kind = WIRE_REAL, .name = #value, .fraction = (double)(value) })
#define VAR(x) ((Argument){ .kind = WIRE_VAR, .name = #x, .var = (x) })

#define ARGUMENTS(...)                                                                   \
	(int)(sizeof((Argument[]){ __VA_ARGS__ }) / sizeof(Argument)), (Argument[])      \
	{                                                                                \
		__VA_ARGS__                                                              \
	}
#define CALL(function, ...)                                                              \
	remote_call(__FILE__, __LINE__, function, ARGUMENTS(__VA_ARGS__))
#define CALL_OP(tape, function, ...)                                                     \
	remote_op(HERE, tape, function, ARGUMENTS(__VA_ARGS__))

void remote_call(const char *file, int line, const char *function, int count,
        const Argument arguments[]);
/* Arrays among the arguments must live until the tape has gone back. */
Var *remote_op(Site site, Tape *tape, const char *function, int count,
        const Argument arguments[]);

/* Whether the time was over, for whoever forked the process that called. */
typedef struct RemoteState {
	bool late;
	int process; /* the last that was started; 0 for none */
} RemoteState;

/* For the grader: what to start at the first call of this process, an empty folder for
 * it, where what it prints goes, and how many seconds it has. `state` lies in memory
 * shared with the parent. */
void remote_prepare(const char *worker, const char *folder, const char *printed,
        int seconds, RemoteState *state);

#endif
