/* kept.h: what is made of weights alone, such as a copy in the order in which a product
 * reads it: made once, and kept for all that use the same weights, the shards of a batch
 * or one prediction after another.
 *
 * Several threads may ask at once. Without a Kept (NULL) everything is made anew each
 * time, in the arena of the caller. */
#ifndef AUTOGRAD_FAST_KEPT_H
#define AUTOGRAD_FAST_KEPT_H

#include "tensor/matmul.h"
#include "tensor/threads.h"

typedef struct Kept Kept;

/* Empty. Lives in `arena`. */
Kept *kept_new(Arena *arena);

/* Makes all that is kept once more: to be called when the weights have changed, before
 * they are used again, while no other thread uses them. */
void kept_refresh(Kept *kept, Pool *pool);

/* How to make `count` numbers of `weight`: in parts 0..parts-1, each of which any thread
 * may make. `make` writes one part; `how` is for its own use. The weight may itself be
 * what another recipe made, if that was made of weights alone. */
typedef struct Recipe Recipe;
struct Recipe {
	void (*make)(real *made, const Recipe *recipe, int part);
	Matrix weight;
	int how, parts;
	size_t count;
};

/* What the recipe gives; if `kept` is NULL, it lives in `arena`. Asked again for the same
 * of the same rectangle of memory, it gives the same numbers. */
const real *kept_made(Kept *kept, Arena *arena, Recipe recipe);

/* The same for matmul_packed. */
MatrixPacked kept_pack(Kept *kept, Arena *arena, Matrix weight);

/* A convolution's weight (O,F,k) with the numbers of each tap side by side, (O,kF). */
const real *kept_by_tap(Kept *kept, Arena *arena, Tensor weight);

#endif
