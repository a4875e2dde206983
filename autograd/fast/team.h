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
	Arena **scratch; /* of each thread of the pool; made by team_new */
};

/* A team of the pool's threads; lives in `arena`. */
Team *team_new(Arena *arena, Pool *pool);

/* Does parts 0..count-1 of some work, shared out over the team's pool; without a team, or
 * a pool, one after the other. A part may take what it needs from `scratch`, which is
 * emptied after it, and must not touch what another one writes. */
typedef void TeamWork(void *context, int part, Arena *scratch);
void team_run(const Tape *tape, int count, TeamWork *work, void *context);

/* Whether this product is one that one_row allows. */
static inline bool team_one_row(const Tape *tape, Matrix x)
{
	return tape->team && tape->team->one_row && !tape->recording && x.rows == 1;
}

/* y (M,O) = start + x (M,I) W', for W (O,I): matmul_from, or real_dot of one row. */
void team_product(const Tape *tape, Matrix y, Matrix start, Matrix x, Matrix weight);

#endif
