#include "audio/wav.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* An AIFF made by hand. */
typedef struct Sound {
	unsigned char at[512];
	size_t size;
} Sound;

static void put(Sound *sound, const void *data, size_t size)
{
	memcpy(sound->at + sound->size, data, size);
	sound->size += size;
}

static void put_number(Sound *sound, uint64_t number, int width)
{
	for (int i = width - 1; i >= 0; i--)
		sound->at[sound->size++] = (unsigned char)(number >> (8 * i));
}

static Sound form(const char *name)
{
	Sound sound = { .size = 0 };
	put(&sound, "FORM", 4);
	put_number(&sound, 0, 4);
	put(&sound, name, 4);
	return sound;
}

/* 80-bit float: m 2^(e - 16446) with the top bit of m set. */
static void put_rate(Sound *sound, double rate)
{
	int exponent;
	double m = frexp(rate, &exponent);
	put_number(sound, (uint64_t)(exponent + 16382), 2);
	put_number(sound, (uint64_t)ldexp(m, 64), 8);
}

/* letters NULL: an AIFF, without. */
static void put_comm(Sound *sound, int channels, uint32_t frames, int bits, double rate,
        const char *letters)
{
	put(sound, "COMM", 4);
	put_number(sound, letters ? 24 : 18, 4);
	put_number(sound, (uint64_t)channels, 2);
	put_number(sound, frames, 4);
	put_number(sound, (uint64_t)bits, 2);
	put_rate(sound, rate);
	if (letters) {
		put(sound, letters, 4);
		put_number(sound, 0, 2); /* a name of no letters */
	}
}

static void put_ssnd(Sound *sound, uint32_t offset, const void *data, size_t size)
{
	put(sound, "SSND", 4);
	put_number(sound, size + offset + 8, 4);
	put_number(sound, offset, 4);
	put_number(sound, 0, 4);
	sound->size += offset;
	put(sound, data, size);
}

static Sound aiff(
        int channels, int bits, const char *letters, const void *data, size_t size)
{
	Sound sound = form(letters ? "AIFC" : "AIFF");
	size_t frame = (size_t)channels * (size_t)(bits / 8);
	put_comm(&sound, channels, (uint32_t)(size / frame), bits, 16000, letters);
	put_ssnd(&sound, 0, data, size);
	return sound;
}

/* A copy of exactly that size, so that the sanitizer sees a read past the end. */
static bool parse(Clip *clip, Arena *arena, const Sound *sound, size_t size, WavPart part,
        Error *error)
{
	unsigned char *exact = malloc(size ? size : 1);
	memcpy(exact, sound->at, size);
	bool ok = wav_parse(clip, arena, "a.wav", (Bytes){ exact, size }, part, error);
	free(exact);
	return ok;
}

static Clip must_parse(Arena *arena, const Sound *sound)
{
	Clip clip;
	Error error;
	ck_assert_msg(parse(&clip, arena, sound, sound->size, (WavPart){ 0 }, &error),
	        "%s", error.text);
	return clip;
}

static void assert_refused(const Sound *sound, const char *expected)
{
	Arena *arena = arena_new("test");
	Clip clip;
	Error error;
	ck_assert(!parse(&clip, arena, sound, sound->size, (WavPart){ 0 }, &error));
	ASSERT_CONTAINS(error.text, expected);
	arena_free(arena);
}

static void assert_samples(const Clip *clip, int count, const double expected[])
{
	ck_assert_int_eq(clip->count, count);
	for (int i = 0; i < count; i++)
		ASSERT_CLOSE(clip->samples[i], expected[i], 1e-7, 0);
}

START_TEST(aiff_every_writing_is_read)
{
	static const double values[] = { -1, 0.5 };
	static const struct {
		int bits;
		const char *letters, *data;
		size_t size;
	} written[] = {
		{ 8, NULL, "\x80\x40", 2 },
		{ 16, NULL, "\x80\x00\x40\x00", 4 },
		{ 24, NULL, "\x80\x00\x00\x40\x00\x00", 6 },
		{ 32, NULL, "\x80\x00\x00\x00\x40\x00\x00\x00", 8 },
		{ 16, "NONE", "\x80\x00\x40\x00", 4 },
		{ 16, "twos", "\x80\x00\x40\x00", 4 },
		{ 16, "sowt", "\x00\x80\x00\x40", 4 },
		{ 8, "sowt", "\x80\x40", 2 },
		{ 32, "fl32", "\xbf\x80\x00\x00\x3f\x00\x00\x00", 8 },
		{ 64, "FL64", "\xbf\xf0\0\0\0\0\0\0\x3f\xe0\0\0\0\0\0\0", 16 },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
		Sound sound = aiff(1, written[i].bits, written[i].letters,
		        written[i].data, written[i].size);
		Clip clip = must_parse(arena, &sound);
		ck_assert_int_eq(clip.rate, 16000);
		assert_samples(&clip, 2, values);
	}
	arena_free(arena);
}
END_TEST

