/* kept.h: what is made of weights alone, such as a copy in the order in which a product reads it, made once
 * for all that use the same weights: the shards of a batch, one prediction after another.
 *
 * It is safe to use from several threads. Where there is none (NULL), everything is made anew, in the arena of
 * whoever asks. */
#ifndef AUTOGRAD_KEPT_H
#define AUTOGRAD_KEPT_H

#include "tensor/matmul.h"

typedef struct Kept Kept;

/* Empty. Lives in `arena`. */
Kept *kept_new(Arena *arena);

/* The weights have changed, or may have: nothing is kept any more, and what was is gone. Call it before they
 * are used again; nobody may be using them meanwhile. */
void kept_forget(Kept *kept);

/* Writes what it makes of `weight`; `how` is passed through, `scratch` taken back afterwards. */
typedef void KeptMake(Arena *scratch, real *made, Matrix weight, int how);

/* The `count` numbers that `make` makes of `weight`, kept until kept_forget; if `kept` is NULL, they live in
 * `arena`. Asked again for the same of the same rectangle of memory, it gives the same numbers. */
const real *kept_made(
        Kept *kept, Arena *arena, KeptMake *make, Matrix weight, int how, size_t count);

/* The same for matmul_packed. */
MatrixPacked kept_pack(Kept *kept, Arena *arena, Matrix weight);

#endif
