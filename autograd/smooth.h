/* smooth.h: relu's smooth relatives, element by element; operations as in ops.h. */
#ifndef AUTOGRAD_SMOOTH_H
#define AUTOGRAD_SMOOTH_H

#include "autograd/tape.h"

Var *op_gelu_at(Site site, Tape *tape, Var *x);      /* x F(x), F the normal integral */
Var *op_gelu_tanh_at(Site site, Tape *tape, Var *x); /* its approximation in GPT-2 */
Var *op_silu_at(Site site, Tape *tape, Var *x);      /* x sigmoid(x) */
Var *op_softplus_at(Site site, Tape *tape, Var *x);  /* log(1 + e^x) */
#define op_gelu(...)      op_gelu_at(HERE, __VA_ARGS__)
#define op_gelu_tanh(...) op_gelu_tanh_at(HERE, __VA_ARGS__)
#define op_silu(...)      op_silu_at(HERE, __VA_ARGS__)
#define op_softplus(...)  op_softplus_at(HERE, __VA_ARGS__)

#endif
