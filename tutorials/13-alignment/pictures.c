#include "tutorials/13-alignment/pictures.h"
#include "audio/mel/mel.h"
#include "audio/mel/settings.h"
#include "tutorials/draw/drawings.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const char *number(Lesson *lesson, float x)
{
	return drawing_number(lesson_arena(lesson), 2, (double)x);
}

/* --- said twice ------------------------------------------------------------------------- */

enum { CELL = 66, HIGH_CELL = 32, LEFT = 150 };

static DrawBox cell(int row, int column)
{
	return (DrawBox){ LEFT + column * CELL, row * (HIGH_CELL + 8), CELL - 4,
		HIGH_CELL };
}

static void draw_words(Drawing *d, const char *const words[FIRST])
{
	for (int j = 0; j < FIRST; j++)
		draw_text(d, draw_centre(cell(0, j)), -14, DRAW_MIDDLE, DRAW_PLAIN,
		        words[j]);
}

void draw_pair(Lesson *lesson, const Spoken pair[2], float loud[2][FIRST])
{
	static const char *const names[] = { "said in anger", "said with joy" };
	Drawing *d = drawing_new(lesson_arena(lesson), "How loud is each word?",
	        "Two rows of five words. In the first row \"angry\" is the loudest, in the "
	        "second row \"happy\".");
	draw_words(d, pair[0].written);
	drawing_say(d, "  %-14s %6s %6s %6s %6s %6s", "", pair[0].written[0],
	        pair[0].written[1], pair[0].written[2], pair[0].written[3],
	        pair[0].written[4]);
	for (int v = 0; v < 2; v++) {
		int loudest = 0;
		for (int j = 1; j < FIRST; j++)
			loudest = loud[v][j] > loud[v][loudest] ? j : loudest;
		draw_text(d, LEFT - 12, draw_middle(cell(v, 0)), DRAW_END, DRAW_PLAIN,
		        names[v]);
		for (int j = 0; j < FIRST; j++)
			draw_cell(d, cell(v, j),
			        j == loudest ? DRAW_GRADIENT : DRAW_VALUE,
			        fmax(0, 0.75 + (double)loud[v][j]),
			        number(lesson, loud[v][j]));
		drawing_say(d, "  %-14s %6.2f %6.2f %6.2f %6.2f %6.2f", names[v],
		        (double)loud[v][0], (double)loud[v][1], (double)loud[v][2],
		        (double)loud[v][3], (double)loud[v][4]);
	}
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "the loudest word");
	lesson_drawing(lesson, "pair", d);
}

/* --- frames gathered to words ----------------------------------------------------------- */

enum { BANDS = 16, STEP = 9, MOST_LINE = 72 };

/* The sound as shades, low bands at the bottom: (BANDS,T), from 0 to 1. */
static real *shades_of(Arena *arena, const Clip *sound, int T)
{
	MelSettings settings;
	mel_preset(&settings, "librosa");
	settings.stft.hop = sound->rate / RATE;
	settings.bands.count = BANDS;
	settings.log = MEL_DECIBEL;
	Tensor mel; /* (frames,BANDS) */
	logmel(&mel, arena, sound, &settings);
	double most = -200;
	for (size_t i = 0; i < tensor_count(mel); i++)
		most = fmax(most, (double)mel.data[i]);
	real *shades = ARENA_ARRAY(arena, real, (size_t)(BANDS * T));
	for (int t = 0; t < T; t++)
		for (int b = 0; b < BANDS; b++) {
			const double under = most - (double)mel.data[t * BANDS + b];
			shades[(BANDS - 1 - b) * T + t] = (real)fmax(0, 1 - under / 40);
		}
	return shades;
}

/* As text, with two frames in a character, so that it fits any terminal. Each word begins
 * under its first frame, in two lines by turns. */
