#include "audio/wav.h"
#include "audio/container.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A WAV file made by hand. */
typedef struct Sound {
	unsigned char at[512];
	size_t size;
} Sound;

static void put(Sound *bytes, const char *text)
{
	memcpy(bytes->at + bytes->size, text, strlen(text));
	bytes->size += strlen(text);
}

static void put_number(Sound *bytes, uint32_t number, int width)
{
	for (int i = 0; i < width; i++)
		bytes->at[bytes->size++] = (unsigned char)(number >> (8 * i));
}

static Sound riff(void)
{
	Sound wav = { .size = 0 };
	put(&wav, "RIFF");
	put_number(&wav, 0, 4);
	put(&wav, "WAVE");
	return wav;
}

static void put_fmt(Sound *wav, int tag, int channels, uint32_t rate, int bits)
{
	put(wav, "fmt ");
	put_number(wav, 16, 4);
	put_number(wav, (uint32_t)tag, 2);
	put_number(wav, (uint32_t)channels, 2);
	put_number(wav, rate, 4);
	put_number(wav, rate * (uint32_t)(channels * bits / 8), 4);
	put_number(wav, (uint32_t)(channels * bits / 8), 2);
	put_number(wav, (uint32_t)bits, 2);
}

static void put_data(Sound *wav, const void *data, size_t size)
{
	put(wav, "data");
	put_number(wav, (uint32_t)size, 4);
	memcpy(wav->at + wav->size, data, size);
	wav->size += size;
}

static Sound wav_of(int tag, int channels, int bits, const void *data, size_t size)
{
	Sound wav = riff();
	put_fmt(&wav, tag, channels, 16000, bits);
	put_data(&wav, data, size);
	return wav;
}

static const WavPart whole = { .start = 0 };

/* Parses a copy of exactly that size, so that the sanitizer sees a read past the end. */
static bool parse(Clip *clip, Arena *arena, const unsigned char *bytes, size_t size,
        WavPart part, Error *error)
{
	unsigned char *exact = malloc(size ? size : 1);
	memcpy(exact, bytes, size);
	bool ok = wav_parse(clip, arena, "a.wav", (Bytes){ exact, size }, part, error);
	free(exact);
	return ok;
}

static Clip must_parse(Arena *arena, const Sound *wav, WavPart part)
{
	Clip clip = { .count = 0 };
	Error error = { "" };
	if (!parse(&clip, arena, wav->at, wav->size, part, &error))
		ck_abort_msg("%s", error.text);
	return clip;
}

#define ASSERT_SAMPLES(clip, ...)                                                        \
	ASSERT_TENSOR_CLOSE(tensor_view((clip).samples, SHAPE((clip).count)),            \
	        tensor_view(((real[]){ __VA_ARGS__ }),                                   \
	                SHAPE((int)(sizeof((real[]){ __VA_ARGS__ }) / sizeof(real)))),   \
	        0, 0)

static void assert_refused(const Sound *wav, WavPart part, const char *expected)
{
	Arena *arena = arena_new("test");
	Clip clip = { .count = -7 };
	Error error = { "" };
	ck_assert(!parse(&clip, arena, wav->at, wav->size, part, &error));
	ck_assert_int_eq(clip.count, -7);
	ASSERT_CONTAINS(error.text, "a.wav: ");
	ASSERT_CONTAINS(error.text, expected);
	arena_free(arena);
}

