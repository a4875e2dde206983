/* Q8_0   32 numbers   d (F16), q (8 bits each, signed)              x = d q
 * Q4_0   32           d, q (4 bits)                                 x = d (q - 8)
 * Q4_1   32           d, m, q (4 bits)                              x = d q + m
 * Q5_0   32           d, the fifth bits, the lower four             x = d (q - 16)
 * Q5_1   32           d, m, the fifth bits, the lower four          x = d q + m
 * Q4_K  256           d, m, 8 scales s and t of 6 bits, q (4 bits)  x = (d s) q - (m t)
 * Q6_K  256           q (4 and 2 bits), 16 scales s, d              x = (d s) (q - 32)
 *
 * All of them are groups of 32 numbers: two halves of 16 with a scale each, and m. To
 * unpack, products and sums are rounded one after the other, as in the reference. The
 * product with x takes sixteen sums side by side, as real_dot, group by group:
 *
 *     s_l += d (q_l x_l + q_l+16 x_l+16)          of a group with one scale
 *     s_l += d q_l x_l, then d' q_l+16 x_l+16     of one with two (Q6_K)
 *     s   += m (x_0 + ... + x_31)
 *
 * each += and each inner sum one fused multiply-add; in the end the s_l are added as in
 * real_sum, and then s. */
#include "tensor/block_packed.h"
#include "tensor/half.h"
#include "tensor/reduce.h"
#include "tensor/vector.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	HALF = 16,
	LANES = VECTOR_LANES,
	VECTORS = SIXTEEN / LANES,
	AHEAD = 1024, /* bytes: what is soon to be read is asked for */
};

/* As many as a Vector has numbers. */
typedef int32_t Whole __attribute__((vector_size(LANES * sizeof(int32_t))));
typedef float Floats __attribute__((vector_size(LANES * sizeof(float))));
typedef real Eight __attribute__((vector_size(8 * sizeof(real))));
typedef real Four __attribute__((vector_size(4 * sizeof(real))));

typedef struct Scales {
	float d[2], m; /* of the two halves; of all */
} Scales;

/* A layout, as a loop over groups needs it. Constants: all is inlined. */
typedef struct Packed {
	int bytes, groups; /* of a block */
	bool shifted;      /* there is an m */
	bool two;          /* the two halves differ in d */
	void (*scales)(Scales *scales, const unsigned char *block, int group);
	/* Numbers j..j+LANES-1 of the group; j is a multiple of LANES. */
	void (*read)(Whole *q, const unsigned char *block, int group, int j);
} Packed;

/* ---- blocks of 32 ------------------------------------------------------------------ */

VECTOR_INLINE void one_scale(Scales *s, const unsigned char *block, int group)
{
	(void)group;
	*s = (Scales){ .d = { float_of_f16(block) } };
}

VECTOR_INLINE void scale_and_least(Scales *s, const unsigned char *block, int group)
{
	(void)group;
	*s = (Scales){ .d = { float_of_f16(block) }, .m = float_of_f16(block + 2) };
}

/* Compilers make one instruction of such a loop, and many of __builtin_convertvector. */
VECTOR_INLINE void widen(Whole *q, const unsigned char *from)
{
	*q = (Whole){ 0 };
	for (int lane = 0; lane < LANES; lane++)
		(*q)[lane] = from[lane];
}

/* Two numbers share a byte: the lower half of byte j is number j, the upper half is number
 * j + 16. */
VECTOR_INLINE void four_bits(Whole *q, const unsigned char *from, int j)
{
	widen(q, from + j % HALF);
	*q = j < HALF ? *q & 15 : *q >> 4;
}

/* Bit j of four bytes is the fifth bit of number j. */
VECTOR_INLINE void five_bits(
        Whole *q, const unsigned char *bits, const unsigned char *from, int j)
{
	uint32_t fifth = half_bits(bits + j / HALF * 2) >> j % HALF;
	Whole fifths, place = { 0 };
	for (int lane = 0; lane < LANES; lane++)
		place[lane] = lane;
	fifths = (int32_t)fifth - (Whole){ 0 };
	four_bits(q, from, j);
	*q |= (fifths >> place & 1) << 4;
}

