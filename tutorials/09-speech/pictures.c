#include "tutorials/09-speech/pictures.h"
#include "tutorials/draw/drawings.h"

#include <math.h>

enum {
	CELL = 9,
	LARGE = 16,
	BAND = 8,
	HIGH = BANDS * BAND
}; /* of a spectrogram, in pixels */

static const char *number(Lesson *lesson, int decimals, float x)
{
	return drawing_number(lesson_arena(lesson), decimals, (double)x);
}

static const float DARKEST = 0.75f; /* a window can still be seen on it */

/* --- spectrograms ------------------------------------------------------------------------ */

/* High bands on top; light at `least`, dark at `most`. */
static const real *shades_of(Lesson *lesson, const Heard *heard, float least, float most)
{
	real *shades =
	        ARENA_ARRAY(lesson_arena(lesson), real, (size_t)(heard->T * BANDS));
	for (int f = 0; f < BANDS; f++)
		for (int t = 0; t < heard->T; t++) {
			const float part = (heard->x[t][f] - least) / (most - least);
			shades[(BANDS - 1 - f) * heard->T + t] = DARKEST * fminf(part, 1);
		}
	return shades;
}

static void spectrogram(Drawing *d, double y, const Heard *heard, const real *shades)
{
	draw_heat(d, (DrawBox){ 0, y, heard->T * CELL, HIGH }, BANDS, heard->T, shades);
	draw_small(d, -8, y + 8, DRAW_END, DRAW_PLAIN, "high");
	draw_small(d, -8, y + HIGH - 8, DRAW_END, DRAW_PLAIN, "low");
}

static void words_below(Lesson *lesson, Drawing *d, double y, const Sentence *sentence)
{
	const char *line = "";
	int column = 0;
	for (int w = 0; w < sentence->words; w++) {
		const WordTime time = sentence->time[w];
		const double middle = (time.start + time.end) / 2 * FRAMES_A_SECOND;
		draw_small(
		        d, middle * CELL, y, DRAW_MIDDLE, DRAW_PLAIN, sentence->word[w]);
		const int gap = (int)(time.start * FRAMES_A_SECOND) - column;
		line = arena_format(lesson_arena(lesson), "%s%*s%s", line,
		        gap > 1 ? gap : 1, "", sentence->word[w]);
		column = 0;
		while (line[column])
			column++;
	}
	drawing_say(d, "%s", line);
}

/* Around the TAPS frames from `begin` on, and the bands from `lowest` up. */
static void draw_window(Drawing *d, int begin, int lowest)
{
	const double left = begin * (double)CELL, right = left + TAPS * CELL,
	             bottom = (BANDS - lowest) * (double)BAND;
	const double x[] = { left, right, right, left, left },
	             y[] = { 0, 0, bottom, bottom, 0 };
	for (int side = 0; side < 4; side++)
		draw_line(d, DRAW_GRADIENT,
		        (DrawLine){ .x0 = x[side],
		                .y0 = y[side],
		                .x1 = x[side + 1],
		                .y1 = y[side + 1],
		                .thickness = 3 });
}

static void curve_above(
        Drawing *d, double bottom, double height, const float answers[], int count)
{
	float least = answers[0], most = answers[0];
	for (int t = 1; t < count; t++) {
		least = fminf(least, answers[t]);
		most = fmaxf(most, answers[t]);
	}
	const double scale = height / (double)(most - least);
	for (int t = 0; t + 1 < count; t++) {
		const double x = (t + TAPS / 2.0) * CELL;
		draw_line(d, DRAW_VALUE,
		        (DrawLine){ .x0 = x,
		                .y0 = bottom - scale * (double)(answers[t] - least),
		                .x1 = x + CELL,
		                .y1 = bottom -
		                      scale * (double)(answers[t + 1] - least) });
	}
}

void draw_filter(Lesson *lesson, const Sentence *sentence, const float answers[],
        int winner, int lowest_band)
{
	const Heard *heard = &sentence->heard;
	const real *shades = shades_of(lesson, heard, -70, -5);
	Drawing *d = drawing_new(lesson_arena(lesson),
	        "A filter slides over a spectrogram",
	        "A spectrogram with its words below. A window of five frames marks the upper "
	        "half of the bands. Above it a curve: the filter's answer at each place.");
	spectrogram(d, 0, heard, shades);
	drawing_heat(d, BANDS, heard->T, shades);
	words_below(lesson, d, HIGH + 14, sentence);
	curve_above(d, -16, 44, answers, heard->T - TAPS + 1);
	draw_small(d, -8, -38, DRAW_END, DRAW_VALUE, "answer");
	draw_window(d, winner, lowest_band);
	draw_text(d, (winner + TAPS / 2.0) * CELL, -74, DRAW_MIDDLE, DRAW_VALUE,
	        arena_format(lesson_arena(lesson), "largest: %s",
	                number(lesson, 1, answers[winner])));
	drawing_say(d, "  largest answer %s, frames %d to %d",
	        number(lesson, 1, answers[winner]), winner, winner + TAPS - 1);
	draw_key(d, DRAW_VALUE, DRAW_KEY_LINE, "what the filter answers");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_LINE, "what it sees where it answers most");
	lesson_drawing(lesson, "filter", d);
}

