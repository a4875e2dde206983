/* Warm-up 4: how many neighbours.
 *
 * Skip-gram looks at `window` words to each side of a word, as far as the sentence goes.
 * Return how many neighbours word i of a sentence of n words has. Words are counted from 0.
 *
 * hint: What are the first and the last place that are still inside of the sentence? */
#include "tutorials/lesson/warmup.h"

static int neighbours(int i, int n, int window)
{
	/* BEGIN SOLUTION */
	int begin = i - window < 0 ? 0 : i - window;
	int end = i + window > n - 1 ? n - 1 : i + window;
	return end - begin;
	/* stub: return 2 * window + 0 * i * n; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("neighbours(3, 7, 2)", neighbours(3, 7, 2), RIGHT(4),
	        WRONG(5, "The word is not its own neighbour."));
	WARMUP_NUMBER("neighbours(0, 7, 2)", neighbours(0, 7, 2), RIGHT(2),
	        WRONG(4, "Nothing stands before the first word."),
	        WRONG(3, "The word is not its own neighbour."));
	WARMUP_NUMBER("neighbours(5, 7, 2)", neighbours(5, 7, 2), RIGHT(3),
	        WRONG(4, "Only one word stands after word 5: the last is word 6."));
	WARMUP_NUMBER("neighbours(1, 3, 5)", neighbours(1, 3, 5), RIGHT(2),
	        WRONG(10, "The window is wider than the sentence."),
	        WRONG(3, "The word is not its own neighbour."));
}