VECTOR_INLINE void read_q8_0(Whole *q, const unsigned char *block, int group, int j)
{
	(void)group;
	const signed char *from = (const signed char *)block + 2 + j;
	*q = (Whole){ 0 };
	for (int lane = 0; lane < LANES; lane++)
		(*q)[lane] = from[lane];
}

VECTOR_INLINE void read_q4_0(Whole *q, const unsigned char *block, int group, int j)
{
	(void)group;
	four_bits(q, block + 2, j);
	*q -= 8;
}

VECTOR_INLINE void read_q4_1(Whole *q, const unsigned char *block, int group, int j)
{
	(void)group;
	four_bits(q, block + 4, j);
}

VECTOR_INLINE void read_q5_0(Whole *q, const unsigned char *block, int group, int j)
{
	(void)group;
	five_bits(q, block + 2, block + 6, j);
	*q -= 16;
}

VECTOR_INLINE void read_q5_1(Whole *q, const unsigned char *block, int group, int j)
{
	(void)group;
	five_bits(q, block + 4, block + 8, j);
}

/* ---- blocks of 256 ----------------------------------------------------------------- */

/* Eight s and eight t of 6 bits in 12 bytes: the first four of each in the lower bits of
 * bytes 0-3 and 4-7, whose two upper bits are those of the last four. */
VECTOR_INLINE void scales_q4_k(Scales *scales, const unsigned char *block, int group)
{
	const unsigned char *p = block + 4 + group % 4;
	int s = group < 4 ? p[0] & 63 : (p[8] & 15) | p[0] >> 6 << 4;
	int t = group < 4 ? p[4] & 63 : p[8] >> 4 | p[4] >> 6 << 4;
	scales->d[0] = float_of_f16(block) * (float)s;
	scales->m = -(float_of_f16(block + 2) * (float)t);
}

/* Groups 2i and 2i + 1 are the lower and the upper halves of 32 bytes. */
VECTOR_INLINE void read_q4_k(Whole *q, const unsigned char *block, int group, int j)
{
	widen(q, block + 16 + group / 2 * 32 + j);
	*q = *q >> group % 2 * 4 & 15;
}

VECTOR_INLINE void scales_q6_k(Scales *scales, const unsigned char *block, int group)
{
	const signed char *s = (const signed char *)block + 192 + 2 * group;
	float d = float_of_f16(block + 208);
	scales->d[0] = d * (float)s[0];
	scales->d[1] = d * (float)s[1];
}

/* Each four groups have 64 bytes of lower bits: of group i of them, the lower or the upper
 * halves of 32; and 32 bytes of upper bits: bits 2i and 2i + 1. */
VECTOR_INLINE void read_q6_k(Whole *q, const unsigned char *block, int group, int j)
{
	int four = group / 4, i = group % 4;
	Whole high;
	widen(q, block + four * 64 + i % 2 * 32 + j);
	widen(&high, block + 128 + four * 32 + j);
	*q = ((*q >> i / 2 * 4 & 15) | (high >> 2 * i & 3) << 4) - 32;
}

/* ---- the two loops over groups ----------------------------------------------------- */

VECTOR_INLINE void unpack(
        const Packed *p, real *out, const unsigned char *block, size_t count)
{
	for (size_t b = 0; b < count; b++, block += p->bytes)
		for (int group = 0; group < p->groups; group++, out += BLOCK_GROUP) {
			Scales s;
			p->scales(&s, block, group);
			for (int j = 0; j < BLOCK_GROUP; j += LANES) {
				Whole q;
				p->read(&q, block, group, j);
				Floats x = __builtin_convertvector(q, Floats);
				x *= s.d[p->two ? j / HALF : 0];
				if (p->shifted)
					x += s.m;
				vector_store(out + j, __builtin_convertvector(x, Vector));
			}
		}
}

VECTOR_INLINE Vector quants(const Packed *p, const unsigned char *block, int group, int j)
{
	Whole q;
	p->read(&q, block, group, j);
	return __builtin_convertvector(q, Vector);
}

