/* kept.h: what is made of weights alone, such as a copy in the order in which a product
 * reads it, made once for all that use the same weights: the shards of a batch, one
 * prediction after another.
 *
 * It is safe to use from several threads: who asks for what another thread is making
 * helps to make it. Where there is none (NULL), everything is made anew, in the arena
 * of whoever asks. */
#ifndef AUTOGRAD_KEPT_H
#define AUTOGRAD_KEPT_H

#include "tensor/matmul.h"

typedef struct Kept Kept;

/* Empty. Lives in `arena`. */
Kept *kept_new(Arena *arena);

/* The weights have changed, or may have: nothing is kept any more, and what was is gone.
 * Call it before they are used again; nobody may be using them meanwhile. */
void kept_forget(Kept *kept);

/* `count` numbers made of `weight`, in parts 0..parts-1, each by itself and by any
 * thread. `make` writes one of them; `how` is for its own use, `scratch` is taken back
 * afterwards. */
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
