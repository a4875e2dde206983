#include "tutorials/08-sound/pictures.h"
#include "tutorials/draw/drawings.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { WIDTH = 640 };

static const char *text_of(Lesson *lesson, int decimals, double x)
{
	return drawing_number(lesson_arena(lesson), decimals, x);
}

/* --- over time -------------------------------------------------------------------------- */

static double seconds_of(const SpokenUtterance *spoken)
{
	return (double)spoken->sound.count / spoken->sound.rate;
}

/* The words as brackets under a picture from `left` on, WIDTH wide. */
static void draw_words(
        Drawing *d, const SpokenUtterance *spoken, double left, double bottom)
{
	const double scale = WIDTH / seconds_of(spoken);
	for (int w = 0; w < spoken->count; w++)
		draw_bracket(d, left + spoken->times[w].start * scale + 2,
		        left + spoken->times[w].end * scale - 2, bottom + 4, 6,
		        DRAW_PLAIN, spoken->words[w]);
}

/* The same for a terminal, `columns` wide. */
static void say_words(Drawing *d, const SpokenUtterance *spoken, int columns)
{
	char line[128];
	memset(line, ' ', sizeof line);
	for (int w = 0; w < spoken->count; w++) {
		int at = (int)(spoken->times[w].start / seconds_of(spoken) * columns);
		const size_t length = strlen(spoken->words[w]);
		if (at + (int)length < (int)sizeof line)
			memcpy(line + at, spoken->words[w], length);
	}
	drawing_say(d, "%.*s", columns, line);
}

/* A column for each part of the clip, filled from its least to its largest sample. */
static real *envelope(Arena *arena, const Clip *clip, int rows, int columns)
{
	real *shades = ARENA_ARRAY(arena, real, (size_t)(rows * columns));
	real most = 0;
	for (int t = 0; t < clip->count; t++)
		most = (real)fmax((double)most, fabs((double)clip->samples[t]));
	for (int t = 0; t < clip->count; t++) {
		const int column = (int)((int64_t)t * columns / clip->count);
		const double share = (double)(clip->samples[t] / most);
		const int row = (int)((1 - share) / 2 * (rows - 1) + 0.5);
		const int step = row < rows / 2 ? 1 : -1;
		for (int r = row; r != rows / 2; r += step)
			shades[r * columns + column] = 1;
		shades[rows / 2 * columns + column] = 1;
	}
	return shades;
}

void draw_samples(Lesson *lesson, const SpokenUtterance *spoken, int first, int count)
{
	enum {
		ROWS = 60,
		COLUMNS = WIDTH / 2,
		TEXT_ROWS = 9,
		TEXT_COLUMNS = 52,
		TALL = 120
	};
	Arena *arena = lesson_arena(lesson);
	const Clip *clip = &spoken->sound;
	Drawing *d = drawing_new(arena, "The sentence, and a few of its samples",
	        "Above, the waveform of the sentence with its five words. Below, some "
	        "neighbouring samples from the middle of a word, each a dot on a stem.");
	draw_heat(d, (DrawBox){ 0, 0, WIDTH, TALL }, ROWS, COLUMNS,
	        envelope(arena, clip, ROWS, COLUMNS));
	draw_words(d, spoken, 0, TALL);
	const double middle = TALL + 115, apart = (double)WIDTH / count;
	const double at = (first + count / 2.0) / clip->count * WIDTH;
	const double down[] = { at, TALL + 38, at, TALL + 58 };
	draw_corners(d, DRAW_GRADIENT, 2, down, true);
	draw_line(d, DRAW_PLAIN, (DrawLine){ 0, middle, WIDTH, middle, .head = false });
	double most = 0;
	for (int t = 0; t < count; t++)
		most = fmax(most, fabs((double)clip->samples[first + t]));
	for (int t = 0; t < count; t++) {
		const double x = (t + 0.5) * apart;
		const double y = middle - 45 * (double)clip->samples[first + t] / most;
		draw_line(d, DRAW_VALUE, (DrawLine){ x, middle, x, y, .head = false });
		draw_area(d, (DrawBox){ x - 2, y - 2, 4, 4 }, 2, DRAW_VALUE);
	}
	draw_small(d, 0, middle + 62, DRAW_BEGIN, DRAW_PLAIN,
	        arena_format(arena, "%d samples, %.1f thousandths of a second", count,
	                1000.0 * count / clip->rate));
	drawing_heat(d, TEXT_ROWS, TEXT_COLUMNS,
	        envelope(arena, clip, TEXT_ROWS, TEXT_COLUMNS));
	say_words(d, spoken, TEXT_COLUMNS);
	lesson_drawing(lesson, "samples", d);
}

