#include "tensor/rng.h"
#include "tests/support/harness.h"

/* The known answer of the authors' Random123 for counter 0, key 0. */
START_TEST(rng_zero_key_gives_known_answer)
{
	Rng rng = rng_new(0);
	ck_assert_uint_eq(rng_u32(&rng), 0x6627e8d5u);
	ck_assert_uint_eq(rng_u32(&rng), 0xe169c58du);
	ck_assert_uint_eq(rng_u32(&rng), 0xbc57ac4cu);
	ck_assert_uint_eq(rng_u32(&rng), 0x9b00dbd8u);
}
END_TEST

START_TEST(rng_same_seed_repeats_and_streams_differ)
{
	Rng a = rng_new(7), b = rng_new(7), child = rng_split(&a, 0),
	    other = rng_split(&a, 1);
	for (int i = 0; i < 100; i++)
		ck_assert_uint_eq(rng_u32(&a), rng_u32(&b));
	int equal = 0;
	for (int i = 0; i < 1000; i++)
		equal += rng_u32(&child) == rng_u32(&other);
	ck_assert_int_le(equal, 1);
}
END_TEST

START_TEST(rng_split_does_not_depend_on_position)
{
	Rng a = rng_new(3), early = rng_split(&a, 5);
	rng_u32(&a);
	Rng late = rng_split(&a, 5);
	ck_assert_uint_eq(rng_u32(&early), rng_u32(&late));
}
END_TEST

START_TEST(rng_uniform_has_its_moments)
{
	enum { N = 100000 };
	Rng rng = rng_new(1);
	double mean = 0, square = 0;
	for (int i = 0; i < N; i++) {
		double u = (double)rng_uniform(&rng);
		ck_assert(u >= 0 && u < 1);
		mean += u / N;
		square += u * u / N;
	}
	ASSERT_CLOSE(mean, 0.5, 0.004, 0);
	ASSERT_CLOSE(square - mean * mean, 1.0 / 12, 0.002, 0);
}
END_TEST

START_TEST(rng_uniforms_are_those_of_one_by_one)
{
	for (size_t skip = 0; skip < 5; skip++)
		for (size_t count = 0; count < 200; count += 33) {
			Rng one = rng_new(9), many = one;
			real numbers[200];
			for (size_t i = 0; i < skip; i++)
				ck_assert_uint_eq(rng_u32(&one), rng_u32(&many));
			rng_uniforms(&many, count, numbers);
			for (size_t i = 0; i < count; i++)
				ck_assert(numbers[i] == rng_uniform(&one));
			ck_assert_uint_eq(rng_u32(&one), rng_u32(&many));
		}
}
END_TEST

START_TEST(rng_normal_has_its_moments)
{
	enum { N = 100000 };
	Rng rng = rng_new(2);
	double mean = 0, square = 0, fourth = 0;
	for (int i = 0; i < N; i++) {
		double z = rng_normal(&rng);
		mean += z / N;
		square += z * z / N;
		fourth += z * z * z * z / N;
	}
	ASSERT_CLOSE(mean, 0, 0.015, 0);
	ASSERT_CLOSE(square, 1, 0.02, 0);
	ASSERT_CLOSE(fourth, 3, 0.15, 0);
}
END_TEST

START_TEST(rng_permutation_holds_each_once)
{
	enum { N = 257 };
	int order[N], seen[N] = { 0 };
	Rng rng = rng_new(4);
	rng_permutation(&rng, N, order);
	int fixed = 0;
	for (int i = 0; i < N; i++) {
		seen[order[i]]++;
		fixed += order[i] == i;
	}
	for (int i = 0; i < N; i++)
		ck_assert_int_eq(seen[i], 1);
	ck_assert_int_lt(fixed, 10);
}
END_TEST

START_TEST(rng_below_is_even_and_refuses_zero)
{
	Rng rng = rng_new(5);
	int counts[3] = { 0 };
	for (int i = 0; i < 30000; i++)
		counts[rng_below(&rng, 3)]++;
	for (int i = 0; i < 3; i++)
		ASSERT_CLOSE(counts[i], 10000, 300, 0);
	ASSERT_STOPS("expected at least 1", rng_below(&rng, 0));
}
END_TEST

TEST_MAIN("rng", rng_zero_key_gives_known_answer,
        rng_same_seed_repeats_and_streams_differ, rng_split_does_not_depend_on_position,
        rng_uniform_has_its_moments, rng_uniforms_are_those_of_one_by_one,
        rng_normal_has_its_moments, rng_permutation_holds_each_once,
        rng_below_is_even_and_refuses_zero)
