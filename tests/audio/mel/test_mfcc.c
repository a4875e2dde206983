#include "audio/mel/mfcc.h"
#include "audio/mel/delta.h"
#include "audio/mel/settings.h"
#include "tests/audio/signals.h"
#include "tests/support/golden.h"

static const char FILE_NAME[] = "audio.txt";

static Tensor features_of(Arena *arena, const MelSettings *settings, Clip clip)
{
	Tensor features;
	logmel(&features, arena, &clip, settings);
	return features;
}

static MelSettings preset(const char *name)
{
	MelSettings settings;
	ck_assert(mel_preset(&settings, name));
	return settings;
}

/* What librosa 0.11 itself gave for this second of 440 Hz. */
START_TEST(mfcc_of_a_tone_is_that_of_librosa)
{
	Arena *arena = arena_new("test");
	MelSettings s = preset("librosa");
	s.stft.fft = 512;
	s.stft.window = 400;
	s.stft.hop = 160;
	s.bands.count = 40;
	Tensor c = mfcc(arena, features_of(arena, &s, signal_tone(arena, 16000)), 13, 0);
	ck_assert_int_eq(c.shape[0], 101);
	const double expected[13] = { -330.3210, 86.0032, 57.8142, 21.6168, -11.6156,
		-33.9275, -42.7423, -40.3320, -31.3311, -20.0988, -9.3391, -0.2192,
		6.7766 };
	for (int n = 0; n < 13; n++)
		ASSERT_CLOSE(c.data[50 * 13 + n], expected[n], 1.5e-4, 1e-5);
	arena_free(arena);
}
END_TEST

START_TEST(mfcc_of_a_voice_is_that_of_torchaudio_and_kaldi)
{
	Arena *arena = arena_new("test");
	MelSettings s = preset("torchaudio");
	s.stft.hop = 160;
	s.bands.count = 40;
	s.log = MEL_DECIBEL;
	s.floor = 1e-10;
	s.top_db = 80;
	Clip voice = signal_voice(arena, 2400);
	ASSERT_TENSOR_CLOSE(mfcc(arena, features_of(arena, &s, voice), 13, 0),
	        golden_tensor(arena, FILE_NAME, "torchaudio.mfcc"), 1e-4, 1e-5);
	s = preset("kaldi");
	ASSERT_TENSOR_CLOSE(mfcc(arena, features_of(arena, &s, voice), 13, 22),
	        golden_tensor(arena, FILE_NAME, "kaldi.mfcc"), 1e-4, 1e-5);
	arena_free(arena);
}
END_TEST

/* Two bands 3, 1: (3 + 1)/sqrt 2 and (3 - 1) cos(pi/4) = 2/sqrt 2. */
START_TEST(mfcc_of_two_bands_by_hand)
{
	Arena *arena = arena_new("test");
	real bands[] = { 3, 1 };
	Tensor c = mfcc(arena, tensor_view(bands, SHAPE(1, 2)), 2, 0);
	ASSERT_CLOSE(c.data[0], 4 / sqrt(2), 1e-6, 0);
	ASSERT_CLOSE(c.data[1], 2 / sqrt(2), 1e-6, 0);
	ASSERT_STOPS("3 coefficients of a log-mel spectrogram (1,2)",
	        mfcc(arena, tensor_view(bands, SHAPE(1, 2)), 3, 0));
	arena_free(arena);
}
END_TEST

START_TEST(mfcc_plan_is_shared_by_clips)
{
	Arena *arena = arena_new("test");
	MelSettings s = preset("torchaudio");
	s.bands.count = 20;
	const MfccPlan *plan = mfcc_plan(arena, 20, 13, 22);
	for (int i = 0; i < 3; i++) {
		Tensor bands =
		        features_of(arena, &s, signal_noise(arena, 3000 + 800 * i));
		ASSERT_TENSOR_SAME(
		        mfcc(arena, bands, 13, 22), mfcc_run(plan, arena, bands));
	}
	Tensor other = tensor_zeros(arena, SHAPE(2, 19));
	ASSERT_STOPS("(2,19): expected (frames, 20)", mfcc_run(plan, arena, other));
	ASSERT_STOPS("14 coefficients of 13 bands", mfcc_plan(arena, 13, 14, 0));
	arena_free(arena);
}
END_TEST

START_TEST(delta_repeated_is_that_of_torchaudio)
{
	Arena *arena = arena_new("test");
	Tensor c = golden_tensor(arena, FILE_NAME, "kaldi.mfcc");
	ASSERT_TENSOR_CLOSE(delta_repeated(arena, c, 2),
	        golden_tensor(arena, FILE_NAME, "torchaudio.delta"), 1e-4, 1e-5);
	arena_free(arena);
}
END_TEST

/* x = t^2: inside, the slope is 2 t; the first and last four have the slope of the line
 * through the first and last nine, 2 * 4 and 2 * (T - 5). */
START_TEST(delta_fitted_of_a_parabola_by_hand)
{
	Arena *arena = arena_new("test");
	enum { T = 12 };
	Tensor x = tensor_new(arena, SHAPE(T, 1));
	for (int t = 0; t < T; t++)
		x.data[t] = (real)(t * t);
	Tensor d = delta_fitted(arena, x, 4);
	for (int t = 0; t < T; t++)
		ASSERT_CLOSE(d.data[t],
		        t < 4       ? 8
		        : t > T - 5 ? 2 * (T - 5)
		                    : 2 * t,
		        1e-5, 0);
	/* Fewer than nine frames: one line through all. */
	d = delta_fitted(arena, tensor_slice(x, 0, 3), 4);
	for (int t = 0; t < 3; t++)
		ASSERT_CLOSE(d.data[t], 2, 1e-5, 0);
	ASSERT_CLOSE(delta_fitted(arena, tensor_slice(x, 0, 1), 4).data[0], 0, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(delta_repeated_at_the_edges_by_hand)
{
	Arena *arena = arena_new("test");
	real x[] = { 0, 10, 30 };
	/* (10 - 0 + 2 (30 - 0)) / 10, (30 - 0 + 2 (30 - 0)) / 10, (30 - 10 + 2 (30 -
	 * 0)) / 10 */
	real expected[] = { 7, 9, 8 };
	ASSERT_TENSOR_CLOSE(delta_repeated(arena, tensor_view(x, SHAPE(3, 1)), 2),
	        tensor_view(expected, SHAPE(3, 1)), 1e-5, 0);
	ASSERT_STOPS("reach 0 over (3,1)",
	        delta_repeated(arena, tensor_view(x, SHAPE(3, 1)), 0));
	ASSERT_STOPS("delta_fitted", delta_fitted(arena, tensor_view(x, SHAPE(3)), 1));
	arena_free(arena);
}
END_TEST

TEST_MAIN("mfcc", mfcc_of_a_tone_is_that_of_librosa,
        mfcc_of_a_voice_is_that_of_torchaudio_and_kaldi, mfcc_of_two_bands_by_hand,
        mfcc_plan_is_shared_by_clips, delta_repeated_is_that_of_torchaudio,
        delta_fitted_of_a_parabola_by_hand, delta_repeated_at_the_edges_by_hand)
