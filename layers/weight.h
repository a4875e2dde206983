/* weight.h: what layers do with their weights: y = x W' + b forward, and the gradients of
 * the three going back. How these are made fast stands behind (weight.c). */
#ifndef LAYERS_WEIGHT_H
#define LAYERS_WEIGHT_H

#include "autograd/tape.h"
#include "tensor/matmul.h"

/* y (M,O) = x (M,I) W' + b, for the weight W (O,I) and the bias b (O) or NULL. */
void weight_apply(
        const Tape *tape, Matrix y, Matrix x, const Var *weight, const Var *bias);

/* Row `row` of W (V,E), for a table: E numbers. */
void weight_row(real *out, const Var *weight, int row);

/* The gradients, from dy (M,O); each is computed only where it is wanted. An operation
 * that calls a weight_learn* for its input i sets bit i of Op.later. */
void weight_back(const Node *node, Var *x, Matrix dy, const Var *weight); /* dx += dy W */
void weight_learn(const Node *node, Var *weight, Matrix dy, Matrix x); /* dW += dy' x */
void bias_learn(Var *bias, Matrix dy); /* db += column sums of dy; bias may be NULL */

/* dW += a: for a layer that has summed over steps or utterances itself, in memory for a
 * number of each weight that weight_sum_new gave. */
real *weight_sum_new(const Tape *tape, const Var *weight);
void weight_learn_sum(const Node *node, Var *weight, Matrix a);
/* For i in order: row rows[i] of dW += row i of dy; none where rows[i] is negative. */
void weight_learn_rows(const Node *node, Var *weight, const int *rows, Matrix dy);

/* A matrix of weights in the order in which matmul_packed reads it. */
MatrixPacked weight_packed(const Tape *tape, Matrix weight);

/* A convolution's weight (O,F,k), or over pictures (O,F,k,k), with the numbers of each tap
 * side by side, (O,kF) or (O,kkF); and its gradient from such a sum that is laid out so. */
const real *weight_by_tap(const Tape *tape, const Var *weight);
void weight_learn_by_tap(const Node *node, Var *weight, Matrix a);

#endif
