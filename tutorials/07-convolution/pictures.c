#include "tutorials/07-convolution/pictures.h"
#include "tutorials/draw/drawings.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(Lesson *lesson, float x)
{
	return drawing_number(lesson_arena(lesson), 2, (double)x);
}

void draw_curve(
        Lesson *lesson, const char *const words[], const float x[], const float answers[])
{
	enum { STEPS = 5, WINDOW = 2, PLACES = STEPS - WINDOW + 1 };
	const char *items[STEPS], *out[PLACES];
	(void)words;
	for (int t = 0; t < STEPS; t++)
		items[t] = text_of(lesson, x[t]);
	for (int t = 0; t < PLACES; t++)
		out[t] = text_of(lesson, answers[t]);
	lesson_drawing(lesson, "curve",
	        draw_sequence(lesson_arena(lesson),
	                &(DrawSequence){
	                        .title = "The kernel (-1, 1) slides over five numbers",
	                        .description =
	                                "Five numbers in a row. A window lies over the second "
	                                "and the third; above it stands its answer. There are "
	                                "four places.",
	                        .count = STEPS,
	                        .items = items,
	                        .window = WINDOW,
	                        .at = 1,
	                        .outputs = out,
	                        .input_name = "loud",
	                        .output_name = "answer" }));
}

/* --- a filter over words ------------------------------------------------------------------ */

enum { CELL = 52, LOW = 30 };

static void draw_numbers(Drawing *d, Lesson *lesson, double x, double y,
        const float numbers[HAND], DrawStyle style)
{
	for (int f = 0; f < HAND; f++) {
		const float size = numbers[f] < 0 ? -numbers[f] : numbers[f];
		draw_cell(d, (DrawBox){ x + f * CELL, y, CELL, LOW },
		        numbers[f] < 0 ? DRAW_GRADIENT : style, (double)size / 3,
		        text_of(lesson, numbers[f]));
	}
}

void draw_filter(Lesson *lesson, const char *const words[2], float x[2][HAND],
        float filter[2][HAND])
{
	Drawing *d = drawing_new(lesson_arena(lesson), "One filter, one window",
	        "Two words with two numbers each, beside them the filter's two taps with two "
	        "weights each. The products are added up.");
	float sum = 0;
	draw_small(d, 90 + CELL, -14, DRAW_MIDDLE, DRAW_PLAIN, "denies   anger");
	draw_small(d, 300 + CELL, -14, DRAW_MIDDLE, DRAW_PLAIN, "the filter");
	draw_small(d, 450 + CELL, -14, DRAW_BEGIN, DRAW_PLAIN, "products");
	for (int j = 0; j < 2; j++) {
		const double y = j * (LOW + 10);
		float products = 0;
		for (int f = 0; f < HAND; f++)
			products += x[j][f] * filter[j][f];
		sum += products;
		draw_text(d, 80, y + LOW / 2.0, DRAW_END, DRAW_PLAIN, words[j]);
		draw_numbers(d, lesson, 90, y, x[j], DRAW_VALUE);
		draw_text(d, 248, y + LOW / 2.0, DRAW_END, DRAW_PLAIN,
		        arena_format(lesson_arena(lesson), "tap %d", j));
		draw_numbers(d, lesson, 300, y, filter[j], DRAW_VALUE);
		draw_text(d, 500, y + LOW / 2.0, DRAW_BEGIN, DRAW_PLAIN,
		        text_of(lesson, products));
		drawing_say(d,
		        "  %-8s (%.0f, %.0f)  tap %d (%2.0f, %2.0f)  products %5.2f",
		        words[j], (double)x[j][0], (double)x[j][1], j,
		        (double)filter[j][0], (double)filter[j][1], (double)products);
	}
	draw_text(d, 500, 2 * LOW + 34, DRAW_BEGIN, DRAW_STRONG,
	        arena_format(lesson_arena(lesson), "%s in all", text_of(lesson, sum)));
	drawing_say(d, "  in all %36.2f", (double)sum);
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "above 0");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "below 0");
	lesson_drawing(lesson, "filter", d);
}

