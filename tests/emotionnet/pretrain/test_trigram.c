#include "emotionnet/pretrain/trigram.h"
#include "tests/support/harness.h"

#include <math.h>

/* 0 1 0 1 0: of trigrams 010 occurs twice, 101 once, so D = 1/3; bigrams and single tokens
 * all count 1, so D = 1, and P(0) = P(1) = P(0|1) = P(1|0) = 1/2. After 0 1 comes 0 in two
 * of two: P(0|0,1) = (2 - 1/3)/2 + 1/3 1/2 1/2 = 11/12, P(1|0,1) = 1/12. */
START_TEST(trigram_of_five_tokens_is_as_worked_by_hand)
{
	static const int tokens[] = { 0, 1, 0, 1, 0 };
	double right = trigram_loss(tokens, 5, (const int[]){ 0, 1, 0 }, 3, 2);
	ASSERT_CLOSE(right, (log(2) + log(12.0 / 11)) / 2, 1e-12, 0);
	double wrong = trigram_loss(tokens, 5, (const int[]){ 0, 1, 1 }, 3, 2);
	ASSERT_CLOSE(wrong, (log(2) + log(12)) / 2, 1e-12, 0);
}
END_TEST

/* P(w|u,v) from the losses of u v w and of u v. */
static double probability(const int tokens[], size_t count, int V, int u, int v, int w)
{
	double two = trigram_loss(tokens, count, (const int[]){ u, v }, 2, V);
	double three = trigram_loss(tokens, count, (const int[]){ u, v, w }, 3, V);
	return exp(two - 2 * three);
}

START_TEST(trigram_probabilities_of_all_tokens_sum_to_one)
{
	enum { COUNT = 400, V = 9 };
	int tokens[COUNT];
	unsigned state = 1;
	for (int i = 0; i < COUNT; i++) {
		state = state * 1103515245u + 12345u;
		/* tokens 7 and 8 never come */
		tokens[i] = (int)(state >> 16) % 7 % (1 + (int)(state >> 24) % 7);
	}
	for (int u = 0; u < V; u += 4)
		for (int v = 0; v < V; v++) {
			double sum = 0;
			for (int w = 0; w < V; w++)
				sum += probability(tokens, COUNT, V, u, v, w);
			ASSERT_CLOSE(sum, 1, 1e-9, 0);
		}
}
END_TEST

START_TEST(trigram_of_too_little_text_says_all_are_alike)
{
	static const int tokens[] = { 1, 2 };
	ASSERT_CLOSE(trigram_loss(tokens, 2, tokens, 2, 10), log(10), 1e-12, 0);
}
END_TEST

TEST_MAIN("trigram", trigram_of_five_tokens_is_as_worked_by_hand,
        trigram_probabilities_of_all_tokens_sum_to_one,
        trigram_of_too_little_text_says_all_are_alike)
