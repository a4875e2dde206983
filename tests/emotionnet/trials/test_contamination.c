/* What a small model says of the test, against what a session says of each text. */
#include "emotionnet/trials/contamination.h"
#include "tests/support/comparisons.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

#define PUBLISHED "tests/golden/published/"

static LanguageRows *opened(Arena *arena, const char *path)
{
	Error error;
	LanguageRows *rows = language_rows_open(arena, path, &error);
	ck_assert_msg(rows != NULL, "%s", error.text);
	return rows;
}

/* The test's texts are too short to say anything, but for these. */
static Comparison example(Arena *arena)
{
	Comparison c = comparison_example(arena);
	Compared *test = arena_copy(arena, c.test, 4 * sizeof *test);
	test[0].text = "the sea is calm";
	test[2].text = "and so is the shore";
	c.test = test;
	return c;
}

static double log_of(
        const LanguageRows *rows, Arena *arena, const char *text, int *tokens)
{
	LanguageSession session = session_new(arena, language_rows_model(rows), 64, NULL);
	TokenIds ids = tokeniser_encode(language_rows_file(rows)->tokeniser, arena, text,
	        strlen(text), ENCODE_ENDS);
	double log[64], sum = 0;
	session_score(&session, ids.at, ids.count, log);
	for (int i = 1; i < ids.count; i++)
		sum += log[i];
	*tokens += ids.count - 1;
	return sum;
}

START_TEST(contamination_is_the_perplexity_of_all_tokens_together)
{
	Arena *arena = arena_new("test");
	const LanguageRows *rows = opened(arena, PUBLISHED "gpt2");
	Pool *pool = pool_new(2), *alone = pool_new(1);
	Comparison c = example(arena), again = c;
	Error error;
	ck_assert(contamination_ask(&c, arena, rows, pool, &error));
	ck_assert(contamination_ask(&again, arena, rows, alone, &error));
	int tokens = 0;
	double sum = log_of(rows, arena, c.test[0].text, &tokens);
	sum += log_of(rows, arena, c.test[2].text, &tokens);
	ck_assert_str_eq(c.known.model, PUBLISHED "gpt2");
	ck_assert_int_eq(c.known.test.texts, 2);
	ck_assert_int_eq(c.known.test.tokens, tokens);
	ASSERT_CLOSE(c.known.test.value, exp(-sum / tokens), 1e-5, 1e-5);
	ck_assert_int_eq(c.known.fresh.texts, FRESH_SENTENCES);
	ck_assert_int_gt(c.known.fresh.tokens, 8 * FRESH_SENTENCES);
	/* the same bits on any number of threads */
	ck_assert(c.known.test.value == again.known.test.value);
	ck_assert(c.known.fresh.value == again.known.fresh.value);
	pool_free(pool);
	pool_free(alone);
	arena_free(arena);
}
END_TEST

START_TEST(contamination_is_not_told_of_who_cannot_write_or_has_no_text)
{
	Arena *arena = arena_new("test");
	Pool *alone = pool_new(1);
	Comparison c = example(arena), silent = comparison_example(arena);
	Error error;
	ck_assert(contamination_ask(
	        &c, arena, opened(arena, PUBLISHED "bert"), alone, &error));
	ck_assert(!known_told(&c.known));
	silent.test_count = 2;
	ck_assert(contamination_ask(
	        &silent, arena, opened(arena, PUBLISHED "gpt2"), alone, &error));
	ck_assert(!known_told(&silent.known));
	pool_free(alone);
	arena_free(arena);
}
END_TEST

TEST_MAIN("contamination", contamination_is_the_perplexity_of_all_tokens_together,
        contamination_is_not_told_of_who_cannot_write_or_has_no_text)
