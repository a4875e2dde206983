#include "tutorials/10-recurrence/pictures.h"
#include "tutorials/draw/drawings.h"

#include <math.h>

enum { WIDE = 62, HIGH = 44, GAP = 14 };

static const char *text_of(Lesson *lesson, int decimals, double x)
{
	return drawing_number(lesson_arena(lesson), decimals, x);
}

static DrawBox cell_box(int t, double y)
{
	return (DrawBox){ t * (WIDE + GAP), y, WIDE, HIGH };
}

/* --- a recurrent network ---------------------------------------------------------------- */

void draw_unrolled(Lesson *lesson, int count, const char *const words[], const float x[],
        const float h[])
{
	Drawing *d = drawing_new(lesson_arena(lesson), "One cell at every word",
	        "A row of boxes, one for each word. Each gets the word's number from below and "
	        "the state of the box before from the left, and hands its state on.");
	draw_text(d, -16, HIGH / 2.0, DRAW_END, DRAW_PLAIN, "h");
	draw_text(d, -16, HIGH + 46, DRAW_END, DRAW_PLAIN, "x");
	for (int t = 0; t < count; t++) {
		const DrawBox box = cell_box(t, 0);
		const double middle = draw_centre(box);
		draw_cell(d, box, h[t] < 0 ? DRAW_GRADIENT : DRAW_VALUE,
		        fabs((double)h[t]), text_of(lesson, 2, (double)h[t]));
		draw_text(d, middle, HIGH + 46, DRAW_MIDDLE, DRAW_PLAIN,
		        text_of(lesson, 0, (double)x[t]));
		draw_small(d, middle, HIGH + 70 + 18 * (t % 2), DRAW_MIDDLE, DRAW_PLAIN,
		        words[t]);
		draw_line(d, DRAW_PLAIN,
		        (DrawLine){ middle, HIGH + 34, middle, HIGH, .head = true });
		if (t > 0)
			draw_line(d, DRAW_STRONG,
			        (DrawLine){ box.x - GAP, HIGH / 2.0, box.x, HIGH / 2.0,
			                .head = true });
		drawing_say(d, "  %-14s x %2.0f   h %5.2f", words[t], (double)x[t],
		        (double)h[t]);
	}
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "a state above 0");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "a state below 0");
	draw_key(d, DRAW_STRONG, DRAW_KEY_ARROW, "times w, to the next step");
	draw_key(d, DRAW_PLAIN, DRAW_KEY_ARROW, "times u");
	lesson_drawing(lesson, "unrolled", d);
}

void draw_back(Lesson *lesson, int count, const char *const words[], const float dh[])
{
	Drawing *d = drawing_new(lesson_arena(lesson),
	        "The gradient goes back word by word",
	        "The same row of boxes with dashed arrows from right to left. The numbers in "
	        "the boxes become smaller with each arrow.");
	for (int t = 0; t < count; t++) {
		const DrawBox box = cell_box(t, 0);
		draw_cell(d, box, DRAW_GRADIENT, fabs((double)dh[t]),
		        text_of(lesson, 3, (double)dh[t]));
		draw_small(d, draw_centre(box), HIGH + 16 + 18 * (t % 2), DRAW_MIDDLE,
		        DRAW_PLAIN, words[t]);
		if (t > 0)
			draw_line(d, DRAW_GRADIENT,
			        (DrawLine){ box.x, HIGH / 2.0, box.x - GAP, HIGH / 2.0,
			                .head = true });
		drawing_say(d, "  %-14s dh %.4f", words[t], (double)dh[t]);
	}
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_ARROW, "times w and the slope of tanh");
	lesson_drawing(lesson, "back", d);
}

/* --- an LSTM ---------------------------------------------------------------------------- */

void draw_cell_at(Lesson *lesson, const char *word, const Gates *gates, float c_before,
        float c, float h)
{
	const DrawGate way[] = {
		{ .kind = DRAW_STATE, .name = "c before", .value = (double)c_before },
		{ .kind = DRAW_TIMES, .name = "forget", .value = (double)gates->forget },
		{ .kind = DRAW_PLUS,
		        .name = "input",
		        .value = (double)gates->in,
		        .from = "candidate",
		        .from_value = (double)gates->candidate },
		{ .kind = DRAW_STATE, .name = "c", .value = (double)c },
		{ .kind = DRAW_STATE, .name = "tanh c", .value = tanh((double)c) },
		{ .kind = DRAW_TIMES, .name = "output", .value = (double)gates->out },
		{ .kind = DRAW_STATE, .name = "h", .value = (double)h },
	};
	lesson_drawing(lesson, "gates",
	        draw_gates(lesson_arena(lesson),
	                &(DrawGates){ .title = arena_format(lesson_arena(lesson),
	                                      "One unit at the word \"%s\"", word),
	                        .description =
	                                "The old cell goes through the forget gate. What is "
	                                "new is added through the input gate. Then tanh and "
	                                "the output gate make h.",
	                        .count = sizeof way / sizeof *way,
	                        .gates = way,
	                        .decimals = 2 }));
}

enum { COLUMN = 64, ROW = 20, BAR = 120, NAMES = 112 };

