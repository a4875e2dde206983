/* rng.h: random numbers that are the same on every machine.
 *
 * Counter-based: the n-th number of a stream is a pure function of (seed, stream, n),
 * Philox4x32-10 of Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (SC
 * 2011). So the state to save is three integers, any thread can draw its own stream,
 * and nothing depends on who drew first. */
#ifndef TENSOR_RNG_H
#define TENSOR_RNG_H

#include "tensor/real.h"

#include <stddef.h>
#include <stdint.h>

typedef struct Rng {
	uint64_t seed, stream;
	uint64_t position; /* 32-bit numbers drawn so far */
	uint32_t block[4]; /* the four numbers around `position`, made on demand */
} Rng;

Rng rng_new(uint64_t seed);

/* A stream of its own for the `index`-th part of the work (a shard, an utterance, a
 * layer). Does not advance `rng`: the same index gives the same stream. */
Rng rng_split(const Rng *rng, uint64_t index);

uint32_t rng_u32(Rng *rng);
int rng_below(Rng *rng, int limit);  /* 0..limit-1, unbiased; limit > 0 */
real rng_uniform(Rng *rng);          /* [0,1), a multiple of 2^-24 */
double rng_uniform_double(Rng *rng); /* [0,1), a multiple of 2^-53 */
/* The next `count` of rng_uniform(), the same numbers, several times as fast. */
void rng_uniforms(Rng *rng, size_t count, real numbers[]);
double rng_normal(Rng *rng); /* mean 0, variance 1 (Box & Muller 1958) */

/* A random order of 0..count-1 (Fisher & Yates 1938; Durstenfeld 1964). */
void rng_permutation(Rng *rng, int count, int order[]);

#endif
