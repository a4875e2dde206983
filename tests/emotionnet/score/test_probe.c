#include "emotionnet/score/probe.h"
#include "tests/support/harness.h"

#include <math.h>

/* Two classes on a line, which they share: not to be told apart by a line but in part. */
static const real line[] = { -2, -1, 1, -1, 1, 2 };
static const int classes[] = { 0, 0, 0, 1, 1, 1 };

static const ProbeOptions exact = { .loose = 1, .steps = 400 };
static const ProbeOptions held = { .loose = 0.01, .steps = 400 };

/* Where the slope is 0: W of both classes are opposite, so w = 2 W_1 solves
 * 1/N sum (p_i - y_i) x_i + w / (2 C N) = 0, with the bias 0 by symmetry. */
START_TEST(probe_of_a_line_is_where_the_slope_is_zero)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_new(arena, SHAPE(6, 1));
	for (int i = 0; i < 6; i++)
		x.data[i] = line[i];
	double loose = 1, scale = sqrt(12.0 / 6), low = 0, high = 100;
	for (int step = 0; step < 100; step++) {
		double w = (low + high) / 2, slope = w / (2 * loose);
		for (int i = 0; i < 6; i++) {
			double z = (double)line[i] / scale;
			slope += (1 / (1 + exp(-w * z)) - classes[i]) * z;
		}
		*(slope > 0 ? &high : &low) = w;
	}
	Probe probe = probe_fit(
	        arena, x, classes, 2, (ProbeOptions){ .loose = loose, .steps = 400 });
	ASSERT_CLOSE(
	        (double)(probe.weights.data[1] - probe.weights.data[0]), low, 1e-4, 0);
	float p[2];
	probe_answer(&probe, (const real[]){ (real)scale }, p);
	ASSERT_CLOSE((double)p[1], 1 / (1 + exp(-low)), 1e-4, 0);
	ASSERT_CLOSE((double)(p[0] + p[1]), 1, 1e-6, 0);
	arena_free(arena);
}
END_TEST

START_TEST(probe_held_tight_says_less)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_new(arena, SHAPE(6, 1));
	for (int i = 0; i < 6; i++)
		x.data[i] = line[i];
	float p[2], tight[2];
	Probe probe = probe_fit(arena, x, classes, 2, exact);
	probe_answer(&probe, (const real[]){ 2 }, p);
	probe = probe_fit(arena, x, classes, 2, held);
	probe_answer(&probe, (const real[]){ 2 }, tight);
	ck_assert(p[1] > tight[1] && tight[1] > 0.5F);
	arena_free(arena);
}
END_TEST

/* A number that never changes tells nothing, and divides by nothing. */
START_TEST(probe_of_a_constant_number_is_finite)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_full(arena, 3, SHAPE(6, 2));
	for (int i = 0; i < 6; i++)
		x.data[2 * i] = line[i];
	Probe probe = probe_fit(arena, x, classes, 2, exact);
	float p[2];
	probe_answer(&probe, (const real[]){ 2, 3 }, p);
	ck_assert(p[1] > 0.5F && p[1] < 1);
	arena_free(arena);
}
END_TEST

/* It stops where little is left to gain, and not before. */
START_TEST(probe_stops_where_the_slope_is_small)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_new(arena, SHAPE(6, 1));
	for (int i = 0; i < 6; i++)
		x.data[i] = line[i];
	ProbeOptions few = { .loose = 1, .steps = 1 };
	ProbeOptions enough = { .loose = 1, .steps = 100000000, .slope = 1e-5 };
	real far = probe_fit(arena, x, classes, 2, few).weights.data[1];
	real near = probe_fit(arena, x, classes, 2, enough).weights.data[1];
	real there = probe_fit(arena, x, classes, 2, exact).weights.data[1];
	ASSERT_CLOSE((double)near, (double)there, 1e-3, 0);
	ck_assert(fabs((double)(far - there)) > 0.01);
	arena_free(arena);
}
END_TEST

TEST_MAIN("probe", probe_of_a_line_is_where_the_slope_is_zero, probe_held_tight_says_less,
        probe_of_a_constant_number_is_finite, probe_stops_where_the_slope_is_small)
