/* lstm_way.h: one direction of lstm.h over packed rows: the arithmetic, without the
 * tape. */
#ifndef LAYERS_LSTM_WAY_H
#define LAYERS_LSTM_WAY_H

#include "layers/lstm.h"
#include "layers/packed.h"

enum { LSTM_GATES = 4 }; /* i f g o */

/* What a direction keeps of each of the R rows for its backward. */
typedef struct LstmTrace {
	real *gates;    /* (R,4H) i f g o, between 0 and 1 or -1 and 1 */
	real *h_before; /* (R,H) h', what the step starts from */
	real *c_before; /* (R,H) c' */
	real *tanh_c;   /* (R,H) */
} LstmTrace;

/* One call of lstm_forward: what it shares with its backward. */
typedef struct LstmRun {
	Lstm lstm;
	Arena *arena; /* of the tape; for scratch too */
	Kept *kept;   /* of the tape */
	Packed packed;
	int chunk; /* steps that are worked on together, while they are in the cache */
	real *x;   /* (R,I) */
	LstmTrace trace[2];
	LstmState start; /* before the first step; NULL is zero */
	Tensor c_last;   /* (B,ways H) after the last step, */
	Tensor dc_last;  /* and what its users want of it; no data where nobody asked */
} LstmRun;

/* The gradients of a way's weights, transposed, as the longer side makes the better
 * columns of a product, and of its biases: what all steps add up. */
typedef struct LstmSums {
	real *weight_ih; /* (I,4H) */
	real *weight_hh; /* (H,4H) */
	real *bias;      /* (4H) */
} LstmSums;

/* Fills trace[way], this way's columns of y (B,T,ways H) up to the lengths, and those
 * of c_last. */
void lstm_way_forward(Site site, LstmRun *run, int way, Tensor y);

/* From the gradient of y (and of c_last): fills the sums, and adds to the gradient of the
 * start, and to dx (R,I) unless that is NULL. */
void lstm_way_backward(
        Site site, const LstmRun *run, int way, Tensor dy, LstmSums sums, real *dx);

/* Memory for the sums, and from them to the gradients of the parameters (terms.h): so
 * they must live as long as the tape's step. */
LstmSums lstm_sums_new(const LstmRun *run);
void lstm_sums_give(Site site, const LstmRun *run, int way, LstmSums sums);

#endif
