#include "audio/spectrum/stft.h"
#include "audio/spectrum/spectrogram.h"
#include "audio/spectrum/transpose.h"
#include "tests/audio/signals.h"
#include "tests/support/harness.h"

static const StftSettings plain = {
	.fft = 64,
	.window = 64,
	.hop = 16,
	.shape = WINDOW_HANN,
	.padding = STFT_WHOLE,
	.gain = 1,
};

/* cos(2 pi 8 n / 64) under a Hann window: |X| is 64/4 at bin 8, half of it at 7 and 9,
 * else 0. */
START_TEST(spectrogram_of_a_tone_by_hand)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_new(arena, 400);
	for (int n = 0; n < 400; n++)
		clip.samples[n] = (real)cos(2 * PI * 8 * n / 64);
	Tensor power = spectrogram(arena, &clip, &plain);
	ck_assert_int_eq(power.shape[0], 1 + (400 - 64) / 16);
	ck_assert_int_eq(power.shape[1], 33);
	for (int t = 0; t < power.shape[0]; t++)
		for (int k = 0; k < 33; k++)
			ASSERT_CLOSE(power.data[t * 33 + k],
			        k == 8             ? 256
			        : k == 7 || k == 9 ? 64
			                           : 0,
			        1e-3, 0);
	arena_free(arena);
}
END_TEST

/* A single 1 at sample 5: the frames that hold it have w^2 in every bin. */
static void check_impulse(const StftSettings *s, int t, double expected)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_new(arena, 100);
	clip.samples[5] = 1;
	Tensor power = spectrogram(arena, &clip, s);
	for (int k = 0; k < power.shape[1]; k++)
		ASSERT_CLOSE(power.data[t * power.shape[1] + k], expected, 1e-6, 1e-5);
	arena_free(arena);
}

START_TEST(stft_frames_stand_where_they_should)
{
	StftSettings s = plain;
	s.hop = 8;
	s.window = 16;
	double w[16];
	for (int n = 0; n < 16; n++)
		w[n] = 0.5 - 0.5 * cos(2 * PI * n / 16);
	check_impulse(&s, 0, w[5] * w[5]); /* frame 0 begins at sample 0 */
	check_impulse(&s, 1, 0);
	s.padding = STFT_ZERO; /* the middle of the window of frame t at sample 8 t */
	check_impulse(&s, 0, w[13] * w[13]);
	check_impulse(&s, 1, w[5] * w[5]);
	check_impulse(&s, 2, 0);
	s.fft = s.window = 64; /* mirrored, there is a second 1 at -5 */
	s.hop = 1000;
	double a = 0.5 - 0.5 * cos(2 * PI * 37 / 64),
	       b = 0.5 - 0.5 * cos(2 * PI * 27 / 64);
	check_impulse(&s, 0, a * a);
	Arena *arena = arena_new("test");
	Clip clip = signal_new(arena, 100);
	clip.samples[5] = 1;
	s.padding = STFT_REFLECT;
	ASSERT_CLOSE(spectrogram(arena, &clip, &s).data[0], (a + b) * (a + b), 1e-5, 0);
	arena_free(arena);
}
END_TEST

