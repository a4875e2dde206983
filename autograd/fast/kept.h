/* kept.h: what is made of weights alone, such as a copy in the order in which a product
 * reads it: made once, and kept for all that use the same weights, the shards of a batch or
 * one prediction after another.
 *
 * Several threads may use it: a thread that asks for what another one is making helps to
 * make it. Without one (NULL) everything is made anew each time, in the arena of the
 * caller. */
#ifndef AUTOGRAD_FAST_KEPT_H
#define AUTOGRAD_FAST_KEPT_H

#include "tensor/matmul.h"

typedef struct Kept Kept;

/* Empty. Lives in `arena`. */
Kept *kept_new(Arena *arena);

/* Forgets all that was made, and takes its memory back: to be called when the weights have
 * changed, before they are used again, while no thread uses them. */
void kept_forget(Kept *kept);

/* How to make `count` numbers of `weight`: in parts 0..parts-1, each of which any thread
 * may make. `make` writes one part; `how` is for its own use, and what it takes from
 * `scratch` is given back afterwards. */
typedef struct Recipe Recipe;
struct Recipe {
	void (*make)(Arena *scratch, real *made, const Recipe *recipe, int part);
	Matrix weight;
	int how, parts;
	size_t count;
};

/* What the recipe gives, kept until kept_forget; if `kept` is NULL, it lives in `arena`,
 * where scratch is taken from. Asked again for the same of the same rectangle of
 * memory, it gives the same numbers. */
const real *kept_made(Kept *kept, Arena *arena, Recipe recipe);

/* The same for matmul_packed. */
MatrixPacked kept_pack(Kept *kept, Arena *arena, Matrix weight);

#endif