START_TEST(wav_every_width_spans_minus_one_to_one)
{
	Arena *arena = arena_new("test");
	Sound w8 = wav_of(1, 1, 8, "\x00\x80\xc0\xff", 4);
	ASSERT_SAMPLES(
	        must_parse(arena, &w8, whole), -1, 0, (real)0.5, (real)(127 / 128.0));
	Sound w16 = wav_of(1, 1, 16, "\x00\x80\x00\x00\x00\x40\xff\x7f", 8);
	ASSERT_SAMPLES(must_parse(arena, &w16, whole), -1, 0, (real)0.5,
	        (real)(32767 / 32768.0));
	Sound w24 = wav_of(1, 1, 24, "\x00\x00\x80\x00\x00\x40\xff\xff\x7f", 9);
	ASSERT_SAMPLES(must_parse(arena, &w24, whole), -1, (real)0.5,
	        (real)(8388607 / 8388608.0));
	Sound w32 =
	        wav_of(1, 1, 32, "\x00\x00\x00\x80\x00\x00\x00\x40\xff\xff\xff\xff", 12);
	ASSERT_SAMPLES(
	        must_parse(arena, &w32, whole), -1, (real)0.5, (real)(-1 / 2147483648.0));
	Sound w40 = wav_of(1, 1, 40, "\0\0\0\0\x80\0\0\0\0\x40", 10);
	ASSERT_SAMPLES(must_parse(arena, &w40, whole), -1, (real)0.5);
	Sound w64 = wav_of(1, 1, 64, "\0\0\0\0\0\0\0\x80\0\0\0\0\0\0\0\x40", 16);
	ASSERT_SAMPLES(must_parse(arena, &w64, whole), -1, (real)0.5);
	arena_free(arena);
}
END_TEST

START_TEST(wav_float_is_taken_as_it_is)
{
	Arena *arena = arena_new("test");
	Sound f32 = wav_of(3, 1, 32, "\x00\x00\x80\x3e\x00\x00\x00\xc0", 8);
	ASSERT_SAMPLES(must_parse(arena, &f32, whole), (real)0.25, -2);
	Sound f64 = wav_of(3, 1, 64, "\x00\x00\x00\x00\x00\x00\xd0\xbf", 8);
	ASSERT_SAMPLES(must_parse(arena, &f64, whole), (real)-0.25);
	arena_free(arena);
}
END_TEST

/* The ends and the middle of the tables of ITU-T G.711. */
START_TEST(wav_g711_gives_the_standard_steps)
{
	Arena *arena = arena_new("test");
	Sound mu = wav_of(7, 1, 8, "\x00\x80\xff\x7f\xf0", 5);
	ASSERT_SAMPLES(must_parse(arena, &mu, whole), (real)(-32124 / 32768.0),
	        (real)(32124 / 32768.0), 0, 0, (real)(120 / 32768.0));
	Sound a = wav_of(6, 1, 8, "\x2a\xaa\x55\xd5\xc5", 5);
	ASSERT_SAMPLES(must_parse(arena, &a, whole), (real)(-32256 / 32768.0),
	        (real)(32256 / 32768.0), (real)(-8 / 32768.0), (real)(8 / 32768.0),
	        (real)(264 / 32768.0));
	arena_free(arena);
}
END_TEST

START_TEST(wav_channels_are_mixed_by_their_mean)
{
	Arena *arena = arena_new("test");
	Sound stereo = wav_of(1, 2, 16, "\x00\x40\x00\x20\x00\x80\x00\x40", 8);
	ASSERT_SAMPLES(must_parse(arena, &stereo, whole), (real)0.375, (real)-0.25);
	Sound four = wav_of(1, 4, 8, "\x80\x80\x80\xc0", 4);
	ASSERT_SAMPLES(must_parse(arena, &four, whole), (real)0.125);
	arena_free(arena);
}
END_TEST

START_TEST(wav_channels_that_cancel_are_refused_and_one_can_be_taken)
{
	Arena *arena = arena_new("test");
	WavPart first = { .channel = 1 }, third = { .channel = 3 };
	Sound wav = wav_of(1, 2, 16, "\x00\x40\x00\xC0\x00\xE0\x00\x20", 8);
	assert_refused(&wav, whole, "the 2 channels are of opposite phase");
	assert_refused(&wav, third, "expected a channel from 1 to 2, found 3");
	ASSERT_SAMPLES(must_parse(arena, &wav, first), (real)0.5, (real)-0.25);
	/* silence in both is silence, and silence in one is noted */
	Sound silence = wav_of(1, 2, 16, "\0\0\0\0", 4);
	ck_assert_int_eq(must_parse(arena, &silence, whole).dead_channel, 0);
	Sound half = wav_of(1, 2, 16, "\x00\x40\0\0", 4);
	Clip clip = must_parse(arena, &half, whole);
	ck_assert_int_eq(clip.dead_channel, 1);
	ASSERT_SAMPLES(clip, (real)0.25);
	arena_free(arena);
}
END_TEST

