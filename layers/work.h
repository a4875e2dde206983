/* work.h: what the operations on a tape have to do, whoever does it: products, and the
 * weights that they read. It is the same on every machine, as times are not. */
#ifndef LAYERS_WORK_H
#define LAYERS_WORK_H

#include "autograd/tape.h"

typedef struct TapeWork {
	double operations; /* of all products forward: a multiply-add counts as two */
	double bytes; /* of the weights they read, each counted once, as they are held:
	                    * of those in few bits a number these; of tables the rows */
} TapeWork;

/* Of all nodes: what no gradient goes through is not on the tape. Attention counts as if
 * every step looked at all of them, a convolution's windows as if none began before the
 * first step. What is done with single numbers (norms, e^x) does not count. */
TapeWork tape_work(const Tape *tape);

/* Bytes of a weight, as it is held. */
double work_bytes(const Var *weight);

#endif
