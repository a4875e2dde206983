/* ops.h: the operations that have a gradient. One file a family; here is the list. Some
 * that few models need have headers of their own: smooth.h, largest.h.
 *
 * An operation takes the tape, then its inputs, and returns a new Var that lives until
 * the tape is reset. Shapes that do not fit stop with a message that names the caller's
 * line: each function ends in _at and takes that line first, which the macro supplies
 * (tensor/error.h).
 *
 * To add one: write its forward, its backward and its `static const Op` side by side in
 * the file of its family, then publish it here with its two lines. */
#ifndef AUTOGRAD_OPS_H
#define AUTOGRAD_OPS_H

#include "autograd/tape.h"

/* arithmetic.c. a and b are broadcast as in NumPy; the gradient is summed over what
 * was repeated. */
Var *op_add_at(Site site, Tape *tape, Var *a, Var *b);
Var *op_sub_at(Site site, Tape *tape, Var *a, Var *b);
Var *op_mul_at(Site site, Tape *tape, Var *a, Var *b);
Var *op_div_at(Site site, Tape *tape, Var *a, Var *b);
Var *op_scale_at(Site site, Tape *tape, Var *x, real factor); /* factor x */
#define op_add(...)   op_add_at(HERE, __VA_ARGS__)
#define op_sub(...)   op_sub_at(HERE, __VA_ARGS__)
#define op_mul(...)   op_mul_at(HERE, __VA_ARGS__)
#define op_div(...)   op_div_at(HERE, __VA_ARGS__)
#define op_scale(...) op_scale_at(HERE, __VA_ARGS__)

/* product.c */
Var *op_matmul_at(Site site, Tape *tape, Var *x, Var *w); /* (...,K) (K,N) -> (...,N) */
#define op_matmul(...) op_matmul_at(HERE, __VA_ARGS__)

/* pointwise.c, element by element */
Var *op_relu_at(Site site, Tape *tape, Var *x); /* max(x, 0); the gradient at 0 is 0 */
Var *op_tanh_at(Site site, Tape *tape, Var *x);
Var *op_sigmoid_at(Site site, Tape *tape, Var *x); /* 1 / (1 + e^-x) */
Var *op_exp_at(Site site, Tape *tape, Var *x);
Var *op_log_at(Site site, Tape *tape, Var *x); /* natural; x > 0 */
#define op_relu(...)    op_relu_at(HERE, __VA_ARGS__)
#define op_tanh(...)    op_tanh_at(HERE, __VA_ARGS__)
#define op_sigmoid(...) op_sigmoid_at(HERE, __VA_ARGS__)
#define op_exp(...)     op_exp_at(HERE, __VA_ARGS__)
#define op_log(...)     op_log_at(HERE, __VA_ARGS__)

/* reduce.c. An axis counts from 0; a negative one from the end. The axis is dropped. */
Var *op_sum_at(Site site, Tape *tape, Var *x);  /* all elements -> scalar */
Var *op_mean_at(Site site, Tape *tape, Var *x); /* all elements -> scalar */
Var *op_sum_axis_at(Site site, Tape *tape, Var *x, int axis);
Var *op_mean_axis_at(Site site, Tape *tape, Var *x, int axis);
Var *op_softmax_at(Site site, Tape *tape, Var *x);     /* over the last axis */
Var *op_log_softmax_at(Site site, Tape *tape, Var *x); /* over the last axis */
#define op_sum(...)         op_sum_at(HERE, __VA_ARGS__)
#define op_mean(...)        op_mean_at(HERE, __VA_ARGS__)
#define op_sum_axis(...)    op_sum_axis_at(HERE, __VA_ARGS__)
#define op_mean_axis(...)   op_mean_axis_at(HERE, __VA_ARGS__)
#define op_softmax(...)     op_softmax_at(HERE, __VA_ARGS__)
#define op_log_softmax(...) op_log_softmax_at(HERE, __VA_ARGS__)

/* shape.c */
Var *op_reshape_at(Site site, Tape *tape, Var *x, int ndim, const int shape[]);
Var *op_slice_at(Site site, Tape *tape, Var *x, int axis, int begin,
        int end); /* begin..end-1 of an axis */
Var *op_concat_at(Site site, Tape *tape, int axis, int count,
        Var *const x[]); /* INPUTS(a, b) fits here */
#define op_reshape(...) op_reshape_at(HERE, __VA_ARGS__)
#define op_slice(...)   op_slice_at(HERE, __VA_ARGS__)
#define op_concat(...)  op_concat_at(HERE, __VA_ARGS__)

#endif