void draw_answers(Lesson *lesson, const char *name, const char *title, int count,
        const char *const words[], const float answers[])
{
	const char *out[MOST_TOKENS];
	int best = 0;
	for (int t = 0; t < count - 1; t++) {
		out[t] = arena_format(lesson_arena(lesson), "%.0f", (double)answers[t]);
		best = answers[t] > answers[best] ? t : best;
	}
	lesson_drawing(lesson, name,
	        draw_sequence(lesson_arena(lesson),
	                &(DrawSequence){ .title = title,
	                        .description =
	                                "Words in a row, a window over two of them, "
	                                "and the filter's answer at each place.",
	                        .count = count,
	                        .items = words,
	                        .window = 2,
	                        .at = 4, /* "but furious", "not furious" */
	                        .outputs = out,
	                        .input_name = "words",
	                        .output_name = "answer",
	                        .pooled = arena_format(lesson_arena(lesson),
	                                "largest: %.0f", (double)answers[best]) }));
}

void draw_winner(Lesson *lesson, int count, const float answers[])
{
	Drawing *d = drawing_new(lesson_arena(lesson), "Only the winner learns",
	        "A row of answers, of which the largest goes up to the result. The gradient "
	        "comes back to that one alone; all others get 0.");
	int best = 0;
	for (int t = 1; t < count; t++)
		best = answers[t] > answers[best] ? t : best;
	DrawBox top = draw_card(d, best * 70.0 - 20, -120, DRAW_STRONG, "largest\n1.00");
	for (int t = 0; t < count; t++) {
		const bool won = t == best;
		const DrawBox box = { t * 70.0, 0, 56, 34 };
		draw_cell(d, box, won ? DRAW_VALUE : DRAW_FAINT, won ? 0.4 : 0,
		        text_of(lesson, answers[t]));
		draw_small(d, draw_centre(box), 50, DRAW_MIDDLE,
		        won ? DRAW_GRADIENT : DRAW_FAINT, won ? "d" : "0");
		drawing_say(d, "  answer %5.2f   gradient %s", (double)answers[t],
		        won ? "d   <- the largest" : "0");
		if (!won)
			continue;
		const double x = draw_centre(box);
		draw_line(d, DRAW_VALUE,
		        (DrawLine){ x - 12, 0, x - 12, draw_bottom(top), .head = true });
		draw_line(d, DRAW_GRADIENT,
		        (DrawLine){ x + 12, draw_bottom(top), x + 12, 0, .head = true });
		draw_small(d, x + 22, (draw_bottom(top)) / 2, DRAW_BEGIN, DRAW_GRADIENT,
		        "d");
	}
	draw_small(d, -12, 17, DRAW_END, DRAW_PLAIN, "answers");
	draw_small(d, -12, 50, DRAW_END, DRAW_PLAIN, "gradients");
	draw_key(d, DRAW_VALUE, DRAW_KEY_ARROW, "forward");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_ARROW, "backward");
	lesson_drawing(lesson, "winner", d);
}

void draw_field(Lesson *lesson)
{
	enum { STEPS = 7, HIGH = 30, APART = 78, BETWEEN = 78 };
	Drawing *d = drawing_new(lesson_arena(lesson), "Two layers with windows of 3",
	        "Three rows of boxes. The middle box on top depends on three boxes below it, "
	        "and these on five boxes of the input.");
	static const char *const names[] = { "input", "layer 1", "layer 2" };
	DrawBox boxes[3][STEPS];
	for (int layer = 0; layer < 3; layer++) {
		const int steps = STEPS - 2 * layer;
		for (int t = 0; t < steps; t++) {
			const bool seen = t >= 1 && t < steps - 1;
			boxes[layer][t] = (DrawBox){ (t + layer) * (double)APART,
				-layer * (double)BETWEEN, 56, HIGH };
			draw_cell(d, boxes[layer][t], seen ? DRAW_VALUE : DRAW_FAINT,
			        seen ? 0.3 : 0,
			        arena_format(
			                lesson_arena(lesson), "%c(%d)", "xyz"[layer], t));
			for (int j = 0; layer && seen && j < 3; j++) {
				const DrawBox from = boxes[layer - 1][t + j];
				draw_line(d, DRAW_VALUE,
				        (DrawLine){ draw_centre(from), from.y,
				                draw_centre(boxes[layer][t]),
				                draw_bottom(boxes[layer][t]),
				                .head = true });
			}
		}
		draw_small(d, -14, boxes[layer][0].y + HIGH / 2.0, DRAW_END, DRAW_PLAIN,
		        names[layer]);
	}
	drawing_say(d, "  z(1) of layer 2 sees y(1) y(2) y(3) of layer 1,");
	drawing_say(d, "  and these see x(1) x(2) x(3) x(4) x(5)");
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "what z(1) depends on");
	lesson_drawing(lesson, "field", d);
}

