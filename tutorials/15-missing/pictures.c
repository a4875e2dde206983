#include "tutorials/15-missing/pictures.h"
#include "tutorials/draw/drawings.h"

#include <math.h>

void picture_switches(Lesson *lesson)
{
	const DrawNode nodes[] = { { .name = "words" }, { .name = "sound" },
		{ .name = "has words", .note = "1 or 0" },
		{ .name = "mean of vectors",
		        .note = "(16)",
		        .inputs = 1,
		        .input = { 0 } },
		{ .name = "tanh(W a + b)", .note = "(16)", .inputs = 1, .input = { 1 } },
		{ .name = "has sound", .note = "1 or 0" },
		{ .name = "t", .note = "times", .inputs = 2, .input = { 2, 3 } },
		{ .name = "a", .note = "times", .inputs = 2, .input = { 4, 5 } },
		{ .name = "[t ; a]",
		        .note = "(32)",
		        .inputs = 2,
		        .input = { 6, 7 },
		        .style = DRAW_STRONG },
		{ .name = "6 logits",
		        .note = "hidden layer",
		        .inputs = 1,
		        .input = { 8 } } };
	const DrawGraph graph = { .title = "Two modalities, and two switches",
		.description = "Words and sound each become a vector of 16 numbers. Each "
		               "vector is multiplied by 1 if the modality is there, by 0 "
		               "if not. Both are joined, and a small network gives six "
		               "logits.",
		.count = (int)(sizeof nodes / sizeof nodes[0]),
		.nodes = nodes };
	lesson_drawing(lesson, "switches", draw_graph(lesson_arena(lesson), &graph));
}

void picture_noise(Lesson *lesson, const float accuracy[NOISES],
        const float confidence[NOISES], const float dropped[NOISES])
{
	real x[NOISES], right[NOISES], sure[NOISES], other[NOISES];
	for (int n = 0; n < NOISES; n++) {
		x[n] = (real)n;
		right[n] = (real)accuracy[n];
		sure[n] = (real)confidence[n];
		other[n] = (real)dropped[n];
	}
	const PlotSeries series[] = {
		{ .name = "mean confidence", .count = NOISES, .x = x, .y = sure },
		{ .name = "accuracy", .count = NOISES, .x = x, .y = right },
		{ .name = "accuracy, with modality dropout",
		        .count = NOISES,
		        .x = x,
		        .y = other }
	};
	lesson_curves(lesson, "noise", "The same sentences in more and more noise",
	        "0: clean, 1: 10 dB, 2: 5 dB, 3: 0 dB, 4: -5 dB", "share", 3, series);
}

void picture_by_hand(Lesson *lesson, const float confidence[5], const int right[5])
{
	enum { WIDE = 74, HIGH = 34, APART = 12 };
	Arena *arena = lesson_arena(lesson);
	Drawing *d = drawing_new(arena, "Five answers in two bins",
	        "Five cells, one for each answer: how sure it was. Below each stands "
	        "whether it was right. Brackets join the first two and the last three.");
	const char *cells[3 * 6] = { "answer", "1", "2", "3", "4", "5", "confidence" };
	double x[5];
	for (int i = 0; i < 5; i++) {
		x[i] = i * (WIDE + APART) + (i > 1 ? 3 * APART : 0);
		const char *number = drawing_number(arena, 2, (double)confidence[i]);
		draw_cell(d, (DrawBox){ x[i], 0, WIDE, HIGH }, DRAW_VALUE,
		        (double)confidence[i] * 0.6, number);
		draw_text(d, x[i] + WIDE / 2.0, HIGH + 18, DRAW_MIDDLE,
		        right[i] ? DRAW_PLAIN : DRAW_GRADIENT,
		        right[i] ? "right" : "wrong");
		cells[7 + i] = number;
		cells[13 + i] = right[i] ? "right" : "wrong";
	}
	cells[12] = "it is";
	for (int b = 0; b < 2; b++) {
		const int first = b ? 2 : 0, last = b ? 4 : 1;
		float sum = 0, good = 0;
		for (int i = first; i <= last; i++) {
			sum += confidence[i];
			good += (float)right[i];
		}
		const float n = (float)(last - first + 1);
		draw_bracket(d, x[first], x[last] + WIDE, HIGH + 40, 12, DRAW_PLAIN,
		        arena_format(arena, "sure %.3f, right %.3f", (double)(sum / n),
		                (double)(good / n)));
		drawing_say(d, "answers %d to %d: sure %.3f, right %.3f", first + 1,
		        last + 1, (double)(sum / n), (double)(good / n));
	}
	drawing_table(d, 3, 6, "lr", cells);
	lesson_drawing(lesson, "by-hand", d);
}