START_TEST(wav_extensible_carries_the_format_in_its_guid)
{
	Arena *arena = arena_new("test");
	Sound wav = riff();
	put_fmt(&wav, 0xfffe, 1, 48000, 32);
	wav.at[16] = 40;
	put_number(&wav, 22, 2);
	put_number(&wav, 32, 2);
	put_number(&wav, 4, 4);
	put_number(&wav, 3, 4);
	put_number(&wav, 0x00100000, 4);
	put_number(&wav, 0xaa000080, 4);
	put_number(&wav, 0x719b3800, 4);
	put_data(&wav, "\x00\x00\x80\x3e", 4);
	Clip clip = must_parse(arena, &wav, whole);
	ASSERT_SAMPLES(clip, (real)0.25);
	ck_assert_int_eq(clip.rate, 48000);
	arena_free(arena);
}
END_TEST

START_TEST(wav_other_chunks_are_skipped_with_their_padding)
{
	Arena *arena = arena_new("test");
	Sound wav = riff();
	put(&wav, "LIST");
	put_number(&wav, 3, 4);
	put(&wav, "abc_");
	put_fmt(&wav, 1, 1, 8000, 16);
	put(&wav, "fact");
	put_number(&wav, 4, 4);
	put_number(&wav, 1, 4);
	put_data(&wav, "\x00\x40", 2);
	put(&wav, "tail that nobody asked for");
	ASSERT_SAMPLES(must_parse(arena, &wav, whole), (real)0.5);
	arena_free(arena);
}
END_TEST

START_TEST(wav_part_is_cut_to_the_sample)
{
	Arena *arena = arena_new("test");
	Sound wav = wav_of(1, 1, 8, "\x80\x90\xa0\xb0\xc0\xd0\xe0\xf0", 8);
	double t = 1.0 / 16000;
	ASSERT_SAMPLES(must_parse(arena, &wav, (WavPart){ .start = 2 * t, .end = 4 * t }),
	        (real)0.25, (real)0.375);
	ASSERT_SAMPLES(must_parse(arena, &wav, (WavPart){ .start = 6 * t }), (real)0.75,
	        (real)0.875);
	/* The end may lie a little past the recording, the start may not. */
	ASSERT_SAMPLES(must_parse(arena, &wav, (WavPart){ .start = 7 * t, .end = 0.09 }),
	        (real)0.875);
	assert_refused(&wav, (WavPart){ .start = 0.02 }, "holds no sample");
	assert_refused(&wav, (WavPart){ .end = 3 }, "from 0 to 3 s");
	assert_refused(&wav, (WavPart){ .start = -1 }, "from -1 to");
	assert_refused(
	        &wav, (WavPart){ .start = 4 * t, .end = 2 * t }, "holds no sample");
	assert_refused(&wav, (WavPart){ .start = 4 * t, .end = 4.1 * t }, "no sample");
	assert_refused(&wav, (WavPart){ .start = (double)NAN }, "no sample");
	arena_free(arena);
}
END_TEST

START_TEST(wav_data_longer_than_the_file_is_named_and_salvaged)
{
	Arena *arena = arena_new("test");
	Sound wav = wav_of(1, 1, 16, "\x00\x40\x00\x20\x00\x10", 6);
	wav.size -= 3;
	assert_refused(&wav, whole, "byte 44: the data chunk should have 6 bytes");
	ASSERT_SAMPLES(must_parse(arena, &wav, (WavPart){ .salvage = true }), (real)0.5);
	arena_free(arena);
}
END_TEST

START_TEST(wav_data_of_part_of_a_frame_is_named_and_salvaged)
{
	Arena *arena = arena_new("test");
	Sound wav = wav_of(1, 2, 16, "\x00\x40\x00\x20\x00\x10", 6);
	assert_refused(&wav, whole, "6 bytes are not whole frames of 4");
	ASSERT_SAMPLES(
	        must_parse(arena, &wav, (WavPart){ .salvage = true }), (real)0.375);
	arena_free(arena);
}
END_TEST