/* --- pooling ----------------------------------------------------------------------------- */

enum { WIDE = 56, LOW = 30, LONGEST = 6 };

static void draw_utterance(Lesson *lesson, Drawing *d, double y, const char *name,
        const float answers[], int length)
{
	int best = 0;
	for (int t = 1; t < length; t++)
		best = answers[t] > answers[best] ? t : best;
	const char *line = "";
	for (int t = 0; t < LONGEST; t++) {
		const bool padding = t >= length;
		const DrawBox box = { t * (WIDE + 6.0), y, WIDE, LOW };
		draw_cell(d, box, padding ? DRAW_FAINT : DRAW_VALUE, t == best ? 0.5 : 0,
		        number(lesson, 1, answers[t]));
		draw_small(d, draw_centre(box), y + LOW + 12, DRAW_MIDDLE,
		        t == best ? DRAW_GRADIENT : DRAW_FAINT, t == best ? "d" : "0");
		line = arena_format(lesson_arena(lesson), "%s %s%s%s", line,
		        padding ? "(" : "", number(lesson, 1, answers[t]),
		        padding ? ")" : "");
	}
	draw_text(d, -12, y + LOW / 2.0, DRAW_END, DRAW_PLAIN, name);
	draw_text(d, LONGEST * (WIDE + 6.0) + 8, y + LOW / 2.0, DRAW_BEGIN, DRAW_STRONG,
	        arena_format(lesson_arena(lesson), "largest %s",
	                number(lesson, 1, answers[best])));
	drawing_say(d, "  %-12s%s   largest %s, frame %d", name, line,
	        number(lesson, 1, answers[best]), best);
}

void draw_lengths(Lesson *lesson)
{
	static const float first[LONGEST] = { -0.3f, 0.8f, 0.2f, 1.1f, 0.4f, -0.6f };
	static const float second[LONGEST] = { -0.9f, -0.2f, -0.7f, -0.5f, 0, 0 };
	Drawing *d = drawing_new(lesson_arena(lesson), "Two utterances in one batch",
	        "Two rows of answers. The second row has four frames and two places of "
	        "padding, which take no part. Below each row: the gradient goes to the "
	        "largest answer alone.");
	draw_utterance(lesson, d, 0, "6 frames", first, 6);
	draw_utterance(lesson, d, 76, "4 frames", second, 4);
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "an answer; filled: the largest");
	draw_key(d, DRAW_FAINT, DRAW_KEY_AREA, "padding");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_AREA, "d: what comes back");
	lesson_drawing(lesson, "lengths", d);
}

/* --- dropout ----------------------------------------------------------------------------- */

void draw_dropout(Lesson *lesson, const float h[2], float drop)
{
	enum { APART = 132, SIZE = 46 };
	Drawing *d = drawing_new(lesson_arena(lesson),
	        "What dropout makes of two numbers",
	        "Four pairs of circles: both kept, one of them kept, none kept. What is kept "
	        "is doubled. Below each pair stands its sum.");
	float mean = 0;
	for (int way = 0; way < 4; way++) {
		float sum = 0;
		const double x = way * (double)APART;
		for (int i = 0; i < 2; i++) {
			const bool kept = !(way >> i & 1);
			const float y = kept ? h[i] / (1 - drop) : 0;
			const DrawBox box = { x, i * (SIZE + 10.0), SIZE, SIZE };
			draw_area(d, box, SIZE / 2.0, kept ? DRAW_VALUE : DRAW_FAINT);
			draw_text(d, draw_centre(box), draw_middle(box), DRAW_MIDDLE,
			        kept ? DRAW_VALUE : DRAW_FAINT, number(lesson, 0, y));
			sum += y;
		}
		draw_text(d, x + SIZE / 2.0, 2 * SIZE + 32, DRAW_MIDDLE, DRAW_STRONG,
		        arena_format(
		                lesson_arena(lesson), "sum %s", number(lesson, 0, sum)));
		drawing_say(d, "  %s %s  sum %s",
		        way & 1 ? "0" : number(lesson, 0, 2 * h[0]),
		        way & 2 ? "0" : number(lesson, 0, 2 * h[1]),
		        number(lesson, 0, sum));
		mean += sum / 4;
	}
	for (int i = 0; i < 2; i++)
		draw_text(d, -14, i * (SIZE + 10.0) + SIZE / 2.0, DRAW_END, DRAW_PLAIN,
		        arena_format(
		                lesson_arena(lesson), "h = %s", number(lesson, 0, h[i])));
	draw_text(d, 3 * APART + SIZE + 24, 2 * SIZE + 32, DRAW_BEGIN, DRAW_PLAIN,
	        arena_format(lesson_arena(lesson), "mean %s", number(lesson, 0, mean)));
	drawing_say(d, "  the mean of the four sums %s", number(lesson, 0, mean));
	draw_key(d, DRAW_VALUE, DRAW_KEY_AREA, "kept, and doubled");
	draw_key(d, DRAW_FAINT, DRAW_KEY_AREA, "dropped");
	lesson_drawing(lesson, "dropout", d);
}

