/* pointwise.h: what the operations on one number at a time have in common. */
#ifndef AUTOGRAD_POINTWISE_H
#define AUTOGRAD_POINTWISE_H

#include "autograd/tape.h"

typedef void PointwiseForward(size_t count, const real *restrict x, real *restrict y);

/* y = forward(x), on the tape. */
Var *op_pointwise(Site site, Tape *tape, const Op *op, PointwiseForward *forward, Var *x);

/* The numbers of a node that a backward here may need. */
typedef struct PointwiseSpan {
	size_t count;
	const real *x, *y, *dy;
	real *dx;
} PointwiseSpan;

static inline PointwiseSpan pointwise_span(const Node *node)
{
	return (PointwiseSpan){
		.count = tensor_count(node->out->value),
		.x = node->in[0]->value.data,
		.y = node->out->value.data,
		.dy = node->out->grad.data,
		.dx = node->in[0]->grad.data,
	};
}

#endif
