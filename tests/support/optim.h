/* optim.h: the ten steps of tests/golden/optim.txt, for tests of optimisers. */
#ifndef TESTS_OPTIM_H
#define TESTS_OPTIM_H

#include "layers/params.h"
#include "tests/support/golden.h"

enum { OPTIM_STEPS = 10 };

/* Parameters "a" (3,7) and "b" (5) as they are before the first step. */
Params optim_params(Arena *arena);

/* The gradients of a step, 0..OPTIM_STEPS-1. */
void optim_gradients(const Params *params, int step);

/* The parameters agree with what PyTorch's optimiser `name` made of them in that step. */
void optim_agrees(const Params *params, const char *name, int step);

#endif
