#include "emotionnet/language/sampling.h"
#include "tensor/arena_peak.h"
#include "tests/support/harness.h"

/* Probabilities 1/2, 1/4, 1/8, 1/8. */
static const real logits_data[] = { (real)0.6931472, 0, (real)1.3862944, 0 };

static void count(int counts[4], Sampling sampling)
{
	Arena *arena = arena_new("test");
	real data[4];
	for (int i = 0; i < 4; i++)
		data[i] = logits_data[i];
	Tensor logits = tensor_view(data, SHAPE(4));
	sampling.rng = rng_new(1);
	for (int i = 0; i < 4; i++)
		counts[i] = 0;
	for (int i = 0; i < 8000; i++)
		counts[sample(&sampling, arena, logits)]++;
	ck_assert_uint_eq(arena_live(arena), 0);
	arena_free(arena);
}

START_TEST(sample_without_temperature_is_the_most_probable)
{
	int counts[4];
	count(counts, (Sampling){ .temperature = 0, .top_p = 1 });
	ck_assert_int_eq(counts[2], 8000);
}
END_TEST

START_TEST(sample_draws_by_probability)
{
	int counts[4];
	count(counts, (Sampling){ .temperature = 1, .top_p = 1 });
	ASSERT_CLOSE(counts[2], 4000, 200, 0);
	ASSERT_CLOSE(counts[0], 2000, 200, 0);
	ASSERT_CLOSE(counts[1], 1000, 150, 0);
	ASSERT_CLOSE(counts[3], 1000, 150, 0);
	count(counts,
	        (Sampling){ .temperature = 0.5, .top_p = 1 }); /* squares: 16 4 1 1 */
	ASSERT_CLOSE(counts[2], 8000 * 16 / 22., 200, 0);
	ASSERT_CLOSE(counts[0], 8000 * 4 / 22., 200, 0);
}
END_TEST

START_TEST(sample_of_the_first_k_or_p_draws_no_others)
{
	int counts[4];
	count(counts, (Sampling){ .temperature = 1, .top_p = 1, .top_k = 2 });
	ck_assert(counts[1] == 0 && counts[3] == 0);
	ASSERT_CLOSE(counts[2], 8000 * 2 / 3., 200, 0);
	count(counts, (Sampling){ .temperature = 1, .top_p = 0.6 });
	ck_assert(counts[1] == 0 && counts[3] == 0 && counts[0] > 0);
	count(counts, (Sampling){ .temperature = 1, .top_p = 0 });
	ck_assert_int_eq(counts[2], 8000);
	/* of two equals the first */
	count(counts, (Sampling){ .temperature = 1, .top_p = 1, .top_k = 3 });
	ck_assert(counts[1] > 0 && counts[3] == 0);
}
END_TEST

TEST_MAIN("sampling", sample_without_temperature_is_the_most_probable,
        sample_draws_by_probability, sample_of_the_first_k_or_p_draws_no_others)
