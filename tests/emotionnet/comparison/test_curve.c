#include "emotionnet/comparison/curve.h"
#include "tests/support/comparisons.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two sizes: with 10 utterances as the example has it (a 0.625, middle 0.875), with 40
 * the cells the other way round. */
static Comparison curves(Arena *arena)
{
	static const int sizes[] = { 10, 40 };
	Comparison c = comparison_example(arena);
	for (int i = 0; i < 4; i++) {
		Cell cell = c.cells[i];
		cell.size = 40;
		cell.probabilities = c.cells[(i + 2) % 4].probabilities;
		comparison_add(&c, arena, &cell);
	}
	c.sizes = sizes;
	c.size_count = 2;
	Error error;
	ck_assert_msg(comparison_summarise(&c, arena, "a", &error), "%s", error.text);
	return c;
}

START_TEST(curve_needs_is_straight_over_the_logarithm)
{
	Arena *arena = arena_new("test");
	Comparison c = curves(arena);
	ASSERT_CLOSE(curve_goal(&c), 0.875, 1e-12, 0);
	ck_assert(curve_needs(&c, "a", 0.5) == 10);
	ASSERT_CLOSE(curve_needs(&c, "a", 0.875), 40, 1e-9, 0);
	/* Half of the way in accuracy is half of the way in the logarithm: sqrt(10 *
	 * 40). */
	ASSERT_CLOSE(curve_needs(&c, "a", 0.75), 20, 1e-9, 0);
	ck_assert(curve_needs(&c, "middle", 0.875) == 10);
	ck_assert(curve_needs(&c, "middle", 0.9) == -1);
	ck_assert(curve_needs(&c, "nobody", 0.1) == -1);
	arena_free(arena);
}
END_TEST

START_TEST(curve_is_told_as_plot_json_and_svg)
{
	Arena *arena = arena_new("test");
	Comparison c = curves(arena);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	curve_print(out, &c);
	fclose(out);
	ASSERT_CONTAINS(text, "utterances learnt from");
	ASSERT_CONTAINS(text, "middle         10 or fewer");
	free(text);
	out = open_memstream(&text, &size);
	curve_print_json(out, &c);
	fclose(out);
	ASSERT_CONTAINS(text, "{\"goal\":0.875,\"needs\":{\"a\":40.0,\"middle\":10.0}");
	ASSERT_CONTAINS(text, "\"learnt_from\":40");
	free(text);
	Error error;
	const char *path = arena_format(arena, "%s/c.svg", harness_directory());
	ck_assert_msg(curve_save_svg(&c, path, &error), "%s", error.text);
	ck_assert(!curve_save_svg(&c, "/dev/full", &error));
	ASSERT_CONTAINS(error.text, "/dev/full");
	arena_free(arena);
}
END_TEST

TEST_MAIN("curve", curve_needs_is_straight_over_the_logarithm,
        curve_is_told_as_plot_json_and_svg)
