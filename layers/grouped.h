/* grouped.h: the attention of language models: maps of their own for queries, keys and
 * values, or one for all three; several heads that share keys and values (Ainslie et al.
 * 2023); positions as angles (rotary.h); a past that is remembered (keys_values.h). */
#ifndef LAYERS_GROUPED_H
#define LAYERS_GROUPED_H

#include "layers/heads.h"
#include "layers/keys_values.h"
#include "layers/lora.h"
#include "layers/rotary.h"

typedef struct GroupedOptions {
	int heads;
	int groups; /* heads of keys and values; 0: as many as heads */
	int width;  /* d, columns of a head; 0: the width of the layer / heads */
	AttentionMask mask;
	bool bias;
	real dropout;         /* of the weights */
	const Rotary *rotary; /* kept; NULL: what stands in x tells positions */
	/* Of the maps, as the model's publisher calls them. k and v NULL: q makes queries,
	 * keys and values, side by side. */
	const char *q, *k, *v, *o;
	real deviation, last; /* first weights: N(0, deviation^2), of o N(0, last^2) */
} GroupedOptions;

typedef struct Grouped {
	GroupedOptions options; /* with all defaults filled in */
	Lora q, k, v,
	        o; /* D -> heads d, groups d, groups d; heads d -> D; k and v may be empty */
} Grouped;

/* Parameters "NAME.q.weight", "NAME.q.bias" and so on, in the order q, k, v, o. Stops
 * unless groups divides heads and, where width is 0, heads divides the layer's width. */
Grouped grouped_new_at(Site site, Params *params, const char *name, int width,
        const GroupedOptions *options, Rng *rng);
#define grouped_new(...) grouped_new_at(HERE, __VA_ARGS__)

/* (B,T,D) -> (B,T,D); padding is not looked at, but the bias of o fills it. With a past,
 * x holds the new steps alone: they see what layer `layer` remembers and themselves, and
 * are remembered (call keys_values_advance when all layers have seen them); the tape must
 * not record, the mask must be causal. rng NULL: no dropout. */
Sequence grouped_forward_at(Site site, const Grouped *grouped, Tape *tape, Sequence x,
        KeysValues *past, int layer, Rng *rng);
#define grouped_forward(...) grouped_forward_at(HERE, __VA_ARGS__)

/* Adapters of rank r for queries and values, as the paper has them, or for the map of
 * all three. */
void grouped_adapt_at(
        Site site, Grouped *grouped, Params *params, int rank, real alpha, Rng *rng);
#define grouped_adapt(...) grouped_adapt_at(HERE, __VA_ARGS__)

#endif