void draw_alias(Lesson *lesson, float low, float high, float rate)
{
	enum { SAMPLES = 9, FINE = 40, POINTS = (SAMPLES - 1) * FINE + 1 };
	static real time[POINTS], slow[POINTS], fast[POINTS], when[SAMPLES],
	        what[SAMPLES];
	for (int i = 0; i < POINTS; i++) {
		const double seconds = (double)i / FINE / (double)rate;
		time[i] = (real)(1000 * seconds);
		slow[i] = (real)cos(2 * 3.14159265358979 * (double)low * seconds);
		fast[i] = (real)cos(2 * 3.14159265358979 * (double)high * seconds);
		if (i % FINE == 0) {
			when[i / FINE] = time[i];
			what[i / FINE] = slow[i];
		}
	}
	Arena *arena = lesson_arena(lesson);
	const PlotSeries series[] = {
		{ .name = arena_format(arena, "%.0f Hz", (double)low),
		        .count = POINTS,
		        .x = time,
		        .y = slow },
		{ .name = arena_format(arena, "%.0f Hz", (double)high),
		        .count = POINTS,
		        .x = time,
		        .y = fast },
		{ .name = "samples",
		        .mark = PLOT_POINTS,
		        .count = SAMPLES,
		        .x = when,
		        .y = what },
	};
	lesson_curves(lesson, "alias", "Two tones, the same samples",
	        "thousandths of a second", "", 3, series);
}

/* --- four samples ----------------------------------------------------------------------- */

enum { CELL = 44, LOW = 28 };

static void draw_four(Drawing *d, Lesson *lesson, double x, double y, const float n[4])
{
	for (int t = 0; t < 4; t++)
		draw_cell(d, (DrawBox){ x + t * CELL, y, CELL, LOW },
		        n[t] < 0 ? DRAW_GRADIENT : DRAW_VALUE, fabs((double)n[t]) / 2.5,
		        text_of(lesson, 0, (double)n[t]));
}

void draw_dft(Lesson *lesson, const float x[4], const float re[4], const float im[4])
{
	Arena *arena = lesson_arena(lesson);
	Drawing *d = drawing_new(arena, "Four samples, compared with waves",
	        "Four samples. Under them the waves of bins 0, 1 and 2, four numbers each. "
	        "At the right the sums of products.");
	draw_text(d, 130, LOW / 2.0, DRAW_END, DRAW_STRONG, "samples");
	draw_four(d, lesson, 140, 0, x);
	draw_small(d, 140 + 4 * CELL + 20, LOW / 2.0, DRAW_BEGIN, DRAW_PLAIN,
	        "sum of products");
	for (int row = 0; row < 5; row++) {
		const int k = (row + 1) / 2;
		const bool sine = row == 2 || row == 4;
		const double y = 52 + row * (LOW + 6) + k * 10;
		float wave[4];
		for (int t = 0; t < 4; t++) {
			const double turn = -1.5707963267949 * k * t;
			wave[t] = (float)floor((sine ? sin(turn) : cos(turn)) + 0.5);
		}
		const float sum = sine ? im[k] : re[k];
		draw_text(d, 130, y + LOW / 2.0, DRAW_END, DRAW_PLAIN,
		        arena_format(arena, "bin %d, %s", k, sine ? "-sine" : "cosine"));
		draw_four(d, lesson, 140, y, wave);
		draw_text(d, 140 + 4 * CELL + 20, y + LOW / 2.0, DRAW_BEGIN, DRAW_STRONG,
		        arena_format(arena, "%s = %s", sine ? "im" : "re",
		                text_of(lesson, 0, (double)sum)));
		drawing_say(d,
		        "bin %d, %-6s  %2.0f %2.0f %2.0f %2.0f   sum of products %s", k,
		        sine ? "-sine" : "cosine", (double)wave[0], (double)wave[1],
		        (double)wave[2], (double)wave[3],
		        text_of(lesson, 0, (double)sum));
	}
	lesson_drawing(lesson, "dft", d);
}

