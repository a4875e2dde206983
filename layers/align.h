/* align.h: brings one sequence onto the steps of another, such as mel frames onto
 * words. */
#ifndef LAYERS_ALIGN_H
#define LAYERS_ALIGN_H

#include "layers/sequence.h"

/* y(b,j) = mean of x(b,i) for begin <= i < end, where (begin,end) = spans[b][j]; zero
 * where a span is empty. x (B,T,F), spans (B,U,2) within x's lengths, onto (B,U,...)
 * -> (B,U,F) with the lengths of `onto`. */
Sequence align_mean_at(
        Site site, Tape *tape, Sequence x, const int *spans, Sequence onto);
#define align_mean(...) align_mean_at(HERE, __VA_ARGS__)

/* Soft alignment: y(b,j) = sum over i of a_ji x(b,i), a_j = softmax over x's steps i of
 * scores(b,j,i). scores (B,U,T) of each step of `onto` (B,U,...) for each of x (B,T,F) ->
 * (B,U,F) with the lengths of `onto`. Padding is not looked at. `weights`, if not NULL,
 * becomes a (B,U,T), zero in the padding. */
Sequence align_soft_at(
        Site site, Tape *tape, Sequence x, Var *scores, Sequence onto, Var **weights);
#define align_soft(...) align_soft_at(HERE, __VA_ARGS__)

#endif
