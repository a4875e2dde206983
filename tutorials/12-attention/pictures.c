#include "tutorials/12-attention/pictures.h"
#include "tutorials/draw/drawings.h"

static const char *text_of(const Drawing *d, int decimals, float x)
{
	return drawing_number(drawing_arena(d), decimals, (double)x);
}

static void weight_cell(Drawing *d, double x, double y, float a)
{
	draw_cell(d, (DrawBox){ x, y, 56, 32 }, DRAW_VALUE, (double)a, text_of(d, 2, a));
}

/* --- one weighted mean -------------------------------------------------------------------- */

enum { ROW = 48, CELL = 50, HIGH = 32 };

static void mean_heads(Drawing *d)
{
	draw_small(d, 128, -22, DRAW_MIDDLE, DRAW_PLAIN, "score");
	draw_small(d, 246, -22, DRAW_MIDDLE, DRAW_PLAIN, "weight");
	draw_small(d, 310 + CELL, -38, DRAW_MIDDLE, DRAW_PLAIN, "value");
	draw_small(d, 310 + CELL / 2, -20, DRAW_MIDDLE, DRAW_PLAIN, "anger");
	draw_small(d, 310 + 3 * CELL / 2, -20, DRAW_MIDDLE, DRAW_PLAIN, "person");
}

void draw_mean(Lesson *lesson, const char *const words[SAID], const float s[SAID],
        const float a[SAID], const float values[SAID][HAND], const float y[HAND])
{
	Drawing *d = drawing_new(lesson_arena(lesson), "A weighted mean of three words",
	        "Three words in rows, each with a score, a weight and two numbers as value. "
	        "Thick arrows lead from large weights to the mean on the right.");
	mean_heads(d);
	const DrawBox to = draw_card(d, 500, ROW + HIGH / 2.0 - 38, DRAW_STRONG,
	        arena_format(lesson_arena(lesson),
	                "weighted mean\nanger %.2f\nperson %.2f", (double)y[0],
	                (double)y[1]));
	for (int t = 0; t < SAID; t++) {
		const double top = t * ROW, middle = top + HIGH / 2.0;
		draw_text(d, 92, middle, DRAW_END, DRAW_PLAIN, words[t]);
		draw_text(d, 128, middle, DRAW_MIDDLE, DRAW_PLAIN, text_of(d, 0, s[t]));
		draw_line(d, DRAW_PLAIN,
		        (DrawLine){ 146, middle, 212, middle, .head = true });
		weight_cell(d, 218, top, a[t]);
		for (int j = 0; j < HAND; j++)
			draw_cell(d, (DrawBox){ 310 + j * CELL, top, CELL, HIGH },
			        DRAW_PLAIN, 0, text_of(d, 0, values[t][j]));
		draw_line(d, DRAW_VALUE,
		        (DrawLine){ 310 + 2 * CELL + 6, middle, to.x - 4,
		                draw_middle(to) + (t - 1) * 16.0,
		                .thickness = 1 + 8 * (double)a[t] });
		drawing_say(d, "  %-13s score %.0f  weight %.3f  value (%.0f, %.0f)",
		        words[t], (double)s[t], (double)a[t], (double)values[t][0],
		        (double)values[t][1]);
	}
	draw_small(d, 179, -22, DRAW_MIDDLE, DRAW_PLAIN, "softmax");
	drawing_say(d, "  weighted mean (%.2f, %.2f)", (double)y[0], (double)y[1]);
	draw_key(d, DRAW_VALUE, DRAW_KEY_LINE, "as thick as the weight");
	lesson_drawing(lesson, "mean", d);
}

/* --- two queries -------------------------------------------------------------------------- */

static const char *pair_text(Lesson *lesson, const float x[HAND], int decimals)
{
	return arena_format(lesson_arena(lesson), "(%.*f, %.*f)", decimals, (double)x[0],
	        decimals, (double)x[1]);
}

