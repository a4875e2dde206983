#include "tutorials/05-six-emotions/pictures.h"
#include "tutorials/05-six-emotions/softmax.h"
#include "tutorials/draw/drawings.h"

#include <math.h>

static void cell(
        Drawing *d, double x, double y, DrawStyle style, int decimals, double value)
{
	DrawBox box = { x, y, 64, 30 };
	draw_cell(d, box, style, style == DRAW_PLAIN ? 0 : fmin(1, fabs(value)),
	        drawing_number(drawing_arena(d), decimals, value));
}

void picture_softmax(Lesson *lesson, const float z[3], int target)
{
	enum { ROW = 48, STEP = 132 };
	static const char *const names[] = { "neutral", "joy", "anger" };
	static const char *const heads[] = { "z", "e^z", "p", "p - y" };
	float p[3], sum = 0;
	Drawing *d = drawing_new(lesson_arena(lesson), "From logits to the gradient",
	        "Three rows, one for each class. From left to right: the logit, e to the "
	        "power of it, the probability, and the probability minus the target.");
	softmax(p, z, 3);
	for (int c = 0; c < 3; c++)
		sum += expf(z[c]);
	for (int k = 0; k < 4; k++)
		draw_text(d, 90 + k * STEP + 32, -18, DRAW_MIDDLE, DRAW_STRONG, heads[k]);
	const char *cells[4 * 5] = { "class", "z", "e^z", "p", "p - y" };
	for (int c = 0; c < 3; c++) {
		const double y = c * ROW, value = (double)z[c];
		const double shown[] = { value, exp(value), (double)p[c],
			(double)p[c] - (c == target) };
		draw_text(d, 78, y + 15, DRAW_END, c == target ? DRAW_STRONG : DRAW_PLAIN,
		        names[c]);
		cells[5 * (c + 1)] = names[c];
		for (int k = 0; k < 4; k++) {
			DrawStyle style = k < 3          ? DRAW_PLAIN
			                  : shown[k] < 0 ? DRAW_GRADIENT
			                                 : DRAW_VALUE;
			cell(d, 90 + k * STEP, y, style, k < 2 ? 2 : 3, shown[k]);
			cells[5 * (c + 1) + k + 1] = drawing_number(
			        lesson_arena(lesson), k < 2 ? 2 : 3, shown[k]);
			if (k > 0)
				draw_line(d, DRAW_PLAIN,
				        (DrawLine){ 90 + (k - 1) * STEP + 68, y + 15,
				                90 + k * STEP - 4, y + 15,
				                .head = true });
		}
	}
	draw_bracket(d, 90 + STEP, 90 + STEP + 64, 3 * ROW - 10, 12, DRAW_PLAIN,
	        arena_format(lesson_arena(lesson), "sum %.2f", (double)sum));
	draw_bracket(d, 90 + 2 * STEP, 90 + 2 * STEP + 64, 3 * ROW - 10, 12, DRAW_PLAIN,
	        "sum 1");
	draw_bracket(d, 90 + 3 * STEP, 90 + 3 * STEP + 64, 3 * ROW - 10, 12, DRAW_PLAIN,
	        "sum 0");
	draw_small(d, 90 + 1.5 * STEP + 32, -18, DRAW_MIDDLE, DRAW_PLAIN, "/ sum");
	draw_small(d, 90 + 2.5 * STEP + 32, -18, DRAW_MIDDLE, DRAW_PLAIN, "- target");
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "above 0: this logit has to fall");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "below 0: this logit has to grow");
	drawing_table(d, 4, 5, "lr", cells);
	lesson_drawing(lesson, "softmax", d);
}

void picture_answer(Lesson *lesson, const float p[CLASSES], int target)
{
	real values[CLASSES];
	for (int c = 0; c < CLASSES; c++)
		values[c] = (real)p[c];
	const DrawBars bars = { .title = "What the model says of the angry sentence",
		.description = "Six bars, one for each emotion: its probability.",
		.count = CLASSES,
		.names = emotions,
		.values = values,
		.decimals = 3,
		.marked = &target,
		.mark = "the target" };
	lesson_drawing(lesson, "answer", draw_bars(lesson_arena(lesson), &bars));
}

void picture_confusion(Lesson *lesson, const int table[])
{
	Tensor counts = tensor_new(lesson_arena(lesson), SHAPE(CLASSES, CLASSES));
	for (int i = 0; i < CLASSES * CLASSES; i++)
		counts.data[i] = (real)table[i];
	const DrawGrid grid = { .title = "The confusion matrix",
		.description = "Six rows, the true emotions, and six columns, the "
		               "answers. Each cell says how often.",
		.values = counts,
		.row_names = emotions,
		.column_names = emotions,
		.rows = "true",
		.columns = "answer",
		.diagonal = "right answers" };
	lesson_drawing(lesson, "confusion", draw_grid(lesson_arena(lesson), &grid));
}

enum { SPEAKERS = 6, SHOWN = 8, CELL = 24 };

static void draw_split(
        Drawing *d, double left, const char *name, const Set *set, const int part[])
{
	draw_text(d, left + SHOWN * CELL / 2.0, -18, DRAW_MIDDLE, DRAW_STRONG, name);
	for (int i = 0, s = 0, n = 0; i < set->count; i++, n++) {
		if (i > 0 && set->speaker[i] != set->speaker[i - 1])
			s++, n = 0;
		if (s >= SPEAKERS || n >= SHOWN)
			continue;
		draw_cell(d, (DrawBox){ left + n * CELL, s * (CELL + 4), CELL, CELL },
		        part[i] ? DRAW_GRADIENT : DRAW_VALUE, part[i] ? 0.3 : 1,
		        part[i] ? "t" : "");
	}
}

void picture_splits(Lesson *lesson, const Set *set, const int mixed[], const int apart[])
{
	Drawing *d = drawing_new(lesson_arena(lesson), "Two ways to split one corpus",
	        "Rows of cells, one row for each speaker and one cell for each utterance. "
	        "On the left training and test cells are mixed in every row, on the right "
	        "a row is all training or all test.");
	draw_split(d, 90, "speakers mixed", set, mixed);
	draw_split(d, 90 + SHOWN * CELL + 40, "speakers apart", set, apart);
	const char *rows[2] = { "", "" };
	for (int s = 0, i = 0; s < SPEAKERS && i < set->count; i++) {
		if (i > 0 && set->speaker[i] == set->speaker[i - 1])
			continue;
		draw_text(d, 80, s * (CELL + 4) + CELL / 2.0, DRAW_END, DRAW_PLAIN,
		        arena_format(lesson_arena(lesson), "woman%d", set->speaker[i]));
		for (int side = 0; side < 2; side++) {
			const char *row = "";
			for (int n = 0; n < SHOWN; n++)
				row = arena_format(lesson_arena(lesson), "%s%s", row,
				        (side ? apart : mixed)[i + n] ? " t" : " #");
			rows[side] = row;
		}
		drawing_say(d, "woman%-4d%s     %s", set->speaker[i], rows[0], rows[1]);
		s++;
	}
	drawing_say(
	        d, "(left: speakers mixed; right: speakers apart; # training, t test)");
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "training set");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "t: test set");
	lesson_drawing(lesson, "splits", d);
}