void draw_fft(Lesson *lesson, const float x[4])
{
	Arena *arena = lesson_arena(lesson);
	Drawing *d = drawing_new(arena, "Four from two and two",
	        "Four samples are sorted into even and odd ones. Each pair is transformed. "
	        "The four results come from sums and differences of the two.");
	static const int sorted[] = { 0, 2, 1, 3 };
	static const char *const results[] = { "X0 = E0 + O0\n", "X1 = E1 + w O1\n",
		"X2 = E0 - O0\n", "X3 = E1 - w O1\n" };
	const double e[2] = { (double)(x[0] + x[2]), (double)(x[0] - x[2]) };
	const double o[2] = { (double)(x[1] + x[3]), (double)(x[1] - x[3]) };
	const char *values[4] = { text_of(lesson, 0, e[0] + o[0]),
		arena_format(arena, "%s - %si", text_of(lesson, 0, e[1]),
		        text_of(lesson, 0, o[1])),
		text_of(lesson, 0, e[0] - o[0]),
		arena_format(arena, "%s + %si", text_of(lesson, 0, e[1]),
		        text_of(lesson, 0, o[1])) };
	DrawBox in[4], half[4], out[4];
	for (int i = 0; i < 4; i++) {
		const double y = i * 76, value = i < 2 ? e[i] : o[i - 2];
		in[i] = draw_card(d, 0, y, DRAW_PLAIN,
		        arena_format(arena, "x%d\n%s", sorted[i],
		                text_of(lesson, 0, (double)x[sorted[i]])));
		const char *first = text_of(lesson, 0, value);
		half[i] = draw_card(d, 150, y, DRAW_VALUE,
		        i < 3 ? arena_format(arena, "%c%d\n%s", i < 2 ? 'E' : 'O', i % 2,
		                        first)
		              : arena_format(arena, "O1\n%s, w O1 = -%si", first, first));
		out[i] = draw_card(d, 370, y, DRAW_STRONG,
		        arena_format(arena, "%s%s", results[i], values[i]));
	}
	for (int i = 0; i < 4; i++) {
		const int first = i / 2 * 2;
		draw_join(d, in[first], half[i], DRAW_VALUE, NULL);
		draw_join(d, in[first + 1], half[i], i % 2 ? DRAW_GRADIENT : DRAW_VALUE,
		        NULL);
		draw_join(d, half[i % 2], out[i], DRAW_VALUE, NULL);
		draw_join(d, half[2 + i % 2], out[i], i < 2 ? DRAW_VALUE : DRAW_GRADIENT,
		        NULL);
		drawing_say(d, "x%d = %s   %c%d = %s", sorted[i],
		        text_of(lesson, 0, (double)x[sorted[i]]), i < 2 ? 'E' : 'O',
		        i % 2, text_of(lesson, 0, i < 2 ? e[i] : o[i - 2]));
	}
	for (int k = 0; k < 4; k++)
		drawing_say(d, "%.*s = %s", (int)strcspn(results[k], "\n"), results[k],
		        values[k]);
	draw_small(d, draw_centre(in[0]), -14, DRAW_MIDDLE, DRAW_PLAIN, "even");
	draw_small(d, draw_centre(in[2]), in[2].y - 12, DRAW_MIDDLE, DRAW_PLAIN, "odd");
	draw_key(d, DRAW_VALUE, DRAW_KEY_ARROW, "is added");
	draw_key(d, DRAW_GRADIENT, DRAW_KEY_ARROW, "is subtracted");
	lesson_drawing(lesson, "fft", d);
}

/* --- spectra ---------------------------------------------------------------------------- */

void draw_windows(
        Lesson *lesson, int bins, float apart, const float plain[], const float faded[])
{
	real *hertz = ARENA_ARRAY(lesson_arena(lesson), real, (size_t)bins);
	for (int k = 0; k < bins; k++)
		hertz[k] = (real)k * apart;
	const PlotSeries series[] = {
		{ .name = "cut out", .count = bins, .x = hertz, .y = plain },
		{ .name = "with a window", .count = bins, .x = hertz, .y = faded },
	};
	lesson_curves(lesson, "windows", "A tone of 1020 Hz, one frame", "frequency (Hz)",
	        "power (dB)", 2, series);
}

/* Shades of `rows` times `columns` cells, each the largest of what it covers. */
static real *shades_of(Arena *arena, const Surface *s, int rows, int columns)
{
	const int frames = s->values.shape[0], width = s->values.shape[1];
	real *shades = ARENA_ARRAY(arena, real, (size_t)(rows * columns));
	for (int t = 0; t < frames; t++)
		for (int k = 0; k < s->shown; k++) {
			const int row = rows - 1 - k * rows / s->shown;
			real *at = &shades[row * columns + t * columns / frames];
			const double value = (double)s->values.data[t * width + k];
			const double shade = (value - s->low) / (s->high - s->low);
			*at = (real)fmax((double)*at, fmin(fmax(shade, 0), 1));
		}
	return shades;
}

