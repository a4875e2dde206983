/* align.h: brings one sequence onto the steps of another, such as mel frames onto words. */
#ifndef LAYERS_ALIGN_H
#define LAYERS_ALIGN_H

#include "layers/sequence.h"

/* y(b,j) = mean of x(b,i) for begin <= i < end, where (begin,end) = spans[b][j]; zero where a span is empty.
 * x (B,T,F), spans (B,U,2) within x's lengths, onto (B,U,...) -> (B,U,F) with the lengths of `onto`. */
Sequence align_mean(Site site, Tape *tape, Sequence x, const int *spans, Sequence onto);
#define align_mean(...) align_mean(HERE, __VA_ARGS__)

#endif