START_TEST(wav_cut_at_every_byte_is_refused)
{
	Sound wav = wav_of(1, 1, 16, "\x00\x40\x00\x20", 4);
	for (size_t size = 0; size < wav.size; size++) {
		Sound cut = wav;
		cut.size = size;
		assert_refused(&cut, whole, "");
	}
}
END_TEST

/* What programs that write into a pipe leave where the length belongs. */
START_TEST(wav_of_unknown_length_goes_on_to_the_end)
{
	static const uint32_t unknown[] = { 0, 0x7ffff000, 0x7fffffff, 0xffffffff };
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
		Sound wav = wav_of(1, 1, 16, "\x00\x40\x00\xc0\x01", 5);
		wav.size = 40; /* the length, and the samples again behind it */
		put_number(&wav, unknown[i], 4);
		wav.size += 5;
		ASSERT_SAMPLES(must_parse(arena, &wav, whole), (real)0.5, (real)-0.5);
	}
	Sound empty = wav_of(1, 1, 16, "", 0);
	put(&empty, "LIST");
	put_number(&empty, 4, 4);
	put(&empty, "INFO");
	assert_refused(&empty, whole, "the recording is empty");
	arena_free(arena);
}
END_TEST

START_TEST(wav_rifx_has_the_highest_byte_first)
{
	static const unsigned char rifx[] = "RIFX\0\0\0\0WAVEfmt \0\0\0\x10\0\x01\0\x01"
	                                    "\0\0\x3e\x80\0\0\x7d\0\0\x02\0\x10"
	                                    "data\0\0\0\x04\x40\0\xc0\0";
	Sound wav = { .size = sizeof rifx - 1 };
	memcpy(wav.at, rifx, wav.size);
	Arena *arena = arena_new("test");
	ASSERT_SAMPLES(must_parse(arena, &wav, whole), (real)0.5, (real)-0.5);
	arena_free(arena);
}
END_TEST

START_TEST(wav_rf64_has_its_length_in_ds64)
{
	Sound wav = { .size = 0 };
	put(&wav, "RF64");
	put_number(&wav, 0xffffffff, 4);
	put(&wav, "WAVEds64");
	put_number(&wav, 28, 4);
	put_number(&wav, 0, 4);
	put_number(&wav, 0, 4);
	put_number(&wav, 2, 4); /* bytes of data, the lower half and the upper */
	put_number(&wav, 0, 4);
	for (int i = 0; i < 3; i++)
		put_number(&wav, 0, 4);
	put_fmt(&wav, 1, 1, 16000, 16);
	put_data(&wav, "\x00\x40\x00\x20", 4);
	memset(wav.at + wav.size - 8, 0xff, 4);
	Arena *arena = arena_new("test");
	ASSERT_SAMPLES(must_parse(arena, &wav, whole), (real)0.5);
	wav.at[28] = 200;
	assert_refused(&wav, whole, "should have 200 bytes, but the file ends after 4");
	arena_free(arena);
}
END_TEST

START_TEST(wav_absurd_sizes_are_refused)
{
	const char one[] = "\x00\x40";
	Sound wav = wav_of(1, 1, 16, one, 2);
	memset(wav.at + 16, 0xff, 4);
	assert_refused(&wav, whole, "byte 20: the chunk \"fmt \" should have 4294967295");
	wav = wav_of(1, 1, 16, one, 2);
	wav.at[16] = 4;
	assert_refused(&wav, whole, "expected a fmt chunk of at least 16 bytes, found 4");
	wav = wav_of(1, 0, 16, one, 2);
	assert_refused(&wav, whole, "byte 22: expected channels, found 0");
	wav = wav_of(1, 1, 16, one, 2);
	memset(wav.at + 24, 0, 4);
	assert_refused(&wav, whole, "expected a rate of 100 to 1000000");
	wav = wav_of(1, 3, 16, one, 2);
	wav.at[32] = 7; /* bytes a frame */
	assert_refused(&wav, whole, "3 channels of 16 bits do not make frames of 7");
	wav = wav_of(1, 1, 16, one, 2);
	wav.at[32] = 4; /* one channel of 16 bits in 4 bytes */
	assert_refused(&wav, whole, "1 channels of 16 bits do not make frames of 4");
	wav = wav_of(1, 65535, 8, one, 2);
	assert_refused(&wav, whole, "not whole frames of 65535");
}
END_TEST

