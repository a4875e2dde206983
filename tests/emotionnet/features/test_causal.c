#include "emotionnet/features/causal.h"
#include "audio/mel/settings.h"
#include "emotionnet/features/level.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

enum { MELS = 9, WIDTH = MELS + FRAMES_PITCH };

static FrameSettings settings_of(Arena *arena, int hop, bool pitch)
{
	FrameSettings settings = { .max_seconds = 30, .pitch = pitch, .causal = true };
	mel_preset(&settings.mel, "torchaudio");
	settings.mel.bands.count = MELS;
	settings.mel.stft.hop = hop;
	settings.mel.stft.padding = STFT_WHOLE;
	frames_plan(arena, &settings);
	return settings;
}

/* A voice whose pitch falls, then silence. */
static Clip voice(Arena *arena, double seconds)
{
	Clip clip = { .rate = FRAMES_RATE, .count = (int)(seconds * FRAMES_RATE) };
	clip.samples = ARENA_ARRAY(arena, real, (size_t)clip.count);
	double phase = 0;
	for (int n = 0; n < clip.count * 3 / 4; n++) {
		phase += (240 - 100.0 * n / clip.count) / clip.rate;
		phase -= floor(phase);
		clip.samples[n] = (real)(0.4 * (phase - 0.5));
	}
	return clip;
}

static const int blocks[] = { 1, 7, 160, 441, 4096, 1 << 20 };

START_TEST(causal_frames_in_blocks_of_any_size_are_those_of_the_clip)
{
	static const int hops[] = { 160, 320, 700 };
	for (int i = 0; i < 12; i++) {
		Arena *arena = arena_new("test");
		bool pitch = i < 6, running = i % 2;
		FrameSettings settings = settings_of(arena, hops[i / 2 % 3], pitch);
		int width = frames_width(&settings);
		real mean[WIDTH], scale[WIDTH];
		for (int f = 0; f < width; f++) {
			mean[f] = (real)(-2 + f * 0.1);
			scale[f] = (real)(0.5 + f * 0.02);
		}
		Clip clip = voice(arena, 1.3);
		Tensor plain = causal_frames(arena, &clip, &settings), normal;
		normal = tensor_clone(arena, plain);
		if (running)
			causal_normalise(arena, normal, &settings, mean, scale);
		else
			frames_normalise(arena, normal, NORMALISE_CORPUS, mean, scale, 0);
		FrameStream *stream = frame_stream_new(arena, &settings,
		        running ? NORMALISE_RUNNING : NORMALISE_CORPUS, mean, scale);
		for (int b = 0; b < 6; b++) {
			int made = 0;
			frame_stream_restart(stream);
			for (int at = 0; at < clip.count; at += blocks[b]) {
				int left = clip.count - at;
				Tensor before,
				        some = frame_stream_push(stream, arena,
				                clip.samples + at,
				                left < blocks[b] ? left : blocks[b],
				                &before);
				int end = made + some.shape[0];
				ASSERT_TENSOR_SAME(
				        before, tensor_slice(plain, made, end));
				ASSERT_TENSOR_SAME(some, tensor_slice(normal, made, end));
				made = end;
			}
			ck_assert_int_eq(made, plain.shape[0]);
			Tensor all = causal_statistics(arena, plain, &settings);
			ASSERT_TENSOR_SAME(frame_stream_statistics(stream, arena), all);
		}
		arena_free(arena);
	}
}
END_TEST

