#include "audio/spectrum/fft.h"
#include "audio/spectrum/fft_real.h"
#include "tensor/elementary.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdint.h>

enum { ROW = 2 * FFT_LANES };

static real *noise(Arena *arena, size_t count)
{
	Rng rng = rng_new(1);
	real *x = ARENA_ARRAY(arena, real, count);
	for (size_t i = 0; i < count; i++)
		x[i] = (real)rng_normal(&rng);
	return x;
}

/* The definition, for one lane; rows of the input are `row` numbers, the imaginary part
 * of a complex one FFT_LANES after the real. */
static void plain(double sum[2], const real *x, int row, int lane, int length, int k)
{
	sum[0] = sum[1] = 0;
	for (int n = 0; n < length; n++) {
		double angle = -2 * PI * (double)((int64_t)k * n % length) / length;
		double re = (double)x[(size_t)n * (size_t)row + (size_t)lane];
		double im = 0;
		if (row == ROW)
			im = (double)x[(size_t)n * ROW + FFT_LANES + (size_t)lane];
		sum[0] += re * cos(angle) - im * sin(angle);
		sum[1] += re * sin(angle) + im * cos(angle);
	}
}

static double tolerance(int length)
{
	return (sizeof(real) == 8 ? 1e-14 : 1e-6) * sqrt(length);
}

static void check_bin(
        const real *out, const real *x, int row, int length, int lane, int k)
{
	double expected[2];
	plain(expected, x, row, lane, length, k);
	const real *bin = out + (size_t)k * ROW + (size_t)lane;
	double scale = 4 * tolerance(length);
	ASSERT_CLOSE(bin[0], expected[0], scale, 0);
	ASSERT_CLOSE(bin[FFT_LANES], expected[1], scale, 0);
}

/* Lengths made of 2, 3, 4 and 5, primes, products with a prime, and what audio uses. */
static const int lengths[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 20, 25,
	27, 30, 31, 32, 45, 49, 60, 64, 74, 97, 100, 121, 125, 200, 210, 211, 256, 400,
	441, 509, 512, 551 };
enum { LENGTHS = sizeof lengths / sizeof lengths[0] };

START_TEST(fft_of_every_kind_of_length_is_the_definition)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < LENGTHS; i++) {
		int n = lengths[i];
		const Fft *fft = fft_new(arena, n);
		real *x = noise(arena, (size_t)n * ROW);
		real *out = ARENA_ARRAY(arena, real, (size_t)n * ROW);
		fft_forward(fft, out, x, ARENA_ARRAY(arena, real, fft_scratch(fft)));
		for (int k = 0; k < n; k++)
			check_bin(out, x, ROW, n, (5 * k + i) % FFT_LANES, k);
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

START_TEST(fft_real_of_every_kind_of_length_is_the_definition)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < LENGTHS; i++) {
		int n = lengths[i];
		const FftReal *fft = fft_real_new(arena, n);
		ck_assert_int_eq(fft_real_length(fft), n);
		real *x = noise(arena, (size_t)n * FFT_LANES);
		real *out = ARENA_ARRAY(arena, real, (size_t)(n / 2 + 1) * ROW);
		fft_real_forward(
		        fft, out, x, ARENA_ARRAY(arena, real, fft_real_scratch(fft)));
		for (int k = 0; k <= n / 2; k++)
			check_bin(out, x, FFT_LANES, n, (3 * k + i) % FFT_LANES, k);
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

/* 1, -i, -1, i times 1: X = (0, 4, 0, 0). */
START_TEST(fft_of_four_by_hand)
{
	Arena *arena = arena_new("test");
	const Fft *fft = fft_new(arena, 4);
	real x[4 * ROW] = { 0 }, out[4 * ROW], scratch[4 * ROW];
	const int re[] = { 1, 0, -1, 0 }, im[] = { 0, 1, 0, -1 };
	for (int n = 0; n < 4; n++) {
		x[n * ROW + 3] = (real)re[n];
		x[n * ROW + FFT_LANES + 3] = (real)im[n];
	}
	fft_forward(fft, out, x, scratch);
	for (int k = 0; k < 4; k++) {
		ASSERT_CLOSE(out[k * ROW + 3], k == 1 ? 4 : 0, 1e-6, 0);
		ASSERT_CLOSE(out[k * ROW + FFT_LANES + 3], 0, 1e-6, 0);
		ck_assert(out[k * ROW] == 0); /* the lanes do not touch each other */
	}
	arena_free(arena);
}
END_TEST

START_TEST(fft_lane_has_the_same_bits_beside_any_other)
{
	Arena *arena = arena_new("test");
	enum { N = 105 };
	const FftReal *fft = fft_real_new(arena, N);
	real *x = noise(arena, N * FFT_LANES);
	real *moved = ARENA_ARRAY(arena, real, N * FFT_LANES);
	for (int n = 0; n < N; n++)
		moved[n * FFT_LANES + 13] = x[n * FFT_LANES + 2];
	size_t bins = (size_t)fft_real_length(fft) / 2 + 1;
	real *a = ARENA_ARRAY(arena, real, bins * ROW);
	real *b = ARENA_ARRAY(arena, real, bins * ROW);
	real *scratch = ARENA_ARRAY(arena, real, fft_real_scratch(fft));
	fft_real_forward(fft, a, x, scratch);
	fft_real_forward(fft, b, moved, scratch);
	for (size_t row = 0; row < 2 * bins; row++)
		ck_assert(a[row * FFT_LANES + 2] == b[row * FFT_LANES + 13]);
	arena_free(arena);
}
END_TEST

START_TEST(fft_impossible_length_stops)
{
	Arena *arena = arena_new("test");
	ASSERT_STOPS("length 0: expected 1 to", fft_new(arena, 0));
	ASSERT_STOPS("length -2: expected 1 to", fft_real_new(arena, -2));
	ASSERT_STOPS("expected 1 to 1048576", fft_new(arena, FFT_LONGEST + 1));
	arena_free(arena);
}
END_TEST

TEST_MAIN("fft", fft_of_every_kind_of_length_is_the_definition,
        fft_real_of_every_kind_of_length_is_the_definition, fft_of_four_by_hand,
        fft_lane_has_the_same_bits_beside_any_other, fft_impossible_length_stops)