static void say_gathered(Drawing *d, const Spoken *s, const real *shades)
{
	const int columns = s->T / 2;
	real *half = ARENA_ARRAY(drawing_arena(d), real, (size_t)(BANDS * columns));
	for (int i = 0; i < BANDS * columns; i++) {
		const real *two = shades + i / columns * s->T + i % columns * 2;
		half[i] = (two[0] + two[1]) / 2;
	}
	drawing_heat(d, BANDS, columns, half);
	for (int turn = 0; turn < 2; turn++) {
		char line[MOST_LINE] = "";
		memset(line, ' ', sizeof line - 1);
		for (int j = turn; j < s->count; j += 2)
			memcpy(line + s->begin[j] / 2, s->written[j],
			        strlen(s->written[j]));
		drawing_say(d, "%.*s", columns, line);
	}
}

void draw_gathered(Lesson *lesson, const Spoken *s, const Clip *sound)
{
	const double height = BANDS * STEP, low = height + 62;
	const real *shades = shades_of(lesson_arena(lesson), sound, s->T);
	Drawing *d = drawing_new(lesson_arena(lesson), "Frames gathered to words",
	        "A spectrogram; below it the words, each with a bracket over its frames; at "
	        "the bottom one column for each word, the mean of its frames.");
	draw_heat(d, (DrawBox){ 0, 0, s->T * STEP, height }, BANDS, s->T, shades);
	draw_small(d, 0, -12, DRAW_BEGIN, DRAW_PLAIN,
	        "all frames, high bands on top: the darker, the louder");
	draw_small(d, 0, low + height + 14, DRAW_BEGIN, DRAW_PLAIN,
	        "for each word the mean of its frames");
	for (int j = 0; j < s->count; j++) {
		const int n = s->end[j] - s->begin[j];
		const double x = s->begin[j] * STEP;
		real m[BANDS] = { 0 };
		for (int b = 0; b < BANDS; b++)
			for (int t = s->begin[j]; t < s->end[j]; t++)
				m[b] += shades[b * s->T + t] / (real)n;
		draw_bracket(d, x + 2, x + n * STEP - 2, height + 6, 10, DRAW_PLAIN,
		        s->written[j]);
		draw_line(d, DRAW_VALUE,
		        (DrawLine){ x + n * STEP / 2.0, height + 40, x + n * STEP / 2.0,
		                low - 4, .head = true });
		draw_heat(d, (DrawBox){ x + 6, low, n * STEP - 12, height }, BANDS, 1, m);
	}
	say_gathered(d, s, shades);
	lesson_drawing(lesson, "gathered", d);
}

/* --- the mean by hand ------------------------------------------------------------------- */

static DrawBox frame(double y, int i)
{
	return (DrawBox){ 130 + i * 64, y, 60, 32 };
}

void draw_overlap(Lesson *lesson, const float x[HAND], const int begin[2],
        const int end[2], const float m[2], const float dm[2], const float dx[HAND])
{
	static const char *const words[] = { "first word", "second word" };
	Arena *arena = lesson_arena(lesson);
	Drawing *d = drawing_new(arena, "Two words share a frame",
	        "Five frames. The first word lies over three of them, the second word over "
	        "the last three: they share the one in the middle. Its gradient is the sum "
	        "of two shares.");
	draw_text(d, 118, 16, DRAW_END, DRAW_PLAIN, "frames");
	draw_text(d, 118, 130, DRAW_END, DRAW_PLAIN, "gradients");
	for (int i = 0; i < HAND; i++) {
		draw_cell(d, frame(0, i), DRAW_VALUE, (double)x[i], number(lesson, x[i]));
		draw_cell(d, frame(114, i), DRAW_GRADIENT, (double)dx[i] / 4,
		        drawing_number(arena, 0, (double)dx[i]));
	}
	for (int j = 0; j < 2; j++) {
		const double left = frame(0, begin[j]).x + 3,
		             right = draw_right(frame(0, end[j] - 1)) - 3;
		draw_bracket(d, left, right, j ? 38 : -6, j ? 10 : -10, DRAW_VALUE,
		        arena_format(arena, "%s: mean %.2f", words[j], (double)m[j]));
		draw_bracket(d, left, right, j ? 152 : 108, j ? 10 : -10, DRAW_GRADIENT,
		        arena_format(arena, "%.0f / %d for each", (double)dm[j],
		                end[j] - begin[j]));
	}
	drawing_say(d, "  frames     %5.2f %5.2f %5.2f %5.2f %5.2f", (double)x[0],
	        (double)x[1], (double)x[2], (double)x[3], (double)x[4]);
	drawing_say(d, "  gradients  %5.0f %5.0f %5.0f %5.0f %5.0f", (double)dx[0],
	        (double)dx[1], (double)dx[2], (double)dx[3], (double)dx[4]);
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "forward");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "backward");
	lesson_drawing(lesson, "overlap", d);
}