void draw_surface(Lesson *lesson, const SpokenUtterance *spoken, Surface s)
{
	enum { TALL = 220, TEXT_ROWS = 12, TEXT_COLUMNS = 52 };
	Arena *arena = lesson_arena(lesson);
	const int frames = s.values.shape[0];
	Drawing *d = drawing_new(arena, s.title, s.description);
	draw_heat(d, (DrawBox){ 0, 0, WIDTH, TALL }, s.shown, frames,
	        shades_of(arena, &s, s.shown, frames));
	draw_small(d, -6, 6, DRAW_END, DRAW_PLAIN, s.highest);
	draw_small(d, -6, TALL - 6, DRAW_END, DRAW_PLAIN, s.lowest);
	draw_words(d, spoken, 0, TALL);
	drawing_say(d, "%s", s.highest);
	drawing_heat(d, TEXT_ROWS, TEXT_COLUMNS,
	        shades_of(arena, &s, TEXT_ROWS, TEXT_COLUMNS));
	drawing_say(d, "%s", s.lowest);
	say_words(d, spoken, TEXT_COLUMNS);
	lesson_drawing(lesson, s.name, d);
}

void draw_triangles(Lesson *lesson, int bands, double high)
{
	enum { TALL = 90 };
	Arena *arena = lesson_arena(lesson);
	Drawing *d = drawing_new(arena, "Mel filters: triangles that get wider",
	        "Triangles along an axis of frequency, narrow at the left and wide at the "
	        "right. Each begins where the one before has its top.");
	const double step = mel_of_hertz(MEL_HTK, high) / (bands + 1);
	const double scale = WIDTH / high;
	for (int m = 0; m < bands; m++) {
		double p[3];
		for (int i = 0; i < 3; i++)
			p[i] = hertz_of_mel(MEL_HTK, step * (m + i));
		const double xy[] = { p[0] * scale, TALL, p[1] * scale, 0, p[2] * scale,
			TALL };
		draw_corners(d, m % 2 ? DRAW_GRADIENT : DRAW_VALUE, 3, xy, false);
		drawing_say(d, "band %d: from %4.0f Hz, top at %4.0f Hz, to %4.0f Hz", m,
		        p[0], p[1], p[2]);
	}
	draw_line(d, DRAW_PLAIN, (DrawLine){ 0, TALL, WIDTH, TALL, .head = false });
	for (int hertz = 0; hertz <= (int)high; hertz += 1000) {
		const double x = hertz * scale;
		draw_line(
		        d, DRAW_PLAIN, (DrawLine){ x, TALL, x, TALL + 5, .head = false });
		draw_small(d, x, TALL + 16, DRAW_MIDDLE, DRAW_PLAIN,
		        arena_format(arena, "%d", hertz));
	}
	draw_small(d, WIDTH / 2.0, TALL + 36, DRAW_MIDDLE, DRAW_PLAIN, "frequency (Hz)");
	lesson_drawing(lesson, "triangles", d);
}

void draw_mfcc(
        Lesson *lesson, int bands, const float mel[], const float kept[], int count)
{
	const PlotSeries series[] = {
		{ .name = "log-mel bands",
		        .mark = PLOT_POINTS,
		        .count = bands,
		        .y = mel },
		{ .name = arena_format(
		          lesson_arena(lesson), "what %d coefficients keep", count),
		        .count = bands,
		        .y = kept },
	};
	lesson_curves(lesson, "mfcc", "One frame of \"my\"", "mel band",
	        "ln of the power", 2, series);
}

void draw_autocorrelation(Lesson *lesson, int lags, const float r[], float rate)
{
	real *time = ARENA_ARRAY(lesson_arena(lesson), real, (size_t)lags);
	for (int lag = 0; lag < lags; lag++)
		time[lag] = 1000 * (real)lag / rate;
	const PlotSeries series[] = { { .count = lags, .x = time, .y = r } };
	lesson_curves(lesson, "autocorrelation",
	        "How \"my\" is like itself, a little later",
	        "lag (thousandths of a second)", "autocorrelation", 1, series);
}
