/* ops.h: every operation that has a gradient. One file a family; here is the list.
 *
 * An operation takes the tape, then its inputs, and returns a new Var that lives until the tape is
 * reset. Shapes that do not fit stop with a message that names the caller's line: each function
 * has a hidden first argument for it, which the macro of the same name supplies (tensor/error.h).
 *
 * To add one: write its forward, its backward and its `static const Op` side by side in the file
 * of its family, then publish it here with its two lines. */
#ifndef AUTOGRAD_OPS_H
#define AUTOGRAD_OPS_H

#include "autograd/tape.h"

/* arithmetic.c. a and b are broadcast as in NumPy; the gradient is summed over what was repeated. */
Var *op_add(Site site, Tape *tape, Var *a, Var *b);
Var *op_sub(Site site, Tape *tape, Var *a, Var *b);
Var *op_mul(Site site, Tape *tape, Var *a, Var *b);
Var *op_div(Site site, Tape *tape, Var *a, Var *b);
Var *op_scale(Site site, Tape *tape, Var *x, real factor); /* factor x */
#define op_add(...)   op_add(HERE, __VA_ARGS__)
#define op_sub(...)   op_sub(HERE, __VA_ARGS__)
#define op_mul(...)   op_mul(HERE, __VA_ARGS__)
#define op_div(...)   op_div(HERE, __VA_ARGS__)
#define op_scale(...) op_scale(HERE, __VA_ARGS__)

/* product.c */
Var *op_matmul(Site site, Tape *tape, Var *x, Var *w); /* (...,K) (K,N) -> (...,N) */
#define op_matmul(...) op_matmul(HERE, __VA_ARGS__)

/* pointwise.c, element by element */
Var *op_relu(Site site, Tape *tape, Var *x); /* max(x, 0); the gradient at 0 is 0 */
Var *op_tanh(Site site, Tape *tape, Var *x);
Var *op_sigmoid(Site site, Tape *tape, Var *x); /* 1 / (1 + e^-x) */
Var *op_exp(Site site, Tape *tape, Var *x);
Var *op_log(Site site, Tape *tape, Var *x);       /* natural; x > 0 */
Var *op_gelu(Site site, Tape *tape, Var *x);      /* by erf, */
Var *op_gelu_tanh(Site site, Tape *tape, Var *x); /* by its approximation, as in GPT-2 */
Var *op_silu(Site site, Tape *tape, Var *x);      /* x sigmoid(x) */
Var *op_softplus(Site site, Tape *tape, Var *x);  /* log(1 + e^x) */
#define op_relu(...)      op_relu(HERE, __VA_ARGS__)
#define op_tanh(...)      op_tanh(HERE, __VA_ARGS__)
#define op_sigmoid(...)   op_sigmoid(HERE, __VA_ARGS__)
#define op_exp(...)       op_exp(HERE, __VA_ARGS__)
#define op_log(...)       op_log(HERE, __VA_ARGS__)
#define op_gelu(...)      op_gelu(HERE, __VA_ARGS__)
#define op_gelu_tanh(...) op_gelu_tanh(HERE, __VA_ARGS__)
#define op_silu(...)      op_silu(HERE, __VA_ARGS__)
#define op_softplus(...)  op_softplus(HERE, __VA_ARGS__)

/* reduce.c. An axis counts from 0; a negative one from the end. The axis is dropped. */
Var *op_sum(Site site, Tape *tape, Var *x);  /* all elements -> scalar */
Var *op_mean(Site site, Tape *tape, Var *x); /* all elements -> scalar */
Var *op_sum_axis(Site site, Tape *tape, Var *x, int axis);
Var *op_mean_axis(Site site, Tape *tape, Var *x, int axis);
Var *op_max_axis(Site site, Tape *tape, Var *x,
        int axis); /* the gradient goes to the first largest */
Var *op_softmax(Site site, Tape *tape, Var *x);     /* over the last axis */
Var *op_log_softmax(Site site, Tape *tape, Var *x); /* over the last axis */
#define op_sum(...)         op_sum(HERE, __VA_ARGS__)
#define op_mean(...)        op_mean(HERE, __VA_ARGS__)
#define op_sum_axis(...)    op_sum_axis(HERE, __VA_ARGS__)
#define op_mean_axis(...)   op_mean_axis(HERE, __VA_ARGS__)
#define op_max_axis(...)    op_max_axis(HERE, __VA_ARGS__)
#define op_softmax(...)     op_softmax(HERE, __VA_ARGS__)
#define op_log_softmax(...) op_log_softmax(HERE, __VA_ARGS__)

/* shape.c */
Var *op_reshape(Site site, Tape *tape, Var *x, int ndim, const int shape[]);
Var *op_slice(Site site, Tape *tape, Var *x, int axis, int begin,
        int end); /* begin..end-1 of an axis */
Var *op_concat(Site site, Tape *tape, int axis, int count,
        Var *const x[]); /* INPUTS(a, b) fits here */
#define op_reshape(...) op_reshape(HERE, __VA_ARGS__)
#define op_slice(...)   op_slice(HERE, __VA_ARGS__)
#define op_concat(...)  op_concat(HERE, __VA_ARGS__)

#endif
