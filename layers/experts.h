/* experts.h: what several experts say of one thing, joined into one answer. */
#ifndef LAYERS_EXPERTS_H
#define LAYERS_EXPERTS_H

#include "autograd/tape.h"

/* The product of `count` experts. logits[m] (B,C): what each of them answers. present[m]
 * (B,1): 1, or 0 where it says nothing. log_prior (C): the logarithm of how frequent
 * each class is -> (B,C), the logarithm of the product and a constant a row. */
Var *experts_product_at(Site site, Tape *tape, int count, Var *const logits[],
        Var *const present[], Var *log_prior);
#define experts_product(...) experts_product_at(HERE, __VA_ARGS__)

#endif