void picture_temperatures(Lesson *lesson, const float z[3])
{
	enum { COUNT = 4, WIDE = 92, HIGH = 36, LEFT = 64 };
	static const float t[COUNT] = { 0.5f, 1, 2, 8 };
	static const char *const names[] = { "neutral", "joy", "anger" };
	Arena *arena = lesson_arena(lesson);
	Drawing *d = drawing_new(arena, "One row of logits at four temperatures",
	        "Four rows, one for each temperature, and three columns, one for each "
	        "class. The higher the temperature, the more alike are the "
	        "probabilities.");
	const char *cells[(COUNT + 1) * 4] = { "T" };
	for (int c = 0; c < 3; c++) {
		draw_text(d, LEFT + (c + 0.5) * WIDE, -16, DRAW_MIDDLE, DRAW_STRONG,
		        names[c]);
		cells[1 + c] = names[c];
	}
	for (int k = 0; k < COUNT; k++) {
		double sum = 0;
		for (int c = 0; c < 3; c++)
			sum += exp((double)(z[c] / t[k]));
		const char *name = arena_format(arena, "T = %g", (double)t[k]);
		draw_text(d, LEFT - 8, (k + 0.5) * HIGH, DRAW_END, DRAW_PLAIN, name);
		cells[4 * (k + 1)] = arena_format(arena, "%g", (double)t[k]);
		for (int c = 0; c < 3; c++) {
			const double p = exp((double)(z[c] / t[k])) / sum;
			const char *number = drawing_number(arena, 3, p);
			draw_cell(d, (DrawBox){ LEFT + c * WIDE, k * HIGH, WIDE, HIGH },
			        DRAW_VALUE, p, number);
			cells[4 * (k + 1) + 1 + c] = number;
		}
	}
	drawing_table(d, COUNT + 1, 4, "lr", cells);
	lesson_drawing(lesson, "temperatures", d);
}

void picture_valley(Lesson *lesson, int count, const real t[], const real loss[])
{
	const PlotSeries series[] = { { .count = count, .x = t, .y = loss } };
	lesson_curves(lesson, "valley", "The loss of the validation set", "temperature T",
	        "loss", 1, series);
}

enum { FEW = 5 }; /* answers that make no mean */

void picture_reliability(Lesson *lesson, const Bin before[BINS], const Bin after[BINS])
{
	real x[2][BINS], y[2][BINS], ends[2] = { 0, 1 };
	int count[2] = { 0, 0 };
	for (int side = 0; side < 2; side++)
		for (int b = 0; b < BINS; b++) {
			const Bin *bin = side ? &after[b] : &before[b];
			if (bin->count < FEW)
				continue;
			const int n = count[side]++;
			x[side][n] = (real)bin->confidence / (real)bin->count;
			y[side][n] = (real)bin->right / (real)bin->count;
		}
	const PlotSeries series[] = {
		{ .name = "as sure as right", .count = 2, .x = ends, .y = ends },
		{ .name = "T = 1", .count = count[0], .x = x[0], .y = y[0] },
		{ .name = "T of the validation set",
		        .count = count[1],
		        .x = x[1],
		        .y = y[1] }
	};
	lesson_curves(lesson, "reliability", "How sure, and how often right",
	        "mean confidence of a bin", "accuracy of the bin", 3, series);
}

void picture_coverage(Lesson *lesson, int count, const real coverage[],
        const real accuracy[], const real noisy_coverage[], const real noisy[])
{
	const PlotSeries series[] = {
		{ .name = "clean", .count = count, .x = coverage, .y = accuracy },
		{ .name = "in noise, 5 dB",
		        .count = count,
		        .x = noisy_coverage,
		        .y = noisy }
	};
	lesson_curves(lesson, "coverage", "Answers above a threshold",
	        "coverage: the share that is answered", "accuracy of these answers", 2,
	        series);
}
