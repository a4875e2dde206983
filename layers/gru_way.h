/* gru_way.h: one direction of gru.h over packed rows: the arithmetic, without the
 * tape. */
#ifndef LAYERS_GRU_WAY_H
#define LAYERS_GRU_WAY_H

#include "layers/gru.h"
#include "layers/packed.h"

enum { GRU_GATES = 3 }; /* r z n */

/* What a direction keeps of each of the R rows for its backward. */
typedef struct GruTrace {
	real *gates;    /* (R,3H) r z n */
	real *h_before; /* (R,H) h', what the step starts from */
	real *q;        /* (R,H) h' W_hn' + b_hn */
} GruTrace;

/* One call of gru_forward: what it shares with its backward. */
typedef struct GruRun {
	Gru gru;
	Arena *arena; /* of the tape; for scratch too */
	Kept *kept;   /* of the tape */
	Packed packed;
	real *x; /* (R,I) */
	GruTrace trace[2];
	Var *start; /* before the first step; NULL is zero */
} GruRun;

/* Fills trace[way] and this way's columns of y (B,T,ways H) up to the lengths. */
void gru_way_forward(Site site, GruRun *run, int way, Tensor y);

/* From the gradient of y: adds to the gradients of the parameters and of the start, and
 * to dx (R,I) unless that is NULL. */
void gru_way_backward(Site site, const GruRun *run, int way, Tensor dy, real *dx);

#endif
