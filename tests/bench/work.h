/* work.h: what the operations of a graph have to do, whoever does it: operations on
 * numbers, and bytes that must come and go.
 *
 * A multiply-add counts as two operations, e^x as the twenty it is made of
 * (tensor/elementary.h). A byte counts whenever an operation reads an input or writes a
 * result, forward or backward; a parameter only once in a step (training.c counts it), as
 * it need not be read anew for each shard. What a clever program can leave out, as the
 * half of an attention that a causal mask hides, does not count. So this is the least that
 * has to be done, and the machine's limit (limits.h) follows from it. */
#ifndef TESTS_BENCH_WORK_H
#define TESTS_BENCH_WORK_H

#include "autograd/tape.h"

typedef struct Work {
	double flops;
	double bytes; /* that are read or written */
	double held;  /* bytes of all that is read or written, each counted once */
} Work;

/* Of one node of a tape. */
typedef struct NodeWork {
	Work forward, backward;
	double learn; /* operations for the gradients of weights that are summed after the
	               * backward, over all shards (autograd/fast/terms.h) */
} NodeWork;

/* Stops at an operation that it does not know. */
NodeWork work_of(const Node *node);

/* Of all nodes of a tape, forward alone or both ways. */
Work work_forward(const Tape *tape);
Work work_both_ways(const Tape *tape);

Work work_sum(Work a, Work b);

#endif