START_TEST(causal_pitch_is_that_of_the_voice_that_has_come)
{
	Arena *arena = arena_new("test");
	FrameSettings settings = settings_of(arena, 160, true);
	Clip clip = voice(arena, 2);
	Tensor frames = causal_frames(arena, &clip, &settings);
	const int first = (537 - 400 + 159) / 160; /* before, there are too few samples */
	for (int t = 0; t < first; t++)
		ASSERT_CLOSE(tensor_row(frames, t).data[MELS + 2], 0, 0, 0);
	for (int t = first; t < 145; t++) {
		const real *row = tensor_row(frames, t).data + MELS;
		/* its middle lies half of 537 samples before the frame's end */
		double hertz = 240 - 100.0 * (t * 160 + 400 - 268) / clip.count;
		ASSERT_CLOSE(row[0], log2(hertz / 110), 0.02, 0);
		ck_assert(row[2] > (real)0.9);
		/* it falls: lower than the mean so far */
		ck_assert(row[1] < (real)0.01);
	}
	const real *end = tensor_row(frames, frames.shape[0] - 1).data + MELS;
	/* silence: the mean of what was spoken, 240 to 165 Hz */
	ASSERT_CLOSE(end[0], log2(202.5 / 110), 0.03, 0);
	ASSERT_CLOSE(end[1], 0, 0, 0);
	/* what comes later changes nothing of what has come */
	Clip half = { clip.samples, clip.count / 2, clip.rate, 0, 0 };
	Tensor beginning = causal_frames(arena, &half, &settings);
	ASSERT_TENSOR_SAME(beginning, tensor_slice(frames, 0, beginning.shape[0]));
	arena_free(arena);
}
END_TEST

/* At first the level is the training split's; after a minute it is the clip's own. */
START_TEST(causal_level_leans_to_the_training_split_and_then_to_the_clip)
{
	Arena *arena = arena_new("test");
	FrameSettings settings = settings_of(arena, 320, false);
	real mean[MELS] = { 0 }, scale[MELS];
	enum { MINUTE = 60 * 50 };
	Tensor frames = tensor_new(arena, SHAPE(MINUTE, MELS));
	for (int f = 0; f < MELS; f++)
		scale[f] = 1;
	for (int t = 0; t < MINUTE; t++)
		for (int f = 0; f < MELS; f++)
			frames.data[t * MELS + f] = (real)(5 + (t % 2 ? 0.1 : -0.1));
	causal_normalise(arena, frames, &settings, mean, scale);
	ck_assert(frames.data[0] > (real)4 && frames.data[0] < (real)5);
	ASSERT_CLOSE(frames.data[(MINUTE - 1) * MELS], 1, 0.9, 0);
	arena_free(arena);
}
END_TEST

/* By hand: one mel band, 1 and 3; then 8 without a voice. */
START_TEST(causal_statistics_are_those_of_all_and_of_voiced_frames)
{
	Arena *arena = arena_new("test");
	FrameSettings settings = settings_of(arena, 320, true);
	enum { F = 1 + FRAMES_PITCH };
	settings.mel.bands.count = 1;
	static const real rows[3][F] = { { 1, 0.5f, 0, 0.9f }, { 3, 0.7f, 0.1f, 1 },
		{ 8, 0.6f, 0, 0.2f } };
	Tensor frames = tensor_new(arena, SHAPE(3, F));
	memcpy(frames.data, rows, sizeof rows);
	Tensor all = causal_statistics(arena, frames, &settings);
	ck_assert_int_eq(all.shape[1], causal_whole(&settings));
	ck_assert_int_eq(all.shape[1], 5 * F + 1);
	const double expected[] = { 4, sqrt((1 + 9 + 64) / 3.0 - 16), 2, 1,
		sqrt((4 + 25) / 3.0) };
	for (int k = 0; k < 5; k++)
		ASSERT_CLOSE(all.data[k], expected[k], 0, 1e-6);
	ASSERT_CLOSE(all.data[5 + 2], 0.6, 0, 1e-6); /* the pitch of the voice */
	ASSERT_CLOSE(all.data[5 * F], 2 / 3.0, 0, 1e-6);
	ck_assert_str_eq(causal_whole_name(arena, &settings, 4), "mel1.moves");
	ck_assert_str_eq(causal_whole_name(arena, &settings, 7), "pitch.voiced.mean");
	ck_assert_str_eq(causal_whole_name(arena, &settings, 5 * F), "voiced.share");
	/* nobody speaks: nothing can be said of the voice */
	all = causal_statistics(arena, tensor_slice(frames, 2, 3), &settings);
	ck_assert(isnan(all.data[2]) && isnan(all.data[3]));
	ASSERT_CLOSE(all.data[0], 8, 0, 0);
	arena_free(arena);
}
END_TEST

TEST_MAIN("causal", causal_frames_in_blocks_of_any_size_are_those_of_the_clip,
        causal_pitch_is_that_of_the_voice_that_has_come,
        causal_level_leans_to_the_training_split_and_then_to_the_clip,
        causal_statistics_are_those_of_all_and_of_voiced_frames)
