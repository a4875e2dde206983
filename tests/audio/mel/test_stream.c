#include "audio/mel/stream.h"
#include "audio/mel/settings.h"
#include "tests/audio/signals.h"
#include "tests/support/harness.h"

#include <string.h>

static MelSettings streamable(int window, int hop)
{
	MelSettings settings;
	ck_assert(mel_preset(&settings, "kaldi"));
	settings.stft.window = window;
	settings.stft.hop = hop;
	return settings;
}

/* Pushes the clip in blocks of `block` samples and compares with the whole. */
static void check_blocks(int window, int hop, int block)
{
	Arena *arena = arena_new("test");
	MelSettings settings = streamable(window, hop);
	const MelPlan *plan = mel_plan(arena, &settings, SIGNAL_RATE);
	Clip clip = signal_voice(arena, 9000);
	Tensor whole;
	mel_run(plan, &whole, arena, &clip);
	MelStream *stream = mel_stream_new(arena, plan);
	Tensor streamed = tensor_zeros(arena, whole.ndim, whole.shape);
	int frames = 0;
	for (int at = 0; at < clip.count; at += block) {
		int count = clip.count - at < block ? clip.count - at : block;
		Tensor out = mel_stream_push(stream, arena, clip.samples + at, count);
		/* Nothing comes late: all frames whose last sample is in are out. */
		int in = at + count;
		int due = in < window ? 0 : 1 + (in - window) / hop;
		ck_assert_int_eq(frames + out.shape[0], due);
		tensor_copy(tensor_slice(streamed, frames, due), out);
		frames = due;
	}
	ck_assert_int_eq(frames, whole.shape[0]);
	ASSERT_TENSOR_SAME(streamed, whole);
	arena_free(arena);
}

START_TEST(stream_in_blocks_of_any_size_has_the_bits_of_the_whole)
{
	const int blocks[] = { 1, 7, 160, 399, 400, 401, 1024, 5000, 9000 };
	for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
		check_blocks(400, 160, blocks[i]);
}
END_TEST

START_TEST(stream_with_gaps_between_frames_skips_them)
{
	check_blocks(200, 300, 1);
	check_blocks(200, 300, 77);
	check_blocks(200, 300, 9000);
	check_blocks(200, 200, 333);
}
END_TEST

START_TEST(stream_latency_is_one_window)
{
	Arena *arena = arena_new("test");
	MelSettings settings = streamable(400, 160);
	MelStream *stream =
	        mel_stream_new(arena, mel_plan(arena, &settings, SIGNAL_RATE));
	ck_assert_int_eq(mel_stream_latency(stream), 400);
	Clip clip = signal_noise(arena, 400);
	ck_assert_int_eq(mel_stream_push(stream, arena, clip.samples, 399).shape[0], 0);
	ck_assert_int_eq(mel_stream_push(stream, arena, clip.samples, 0).shape[0], 0);
	ck_assert_int_eq(mel_stream_push(stream, arena, clip.samples, 1).shape[0], 1);
	arena_free(arena);
}
END_TEST

START_TEST(stream_of_centred_frames_stops)
{
	Arena *arena = arena_new("test");
	MelSettings settings;
	ck_assert(mel_preset(&settings, "torchaudio"));
	ASSERT_STOPS("cannot be had before its end",
	        mel_stream_new(arena, mel_plan(arena, &settings, SIGNAL_RATE)));
	arena_free(arena);
}
END_TEST

TEST_MAIN("stream", stream_in_blocks_of_any_size_has_the_bits_of_the_whole,
        stream_with_gaps_between_frames_skips_them, stream_latency_is_one_window,
        stream_of_centred_frames_stops)