/* --- early and middle, by hand ---------------------------------------------------------- */

enum { ROWS = 3 };

/* Rows: is it "angry", is it "happy", how loud is it. */
static void rows_of(float rows[ROWS][FIRST], const float loud[FIRST])
{
	for (int j = 0; j < FIRST; j++) {
		rows[0][j] = j == 2;
		rows[1][j] = j == 4;
		rows[2][j] = loud[j];
	}
}

static float largest(const float row[FIRST])
{
	float best = 0; /* relu */
	for (int j = 0; j < FIRST; j++)
		best = row[j] > best ? row[j] : best;
	return best;
}

/* A named row of five numbers; with `pooled`, the largest of them at the right. */
static void draw_row(Drawing *d, Lesson *lesson, double y, const char *name,
        const float row[FIRST], DrawStyle style, bool pooled)
{
	DrawBox box = cell(0, 0);
	draw_text(d, LEFT - 12, y + HIGH_CELL / 2.0, DRAW_END, DRAW_PLAIN, name);
	for (int j = 0; j < FIRST; j++) {
		box = cell(0, j);
		box.y = y;
		draw_cell(d, box, style, fmax(0, (double)row[j] / 1.6),
		        number(lesson, row[j]));
	}
	const char *more = "";
	if (pooled) {
		const double right = draw_right(box), middle = y + HIGH_CELL / 2.0;
		draw_line(d, DRAW_VALUE,
		        (DrawLine){
		                right + 4, middle, right + 34, middle, .head = true });
		draw_cell(d, (DrawBox){ right + 38, y, CELL - 4, HIGH_CELL }, DRAW_STRONG,
		        (double)largest(row) / 1.6, number(lesson, largest(row)));
		more = arena_format(
		        lesson_arena(lesson), "  -> %.2f", (double)largest(row));
	}
	drawing_say(d, "  %-14s%6.2f%6.2f%6.2f%6.2f%6.2f%s", name, (double)row[0],
	        (double)row[1], (double)row[2], (double)row[3], (double)row[4], more);
}

static const char *const row_names[ROWS] = { "is it \"angry\"?", "is it \"happy\"?",
	"how loud?" };

void draw_side_by_side(
        Lesson *lesson, const char *const words[FIRST], const float loud[FIRST])
{
	static const char *const units[] = { "angry + loud", "happy + loud" };
	float rows[ROWS][FIRST], both[2][FIRST];
	rows_of(rows, loud);
	Drawing *d = drawing_new(lesson_arena(lesson), "Early fusion",
	        "Five words. Under each stand two numbers of the word and one of its sound. "
	        "Below, each unit adds a number of the word and the number of its sound, and "
	        "keeps the largest sum.");
	draw_words(d, words);
	for (int r = 0; r < ROWS; r++)
		draw_row(d, lesson, r * 38, row_names[r], rows[r],
		        r == 2 ? DRAW_GRADIENT : DRAW_VALUE, false);
	const double y = 3 * 38 + 46;
	for (int j = 0; j < FIRST; j++)
		draw_line(d, DRAW_PLAIN,
		        (DrawLine){ draw_centre(cell(0, j)), 3 * 38 + 2,
		                draw_centre(cell(0, j)), y - 6, .head = true });
	for (int u = 0; u < 2; u++) {
		for (int j = 0; j < FIRST; j++)
			both[u][j] = rows[u][j] + rows[2][j];
		draw_row(d, lesson, y + u * 38, units[u], both[u], DRAW_VALUE, true);
	}
	draw_text(d, draw_right(cell(0, FIRST - 1)) + 38 + (CELL - 4) / 2.0, y - 14,
	        DRAW_MIDDLE, DRAW_PLAIN, "largest");
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "of the word");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "of the sound under it");
	lesson_drawing(lesson, "early", d);
}

