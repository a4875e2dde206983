#include "emotionnet/comparison/print.h"
#include "tests/support/comparisons.h"
#include "tests/support/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *printed(bool details)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	c.cell_count = 3;
	c.cells[2].costs.operations = 12500000;
	c.cells[2].costs.asked = true;
	c.known = (Known){ "lm.gguf", { 300, 2453, 167.5 }, { 30, 346, 194.25 } };
	Error error;
	ck_assert(comparison_summarise(&c, arena, NULL, &error));
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	comparison_print(out, &c, details);
	fclose(out);
	arena_free(arena);
	return text;
}

START_TEST(comparison_print_tells_scores_intervals_and_bars)
{
	char *text = printed(false);
	ASSERT_CONTAINS(text, "10 utterances to learn from, 5 to validate, 4 to test");
	ASSERT_CONTAINS(text, "0.625 ± 0.177  0.250..1.000");
	ASSERT_CONTAINS(text, "the 2 speakers of the test");
	/* a quarter of 60 columns, the mean at 37, the interval to the last */
	ASSERT_CONTAINS(
	        text, "|###############[#####################----------------------]|");
	ck_assert_ptr_null(strstr(text, "temperature"));
	/* what is not known of "a" is a dash; "middle" was asked */
	ASSERT_CONTAINS(text, "100           -          -          -        0.004");
	ASSERT_CONTAINS(
	        text, "100        12.5          -          -        0.004      0.00*");
	ASSERT_CONTAINS(text, "* Nothing was trained");
	ASSERT_CONTAINS(text, "Has lm.gguf read the test before?");
	ASSERT_CONTAINS(
	        text, "on 30 sentences written for this comparison 194.2 (346 tokens)");
	free(text);
}
END_TEST

START_TEST(comparison_print_details_have_every_table)
{
	char *text = printed(true);
	ASSERT_CONTAINS(text, "best: text");
	ASSERT_CONTAINS(text, "text alone");
	ASSERT_CONTAINS(text, "6 dB");
	ASSERT_CONTAINS(text, "temperature");
	ASSERT_CONTAINS(text, "p95, ms");
	free(text);
}
END_TEST

TEST_MAIN("comparison_print", comparison_print_tells_scores_intervals_and_bars,
        comparison_print_details_have_every_table)