/* G.711: the bits that are told are those of the sound, 16, not of a sample in the
 * file. */
START_TEST(aiff_of_g711_has_a_byte_a_sample)
{
	Arena *arena = arena_new("test");
	Sound sound = form("AIFC");
	put_comm(&sound, 1, 2, 16, 8000, "ulaw");
	put_ssnd(&sound, 0, "\xff\x80", 2);
	Clip clip = must_parse(arena, &sound);
	assert_samples(&clip, 2, (double[]){ 0, 32124 / 32768.0 });
	ck_assert_int_eq(clip.rate, 8000);
	arena_free(arena);
}
END_TEST

/* The rate of TESS, and a chunk of odd length before; SSND may come first, and its frames
 * begin where it says. */
START_TEST(aiff_chunks_stand_in_any_order)
{
	Arena *arena = arena_new("test");
	Sound sound = form("AIFF");
	put(&sound, "NAME\0\0\0\3abc\0", 12);
	put_ssnd(&sound, 4, "\x40\x00\xc0\x00\x20\x00\x20\x00", 8);
	put_comm(&sound, 2, 2, 16, 24414.0625, NULL);
	Clip clip = must_parse(arena, &sound);
	ck_assert_int_eq(clip.rate, 24414);
	assert_samples(&clip, 2, (double[]){ 0, 0.25 }); /* the mean of the channels */
	arena_free(arena);
}
END_TEST

START_TEST(aiff_cut_at_every_byte_is_refused_or_salvaged)
{
	Arena *arena = arena_new("test");
	Sound sound = aiff(1, 16, NULL, "\x80\x00\x40\x00\x20\x00", 6);
	for (size_t size = 0; size < sound.size; size++) {
		Clip clip = { .count = -1 };
		Error error;
		ck_assert(!parse(&clip, arena, &sound, size, (WavPart){ 0 }, &error));
		ck_assert_int_eq(clip.count, -1);
		bool salvaged = parse(
		        &clip, arena, &sound, size, (WavPart){ .salvage = true }, &error);
		ck_assert_int_eq(salvaged, size >= sound.size - 4);
		if (salvaged) {
			ck_assert(clip.cut_short);
			ck_assert_int_eq(clip.count, size < sound.size - 2 ? 1 : 2);
			ASSERT_CONTAINS(
			        error.text, "there should be 3 frames, but there are");
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(aiff_that_lies_is_refused)
{
	Sound sound = form("AIFF");
	assert_refused(&sound, "an AIFF: expected a COMM chunk, found none");
	put_comm(&sound, 1, 1, 16, 16000, NULL);
	assert_refused(&sound, "an AIFF: expected an SSND chunk, found none");
	sound = form("AIFC");
	put_comm(&sound, 1, 1, 16, 16000, NULL);
	assert_refused(&sound, "expected a COMM chunk of at least 22 bytes, found 18");
	sound = aiff(1, 16, "ima4", "\0\0", 2);
	assert_refused(
	        &sound, "with 16 bits a sample, is not read. This converts it: ffmpeg");
	sound = aiff(1, 16, NULL, "\0\0", 2);
	sound.at[21] = 0; /* channels */
	assert_refused(&sound, "byte 20: expected channels, found 0");
	sound = aiff(1, 16, NULL, "\0\0", 2);
	sound.at[27] = 72; /* bits */
	assert_refused(&sound, "with 72 bits a sample");
	sound = aiff(1, 16, NULL, "\0\0", 2);
	sound.at[28] = 0x7f; /* the rate */
	assert_refused(&sound, "byte 28: expected a rate of 100 to 1000000 samples");
	sound = aiff(1, 16, NULL, "\0\0", 2);
	sound.at[46] = 0xff; /* the offset */
	assert_refused(&sound, "the first frame should be 4278190080 bytes on");
	sound = form("AIFF");
	put_comm(&sound, 1, 0, 16, 16000, NULL);
	put_ssnd(&sound, 0, "\0\0", 2);
	assert_refused(&sound, "the recording is empty");
}
END_TEST

TEST_MAIN("aiff", aiff_every_writing_is_read, aiff_of_g711_has_a_byte_a_sample,
        aiff_chunks_stand_in_any_order, aiff_cut_at_every_byte_is_refused_or_salvaged,
        aiff_that_lies_is_refused)
