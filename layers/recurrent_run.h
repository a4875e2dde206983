/* recurrent_run.h: one call of recurrent.h: the arithmetic of its steps, without what the
 * caller sees of it. For recurrent.c. */
#ifndef LAYERS_RECURRENT_RUN_H
#define LAYERS_RECURRENT_RUN_H

#include "layers/packed.h"
#include "layers/recurrent.h"

/* What a direction keeps of each of the R rows for its backward. */
typedef struct RecurrentTrace {
	real *gates;    /* (R,GH) */
	real *h_before; /* (R,H) */
	real *c_before; /* (R,H), or NULL */
	real *extra;    /* (R,H) */
} RecurrentTrace;

typedef struct RecurrentRun {
	Recurrent layer;
	Tape *tape; /* its arena is for scratch too */
	Packed packed;
	int chunk; /* steps that are worked on together */
	real *x;   /* (R,I) */
	RecurrentTrace trace[2];
	RecurrentState start;
	Tensor c_last;  /* (B,directions H) after the last step, */
	Tensor dc_last; /* and what its users want of it; no data where nobody asked */
} RecurrentRun;

/* Fills y (B,T,directions H), c_last, and what the backward needs, unless no node is
 * recorded. */
void recurrent_run_forward(RecurrentRun *run, Sequence s, Tensor y, bool recording);

#endif