/* Reflection goes on, back and forth, where the clip is shorter than the frame. */
START_TEST(stft_short_clips_are_mirrored_again_and_again)
{
	Arena *arena = arena_new("test");
	StftSettings s = plain;
	s.padding = STFT_REFLECT;
	s.shape = WINDOW_RECTANGLE;
	Clip clip = signal_new(arena, 3);
	clip.samples[0] = 1;
	clip.samples[2] = 5; /* 1 0 5 0 1 0 5 0 ... */
	ASSERT_CLOSE(spectrogram(arena, &clip, &s).data[0], 96 * 96, 1e-3, 1e-6);
	clip.count = 1;
	ASSERT_CLOSE(spectrogram(arena, &clip, &s).data[0], 64 * 64, 1e-3, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(stft_prepares_frames_in_the_order_of_kaldi)
{
	Arena *arena = arena_new("test");
	StftSettings s = { .fft = 4,
		.window = 4,
		.hop = 1,
		.shape = WINDOW_RECTANGLE,
		.padding = STFT_WHOLE,
		.gain = 2,
		.remove_mean = true,
		.preemphasis = 0.5 };
	real samples[] = { 1, 2, 3, 6 }; /* times 2, less 6: -4 -2 0 6; then -2 0 1 6 */
	Clip clip = { .samples = samples, .count = 4, .rate = 16000 };
	Tensor power = spectrogram(arena, &clip, &s);
	ASSERT_CLOSE(power.data[0], 25, 1e-4, 0);     /* 5 */
	ASSERT_CLOSE(power.data[1], 9 + 36, 1e-4, 0); /* -3 + 6i */
	ASSERT_CLOSE(power.data[2], 49, 1e-4, 0);     /* -7 */
	arena_free(arena);
}
END_TEST

START_TEST(transpose_there_and_back)
{
	Arena *arena = arena_new("test");
	enum { N = 37, STRIDE = 19 };
	real *x = ARENA_ARRAY(arena, real, 16 * N), *y = ARENA_ARRAY(arena, real, 16 * N);
	real *apart = ARENA_ARRAY(arena, real, STRIDE * N);
	real *back = ARENA_ARRAY(arena, real, 16 * N),
	     *s = ARENA_ARRAY(arena, real, 2 * 16 * N);
	for (int i = 0; i < 16 * N; i++)
		x[i] = (real)i;
	transpose_to_lanes(y, 16, x, s, N);
	transpose_to_lanes(apart, STRIDE, x, s, N);
	for (int n = 0; n < N; n++) {
		for (int l = 0; l < 16; l++) {
			ASSERT_CLOSE(y[n * 16 + l], l * N + n, 0, 0);
			ASSERT_CLOSE(apart[n * STRIDE + l], l * N + n, 0, 0);
		}
		for (int l = 16; l < STRIDE; l++) /* what lies between is let alone */
			ASSERT_CLOSE(apart[n * STRIDE + l], 0, 0, 0);
	}
	transpose_from_lanes(back, y, s, N);
	for (int i = 0; i < 16 * N; i++)
		ASSERT_CLOSE(back[i], i, 0, 0);
	arena_free(arena);
}
END_TEST

/* Sample n of frame t, before the window, as stft.h has it. */
static double sample_of(const Clip *clip, const StftSettings *s, int t, int n)
{
	int at = t * s->hop + n, last = clip->count - 1;
	if (s->padding != STFT_WHOLE)
		at += (s->fft - s->window) / 2 - s->fft / 2;
	while (s->padding == STFT_REFLECT && (at < 0 || at > last))
		at = at < 0 ? -at : 2 * last - at;
	return at < 0 || at > last ? 0 : (double)clip->samples[at];
}

/* |X_t,k|^2, a product at a time. */
static double power_of(
        const Clip *clip, const StftSettings *s, const real *window, int t, int k)
{
	double re = 0, im = 0;
	for (int n = 0; n < s->window; n++) {
		double x = (double)window[n] * sample_of(clip, s, t, n);
		re += x * cos(2 * PI * k * n / s->fft);
		im -= x * sin(2 * PI * k * n / s->fft);
	}
	return re * re + im * im;
}

/* Frames that overlap a little, often, or not at all; clips that end in a frame,
 * between two, or in the first. */
START_TEST(stft_of_any_hop_is_the_definition)
{
	Arena *arena = arena_new("test");
	static const StftSettings all[] = {
		{ 20, 20, 8, WINDOW_HANN, STFT_REFLECT, 1, false, 0 },
		{ 30, 24, 1, WINDOW_HAMMING, STFT_ZERO, 1, false, 0 },
		{ 24, 24, 24, WINDOW_RECTANGLE, STFT_WHOLE, 1, false, 0 },
		{ 32, 10, 17, WINDOW_HANN, STFT_REFLECT, 1, false, 0 },
		{ 16, 9, 40, WINDOW_HANN, STFT_WHOLE, 1, false, 0 },
		{ 16, 16, 5, WINDOW_HANN, STFT_WHOLE, 1, false, 0 },
	};
	static const int counts[] = { 2, 15, 40, 301, 340 };
	real window[32];
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		const StftSettings *s = &all[i];
		window_fill(window, s->window, s->shape);
		for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
			Clip clip = signal_noise(arena, counts[c]);
			Tensor power = spectrogram(arena, &clip, s);
			for (int t = 0; t < power.shape[0]; t++)
				for (int k = 0; k < power.shape[1]; k += 3)
					ASSERT_CLOSE(power.data[t * power.shape[1] + k],
					        power_of(&clip, s, window, t, k), 1e-4,
					        1e-4);
		}
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("stft", stft_of_any_hop_is_the_definition, spectrogram_of_a_tone_by_hand,
        stft_frames_stand_where_they_should,
        stft_short_clips_are_mirrored_again_and_again,
        stft_prepares_frames_in_the_order_of_kaldi, transpose_there_and_back)
