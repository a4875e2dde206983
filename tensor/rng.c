/* Philox 4x32-10 (Salmon et al. 2011): a random number is a function of its place in the
 * stream, so any place can be reached at once and streams never meet. */
#include "tensor/rng.h"
#include "tensor/elementary.h"
#include "tensor/error.h"

#include <string.h>

#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0       0x9E3779B9u
#define WEYL_1       0xBB67AE85u
enum { ROUNDS = 10 };

/* One round: (x0,x1,x2,x3) -> (hi(M1 x2)^x1^k0, lo(M1 x2), hi(M0 x0)^x3^k1, lo(M0 x0)).
 * The authors' known answers are a test. */
static inline void philox_round(
        uint32_t *x0, uint32_t *x1, uint32_t *x2, uint32_t *x3, uint32_t k0, uint32_t k1)
{
	uint64_t a = (uint64_t)MULTIPLIER_0 * *x0;
	uint64_t b = (uint64_t)MULTIPLIER_1 * *x2;
	*x0 = (uint32_t)(b >> 32) ^ *x1 ^ k0;
	*x1 = (uint32_t)b;
	*x2 = (uint32_t)(a >> 32) ^ *x3 ^ k1;
	*x3 = (uint32_t)a;
}

/* Ten rounds, the key growing by the Weyl constants after each. */
static void philox(const uint32_t counter[4], uint64_t key, uint32_t out[4])
{
	uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
	memcpy(out, counter, 4 * sizeof out[0]);
	for (int round = 0; round < ROUNDS; round++, k0 += WEYL_0, k1 += WEYL_1)
		philox_round(&out[0], &out[1], &out[2], &out[3], k0, k1);
}

Rng rng_new(uint64_t seed)
{
	return (Rng){ .seed = seed };
}

Rng rng_split(const Rng *rng, uint64_t index)
{
	/* The child's stream number is itself a Philox output of (parent, index), under
	 * another key than the numbers of any stream. */
	uint32_t counter[4] = { (uint32_t)index, (uint32_t)(index >> 32),
		(uint32_t)rng->stream, (uint32_t)(rng->stream >> 32) };
	uint32_t out[4];
	philox(counter, rng->seed ^ 0x5DEECE66D1CE4E5Bu, out);
	return (Rng){ .seed = rng->seed, .stream = (uint64_t)out[1] << 32 | out[0] };
}

uint32_t rng_u32(Rng *rng)
{
	int lane = (int)(rng->position % 4);
	if (lane == 0) {
		uint64_t block = rng->position / 4;
		uint32_t counter[4] = { (uint32_t)block, (uint32_t)(block >> 32),
			(uint32_t)rng->stream, (uint32_t)(rng->stream >> 32) };
		philox(counter, rng->seed, rng->block);
	}
	rng->position++;
	return rng->block[lane];
}

int rng_below(Rng *rng, int limit)
{
	if (limit <= 0)
		error_stop(HERE, "rng_below", "limit %d: expected at least 1", limit);
	/* Lemire 2019: the high half of u32 * limit, drawn again where the low half falls
	 * into the short remainder that would favour some results. */
	uint32_t n = (uint32_t)limit;
	uint32_t threshold = (0u - n) % n;
	for (;;) {
		uint64_t product = (uint64_t)rng_u32(rng) * n;
		if ((uint32_t)product >= threshold)
			return (int)(product >> 32);
	}
}

static real uniform_of(uint32_t bits)
{
	return (real)(bits >> 8) * (real)0x1p-24;
}

real rng_uniform(Rng *rng)
{
	return uniform_of(rng_u32(rng));
}

/* Philox on LANES blocks side by side: block + 0, block + 1, ... The inner loop is the
 * same for each lane, so that it becomes vector instructions. */
enum { LANES = 16 };

static void philox_lanes(const Rng *rng, uint64_t block, uint32_t out[4][LANES])
{
	for (int i = 0; i < LANES; i++) {
		out[0][i] = (uint32_t)(block + (uint64_t)i);
		out[1][i] = (uint32_t)((block + (uint64_t)i) >> 32);
		out[2][i] = (uint32_t)rng->stream;
		out[3][i] = (uint32_t)(rng->stream >> 32);
	}
	uint32_t k0 = (uint32_t)rng->seed, k1 = (uint32_t)(rng->seed >> 32);
	for (int round = 0; round < ROUNDS; round++, k0 += WEYL_0, k1 += WEYL_1)
		for (int i = 0; i < LANES; i++)
			philox_round(
			        &out[0][i], &out[1][i], &out[2][i], &out[3][i], k0, k1);
}

void rng_uniforms(Rng *rng, size_t count, real numbers[])
{
	size_t i = 0;
	while (i < count && rng->position % 4)
		numbers[i++] = rng_uniform(rng);
	uint32_t out[4][LANES];
	for (; i + 4 * LANES <= count; i += 4 * LANES) {
		philox_lanes(rng, rng->position / 4, out);
		for (int lane = 0; lane < LANES; lane++)
			for (int word = 0; word < 4; word++)
				numbers[i + (size_t)(4 * lane + word)] =
				        uniform_of(out[word][lane]);
		rng->position += 4 * LANES;
	}
	while (i < count)
		numbers[i++] = rng_uniform(rng);
}

double rng_uniform_double(Rng *rng)
{
	uint64_t high = rng_u32(rng) >> 5, low = rng_u32(rng) >> 6;
	return (double)(high << 26 | low) * 0x1p-53;
}

double rng_normal(Rng *rng)
{
	double u = rng_uniform_double(rng), v = rng_uniform_double(rng);
	return __builtin_sqrt(-2 * double_log(1 - u)) * double_cos(6.283185307179586 * v);
}

void rng_permutation(Rng *rng, int count, int order[])
{
	for (int i = 0; i < count; i++)
		order[i] = i;
	for (int i = count - 1; i > 0; i--) {
		int j = rng_below(rng, i + 1);
		int other = order[j];
		order[j] = order[i];
		order[i] = other;
	}
}
