#include "tutorials/02-the-tape/pictures.h"
#include "tensor/elementary.h"
#include "tutorials/02-the-tape/words.h"
#include "tutorials/draw/drawings.h"

#include <math.h>

void picture_slope(Lesson *lesson, float loud)
{
	enum { N = 41 };
	real w[N], loss[N], line[N];
	for (int i = 0; i < N; i++) {
		w[i] = (real)(-1 + i * 0.1);
		loss[i] = (real)loss_of_word((float)w[i], 0.5f, loud, 1);
		line[i] = (real)(1 + 1.5 * ((double)w[i] - 2));
	}
	const PlotSeries series[] = {
		{ .name = "the loss", .count = N, .x = w, .y = loss },
		{ .name = "a line of slope 1.5 through w = 2",
		        .count = N / 2,
		        .x = w + N / 2,
		        .y = line + N / 2 }
	};
	lesson_curves(lesson, "slope", "The derivative is the slope at w = 2", "w",
	        "loss of the angry \"my\"", 2, series);
}

static void show_graph(Lesson *lesson, const char *name, const char *title,
        const char *description, int count, const DrawNode nodes[])
{
	const DrawGraph graph = { .title = title,
		.description = description,
		.count = count,
		.nodes = nodes,
		.decimals = 2,
		.values = true,
		.gradients = true };
	lesson_drawing(lesson, name, draw_graph(lesson_arena(lesson), &graph));
}

void picture_one_word(Lesson *lesson)
{
	const DrawNode nodes[] = { { .name = "w", .value = 2, .gradient = 1.5 },
		{ .name = "loud", .value = 0.75, .gradient = (double)NAN },
		{ .name = "u",
		        .note = "w loud",
		        .value = 1.5,
		        .gradient = 2,
		        .inputs = 2,
		        .input = { 0, 1 },
		        .local = { "0.75", "2" } },
		{ .name = "b", .value = 0.5, .gradient = 2 },
		{ .name = "score",
		        .note = "u + b",
		        .value = 2,
		        .gradient = 2,
		        .inputs = 2,
		        .input = { 2, 3 },
		        .local = { "1", "1" } },
		{ .name = "error",
		        .note = "score - 1",
		        .value = 1,
		        .gradient = 2,
		        .inputs = 1,
		        .input = { 4 },
		        .local = { "1" } },
		{ .name = "loss",
		        .value = 1,
		        .gradient = 1,
		        .inputs = 1,
		        .input = { 5 },
		        .local = { "2" } } };
	show_graph(lesson, "backward", "The forward pass and the backward pass",
	        "Boxes from left to right: w and loud lead to u, u and b to the score, "
	        "then the error and the loss. Dashed arrows lead back, each with its "
	        "local derivative. Each box has its value and its gradient.",
	        7, nodes);
}

void picture_two_words(Lesson *lesson)
{
	const DrawNode nodes[] = { { .name = "w", .value = 2, .gradient = 1.9136 },
		{ .name = "angry score",
		        .note = "0.75 w + b",
		        .value = 2,
		        .gradient = 2,
		        .inputs = 1,
		        .input = { 0 },
		        .local = { "0.75" } },
		{ .name = "afraid score",
		        .note = "-0.47 w + b",
		        .value = -0.44,
		        .gradient = -0.88,
		        .inputs = 1,
		        .input = { 0 },
		        .local = { "-0.47" } },
		{ .name = "angry loss",
		        .value = 1,
		        .gradient = 1,
		        .inputs = 1,
		        .input = { 1 },
		        .local = { "2" } },
		{ .name = "afraid loss",
		        .value = 0.1936,
		        .gradient = 1,
		        .inputs = 1,
		        .input = { 2 },
		        .local = { "-0.88" } },
		{ .name = "loss",
		        .value = 1.1936,
		        .gradient = 1,
		        .inputs = 2,
		        .input = { 3, 4 },
		        .local = { "1", "1" } } };
	show_graph(lesson, "twice", "Two words use the same w",
	        "w leads to the score of the angry word and to that of the afraid one. "
	        "Two dashed arrows come back to w; what they bring is added.",
	        6, nodes);
}

/* d_y of three words and two measurements, and below it the sums of its columns. */
void picture_rows(Lesson *lesson)
{
	Drawing *d = drawing_new(lesson_arena(lesson), "One gain for a whole column",
	        "Three rows of two numbers use the same two gains. Dashed arrows lead "
	        "from each row down to gain(0) and gain(1).");
	enum { ROWS = 3, COLUMNS = 2, WIDE = 150, HIGH = 34, APART = 60 };
	static const char *const words[] = { "my", "father", "came" };
	for (int i = 0; i < ROWS; i++) {
		double y = i * (HIGH + 14);
		draw_text(d, -14, y + HIGH / 2.0, DRAW_END, DRAW_PLAIN, words[i]);
		for (int j = 0; j < COLUMNS; j++)
			draw_cell(d, (DrawBox){ j * (WIDE + APART), y, WIDE, HIGH },
			        DRAW_VALUE, 0.1,
			        arena_format(lesson_arena(lesson), "x(%d,%d) gain(%d)", i,
			                j, j));
	}
	double bottom = ROWS * (HIGH + 14) + 30;
	for (int j = 0; j < COLUMNS; j++) {
		double x = j * (WIDE + APART);
		DrawBox gain = { x, bottom, WIDE, HIGH };
		draw_cell(d, gain, DRAW_STRONG, 0,
		        arena_format(lesson_arena(lesson), "gain(%d)", j));
		for (int i = 0; i < ROWS; i++) {
			double side = x + WIDE + 8 + (ROWS - 1 - i) * 12;
			double y = i * (HIGH + 14) + HIGH / 2.0;
			draw_corners(d, DRAW_GRADIENT, 4,
			        (double[]){ x + WIDE, y, side, y, side,
			                bottom + HIGH / 2.0, x + WIDE,
			                bottom + HIGH / 2.0 },
			        true);
		}
	}
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_ARROW, "backward: a share from each row");
	drawing_say(
	        d, "gain(0) is used in x(0,0) gain(0), x(1,0) gain(0), x(2,0) gain(0)");
	drawing_say(
	        d, "gain(1) is used in x(0,1) gain(1), x(1,1) gain(1), x(2,1) gain(1)");
	lesson_drawing(lesson, "rows", d);
}

/* A power of ten; what float cannot tell from 0 counts as 10^-7. */
static real power_of_error(float measured)
{
	double error = fabs((double)measured - 1.5);
	return (real)(double_log(error > 1e-7 ? error : 1e-7) / double_log(10));
}

void picture_step(Lesson *lesson, float loud)
{
	enum { N = 22 };
	real x[N], one[N], two[N];
	for (int i = 0; i < N; i++) {
		x[i] = (real)(-7 + i / 3.0);
		float h = (float)double_exp((double)x[i] * double_log(10));
		one[i] = power_of_error(one_sided(2, 0.5f, loud, 1, h));
		two[i] = power_of_error(two_sided(2, 0.5f, loud, 1, h));
	}
	const PlotSeries series[] = {
		{ .name = "one-sided", .count = N, .x = x, .y = one },
		{ .name = "two-sided", .count = N, .x = x, .y = two }
	};
	lesson_curves(lesson, "step", "How wrong a measured derivative is",
	        "h, as a power of ten", "error, as a power of ten", 2, series);
}