/* --- what was learned -------------------------------------------------------------------- */

/* TAPS frames beside the spectrogram, larger; high bands on top. */
static void enlarged(Drawing *d, double x, const char *name, const real *shades)
{
	draw_heat(d, (DrawBox){ x, 0, TAPS * LARGE, HIGH }, BANDS, TAPS, shades);
	draw_small(d, x + TAPS * LARGE / 2.0, HIGH + 14, DRAW_MIDDLE, DRAW_PLAIN, name);
}

static void say_enlarged(Drawing *d, const real *wants, const real *gets)
{
	drawing_say(d, "  the filter wants   its window holds");
	for (int f = 0; f < BANDS; f++) {
		char line[2][TAPS + 1] = { { 0 } };
		for (int j = 0; j < TAPS; j++) {
			line[0][j] = wants[f * TAPS + j] > (real)0.5 ? '#' : '.';
			line[1][j] = gets[f * TAPS + j] > (real)0.5 ? '#' : '.';
		}
		drawing_say(d, "       %s              %s%s", line[0], line[1],
		        f == 0           ? "   high"
		        : f == BANDS - 1 ? "   low"
		                         : "");
	}
}

void draw_learned(Lesson *lesson, const Network *net, int filter, const Sentence *said,
        const Heard *x, int winner)
{
	Drawing *d = drawing_new(lesson_arena(lesson),
	        "A learned filter, and the window where it answers most",
	        "A normalised spectrogram with a window marked in it. Beside it the filter's "
	        "weights, dark where it wants more than usual, and the window enlarged.");
	real wants[BANDS * TAPS], gets[BANDS * TAPS];
	float most = 0;
	for (int i = 0; i < TAPS * BANDS; i++)
		most = fmaxf(most, fabsf(net->filter[i / BANDS][i % BANDS][filter]));
	for (int f = 0; f < BANDS; f++)
		for (int j = 0; j < TAPS; j++) {
			const int at = (BANDS - 1 - f) * TAPS + j;
			wants[at] = (1 + net->filter[j][f][filter] / most) / 2;
			gets[at] = 0.5f + x->x[winner + j][f] / 4;
		}
	const double right = x->T * CELL + 36.0;
	spectrogram(d, 0, x, shades_of(lesson, x, -2, 2));
	words_below(lesson, d, HIGH + 14, said);
	draw_window(d, winner, 0);
	enlarged(d, right, "it wants", wants);
	enlarged(d, right + TAPS * LARGE + 24, "it gets", gets);
	say_enlarged(d, wants, gets);
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_LINE, "the window where it answers most");
	lesson_drawing(lesson, "learned", d);
}

/* --- SpecAugment ------------------------------------------------------------------------- */

void draw_masks(Lesson *lesson, const Heard *before, const Heard *after)
{
	Drawing *d = drawing_new(lesson_arena(lesson), "SpecAugment",
	        "Two spectrograms, one below the other. In the second, two bars along time "
	        "and two bars across all bands are wiped out.");
	const real *shades = shades_of(lesson, after, -1.5f, 2);
	spectrogram(d, 0, before, shades_of(lesson, before, -1.5f, 2));
	spectrogram(d, HIGH + 44, after, shades);
	draw_small(d, 0, -12, DRAW_BEGIN, DRAW_PLAIN, "as it was said");
	draw_small(d, 0, HIGH + 32, DRAW_BEGIN, DRAW_PLAIN,
	        "as it is learned from, this time");
	drawing_heat(d, BANDS, after->T, shades);
	lesson_drawing(lesson, "masks", d);
}
