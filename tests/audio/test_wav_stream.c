#include "audio/wav_stream.h"
#include "audio/wav.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

enum { RATE = 22050, COUNT = 5000 };

static Clip tone(Arena *arena)
{
	Clip clip = { .count = COUNT, .rate = RATE };
	clip.samples = ARENA_ARRAY(arena, real, COUNT);
	for (int n = 0; n < COUNT; n++)
		clip.samples[n] = (real)(0.5 * sin(0.05 * n));
	return clip;
}

/* All samples of the bytes in pieces; -1 where they cannot be read. */
static int read_pieces(Arena *arena, real *out, int *rate, Bytes bytes, size_t piece,
        int channels, Error *error)
{
	WavStream *stream = wav_stream_new(arena, "pipe", 8000, channels);
	int all = 0, made;
	ck_assert_int_eq(wav_stream_rate(stream), 0);
	for (size_t at = 0; at < bytes.size; at += piece) {
		size_t left = bytes.size - at;
		if (!wav_stream_push(stream, out + all, &made, bytes.data + at,
		            left < piece ? left : piece, error))
			return -1;
		all += made;
	}
	if (!wav_stream_end(stream, out + all, &made, error))
		return -1;
	*rate = wav_stream_rate(stream);
	return all + made;
}

static real *room(Arena *arena)
{
	return ARENA_ARRAY(arena, real, WAV_STREAM_SAMPLES + 4 * COUNT);
}

static const size_t pieces[] = { 1, 3, 44, 640, 4096 };

START_TEST(wav_in_pieces_of_any_size_is_the_file)
{
	Arena *arena = arena_new("test");
	Clip clip = tone(arena), whole;
	Error error;
	for (int encoding = 0; encoding < 2; encoding++) {
		Bytes bytes;
		ck_assert(wav_encode(&bytes, arena, "t", &clip,
		        encoding ? WAV_FLOAT : WAV_16_BIT, &error));
		ck_assert(wav_parse(
		        &whole, arena, "t", bytes, (WavPart){ .start = 0 }, &error));
		for (int p = 0; p < 5; p++) {
			int rate;
			real *out = room(arena);
			ck_assert_int_eq(read_pieces(arena, out, &rate, bytes, pieces[p],
			                         1, &error),
			        COUNT);
			ck_assert_int_eq(rate, RATE);
			ck_assert_mem_eq(out, whole.samples, COUNT * sizeof(real));
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(plain_samples_are_the_mean_of_their_channels)
{
	Arena *arena = arena_new("test");
	static const unsigned char bytes[] = { 0, 64, 0, 64, 0, 128, 0, 0, 255 };
	for (size_t piece = 1; piece < 10; piece++) {
		Error error;
		int rate;
		real *out = room(arena);
		Bytes all = { .data = bytes, .size = sizeof bytes };
		ck_assert_int_eq(
		        read_pieces(arena, out, &rate, all, piece, 2, &error), 2);
		ck_assert_int_eq(rate, 8000);
		ASSERT_CLOSE(out[0], 0.5, 0, 0);
		ASSERT_CLOSE(out[1], -0.5, 0, 0);
	}
	arena_free(arena);
}
END_TEST

/* A recording of unknown length goes on to the end; after a known one come other chunks. */
START_TEST(length_of_the_data_is_kept_where_it_is_known)
{
	Arena *arena = arena_new("test");
	Clip clip = tone(arena);
	Bytes file;
	Error error;
	ck_assert(wav_encode(&file, arena, "t", &clip, WAV_16_BIT, &error));
	unsigned char *bytes = arena_alloc(arena, file.size + 100);
	memcpy(bytes, file.data, file.size);
	memset(bytes + file.size, 7, 100); /* what follows */
	size_t data = file.size - 2 * COUNT - 4;
	Bytes longer = { .data = bytes, .size = file.size + 100 };
	static const unsigned char lengths[][4] = { { 0xff, 0xff, 0xff, 0xff },
		{ 0, 0, 0xff, 0x7f }, { 0, 0, 0, 0 } };
	for (int p = 0; p < 5; p++) {
		int rate;
		real *out = room(arena);
		ck_assert_int_eq(
		        read_pieces(arena, out, &rate, longer, pieces[p], 1, &error),
		        COUNT);
	}
	for (int i = 0; i < 3; i++) {
		int rate;
		real *out = room(arena);
		memcpy(bytes + data, lengths[i], 4);
		ck_assert_int_eq(read_pieces(arena, out, &rate, longer, 640, 1, &error),
		        COUNT + 50);
	}
	arena_free(arena);
}
END_TEST

START_TEST(what_is_no_sound_is_refused)
{
	Arena *arena = arena_new("test");
	static const struct {
		const char *bytes;
		size_t size;
		const char *says;
	} bad[] = {
		{ "fLaC\0\0\0\0", 8, "found FLAC" },
		{ "RIFF\0\0\0\0WAVE", 12, "expected a data chunk" },
		{ "RIFF\0\0\0\0WAVEdata\4\0\0\0abcd", 24, "fmt chunk before" },
	};
	for (int i = 0; i < 3; i++)
		for (size_t piece = 1; piece < 20; piece++) {
			Error error = { "" };
			int rate;
			Bytes bytes = { .data = (const unsigned char *)bad[i].bytes,
				.size = bad[i].size };
			ck_assert_int_eq(read_pieces(arena, room(arena), &rate, bytes,
			                         piece, 1, &error),
			        -1);
			ASSERT_CONTAINS(error.text, bad[i].says);
		}
	/* 64 KiB without data */
	unsigned char *endless = arena_zeros(arena, WAV_STREAM_HEADER + 5000);
	memcpy(endless, "RIFF\xff\xff\xff\xffWAVEjunk\xff\xff\xff\xff", 20);
	Bytes bytes = { .data = endless, .size = WAV_STREAM_HEADER + 5000 };
	Error error;
	int rate;
	ck_assert_int_eq(
	        read_pieces(arena, room(arena), &rate, bytes, 4096, 1, &error), -1);
	ASSERT_CONTAINS(error.text, "within 65536 bytes");
	arena_free(arena);
}
END_TEST

TEST_MAIN("wav_stream", wav_in_pieces_of_any_size_is_the_file,
        plain_samples_are_the_mean_of_their_channels,
        length_of_the_data_is_kept_where_it_is_known, what_is_no_sound_is_refused)
