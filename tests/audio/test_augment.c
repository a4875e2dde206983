#include "audio/augment.h"
#include "tests/audio/signals.h"
#include "tests/support/harness.h"

/* The power of `augmented` less `clip`, in dB under that of `clip`. */
static double ratio(Clip clip, Clip augmented)
{
	double signal = 0, noise = 0;
	for (int n = 0; n < clip.count; n++) {
		double difference =
		        (double)augmented.samples[n] - (double)clip.samples[n];
		signal += (double)clip.samples[n] * (double)clip.samples[n];
		noise += difference * difference;
	}
	return 10 * log10(signal / noise);
}

START_TEST(augment_noise_has_the_ratio_asked_for)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_tone(arena, 8000), noise = signal_noise(arena, 3000);
	const double ratios[] = { 20, 10, 0, -5 };
	Rng rng = rng_new(1);
	for (int i = 0; i < 4; i++) {
		Clip white = augment_white_noise(arena, clip, ratios[i], &rng);
		Clip recorded = augment_noise(arena, clip, noise, ratios[i], &rng);
		ASSERT_CLOSE(ratio(clip, white), ratios[i], 0.01, 0);
		ASSERT_CLOSE(ratio(clip, recorded), ratios[i], 0.01, 0);
		ck_assert_int_eq(recorded.rate, clip.rate);
	}
	Clip silence = signal_new(arena, 100);
	Clip still = augment_white_noise(arena, silence, 10, &rng);
	for (int n = 0; n < 100; n++)
		ck_assert(still.samples[n] == 0);
	noise.rate = 8000;
	ASSERT_STOPS("noise of 3000 samples at 8000 for a clip at 16000",
	        augment_noise(arena, clip, noise, 10, &rng));
	arena_free(arena);
}
END_TEST

START_TEST(augment_of_one_seed_repeats)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_tone(arena, 500);
	Rng a = rng_new(3), b = rng_new(3);
	Clip once = augment_white_noise(arena, clip, 10, &a);
	Clip again = augment_white_noise(arena, clip, 10, &b);
	Clip other = augment_white_noise(arena, clip, 10, &b);
	int same = 0;
	for (int n = 0; n < 500; n++) {
		ck_assert(once.samples[n] == again.samples[n]);
		same += once.samples[n] == other.samples[n];
	}
	ck_assert_int_lt(same, 10);
	arena_free(arena);
}
END_TEST

/* 440 Hz played 1.1 times as fast is 484 Hz, and 1/1.1 as long. */
START_TEST(augment_speed_shortens_and_raises)
{
	Arena *arena = arena_new("test");
	Clip fast = augment_speed(arena, signal_tone(arena, 16000), 1.1);
	ck_assert_int_eq(fast.count, 14546);
	ck_assert_int_eq(fast.rate, 16000);
	for (int n = 1000; n < 13000; n++)
		ASSERT_CLOSE(
		        fast.samples[n], 0.5 * sin(2 * PI * 484 * n / 16000.0), 1e-3, 0);
	ck_assert_int_eq(augment_speed(arena, signal_tone(arena, 900), 0.9).count, 1000);
	ASSERT_STOPS("factor 0: expected 0.25 to 4",
	        augment_speed(arena, signal_tone(arena, 10), 0));
	arena_free(arena);
}
END_TEST

START_TEST(augment_gain_by_hand)
{
	Arena *arena = arena_new("test");
	real samples[] = { (real)0.25, -1 };
	Clip clip = { .samples = samples, .count = 2, .rate = 8000 };
	Clip louder = augment_gain(arena, clip, 20);
	ASSERT_CLOSE(louder.samples[0], 2.5, 1e-6, 0);
	ASSERT_CLOSE(louder.samples[1], -10, 1e-5, 0);
	arena_free(arena);
}
END_TEST

static Tensor augmented(Arena *arena, const SpecAugment *settings, uint64_t seed)
{
	Tensor x = tensor_full(arena, 1, SHAPE(100, 40));
	Rng rng = rng_new(seed);
	spec_augment(x, settings, &rng);
	return x;
}

/* Wiped rows and columns, and their mean number over many draws: (widest - 1) / 2. */
START_TEST(spec_augment_wipes_bars_of_the_right_size)
{
	Arena *arena = arena_new("test");
	SpecAugment bands = { .bands = 1, .band_width = 9, .value = -2 };
	SpecAugment pauses = { .pauses = 1, .pause_length = 50, .longest_share = 0.2 };
	double columns = 0, rows = 0;
	for (uint64_t seed = 0; seed < 1000; seed++) {
		Tensor x = augmented(arena, &bands, seed),
		       y = augmented(arena, &pauses, seed);
		int here = 0, there = 0, torn = 0;
		for (int m = 0; m < 40; m++) {
			for (int t = 1; t < 100; t++)
				torn += x.data[t * 40 + m] != x.data[m];
			here += x.data[m] == -2;
		}
		for (int t = 0; t < 100; t++) {
			for (int m = 1; m < 40; m++)
				torn += y.data[t * 40 + m] != y.data[t * 40];
			there += y.data[t * 40] == 0;
		}
		ck_assert(here <= 8 && there <= 19 && torn == 0);
		columns += here / 1000.0;
		rows += there / 1000.0;
		arena_reset(arena);
	}
	ASSERT_CLOSE(columns, 4, 0.3, 0);
	ASSERT_CLOSE(rows, 9.5, 0.6, 0);
	ASSERT_STOPS("frames (3)",
	        spec_augment(tensor_zeros(arena, SHAPE(3)), &bands, &(Rng){ .seed = 1 }));
	arena_free(arena);
}
END_TEST

TEST_MAIN("augment", augment_noise_has_the_ratio_asked_for, augment_of_one_seed_repeats,
        augment_speed_shortens_and_raises, augment_gain_by_hand,
        spec_augment_wipes_bars_of_the_right_size)
