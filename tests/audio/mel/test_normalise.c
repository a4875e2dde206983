#include "audio/mel/normalise.h"
#include "tests/audio/signals.h"
#include "tests/support/harness.h"

/* 1 3 5 and 7: mean 3 and 7, variance 8/3 and 0. */
START_TEST(normalise_utterance_by_hand)
{
	Arena *arena = arena_new("test");
	real x[] = { 1, 7, 3, 7, 5, 7 };
	real d = (real)sqrt(8.0 / 3);
	real expected[] = { -2 / d, 0, 0, 0, 2 / d, 0 };
	normalise_utterance(tensor_view(x, SHAPE(3, 2)), arena);
	ASSERT_TENSOR_CLOSE(
	        tensor_view(x, SHAPE(3, 2)), tensor_view(expected, SHAPE(3, 2)), 1e-6, 0);
	normalise_utterance(tensor_view(x, SHAPE(0, 2)), arena);
	ASSERT_STOPS("frames (6)", normalise_utterance(tensor_view(x, SHAPE(6)), arena));
	arena_free(arena);
}
END_TEST

START_TEST(moments_of_a_speaker_are_those_of_all_frames_together)
{
	Arena *arena = arena_new("test");
	real x[] = { 1000001, 1000003, 1000005, 1000011 };
	Moments parts = moments_new(arena, 1), whole = moments_new(arena, 1);
	moments_add(&parts, tensor_view(x, SHAPE(1, 1)));
	moments_add(&parts, tensor_view(x + 1, SHAPE(3, 1)));
	moments_add(&whole, tensor_view(x, SHAPE(4, 1)));
	ASSERT_CLOSE(whole.mean[0], 1000005, 1e-9, 0);
	ASSERT_CLOSE(
	        moments_deviation(&whole, 0), sqrt((16 + 4 + 0 + 36) / 4.0), 1e-9, 0);
	ck_assert(parts.mean[0] == whole.mean[0] && parts.squares[0] == whole.squares[0]);
	moments_apply(&whole, tensor_view(x, SHAPE(4, 1)));
	ASSERT_CLOSE(x[3], 6 / sqrt(14), 1e-6, 0);
	ASSERT_STOPS("expected (frames, 1)",
	        moments_apply(&whole, tensor_view(x, SHAPE(2, 2))));
	arena_free(arena);
}
END_TEST

START_TEST(normalise_running_follows_a_change_of_level_and_can_be_cut)
{
	Arena *arena = arena_new("test");
	enum { T = 4000 };
	Clip noise = signal_noise(arena, T);
	for (int t = T / 2; t < T; t++)
		noise.samples[t] = 5 + 3 * noise.samples[t];
	Tensor whole = tensor_from(arena, noise.samples, T, SHAPE(T, 1));
	Tensor cut = tensor_clone(arena, whole);
	Moments a = moments_new(arena, 1), b = moments_new(arena, 1);
	normalise_running(&a, whole, 50);
	for (int t = 0; t < T; t += 7)
		normalise_running(&b, tensor_slice(cut, t, t + 7 < T ? t + 7 : T), 50);
	ASSERT_TENSOR_SAME(whole, cut);
	ASSERT_CLOSE(whole.data[0], 0, 0, 0);
	double mean = 0, square = 0;
	for (int t = T - 1000; t < T; t++) {
		mean += (double)whole.data[t] / 1000;
		square += (double)whole.data[t] * (double)whole.data[t] / 1000;
	}
	ASSERT_CLOSE(mean, 0, 0.1, 0);
	ASSERT_CLOSE(square, 1, 0.1, 0);
	ASSERT_STOPS("memory 1", normalise_running(&a, whole, 1));
	arena_free(arena);
}
END_TEST

TEST_MAIN("normalise", normalise_utterance_by_hand,
        moments_of_a_speaker_are_those_of_all_frames_together,
        normalise_running_follows_a_change_of_level_and_can_be_cut)