START_TEST(wav_without_frames_is_refused)
{
	Sound wav = wav_of(1, 1, 16, "", 0);
	assert_refused(&wav, whole, "the recording is empty");
	wav = wav_of(1, 2, 16, "\x01\x02", 2);
	assert_refused(&wav, (WavPart){ .salvage = true }, "the recording is empty");
}
END_TEST

START_TEST(wav_without_its_chunks_is_refused)
{
	Sound wav = riff();
	put_data(&wav, "\x01\x02", 2);
	assert_refused(&wav, whole, "expected a fmt chunk before the data chunk");
	wav = riff();
	put_fmt(&wav, 1, 1, 16000, 16);
	assert_refused(&wav, whole, "byte 36: expected a data chunk, found the end");
	wav = (Sound){ .size = 0 };
	assert_refused(&wav, whole, "the file is empty");
	put(&wav, "version https://");
	assert_refused(&wav, whole, "found \"vers\" and \"http\"");
}
END_TEST

START_TEST(wav_that_is_something_else_tells_the_command)
{
	Sound iff = { .size = 0 }, mp4 = { .size = 0 }, pointer = { .size = 0 };
	put(&pointer, "version https://git-lfs.github.com/spec/v1\noid sha256:00\n");
	assert_refused(&pointer, whole,
	        "what Git LFS leaves in its place. This fetches it: git lfs pull");
	put(&iff, "FORM12348SVX");
	assert_refused(&iff, whole, "found IFF. This converts it: ffmpeg -i 'a.wav'");
	put(&mp4, "1234ftypisom");
	assert_refused(&mp4, whole, "found MP4. This");
	const char *const first[][2] = { { "ID3\x04", "MP3" }, { "\xff\xfb\x90", "MP3" },
		{ "fLaC", "FLAC" }, { "OggS", "Ogg" }, { "NIST_1A\n", "NIST SPHERE" } };
	for (size_t i = 0; i < sizeof first / sizeof first[0]; i++)
		ck_assert_str_eq(container_name((const unsigned char *)first[i][0],
		                         strlen(first[i][0])),
		        first[i][1]);
	ck_assert_ptr_null(container_name((const unsigned char *)"FOR", 3));
	Sound adpcm = wav_of(2, 1, 8, "\x01\x02", 2);
	assert_refused(&adpcm, whole, "format 0x0002 with 8 bits a sample is not read");
}
END_TEST

START_TEST(wav_sample_that_is_not_finite_is_named)
{
	Sound wav = wav_of(3, 1, 32, "\x00\x00\x80\x3e\x00\x00\xc0\x7f", 8);
	assert_refused(&wav, whole, "byte 48: expected a number, found nan (frame 1)");
	Sound loud = wav_of(3, 1, 32, "\x00\x00\x80\x3e\x00\x00\x80\x6e", 8);
	assert_refused(&loud, whole,
	        "byte 48: a sample of 1.9807e+28 (frame 1): expected -1 to 1");
}
END_TEST

START_TEST(wav_read_takes_a_file_and_names_it)
{
	Arena *arena = arena_new("test");
	Sound wav = wav_of(1, 1, 16, "\x00\x40\x00\x20", 4);
	char *path = arena_format(arena, "%s/half.wav", harness_directory());
	FILE *file = fopen(path, "wb");
	ck_assert_uint_eq(fwrite(wav.at, 1, wav.size, file), wav.size);
	fclose(file);
	Clip clip;
	Error error = { "" };
	ck_assert(wav_read(&clip, arena, path, &error));
	ASSERT_SAMPLES(clip, (real)0.5, (real)0.25);
	ck_assert(!wav_read_part(&clip, arena, path, (WavPart){ .start = 9 }, &error));
	ASSERT_CONTAINS(error.text, path);
	ck_assert(!wav_read(&clip, arena, "/no/such.wav", &error));
	ASSERT_CONTAINS(error.text, "/no/such.wav");
	arena_free(arena);
}
END_TEST