/* --- charts ------------------------------------------------------------------------------- */

void draw_edges(Lesson *lesson, int frames, const float loud[], int answers,
        const float edges[], int first)
{
	enum { MOST = 400 };
	static real time[2][MOST], y[2][MOST];
	for (int t = 0; t < frames; t++) {
		time[0][t] = (real)t / 100;
		y[0][t] = loud[t];
	}
	for (int t = 0; t < answers; t++) {
		time[1][t] = (real)(t + first) / 100;
		y[1][t] = edges[t];
	}
	const PlotSeries series[] = { { .name = "loudness, dB above -60",
		                              .count = frames,
		                              .x = time[0],
		                              .y = y[0] },
		{ .name = "the filter's answer",
		        .count = answers,
		        .x = time[1],
		        .y = y[1] } };
	lesson_curves(lesson, "edges", "Where does it get louder?", "seconds", "decibels",
	        2, series);
}

/* --- what a filter likes ------------------------------------------------------------------ */

static int by_answer(const void *a, const void *b)
{
	const Window *p = a, *q = b;
	return (p->answer < q->answer) - (p->answer > q->answer);
}

int windows_of(Lesson *lesson, const Network *net, int filter, const Words *words,
        Sentences set, Window windows[], int most)
{
	int count = 0;
	for (int i = 0; i < set.count; i++)
		for (int t = 0; t + net->window <= set.items[i].count; t++) {
			const char *text = words->word[set.items[i].id[t]];
			for (int j = 1; j < net->window; j++)
				text = arena_format(lesson_arena(lesson), "%s %s", text,
				        words->word[set.items[i].id[t + j]]);
			int same = 0;
			while (same < count && strcmp(windows[same].text, text) != 0)
				same++;
			if (same < count || count == most)
				continue;
			windows[count++] = (Window){ text,
				network_answer(net, filter, &set.items[i], t) };
		}
	qsort(windows, (size_t)count, sizeof *windows, by_answer);
	return count;
}

int favourites(const Window all[], int count, Window some[])
{
	int found = 0;
	const char *last[BEST];
	for (int i = 0; i < count && found < BEST; i++) {
		const char *word = strrchr(all[i].text, ' ') + 1;
		bool new = true;
		for (int k = 0; k < found; k++)
			new = new &&strcmp(last[k], word) != 0;
		if (new) {
			last[found] = word;
			some[found++] = all[i];
		}
	}
	const int best = found;
	for (int k = 0; k < best; k++)
		for (int i = 0; i < count; i++)
			if (!strncmp(all[i].text, "not ", 4) &&
			        !strcmp(all[i].text + 4, last[k]))
				some[found++] = all[i];
	return found;
}

void draw_favourites(
        Lesson *lesson, const Window windows[], int count, const char *emotion)
{
	enum { MOST = 16 };
	const char *names[MOST];
	real values[MOST];
	for (int i = 0; i < count; i++) {
		names[i] = windows[i].text;
		values[i] = windows[i].answer;
	}
	lesson_drawing(lesson, "favourites",
	        draw_bars(lesson_arena(lesson),
	                &(DrawBars){ .title = arena_format(lesson_arena(lesson),
	                                     "What the filter for %s answers", emotion),
	                        .description =
	                                "Bars to the right for the windows it likes best, and "
	                                "bars to the left for the same words after not.",
	                        .count = count,
	                        .decimals = 1,
	                        .names = names,
	                        .values = values }));
}