void draw_queries(Lesson *lesson, const char *const words[SAID],
        const float keys[SAID][HAND], const Asked asked[2])
{
	enum { COLUMN = 100, LEFT = 130 };
	Drawing *d = drawing_new(lesson_arena(lesson), "Two queries to the same words",
	        "Three words with their keys as columns, two queries as rows. The cells hold "
	        "the weights, and each row ends with what the query gets.");
	draw_small(d, LEFT - 14, -16, DRAW_END, DRAW_PLAIN, "key");
	for (int t = 0; t < SAID; t++) {
		const double x = LEFT + (t + 0.5) * COLUMN;
		draw_text(d, x, -36, DRAW_MIDDLE, DRAW_PLAIN, words[t]);
		draw_small(d, x, -16, DRAW_MIDDLE, DRAW_PLAIN,
		        pair_text(lesson, keys[t], 0));
	}
	draw_small(d, LEFT + SAID * COLUMN + 74, -16, DRAW_MIDDLE, DRAW_PLAIN,
	        "weighted mean");
	for (int i = 0; i < 2; i++) {
		const double y = i * 56.0;
		draw_text(d, LEFT - 14, y + 12, DRAW_END, DRAW_STRONG, asked[i].name);
		draw_small(d, LEFT - 14, y + 31, DRAW_END, DRAW_PLAIN,
		        arena_format(lesson_arena(lesson), "query %s",
		                pair_text(lesson, asked[i].query, 0)));
		for (int t = 0; t < SAID; t++)
			draw_cell(d,
			        (DrawBox){ LEFT + t * COLUMN + 4, y, COLUMN - 8, 40 },
			        DRAW_VALUE, (double)asked[i].a[t],
			        text_of(d, 2, asked[i].a[t]));
		draw_text(d, LEFT + SAID * COLUMN + 74, y + 20, DRAW_MIDDLE, DRAW_STRONG,
		        pair_text(lesson, asked[i].y, 2));
		drawing_say(d, "  %-14s  %.2f %.2f %.2f  gives (%.2f, %.2f)",
		        asked[i].name, (double)asked[i].a[0], (double)asked[i].a[1],
		        (double)asked[i].a[2], (double)asked[i].y[0],
		        (double)asked[i].y[1]);
	}
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "a weight: the fuller, the larger");
	lesson_drawing(lesson, "queries", d);
}

/* --- padding ------------------------------------------------------------------------------ */

void draw_padding(Lesson *lesson, int count, const char *const words[],
        const float without[], const float with[])
{
	enum { COLUMN = 74, LEFT = 120 };
	Drawing *d = drawing_new(lesson_arena(lesson),
	        "Padding takes weight without a mask",
	        "Two rows of weights over three words and three steps of padding. Without a "
	        "mask the padding has weights above 0; with it they are 0.");
	const float *const rows[] = { without, with };
	static const char *const names[] = { "no mask", "with a mask" };
	for (int t = 0; t < count; t++)
		draw_small(d, LEFT + (t + 0.5) * COLUMN, -14, DRAW_MIDDLE,
		        t < SAID ? DRAW_PLAIN : DRAW_FAINT, t < SAID ? words[t] : "0");
	for (int i = 0; i < 2; i++) {
		float padding = 0;
		draw_text(d, LEFT - 14, i * 44.0 + 16, DRAW_END, DRAW_PLAIN, names[i]);
		for (int t = 0; t < count; t++) {
			draw_cell(d,
			        (DrawBox){ LEFT + t * COLUMN + 3, i * 44.0, COLUMN - 6,
			                HIGH },
			        t < SAID ? DRAW_VALUE : DRAW_GRADIENT, (double)rows[i][t],
			        text_of(d, 2, rows[i][t]));
			padding += t < SAID ? 0 : rows[i][t];
		}
		drawing_say(d, "  %-11s %.2f %.2f %.2f   the padding has %.2f", names[i],
		        (double)rows[i][0], (double)rows[i][1], (double)rows[i][2],
		        (double)padding);
	}
	draw_bracket(d, LEFT + SAID * COLUMN + 4, LEFT + count * COLUMN - 4, 86, 8,
	        DRAW_PLAIN, "padding");
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "the weight of a word");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "the weight of a step of padding");
	lesson_drawing(lesson, "padding", d);
}

/* --- maps --------------------------------------------------------------------------------- */

enum { MAP_ROW = 26, MAP_CELL = 36, MAP_LEFT = 110 };