/* A group's part of one row's sums. */
VECTOR_INLINE void dot_group(const Packed *p, Vector sum[VECTORS], const real *x,
        const unsigned char *block, int group, const Scales *s)
{
	for (int v = 0; v < VECTORS; v++) {
		int j = v * LANES;
		Vector low = quants(p, block, group, j) * vector_load(x + j);
		Vector q = quants(p, block, group, j + HALF);
		Vector x_high = vector_load(x + j + HALF);
		if (p->two) {
			sum[v] = vector_fma(vector_all((real)s->d[0]), low, sum[v]);
			low = q * x_high;
		} else {
			low = vector_fma(q, x_high, low);
		}
		sum[v] = vector_fma(vector_all((real)s->d[p->two]), low, sum[v]);
	}
}

/* As real_sum of sixteen: eight apart, four apart, two, one. */
VECTOR_INLINE real sum_of(const Vector sum[VECTORS])
{
	Eight a[2];
	memcpy(a, sum, sizeof a);
	a[0] += a[1];
	Four b[2];
	memcpy(b, a, sizeof b);
	b[0] += b[1];
	return (b[0][0] + b[0][2]) + (b[0][1] + b[0][3]);
}

VECTOR_INLINE real dot_row(const Packed *p, const real *x, const real *sums,
        const unsigned char *block, size_t count)
{
	Vector sum[VECTORS];
	real shift = 0;
	for (int v = 0; v < VECTORS; v++)
		sum[v] = vector_all(0);
	for (size_t b = 0; b < count; b++, block += p->bytes)
		for (int group = 0; group < p->groups; group++) {
			Scales s;
			__builtin_prefetch(block + AHEAD);
			p->scales(&s, block, group);
			dot_group(p, sum, x, block, group, &s);
			if (p->shifted)
				shift = real_fma((real)s.m, *sums, shift);
			x += BLOCK_GROUP;
			sums++;
		}
	return sum_of(sum) + shift;
}

VECTOR_INLINE void dot(const Packed *p, real *y, int rows, const real *x,
        const real *sums, const unsigned char *blocks, size_t count)
{
	for (int r = 0; r < rows; r++, blocks += count * (size_t)p->bytes)
		y[r] = dot_row(p, x, sums, blocks, count);
}

void block_sums(real *sums, const real *x, size_t count)
{
	for (size_t i = 0; i < count; i += BLOCK_GROUP)
		sums[i / BLOCK_GROUP] = real_sum(x + i, BLOCK_GROUP);
}

/* ---- each layout ------------------------------------------------------------------- */

/* Both loops with the layout as a constant, which inlines its functions, and what the
 * world sees of it. */
#define LAYOUT(layout, name, code, bytes, groups, shifted, two, scales, read)            \
	static const Packed layout = { bytes, groups, shifted, two, scales, read };      \
	static void layout##_unpack(                                                     \
	        real *out, const unsigned char *blocks, size_t count)                    \
	{                                                                                \
		unpack(&layout, out, blocks, count);                                     \
	}                                                                                \
	static void layout##_dot(real *y, int rows, const real *x, const real *sums,     \
	        const unsigned char *blocks, size_t count)                               \
	{                                                                                \
		dot(&layout, y, rows, x, sums, blocks, count);                           \
	}                                                                                \
	const BlockLayout block_##layout = { name, code, groups * BLOCK_GROUP, bytes,    \
		layout##_unpack, layout##_dot };

LAYOUT(q4_0, "Q4_0", 2, 18, 1, false, false, one_scale, read_q4_0)
LAYOUT(q4_1, "Q4_1", 3, 20, 1, true, false, scale_and_least, read_q4_1)
LAYOUT(q5_0, "Q5_0", 6, 22, 1, false, false, one_scale, read_q5_0)
LAYOUT(q5_1, "Q5_1", 7, 24, 1, true, false, scale_and_least, read_q5_1)
LAYOUT(q8_0, "Q8_0", 8, 34, 1, false, false, one_scale, read_q8_0)
LAYOUT(q4_k, "Q4_K", 12, 144, 8, true, false, scales_q4_k, read_q4_k)
LAYOUT(q6_k, "Q6_K", 14, 210, 8, false, true, scales_q6_k, read_q6_k)
