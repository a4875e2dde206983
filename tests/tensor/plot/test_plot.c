/* Pictures are compared byte by byte: a chart that moves by a cell is a change that
 * somebody means. */
#include "tensor/plot/axis.h"
#include "tensor/plot/names.h"
#include "tensor/plot/plot.h"
#include "tests/support/harness.h"
#include "tests/support/well_formed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a picture prints, in memory that the test's end gives back. */
#define CAPTURE(text, out, call)                                                         \
	char *text = NULL;                                                               \
	size_t text##_size = 0;                                                          \
	FILE *out = open_memstream(&text, &text##_size);                                 \
	call;                                                                            \
	fclose(out)

static PlotScreen plain(FILE *out)
{
	return (PlotScreen){ .out = out, .width = 40 };
}

static const real falling[] = { 1, (real)0.5, (real)0.25, (real)0.125, (real)0.0625 };
static const real flat[] = { (real)0.75, (real)0.75, (real)0.75, (real)0.75, (real)0.75 };
static const PlotSeries two[] = { { .name = "training", .count = 5, .y = falling },
	{ .name = "validation", .mark = PLOT_POINTS, .count = 5, .y = flat } };
static const PlotChart chart = {
	.title = "Loss", .x = "epoch", .y = "loss (nats)", .count = 2, .series = two
};

START_TEST(chart_two_series_is_drawn)
{
	CAPTURE(text, out, plot_chart(plain(out), &chart));
	ck_assert_str_eq(text, "Loss\n"
	                       "loss (nats)\n"
	                       "1.0 +*\n"
	                       "    | *\n"
	                       "    |  *\n"
	                       "0.8 +   *\n"
	                       "    |+   *   +       +       +       +\n"
	                       "    |     *\n"
	                       "0.6 +      *\n"
	                       "    |       *\n"
	                       "    |        **\n"
	                       "0.4 +          **\n"
	                       "    |            ***\n"
	                       "    |               ***\n"
	                       "0.2 +                  ****\n"
	                       "    |                      ******\n"
	                       "    |                            *****\n"
	                       "0.0 +\n"
	                       "    ++-------+-------+-------+-------+\n"
	                       "     1       2       3       4       5\n"
	                       "     epoch\n"
	                       "     * training   + validation\n");
	free(text);
}
END_TEST

START_TEST(chart_not_a_number_leaves_a_gap)
{
	const real y[] = { 0, 0, (real)NAN, 1, 1, (real)INFINITY };
	const PlotSeries series = { .count = 6, .y = y };
	CAPTURE(text, out,
	        plot_chart(plain(out), &(PlotChart){ .count = 1, .series = &series }));
	ck_assert_ptr_nonnull(strstr(text, "0.0 +*********\n"));
	ck_assert_ptr_nonnull(strstr(text, "1.0 +                        *********\n"));
	free(text);
}
END_TEST

START_TEST(nothing_finite_says_so)
{
	const real y[] = { (real)NAN, -(real)INFINITY };
	const PlotSeries series = { .count = 2, .y = y };
	const PlotChart none = { .title = "T", .count = 1, .series = &series };
	CAPTURE(text, out, plot_chart(plain(out), &none));
	ck_assert_str_eq(text, "T\n  (nothing to draw: no finite number)\n");
	CAPTURE(svg, svg_out, plot_chart_svg(svg_out, &none));
	ASSERT_CONTAINS(svg, "nothing to draw: no finite number</text>\n</svg>");
	const PlotHistogram empty = { .count = 0, .values = y };
	CAPTURE(bars, bars_out, plot_histogram(plain(bars_out), &empty));
	ck_assert_str_eq(bars, "  (nothing to draw: no finite number)\n");
	free(text);
	assert_well_formed(svg);
	free(svg);
	free(bars);
}
END_TEST

/* Axes end on round numbers whatever the size of the numbers: none overflows, none
 * hangs. */
START_TEST(chart_any_size_of_number_is_labelled)
{
	static const struct {
		real low, high;
		const char *bottom, *top;
	} cases[] = { { (real)1e-9, (real)3e-9, "1e-09 +", "3e-09 +" },
		{ (real)-2e9, (real)2e9, "-2e+09 +", "2e+09 +" }, { 5, 5, "2 +", "8 +" },
		{ 0, 0, "-1.0 +", "1.0 +" },
		{ (real)1e29, (real)-1e29, "-1e+29 +", "1e+29 +" },
		{ (real)16777216, (real)16777217, "1e+07 +", "3e+07 +" },
		{ (real)0.1, (real)0.3, "0.10 +", "0.30 +" } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const real y[] = { cases[i].low, cases[i].high };
		const PlotSeries series = { .count = 2, .y = y };
		CAPTURE(text, out,
		        plot_chart(plain(out),
		                &(PlotChart){ .count = 1, .series = &series }));
		ASSERT_CONTAINS(text, cases[i].bottom);
		ASSERT_CONTAINS(text, cases[i].top);
		free(text);
	}
}
END_TEST

START_TEST(chart_field_lies_behind_the_points)
{
	const real field[] = { 0, (real)0.3, (real)0.6, 1 }, at[] = { 0, 1 };
	const PlotSeries points = { .mark = PLOT_POINTS, .count = 2, .x = at, .y = at };
	const PlotChart c = { .count = 1,
		.series = &points,
		.field = { .ndim = 2,
		        .shape = { 1, 4 },
		        .data = (real *)(uintptr_t)field },
		.field_name = "p(angry)",
		.field_x = { 0, 1 },
		.field_y = { 0, 1 } };
	CAPTURE(text, out, plot_chart(plain(out), &c));
	ASSERT_CONTAINS(text, "p(angry): blank 0 to 1/4, . to 1/2, : to 3/4, % to 1\n");
	CAPTURE(svg, svg_out, plot_chart_svg(svg_out, &c));
	ASSERT_CONTAINS(svg, ">p(angry)</text>");
	free(svg);
	ASSERT_CONTAINS(text, "1.0 +      ..........:::::::::::%%%%%*\n");
	ASSERT_CONTAINS(text, "0.0 +*     ..........:::::::::::%%%%%%\n");
	free(text);
}
END_TEST

static Tensor matrix_of_both_signs(Arena *arena)
{
	return tensor_from(arena, (real[]){ -1, 0, (real)0.5, 1, (real)0.25, (real)NAN },
	        6, SHAPE(2, 3));
}

START_TEST(matrix_both_signs_is_shaded_from_zero)
{
	Arena *arena = arena_new("test");
	const PlotMatrix m = {
		.x = "column", .y = "row", .values = matrix_of_both_signs(arena)
	};
	CAPTURE(text, out, plot_matrix(plain(out), &m));
	ck_assert_str_eq(text, "row\n"
	                       "0 |-@  +o\n"
	                       "1 |+@+:??\n"
	                       "    0 1 2  column\n"
	                       "   -@ -1   blank 0   +@ 1\n");
	free(text);
	arena_free(arena);
}
END_TEST

START_TEST(matrix_names_and_numbers_are_written)
{
	Arena *arena = arena_new("test");
	const char *rows[] = { "h\xc3\xb6ren", "to" }, *columns[] = { "a", "b", "c" };
	const PlotMatrix m = { .values = matrix_of_both_signs(arena),
		.row_names = rows,
		.column_names = columns,
		.numbers = true };
	CAPTURE(text, out, plot_matrix(plain(out), &m));
	ck_assert_str_eq(text, "h\xc3\xb6ren |    -1     0   0.5\n"
	                       "   to |     1  0.25   nan\n"
	                       "            a     b     c\n");
	free(text);
	arena_free(arena);
}
END_TEST

START_TEST(matrix_too_wide_says_what_is_left_out)
{
	Arena *arena = arena_new("test");
	const PlotMatrix m = { .values = tensor_zeros(arena, SHAPE(50, 60)) };
	CAPTURE(text, out, plot_matrix(plain(out), &m));
	ASSERT_CONTAINS(text, "(40 of 50 rows and 18 of 60 columns)\n");
	free(text);
	arena_free(arena);
}
END_TEST

START_TEST(matrix_on_a_terminal_is_coloured)
{
	Arena *arena = arena_new("test");
	const PlotMatrix m = { .values = matrix_of_both_signs(arena) };
	const PlotScreen screen = { .width = 40, .depth = COLOUR_256 };
	CAPTURE(text, out,
	        plot_matrix((PlotScreen){ out, screen.width, screen.depth }, &m));
	ASSERT_CONTAINS(text, colour_background(COLOUR_256, colour_diverging(-1)).text);
	ASSERT_CONTAINS(text, colour_end(COLOUR_256).text);
	free(text);
	arena_free(arena);
}
END_TEST

/* Shades want a key, also where each cell has its number. */
START_TEST(matrix_of_numbers_on_a_terminal_has_a_key)
{
	Arena *arena = arena_new("test");
	const PlotMatrix m = { .values = matrix_of_both_signs(arena), .numbers = true };
	CAPTURE(colours, out, plot_matrix((PlotScreen){ out, 60, COLOUR_256 }, &m));
	CAPTURE(signs, plain_out, plot_matrix(plain(plain_out), &m));
	int lines[2] = { 0, 0 };
	for (const char *c = colours; *c; c++)
		lines[0] += *c == '\n';
	for (const char *c = signs; *c; c++)
		lines[1] += *c == '\n';
	ck_assert_int_eq(lines[0], lines[1] + 1);
	free(colours);
	free(signs);
	arena_free(arena);
}
END_TEST

/* A bin holds its lower bound; the last one its upper bound as well. */
START_TEST(histogram_bounds_are_counted_once)
{
	const real values[] = { 0, (real)0.5, 1, 1, (real)1.5, 2, (real)NAN };
	const PlotHistogram h = {
		.x = "pitch (Hz)", .count = 7, .bins = 2, .values = values
	};
	CAPTURE(text, out, plot_histogram(plain(out), &h));
	ck_assert_str_eq(text, "pitch (Hz)\n"
	                       "0 .. 1 |######## 2\n"
	                       "1 .. 2 |###################### 4\n");
	CAPTURE(svg, svg_out, plot_histogram_svg(svg_out, &h));
	ASSERT_CONTAINS(svg, ">pitch (Hz)</text>");
	free(text);
	assert_well_formed(svg);
	free(svg);
}
END_TEST

START_TEST(svg_series_are_lines_and_points)
{
	CAPTURE(svg, out, plot_chart_svg(out, &chart));
	ASSERT_CONTAINS(
	        svg, "d=\"M70.0 56.0L207.5 182.0L345.0 245.0L482.5 276.5L620.0 292.2\"");
	ASSERT_CONTAINS(svg, "<path d=\"M70.0 119.0m-4 -4h8v8h-8z\" fill=\"#d55e00\"");
	ASSERT_CONTAINS(svg, "prefers-color-scheme:dark");
	ASSERT_CONTAINS(svg, ">validation</text>");
	assert_well_formed(svg);
	free(svg);
}
END_TEST

START_TEST(chart_intervals_are_bars_within_the_axes)
{
	const real x[] = { 1, 2 }, y[] = { 1, 2 }, low[] = { 0, 1 }, high[] = { 2, 4 };
	PlotSeries series = { .count = 2, .x = x, .y = y, .low = low, .high = high };
	PlotChart bars = { .count = 1, .series = &series };
	CAPTURE(text, out, plot_chart(plain(out), &bars));
	ASSERT_CONTAINS(text, "4 +");
	ASSERT_CONTAINS(text, ":");
	free(text);
	CAPTURE(svg, svg_out, plot_chart_svg(svg_out, &bars));
	/* from 4, the top, down to 1: a quarter of 252 above the bottom at 308 */
	ASSERT_CONTAINS(svg, "56.0h6m-3 0V245.0m-3 0h6");
	assert_well_formed(svg);
	free(svg);
}
END_TEST

START_TEST(svg_long_legend_takes_several_lines)
{
	const real rise[] = { 0, 1 };
	PlotSeries many[8];
	for (int s = 0; s < 8; s++)
		many[s] = (PlotSeries){
			.name = "a strategy of many words", .count = 2, .y = rise
		};
	PlotChart wide = { .y = "accuracy", .count = 8, .series = many };
	CAPTURE(svg, out, plot_chart_svg(out, &wide));
	ASSERT_CONTAINS(svg, "<g transform=\"translate(0 ");
	ASSERT_CONTAINS(svg, "</g>\n</svg>");
	ck_assert_ptr_null(strstr(svg, "x=\"-")); /* nothing left of the page */
	assert_well_formed(svg);
	free(svg);
}
END_TEST

START_TEST(svg_text_is_escaped)
{
	const PlotMatrix m = { .title = "a<b & c", .values = { .ndim = 0 } };
	CAPTURE(svg, out, plot_matrix_svg(out, &m));
	ASSERT_CONTAINS(svg, "<title>a&lt;b &amp; c</title>");
	assert_well_formed(svg);
	free(svg);
}
END_TEST

START_TEST(svg_matrix_ink_is_readable_on_its_cell)
{
	Arena *arena = arena_new("test");
	const PlotMatrix m = { .values = matrix_of_both_signs(arena), .numbers = true };
	CAPTURE(svg, out, plot_matrix_svg(out, &m));
	ASSERT_CONTAINS(svg, "style=\"fill:#ffffff\">-1</text>");
	ASSERT_CONTAINS(svg, "style=\"fill:#000000\">0</text>");
	ASSERT_CONTAINS(svg, ">?</text>");
	assert_well_formed(svg);
	free(svg);
	arena_free(arena);
}
END_TEST

/* 1 to 100 takes as much room as 100 to 10,000; 0 and below have no logarithm. */
START_TEST(chart_logarithmic_counts_powers_of_ten)
{
	const real x[] = { 1, 100, 10000, 0, -3 }, y[] = { 2, 20, 200, 1, 1 };
	const PlotSeries series = { .count = 5, .x = x, .y = y };
	const PlotChart log = {
		.count = 1, .series = &series, .log_x = true, .log_y = true
	};
	CAPTURE(text, out, plot_chart(plain(out), &log));
	ASSERT_CONTAINS(text, "200 +");
	ASSERT_CONTAINS(text, " 20 +");
	ASSERT_CONTAINS(text, "  2 +*");
	CAPTURE(svg, svg_out, plot_chart_svg(svg_out, &log));
	ASSERT_CONTAINS(svg, "d=\"M70.0 308.0L345.0 182.0L620.0 56.0\"");
	ASSERT_CONTAINS(svg, ">10000</text>");
	assert_well_formed(svg);
	free(text);
	free(svg);
}
END_TEST

START_TEST(log_axis_begins_and_ends_around_its_numbers)
{
	const PlotRange ranges[] = { { 3, 3, 1 }, { 1e-7, 4e5, 2 }, { 1, 10, 2 },
		{ 0.011, 0.019, 2 } };
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
		PlotAxis axis = plot_log_axis(ranges[i]);
		ck_assert(plot_tick(axis, axis.first) <= ranges[i].low);
		ck_assert(plot_tick(axis, axis.first + 1) > ranges[i].low);
		ck_assert(plot_tick(axis, axis.last) >= ranges[i].high);
		ck_assert(plot_tick(axis, axis.last - 1) < ranges[i].high);
	}
	PlotAxis axis = plot_log_axis((PlotRange){ 1, 100, 2 });
	ck_assert_double_eq_tol(plot_place(axis, 10), 0.5, 1e-12);
	ck_assert(!plot_on(axis, 0));
}
END_TEST

