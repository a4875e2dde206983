#include "tutorials/11-two-modalities/pictures.h"
#include "tutorials/11-two-modalities/fuse.h"
#include "tutorials/draw/drawings.h"

#include <math.h>

/* --- where they meet ---------------------------------------------------------------- */

/* A row of cards joined by arrows; returns the last. */
static DrawBox row(Drawing *d, double y, int count, const char *const names[], double x)
{
	DrawBox last = { 0 };
	for (int k = 0; k < count; k++) {
		DrawBox box = draw_card(d, x, y, DRAW_PLAIN, names[k]);
		if (k > 0)
			draw_join(d, last, box, DRAW_VALUE, NULL);
		x = draw_right(box) + 36;
		last = box;
	}
	return last;
}

static void meet(
        Drawing *d, DrawBox one, DrawBox other, const char *name, const char *const after)
{
	double x = fmax(draw_right(one), draw_right(other)) + 44;
	DrawBox box = draw_card(d, x, (one.y + other.y) / 2, DRAW_STRONG, name);
	draw_join(d, one, box, DRAW_VALUE, NULL);
	draw_join(d, other, box, DRAW_VALUE, NULL);
	DrawBox last = draw_card(d, draw_right(box) + 36, box.y, DRAW_PLAIN, after);
	draw_join(d, box, last, DRAW_VALUE, NULL);
}

void picture_where(Lesson *lesson)
{
	Drawing *d = drawing_new(lesson_arena(lesson), "Two places to meet",
	        "Above, late fusion: words and voice each have an encoder and an answer, and "
	        "the two answers are joined. Below, middle fusion: what the two encoders give "
	        "is joined, and a small network reads it.");
	static const char *const late_words[] = { "words\nids", "encoder\nt (8)",
		"expert\n6 p" };
	static const char *const late_voice[] = { "voice\n24 numbers", "encoder\na (16)",
		"expert\n6 p" };
	draw_text(d, 0, 0, DRAW_BEGIN, DRAW_STRONG, "late fusion");
	DrawBox one = row(d, 20, 3, late_words, 0), other = row(d, 100, 3, late_voice, 0);
	meet(d, one, other, "one formula\nno parameters", "answer\n6 p");
	draw_text(d, 0, 190, DRAW_BEGIN, DRAW_STRONG, "middle fusion");
	one = row(d, 210, 2, late_words, 0), other = row(d, 290, 2, late_voice, 0);
	meet(d, one, other, "small network\nover [t ; a] (24)", "answer\n6 p");
	drawing_say(d, "late:   words -> encoder -> expert \\");
	drawing_say(d, "                                    one formula -> 6 p");
	drawing_say(d, "        voice -> encoder -> expert /");
	drawing_say(d, "middle: words -> encoder -> t \\");
	drawing_say(d, "                               [t ; a] -> small network -> 6 p");
	drawing_say(d, "        voice -> encoder -> a /");
	lesson_drawing(lesson, "where", d);
}

/* --- counts ------------------------------------------------------------------------- */

static void part(Drawing *d, double x, double y, double width, DrawStyle style, double n)
{
	draw_cell(d, (DrawBox){ x, y, width, 34 }, style, style == DRAW_VALUE ? 0.3 : 0.6,
	        drawing_number(drawing_arena(d), 0, n));
}

static void counts_row(Drawing *d, int at, const char *name, double angry, double calm)
{
	enum { ROW = 58, LEFT = 120 };
	const double scale = 1.55, y = at * ROW;
	draw_text(d, LEFT - 12, y + 17, DRAW_END, DRAW_PLAIN, name);
	part(d, LEFT, y, angry * scale, DRAW_GRADIENT, angry);
	part(d, LEFT + angry * scale, y, calm * scale, DRAW_VALUE, calm);
	const char *share = drawing_number(drawing_arena(d), 2, angry / (angry + calm));
	draw_text(d, LEFT + (angry + calm) * scale + 12, y + 17, DRAW_BEGIN, DRAW_STRONG,
	        arena_format(drawing_arena(d), "p(angry) = %s", share));
	drawing_say(d, "%-14s %3.0f angry, %3.0f not: p(angry) = %s", name, angry, calm,
	        share);
}

void picture_counts(Lesson *lesson, const World *world)
{
	double n[2][3] = { { 0 } }; /* [y][words, voice, both] */
	Drawing *d = drawing_new(lesson_arena(lesson),
	        "Of 1000 utterances, 100 are angry",
	        "Three bars, each of an angry and a calm part: utterances with furious "
	        "words, with a loud voice, and with both. In the last one the angry part is "
	        "by far the larger.");
	for (int y = 0; y < 2; y++)
		for (int k = 0; k < 2; k++) {
			n[y][0] += 1000 * (double)world->share[y][FURIOUS][k];
			n[y][1] += 1000 * (double)world->share[y][k][LOUD];
			n[y][2] = 1000 * (double)world->share[y][FURIOUS][LOUD];
		}
	counts_row(d, 0, "furious words", n[ANGRY][0], n[CALM][0]);
	counts_row(d, 1, "loud voice", n[ANGRY][1], n[CALM][1]);
	counts_row(d, 2, "both", n[ANGRY][2], n[CALM][2]);
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "angry");
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "not angry");
	lesson_drawing(lesson, "counts", d);
}

