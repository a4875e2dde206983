/* team.h: threads that share one product.
 *
 * Training gives each thread a shard of the batch, with a tape of its own. Whoever writes
 * a text, word after word, has one tape: there the rows of a weight are shared out
 * instead. It changes no bit. */
#ifndef AUTOGRAD_FAST_TEAM_H
#define AUTOGRAD_FAST_TEAM_H

#include "autograd/tape.h"
#include "tensor/matmul.h"
#include "tensor/threads.h"

/* tape->team. The tape then belongs to the thread that may call pool_run. */
struct Team {
	Pool *pool; /* NULL: one thread */
	/* A product of one row with a weight may take its sums in another order
	 * (quantised_product_row, real_dot), which is several times as fast: each weight is
	 * then read once, where it lies. An utterance of one step has then other bits alone
	 * than in a batch. */
	bool one_row;
};

/* Whether this product is one that one_row allows. */
static inline bool team_one_row(const Tape *tape, Matrix x)
{
	return tape->team && tape->team->one_row && !tape->recording && x.rows == 1;
}

/* y (M,O) = start + x (M,I) W', for W (O,I): matmul_from, or real_dot of one row. */
void team_product(const Tape *tape, Matrix y, Matrix start, Matrix x, Matrix weight);

#endif