/* Twenty points on one spot: their names still stand apart, and within the picture. */
START_TEST(names_cover_neither_each_other_nor_points)
{
	enum { COUNT = 20 };
	PlotName names[COUNT];
	const PlotBox frame = { 0, 0, 600, 400 };
	for (int i = 0; i < COUNT; i++)
		names[i] = (PlotName){ .text = "a name", .x = 300 + i % 2, .y = 200 };
	plot_place_names(COUNT, names, frame);
	for (int i = 0; i < COUNT; i++) {
		PlotBox a = plot_name_box(&names[i]);
		ck_assert(a.left >= frame.left && a.right <= frame.right);
		ck_assert(a.top >= frame.top && a.bottom <= frame.bottom);
		ck_assert(a.right < 300 || a.left > 301 || a.bottom < 200 || a.top > 200);
		for (int j = 0; j < i; j++) {
			PlotBox b = plot_name_box(&names[j]);
			ck_assert_msg(a.right <= b.left || b.right <= a.left ||
			                      a.bottom <= b.top || b.bottom <= a.top,
			        "names %d and %d overlap", i, j);
		}
	}
	ck_assert(!names[0].far && names[COUNT - 1].far);
	/* a point without a name where the first would stand */
	PlotName two_points[] = { { .text = "a name", .x = 300, .y = 200 },
		{ .text = NULL, .x = 330, .y = 200 } };
	plot_place_names(2, two_points, frame);
	ck_assert(plot_name_box(&two_points[0]).right < 300);
}
END_TEST

