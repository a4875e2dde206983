/* stored.h: a weight that stays as its file holds it, in few bits a number.
 *
 * Such a leaf has a shape, but no value.data and no gradient: it is never learnt. Layers
 * do not see it: layers/weight.h reads it, and leads gradients through it. */
#ifndef AUTOGRAD_FAST_STORED_H
#define AUTOGRAD_FAST_STORED_H

#include "autograd/fast/team.h"
#include "tensor/quantised.h"

struct Stored {
	Quantised matrix; /* (O,I), as the leaf's value */
};

/* x, a leaf (O,I), is from now on what `matrix` says, kept where it lies. Lives in
 * `arena`. Stops if the shapes differ. */
void stored_set_at(Site site, Arena *arena, Var *x, Quantised matrix);
#define stored_set(...) stored_set_at(HERE, __VA_ARGS__)

/* y (M,O) = start + x (M,I) W'; dx (M,I) += dy (M,O) W; row `row` of W. */
void stored_product(
        const Tape *tape, Matrix y, Matrix start, Matrix x, const Stored *weight);
void stored_back(Arena *scratch, Matrix dx, Matrix dy, const Stored *weight);
void stored_row(real *out, const Stored *weight, int row);

#endif