/* A bar from the middle of its column; c of 6 fills half of it. */
static void draw_state(Drawing *d, Lesson *lesson, double x, double y, float c)
{
	const double length = fmax(fmin((double)c * 10, BAR / 2.0), -BAR / 2.0);
	if (fabs(length) > 1)
		draw_cell(d,
		        (DrawBox){ x + BAR / 2.0 + fmin(length, 0), y + 2, fabs(length),
		                ROW - 6 },
		        c < 0 ? DRAW_GRADIENT : DRAW_VALUE, 1, "");
	draw_small(d, x + BAR + 36, y + ROW / 2.0, DRAW_END, DRAW_PLAIN,
	        text_of(lesson, 1, (double)c));
}

void draw_gates_over(Lesson *lesson, const char *const names[], const Trace *ours,
        const Trace *other, int unit)
{
	Drawing *d = drawing_new(lesson_arena(lesson),
	        "The gates of one unit over a story",
	        "A row for each word: how far the forget gate and the input gate are open, and "
	        "a bar for the cell in our story and in the exchanged one. From the first word "
	        "of emotion on the bars differ.");
	const double first = NAMES + 2 * COLUMN + 16, second = first + BAR + 56;
	static const char *const gates[] = { "forget", "input" };
	for (int v = 0; v < 2; v++)
		draw_small(d, NAMES + v * COLUMN + COLUMN / 2.0 - 3, -12, DRAW_MIDDLE,
		        DRAW_STRONG, gates[v]);
	draw_small(d, first + BAR / 2.0, -12, DRAW_MIDDLE, DRAW_STRONG, "c, our story");
	draw_small(d, second + BAR / 2.0, -12, DRAW_MIDDLE, DRAW_STRONG, "c, exchanged");
	for (int t = 0; t < ours->words; t++) {
		const double y = t * ROW;
		const float open[] = { ours->gates[t][unit].forget,
			ours->gates[t][unit].in };
		const float c = ours->c[t][unit], c_other = other->c[t][unit];
		draw_text(d, NAMES - 8, y + ROW / 2.0, DRAW_END, DRAW_PLAIN, names[t]);
		for (int v = 0; v < 2; v++)
			draw_cell(d,
			        (DrawBox){ NAMES + v * COLUMN, y, COLUMN - 6, ROW - 2 },
			        DRAW_VALUE, (double)open[v],
			        text_of(lesson, 2, (double)open[v]));
		draw_state(d, lesson, first, y, c);
		draw_state(d, lesson, second, y, c_other);
		drawing_say(d,
		        "  %-14s forget %.2f  input %.2f  c %4.1f  exchanged %4.1f",
		        names[t], (double)open[0], (double)open[1], (double)c,
		        (double)c_other);
	}
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA,
	        "a gate, darker the more it is open; c above 0");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "c below 0");
	lesson_drawing(lesson, "over", d);
}

/* --- both directions -------------------------------------------------------------------- */

void draw_both(Lesson *lesson, int count, const char *const words[])
{
	Drawing *d = drawing_new(lesson_arena(lesson), "Both directions",
	        "Two rows of boxes over the words. The upper row is read from left to right, "
	        "the lower one from right to left. The last box of each is marked.");
	for (int t = 0; t < count; t++) {
		const bool last = t == count - 1, first = t == 0;
		const DrawBox forth = cell_box(t, 0), back = cell_box(t, HIGH + 24);
		draw_cell(d, forth, DRAW_VALUE, last ? 1 : 0, last ? "last" : "");
		draw_cell(d, back, DRAW_GRADIENT, first ? 1 : 0, first ? "last" : "");
		draw_small(d, draw_centre(back), draw_bottom(back) + 16 + 18 * (t % 2),
		        DRAW_MIDDLE, DRAW_PLAIN, words[t]);
		if (first)
			continue;
		draw_line(d, DRAW_VALUE,
		        (DrawLine){ forth.x - GAP, draw_middle(forth), forth.x,
		                draw_middle(forth), .head = true });
		draw_line(d, DRAW_GRADIENT,
		        (DrawLine){ back.x, draw_middle(back), back.x - GAP,
		                draw_middle(back), .head = true });
	}
	drawing_say(d, "  forth: %s -> ... -> %s, whose state answers", words[0],
	        words[count - 1]);
	drawing_say(d, "  back:  %s <- ... <- %s; the state at %s answers", words[0],
	        words[count - 1], words[0]);
	draw_key(d, DRAW_VALUE, DRAW_KEY_ARROW,
	        "the first direction, with its own weights");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_ARROW, "the second direction");
	lesson_drawing(lesson, "both", d);
}

/* --- norms ------------------------------------------------------------------------------ */

void chart_norms(Lesson *lesson, const char *name, const char *title, const char *x_axis,
        int series, const Norms norms[], int steps)
{
	Arena *arena = lesson_arena(lesson);
	PlotSeries *lines = ARENA_ARRAY(arena, PlotSeries, (size_t)series);
	real *x = ARENA_ARRAY(arena, real, (size_t)steps);
	for (int k = 0; k < steps; k++)
		x[k] = (real)k;
	for (int s = 0; s < series; s++) {
		real *y = ARENA_ARRAY(arena, real, (size_t)steps);
		for (int k = 0; k < steps; k++)
			y[k] = (real)log10(norms[s].norm[k]);
		lines[s] = (PlotSeries){ .name = norms[s].name,
			.mark = PLOT_LINE,
			.count = steps,
			.x = x,
			.y = y };
	}
	lesson_curves(lesson, name, title, x_axis, "log10 of the norm", series, lines);
}