void draw_apart(Lesson *lesson, const char *const words[FIRST], const float loud[FIRST])
{
	float rows[ROWS][FIRST];
	rows_of(rows, loud);
	Drawing *d = drawing_new(lesson_arena(lesson), "Middle fusion",
	        "The same five words and numbers. The largest of each row is kept first: 1, 1 "
	        "and the loudness of the loudest word. Only these three are joined.");
	draw_words(d, words);
	for (int r = 0; r < ROWS; r++) {
		const double y = r * 38 + (r == 2 ? 24 : 0);
		draw_row(d, lesson, y, row_names[r], rows[r],
		        r == 2 ? DRAW_GRADIENT : DRAW_VALUE, true);
	}
	draw_text(d, draw_right(cell(0, FIRST - 1)) + 38 + (CELL - 4) / 2.0, -14,
	        DRAW_MIDDLE, DRAW_PLAIN, "largest");
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "of the word");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "of the sound under it");
	lesson_drawing(lesson, "middle", d);
}

/* --- scores ----------------------------------------------------------------------------- */

void draw_shares(Lesson *lesson, const char *name, const char *title, float a[2][3])
{
	static const char *const words[] = { "angry", "happy" };
	static const char *const frames[] = { "under angry", "under and", "under happy" };
	Tensor values = tensor_zeros(lesson_arena(lesson), SHAPE(2, 3));
	for (int i = 0; i < 6; i++)
		values.data[i] = (real)a[i / 3][i % 3];
	lesson_drawing(lesson, name,
	        draw_grid(lesson_arena(lesson),
	                &(DrawGrid){ .title = title,
	                        .description =
	                                "A row for each of two words, a column for each of "
	                                "three frames, and how much of the frame the word "
	                                "takes.",
	                        .values = values,
	                        .decimals = 2,
	                        .row_names = words,
	                        .column_names = frames,
	                        .rows = "word",
	                        .columns = "frame" }));
}

/* --- wrong times ------------------------------------------------------------------------ */

void draw_late(
        Lesson *lesson, int count, const float late[], int seeds, const double accuracy[])
{
	Arena *arena = lesson_arena(lesson);
	real *x = ARENA_ARRAY(arena, real, (size_t)count);
	real *mean = ARENA_ARRAY(arena, real, (size_t)count);
	real *low = ARENA_ARRAY(arena, real, (size_t)count);
	real *high = ARENA_ARRAY(arena, real, (size_t)count);
	for (int i = 0; i < count; i++) {
		x[i] = (real)late[i];
		low[i] = high[i] = (real)accuracy[i * seeds];
		double sum = 0;
		for (int s = 0; s < seeds; s++) {
			const real one = (real)accuracy[i * seeds + s];
			sum += (double)one;
			low[i] = one < low[i] ? one : low[i];
			high[i] = one > high[i] ? one : high[i];
		}
		mean[i] = (real)(sum / seeds);
	}
	const PlotSeries series[] = { { .name = "early fusion: mean, least and largest",
		.count = count,
		.x = x,
		.y = mean,
		.low = low,
		.high = high } };
	lesson_curves(lesson, "late", "Word times that are wrong",
	        "milliseconds too late (below 0: too early)", "accuracy", 1, series);
}