static void map_column(Drawing *d, double x, const Network *net, const Story *story,
        const char **cells, int columns, int column)
{
	Pass pass;
	network_forward(net, story, &pass);
	for (int t = 0; t < story->count; t++) {
		const bool some = pass.a[t] >= 0.005f;
		const char *text = some ? text_of(d, 0, 100 * pass.a[t]) : "";
		cells[t * columns + column] = some ? text : ".";
		draw_cell(d,
		        (DrawBox){ x, t * (double)MAP_ROW, MAP_CELL - 2, MAP_ROW - 2 },
		        some ? DRAW_VALUE : DRAW_FAINT, (double)pass.a[t], text);
	}
}

void draw_maps(Lesson *lesson, const Words *words, const Story *story, int seeds,
        const Network alone[], const Network beside[])
{
	Drawing *d = drawing_new(lesson_arena(lesson),
	        "Where ten networks look: weights in percent",
	        "The words of a story as rows, networks as columns. The five whose steps are "
	        "single words look at the same word. The five whose steps see neighbours "
	        "look at different ones.");
	const int columns = 1 + 2 * seeds;
	const char **cells = ARENA_ARRAY(
	        lesson_arena(lesson), const char *, (size_t)(columns * story->count));
	const double gap = 22, right = MAP_LEFT + seeds * MAP_CELL + gap;
	for (int t = 0; t < story->count; t++) {
		const char *word = words->word[story->id[t]];
		cells[t * columns] = arena_format(lesson_arena(lesson), "  %s", word);
		draw_text(d, MAP_LEFT - 10, (t + 0.5) * MAP_ROW, DRAW_END,
		        t == story->told ? DRAW_STRONG : DRAW_PLAIN, word);
	}
	for (int s = 0; s < seeds; s++) {
		const char *seed = arena_format(lesson_arena(lesson), "%d", s + 1);
		map_column(d, MAP_LEFT + s * MAP_CELL, &alone[s], story, cells, columns,
		        1 + s);
		map_column(d, right + s * MAP_CELL, &beside[s], story, cells, columns,
		        1 + seeds + s);
		draw_small(d, MAP_LEFT + (s + 0.5) * MAP_CELL, -14, DRAW_MIDDLE,
		        DRAW_PLAIN, seed);
		draw_small(d, right + (s + 0.5) * MAP_CELL, -14, DRAW_MIDDLE, DRAW_PLAIN,
		        seed);
	}
	draw_text(d, MAP_LEFT + seeds * MAP_CELL / 2.0, -36, DRAW_MIDDLE, DRAW_PLAIN,
	        "words alone");
	draw_text(d, right + seeds * MAP_CELL / 2.0, -36, DRAW_MIDDLE, DRAW_PLAIN,
	        "with neighbours");
	draw_small(d, MAP_LEFT - 10, -14, DRAW_END, DRAW_PLAIN, "seed");
	drawing_table(d, story->count, columns, "lr", cells);
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "a weight, in percent");
	draw_key(d, DRAW_FAINT, DRAW_KEY_AREA, "less than half a percent");
	lesson_drawing(lesson, "maps", d);
}

/* --- charts ------------------------------------------------------------------------------- */

void draw_scale(Lesson *lesson, int count, const float dimensions[], const float plain[],
        const float scaled[])
{
	const PlotSeries series[] = { { .name = "scores as they are",
		                              .count = count,
		                              .x = dimensions,
		                              .y = plain },
		{ .name = "divided by the root of d",
		        .count = count,
		        .x = dimensions,
		        .y = scaled } };
	lesson_curves(lesson, "scale", "The largest of ten weights",
	        "numbers in a key, d: 2 to the power of", "largest weight, mean", 2,
	        series);
}

void draw_lengths(Lesson *lesson, int count, const float sentences[],
        float accuracy[][LENGTHS], const char *const names[POOLINGS])
{
	PlotSeries series[POOLINGS];
	for (int p = 0; p < POOLINGS; p++)
		series[p] = (PlotSeries){
			.name = names[p], .count = count, .x = sentences, .y = accuracy[p]
		};
	lesson_curves(lesson, "lengths", "One word decides: longer and longer stories",
	        "sentences in a story", "accuracy, test set", POOLINGS, series);
}