void picture_repeated(Lesson *lesson)
{
	enum { POINTS = 21 };
	real x[POINTS], truth[POINTS], product[POINTS], mean[POINTS];
	for (int i = 0; i < POINTS; i++) {
		const World world = world_repeated((float)i / (POINTS - 1));
		float p[2], pa[2], pb[2], prior[2];
		x[i] = (real)i / (POINTS - 1);
		world_ask(pa, pb, prior, &world);
		world_both(p, &world, FURIOUS, LOUD);
		truth[i] = p[ANGRY];
		fuse_product(p, pa, pb, prior, 2);
		product[i] = p[ANGRY];
		fuse_mean(p, pa, pb, prior, 2);
		mean[i] = p[ANGRY];
	}
	const PlotSeries series[] = {
		{ .name = "counted", .count = POINTS, .x = x, .y = truth },
		{ .name = "product of experts", .count = POINTS, .x = x, .y = product },
		{ .name = "mean", .count = POINTS, .x = x, .y = mean }
	};
	lesson_curves(lesson, "repeated", "Furious words in a loud voice",
	        "part of the voices that only repeat the words", "p(angry)", 3, series);
}

/* --- irony -------------------------------------------------------------------------- */

static const char *const case_words[2] = { "\"Infuriatingly ...\"", "\"Luckily ...\"" };
static const char *const case_voice[2] = { "plain", "ironic" };

/* One sentence: the sum, what she means, and whether the sum says so. */
static void case_cell(Drawing *d, double x, double y, int a, int b, double sum)
{
	enum { WIDE = 182, HIGH = 76 };
	const bool angry = a == b, right = (sum > 0) == angry;
	const char *said = arena_format(drawing_arena(d), "%s: %s",
	        angry ? "angry" : "glad", right ? "right" : "WRONG");
	draw_cell(d, (DrawBox){ x, y, WIDE, HIGH }, angry ? DRAW_GRADIENT : DRAW_VALUE,
	        0.25, "");
	draw_text(d, x + WIDE / 2.0, y + 24, DRAW_MIDDLE, DRAW_STRONG,
	        arena_format(drawing_arena(d), "f + g = %.0f", sum));
	draw_text(d, x + WIDE / 2.0, y + 50, DRAW_MIDDLE,
	        right ? DRAW_PLAIN : DRAW_STRONG, said);
	drawing_say(d, "%-21s %-7s f + g = %2.0f  %s", case_words[a], case_voice[b], sum,
	        said);
}

void picture_cases(Lesson *lesson, const float words[2], const float voice[2])
{
	Arena *arena = lesson_arena(lesson);
	Drawing *d = drawing_new(arena, "Four sentences, and a sum",
	        "A table of two columns, the words, and two rows, the voices. Each cell has "
	        "the sum of both. In each diagonal the two sums add up to the same number, "
	        "but one diagonal is angry and the other is not.");
	enum { WIDE = 190, HIGH = 84, LEFT = 130, TOP = 50 };
	for (int a = 0; a < 2; a++)
		draw_text(d, LEFT + a * WIDE + WIDE / 2.0 - 4, TOP - 18, DRAW_MIDDLE,
		        DRAW_PLAIN,
		        arena_format(
		                arena, "%s f = %.0f", case_words[a], (double)words[a]));
	for (int b = 0; b < 2; b++) {
		draw_text(d, LEFT - 14, TOP + b * HIGH + HIGH / 2.0 - 4, DRAW_END,
		        DRAW_PLAIN,
		        arena_format(
		                arena, "%s: g = %.0f", case_voice[b], (double)voice[b]));
		for (int a = 0; a < 2; a++)
			case_cell(d, LEFT + a * WIDE, TOP + b * HIGH, a, b,
			        (double)(words[a] + voice[b]));
	}
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "angry: the sum has to be above 0");
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "glad: the sum has to be below 0");
	lesson_drawing(lesson, "cases", d);
}

void picture_field(Lesson *lesson, const char *name, const char *title,
        const Ironic *ironic, Tensor field)
{
	real x[2][MOST_POINTS], y[2][MOST_POINTS];
	PlotSeries points[2];
	for (int angry = 0; angry < 2; angry++) {
		const int count = ironic_points(ironic, angry, x[angry], y[angry]);
		for (int i = 0; i < count; i++) /* so that equal ratings do not hide */
			x[angry][i] += (real)0.07 * (real)(i % 7 - 3);
		points[angry] = (PlotSeries){ .name = angry ? "angry" : "glad",
			.mark = PLOT_POINTS,
			.count = count,
			.x = x[angry],
			.y = y[angry] };
	}
	const PlotChart chart = { .title = title,
		.x = "words: rating",
		.y = "voice: loudness, 2 dB each",
		.count = 2,
		.series = points,
		.field = field,
		.field_name = "p(angry)",
		.field_x = { -4, 4 },
		.field_y = { -4, 4 } };
	lesson_chart(lesson, name, &chart);
}

/* --- the experiment ----------------------------------------------------------------- */

void picture_kinds(Lesson *lesson, const Trials *trials)
{
	static const char *const columns[] = { "both tell", "words tell", "voice tells",
		"irony", "all" };
	Tensor values = tensor_new(lesson_arena(lesson), SHAPE(WAYS, KINDS + 1));
	for (int way = 0; way < WAYS; way++)
		for (int k = 0; k <= KINDS; k++) {
			double sum = 0;
			for (int s = 0; s < SEEDS; s++)
				sum += trials->accuracy[way][k][s];
			values.data[way * (KINDS + 1) + k] = (real)(sum / SEEDS);
		}
	const DrawGrid grid = { .title = "Accuracy, by what tells the emotion",
		.description =
		        "Five rows, the ways to answer, and four columns, the kinds of "
		        "utterances. Only middle fusion is good at irony.",
		.values = values,
		.decimals = 2,
		.row_names = way_names,
		.column_names = columns,
		.rows = "way to answer",
		.columns = "kind" };
	lesson_drawing(lesson, "kinds", draw_grid(lesson_arena(lesson), &grid));
}
