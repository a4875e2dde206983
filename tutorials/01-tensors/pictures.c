#include "tutorials/01-tensors/pictures.h"

enum { WIDTH = 52, HEIGHT = 32, WORDS = UTTERANCE_WORDS, NUMBERS = UTTERANCE_NUMBERS };

static DrawBox cell_at(double x, double y, int row, int column)
{
	return (DrawBox){ x + column * WIDTH, y + row * HEIGHT, WIDTH, HEIGHT };
}

static const char *text_of(const Drawing *d, float value)
{
	return drawing_number(drawing_arena(d), 2, (double)value);
}

/* A weight as it is written in the program: 0.5, 1. */
static const char *weight_text(const Drawing *d, float value)
{
	return arena_format(drawing_arena(d), "%g", (double)value);
}

static void put(Drawing *d, DrawBox box, DrawStyle style, float value)
{
	draw_cell(d, box, style, style == DRAW_STRONG ? 0.35 : 0, text_of(d, value));
}

/* Text in the middle over so many columns. */
static void above(
        Drawing *d, double x, double y, int columns, DrawStyle style, const char *text)
{
	draw_text(d, x + columns * WIDTH / 2.0, y, DRAW_MIDDLE, style, text);
}

static void put_words(Drawing *d, double y, const SpokenUtterance *spoken)
{
	for (int i = 0; i < WORDS; i++)
		draw_text(d, -10, y + (i + 0.5) * HEIGHT, DRAW_END, DRAW_PLAIN,
		        spoken->words[i]);
}

static void put_names(Drawing *d, double x, double y, int count, const char *const *names)
{
	for (int j = 0; j < count; j++)
		draw_small(
		        d, x + (j + 0.5) * WIDTH, y, DRAW_MIDDLE, DRAW_PLAIN, names[j]);
}

Drawing *draw_broadcast(
        Arena *arena, const SpokenUtterance *spoken, const float *mean, const float *out)
{
	enum { GAP = 34 };
	Drawing *d = drawing_new(arena, "Subtract (3) from (5,3): the row is repeated",
	        "Three tables side by side: the numbers of five words, minus the mean "
	        "of each column, is the difference. The mean is stored in one row; the "
	        "four rows below it are the same three numbers.");
	const double minus = NUMBERS * WIDTH + GAP, equal = 2 * minus;
	const char *cells[(WORDS + 1) * 4] = { " ", spoken->names[0], spoken->names[1],
		spoken->names[2] };
	for (int i = 0; i < WORDS; i++) {
		for (int j = 0; j < NUMBERS; j++) {
			const float value = (float)spoken->numbers.data[i * NUMBERS + j];
			put(d, cell_at(0, 0, i, j), DRAW_VALUE, value);
			put(d, cell_at(minus, 0, i, j), i ? DRAW_FAINT : DRAW_GRADIENT,
			        mean[j]);
			put(d, cell_at(equal, 0, i, j), DRAW_VALUE, out[i * NUMBERS + j]);
		}
		const float *o = out + i * NUMBERS;
		cells[4 * i + 4] = spoken->words[i];
		for (int j = 0; j < NUMBERS; j++)
			cells[4 * i + 5 + j] = arena_format(arena, "%s-%s=%5s",
			        text_of(d, (float)spoken->numbers.data[i * NUMBERS + j]),
			        text_of(d, mean[j]), text_of(d, o[j]));
	}
	put_words(d, 0, spoken);
	put_names(d, 0, -12, NUMBERS, spoken->names);
	put_names(d, minus, -12, NUMBERS, spoken->names);
	put_names(d, equal, -12, NUMBERS, spoken->names);
	above(d, 0, -36, NUMBERS, DRAW_STRONG, "x (5,3)");
	above(d, minus, -36, NUMBERS, DRAW_STRONG, "mean (3)");
	above(d, equal, -36, NUMBERS, DRAW_STRONG, "x - mean (5,3)");
	const double middle = WORDS * HEIGHT / 2.0;
	draw_text(d, minus - GAP / 2.0, middle, DRAW_MIDDLE, DRAW_STRONG, "-");
	draw_text(d, equal - GAP / 2.0, middle, DRAW_MIDDLE, DRAW_STRONG, "=");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "in memory once");
	draw_key(d, DRAW_FAINT, DRAW_KEY_AREA, "the same three numbers, read again");
	drawing_table(d, WORDS + 1, 4, "lr", cells);
	return d;
}

