#include "tensor/plot/deflate.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"
#include "tests/support/inflate.h"

#include <string.h>

/* There and back; returns the compressed size. */
static size_t check(Bytes source)
{
	Arena *arena = arena_new("test");
	Bytes small = deflate_compress(arena, source);
	ck_assert_uint_le(small.size, source.size + source.size / 8 + 16);
	Bytes back = inflate(arena, small, source.size);
	ck_assert(!source.size || !memcmp(back.data, source.data, source.size));
	arena_free(arena);
	return small.size;
}

/* Python's zlib.decompress gives sixteen a's. */
START_TEST(deflate_a_run_is_one_literal_and_a_reference)
{
	Arena *arena = arena_new("test");
	Bytes run = { .data = (const unsigned char *)"aaaaaaaaaaaaaaaa", .size = 16 };
	Bytes small = deflate_compress(arena, run);
	ck_assert_uint_eq(small.size, 10);
	ck_assert_mem_eq(small.data, "\x78\x01\x4b\x44\x03\x00\x33\x98\x06\x11", 10);
	arena_free(arena);
}
END_TEST

START_TEST(deflate_nothing_comes_back_as_nothing)
{
	ck_assert_uint_eq(check((Bytes){ .data = (const unsigned char *)"" }), 8);
}
END_TEST

START_TEST(deflate_every_length_of_a_run_comes_back)
{
	unsigned char run[600];
	memset(run, 7, sizeof run);
	for (size_t size = 0; size <= sizeof run; size++)
		check((Bytes){ .data = run, .size = size });
}
END_TEST

/* The same eight bytes twice, `distance` apart, in noise: every range of distances. */
START_TEST(deflate_every_distance_comes_back)
{
	Arena *arena = arena_new("test");
	enum { SIZE = 40000 };
	unsigned char *data = arena_alloc(arena, SIZE);
	Rng rng = rng_new(1);
	for (size_t i = 0; i < SIZE; i++)
		data[i] = (unsigned char)rng_below(&rng, 256);
	for (size_t distance = 8; distance < SIZE - 8; distance = distance * 5 / 4 + 1) {
		memcpy(data + SIZE - 8, data + SIZE - 8 - distance, 8);
		check((Bytes){ .data = data, .size = SIZE });
	}
	size_t sizes[] = { 32767, 32768, 32769 };
	for (size_t i = 0; i < 3; i++) {
		memcpy(data + SIZE - 8, data + SIZE - 8 - sizes[i], 8);
		check((Bytes){ .data = data, .size = SIZE });
	}
	arena_free(arena);
}
END_TEST

START_TEST(deflate_noise_grows_by_an_eighth_at_most)
{
	Arena *arena = arena_new("test");
	enum { SIZE = 100000 };
	unsigned char *data = arena_alloc(arena, SIZE);
	Rng rng = rng_new(2);
	for (size_t i = 0; i < SIZE; i++)
		data[i] = (unsigned char)rng_below(&rng, 256);
	ck_assert_uint_gt(check((Bytes){ .data = data, .size = SIZE }), SIZE);
	memset(data, 255, SIZE); /* the long codes alone */
	ck_assert_uint_lt(check((Bytes){ .data = data, .size = SIZE }), SIZE / 100);
	arena_free(arena);
}
END_TEST

START_TEST(deflate_text_that_repeats_gets_small)
{
	Arena *arena = arena_new("test");
	char *text = arena_zeros(arena, 40000);
	size_t size = 0;
	for (int i = 0; i < 1000; i++)
		size += (size_t)snprintf(
		        text + size, 40, "line %d of what repeats itself\n", i);
	ck_assert_uint_lt(
	        check((Bytes){ .data = (unsigned char *)text, .size = size }), size / 5);
	arena_free(arena);
}
END_TEST

TEST_MAIN("deflate", deflate_a_run_is_one_literal_and_a_reference,
        deflate_nothing_comes_back_as_nothing, deflate_every_length_of_a_run_comes_back,
        deflate_every_distance_comes_back, deflate_noise_grows_by_an_eighth_at_most,
        deflate_text_that_repeats_gets_small)