START_TEST(wav_written_comes_back)
{
	Arena *arena = arena_new("test");
	real samples[] = { (real)0.5, (real)-1, (real)(1 / 3.0f), (real)1.5, (real)-2,
		(real)(100.5 / 32768) };
	Clip clip = { .samples = samples, .count = 6, .rate = 22050 }, back;
	Error error = { "" };
	char *path = arena_format(arena, "%s/out.wav", harness_directory());
	ck_assert_msg(wav_write(path, &clip, WAV_FLOAT, arena, &error), "%s", error.text);
	ck_assert_msg(wav_read(&back, arena, path, &error), "%s", error.text);
	ck_assert_int_eq(back.rate, 22050);
	ASSERT_TENSOR_SAME(tensor_view(back.samples, SHAPE(back.count)),
	        tensor_view(samples, SHAPE(6)));
	ck_assert(wav_write(path, &clip, WAV_16_BIT, arena, &error));
	ck_assert(wav_read(&back, arena, path, &error));
	ASSERT_SAMPLES(back, (real)0.5, -1, (real)(10923 / 32768.0),
	        (real)(32767 / 32768.0), -1, (real)(101 / 32768.0));
	arena_free(arena);
}
END_TEST

START_TEST(wav_that_cannot_be_written_says_so_and_leaves_nothing)
{
	Arena *arena = arena_new("test");
	real samples[] = { (real)0.5, (real)INFINITY };
	Clip clip = { .samples = samples, .count = 2, .rate = 16000 };
	Error error = { "" };
	char *path = arena_format(arena, "%s/none.wav", harness_directory());
	ck_assert(!wav_write(path, &clip, WAV_FLOAT, arena, &error));
	ASSERT_CONTAINS(error.text, "none.wav: sample 1 is inf: not written");
	clip.count = 0;
	ck_assert(!wav_write(path, &clip, WAV_16_BIT, arena, &error));
	ASSERT_CONTAINS(error.text, "0 samples");
	ck_assert_ptr_null(fopen(path, "rb"));
	clip.count = 1;
	ck_assert(!wav_write("/dev/full", &clip, WAV_16_BIT, arena, &error));
	ASSERT_CONTAINS(error.text, "/dev/full");
	ck_assert(!wav_write("/no/such/folder/a.wav", &clip, WAV_16_BIT, arena, &error));
	ASSERT_CONTAINS(error.text, "/no/such/folder");
	arena_free(arena);
}
END_TEST

TEST_MAIN("wav", wav_every_width_spans_minus_one_to_one, wav_float_is_taken_as_it_is,
        wav_g711_gives_the_standard_steps, wav_channels_are_mixed_by_their_mean,
        wav_channels_that_cancel_are_refused_and_one_can_be_taken,
        wav_extensible_carries_the_format_in_its_guid,
        wav_other_chunks_are_skipped_with_their_padding, wav_part_is_cut_to_the_sample,
        wav_data_longer_than_the_file_is_named_and_salvaged,
        wav_data_of_part_of_a_frame_is_named_and_salvaged,
        wav_cut_at_every_byte_is_refused, wav_of_unknown_length_goes_on_to_the_end,
        wav_rifx_has_the_highest_byte_first, wav_rf64_has_its_length_in_ds64,
        wav_absurd_sizes_are_refused, wav_without_frames_is_refused,
        wav_without_its_chunks_is_refused, wav_that_is_something_else_tells_the_command,
        wav_sample_that_is_not_finite_is_named, wav_read_takes_a_file_and_names_it,
        wav_written_comes_back, wav_that_cannot_be_written_says_so_and_leaves_nothing)