/* "0.11 x 0 + 1.21 x 1 + 0.75 x 2 = 2.71" */
static const char *sum_text(
        const Drawing *d, const real *x, const float *w, int step, float result)
{
	const char *text = "";
	for (int k = 0; k < NUMBERS; k++)
		text = arena_format(drawing_arena(d), "%s%s%s x %s", text, k ? " + " : "",
		        text_of(d, (float)x[k]), weight_text(d, w[k * step]));
	return arena_format(drawing_arena(d), "%s = %s", text, text_of(d, result));
}

Drawing *draw_product(Arena *arena, const SpokenUtterance *spoken, const float *w,
        const char *const *scores, const float *out, int row, int column)
{
	enum { SCORES = 2, GAP = 26 };
	Drawing *d = drawing_new(arena, "Each element is a row times a column",
	        "Below on the left the numbers of five words, above on the right two "
	        "columns of weights. Where a row and a column cross stands the sum of "
	        "their products. One row, one column and their result are marked.");
	const double right = NUMBERS * WIDTH + GAP, below = NUMBERS * HEIGHT + GAP + 44;
	for (int k = 0; k < NUMBERS; k++)
		for (int j = 0; j < SCORES; j++)
			draw_cell(d, cell_at(right, 0, k, j),
			        j == column ? DRAW_GRADIENT : DRAW_VALUE, 0,
			        weight_text(d, w[k * SCORES + j]));
	for (int i = 0; i < WORDS; i++) {
		for (int k = 0; k < NUMBERS; k++)
			put(d, cell_at(0, below, i, k),
			        i == row ? DRAW_GRADIENT : DRAW_VALUE,
			        (float)spoken->numbers.data[i * NUMBERS + k]);
		for (int j = 0; j < SCORES; j++)
			put(d, cell_at(right, below, i, j),
			        i == row && j == column ? DRAW_STRONG : DRAW_VALUE,
			        out[i * SCORES + j]);
	}
	put_words(d, below, spoken);
	put_names(d, 0, below - 12, NUMBERS, spoken->names);
	put_names(d, right, -12, SCORES, scores);
	put_names(d, right, below - 12, SCORES, scores);
	for (int k = 0; k < NUMBERS; k++)
		draw_small(d, right - 8, (k + 0.5) * HEIGHT, DRAW_END, DRAW_PLAIN,
		        spoken->names[k]);
	above(d, right, -36, SCORES, DRAW_STRONG, "w (3,2)");
	above(d, 0, below - 36, NUMBERS, DRAW_STRONG, "x (5,3)");
	above(d, right, below - 36, SCORES, DRAW_STRONG, "x w (5,2)");
	const char *sum = sum_text(d, spoken->numbers.data + row * NUMBERS, w + column,
	        SCORES, out[row * SCORES + column]);
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA,
	        arena_format(arena, "the row of \"%s\" and the column of \"%s\"",
	                spoken->words[row], scores[column]));
	draw_key(d, DRAW_STRONG, DRAW_KEY_AREA, sum);
	for (int i = 0; i < WORDS; i++)
		for (int j = 0; j < SCORES; j++)
			if (i == row || j == column)
				drawing_say(d, "%-14s %s: %s", spoken->words[i],
				        scores[j],
				        sum_text(d, spoken->numbers.data + i * NUMBERS,
				                w + j, SCORES, out[i * SCORES + j]));
	return d;
}
