#include "tensor/elementary.h"
#include "audio/resample.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

static Clip tone(Arena *arena, int rate, double seconds, double hertz)
{
	Clip clip = { .rate = rate, .count = (int)(rate * seconds) };
	clip.samples = ARENA_ARRAY(arena, real, (size_t)clip.count);
	for (int n = 0; n < clip.count; n++)
		clip.samples[n] = (real)sin(2 * PI * hertz * n / rate + 0.3);
	return clip;
}

static const int rates[][2] = { { 48000, 16000 }, { 44100, 16000 }, { 24414, 16000 },
	{ 8000, 16000 }, { 16000, 22050 }, { 16000, 15999 } };
enum { RATES = sizeof rates / sizeof rates[0] };

/* What is left of a resampled tone when the tone it should be is taken away, in dB of
 * full scale; the ends, where the tone starts and stops, are left out. */
static double residual(Clip clip, double hertz, double level)
{
	double sum = 0;
	int begin = clip.count / 4, end = 3 * clip.count / 4;
	for (int n = begin; n < end; n++) {
		double wanted = level * sin(2 * PI * hertz * n / clip.rate + 0.3);
		double rest = (double)clip.samples[n] - wanted;
		sum += rest * rest;
	}
	return 10 * log10(2 * sum / (end - begin) + 1e-30);
}

/* The level of the tone in the result: its projection on the tone of the right phase. */
static double level(Clip clip, double hertz)
{
	double product = 0, power = 0;
	for (int n = clip.count / 4; n < 3 * clip.count / 4; n++) {
		double wanted = sin(2 * PI * hertz * n / clip.rate + 0.3);
		product += wanted * (double)clip.samples[n];
		power += wanted * wanted;
	}
	return product / power;
}

