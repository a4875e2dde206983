/* swiglu.h: a feed-forward part with a gate (Shazeer 2020), as in Llama: one map says how
 * much of the other passes.
 *
 *     y = down( silu(gate x) up x )       silu z = z sigmoid(z), by element */
#ifndef LAYERS_SWIGLU_H
#define LAYERS_SWIGLU_H

#include "layers/lora.h"

typedef struct SwiGlu {
	Lora gate_proj, up_proj; /* D -> inner, no bias */
	Lora down_proj;          /* inner -> D, no bias */
} SwiGlu;

/* Parameters "name.gate_proj.weight", "name.up_proj.weight" and "name.down_proj.weight",
 * N(0, deviation^2), the last N(0, last^2). */
SwiGlu swiglu_new_at(Site site, Params *params, const char *name, int width, int inner,
        real deviation, real last, Rng *rng);
#define swiglu_new(...) swiglu_new_at(HERE, __VA_ARGS__)

/* (...,D) -> (...,D); rows of zeros stay zero. */
Var *swiglu_forward_at(Site site, const SwiGlu *swiglu, Tape *tape, Var *x);
#define swiglu_forward(...) swiglu_forward_at(HERE, __VA_ARGS__)

/* silu(gate) up, by element; both of one shape. */
Var *op_swiglu_at(Site site, Tape *tape, Var *gate, Var *up);
#define op_swiglu(...) op_swiglu_at(HERE, __VA_ARGS__)

#endif