START_TEST(svg_several_charts_stand_side_by_side)
{
	static const char *const names[] = { "a<b", "c", "d", "e", "f" };
	PlotSeries named = two[0];
	named.names = names;
	const PlotChart all[] = { chart,
		{ .title = "Named", .count = 1, .series = &named }, chart };
	CAPTURE(svg, out, plot_charts_svg(out, 3, all, 2));
	ASSERT_CONTAINS(svg, "width=\"1280\" height=\"720\"");
	ASSERT_CONTAINS(svg, "<g transform=\"translate(640 0)\">");
	ASSERT_CONTAINS(svg, "<g transform=\"translate(0 360)\">");
	ASSERT_CONTAINS(svg, ">a&lt;b</text>");
	assert_well_formed(svg);
	free(svg);
}
END_TEST

TEST_MAIN("plot", chart_logarithmic_counts_powers_of_ten,
        log_axis_begins_and_ends_around_its_numbers,
        names_cover_neither_each_other_nor_points, svg_several_charts_stand_side_by_side,
        chart_two_series_is_drawn, chart_not_a_number_leaves_a_gap,
        nothing_finite_says_so, chart_any_size_of_number_is_labelled,
        chart_field_lies_behind_the_points, matrix_both_signs_is_shaded_from_zero,
        matrix_names_and_numbers_are_written, matrix_too_wide_says_what_is_left_out,
        matrix_on_a_terminal_is_coloured, matrix_of_numbers_on_a_terminal_has_a_key,
        histogram_bounds_are_counted_once, svg_series_are_lines_and_points,
        svg_text_is_escaped, chart_intervals_are_bars_within_the_axes,
        svg_long_legend_takes_several_lines, svg_matrix_ink_is_readable_on_its_cell)