START_TEST(resample_passband_is_flat_and_in_place)
{
	Arena *arena = arena_new("test");
	ResamplePlans *plans = resample_plans_new(arena);
	for (int r = 0; r < RATES; r++) {
		int lower = rates[r][0] < rates[r][1] ? rates[r][0] : rates[r][1];
		for (int step = 0; step <= 9; step++) {
			double hertz = step == 0 ? 37 : step * lower / 20.0;
			Clip in = tone(arena, rates[r][0], 0.4, hertz);
			Clip out = resample_planned(arena, in, rates[r][1], plans);
			double found = level(out, hertz);
			ASSERT_CLOSE(20 * log10(found), 0, 0.1, 0);
			/* Images and all other errors together. */
			ck_assert_double_lt(residual(out, hertz, found), -80);
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(resample_aliases_are_silent)
{
	Arena *arena = arena_new("test");
	ResamplePlans *plans = resample_plans_new(arena);
	for (int r = 0; r < RATES; r++) {
		double nyquist = rates[r][0] / 2.0, edge = rates[r][1] / 2.0;
		if (edge >= nyquist)
			continue;
		for (int step = 0; step < 12; step++) {
			double hertz = edge + (nyquist - edge) * (step + 0.02) / 12;
			Clip in = tone(arena, rates[r][0], 0.4, hertz);
			ck_assert_double_lt(
			        residual(resample_planned(arena, in, rates[r][1], plans),
			                0, 0),
			        -80);
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(resample_count_is_rounded_up)
{
	Arena *arena = arena_new("test");
	real one[7] = { 1, 1, 1, 1, 1, 1, 1 };
	Clip clip = { .samples = one, .count = 7, .rate = 48000 };
	ck_assert_int_eq(resample(arena, clip, 16000).count, 3);
	ck_assert_int_eq(resample(arena, clip, 96000).count, 14);
	clip.count = 1;
	ck_assert_int_eq(resample(arena, clip, 16000).count, 1);
	ck_assert_int_eq(resample(arena, clip, 16000).rate, 16000);
	clip.count = 0;
	ck_assert_int_eq(resample(arena, clip, 16000).count, 0);
	arena_free(arena);
}
END_TEST

START_TEST(resample_constant_stays_constant)
{
	Arena *arena = arena_new("test");
	Clip clip = { .count = 4410, .rate = 44100 };
	clip.samples = ARENA_ARRAY(arena, real, 4410);
	for (int n = 0; n < clip.count; n++)
		clip.samples[n] = (real)0.5;
	Clip out = resample(arena, clip, 16000);
	for (int n = 80; n < out.count - 80; n++)
		ASSERT_CLOSE(out.samples[n], 0.5, 1e-6, 0);
	arena_free(arena);
}
END_TEST

START_TEST(resample_to_the_same_rate_is_the_clip_itself)
{
	Arena *arena = arena_new("test");
	Clip clip = tone(arena, 16000, 0.1, 440);
	ck_assert_ptr_eq(resample(arena, clip, 16000).samples, clip.samples);
	ASSERT_STOPS("from 16000 to 0 samples a second", resample(arena, clip, 0));
	clip.rate = 1;
	clip.count = 2000;
	ASSERT_STOPS("a clip holds up to", resample(arena, clip, 10000000));
	arena_free(arena);
}
END_TEST

/* `clip`, fed in pieces of up to `most` samples, as often as not of none. */
static Clip streamed(Arena *arena, Clip clip, int rate, int most, Rng *rng)
{
	const ResamplePlan *plan = resample_plan(arena, clip.rate, rate, 0);
	Resampler *r = resampler_new(arena, plan, most);
	Clip out = { .rate = rate };
	out.samples = ARENA_ARRAY(arena, real, (size_t)clip.count * 3 + 16);
	for (int fed = 0; fed < clip.count;) {
		int some = rng_below(rng, 2) * (1 + rng_below(rng, most));
		some = some < clip.count - fed ? some : clip.count - fed;
		int64_t gives = resampler_gives(r, some);
		int64_t given = resampler_feed(
		        r, out.samples + out.count, clip.samples + fed, some);
		ck_assert_int_eq(given, gives);
		out.count += (int)given;
		fed += some;
	}
	int64_t left = resampler_left(r);
	ck_assert_int_eq(resampler_end(r, out.samples + out.count), left);
	out.count += (int)left;
	return out;
}

/* In small pieces each output is computed alone, in large ones many are side by side. */
START_TEST(resample_streamed_is_the_whole_to_the_bit)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(5);
	static const int seconds[RATES] = { 1, 1, 10, 1, 1, 18 };
	for (int r = 0; r < RATES; r++) {
		Clip in = tone(arena, rates[r][0], seconds[r], 700);
		for (int n = 0; n < in.count; n++)
			in.samples[n] += (real)(0.1 * rng_normal(&rng));
		Clip whole = resample(arena, in, rates[r][1]);
		static const int most[] = { 7, 160, 5000, 200000 };
		for (int m = in.count > 200000 ? 2 : 0; m < 4; m++) {
			Clip out = streamed(arena, in, rates[r][1], most[m], &rng);
			ck_assert_int_eq(out.count, whole.count);
			ck_assert(!memcmp(out.samples, whole.samples,
			        (size_t)out.count * sizeof(real)));
		}
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

/* The last whole piece is taken only where a row of taps is left behind it. Here outputs
 * stand 13.3 inputs apart, their periods are too long to lie side by side, and one piece
 * more would leave some inputs too few, which the address sanitizer sees. */
START_TEST(resample_takes_no_input_beyond_the_last)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(7);
	Clip in = { .rate = 80021, .count = 55888 };
	in.samples = ARENA_ARRAY(arena, real, (size_t)in.count);
	for (int n = 0; n < in.count; n++)
		in.samples[n] = (real)rng_normal(&rng);
	Clip whole = resample(arena, in, 6000);
	Clip out = streamed(arena, in, 6000, 1000, &rng);
	ck_assert_int_eq(out.count, whole.count);
	ck_assert(!memcmp(out.samples, whole.samples, (size_t)out.count * sizeof(real)));
	arena_free(arena);
}
END_TEST

/* Each output as its definition has it, in double, from inputs that lie anywhere. */
START_TEST(resample_outputs_are_dot_products)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(6);
	for (int r = 0; r < RATES; r++) {
		Clip in = tone(arena, rates[r][0], 2, 300);
		for (int n = 0; n < in.count; n++)
			in.samples[n] = (real)rng_normal(&rng);
		const ResamplePlan *plan = resample_plan(arena, in.rate, rates[r][1], 0);
		Clip out = resample(arena, in, rates[r][1]);
		for (int n = 0; n < out.count; n += 1 + out.count / 500) {
			const real *taps = resample_taps(plan, n % plan->up, NULL, arena);
			int64_t first = (int64_t)n * plan->down / plan->up;
			double sum = 0;
			for (int k = 0; k < 2 * plan->reach; k++) {
				int64_t i = first - (plan->reach - 1) + k;
				if (i >= 0 && i < in.count)
					sum += (double)taps[k] * (double)in.samples[i];
			}
			ASSERT_CLOSE(out.samples[n], sum, 1e-5, 0);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

START_TEST(resample_plans_are_kept_and_change_nothing)
{
	Arena *arena = arena_new("test");
	ResamplePlans *plans = resample_plans_new(arena);
	Clip in = tone(arena, 44100, 1, 700);
	Clip out = resample_planned(arena, in, 16000, plans);
	Clip plain = resample(arena, in, 16000);
	ck_assert(!memcmp(out.samples, plain.samples, 16000 * sizeof(real)));
	const ResamplePlan *kept = resample_plans_get(plans, 44100, 16000);
	ck_assert_ptr_eq(kept, resample_plans_get(plans, 44100, 16000));
	ck_assert_ptr_ne(kept, resample_plans_get(plans, 48000, 16000));
	/* without a table: a million rows of 124 */
	Clip odd = tone(arena, 999999, 0.02, 700);
	ck_assert_ptr_null(resample_plan(arena, 999999, 1000000, 0)->table);
	ck_assert_int_eq(resample(arena, odd, 1000000).count, odd.count + 1);
	arena_free(arena);
}
END_TEST

TEST_MAIN("resample", resample_passband_is_flat_and_in_place, resample_aliases_are_silent,
        resample_count_is_rounded_up, resample_constant_stays_constant,
        resample_streamed_is_the_whole_to_the_bit,
        resample_takes_no_input_beyond_the_last, resample_outputs_are_dot_products,
        resample_plans_are_kept_and_change_nothing,
        resample_to_the_same_rate_is_the_clip_itself)
